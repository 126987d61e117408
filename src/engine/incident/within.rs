//! A segment of the rows of the reference → what a column has in these rows, for a rule that holds for them alone. Periods and
//! stretches of a file have no such rule: the next file has others.

use std::collections::BTreeMap;

use crate::cell::Type;
use crate::contract::propose::{Had, Within};
use crate::engine::cells::{Column, cells};
use crate::engine::options::Options;
use crate::engine::segments::Scanned;
use crate::error::{Kind, Result};
use crate::report::wire::SegmentPart;

/// The most different texts of a column that may be agreed on, and the fewest cells of each.
const TEXTS: (usize, u64) = (50, 2);

/// What the column has within a segment of the reference; `None` where it has neither numbers nor a few texts, or the segment no words
/// in a contract.
pub(super) fn within(
    name: &str,
    parts: &[SegmentPart],
    reference: Scanned<'_>,
    options: &Options,
) -> Result<Option<Within>> {
    let mut names = vec![name];
    names.extend(parts.iter().filter_map(|it| it.column.as_deref()));
    if names.len() != parts.len() + 1 {
        return Ok(None);
    }
    let found = match cells(reference.source, reference.state, &names, options.unit_bytes, options.memory) {
        Ok(found) => found,
        // The segment has no rule of its own then.
        Err(error) if error.kind() == Kind::Limit => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some((column, others)) = found.columns.split_first() else { return Ok(None) };
    let conditions = others.iter().zip(parts).map(|(cells, part)| Condition::of(cells, part));
    let Some(conditions) = conditions.collect::<Option<Vec<_>>>() else { return Ok(None) };
    let holds = |row: usize| {
        others
            .iter()
            .zip(&conditions)
            .all(|(cells, it)| cells.values.get(row).is_some_and(|value| it.holds(*value)))
    };
    let inside =
        column.values.iter().enumerate().filter(|(row, it)| it.is_finite() && holds(*row)).map(|it| *it.1);
    let when = conditions.iter().map(|it| it.words.as_str()).collect::<Vec<_>>().join(" and ");
    Ok(had(column, inside).map(|(had, cells)| Within { when, had, cells }))
}

/// The values that a column has, and how many cells hold them.
fn had(column: &Column, values: impl Iterator<Item = f64>) -> Option<(Had, u64)> {
    if column.ty.is_numeric() {
        let (mut range, mut count) = ((f64::INFINITY, f64::NEG_INFINITY), 0);
        for value in values {
            range = (range.0.min(value), range.1.max(value));
            count += 1;
        }
        return (count > 0).then_some((Had::Range(range.0, range.1), count));
    }
    if column.ty != Type::Text {
        return None;
    }
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    for value in values {
        *counts.entry(value as usize).or_default() += 1;
        if counts.len() > TEXTS.0 {
            return None;
        }
    }
    if counts.is_empty() || counts.values().any(|it| *it < TEXTS.1) {
        return None;
    }
    let texts = counts.keys().filter_map(|at| column.labels.get(*at).cloned()).collect();
    Some((Had::Texts(texts), counts.values().sum()))
}

/// A condition of a segment, in the words of a contract and on the cells of its column.
struct Condition {
    words: String,
    is: Is,
}

enum Is {
    Missing,
    From(f64, f64),
    OneOf(Vec<f64>),
}

impl Condition {
    fn of(cells: &Column, part: &SegmentPart) -> Option<Condition> {
        let name = format!("`{}`", cells.name.replace('`', "``"));
        match part.kind.as_str() {
            // No cell that is missing is told from one that is invalid.
            "missing" if cells.invalid == 0 => {
                Some(Condition { words: format!("{name} is null"), is: Is::Missing })
            }
            "range" if cells.ty.is_numeric() => range(&name, part.values.first()?, part.values.last()?),
            "value" if cells.labels.is_empty() => numbers(&name, &part.values),
            "value" => texts(&name, &part.values, cells),
            _ => None,
        }
    }

    fn holds(&self, value: f64) -> bool {
        match &self.is {
            Is::Missing => value.is_nan(),
            Is::From(low, high) => *low <= value && value <= *high,
            Is::OneOf(values) => values.contains(&value),
        }
    }
}

fn range(name: &str, low: &str, high: &str) -> Option<Condition> {
    let number = |text: &str, none: f64| if text.is_empty() { Some(none) } else { text.parse().ok() };
    let (least, most): (f64, f64) = (number(low, f64::NEG_INFINITY)?, number(high, f64::INFINITY)?);
    let words = match (least.is_finite(), most.is_finite()) {
        (true, true) => format!("{name} >= {low} and {name} <= {high}"),
        (true, false) if high.is_empty() => format!("{name} >= {low}"),
        (false, true) if low.is_empty() => format!("{name} <= {high}"),
        _ => return None,
    };
    Some(Condition { words, is: Is::From(least, most) })
}

fn numbers(name: &str, values: &[String]) -> Option<Condition> {
    let number = |text: &String| match text.as_str() {
        "true" => Some(1.0),
        "false" => Some(0.0),
        // What is not finite is no number of an expression.
        text => text.parse::<f64>().ok().filter(|it| it.is_finite()),
    };
    let is = values.iter().map(number).collect::<Option<Vec<_>>>()?;
    Some(Condition { words: listed(name, values), is: Is::OneOf(is) })
}

fn texts(name: &str, values: &[String], cells: &Column) -> Option<Condition> {
    let place = |text: &String| cells.labels.iter().position(|it| it == text).map(|at| at as f64);
    let is = values.iter().filter_map(place).collect();
    let quoted = |it: &String| format!("'{}'", it.replace('\\', "\\\\").replace('\'', "''"));
    let values: Vec<String> = values.iter().map(quoted).collect();
    (!values.is_empty()).then(|| Condition { words: listed(name, &values), is: Is::OneOf(is) })
}

fn listed(name: &str, values: &[String]) -> String {
    match values {
        [one] => format!("{name} = {one}"),
        _ => format!("{name} in ({})", values.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(ty: Type, values: &[f64], labels: &[&str]) -> Column {
        let labels = labels.iter().map(|&it| it.to_owned()).collect();
        Column { name: "a`b".into(), ty, values: values.to_vec(), labels, missing: 1, invalid: 0 }
    }

    #[test]
    fn conditions_have_words_and_hold_of_the_same_cells() {
        let numeric = column(Type::Integer, &[1.0, 5.0, 9.0, f64::NAN], &[]);
        let text = column(Type::Text, &[0.0, 1.0, 2.0, f64::NAN], &["x", "it's", "z"]);
        // kind, its values, the words, the rows for which they hold
        let table = [
            (&numeric, "range", &["2", "9"][..], Some("`a``b` >= 2 and `a``b` <= 9"), &[1, 2][..]),
            (&numeric, "range", &["", "5"], Some("`a``b` <= 5"), &[0, 1]),
            (&numeric, "range", &["5", ""], Some("`a``b` >= 5"), &[1, 2]),
            (&numeric, "range", &["", ""], None, &[]),
            (&numeric, "missing", &[], Some("`a``b` is null"), &[3]),
            (&numeric, "value", &["1", "9.0"], Some("`a``b` in (1, 9.0)"), &[0, 2]),
            (&numeric, "value", &["inf"], None, &[]),
            (&text, "value", &["it's"], Some("`a``b` = 'it''s'"), &[1]),
            (&text, "range", &["a", "b"], None, &[]),
            (&text, "period", &["2024-01", "2024-02"], None, &[]),
            (&text, "invalid", &[], None, &[]),
        ];
        for (cells, kind, values, words, rows) in table {
            let values = values.iter().map(|&it| it.to_owned()).collect();
            let part = SegmentPart { column: Some("a`b".into()), kind: kind.into(), values };
            let found = Condition::of(cells, &part);
            assert_eq!(found.as_ref().map(|it| it.words.as_str()), words, "{part:?}");
            let Some(found) = found else { continue };
            let held: Vec<usize> = (0..4).filter(|row| found.holds(cells.values[*row])).collect();
            assert_eq!(held, rows, "{part:?}");
        }
    }

    #[test]
    fn a_few_texts_that_repeat_are_what_a_column_has() {
        let of = |values: &[f64]| had(&column(Type::Text, &[], &["x", "y", "z"]), values.iter().copied());
        assert_eq!(of(&[2.0, 0.0, 2.0, 0.0]), Some((Had::Texts(vec!["x".into(), "z".into()]), 4)));
        assert_eq!(of(&[2.0, 0.0, 2.0]), None);
        assert_eq!(of(&[]), None);
        let numbers = had(&column(Type::Float, &[], &[]), [3.0, -1.0].into_iter());
        assert_eq!(numbers, Some((Had::Range(-1.0, 3.0), 2)));
    }
}
