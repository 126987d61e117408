//! The measures of drift as pure functions: counts of two samples in, a number, and where it is a test a p-value, out.
//!
//! One method, one file. Ordered values come as [`Points`] (each distinct value with both counts, by rising value),
//! categories and bins as pairs of counts, (reference, current). Where a method has nothing to say (an empty side, a
//! constant, too few rows) it answers `None`, never NaN.

mod anderson_darling;
pub(crate) mod chi_square;
mod cramer_von_mises;
mod cramers_v;
mod energy;
mod epps_singleton;
mod fisher_exact;
mod g_test;
mod hellinger;
pub(crate) mod homogeneity;
mod jensen_shannon;
pub(crate) mod kolmogorov_smirnov;
mod kullback_leibler;
mod l_infinity;
mod mann_whitney;
mod maximum_mean_discrepancy;
mod points;
mod proportions;
pub(crate) mod psi;
mod registry;
mod t_test;
mod total_variation;
pub(crate) mod wasserstein;

pub use anderson_darling::{Ranks, anderson_darling};
pub use cramer_von_mises::cramer_von_mises;
pub use cramers_v::{cramers_v, cramers_v_corrected};
pub use energy::energy_distance;
pub use epps_singleton::epps_singleton;
pub use fisher_exact::{NotTwoByTwo, fisher_exact};
pub use g_test::g_test;
pub use hellinger::hellinger;
pub use jensen_shannon::{jensen_shannon_distance, jensen_shannon_divergence};
pub use kolmogorov_smirnov::exact as kolmogorov_smirnov_exact;
pub use kullback_leibler::kullback_leibler;
pub use l_infinity::l_infinity;
pub use mann_whitney::mann_whitney;
#[cfg(feature = "monitor")]
pub use mann_whitney::mann_whitney_less;
pub use maximum_mean_discrepancy::{
    MOST_ROWS, maximum_mean_discrepancy, of_points as maximum_mean_discrepancy_of_points,
};
pub use points::{Points, points};
pub use proportions::proportions;
pub use registry::{Columns, METHODS, MethodKind};
pub use t_test::{student, welch};
pub use total_variation::total_variation;
pub use wasserstein::{distance as wasserstein_distance, normalised as wasserstein_normalised};

/// A statistic and its p-value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// The method's statistic, in the unit that its file names.
    pub statistic: f64,
    /// The chance of a statistic as extreme without drift, 0 to 1.
    pub p_value: f64,
}

/// Rows of both sides; `None` where one has none.
fn sizes(bins: &[(u64, u64)]) -> Option<(f64, f64)> {
    let total = bins.iter().fold((0.0, 0.0), |sum, b| (sum.0 + b.0 as f64, sum.1 + b.1 as f64));
    (total.0 > 0.0 && total.1 > 0.0).then_some(total)
}

/// Each bin's share of either side; `None` where one side has no row.
fn shares(bins: &[(u64, u64)]) -> Option<Vec<(f64, f64)>> {
    let (n, m) = sizes(bins)?;
    Some(bins.iter().map(|b| (b.0 as f64 / n, b.1 as f64 / m)).collect())
}
