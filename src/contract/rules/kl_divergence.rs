//! `kl-divergence`: how far the distribution of a column is from one that is agreed → a finding. It needs every value.

use crate::num::ln;
use crate::profile::{Column, Distribution};

#[cfg(feature = "cli")]
use super::super::extent::Extent;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::distinct::{self, counts};
use super::{Judgement, ProfileRule};
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// # What it checks
/// That the Kullback–Leibler divergence of the column's distribution from an agreed one, in nats, is at most a threshold:
/// `Σ p · ln(p / q)` over the observed shares p and the agreed ones q, both made to sum to 1. A value that was given no share
/// makes it infinite, unless some is held out for such.
///
/// # Why
/// One number for whether a mix of categories, or a histogram, is still what was agreed.
///
/// # Example
/// ```json
/// {"type": "expect_column_kl_divergence_to_be_less_than", "kwargs": {"column": "plan", "threshold": 0.1,
///   "partition_object": {"values": ["basic", "plus"], "weights": [0.7, 0.3]}}}
/// ```
///
/// # Parameters
/// `partition_object`: `values` and `weights`, or `bins` (one more than weights; each includes its lower end, the last one
/// both), `weights` and `tail_weights`; `threshold`, null of what is told only; `tail_weight_holdout`, shared among values without a weight or given to
/// what lies outside the bins; `internal_weight_holdout`, shared among bins without a weight. As Great Expectations 1.24 has it.
///
/// # Missing and invalid cells
/// Only valid cells have a share. Of a column without any the rule is not run.
#[derive(Debug)]
pub(in crate::contract) struct KlDivergence {
    /// What is agreed.
    pub(in crate::contract) partition: Partition,
    /// The most divergence, in nats; `None`: it is told only.
    pub(in crate::contract) threshold: Option<f64>,
    /// Held out for what has no weight.
    pub(in crate::contract) tail_holdout: f64,
    /// Held out for bins without one.
    pub(in crate::contract) internal_holdout: f64,
}

/// An agreed distribution.
#[derive(Debug)]
pub(in crate::contract) enum Partition {
    /// Shares of values.
    Values(Vec<(String, f64)>),
    /// Shares of bins, by their edges, and of what lies below and above them.
    Bins {
        /// Rising; the outermost may be infinite.
        edges: Vec<f64>,
        /// One less than edges.
        weights: Vec<f64>,
        /// Below and above.
        tails: Option<(f64, f64)>,
    },
}

impl Partition {
    /// Checks that it is one: as many weights as it takes, edges that rise, weights that sum to 1.
    ///
    /// # Errors
    /// In words, where it is none.
    pub(in crate::contract) fn checked(self) -> Result<Partition, String> {
        let sum = match &self {
            Partition::Values(values) => values.iter().map(|it| it.1).sum::<f64>(),
            Partition::Bins { edges, weights, tails } => {
                if edges.len() != weights.len() + 1 {
                    return Err("a partition has one more bin edge than weights".to_owned());
                }
                if !edges.windows(2).all(|it| it[0] < it[1]) {
                    return Err("the edges of the bins do not rise".to_owned());
                }
                weights.iter().sum::<f64>() + tails.map_or(0.0, |it| it.0 + it.1)
            }
        };
        // numpy.allclose: a relative 1e-5 of 1 and an absolute 1e-8.
        if (sum - 1.0).abs() <= 1e-8 + 1e-5 {
            Ok(self)
        } else {
            Err(format!("the weights sum to {sum}, not 1"))
        }
    }
}

impl KlDivergence {
    /// Observed and agreed weights, side by side.
    fn pairs(&self, column: &Column) -> Result<Vec<(f64, f64)>, String> {
        match &self.partition {
            Partition::Values(values) => self.of_values(values, column),
            Partition::Bins { edges, weights, tails } => {
                if !column.ty.is_numeric() {
                    return Err(format!(
                        "bins of numbers do not apply to a column of type {}",
                        column.ty.id()
                    ));
                }
                self.of_bins((edges, weights, *tails), column)
            }
        }
    }

    fn of_values(&self, values: &[(String, f64)], column: &Column) -> Result<Vec<(f64, f64)>, String> {
        let names: Vec<String> = values.iter().map(|it| it.0.clone()).collect();
        let (found, distinct) = distinct::found(column, &names)?;
        let known = found.iter().filter(|it| **it > 0).count() as u64;
        let unknown = distinct.saturating_sub(known);
        let kept = if unknown > 0 { 1.0 - self.tail_holdout } else { 1.0 };
        let mut pairs: Vec<(f64, f64)> =
            found.iter().zip(values).map(|(n, it)| (*n as f64, it.1 * kept)).collect();
        if unknown > 0 {
            let total: u64 = counts(column)?.iter().sum();
            let of_each = self.tail_holdout / unknown as f64;
            let others = total - found.iter().sum::<u64>();
            pairs.extend(strangers(column, &found, others)?.map(|n| (n, of_each)));
        }
        Ok(pairs)
    }

