//! A scanned reference and a scanned current file in; how a binary classifier does on each chunk of both, out. Without
//! targets that is an estimate.

mod along;

use self::along::Cut;
use super::cells::{Column, cells};
use super::settle::State;
use super::split::By;
use crate::cell::period::Period;
use crate::cell::{Domain, Type};
use crate::error::{Error, Kind, Result};
use crate::performance::Scored;
use crate::performance::metric::Metric;
use crate::performance::monitor::{Judged, Monitor};
use crate::performance::normalize::Normalize;
use crate::report::performance::{Band, Chunk, Document, Measured, VERSION};
use crate::source::Source;
use crate::words::grouped;

/// The most chunks of a file.
const CHUNKS: usize = 4_096;
/// Fewer reference chunks than this say little about what is usual.
const FEW_CHUNKS: usize = 6;

/// By what inputs are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ranker {
    /// By how their drift goes with the change of a metric.
    #[default]
    Correlation,
    /// By how many chunks drift.
    Alerts,
}

impl Ranker {
    /// The one of this word.
    pub fn of(word: &str) -> Option<Ranker> {
        [Ranker::Correlation, Ranker::Alerts].into_iter().find(|it| it.id() == word)
    }

    fn id(self) -> &'static str {
        match self {
            Ranker::Correlation => "correlation",
            Ranker::Alerts => "alerts",
        }
    }
}

/// Which values of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Those that are expected.
    Estimated,
    /// Those by targets.
    Realised,
}

impl Told {
    fn id(self) -> &'static str {
        match self {
            Told::Estimated => "estimated",
            Told::Realised => "realised",
        }
    }
}

/// Which inputs are related to the change of which metric.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AskedAlong {
    /// The inputs; none: all columns of both files that play no role and do not name their rows.
    pub inputs: Vec<String>,
    /// By what they are ordered.
    pub by: Ranker,
    /// The metric; none: the first that is told and is no number of rows.
    pub metric: Option<Metric>,
    /// Which of its values; none: the realised ones where each chunk has one.
    pub of: Option<Told>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The column of the probability of the positive class.
    pub probability: &'a str,
    /// The column of the model's decision; without one, only metrics of the ranking are told.
    pub prediction: Option<&'a str>,
    /// The column of what was true; the reference has it.
    pub target: &'a str,
    /// The column that rows are ordered by; else they are in file order.
    pub timestamp: Option<&'a str>,
    /// How rows are cut into chunks. The column of [`By::Time`] is the timestamp.
    pub by: By,
    /// The metrics.
    pub metrics: Vec<Metric>,
    /// What the cells of the confusion matrix are shares of; none: they are numbers of rows.
    pub normalize: Option<Normalize>,
    /// Which inputs are related to their change.
    pub along: AskedAlong,
    /// Bytes read at a time.
    pub unit_bytes: usize,
    /// Bytes of cells held, of each file.
    pub memory: u64,
    /// The seed of resamples.
    pub seed: u64,
}

/// A file with its state.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// Its bytes.
    pub source: &'a dyn Source,
    /// What was scanned.
    pub state: &'a State,
}

