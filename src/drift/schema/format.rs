//! How the file and its cells are written: format, compression, encoding, delimiter, null tokens, dates, shapes of ids.

use super::super::words::{percent, quoted};
use super::{fail, of, shapes};
use crate::finding::{Finding, Severity};
use crate::profile::{Column, Profile, Source};

/// The least share, and number, of cells that a new spelling must have.
const SHARE: f64 = 0.01;
const CELLS: u64 = 5;

/// What has changed about the file.
pub(super) fn of_source(
    reference: &Profile,
    current: &Profile,
    removed: &[&Column],
    added: &[&Column],
) -> Vec<Finding> {
    let (a, b) = (&reference.source, &current.source);
    let mut found: Vec<Finding> = delimiter(b, removed, added).into_iter().collect();
    let delimiter = |source: &Source| {
        source.dialect.as_ref().map_or(String::new(), |it| quoted(&char::from(it.delimiter).to_string()))
    };
    let encoding = |source: &Source| source.encoding.clone().unwrap_or_default();
    let packing = |source: &Source| source.compression.clone().unwrap_or_else(|| "none".into());
    let changes = [
        ("format", a.format.clone(), b.format.clone()),
        ("compression", packing(a), packing(b)),
        ("encoding", encoding(a), encoding(b)),
        ("delimiter", delimiter(a), delimiter(b)),
    ];
    let told = !a.format.is_empty() && a.format != "profile" && !b.format.is_empty();
    // Another format has another dialect by nature.
    let kept = if a.format == b.format { changes.len() } else { 1 };
    found.extend(
        changes
            .into_iter()
            .take(if told { kept } else { 0 })
            .filter(|(_, was, is)| was != is && !was.is_empty() && !is.is_empty())
            .map(|(what, was, is)| Finding {
                expected: Some(was.clone()),
                observed: Some(is.clone()),
                ..fail(
                    "format-changed",
                    Severity::Info,
                    format!("the {what} of the file was {was} and is {is}"),
                )
            }),
    );
    found
}

/// One column whose name is the header of another delimiter: the file was read as the reference was, and is written
/// otherwise.
fn delimiter(source: &Source, removed: &[&Column], added: &[&Column]) -> Option<Finding> {
    let [only] = added else { return None };
    let used = source.dialect.as_ref()?.delimiter;
    let marks = [',', ';', '\t', '|'].into_iter().filter(|c| !c.is_ascii() || *c as u8 != used);
    let known = |name: &str| removed.iter().any(|column| column.name == name.trim().trim_matches('"'));
    let found = marks.map(|mark| (mark, only.name.split(mark).filter(|name| known(name)).count()));
    let (mark, columns) = found.max_by_key(|it| it.1)?;
    if columns < 2 || 2 * columns < removed.len() {
        return None;
    }
    let (was, is) = (quoted(&char::from(used).to_string()), quoted(&mark.to_string()));
    let message = format!("the file seems to be delimited by {is}, not by {was} as the reference");
    Some(Finding {
        expected: Some(was),
        observed: Some(is),
        ..fail("delimiter-changed", Severity::Critical, message)
    })
}

/// What has changed about the way that a column's cells are written.
pub(super) fn of_column(reference: &Column, current: &Column) -> Vec<Finding> {
    [dates(reference, current), nulls(reference, current), shapes::finding(reference, current)]
        .into_iter()
        .flatten()
        .collect()
}

fn dates(reference: &Column, current: &Column) -> Option<Finding> {
    let (a, b) = (reference.temporal.as_ref()?, current.temporal.as_ref()?);
    let (was, (is, cells)) = (&a.formats.first()?.0, b.formats.first()?);
    if a.formats.iter().any(|it| it.0 == *is) || *cells < CELLS {
        return None;
    }
    let message = format!("{} was written as {was} and is written as {is} now", quoted(&current.name));
    Some(of("format-changed", Severity::Info, current, message, (was.clone(), is.clone())))
}

