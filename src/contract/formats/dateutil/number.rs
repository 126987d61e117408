//! Digits → numbers, in the limits of Python's: what is larger than 64 bits is the largest number of 64, as wrong in a date.

/// Digits that Python's `int` takes.
const DIGITS: usize = 4300;
/// Digits of Python's decimals.
const PRECISION: usize = 28;

/// The number that a token of nothing but digits is.
pub(super) fn int(token: &str) -> Option<u64> {
    (is_digits(token) && token.len() <= DIGITS).then(|| saturating(token))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn saturating(digits: &str) -> u64 {
    digits.parse().unwrap_or(u64::MAX)
}

/// A number as it is written.
#[derive(Clone, Copy)]
pub(super) struct Number<'a> {
    /// What is before the point.
    pub(super) whole: u64,
    digits: &'a str,
    fraction: &'a str,
}

impl Number<'_> {
    /// The number that a token is.
    pub(super) fn of(token: &str) -> Option<Number<'_>> {
        let (digits, fraction) = token.split_once('.').unwrap_or((token, "0"));
        let is_number = is_digits(digits) && is_digits(fraction);
        is_number.then(|| Number { whole: saturating(digits), digits, fraction })
    }

    /// Whether anything but zeros is behind the point.
    pub(super) fn has_fraction(self) -> bool {
        self.fraction.bytes().any(|byte| byte != b'0')
    }

    /// Itself, if Python can tell its whole from its fraction: a decimal with more digits than it reckons with raises.
    pub(super) fn divided(self) -> Option<Self> {
        (self.digits.trim_start_matches('0').len() <= PRECISION).then_some(self)
    }

    /// Sixtieths of the fraction; 60, which no clock has, if Python rounds it to one.
    pub(super) fn sixtieths(self) -> u64 {
        let (start, rest) = self.fraction.split_at_checked(PRECISION).unwrap_or((self.fraction, ""));
        if rest.starts_with(['5', '6', '7', '8', '9']) && start.bytes().all(|byte| byte == b'9') {
            return 60;
        }
        let digits = self.fraction.get(..15).unwrap_or(self.fraction);
        let scale = 10_u64.pow(digits.len() as u32);
        saturating(digits) * 60 / scale
    }
}
