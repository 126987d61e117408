//! NannyML's thresholds: a statistic of each reference chunk in, the values between which a chunk is as usual out.

use super::super::asked::Limit;
use crate::num::sqrt;

/// The values between which nothing alerts; `None`: no bound.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bounds {
    /// The lower one.
    pub lower: Option<f64>,
    /// The upper one.
    pub upper: Option<f64>,
}

/// What happens to a bound at or beyond what the statistic can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    /// It is that value.
    Held,
    /// There is none.
    Dropped,
}

/// `StandardDeviationThreshold`: mean ± k·std (of the population) over the chunks that have a value.
pub(super) fn deviations(values: &[f64], k: f64) -> (f64, f64) {
    // Summed as numpy does, so that equal values have exactly that mean, or miss it by as much.
    let n = values.iter().filter(|it| !it.is_nan()).count() as f64;
    let sum = |of: &dyn Fn(f64) -> f64| {
        pairwise(&values.iter().map(|it| if it.is_nan() { 0.0 } else { of(*it) }).collect::<Vec<f64>>())
    };
    let mean = sum(&|x| x) / n;
    let spread = sqrt(sum(&|x| (x - mean) * (x - mean)) / n);
    (mean - spread * k, mean + spread * k)
}

/// numpy's sum: eight running sums over at most 128 numbers, halves beyond.
fn pairwise(values: &[f64]) -> f64 {
    let n = values.len();
    if n < 8 {
        return values.iter().sum();
    }
    if n > 128 {
        let half = n / 2 - n / 2 % 8;
        return pairwise(&values[..half]) + pairwise(&values[half..]);
    }
    let whole = n - n % 8;
    let mut r = [0.0; 8];
    for eight in values[..whole].chunks_exact(8) {
        r.iter_mut().zip(eight).for_each(|(sum, x)| *sum += x);
    }
    let sums = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    values[whole..].iter().fold(sums, |sum, x| sum + x)
}

/// The bounds of a statistic that lies within these limits.
pub(super) fn within(bounds: Bounds, limits: (Option<f64>, Option<f64>), beyond: Beyond) -> Bounds {
    let held = |bound: Option<f64>, limit: Option<f64>, past: fn(f64, f64) -> bool| match (bound, limit) {
        (Some(bound), Some(limit)) if past(bound, limit) => (beyond == Beyond::Held).then_some(limit),
        _ => bound,
    };
    Bounds {
        lower: held(bounds.lower, limits.0, |bound, limit| bound <= limit),
        upper: held(bounds.upper, limits.1, |bound, limit| bound >= limit),
    }
}

/// An upper bound alone: three deviations, or what was asked for.
pub(super) fn upper(values: &[f64], asked: Option<Limit>, most: Option<f64>) -> Bounds {
    let upper = match asked {
        Some(Limit::Constant(value)) => value,
        Some(Limit::Deviations(k)) => deviations(values, k).1,
        None => deviations(values, 3.0).1,
    };
    within(Bounds { lower: None, upper: Some(upper) }, (Some(0.0), most), Beyond::Held)
}

impl Bounds {
    /// Whether a value is beyond; NaN is not.
    pub(super) fn beyond(self, value: f64) -> bool {
        self.lower.is_some_and(|bound| value < bound) || self.upper.is_some_and(|bound| value > bound)
    }

    /// Whether a value is not strictly inside, as NannyML's summary statistics alert: NaN and the bound itself are not.
    pub(super) fn not_inside(self, value: f64) -> bool {
        let above = self.lower.is_none_or(|bound| bound < value);
        let below = self.upper.is_none_or(|bound| value < bound);
        value.is_nan() || !(above && below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn bounds_are_those_of_nannyml() {
        // nannyml 0.13.1: StandardDeviationThreshold(None, 3).thresholds([.1, nan, .2, .4])
        let (lower, upper) = deviations(&[0.1, f64::NAN, 0.2, 0.4], 3.0);
        close(upper, 0.6074990720107276, 1e-12);
        close(lower, -0.14083240534406086, 1e-12);
        let bounds = Bounds { lower: Some(-0.1), upper: Some(1.2) };
        let limits = (Some(0.0), Some(1.0));
        assert_eq!(within(bounds, limits, Beyond::Held), Bounds { lower: Some(0.0), upper: Some(1.0) });
        assert_eq!(within(bounds, limits, Beyond::Dropped), Bounds::default());
        assert_eq!(upper_of(Some(Limit::Constant(0.3))), Some(0.3));
        assert_eq!(upper_of(Some(Limit::Constant(1.5))), Some(1.0));
    }

    #[test]
    fn sums_are_numpys() {
        // numpy 2.4.6: np.full(10, .2).mean(), (np.arange(300) * .1).sum(), np.full(7, .1).sum()
        assert_eq!(deviations(&[0.2; 10], 3.0), (0.2, 0.2));
        let many: Vec<f64> = (0..300).map(|i| f64::from(i) * 0.1).collect();
        assert_eq!(pairwise(&many), 4485.0);
        assert_eq!(pairwise(&[0.1; 7]), 0.7);
    }

    fn upper_of(asked: Option<Limit>) -> Option<f64> {
        upper(&[0.1, 0.1], asked, Some(1.0)).upper
    }

    #[test]
    fn a_summary_at_its_bound_alerts_and_a_distance_does_not() {
        let equal = Bounds { lower: Some(5.0), upper: Some(5.0) };
        assert!(!equal.beyond(5.0) && equal.not_inside(5.0));
        assert!(!equal.beyond(f64::NAN) && equal.not_inside(f64::NAN));
        assert!(Bounds { lower: Some(6.0), upper: None }.beyond(5.0) && !Bounds::default().not_inside(5.0));
    }
}
