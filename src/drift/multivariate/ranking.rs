//! Scores of two samples in, the area under the receiver operating characteristic out: the chance that a score of the second
//! is above one of the first, ties by half.
//!
//! E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson (1988); in sorted order X. Sun, W. Xu (2014).

use crate::num::sqrt;

/// An area with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// 0 to 1; ½ where the samples are alike.
    pub value: f64,
    /// DeLong's standard error.
    pub error: f64,
    /// The standard deviation of the area by chance alone, with ties.
    pub by_chance: f64,
}

impl Area {
    /// `None` where a sample has fewer than two scores.
    pub fn of(first: &[f64], second: &[f64]) -> Option<Area> {
        if first.len() < 2 || second.len() < 2 {
            return None;
        }
        let (n, m) = (first.len() as f64, second.len() as f64);
        let all: Vec<f64> = first.iter().chain(second).copied().collect();
        let (ranks, ties) = mid_ranks(&all);
        let (old, new) = (mid_ranks(first).0, mid_ranks(second).0);
        // For each score the share of the other sample that it is above.
        let above: Vec<f64> = ranks[first.len()..].iter().zip(&new).map(|(r, own)| (r - own) / n).collect();
        let below: Vec<f64> = ranks.iter().zip(&old).map(|(r, own)| 1.0 - (r - own) / m).collect();
        // Whole and half numbers, so that samples alike have exactly ½.
        let value = (ranks[first.len()..].iter().sum::<f64>() - m * (m + 1.0) / 2.0) / (n * m);
        let error = sqrt(variance(&above) / m + variance(&below) / n);
        let total = n + m;
        let chance = (total + 1.0 - ties / (total * (total - 1.0))) / (12.0 * n * m);
        Some(Area { value, error, by_chance: sqrt(chance.max(0.0)) })
    }

    /// The 95 % interval, within 0 and 1.
    pub fn interval(&self) -> (f64, f64) {
        let half = 1.959_963_984_540_054 * self.error;
        ((self.value - half).max(0.0), (self.value + half).min(1.0))
    }
}

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)
}

/// Mid-ranks from 1, and Σ t³ − t over ties.
fn mid_ranks(values: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    crate::order::sort_by(&mut order, |a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let (mut at, mut sum) = (0, 0.0);
    while at < order.len() {
        let value = values[order[at]];
        let ties = order[at..].iter().take_while(|i| values[**i] == value).count().max(1);
        let (from, t) = (at as f64, ties as f64);
        order[at..at + ties].iter().for_each(|i| ranks[*i] = from + f64::midpoint(t, 1.0));
        sum += t * t * t - t;
        at += ties;
    }
    (ranks, sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn areas_and_errors_are_those_of_their_sources() {
        // scikit-learn 1.9.1: roc_auc_score; DeLong's error by the structural components of the pairs, numpy 2.4.6; by chance:
        // scipy 1.17.1, the standard deviation within mannwhitneyu(method="asymptotic") over n·m.
        let first = [0.1, 0.4, 0.35, 0.8, 0.35, 0.2, 0.5];
        let second = [0.35, 0.8, 0.8, 0.9, 0.6];
        let found = Area::of(&first, &second).unwrap();
        close(found.value, 0.8285714285714286, 1e-14);
        close(found.error, 0.12870363573085314, 1e-13);
        close(found.by_chance, 0.17345483586968707, 1e-13);
        assert_eq!(Area::of(&[1.0], &second), None);
        let same = Area::of(&[1.0; 4], &[1.0; 3]).unwrap();
        assert_eq!((same.value, same.error, same.by_chance), (0.5, 0.0, 0.0));
    }
}
