//! Distinct values with both counts: two samples in, the points that the measures of ordered values take out.

/// (value, reference count, current count) by rising value, finite values only.
pub type Points = [(f64, u64, u64)];

/// The points of two samples in any order; values that are not finite are left out. O(n log n).
pub fn points(reference: &[f64], current: &[f64]) -> Vec<(f64, u64, u64)> {
    let finite = |values: &[f64], side: (u64, u64)| -> Vec<(f64, u64, u64)> {
        values.iter().filter(|v| v.is_finite()).map(|&v| (v, side.0, side.1)).collect()
    };
    let mut all = finite(reference, (1, 0));
    all.extend(finite(current, (0, 1)));
    crate::order::sort_by(&mut all, |a, b| a.0.total_cmp(&b.0));
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
            kept.2 += next.2;
        }
        same
    });
    all
}

/// Cells of both sides; `None` where one has none.
pub(super) fn sizes(points: &Points) -> Option<(f64, f64)> {
    let total = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.1 as f64, sum.1 + p.2 as f64));
    (total.0 > 0.0 && total.1 > 0.0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_one_point_and_what_is_not_finite_is_none() {
        let found = points(&[2.0, -0.0, f64::NAN, 2.0], &[0.0, f64::INFINITY, 1.0]);
        assert_eq!(found, [(0.0, 1, 1), (1.0, 0, 1), (2.0, 2, 0)]);
        assert_eq!((sizes(&found), sizes(&[(1.0, 3, 0)])), (Some((3.0, 2.0)), None));
    }
}
