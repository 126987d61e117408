//! Expectations that hold values against their column as a whole: z-scores, outliers, divergence from a partition.

use super::super::mistakes::Mistakes;
use super::super::rules::kl_divergence::{KlDivergence, Partition};
use super::super::rules::outliers::Fence;
use super::super::wording::quoted;
use super::super::yaml::{Content, Key, Node, get};
use super::kwargs::Kwargs;

/// How far out is too far.
///
/// # Errors
/// In words, where the expectation does not say.
pub(super) fn fence(kind: &str, kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Result<Fence, String> {
    let number =
        |word: &str, mistakes: &mut Mistakes| kwargs.number(&[word], mistakes).map(|it| it.nearest());
    if kind == "expect_column_value_z_scores_to_be_less_than" {
        let threshold = number("threshold", mistakes).ok_or("threshold is null or missing")?;
        let both = kwargs.get("double_sided").is_none() || kwargs.flag("double_sided");
        return Ok(Fence::ZScore { threshold, both });
    }
    let multiplier = number("multiplier", mistakes).unwrap_or(1.5);
    match kwargs.text("method").as_deref() {
        None | Some("iqr") => Ok(Fence::Iqr(multiplier)),
        Some("std") => Ok(Fence::Std(multiplier)),
        Some(other) => Err(format!("the method {} is not known", quoted(other))),
    }
}

/// The agreed distribution and how far from it the column may be.
///
/// # Errors
/// In words, where they are not to be had.
pub(super) fn divergence(kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Result<KlDivergence, String> {
    let number =
        |word: &str, mistakes: &mut Mistakes| kwargs.number(&[word], mistakes).map(|it| it.nearest());
    let Some(Content::Map(entries)) = kwargs.get("partition_object").map(|node| &node.content) else {
        return Err("partition_object is null or missing: there is nothing to diverge from".to_owned());
    };
    if kwargs.get("bucketize_data").is_some()
        && !kwargs.flag("bucketize_data")
        && get(entries, "bins").is_some()
    {
        return Err("bins need bucketize_data".to_owned());
    }
    let threshold = number("threshold", mistakes);
    let held = |word: &str, mistakes: &mut Mistakes| match number(word, mistakes) {
        None => Ok(0.0),
        Some(share) if (0.0..=1.0).contains(&share) => Ok(share),
        Some(_) => Err(format!("{word} is not within 0 and 1")),
    };
    let (tail_holdout, internal_holdout) =
        (held("tail_weight_holdout", mistakes)?, held("internal_weight_holdout", mistakes)?);
    let partition = partition(entries)?.checked()?;
    match &partition {
        Partition::Values(_) if internal_holdout > 0.0 => {
            return Err("internal_weight_holdout is for bins".to_owned());
        }
        Partition::Bins { tails: Some(_), .. } if tail_holdout > 0.0 => {
            return Err("there are tail_weights, so tail_weight_holdout must be 0".to_owned());
        }
        _ => {}
    }
    Ok(KlDivergence { partition, threshold, tail_holdout, internal_holdout })
}

fn partition(entries: &[(Key, Node)]) -> Result<Partition, String> {
    let numbers = |word: &str| -> Option<Vec<f64>> {
        let Content::List(items) = &get(entries, word)?.content else { return None };
        items.iter().map(edge).collect()
    };
    let weights = numbers("weights").ok_or("the partition has no weights")?;
    if let Some(edges) = numbers("bins") {
        let tails = match numbers("tail_weights").as_deref() {
            None => None,
            Some([below, above]) => Some((*below, *above)),
            Some(_) => return Err("tail_weights are not two".to_owned()),
        };
        return Ok(Partition::Bins { edges, weights, tails });
    }
    let Some(Content::List(values)) = get(entries, "values").map(|node| &node.content) else {
        return Err("the partition has neither values nor bins".to_owned());
    };
    let values: Option<Vec<String>> = values.iter().map(|it| Some(it.scalar()?.text.clone())).collect();
    let values = values.filter(|values| values.len() == weights.len());
    let values = values.ok_or("the partition has not as many values as weights")?;
    Ok(Partition::Values(values.into_iter().zip(weights).collect()))
}

/// A number, or what Python and JavaScript write for an infinite one.
fn edge(node: &Node) -> Option<f64> {
    let infinite = || match node.scalar()?.text.as_str() {
        "Infinity" | "inf" | ".inf" => Some(f64::INFINITY),
        "-Infinity" | "-inf" | "-.inf" => Some(f64::NEG_INFINITY),
        _ => None,
    };
    node.number().map(|it| it.nearest()).or_else(infinite)
}
