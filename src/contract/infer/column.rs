//! One column of several files → what is agreed on it.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{Role, Type};
use crate::profile::{Column, Distribution, Scalar};
use crate::words::grouped;

use super::evidence::{critical_percent, upper_percent};
use super::{FEW_ROWS, Rule, RuleKind};
use crate::contract::formats;

/// Distinct values up to which a vocabulary may be closed.
const CLOSED: f64 = 60.0;
/// Cells a distinct value has to have on average, for what was not seen yet to be rare.
const CELLS_A_VALUE: f64 = 20.0;
/// Values that have to be known for a format or a pattern to be more than a coincidence.
const VALUES: usize = 20;
/// Values that are held against formats.
const LOOKED_AT: usize = 2_000;
/// Formats that a text has hardly by accident.
const FORMATS: [&str; 9] = ["email", "uuid", "url", "ipv4", "ipv6", "mac", "iban", "sha256", "date-time"];
/// Rows below which different values are no key.
const KEY_ROWS: u64 = 100;

/// What is agreed on a column.
pub(super) struct Property {
    pub(super) name: String,
    pub(super) logical: Option<&'static str>,
    /// The pattern of its dates, in the letters of JDK.
    pub(super) format: Option<&'static str>,
    /// Why it is a key, where it is one.
    pub(super) key: Option<String>,
    pub(super) rules: Vec<Rule>,
}

impl Property {
    /// What is agreed on a column, by its profile in each file.
    pub(super) fn of(columns: &[&Column]) -> Property {
        let seen = Seen { columns };
        let logical = seen.logical();
        let key = seen.key();
        let mut property = Property {
            name: columns.first().map_or_else(String::new, |column| column.name.clone()),
            logical,
            format: seen.format(logical),
            key,
            rules: Vec::new(),
        };
        if seen.rows() < FEW_ROWS {
            return property;
        }
        property.rules.extend(seen.types(logical));
        if property.key.is_none() {
            property.rules.extend(seen.presence());
        }
        if !seen.valid_everywhere() {
            return property;
        }
        let vocabulary = if property.key.is_none() { seen.vocabulary() } else { None };
        match vocabulary {
            Some(rule) => property.rules.push(rule),
            None if logical == Some("string") => property.rules.extend(seen.text()),
            None => property.rules.extend(seen.range(property.key.is_some())),
        }
        property
    }
}

/// A column in every file.
pub(super) struct Seen<'a> {
    pub(super) columns: &'a [&'a Column],
}

