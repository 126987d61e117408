//! `column-count`, `column-set` and `column-order`: which columns the file has → findings.

use crate::finding::{Finding, Status, Tier};

#[cfg(feature = "cli")]
use super::super::exact::Exact;
#[cfg(feature = "cli")]
use super::super::extent::Extent;
use super::super::model::Check;
use super::super::wording::{counted, cut, listed, quoted};

/// # What it checks
/// How many columns the file has, which, or which in which order.
///
/// # Why
/// A column that nobody agreed on is a leak or a change that was not told; one that moved breaks readers by position.
///
/// # Example
/// ```json
/// {"type": "expect_table_columns_to_match_ordered_list", "kwargs": {"column_list": ["id", "name"]}}
/// ```
///
/// # Parameters
/// `value`, `min_value`, `max_value`; `column_set` and `exact_match`; `column_list`.
///
/// # Missing and invalid cells
/// No cell is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::contract) enum Columns {
    /// At least and at most so many.
    Count(u64, u64),
    /// These, and where `closed` no others, in any order.
    Set {
        /// Their names.
        names: Vec<String>,
        /// Whether there may be no others.
        closed: bool,
    },
    /// No others than these.
    Within(Vec<String>),
    /// At least one of these.
    Any(Vec<String>),
    /// These in this order and no others.
    Order(Vec<String>),
    /// This one at this place, from 0.
    At(String, u64),
    /// No two of one name.
    Distinct,
}

