//! What a column is for: its numbers and its name in, a guessed role with the reason out. A guess, so it can be
//! overridden.

use crate::cell::{Role, Type};
use crate::words::grouped;

use super::Column;

/// Distinct integers up to which a column of integers holds categories (ydata-profiling's `low_categorical_threshold`
/// is 5; digits 0–9 are codes as often as amounts).
const FEW_INTEGERS: f64 = 10.0;
/// Distinct texts up to which a column of texts holds categories, where less than half are distinct (ydata-profiling's
/// `cardinality_threshold` and `percentage_cat_threshold`).
const FEW_TEXTS: f64 = 50.0;
const FEW_TEXTS_SHARE: f64 = 0.5;
/// More distinct texts are categories where each comes ten times and they are short.
const MANY_TEXTS_SHARE: f64 = 0.1;
const SHORT_TEXT: f64 = 40.0;
/// Rows below which uniqueness says little.
const FEW_ROWS: u64 = 20;
/// An unnamed integer key is dense: its range is at most this many times its count.
const DENSE: f64 = 2.0;

/// The guessed role of a column, and why, in one sentence. Reads everything but its role.
pub fn guess(column: &Column) -> (Role, String) {
    let (valid, rows) = (column.valid, column.rows);
    let distinct = column.distinct.value;
    if valid == 0 {
        return (Role::Empty, format!("none of the {} cells holds a value", grouped(rows)));
    }
    if distinct <= 1.0 && column.distinct.exact {
        return (Role::Constant, format!("all {} values are the same", grouped(valid)));
    }
    match column.ty {
        Type::Date | Type::Timestamp { .. } => {
            (Role::Timestamp, format!("its values are of type {}", column.ty.id()))
        }
        Type::Time | Type::Duration => (Role::Measure, format!("its values are of type {}", column.ty.id())),
        Type::Boolean => (Role::Category, "its values are true and false".into()),
        Type::Integer | Type::WideInteger => integers(column),
        Type::Decimal(_) | Type::Float => (Role::Measure, "its values have fractions".into()),
        Type::Text => texts(column),
        Type::List | Type::Json | Type::Binary => {
            (Role::FreeText, format!("its values are of type {}", column.ty.id()))
        }
    }
}

fn integers(column: &Column) -> (Role, String) {
    let (valid, distinct) = (column.valid, column.distinct.value);
    if let Some(reason) = named_key(column) {
        return (Role::Id, reason);
    }
    if is_unique(column) && valid >= FEW_ROWS && is_dense(column) {
        return (Role::Id, format!("all {} values are different and nearly consecutive", grouped(valid)));
    }
    if distinct <= FEW_INTEGERS && distinct * 10.0 <= valid as f64 {
        return (Role::Category, different(column, "integers"));
    }
    (Role::Measure, different(column, "integers"))
}

fn texts(column: &Column) -> (Role, String) {
    let (valid, distinct) = (column.valid, column.distinct.value);
    let length = column.text.as_ref().map_or(0.0, |text| text.mean_length);
    if let Some(reason) = named_key(column) {
        return (Role::Id, reason);
    }
    if is_unique(column) && valid >= FEW_ROWS && has_code_shape(column) {
        return (Role::Id, format!("all {} values are different and of one shape", grouped(valid)));
    }
    let share = distinct / valid as f64;
    let few = distinct <= FEW_TEXTS && share < FEW_TEXTS_SHARE;
    if few || share <= MANY_TEXTS_SHARE && length <= SHORT_TEXT {
        return (Role::Category, different(column, "texts"));
    }
    (Role::FreeText, format!("{}, {length:.1} characters long on average", different(column, "texts")))
}

/// `4 different texts in 28,834 values`.
fn different(column: &Column, what: &str) -> String {
    let distinct = column.distinct.value.round() as u64;
    format!("{} different {what} in {} values", grouped(distinct), grouped(column.valid))
}

/// A key by its name: unique, or of so many values that they can only name something.
fn named_key(column: &Column) -> Option<String> {
    let last = last_word(&column.name);
    if !["id", "key", "uuid", "guid", "pk"].contains(&last.as_str()) {
        return None;
    }
    if is_unique(column) {
        return Some(format!(
            "all {} values are different and the name ends in {last:?}",
            grouped(column.valid)
        ));
    }
    let distinct = column.distinct.value;
    (distinct > FEW_TEXTS).then(|| {
        format!("{} different values and the name ends in {last:?}", grouped(distinct.round() as u64))
    })
}

/// `customerId`, `customer_id` and `Customer ID` end in `id`; `paid` does not.
fn last_word(name: &str) -> String {
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut start = name.len();
    let mut next: Option<char> = None;
    for (i, c) in name.char_indices().rev() {
        let border = !c.is_alphanumeric() || next.is_some_and(|next| c.is_lowercase() && next.is_uppercase());
        if border {
            break;
        }
        start = i;
        next = Some(c);
    }
    name[start..].to_lowercase()
}

fn is_unique(column: &Column) -> bool {
    column.distinct.exact && column.distinct.value == column.valid as f64
}

fn is_dense(column: &Column) -> bool {
    let end = |p: f64| column.numeric.as_ref()?.points.iter().find(|point| point.0 == p).map(|point| point.1);
    match (end(0.0), end(1.0)) {
        (Some(min), Some(max)) => max - min < DENSE * column.valid as f64,
        _ => false,
    }
}

