//! `quality` of `type: sql` without a database: `SELECT COUNT(*) FROM table WHERE condition`, where our expressions say the
//! condition.

use super::super::expression::{Expression, Logic, parse};
use super::super::model::{Check, CheckKind};
use super::super::rules::rows::{OnRows, What, When};
use super::super::tolerance::{Operator, Tolerance};
use super::super::wording::quoted;

/// What stands for the table, and for the column.
const TABLES: [&str; 4] = ["model", "table", "object", "schema"];
const COLUMNS: [&str; 3] = ["column", "property", "field"];

/// The rule of a query whose number is held against an operator; `tables` are the names of the table, any where there are none.
///
/// # Errors
/// In words, why a database is needed for it.
pub(super) fn check(
    query: &str,
    operator: Operator,
    tables: &[&str],
    column: Option<&str>,
) -> Result<Check, String> {
    if query.contains('\\') || query.contains("--") || query.contains("/*") {
        return Err("a query with comments or backslashes needs a database".to_owned());
    }
    let text = filled(query, tables.first().copied().unwrap_or("_"), column);
    let mut rest = text.trim().trim_end_matches(';').trim_end();
    for word in ["select", "count", "("] {
        rest = after(rest, word).ok_or_else(needs_database)?;
    }
    rest = after(rest, "*").or_else(|| after(rest, "1")).ok_or_else(needs_database)?;
    rest = after(rest, ")").ok_or_else(needs_database)?;
    if let Some(alias) = after(rest, "as") {
        rest = name(alias).ok_or_else(needs_database)?.1;
    }
    rest = after(rest, "from").ok_or_else(needs_database)?;
    let (table, mut rest) = name(rest).ok_or_else(needs_database)?;
    let last = table.rsplit('.').next().unwrap_or(&table).to_owned();
    let is_own = |it: &&str| it.eq_ignore_ascii_case(&table) || it.eq_ignore_ascii_case(&last);
    if !tables.is_empty() && !tables.iter().any(is_own) {
        return Err(format!("a query on another table ({}) needs a database", quoted(&table)));
    }
    let mut prefixes = vec![table, last];
    rest = after(rest, "as").unwrap_or(rest);
    if !rest.is_empty() && after(rest, "where").is_none() {
        let (alias, behind) = name(rest).ok_or_else(needs_database)?;
        prefixes.push(alias);
        rest = behind;
    }
    let tolerance = Tolerance { operator, percent: false };
    if rest.is_empty() {
        return Ok(Check { tolerance, ..Check::strict(CheckKind::RowCount) });
    }
    let condition = after(rest, "where").ok_or_else(needs_database)?;
    let mut expression = parse(&identifiers(condition))
        .map_err(|message| format!("a query with this condition needs a database: {message}"))?;
    without(&mut expression, &prefixes);
    let kind = match &tolerance.operator {
        // So many rows at most: those that meet the condition are the offenders.
        Operator::Be(_) | Operator::Less(_) | Operator::LessOrEqual(_) => {
            let columns = expression.columns().into_iter().map(str::to_owned).collect();
            let what = What::Holds(Expression::Not(Box::new(expression)), None);
            OnRows { what, columns, when: None, written: false }
        }
        _ => {
            let when = Some(When { expression, logic: Logic::Sql });
            OnRows { what: What::Counted, columns: Vec::new(), when, written: false }
        }
    };
    Ok(Check { tolerance, ..Check::strict(CheckKind::Rows(kind)) })
}

fn needs_database() -> String {
    "a query needs a database, unless it is SELECT COUNT(*) FROM the table WHERE a condition".to_owned()
}

/// The text with what stands for names replaced by them: `{table}`, `${column}`, in quotes or not.
fn filled(query: &str, table: &str, column: Option<&str>) -> String {
    let mut text = query.to_owned();
    let of = |words: &[&str], name: &str, text: &mut String| {
        let name = format!("`{name}`");
        for word in words {
            for form in [format!("${{{word}}}"), format!("{{{word}}}")] {
                for quote in ["\"", "'", "`"] {
                    *text = text.replace(&format!("{quote}{form}{quote}"), &name);
                }
                *text = text.replace(&form, &name);
            }
        }
    };
    of(&TABLES, table, &mut text);
    if let Some(column) = column {
        of(&COLUMNS, column, &mut text);
    }
    text
}

/// What stands behind a word, in any case, or behind a sign.
pub(in crate::contract) fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let text = text.trim_start();
    let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    let rest = &text[head.len()..];
    let is_word = word.chars().all(char::is_alphanumeric);
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (!is_word || !goes_on).then(|| rest.trim_start())
}

