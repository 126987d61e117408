//! Intervals one after the other, each with its comparison: what has drifted is held against what is usual for this feed.
//!
//! "Drifted" is a statement about two samples; real daily data drift nearly every day. So a column that has drifted *trips*
//! only where it is farther away than 1.5 times the farthest of the intervals before it, and two trips in three intervals are
//! an alert. Intervals that tripped say nothing about what is usual, unless somebody marks them as normal.

mod alert;
mod counted;
pub mod key;
mod past;
mod rows;
mod summary;
mod usual;

pub use alert::stands;
pub use past::{Mark, Past, Point};
pub use usual::{Options, Usual};

use super::words::{count, percent, quoted, statistic};
use super::{Comparison, Kind};
use crate::finding::{Finding, Severity, Status, Tier};
use crate::profile::{Column, Profile};
use std::collections::BTreeMap;

/// The PSI beyond chance from which on drift is a warning.
const MODERATE: f64 = 0.1;

/// The intervals of a feed, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// From the earliest on.
    pub intervals: Vec<Past>,
    /// How history is used.
    pub options: Options,
}

impl Timeline {
    /// Adds the next interval with its comparison, or without one where there was nothing to compare it with; says of each
    /// column what is usual, and corrects the comparison's findings by it.
    pub fn push(
        &mut self,
        key: &str,
        mark: Option<Mark>,
        (reference, profile): (Option<&Profile>, &Profile),
        comparison: Option<&mut Comparison>,
    ) {
        let mut past = Past::new(key, mark, profile, comparison.as_deref());
        let from = self.intervals.len().saturating_sub(self.options.most);
        let before = &self.intervals[from..];
        // What a person has called normal ends every alert.
        let normal = before.iter().rposition(|past| past.mark == Some(Mark::Normal));
        let open = &before[normal.map_or(0, |at| at + 1)..];
        if let Some((comparison, reference)) = comparison.zip(reference) {
            let known: BTreeMap<&str, &Column> =
                crate::order::map(reference.columns.iter().map(|it| (it.name.as_str(), it)));
            let mut least = None;
            for drift in &mut comparison.columns {
                let Some(now) = past.columns.get_mut(&drift.column) else { continue };
                let usual = Usual::new(before, &drift.column, &self.options);
                let values = known
                    .get(drift.column.as_str())
                    .map_or_else(Vec::new, |it| past::values(&it.distribution));
                let steps = counted::steps(before, &drift.column, now);
                let mut tripped = false;
                for finding in
                    comparison.findings.iter_mut().filter(|it| it.column.as_ref() == Some(&drift.column))
                {
                    if finding.status != Status::Fail || finding.severity < Severity::Warning {
                        continue;
                    }
                    if finding.severity > Severity::Warning {
                        tripped = true;
                        continue;
                    }
                    let spoken = spoken(finding.rule, &drift.kinds);
                    let covers =
                        |it: &&Usual| spoken.iter().all(|kind| it.covers(*kind, now, &values, &self.options));
                    let of_values = !spoken.iter().any(|kind| matches!(kind, Kind::Missing | Kind::Invalid));
                    let excuse = match (steps, usual.as_ref().filter(covers)) {
                        _ if spoken.is_empty() => None,
                        (Some(steps), _) if of_values => Some(counts(steps)),
                        (_, Some(usual)) => Some(within(finding.rule, usual)),
                        _ => None,
                    };
                    match excuse {
                        // What is usual is worth a note only.
                        Some(excuse) => {
                            finding.severity = Severity::Info;
                            finding.message += &excuse;
                        }
                        None => tripped = true,
                    }
                }
                if usual.is_some() || now.psi.is_some() {
                    let intervals = usual.as_ref().map_or(0, |it| it.intervals);
                    least = Some(least.map_or(intervals, |least: u64| least.min(intervals)));
                }
                (now.tripped, now.known) = (tripped, usual.is_some());
                // While nothing is known of the feed, a trip is a warning and no alert.
                let trips: Vec<bool> = measured(open, &drift.column)
                    .map(|point| point.tripped && point.known)
                    .chain(std::iter::once(tripped && now.known))
                    .collect();
                let stood = measured(open, &drift.column).last().is_some_and(|point| point.alert);
                now.alert = alert::stands(alert::RAISED, stood, &trips);
                drift.usual = usual;
            }
            comparison.findings.retain(|it| it.rule != "history");
            comparison.findings.push(history(before, least, &self.options));
            comparison.findings.extend(self.rows(&past));
            comparison.findings.extend(same_file(before, &past));
            let speaks = |it: &&Finding| it.status == Status::Fail && it.severity >= Severity::Warning;
            past.said = comparison.findings.iter().filter(speaks).cloned().collect();
            let quiet = past.columns.iter().filter(|(_, point)| point.alert && !point.tripped);
            comparison.findings.extend(quiet.map(|(name, _)| standing(name)));
        }
        self.intervals.push(past);
    }