/// Judges the chunks of both files by what is usual in the reference.
///
/// # Errors
/// `Usage` where a column is missing or of the wrong type, a probability of the reference is outside 0–1, or the reference has
/// one class only; `Limit` where rows do not fit into memory; what the sources and the readers say.
pub fn performance(reference: Side<'_>, current: Side<'_>, asked: &Asked<'_>) -> Result<Document> {
    along::check(reference, current, asked)?;
    let mut before = table(reference, asked, true)?;
    let n = before.scored.target.len();
    let is_known =
        |row: &usize| !before.scored.probability[*row].is_nan() && !before.scored.target[*row].is_nan();
    let kept: Vec<usize> = (0..n).filter(is_known).collect();
    let left_out = (n - kept.len()) as u64;
    before = before.of(&kept);
    check_reference(&before, &reference.state.plan.name, asked)?;
    let now = table(current, asked, false)?;
    let (old, new) = (cut(&before, &asked.by)?, cut(&now, &asked.by)?);
    let parts: Vec<Scored> = old.iter().map(|it| before.of(&it.1).scored).collect();
    let monitor = Monitor::new(&before.scored, &parts, &asked.metrics, asked.normalize, asked.seed);
    let judge = |table: &Table, chunks: &[(String, Vec<usize>)]| {
        chunks.iter().map(|(key, rows)| chunk(&monitor, key, &table.of(rows).scored)).collect::<Vec<_>>()
    };
    let (reference_chunks, chunks) = (judge(&before, &old), judge(&now, &new));
    let rows = (before.chunks(&old), now.chunks(&new));
    let found = along::along(
        Cut { side: reference, rows: &rows.0, chunks: &reference_chunks },
        Cut { side: current, rows: &rows.1, chunks: &chunks },
        asked,
    )?;
    let mut notes = notes((reference, &before, old.len()), (current, &now, new.len()), left_out);
    if let Some(normalize) = asked.normalize {
        notes.insert(0, format!("the cells of the confusion matrix are shares of {}", normalize.words()));
    }
    let alerts =
        |of: fn(&Measured) -> bool| chunks.iter().filter(|it| it.metrics.iter().any(of)).count() as u64;
    Ok(Document {
        performance: VERSION,
        reference: reference.state.plan.name.clone(),
        current: current.state.plan.name.clone(),
        probability: asked.probability.to_owned(),
        prediction: asked.prediction.map(str::to_owned),
        target: asked.target.to_owned(),
        normalized: asked.normalize.map(|it| it.id().to_owned()),
        calibrated: monitor.is_calibrated(),
        alerts: alerts(|it| it.alert),
        realised_alerts: alerts(|it| it.realised_alert),
        not_run: chunks
            .iter()
            .filter(|it| it.not_run.is_some() || it.metrics.iter().any(|it| it.not_run.is_some()))
            .count() as u64,
        along: found,
        notes,
        reference_chunks,
        chunks,
    })
}

/// What else is to be known: of both files with how many chunks they have, and of rows of the reference that are left out.
fn notes(before: (Side<'_>, &Table, usize), now: (Side<'_>, &Table, usize), left_out: u64) -> Vec<String> {
    let mut notes = Vec::new();
    if left_out > 0 {
        notes.push(format!(
            "{} rows of the reference without a probability or a target are left out",
            grouped(left_out)
        ));
    }
    if now.1.left_out > 0 {
        let what = grouped(now.1.left_out);
        notes.push(format!("{what} rows of the current file without a timestamp are left out"));
    }
    for (side, table, _) in [before, now] {
        for (column, cells) in &table.invalid {
            let (what, name) = (grouped(*cells), &side.state.plan.name);
            notes.push(format!("{what} invalid cells of column {column:?} of {name:?} count as missing"));
        }
    }
    if now.2 == 0 {
        notes.push("the current file has no rows that could be judged".to_owned());
    }
    if before.2 < FEW_CHUNKS {
        notes.push(format!("the reference has only {} chunks, so its limits are uncertain", before.2));
    }
    notes
}

fn check_reference(table: &Table, name: &str, asked: &Asked<'_>) -> Result<()> {
    let refused = |what: String| Err(Error::new(Kind::Usage, what));
    let column = asked.probability;
    if table.scored.probability.iter().any(|it| !(0.0..=1.0).contains(it)) {
        return refused(format!("column {column:?} of {name:?} has probabilities outside 0–1"));
    }
    let positives = table.scored.target.iter().filter(|it| **it == 1.0).count();
    if positives < 2 || table.scored.target.len() - positives < 2 {
        let target = asked.target;
        return refused(format!("column {target:?} of {name:?} has fewer than two rows of a class"));
    }
    Ok(())
}

/// The rows of a file, ordered.
struct Table {
    scored: Scored,
    /// Seconds since 1970; of no rows where there is no timestamp.
    time: Vec<f64>,
    /// Their numbers in the file.
    rows: Vec<usize>,
    /// Rows without a time.
    left_out: u64,
    /// Columns with invalid cells, and how many.
    invalid: Vec<(String, u64)>,
}