fn nulls(reference: &Column, current: &Column) -> Option<Finding> {
    let new: Vec<&(String, u64)> = current
        .null_tokens
        .iter()
        .filter(|(token, count)| {
            *count >= CELLS
                && *count as f64 >= SHARE * current.rows as f64
                && !reference.null_tokens.iter().any(|it| it.0 == *token)
        })
        .collect();
    let (token, count) = new.first()?;
    // Where nothing was missing before, the share of missing cells says it.
    let (was, _) = reference.null_tokens.first()?;
    let word = |token: &str| if token.is_empty() { "empty cells".into() } else { quoted(token) };
    let message = format!(
        "{} writes missing values in another way: {} in {} of the cells, {} before",
        quoted(&current.name),
        word(token),
        percent(*count as f64 / current.rows.max(1) as f64),
        word(was)
    );
    Some(of("null-tokens", Severity::Info, current, message, (word(was), word(token))))
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::super::super::{Options, compare};
    use crate::cell::{Type, domain};
    use crate::finding::{Severity, Status};
    use crate::profile::{Column, Dialect, Profile, Temporal, Text};

    fn said(a: &Profile, b: &Profile) -> Vec<(&'static str, Severity)> {
        let found = compare(a, b, &Options::default()).findings;
        found.iter().filter(|f| f.status == Status::Fail).map(|f| (f.rule, f.severity)).collect()
    }

    fn file(columns: Vec<Column>) -> Profile {
        let mut file = profile(columns);
        file.source.format = "csv".into();
        file.source.encoding = Some("utf-8".into());
        file.source.dialect =
            Some(Dialect { delimiter: b',', quote: Some(b'"'), header: true, origin: "sniffed" });
        file
    }

    #[test]
    fn another_encoding_or_format_is_worth_a_note() {
        let plain = file(vec![integers("x", 0..50)]);
        let mut marked = plain.clone();
        marked.source.encoding = Some("utf-8-bom".into());
        assert_eq!(said(&plain, &marked), [("format-changed", Severity::Info)]);
        let mut lines = plain.clone();
        (lines.source.format, lines.source.dialect) = ("jsonl".into(), None);
        assert_eq!(said(&plain, &lines), [("format-changed", Severity::Info)]);
        assert!(said(&plain, &plain).is_empty());
    }

    #[test]
    fn another_delimiter_is_critical_and_named() {
        let before = file(vec![integers("a", 0..50), integers("b", 0..50), integers("c", 0..50)]);
        let now = file(vec![drawn("a;b;c", (0..50).map(|i| format!("{i};{i};{i}")))]);
        assert_eq!(said(&before, &now)[0], ("delimiter-changed", Severity::Critical));
    }

    #[test]
    fn other_dates_and_null_tokens_are_worth_a_note() {
        let days = |format: &str| Column {
            temporal: Some(Temporal {
                min: String::new(),
                max: String::new(),
                formats: vec![(format.into(), 50)],
                quantiles: Vec::new(),
                exact: true,
            }),
            ..keys("d", Type::Date, (0..50).map(|d| domain::signed(d).into()))
        };
        let found = said(&file(vec![days("%Y-%m-%d")]), &file(vec![days("%d.%m.%Y")]));
        assert_eq!(found, [("format-changed", Severity::Info)]);
        let gaps = |token: &str| Column {
            null_tokens: vec![(token.into(), 10)],
            ..holed(integers("x", (0..90).map(|i| i % 9)), 10, 0)
        };
        assert_eq!(said(&file(vec![gaps("")]), &file(vec![gaps("NULL")])), [("null-tokens", Severity::Info)]);
        assert!(said(&file(vec![gaps("")]), &file(vec![gaps("")])).is_empty());
    }

    #[test]
    fn ids_of_another_shape_are_a_warning() {
        let ids = |mark: &str, pattern: &str| Column {
            text: Some(Text {
                min_length: 6,
                max_length: 6,
                mean_length: 6.0,
                patterns: vec![(pattern.into(), 100)],
                exact: true,
                sampled: 0,
            }),
            ..drawn("code_id", (0..100).map(|i| format!("{mark}{i:04}")))
        };
        let found = said(&file(vec![ids("AB", "AA9999")]), &file(vec![ids("x-", "a-9999")]));
        assert_eq!(found, [("id-format", Severity::Warning)]);
        assert!(said(&file(vec![ids("AB", "AA9999")]), &file(vec![ids("CD", "AA9999")])).is_empty());
    }
}
