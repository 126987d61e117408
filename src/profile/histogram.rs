//! Equal-width histograms: counted keys in, at most 40 bins with strictly rising edges out.
//!
//! Integers, decimals and times get bins of a whole number of steps (the greatest common divisor of the values'
//! distances), so that equal data give level bins. Infinities are left out.

use crate::cell::Domain;
use crate::cell::domain::float;

use super::scalar::integer_of;
use super::{Buckets, Histogram};

/// The most bins.
pub const BINS: u64 = 40;

/// What the edges are shown in.
pub struct Axis<'a> {
    /// How many of the keys' units make one of the edges': 1 for numbers and days, 1,000,000 for microseconds in
    /// seconds.
    pub per: f64,
    /// The text of an edge, for temporal columns.
    pub label: Option<&'a dyn Fn(f64) -> String>,
}

/// The histogram of the finite values; `None` without one.
pub fn histogram(buckets: &Buckets<'_>, axis: &Axis<'_>) -> Option<Histogram> {
    let finite = Finite::new(buckets)?;
    let edges = match finite.step() {
        Some(step) => finite.stepped(step, axis.per),
        None => finite.divided(),
    };
    let (counts, exact) = finite.count(&edges.keys);
    let labels =
        axis.label.map_or_else(Vec::new, |label| edges.numbers.iter().map(|&edge| label(edge)).collect());
    Some(Histogram { edges: edges.numbers, counts, labels, exact })
}

/// One more than bins, as keys and as the numbers that are shown; the last bin holds its upper edge too.
struct Edges {
    keys: Vec<u128>,
    numbers: Vec<f64>,
}

/// The entries without the infinities, and the range of the rest.
struct Finite<'a> {
    buckets: &'a Buckets<'a>,
    entries: &'a [(u128, u64)],
    low: u128,
    high: u128,
    n: u64,
}

