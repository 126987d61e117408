//! `contains-values` and `most-common`: what the distinct values of a column are → findings. They need every value: of a
//! column with more of them than its budget holds nothing is decided.

use crate::cell::{Type, Value, parse};
use crate::profile::{Column, Distribution, Scalar};
use crate::sketch::texts::text_hash;

#[cfg(feature = "cli")]
use super::super::extent::Extent;
#[cfg(feature = "cli")]
use super::super::tree::Tree;
use super::super::wording::listed;
use super::allowed_values::AllowedValues;
use super::{Judgement, ProfileRule, ValueRule};
#[cfg(feature = "cli")]
use super::{Parameters, parameters};

/// The most equally frequent values that are told.
const TIES: usize = 20;

pub(super) const TOO_MANY: &str = "the column has more distinct values than are held one by one";
pub(super) const NO_VALUE: &str = "every cell is missing or invalid";

/// # What it checks
/// That each of these values occurs in the column; where the set is closed, also that no other does.
///
/// # Why
/// A shop, a country or a source that is missing from a load is seen in no single cell.
///
/// # Example
/// ```yaml
/// - type: custom
///   engine: driftline
///   implementation: {rule: contains-values, values: [north, south], closed: true}
/// ```
///
/// # Parameters
/// `values`; `closed: true` where there may be no other. In Great Expectations `expect_column_distinct_values_to_contain_set` and
/// `…_to_equal_set`.
///
/// # Missing and invalid cells
/// Only valid cells have a value. Of a column without any the rule is not run.
#[derive(Debug)]
pub(in crate::contract) struct Contains {
    /// The values as they are written.
    pub(in crate::contract) values: Vec<String>,
    /// Whether there may be no others.
    pub(in crate::contract) closed: bool,
}

impl ProfileRule for Contains {
    fn id(&self) -> &'static str {
        "contains-values"
    }

    fn expected(&self) -> String {
        format!("{}{}", if self.closed { "exactly " } else { "all of " }, listed(&self.values))
    }

    fn named(&self) -> Option<Vec<&str>> {
        Some(self.values.iter().map(String::as_str).collect())
    }

    fn judge(&self, column: &Column, _: Option<&str>) -> Result<Judgement, String> {
        let (found, distinct) = found(column, &self.values)?;
        let absent: Vec<&str> =
            self.values.iter().zip(&found).filter(|it| *it.1 == 0).map(|it| it.0.as_str()).collect();
        let known = found.iter().filter(|it| **it > 0).count() as u64;
        let others = if self.closed { distinct.saturating_sub(known) } else { 0 };
        let message = match (absent.as_slice(), others) {
            ([], 0) => format!("all {} values occur", self.values.len()),
            ([], others) => format!("{others} values occur that are not among those agreed"),
            (absent, 0) => {
                format!("{} of {} values do not occur: {}", absent.len(), self.values.len(), listed(absent))
            }
            (absent, others) => {
                format!("{} do not occur, and {others} others do", listed(absent))
            }
        };
        let missing = crate::order::set(absent.iter().copied()).len();
        let observed = match self.closed {
            true => format!("{missing} missing, {others} others"),
            false => format!("{missing} missing"),
        };
        Ok(Judgement { holds: absent.is_empty() && others == 0, message, observed: Some(observed) })
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> Extent {
        let values = Extent::set(&self.values);
        let others = self.closed.then(|| ("others".to_owned(), Extent::Set(values.clone())));
        let all = ("all".to_owned(), Extent::AllBut(values));
        Extent::Parts(others.into_iter().chain([all]).collect())
    }

    #[cfg(feature = "cli")]
    fn expectation(&self) -> Option<(&'static str, Parameters)> {
        let kind = match self.closed {
            true => "expect_column_distinct_values_to_equal_set",
            false => "expect_column_distinct_values_to_contain_set",
        };
        Some((kind, parameters([("value_set", Some(listed_values(&self.values)))])))
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        let closed = self.closed.then_some(Tree::Flag(true));
        Some(parameters([("values", Some(listed_values(&self.values))), ("closed", closed)]))
    }
}

/// # What it checks
/// That the most frequent value is one of these. Of several that are equally frequent one has to be, where ties are
/// allowed; else there may be no tie.
///
/// # Why
/// A default that takes over a column looks valid in every cell.
///
/// # Example
/// ```yaml
/// - type: custom
///   engine: driftline
///   implementation: {rule: most-common, values: [basic, plus]}
/// ```
///
/// # Parameters
/// `values`; `ties: true` where others may be as frequent. In Great Expectations `expect_column_most_common_value_to_be_in_set`.
///
/// # Missing and invalid cells
/// Only valid cells are counted. Of a column without any the rule is not run.
#[derive(Debug)]
pub(in crate::contract) struct MostCommon {
    /// The values as they are written.
    pub(in crate::contract) values: Vec<String>,
    /// Whether there may be others as frequent.
    pub(in crate::contract) ties: bool,
}

