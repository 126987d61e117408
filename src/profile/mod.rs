//! Merged sketches in, numbers that a person reads out; and the saved profile, which is the same state at a smaller
//! budget.

pub mod alerts;
pub mod buckets;
pub mod build;
pub mod column;
pub mod histogram;
pub mod issues;
mod model;
pub mod moments;
pub mod patterns;
pub mod quantiles;
pub mod role;
pub mod saved;
pub mod scalar;
pub mod texts;

pub use buckets::Buckets;
pub use model::*;
