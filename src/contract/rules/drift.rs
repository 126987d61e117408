//! `drift-gate`, `drift` in contracts: what a comparison says of the file's columns, as a rule that can fail. The engine measures and keeps count over
//! intervals; here is what is asked, and the finding.

use crate::error::Place;
use crate::finding::{Finding, Status, Tier};

#[cfg(feature = "cli")]
use super::super::extent::Extent;
use super::super::model::Check;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::{counted, quoted};
use super::not_run;
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

mod condition;

pub use condition::{METRICS, Metric, Stands, UNTESTED};

/// What contracts call the rule.
pub(in crate::contract) const RULE: &str = "drift";
/// The public id of its findings: `drift` are those of every comparison.
pub(in crate::contract) const ID: &str = "drift-gate";

/// Columns and intervals that a message names.
const NAMED: usize = 3;
const NO_COMPARISON: &str = "there is nothing to compare with; give a reference";

/// # What it checks
/// What a comparison with the reference measures: the rule is broken where its condition holds. A condition is a metric, one of
/// `>=`, `>`, `<=`, `<`, a number (a percentage where `%` follows), and for a feed in how many of how many intervals:
/// `psi >= 0.25 for 2 of 3 intervals`.
///
/// The metrics are `psi` and `psi_corrected` (less what chance explains), the sizes of changes against the reference
/// `missing_share_change` and `invalid_share_change`, `new_category_share` (cells with a value that a closed set never
/// had), `row_count_change` (of the table, relative; over intervals against the median of those before, at least 7), and every
/// method of `--methods`, as its name or, of a test, as `p(name)`.
///
/// # Why
/// That a file drifted is a warning; some columns may not, and then somebody has to be stopped.
///
/// # Example
/// ```yaml
/// quality:
///   - type: custom
///     engine: driftline
///     implementation: {rule: drift, on: "psi >= 0.25 for 2 of 3 intervals", columns: [amount, country]}
///     severity: critical
/// ```
///
/// # Parameters
/// `on`: the condition. `columns`: those that are looked at, by name; without them the property that the rule stands at, at a
/// table all columns that are compared. Over intervals the rule is broken once the condition has held in `n` of the last `m` in
/// which the column was measured, and stays so until it has held in none of `m`, as alerts do. Without a reference, and with fewer
/// than `m` intervals, it is not run.
///
/// # Missing and invalid cells
/// Missing and invalid cells are part of every distribution that is compared, each as a bin of its own. `missing_share_change` and
/// `invalid_share_change` are of all rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// What is measured.
    pub metric: Metric,
    /// How it stands to the threshold where the rule is broken.
    pub stands: Stands,
    /// The threshold; a percentage as a share.
    pub threshold: f64,
    /// In how many of how many intervals; `None`: in this one.
    pub intervals: Option<(usize, usize)>,
    /// The columns that are looked at, as the contract calls them; `None`: the one that the rule stands at, or all.
    pub columns: Option<Vec<String>>,
    /// The condition as it was written.
    pub(in crate::contract) text: String,
    /// Where each column is named.
    pub(in crate::contract) places: Vec<Place>,
}

/// A gate and the columns of the file that it looks at; `None`: all that are compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Gated {
    /// The gate.
    pub gate: Gate,
    /// The columns, as the file calls them.
    pub columns: Option<Vec<String>>,
}

/// What was measured of a gate.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The gate and its columns.
    pub gated: Gated,
    /// A reading for every column, or one of the table.
    pub readings: Vec<Reading>,
}

/// What was measured of a column, or of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The column; `None`: the table.
    pub column: Option<String>,
    /// What became of it.
    pub found: Found,
}

/// Whether a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The rule is broken: in these intervals the condition held, with what was measured. The name of an interval is empty where
    /// there is only one.
    Broken(Vec<(String, f64)>),
    /// It holds no more, but stands until enough intervals have been quiet.
    Standing(Vec<(String, f64)>),
    /// It is kept; what was measured last.
    Kept(f64),
    /// It cannot be told, and why.
    Unknown(String),
    /// The column is one of those that a comparison leaves out, and nobody asked for it by name.
    LeftOut,
}

impl Gate {
    /// Whether the condition holds for a measured number.
    pub fn holds(&self, value: f64) -> bool {
        match self.stands {
            Stands::AtLeast => value >= self.threshold,
            Stands::Above => value > self.threshold,
            Stands::AtMost => value <= self.threshold,
            Stands::Below => value < self.threshold,
        }
    }

