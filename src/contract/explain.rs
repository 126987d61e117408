//! What each rule checks, why, and how it is agreed: the documentation of its source, for a person.

use super::wording::{nearest, quoted};
use crate::error::{Error, Kind, Result};

const AGE: &str = include_str!("rules/age.rs");
const AGGREGATE: &str = include_str!("rules/aggregate.rs");
const COLUMNS: &str = include_str!("rules/columns.rs");
const DISTINCT: &str = include_str!("rules/distinct.rs");
const FORBIDDEN: &str = include_str!("rules/forbidden.rs");
const OUTLIERS: &str = include_str!("rules/outliers.rs");
const SHAPE: &str = include_str!("rules/shape.rs");
const ORDER: &str = include_str!("rules/order.rs");

/// The public id of a rule, the source that documents it, and which of the documents there it is.
const RULES: [(&str, &str, usize); 44] = [
    ("allowed-values", include_str!("rules/allowed_values.rs"), 0),
    ("blank-rows", SHAPE, 1),
    ("column-count", COLUMNS, 0),
    ("column-order", COLUMNS, 0),
    ("column-presence", include_str!("rules/column_presence.rs"), 0),
    ("column-set", COLUMNS, 0),
    ("complete-share", AGGREGATE, 0),
    ("contains-values", DISTINCT, 0),
    ("date-format", include_str!("rules/date_format.rs"), 0),
    ("decreasing", ORDER, 1),
    ("distinct-count", AGGREGATE, 0),
    ("distinct-share", AGGREGATE, 0),
    ("drift-gate", include_str!("rules/drift.rs"), 0),
    ("empty", include_str!("rules/empty.rs"), 0),
    ("expression", include_str!("rules/expression.rs"), 0),
    ("forbidden-pattern", FORBIDDEN, 1),
    ("forbidden-values", FORBIDDEN, 0),
    ("foreign-key", include_str!("rules/foreign_key.rs"), 0),
    ("format", include_str!("rules/format.rs"), 0),
    ("freshness", AGE, 0),
    ("increasing", ORDER, 0),
    ("json-schema", include_str!("rules/json_schema.rs"), 0),
    ("kl-divergence", include_str!("rules/kl_divergence.rs"), 0),
    ("length", include_str!("rules/length.rs"), 0),
    ("maximum", AGGREGATE, 0),
    ("mean", AGGREGATE, 0),
    ("median", AGGREGATE, 0),
    ("minimum", AGGREGATE, 0),
    ("most-common", DISTINCT, 1),
    ("multiple-of", include_str!("rules/multiple_of.rs"), 0),
    ("no-rows", include_str!("rules/no_rows.rs"), 0),
    ("outliers", OUTLIERS, 0),
    ("pattern", include_str!("rules/pattern.rs"), 0),
    ("quantile", include_str!("rules/quantile.rs"), 0),
    ("range", include_str!("rules/range.rs"), 0),
    ("required", include_str!("rules/required.rs"), 0),
    ("retention", AGE, 0),
    ("row-count", include_str!("rules/row_count.rs"), 0),
    ("row-shape", SHAPE, 0),
    ("std", AGGREGATE, 0),
    ("sum", AGGREGATE, 0),
    ("type", include_str!("rules/type.rs"), 0),
    ("unique", include_str!("rules/unique.rs"), 0),
    ("z-score", OUTLIERS, 1),
];

/// What a report names in place of a rule where something of a contract is agreed that has no rule, and what that is.
const PLACEHOLDERS: [(&str, &str); 9] = [
    (
        "constraint",
        "A constraint of a field of a Table Schema that fields of this type do not have, as a `pattern` of numbers.",
    ),
    ("dialect", "A key of the `dialect` of a resource (how CSV is written) that has not its usual value."),
    ("encoding", "The encoding of a file, where the contract says another one than UTF-8."),
    (
        "expectation",
        "An expectation of Great Expectations without a counterpart, or with arguments that are not read.",
    ),
    ("file", "What a contract says of the file as bytes: its size, its hash."),
    ("items", "Rules on the items of a list, which is one cell."),
    ("quality", "A quality rule of ODCS that is text for people, a query, or for another engine."),
    (
        "schema",
        "A part of a contract that stands in another file, or a keyword of JSON Schema without a counterpart.",
    ),
    (
        "service-level",
        "An entry of `slaProperties` with a `property` of its own: what it says of a file is not known.",
    ),
];

/// The document of a rule, in Markdown.
///
/// # Errors
/// `Usage` where there is no such rule, with the one that was probably meant.
pub fn explain(rule: &str) -> Result<String> {
    if let Some((id, what)) = PLACEHOLDERS.iter().find(|it| it.0 == rule) {
        return Ok(format!(
            "# {id}\n\nNo rule, but the place of one that cannot be checked. {what}\n\nIt is always `not_run`, with the \
             reason in its message: neither a pass nor a failure, and the exit code does not depend on it. What is told \
             this way is to be checked by somebody else, or to be agreed in the words of a rule that is checked.\n"
        ));
    }
    // Contracts have another word for it than findings.
    let word = if rule == "drift" { "drift-gate" } else { rule };
    let Some((id, source, at)) = RULES.iter().find(|it| it.0 == word) else {
        let names: Vec<&str> = RULES.iter().map(|it| it.0).chain(PLACEHOLDERS.map(|it| it.0)).collect();
        let error = Error::new(Kind::Usage, format!("there is no rule {}", quoted(rule)));
        return Err(match nearest(rule, names.iter().copied()) {
            Some(meant) => error.with_hint(format!("did you mean {meant:?}?")),
            None => error.with_hint(format!("the rules are {}", names.join(", "))),
        });
    };
    let mut documents = source.split("/// # What it checks\n").skip(1);
    let lines = documents.nth(*at).unwrap_or_default().lines();
    let lines = lines.map_while(|line| line.trim_start().strip_prefix("///"));
    let text: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    Ok(format!("# {id}\n\n{}\n", text.join("\n").replace("\n# ", "\n## ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_what_it_checks_why_and_how_it_is_agreed() {
        for (id, ..) in RULES {
            let text = explain(id).unwrap();
            for part in [
                format!("# {id}\n"),
                "## Why".into(),
                "## Example".into(),
                "## Parameters".into(),
                "## Missing and invalid cells".into(),
            ] {
                assert!(text.contains(&part), "{id}: {part}\n{text}");
            }
        }
        for (id, _) in PLACEHOLDERS {
            assert!(explain(id).unwrap().contains("always `not_run`"), "{id}");
            assert!(crate::finding::NEVER_RUN.contains(&id), "{id}");
        }
        assert_eq!(explain("expectations").unwrap_err().hint(), Some("did you mean \"expectation\"?"));
        let error = explain("alowed-values").unwrap_err();
        assert_eq!(error.hint(), Some("did you mean \"allowed-values\"?"));
        assert!(explain("ü").unwrap_err().hint().unwrap().starts_with("the rules are allowed-values, "));
    }
}