    fn of_bins(
        &self,
        (edges, weights, tails): (&[f64], &[f64], Option<(f64, f64)>),
        column: &Column,
    ) -> Result<Vec<(f64, f64)>, String> {
        let ordered = match &column.distribution {
            Distribution::Ordered(ordered) if ordered.shift == 0 => ordered,
            Distribution::Absent => return Err(distinct::NO_VALUE.to_owned()),
            _ => return Err(distinct::TOO_MANY.to_owned()),
        };
        let (first, last) = (edges[0], edges[edges.len() - 1]);
        let mut observed = vec![0.0; weights.len() + 2];
        for (key, n) in &ordered.entries {
            let value = ordered.domain.number(*key);
            let at = if value < first {
                0
            } else if value > last {
                weights.len() + 1
            } else {
                edges.partition_point(|edge| *edge <= value).min(weights.len())
            };
            observed[at] += *n as f64;
        }
        let zeros = weights.iter().filter(|it| **it == 0.0).count();
        let kept = 1.0 - self.tail_holdout - self.internal_holdout;
        let agreed = |weight: &f64| match *weight * kept {
            0.0 if self.internal_holdout > 0.0 && zeros > 0 => self.internal_holdout / zeros as f64,
            weight => weight,
        };
        let mut expected: Vec<f64> = weights.iter().map(agreed).collect();
        match (first == f64::NEG_INFINITY, last == f64::INFINITY) {
            (true, true) if self.tail_holdout > 0.0 => {
                return Err("nothing can be held out for the tails of bins without an end".to_owned());
            }
            (true, _) | (_, true) if tails.is_some() => {
                return Err("bins without an end have no tail weights".to_owned());
            }
            (true, true) => {
                observed = observed[1..=weights.len()].to_vec();
            }
            (true, false) => {
                observed.remove(0);
                expected.push(self.tail_holdout);
            }
            (false, true) => {
                observed.pop();
                expected.insert(0, self.tail_holdout);
            }
            (false, false) => {
                let (below, above) = tails.unwrap_or((self.tail_holdout / 2.0, self.tail_holdout / 2.0));
                expected.insert(0, below);
                expected.push(above);
            }
        }
        Ok(observed.into_iter().zip(expected).collect())
    }
}

/// The counts of the values that are none of those found, `cells` in all.
fn strangers(
    column: &Column,
    found: &[u64],
    cells: u64,
) -> Result<impl Iterator<Item = f64> + use<>, String> {
    let mut all = counts(column)?;
    for known in found {
        if let Some(at) = all.iter().position(|it| it == known) {
            all.swap_remove(at);
        }
    }
    debug_assert_eq!(all.iter().sum::<u64>(), cells);
    crate::order::sort(&mut all);
    Ok(all.into_iter().map(|it| it as f64))
}

/// `Σ p · ln(p / q)` of shares made of these weights; as `scipy.stats.entropy(pk, qk)`.
fn divergence(pairs: &[(f64, f64)]) -> f64 {
    let (observed, agreed) = pairs.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let term = |(p, q): &(f64, f64)| {
        let (p, q) = (p / observed, q / agreed);
        if p > 0.0 { p * ln(p / q) } else { 0.0 }
    };
    pairs.iter().map(term).sum()
}

impl ProfileRule for KlDivergence {
    fn id(&self) -> &'static str {
        "kl-divergence"
    }

    fn expected(&self) -> String {
        match self.threshold {
            Some(most) => format!("a divergence of at most {most} nats from what is agreed"),
            None => "any divergence from what is agreed".to_owned(),
        }
    }

    fn named(&self) -> Option<Vec<&str>> {
        match &self.partition {
            Partition::Values(values) => Some(values.iter().map(|it| it.0.as_str()).collect()),
            Partition::Bins { .. } => None,
        }
    }

    fn judge(&self, column: &Column, _: Option<&str>) -> Result<Judgement, String> {
        let found = divergence(&self.pairs(column)?);
        let told = if found.is_finite() {
            format!("{found} nats")
        } else {
            "infinite, because of values that were given no share".to_owned()
        };
        let agreed = self.threshold.map(|most| format!("; agreed is at most {most}")).unwrap_or_default();
        let message = format!("the divergence is {told}{agreed}");
        let observed = found.is_finite().then(|| found.to_string());
        Ok(Judgement { holds: self.threshold.is_none_or(|most| found <= most), message, observed })
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> Extent {
        let of = format!("{:?} {} {}", self.partition, self.tail_holdout, self.internal_holdout);
        self.threshold.map_or_else(Extent::same, |most| Extent::part(of, Extent::at_most(most)))
    }

    #[cfg(feature = "cli")]
    fn expectation(&self) -> Option<(&'static str, Parameters)> {
        let numbers = |all: &[f64]| Tree::List(all.iter().map(|it| Tree::number(*it)).collect());
        let partition = match &self.partition {
            Partition::Values(values) => {
                let weights: Vec<f64> = values.iter().map(|it| it.1).collect();
                let values = values.iter().map(|it| Tree::value(&it.0)).collect();
                Tree::map([("values", Tree::List(values)), ("weights", numbers(&weights))])
            }
            Partition::Bins { edges, weights, tails } => {
                let mut tree = Tree::map([("bins", numbers(edges)), ("weights", numbers(weights))]);
                if let Some((below, above)) = tails {
                    tree.push("tail_weights", numbers(&[*below, *above]));
                }
                tree
            }
        };
        let held = |share: f64| (share > 0.0).then(|| Tree::number(share));
        Some((
            "expect_column_kl_divergence_to_be_less_than",
            parameters([
                ("partition_object", Some(partition)),
                ("threshold", Some(self.threshold.map_or(Tree::Null, Tree::number))),
                ("tail_weight_holdout", held(self.tail_holdout)),
                ("internal_weight_holdout", held(self.internal_holdout)),
            ]),
        ))
    }
}
