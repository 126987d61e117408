//! NannyML 0.13.1 without its models: the profiles of a reference and of the chunks of both files in, per chunk the univariate
//! drift, data quality and summary statistics with thresholds and alerts out; of the rows themselves the reconstruction error.

pub mod inputs;
mod quality;
pub mod ranking;
pub mod reconstruction;
mod summary;
mod threshold;
mod univariate;

use super::asked::{Class, Wishes};
use super::series::Series;
use super::{ChunkSaid, ColumnSaid, MethodSaid, left_out};
use crate::profile::{Column, Profile};
pub use threshold::Bounds;
use univariate::Fitted;

/// The version whose source and numbers were followed.
pub(super) const VERSION: &str = "0.13.1";
/// Standard deviations of bands and thresholds.
const SIGMAS: f64 = 3.0;

/// The profile of a chunk.
#[derive(Debug, Clone, PartialEq)]
pub struct Chunk {
    /// What it is called.
    pub key: String,
    /// Its profile.
    pub profile: Profile,
}

/// The chunks of both files, in their order.
#[derive(Debug, Clone, Copy)]
pub struct Chunks<'a> {
    /// Those of the reference.
    pub reference: &'a [Chunk],
    /// Those of the current file.
    pub current: &'a [Chunk],
    /// What was calculated of whole rows.
    pub rows: &'a [MethodSaid],
}

/// A statistic of one chunk.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Point {
    value: f64,
    error: Option<f64>,
    band: Option<(f64, f64)>,
    p_value: Option<f64>,
    alert: bool,
}

/// A statistic of all chunks.
#[derive(Debug, Clone, PartialEq)]
struct Calculated {
    name: &'static str,
    bounds: Bounds,
    before: Vec<Point>,
    now: Vec<Point>,
}

impl Calculated {
    fn of<T>(name: &'static str, before: &[T], now: &[T], point: impl Fn(&T) -> Point) -> Calculated {
        let all = |side: &[T]| side.iter().map(&point).collect();
        Calculated { name, bounds: Bounds::default(), before: all(before), now: all(now) }
    }

    /// The values of the reference's chunks.
    fn values(&self) -> Vec<f64> {
        self.before.iter().map(|it| it.value).collect()
    }

    fn judge(&mut self, bounds: Bounds, alert: impl Fn(Bounds, f64) -> bool) {
        self.bounds = bounds;
        self.before.iter_mut().chain(&mut self.now).for_each(|it| it.alert = alert(bounds, it.value));
    }

    fn said(self, chunks: Chunks<'_>) -> MethodSaid {
        let keys = |all: &[Chunk]| all.iter().map(|it| it.key.clone()).collect::<Vec<String>>();
        self.of_keys(&keys(chunks.reference), &keys(chunks.current))
    }

    fn of_keys(self, before: &[String], now: &[String]) -> MethodSaid {
        let one = |key: &String, reference: bool, it: &Point| ChunkSaid {
            key: key.clone(),
            reference,
            value: number(it.value),
            p_value: it.p_value,
            sampling_error: it.error.and_then(number),
            band: it.band.and_then(|band| Some((number(band.0)?, number(band.1)?))),
            alert: it.alert,
        };
        let largest = self.now.iter().map(|it| it.value).filter(|it| !it.is_nan()).reduce(f64::max);
        let before = before.iter().zip(&self.before).map(|it| one(it.0, true, it.1));
        let now = now.iter().zip(&self.now).map(|it| one(it.0, false, it.1));
        MethodSaid {
            value: largest,
            lower: self.bounds.lower.and_then(number),
            upper: self.bounds.upper.and_then(number),
            drifted: Some(self.now.iter().any(|it| it.alert)),
            chunks: before.chain(now).collect(),
            ..MethodSaid::not_run(self.name, String::new())
        }
    }
}

fn number(value: f64) -> Option<f64> {
    Some(value).filter(|it| !it.is_nan())
}

/// Whether NannyML takes a column of the reference for numbers (`Some(false)`), for categories, or not at all.
pub fn is_categorical(reference: &Column) -> Option<bool> {
    quality::continuous(&Series::of(reference)).ok().map(|continuous| !continuous)
}

/// The univariate methods that can be asked for.
pub(super) fn methods() -> Vec<&'static str> {
    let more = univariate::CATEGORICAL.iter().filter(|it| !univariate::CONTINUOUS.contains(it));
    univariate::CONTINUOUS.iter().chain(more).copied().collect()
}

