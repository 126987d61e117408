//! The text of an expression → its tree. One grammar takes what SQL, pandas and Great Expectations' own conditions have in
//! common.

use super::{Arithmetic, Comparison, Expression};
use crate::contract::exact::Exact;
use crate::contract::wording::cut;

/// How deep parentheses may nest.
const DEPTH: usize = 64;
/// How many operations on numbers there may be: each lies within the next.
const OPERATIONS: usize = 256;
/// The longest text, in bytes.
const LONGEST: usize = 64 * 1024;

/// Reads an expression.
///
/// # Errors
/// In words, with the character where something else was expected.
pub(in crate::contract) fn parse(text: &str) -> Result<Expression, String> {
    if text.len() > LONGEST {
        return Err(format!("an expression of more than {LONGEST} bytes"));
    }
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, operations: 0 };
    let expression = parser.or()?;
    match parser.tokens.get(parser.at) {
        None => Ok(expression),
        Some(rest) => Err(rest.unexpected("the end")),
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Word {
    Name(String),
    Column(String),
    Text(String),
    Number(String),
    Sign(&'static str),
}

#[derive(Debug)]
struct Token {
    word: Word,
    /// The character it begins at, from 1.
    at: usize,
}

impl Token {
    fn unexpected(&self, expected: &str) -> String {
        let found = match &self.word {
            Word::Name(word) | Word::Column(word) | Word::Text(word) | Word::Number(word) => word.as_str(),
            Word::Sign(sign) => sign,
        };
        format!("expected {expected}, found {:?} at character {}", cut(found), self.at)
    }
}

const SIGNS: [&str; 24] = [
    "<=>", "==", "!=", "<>", "<=", ">=", "&&", "||", "=", "<", ">", "(", ")", "[", "]", ",", "+", "-", "*",
    "/", "&", "|", "~", "!",
];

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let at = text[..text.len() - rest.len()].chars().count() + 1;
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let (word, length) = match first {
            '\'' | '"' | '`' => {
                let (inside, length) = quoted(rest, first)
                    .ok_or_else(|| format!("the quote {first} at character {at} is not closed"))?;
                (if first == '`' { Word::Column(inside) } else { Word::Text(inside) }, length)
            }
            c if c.is_ascii_digit() || c == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                let length = number(rest);
                (Word::Number(rest[..length].to_owned()), length)
            }
            c if c.is_alphabetic() || c == '_' || c == '.' => {
                let ends = |c: char| !(c.is_alphanumeric() || c == '_' || c == '.');
                let length = rest.find(ends).unwrap_or(rest.len());
                (Word::Name(rest[..length].to_owned()), length)
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => (Word::Sign(sign), sign.len()),
                None => return Err(format!("unexpected {first:?} at character {at}")),
            },
        };
        tokens.push(Token { word, at });
        rest = &rest[length..];
    }
}

/// The text within quotes, a doubled quote or one behind a backslash being one of the text; and its length with them.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut inside = String::new();
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((i, c)) = chars.next() {
        if c == '\\' && quote != '`' {
            inside.push(chars.next()?.1);
        } else if c != quote {
            inside.push(c);
        } else if chars.peek().is_some_and(|next| next.1 == quote) {
            chars.next();
            inside.push(quote);
        } else {
            return Some((inside, i + 1));
        }
    }
    None
}

fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let is_sign = matches!(byte, b'+' | b'-') && end > 0 && matches!(bytes[end - 1], b'e' | b'E');
        if !byte.is_ascii_alphanumeric() && *byte != b'.' && *byte != b'_' && !is_sign {
            break;
        }
        end += 1;
    }
    end
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    operations: usize,
}

type Parsed = Result<Expression, String>;

