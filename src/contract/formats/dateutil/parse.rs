//! Tokens → whether they make a date or a time. `None` is that they do not, wherever that is found.

use super::digits::is_digit;
use super::lex::tokens;
use super::number::{Number, int};
use super::words::{half, is_jump, is_no_number, is_utc, is_weekday, month, unit, with_half};
use super::ymd::{Label, Ymd, days};

/// Seconds of an offset, in less than a thousand million days of Python's; the days of a negative one are rounded down.
const OFFSETS: std::ops::Range<i64> = -86_399_999_913_600..86_400_000_000_000;

#[derive(Default)]
struct Found {
    weekday: bool,
    hour: Option<u64>,
    minute: Option<u64>,
    second: Option<u64>,
    microsecond: bool,
    zone: Option<String>,
    offset: Option<i64>,
    half: bool,
}

struct Parsing {
    tokens: Vec<String>,
    ymd: Ymd,
    found: Found,
}

/// Reads a text.
pub(super) fn parse(text: &str) -> Option<()> {
    let mut parsing = Parsing { tokens: tokens(text), ymd: Ymd::default(), found: Found::default() };
    let mut at = 0;
    while at < parsing.tokens.len() {
        at = parsing.token(at)? + 1;
    }
    parsing.end()
}

impl Parsing {
    /// The token at a place; nothing behind the last.
    fn get(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(String::as_str)
    }

    fn is(&self, at: usize, token: &str) -> bool {
        self.get(at) == Some(token)
    }

    /// Takes a token, and those after it that belong to it: the place of the last of them.
    fn token(&mut self, at: usize) -> Option<usize> {
        let token = self.get(at)?.to_owned();
        if is_no_number(&token) {
            return None;
        }
        if Number::of(&token).is_some() {
            return self.number(at, &token);
        }
        if is_weekday(&token) {
            self.found.weekday = true;
            return Some(at);
        }
        if let Some(month) = month(&token) {
            self.ymd.number(month, false, Some(Label::Month))?;
            return self.after_month(at);
        }
        if let Some(half) = half(&token) {
            let hour = self.found.hour.filter(|hour| *hour <= 12)?;
            self.found.hour = Some(with_half(hour, half));
            self.found.half = true;
            return Some(at);
        }
        if self.could_be_zone(&token) && self.found.offset.is_none() {
            return Some(self.zone(at, token));
        }
        if self.found.hour.is_some() && matches!(token.as_str(), "+" | "-") {
            return self.offset(at);
        }
        is_jump(&token).then_some(at)
    }

    fn after_month(&mut self, at: usize) -> Option<usize> {
        let Some(separator) = self.get(at + 1).map(str::to_owned) else { return Some(at) };
        if matches!(separator.as_str(), "-" | "/") {
            // Jan-01[-99]
            let day = self.get(at + 2)?.to_owned();
            self.ymd.digits(&day, None)?;
            if !self.is(at + 3, &separator) {
                return Some(at + 2);
            }
            let year = self.get(at + 4)?.to_owned();
            self.ymd.digits(&year, None)?;
            return Some(at + 4);
        }
        let is_of = separator == " "
            && self.is(at + 3, " ")
            && self.tokens.len() > at + 4
            && self.get(at + 2).is_some_and(|it| it.eq_ignore_ascii_case("of"));
        if !is_of {
            return Some(at);
        }
        // Jan of 01
        if let Some(year) = self.get(at + 4).filter(|it| it.chars().all(is_digit)) {
            let year = int(year)?;
            let year = if year < 100 { 2000 + year } else { year };
            self.ymd.digits(&year.to_string(), Some(Label::Year))?;
        }
        Some(at + 4)
    }

    /// Whether a word may name a zone.
    fn could_be_zone(&self, token: &str) -> bool {
        let is_short = token.chars().nth(5).is_none();
        let is_upper = token.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_open = self.found.hour.is_some() && self.found.zone.is_none();
        is_open && is_short && (is_upper || token == "z")
    }

    fn zone(&mut self, at: usize, token: String) -> usize {
        let is_utc = is_utc(&token);
        self.found.offset = (token == "z").then_some(0);
        self.found.zone = Some(token);
        let Some(sign) = self.tokens.get_mut(at + 1).filter(|it| matches!(it.as_str(), "+" | "-")) else {
            return at;
        };
        // GMT+3 means that three hours more are GMT.
        *sign = if sign == "+" { "-" } else { "+" }.to_owned();
        self.found.offset = None;
        if is_utc {
            self.found.zone = None;
        }
        at
    }

