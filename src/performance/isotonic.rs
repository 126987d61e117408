//! Scores and outcomes in, a rising curve out: isotonic regression by pooling adjacent violators, as scikit-learn's
//! `IsotonicRegression(out_of_bounds="clip")`.

/// Scores closer than this count as one, as scikit-learn has it for doubles.
const SAME: f64 = 1e-15;

/// A rising, piecewise linear curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Isotonic {
    x: Vec<f64>,
    y: Vec<f64>,
}

impl Isotonic {
    /// The curve nearest to the outcomes by least squares; `None` of no rows. No value may be NaN.
    pub fn fit(scores: &[f64], outcomes: &[f64]) -> Option<Isotonic> {
        let n = scores.len().min(outcomes.len());
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| {
            scores[a].total_cmp(&scores[b]).then(outcomes[a].total_cmp(&outcomes[b])).then(a.cmp(&b))
        });
        // Distinct scores: (score, sum of outcomes, rows).
        let mut points: Vec<(f64, f64, f64)> = Vec::new();
        for row in order {
            match points.last_mut() {
                Some(last) if scores[row] - last.0 < SAME => {
                    last.1 += outcomes[row];
                    last.2 += 1.0;
                }
                _ => points.push((scores[row], outcomes[row], 1.0)),
            }
        }
        if points.is_empty() {
            return None;
        }
        // Blocks of points of one level: (sum, weight, points).
        let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
        for (_, sum, weight) in &points {
            let mut block = (*sum, *weight, 1);
            while let Some(last) = blocks.last()
                && last.0 / last.1 >= block.0 / block.1
            {
                block = (last.0 + block.0, last.1 + block.1, last.2 + block.2);
                blocks.pop();
            }
            blocks.push(block);
        }
        let levels = blocks.iter().flat_map(|it| std::iter::repeat_n(it.0 / it.1, it.2));
        let all: Vec<(f64, f64)> = points.iter().map(|it| it.0).zip(levels).collect();
        // Points within a level say nothing.
        let is_kept =
            |i: usize| i == 0 || i + 1 == all.len() || all[i].1 != all[i - 1].1 || all[i].1 != all[i + 1].1;
        let (x, y) = (0..all.len()).filter(|i| is_kept(*i)).map(|i| all[i]).unzip();
        Some(Isotonic { x, y })
    }

    /// The height of the curve, beyond its ends that of the end.
    pub fn at(&self, score: f64) -> f64 {
        if score.is_nan() {
            return score;
        }
        let last = self.x.len() - 1;
        let score = score.clamp(self.x[0], self.x[last]);
        let upper = self.x.partition_point(|x| *x < score).clamp(usize::from(last > 0), last);
        if upper == 0 {
            return self.y[0];
        }
        let (x, y) = ((self.x[upper - 1], self.x[upper]), (self.y[upper - 1], self.y[upper]));
        (y.1 - y.0) / (x.1 - x.0) * (score - x.0) + y.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_that_of_scikit_learn() {
        // scikit-learn 1.9.1: IsotonicRegression(out_of_bounds="clip").
        let scores = [0.1, 0.1, 0.2, 0.3, 0.35, 0.5, 0.5, 0.6, 0.8, 0.9];
        let outcomes = [0.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0];
        let curve = Isotonic::fit(&scores, &outcomes).unwrap();
        let asked = [0.0, 0.1, 0.15, 0.32, 0.4, 0.55, 0.7, 0.85, 1.0];
        let expected = [0.25, 0.25, 0.25, 0.39, 0.6, 0.6, 0.6, 0.8, 1.0];
        for (score, expected) in asked.into_iter().zip(expected) {
            assert!((curve.at(score) - expected).abs() < 1e-12, "{score}: {}", curve.at(score));
        }
    }

    #[test]
    fn one_score_is_a_level_and_none_is_no_curve() {
        let one = Isotonic::fit(&[0.5, 0.5], &[0.0, 1.0]).unwrap();
        assert_eq!([one.at(0.0), one.at(0.5), one.at(1.0)], [0.5; 3]);
        assert_eq!(Isotonic::fit(&[], &[]), None);
    }
}
