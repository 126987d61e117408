//! Drift of columns together: rows of both files in, what no column shows by itself out.
//!
//! Pure functions of columns in row order; the command line reads them.

mod association;
mod cholesky;
mod correlation;
mod decision;
mod domain;
mod features;
mod frame;
mod held_out;
mod joint;
mod logistic;
mod principal;
mod ranking;
mod ratio;
mod structure;
mod symmetric;

pub use decision::{Look, Together, changed, together};
pub use domain::Domain;
pub use features::FEATURES;
pub use frame::{Frame, Variable};
pub use held_out::HeldOut;
pub use principal::{Moments, Principal};
pub use ranking::Area;
pub use structure::{Measure, Pair};
