//! A report on a file that drifted, with both files → rules that would have caught it: proposed from the reference, counted in
//! both files, chosen where the reference keeps them.

mod added;
mod schema;
mod within;

use std::collections::{BTreeMap, BTreeSet};

use super::options::Options;
use super::reference::Reference;
use super::report::in_order;
use super::segments::{Coded, ROWS, Scanned, coded};
use super::settle::State;
use crate::cell::Type;
use crate::contract::propose::{self, Proposal};
use crate::drift::segments::{Coder, Of, Side, size_of};
use crate::error::Result;
use crate::finding::{Finding, Status};
use crate::profile::Column;
use crate::report::incident::{ProposedRule, Since};
use crate::report::{verdict, wire};
use crate::source::Source;

use self::within::within;

pub use self::added::{Case, Rescan, Told, Which, added, command, contract_name, word};

/// The most columns for which rules are proposed.
const COLUMNS: usize = 3;
/// The most offenders of a rule in the reference, unless they are missing cells.
const FALSE_ALARMS: f64 = 0.001;
/// A later rule of a group has to catch so many times as much.
const MORE: f64 = 1.05;

/// A column with rules that may have caught its drift.
pub struct Asked {
    /// The column as it was.
    reference: Column,
    proposals: Vec<Proposal>,
}

/// What the rules of a contract found in a file, by column and proposal.
pub type Counted = Vec<Vec<Option<Finding>>>;

/// The columns that drifted and tripped: those with the worst finding first, of these the farthest drifted; of a file in which
/// only notes were made, the farthest drifted one.
pub fn tripped(report: &wire::Report) -> Vec<String> {
    let is_bad =
        |it: &&wire::Finding| it.card == "same_as_before" && it.status == "fail" && it.severity != "info";
    let mut bad: BTreeMap<&str, u8> = BTreeMap::new();
    for finding in report.findings.iter().filter(is_bad) {
        if let Some(name) = finding.column.as_deref() {
            let worst = bad.entry(name).or_default();
            *worst = (*worst).max(verdict::rank(&finding.severity));
        }
    }
    let mut drifted: Vec<&wire::Drift> = report.drift.iter().filter(|it| it.outcome == "drifted").collect();
    let size = |it: &wire::Drift| it.psi_corrected.as_f64().unwrap_or(0.0);
    let worst = |it: &wire::Drift| bad.get(it.column.as_str()).copied().unwrap_or_default();
    crate::order::sort_by(&mut drifted, |a, b| worst(b).cmp(&worst(a)).then(size(b).total_cmp(&size(a))));
    let mut names: Vec<String> = drifted
        .iter()
        .filter(|it| bad.contains_key(it.column.as_str()))
        .map(|it| it.column.clone())
        .collect();
    if names.is_empty() {
        names.extend(drifted.first().map(|it| it.column.clone()));
    }
    names.truncate(COLUMNS);
    names
}

/// When the column began to trip.
pub fn since(report: &wire::Report, column: &str) -> Option<Since> {
    let timeline = report.timeline.as_ref()?;
    let last = timeline.intervals.len().checked_sub(1)?;
    let series = timeline.columns.iter().find(|it| it.column == column)?;
    let trips = |at: usize| series.tripped.contains(&(at as u64));
    let run = (0..=last).rev().take_while(|at| trips(*at)).count();
    let name = |at: usize| timeline.intervals.get(at).map(|it| it.key.clone());
    Some(Since {
        column: column.to_owned(),
        now: name(last)?,
        first: if run > 0 { name(last + 1 - run) } else { None },
        intervals: run as u64,
        known: last as u64,
        trips: (0..last).filter(|at| trips(*at)).count() as u64,
    })
}

/// Rules for these columns, which have to be in both files under one name, and for those of which the report says that they are
/// gone or name rows no more.
///
/// # Errors
/// What the reference and its reader say.
pub fn proposed(
    names: &[String],
    report: &wire::Report,
    (reference, file): (&Reference, Option<&dyn Source>),
    current: &State,
    options: &Options,
) -> Result<Vec<Asked>> {
    let (known, now) = (reference.profile()?, current.profile());
    let mut asked = Vec::new();
    for name in names {
        let before = known.columns.iter().find(|it| it.name == *name);
        let Some((before, now)) = before.zip(now.columns.iter().find(|it| it.name == *name)) else {
            continue;
        };
        let segments = report.segments.iter().flat_map(|it| &it.columns).filter(|it| it.column == *name);
        let parts = segments.filter_map(|it| it.segments.first()).map(|it| &it.parts).next();
        let within = match (reference, file, parts) {
            (Reference::Scanned(state), Some(source), Some(parts)) => {
                within(name, parts, Scanned { source, state }, options)?
            }
            _ => None,
        };
        // Whole numbers that are written with a point now are no fault of their own: what they are asked for is asked of numbers.
        let ty = if schema::is_pointed(report, name) { Type::Float } else { before.ty };
        let before = Column { ty, ..before.clone() };
        let proposals = propose::proposals(&before, now, within.as_ref());
        asked.push(Asked { reference: before, proposals });
    }
    schema::add(&mut asked, report, &known);
    Ok(asked)
}

/// The contract of some of the proposals of each column, by their places.
pub fn contract(file: &str, asked: &[Asked], chosen: &[Vec<usize>]) -> String {
    let usage = format!("Proposed after an incident in {file}: the reference keeps these rules.");
    let columns: Vec<(&Column, Vec<&Proposal>)> = asked
        .iter()
        .zip(chosen)
        .map(|(it, places)| (&it.reference, places.iter().filter_map(|at| it.proposals.get(*at)).collect()))
        .collect();
    propose::contract(file, &usage, &columns)
}

