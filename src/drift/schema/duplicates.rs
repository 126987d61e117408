//! Duplicate rows: how many rows repeat an earlier one, before and now, among as many rows.
//!
//! The more rows a file has, the more of them repeat, so the larger side is judged by what it would show in as many rows as the
//! other has (rarefaction). Drawing m of its N rows, a row that occurs f times is missed with the chance
//! C(N − f, m)/C(N, m), so that D(m) = Σ (1 − C(N − f, m)/C(N, m)) rows differ: an unbiased estimate of what m rows of its law
//! hold (Hurlbert 1971). Of m independent rows, S of which occur once, the number that differ has a variance of at most
//! m s (1 − s), s = E S/m (Efron & Stein 1981), and its mean over all draws from N rows at most m/N of it (Hoeffding 1948).

use super::super::Options;
use super::super::words::{count, percent};
use super::{fail, unknown};
use crate::finding::{Finding, Severity};
use crate::num;
use crate::profile::{Profile, RowCounts};

/// The chance is a product up to so many factors, and of factorials beyond.
const FACTORS: u64 = 512;
/// Standard errors at which a change is surely told, and the least such change, as a share, that is worth a word.
const SURE: f64 = 3.0;
const UNSURE: f64 = 0.05;

/// What a table shows in m of its rows.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Seen {
    /// Rows that differ.
    distinct: f64,
    /// The largest variance of it that chance gives to m rows.
    chance: f64,
    /// Its variance because only some hashes are known.
    unknown: f64,
}

/// In `draws` of the `rows`; `None` where nothing is known of them.
fn seen(counts: &RowCounts, rows: u64, draws: u64) -> Option<Seen> {
    let share = counts.share;
    if counts.counts.is_empty() || share <= 0.0 || draws == 0 || draws > rows {
        return None;
    }
    let (n, m) = (rows as f64, draws as f64);
    let (mut found, mut squares, mut once) = (0.0, 0.0, 0.0);
    for &(times, number) in &counts.counts {
        let met = 1.0 - missed(rows, draws, times);
        let number = number as f64;
        found += number * met;
        squares += number * met * met;
        // One of its rows is drawn, the others are missed by the rest of the draws.
        let alone = if rows > 1 { missed(rows - 1, draws - 1, times - 1) } else { 1.0 };
        once += number * times as f64 * m / n * alone;
    }
    let single = (once / share / m).clamp(0.0, 1.0);
    Some(Seen {
        distinct: (found / share).clamp(1.0, m),
        chance: m * single * (1.0 - single),
        unknown: squares * (1.0 - share) / (share * share),
    })
}

/// How many of `draws` of the `rows` differ, on average; `None` where it is not known.
pub(super) fn distinct_in(counts: &RowCounts, rows: u64, draws: u64) -> Option<f64> {
    seen(counts, rows, draws).map(|it| it.distinct)
}

/// The chance that none of `times` rows is among `draws` of `rows`.
fn missed(rows: u64, draws: u64, times: u64) -> f64 {
    let left = rows - draws.min(rows);
    if times > left {
        return 0.0;
    }
    if times <= FACTORS {
        return (0..times).fold(1.0, |chance, i| chance * ((left - i) as f64 / (rows - i) as f64));
    }
    let ln_factorial = |x: u64| num::lgamma(x as f64 + 1.0);
    let (over, under) = (ln_factorial(rows - times) + ln_factorial(left), ln_factorial(left - times));
    num::exp(over - under - ln_factorial(rows)).min(1.0)
}

