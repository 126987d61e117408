//! A map of values, and both sides, in; whether the current side is the mapped reference, as a whole or in part, out.

use super::super::summary::{Sample, Sides, gap};

/// The distance of distribution functions that is left beside chance.
const LEFT: f64 = 0.03;
/// How many times farther apart both sides have to be as they are.
const TIMES: f64 = 2.0;
/// Values as far apart as this part of the interquartile range are the same.
const CLOSE: f64 = 0.015;
/// The least and the largest part of the rows that is found, and the fewest rows.
const PART: (f64, f64) = (0.05, 0.95);
const ROWS: f64 = 30.0;

/// How well a map explains a drift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// The distance that it leaves.
    pub gap: f64,
    /// The part of the rows that is mapped: 1 for all.
    pub part: f64,
}

/// Whether all current values are the reference's, mapped.
pub(super) fn whole(sides: &Sides, map: impl Fn(f64) -> f64) -> Option<Fit> {
    let before = gap(&sides.reference.law(), &sides.current, 0.0);
    let left = LEFT + sides.critical();
    let found = gap(&sides.reference.mapped(map), &sides.current, CLOSE * sides.current.iqr());
    (found <= left && before >= TIMES * left).then_some(Fit { gap: found, part: 1.0 })
}

/// Whether a part of the current values is. Sound only where the map takes nine of ten values beyond nearly all others: what
/// lies there then has to have the mapped shape, and the rest the old one.
pub(super) fn part(sides: &Sides, map: impl Fn(f64) -> f64) -> Option<Fit> {
    let mapped = Sample::new(sides.reference.values.iter().map(|&x| map(x)).collect());
    let (old, new) = (&sides.reference, &sides.current);
    // Seen from the side where the mapped values are.
    let up = mapped.quantile(0.5) > old.quantile(0.5);
    let seen = |sample: &Sample| {
        if up { sample.clone() } else { Sample::new(sample.values.iter().map(|x| -x).collect()) }
    };
    let (mapped, old, new) = (seen(&mapped), seen(old), seen(new));
    let edge = mapped.quantile(0.1);
    if old.quantile(0.99) >= edge {
        return None;
    }
    let (before, all) = (old.above(edge), mapped.above(edge));
    let part = (new.above(edge) - before) / (all - before);
    if !(PART.0..=PART.1).contains(&part) || part * (sides.m as f64) < ROWS {
        return None;
    }
    let beyond = |sample: &Sample| Sample::new(sample.values.iter().copied().filter(|x| *x > edge).collect());
    let tail = beyond(&new);
    let chance = 1.36 * crate::num::sqrt(1.0 / sides.n as f64 + 1.0 / (part * sides.m as f64));
    let shape = gap(&beyond(&mapped).law(), &tail, CLOSE * tail.iqr());
    let found = gap(&old.together(&mapped, part), &new, sides.tolerance());
    (shape <= 0.05 + chance && found <= LEFT + sides.critical())
        .then_some(Fit { gap: found.max(shape), part })
}