impl Seen<'_> {
    fn sum(&self, of: fn(&Column) -> u64) -> u64 {
        self.columns.iter().map(|column| of(column)).fold(0, u64::saturating_add)
    }

    fn rows(&self) -> u64 {
        self.sum(|column| column.rows)
    }

    fn valid_everywhere(&self) -> bool {
        self.columns.iter().all(|column| column.valid > 0)
    }

    /// The logical type that all files have, `number` for whole and broken numbers.
    fn logical(&self) -> Option<&'static str> {
        let words: BTreeSet<&'static str> =
            self.columns.iter().filter(|column| column.valid > 0).map(|column| word(column.ty)).collect();
        let numeric = words.iter().all(|word| ["integer", "number"].contains(word));
        match words.len() {
            0 => None,
            1 => words.first().copied(),
            _ if numeric => Some("number"),
            _ => Some("string"),
        }
    }

    /// The one format of its dates, where all have it.
    fn format(&self, logical: Option<&'static str>) -> Option<&'static str> {
        if !matches!(logical, Some("date" | "timestamp")) {
            return None;
        }
        let mut formats = self.columns.iter().filter_map(|column| column.temporal.as_ref());
        let one = |formats: &[(String, u64)]| match formats {
            [(format, _)] => Some(format.clone()),
            _ => None,
        };
        let first = one(&formats.next()?.formats)?;
        let same = formats.all(|temporal| one(&temporal.formats).as_ref() == Some(&first));
        let jdk = [
            ("%Y-%m-%d", "yyyy-MM-dd"),
            ("%Y/%m/%d", "yyyy/MM/dd"),
            ("%Y.%m.%d", "yyyy.MM.dd"),
            ("%d.%m.%Y", "dd.MM.yyyy"),
            ("%d/%m/%Y", "dd/MM/yyyy"),
            ("%m/%d/%Y", "MM/dd/yyyy"),
            ("%d-%m-%Y", "dd-MM-yyyy"),
            ("%m-%d-%Y", "MM-dd-yyyy"),
        ];
        jdk.iter().find(|(strftime, _)| same && *strftime == first).map(|it| it.1)
    }

    /// Why it is a key: an id by role whose values differ in every file, and none of which is missing.
    fn key(&self) -> Option<String> {
        let is_key = self.columns.iter().all(|column| {
            let typed = matches!(column.ty, Type::Integer | Type::WideInteger | Type::Text);
            typed
                && column.role == Role::Id
                && column.missing + column.invalid == 0
                && column.distinct.exact
                && column.distinct.value as u64 == column.valid
        });
        let rows = self.rows();
        (is_key && rows >= KEY_ROWS).then(|| format!("all {} values differ, none is missing", grouped(rows)))
    }

    pub(super) fn rule(&self, kind: RuleKind, bad: u64, total: u64, evidence: String) -> Rule {
        let tolerance = upper_percent(bad, total);
        Rule { kind, tolerance, critical: critical_percent(tolerance), evidence, when: None }
    }

    /// The rule that no more cells are invalid than now.
    fn types(&self, logical: Option<&'static str>) -> Option<Rule> {
        logical.filter(|word| *word != "string")?;
        let (invalid, present) = (self.sum(|it| it.invalid), self.sum(|it| it.valid + it.invalid));
        let evidence = format!(
            "{} of {} cells are no {}",
            grouped(invalid),
            grouped(present),
            logical.unwrap_or("value")
        );
        Some(self.rule(RuleKind::Type, invalid, present, evidence))
    }

    /// The rule that no more cells are missing than in the file with the most.
    fn presence(&self) -> Option<Rule> {
        let upper = |column: &&&Column| upper_percent(column.missing, column.rows);
        let worst = self.columns.iter().max_by(|a, b| upper(a).total_cmp(&upper(b)))?;
        let share = worst.missing as f64 / worst.rows.max(1) as f64;
        if share > 0.95 {
            return None;
        }
        // Files differ by more than samples of one do: half as many again, where only one was seen.
        let natural = if self.columns.len() == 1 { 1.5 } else { 1.2 };
        let missing = (worst.missing as f64 * natural) as u64;
        let evidence =
            format!("{} of {} cells are missing", grouped(self.sum(|it| it.missing)), grouped(self.rows()));
        Some(self.rule(RuleKind::Present, missing.min(worst.rows), worst.rows, evidence))
    }

    /// The rule that there are no other values: few, none of them seen only once in all files, and none that only the last
    /// file has.
    fn vocabulary(&self) -> Option<Rule> {
        let counts: Vec<BTreeMap<String, u64>> =
            self.columns.iter().map(|column| values(column)).collect::<Option<_>>()?;
        let mut all: BTreeMap<&str, u64> = BTreeMap::new();
        for (value, count) in counts.iter().flatten() {
            *all.entry(value).or_default() += count;
        }
        let valid = self.sum(|it| it.valid);
        let (last, before) = counts.split_last()?;
        let grows =
            !before.is_empty() && last.keys().any(|it| !before.iter().any(|file| file.contains_key(it)));
        let is_measure = self.columns.iter().any(|it| it.ty.is_numeric() && it.role != Role::Category);
        let is_closed = (2..=CLOSED as usize).contains(&all.len())
            && all.values().all(|count| *count > 1)
            && valid as f64 >= CELLS_A_VALUE * all.len() as f64;
        if !is_closed || is_measure || grows {
            return None;
        }
        let evidence = format!("{} values in {} cells, none of them only once", all.len(), grouped(valid));
        let values = all.into_keys().map(str::to_owned).collect();
        Some(self.rule(RuleKind::Values(values), 0, valid, evidence))
    }

    /// Rules on the form of texts.
    fn text(&self) -> Vec<Rule> {
        let valid = self.sum(|it| it.valid);
        let mut rules = Vec::new();
        let known: Vec<&str> =
            self.columns.iter().flat_map(|column| labels(column)).take(LOOKED_AT).collect();
        let holds = |name: &&&str| {
            let format = formats::named(name);
            known.len() >= VALUES && format.is_some_and(|it| known.iter().all(|text| (it.holds)(text)))
        };
        if let Some(name) = FORMATS.iter().find(holds) {
            let evidence = format!("all {} values looked at have it", grouped(known.len() as u64));
            rules.push(self.rule(RuleKind::Format(name), 0, known.len() as u64, evidence));
            return rules;
        }
        if let Some(rule) = self.pattern() {
            rules.push(rule);
            return rules;
        }
        let texts: Vec<_> = self.columns.iter().filter_map(|column| column.text.as_ref()).collect();
        let (Some(least), Some(most)) =
            (texts.iter().map(|it| it.min_length).min(), texts.iter().map(|it| it.max_length).max())
        else {
            return rules;
        };
        let evidence = format!("{least} to {most} characters");
        // Lengths vary; twice the longest is another kind of text.
        let bounds =
            if least == most { (Some(least), Some(most)) } else { (None, Some(most.saturating_mul(2))) };
        rules.push(self.rule(RuleKind::Length(bounds.0, bounds.1), 0, valid, evidence));
        rules
    }

    /// The rule that texts have the one shape that all have: letters, digits and signs at their places.
    fn pattern(&self) -> Option<Rule> {
        let mut shape: Option<&str> = None;
        let mut seen = 0u64;
        for column in self.columns {
            let text = column.text.as_ref()?;
            let [(only, count)] = text.patterns.as_slice() else { return None };
            if shape.is_some_and(|shape| shape != only) {
                return None;
            }
            shape = Some(only);
            seen += count;
        }
        let shape = shape.filter(|it| it.contains('9') && !it.contains('…') && it.is_ascii())?;
        if column_distinct(self.columns) < VALUES as f64 {
            return None;
        }
        let evidence = format!("all {} values looked at are of the shape {shape}", grouped(seen));
        Some(self.rule(RuleKind::Pattern(regex(shape)), 0, seen, evidence))
    }

    /// The rule that numbers and dates stay where they are, give or take their whole range; those that go on rising have
    /// no upper end.
    fn range(&self, is_key: bool) -> Option<Rule> {
        let valid = self.sum(|it| it.valid);
        if let Some((low, high)) = self.numbers() {
            let evidence = format!("{low} to {high} in {} cells", grouped(valid));
            let span = high - low;
            if !span.is_finite() || (span == 0.0 && low == 0.0) {
                return None;
            }
            let whole = self.columns.iter().all(|it| matches!(it.ty, Type::Integer | Type::WideInteger));
            let least = if low >= 0.0 { 0.0 } else { outward(low - span) };
            let share = low >= 0.0 && high <= 1.0 && !whole;
            let most = if share { 1.0 } else { outward(high + span.max(high.abs())) };
            let most = (!is_key).then(|| most.to_string());
            return Some(self.rule(RuleKind::Range(Some(least.to_string()), most), 0, valid, evidence));
        }
        let first = |of: fn(&crate::profile::Temporal) -> &str| {
            self.columns.iter().filter_map(move |it| it.temporal.as_ref().map(of))
        };
        let low = first(|it| &it.min).min()?;
        let high = first(|it| &it.max).max()?;
        // The first day of the year before the earliest: what is older is a default or another century.
        let year: i32 = low.get(..4)?.parse().ok()?;
        let evidence = format!("{low} to {high} in {} cells", grouped(valid));
        let least = format!("{:04}-01-01", (year - 1).max(1));
        Some(self.rule(RuleKind::Range(Some(least), None), 0, valid, evidence))
    }

    /// The least and the largest number of all files.
    pub(super) fn numbers(&self) -> Option<(f64, f64)> {
        let mut ends: Option<(f64, f64)> = None;
        for column in self.columns {
            let numeric = column.numeric.as_ref()?;
            let (low, high) = (double(&numeric.min)?, double(&numeric.max)?);
            ends = Some(ends.map_or((low, high), |(least, most)| (least.min(low), most.max(high))));
        }
        ends
    }
}

