//! Pairs of columns in, those that go together otherwise than before out, with the false-discovery rate held over all pairs.

use super::super::multiplicity;
use super::association::Association;
use super::correlation::{Correlation, order};
use super::joint::{Cells, Joint};
use super::ratio::Ratio;
use crate::num::{normal_sf, sqrt};

/// How a pair is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Spearman's rank correlation, −1 to 1.
    Spearman,
    /// Bias-corrected Cramér's V, 0 to 1.
    CramersV,
    /// Correlation ratio η of numbers within labels, 0 to 1.
    CorrelationRatio,
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
    /// How much that changed; of labels also where other labels go together and the measure stays as it is.
    pub change: f64,
    /// The chance of such a change where there is none.
    pub p_value: f64,
    /// Benjamini and Hochberg's, over all pairs.
    pub q_value: f64,
}

/// All pairs that could be measured, in the order of the columns; `Err` says why there is none.
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
                (Cells::Codes(x, _), Cells::Codes(y, _)) => Association::of(x, y, split).map(tied),
                (Cells::Scores(x), Cells::Codes(y, _)) | (Cells::Codes(y, _), Cells::Scores(x)) => {
                    Ratio::of(x, y, split).map(told)
                }
            };
            found.extend(measured.map(|it| Pair { columns: (a, b), ..it }));
        }
    }
    if found.is_empty() {
        return Err("no two columns have enough rows in which both vary".into());
    }
    let p: Vec<f64> = found.iter().map(|it| it.p_value).collect();
    let q = multiplicity::benjamini_hochberg(&p);
    found.iter_mut().zip(q).for_each(|(pair, q)| pair.q_value = q);
    Ok(found)
}

type Side<'a> = (&'a [f64], &'a [Vec<u32>; 2]);

fn ranked(x: Side<'_>, y: Side<'_>, split: usize) -> Option<Pair> {
    let before = Correlation::of((&x.0[..split], &x.1[0]), (&y.0[..split], &y.1[0]))?;
    let now = Correlation::of((&x.0[split..], &x.1[1]), (&y.0[split..], &y.1[1]))?;
    let z = (now.z() - before.z()).abs() / sqrt(before.variance + now.variance);
    Some(Pair {
        columns: (0, 0),
        measure: Measure::Spearman,
        reference: before.rho,
        current: now.rho,
        change: (now.rho - before.rho).abs(),
        p_value: (2.0 * normal_sf(z)).min(1.0),
        q_value: 1.0,
    })
}

fn tied(it: Association) -> Pair {
    Pair {
        columns: (0, 0),
        measure: Measure::CramersV,
        reference: it.reference,
        current: it.current,
        change: it.change,
        p_value: it.p_value,
        q_value: 1.0,
    }
}

fn told(it: Ratio) -> Pair {
    Pair {
        columns: (0, 0),
        measure: Measure::CorrelationRatio,
        reference: it.reference,
        current: it.current,
        change: it.change,
        p_value: it.p_value,
        q_value: 1.0,
    }
}
