//! The gates of a contract on drift: what comparisons measured, one interval after the other → whether each gate is broken.

use std::collections::BTreeMap;

use super::agreed::Agreed;
use crate::contract::{Found, Gate, Gated, Judged, Metric, Reading};
use crate::drift::timeline::{Mark, stands};
use crate::drift::{ColumnDrift, Comparison, Options, Outcome, methods::METHODS};
use crate::error::Result;

/// What is measured of the table stands below this name.
const TABLE: &str = "";

/// What was measured of an interval, by metric and column.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured {
    /// What the interval is called; empty where there is only one.
    key: String,
    /// What a person has said of it.
    mark: Option<Mark>,
    values: BTreeMap<Metric, BTreeMap<String, f64>>,
    /// Why a column has no number.
    reasons: BTreeMap<String, (Outcome, String)>,
}

/// Which intervals decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decides {
    /// The last one, which is the file.
    Last,
    /// Each, since all are parts of the file.
    Each,
}

/// What the gates of a contract, that a file of this name is held against, measure: nothing where there are none.
///
/// # Errors
/// Those of the contract.
pub fn watched(contract: Option<&Agreed>, name: &str) -> Result<Vec<Metric>> {
    let Some(agreed) = contract else { return Ok(Vec::new()) };
    Ok(metrics(&agreed.contract()?.object(None, name)?.gates::<&str>(&[])))
}

/// The metrics of some gates.
pub(super) fn metrics(gates: &[Gated]) -> Vec<Metric> {
    let mut metrics: Vec<Metric> = gates.iter().map(|it| it.gate.metric).collect();
    crate::order::sort(&mut metrics);
    metrics.dedup();
    metrics
}

/// The options that have a comparison tell these metrics too.
pub(super) fn telling(options: &Options, metrics: &[Metric]) -> Options {
    #[cfg_attr(not(feature = "monitor"), expect(unused_mut))]
    let mut options = options.clone();
    #[cfg(feature = "monitor")]
    for method in METHODS.iter().filter(|method| metrics.iter().any(|it| it.id == method.id)) {
        if !options.methods.contains(&method.id) {
            options.methods.push(method.id);
        }
    }
    #[cfg(not(feature = "monitor"))]
    let _ = metrics;
    options
}

impl Measured {
    /// Of a comparison; `rows` is the relative change of the number of rows, where it is known.
    pub(super) fn of(metrics: &[Metric], comparison: &Comparison, rows: Option<f64>) -> Measured {
        let mut measured = Measured::default();
        for metric in metrics {
            let values = measured.values.entry(*metric).or_default();
            if metric.is_of_table() {
                values.extend(rows.map(|it| (TABLE.to_owned(), it)));
                continue;
            }
            let all = comparison.columns.iter();
            values.extend(all.filter_map(|it| Some((it.column.clone(), value(*metric, it)?))));
        }
        let why = |it: &ColumnDrift| (it.column.clone(), (it.outcome, it.reason.clone().unwrap_or_default()));
        measured.reasons = comparison.columns.iter().map(why).collect();
        measured
    }

    /// The same of an interval that is called so, with what a person has said of it.
    pub(super) fn named(self, key: &str, mark: Option<Mark>) -> Measured {
        Measured { key: key.to_owned(), mark, ..self }
    }

    fn value(&self, metric: Metric, column: &str) -> Option<f64> {
        self.values.get(&metric)?.get(column).copied()
    }
}

/// What a comparison says of a column.
fn value(metric: Metric, drift: &ColumnDrift) -> Option<f64> {
    let method = |name: &str| drift.methods.iter().find(|it| it.name == name);
    let share = |name: &str| match method(name) {
        Some(method) => method.value.map(f64::abs),
        // Neither side has any such cell.
        None if drift.outcome != Outcome::NotComparable => Some(0.0),
        None => None,
    };
    match metric.id {
        _ if metric.p_value => method(metric.id).and_then(|it| it.p_value),
        "psi" => drift.psi,
        "psi-corrected" => drift.psi_corrected,
        "missing-share-change" => share("missing-share"),
        "invalid-share-change" => share("invalid-share"),
        "new-category-share" => drift.new_share,
        id => method(id).and_then(|it| it.value),
    }
}

