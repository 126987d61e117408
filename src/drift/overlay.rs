//! Both shapes for a chart: a paired distribution in, shares of the valid cells on shared bins out.

use super::Overlay;
use super::pair::{self, Pair};
use super::values::Values;
use super::words;
use crate::cell::{Type, domain};

/// Equal-width bins of an ordered column.
const BINS: usize = 30;
/// Categories with a bar of their own.
const BARS: usize = 12;
/// The share of each side that may lie beyond either end and is counted in the last bin there.
const CLIPPED: f64 = 0.005;

/// (value, reference count, current count) by rising value; infinite values are left out.
pub(crate) fn points(pair: &Pair<'_>, ty: Type) -> Vec<(f64, u64, u64)> {
    let Pair::Ordered { reference, current } = pair else { return Vec::new() };
    let (mut i, mut j) = (0, 0);
    let mut points = Vec::with_capacity(reference.entries.len().max(current.entries.len()));
    loop {
        let (a, b) = (reference.entries.get(i), current.entries.get(j));
        let key = match (a, b) {
            (Some(a), Some(b)) => a.0.min(b.0),
            (Some(e), None) | (None, Some(e)) => e.0,
            (None, None) => return points,
        };
        let (mut n, mut m) = (0, 0);
        if let Some(a) = a.filter(|e| e.0 == key) {
            (n, i) = (a.1, i + 1);
        }
        if let Some(b) = b.filter(|e| e.0 == key) {
            (m, j) = (b.1, j + 1);
        }
        let value = pair::number(ty, reference, key);
        if value.is_finite() {
            points.push((value, n, m));
        }
    }
}

/// Bars per value.
pub(crate) fn categories(values: &Values<'_>) -> Overlay {
    let share = |count: u64, total: u64| if total == 0 { 0.0 } else { count as f64 / total as f64 };
    let shares =
        |i: usize| (share(values.all[i].reference, values.n), share(values.all[i].current, values.m));
    let larger = |i: usize| shares(i).0.max(shares(i).1);
    let by_share = |a: &usize, b: &usize| larger(*b).total_cmp(&larger(*a)).then(a.cmp(b));
    let mut others = vec![true; values.all.len()];
    let mut overlay = Overlay::default();
    for i in crate::order::first(0..values.all.len(), BARS, by_share) {
        others[i] = false;
        overlay.labels.push(values.name(&values.all[i]));
        overlay.reference.push(shares(i).0);
        overlay.current.push(shares(i).1);
    }
    if others.contains(&true) {
        let others = || values.all.iter().zip(&others).filter(|(_, other)| **other).map(|(value, _)| value);
        overlay.labels.push("other".into());
        overlay.reference.push(share(others().map(|it| it.reference).sum(), values.n));
        overlay.current.push(share(others().map(|it| it.current).sum(), values.m));
    }
    overlay
}

/// Equal-width bins over the range that holds nearly all of either side.
pub(crate) fn ranges(points: &[(f64, u64, u64)], ty: Type) -> Option<Overlay> {
    let n: u64 = points.iter().map(|p| p.1).sum();
    let m: u64 = points.iter().map(|p| p.2).sum();
    let ends: Vec<(f64, f64)> =
        [inner(points.iter().map(|p| (p.0, p.1)), n), inner(points.iter().map(|p| (p.0, p.2)), m)]
            .into_iter()
            .flatten()
            .collect();
    let low = ends.iter().map(|e| e.0).reduce(f64::min)?;
    let high = ends.iter().map(|e| e.1).reduce(f64::max)?;
    let edges = edges(low, high, ty)?;
    let bins = edges.len() - 1;
    let (mut reference, mut current) = (vec![0; bins], vec![0; bins]);
    let mut at = 0;
    for &(value, a, b) in points {
        while at + 1 < bins && value >= edges[at + 1] {
            at += 1;
        }
        reference[at] += a;
        current[at] += b;
    }
    let shares =
        |counts: Vec<u64>, total: u64| counts.iter().map(|&c| c as f64 / total.max(1) as f64).collect();
    let labels = edges.iter().filter_map(|&edge| label(edge, ty)).collect();
    Some(Overlay { labels, reference: shares(reference, n), current: shares(current, m), edges })
}

