//! `scale`: another unit. Values times a power of ten or a common factor, or one temperature scale for another; of all rows
//! or of a part of them.

use super::super::outcome::Explanation;
use super::super::summary::Sides;
use super::super::words::{number, percent};
use super::transform::{Fit, part, whole};
use super::{Subject, quartiles};

/// y = factor · x + offset.
struct Unit {
    factor: f64,
    offset: f64,
    /// What the factor and its inverse are known from.
    words: (&'static str, &'static str),
}

const fn unit(factor: f64, words: (&'static str, &'static str)) -> Unit {
    Unit { factor, offset: 0.0, words }
}

/// Powers of ten stand for themselves; nothing that happens in the world multiplies every value by them.
const POWERS: [Unit; 7] = [
    unit(10.0, ("", "")),
    unit(
        100.0,
        ("cents for whole units, or percent for shares", "whole units for cents, or shares for percent"),
    ),
    unit(
        1000.0,
        (
            "thousandths for whole units, as milliseconds for seconds",
            "thousands for whole units, as seconds for milliseconds",
        ),
    ),
    unit(1e4, ("", "")),
    unit(
        1e6,
        (
            "millionths for whole units, as microseconds for seconds",
            "millions for whole units, as seconds for microseconds",
        ),
    ),
    unit(1e9, ("nanoseconds for seconds", "seconds for nanoseconds")),
    unit(1e5, ("", "")),
];
/// Common factors, which ordinary growth may come near: the quantiles must keep them to within [`CLOSE`].
const UNITS: [Unit; 9] = [
    unit(1.609_344, ("kilometres for miles", "miles for kilometres")),
    unit(2.204_622_622, ("pounds for kilograms", "kilograms for pounds")),
    unit(2.54, ("centimetres for inches", "inches for centimetres")),
    unit(3.280_839_895, ("feet for metres", "metres for feet")),
    unit(3.6, ("km/h for m/s", "m/s for km/h")),
    unit(60.0, ("minutes for hours, or seconds for minutes", "hours for minutes, or minutes for seconds")),
    unit(3600.0, ("seconds for hours", "hours for seconds")),
    Unit { factor: 1.8, offset: 32.0, words: ("°F for °C", "°C for °F") },
    Unit { factor: 1.0, offset: 273.15, words: ("kelvin for °C", "°C for kelvin") },
];
/// The largest relative error of a quantile from a unit's (of a temperature, as a part of the interquartile range), and of
/// what is known of the median: little of growth by a small factor, more of what ordinary drift does not come near, a factor of 60
/// or both a factor and an offset.
const CLOSE: f64 = 0.005;
const KNOWN: f64 = 0.02;
const KNOWN_OF_FAR: f64 = 0.08;
const FAR: f64 = 10.0;
/// Standard errors of a quantile that chance may take.
const ERRORS: f64 = 3.0;

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    let sides = subject.sides.filter(|_| subject.reference.ty.is_numeric())?;
    let mut best: Option<(Fit, &Unit, bool)> = None;
    let all = POWERS.iter().map(|it| (it, true)).chain(UNITS.iter().map(|it| (it, false)));
    for (unit, power) in all {
        for back in [false, true] {
            let map =
                |x: f64| if back { (x - unit.offset) / unit.factor } else { x * unit.factor + unit.offset };
            let found = if power {
                whole(sides, map).or_else(|| part(sides, map))
            } else {
                whole(sides, map).filter(|_| close(sides, unit, map))
            };
            if let Some(fit) = found.filter(|fit| best.as_ref().is_none_or(|held| fit.gap < held.0.gap)) {
                best = Some((fit, unit, back));
            }
        }
    }
    let (fit, unit, back) = best?;
    let words = if back { unit.words.1 } else { unit.words.0 };
    let times = if unit.offset != 0.0 {
        format!("converted, {words}")
    } else {
        let times = if back {
            format!("divided by {}", number(unit.factor))
        } else {
            format!("times {}", number(unit.factor))
        };
        if words.is_empty() { times } else { format!("{times} ({words})") }
    };
    let message = if fit.part < 1.0 {
        format!(
            "about {} of the values look like the reference's {times}, the others are as before",
            percent(fit.part)
        )
    } else {
        format!("the values look like the reference's {times}")
    };
    Some(Explanation { id: "scale", message, evidence: quartiles(sides) })
}

/// Whether quartiles and tenths are the unit's, within [`CLOSE`] and their sampling errors, and these small enough to tell
/// one unit from another.
fn close(sides: &Sides, unit: &Unit, map: impl Fn(f64) -> f64) -> bool {
    let noise = sides.noise();
    let size = |p: f64| {
        let expected = map(sides.reference.quantile(p));
        if unit.offset == 0.0 { expected.abs() } else { sides.current.iqr() }
    };
    let far = unit.offset != 0.0 || unit.factor >= FAR;
    let known = sides.current.error(0.5, noise) <= if far { KNOWN_OF_FAR } else { KNOWN } * size(0.5);
    known
        && [0.1, 0.25, 0.5, 0.75, 0.9].iter().all(|&p| {
            let off = sides.current.quantile(p) - map(sides.reference.quantile(p));
            off.abs() <= CLOSE * size(p) + ERRORS * sides.current.error(p, noise)
        })
}
