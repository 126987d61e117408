//! What each rule checks, why, and how it is agreed: the documentation of its source, for a person.

use super::wording::{nearest, quoted};
use crate::error::{Error, Kind, Result};

const AGE: &str = include_str!("rules/age.rs");
const AGGREGATE: &str = include_str!("rules/aggregate.rs");
const COLUMNS: &str = include_str!("rules/columns.rs");
const DISTINCT: &str = include_str!("rules/distinct.rs");
const FORBIDDEN: &str = include_str!("rules/forbidden.rs");
const OUTLIERS: &str = include_str!("rules/outliers.rs");
const ORDER: &str = include_str!("rules/order.rs");

/// The public id of a rule, the source that documents it, and which of the documents there it is.
const RULES: [(&str, &str, usize); 42] = [
    ("allowed-values", include_str!("rules/allowed_values.rs"), 0),
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
    ("quantiles", DISTINCT, 2),
    ("range", include_str!("rules/range.rs"), 0),
    ("required", include_str!("rules/required.rs"), 0),
    ("retention", AGE, 0),
    ("row-count", include_str!("rules/row_count.rs"), 0),
    ("std", AGGREGATE, 0),
    ("sum", AGGREGATE, 0),
    ("type", include_str!("rules/type.rs"), 0),
    ("unique", include_str!("rules/unique.rs"), 0),
    ("z-score", OUTLIERS, 1),
];

/// The document of a rule, in Markdown.
///
/// # Errors
/// `Usage` where there is no such rule, with the one that was probably meant.
pub fn explain(rule: &str) -> Result<String> {
    // Contracts have another word for it than findings.
    let word = if rule == "drift" { "drift-gate" } else { rule };
    let Some((id, source, at)) = RULES.iter().find(|it| it.0 == word) else {
        let names: Vec<&str> = RULES.iter().map(|it| it.0).collect();
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
            for part in [format!("# {id}\n"), "## Why".into(), "## Example".into(), "## Parameters".into()] {
                assert!(text.contains(&part), "{id}: {part}\n{text}");
            }
        }
        let error = explain("alowed-values").unwrap_err();
        assert_eq!(error.hint(), Some("did you mean \"allowed-values\"?"));
        assert!(explain("ü").unwrap_err().hint().unwrap().starts_with("the rules are allowed-values, "));
    }
}
