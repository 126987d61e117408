//! Cells: the raw text or typed value of one place in a table, and what it is: valid, missing or invalid.
//!
//! Everything here is a pure function of one cell's bytes; the tallies over a column live in `sketch`.

pub mod domain;
pub mod limits;
pub mod plan;
pub mod text;
mod types;

pub use domain::Domain;
pub use types::{Role, Type, TimeUnit, Value};
