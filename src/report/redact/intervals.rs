//! Numbers of intervals and chunks, of which some hold few rows.

use super::{Redaction, Shown, is_common};
use crate::report::wire::{Like, LikeMethod, Scalar, Timeline};

/// A median stays where enough rows of its interval lie on either side.
pub(super) fn of_timeline(timeline: &mut Timeline, redaction: &Redaction) {
    let rows: Vec<u64> = timeline.intervals.iter().map(|it| it.rows).collect();
    for series in &mut timeline.columns {
        if redaction.of(Some(&series.column)) == Shown::All {
            continue;
        }
        let share = |of: &[Scalar], i: usize| match of.get(i) {
            Some(Scalar::Float(share)) => *share,
            Some(Scalar::Integer(share)) => *share as f64,
            _ => 0.0,
        };
        for (i, median) in series.median.iter_mut().enumerate() {
            let held = 1.0 - share(&series.missing, i) - share(&series.invalid, i);
            let valid = (rows.get(i).copied().unwrap_or(0) as f64 * held).round() as u64;
            if !is_common(0.5, valid) {
                *median = Scalar::Null;
            }
        }
    }
}

/// NannyML's statistics of a chunk are values where the chunk is small; it does not say how small it is.
pub(super) fn of_like(like: &mut Like, redaction: &Redaction) {
    for column in &mut like.columns {
        if redaction.of(Some(&column.column)) != Shown::All {
            column.methods.iter_mut().filter(|it| it.name.starts_with("values_")).for_each(of_statistic);
        }
    }
}

fn of_statistic(method: &mut LikeMethod) {
    for value in [&mut method.value, &mut method.lower, &mut method.upper] {
        *value = Scalar::Null;
    }
    for chunk in &mut method.chunks {
        for value in [&mut chunk.value, &mut chunk.sampling_error, &mut chunk.low, &mut chunk.high] {
            *value = Scalar::Null;
        }
    }
}
