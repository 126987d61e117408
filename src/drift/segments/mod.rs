//! Where a column drifted: the segments of the rows (values of other columns, ranges, periods, stretches of the file) that
//! carry most of it.
//!
//! A segment *carries* the part of a column's PSI, less chance, that goes away when its rows are left out of both sides; of a
//! missing or invalid share, the part of the change. It is told where that is 20 % at least, beyond what leaving out as many rows
//! at random would change, at 5 % over all segments that were looked at (Bonferroni). Of two segments the one
//! with fewer rows is first, unless the other carries more by three tenths of the difference of their shares of the rows. All of it
//! is a function of counts.

mod coder;
mod measure;
mod origin;
mod search;
#[cfg(test)]
mod tests;

pub use coder::{Cell, Coder, Form, Side};
pub use measure::{Of, size_of};
pub use origin::Origin;
pub use search::{Feature, Found, Joins, Part, Segment, Target, search};

/// The most rows of a segment that are shown.
pub const EXAMPLES: usize = 3;
