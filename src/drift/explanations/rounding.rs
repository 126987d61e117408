//! `rounding`: fewer decimals than before, or only multiples of a step; `truncation` where what was behind is cut off.

use super::super::outcome::Explanation;
use super::super::summary::Sides;
use super::super::words::{number, percent};
use super::decimals::{MANY, at_most, values, whole};
use super::{Subject, evidence};

/// The share of the current cells that keep the coarser step, and the largest share of the reference's that did.
const NOW: f64 = 0.99;
const BEFORE: f64 = 0.6;
/// The distance of distribution functions that is left beside chance, the reference rounded.
const LEFT: f64 = 0.03;
/// Fewer cells or values say little.
const CELLS: u64 = 20;
/// Steps of whole numbers.
const STEPS: [f64; 11] = [1000.0, 500.0, 100.0, 60.0, 50.0, 25.0, 20.0, 15.0, 12.0, 10.0, 5.0];

pub(super) fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    let (reference, current) = (subject.reference, subject.current);
    if reference.valid < CELLS || current.valid < CELLS {
        return None;
    }
    let (n, before) = at_most(reference)?;
    let (m, now) = at_most(current)?;
    let share = |part: u64, all: u64| part as f64 / all.max(1) as f64;
    let coarser = (0..MANY).find(|&d| share(now[d], m) >= NOW)?;
    if share(before[coarser], n) <= BEFORE && is_rounded(subject, POWERS[coarser]) {
        let usual = (0..MANY).find(|&d| share(before[d], n) >= NOW);
        let step = POWERS[coarser];
        let had = usual.map_or("many decimals".to_string(), decimals);
        let what = if coarser == 0 { "whole numbers".to_string() } else { decimals(coarser) };
        let numbers = (share(before[coarser], n), share(now[coarser], m));
        return Some(told(
            subject,
            step,
            format!(
                "{} of the values are {what} now, {} were before (most had {had})",
                percent(numbers.1),
                percent(numbers.0)
            ),
            numbers,
            &what,
        ));
    }
    if coarser > 0 || share(before[coarser], n) <= BEFORE {
        return None;
    }
    let multiples = |column, step: f64| -> Option<(u64, u64, usize)> {
        // 0 is a multiple of everything.
        let mut found = (0, 0, 0);
        for (x, count) in values(column)?.filter(|it| it.0 != 0.0) {
            found.1 += count;
            if whole(x / step) {
                found.0 += count;
                found.2 += 1;
            }
        }
        Some(found)
    };
    STEPS.iter().find_map(|&step| {
        let (a, b) = (multiples(reference, step)?, multiples(current, step)?);
        let (old, new) = (share(a.0, a.1), share(b.0, b.1));
        let enough = a.1 >= CELLS && b.1 >= CELLS && b.2 >= 3;
        (enough && new >= NOW && old <= BEFORE && is_rounded(subject, step)).then(|| {
            let what = format!("multiples of {}", number(step));
            let message =
                format!("{} of the values are {what} now, {} were before", percent(new), percent(old));
            told(subject, step, message, (old, new), &what)
        })
    })
}

/// Whether the reference's values, rounded or cut off, are the current ones: where values are gone, or the column has moved, they
/// are not.
fn is_rounded(subject: &Subject<'_>, step: f64) -> bool {
    let (n, m) = (subject.reference.valid as f64, subject.current.valid as f64);
    let most = LEFT + 1.36 * crate::num::sqrt(1.0 / n + 1.0 / m);
    // What is nearly a multiple is one.
    let near = |x: f64| if (x - x.round()).abs() < 1e-9 * x.abs().max(1.0) { x.round() } else { x };
    let ways: [fn(f64) -> f64; 4] = [f64::round, f64::trunc, f64::floor, f64::ceil];
    ways.iter().any(|way| {
        let (old, new) = (values(subject.reference), values(subject.current));
        let (Some(old), Some(new)) = (old, new) else { return false };
        let mut steps: Vec<(f64, f64)> = old
            .map(|(x, count)| (way(near(x / step)), count as f64 / n))
            .chain(new.map(|(x, count)| ((x / step).round(), -(count as f64) / m)))
            .collect();
        crate::order::sort_by(&mut steps, |a, b| a.0.total_cmp(&b.0));
        let (mut apart, mut widest) = (0.0_f64, 0.0_f64);
        for run in steps.chunk_by(|a, b| a.0 == b.0) {
            apart += run.iter().map(|it| it.1).sum::<f64>();
            widest = widest.max(apart.abs());
        }
        widest <= most
    })
}

const POWERS: [f64; MANY] = [1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9];

fn decimals(count: usize) -> String {
    match count {
        0 => "none".into(),
        1 => "one decimal".into(),
        _ => format!("{count} decimals"),
    }
}

fn told(subject: &Subject<'_>, step: f64, message: String, shares: (f64, f64), what: &str) -> Explanation {
    let cut = subject.sides.is_some_and(|sides| cut(sides, step));
    let (id, word) = if cut { ("truncation", "cut off") } else { ("rounding", "rounded") };
    Explanation {
        id,
        message: format!("the values look {word}: {message}"),
        evidence: vec![evidence(what, percent(shares.0), percent(shares.1))],
    }
}

/// Cutting off moves the mean by half a step towards zero, rounding does not; said only where the mean is known to an
/// eighth of a step.
fn cut(sides: &Sides, step: f64) -> bool {
    let mean = |values: &[f64]| values.iter().map(|x| x.abs() / values.len() as f64).sum::<f64>();
    let (old, new) = (mean(&sides.reference.values), mean(&sides.current.values));
    let square: f64 = sides
        .reference
        .values
        .iter()
        .map(|x| (x.abs() - old) * (x.abs() - old) / sides.reference.values.len() as f64)
        .sum();
    let error = crate::num::sqrt(square) * sides.noise();
    error <= step / 8.0 && ((old - new) - step / 2.0).abs() <= 0.2 * step + error
}
