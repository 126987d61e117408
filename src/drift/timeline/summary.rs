//! All intervals of a timeline in, one finding a rule and column out: in how many it spoke, when first, where worst.

use super::{Past, Timeline};
use crate::drift::words::{count, percent, quoted, statistic};
use crate::finding::{Finding, Severity, Status, Tier};
use std::collections::BTreeMap;

/// Intervals that are named.
const NAMED: usize = 3;

/// A finding with the interval that it is about.
type Said<'a> = (&'a Past, &'a Finding);

impl Timeline {
    /// What there is to say of all intervals together, the worst first.
    pub fn findings(&self) -> Vec<Finding> {
        let mut by: BTreeMap<(&str, Option<&str>), Vec<Said<'_>>> = BTreeMap::new();
        for past in &self.intervals {
            for said in &past.said {
                by.entry((said.rule, said.column.as_deref())).or_default().push((past, said));
            }
        }
        let compared = self.intervals.iter().filter(|it| it.compared).count() as u64;
        let mut found: Vec<Finding> =
            by.into_iter().filter_map(|((_, column), said)| self.joined(column, said, compared)).collect();
        crate::order::sort_by(&mut found, |a, b| {
            b.severity.cmp(&a.severity).then_with(|| b.count.cmp(&a.count))
        });
        if found.is_empty() && compared > 0 {
            let message = format!("none of {} intervals drifted beyond what is usual", count(compared));
            found.push(Finding {
                total: compared,
                ..Finding::new("intervals", Tier::Drift, Severity::Info, Status::Pass, message)
            });
        }
        found
    }
}

impl Timeline {
    /// The findings of one rule on one column as one: of the intervals in which it was known what is usual, or of all where
    /// it never was.
    fn joined(&self, column: Option<&str>, mut said: Vec<Said<'_>>, compared: u64) -> Option<Finding> {
        let knew = |past: &Past| column.and_then(|it| past.columns.get(it)).is_none_or(|it| it.known);
        let known = self.intervals.iter().filter(|it| it.compared && knew(it)).count() as u64;
        if known > 0 {
            said.retain(|it| knew(it.0));
        }
        one(&said, if known > 0 { known } else { compared }, known > 0)
    }
}

/// Several findings on one column as one.
fn one(said: &[Said<'_>], compared: u64, is_known: bool) -> Option<Finding> {
    let severity = said.iter().map(|it| it.1.severity).max()?;
    let (first, what) = *said.iter().find(|it| it.1.severity == severity)?;
    let number = |past: &Past| -> Option<String> {
        let point = past.columns.get(what.column.as_ref()?)?;
        match what.rule {
            "missing-share" => Some(format!("{} missing", percent(point.missing))),
            "invalid-share" => Some(format!("{} invalid", percent(point.invalid))),
            "drift" => point.psi.map(|psi| format!("PSI {}", statistic(psi))),
            _ => None,
        }
    };
    let message = if said.len() == 1 {
        format!("{}: {}", first.key, what.message)
    } else {
        let name = what.column.as_deref().map_or_else(|| "the table".to_owned(), quoted);
        let keys: Vec<String> = said
            .iter()
            .take(NAMED)
            .map(|(past, _)| match number(past) {
                Some(number) => format!("{} ({number})", past.key),
                None => past.key.clone(),
            })
            .collect();
        let more = said.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {} more", count(more as u64)) } else { String::new() };
        let beyond = if is_known { " beyond what is usual" } else { "" };
        let what_is = match what.rule {
            "drift" => "has drifted".to_owned(),
            "missing-share" => "has another missing share".to_owned(),
            "invalid-share" => "has another invalid share".to_owned(),
            rule => format!("({rule})"),
        };
        format!(
            "{name} {what_is}{beyond} in {} of {} intervals: {}{more}",
            count(said.len() as u64),
            count(compared),
            keys.join(", ")
        )
    };
    Some(Finding {
        column: what.column.clone(),
        count: said.len() as u64,
        total: compared,
        ..Finding::new(what.rule, Tier::Drift, severity, Status::Fail, message)
    })
}
