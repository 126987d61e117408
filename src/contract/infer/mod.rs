//! Profiles of one or several files → a contract in ODCS YAML, each rule with its evidence. Only what is stable across the
//! files is agreed, with the variation that a sample has: the tolerance of a rule is the upper end of a Wilson interval,
//! a breach beyond it is a warning and one beyond a hundredth of the cells critical.

mod column;
mod evidence;
#[cfg(feature = "monitor")]
pub mod propose;
mod write;

use crate::error::{Error, Kind, Result};
use crate::issue::{Code, Issue};
use crate::profile::Profile;
use crate::words::grouped;

use column::Property;
#[cfg(feature = "contract")]
pub(super) use write::{EVIDENCE, quoted, scalar};

/// Rows below which nothing but names and types is agreed.
const FEW_ROWS: u64 = 30;

/// A rule that may be broken by some cells.
#[derive(Clone)]
struct Rule {
    /// What is asked.
    kind: RuleKind,
    /// Offenders in percent that are within the variation of a sample.
    tolerance: f64,
    /// Offenders in percent that are not to be explained by it.
    critical: f64,
    /// What was seen.
    evidence: String,
    /// The rows that it speaks of; all of them where there is none.
    when: Option<String>,
}

/// What a rule asks of the cells of a column.
#[derive(Clone)]
enum RuleKind {
    /// That they are of the column's type.
    Type,
    /// That they are there.
    Present,
    /// That they are among these.
    Values(Vec<String>),
    /// That they lie within these bounds, as they are to be written.
    Range(Option<String>, Option<String>),
    /// That they have so many characters.
    Length(Option<u64>, Option<u64>),
    /// That they have this format.
    Format(&'static str),
    /// That they match this pattern.
    Pattern(String),
    /// That they are none of these.
    #[cfg_attr(not(feature = "monitor"), expect(dead_code, reason = "nothing else proposes it"))]
    Forbidden(Vec<String>),
    /// That no value is there twice.
    #[cfg_attr(not(feature = "monitor"), expect(dead_code, reason = "nothing else proposes it"))]
    Unique,
    /// That their mean lies within these bounds; it is of all cells.
    #[cfg_attr(not(feature = "monitor"), expect(dead_code, reason = "nothing else proposes it"))]
    Mean(String, String),
}

/// How many rows a file has.
struct Rows {
    least: u64,
    most: Option<u64>,
    evidence: String,
}

/// What is agreed on a table.
struct Draft {
    name: String,
    usage: String,
    rows: Option<Rows>,
    properties: Vec<Property>,
}

/// The text of a contract on files like these.
///
/// # Errors
/// `Usage` where a file has no rows, or the files have no column in common.
pub fn infer(profiles: &[Profile]) -> Result<String> {
    let Some(first) = profiles.first() else {
        return Err(Error::new(Kind::Usage, "there is no file to infer a contract from"));
    };
    let is_no_data = |issue: &&Issue| matches!(issue.code, Code::HtmlPage | Code::ErrorBody);
    for profile in profiles {
        if let Some(issue) = profile.issues.iter().find(is_no_data) {
            let error = Error::new(Kind::Usage, issue.message.trim_end_matches('.'));
            return Err(error.of_file(&profile.source.name).with_hint("a contract is inferred from data"));
        }
    }
    if let Some(empty) = profiles.iter().find(|profile| profile.table.rows == 0) {
        let error = Error::new(Kind::Usage, "the file has no rows, and a contract is inferred from rows");
        return Err(error.of_file(&empty.source.name));
    }
    let shared = |name: &str| profiles.iter().all(|it| it.columns.iter().any(|column| column.name == name));
    let properties: Vec<Property> = first
        .columns
        .iter()
        .filter(|column| shared(&column.name))
        .map(|column| {
            let same = |profile| columns_of(profile, &column.name);
            Property::of(&profiles.iter().filter_map(same).collect::<Vec<_>>())
        })
        .collect();
    if properties.is_empty() {
        return Err(Error::new(Kind::Usage, "the files have no column in common"));
    }
    let mut left_out: Vec<&str> = Vec::new();
    for column in profiles.iter().flat_map(|profile| &profile.columns) {
        if !shared(&column.name) && !left_out.contains(&column.name.as_str()) {
            left_out.push(&column.name);
        }
    }
    let draft = Draft {
        name: stem(&first.source.name),
        usage: usage(profiles, &left_out),
        rows: Some(rows(profiles)),
        properties,
    };
    Ok(write::write(&draft))
}

fn columns_of<'a>(profile: &'a Profile, name: &str) -> Option<&'a crate::profile::Column> {
    profile.columns.iter().find(|column| column.name == name)
}

/// A file's name without its endings.
fn stem(name: &str) -> String {
    let stem = name.trim_start_matches('.').split('.').next().unwrap_or_default();
    if stem.is_empty() { "table".to_owned() } else { stem.to_owned() }
}

fn usage(profiles: &[Profile], left_out: &[&str]) -> String {
    let files: Vec<String> = profiles
        .iter()
        .take(5)
        .map(|it| format!("{} ({} rows)", it.source.name, grouped(it.table.rows)))
        .collect();
    let more = if profiles.len() > 5 { format!(" and {} more", profiles.len() - 5) } else { String::new() };
    let mut text = format!("Inferred from {}{more}; every rule says what was seen.", files.join(", "));
    if !left_out.is_empty() {
        text += &format!(" Not in every file, and so left out: {}.", left_out.join(", "));
    }
    text
}

/// A file with a tenth of the rows is part of one; where several were seen, twice the most is too many.
fn rows(profiles: &[Profile]) -> Rows {
    let counts = profiles.iter().map(|it| it.table.rows);
    let (least, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    let seen =
        if least == most { grouped(least) } else { format!("{} to {}", grouped(least), grouped(most)) };
    Rows {
        least: (least / 10).max(1),
        most: (profiles.len() >= 3).then_some(most.saturating_mul(2)),
        evidence: format!(
            "{seen} rows in {}",
            if profiles.len() == 1 { "one file".into() } else { format!("{} files", profiles.len()) }
        ),
    }
}