/// A share of repeated rows that has changed: by chance in fewer than one of twenty files, by half a point and Cohen's h of 0.1.
/// More of them are a warning, fewer a note, unless the reference is of several files. Where only hashes tell, what they cannot is said.
pub(super) fn finding(reference: &Profile, current: &Profile, options: &Options) -> Option<Finding> {
    let rows = reference.table.rows.min(current.table.rows);
    let of = |profile: &Profile| seen(&profile.table.row_counts, profile.table.rows, rows);
    let (a, b) = (of(reference)?, of(current)?);
    let m = rows as f64;
    let copies = |it: Seen| ((m - it.distinct) / m).clamp(0.0, 1.0);
    let (before, now) = (copies(a), copies(b));
    let angle = |share: f64| 2.0 * num::asin(num::sqrt(share));
    let large =
        (now - before).abs() >= options.share && (angle(now) - angle(before)).abs() >= options.cohens_h;
    let larger = reference.table.rows.max(current.table.rows) as f64;
    let chance = a.chance.max(b.chance).max(1.0) * (1.0 + m / larger);
    let hashes = a.unknown + b.unknown;
    let z = (a.distinct - b.distinct).abs() / num::sqrt(chance + hashes);
    if large && 2.0 * num::normal_sf(z) <= options.alpha {
        let told = told((before, now), rows, (reference, current), hashes > 0.0);
        return (now > before || reference.source.format != "profile").then_some(told);
    }
    let repeats = current.table.row_counts.counts.iter().any(|it| it.0 > 1);
    let least = SURE * num::sqrt(chance + hashes) / m;
    (hashes > chance && repeats && least > UNSURE).then(|| {
        let reason = format!(
            "of large tables and of saved profiles only some rows are known, so that a share of repeated rows is told from \
             another one only where they differ by about {} of the rows",
            percent(least.min(1.0))
        );
        unknown("duplicate-rows", None, &reason)
    })
}