impl Columns {
    /// The public id of the rule.
    pub(in crate::contract) fn id(&self) -> &'static str {
        match self {
            Columns::Count(..) => "column-count",
            Columns::Set { .. } | Columns::Within(_) | Columns::Any(_) | Columns::Distinct => "column-set",
            Columns::Order(_) | Columns::At(..) => "column-order",
        }
    }

    /// What is agreed.
    pub(in crate::contract) fn expected(&self) -> String {
        match self {
            Columns::Count(least, most) if least == most => counted(*least, "column"),
            Columns::Count(least, u64::MAX) => format!("at least {}", counted(*least, "column")),
            Columns::Count(0, most) => format!("at most {}", counted(*most, "column")),
            Columns::Count(least, most) => format!("{least} … {most} columns"),
            Columns::Set { names, closed: true } => format!("{} and no others", listed(names)),
            Columns::Within(names) => format!("no others than {}", listed(names)),
            Columns::Any(names) => format!("at least one of {}", listed(names)),
            Columns::Set { names, .. } | Columns::Order(names) => listed(names),
            Columns::At(name, at) => format!("{} as column {}", cut(name), at + 1),
            Columns::Distinct => "no two columns of one name".to_owned(),
        }
    }

    /// What it allows.
    #[cfg(feature = "cli")]
    pub(in crate::contract) fn extent(&self) -> Extent {
        let part = |name: &str, extent| (name.to_owned(), extent);
        let set = Extent::set;
        match self {
            Columns::Count(least, most) => {
                let end = |it: u64| Some((Exact::integer(it.into()), false));
                Extent::Interval(end(*least), (*most < u64::MAX).then(|| end(*most)).flatten())
            }
            Columns::Set { names, closed: false } => Extent::part("these", Extent::AllBut(set(names))),
            Columns::Set { names, closed: true } => Extent::Parts(vec![
                part("these", Extent::AllBut(set(names))),
                part("others", Extent::Set(set(names))),
            ]),
            Columns::Order(names) => Extent::Parts(vec![
                part("these", Extent::AllBut(set(names))),
                part("others", Extent::Set(set(names))),
                part(&format!("{names:?}"), Extent::same()),
            ]),
            Columns::Within(names) => Extent::part("others", Extent::Set(set(names))),
            Columns::Any(names) => Extent::part("one", Extent::Set(set(names))),
            Columns::At(name, at) => Extent::facts([format!("{name:?} {at}")]),
            Columns::Distinct => Extent::facts(["distinct".to_owned()]),
        }
    }

    /// What is wrong with a file of these columns; nothing where all is as agreed.
    fn faults(&self, found: &[&str]) -> Vec<String> {
        match self {
            Columns::Count(least, most) => {
                let count = found.len() as u64;
                let is_right = (*least..=*most).contains(&count);
                if is_right { Vec::new() } else { vec![format!("the file has {}", counted(count, "column"))] }
            }
            Columns::Set { names, closed } => {
                let missing = names.iter().filter(|name| !found.contains(&name.as_str()));
                let others = found.iter().filter(|name| *closed && !names.iter().any(|it| it == *name));
                let missing = missing.map(|name| format!("{} is missing", quoted(name)));
                missing.chain(others.map(|name| format!("{} was not agreed", quoted(name)))).collect()
            }
            Columns::Within(names) => {
                let others = found.iter().filter(|name| !names.iter().any(|it| it == *name));
                others.map(|name| format!("{} was not agreed", quoted(name))).collect()
            }
            Columns::Any(names) if found.iter().any(|name| names.iter().any(|it| it == name)) => Vec::new(),
            // The reader has given them names of their own.
            Columns::Distinct => Vec::new(),
            Columns::Any(_) => vec!["none of the agreed columns is there".to_owned()],
            Columns::At(name, at) => match found.iter().position(|it| it == name) {
                Some(place) if place as u64 == *at => Vec::new(),
                Some(place) => {
                    vec![format!("{} is column {}, agreed is {}", quoted(name), place + 1, at + 1)]
                }
                None => vec![format!("{} is missing", quoted(name))],
            },
            Columns::Order(names) => (0..names.len().max(found.len()))
                .filter(|&i| names.get(i).map(String::as_str) != found.get(i).copied())
                .map(|i| {
                    let name = |name: Option<&str>| name.map_or_else(|| "none".to_owned(), quoted);
                    let (agreed, found) = (names.get(i).map(String::as_str), found.get(i).copied());
                    format!("column {} is {}, agreed is {}", i + 1, name(found), name(agreed))
                })
                .collect(),
        }
    }

    /// The finding on a file of these columns.
    pub(in crate::contract) fn finding(&self, check: &Check, found: &[&str]) -> Finding {
        let faults = self.faults(found);
        let status = if faults.is_empty() { Status::Pass } else { Status::Fail };
        let message = match faults.as_slice() {
            [] => "the columns are as agreed".to_owned(),
            [one] => one.clone(),
            [first, rest @ ..] => format!("{first}; and {} more", counted(rest.len() as u64, "difference")),
        };
        let mut finding = Finding::new(self.id(), Tier::Contract, check.severity, status, message);
        finding.expected = Some(self.expected());
        let shown: Vec<String> = found.iter().map(|name| cut(name)).collect();
        finding.observed = Some(listed(&shown));
        (finding.count, finding.total) = (faults.len() as u64, found.len() as u64);
        finding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_named() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let set = |of: &[&str], closed| Columns::Set { names: names(of), closed };
        let table = [
            (Columns::Count(2, 2), &["a", "b"][..], &[][..]),
            (Columns::Count(0, 1), &["a", "b"], &["the file has 2 columns"]),
            (set(&["b", "a"], true), &["a", "b"], &[]),
            (set(&["a", "c"], true), &["a", "b"], &["\"c\" is missing", "\"b\" was not agreed"]),
            (set(&["a"], false), &["a", "b"], &[]),
            (Columns::Within(names(&["a", "b"])), &["b"], &[]),
            (Columns::Within(names(&["a"])), &["a", "b"], &["\"b\" was not agreed"]),
            (Columns::Any(names(&["a", "c"])), &["a", "b"], &[]),
            (Columns::Any(names(&["c"])), &["a", "b"], &["none of the agreed columns is there"]),
            (Columns::Order(names(&["a", "b"])), &["a", "b"], &[]),
            (Columns::At("b".into(), 1), &["a", "b"], &[]),
            (Columns::At("b".into(), 0), &["a", "b"], &["\"b\" is column 2, agreed is 1"]),
            (Columns::At("c".into(), 0), &["a", "b"], &["\"c\" is missing"]),
            (
                Columns::Order(names(&["b", "a", "c"])),
                &["a", "b"],
                &[
                    "column 1 is \"a\", agreed is \"b\"",
                    "column 2 is \"b\", agreed is \"a\"",
                    "column 3 is none, agreed is \"c\"",
                ],
            ),
        ];
        for (rule, found, faults) in table {
            assert_eq!(rule.faults(found), faults, "{rule:?}");
        }
    }
}
