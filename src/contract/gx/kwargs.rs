//! The arguments of an expectation: values, or names of the suite's parameters.

use std::borrow::Cow;

use super::super::exact::Exact;
use super::super::expression::{Arithmetic, Expression, parse};
use super::super::mistakes::Mistakes;
use super::super::rules::allowed_values::AllowedValues;
use super::super::scalar::{Scalar, ScalarKind};
use super::super::tolerance::{Operator, Tolerance};
use super::super::yaml::{Content, Key, Node, get};
use crate::error::Place;

/// The arguments of one expectation.
pub(super) struct Kwargs<'a> {
    /// As they are written.
    pub(super) entries: &'a [(Key, Node)],
    /// The suite's parameters.
    pub(super) parameters: &'a [(Key, Node)],
    /// Where the expectation begins.
    pub(super) place: Place,
}

impl<'a> Kwargs<'a> {
    /// An argument that is not null; a parameter's name stands for its value.
    pub(super) fn get(&self, word: &str) -> Option<&'a Node> {
        let node = get(self.entries, word)?;
        let value = match parameter(node) {
            Some(name) => self.value_of(node, name)?,
            None => node,
        };
        (!value.is_null()).then_some(value)
    }

    /// The value of a parameter: the suite's, else the one that 0.x writes beside its name.
    fn value_of(&self, node: &'a Node, name: &str) -> Option<&'a Node> {
        let beside = || match &node.content {
            Content::Map(entries) => get(entries, &format!("$PARAMETER.{name}")),
            _ => None,
        };
        get(self.parameters, name).or_else(beside)
    }

    /// The first of these names that is given: the documentation of other tools has other spellings.
    pub(super) fn any(&self, words: &[&str]) -> Option<&'a Node> {
        words.iter().find_map(|word| self.get(word))
    }

    /// Whether an argument names a parameter that has no value.
    pub(super) fn lacks_parameter(&self) -> Option<String> {
        self.entries.iter().find_map(|(key, node)| {
            let name = parameter(node)?;
            self.value_of(node, name).is_none().then(|| format!("{name} of {}", key.text))
        })
    }

    /// A text.
    pub(super) fn text(&self, word: &str) -> Option<String> {
        Some(self.get(word)?.scalar()?.text.clone())
    }

    /// A boolean; false where it is none.
    pub(super) fn flag(&self, word: &str) -> bool {
        let kind = self.get(word).and_then(Node::scalar).map(|scalar| &scalar.kind);
        matches!(kind, Some(ScalarKind::Boolean(true)))
    }

    /// A list of texts without its nulls.
    pub(super) fn texts(&self, word: &str) -> Option<Vec<String>> {
        let Content::List(items) = &self.get(word)?.content else { return None };
        let items = items.iter().filter(|item| !item.is_null());
        Some(items.filter_map(|item| Some(item.scalar()?.text.clone())).collect())
    }

    /// The same as values, of which it is known which were given as texts.
    pub(super) fn values(&self, word: &str) -> AllowedValues {
        let values = self.texts(word).unwrap_or_default();
        let items = match self.get(word).map(|node| &node.content) {
            Some(Content::List(items)) => items.as_slice(),
            _ => &[],
        };
        let texts = items.iter().filter_map(Node::scalar).filter(|it| it.kind == ScalarKind::Text);
        AllowedValues { values, texts: crate::order::set(texts.map(|it| it.text.clone())) }
    }

    /// A number.
    pub(super) fn number(&self, words: &[&str], mistakes: &mut Mistakes) -> Option<Exact> {
        mistakes.number(self.any(words)?)
    }

    /// Bounds: the lower and the upper with whether they are exclusive.
    pub(super) fn bounds(&self, mistakes: &mut Mistakes) -> [Option<(Exact, bool)>; 2] {
        let low = self.number(&["min_value", "minValue"], mistakes).map(|it| (it, self.flag("strict_min")));
        let high = self.number(&["max_value", "maxValue"], mistakes).map(|it| (it, self.flag("strict_max")));
        [low, high]
    }

    /// Bounds on a count.
    pub(super) fn counts(&self, mistakes: &mut Mistakes) -> (u64, u64) {
        let [low, high] = self.bounds(mistakes);
        let whole = |it: &Exact| it.nearest().clamp(0.0, 1e18);
        let least = low.map_or(0, |(it, strict)| {
            let least = whole(&it);
            if strict { least.floor() as u64 + 1 } else { least.ceil() as u64 }
        });
        let most = high.map_or(u64::MAX, |(it, strict)| {
            let most = whole(&it);
            if strict { (most.ceil() as u64).saturating_sub(1) } else { most.floor() as u64 }
        });
        (least, most)
    }

    /// How many offenders `mostly` allows, in percent.
    pub(super) fn tolerance(&self, mistakes: &mut Mistakes) -> Tolerance {
        let Some(mostly) = self.number(&["mostly"], mistakes) else { return Tolerance::none() };
        let (unscaled, scale) = mostly.canonical();
        let ten = 10i128.checked_pow(u32::from(scale));
        let Some((ten, rest)) = ten.and_then(|ten| Some((ten, ten.checked_sub(unscaled)?.checked_mul(100)?)))
        else {
            return Tolerance::none();
        };
        if !(0..=ten * 100).contains(&rest) {
            mistakes.add(self.place, format!("expected mostly within 0 and 1, found {}", mostly.text()));
            return Tolerance::none();
        }
        let text = format!("{}.{:0width$}", rest / ten, rest % ten, width = usize::from(scale));
        let text = text.trim_end_matches('0').trim_end_matches('.');
        let most = Exact::parse(text).unwrap_or_else(|| Exact::integer(0));
        Tolerance { operator: Operator::LessOrEqual(most), percent: true }
    }
}