    /// The PSI beyond chance from which on the next interval would be unusual for a column: 1.5 times the largest, and never
    /// below what is told at all. `None` where too few intervals are known.
    pub fn limit(&self, column: &str) -> Option<f64> {
        let from = self.intervals.len().saturating_sub(self.options.most);
        let usual = Usual::new(&self.intervals[from..], column, &self.options)?;
        Some((self.options.factor * usual.psi).max(MODERATE))
    }

    /// The median number of rows of the intervals, where they are enough to say what is usual.
    pub fn usual_rows(&self) -> Option<f64> {
        rows::usual(
            self.intervals.iter().filter(|it| it.mark != Some(Mark::Incident)).map(|it| it.rows).collect(),
        )
    }

    fn rows(&self, now: &Past) -> Option<Finding> {
        let before = self.intervals.iter().filter(|it| it.mark != Some(Mark::Incident));
        let before: Vec<(Option<i64>, u64)> = before.map(|it| (it.day, it.rows)).collect();
        rows::finding((now.day, now.rows), &before)
    }
}

/// A column in the intervals in which it was compared.
fn measured<'a>(before: &'a [Past], column: &'a str) -> impl Iterator<Item = &'a Point> {
    before.iter().filter_map(move |past| past.columns.get(column).filter(|it| it.psi.is_some()))
}

/// The kinds of drift that a finding on a column speaks of; none where it is about no measure that varies, as a change of
/// format.
fn spoken(rule: &str, kinds: &[Kind]) -> Vec<Kind> {
    match rule {
        "missing-share" => vec![Kind::Missing],
        "invalid-share" => vec![Kind::Invalid],
        // One finding for all that is said of the values.
        "drift" | "range-escape" => kinds.iter().copied().filter(|it| !NAMED.contains(it)).collect(),
        rule => NAMED.into_iter().filter(|it| it.id() == rule).collect(),
    }
}

/// The kinds that have a finding of their own, called as they are.
const NAMED: [Kind; 5] =
    [Kind::Missing, Kind::Invalid, Kind::NewCategories, Kind::VanishedCategories, Kind::ConstantChanged];

/// How much of what a finding speaks of is usual.
fn within(rule: &str, usual: &Usual) -> String {
    let most = match rule {
        "missing-share" => format!("the missing share has moved by up to {}", percent(usual.missing)),
        "invalid-share" => format!("the invalid share has moved by up to {}", percent(usual.invalid)),
        "new-categories" | "vanished-categories" | "constant-changed" => "it has been so".to_owned(),
        _ => format!("PSI beyond chance has been up to {}", statistic(usual.psi)),
    };
    format!("; within its usual variation: {most} in {} intervals", count(usual.intervals))
}

fn counts(steps: u64) -> String {
    format!(
        "; it counts on: {} times before, its values began where those of the interval before ended",
        count(steps)
    )
}

/// Whether the natural variation is known.
fn history(before: &[Past], least: Option<u64>, options: &Options) -> Finding {
    let said =
        |status, message: String| Finding::new("history", Tier::Drift, Severity::Info, status, message);
    let compared = before.iter().filter(|it| it.compared).count();
    match least {
        Some(least) if least > 0 => {
            said(Status::Pass, format!("held against the {} intervals before", count(compared as u64)))
        }
        _ => {
            let reason = if compared < options.least {
                format!(
                    "the natural variation of these columns is unknown until {} intervals have been compared; {} have been",
                    options.least,
                    count(compared as u64)
                )
            } else {
                format!(
                    "the natural variation of some columns is unknown: of the {} intervals before, fewer than {} say what is usual for them",
                    count(compared as u64),
                    options.least
                )
            };
            Finding {
                reason: Some(reason.clone()),
                ..said(Status::NotRun, format!("not measured: {reason}"))
            }
        }
    }
}

/// An alert that a quiet interval does not end.
fn standing(column: &str) -> Finding {
    let message = format!(
        "an alert on {} still stands: it ends after {} intervals in a row that are not unusual",
        quoted(column),
        alert::RAISED.1
    );
    let column = Some(column.to_owned());
    Finding { column, ..Finding::new("alert", Tier::Drift, Severity::Warning, Status::Fail, message) }
}

/// The very bytes of an interval before.
fn same_file(before: &[Past], now: &Past) -> Option<Finding> {
    let same =
        before.iter().rfind(|it| !it.content_hash.is_empty() && it.content_hash == now.content_hash)?;
    let message = format!("same file again: its content is that of {}, byte for byte", quoted(&same.key));
    Some(Finding::new("same-file", Tier::Drift, Severity::Warning, Status::Fail, message))
}

#[cfg(test)]
mod tests;
