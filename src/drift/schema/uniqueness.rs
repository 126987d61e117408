//! Texts that hardly ever repeated and do now: free text that collapses to few values is not compared value by value, so that nothing
//! else would tell.
//!
//! Distinct values are held against each other in as many cells (rarefaction, see `duplicates`): the fewer cells, the larger their
//! share, so that a smaller current file needs no correction. Of m cells the share that differs has a variance of at most 1/(4 m).

use super::super::left_out;
use super::super::words::{count, percent, quoted};
use super::duplicates::distinct_in;
use super::of;
use crate::finding::{Finding, Severity};
use crate::num;
use crate::profile::{Column, Distribution, RowCounts, Scalar};

/// The fall of the distinct share that is worth a warning, and the standard errors that it must be.
const FALL: f64 = 0.1;
const ERRORS: f64 = 4.0;
/// Fewer cells are not judged.
const CELLS: u64 = 20;

/// Free text of which far more repeats than before.
pub(super) fn finding(reference: &Column, current: &Column) -> Option<Finding> {
    let text = reference.ty.is_bytes() && current.ty.is_bytes() && current.valid >= CELLS;
    if !text || !left_out::hardly_repeats(reference) || left_out::key(reference, current) {
        return None;
    }
    let (n, m) = (reference.valid as f64, current.valid as f64);
    let before = ((reference.distinct.value - reference.distinct.error) / n).clamp(0.0, 1.0);
    let now = if current.valid <= reference.valid {
        (current.distinct.value + current.distinct.error) / m
    } else {
        distinct_in(&counts(current)?, current.valid, reference.valid)? / n
    };
    let (fewer, more) = (n.min(m), n.max(m));
    let error = num::sqrt(0.25 / fewer * (1.0 + fewer / more));
    if before - now < FALL.max(ERRORS * error) {
        return None;
    }
    let (was, is) = (percent(reference.distinct.value / n), percent(current.distinct.value / m));
    let message = format!(
        "{} hardly ever repeated a value ({was} of its values were distinct); of {} values {is} are distinct now{}",
        quoted(&current.name),
        count(current.valid),
        most(current).map_or(String::new(), |it| format!(", {it}"))
    );
    let words = (format!("about {was} distinct"), format!("{is} distinct"));
    Some(Finding {
        count: (m - current.distinct.value).max(0.0) as u64,
        total: current.valid,
        ..of("uniqueness", Severity::Warning, current, message, words)
    })
}

/// How often each value occurs, where single ones are known.
fn counts(column: &Column) -> Option<RowCounts> {
    match &column.distribution {
        Distribution::Categories(all) if all.shift == 0 => {
            Some(RowCounts::all(all.entries.iter().map(|it| it.count)))
        }
        _ => None,
    }
}

/// The most frequent value and its share, where it is no rarity.
fn most(column: &Column) -> Option<String> {
    let top = column.top.first()?;
    let share = top.count as f64 / column.valid.max(1) as f64;
    let Scalar::Text(text) = &top.value else { return None };
    (share >= 0.01).then(|| format!("{} in {}", quoted(text), percent(share)))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;

    fn words(rows: u64, of: fn(u64) -> u64) -> Column {
        drawn("comment", (0..rows).map(|i| format!("a comment, number {}", of(i))))
    }

    fn said(a: &Column, b: &Column) -> bool {
        finding(a, b).is_some()
    }

    #[test]
    fn free_text_that_collapses_is_a_warning() {
        let text = words(5_000, |i| i);
        for now in
            [words(5_000, |_| 1), words(4_000, |i| i % 9), words(5_000, |i| if i % 4 == 0 { 0 } else { i })]
        {
            assert!(said(&text, &now));
            assert!(said(&text, &coarse(now, 5_000)));
        }
        assert!(said(&text, &words(20_000, |i| i % 40)), "more cells");
    }

    #[test]
    fn free_text_of_one_law_is_silent_in_any_two_sizes() {
        let sizes = [(5_000, 4_000), (300, 20_000), (300, 60), (5_000, 30)];
        for (i, (n, m)) in sizes.into_iter().enumerate() {
            for seed in 0..8 {
                // 5 % of 300 repeat, most of 20,000.
                let law = |seed: u64, rows: u64, of: f64| {
                    let mut stream = Stream(seed << 32);
                    drawn("comment", (0..rows).map(|_| format!("no {}", (stream.next() * of) as u64)))
                };
                let of = if n == 300 { 3_000.0 } else { 40_000.0 };
                let seed = 100 * i as u64 + 2 * seed;
                assert!(!said(&law(seed, n, of), &law(seed + 1, m, of)), "{n} {m} {seed}");
            }
        }
    }
}
