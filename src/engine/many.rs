//! Columns of more values than their budget holds, told from a sample, so that a scan begins with what it would come to:
//! counting values one by one only to give them up again costs more than all that follows. Whether a column really
//! passed its budget is proven from the merged state; where it is not, the file is scanned again without the guess, so
//! that the state is the same with it and without.

use super::plan::Plan;
use crate::sketch::column::{ColumnState, Values};
use crate::sketch::partial::Partial;

/// The columns of a text file that surely pass their budget, by a sample of its rows that took up so many bytes.
pub(super) fn expected(plan: &Plan, sample: &Partial, sample_bytes: u64) -> Vec<bool> {
    let data = plan.bytes.saturating_sub(plan.data_start);
    if plan.gzip || sample_bytes == 0 || data / sample_bytes < 4 {
        return Vec::new();
    }
    let times = data as f64 / sample_bytes as f64;
    sample.columns.iter().map(|column| are_expected(column, times)).collect()
}

/// Whether the column of a file this many times as large as the sample has too many values. Of n cells drawn from D
/// values n²/2D pairs are expected to be equal (the birthday problem); three more than were seen are allowed for.
fn are_expected(sample: &ColumnState, times: f64) -> bool {
    let Values::Texts(texts) = &sample.values else { return false };
    let cells = sample.valid as f64;
    let pairs: f64 = texts.unsorted().map(|it| it.count as f64 * (it.count - 1) as f64 / 2.0).sum();
    let values = cells * cells / 2.0 / (pairs + 3.0);
    // Where the sample says number or date, a value is held in fewer bytes than as text.
    let most = if sample.whole_tally().decide().ty.is_bytes() { texts.most() } else { texts.most_keys() };
    values > most as f64 && cells * times > 1.5 * most as f64
}

/// The guesses that the merged state proves; what it does not was wrong or cannot be told.
pub(super) fn proven(plan: &Plan, partial: &Partial) -> Vec<bool> {
    let columns = plan.many.iter().zip(&partial.columns);
    columns.map(|(&expected, column)| expected && column.surely_passed()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Governing, Options, open, scan};
    use super::*;

    /// Rows of about 110 bytes whose first cell repeats after so many rows.
    fn rows(count: u64, cycle: u64) -> String {
        let mut text = String::from("id,padding\n");
        for i in 0..count {
            text.push_str(&format!("id-{:07},{:100}\n", i % cycle, "x"));
        }
        text
    }

    fn options() -> Options {
        Options { name: "f.csv".into(), memory: 1 << 20, ..Options::default() }
    }

    #[test]
    fn a_guess_that_was_wrong_changes_nothing() {
        // What the sample sees does not repeat, and so many values of a whole file were too many.
        let text = rows(40_000, 15_000);
        let plan = open(&text.as_bytes(), &options(), Governing::default()).unwrap();
        assert_eq!(plan.many, [true, false]);
        let state = scan(&text.as_bytes(), &options(), Governing::default(), &|_| {}).unwrap();
        assert_eq!((state.plan.many, state.plan.round), (vec![false, false], 1));
        let Values::Texts(texts) = &state.partial.columns[0].values else { panic!("text") };
        assert_eq!((texts.hashed().is_none(), texts.unsorted().count()), (true, 15_000));
    }

    #[test]
    fn a_guess_that_was_right_is_proven() {
        let text = rows(60_000, u64::MAX);
        let state = scan(&text.as_bytes(), &options(), Governing::default(), &|_| {}).unwrap();
        assert_eq!((state.plan.many, state.plan.round), (vec![true, false], 0));
    }

    #[test]
    fn a_small_file_and_a_column_that_repeats_are_not_guessed_at() {
        for (count, cycle) in [(5_000, u64::MAX), (60_000, 500)] {
            let text = rows(count, cycle);
            let plan = open(&text.as_bytes(), &options(), Governing::default()).unwrap();
            assert!(!plan.many.contains(&true), "{count} {cycle}");
        }
    }
}