fn column_distinct(columns: &[&Column]) -> f64 {
    columns.iter().map(|column| column.distinct.value).fold(0.0, f64::max)
}

fn word(ty: Type) -> &'static str {
    match ty {
        Type::Boolean => "boolean",
        Type::Integer | Type::WideInteger => "integer",
        Type::Decimal(_) | Type::Float => "number",
        Type::Date => "date",
        Type::Timestamp { .. } => "timestamp",
        Type::Time => "time",
        Type::List => "array",
        Type::Json => "object",
        Type::Text | Type::Binary | Type::Duration => "string",
    }
}

fn double(scalar: &Scalar) -> Option<f64> {
    let value = match scalar {
        Scalar::Integer(value) => *value as f64,
        Scalar::Float(value) => *value,
        Scalar::Text(text) => text.parse().ok()?,
    };
    value.is_finite().then_some(value)
}

/// The next number away from zero of two digits.
pub(super) fn outward(value: f64) -> f64 {
    let mut unit = 1.0;
    while (value / unit).abs() >= 100.0 {
        unit *= 10.0;
    }
    while value != 0.0 && unit > 1e-300 && (value / unit).abs() < 10.0 {
        unit /= 10.0;
    }
    let steps = value / unit;
    let steps = if value < 0.0 { steps.floor() } else { steps.ceil() };
    // Divided where the unit is a fraction, so that 0.3 is not 0.30000000000000004.
    if unit < 1.0 { steps / (1.0 / unit).round() } else { steps * unit }
}

