//! The kinds of drift, one file each: what can have happened to a column, in words that a person uses.

pub(super) mod category_share;
pub(super) mod constant_changed;
pub(super) mod invalid_share;
mod location;
pub(super) mod missing_share;
pub(super) mod new_categories;
pub(super) mod range_escape;
mod shape;
mod spread;
pub(super) mod vanished_categories;

use super::outcome::Kind;
use super::summary::Sides;

/// One kind that a distribution's drift is of, with its sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    /// The kind.
    pub kind: Kind,
    /// In words, as in "its median moved from 10 to 12".
    pub words: String,
}

/// What the drift of ordered values is made of: they moved, they spread, or their shape changed apart from both. Nothing
/// is decided here; a drift that is none of the first two is one of shape. `show` writes a value as the column has it.
pub(super) fn of_ordered(sides: &Sides, show: &dyn Fn(f64) -> String) -> Vec<Told> {
    let mut told: Vec<Told> =
        [location::told(sides, show), spread::told(sides)].into_iter().flatten().collect();
    if told.is_empty() || shape::changed(sides) {
        told.push(Told { kind: Kind::Shape, words: shape::WORDS.into() });
    }
    told
}
