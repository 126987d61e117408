//! A contract of one format → the same in another: ODCS, or a suite of Great Expectations; and what became of its rules.
//! The text that is written is read back, so that what is said of it is true.

mod again;
mod condition;
mod gx;
mod odcs;
mod severities;

use super::model::{Check, CheckKind, Contract};
use super::rules::r#type::ID as TYPE;
use super::tolerance::{Operator, Tolerance};
use super::tree::Tree;
use super::yaml::{self, Content, Node, get};
use super::{diff, parse};
use crate::error::Result;

/// What a contract is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// ODCS v3.1 in YAML.
    Odcs,
    /// A suite of Great Expectations 1.x in JSON.
    GreatExpectations,
}

/// A contract that was written, and what became of the rules of the one that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Converted {
    /// The text.
    pub text: String,
    /// Rules that were read and are checked, those of columns that have to be there included.
    pub rules: u64,
    /// Those that mean the same in what was written.
    pub kept: u64,
    /// Those that are written, and do not mean quite the same.
    pub approximated: Vec<Loss>,
    /// Those that are not written, or were never checked.
    pub unsupported: Vec<Loss>,
}

/// What was lost of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The column, where the rule is on one.
    pub column: Option<String>,
    /// The rule's public id.
    pub rule: String,
    /// What was agreed.
    pub expected: String,
    /// Why.
    pub reason: String,
}

/// Writes a contract in another format.
///
/// # Errors
/// Those of the contract.
pub fn convert(text: &[u8], format: Format) -> Result<Converted> {
    let mut contract = parse(text)?;
    let tree = yaml::parse(text)?;
    let mut unsupported = not_checked(&contract);
    let rules: u64 = contract.objects.iter().map(|it| it.rules()).sum::<u64>() - unsupported.len() as u64;
    let mut losses = Vec::new();
    let written = match format {
        Format::Odcs if again::is_odcs(&tree) => again::write(&tree).yaml(),
        Format::Odcs => odcs::write(&contract, &tree, &mut losses).yaml(),
        Format::GreatExpectations => {
            contract = severities::split(contract, parse(text)?);
            gx::write(&contract, &tree, &mut losses).json()
        }
    };
    // Of a rule in two parts both may be lost.
    losses.dedup();
    let dropped = losses.len() as u64;
    unsupported.extend(losses);
    let mut approximated = Vec::new();
    for change in diff(&contract, &parse(written.as_bytes())?) {
        let told = |loss: &Loss| loss.column == change.column && loss.rule == change.rule;
        // A type is written once, whatever became of it and its tolerance.
        let is_told = change.rule == TYPE && approximated.iter().any(told);
        if is_told || unsupported.iter().any(told) {
            continue;
        }
        let (old, new) = (change.old.unwrap_or_default(), change.new.unwrap_or_default());
        let reason = match format {
            Format::GreatExpectations if change.rule == TYPE => {
                "it is written as the types that pandas gives to a column as a whole".to_owned()
            }
            _ if old.is_empty() => format!("it is new: {new}"),
            _ => format!("it is written as: {new}"),
        };
        approximated.push(Loss {
            column: change.column,
            rule: change.rule.to_owned(),
            expected: old,
            reason,
        });
    }
    let inexact = approximated.iter().filter(|it| !it.expected.is_empty()).count() as u64;
    let kept = rules.saturating_sub(dropped + inexact);
    Ok(Converted { text: written, rules, kept, approximated, unsupported })
}

/// The expectations of a suite; none of another contract.
fn expectations(source: &Node) -> &[Node] {
    let Content::Map(entries) = &source.content else { return &[] };
    match get(entries, "expectations").map(|node| &node.content) {
        Some(Content::List(items)) => items,
        _ => &[],
    }
}

/// The rules that the contract has and that are not checked, with the reason.
fn not_checked(contract: &Contract) -> Vec<Loss> {
    let mut found = Vec::new();
    let mut add = |column: Option<&str>, check: &Check| {
        if let CheckKind::NotRun { rule, expected, reason } = &check.kind {
            let (rule, expected, reason) = ((*rule).to_owned(), expected.clone(), reason.clone());
            found.push(Loss { column: column.map(str::to_owned), rule, expected, reason });
        }
    };
    for object in &contract.objects {
        object.checks.iter().for_each(|check| add(None, check));
        for property in &object.properties {
            property.checks.iter().for_each(|check| add(Some(property.column()), check));
        }
    }
    found
}

/// `mustBe…` with its unit, as ODCS has it; nothing where no offender is agreed.
fn operator(tolerance: &Tolerance) -> Vec<(String, Tree)> {
    if tolerance.is_none() {
        return Vec::new();
    }
    must(tolerance)
}

fn must(tolerance: &Tolerance) -> Vec<(String, Tree)> {
    let number = |it: &super::exact::Exact| Tree::Number(it.text().to_owned());
    let (word, value) = match &tolerance.operator {
        Operator::Be(it) => ("mustBe", number(it)),
        Operator::NotBe(it) => ("mustNotBe", number(it)),
        Operator::Greater(it) => ("mustBeGreaterThan", number(it)),
        Operator::GreaterOrEqual(it) => ("mustBeGreaterOrEqualTo", number(it)),
        Operator::Less(it) => ("mustBeLessThan", number(it)),
        Operator::LessOrEqual(it) => ("mustBeLessOrEqualTo", number(it)),
        Operator::Between(a, b) => ("mustBeBetween", Tree::List(vec![number(a), number(b)])),
        Operator::NotBetween(a, b) => ("mustNotBeBetween", Tree::List(vec![number(a), number(b)])),
    };
    let mut all = vec![(word.to_owned(), value)];
    if tolerance.percent {
        all.push(("unit".to_owned(), Tree::text("percent")));
    }
    all
}

#[cfg(test)]
mod tests;