/// The ends of the middle 99 %; `None` for an empty side.
fn inner(side: impl Iterator<Item = (f64, u64)>, total: u64) -> Option<(f64, f64)> {
    let (first, last) = (total as f64 * CLIPPED, total as f64 * (1.0 - CLIPPED));
    let mut below = 0;
    let mut ends = None;
    for (value, count) in side.filter(|e| e.1 > 0) {
        let started = below as f64;
        below += count;
        if below as f64 > first && started <= last {
            ends = Some((ends.map_or(value, |e: (f64, f64)| e.0), value));
        }
    }
    ends
}

fn edges(low: f64, high: f64, ty: Type) -> Option<Vec<f64>> {
    let whole = matches!(ty, Type::Integer | Type::WideInteger | Type::Date);
    let (low, high) = if low == high {
        let margin = if whole { 1.0 } else { (low.abs() * 0.05).max(0.5) };
        if whole { (low, low + margin) } else { (low - margin, low + margin) }
    } else {
        (low, high)
    };
    let bins = if whole && high - low < BINS as f64 { (high - low) as usize + 1 } else { BINS };
    let top = if whole && bins < BINS { low + bins as f64 } else { high };
    let width = top - low;
    let edge = |i: usize| match i as f64 / bins as f64 {
        _ if i == bins => top,
        // As a weighted mean where the width overflows.
        share if width.is_infinite() => low * (1.0 - share) + top * share,
        _ => low + width * i as f64 / bins as f64,
    };
    let edges: Vec<f64> = (0..=bins).map(edge).collect();
    edges.windows(2).all(|w| w[0] < w[1]).then_some(edges)
}

/// A value of an ordered column as a person reads it, temporal ones as ISO 8601 text.
pub(crate) fn shown(x: f64, ty: Type) -> String {
    label(x, ty).unwrap_or_else(|| words::number(x))
}

fn label(edge: f64, ty: Type) -> Option<String> {
    if !ty.is_temporal() {
        return None;
    }
    let key = domain::signed((edge * pair::scale(ty)) as i64);
    Some(words::value(ty, crate::cell::Domain::Signed, key.into()))
}

#[cfg(test)]
mod tests {
    use super::super::pair::pair;
    use super::super::testing::*;
    use super::*;
    use crate::profile::Column;

    fn shapes(a: &Column, b: &Column) -> Overlay {
        ranges(&points(&pair(a, b).expect("comparable"), a.ty), a.ty).expect("a range")
    }

    #[test]
    fn both_sides_share_their_edges_and_each_adds_up_to_one() {
        let found =
            shapes(&floats_of("x", (0..1000).map(f64::from)), &floats_of("x", (500..1500).map(f64::from)));
        assert_eq!((found.edges.len(), found.reference.len(), found.current.len()), (31, 30, 30));
        for side in [&found.reference, &found.current] {
            assert!((side.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        assert!(found.labels.is_empty());
    }

    #[test]
    fn one_wild_value_does_not_squash_the_chart() {
        let found = shapes(&floats_of("x", (0..1000).map(f64::from).chain([1e300])), &floats_of("x", [1.0]));
        assert!(found.edges[30] < 1000.0);
    }

    #[test]
    fn small_integers_have_a_bar_each_and_dates_their_text() {
        let found = shapes(&integers("x", [1, 2, 2, 5]), &integers("x", [3]));
        assert_eq!(found.edges, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let days = keys("x", Type::Date, [15_706_i64, 15_707].map(|d| domain::signed(d).into()));
        assert_eq!(shapes(&days, &days).labels, ["2013-01-01", "2013-01-02", "2013-01-03"]);
    }

    #[test]
    fn constants_and_extremes_have_a_chart_too() {
        assert_eq!(shapes(&floats_of("x", [0.0; 3]), &floats_of("x", [0.0])).edges.len(), 31);
        assert_eq!(shapes(&floats_of("x", [-f64::MAX, f64::MAX]), &floats_of("x", [0.0])).edges.len(), 31);
        assert!(ranges(&[], Type::Float).is_none());
    }

    #[test]
    fn the_rarest_categories_are_one_bar() {
        let names: Vec<String> = (0..20).map(|i| format!("v{i:02}")).collect();
        let list: Vec<(&str, u64)> =
            names.iter().enumerate().map(|(i, n)| (n.as_str(), 100 - i as u64)).collect();
        let column = texts("x", &list);
        let paired = pair(&column, &column).expect("comparable");
        let found = categories(&super::super::values::values(&paired, Type::Text).expect("values"));
        assert_eq!(
            (found.labels.len(), found.labels[0].as_str(), found.labels[12].as_str()),
            (13, "v00", "other")
        );
        assert!((found.reference.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
