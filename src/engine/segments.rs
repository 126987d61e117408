//! Both files and the report on them in; where the drifted columns drifted, out: one more pass over each file, in which every
//! cell becomes a bin of its column, and a last one for the rows that are shown.

mod coded;
mod shown;

use std::collections::BTreeMap;

use super::options::Options;
use super::reference::Reference;
use super::settle::State;
use crate::drift::segments::{self, Coder, Feature, Form, Joins, Of, Segment, Side, Target};
use crate::error::Result;
use crate::profile::{Column, Profile};
use crate::report::wire;
use crate::source::Source;
use crate::words::grouped;

pub(super) use self::coded::{Coded, Codes, coded};

/// The most rows of a file that are looked at; of larger ones as many by their hash.
pub(super) const ROWS: u64 = 1 << 18;
/// The most drifted columns whose segments are looked for.
const DRIFTED: usize = 12;
/// The most columns that are tried as segments.
const FEATURES: usize = 64;
/// Segments told of a column.
const TOLD: usize = 3;
/// Stretches of the file.
const STRETCHES: u64 = 10;

/// A scanned file.
#[derive(Clone, Copy)]
pub struct Scanned<'a> {
    /// Its bytes.
    pub source: &'a dyn Source,
    /// What was found.
    pub state: &'a State,
}

/// A column that drifted, and what of it is looked at.
struct Wanted {
    /// Its place in the current file, and its name in the reference.
    at: usize,
    before: String,
    coder: Coder,
    of: Vec<Of>,
}

/// A column that may say where.
struct Tried {
    at: usize,
    before: String,
    coder: Coder,
}

/// Where the drifted columns of a report drifted. `file` is the reference's, where it is a data file.
///
/// # Errors
/// What the sources and the readers say; where the sketches of a saved reference are damaged.
pub fn segments(
    report: &wire::Report,
    reference: &Reference,
    file: Option<&dyn Source>,
    current: Scanned<'_>,
    options: &Options,
) -> Result<wire::Segments> {
    let (known, now) = (reference.profile()?, current.state.profile());
    let mut not_run = Vec::new();
    let wanted = wanted(report, &known, &now, &mut not_run);
    let tried = tried(&known, &now, &mut not_run);
    let all = |side: Side| -> Vec<Coded<'_>> {
        let one = |at: usize, before: &str, coder| {
            let name = if side == Side::Reference { before.to_owned() } else { now.columns[at].name.clone() };
            Coded { name, coder, side }
        };
        let wanted = wanted.iter().map(|it| one(it.at, &it.before, &it.coder));
        wanted.chain(tried.iter().map(|it| one(it.at, &it.before, &it.coder))).collect()
    };
    let read = |source: &dyn Source, state: &State, side| {
        coded(source, state, &all(side), (ROWS, options.seed), options.unit_bytes)
    };
    let before = match (reference, file) {
        _ if wanted.is_empty() => None,
        (Reference::Scanned(state), Some(source)) => Some(read(source, state, Side::Reference)?),
        _ => {
            not_run.push(
                "the reference is a saved profile without rows: segments are left out of the current file only, and whether \
                 their values or their share changed is not told"
                    .to_owned(),
            );
            None
        }
    };
    let found = if wanted.is_empty() {
        Codes::default()
    } else {
        read(current.source, current.state, Side::Current)?
    };
    let sampled = found.is_sampled || before.as_ref().is_some_and(|it| it.is_sampled);
    if sampled {
        not_run.push(format!(
            "of a file of more than {} rows, a sample of as many was looked at",
            grouped(ROWS)
        ));
    }
    let both = (before.as_ref(), &found);
    let mut columns = searched(&wanted, &tried, both, &now);
    shown::fill(&mut columns, current, options.unit_bytes)?;
    Ok(wire::Segments {
        columns,
        reference_rows: before.map(|it| it.rows.len() as u64),
        current_rows: found.rows.len() as u64,
        sampled,
        tried: tried.len() as u64,
        not_run,
    })
}