impl Table {
    fn of(&self, rows: &[usize]) -> Table {
        let of = |values: &[f64]| rows.iter().filter_map(|row| values.get(*row).copied()).collect();
        Table {
            scored: Scored {
                probability: of(&self.scored.probability),
                prediction: of(&self.scored.prediction),
                target: of(&self.scored.target),
            },
            time: of(&self.time),
            rows: rows.iter().filter_map(|row| self.rows.get(*row).copied()).collect(),
            left_out: self.left_out,
            invalid: self.invalid.clone(),
        }
    }

    /// The rows of each chunk by their numbers in the file.
    fn chunks(&self, cut: &[(String, Vec<usize>)]) -> Vec<Vec<usize>> {
        let of = |rows: &Vec<usize>| rows.iter().filter_map(|row| self.rows.get(*row).copied()).collect();
        cut.iter().map(|it| of(&it.1)).collect()
    }
}

fn table(side: Side<'_>, asked: &Asked<'_>, is_reference: bool) -> Result<Table> {
    let has = |name: &str| side.state.plan.columns.iter().any(|it| it.name == name);
    let target = Some(asked.target).filter(|name| is_reference || has(name));
    let wanted = [Some(asked.probability), asked.prediction, target, asked.timestamp];
    check_types(side, asked, target)?;
    let names: Vec<&str> = wanted.iter().flatten().copied().collect();
    let read = cells(side.source, side.state, &names, asked.unit_bytes, asked.memory)?;
    let n = read.rows;
    // The same column may be asked for twice.
    let of = |name: Option<&str>| read.columns.iter().find(|it| Some(it.name.as_str()) == name);
    let numbers = |name: Option<&str>| of(name).map_or_else(|| vec![f64::NAN; n], |it| it.values.clone());
    let probability = numbers(Some(asked.probability));
    let prediction = of(asked.prediction).map(|it| binary(it, side)).transpose()?;
    let truth = of(target).map(|it| binary(it, side)).transpose()?;
    let time = asked.timestamp.map(|name| numbers(Some(name)));
    let scored = Scored {
        probability,
        prediction: prediction.unwrap_or_else(|| vec![f64::NAN; n]),
        target: truth.unwrap_or_else(|| vec![f64::NAN; n]),
    };
    let is_odd = |it: &&Column| it.invalid > 0;
    let invalid = read.columns.iter().filter(is_odd).map(|it| (it.name.clone(), it.invalid)).collect();
    let rows = (0..n).collect();
    let table = Table { scored, time: time.unwrap_or_default(), rows, left_out: 0, invalid };
    if asked.timestamp.is_none() {
        return Ok(table);
    }
    let mut order: Vec<usize> = (0..n).filter(|row| !table.time[*row].is_nan()).collect();
    order.sort_by(|&a, &b| table.time[a].total_cmp(&table.time[b]));
    Ok(Table { left_out: (n - order.len()) as u64, ..table.of(&order) })
}

/// Before anything is read: whether the columns can be what they are said to be.
fn check_types(side: Side<'_>, asked: &Asked<'_>, target: Option<&str>) -> Result<()> {
    let is_time = |ty: Type| matches!(ty, Type::Date | Type::Timestamp { .. });
    for (at, column) in side.state.plan.columns.iter().enumerate() {
        let is_empty = side.state.partial.columns.get(at).is_none_or(|it| it.valid == 0);
        let (name, ty) = (Some(column.name.as_str()), column.ty);
        let expected = if name == Some(asked.probability) && !is_number(ty) && !is_empty {
            "numbers of 0 to 1"
        } else if (name == asked.prediction || name == target) && !is_number(ty) && !is_empty {
            BINARY
        } else if name == asked.timestamp && !is_time(ty) && !is_empty {
            "dates or timestamps"
        } else {
            continue;
        };
        return Err(wrong(&column.name, side, ty.id(), expected));
    }
    Ok(())
}

const BINARY: &str = "only 0 and 1, or true and false";

fn wrong(column: &str, side: Side<'_>, found: &str, expected: &str) -> Error {
    let name = &side.state.plan.name;
    Error::new(Kind::Usage, format!("column {column:?} of {name:?} is {found}, expected {expected}"))
}