impl<'a> Finite<'a> {
    fn new(buckets: &'a Buckets<'a>) -> Option<Finite<'a>> {
        let (floor, ceiling) = match buckets.domain {
            Domain::Float => (float(-f64::MAX).into(), float(f64::MAX).into()),
            _ => (0, u128::MAX),
        };
        let entries = buckets.entries;
        let from = entries.partition_point(|&(bucket, _)| buckets.ends(bucket).1 < floor);
        let to = entries.partition_point(|&(bucket, _)| buckets.ends(bucket).0 <= ceiling);
        let entries = entries.get(from..to)?;
        let low = buckets.ends(entries.first()?.0).0.max(floor);
        let high = buckets.ends(entries.last()?.0).1.min(ceiling);
        let n = entries.iter().fold(0u64, |n, &(_, count)| n.saturating_add(count));
        Some(Finite { buckets, entries, low, high, n })
    }

    /// The smallest b with b³ ≥ 8n (the Rice rule), at most 40.
    fn bins(&self) -> u64 {
        (1..BINS).find(|b| u128::from(b * b * b) >= 8 * u128::from(self.n)).unwrap_or(BINS)
    }

    /// The greatest common divisor of the values' distances, 1 where there is one value or where they are not known;
    /// `None` where values are not integers.
    fn step(&self) -> Option<u128> {
        if !self.buckets.is_exact() {
            return (self.buckets.domain != Domain::Float).then_some(1);
        }
        let low = self.integer(self.low)?;
        let mut step = 0;
        for &(key, _) in self.entries {
            let distance = self.integer(key)?.wrapping_sub(low) as u128;
            if step != 1 {
                step = gcd(step, distance);
            }
        }
        Some(step.max(1))
    }

    /// The integer of a key, of a float's too where it is one that a double holds exactly with its neighbours.
    fn integer(&self, key: u128) -> Option<i128> {
        if self.buckets.domain != Domain::Float {
            return Some(integer_of(self.buckets.domain, key));
        }
        let x = self.buckets.number(key);
        (x.trunc() == x && x.abs() <= 9_007_199_254_740_992.0).then_some(x as i128)
    }

    /// Edges a whole number of steps apart, from the smallest value on.
    fn stepped(&self, step: u128, per: f64) -> Edges {
        let base = self.integer(self.low).unwrap_or(0);
        let span = self.integer(self.high).unwrap_or(0).wrapping_sub(base) as u128;
        // Every step has its own bin where they are few.
        let bins = if span / step < u128::from(BINS) { BINS } else { self.bins() };
        let mut steps = (span / step / u128::from(bins)).saturating_add(1);
        loop {
            let width = step.saturating_mul(steps);
            let edges = self.every(base, width, span / width + 1, per);
            if edges.numbers.is_sorted_by(|a, b| a < b) {
                return edges;
            }
            // The steps are finer than doubles are at this height.
            if span / width == 0 {
                let low = edges.numbers[0];
                return Edges { keys: vec![self.low, self.high], numbers: vec![low, low.next_up()] };
            }
            steps = steps.saturating_mul(2);
        }
    }

    fn every(&self, base: i128, width: u128, bins: u128, per: f64) -> Edges {
        let mut edges = Edges { keys: Vec::new(), numbers: Vec::new() };
        for i in 0..=bins {
            let offset = width.saturating_mul(i);
            let edge = base.checked_add_unsigned(offset);
            let (key, number) = match (self.buckets.domain, edge) {
                (Domain::Float, _) => {
                    let x = base as f64 + offset as f64;
                    (float(x).into(), x)
                }
                (Domain::Signed | Domain::Boolean, _) => {
                    let key = self.low.saturating_add(offset);
                    let number = edge.unwrap_or(i128::MAX) as f64;
                    (key, number)
                }
                (Domain::Wide(_), Some(_)) => {
                    let key = self.low.saturating_add(offset);
                    (key, self.buckets.number(key))
                }
                (Domain::Wide(_), None) => (u128::MAX, self.buckets.number(u128::MAX)),
            };
            edges.keys.push(key);
            edges.numbers.push(number / per);
        }
        edges
    }

    /// Edges that divide the range of floats, each a double of its own.
    fn divided(&self) -> Edges {
        let (low, high) = (self.buckets.number(self.low), self.buckets.number(self.high));
        if self.low == self.high {
            let (mut from, mut to) = (low - 0.5, low + 0.5);
            if !(from < low && low < to) {
                (from, to) = (low.next_down().max(-f64::MAX), low.next_up().min(f64::MAX));
            }
            return Edges { keys: vec![float(from).into(), float(to).into()], numbers: vec![from, to] };
        }
        let bins = u128::from(self.bins()).min(self.high - self.low);
        let mut keys = vec![self.low];
        for i in 1..bins {
            let share = i as f64 / bins as f64;
            let gap = high - low;
            let edge = if gap.is_finite() { low + gap * share } else { low * (1.0 - share) + high * share };
            let after = keys.last().map_or(self.low, |last| last + 1);
            keys.push(u128::from(float(edge)).max(after).min(self.high - (bins - i)));
        }
        keys.push(self.high);
        let numbers = keys.iter().map(|&key| self.buckets.number(key)).collect();
        Edges { keys, numbers }
    }

    /// The ends of a bucket within the range.
    fn ends(&self, bucket: u128) -> (u128, u128) {
        let (low, high) = self.buckets.ends(bucket);
        (low.max(self.low), high.min(self.high))
    }

    /// Counts per bin, and whether no bucket lies across an edge. One that does is split by the width of its parts,
    /// rounded so that they still sum up.
    fn count(&self, edges: &[u128]) -> (Vec<u64>, bool) {
        let last = edges.len().saturating_sub(2);
        let mut counts = vec![0u64; last + 1];
        let mut exact = true;
        let mut rest = self.entries;
        let mut bin = 0;
        while bin <= last {
            // The last bin holds all that is left; of the others those entries that end below the bin's upper edge.
            let below = |&(bucket, _): &(u128, u64)| self.ends(bucket).1 < edges[bin + 1];
            let (within, beyond) =
                rest.split_at(if bin < last { rest.partition_point(below) } else { rest.len() });
            counts[bin] = within.iter().fold(counts[bin], |sum, &(_, count)| sum.saturating_add(count));
            rest = beyond;
            let across = rest.split_first().filter(|((bucket, _), _)| self.ends(*bucket).0 < edges[bin + 1]);
            let Some((&(bucket, count), after)) = across else {
                bin += 1;
                continue;
            };
            exact = false;
            rest = after;
            let (low, high) = self.ends(bucket);
            let mut given = 0;
            while bin < last && high >= edges[bin + 1] {
                let share = (edges[bin + 1] - low) as f64 / ((high - low) as f64 + 1.0);
                let upto = ((count as f64 * share).round() as u64).clamp(given, count);
                counts[bin] = counts[bin].saturating_add(upto - given);
                given = upto;
                bin += 1;
            }
            counts[bin] = counts[bin].saturating_add(count - given);
        }
        (counts, exact)
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = match (u64::try_from(a), u64::try_from(b)) {
            // Several times as quick as of 128 bits.
            (Ok(small), Ok(by)) => (b, (small % by).into()),
            _ => (b, a % b),
        };
    }
    a
}

