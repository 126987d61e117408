//! The Wasserstein distance in robust standard deviations: counts of ordered values in, how far the mass has moved out.

use super::points::Points;

/// W₁ = ∫ |F − G| dx, in the values' own unit; `None` where one side has no cell.
pub fn distance(points: &Points) -> Option<f64> {
    let n: u64 = points.iter().map(|p| p.1).sum();
    let m: u64 = points.iter().map(|p| p.2).sum();
    if n == 0 || m == 0 {
        return None;
    }
    let (mut below_n, mut below_m, mut sum) = (0, 0, 0.0);
    for pair in points.windows(2) {
        below_n += pair[0].1;
        below_m += pair[0].2;
        let gap = (below_n as f64 / n as f64 - below_m as f64 / m as f64).abs();
        if gap > 0.0 {
            sum += gap * (pair[1].0 - pair[0].0);
        }
    }
    Some(sum)
}

/// W₁ in standard deviations of the reference (of the population), which are taken for at least 0.001 as Evidently does;
/// `None` where one side has no cell or a square overflows.
pub fn normalised(points: &Points) -> Option<f64> {
    let distance = distance(points)?;
    let deviation = Some(deviation(points)).filter(|it| it.is_finite())?;
    Some(distance / deviation.max(0.001)).filter(|moved| moved.is_finite())
}

/// The reference's spread: its interquartile range / 1.349 (a normal law's standard deviation), or its standard
/// deviation where more than half of the cells are one value; `None` for a constant.
pub(crate) fn spread(points: &Points) -> Option<f64> {
    let n: u64 = points.iter().map(|p| p.1).sum();
    let (q1, q3) = (quantile(points, n, 0.25)?, quantile(points, n, 0.75)?);
    if q3 > q1 {
        return Some((q3 - q1) / 1.349);
    }
    let deviation = deviation(points);
    (deviation > 0.0 && deviation.is_finite()).then_some(deviation)
}

/// The reference's standard deviation, of the population; NaN without a cell.
fn deviation(points: &Points) -> f64 {
    let n: u64 = points.iter().map(|p| p.1).sum();
    let (count, mean) = (n as f64, points.iter().map(|p| p.0 / n as f64 * p.1 as f64).sum::<f64>());
    // A square may be infinite, and no cell of it is none of it.
    let held = points.iter().filter(|p| p.1 > 0);
    let variance = held.map(|p| (p.0 - mean) * (p.0 - mean) * (p.1 as f64 / count)).sum::<f64>();
    crate::num::sqrt(variance)
}

fn quantile(points: &Points, n: u64, p: f64) -> Option<f64> {
    let wanted = (n as f64 * p).max(1.0);
    let mut below = 0;
    points
        .iter()
        .find(|point| {
            below += point.1;
            below as f64 >= wanted && point.1 > 0
        })
        .map(|point| point.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: wasserstein_distance([0, 1, 3], [5, 6, 8]), ([1, 2, 2, 5], [2, 3, 9]), ([0, 0, 1], [0, 10])
        let cases: [(&Points, f64); 3] = [
            (&[(0.0, 1, 0), (1.0, 1, 0), (3.0, 1, 0), (5.0, 0, 1), (6.0, 0, 1), (8.0, 0, 1)], 5.0),
            (&[(1.0, 1, 0), (2.0, 2, 1), (3.0, 0, 1), (5.0, 1, 0), (9.0, 0, 1)], 2.166_666_666_666_667),
            (&[(0.0, 2, 1), (1.0, 1, 0), (10.0, 0, 1)], 4.666_666_666_666_667),
        ];
        for (points, expected) in cases {
            close(distance(points).expect("both sides have cells"), expected, 1e-14);
        }
        assert_eq!(distance(&[(1.0, 5, 0)]), None);
    }

    #[test]
    fn normalised_it_is_in_the_references_standard_deviations() {
        // scipy 1.17.1: wasserstein_distance(a, b) / max(np.std(a), 0.001) of [1, 2, 2, 5] and [2, 3, 9]
        let points = [(1.0, 1, 0), (2.0, 2, 1), (3.0, 0, 1), (5.0, 1, 0), (9.0, 0, 1)];
        close(normalised(&points).expect("cells"), 1.4444444444444446, 1e-14);
        close(normalised(&[(4.0, 9, 0), (5.0, 0, 1_000_000)]).expect("cells"), 1000.0, 1e-14);
        assert_eq!(normalised(&[(1.0, 0, 5)]), None);
    }

    #[test]
    fn one_wild_value_does_not_widen_the_spread() {
        let mut points: Vec<(f64, u64, u64)> = (0..1000).map(|i| (f64::from(i), 1, 0)).collect();
        let tame = spread(&points);
        points.push((1e300, 1, 0));
        assert!((spread(&points).expect("spread") - tame.expect("spread")).abs() < 2.0);
    }

    #[test]
    fn a_column_of_mostly_one_value_has_a_spread_and_a_constant_none() {
        close(spread(&[(0.0, 90, 0), (1.0, 10, 0)]).expect("spread"), 0.3, 1e-12);
        assert_eq!(spread(&[(4.0, 90, 0)]), None);
        assert_eq!(spread(&[]), None);
    }
}
