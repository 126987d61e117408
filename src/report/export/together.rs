//! What the columns say together, line by line; the text is not safe for markup yet.

use crate::report::wire::{Interval, Multivariate, Scalar};
use crate::words::grouped;

/// Columns that are named.
const NAMED: usize = 5;
/// A smaller part in telling the files apart is not named.
const PART: f64 = 0.05;

fn number(value: &Scalar) -> String {
    value.as_f64().map_or_else(
        || "–".to_owned(),
        |it| if it > 0.0 && it < 0.001 { "below 0.001".to_owned() } else { format!("{it:.3}") },
    )
}

fn sure(interval: Option<&Interval>) -> String {
    interval.map_or(String::new(), |it| format!(" ({:.3} … {:.3})", it.low, it.high))
}

fn word(drifted: bool) -> &'static str {
    if drifted { "drift" } else { "no drift" }
}

/// The rows, then a line for each of the three looks.
pub(super) fn together(found: &Multivariate) -> Vec<String> {
    let of = |rows: u64, sampled: bool| format!("{}{}", grouped(rows), if sampled { " sampled" } else { "" });
    let mut lines = vec![format!(
        "{} columns of {} rows before and {} now",
        found.columns.len(),
        of(found.reference_rows, found.sampled),
        of(found.current_rows, found.sampled)
    )];
    let it = &found.classifier;
    lines.push(match &it.not_run {
        Some(why) => format!("Classifier: not run: {why}"),
        None => {
            let named = it.attribution.iter().filter(|it| it.share >= PART).take(NAMED);
            let named: Vec<String> =
                named.map(|it| format!("{} {:.0} %", it.column, it.share * 100.0)).collect();
            let by = if it.drifted { format!("; by {}", named.join(", ")) } else { String::new() };
            let (auc, sure, q) = (number(&it.auc), sure(it.interval.as_ref()), number(&it.q_value));
            format!("Classifier: {}, AUC {auc}{sure}, q {q}{by}", word(it.drifted))
        }
    });
    let it = &found.reconstruction;
    lines.push(match &it.not_run {
        Some(why) => format!("Principal components: not run: {why}"),
        None => format!(
            "Principal components: {}, error {} before and {} now, further off in {}{}, q {}",
            word(it.drifted),
            number(&it.reference),
            number(&it.current),
            number(&it.probability),
            sure(it.interval.as_ref()),
            number(&it.q_value)
        ),
    });
    let it = &found.structure;
    lines.push(match &it.not_run {
        Some(why) => format!("Correlations: not run: {why}"),
        None => format!(
            "Correlations: {}, {} of {} pairs changed, q {}",
            word(it.drifted),
            it.changed,
            it.pairs,
            number(&it.q_value)
        ),
    });
    lines
}
