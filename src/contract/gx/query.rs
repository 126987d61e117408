//! `expect_query_results_to_match_comparison`: two queries of which each has one number for its result. Without a database the
//! numbers of rows of two tables can be compared: `SELECT COUNT(*) FROM …`, and the same of another table.

use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind};
use super::super::odcs::sql::{after, name};
use super::super::wording::quoted;
use super::kwargs::Kwargs;

/// The expectation.
pub(super) const KIND: &str = "expect_query_results_to_match_comparison";

/// The rule of the expectation, or why there is none.
pub(super) fn check(kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Check {
    match table(kwargs, mistakes) {
        Ok(table) => Check::strict(CheckKind::RowCountOf(table)),
        Err(reason) => Check::not_run("row-count", KIND, reason),
    }
}

/// The table whose rows are counted.
fn table(kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Result<String, String> {
    if let Some(lacking) = kwargs.lacks_parameter() {
        return Err(format!("the parameter {lacking} has no value"));
    }
    let query = |word: &str| kwargs.text(word).ok_or_else(|| format!("{word} is missing"));
    let (base, other) = (query("base_query")?, query("comparison_query")?);
    counted(&base, "base_query")?;
    let table = counted(&other, "comparison_query")?;
    if table == BATCH {
        return Err("comparison_query is on {batch}, which is the file itself".to_owned());
    }
    // One row is compared with one row: they match, or they do not.
    match kwargs.number(&["mostly"], mistakes) {
        Some(mostly) if mostly.nearest() <= 0.0 => {
            Err("with mostly 0 any result is as agreed, so there is nothing to compare".to_owned())
        }
        _ => Ok(table),
    }
}

/// What stands for the file.
const BATCH: &str = "batch";

/// The table whose rows a query counts.
fn counted(query: &str, word: &str) -> Result<String, String> {
    let found = || {
        let mut rest = query.trim().trim_end_matches(';').trim_end();
        for part in ["select", "count", "("] {
            rest = after(rest, part)?;
        }
        rest = after(rest, "*").or_else(|| after(rest, "1"))?;
        rest = after(rest, ")")?;
        if let Some(alias) = after(rest, "as") {
            rest = name(alias)?.1;
        }
        rest = after(rest, "from")?;
        let (table, rest) = match after(rest, "{batch}") {
            Some(rest) => (BATCH.to_owned(), rest),
            None => name(rest)?,
        };
        let last = table.rsplit('.').next().unwrap_or(&table).to_owned();
        rest.is_empty().then_some(last)
    };
    found().ok_or_else(|| {
        format!("{word} needs a database, unless it is SELECT COUNT(*) FROM a table; found {}", quoted(query))
    })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn only_counts_of_all_rows_are_taken() {
        let table = [
            ("SELECT COUNT(*) FROM {batch}", Some("batch")),
            ("select count(1) as n from shop.\"order lines\" ;", Some("order lines")),
            ("SELECT COUNT(*) FROM orders WHERE a = 1", None),
            ("SELECT COUNT(*) FROM orders o", None),
            ("SELECT COUNT(*), 1 FROM orders", None),
            ("SELECT COUNT(a) FROM orders", None),
            ("SELECT COUNT(DISTINCT a) FROM orders", None),
            ("SELECT SUM(a) FROM orders", None),
            ("SELECT COUNT(*) FROM orders -- all", None),
            ("SELECT COUNT(*) FROM (SELECT 1)", None),
            ("", None),
        ];
        for (query, expected) in table {
            assert_eq!(counted(query, "base_query").ok().as_deref(), expected, "{query}");
        }
    }
}