/// Judges gates by the intervals that were measured, the last of them the latest; `None` where nothing was compared.
pub(super) fn judge(gates: &[Gated], intervals: &[Measured], decides: Decides) -> Vec<Judged> {
    let Some(last) = intervals.last() else { return Vec::new() };
    let judged = |gated: &Gated| {
        let metric = gated.gate.metric;
        let names: Vec<String> = match &gated.columns {
            _ if metric.is_of_table() => vec![TABLE.to_owned()],
            Some(columns) => columns.clone(),
            None => last.reasons.keys().cloned().collect(),
        };
        let readings = names.into_iter().map(|name| {
            let found = reading(&gated.gate, &name, intervals, decides);
            let found = found.unwrap_or_else(|| absent(gated, &name, last));
            Reading { column: (!metric.is_of_table()).then_some(name), found }
        });
        Judged { gated: gated.clone(), readings: readings.collect() }
    };
    gates.iter().map(judged).collect()
}

/// Whether a gate is broken; `None` where the interval that decides was not measured.
fn reading(gate: &Gate, column: &str, intervals: &[Measured], decides: Decides) -> Option<Found> {
    let (least, of) = gate.intervals.unwrap_or((1, 1));
    if decides == Decides::Last {
        intervals.last()?.value(gate.metric, column)?;
    }
    let (mut stood, mut holds, mut values) = (false, Vec::new(), Vec::new());
    let mut broken: Option<Found> = None;
    for interval in intervals {
        let Some(value) = interval.value(gate.metric, column) else { continue };
        // What somebody called normal is no breach.
        holds.push(gate.holds(value) && interval.mark != Some(Mark::Normal));
        values.push((interval.key.clone(), value));
        stood = stands((least, of), stood, &holds);
        let from = holds.len().saturating_sub(of);
        let recent = || {
            let all = values.iter().zip(&holds).skip(if decides == Decides::Each { 0 } else { from });
            all.filter(|it| *it.1).map(|it| it.0.clone()).collect::<Vec<_>>()
        };
        let raised = holds[from..].iter().filter(|it| **it).count() >= least;
        match (decides, stood) {
            (Decides::Each, true) => broken = Some(Found::Broken(recent())),
            (Decides::Each, false) => {}
            (Decides::Last, true) if raised => broken = Some(Found::Broken(recent())),
            (Decides::Last, true) => broken = Some(Found::Standing(recent())),
            (Decides::Last, false) => broken = None,
        }
    }
    let kept = match decides {
        Decides::Last => values.last().map(|it| it.1),
        Decides::Each => {
            values.iter().map(|it| it.1).find(|it| gate.holds(*it)).or(values.last().map(|it| it.1))
        }
    };
    match (broken, kept) {
        (Some(broken), _) => Some(broken),
        (None, Some(_)) if values.len() < of => Some(Found::Unknown(format!(
            "{of} intervals are needed, and {} {} been measured",
            values.len(),
            if values.len() == 1 { "has" } else { "have" }
        ))),
        (None, kept) => kept.map(Found::Kept),
    }
}

/// Why a column, or the table, has no number.
fn absent(gated: &Gated, column: &str, last: &Measured) -> Found {
    let metric = gated.gate.metric;
    if metric.is_of_table() {
        return Found::Unknown("what number of rows is usual is not known".to_owned());
    }
    let Some((outcome, reason)) = last.reasons.get(column) else {
        return Found::Unknown("it was not compared, since not both files have the column".to_owned());
    };
    let is_asked = gated.columns.is_some();
    let is_out = matches!(outcome, Outcome::LeftOut | Outcome::NotComparable);
    match (is_out, is_asked) {
        (true, true) => Found::Unknown(reason.clone()),
        // Of all columns, those that such a number is not for are none of the gate's.
        (_, false)
            if is_out || METHODS.iter().any(|it| it.id == metric.id) || metric.id == "new-category-share" =>
        {
            Found::LeftOut
        }
        _ => Found::Unknown(format!("it has no {}", metric.name())),
    }
}

#[cfg(all(test, feature = "contract"))]
mod tests {
    use super::*;
    use crate::contract;

    #[test]
    fn every_method_can_be_gated_on() {
        let missing: Vec<&str> =
            METHODS.iter().map(|it| it.id).filter(|id| !contract::METRICS.contains(id)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        // Psi is a method too; five others are not.
        assert_eq!(contract::METRICS.len(), METHODS.len() + 5);
        let untested = |id: &str| contract::UNTESTED.contains(&id);
        assert!(METHODS.iter().all(|it| it.tests != untested(it.id)));
    }
}
