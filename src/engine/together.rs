//! A report with its two scanned files in; what their columns say together, in the report and as findings, out. A sample of
//! rows of both files is read for that.

use std::collections::BinaryHeap;

use super::cells::{Column, Columns, cells_of};
use super::multivariate::Cut;
use super::performance::Side;
use crate::cell::{Domain, Type};
use crate::drift::multivariate::{self as drift, FEATURES, Frame, Together, Variable};
use crate::error::{Error, Kind, Result};
use crate::num::hash;
use crate::report::{build, verdict, wire};

/// The most rows of a file that are looked at.
const ROWS: u64 = 10_000;
/// The most columns.
const COLUMNS: usize = 40;

/// Adds it. Without the rows of both files, reference first, or where they do not fit into memory, it is told as not run.
///
/// # Errors
/// `Usage` for a column that one of the files has not; what the sources and the readers say.
pub fn together(
    report: &mut wire::Report,
    both: std::result::Result<(Side<'_>, Side<'_>), String>,
    cut: Cut<'_>,
) -> Result<()> {
    let found = match both {
        Ok((reference, current)) => looked(report, reference, current, cut),
        Err(why) => Ok(Err(why)),
    };
    let found = match found {
        Err(error) if error.kind() == Kind::Limit => Err(error.to_string()),
        found => found?,
    };
    match found {
        Ok(section) => {
            report.findings.extend(super::words_together::findings(&section));
            report.multivariate = Some(section);
        }
        Err(why) => report.findings.push(super::words_together::not_run(&why)),
    }
    build::order(&mut report.findings);
    report.verdict = verdict::of(report);
    Ok(())
}

/// A column of both files, by its names in them.
struct Looked {
    before: String,
    now: String,
}

type Found = std::result::Result<wire::Multivariate, String>;

fn looked(report: &wire::Report, reference: Side<'_>, current: Side<'_>, cut: Cut<'_>) -> Result<Found> {
    let (columns, left_out) = choose(report, reference, current, cut.columns)?;
    if columns.is_empty() {
        return Ok(Err("no column can be looked at together with others".to_owned()));
    }
    // Cells of both files, scores and features of each row.
    let row = 16 * (3 * columns.len() + FEATURES) as u64;
    let most = ROWS.min(cut.memory / row);
    let read = |side: Side<'_>, name: fn(&Looked) -> &str| {
        let (_, seed, _) = side.state.plan.budget;
        let rows = sample(side.state.partial.rows(), most, seed);
        let names: Vec<&str> = columns.iter().map(name).collect();
        cells_of((side.source, side.state), &names, rows.as_deref(), cut.unit_bytes, cut.memory)
    };
    let (before, now) = (read(reference, |it| &it.before)?, read(current, |it| &it.now)?);
    let (_, seed, _) = current.state.plan.budget;
    let found = drift::together(&frame(&before), &frame(&now), seed);
    let names: Vec<String> = columns.into_iter().map(|it| it.now).collect();
    let is_part = |side: Side<'_>, read: &Columns| side.state.partial.rows() > read.rows as u64;
    Ok(Ok(wire::Multivariate {
        reference_rows: before.rows as u64,
        current_rows: now.rows as u64,
        sampled: is_part(reference, &before) || is_part(current, &now),
        drifted: found.domain.drifted || found.reconstruction.drifted || found.structure.drifted,
        classifier: classifier(&found, &names),
        reconstruction: reconstruction(&found),
        structure: structure(&found, &names),
        columns: names,
        left_out,
    }))
}

/// The columns that are looked at, and why others are not: what is left out of the comparison of columns is left out here,
/// too.
fn choose(
    report: &wire::Report,
    reference: Side<'_>,
    current: Side<'_>,
    asked: &[String],
) -> Result<(Vec<Looked>, Vec<wire::LeftOut>)> {
    for name in asked {
        if !report.drift.iter().any(|it| it.column == *name) {
            return Err(Error::new(Kind::Usage, format!("no column {name:?} in both files")));
        }
    }
    let ty = |side: Side<'_>, name: &str| {
        side.state.plan.columns.iter().find(|it| it.name == name).map(|it| it.ty)
    };
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for column in report.drift.iter().filter(|it| asked.is_empty() || asked.contains(&it.column)) {
        let before = column.renamed_from.clone().unwrap_or_else(|| column.column.clone());
        let kinds = (ty(reference, &before).and_then(kind), ty(current, &column.column).and_then(kind));
        let why = match (column.outcome.as_str(), kinds) {
            ("left_out" | "not_comparable", _) => {
                column.reason.clone().unwrap_or_else(|| "it is not compared".to_owned())
            }
            (_, (Some(a), Some(b))) if a == b && kept.len() < COLUMNS => {
                kept.push(Looked { before, now: column.column.clone() });
                continue;
            }
            (_, (Some(a), Some(b))) if a == b => {
                format!("{COLUMNS} columns are looked at; --columns names others")
            }
            _ => "it has neither numbers nor labels".to_owned(),
        };
        left_out.push(wire::LeftOut { column: column.column.clone(), reason: why });
    }
    Ok((kept, left_out))
}

/// Whether values are numbers, or labels.
fn kind(ty: Type) -> Option<bool> {
    match ty {
        Type::Text => Some(false),
        _ => Domain::of(ty).map(|_| true),
    }
}

