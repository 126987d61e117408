//! Columns in another order.

use super::super::words::quoted;
use super::fail;
use crate::finding::{Finding, Severity};
use crate::profile::Column;

/// The first two columns that have changed places.
pub(super) fn finding(pairs: &[(&Column, &Column)]) -> Option<Finding> {
    let swapped = pairs.windows(2).find(|w| w[0].1.position > w[1].1.position)?;
    let (first, second) = (&swapped[1].1.name, &swapped[0].1.name);
    let message =
        format!("the columns are in another order: {} now comes before {}", quoted(first), quoted(second));
    Some(fail("columns-reordered", Severity::Info, message))
}
