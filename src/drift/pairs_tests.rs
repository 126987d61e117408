//! A saved profile stands for its file, and either side may be the reference: 200 seeded pairs of columns, with drift and without, each compared as they are and as saved
//! profiles hold them.

use super::testing::*;
use super::*;
use crate::profile::Column;

/// Rows of a side: more values than a saved profile names.
const ROWS: u64 = 6_000;
/// Entries of a saved profile.
const ENTRIES: usize = 2_048;

/// A column by one of five laws, moved by so many standard deviations.
fn column(law: u64, seed: u64, moved: f64) -> Column {
    let mut stream = Stream(seed << 32);
    let mut draw = |of: &dyn Fn(&mut Stream) -> f64| (0..ROWS).map(|_| of(&mut stream)).collect::<Vec<f64>>();
    match law {
        0 => floats_of("x", draw(&|it| it.normal() + moved)),
        1 => floats_of("x", draw(&|it| crate::num::exp(1.5 * (it.normal() + moved)))),
        2 => integers(
            "x",
            draw(&|it| (it.next() * 50_000.0 + moved * 14_434.0).floor()).iter().map(|it| *it as i64),
        ),
        3 => holed(floats_of("x", draw(&|it| it.next())), (moved * 4_000.0) as u64, 0),
        _ => {
            let skew = 2.0 + moved;
            // Fewer than a saved profile names: of more the engine compares every reference as it would be saved.
            let codes = draw(&|it| (1_500.0 * crate::num::pow(it.next(), skew)).floor());
            drawn("x", codes.iter().map(|it| format!("{it:05}")))
        }
    }
}

/// Outcome, band, kinds and the worst that is said.
fn verdict(
    reference: &Column,
    current: &Column,
) -> (Outcome, Option<Band>, Vec<Kind>, Vec<(&'static str, bool)>) {
    let found =
        compare(&profile(vec![reference.clone()]), &profile(vec![current.clone()]), &Options::default());
    let said =
        found.findings.iter().map(|it| (it.rule, it.severity >= crate::finding::Severity::Warning)).collect();
    let drift = &found.columns[0];
    (drift.outcome, drift.band, drift.kinds.clone(), said)
}

#[test]
fn saved_profiles_give_the_verdicts_of_their_files_on_200_pairs() {
    let mut drifted = 0;
    for seed in 0..200 {
        let moved = if seed % 2 == 0 { 0.0 } else { 0.1 + (seed % 8) as f64 / 10.0 };
        let (before, now) = (column(seed % 5, 2 * seed, 0.0), column(seed % 5, 2 * seed + 1, moved));
        let full = verdict(&before, &now);
        drifted += u32::from(full.0 == Outcome::Drifted);
        assert_eq!(verdict(&coarse(before.clone(), ENTRIES), &now), full, "reference of seed {seed}");
        let both = verdict(&coarse(before, ENTRIES), &coarse(now, ENTRIES));
        assert_eq!((both.0, both.1), (full.0, full.1), "both of seed {seed}");
    }
    assert!((80..120).contains(&drifted), "{drifted}");
}

#[test]
fn swapping_the_sides_keeps_the_decision_on_200_pairs() {
    for seed in 0..200 {
        let moved = if seed % 2 == 0 { 0.0 } else { 0.2 + (seed % 8) as f64 / 10.0 };
        // Of an open vocabulary only the reference's frequent values have bins, so that a small drift may show from one side only.
        let law = seed % 4;
        let (before, now) = (column(law, 2 * seed, 0.0), column(law, 2 * seed + 1, moved));
        // Values beyond all that the reference had are on one side only, by what they are.
        let drifted = |(outcome, _, kinds, _): (Outcome, Option<Band>, Vec<Kind>, Vec<_>)| {
            outcome == Outcome::Drifted && kinds != [Kind::RangeEscape]
        };
        assert_eq!(drifted(verdict(&before, &now)), drifted(verdict(&now, &before)), "seed {seed}");
    }
}