/// What is found of each column.
fn searched(
    wanted: &[Wanted],
    tried: &[Tried],
    (before, found): (Option<&Codes>, &Codes),
    now: &Profile,
) -> Vec<wire::Drifted> {
    let rows = now.table.rows;
    let features = features(tried, before, found, rows, wanted.len());
    let mut columns = Vec::new();
    for (place, one) in wanted.iter().enumerate() {
        let itself = tried.iter().position(|it| it.at == one.at);
        let target = Target { itself, ..target(one, place, before, found) };
        for of in &one.of {
            let told = segments::search(&target, &features, *of, TOLD);
            let part = |segment: &Segment| wire_of(segment, one, tried, now, found, rows);
            columns.push(wire::Drifted {
                column: now.columns[one.at].name.clone(),
                of: of.id().to_owned(),
                size: told.size,
                searched: told.searched,
                segments: told.segments.iter().map(part).collect(),
            });
        }
    }
    columns
}

/// The drifted columns, farthest first.
fn wanted(report: &wire::Report, known: &Profile, now: &Profile, not_run: &mut Vec<String>) -> Vec<Wanted> {
    let mut drifted: Vec<&wire::Drift> = report.drift.iter().filter(|it| it.outcome == "drifted").collect();
    let size = |it: &wire::Drift| it.psi_corrected.as_f64().unwrap_or(0.0);
    crate::order::sort_by(&mut drifted, |a, b| size(b).total_cmp(&size(a)));
    if drifted.len() > DRIFTED {
        not_run.push(format!(
            "of {} drifted columns the {DRIFTED} with the largest PSI were looked at",
            drifted.len()
        ));
    }
    let one = |drift: &&wire::Drift| {
        let at = now.columns.iter().position(|it| it.name == drift.column)?;
        let before = drift.renamed_from.clone().unwrap_or_else(|| drift.column.clone());
        let reference = known.columns.iter().find(|it| it.name == before)?;
        let coder = Coder::of_comparison(reference, &now.columns[at])?;
        let has = |kind: &str| drift.kinds.iter().any(|it| it == kind);
        let mut of = Vec::new();
        of.extend((size(drift) > 0.0).then_some(Of::Psi));
        of.extend(has("missing").then_some(Of::Missing));
        of.extend(has("invalid").then_some(Of::Invalid));
        Some(Wanted { at, before, coder, of })
    };
    drifted.iter().take(DRIFTED).filter_map(one).collect()
}

/// The columns that both files have and that may be segments.
fn tried(known: &Profile, now: &Profile, not_run: &mut Vec<String>) -> Vec<Tried> {
    let one = |(at, column): (usize, &Column)| {
        let reference = known.columns.iter().find(|it| it.name == column.name)?;
        let coder = Coder::of_segments(reference, column)?;
        Some(Tried { at, before: reference.name.clone(), coder })
    };
    let mut all: Vec<Tried> = now.columns.iter().enumerate().filter_map(one).collect();
    if all.len() > FEATURES {
        not_run
            .push(format!("of {} columns that may be segments the first {FEATURES} were tried", all.len()));
        all.truncate(FEATURES);
    }
    all
}

fn features(tried: &[Tried], before: Option<&Codes>, now: &Codes, rows: u64, from: usize) -> Vec<Feature> {
    let of = |codes: &Codes, at: usize| codes.columns.get(at).cloned().unwrap_or_default();
    let mut all: Vec<Feature> = tried
        .iter()
        .enumerate()
        .map(|(i, it)| Feature {
            joins: match it.coder.form {
                Form::Values => Joins::Any,
                Form::Ranges => Joins::Neighbours,
                Form::Periods(_) => Joins::Moments,
            },
            named: it.coder.names.len(),
            reference: before.map(|codes| of(codes, from + i)).unwrap_or_default(),
            current: of(now, from + i),
            before: before.is_none().then(|| it.coder.before.clone()),
        })
        .collect();
    let stretch = |row: &u64| (u128::from(*row) * u128::from(STRETCHES) / u128::from(rows.max(1))) as u8;
    all.push(Feature {
        joins: Joins::Stretches,
        named: STRETCHES as usize,
        reference: Vec::new(),
        current: now.rows.iter().map(stretch).collect(),
        before: None,
    });
    all
}