/// Nine of ten values have one mask, and that has a digit and no space.
fn has_code_shape(column: &Column) -> bool {
    let first = column.text.as_ref().filter(|text| text.exact).and_then(|text| text.patterns.first());
    first.is_some_and(|(mask, count)| {
        mask.contains('9') && !mask.contains(' ') && *count as f64 >= 0.9 * column.valid as f64
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::{Distribution, Estimate, Numeric, Scalar, Text};
    use super::*;

    /// A column of this many valid cells of which this many are distinct.
    pub(crate) fn column(name: &str, ty: Type, valid: u64, distinct: u64) -> Column {
        Column {
            name: name.into(),
            position: 1,
            ty,
            governed: false,
            role: Role::Empty,
            role_reason: String::new(),
            rows: valid,
            valid,
            missing: 0,
            invalid: 0,
            null_tokens: Vec::new(),
            kinds: Vec::new(),
            invalid_places: Vec::new(),
            distinct: Estimate::exact(distinct),
            singletons: None,
            numeric: None,
            text: None,
            temporal: None,
            top: Vec::new(),
            histogram: None,
            alerts: Vec::new(),
            order: None,
            distribution: Distribution::Absent,
        }
    }

    /// The statistics of the integers 0 to `max`, as far as roles and alerts read them.
    pub(crate) fn numeric(max: f64) -> Numeric {
        Numeric {
            min: Scalar::Integer(0),
            max: Scalar::Float(max),
            mean: None,
            std: None,
            sum: Scalar::Integer(0),
            zeros: 0,
            negatives: 0,
            infinities: 0,
            skewness: None,
            kurtosis: None,
            mad: None,
            quantiles: Vec::new(),
            exact: true,
            quantile_errors: Vec::new(),
            shape_error: None,
            points: vec![(0.0, 0.0), (1.0, max)],
        }
    }

    fn text(patterns: &[(&str, u64)], mean_length: f64) -> Text {
        let patterns = patterns.iter().map(|&(mask, count)| (mask.into(), count)).collect();
        Text { min_length: 1, max_length: 99, mean_length, patterns, exact: true, sampled: 0 }
    }

    #[test]
    fn roles_follow_type_numbers_and_name() {
        let zoned = Type::Timestamp { unit: crate::cell::TimeUnit::Micro, zoned: true };
        let cases = [
            ("x", Type::Float, 0, 0, Role::Empty),
            ("x", Type::Text, 100, 1, Role::Constant),
            ("day", Type::Date, 100, 100, Role::Timestamp),
            ("at", zoned, 100, 90, Role::Timestamp),
            ("took", Type::Duration, 100, 90, Role::Measure),
            ("paid", Type::Boolean, 100, 2, Role::Category),
            ("customerId", Type::Integer, 100, 100, Role::Id),
            ("customer_id", Type::Integer, 1000, 60, Role::Id),
            ("paid", Type::Integer, 1000, 1000, Role::Measure),
            ("stars", Type::Integer, 1000, 5, Role::Category),
            ("stars", Type::Integer, 6, 5, Role::Measure),
            ("price", Type::Decimal(2), 1000, 3, Role::Measure),
            ("country", Type::Text, 1000, 12, Role::Category),
            ("city", Type::Text, 10_000, 900, Role::Category),
            ("name", Type::Text, 100, 90, Role::FreeText),
            ("tags", Type::List, 100, 4, Role::FreeText),
        ];
        for (name, ty, valid, distinct, role) in cases {
            let (found, reason) = guess(&column(name, ty, valid, distinct));
            assert_eq!(found, role, "{name}: {reason}");
        }
    }

    #[test]
    fn an_unnamed_key_is_dense_or_of_one_shape() {
        let mut numbers = column("nr", Type::Integer, 1000, 1000);
        numbers.numeric = Some(numeric(1100.0));
        assert_eq!(guess(&numbers).0, Role::Id);
        numbers.numeric = Some(numeric(1e6));
        assert_eq!(guess(&numbers).0, Role::Measure);
        let mut codes = column("order", Type::Text, 1000, 1000);
        codes.text = Some(text(&[("AA-9999", 990), ("AA-999", 10)], 7.0));
        let reason = "all 1,000 values are different and of one shape".to_string();
        assert_eq!(guess(&codes), (Role::Id, reason));
        codes.text = Some(text(&[("Aaaaaa Aaaaa", 990)], 7.0));
        assert_eq!(guess(&codes).0, Role::FreeText);
    }

    #[test]
    fn long_texts_that_repeat_are_not_categories() {
        let mut notes = column("note", Type::Text, 10_000, 900);
        notes.text = Some(text(&[], 120.0));
        let reason = "900 different texts in 10,000 values, 120.0 characters long on average".to_string();
        assert_eq!(guess(&notes), (Role::FreeText, reason));
    }

    #[test]
    fn words_end_at_signs_and_at_capitals() {
        for (name, word) in
            [("customerID", "id"), ("paid", "paid"), ("Order-Key ", "key"), ("ID", "id"), ("", "")]
        {
            assert_eq!(last_word(name), word, "{name:?}");
        }
    }
}
