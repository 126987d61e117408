//! Counts as people read them.

/// A count with commas between the thousands: 336776 → `336,776`.
pub fn grouped(count: u64) -> String {
    grouped_digits(&count.to_string())
}

/// Decimal digits with commas between the thousands.
pub fn grouped_digits(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped() {
        for (n, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (336_776, "336,776"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(n), text);
        }
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }
}