fn told(
    (before, now): (f64, f64),
    rows: u64,
    (reference, current): (&Profile, &Profile),
    estimated: bool,
) -> Finding {
    let (n, m) = (reference.table.rows, current.table.rows);
    let about = if estimated { "about " } else { "" };
    let (was, is) = (percent(before), percent(now));
    let message = if n == m {
        format!("{about}{was} of the rows repeated an earlier one, {is} do now")
    } else if n > m {
        format!(
            "{about}{is} of the rows repeat an earlier one; in as many rows ({}) of the reference {was} do",
            count(m)
        )
    } else {
        format!(
            "in {} rows, as many as the reference has, {about}{is} repeat an earlier one; {was} did",
            count(n)
        )
    };
    let severity = if now > before { Severity::Warning } else { Severity::Info };
    let copies = current.table.duplicate_rows;
    Finding {
        count: (copies.value.max(0.0) as u64).min(m),
        total: m,
        expected: Some(format!("about {was} in {} rows", count(rows))),
        observed: Some(is),
        ..fail("duplicate-rows", severity, message)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;
    use crate::finding::Status;
    use crate::num::hash;
    use crate::profile::Estimate;
    use std::collections::BTreeMap;

    /// A table of these rows, and what of it is kept where only hashes below a share of all are.
    fn table(rows: &[u64], most: usize) -> Profile {
        let mut times: BTreeMap<u64, u64> = BTreeMap::new();
        rows.iter().for_each(|row| *times.entry(hash::word(3, *row)).or_default() += 1);
        let mut profile = profile(vec![integers("x", 0..1)]);
        profile.table.rows = rows.len() as u64;
        profile.table.duplicate_rows = Estimate::exact((rows.len() - times.len()) as u64);
        let limit = times.keys().nth(most).copied();
        let share = limit.map_or(1.0, |limit| limit as f64 / 18_446_744_073_709_551_616.0);
        profile.table.row_counts = RowCounts::of(times.into_values().take(most), share);
        profile
    }

    fn said(a: &Profile, b: &Profile) -> Option<(Status, Severity)> {
        finding(a, b, &Options::default()).map(|it| (it.status, it.severity))
    }

    fn drawn_of(seed: u64, rows: u64, values: f64) -> Vec<u64> {
        let mut stream = Stream(seed << 32);
        (0..rows).map(|_| (stream.next() * values) as u64).collect()
    }

    const WARNS: Option<(Status, Severity)> = Some((Status::Fail, Severity::Warning));
    const ALL: usize = usize::MAX;

    #[test]
    fn rarefied_counts_are_those_of_the_formula() {
        // f = 10, 5, 3, 1, 1: sum(1 - comb(20 - f, m) / comb(20, m)) by Python 3.12's math.comb.
        let counts = RowCounts::all([10, 5, 3, 1, 1]);
        for (draws, expected) in [(1, 1.0), (5, 2.890_931_372_549_019_3), (19, 4.9), (20, 5.0)] {
            let found = seen(&counts, 20, draws).expect("known").distinct;
            assert!((found - expected).abs() < 1e-12, "{draws}: {found}");
        }
        let many = missed(1_000_000, 1_000, 2_000);
        assert!(
            (many / (0..2_000).fold(1.0, |x, i| x * (999_000 - i) as f64 / (1_000_000 - i) as f64) - 1.0)
                .abs()
                < 1e-7
        );
    }

    #[test]
    fn repeats_that_were_not_there_are_a_warning() {
        let new = |from: u64, rows: u64| (from..from + rows).collect::<Vec<_>>();
        let repeated =
            |rows: u64| (0..rows).map(|i| 1_000_000 + i - u64::from(i % 20 == 1)).collect::<Vec<_>>();
        for (n, m) in [(20_000, 4_000), (4_000, 20_000), (1_000, 1_000), (30_000, 500)] {
            assert_eq!(said(&table(&new(0, n), ALL), &table(&repeated(m), ALL)), WARNS, "{n} {m}");
            let twice: Vec<u64> = (0..m).map(|i| i / 2).collect();
            assert_eq!(said(&table(&new(0, n), ALL), &table(&twice, ALL)), WARNS, "{n} {m}");
            if n >= m {
                assert_eq!(said(&table(&new(0, n), 256), &table(&twice, ALL)), WARNS, "{n} {m}, saved");
            }
        }
        let loaded_twice: Vec<u64> = (0..2_000).map(|i| i / 2).collect();
        let (before, now) = (table(&new(0, 1_000), ALL), table(&loaded_twice, ALL));
        assert_eq!(said(&before, &now), WARNS);
        assert_eq!(said(&now, &before), Some((Status::Fail, Severity::Info)), "fewer");
    }

    #[test]
    fn what_a_saved_profile_cannot_tell_is_said() {
        let repeated: Vec<u64> = (0..4_000).map(|i| i - u64::from(i % 20 == 1)).collect();
        let new: Vec<u64> = (10_000..30_000).collect();
        let told = said(&table(&new, 256), &table(&repeated, ALL));
        assert_eq!(told, Some((Status::NotRun, Severity::Info)));
        assert_eq!(said(&table(&new, 256), &table(&(0..4_000).collect::<Vec<_>>(), ALL)), None);
    }

    /// Rows of one law, in any two sizes: the larger repeats more, and that is no change.
    #[test]
    fn files_of_one_law_and_two_sizes_are_the_same() {
        let (mut alarms, mut runs) = (0, 0);
        for (i, &(n, m)) in
            [(20_000, 2_000), (2_000, 20_000), (300, 6_000), (5_000, 5_000), (9_000, 60)].iter().enumerate()
        {
            for values in [20.0, 700.0, 1_800.0, 50_000.0, 3e6] {
                for seed in 0..12 {
                    let seed = (i as u64 * 100 + seed) * 4 + 1;
                    let (a, b) = (drawn_of(seed, n, values), drawn_of(seed + 2, m, values));
                    for kept in [ALL, 256] {
                        let found = said(&table(&a, kept), &table(&b, ALL));
                        runs += 1;
                        alarms += u32::from(found.is_some_and(|it| it.0 == Status::Fail));
                    }
                }
            }
        }
        assert!(alarms * 100 <= runs * 2, "{alarms} of {runs}");
    }
}
