//! Merged sketches in, numbers that a person reads out; and the saved profile, which is the same state at a smaller
//! budget.

pub mod alerts;
pub mod buckets;
pub mod histogram;
mod model;
pub mod moments;
pub mod patterns;
pub mod quantiles;
pub mod role;
pub mod scalar;

pub use buckets::Buckets;
pub use model::*;
