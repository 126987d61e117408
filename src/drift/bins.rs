//! The bins that both sides are counted in: a paired distribution in, ranges, values or categories with both counts out.
//!
//! Ranges are the reference's tenths, cut between its keys, so that saved and full profiles share them; a value that
//! holds a tenth or more is a bin of its own. The first and the last range are open. Categories are the most frequent values of
//! both sides together, rare ones whose share has surely changed, and `other`: swapping the sides changes no bin. Missing and
//! invalid cells are bins beside them.

use super::pair::Pair;
use super::rare::Rare;
use super::values::{Counted, Values, frequent};
use super::words;
use crate::cell::Type;
use crate::profile::{Column, Ordered};

/// Quantile bins of an ordered column.
const TENTHS: u64 = 10;
/// The fewest cells of both sides that earn a category a bin of its own, or the share of a side where there are few rows.
const CELLS: u64 = 5;
const SHARE: f64 = 0.1;
/// The change of share from which on a rare value has one: many that change by less (planes that come and go) are none.
const CHANGE: f64 = 0.005;

/// One bin with both counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bin {
    /// What is in it, for a person.
    pub label: String,
    /// `range`, `category`, `missing`, `invalid`, `other`.
    pub kind: &'static str,
    /// Cells in the reference.
    pub reference: u64,
    /// Cells in the current file.
    pub current: u64,
}

/// Counts alone, as the measures take them.
pub(crate) fn counts(bins: &[Bin]) -> Vec<(u64, u64)> {
    bins.iter().map(|bin| (bin.reference, bin.current)).collect()
}

/// The bins of the valid cells; `values` are those of [`super::values::values`].
pub(crate) fn valid(pair: &Pair<'_>, values: Option<&Values<'_>>, ty: Type) -> Vec<Bin> {
    match (values, pair) {
        (Some(values), _) => categories(values),
        (None, Pair::Ordered { reference, current }) => ranges(reference, current, ty),
        (None, _) => Vec::new(),
    }
}

/// The bins of the cells without a valid value.
pub(crate) fn others(reference: &Column, current: &Column) -> [Bin; 2] {
    let bin = |kind: &'static str, reference, current| Bin { label: kind.into(), kind, reference, current };
    [bin("missing", reference.missing, current.missing), bin("invalid", reference.invalid, current.invalid)]
}

/// The values that have a bin of their own, by their places among all.
pub(crate) fn chosen(values: &Values<'_>) -> Vec<usize> {
    let share = |cells: u64, of: u64| cells as f64 / of.max(1) as f64;
    let is_large = |it: &Counted<'_>| {
        it.reference + it.current >= CELLS
            || share(it.reference, values.n).max(share(it.current, values.m)) >= SHARE
    };
    let mut chosen: Vec<usize> = frequent(values).filter(|&i| is_large(&values.all[i])).collect();
    let change = |it: &Counted<'_>| (share(it.current, values.m) - share(it.reference, values.n)).abs();
    for i in Rare::of(values).changed() {
        if change(&values.all[i]) >= CHANGE && !chosen.contains(&i) {
            chosen.push(i);
        }
    }
    chosen
}

fn categories(values: &Values<'_>) -> Vec<Bin> {
    let mut bins: Vec<Bin> = chosen(values)
        .iter()
        .map(|&i| &values.all[i])
        .map(|v| Bin { label: values.name(v), kind: "category", reference: v.reference, current: v.current })
        .collect();
    let rest = |total: u64, of: fn(&Bin) -> u64| total - bins.iter().map(of).sum::<u64>();
    let (reference, current) = (rest(values.n, |b| b.reference), rest(values.m, |b| b.current));
    if reference + current > 0 {
        bins.push(Bin { label: "other".into(), kind: "other", reference, current });
    }
    bins
}

/// The last key of every bin but the last, which is open.
pub(crate) fn cuts(entries: &[(u128, u64)]) -> Vec<u128> {
    let n: u64 = entries.iter().map(|e| e.1).sum();
    let full = |cells: u64| u128::from(cells) * u128::from(TENTHS) >= u128::from(n);
    let mut cuts: Vec<u128> = Vec::new();
    let mut held = 0;
    let mut after_atom = false;
    for &(key, count) in entries {
        if full(count) {
            if key > 0 && cuts.last().is_none_or(|&cut| cut < key - 1) {
                cuts.push(key - 1);
            }
            cuts.push(key);
            (held, after_atom) = (0, true);
        } else {
            held += count;
            if full(held) {
                cuts.push(key);
                (held, after_atom) = (0, false);
            }
        }
    }
    // What is left at the end belongs to the last range, unless it is half a tenth or stands behind a value's own bin.
    if !after_atom && !full(2 * held) {
        cuts.pop();
    }
    cuts
}

