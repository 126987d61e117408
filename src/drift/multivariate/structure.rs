//! Pairs of columns in, those that go together otherwise than before out, with the false-discovery rate held over all pairs.

use super::super::multiplicity;
use super::association::Association;
use super::correlation::{Correlation, order};
use super::joint::{Cells, Joint};
use crate::num::{normal_sf, sqrt};

/// How a pair is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Spearman's rank correlation, −1 to 1.
    Spearman,
    /// Bias-corrected Cramér's V, 0 to 1.
    CramersV,
}

/// A pair of columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The places of both columns.
    pub columns: (usize, usize),
    /// How it is measured.
    pub measure: Measure,
    /// How they go together in the reference.
    pub reference: f64,
    /// And now.
    pub current: f64,
    /// The chance of such a change where there is none.
    pub p_value: f64,
    /// Benjamini and Hochberg's, over all pairs.
    pub q_value: f64,
}

impl Pair {
    /// How much it has changed.
    pub fn change(&self) -> f64 {
        (self.current - self.reference).abs()
    }
}

/// All pairs of numbers and all pairs of labels that could be measured, in the order of the columns; `Err` says why there is
/// none.
pub(super) fn pairs(joint: &Joint) -> Result<Vec<Pair>, String> {
    let split = joint.rows.0;
    let orders = |cells: &Cells| match cells {
        Cells::Scores(all) => [order(&all[..split]), order(&all[split..])],
        Cells::Codes(..) => [Vec::new(), Vec::new()],
    };
    let orders: Vec<[Vec<u32>; 2]> = joint.columns.iter().map(orders).collect();
    let mut found = Vec::new();
    for (a, first) in joint.columns.iter().enumerate() {
        for (b, second) in joint.columns.iter().enumerate().skip(a + 1) {
            let measured = match (first, second) {
                (Cells::Scores(x), Cells::Scores(y)) => ranked((x, &orders[a]), (y, &orders[b]), split),
                (Cells::Codes(x, _), Cells::Codes(y, _)) => Association::of(x, y, split)
                    .map(|it| (Measure::CramersV, it.reference, it.current, it.p_value)),
                _ => None,
            };
            found.extend(measured.map(|(measure, reference, current, p_value)| Pair {
                columns: (a, b),
                measure,
                reference,
                current,
                p_value,
                q_value: 1.0,
            }));
        }
    }
    if found.is_empty() {
        return Err("no two numbers and no two columns of labels have enough rows that vary".into());
    }
    let p: Vec<f64> = found.iter().map(|it| it.p_value).collect();
    let q = multiplicity::benjamini_hochberg(&p);
    found.iter_mut().zip(q).for_each(|(pair, q)| pair.q_value = q);
    Ok(found)
}

type Side<'a> = (&'a [f64], &'a [Vec<u32>; 2]);

fn ranked(x: Side<'_>, y: Side<'_>, split: usize) -> Option<(Measure, f64, f64, f64)> {
    let before = Correlation::of((&x.0[..split], &x.1[0]), (&y.0[..split], &y.1[0]))?;
    let now = Correlation::of((&x.0[split..], &x.1[1]), (&y.0[split..], &y.1[1]))?;
    let z = (now.z() - before.z()).abs() / sqrt(before.variance + now.variance);
    Some((Measure::Spearman, before.rho, now.rho, (2.0 * normal_sf(z)).min(1.0)))
}
