//! Both files in the chunks that were judged in; which inputs drift along with the change of a metric, out.

use super::{Asked, Ranker, Side, Told};
use crate::drift::like::nannyml::{inputs, ranking};
use crate::drift::q_values;
use crate::engine::cells::{Column, cells};
use crate::error::{Error, Kind, Result};
use crate::performance::metric::Metric;
use crate::report::performance::{Along, Chunk, Input, LeftOut, Measured};

/// Columns that are read at once, if memory allows.
const AT_ONCE: u64 = 16;
/// A chunk with fewer rows than this part of its file's largest one says more of chance than of drift.
const SMALL: u64 = 10;
/// Chunks below which nothing is decided.
const FEW: usize = 6;
/// The q-value up to which drift goes with the change.
const LEVEL: f64 = 0.05;

/// A file with its chunks as they were judged.
#[derive(Clone, Copy)]
pub(super) struct Cut<'a> {
    pub side: Side<'a>,
    /// The rows of each chunk, by their numbers in the file.
    pub rows: &'a [Vec<usize>],
    /// What was told of each.
    pub chunks: &'a [Chunk],
}

impl Cut<'_> {
    fn small(&self) -> Vec<bool> {
        let largest = self.chunks.iter().map(|it| it.rows).max().unwrap_or(0);
        self.chunks.iter().map(|it| it.rows * SMALL < largest).collect()
    }

    /// The metric of each chunk that is not small; NaN where it is not known.
    fn values(&self, metric: Metric, of: Told) -> Vec<f64> {
        let value = |(chunk, small): (&Chunk, bool)| {
            let found = chunk.metrics.iter().find(|it| it.name == metric.id() && !small);
            found.and_then(|it| value(it, of)).unwrap_or(f64::NAN)
        };
        self.chunks.iter().zip(self.small()).map(value).collect()
    }
}

fn value(it: &Measured, of: Told) -> Option<f64> {
    match of {
        Told::Estimated => it.estimated,
        Told::Realised => it.realised,
    }
}

/// Before anything is read: whether what is asked for can be told.
///
/// # Errors
/// `Usage` for a metric that is not told or is a number of rows, and for an input that one of the files has not.
pub(super) fn check(reference: Side<'_>, current: Side<'_>, asked: &Asked<'_>) -> Result<()> {
    let refused = |what: String| Err(Error::new(Kind::Usage, what));
    if let Some(metric) = asked.along.metric {
        if !asked.metrics.contains(&metric) {
            return refused(format!("{} is not among the metrics that are told", metric.id()));
        }
        if metric.is_count() && asked.normalize.is_none() {
            return refused(format!("{} is a number of rows: inputs are related to a share", metric.id()));
        }
    }
    for name in &asked.along.inputs {
        for side in [reference, current] {
            if !side.state.plan.columns.iter().any(|it| it.name == *name) {
                return refused(format!("no column {name:?} in {:?}", side.state.plan.name));
            }
        }
    }
    Ok(())
}

/// Reads both files again, some columns at a time.
///
/// # Errors
/// What the sources and the readers say.
pub(super) fn along(before: Cut<'_>, now: Cut<'_>, asked: &Asked<'_>) -> Result<Along> {
    let (wanted, mut left_out) = wanted(before.side, now.side, asked);
    let mut found = Vec::new();
    let rows = before.side.state.partial.rows() + now.side.state.partial.rows();
    let at_once = (asked.memory / (8 * rows.max(1))).clamp(1, AT_ONCE) as usize;
    for some in wanted.chunks(at_once) {
        match drifts(before, now, some, asked) {
            Err(error) if error.kind() == Kind::Limit && some.len() > 1 => {
                for one in some {
                    match drifts(before, now, std::slice::from_ref(one), asked) {
                        Err(error) if error.kind() == Kind::Limit => left_out.push(too_large(one, &error)),
                        all => found.append(&mut all?),
                    }
                }
            }
            Err(error) if error.kind() == Kind::Limit => {
                some.iter().for_each(|one| left_out.push(too_large(one, &error)));
            }
            all => found.append(&mut all?),
        }
    }
    let known: Vec<Found> = found
        .into_iter()
        .filter_map(|(wanted, drift)| {
            if drift.is_none() {
                let reason =
                    "it has no value in the reference, or is text in one of the files only".to_owned();
                left_out.push(LeftOut { column: wanted.name.clone(), reason });
            }
            Some(Found { wanted, drift: drift? })
        })
        .collect();
    Ok(related(before, now, &known, left_out, asked))
}