#[cfg(test)]
mod tests {
    use super::super::buckets::tests::{floats, integers, ordered};
    use super::*;
    use crate::cell::domain::wide;
    use proptest::prelude::*;

    const NUMBERS: Axis<'static> = Axis { per: 1.0, label: None };

    fn of(ordered: &super::super::Ordered) -> Histogram {
        histogram(&Buckets::new(ordered, None).unwrap(), &NUMBERS).unwrap()
    }

    #[test]
    fn equal_integers_give_level_bins() {
        let h = of(&integers(0, &(0..1000).collect::<Vec<_>>()));
        assert_eq!((h.counts.len(), &h.edges[..3]), (20, &[0.0, 50.0, 100.0][..]));
        assert!(h.counts.iter().all(|&count| count == 50) && h.exact);
        let h = of(&integers(0, &[10, 20, 20, 40]));
        assert_eq!((h.edges, h.counts), (vec![10.0, 20.0, 30.0, 40.0, 50.0], vec![1, 2, 0, 1]));
        let h = of(&floats(0, &[1.0, 3.0, 3.0]));
        assert_eq!((h.edges, h.counts), (vec![1.0, 3.0, 5.0], vec![1, 2]));
    }

    #[test]
    fn days_in_microseconds_give_level_bins_in_seconds() {
        let day = 86_400_000_000i64;
        let days: Vec<i64> = (0..730).map(|i| i * day).collect();
        let label = |seconds: f64| format!("day {}", seconds / 86_400.0);
        let ordered = integers(0, &days);
        let axis = Axis { per: 1e6, label: Some(&label) };
        let h = histogram(&Buckets::new(&ordered, None).unwrap(), &axis).unwrap();
        assert!(h.counts[..h.counts.len() - 1].iter().all(|&count| count == h.counts[0]));
        assert_eq!((h.labels[0].as_str(), h.edges[1] % 86_400.0), ("day 0", 0.0));
        assert_eq!(h.labels.len(), h.edges.len());
    }

    #[test]
    fn floats_are_counted_as_by_numpy() {
        // numpy `histogram(sin(arange(30)), 7)`; 7 is the Rice rule's number for 30 values.
        let x: Vec<f64> = SINES.to_vec();
        let h = of(&floats(0, &x));
        assert_eq!(h.counts, NUMPY_COUNTS);
        for (edge, numpy) in h.edges.iter().zip(NUMPY_EDGES) {
            assert!((edge - numpy).abs() < 1e-15);
        }
    }