/// What it says of a column: its univariate drift first, which alone decides, then what else it calculates.
pub(super) fn column(reference: &Column, chunks: Chunks<'_>, wishes: &Wishes<'_>) -> ColumnSaid {
    let name = &reference.name;
    let whole = Series::of(reference);
    let continuous = match quality::continuous(&whole) {
        Ok(continuous) => continuous,
        Err(why) => return left_out(name, why),
    };
    let class = if continuous { Class::Numerical } else { Class::Categorical };
    let word = if continuous { "continuous" } else { "categorical" };
    let column = |chunk: &Chunk| chunk.profile.columns.iter().position(|it| it.name == *name);
    let side = |all: &[Chunk]| all.iter().map(column).collect::<Option<Vec<usize>>>();
    let (Some(a), Some(b)) = (side(chunks.reference), side(chunks.current)) else {
        return ColumnSaid::new(
            name,
            word,
            vec![MethodSaid::not_run("auto", "a chunk lacks the column".into())],
        );
    };
    let (before, now) = (series_of(chunks.reference, &a), series_of(chunks.current, &b));
    let exact = whole.exact && before.iter().chain(&now).all(|it| it.exact);
    if whole.n == 0 || !exact && !continuous {
        let why = if whole.n == 0 {
            "the reference has no value"
        } else {
            "values are bucketed: past the memory budget"
        };
        return ColumnSaid::new(name, word, vec![MethodSaid::not_run("auto", why.into())]);
    }
    let mut asked = wishes.several(name, class);
    if asked.is_empty() {
        asked.push(("jensen_shannon", wishes.of(name, class).1));
    }
    let known = if continuous { univariate::CONTINUOUS } else { univariate::CATEGORICAL };
    let mut methods = Vec::new();
    for (id, limit) in asked {
        let known = known.iter().copied().find(|it| *it == id);
        let Some((id, fitted)) = known.and_then(|id| Some((id, Fitted::new(id, continuous, &whole)?))) else {
            let why = format!("nannyml has no method {id:?} for {word} columns");
            methods.push(MethodSaid::not_run("asked", why));
            continue;
        };
        let point = |chunk: &Series<'_>| {
            let (value, p_value) = fitted.value(chunk);
            Point { value, p_value, ..Point::default() }
        };
        let mut found = Calculated::of(id, &before, &now, point);
        if fitted.by_p_value() {
            let alert = |it: &Point| it.p_value.is_some_and(|p| p < 0.05);
            found.before.iter_mut().chain(&mut found.now).for_each(|it| it.alert = alert(it));
        } else {
            found.judge(threshold::upper(&found.values(), limit, fitted.most()), Bounds::beyond);
        }
        methods.push(found.said(chunks));
    }
    let decides = methods.len();
    methods.push(quality::missing(&whole, &before, &now).said(chunks));
    if continuous {
        methods.push(quality::out_of_range(&whole, &before, &now).said(chunks));
        methods.extend(summary::all(&whole, &before, &now).into_iter().map(|it| it.said(chunks)));
    } else {
        methods.push(quality::unseen(&whole, &before, &now).said(chunks));
    }
    if !exact {
        let bucketed = methods.iter_mut().filter(|it| it.name != "missing_values_rate");
        bucketed.for_each(|it| it.reason = Some(super::BUCKETED.to_owned()));
    }
    ColumnSaid::deciding(name, word, methods, decides)
}

fn series_of<'a>(all: &'a [Chunk], at: &[usize]) -> Vec<Series<'a>> {
    all.iter().zip(at).map(|(chunk, at)| Series::of(&chunk.profile.columns[*at])).collect()
}

/// How many chunks of the current file alert by a statistic, and how many there are.
pub(super) fn alerting(method: &MethodSaid) -> (usize, usize) {
    let current = || method.chunks.iter().filter(|it| !it.reference);
    (current().filter(|it| it.alert).count(), current().count())
}

/// The rows of each chunk, against their own mean ± 3 std.
pub(super) fn rows(chunks: Chunks<'_>) -> MethodSaid {
    let rows = |all: &[Chunk]| all.iter().map(|it| it.profile.table.rows).collect::<Vec<u64>>();
    summary::rows(&rows(chunks.reference), &rows(chunks.current)).said(chunks)
}

/// Alerts of the current file's chunks by a column's deciding methods.
pub(super) fn alerts(column: &ColumnSaid) -> u64 {
    let deciding = column.methods.iter().take(column.decides);
    let chunks = deciding.flat_map(|it| &it.chunks).filter(|it| !it.reference && it.alert);
    chunks.count() as u64
}

#[cfg(test)]
mod tests;