/// A column to be looked at.
#[derive(Debug, Clone, PartialEq)]
struct Wanted {
    name: String,
    is_continuous: bool,
}

struct Found {
    wanted: Wanted,
    drift: inputs::Drifted,
}

fn too_large(one: &Wanted, error: &Error) -> LeftOut {
    LeftOut { column: one.name.clone(), reason: error.to_string() }
}

/// Those asked for, else the columns of both files that play no role and do not name their rows.
fn wanted(before: Side<'_>, now: Side<'_>, asked: &Asked<'_>) -> (Vec<Wanted>, Vec<LeftOut>) {
    let roles = [Some(asked.probability), asked.prediction, Some(asked.target), asked.timestamp];
    let named = &asked.along.inputs;
    let (mut wanted, mut left_out) = (Vec::new(), Vec::new());
    for column in &before.state.profile().columns {
        let name = column.name.as_str();
        let is_asked = if named.is_empty() {
            !roles.contains(&Some(name)) && now.state.plan.columns.iter().any(|it| it.name == name)
        } else {
            named.iter().any(|it| it == name)
        };
        if !is_asked {
            continue;
        }
        let class = inputs::is_continuous(column).map_err(str::to_owned);
        let other = named.is_empty().then(|| inputs::names_rows(column)).flatten();
        match (class, other) {
            (Ok(is_continuous), None) => wanted.push(Wanted { name: name.to_owned(), is_continuous }),
            (Err(reason), _) | (Ok(_), Some(reason)) => {
                left_out.push(LeftOut { column: name.to_owned(), reason });
            }
        }
    }
    (wanted, left_out)
}

/// The drift of some columns.
fn drifts(
    before: Cut<'_>,
    now: Cut<'_>,
    wanted: &[Wanted],
    asked: &Asked<'_>,
) -> Result<Vec<(Wanted, Option<inputs::Drifted>)>> {
    let names: Vec<&str> = wanted.iter().map(|it| it.name.as_str()).collect();
    let read = |cut: Cut<'_>| {
        cells(cut.side.source, cut.side.state, &names, asked.unit_bytes, asked.memory).map(|it| it.columns)
    };
    let (old, new) = (read(before)?, read(now)?);
    let small = (before.small(), now.small());
    let one = |((wanted, old), new): ((&Wanted, &Column), &Column)| {
        let drift = inputs::drift(
            rows(old, before.rows, &small.0),
            rows(new, now.rows, &small.1),
            wanted.is_continuous,
        );
        (wanted.clone(), drift)
    };
    Ok(wanted.iter().zip(&old).zip(&new).map(one).collect())
}

fn rows<'a>(column: &'a Column, chunks: &'a [Vec<usize>], small: &'a [bool]) -> inputs::Rows<'a> {
    inputs::Rows { ty: column.ty, values: &column.values, labels: &column.labels, chunks, small }
}

/// The drift of inputs against the change of the metric.
fn related(
    before: Cut<'_>,
    now: Cut<'_>,
    found: &[Found],
    left_out: Vec<LeftOut>,
    asked: &Asked<'_>,
) -> Along {
    let metric = asked.along.metric.or_else(|| asked.metrics.iter().copied().find(|it| !it.is_count()));
    let of = asked.along.of.unwrap_or_else(|| default_of(now, metric));
    let mut mean = f64::NAN;
    let mut performance = vec![f64::NAN; now.chunks.len()];
    if let Some(metric) = metric {
        let known: Vec<f64> = before.values(metric, of).into_iter().filter(|it| !it.is_nan()).collect();
        mean = known.iter().sum::<f64>() / known.len() as f64;
        performance = now.values(metric, of);
    }
    let drift: Vec<(String, Vec<f64>)> =
        found.iter().map(|it| (it.wanted.name.clone(), it.drift.distances.clone())).collect();
    let ranked = ranking::by_correlation(&drift, &performance, mean);
    let judged: Vec<usize> =
        (0..ranked.len()).filter(|&at| ranked[at].chunks >= FEW && !ranked[at].p_value.is_nan()).collect();
    let q = q_values(&judged.iter().map(|&at| ranked[at].p_value).collect::<Vec<f64>>());
    let q_of = |at: usize| judged.iter().position(|it| *it == at).map(|it| q[it]);
    let mut inputs: Vec<Input> = ranked
        .iter()
        .enumerate()
        .filter_map(|(at, it)| {
            let found = found.iter().find(|one| one.wanted.name == it.column)?;
            Some(input(it, found, q_of(at)))
        })
        .collect();
    if asked.along.by == Ranker::Alerts {
        let counted: Vec<(String, u64)> = inputs.iter().map(|it| (it.column.clone(), it.alerts)).collect();
        let order: Vec<String> = ranking::by_alerts(&counted).into_iter().map(|it| it.0).collect();
        crate::order::sort_by_key(&mut inputs, |it| order.iter().position(|name| *name == it.column));
    }
    let mut along = Along {
        by: asked.along.by.id().to_owned(),
        method: inputs::METHOD.to_owned(),
        metric: metric.map(|it| it.id().to_owned()),
        of: metric.map(|_| of.id().to_owned()),
        reference_mean: number(mean),
        sentence: String::new(),
        inputs,
        left_out,
    };
    along.sentence = along.words();
    along
}