    #[rustfmt::skip]
    #[allow(clippy::excessive_precision, clippy::unreadable_literal, reason = "as numpy prints them")]
    const SINES: [f64; 30] = [0.0, 0.8414709848078965, 0.9092974268256817, 0.1411200080598672, -0.7568024953079282, -0.9589242746631385, -0.27941549819892586, 0.6569865987187891, 0.9893582466233818, 0.4121184852417566, -0.5440211108893698, -0.9999902065507035, -0.5365729180004349, 0.4201670368266409, 0.9906073556948704, 0.6502878401571168, -0.2879033166650653, -0.9613974918795568, -0.750987246771676, 0.14987720966295234, 0.9129452507276277, 0.8366556385360561, -0.008851309290403876, -0.8462204041751706, -0.9055783620066239, -0.13235175009777303, 0.7625584504796027, 0.956375928404503, 0.27090578830786904, -0.6636338842129675];
    const NUMPY_COUNTS: [u64; 7] = [7, 3, 2, 3, 5, 2, 8];
    #[rustfmt::skip]
    #[allow(clippy::excessive_precision, clippy::unreadable_literal, reason = "as numpy prints them")]
    const NUMPY_EDGES: [f64; 8] = [-0.9999902065507035, -0.7156191262299072, -0.4312480459091109, -0.14687696558831465, 0.13749411473248163, 0.421865195053278, 0.7062362753740742, 0.9906073556948704];

    #[test]
    fn one_value_has_one_bin() {
        for ordered in
            [integers(0, &[7, 7]), floats(0, &[0.3, 0.3]), floats(0, &[1e300]), floats(0, &[f64::MAX])]
        {
            let h = of(&ordered);
            assert_eq!((h.counts.len(), h.edges.len()), (1, 2));
            assert!(h.edges[0] < h.edges[1] && h.edges.iter().all(|edge| edge.is_finite()), "{h:?}");
        }
        assert_eq!(of(&integers(0, &[i64::MAX])).counts, [1]);
        assert_eq!(of(&ordered(Domain::Wide(3), 0, [wide(i128::MAX)])).counts, [1]);
    }

    #[test]
    fn infinities_are_left_out() {
        let inf = f64::INFINITY;
        assert_eq!(of(&floats(0, &[-inf, 0.5, 0.5, inf])).counts, [2]);
        let only = floats(0, &[inf]);
        assert_eq!(histogram(&Buckets::new(&only, None).unwrap(), &NUMBERS), None);
    }

    proptest! {
        #[test]
        fn floats_of_any_bits_keep_every_value(
            bits in proptest::collection::vec(any::<u64>(), 1..60), shift in 0u32..64, near in any::<bool>(),
        ) {
            let bits = bits.into_iter().map(|b| if near { 0x3ff0_0000_0000_0000 + b % 9 } else { b });
            let x: Vec<f64> = bits.map(f64::from_bits).filter(|x| x.is_finite()).chain([1.5]).collect();
            let h = of(&floats(shift, &x));
            prop_assert_eq!(h.counts.iter().sum::<u64>(), x.len() as u64);
            prop_assert!(h.edges.is_sorted_by(|a, b| a < b) && h.counts.len() <= 40);
            prop_assert!(h.edges.iter().all(|edge| edge.is_finite()) && h.edges.len() == h.counts.len() + 1);
            if shift == 0 {
                let last = h.counts.len() - 1;
                for (i, &count) in h.counts.iter().enumerate() {
                    let inside = |x: f64| x >= h.edges[i] && (x < h.edges[i + 1] || i == last && x <= h.edges[i + 1]);
                    prop_assert_eq!(x.iter().filter(|&&x| inside(x)).count() as u64, count);
                }
            }
        }

        #[test]
        fn integers_of_any_size_keep_every_value(
            x in proptest::collection::vec(any::<i128>(), 1..60), down in 0u32..127, shift in 0u32..128, scale in 0u8..4,
        ) {
            let keys = x.iter().map(|&x| wide((x >> down).wrapping_add(if scale > 1 { i128::MAX / 3 } else { 0 })));
            let h = of(&ordered(Domain::Wide(scale), shift, keys));
            prop_assert_eq!(h.counts.iter().sum::<u64>(), x.len() as u64);
            prop_assert!(h.edges.is_sorted_by(|a, b| a < b) && h.counts.len() <= 41, "{:?}", h);
            let x: Vec<i64> = x.iter().map(|&x| (x >> 64 >> down.min(63)) as i64).collect();
            let h = of(&integers(shift.min(63), &x));
            prop_assert_eq!(h.counts.iter().sum::<u64>(), x.len() as u64);
            prop_assert!(h.edges.is_sorted_by(|a, b| a < b) && h.counts.len() <= 40, "{:?}", h);
        }
    }
}
