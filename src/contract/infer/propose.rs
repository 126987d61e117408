//! A column that drifted, as it was and as it is → rules that may have caught it. Which of them do is found by checking both
//! files; then the contract is written with these.

use super::column::{Property, Seen, outward};
use super::{Draft, Rule, RuleKind, stem, write};
use crate::profile::{Column, Scalar};
use crate::words::grouped;

/// Part of the width of the old range that is left beyond either end by the narrower of two rules.
const MARGIN: f64 = 0.1;
/// Values that hold less of the reference than this may be forbidden.
const RARE: f64 = 0.001;

/// Rows of a segment, and what the column has in the reference there.
#[derive(Debug, Clone, PartialEq)]
pub struct Within {
    /// The rows, as an expression of a contract.
    pub when: String,
    /// The values.
    pub had: Had,
    /// How many cells hold them.
    pub cells: u64,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Had {
    /// The least and the largest number.
    Range(f64, f64),
    /// All texts.
    Texts(Vec<String>),
}

/// A rule that may have caught a drift.
pub struct Proposal {
    /// `None`: the column is named, and that is all.
    rule: Option<Rule>,
    /// The rule's id, as findings have it.
    pub id: &'static str,
    /// What was seen in the reference.
    pub evidence: String,
    /// Rules of one kind: of these only one is taken, the first unless a later one catches more.
    pub group: &'static str,
}

/// Rules on a column that its reference keeps, the more general ones first.
pub fn proposals(reference: &Column, current: &Column, within: Option<&Within>) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Property::of(&[reference]).rules.into_iter().map(of_rule).collect();
    let seen = Seen { columns: &[reference] };
    let valid = reference.valid;
    if let Some((low, high)) = seen.numbers().filter(|it| it.1 > it.0) {
        let evidence = format!("{low} to {high} in {} cells", grouped(valid));
        found.push(of_rule(seen.rule(narrow(low, high), 0, valid, evidence)));
    }
    if let Some(within) = within {
        let cells = grouped(within.cells);
        let (kind, evidence) = match &within.had {
            Had::Range(low, high) => {
                (narrow(*low, *high), format!("{low} to {high} in {cells} cells of these rows"))
            }
            Had::Texts(texts) => {
                let of = if texts.len() == 1 { "value" } else { "values" };
                (
                    RuleKind::Values(texts.clone()),
                    format!("{} {of} in {cells} cells of these rows", texts.len()),
                )
            }
        };
        let rule = seen.rule(kind, 0, within.cells, evidence);
        found.push(of_rule(Rule { when: Some(within.when.clone()), ..rule }));
    }
    found.extend(forbidden(&seen, reference, current));
    found.extend(mean(reference, current));
    found
}

fn of_rule(rule: Rule) -> Proposal {
    let (id, group) = match &rule.kind {
        RuleKind::Type => ("type", "type"),
        RuleKind::Present => ("required", "missing"),
        RuleKind::Values(_) => ("allowed-values", "values"),
        RuleKind::Range(..) => ("range", "values"),
        RuleKind::Length(..) => ("length", "values"),
        RuleKind::Format(_) => ("format", "values"),
        RuleKind::Pattern(_) => ("pattern", "values"),
        RuleKind::Forbidden(_) => ("forbidden-values", "forbidden"),
        RuleKind::Unique => ("unique", "unique"),
        RuleKind::Mean(..) => ("mean", "mean"),
    };
    Proposal { id, group, evidence: rule.evidence.clone(), rule: Some(rule) }
}

/// That the column is there.
pub fn presence(reference: &Column) -> Vec<Proposal> {
    let evidence = format!("the reference has it, with values in {} rows", grouped(reference.valid));
    vec![Proposal { id: "column-presence", group: "presence", evidence, rule: None }]
}

/// That the column has no value twice.
pub fn unique(reference: &Column) -> Vec<Proposal> {
    let evidence = format!("all {} values are different", grouped(reference.valid));
    let kind = RuleKind::Unique;
    vec![of_rule(Rule { kind, tolerance: 0.0, critical: 100.0, evidence, when: None })]
}

/// What cells of the column's type keep: the rules of a contract on the reference.
pub fn typed(reference: &Column) -> Vec<Proposal> {
    Property::of(&[reference]).rules.into_iter().map(of_rule).collect()
}

