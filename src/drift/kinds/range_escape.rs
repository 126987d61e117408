//! Range escape: both profiles of a numeric column in, how many values lie beyond all that the reference had, and how likely
//! that is by chance, out.
//!
//! If both sides are one sample in any order, the k largest of all n + m values are the current file's with the chance
//! ∏ (m − i)/(n + m − i), i < k: exact, whatever the law (exchangeability). Ties and buckets only make it larger.

use crate::profile::{Column, Distribution, Ordered};

/// The least share of the current cells that warns, and how far beyond the end one of them warns alone: three times the
/// way from the median to the reference's 99th (first) percentile.
const SHARE: f64 = 0.001;
const FAR: f64 = 3.0;

/// The values beyond the ends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Escape {
    /// Cells below the reference's smallest value.
    pub below: u64,
    /// Cells above its largest.
    pub above: u64,
    /// The reference's ends.
    pub range: (f64, f64),
    /// The current file's ends.
    pub now: (f64, f64),
    /// The chance of as many beyond one end, times two for the ends.
    pub p_value: f64,
    /// Whether they are many, or far.
    pub large: bool,
}

/// The values of a numeric column beyond the reference's ends; `None` for other types and where a side has no value.
pub(crate) fn escape(reference: &Column, current: &Column) -> Option<Escape> {
    let (Distribution::Ordered(a), Distribution::Ordered(b)) =
        (&reference.distribution, &current.distribution)
    else {
        return None;
    };
    if !reference.ty.is_numeric() || !current.ty.is_numeric() {
        return None;
    }
    let (range, now) = (ends(reference, a)?, ends(current, b)?);
    let value = |bucket: u128, upper: bool| {
        let (low, high) = b.domain.bucket(bucket, b.shift);
        b.domain.number(if upper { high } else { low })
    };
    let count =
        |beyond: &dyn Fn(u128) -> bool| b.entries.iter().filter(|e| beyond(e.0)).map(|e| e.1).sum::<u64>();
    let below = count(&|bucket| value(bucket, true) < range.0);
    let above = count(&|bucket| value(bucket, false) > range.1);
    let (n, m) = (reference.valid, current.valid);
    let p_value = (2.0 * chance(below, n, m).min(chance(above, n, m))).min(1.0);
    let at = |p: f64| quantile(a, p);
    let (p01, p50, p99) = (at(0.01), at(0.5), at(0.99));
    let far =
        below > 0 && now.0 < range.0 - FAR * (p50 - p01) || above > 0 && now.1 > range.1 + FAR * (p99 - p50);
    let share = below.max(above) as f64 / m.max(1) as f64;
    Some(Escape { below, above, range, now, p_value, large: share >= SHARE || far })
}

/// ∏ (m − i)/(n + m − i), i < k.
fn chance(k: u64, n: u64, m: u64) -> f64 {
    let mut product = 1.0;
    for i in 0..k.min(m) {
        product *= (m - i) as f64 / (n as f64 + (m - i) as f64);
        if product < 1e-300 {
            return 0.0;
        }
    }
    product
}

/// The smallest and the largest value: exact where the profile has them so, else the ends of the outermost buckets.
fn ends(column: &Column, side: &Ordered) -> Option<(f64, f64)> {
    let told = column.numeric.as_ref().and_then(|it| Some((it.points.first()?, it.points.last()?)));
    if let Some((first, last)) = told.filter(|(first, last)| first.0 == 0.0 && last.0 == 1.0) {
        return Some((first.1, last.1));
    }
    let (first, last) = (side.entries.first()?, side.entries.last()?);
    let low = side.domain.number(side.domain.bucket(first.0, side.shift).0);
    Some((low, side.domain.number(side.domain.bucket(last.0, side.shift).1)))
}

fn quantile(side: &Ordered, p: f64) -> f64 {
    let n: u64 = side.entries.iter().map(|e| e.1).sum();
    let wanted = (n as f64 * p).max(1.0);
    let mut below = 0;
    let found = side.entries.iter().find(|entry| {
        below += entry.1;
        below as f64 >= wanted
    });
    found.map_or(0.0, |entry| {
        let (low, high) = side.domain.bucket(entry.0, side.shift);
        side.domain.number(low + (high - low) / 2)
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;

    #[test]
    fn the_chance_is_that_of_drawing_only_the_current_ones() {
        // The hypergeometric law: math.comb(m, k) / math.comb(n + m, k)
        for (k, n, m, expected) in [
            (0, 10, 10, 1.0),
            (1, 10, 10, 0.5),
            (2, 10, 10, 9.0 / 38.0),
            (3, 5, 3, 1.0 / 56.0),
            (4, 5, 3, 1.0 / 56.0),
        ] {
            crate::num::testing::close(chance(k, n, m), expected, 1e-14);
        }
        assert_eq!(chance(1 << 40, 1 << 50, 1 << 45), 0.0);
    }

    #[test]
    fn values_beyond_either_end_are_counted() {
        let before = integers("x", 0..1000);
        let found = escape(&before, &integers("x", (-3..990).chain([5000]))).expect("numbers");
        assert_eq!((found.below, found.above, found.range, found.now), (3, 1, (0.0, 999.0), (-3.0, 5000.0)));
        assert!(found.large && found.p_value > 0.2);
        let none = escape(&before, &integers("x", 0..1000)).expect("numbers");
        assert_eq!((none.p_value, none.large), (1.0, false));
    }

    #[test]
    fn buckets_count_only_what_is_surely_beyond() {
        let before = coarse(floats_of("x", (0..1000).map(f64::from)), 64);
        let found = escape(&before, &floats_of("x", [999.5, 1e9])).expect("numbers");
        assert_eq!(found.above, 1);
    }

    #[test]
    fn words_and_empty_sides_have_no_range() {
        assert_eq!(escape(&texts("x", &[("a", 5)]), &texts("x", &[("b", 5)])), None);
        assert_eq!(escape(&integers("x", []), &integers("x", [1])), None);
    }
}
