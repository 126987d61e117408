//! Both sides of ordered values in, at most a thousand quantiles of each out: what kinds and explanations are found from.

use super::methods::wasserstein;

/// Quantiles of a side.
const QUANTILES: u64 = 1000;

/// Values at equal steps of probability, by rising value: each stands for as many cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sample {
    /// The values.
    pub values: Vec<f64>,
}

impl Sample {
    /// Of values in any order; what is not finite is left out.
    pub(crate) fn new(mut values: Vec<f64>) -> Sample {
        values.retain(|x| x.is_finite());
        crate::order::sort_by(&mut values, f64::total_cmp);
        Sample { values }
    }

    /// The values at the middles of equal steps.
    fn of(side: impl Iterator<Item = (f64, u64)>, cells: u64) -> Sample {
        let steps = cells.min(QUANTILES);
        let rank =
            |i: u64| (u128::from(2 * i + 1) * u128::from(cells)).div_ceil(2 * u128::from(steps.max(1)));
        let mut values = Vec::with_capacity(steps as usize);
        let mut below = 0_u128;
        for (value, count) in side.filter(|e| e.1 > 0) {
            below += u128::from(count);
            while (values.len() as u64) < steps && rank(values.len() as u64) <= below {
                values.push(value);
            }
        }
        Sample { values }
    }

    /// The value at a probability, linearly interpolated; 0 of nothing.
    pub(crate) fn quantile(&self, p: f64) -> f64 {
        let Some(last) = self.values.len().checked_sub(1) else { return 0.0 };
        let at = (p * self.values.len() as f64 - 0.5).clamp(0.0, last as f64);
        let (i, part) = (at as usize, at - at.floor());
        let (low, high) = (self.values[i], self.values[(i + 1).min(last)]);
        if low == high { low } else { low * (1.0 - part) + high * part }
    }

    /// The interquartile range.
    pub(crate) fn iqr(&self) -> f64 {
        self.quantile(0.75) - self.quantile(0.25)
    }

    /// The standard error of the difference of two such quantiles, from the order statistics around it; `noise` is
    /// √(1/n + 1/m).
    pub(crate) fn error(&self, p: f64, noise: f64) -> f64 {
        let step = crate::num::sqrt(p * (1.0 - p)) * noise;
        (self.quantile(p + step) - self.quantile(p - step)) / 2.0
    }

    /// The share of cells above a value.
    pub(crate) fn above(&self, x: f64) -> f64 {
        let below = self.values.partition_point(|v| *v <= x);
        (self.values.len() - below) as f64 / self.values.len().max(1) as f64
    }

    /// Its distribution function.
    pub(crate) fn law(&self) -> Law {
        self.mapped(|x| x)
    }

    /// The distribution function of the mapped values.
    pub(crate) fn mapped(&self, map: impl Fn(f64) -> f64) -> Law {
        let share = 1.0 / self.values.len().max(1) as f64;
        Law::new(self.values.iter().map(|&x| (map(x), share)).collect())
    }

    /// The distribution function of two samples together, a part of the cells from the second.
    pub(crate) fn together(&self, other: &Sample, part: f64) -> Law {
        let each = |sample: &Sample, part: f64| part / sample.values.len().max(1) as f64;
        let (own, others) = (each(self, 1.0 - part), each(other, part));
        let both = self.values.iter().map(|&x| (x, own));
        Law::new(both.chain(other.values.iter().map(|&x| (x, others))).collect())
    }
}

/// A distribution function with steps.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Law {
    values: Vec<f64>,
    /// The share of cells up to and with each value.
    upto: Vec<f64>,
}