    fn offset(&mut self, at: usize) -> Option<usize> {
        let sign = if self.is(at, "+") { 1 } else { -1 };
        let digits = self.get(at + 1)?.to_owned();
        let mut at = at;
        let (hours, minutes) = match digits.chars().count() {
            4 => (int(digits.get(..2)?)?, int(digits.get(2..)?)?),
            _ if self.is(at + 2, ":") => {
                let minutes = self.get(at + 3).and_then(int)?;
                at += 2;
                (int(&digits)?, minutes)
            }
            0..=2 => (int(&digits)?, 0),
            _ => return None,
        };
        let seconds = hours.saturating_mul(3600).saturating_add(minutes.saturating_mul(60));
        self.found.offset = Some(sign * i64::try_from(seconds).unwrap_or(i64::MAX));
        let is_named = self.tokens.len() > at + 5
            && self.get(at + 2).is_some_and(is_jump)
            && self.is(at + 3, "(")
            && self.is(at + 5, ")");
        if let Some(name) = self.get(at + 4).filter(|it| is_named && it.chars().nth(2).is_some())
            && self.could_be_zone(name)
        {
            self.found.zone = Some(name.to_owned());
            at += 4;
        }
        Some(at + 1)
    }

    fn number(&mut self, at: usize, token: &str) -> Option<usize> {
        let value = Number::of(token)?;
        let length = token.len();
        let next = self.get(at + 1);
        let is_clock = next.is_some_and(|it| it == ":" || unit(it).is_some());
        if self.ymd.len() == 3 && matches!(length, 2 | 4) && self.found.hour.is_none() && !is_clock {
            // 19990101T23[59]
            self.found.hour = Some(int(token.get(..2)?)?);
            if length == 4 {
                self.found.minute = Some(int(token.get(2..)?)?);
            }
            return Some(at);
        }
        if length == 6 || length > 6 && token.find('.') == Some(6) {
            self.six(token)?;
            return Some(at);
        }
        if matches!(length, 8 | 12 | 14) {
            self.whole(token)?;
            return Some(at);
        }
        if let Some(place) = self.unit_of(at) {
            return self.with_unit(at, place, token, value);
        }
        if self.is(at + 1, ":") && self.tokens.len() > at + 2 {
            return self.clock(at, value);
        }
        if self.get(at + 1).is_some_and(|it| matches!(it, "-" | "/" | ".")) {
            return self.separated(at, token);
        }
        self.alone(at, value)
    }

    /// YYMMDD or HHMMSS[.ss].
    fn six(&mut self, token: &str) -> Option<()> {
        if self.ymd.len() == 0 && !token.contains('.') {
            for range in [0..2, 2..4, 4..6] {
                self.ymd.digits(token.get(range)?, None)?;
            }
            return Some(());
        }
        self.found.hour = Some(int(token.get(..2)?)?);
        self.found.minute = Some(int(token.get(2..4)?)?);
        self.seconds(token.get(4..)?)
    }

    /// YYYYMMDD[hhmm[ss]].
    fn whole(&mut self, token: &str) -> Option<()> {
        self.ymd.digits(token.get(..4)?, Some(Label::Year))?;
        self.ymd.digits(token.get(4..6)?, None)?;
        self.ymd.digits(token.get(6..8)?, None)?;
        if token.len() > 8 {
            self.found.hour = Some(int(token.get(8..10)?)?);
            self.found.minute = Some(int(token.get(10..12)?)?);
        }
        if token.len() > 12 {
            self.found.second = Some(int(token.get(12..)?)?);
        }
        Some(())
    }

    fn seconds(&mut self, token: &str) -> Option<()> {
        let (whole, fraction) = token.split_once('.').unwrap_or((token, "0"));
        self.found.second = Some(int(whole)?);
        // What comes after microseconds is not looked at.
        if !fraction.is_empty() && !fraction.chars().take(6).all(|c| c.is_ascii_digit()) {
            return None;
        }
        self.found.microsecond = true;
        Some(())
    }

    /// Where the word is that says what a number counts.
    fn unit_of(&self, at: usize) -> Option<usize> {
        let is_unit = |at: usize| self.get(at).is_some_and(|it| unit(it).is_some());
        if is_unit(at + 1) {
            Some(at + 1)
        } else if self.is(at + 1, " ") && is_unit(at + 2) {
            Some(at + 2)
        } else if at > 0 && is_unit(at - 1) {
            Some(at - 1)
        } else if at > 1 && at + 1 == self.tokens.len() && self.is(at - 1, " ") && is_unit(at - 2) {
            Some(at - 2)
        } else {
            None
        }
    }

