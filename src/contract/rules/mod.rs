//! The rules, one a file under its public id. Those on single values compile to probes that run with the scan; the others
//! read the numbers of the profile.

use std::fmt::Debug;

use crate::cell::Type;
use crate::finding::{Finding, Severity, Status, Tier, Violation};
use crate::profile::{Column, Scalar};
use crate::sketch::probe::Probe;
use crate::words::grouped;

use super::model::Check;
#[cfg(feature = "cli")]
use super::tree::Tree;
use super::wording::{counted, cut, quoted};

pub(super) mod age;
pub(super) mod aggregate;
pub(super) mod allowed_values;
#[cfg(feature = "contract")]
pub(super) mod backtracking;
pub(super) mod column_presence;
pub(super) mod columns;
pub(super) mod date_format;
pub(super) mod distinct;
pub(super) mod drift;
pub(super) mod empty;
pub(super) mod expression;
pub(super) mod extreme;
pub(super) mod forbidden;
pub(super) mod foreign_key;
pub(super) mod format;
#[cfg(feature = "contract")]
pub(super) mod json_schema;
pub(super) mod kl_divergence;
pub(super) mod length;
pub(super) mod multiple_of;
pub(super) mod no_rows;
pub(super) mod on_cell;
pub(super) mod order;
pub(super) mod outliers;
#[cfg(feature = "contract")]
pub(super) mod pattern;
pub(super) mod quantile;
pub(super) mod range;
pub(super) mod required;
pub(super) mod row_count;
pub(super) mod rows;
pub(super) mod shape;
pub(super) mod r#type;
pub(super) mod unique;

/// A rule on each valid value of a column. It leaves out missing and invalid cells, which `required` and `type` speak of.
pub(super) trait ValueRule: Debug + Send + Sync {
    /// The public id.
    fn id(&self) -> &'static str;
    /// What is agreed, in words.
    fn expected(&self) -> String;
    /// What an offender is, after "is" or "are".
    fn fault(&self) -> String;
    /// What the others are, after "is" or "are".
    fn virtue(&self) -> String;
    /// The probe on a column of this type, or why there is none.
    fn probe(&self, ty: Type) -> Result<Box<dyn Probe>, String>;
    /// The probe on what is written in the cells of a column of this type; `None` of a rule on something else.
    ///
    /// # Errors
    /// As those of [`ValueRule::probe`].
    fn written(&self, _: Type) -> Option<Result<Box<dyn Probe>, String>> {
        None
    }
    /// The probe that finds the values of which it cannot tell within its limits, where there may be any.
    fn gives_up(&self) -> Option<Box<dyn Probe>> {
        None
    }
    /// Whether it holds numbers against numbers, so that the column is one of numbers.
    fn wants_numbers(&self) -> bool {
        false
    }
    /// The values that it allows, as far as two rules can be compared.
    #[cfg(feature = "cli")]
    fn extent(&self) -> super::extent::Extent {
        super::extent::Extent::Opaque
    }
    /// Its parameters by the names of our own engine; nothing where that has no such rule.
    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        None
    }
    /// What the profile says of the column in the rule's own terms, where it says something.
    fn observed(&self, _column: &Column) -> Option<String> {
        None
    }
}

/// A rule on what the profile says of a column as a whole.
pub(super) trait ProfileRule: Debug + Send + Sync {
    /// The public id.
    fn id(&self) -> &'static str;
    /// What is agreed, in words.
    fn expected(&self) -> String;
    /// Whether it holds.
    ///
    /// # Errors
    /// In words, where it cannot be told.
    fn judge(&self, column: &Column, as_of: Option<&str>) -> Result<Judgement, String>;
    /// Whether it depends on what time it is.
    fn needs_clock(&self) -> bool {
        false
    }
    /// What it allows, as far as two rules can be compared.
    #[cfg(feature = "cli")]
    fn extent(&self) -> super::extent::Extent {
        super::extent::Extent::Opaque
    }
    /// The values that it holds those of the column against, as they are written; `None` of a rule on something else.
    fn named(&self) -> Option<Vec<&str>> {
        None
    }
    /// Its expectation of Great Expectations and the arguments besides the column; nothing where that has none.
    #[cfg(feature = "cli")]
    fn expectation(&self) -> Option<(&'static str, Parameters)> {
        None
    }
    /// Its parameters by the names of our own engine; nothing where that has no such rule.
    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        None
    }
}

/// Names with values.
#[cfg(feature = "cli")]
pub(super) type Parameters = Vec<(String, Tree)>;