fn frame(read: &Columns) -> Frame<'_> {
    let variable = |it: &'_ Column| it.ty == Type::Text;
    let columns = read.columns.iter().map(|it| Variable {
        name: &it.name,
        values: &it.values,
        labels: variable(it).then_some(&it.labels[..]),
    });
    Frame { rows: read.rows, columns: columns.collect() }
}

/// So many of the rows, by rising number: those with the smallest hashes of their numbers. `None`: all.
fn sample(rows: u64, most: u64, seed: u64) -> Option<Vec<u64>> {
    if rows <= most {
        return None;
    }
    let mut kept: BinaryHeap<(u64, u64)> = BinaryHeap::with_capacity(most as usize + 1);
    for row in 0..rows {
        let drawn = (hash::word(seed, row), row);
        if (kept.len() as u64) < most {
            kept.push(drawn);
        } else if kept.peek().is_some_and(|largest| drawn < *largest) {
            kept.pop();
            kept.push(drawn);
        }
    }
    let mut found: Vec<u64> = kept.into_iter().map(|it| it.1).collect();
    found.sort_unstable();
    Some(found)
}

fn interval(area: &drift::Area) -> Option<wire::Interval> {
    let (low, high) = area.interval();
    Some(wire::Interval { low, high })
}

fn classifier(found: &Together, names: &[String]) -> wire::Classifier {
    let it = found.domain.found.as_ref().ok();
    let drops = it.map_or(&[][..], |it| &it.drops);
    let all: f64 = drops.iter().sum();
    let mut attribution: Vec<wire::Attribution> = names
        .iter()
        .zip(drops)
        .filter(|it| *it.1 > 0.0)
        .map(|(name, drop)| wire::Attribution { column: name.clone(), drop: *drop, share: drop / all })
        .collect();
    crate::order::sort_by(&mut attribution, |a, b| b.drop.total_cmp(&a.drop));
    wire::Classifier {
        auc: wire::Scalar::maybe(it.map(|it| it.area.value)),
        standard_error: wire::Scalar::maybe(it.map(|it| it.area.error)),
        interval: it.and_then(|it| interval(&it.area)),
        p_value: wire::Scalar::maybe(it.map(|it| it.p_value)),
        q_value: wire::Scalar::maybe(it.map(|_| found.domain.q_value)),
        drifted: found.domain.drifted,
        features: it.map_or(0, |it| it.features as u64),
        attribution,
        not_run: found.domain.found.as_ref().err().cloned(),
    }
}

fn reconstruction(found: &Together) -> wire::Reconstruction {
    let it = found.reconstruction.found.as_ref().ok();
    wire::Reconstruction {
        reference: wire::Scalar::maybe(it.map(|it| it.reference)),
        current: wire::Scalar::maybe(it.map(|it| it.current)),
        probability: wire::Scalar::maybe(it.map(|it| it.area.value)),
        interval: it.and_then(|it| interval(&it.area)),
        p_value: wire::Scalar::maybe(it.map(|it| it.p_value)),
        q_value: wire::Scalar::maybe(it.map(|_| found.reconstruction.q_value)),
        drifted: found.reconstruction.drifted,
        components: it.map_or(0, |it| it.components as u64),
        not_run: found.reconstruction.found.as_ref().err().cloned(),
    }
}

/// Pairs that are listed.
const LISTED: usize = 50;
/// Pairs that did not change and are listed all the same.
const OTHERS: usize = 5;

fn structure(found: &Together, names: &[String]) -> wire::Structure {
    let pairs = found.structure.found.as_deref().unwrap_or_default();
    let mut sorted: Vec<&drift::Pair> = pairs.iter().collect();
    crate::order::sort_by(&mut sorted, |a, b| {
        let key = |it: &&drift::Pair| (!drift::changed(it), -it.change);
        let (a, b) = (key(a), key(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let changed = pairs.iter().filter(|it| drift::changed(it)).count();
    let name = |place: usize| names.get(place).cloned().unwrap_or_default();
    let listed = sorted.into_iter().take(changed.clamp(OTHERS, LISTED));
    let largest = listed.map(|it| wire::ChangedPair {
        first: name(it.columns.0),
        second: name(it.columns.1),
        measure: match it.measure {
            drift::Measure::Spearman => "spearman",
            drift::Measure::CramersV => "cramers-v",
            drift::Measure::CorrelationRatio => "correlation-ratio",
        }
        .to_owned(),
        reference: it.reference,
        current: it.current,
        change: it.change,
        p_value: it.p_value,
        q_value: it.q_value,
        drifted: drift::changed(it),
    });
    wire::Structure {
        pairs: pairs.len() as u64,
        changed: changed as u64,
        q_value: wire::Scalar::maybe(found.structure.found.as_ref().ok().map(|_| found.structure.q_value)),
        drifted: found.structure.drifted,
        largest: largest.collect(),
        not_run: found.structure.found.as_ref().err().cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_that_of_the_seed_and_has_its_size() {
        assert_eq!(sample(10, 10, 0), None);
        let (a, b) = (sample(1_000, 100, 1).unwrap(), sample(1_000, 100, 2).unwrap());
        assert_eq!((a.len(), b.len()), (100, 100));
        assert!(a != b && a.windows(2).all(|it| it[0] < it[1]));
        assert!(sample(5, 0, 0).unwrap().is_empty());
    }
}