/// The realised values, where all chunks have one.
fn default_of(now: Cut<'_>, metric: Option<Metric>) -> Told {
    let Some(metric) = metric else { return Told::Estimated };
    let judged =
        now.chunks.iter().zip(now.small()).filter(|(chunk, small)| !small && chunk.not_run.is_none());
    let values = now.values(metric, Told::Realised);
    let known = values.iter().filter(|it| !it.is_nan()).count();
    if known > 0 && known == judged.count() { Told::Realised } else { Told::Estimated }
}

fn input(ranked: &ranking::Correlated, found: &Found, q_value: Option<f64>) -> Input {
    let drift = &found.drift;
    let alerts = drift.alerts.iter().filter(|it| **it).count() as u64;
    let goes_along = q_value.and_then(|q| {
        if ranked.correlation > 0.0 && ranked.p_value <= LEVEL && q > LEVEL && alerts > 0 {
            None
        } else {
            Some(ranked.correlation > 0.0 && q <= LEVEL && alerts > 0)
        }
    });
    let mut input = Input {
        column: ranked.column.clone(),
        class: if found.wanted.is_continuous { "continuous" } else { "categorical" }.to_owned(),
        alerts,
        threshold: number(drift.threshold),
        drift: drift.distances.iter().copied().map(number).collect(),
        chunks: ranked.chunks as u64,
        correlation: number(ranked.correlation),
        p_value: number(ranked.p_value),
        q_value,
        goes_along,
        sentence: String::new(),
    };
    input.sentence = input.words();
    input
}

fn number(value: f64) -> Option<f64> {
    Some(value).filter(|it| it.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{AskedAlong, By, Governing, Options, State, performance, scan};

    const ROWS: usize = 600;

    /// Texts of one letter, and of 400 and 800 times `wide` more.
    fn text(wide: usize) -> String {
        let mut text = String::from("p,y,word,x,flag\n");
        for i in 0..ROWS {
            let (p, late) = ((i * 37 % 97) as f64 / 96.0, i / (ROWS / 2));
            let y = u8::from(((i * 61 % 89) as f64) / 88.0 < p);
            let word = "w".repeat(i % 3 * 400 * wide + 1);
            text.push_str(&format!("{p:.3},{y},{word},{},{}\n", i % 7 + 9 * late, i % 5 > 2 - late));
        }
        text
    }

    fn found(text: &str, unit_bytes: usize, memory: u64) -> Along {
        let options = Options { name: "f.csv".into(), unit_bytes, ..Options::default() };
        let source = text.as_bytes();
        let state: State = scan(&source, &options, Governing::default(), &|_| {}).unwrap();
        let side = Side { source: &source, state: &state };
        let asked = Asked {
            probability: "p",
            prediction: None,
            target: "y",
            timestamp: None,
            by: By::Parts(6),
            metrics: vec![Metric::RocAuc],
            normalize: None,
            along: AskedAlong::default(),
            unit_bytes,
            memory,
            seed: 1,
        };
        performance(side, side, &asked).unwrap().along
    }

    #[test]
    fn how_many_columns_fit_at_once_does_not_show() {
        let all = found(&text(5), 1 << 20, 1 << 24);
        assert_eq!(all.inputs.len(), 3);
        assert_eq!(all, found(&text(5), 90, 1 << 24));
        // Two columns of both files, whose 12 KB of labels fit beside one column only.
        assert_eq!(all, found(&text(5), 1 << 20, (2 * 16 * ROWS) as u64));
    }

    #[test]
    fn what_does_not_fit_by_itself_is_left_out() {
        let tight = found(&text(7), 1 << 20, (2 * 16 * ROWS) as u64);
        let left_out: Vec<&str> = tight.left_out.iter().map(|it| it.column.as_str()).collect();
        assert_eq!((left_out, tight.inputs.len()), (vec!["word"], 2));
        assert!(tight.left_out[0].reason.contains("do not fit"), "{tight:?}");
    }
}
