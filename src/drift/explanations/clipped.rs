//! `clipped`: what was beyond a limit now stands at it.

use super::super::outcome::Explanation;
use super::super::summary::Sides;
use super::super::words::{number, percent};
use super::transform::whole;
use super::{Subject, evidence};

/// The least share of the current cells at the limit, and of the reference beyond it.
const SHARE: f64 = 0.01;
/// How much of the share at the limit the reference may have had there.
const BEFORE: f64 = 0.25;
/// How far the share at the limit may be from the reference's share at and beyond it, beside chance.
const OFF: f64 = 0.3;

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    let sides = subject.sides.filter(|_| subject.reference.ty.is_numeric())?;
    at(sides, true).or_else(|| at(sides, false))
}

fn at(sides: &Sides, upper: bool) -> Option<Explanation> {
    let end = if upper { sides.current.values.last() } else { sides.current.values.first() };
    let limit = *end?;
    let near = 1e-9 * limit.abs();
    let share = |values: &[f64], inside: &dyn Fn(f64) -> bool| {
        values.iter().filter(|x| inside(**x)).count() as f64 / values.len().max(1) as f64
    };
    let here = |x: f64| (x - limit).abs() <= near;
    let beyond = |x: f64| if upper { x > limit + near } else { x < limit - near };
    let (old, new) = (&sides.reference.values, &sides.current.values);
    let (now, before, cut) = (share(new, &here), share(old, &here), share(old, &beyond));
    let chance = 2.0 * crate::num::sqrt(cut / sides.n as f64 + now / sides.m as f64);
    let pile = now >= SHARE
        && cut >= SHARE
        && before <= BEFORE * now
        && (now - cut - before).abs() <= OFF * cut + chance;
    // A pile is a value that many hold where no other is held by many; few cells make none.
    if !pile || now * (sides.m as f64) < 5.0 || now > 0.9 {
        return None;
    }
    let map = |x: f64| if upper { x.min(limit) } else { x.max(limit) };
    if !fits(sides, map) {
        return None;
    }
    let (word, side) = if upper { ("above", "largest") } else { ("below", "smallest") };
    let message = format!(
        "the values look cut off at {}: {} now stand exactly there, where {} were {word} it before",
        number(limit),
        percent(now),
        percent(cut)
    );
    let evidence = vec![
        evidence(
            &format!("{side} value"),
            number(if upper { *old.last()? } else { *old.first()? }),
            number(limit),
        ),
        evidence(&format!("share at {}", number(limit)), percent(before), percent(now)),
    ];
    Some(Explanation { id: "clipped", message, evidence })
}

/// Whether the cut reference is what the current values are; a small pile is not far from it to begin with.
fn fits(sides: &Sides, map: impl Fn(f64) -> f64) -> bool {
    let left = super::super::summary::gap(&sides.reference.mapped(&map), &sides.current, sides.tolerance());
    whole(sides, map).is_some() || left <= 0.03 + sides.critical()
}