    /// What is agreed.
    pub(in crate::contract) fn expected(&self) -> String {
        match &self.columns {
            Some(columns) => format!("never {}, of {}", self.text, super::super::wording::listed(columns)),
            None => format!("never {}", self.text),
        }
    }

    /// What it allows: of each column, and of them all where it names none.
    #[cfg(feature = "cli")]
    pub(in crate::contract) fn extent(&self) -> Extent {
        let end = Some(self.threshold);
        let kept = match self.stands {
            Stands::AtLeast => Extent::between(None, end.map(|it| (it, true))),
            Stands::Above => Extent::between(None, end.map(|it| (it, false))),
            Stands::AtMost => Extent::between(end.map(|it| (it, true)), None),
            Stands::Below => Extent::between(end.map(|it| (it, false)), None),
        };
        let is_above = matches!(self.stands, Stands::AtLeast | Stands::Above);
        let of = format!("{:?} {is_above} {:?}", self.metric, self.intervals);
        match &self.columns {
            None => Extent::part(of, kept),
            Some(columns) => {
                Extent::Parts(columns.iter().map(|name| (format!("{of} {name:?}"), kept.clone())).collect())
            }
        }
    }

    /// Its parameters by their names.
    #[cfg(feature = "cli")]
    pub(in crate::contract) fn parameters(&self) -> Parameters {
        parameters([
            ("on", Some(Tree::text(&self.text))),
            ("columns", self.columns.as_ref().map(|it| Tree::texts(it))),
        ])
    }

    /// The finding; `column` is the one that the rule stands at.
    pub(in crate::contract) fn finding(
        &self,
        check: &Check,
        column: Option<&str>,
        judged: Option<&Judged>,
    ) -> Finding {
        let missed = |reason: &str| not_run(ID, column, check, &self.expected(), reason);
        let Some(judged) = judged else { return missed(NO_COMPARISON) };
        let readings = &judged.readings;
        let broken: Vec<&Reading> =
            readings.iter().filter(|it| matches!(it.found, Found::Broken(_) | Found::Standing(_))).collect();
        let kept = readings.iter().filter(|it| matches!(it.found, Found::Kept(_))).count();
        let unknown = readings.iter().find_map(|it| match &it.found {
            Found::Unknown(why) => Some(match &it.column {
                Some(name) if column.is_none() => format!("{}: {why}", quoted(name)),
                _ => why.clone(),
            }),
            _ => None,
        });
        let (status, message) = match (broken.as_slice(), unknown) {
            ([], Some(why)) => return missed(&why),
            ([], None) if kept == 0 => return missed("no column was compared"),
            ([], None) => (Status::Pass, self.kept(readings)),
            (broken, _) => (Status::Fail, self.broken(broken, broken.len() + kept)),
        };
        let mut finding = Finding::new(ID, Tier::Contract, check.severity, status, message);
        finding.column = match readings.as_slice() {
            [one] => one.column.clone(),
            _ => column.map(str::to_owned),
        };
        finding.expected = Some(self.expected());
        finding.observed =
            self.worst(readings).map(|(value, _)| format!("{} {}", self.metric.name(), shown(value)));
        (finding.count, finding.total) = (broken.len() as u64, (broken.len() + kept) as u64);
        finding.skipped = readings.len() as u64 - finding.total;
        finding
    }