impl Parser<'_> {
    fn sign(&self) -> Option<&'static str> {
        match self.tokens.get(self.at)?.word {
            Word::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    fn takes(&mut self, signs: &[&str]) -> bool {
        let found = self.sign().is_some_and(|sign| signs.contains(&sign));
        self.at += usize::from(found);
        found
    }

    fn is_keyword(&self, ahead: usize, keyword: &str) -> bool {
        matches!(self.tokens.get(self.at + ahead), Some(Token { word: Word::Name(name), .. })
            if name.eq_ignore_ascii_case(keyword))
    }

    fn takes_keyword(&mut self, keyword: &str) -> bool {
        let found = self.is_keyword(0, keyword);
        self.at += usize::from(found);
        found
    }

    fn expects(&mut self, sign: &'static str) -> Result<(), String> {
        if self.takes(&[sign]) { Ok(()) } else { Err(self.unexpected(&format!("{sign:?}"))) }
    }

    fn unexpected(&self, expected: &str) -> String {
        match self.tokens.get(self.at) {
            Some(token) => token.unexpected(expected),
            None => format!("expected {expected}, found the end"),
        }
    }

    fn or(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(format!("an expression nested deeper than {DEPTH}"));
        }
        let mut all = vec![self.and()?];
        while self.takes(&["||", "|"]) || self.takes_keyword("or") {
            all.push(self.and()?);
        }
        self.depth -= 1;
        Ok(if all.len() == 1 { all.remove(0) } else { Expression::Or(all) })
    }

    fn and(&mut self) -> Parsed {
        let mut all = vec![self.not()?];
        while self.takes(&["&&", "&"]) || self.takes_keyword("and") {
            all.push(self.not()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expression::And(all) })
    }

    fn not(&mut self) -> Parsed {
        let mut negations = 0;
        while self.takes(&["~", "!"]) || self.takes_keyword("not") {
            negations += 1;
        }
        let found = self.comparison()?;
        Ok(if negations % 2 == 0 { found } else { Expression::Not(Box::new(found)) })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let comparison = match self.sign() {
            Some("==" | "=" | "<=>") => Comparison::Equal,
            Some("!=" | "<>") => Comparison::Unequal,
            Some("<") => Comparison::Less,
            Some("<=") => Comparison::AtMost,
            Some(">") => Comparison::Greater,
            Some(">=") => Comparison::AtLeast,
            _ => return self.words_after(left),
        };
        self.at += 1;
        let right = self.sum()?;
        Ok(Expression::Compare(Box::new(left), comparison, Box::new(right)))
    }

    /// `IS NULL`, `IN (…)`, `BETWEEN … AND …`, `LIKE '…'`, `.notnull()`, each with its negation.
    fn words_after(&mut self, left: Expression) -> Parsed {
        let left = Box::new(left);
        if self.takes_keyword("is") {
            let negated = self.takes_keyword("not");
            return match self.takes_keyword("null") || self.takes_keyword("none") {
                true => Ok(Expression::Missing { of: left, negated }),
                false => Err(self.unexpected("null")),
            };
        }
        for (method, negated) in
            [(".isnull", false), (".isna", false), (".notnull", true), (".notna", true), (".is_null", false)]
        {
            if self.takes_keyword(method) {
                self.expects("(")?;
                self.expects(")")?;
                return Ok(Expression::Missing { of: left, negated });
            }
        }
        let negated =
            self.is_keyword(0, "not") && ["in", "between", "like"].iter().any(|it| self.is_keyword(1, it));
        self.at += usize::from(negated);
        let found = if self.takes_keyword("in") {
            Expression::In(left, self.list()?)
        } else if self.takes_keyword("like") {
            let Some(Token { word: Word::Text(pattern), .. }) = self.tokens.get(self.at) else {
                return Err(self.unexpected("a text in quotes"));
            };
            self.at += 1;
            Expression::Like(left, pattern.clone())
        } else if self.takes_keyword("between") {
            let low = self.sum()?;
            if !self.takes_keyword("and") {
                return Err(self.unexpected("\"and\""));
            }
            let high = self.sum()?;
            Expression::And(vec![
                Expression::Compare(left.clone(), Comparison::AtLeast, Box::new(low)),
                Expression::Compare(left, Comparison::AtMost, Box::new(high)),
            ])
        } else {
            return Ok(*left);
        };
        Ok(if negated { Expression::Not(Box::new(found)) } else { found })
    }

    fn list(&mut self) -> Result<Vec<Expression>, String> {
        let close = if self.takes(&["["]) {
            "]"
        } else {
            self.expects("(")?;
            ")"
        };
        let mut items = Vec::new();
        while !self.takes(&[close]) {
            if !items.is_empty() {
                self.expects(",")?;
                if self.takes(&[close]) {
                    break;
                }
            }
            items.push(self.sum()?);
        }
        Ok(items)
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let with = if self.takes(&["+"]) {
                Arithmetic::Plus
            } else if self.takes(&["-"]) {
                Arithmetic::Minus
            } else {
                return Ok(left);
            };
            left = self.operation(left, with, Parser::product)?;
        }
    }

    fn product(&mut self) -> Parsed {
        let mut left = self.unary()?;
        loop {
            let with = if self.takes(&["*"]) {
                Arithmetic::Times
            } else if self.takes(&["/"]) {
                Arithmetic::By
            } else {
                return Ok(left);
            };
            left = self.operation(left, with, Parser::unary)?;
        }
    }

    fn operation(&mut self, left: Expression, with: Arithmetic, right: fn(&mut Self) -> Parsed) -> Parsed {
        self.operations += 1;
        if self.operations > OPERATIONS {
            return Err(format!("more than {OPERATIONS} operations"));
        }
        Ok(Expression::Arithmetic(Box::new(left), with, Box::new(right(self)?)))
    }

    fn unary(&mut self) -> Parsed {
        if !self.takes(&["-"]) {
            self.takes(&["+"]);
            return self.primary();
        }
        match self.primary()? {
            Expression::Number(number) => {
                let text = format!("-{}", number.text());
                Exact::parse(&text).map(Expression::Number).ok_or_else(|| format!("{text} is no number"))
            }
            other => {
                let zero = Expression::Number(Exact::integer(0));
                Ok(Expression::Arithmetic(Box::new(zero), Arithmetic::Minus, Box::new(other)))
            }
        }
    }

    fn primary(&mut self) -> Parsed {
        if self.takes(&["("]) {
            let inside = self.or()?;
            self.expects(")")?;
            return Ok(inside);
        }
        let Some(token) = self.tokens.get(self.at) else { return Err(self.unexpected("a value")) };
        self.at += 1;
        match &token.word {
            Word::Column(name) => Ok(Expression::Column(name.clone())),
            Word::Text(text) => Ok(Expression::Text(text.clone())),
            Word::Number(digits) => {
                Exact::parse(digits).map(Expression::Number).ok_or_else(|| token.unexpected("a number"))
            }
            Word::Name(name) if self.sign() == Some("(") => self.call(name, token),
            Word::Name(name) => self.named(name, token),
            Word::Sign(_) => Err(token.unexpected("a value")),
        }
    }

    fn call(&mut self, name: &str, token: &Token) -> Parsed {
        // A method that follows a column: `age.notnull()`.
        if let Some((column, method)) = name.rsplit_once('.')
            && let Some(negated) = missing_method(method)
        {
            self.expects("(")?;
            self.expects(")")?;
            return Ok(Expression::Missing { of: Box::new(Expression::Column(column.to_owned())), negated });
        }
        self.expects("(")?;
        let argument = self.sum()?;
        self.expects(")")?;
        match (name.to_ascii_lowercase().as_str(), argument) {
            ("col", Expression::Text(column)) => Ok(Expression::Column(column)),
            ("date" | "datetime" | "timestamp", Expression::Text(text)) => Ok(Expression::Text(text)),
            ("length" | "len", argument) => Ok(Expression::Length(Box::new(argument))),
            _ => Err(token.unexpected("col, date or length")),
        }
    }

    fn named(&mut self, name: &str, token: &Token) -> Parsed {
        match name.to_ascii_lowercase().as_str() {
            "true" => Ok(Expression::Boolean(true)),
            "false" => Ok(Expression::Boolean(false)),
            "and" | "or" | "not" | "in" | "is" | "between" | "null" | "none" => {
                Err(token.unexpected("a column or a value"))
            }
            _ => Ok(Expression::Column(name.to_owned())),
        }
    }
}

