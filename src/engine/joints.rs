//! What stands between the records of a file that is made of another's: nothing where every byte of that belongs to a
//! record; of a JSON array its brackets and commas, which are made anew.

use super::pieces::Piece;
use super::plan::{Format, Plan};

/// The marks of one file that is made.
#[derive(Debug, Clone, Copy)]
pub struct Joints {
    is_array: bool,
    has_begun: bool,
}

impl Joints {
    /// The marks of a file that is made of the plan's.
    pub fn of(plan: &Plan) -> Joints {
        Joints { is_array: plan.format == Format::JsonArray, has_begun: false }
    }

    /// What is to be written before this piece. The records of an array come whole.
    pub fn before(&mut self, piece: Piece) -> &'static [u8] {
        if !self.is_array || !matches!(piece, Piece::Row(_) | Piece::SetAside) {
            return b"";
        }
        if std::mem::replace(&mut self.has_begun, true) { b",\n" } else { b"[" }
    }

    /// What is to be written behind the last piece.
    pub fn end(self) -> &'static [u8] {
        match (self.is_array, self.has_begun) {
            (false, _) => b"",
            (true, true) => b"]\n",
            (true, false) => b"[]\n",
        }
    }
}
