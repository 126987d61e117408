//! Evidently 0.7.23's `DataDriftPreset`: two profiles in, its method, score, threshold and verdict of each column out.
//!
//! Columns are typed by the current frame, methods chosen by the reference's rows, as Evidently does.

mod cramer_von_mises;
mod methods;

use super::asked::{Class, Limit, Wishes};
use super::series::{self, Dtype, Series};
use super::{ColumnSaid, MethodSaid, left_out};
use crate::profile::Column;
use methods::{KINDS, Kind};

/// The version whose source and numbers were followed.
pub(super) const VERSION: &str = "0.7.23";
/// The share of drifted columns from which the table has drifted.
pub(super) const DRIFT_SHARE: f64 = 0.5;
/// Rows of the reference from which distances replace tests.
const LARGE: u64 = 1000;

/// What it says of a column.
pub(super) fn column(reference: &Column, current: &Column, wishes: &Wishes<'_>) -> ColumnSaid {
    let name = &reference.name;
    let (before, now) = (Series::of(reference), Series::of(current));
    let class = match class(&now) {
        Ok(class) => class,
        Err(why) => return left_out(name, why),
    };
    let said = |methods| ColumnSaid::new(name, class.id(), methods);
    let (method, limit) = wishes.of(name, class);
    let stop = |id: &'static str, why: String| said(vec![MethodSaid::not_run(id, why)]);
    if before.n == 0 || now.n == 0 {
        let side = if before.n == 0 { "reference" } else { "current frame" };
        return stop("auto", format!("evidently stops with an error: no value is left in the {side}"));
    }
    if class == Class::Text {
        let id = method_of_text(before.n);
        return stop(id, "its classifier of texts needs the rows, and a profile has none".into());
    }
    let numeric = |dtype| matches!(dtype, Dtype::Float | Dtype::Int | Dtype::Bool);
    if class == Class::Numerical && !(numeric(before.dtype) && numeric(now.dtype)) {
        return stop("auto", "evidently stops with an error: the reference holds no numbers".into());
    }
    let Some(both) = series::both(&before, &now) else {
        return stop("auto", "numbers on one side, text on the other".into());
    };
    let kind = match method {
        None => Ok(automatic(class, &before, both.counts.len())),
        Some(id) => named(id, class),
    };
    let kind = match kind {
        Ok(kind) => kind,
        Err(why) => return stop("asked", why),
    };
    let threshold = match limit {
        Some(Limit::Constant(threshold)) => threshold,
        Some(Limit::Deviations(_)) => return stop(kind.id, "evidently takes a number as threshold".into()),
        None => kind.threshold,
    };
    let exact = before.exact && now.exact;
    if !exact && both.points.is_empty() {
        return stop(kind.id, "values are bucketed: past the memory budget, or in a saved profile".into());
    }
    let score = match methods::score(kind.id, class, &before, &now, &both) {
        Ok(score) => score,
        Err(why) => return stop(kind.id, why),
    };
    let reason = match (score.is_nan(), exact) {
        (true, _) => Some("its score is not a number, which it takes for no drift".to_owned()),
        (_, false) => Some(super::BUCKETED.to_owned()),
        _ => None,
    };
    said(vec![MethodSaid {
        name: kind.id,
        value: Some(score).filter(|it| !it.is_nan()),
        p_value: Some(score).filter(|it| kind.rule.tests() && !it.is_nan()),
        upper: Some(threshold),
        drifted: Some(kind.rule.drifted(score, threshold)),
        reason,
        ..MethodSaid::not_run(kind.id, String::new())
    }])
}

/// What a column is to `Dataset.from_pandas`.
fn class(series: &Series<'_>) -> Result<Class, &'static str> {
    match series.dtype {
        Dtype::Float => Ok(Class::Numerical),
        Dtype::Int if series.distinct() <= 10 => Ok(Class::Categorical),
        Dtype::Int => Ok(Class::Numerical),
        Dtype::Bool => Ok(Class::Categorical),
        Dtype::Text if 2 * series.distinct() as u64 > series.n => Ok(Class::Text),
        Dtype::Text => Ok(Class::Categorical),
        Dtype::BoolObject => Err("booleans with missing cells are of an unknown type to it"),
        Dtype::Time => Err("it compares no dates and times"),
        Dtype::Other => Err("it compares no nested values"),
    }
}

/// Its methods of text, for many rows and for few.
const OF_TEXT: [&str; 2] = ["abs_text_content_drift", "perc_text_content_drift"];

fn method_of_text(n: u64) -> &'static str {
    if n > LARGE { OF_TEXT[0] } else { OF_TEXT[1] }
}

/// All methods that can be asked for.
pub(super) fn methods() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.id).chain(OF_TEXT).collect()
}

/// Its choice, by the reference's rows and the values of both sides.
fn automatic(class: Class, reference: &Series<'_>, values: usize) -> &'static Kind {
    let large = reference.n > LARGE;
    let id = match class {
        Class::Numerical if values > 5 && large => "wasserstein",
        Class::Numerical if values > 5 => "ks",
        _ if large => "jensenshannon",
        _ if values > 2 => "chisquare",
        _ => "z",
    };
    // OK because all of these are in the list; the first stands for none.
    KINDS.iter().find(|kind| kind.id == id).unwrap_or(&KINDS[0])
}

fn named(id: &str, class: Class) -> Result<&'static Kind, String> {
    let kind = KINDS.iter().find(|kind| kind.id == id).ok_or_else(|| {
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.id).collect();
        format!("evidently has no method {id:?}; it has {}", known.join(", "))
    })?;
    let takes = if class == Class::Numerical { kind.takes.0 } else { kind.takes.1 };
    if takes { Ok(kind) } else { Err(format!("evidently's {id} is not for {} columns", class.id())) }
}

#[cfg(test)]
mod tests;
