//! Rules of our own that hold values against their column as a whole: outliers, z-scores, divergences.

use super::super::mistakes::Mistakes;
use super::super::rules::kl_divergence::{KlDivergence, Partition};
use super::super::rules::outliers::Fence;
use super::super::rules::rows::What;
use super::super::yaml::{Key, Node};
use super::{given, optional_boolean, optional_text};

/// The parameters of such a rule; `None` where it is another.
pub(super) fn parameters(rule: &str) -> Option<&'static [&'static str]> {
    Some(match rule {
        "outliers" => &["method", "multiplier"],
        "z-score" => &["threshold", "oneSided"],
        "kl-divergence" => {
            &["threshold", "values", "bins", "weights", "tailWeights", "tailHoldout", "internalHoldout"]
        }
        _ => return None,
    })
}

/// What such a rule asks.
pub(super) fn what(
    rule: &str,
    node: &Node,
    entries: &[(Key, Node)],
    mistakes: &mut Mistakes,
) -> Option<What> {
    let number = |word: &str, mistakes: &mut Mistakes| {
        given(entries, word).and_then(|node| mistakes.number(node)).map(|it| it.nearest())
    };
    if rule == "outliers" {
        let multiplier = number("multiplier", mistakes).unwrap_or(1.5);
        return match optional_text(entries, "method", mistakes).as_deref() {
            None | Some("iqr") => Some(What::Near(Fence::Iqr(multiplier))),
            Some("std") => Some(What::Near(Fence::Std(multiplier))),
            Some(other) => {
                let place = given(entries, "method").map_or(node.place, |it| it.place);
                mistakes.unknown(place, "method", other, &["iqr", "std"]);
                None
            }
        };
    }
    let Some(threshold) = number("threshold", mistakes) else {
        mistakes.add(node.place, "the rule has no \"threshold\"");
        return None;
    };
    if rule == "z-score" {
        let both = !optional_boolean(entries, "oneSided", mistakes);
        return Some(What::Near(Fence::ZScore { threshold, both }));
    }
    let numbers = |word: &str, mistakes: &mut Mistakes| -> Vec<f64> {
        let Some(list) = given(entries, word) else { return Vec::new() };
        let items = mistakes.list(list, "a list of numbers").iter();
        items.filter_map(|item| mistakes.number(item)).map(|it| it.nearest()).collect()
    };
    let weights = numbers("weights", mistakes);
    let partition = if given(entries, "bins").is_some() {
        let tails = match numbers("tailWeights", mistakes)[..] {
            [below, above] => Some((below, above)),
            _ => None,
        };
        Partition::Bins { edges: numbers("bins", mistakes), weights, tails }
    } else {
        let values: Vec<String> = match given(entries, "values") {
            Some(list) => {
                let items = mistakes.list(list, "a list").iter();
                items.filter_map(|item| mistakes.text(item).map(str::to_owned)).collect()
            }
            None => Vec::new(),
        };
        if values.len() != weights.len() {
            mistakes.add(node.place, "the rule needs as many \"weights\" as \"values\"");
            return None;
        }
        Partition::Values(values.into_iter().zip(weights).collect())
    };
    match partition.checked() {
        Ok(partition) => Some(What::Whole(Box::new(KlDivergence {
            partition,
            threshold: Some(threshold),
            tail_holdout: number("tailHoldout", mistakes).unwrap_or(0.0),
            internal_holdout: number("internalHoldout", mistakes).unwrap_or(0.0),
        }))),
        Err(message) => {
            mistakes.add(node.place, message);
            None
        }
    }
}