fn ranges(reference: &Ordered, current: &Ordered, ty: Type) -> Vec<Bin> {
    let cuts = cuts(&reference.entries);
    let fill = |entries: &[(u128, u64)]| {
        let mut filled = vec![0; cuts.len() + 1];
        let mut at = 0;
        for &(key, count) in entries {
            while at < cuts.len() && key > cuts[at] {
                at += 1;
            }
            filled[at] += count;
        }
        filled
    };
    let (left, right) = (fill(&reference.entries), fill(&current.entries));
    let low = |bucket| words::value(ty, reference.domain, reference.domain.bucket(bucket, reference.shift).0);
    let high =
        |bucket| words::value(ty, reference.domain, reference.domain.bucket(bucket, reference.shift).1);
    (0..=cuts.len())
        .filter(|&i| left[i] + right[i] > 0)
        .map(|i| {
            let label = match (i.checked_sub(1).map(|i| cuts[i]), cuts.get(i)) {
                (None, None) => "all".into(),
                (None, Some(&end)) => format!("≤ {}", high(end)),
                (Some(before), None) => format!("> {}", high(before)),
                (Some(before), Some(&end)) if before + 1 == end && reference.shift == 0 => high(end),
                (Some(before), Some(&end)) => format!("{} … {}", low(before + 1), high(end)),
            };
            Bin { label, kind: "range", reference: left[i], current: right[i] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::pair::pair;
    use super::super::testing::*;
    use super::super::values::values;
    use super::*;

    fn bins_of(a: &Column, b: &Column) -> Vec<(String, u64, u64)> {
        let pair = pair(a, b).expect("comparable");
        let values = values(&pair, a.ty);
        valid(&pair, values.as_ref(), a.ty).into_iter().map(|b| (b.label, b.reference, b.current)).collect()
    }

    #[test]
    fn ranges_are_the_references_tenths_with_open_ends() {
        let found = bins_of(&integers("x", 0..1000), &integers("x", [-5, 99, 100, 899, 900, 5000]));
        assert_eq!(found.len(), 10);
        assert!(found.iter().all(|b| b.1 == 100));
        assert_eq!(found[0], ("≤ 99".into(), 100, 2));
        assert_eq!(found[1], ("100 … 199".into(), 100, 1));
        assert_eq!(found[9], ("> 899".into(), 100, 2));
    }

    #[test]
    fn a_heavy_value_is_a_bin_of_its_own() {
        let reference = floats_of("x", (0..900).map(|_| 0.0).chain((1..=100).map(f64::from)));
        let found = bins_of(&reference, &floats_of("x", [-1.0, 0.0, 0.5]));
        assert_eq!(found[1], ("0".into(), 900, 1));
        assert_eq!((found[0].2, found[2].1, found[2].2), (1, 100, 1));
    }

    #[test]
    fn a_constant_leaves_room_below_and_above() {
        let found = bins_of(&floats_of("x", [7.0; 30]), &floats_of("x", [6.0, 7.0, 8.0, 9.0]));
        assert_eq!(found.iter().map(|b| (b.1, b.2)).collect::<Vec<_>>(), [(0, 1), (30, 1), (0, 2)]);
    }

    #[test]
    fn rare_and_new_values_are_other() {
        let found =
            bins_of(&texts("x", &[("a", 50), ("b", 30), ("c", 2)]), &texts("x", &[("a", 5), ("d", 9)]));
        assert_eq!(
            found,
            [("a".into(), 50, 5), ("b".into(), 30, 0), ("d".into(), 0, 9), ("other".into(), 2, 0)]
        );
    }

    #[test]
    fn swapping_the_sides_changes_no_bin_and_no_code_is_lost_among_many() {
        let names: Vec<String> = (0..300).map(|i| format!("v{i}")).collect();
        let even: Vec<(&str, u64)> = names.iter().map(|it| (it.as_str(), 4)).collect();
        let few: Vec<(&str, u64)> = names[..10].iter().map(|it| (it.as_str(), 40)).collect();
        let (a, b) = (texts("x", &even), texts("x", &few));
        let swapped: Vec<_> = bins_of(&b, &a).into_iter().map(|(name, a, b)| (name, b, a)).collect();
        let found = bins_of(&a, &b);
        assert_eq!(found, swapped);
        assert_eq!(found.iter().filter(|it| it.2 == 40).count(), 10);
        // One of many codes takes over, whichever it is, in a file that is far smaller.
        for name in ["v0", "v150", "v299"] {
            let found = bins_of(&texts("x", &even), &texts("x", &[(name, 30), ("v1", 2), ("v2", 2)]));
            assert!(found.contains(&(name.into(), 4, 30)), "{name}");
        }
    }

    #[test]
    fn the_largest_and_the_smallest_key_fit() {
        let ends = integers("x", [i64::MIN, i64::MAX].into_iter().cycle().take(6));
        let found = bins_of(&ends, &ends);
        assert_eq!(found.iter().map(|b| b.1).sum::<u64>(), 6);
    }
}
