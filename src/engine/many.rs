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