/// All proposals.
pub fn all(asked: &[Asked]) -> Vec<Vec<usize>> {
    asked.iter().map(|it| (0..it.proposals.len()).collect()).collect()
}

/// What the rules of a contract with these proposals found.
///
/// # Errors
/// Those of the contract.
pub fn counted(state: &State, asked: &[Asked], chosen: &[Vec<usize>]) -> Result<Counted> {
    let findings = in_order(state, &state.profile(), None, None)?;
    let mut used = vec![false; findings.len()];
    let mut counted = Vec::new();
    for (column, places) in asked.iter().zip(chosen) {
        let mut of = Vec::new();
        for proposal in places.iter().filter_map(|at| column.proposals.get(*at)) {
            let is_its =
                |it: &Finding| it.rule == proposal.id && it.column.as_ref() == Some(&column.reference.name);
            let at = findings.iter().zip(&used).position(|(it, used)| !used && is_its(it));
            if let Some(at) = at {
                used[at] = true;
            }
            of.push(at.and_then(|at| findings.get(at)).cloned());
        }
        counted.push(of);
    }
    Ok(counted)
}

/// The proposals that the current file breaks and the reference keeps: of each group the first, unless a later one catches more.
/// Bounds of the mean only where nothing tells rows apart.
pub fn chosen(asked: &[Asked], now: &Counted, before: Option<&Counted>) -> Vec<Vec<usize>> {
    let of_column = |(at, column): (usize, &Asked)| {
        let of = |counted: &Counted, i: usize| counted.get(at).and_then(|it| it.get(i)).cloned().flatten();
        let mut taken: Vec<(usize, u64)> = Vec::new();
        let mut aside = None;
        for (i, proposal) in column.proposals.iter().enumerate() {
            let Some(found) = of(now, i).filter(|it| it.status == Status::Fail) else { continue };
            let kept = before.and_then(|it| of(it, i)).is_none_or(|it| {
                let is_seldom = it.count as f64 <= FALSE_ALARMS * it.total.max(1) as f64;
                // Some missing cells are usual, and tolerated.
                it.status == Status::Pass && (is_seldom || proposal.group == "missing")
            });
            if !kept {
                continue;
            }
            if proposal.group == "mean" {
                aside = Some(i);
                continue;
            }
            let same = |it: &(usize, u64)| column.proposals[it.0].group == proposal.group;
            match taken.iter_mut().find(|it| same(it)) {
                None => taken.push((i, found.count)),
                Some(it) if found.count as f64 > MORE * it.1 as f64 => *it = (i, found.count),
                Some(_) => {}
            }
        }
        let is_by_value =
            taken.iter().any(|it| ["values", "forbidden", "missing"].contains(&column.proposals[it.0].group));
        let mut places: Vec<usize> = taken.into_iter().map(|it| it.0).collect();
        places.extend(aside.filter(|_| !is_by_value));
        places
    };
    asked.iter().enumerate().map(of_column).collect()
}

/// The chosen rules in the words of the document.
pub fn told(
    asked: &[Asked],
    chosen: &[Vec<usize>],
    now: &Counted,
    before: Option<&Counted>,
) -> Vec<ProposedRule> {
    let mut told = Vec::new();
    for (at, (column, places)) in asked.iter().zip(chosen).enumerate() {
        for &place in places {
            let of = |counted: &Counted| counted.get(at).and_then(|it| it.get(place)).cloned().flatten();
            let (Some(proposal), Some(found)) = (column.proposals.get(place), of(now)) else { continue };
            let earlier = before.and_then(of);
            told.push(ProposedRule {
                column: column.reference.name.clone(),
                rule: proposal.id.to_owned(),
                expected: found.expected.clone().unwrap_or_else(|| found.message.clone()),
                evidence: proposal.evidence.clone(),
                current: found.count,
                current_of: found.total,
                reference: earlier.as_ref().map(|it| it.count),
                reference_of: earlier.as_ref().map(|it| it.total),
            });
        }
    }
    told
}

/// PSI, less chance, of a column without these rows (from 1), over as many rows as segments are looked for in.
///
/// # Errors
/// What the source and the reader say; where the sketches of a saved reference are damaged.
pub fn psi_without(
    name: &str,
    rows: &BTreeSet<u64>,
    reference: &Reference,
    current: Scanned<'_>,
    options: &Options,
) -> Result<Option<f64>> {
    let (known, now) = (reference.profile()?, current.state.profile());
    let column = |all: &[Column]| all.iter().find(|it| it.name == name).cloned();
    let Some((before, now)) = column(&known.columns).zip(column(&now.columns)) else { return Ok(None) };
    let Some(coder) = Coder::of_comparison(&before, &now) else { return Ok(None) };
    let asked = [Coded { name: name.to_owned(), coder: &coder, side: Side::Current }];
    let codes = coded(current.source, current.state, &asked, (ROWS, options.seed), options.unit_bytes)?;
    let mut counts: Vec<(u64, u64)> = coder.before.iter().map(|it| (*it, 0)).collect();
    counts.resize(coder.bins(), (0, 0));
    for (row, code) in codes.rows.iter().zip(codes.columns.first().into_iter().flatten()) {
        if let Some(bin) = counts.get_mut(usize::from(*code)).filter(|_| !rows.contains(&(row + 1))) {
            bin.1 += 1;
        }
    }
    Ok(size_of(Of::Psi, &counts))
}