impl Law {
    fn new(mut weighted: Vec<(f64, f64)>) -> Law {
        weighted.retain(|it| it.0.is_finite());
        crate::order::sort_by(&mut weighted, |a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        let upto = weighted
            .iter()
            .map(|it| {
                sum += it.1;
                sum
            })
            .collect();
        Law { values: weighted.into_iter().map(|it| it.0).collect(), upto }
    }

    /// The share of cells in the first so many values.
    fn share(&self, values: usize) -> f64 {
        values.checked_sub(1).map_or(0.0, |last| self.upto[last])
    }

    fn at_most(&self, x: f64) -> f64 {
        self.share(self.values.partition_point(|v| *v <= x))
    }

    fn under(&self, x: f64) -> f64 {
        self.share(self.values.partition_point(|v| *v < x))
    }
}

/// The largest distance of two distribution functions, where values within a tolerance (and a billionth of themselves)
/// count as the same: Kolmogorov's distance, made blind to rounding as Lévy's is.
pub(crate) fn gap(law: &Law, sample: &Sample, tolerance: f64) -> f64 {
    let cells = sample.values.len() as f64;
    let mut largest = 0.0_f64;
    for (i, &x) in sample.values.iter().enumerate() {
        let near = tolerance + 1e-9 * x.abs();
        let (before, after) = (i as f64 / cells, (i + 1) as f64 / cells);
        largest = largest.max(after - law.at_most(x + near)).max(law.under(x - near) - before);
    }
    largest
}

/// Both sides of a numeric or temporal column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sides {
    /// The reference's values.
    pub reference: Sample,
    /// The current file's.
    pub current: Sample,
    /// The reference's robust standard deviation; `None` for a constant.
    pub unit: Option<f64>,
    /// Cells of the reference.
    pub n: u64,
    /// Cells of the current file.
    pub m: u64,
}

impl Sides {
    /// Of distinct values with both counts; `None` where a side has none.
    pub(crate) fn new(points: &[(f64, u64, u64)]) -> Option<Sides> {
        let n: u64 = points.iter().map(|p| p.1).sum();
        let m: u64 = points.iter().map(|p| p.2).sum();
        if n == 0 || m == 0 {
            return None;
        }
        Some(Sides {
            reference: Sample::of(points.iter().map(|p| (p.0, p.1)), n),
            current: Sample::of(points.iter().map(|p| (p.0, p.2)), m),
            unit: wasserstein::spread(points),
            n,
            m,
        })
    }

    #[cfg(test)]
    pub(crate) fn of_values(reference: &[f64], current: &[f64]) -> Option<Sides> {
        Sides::new(&super::methods::points(reference, current))
    }

    /// √(1/n + 1/m).
    pub(crate) fn noise(&self) -> f64 {
        crate::num::sqrt(1.0 / self.n as f64 + 1.0 / self.m as f64)
    }

    /// The 5 % point of the distance of two samples of one law (Kolmogorov & Smirnov).
    pub(crate) fn critical(&self) -> f64 {
        1.36 * self.noise()
    }

    /// What counts as the same value: a fiftieth of the robust standard deviation.
    pub(crate) fn tolerance(&self) -> f64 {
        0.02 * self.unit.unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_the_quantiles_of_its_cells() {
        let points: Vec<(f64, u64, u64)> = (0..5000).map(|i| (f64::from(i), 2, 1)).collect();
        let sides = Sides::new(&points).expect("cells");
        assert_eq!((sides.reference.values.len(), sides.current.values.len()), (1000, 1000));
        assert!((sides.reference.quantile(0.5) - 2500.0).abs() < 5.0);
        assert!((sides.current.iqr() - 2500.0).abs() < 5.0);
        let few = Sides::new(&[(1.0, 3, 1), (2.0, 1, 0)]).expect("cells");
        assert_eq!(few.reference.values, [1.0, 1.0, 1.0, 2.0]);
        assert_eq!(Sides::new(&[(1.0, 3, 0)]), None);
    }

    #[test]
    fn the_gap_is_kolmogorovs_but_for_what_is_close() {
        let sample = Sample::new(vec![1.0, 2.0, 3.0, 4.0]);
        assert_eq!(gap(&sample.law(), &sample, 0.0), 0.0);
        assert_eq!(gap(&sample.mapped(|x| x + 1.0), &sample, 0.0), 0.25);
        assert_eq!(gap(&sample.mapped(|x| x + 1.0), &sample, 1.0), 0.0);
        assert_eq!(gap(&sample.mapped(|x| -x), &sample, 0.0), 1.0);
        let far = Sample::new(sample.values.iter().map(|x| x * 100.0).collect());
        assert_eq!(gap(&sample.together(&far, 0.5), &sample, 0.0), 0.5);
        assert!(gap(&sample.mapped(|x| x * 1.1 / 1.1), &sample, 0.0) < 1e-9);
    }
}
