//! Merged sketches in, numbers that a person reads out; and the saved profile, which is the same state at a smaller
//! budget.

mod model;
pub mod saved;

pub use model::*;