/// Dates and text are no numbers.
fn is_number(ty: Type) -> bool {
    ty == Type::Boolean || ty.is_numeric() && Domain::of(ty).is_some()
}

fn binary(column: &Column, side: Side<'_>) -> Result<Vec<f64>> {
    match column.values.iter().find(|it| !it.is_nan() && **it != 0.0 && **it != 1.0) {
        Some(value) => Err(wrong(&column.name, side, &format!("{value} in a row"), BINARY)),
        None => Ok(column.values.clone()),
    }
}

/// The chunks with their rows. As in NannyML, what is left over after chunks of a size is a chunk of its own.
fn cut(table: &Table, by: &By) -> Result<Vec<(String, Vec<usize>)>> {
    let n = table.scored.probability.len();
    let mut chunks: Vec<(String, Vec<usize>)> = Vec::new();
    let mut of_size = |size: usize| {
        for from in (0..n).step_by(size).take(CHUNKS + 1) {
            let to = (from + size).min(n);
            chunks.push((format!("[{from}:{}]", to - 1), (from..to).collect()));
        }
    };
    let zero = || Error::new(Kind::Usage, "a chunk has at least one row");
    match by {
        By::Rows(0) | By::Parts(0) => return Err(zero()),
        By::Rows(size) => of_size(usize::try_from(*size).unwrap_or(usize::MAX)),
        By::Parts(parts) => of_size((n / usize::try_from(*parts).unwrap_or(usize::MAX)).max(1)),
        By::Time { period, .. } => by_period(table, *period, &mut chunks),
    }
    if chunks.len() > CHUNKS {
        let what = format!("that would be more than {} chunks", grouped(CHUNKS as u64));
        return Err(Error::new(Kind::Usage, what).with_hint("take larger ones"));
    }
    Ok(chunks)
}

fn by_period(table: &Table, period: Period, chunks: &mut Vec<(String, Vec<usize>)>) {
    let mut last = None;
    for (row, time) in table.time.iter().enumerate() {
        let number = period.number(time.floor() as i64);
        if last.replace(number) != Some(number) {
            chunks.push((period.label(number), Vec::new()));
        }
        if let Some((_, rows)) = chunks.last_mut() {
            rows.push(row);
        }
    }
}

fn chunk(monitor: &Monitor, key: &str, rows: &Scored) -> Chunk {
    let outside = rows.probability.iter().filter(|it| **it < 0.0 || **it > 1.0).count();
    let known = rows.probability.iter().filter(|it| !it.is_nan()).count();
    let not_run = if outside > 0 {
        Some(format!("{} probabilities lie outside 0–1", grouped(outside as u64)))
    } else if known == 0 {
        Some("no row has a probability".to_owned())
    } else {
        None
    };
    let metrics = if not_run.is_some() { Vec::new() } else { monitor.judge(rows) };
    Chunk {
        key: key.to_owned(),
        rows: rows.probability.len() as u64,
        without_probability: (rows.probability.len() - known) as u64,
        not_run,
        metrics: metrics.iter().map(|it| measured(it, monitor.is_normalized())).collect(),
    }
}

fn measured(it: &Judged, is_normalized: bool) -> Measured {
    let band = |(lower, upper): (f64, f64)| Band { lower, upper };
    Measured {
        name: it.metric.id().to_owned(),
        estimated: it.estimated,
        sampling_error: it.sampling_error,
        band: it.band.map(band),
        realised: it.realised,
        limits: it.limits.map(|it| band((it.lower, it.upper))),
        alert: it.alert,
        realised_alert: it.realised_alert,
        not_run: not_run(it, is_normalized),
    }
}

fn not_run(it: &Judged, is_normalized: bool) -> Option<String> {
    let why = if it.estimated.is_some() && it.limits.is_some() {
        return None;
    } else if it.estimated.is_some() {
        "it is undefined in each chunk of the reference, so nothing is known to be usual"
    } else if it.metric.is_of_ranking() {
        "it is undefined where only one class is expected"
    } else if is_normalized && it.metric.is_count() {
        "there is no row that it could be a share of"
    } else {
        "no row has both a decision and a probability"
    };
    Some(why.to_owned())
}
