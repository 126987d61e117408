//! Rules of our own on what the values of a column are taken together: quantiles, the most frequent one, those that have to
//! occur.

use super::super::mistakes::Mistakes;
use super::super::rules::ProfileRule;
use super::super::rules::distinct::{Contains, MostCommon};
use super::super::rules::quantile::{Bounded, INTERPOLATIONS, Interpolation, Quantiles};
use super::super::tolerance::End;
use super::super::yaml::{Key, Node};
use super::quality::{OPERATORS, operator};
use super::{given, known, optional_boolean, optional_text};

/// The rules, with their parameters.
pub(super) const PARAMETERS: [(&str, &[&str]); 3] = [
    ("quantile", &["p", "quantiles", "ranges", "interpolation", "slack"]),
    ("most-common", &["values", "ties"]),
    ("contains-values", &["values", "closed"]),
];

/// The rule of a word that is one of these.
pub(super) fn read(
    word: &str,
    node: &Node,
    entries: &[(Key, Node)],
    mistakes: &mut Mistakes,
) -> Option<Box<dyn ProfileRule>> {
    let own = PARAMETERS.iter().find(|it| it.0 == word).map_or(&[][..], |it| it.1);
    let operators = if word == "quantile" { &OPERATORS[..] } else { &[] };
    let words: Vec<&str> = own.iter().chain(operators).chain(&["rule"]).copied().collect();
    known(entries, "parameter of the rule", &words, mistakes);
    if word == "quantile" {
        return quantiles(node, entries, mistakes).map(|it| Box::new(it) as Box<dyn ProfileRule>);
    }
    let Some(list) = given(entries, "values") else {
        mistakes.add(node.place, "the rule has no \"values\"");
        return None;
    };
    let items = mistakes.list(list, "a list").iter();
    let values = items.filter_map(|item| mistakes.text(item).map(str::to_owned)).collect();
    Some(match word {
        "most-common" => Box::new(MostCommon { values, ties: optional_boolean(entries, "ties", mistakes) }),
        _ => Box::new(Contains { values, closed: optional_boolean(entries, "closed", mistakes) }),
    })
}

fn quantiles(node: &Node, entries: &[(Key, Node)], mistakes: &mut Mistakes) -> Option<Quantiles> {
    let interpolation = match optional_text(entries, "interpolation", mistakes) {
        None => Interpolation::Linear,
        Some(word) => Interpolation::named(&word).or_else(|| {
            let place = given(entries, "interpolation").map_or(node.place, |it| it.place);
            mistakes.unknown(place, "interpolation", &word, &INTERPOLATIONS.map(|it| it.0));
            None
        })?,
    };
    let slack = match given(entries, "slack") {
        None => 0.0,
        Some(node) => mistakes.number(node)?.nearest().max(0.0),
    };
    let ranges = match given(entries, "p") {
        Some(p) => {
            let p = probability(p, mistakes)?;
            let Some((low, high)) = operator(node, entries, false, mistakes)?.bounds() else {
                mistakes.add(node.place, "a quantile can be held to lie within bounds, not outside them");
                return None;
            };
            vec![(p, low, high)]
        }
        None => several(node, entries, mistakes)?,
    };
    Some(Quantiles { ranges, interpolation, slack })
}

fn several(node: &Node, entries: &[(Key, Node)], mistakes: &mut Mistakes) -> Option<Vec<Bounded>> {
    let (Some(quantiles), Some(ranges)) = (given(entries, "quantiles"), given(entries, "ranges")) else {
        mistakes.add(node.place, "the rule has neither \"p\" nor \"quantiles\" with \"ranges\"");
        return None;
    };
    let quantiles = mistakes.list(quantiles, "a list of probabilities");
    let ranges = mistakes.list(ranges, "a list of pairs");
    if quantiles.len() != ranges.len() || quantiles.is_empty() {
        mistakes.add(node.place, "the rule needs as many \"ranges\" as \"quantiles\"");
        return None;
    }
    let end = |node: &Node, mistakes: &mut Mistakes| -> Option<End> {
        if node.is_null() { Some(None) } else { Some(Some((mistakes.number(node)?.nearest(), false))) }
    };
    let mut found = Vec::with_capacity(ranges.len());
    for (p, range) in quantiles.iter().zip(ranges) {
        let [low, high] = mistakes.list(range, "a pair of bounds") else {
            mistakes.add(range.place, "expected a pair of bounds, null where there is none");
            return None;
        };
        found.push((probability(p, mistakes)?, end(low, mistakes)?, end(high, mistakes)?));
    }
    Some(found)
}

fn probability(node: &Node, mistakes: &mut Mistakes) -> Option<f64> {
    let p = mistakes.number(node)?.nearest();
    let is_one = (0.0..=1.0).contains(&p);
    if !is_one {
        mistakes.expected(node, "a number from 0 to 1");
    }
    is_one.then_some(p)
}