    /// The measured number that is nearest to breaking the rule or farthest beyond, and whose it is.
    fn worst<'a>(&self, readings: &'a [Reading]) -> Option<(f64, Option<&'a str>)> {
        let rises = matches!(self.stands, Stands::AtLeast | Stands::Above);
        let all = readings.iter().flat_map(|it| {
            let values: Vec<f64> = match &it.found {
                Found::Broken(values) | Found::Standing(values) => values.iter().map(|it| it.1).collect(),
                Found::Kept(value) => vec![*value],
                Found::Unknown(_) | Found::LeftOut => Vec::new(),
            };
            values.into_iter().map(|value| (value, it.column.as_deref()))
        });
        all.max_by(|a, b| if rises { a.0.total_cmp(&b.0) } else { b.0.total_cmp(&a.0) })
    }

    fn kept(&self, readings: &[Reading]) -> String {
        let Some((value, column)) = self.worst(readings) else {
            return "the condition does not hold".to_owned();
        };
        let most =
            if matches!(self.stands, Stands::AtLeast | Stands::Above) { "at most" } else { "at least" };
        let kept = readings.iter().filter(|it| matches!(it.found, Found::Kept(_))).count() as u64;
        let (word, value) = (self.metric.name(), shown(value));
        match column {
            Some(name) if kept > 1 => {
                format!("{word} is {most} {value} ({}) in {}", quoted(name), counted(kept, "column"))
            }
            Some(name) => format!("{word} of {} is {value}", quoted(name)),
            None => format!("{word} is {value}"),
        }
    }

    fn broken(&self, broken: &[&Reading], total: usize) -> String {
        let told: Vec<String> = broken.iter().take(NAMED).map(|it| self.told(it)).collect();
        let more = broken.len().saturating_sub(NAMED);
        let more =
            if more > 0 { format!(" and {} more", counted(more as u64, "column")) } else { String::new() };
        let of = match total {
            1 => String::new(),
            total => format!(" in {} of {}", broken.len(), counted(total as u64, "column")),
        };
        format!("{}{of}: {}{more}", self.text, told.join("; "))
    }

    fn told(&self, reading: &Reading) -> String {
        let (values, is_standing) = match &reading.found {
            Found::Broken(values) => (values.as_slice(), false),
            Found::Standing(values) => (values.as_slice(), true),
            _ => (&[][..], false),
        };
        let name = reading.column.as_deref().map_or_else(|| "the table".to_owned(), quoted);
        let from = values.len().saturating_sub(NAMED);
        let shown: Vec<String> = values[from..]
            .iter()
            .map(
                |(key, value)| {
                    if key.is_empty() { shown(*value) } else { format!("{} in {key}", shown(*value)) }
                },
            )
            .collect();
        let before = if from > 0 {
            format!(" and in {} before", counted(from as u64, "interval"))
        } else {
            String::new()
        };
        let stands = match (is_standing, self.intervals) {
            (true, Some((_, of))) => format!(", and stands until {of} intervals in a row are quiet"),
            _ => String::new(),
        };
        format!("{name} has {}{before}{stands}", shown.join(", "))
    }
}

/// A measured number to three significant digits, small ones too.
fn shown(value: f64) -> String {
    if value == 0.0 || value.abs() >= 0.001 {
        let digits = if value.abs() >= 100.0 {
            0
        } else if value.abs() >= 1.0 {
            2
        } else {
            4
        };
        let text = format!("{value:.digits$}");
        return if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        };
    }
    format!("{value:.2e}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_say_value_condition_and_intervals() {
        let said = |text: &str, found: Vec<(&str, Found)>| {
            let gate = Gate::parse(text).unwrap();
            let reading = |(column, found): (&str, Found)| Reading { column: Some(column.to_owned()), found };
            let readings = found.into_iter().map(reading).collect();
            let judged = Judged { gated: Gated { gate: gate.clone(), columns: None }, readings };
            let check = Check::strict(super::super::super::model::CheckKind::Drift(gate.clone()));
            let finding = gate.finding(&check, None, Some(&judged));
            (finding.status, finding.message)
        };
        let at = |key: &str, value: f64| (key.to_owned(), value);
        let long = "psi >= 0.25 for 2 of 3 intervals";
        for (text, found, expected) in [
            (
                "psi >= 0.25",
                vec![("a", Found::Broken(vec![at("", 0.3125)])), ("b", Found::Kept(0.01))],
                (Status::Fail, "psi >= 0.25 in 1 of 2 columns: \"a\" has 0.3125"),
            ),
            (
                long,
                vec![("a", Found::Broken(vec![at("2024-03-01", 0.3), at("2024-03-03", 0.4)]))],
                (
                    Status::Fail,
                    "psi >= 0.25 for 2 of 3 intervals: \"a\" has 0.3 in 2024-03-01, 0.4 in 2024-03-03",
                ),
            ),
            (
                long,
                vec![("a", Found::Standing(vec![at("2024-03-03", 0.4)]))],
                (
                    Status::Fail,
                    "psi >= 0.25 for 2 of 3 intervals: \"a\" has 0.4 in 2024-03-03, and stands until 3 intervals in a row are quiet",
                ),
            ),
            (
                "psi >= 0.25",
                vec![("a", Found::Kept(0.1)), ("id", Found::LeftOut)],
                (Status::Pass, "psi of \"a\" is 0.1"),
            ),
            (
                "psi >= 0.25",
                vec![("a", Found::Kept(0.1)), ("b", Found::Unknown("it has no values".into()))],
                (Status::NotRun, "not checked: \"b\": it has no values"),
            ),
            (
                "psi >= 0.25",
                vec![("id", Found::LeftOut)],
                (Status::NotRun, "not checked: no column was compared"),
            ),
        ] {
            let (status, message) = said(text, found);
            assert_eq!((status, message.as_str()), expected);
        }
    }
}