/// The name of the parameter that an argument stands for.
fn parameter(node: &Node) -> Option<&str> {
    let Content::Map(entries) = &node.content else { return None };
    Some(get(entries, "$PARAMETER")?.scalar()?.text.as_str())
}

/// The arguments with the values of those that calculate with parameters, as `least + 1` does.
pub(super) fn calculated<'a>(
    entries: &'a [(Key, Node)],
    parameters: &[(Key, Node)],
) -> Cow<'a, [(Key, Node)]> {
    let number = |node: &Node| {
        let name = parameter(node).filter(|name| get(parameters, name).is_none())?;
        // A condition is parsed, so that a sum is one side of it.
        let Ok(Expression::Compare(sum, ..)) = parse(&format!("{name} = 0")) else { return None };
        value(&sum, parameters).filter(|it| it.is_finite())
    };
    if entries.iter().all(|(_, node)| number(node).is_none()) {
        return Cow::Borrowed(entries);
    }
    let with = |(key, node): &(Key, Node)| {
        let node = match number(node) {
            Some(number) => Node {
                content: Content::Scalar(Scalar { text: number.to_string(), kind: ScalarKind::Float }),
                ..node.clone()
            },
            None => node.clone(),
        };
        (key.clone(), node)
    };
    Cow::Owned(entries.iter().map(with).collect())
}

/// What a sum of numbers and parameters is, in doubles.
fn value(sum: &Expression, parameters: &[(Key, Node)]) -> Option<f64> {
    match sum {
        Expression::Number(number) => Some(number.nearest()),
        Expression::Column(name) => Some(get(parameters, name)?.number()?.nearest()),
        Expression::Arithmetic(a, with, b) => {
            let (a, b) = (value(a, parameters)?, value(b, parameters)?);
            Some(match with {
                Arithmetic::Plus => a + b,
                Arithmetic::Minus => a - b,
                Arithmetic::Times => a * b,
                Arithmetic::By => a / b,
            })
        }
        _ => None,
    }
}
