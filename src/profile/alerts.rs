//! What a person should know about a column: its numbers in, sentences with the number and the threshold out.
//!
//! Thresholds are those that users of ydata-profiling know (missing and infinite 1 %, |skewness| 20, 50 categories),
//! but for zeros: 10 % as in Facets, since 1 % speaks about nearly every column of counts.

use crate::cell::{Role, Type};
use crate::words::grouped;

use super::{Alert, Column, Scalar};

const MISSING: f64 = 0.01;
const ZEROS: f64 = 0.10;
const SKEWNESS: f64 = 20.0;
const CATEGORIES: f64 = 50.0;
const DOMINANT: f64 = 0.90;

/// The alerts of a column, its role guessed before.
pub fn alerts(column: &Column) -> Vec<Alert> {
    let mut alerts = Vec::new();
    let mut alert =
        |code, message: Option<String>| alerts.extend(message.map(|message| Alert { code, message }));
    alert("all-missing", all_missing(column));
    alert("missing", missing(column));
    alert("invalid", invalid(column));
    alert("constant", constant(column));
    alert("unique", unique(column));
    alert("high-cardinality", high_cardinality(column));
    alert("imbalanced", imbalanced(column));
    alert("infinite", infinite(column));
    alert("zeros", zeros(column));
    alert("skewed", skewed(column));
    alerts
}

fn all_missing(column: &Column) -> Option<String> {
    (column.rows > 0 && column.missing == column.rows)
        .then(|| format!("all {} cells are missing", grouped(column.rows)))
}

fn missing(column: &Column) -> Option<String> {
    let Column { missing, rows, .. } = *column;
    let many = missing < rows && missing as f64 > MISSING * rows as f64;
    many.then(|| format!("{} cells ({}) are missing, above 1 %", of(missing, rows), share(missing, rows)))
}

fn invalid(column: &Column) -> Option<String> {
    let (invalid, present) = (column.invalid, column.valid.saturating_add(column.invalid));
    let ty = column.ty.id();
    (invalid > 0).then(|| {
        format!("{} values ({}) are not of type {ty}", of(invalid, present), share(invalid, present))
    })
}

fn constant(column: &Column) -> Option<String> {
    let one = column.valid > 1 && column.distinct.exact && column.distinct.value == 1.0;
    let value = column.top.first().map_or(String::new(), |top| format!(", {}", shown(&top.value)));
    one.then(|| format!("all {} values are the same{value}", grouped(column.valid)))
}

fn unique(column: &Column) -> Option<String> {
    let all = column.distinct.exact && column.valid > 1 && column.distinct.value == column.valid as f64;
    (all && column.role == Role::Id).then(|| match column.missing {
        0 => format!("all {} values are different: it can be a key", grouped(column.valid)),
        missing => {
            format!(
                "all {} values are different, but {} are missing",
                grouped(column.valid),
                grouped(missing)
            )
        }
    })
}

fn high_cardinality(column: &Column) -> Option<String> {
    let many = column.ty == Type::Text && column.role == Role::Category && column.distinct.value > CATEGORIES;
    let about = if column.distinct.exact { "" } else { "about " };
    many.then(|| {
        format!("{about}{} different values, above 50", grouped(column.distinct.value.round() as u64))
    })
}

fn imbalanced(column: &Column) -> Option<String> {
    let top = column.top.first().filter(|top| top.error == 0 && top.count < column.valid)?;
    let dominant = top.count as f64 > DOMINANT * column.valid as f64;
    let (count, valid) = (top.count, column.valid);
    dominant.then(|| {
        format!("{} values ({}) are {}, above 90 %", of(count, valid), share(count, valid), shown(&top.value))
    })
}

fn infinite(column: &Column) -> Option<String> {
    let (count, valid) = (column.numeric.as_ref()?.infinities, column.valid);
    (count > 0).then(|| format!("{} values ({}) are infinite", of(count, valid), share(count, valid)))
}

fn zeros(column: &Column) -> Option<String> {
    let (count, valid) = (column.numeric.as_ref()?.zeros, column.valid);
    let many = count < valid && count as f64 > ZEROS * valid as f64;
    many.then(|| format!("{} values ({}) are zero, above 10 %", of(count, valid), share(count, valid)))
}

fn skewed(column: &Column) -> Option<String> {
    let numeric = column.numeric.as_ref()?;
    let skewness = numeric.skewness?;
    let error = numeric.shape_error.map_or(0.0, |(error, _)| error);
    let sign = if skewness < 0.0 { "below -20" } else { "above 20" };
    (skewness.abs() - error > SKEWNESS).then(|| format!("its skewness is {skewness:.1}, {sign}"))
}

/// `1,234 of 5,678`.
fn of(part: u64, whole: u64) -> String {
    format!("{} of {}", grouped(part), grouped(whole))
}

/// A share in per cent; what is not none is never 0, what is not all never 100.
pub fn share(part: u64, whole: u64) -> String {
    let percent = part as f64 / whole.max(1) as f64 * 100.0;
    match percent {
        p if part > 0 && p < 0.1 => "<0.1 %".into(),
        p if part < whole && p > 99.9 => ">99.9 %".into(),
        p => format!("{p:.1} %"),
    }
}