fn missing_method(method: &str) -> Option<bool> {
    match method.to_ascii_lowercase().as_str() {
        "isnull" | "isna" | "is_null" => Some(false),
        "notnull" | "notna" | "is_not_null" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_their_families_mean_them() {
        let table = [
            ("end >= start", "end >= start"),
            ("a == 1 and b != 'x' or not c < 2.5", "((a = 1 and b <> 'x') or not (c < 2.5))"),
            ("(a > 1) & (b <= 2) | ~(c = 'it''s')", "((a > 1 and b <= 2) or not (c = 'it''s'))"),
            ("col(\"x y\").notnull()", "`x y` is not null"),
            ("`x y` IS NULL", "`x y` is null"),
            ("age.notnull()", "age is not null"),
            ("country in ['DE', \"FR\",]", "country in ('DE', 'FR')"),
            ("country NOT IN ('DE')", "not (country in ('DE'))"),
            ("name like 'a%' and not b NOT LIKE '_''s'", "(name like 'a%' and not (not (b like '_''s')))"),
            ("x between -1 and 1e2", "(x >= -1 and x <= 1e2)"),
            ("a + b * 2 - c / 4 == -d", "((a + (b * 2)) - (c / 4)) = (0 - d)"),
            ("length(name) > 3", "length(name) > 3"),
            ("col(\"d\") > date(\"2020-01-01\")", "d > '2020-01-01'"),
            ("active", "active"),
            ("a.b == true", "a.b = true"),
        ];
        for (text, shown) in table {
            assert_eq!(parse(text).map(|it| it.to_string()).as_deref(), Ok(shown), "{text}");
        }
    }

    #[test]
    fn what_is_no_expression_says_where() {
        let table = [
            ("", "expected a value, found the end"),
            ("a ==", "expected a value, found the end"),
            ("a == 'x", "the quote ' at character 6 is not closed"),
            ("a b", "expected the end, found \"b\" at character 3"),
            ("a.str.contains('x')", "expected col, date or length, found \"a.str.contains\" at character 1"),
            ("a == (1", "expected \")\", found the end"),
            ("a ; b", "unexpected ';' at character 3"),
            ("a == 1x", "expected a number, found \"1x\" at character 6"),
        ];
        for (text, message) in table {
            assert_eq!(parse(text).err().as_deref(), Some(message), "{text}");
        }
        assert!(parse(&"(".repeat(100_000)).is_err());
        assert!(parse(&format!("{}a", "- ".repeat(10_000))).is_err());
        assert_eq!(
            parse(&format!("{}a", "a+".repeat(20_000))).err().as_deref(),
            Some("more than 256 operations")
        );
        assert!(parse(&format!("{}a = 1", "a*".repeat(256))).is_ok());
    }
}