fn narrow(low: f64, high: f64) -> RuleKind {
    let margin = MARGIN * (high - low).max(high.abs() * 1e-9);
    let least = if low >= 0.0 && low - margin < 0.0 { 0.0 } else { down(low - margin) };
    RuleKind::Range(Some(least.to_string()), Some(-down(-(high + margin))).map(|it| it.to_string()))
}

/// The next lower number of two digits.
fn down(value: f64) -> f64 {
    if value <= 0.0 {
        return outward(value);
    }
    let up = outward(value);
    // The digit before, of a number that has more than two.
    if up == value { value } else { up - (up - value).max(outward_unit(value)) }
}

/// One of the second digit.
fn outward_unit(value: f64) -> f64 {
    let mut unit = 1.0;
    while value / unit >= 100.0 {
        unit *= 10.0;
    }
    while value / unit < 10.0 && unit > 1e-300 {
        unit /= 10.0;
    }
    unit
}

/// A value that many cells have now and hardly any had.
fn forbidden(seen: &Seen<'_>, reference: &Column, current: &Column) -> Option<Proposal> {
    let text = |value: &Scalar| match value {
        Scalar::Integer(value) => value.to_string(),
        Scalar::Float(value) => value.to_string(),
        Scalar::Text(text) => text.clone(),
    };
    let share = |column: &Column, value: &Scalar| {
        let cells = column.top.iter().find(|it| it.value == *value).map_or(0, |it| it.count);
        cells as f64 / column.valid.max(1) as f64
    };
    let is_new = |value: &Scalar| share(current, value) >= 0.03 && share(reference, value) < RARE;
    let values: Vec<String> =
        current.top.iter().map(|it| &it.value).filter(|it| is_new(it)).map(text).take(5).collect();
    if values.is_empty() {
        return None;
    }
    let evidence = format!("hardly any of {} cells had them", grouped(reference.valid));
    Some(of_rule(seen.rule(RuleKind::Forbidden(values), 0, reference.valid, evidence)))
}

/// Bounds of the mean: three standard errors of as many cells as there are now, and a tenth of a standard deviation.
fn mean(reference: &Column, current: &Column) -> Option<Proposal> {
    let numeric = reference.numeric.as_ref()?;
    let (mean, std) = (numeric.mean?, numeric.std?);
    let slack = 3.0 * std / crate::num::sqrt(current.valid.max(1) as f64) + 0.1 * std;
    if !mean.is_finite() || slack <= 0.0 || !slack.is_finite() {
        return None;
    }
    // A hundredth of the slack is as exact as bounds have to be.
    let unit = outward_unit(slack) / 10.0;
    let up = |value: f64| {
        let steps = (value / unit).ceil();
        if unit < 1.0 { steps / (1.0 / unit).round() } else { steps * unit }
    };
    let evidence = format!("the mean of {} cells is {}", grouped(reference.valid), up(mean));
    let bounds = RuleKind::Mean((-up(slack - mean)).to_string(), up(mean + slack).to_string());
    Some(of_rule(Rule { kind: bounds, tolerance: 0.0, critical: 100.0, evidence, when: None }))
}

/// The contract on some columns with these rules.
pub fn contract(name: &str, usage: &str, columns: &[(&Column, Vec<&Proposal>)]) -> String {
    let property = |(column, proposals): &(&Column, Vec<&Proposal>)| {
        let whole = Property::of(&[*column]);
        let rules = proposals.iter().filter_map(|it| it.rule.clone()).collect();
        Property { rules, key: None, ..whole }
    };
    write::write(&Draft {
        name: stem(name),
        usage: usage.to_owned(),
        rows: None,
        properties: columns.iter().map(property).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_leave_a_tenth_of_the_range_and_are_of_two_digits() {
        let table = [
            ((20.0, 667.0), ("0", "740")),
            ((1000.0, 2000.0), ("900", "2100")),
            ((-5.0, 5.0), ("-6", "6")),
            ((0.2, 0.4), ("0.18", "0.42")),
            ((-200.0, -100.0), ("-210", "-90")),
        ];
        for ((low, high), (least, most)) in table {
            let RuleKind::Range(Some(found), Some(end)) = narrow(low, high) else { panic!("a range") };
            assert_eq!((found.as_str(), end.as_str()), (least, most), "{low} to {high}");
        }
    }
}