/// A name, in quotes or not, with what stands behind it.
pub(in crate::contract) fn name(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let mut rest = text;
    let mut found = String::new();
    loop {
        let quote = rest.chars().next().filter(|c| ['"', '`'].contains(c));
        let (part, behind) = match quote {
            Some(quote) => rest[1..].split_once(quote)?,
            None => {
                rest.split_at(rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len()))
            }
        };
        if part.is_empty() {
            return None;
        }
        found.push_str(part);
        match behind.strip_prefix('.') {
            Some(behind) => {
                found.push('.');
                rest = behind;
            }
            None => return Some((found, behind.trim_start())),
        }
    }
}

/// Names in double quotes are names to SQL and texts to our expressions.
pub(in crate::contract) fn identifiers(condition: &str) -> String {
    let mut is_text = false;
    let swapped = condition.chars().map(|c| match c {
        '\'' => {
            is_text = !is_text;
            c
        }
        '"' if !is_text => '`',
        c => c,
    });
    swapped.collect()
}

/// The names of columns without that of the table before them.
fn without(expression: &mut Expression, prefixes: &[String]) {
    match expression {
        Expression::Column(column) => {
            let own = prefixes
                .iter()
                .find_map(|it| Some(column.strip_prefix(it.as_str())?.strip_prefix('.')?.to_owned()));
            if let Some(own) = own {
                *column = own;
            }
        }
        Expression::Or(all) | Expression::And(all) => all.iter_mut().for_each(|it| without(it, prefixes)),
        Expression::Not(one)
        | Expression::Missing { of: one, .. }
        | Expression::Length(one)
        | Expression::Like(one, _) => without(one, prefixes),
        Expression::Compare(left, _, right) | Expression::Arithmetic(left, _, right) => {
            without(left, prefixes);
            without(right, prefixes);
        }
        Expression::In(one, all) => {
            without(one, prefixes);
            all.iter_mut().for_each(|it| without(it, prefixes));
        }
        Expression::Number(_) | Expression::Text(_) | Expression::Boolean(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::exact::Exact;
    use super::*;

    fn told(query: &str) -> String {
        let zero = Operator::Be(Exact::integer(0));
        match check(query, zero, &["orders", "o_2024"], Some("net amount")) {
            Ok(Check { kind: CheckKind::RowCount, .. }) => "row-count".to_owned(),
            Ok(Check { kind: CheckKind::Rows(rule), .. }) => rule.expected(),
            Ok(other) => format!("{other:?}"),
            Err(reason) => format!("! {reason}"),
        }
    }

    #[test]
    fn counts_of_rows_under_a_condition_are_expressions() {
        let database =
            "! a query needs a database, unless it is SELECT COUNT(*) FROM the table WHERE a condition";
        let table = [
            ("SELECT COUNT(*) FROM orders WHERE amount < 0", "not (amount < 0)"),
            ("select count( * )\n from orders\n where amount is null;", "not (amount is null)"),
            (
                "SELECT COUNT(1) AS n FROM public.orders o WHERE o.a BETWEEN 1 AND 2",
                "not ((a >= 1 and a <= 2))",
            ),
            ("SELECT count(*) FROM {table} WHERE ${column} = 'x'", "not (`net amount` = 'x')"),
            (
                "SELECT COUNT(*) FROM \"orders\" WHERE \"a b\" IN ('say \"x\"', 'y')",
                "not (`a b` in ('say \"x\"', 'y'))",
            ),
            (
                "SELECT COUNT(*) FROM o_2024 AS t WHERE t.a LIKE 'x%' OR NOT b <> 1",
                "not ((a like 'x%' or not (b <> 1)))",
            ),
            ("SELECT COUNT(*) FROM orders WHERE a NOT LIKE '_'", "not (not (a like '_'))"),
            ("SELECT COUNT(*) FROM orders", "row-count"),
            (
                "SELECT COUNT(*) FROM customers WHERE a = 1",
                "! a query on another table (\"customers\") needs a database",
            ),
            ("SELECT COUNT(DISTINCT a) FROM orders", database),
            ("SELECT MAX(a) FROM orders", database),
            ("SELECT COUNT(*) FROM orders o JOIN c ON o.a = c.a WHERE a = 1", database),
            ("SELECT COUNT(*) FROM orders, c WHERE a = 1", database),
            ("SELECT COUNT(*) FROM (SELECT * FROM orders) WHERE a = 1", database),
            (
                "SELECT COUNT(*) FROM orders WHERE a = 1 GROUP BY b",
                "! a query with this condition needs a database: expected the end, found \"GROUP\" at character 7",
            ),
            (
                "SELECT COUNT(*) FROM orders WHERE lower(a) = 'x'",
                "! a query with this condition needs a database: expected col, date or length, found \"lower\" at character 1",
            ),
            (
                "SELECT COUNT(*) FROM orders -- all\nWHERE a = 1",
                "! a query with comments or backslashes needs a database",
            ),
        ];
        for (query, expected) in table {
            assert_eq!(told(query), expected, "{query}");
        }
    }
}
