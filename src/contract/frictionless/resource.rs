//! A resource of a data package → a table: its schema, how its CSV is written, and what it says of the file as a whole.

use super::super::exact::Exact;
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind, SchemaObject};
use super::super::rules::columns::Columns;
use super::super::scalar::ScalarKind;
use super::super::tolerance::{Operator, Tolerance};
use super::super::yaml::{Content, Key, Node};
use super::{given, name, schema};

/// Of the dialect what we do not read, with what it usually is.
const OTHERS: [(&str, &str); 11] = [
    ("headerRows", "1"),
    ("commentChar", ""),
    ("commentRows", ""),
    ("escapeChar", ""),
    ("doubleQuote", "true"),
    ("skipInitialSpace", "false"),
    ("nullSequence", ""),
    ("headerCase", "true"),
    ("skipBlankRows", "false"),
    ("quoting", "0"),
    ("property", ""),
];

/// Reads a resource; `None` for one without a schema.
pub(super) fn read(node: &Node, mistakes: &mut Mistakes) -> Option<SchemaObject> {
    let entries = mistakes.map(node, "a resource");
    let written = given(entries, "schema")?;
    let mut object = SchemaObject { name: name(entries), ..SchemaObject::default() };
    // The standard's own; the delimiter is found out where it is not given.
    (object.dialect.header, object.dialect.quote) = (Some(true), Some(Some(b'"')));
    let path = given(entries, "path").map(|node| match &node.content {
        Content::List(items) => items.first().unwrap_or(node),
        _ => node,
    });
    if let Some(path) = path.and_then(|node| mistakes.text(node)) {
        object.physical_name = Some(path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned());
    }
    match given(entries, "dialect").map(|node| &node.content) {
        Some(Content::Map(dialect)) => read_dialect(dialect, &mut object),
        Some(_) => object.checks.push(elsewhere("dialect")),
        None => {}
    }
    match &written.content {
        Content::Map(fields) => schema(fields, &mut object, mistakes),
        _ => object.checks.push(elsewhere("schema")),
    }
    of_file(entries, &mut object, mistakes);
    crate::order::sort_by_key(&mut object.checks, Check::rank);
    Some(object)
}

/// A part of the resource that stands in another file.
fn elsewhere(part: &'static str) -> Check {
    let reason = format!("the {part} stands in another file; give that one, or put it into the descriptor");
    Check::not_run("schema", part, reason)
}

fn read_dialect(entries: &[(Key, Node)], object: &mut SchemaObject) {
    let csv = match given(entries, "csv").map(|node| &node.content) {
        Some(Content::Map(csv)) => csv.as_slice(),
        _ => &[],
    };
    let scalar = |word: &str| given(entries, word).or_else(|| given(csv, word)).and_then(Node::scalar);
    let mut dialect = object.dialect;
    let mut odd = Vec::new();
    for (word, target) in [("delimiter", true), ("quoteChar", false)] {
        let Some(scalar) = scalar(word) else { continue };
        match (scalar.text.as_bytes(), target) {
            ([byte], true) if byte.is_ascii() => dialect.delimiter = Some(*byte),
            ([byte], false) if byte.is_ascii() => dialect.quote = Some(Some(*byte)),
            ([], false) => dialect.quote = Some(None),
            _ => odd.push((word, scalar.text.clone())),
        }
    }
    if let Some(ScalarKind::Boolean(header)) = scalar("header").map(|scalar| scalar.kind) {
        dialect.header = Some(header);
    }
    for (word, usual) in OTHERS {
        let found = match given(entries, word).or_else(|| given(csv, word)).map(|node| &node.content) {
            Some(Content::Scalar(scalar)) => scalar.text.clone(),
            Some(Content::List(items)) => {
                let texts = items.iter().filter_map(|item| Some(item.scalar()?.text.as_str()));
                texts.collect::<Vec<_>>().join(", ")
            }
            _ => continue,
        };
        if found != usual {
            odd.push((word, found));
        }
    }
    object.dialect = dialect;
    object.checks.extend(odd.into_iter().map(|(word, found)| {
        Check::not_run(
            "dialect",
            format!("{word} {found}"),
            format!("{word} of the dialect is not supported"),
        )
    }));
}

/// What the resource says of the file: rows, fields, bytes, a hash.
fn of_file(entries: &[(Key, Node)], object: &mut SchemaObject, mistakes: &mut Mistakes) {
    let mut count = |word| given(entries, word).and_then(|node| mistakes.natural(node)).filter(|n| *n > 0);
    if let Some(rows) = count("rows") {
        let tolerance = Tolerance { operator: Operator::Be(Exact::integer(rows.into())), percent: false };
        object.checks.push(Check { tolerance, ..Check::strict(CheckKind::RowCount) });
    }
    if let Some(fields) = count("fields") {
        object.checks.push(Check::strict(CheckKind::Columns(Columns::Count(fields, fields))));
    }
    for (word, expected) in [("bytes", "a number of bytes"), ("hash", "a hash of the content")] {
        if given(entries, word).is_some() {
            object.checks.push(Check::not_run(
                "file",
                expected,
                format!("{word} of a resource is not supported"),
            ));
        }
    }
    let encoding = given(entries, "encoding").and_then(Node::scalar).map(|it| it.text.to_ascii_lowercase());
    if let Some(encoding) =
        encoding.filter(|it| !["utf-8", "utf8", "utf-8-sig", "ascii"].contains(&it.as_str()))
    {
        let reason = "files are read as UTF-8 only";
        object.checks.push(Check::not_run("encoding", encoding, reason));
    }
}
