//! `shifted`: a constant added to every value. An ordinary drift moves values too; only what moved them out of their own
//! range, and changed nothing else, is taken for a constant.

use super::super::outcome::Explanation;
use super::super::words::number;
use super::transform::whole;
use super::{Subject, quartiles};
use crate::cell::Type;

/// The least offset, in robust standard deviations of the reference.
const LEAST: f64 = 3.0;
/// And in widths of its middle 98 %: nearly nothing of the old range is left.
const WIDTHS: f64 = 1.0;
/// The zone offsets that move times of day, in seconds.
const QUARTER: f64 = 900.0;

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    let sides = subject.sides?;
    let unit = sides.unit?;
    let (a, b) = (&sides.reference, &sides.current);
    let offset = b.quantile(0.5) - a.quantile(0.5);
    let width = a.quantile(0.99) - a.quantile(0.01);
    if offset.abs() < LEAST * unit || offset.abs() < WIDTHS * width {
        return None;
    }
    whole(sides, |x| x + offset)?;
    let message = if subject.reference.ty.is_numeric() {
        let word = if offset > 0.0 { "larger" } else { "smaller" };
        format!("every value looks {word} by about {}, and is otherwise as before", number(offset.abs()))
    } else if subject.reference.ty == Type::Date {
        let word = if offset > 0.0 { "later" } else { "earlier" };
        format!("every day looks {word} by about {} days", number(offset.abs().round()))
    } else {
        let word = if offset > 0.0 { "later" } else { "earlier" };
        let scale = if matches!(subject.reference.ty, Type::Time | Type::Duration) { 1e6 } else { 1.0 };
        let hours = (offset.abs() / scale / QUARTER).round() / 4.0;
        format!("every value looks {word} by about {} hours", number(hours))
    };
    Some(Explanation { id: "shifted", message, evidence: quartiles(sides) })
}
