//! Principal components of one half of the reference in, whether the rows of the current file lie further from them than those of
//! the other half, out. Both are new to the components, so that ranks of their distances need no law.

use super::joint::{Cells, Joint, MISSING};
use super::principal::{Moments, Principal};
use super::ranking::Area;
use crate::num::normal_sf;

/// The share of the variance that the components hold, as NannyML's.
const SHARE: f64 = 0.65;
/// Fewer rows than these say nothing.
const LEAST: usize = 50;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// The mean distance of the rows of the reference that were held out.
    pub reference: f64,
    /// The mean distance of the current rows.
    pub current: f64,
    /// Components.
    pub components: usize,
    /// Columns.
    pub columns: usize,
    /// The chance that a current row lies further off than one of the reference.
    pub area: Area,
    /// Two-sided, of Mann and Whitney.
    pub p_value: f64,
}

/// `Err` says why there is none.
pub(super) fn compare(joint: &Joint) -> Result<HeldOut, String> {
    let (n, m) = joint.rows;
    let learned: Vec<usize> = (0..n).step_by(2).collect();
    if n / 2 < LEAST || m < LEAST {
        return Err(format!("it needs {} rows of the reference and {LEAST} of the current file", 2 * LEAST));
    }
    let encoded: Vec<Encoded<'_>> =
        joint.columns.iter().map(|it| Encoded::of(it, &learned)).filter(Encoded::varies).collect();
    let width = encoded.len();
    if width < 2 {
        return Err("it needs two columns that vary".into());
    }
    let cells = |row: usize, out: &mut [f64]| {
        out.iter_mut().zip(&encoded).for_each(|(out, it)| *out = it.at(row));
    };
    let moments = Moments::of(learned.len(), width, |i, out| cells(learned[i], out));
    // Where all are kept nothing is lost, whatever a row is.
    let principal = Principal::fit(&moments, SHARE).map(|it| it.at_most(width - 1));
    let principal = principal.ok_or("no column varies")?;
    let mut line = vec![0.0; width];
    let mut error = |row: usize| {
        cells(row, &mut line);
        principal.error(&mut line)
    };
    let before: Vec<f64> = (1..n).step_by(2).map(&mut error).collect();
    let now: Vec<f64> = (n..n + m).map(&mut error).collect();
    let area = Area::of(&before, &now).ok_or("there are too few rows")?;
    let z = (area.value - 0.5).abs() / area.by_chance;
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    Ok(HeldOut {
        reference: mean(&before),
        current: mean(&now),
        components: principal.count(),
        columns: width,
        area,
        p_value: if z.is_nan() { 1.0 } else { (2.0 * normal_sf(z)).min(1.0) },
    })
}

/// A column as numbers, with mean 0 and standard deviation 1 in the rows that are learned from.
struct Encoded<'a> {
    cells: &'a Cells,
    /// For each code its share in these rows.
    shares: Vec<f64>,
    mean: f64,
    deviation: f64,
}

impl<'a> Encoded<'a> {
    fn of(cells: &'a Cells, rows: &[usize]) -> Encoded<'a> {
        let shares = match cells {
            Cells::Scores(_) => Vec::new(),
            Cells::Codes(all, count) => {
                let mut counts = vec![0.0; *count as usize];
                for row in rows.iter().filter(|row| all[**row] != MISSING) {
                    counts[all[*row] as usize] += 1.0 / rows.len() as f64;
                }
                counts
            }
        };
        let raw = Encoded { cells, shares, mean: 0.0, deviation: 1.0 };
        let known = || rows.iter().map(|row| raw.raw(*row)).filter(|it| !it.is_nan());
        let n = known().count().max(1) as f64;
        let mean = known().sum::<f64>() / n;
        let squares: f64 = known().map(|x| (x - mean) * (x - mean)).sum();
        Encoded { mean, deviation: crate::num::sqrt(squares / n), ..raw }
    }

    fn varies(&self) -> bool {
        self.deviation > 1e-9
    }

    fn raw(&self, row: usize) -> f64 {
        match self.cells {
            Cells::Scores(all) => all[row],
            Cells::Codes(all, _) => self.shares.get(all[row] as usize).copied().unwrap_or(f64::NAN),
        }
    }

    /// A missing cell is the mean.
    fn at(&self, row: usize) -> f64 {
        let value = self.raw(row);
        if value.is_nan() { 0.0 } else { (value - self.mean) / self.deviation }
    }
}