/// The distinct values of a column as a contract has them, with their counts, where all are held and few.
fn values(column: &Column) -> Option<BTreeMap<String, u64>> {
    if column.distinct.value > CLOSED {
        return None;
    }
    match &column.distribution {
        Distribution::Categories(found) if found.shift == 0 => {
            found.entries.iter().map(|entry| Some((entry.label.clone()?, entry.count))).collect()
        }
        Distribution::Ordered(found) if found.shift == 0 && matches!(column.ty, Type::Integer) => {
            Some(found.entries.iter().map(|it| (found.domain.number(it.0).to_string(), it.1)).collect())
        }
        _ => None,
    }
}

fn labels(column: &Column) -> Vec<&str> {
    match &column.distribution {
        Distribution::Categories(found) if found.shift == 0 => {
            found.entries.iter().filter_map(|entry| entry.label.as_deref()).take(LOOKED_AT).collect()
        }
        _ => Vec::new(),
    }
}

/// The shape of texts as a regular expression of the whole text.
fn regex(shape: &str) -> String {
    let mut out = String::from("^");
    let mut chars = shape.chars().peekable();
    while let Some(c) = chars.next() {
        let mut count = 1;
        while chars.peek() == Some(&c) {
            chars.next();
            count += 1;
        }
        match c {
            'A' => out.push_str("[A-Z]"),
            'a' => out.push_str("[a-z]"),
            '9' => out.push_str("[0-9]"),
            c if c.is_ascii_alphanumeric() || c == ' ' || c == '_' => out.push(c),
            c => {
                out.push('\\');
                out.push(c);
            }
        }
        if count > 1 {
            out.push_str(&format!("{{{count}}}"));
        }
    }
    out.push('$');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_go_outward_to_two_digits() {
        let table = [
            (1234.0, 1300.0),
            (-1234.0, -1300.0),
            (99.0, 99.0),
            (100.0, 100.0),
            (0.123, 0.13),
            (0.3, 0.3),
            (0.0, 0.0),
            (7.01, 7.1),
            (1.51e15, 1.6e15),
        ];
        for (value, rounded) in table {
            assert_eq!(outward(value), rounded, "{value}");
        }
    }

    #[test]
    fn shapes_become_expressions() {
        let table = [
            ("AA-9999", r"^[A-Z]{2}\-[0-9]{4}$"),
            ("a9", "^[a-z][0-9]$"),
            ("+99 (9)", r"^\+[0-9]{2} \([0-9]\)$"),
        ];
        for (shape, expression) in table {
            assert_eq!(regex(shape), expression);
        }
    }
}
