//! What may be behind a drift: both sides of a drifted column in, sentences with their evidence out. Nothing here decides, and
//! nothing has a p-value: a detector speaks where the drift would vanish if what it names were undone, and is silent on
//! ordinary drift. One detector, one file named by its id.

mod cell_format;
mod clipped;
mod date_order;
mod decimals;
mod encoding;
mod new_default;
mod rounding;
mod scale;
mod script;
mod shifted;
mod sign_flip;
#[cfg(test)]
mod tests;
mod text_shape;
mod transform;

use super::outcome::{Evidence, Explanation};
use super::summary::Sides;
use super::words::number;
use crate::profile::Column;

/// A column that has drifted, or whose type has changed.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    /// In the reference.
    pub reference: &'a Column,
    /// In the current file.
    pub current: &'a Column,
    /// The valid values of both, where they have an order and were compared by ranges.
    pub sides: Option<&'a Sides>,
}

/// All that speak, in the order of the list. Scale, sign and offset explain the same thing: the first of them speaks.
pub(crate) fn explain(subject: &Subject<'_>) -> Vec<Explanation> {
    let moved = [scale::explain, sign_flip::explain, shifted::explain];
    let others =
        [clipped::explain, new_default::explain, text_shape::explain, script::explain, cell_format::explain];
    let mut found: Vec<Explanation> =
        moved.iter().find_map(|detector| detector(subject)).into_iter().collect();
    // Whole numbers times 100 are multiples of 100: that is no rounding.
    let scaled = found.iter().any(|it| it.id == "scale");
    let rounded = rounding::explain(subject).filter(|_| !scaled);
    found.extend(others.iter().filter_map(|detector| detector(subject)).chain(rounded));
    found
}

fn evidence(what: &str, reference: impl Into<String>, current: impl Into<String>) -> Evidence {
    Evidence { what: what.into(), reference: reference.into(), current: current.into() }
}

/// Median and quartiles of both sides.
fn quartiles(sides: &Sides) -> Vec<Evidence> {
    let one = |(what, p): (&str, f64)| {
        evidence(what, number(sides.reference.quantile(p)), number(sides.current.quantile(p)))
    };
    [("first quartile", 0.25), ("median", 0.5), ("third quartile", 0.75)].map(one).into()
}