/// A value in a sentence: text in quotes and cut.
fn shown(value: &Scalar) -> String {
    match value {
        Scalar::Integer(value) => value.to_string(),
        Scalar::Float(value) => value.to_string(),
        Scalar::Text(text) if text.chars().nth(40).is_some() => {
            format!("{:?}", text.chars().take(40).chain(['…']).collect::<String>())
        }
        Scalar::Text(text) => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::role::tests::{column, numeric};
    use super::super::{Estimate, TopValue};
    use super::*;

    fn of(mut column: Column, change: impl FnOnce(&mut Column)) -> Vec<(&'static str, String)> {
        change(&mut column);
        alerts(&column).into_iter().map(|alert| (alert.code, alert.message)).collect()
    }

    fn one(code: &'static str, message: &str) -> Vec<(&'static str, String)> {
        vec![(code, message.into())]
    }

    fn top(value: &str, count: u64) -> Vec<TopValue> {
        vec![TopValue { value: Scalar::Text(value.into()), count, error: 0 }]
    }

    #[test]
    fn a_sound_column_has_no_alert() {
        assert_eq!(of(column("x", Type::Integer, 100, 40), |c| c.numeric = Some(numeric(9.0))), []);
        assert_eq!(of(column("x", Type::Text, 0, 0), |_| ()), []);
    }

    #[test]
    fn cells_that_are_not_there_or_not_valid_are_said() {
        let text = || column("x", Type::Text, 1000, 40);
        assert_eq!(of(text(), |c| (c.rows, c.missing) = (1010, 10)), []);
        let found = of(text(), |c| (c.rows, c.missing) = (1020, 20));
        assert_eq!(found, one("missing", "20 of 1,020 cells (2.0 %) are missing, above 1 %"));
        let found = of(column("x", Type::Text, 0, 0), |c| (c.rows, c.missing) = (7, 7));
        assert_eq!(found, one("all-missing", "all 7 cells are missing"));
        let found = of(column("x", Type::Date, 9_999, 40), |c| (c.rows, c.invalid) = (10_000, 1));
        assert_eq!(found, one("invalid", "1 of 10,000 values (<0.1 %) are not of type date"));
    }

    #[test]
    fn too_few_and_too_many_values_are_said() {
        let found = of(column("x", Type::Text, 100, 1), |c| c.top = top("CH", 100));
        assert_eq!(found, one("constant", "all 100 values are the same, \"CH\""));
        let found = of(column("x", Type::Text, 100, 4), |c| c.top = top("a\nb", 91));
        assert_eq!(found, one("imbalanced", "91 of 100 values (91.0 %) are \"a\\nb\", above 90 %"));
        assert_eq!(of(column("x", Type::Text, 100, 4), |c| c.top = top("a", 90)), []);
        let category = |c: &mut Column| c.role = Role::Category;
        assert_eq!(of(column("x", Type::Text, 1000, 50), category), []);
        let found = of(column("x", Type::Text, 1000, 51), category);
        assert_eq!(found, one("high-cardinality", "51 different values, above 50"));
        let found = of(column("x", Type::Text, 100, 0), |c| {
            c.role = Role::Category;
            c.distinct = Estimate { value: 60.0, exact: false, error: 3.0 };
        });
        assert_eq!(found, one("high-cardinality", "about 60 different values, above 50"));
        let found = of(column("id", Type::Integer, 100, 100), |c| c.role = Role::Id);
        assert_eq!(found, one("unique", "all 100 values are different: it can be a key"));
    }

    #[test]
    fn numbers_that_mislead_are_said() {
        let with = |change: fn(&mut super::super::Numeric)| {
            of(column("x", Type::Float, 1000, 400), |c| {
                let mut numbers = numeric(9.0);
                change(&mut numbers);
                c.numeric = Some(numbers);
            })
        };
        assert_eq!(with(|n| n.zeros = 100), []);
        assert_eq!(
            with(|n| n.zeros = 101),
            one("zeros", "101 of 1,000 values (10.1 %) are zero, above 10 %")
        );
        assert_eq!(with(|n| n.infinities = 1), one("infinite", "1 of 1,000 values (0.1 %) are infinite"));
        assert_eq!(with(|n| n.skewness = Some(20.0)), []);
        assert_eq!(with(|n| n.skewness = Some(-20.26)), one("skewed", "its skewness is -20.3, below -20"));
        assert_eq!(with(|n| (n.skewness, n.shape_error) = (Some(21.0), Some((2.0, 0.0)))), []);
    }

    #[test]
    fn shares_are_never_rounded_to_none_or_all() {
        for (part, whole, text) in [
            (0, 9, "0.0 %"),
            (1, 10_000_000, "<0.1 %"),
            (1, 3, "33.3 %"),
            (9_999_999, 10_000_000, ">99.9 %"),
            (5, 5, "100.0 %"),
        ] {
            assert_eq!(share(part, whole), text);
        }
    }
}
