//! A text → words, numbers and single characters; what dots join is taken apart unless it is one number.

use super::digits::{ascii, is_digit};

/// What a token is so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Word,
    Number,
    WordWithDots,
    NumberWithDots,
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The tokens of a text; white space is one blank each, digits of any script are those of ASCII.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().filter(|c| *c != '\0').map(ascii).peekable();
    while let Some(first) = chars.next() {
        let mut state = match first {
            c if c.is_alphabetic() => State::Word,
            c if is_digit(c) => State::Number,
            c => {
                tokens.push(if is_space(c) { " ".to_owned() } else { c.to_string() });
                continue;
            }
        };
        let mut token = first.to_string();
        let mut has_letters = false;
        while let Some(&next) = chars.peek() {
            has_letters |= matches!(state, State::Word | State::WordWithDots);
            let Some(then) = step(state, &token, next) else { break };
            state = then;
            token.push(next);
            chars.next();
        }
        push(&mut tokens, token, state, has_letters);
    }
    tokens
}

/// What a token is with one more character; nothing: it is not part of it.
fn step(state: State, token: &str, next: char) -> Option<State> {
    let (is_letter, is_digit, is_dot) = (next.is_alphabetic(), is_digit(next), next == '.');
    let after_dot = token.ends_with('.');
    match state {
        State::Word if is_letter => Some(state),
        State::Word if is_dot => Some(State::WordWithDots),
        State::Number if is_digit => Some(state),
        State::Number if is_dot || next == ',' && token.chars().nth(1).is_some() => {
            Some(State::NumberWithDots)
        }
        State::WordWithDots if is_dot || is_letter => Some(state),
        State::WordWithDots if is_digit && after_dot => Some(State::NumberWithDots),
        State::NumberWithDots if is_dot || is_digit => Some(state),
        State::NumberWithDots if is_letter && after_dot => Some(State::WordWithDots),
        _ => None,
    }
}

fn push(tokens: &mut Vec<String>, token: String, state: State, has_letters: bool) {
    let has_dots = matches!(state, State::WordWithDots | State::NumberWithDots);
    let dots = token.matches('.').count();
    if has_dots && (has_letters || dots > 1 || token.ends_with(['.', ','])) {
        let mut rest = token.as_str();
        while let Some(at) = rest.find(['.', ',']) {
            let (before, after) = rest.split_at(at);
            // The first part is a token, even if it is empty; it never is.
            tokens.extend((!before.is_empty()).then(|| before.to_owned()));
            let (mark, after) = after.split_at(1);
            tokens.push(mark.to_owned());
            rest = after;
        }
        tokens.extend((!rest.is_empty()).then(|| rest.to_owned()));
    } else if state == State::NumberWithDots && dots == 0 {
        tokens.push(token.replace(',', "."));
    } else {
        tokens.push(token);
    }
}
