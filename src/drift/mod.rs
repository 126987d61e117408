//! A reference profile and a current one in; per column whether it drifted and why, and findings, out.
//!
//! A column has drifted where the evidence (a p-value, corrected over the kinds of one column and over the columns) and
//! the size of the change (PSI less chance, the distance moved, a share) both say so: many rows alone never alarm, few
//! rows alone never reassure. One measure, one file; `decision` puts them together.

#[cfg(feature = "monitor")]
mod asked;
mod bins;
mod decision;
mod explanations;
mod intervals;
mod kinds;
mod left_out;
#[cfg(feature = "monitor")]
pub mod like;
pub mod methods;
mod multiplicity;
#[cfg(feature = "monitor")]
pub mod multivariate;
mod outcome;
mod overlay;
mod pair;
#[cfg(test)]
mod pairs_tests;
mod rare;
mod schema;
#[cfg(feature = "monitor")]
pub mod segments;
mod sentences;
mod share;
mod summary;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod timeline;
mod unix_time;
mod values;
mod words;

pub(crate) use left_out::hardly_repeats;
#[cfg(feature = "monitor")]
pub(crate) use multiplicity::benjamini_hochberg as q_values;
pub use outcome::{
    Band, ColumnDrift, Contribution, Effect, Evidence, Explanation, Interval, Kind, Method, Outcome, Overlay,
};

use crate::finding::Finding;
use crate::profile::Profile;

/// What counts as drift. The defaults are the documented ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The level that p- and q-values are held against, 0 to 1.
    pub alpha: f64,
    /// The smallest PSI, less what chance explains, that counts.
    pub psi: f64,
    /// The smallest Wasserstein distance in robust standard deviations that counts.
    pub wasserstein: f64,
    /// The smallest change of a missing or invalid share that counts, 0 to 1, and its smallest Cohen's h.
    pub share: f64,
    /// See `share`.
    pub cohens_h: f64,
    /// The detectable PSI above which a column that shows no drift has too few rows to say.
    pub detectable: f64,
    /// Targets and predictions: columns that may be absent from the current file.
    pub targets: Vec<String>,
    /// Methods of [`methods::METHODS`] that are told of every compared column and decide nothing, by id.
    #[cfg(feature = "monitor")]
    pub methods: Vec<&'static str>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            alpha: 0.05,
            psi: 0.02,
            wasserstein: 0.1,
            share: 0.005,
            cohens_h: 0.1,
            detectable: 0.25,
            targets: Vec::new(),
            #[cfg(feature = "monitor")]
            methods: Vec::new(),
        }
    }
}

/// The comparison of two tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// One for every column that both have, in the reference's order.
    pub columns: Vec<ColumnDrift>,
    /// The table's first, then the columns', what matters most first.
    pub findings: Vec<Finding>,
}

/// Compares a current profile with a reference; either may be full or loaded from a saved one.
pub fn compare(reference: &Profile, current: &Profile, options: &Options) -> Comparison {
    let schema::Schema { pairs, mut findings } = schema::compare(reference, current, options);
    let measured: Vec<decision::Measured<'_>> =
        pairs.into_iter().map(|(a, b)| decision::measure(a, b, options)).collect();
    let tested: Vec<usize> = (0..measured.len()).filter(|&i| measured[i].p_value().is_some()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|&i| measured[i].p_value()).collect();
    let mut q = vec![None; measured.len()];
    for (&i, adjusted) in tested.iter().zip(multiplicity::benjamini_hochberg(&p)) {
        q[i] = Some(adjusted);
    }
    let mut columns = Vec::with_capacity(measured.len());
    let mut spoken: Vec<(f64, Finding)> = Vec::new();
    for (measured, q) in measured.into_iter().zip(q) {
        let (column, said) = decision::decide(measured, q, options);
        let size = column.psi_corrected.unwrap_or(0.0);
        spoken.extend(said.into_iter().map(|finding| (size, finding)));
        columns.push(column);
    }
    crate::order::sort_by(&mut spoken, |a, b| rank(&a.1).cmp(&rank(&b.1)).then(b.0.total_cmp(&a.0)));
    findings.extend(spoken.into_iter().map(|(_, finding)| finding));
    Comparison { columns, findings }
}

/// Failures by falling severity, then what was not measured, then what is well.
fn rank(finding: &Finding) -> (u8, std::cmp::Reverse<crate::finding::Severity>) {
    let status = match finding.status {
        crate::finding::Status::Fail => 0,
        crate::finding::Status::NotRun => 1,
        crate::finding::Status::Pass => 2,
    };
    (status, std::cmp::Reverse(finding.severity))
}
