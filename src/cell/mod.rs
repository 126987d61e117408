//! Cells: the raw text or typed value of one place in a table, and what it is: valid, missing or invalid.
//!
//! Everything here is a pure function of one cell's bytes; the tallies over a column live in `sketch`.

mod types;

pub mod classify;
pub mod domain;
pub mod limits;
pub mod number;
pub mod parse;
pub mod period;
pub mod plan;
pub mod same;
pub mod spelling;
pub mod strptime;
pub mod temporal;
pub mod text;
pub mod tokens;
pub mod word;

pub use domain::Domain;
pub use types::{Role, TimeUnit, Type, Value};
