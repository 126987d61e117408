//! Seeded samples as CSV: a law, rows and columns in, text out.

use std::io::Write as _;

use driftline::num::{self, hash};

/// What the columns of a table are drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Law {
    /// Six decimals between 0 and 1.
    Uniform,
    /// A log-normal law with a standard deviation of 1.5 on the scale of its logarithm.
    Skewed,
    /// Whole numbers from 0, geometric: half of the cells hold one of three values.
    Tied,
    /// Eight names, the most frequent in a third of the cells.
    Categorical,
}

impl Law {
    pub(crate) const ALL: [Law; 4] = [Law::Uniform, Law::Skewed, Law::Tied, Law::Categorical];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Law::Uniform => "uniform",
            Law::Skewed => "skewed",
            Law::Tied => "tied",
            Law::Categorical => "categorical",
        }
    }

    /// A cell at this place of the law; `moved` by half a standard deviation, of the categories ten points of the first's share
    /// go to the last.
    fn write(self, u: f64, moved: bool, out: &mut Vec<u8>) {
        const NAMES: [&str; 8] = ["north", "south", "east", "west", "centre", "coast", "hills", "islands"];
        let shift = if moved { 0.5 } else { 0.0 };
        let written = match self {
            Law::Uniform => write!(out, "{:.6}", u + shift * 0.288_675),
            Law::Skewed => {
                write!(
                    out,
                    "{:.4}",
                    num::exp(1.5 * (num::normal_quantile(u.clamp(1e-12, 1.0 - 1e-12)) + shift))
                )
            }
            // A geometric law of 0.2 has a standard deviation of 4.47.
            Law::Tied => {
                let value = (num::ln(1.0 - u) / num::ln(0.8)).floor() + (shift * 4.472).round();
                write!(out, "{}", value as i64)
            }
            Law::Categorical => {
                // Shares 1/(i + 1.5), of 1 in all.
                let weights = NAMES.iter().enumerate().map(|(i, _)| 1.0 / (i as f64 + 1.5));
                let all: f64 = weights.clone().sum();
                let mut rest = u * all;
                let at = weights.clone().position(|weight| {
                    rest -= weight;
                    rest < 0.0
                });
                let at = if moved && u < 0.1 { 7 } else { at.unwrap_or(7) };
                out.write_all(NAMES[at].as_bytes())
            }
        };
        written.unwrap();
    }
}

/// A table of so many rows and columns; of the moved one the first column has drifted.
pub(crate) fn table(law: Law, rows: u64, columns: u64, seed: u64, moved: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity((rows * columns * 9) as usize);
    let header: Vec<String> = (1..=columns).map(|it| format!("v{it}")).collect();
    out.extend_from_slice(header.join(",").as_bytes());
    out.push(b'\n');
    let mut at = 0;
    for _ in 0..rows {
        for column in 0..columns {
            if column > 0 {
                out.push(b',');
            }
            at += 1;
            let u = (hash::word(seed, at) >> 11) as f64 / (1_u64 << 53) as f64;
            law.write(u, moved && column == 0, &mut out);
        }
        out.push(b'\n');
    }
    out
}