    fn with_unit(&mut self, at: usize, place: usize, token: &str, value: Number<'_>) -> Option<usize> {
        let unit = self.get(place).and_then(unit)?;
        // What comes after hours are minutes.
        let (at, unit) = if place > at { (place, unit) } else { (at, unit + 1) };
        match unit {
            0 => {
                let value = value.divided()?;
                self.found.hour = Some(value.whole);
                if value.has_fraction() {
                    self.found.minute = Some(value.sixtieths());
                }
            }
            1 => self.minutes(value)?,
            2 => self.seconds(token)?,
            _ => {}
        }
        Some(at)
    }

    fn minutes(&mut self, value: Number<'_>) -> Option<()> {
        let value = value.divided()?;
        self.found.minute = Some(value.whole);
        self.found.second = value.has_fraction().then(|| value.sixtieths());
        Some(())
    }

    /// HH:MM[:SS[.ss]].
    fn clock(&mut self, at: usize, value: Number<'_>) -> Option<usize> {
        self.found.hour = Some(value.whole);
        let minutes = self.get(at + 2)?.to_owned();
        self.minutes(Number::of(&minutes)?)?;
        if !self.is(at + 3, ":") || self.tokens.len() <= at + 4 {
            return Some(at + 2);
        }
        let seconds = self.get(at + 4)?.to_owned();
        self.seconds(&seconds)?;
        Some(at + 4)
    }

    /// 01-01[-01], 01-Jan[-01].
    fn separated(&mut self, at: usize, token: &str) -> Option<usize> {
        let separator = self.get(at + 1)?.to_owned();
        self.ymd.digits(token, None)?;
        let Some(second) = self.get(at + 2).filter(|it| !is_jump(it)).map(str::to_owned) else {
            return Some(at + 1);
        };
        self.part(&second)?;
        if !self.is(at + 3, &separator) {
            return Some(at + 2);
        }
        let third = self.get(at + 4)?.to_owned();
        self.part(&third)?;
        Some(at + 4)
    }

    fn part(&mut self, token: &str) -> Option<()> {
        match month(token) {
            Some(month) => self.ymd.number(month, false, Some(Label::Month)),
            None => self.ymd.digits(token, None),
        }
    }

    /// A number with nothing that says what it is.
    fn alone(&mut self, at: usize, value: Number<'_>) -> Option<usize> {
        let add = |ymd: &mut Ymd| ymd.number(value.whole, value.has_fraction(), None);
        if self.get(at + 1).is_none_or(is_jump) {
            match self.get(at + 2).and_then(half) {
                Some(half) => {
                    self.found.hour = Some(with_half(value.whole, half));
                    return Some(at + 2);
                }
                None => add(&mut self.ymd)?,
            }
            return Some(at + 1);
        }
        if let Some(half) = self.get(at + 1).and_then(half).filter(|_| value.whole < 24) {
            self.found.hour = Some(with_half(value.whole, half));
            return Some(at + 1);
        }
        if self.ymd.could_be_day(value.whole, value.has_fraction()) {
            add(&mut self.ymd)?;
            return Some(at);
        }
        None
    }

    /// Whether what was found is a date and a time.
    fn end(self) -> Option<()> {
        let (year, month, day) = self.ymd.resolve()?;
        let found = self.found;
        let year = year.map(|year| if year < 100 && !self.ymd.has_century { 2000 + year } else { year });
        let is_any = [year, month, day, found.hour, found.minute, found.second].iter().any(Option::is_some)
            || found.weekday
            || found.offset.is_some()
            || found.microsecond
            || found.zone.is_some()
            || found.half;
        let (year, month) = (year.unwrap_or(2024), month.unwrap_or(1));
        let days = days(year, month)?;
        let is_date = (1..=9999).contains(&year) && day.is_none_or(|day| (1..=days).contains(&day));
        let below = |value: Option<u64>, end: u64| value.is_none_or(|value| value < end);
        let is_time = below(found.hour, 24) && below(found.minute, 60) && below(found.second, 60);
        let is_utc = found.zone.is_some_and(|zone| is_utc(&zone));
        let is_offset = is_utc || found.offset.is_none_or(|offset| OFFSETS.contains(&offset));
        (is_any && is_date && is_time && is_offset).then_some(())
    }
}