/// Parameters of these names.
#[cfg(feature = "cli")]
fn parameters<const N: usize>(all: [(&str, Option<Tree>); N]) -> Parameters {
    all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// What a rule on a column as a whole says.
pub(super) struct Judgement {
    pub(super) holds: bool,
    pub(super) message: String,
    pub(super) observed: Option<String>,
}

/// The finding of a rule on a column as a whole.
pub(super) fn profile_finding(
    rule: &dyn ProfileRule,
    check: &Check,
    name: &str,
    column: &Column,
    as_of: Option<&str>,
) -> Finding {
    let judgement = match rule.judge(column, as_of) {
        Ok(judgement) => judgement,
        Err(reason) => return not_run(rule.id(), Some(name), check, &rule.expected(), &reason),
    };
    let status = if judgement.holds { Status::Pass } else { Status::Fail };
    let mut finding = Finding::new(rule.id(), Tier::Contract, check.severity, status, judgement.message);
    finding.column = Some(name.to_owned());
    finding.expected = Some(rule.expected());
    finding.observed = judgement.observed;
    (finding.count, finding.total) = (u64::from(!judgement.holds), 1);
    finding
}

/// Everything that a finding on cells says, before it is known whether they are within the agreement.
pub(super) struct Case<'a> {
    pub(super) rule: &'static str,
    pub(super) column: Option<&'a str>,
    /// What is counted: cells or rows.
    pub(super) of: &'static str,
    pub(super) check: &'a Check,
    /// What an offender is, after "is" or "are".
    pub(super) fault: String,
    /// What the others are.
    pub(super) virtue: String,
    pub(super) expected: String,
    pub(super) observed: Option<String>,
    pub(super) count: u64,
    pub(super) total: u64,
    pub(super) skipped: u64,
    pub(super) places: &'a [Violation],
}

impl Case<'_> {
    /// The finding; not run, with a reason, where there was no cell to look at.
    pub(super) fn judge(self) -> Finding {
        if self.total == 0 {
            let reason =
                if self.skipped == 0 { "the file has no rows" } else { "every cell is missing or invalid" };
            let finding = not_run(self.rule, self.column, self.check, &self.expected, reason);
            return Finding { skipped: self.skipped, ..finding };
        }
        let tolerance = &self.check.tolerance;
        let holds = tolerance.holds(self.count, self.total);
        let status = if holds { Status::Pass } else { Status::Fail };
        let cells = counted(self.total, self.of);
        let mut message = if self.count == 0 {
            let all =
                if self.total == 1 { format!("the one {} is", self.of) } else { format!("all {cells} are") };
            format!("{all} {}", self.virtue)
        } else {
            let verb = if self.count == 1 { "is" } else { "are" };
            format!("{} of {cells} {verb} {}", grouped(self.count), self.fault)
        };
        if let (Some(first), true) = (self.places.first(), self.count > 0) {
            let value = first.value.as_deref().map(|value| self.told(value) + " ").unwrap_or_default();
            message += &format!(", first {value}in row {}", grouped(first.row));
        }
        if !tolerance.is_none() {
            message += &format!("; agreed is {}", tolerance.words());
        }
        let beyond = self.check.critical_above.as_ref();
        let is_critical = beyond.is_some_and(|most| most.order_percent(self.count, self.total).is_gt());
        let severity = if is_critical { Severity::Critical } else { self.check.severity };
        let mut finding = Finding::new(self.rule, Tier::Contract, severity, status, message);
        finding.column = self.column.map(str::to_owned);
        finding.expected = Some(with_tolerance(self.expected.clone(), self.check));
        finding.observed = self.observed.clone().or_else(|| self.offenders());
        (finding.count, finding.total, finding.skipped) = (self.count, self.total, self.skipped);
        finding.places = self.places.to_vec();
        finding
    }
}

impl Case<'_> {
    /// A cell in quotes; a row's cells are a list with quotes of their own.
    fn told(&self, value: &str) -> String {
        if self.of == "row" { cut(value) } else { quoted(value) }
    }

    /// The first few different offenders.
    fn offenders(&self) -> Option<String> {
        let mut values: Vec<&str> = Vec::new();
        for value in self.places.iter().filter_map(|place| place.value.as_deref()) {
            if values.len() < 3 && !values.contains(&value) {
                values.push(value);
            }
        }
        let told: Vec<String> = values.into_iter().map(|value| self.told(value)).collect();
        if told.is_empty() { None } else { Some(told.join(", ")) }
    }
}

/// The finding of a rule that was not checked.
pub(super) fn not_run(
    rule: &'static str,
    column: Option<&str>,
    check: &Check,
    expected: &str,
    reason: &str,
) -> Finding {
    let message = format!("not checked: {reason}");
    let mut finding = Finding::new(rule, Tier::Contract, check.severity, Status::NotRun, message);
    finding.column = column.map(str::to_owned);
    finding.expected = Some(with_tolerance(expected.to_owned(), check));
    finding.reason = Some(reason.to_owned());
    finding
}

fn with_tolerance(expected: String, check: &Check) -> String {
    if check.tolerance.is_none() {
        return expected;
    }
    format!("{expected}; offenders: {}", check.tolerance.words())
}

/// `low … high` of a column with an order.
pub(super) fn extent(column: &Column) -> Option<String> {
    let text = |scalar: &Scalar| match scalar {
        Scalar::Integer(value) => value.to_string(),
        Scalar::Float(value) => value.to_string(),
        Scalar::Text(value) => cut(value),
    };
    if let Some(numeric) = &column.numeric {
        return Some(format!("{} … {}", text(&numeric.min), text(&numeric.max)));
    }
    column.temporal.as_ref().map(|temporal| format!("{} … {}", temporal.min, temporal.max))
}
