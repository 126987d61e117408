//! The text of a cell → what it has in common with every text of the same value.

use super::classify::boolean;
use super::{TimeUnit, Type, number, temporal};

/// A text that is the same for all texts of one value of a column of this type: `1` and `1.0`, `2024-01-02T10:00:00` and
/// `2024-01-02 10:00:00`. It is the text itself where the type has no other spellings, or it is none of it.
pub fn same(ty: Type, text: &str) -> String {
    let bytes = text.trim().as_bytes();
    let value = match ty {
        Type::Integer | Type::WideInteger => {
            number::wide(bytes).or_else(|| number::whole(bytes).map(i128::from))
        }
        Type::Decimal(scale) => number::decimal(bytes, scale),
        // Zeros have one sign.
        Type::Float => number::float(bytes).map(|value| i128::from((value + 0.0).to_bits())),
        Type::Boolean => boolean(bytes).map(i128::from),
        Type::Date => temporal::date(bytes, temporal::ANY).map(|it| it.value.into()),
        Type::Timestamp { .. } => {
            let read = |unit| temporal::timestamp(bytes, temporal::ANY, unit).map(|it| i128::from(it.value));
            // Nanoseconds end in 2262.
            read(TimeUnit::Nano).or_else(|| read(TimeUnit::Micro).map(|it| it * 1_000))
        }
        Type::Time => temporal::time(bytes).map(i128::from),
        _ => None,
    };
    value.map_or_else(|| text.to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_value_are_the_same() {
        let moment = Type::Timestamp { unit: TimeUnit::Micro, zoned: false };
        let table = [
            (Type::Integer, "1", "+01", true),
            (Type::Integer, "1", "1.0", true),
            (Type::Integer, "1", "2", false),
            (Type::WideInteger, "99999999999999999999", "+99999999999999999999", true),
            (Type::Float, "1", "1.0", true),
            (Type::Float, "-0", "0", true),
            (Type::Float, "1e3", "1000", true),
            (Type::Float, "9007199254740993", "9007199254740992", true),
            (Type::Decimal(2), "1.5", "1.50", true),
            (Type::Boolean, "true", "True", true),
            (Type::Date, "2024-01-02", "2024-01-03", false),
            (moment, "2024-01-02T10:00:00", "2024-01-02 10:00:00", true),
            (moment, "2024-01-02 10:00:00.5", "2024-01-02 10:00:00", false),
            (moment, "9999-12-31 00:00:00", "9999-12-31T00:00:00", true),
            (Type::Text, "1", "1.0", false),
            (Type::Text, "a", "a", true),
        ];
        for (ty, a, b, equal) in table {
            assert_eq!(same(ty, a) == same(ty, b), equal, "{ty:?} {a} {b}");
        }
    }
}