impl ProfileRule for MostCommon {
    fn id(&self) -> &'static str {
        "most-common"
    }

    fn expected(&self) -> String {
        format!("most often {}", listed(&self.values))
    }

    fn named(&self) -> Option<Vec<&str>> {
        Some(self.values.iter().map(String::as_str).collect())
    }

    fn judge(&self, column: &Column, _: Option<&str>) -> Result<Judgement, String> {
        let counts = counts(column)?;
        let most = counts.iter().copied().max().unwrap_or(0);
        let modes = counts.iter().filter(|it| **it == most).count();
        let (found, _) = found(column, &self.values)?;
        let agreed = found.contains(&most);
        let texts: Vec<String> =
            column.top.iter().take(modes.min(TIES)).map(|it| text_of(&it.value)).collect();
        let top = texts.first().cloned().unwrap_or_default();
        let ties = if modes > 1 { format!(" and {} others", modes - 1) } else { String::new() };
        let message = format!("the most frequent value is {}{ties}, {most} times", listed(&[top.as_str()]));
        let observed = if modes > 1 { serde_json::json!(texts).to_string() } else { top };
        Ok(Judgement { holds: agreed && (modes == 1 || self.ties), message, observed: Some(observed) })
    }

    #[cfg(feature = "cli")]
    fn extent(&self) -> Extent {
        let alone = (!self.ties).then(|| ("alone".to_owned(), Extent::same()));
        let values = ("values".to_owned(), Extent::Set(Extent::set(&self.values)));
        Extent::Parts(alone.into_iter().chain([values]).collect())
    }

    #[cfg(feature = "cli")]
    fn expectation(&self) -> Option<(&'static str, Parameters)> {
        let values = Some(listed_values(&self.values));
        let kind = "expect_column_most_common_value_to_be_in_set";
        Some((kind, parameters([("value_set", values), ("ties_okay", Some(Tree::Flag(self.ties)))])))
    }

    #[cfg(feature = "cli")]
    fn parameters(&self) -> Option<Parameters> {
        let ties = self.ties.then_some(Tree::Flag(true));
        Some(parameters([("values", Some(listed_values(&self.values))), ("ties", ties)]))
    }
}

fn text_of(value: &Scalar) -> String {
    match value {
        Scalar::Integer(value) => value.to_string(),
        Scalar::Float(value) => value.to_string(),
        Scalar::Text(text) => text.clone(),
    }
}

#[cfg(feature = "cli")]
fn listed_values(values: &[String]) -> Tree {
    Tree::List(values.iter().map(|it| Tree::value(it)).collect())
}

/// The counts of all distinct values.
pub(super) fn counts(column: &Column) -> Result<Vec<u64>, String> {
    match &column.distribution {
        Distribution::Absent => Err(NO_VALUE.to_owned()),
        it if it.shift() > 0 => Err(TOO_MANY.to_owned()),
        Distribution::Ordered(ordered) => Ok(ordered.entries.iter().map(|it| it.1).collect()),
        Distribution::Categories(categories) => Ok(categories.entries.iter().map(|it| it.count).collect()),
    }
}

/// How often each of the values occurs, and how many distinct values there are.
pub(super) fn found(column: &Column, values: &[String]) -> Result<(Vec<u64>, u64), String> {
    let distinct = counts(column)?.len() as u64;
    let single = |value: &String| AllowedValues::of(vec![value.clone()]).probe(column.ty);
    let found = match &column.distribution {
        Distribution::Ordered(ordered) => {
            let all = AllowedValues::of(values.to_vec()).probe(column.ty)?;
            let value = |key: u128| parse::value_of(key, column.ty);
            let some: Vec<(Value<'_>, u64)> = ordered
                .entries
                .iter()
                .map(|entry| (value(entry.0), entry.1))
                .filter(|entry| !all.breaks(entry.0))
                .collect();
            let count = |one: &String| {
                let probe = single(one)?;
                Ok(some.iter().filter(|it| !probe.breaks(it.0)).map(|it| it.1).sum())
            };
            values.iter().map(count).collect::<Result<Vec<u64>, String>>()?
        }
        Distribution::Categories(categories) if column.ty == Type::Text => {
            let count = |one: &String| {
                let hash = text_hash(one.as_bytes());
                let at = categories.entries.binary_search_by_key(&hash, |entry| entry.hash);
                at.map_or(0, |at| categories.entries[at].count)
            };
            values.iter().map(count).collect()
        }
        _ => return Err(format!("a list of values does not apply to a column of type {}", column.ty.id())),
    };
    Ok((found, distinct))
}
