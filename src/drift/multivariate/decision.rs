//! Rows of both files in, whether their columns go together otherwise than before, and which, out.
//!
//! Three looks, each blind to what another sees: a classifier that tells the files apart, the distance from the reference's
//! principal components, and the correlations pair by pair. Holm's adjustment over the three keeps the chance of any false
//! alarm at the level; besides each needs a least size.

use super::domain::{Domain, classify};
use super::frame::Frame;
use super::held_out::{HeldOut, compare as held_out};
use super::joint::Joint;
use super::ranking::Area;
use super::structure::{Pair, pairs};
use crate::drift::multiplicity;

/// The level of the adjusted p-values.
const ALPHA: f64 = 0.05;
/// The least distance of the 95 % interval of an area from ½.
const AREA: f64 = 0.05;
/// The least change of how a pair goes together.
const CHANGE: f64 = 0.1;

/// A look and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Look<T> {
    /// What it found; why not, where it was not run.
    pub found: Result<T, String>,
    /// Its p-value adjusted over the looks; 1 where it was not run.
    pub q_value: f64,
    /// Whether both evidence and size say drift.
    pub drifted: bool,
}

/// All three.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// The classifier.
    pub domain: Look<Domain>,
    /// The principal components.
    pub reconstruction: Look<HeldOut>,
    /// The pairs of columns, with q-values adjusted over the looks too.
    pub structure: Look<Vec<Pair>>,
}

/// Looks at the same columns of both files, in the same order. The seed is that of permutations.
pub fn together(reference: &Frame<'_>, current: &Frame<'_>, seed: u64) -> Together {
    let joint = Joint::of(reference, current);
    let domain = classify(&joint, seed);
    let reconstruction = held_out(&joint);
    let mut structure = pairs(&joint);
    let smallest = |all: &Vec<Pair>| all.iter().map(|it| it.q_value).fold(1.0, f64::min);
    // The least q-value over the pairs is the p-value of all of them (R. J. Simes, 1986).
    let p = [
        domain.as_ref().map_or(1.0, |it| it.p_value),
        reconstruction.as_ref().map_or(1.0, |it| it.p_value),
        structure.as_ref().map_or(1.0, smallest),
    ];
    let run = [domain.is_ok(), reconstruction.is_ok(), structure.is_ok()];
    let asked: Vec<usize> = (0..3).filter(|i| run[*i]).collect();
    let adjusted = multiplicity::holm(&asked.iter().map(|i| p[*i]).collect::<Vec<f64>>());
    let mut q = [1.0; 3];
    asked.iter().zip(adjusted).for_each(|(i, it)| q[*i] = it);
    if let Ok(pairs) = &mut structure {
        let factor = if p[2] > 0.0 { q[2] / p[2] } else { asked.len() as f64 };
        pairs.iter_mut().for_each(|it| it.q_value = (it.q_value * factor).min(1.0));
    }
    let has_changed = |all: &Vec<Pair>| all.iter().any(changed);
    Together {
        domain: Look {
            drifted: domain.as_ref().is_ok_and(|it| q[0] <= ALPHA && it.area.interval().0 >= 0.5 + AREA),
            found: domain,
            q_value: q[0],
        },
        reconstruction: Look {
            drifted: reconstruction.as_ref().is_ok_and(|it| q[1] <= ALPHA && is_apart(&it.area)),
            found: reconstruction,
            q_value: q[1],
        },
        structure: Look {
            drifted: structure.as_ref().is_ok_and(has_changed),
            found: structure,
            q_value: q[2],
        },
    }
}

/// Whether a pair goes together otherwise, by evidence and size.
pub fn changed(pair: &Pair) -> bool {
    pair.q_value <= ALPHA && pair.change >= CHANGE
}

/// Further or nearer than chance by enough.
fn is_apart(area: &Area) -> bool {
    let (low, high) = area.interval();
    low >= 0.5 + AREA || high <= 0.5 - AREA
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
