//! Numbers with a check digit, and phone numbers.

/// The digits of a number that is written with these between its groups.
fn digits(text: &str, between: &[char]) -> Option<Vec<u32>> {
    let grouped = text.starts_with(between) || text.ends_with(between);
    let found: Option<Vec<u32>> =
        text.chars().filter(|c| !between.contains(c)).map(|c| c.to_digit(10)).collect();
    found.filter(|digits| !grouped && !digits.is_empty())
}

/// ISO/IEC 7812-1: every second digit from the right doubled, digits summed, a multiple of ten.
fn is_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &digit)| match digit * 2 {
            twice if i % 2 == 1 => twice / 10 + twice % 10,
            _ => digit,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// GS1: weights 3 and 1 from the right, a multiple of ten.
fn is_gs1(digits: &[u32]) -> bool {
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(i, digit)| digit * if i % 2 == 1 { 3 } else { 1 }).sum();
    sum.is_multiple_of(10)
}

/// A payment card's number: 12 to 19 digits, perhaps in groups, with the check digit of ISO/IEC 7812-1.
pub(super) fn is_card(text: &str) -> bool {
    digits(text, &[' ', '-']).is_some_and(|digits| (12..=19).contains(&digits.len()) && is_luhn(&digits))
}

/// 15 digits with the same check digit.
pub(super) fn is_imei(text: &str) -> bool {
    digits(text, &['-', ' ']).is_some_and(|digits| digits.len() == 15 && is_luhn(&digits))
}

/// EAN-8, UPC-A, EAN-13 or GTIN-14 (GS1 General Specifications).
pub(super) fn is_ean(text: &str) -> bool {
    digits(text, &[]).is_some_and(|digits| matches!(digits.len(), 8 | 12..=14) && is_gs1(&digits))
}

/// Weights down to 1, X for ten at the end, a multiple of eleven.
fn is_mod_11(text: &str, length: usize) -> bool {
    let mut sum = 0;
    for (i, c) in text.chars().enumerate() {
        let digit = match c {
            'X' if i + 1 == length => 10,
            c => match c.to_digit(10) {
                Some(digit) => digit,
                None => return false,
            },
        };
        sum += digit * (length.saturating_sub(i) as u32);
    }
    text.chars().count() == length && sum.is_multiple_of(11)
}

/// ISO 2108: ten digits, or thirteen that begin with 978 or 979; hyphens and spaces between groups.
pub(super) fn is_isbn(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let is_new = || {
        let bookland = plain.starts_with("978") || plain.starts_with("979");
        bookland && digits(&plain, &[]).is_some_and(|digits| digits.len() == 13 && is_gs1(&digits))
    };
    !text.starts_with(['-', ' ']) && !text.ends_with(['-', ' ']) && (is_mod_11(&plain, 10) || is_new())
}

/// ISO 3297: `1234-567X`, the last a check digit.
pub(super) fn is_issn(text: &str) -> bool {
    let Some((first, last)) = text.split_once('-') else { return false };
    first.len() == 4 && last.len() == 4 && is_mod_11(&format!("{first}{last}"), 8)
}

/// ITU-T E.164: `+` and 7 to 15 digits that do not begin with 0.
pub(super) fn is_phone(text: &str) -> bool {
    let Some(number) = text.strip_prefix('+') else { return false };
    (7..=15).contains(&number.len())
        && !number.starts_with('0')
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The length of an IBAN by its country (SWIFT's IBAN registry, release 99).
const IBANS: [(&str, usize); 87] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HN", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
];

/// ISO 13616: the length of its country, and 1 modulo 97 once its first four characters stand last and letters are
/// numbers. Spaces between groups are taken.
pub(super) fn is_iban(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    let bytes = plain.as_bytes();
    if bytes.len() < 15
        || !bytes.iter().all(u8::is_ascii_alphanumeric)
        || text.starts_with(' ')
        || text.ends_with(' ')
    {
        return false;
    }
    let length = IBANS.iter().find(|(country, _)| plain.starts_with(country)).map(|(_, length)| *length);
    // Kosovo has a code of its own.
    let length = length.or(plain.starts_with("XK").then_some(20));
    let rest = bytes[4..].iter().chain(&bytes[..4]).try_fold(0u32, |rest, &byte| {
        let value = char::from(byte).to_digit(36)?;
        let is_place = byte.is_ascii_digit() || byte.is_ascii_uppercase();
        is_place.then_some(if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
    });
    length == Some(bytes.len()) && bytes[2..4].iter().all(u8::is_ascii_digit) && rest == Some(1)
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn check_digits() {
        check(
            is_iban,
            &[
                "DE89370400440532013000",
                "GB29 NWBK 6016 1331 9268 19",
                "FR1420041010050500013M02606",
                "NO9386011117947",
            ],
            &[
                "DE89370400440532013001",
                "DE8937040044053201300",
                "de89370400440532013000",
                "ZZ89370400440532013000",
                "",
            ],
        );
        check(
            is_card,
            &["4111 1111 1111 1111", "378282246310005", "5555-5555-5555-4444"],
            &["4111111111111112", "411", "-4111111111111111"],
        );
        check(is_imei, &["490154203237518"], &["490154203237519", "49015420323751"]);
        check(
            is_ean,
            &["4006381333931", "96385074", "036000291452"],
            &["4006381333932", "400638133393", "9638507a"],
        );
        check(
            is_isbn,
            &["0-306-40615-2", "978-0-306-40615-7", "080442957X"],
            &["0-306-40615-3", "978-0-306-40615-8", "080442957x", "-0306406152"],
        );
        check(is_issn, &["0378-5955", "2434-561X"], &["0378-5954", "03785955", "2434-561x"]);
        check(
            is_phone,
            &["+4930123456", "+12025550123"],
            &["004930123456", "+0123456789", "+49 30 123456", "+123456"],
        );
    }
}