fn target(wanted: &Wanted, place: usize, before: Option<&Codes>, now: &Codes) -> Target {
    let of = |codes: &Codes| codes.columns.get(place).cloned().unwrap_or_default();
    let reference = before.map(of).unwrap_or_default();
    let mut counts = vec![0; wanted.coder.bins()];
    if before.is_none() {
        counts.clone_from(&wanted.coder.before);
        counts.resize(wanted.coder.bins(), 0);
    }
    for code in &reference {
        if let Some(count) = counts.get_mut(usize::from(*code)) {
            *count += 1;
        }
    }
    Target { reference, current: of(now), before: counts, itself: None }
}

fn wire_of(
    segment: &Segment,
    wanted: &Wanted,
    tried: &[Tried],
    now: &Profile,
    codes: &Codes,
    rows: u64,
) -> wire::Segment {
    let mut columns = vec![now.columns[wanted.at].name.clone()];
    let mut parts = Vec::new();
    for part in &segment.parts {
        let Some(one) = tried.get(part.feature) else {
            parts.push(stretch(&part.bins, rows));
            continue;
        };
        columns.push(now.columns[one.at].name.clone());
        parts.push(condition(&now.columns[one.at].name, &one.coder, &part.bins));
    }
    let row =
        |at: &usize| codes.rows.get(*at).map(|row| wire::ExampleRow { row: row + 1, cells: Vec::new() });
    wire::Segment {
        parts,
        carries: segment.carries,
        origin: segment.origin.map(|it| it.id().to_owned()),
        reference: segment.reference,
        current: segment.current,
        within: wire::Scalar::maybe(segment.within),
        columns,
        examples: segment.examples.iter().filter_map(row).collect(),
    }
}

/// Rows from the first to the last, from 1.
fn stretch(bins: &[u8], rows: u64) -> wire::SegmentPart {
    let end = |bin: u64| (u128::from(bin) * u128::from(rows)).div_ceil(u128::from(STRETCHES)) as u64;
    let first = bins.first().map_or(0, |it| end(u64::from(*it))) + 1;
    let last = bins.last().map_or(0, |it| end(u64::from(*it) + 1));
    wire::SegmentPart {
        column: None,
        kind: "rows".to_owned(),
        values: vec![first.to_string(), last.to_string()],
    }
}

fn condition(name: &str, coder: &Coder, bins: &[u8]) -> wire::SegmentPart {
    let mut bins = bins.to_vec();
    bins.sort_unstable();
    let of = |bin: Option<&u8>| bin.and_then(|it| coder.names.get(usize::from(*it)));
    let text = |end: Option<&Option<String>>| end.cloned().flatten().unwrap_or_default();
    let ends = || vec![text(of(bins.first()).map(|it| &it.0)), text(of(bins.last()).map(|it| &it.1))];
    let (kind, values) = match bins.first() {
        Some(bin) if *bin == coder.missing() => ("missing", Vec::new()),
        Some(bin) if *bin == coder.invalid() => ("invalid", Vec::new()),
        _ => match coder.form {
            Form::Values => ("value", bins.iter().map(|bin| text(of(Some(bin)).map(|it| &it.0))).collect()),
            Form::Ranges => ("range", ends()),
            Form::Periods(_) => ("period", ends()),
        },
    };
    wire::SegmentPart { column: Some(name.to_owned()), kind: kind.to_owned(), values }
}

/// Names to places.
fn places(state: &State) -> BTreeMap<&str, usize> {
    crate::order::map(state.plan.columns.iter().enumerate().map(|(at, it)| (it.name.as_str(), at)))
}
