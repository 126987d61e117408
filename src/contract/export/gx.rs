//! A contract → a suite of Great Expectations 1.x. A rule that has no expectation there is a loss.

use super::super::exact::Exact;
use super::super::expression::{Comparison, Expression};
use super::super::findings::outline;
use super::super::model::{Check, CheckKind, Contract, LogicalType, Property, SchemaObject};
use super::super::rules::aggregate::{Aggregate, Metric};
use super::super::rules::columns::Columns;
use super::super::rules::outliers::Fence;
use super::super::rules::rows::{OnRows, What};
use super::super::rules::{Parameters, ValueRule};
use super::super::tolerance::{Operator, Tolerance};
use super::super::tree::Tree;
use super::super::yaml::Node;
use super::condition::condition;
use super::{Loss, expectations};
use crate::sketch::rows::Ignore;

/// The version whose suites these are.
const VERSION: &str = "1.24.1";

/// The suite: of the contract's first table, since a suite is of one. A suite that was read, of whichever version, keeps its
/// expectations as they stand.
pub(super) fn write(contract: &Contract, source: &Node, losses: &mut Vec<Loss>) -> Tree {
    let mut expectations: Vec<Tree> = expectations(source).iter().map(renamed).collect();
    if let (Some(object), true) = (contract.objects.first(), expectations.is_empty()) {
        table(object, &mut expectations, losses);
    }
    for object in contract.objects.iter().skip(1) {
        losses.push(Loss {
            column: None,
            rule: "schema".to_owned(),
            expected: object.name.clone(),
            reason: "a suite is of one table".to_owned(),
        });
    }
    let name = contract.name.as_ref().filter(|it| !it.is_empty()).unwrap_or(&contract.id);
    Tree::map([
        ("name", Tree::text(if name.is_empty() { "contract" } else { name })),
        ("expectations", Tree::List(expectations)),
        ("meta", Tree::map([("great_expectations_version", Tree::text(VERSION))])),
    ])
}

/// An expectation by the names of 1.x.
fn renamed(node: &Node) -> Tree {
    let Tree::Map(entries) = Tree::of(node) else { return Tree::of(node) };
    let name = |name: String| if name == "expectation_type" { "type".to_owned() } else { name };
    Tree::Map(entries.into_iter().map(|(key, value)| (name(key), value)).collect())
}

fn table(object: &SchemaObject, out: &mut Vec<Tree>, losses: &mut Vec<Loss>) {
    let mut add = |check: &Check, property: Option<&Property>| match expectation(check, property) {
        Ok((kind, kwargs)) => {
            out.push(Tree::map([
                ("type", Tree::text(kind)),
                ("kwargs", Tree::Map(kwargs)),
                ("severity", Tree::text(check.severity.id())),
            ]));
        }
        Err(reason) if !matches!(check.kind, CheckKind::NotRun { .. }) => {
            let (rule, expected) = outline(&check.kind, property);
            let column = property.map(|it| it.column().to_owned());
            losses.push(Loss { column, rule: rule.to_owned(), expected, reason });
        }
        Err(_) => {}
    };
    object.checks.iter().for_each(|check| add(check, None));
    for property in &object.properties {
        if !property.optional {
            let there = Columns::Set { names: vec![property.column().to_owned()], closed: false };
            add(&Check::strict(CheckKind::Columns(there)), Some(property));
        }
        property.checks.iter().for_each(|check| add(check, Some(property)));
    }
}

type Expectation = Result<(&'static str, Parameters), String>;

const NO_EXPECTATION: &str = "Great Expectations has no such expectation";

fn expectation(check: &Check, property: Option<&Property>) -> Expectation {
    let column = property.map(Property::column);
    if let CheckKind::RowCount = check.kind {
        return row_count(&check.tolerance);
    }
    let (kind, mut kwargs) = match &check.kind {
        CheckKind::Columns(columns) => columns_of(columns)?,
        CheckKind::RowCountOf(table) => {
            ("expect_table_row_count_to_equal_other_table", vec![text("other_table_name", table)])
        }
        CheckKind::Type => typed(property)?,
        CheckKind::Required => ("expect_column_values_to_not_be_null", Vec::new()),
        CheckKind::Unique => ("expect_column_values_to_be_unique", Vec::new()),
        CheckKind::Values(rule) => values(rule.as_ref())?,
        CheckKind::Aggregate(rule) => aggregate(rule),
        CheckKind::Profile(rule) => rule.expectation().ok_or(NO_EXPECTATION)?,
        CheckKind::Rows(rule) => rows(rule)?,
        CheckKind::RowCount | CheckKind::Shape | CheckKind::Drift(_) | CheckKind::NotRun { .. } => {
            return Err(NO_EXPECTATION.to_owned());
        }
    };
    let of_rows = match &check.kind {
        CheckKind::Rows(OnRows { columns, .. }) => columns.first().map(String::as_str),
        _ => None,
    };
    let is_of_a_column = kind.starts_with("expect_column_") && !kind.starts_with("expect_column_pair_");
    let is_told = kwargs.iter().any(|it| it.0 == "column");
    if let Some(name) = of_rows.or(column).filter(|_| is_of_a_column && !is_told) {
        kwargs.insert(0, text("column", name));
    }
    if !check.tolerance.is_none() && !matches!(check.kind, CheckKind::Type) {
        kwargs.push(("mostly".to_owned(), mostly(&check.tolerance)?));
    }
    Ok((kind, kwargs))
}

fn text(name: &str, value: &str) -> (String, Tree) {
    (name.to_owned(), Tree::text(value))
}

fn number(name: &str, value: impl ToString) -> (String, Tree) {
    (name.to_owned(), Tree::Number(value.to_string()))
}

/// The share of cells that keep a rule: what `at most x percent` leaves.
fn mostly(tolerance: &Tolerance) -> Result<Tree, String> {
    let (Operator::LessOrEqual(most), true) = (&tolerance.operator, tolerance.percent) else {
        return Err("Great Expectations tolerates shares of the cells only".to_owned());
    };
    let (unscaled, scale) = most.canonical();
    let whole = 10i128.checked_pow(u32::from(scale) + 2).filter(|whole| (0..=*whole).contains(&unscaled));
    let whole = whole.ok_or("the tolerance is no share")?;
    let digits = format!("{:0>width$}", whole - unscaled, width = usize::from(scale) + 3);
    let (one, fraction) = digits.split_at(digits.len() - usize::from(scale) - 2);
    let text = format!("{one}.{fraction}");
    Ok(Tree::Number(text.trim_end_matches('0').trim_end_matches('.').to_owned()))
}

fn row_count(tolerance: &Tolerance) -> Expectation {
    let between = |ends: Parameters| Ok(("expect_table_row_count_to_be_between", ends));
    let count = |name: &str, it: &Exact| number(name, it.text());
    let strict = |name: &str| (name.to_owned(), Tree::Flag(true));
    match &tolerance.operator {
        Operator::Be(it) => Ok(("expect_table_row_count_to_equal", vec![count("value", it)])),
        Operator::GreaterOrEqual(it) => between(vec![count("min_value", it)]),
        Operator::LessOrEqual(it) => between(vec![count("max_value", it)]),
        Operator::Greater(it) => between(vec![count("min_value", it), strict("strict_min")]),
        Operator::Less(it) => between(vec![count("max_value", it), strict("strict_max")]),
        Operator::Between(low, high) => between(vec![count("min_value", low), count("max_value", high)]),
        Operator::NotBe(_) | Operator::NotBetween(..) => Err(NO_EXPECTATION.to_owned()),
    }
}

fn columns_of(columns: &Columns) -> Expectation {
    Ok(match columns {
        Columns::Order(names) => (
            "expect_table_columns_to_match_ordered_list",
            vec![("column_list".to_owned(), Tree::texts(names))],
        ),
        Columns::Set { names, closed: false } if names.len() == 1 => {
            ("expect_column_to_exist", vec![text("column", &names[0])])
        }
        Columns::Set { names, closed } => (
            "expect_table_columns_to_match_set",
            vec![
                ("column_set".to_owned(), Tree::texts(names)),
                ("exact_match".to_owned(), Tree::Flag(*closed)),
            ],
        ),
        Columns::Count(least, most) if least == most => {
            ("expect_table_column_count_to_equal", vec![number("value", least)])
        }
        Columns::Count(least, most) => {
            let most = (*most < u64::MAX).then(|| number("max_value", most));
            let ends = std::iter::once(number("min_value", least)).chain(most).collect();
            ("expect_table_column_count_to_be_between", ends)
        }
        Columns::At(name, at) => {
            ("expect_column_to_exist", vec![text("column", name), number("column_index", at)])
        }
        Columns::Within(_) | Columns::Any(_) | Columns::Distinct => return Err(NO_EXPECTATION.to_owned()),
    })
}

/// A type by the names that pandas has for it: those of dates depend on who reads the file.
fn typed(property: Option<&Property>) -> Expectation {
    let is_full = |check: &Check| matches!(check.kind, CheckKind::Required) && check.tolerance.is_none();
    let is_full = property.is_some_and(|it| it.checks.iter().any(is_full));
    let names: &[&str] = match property.and_then(Property::agreed_type) {
        Some(LogicalType::Integer) if is_full => &["int64", "Int64"],
        // A missing cell makes floats of them.
        Some(LogicalType::Integer) => &["int64", "Int64", "float64"],
        Some(LogicalType::Number) => &["float64", "int64"],
        // Digits alone are numbers to it, whatever is agreed, and under pandas 3 no word of Great Expectations is its text.
        Some(LogicalType::String) => {
            return Err("pandas tells by the cells alone whether they are text".to_owned());
        }
        Some(LogicalType::Boolean) if is_full => &["bool"],
        Some(LogicalType::Boolean) => &["bool", "boolean", "object"],
        _ => return Err("pandas has no type of its own for it in a CSV".to_owned()),
    };
    let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
    Ok(("expect_column_values_to_be_in_type_list", vec![("type_list".to_owned(), Tree::texts(&names))]))
}

fn values(rule: &dyn ValueRule) -> Expectation {
    let parameters = rule.parameters().ok_or(NO_EXPECTATION)?;
    let all = |kind, names: &[(&str, &str)]| {
        let renamed = |(name, value): (String, Tree)| {
            let to = names.iter().find(|it| it.0 == name).map(|it| it.1);
            (to.map_or(name, str::to_owned), value)
        };
        Ok((kind, parameters.clone().into_iter().map(renamed).collect()))
    };
    match rule.id() {
        "allowed-values" => all("expect_column_values_to_be_in_set", &[("values", "value_set")]),
        "forbidden-values" => all("expect_column_values_to_not_be_in_set", &[("values", "value_set")]),
        "pattern" => all("expect_column_values_to_match_regex", &[("pattern", "regex")]),
        "forbidden-pattern" => all("expect_column_values_to_not_match_regex", &[("pattern", "regex")]),
        "length" => all(
            "expect_column_value_lengths_to_be_between",
            &[("minLength", "min_value"), ("maxLength", "max_value")],
        ),
        "range" => {
            let mut kwargs = Vec::new();
            for (name, value) in parameters {
                let (end, strict) = match name.as_str() {
                    "minimum" => ("min_value", None),
                    "exclusiveMinimum" => ("min_value", Some("strict_min")),
                    "maximum" => ("max_value", None),
                    _ => ("max_value", Some("strict_max")),
                };
                kwargs.push((end.to_owned(), value));
                kwargs.extend(strict.map(|it| (it.to_owned(), Tree::Flag(true))));
            }
            Ok(("expect_column_values_to_be_between", kwargs))
        }
        "format" if parameters.iter().any(|it| it.1 == Tree::text("json")) => {
            Ok(("expect_column_values_to_be_json_parseable", Vec::new()))
        }
        "format" if parameters.iter().any(|it| it.1 == Tree::text("dateutil")) => {
            Ok(("expect_column_values_to_be_dateutil_parseable", Vec::new()))
        }
        "json-schema" => all("expect_column_values_to_match_json_schema", &[("schema", "json_schema")]),
        _ => Err(NO_EXPECTATION.to_owned()),
    }
}

fn aggregate(rule: &Aggregate) -> (&'static str, Parameters) {
    let kind = match rule.metric {
        Metric::Minimum => "expect_column_min_to_be_between",
        Metric::Maximum => "expect_column_max_to_be_between",
        Metric::Mean => "expect_column_mean_to_be_between",
        Metric::Median => "expect_column_median_to_be_between",
        Metric::Std => "expect_column_stdev_to_be_between",
        Metric::Sum => "expect_column_sum_to_be_between",
        Metric::DistinctCount => "expect_column_unique_value_count_to_be_between",
        Metric::DistinctShare => "expect_column_proportion_of_unique_values_to_be_between",
        Metric::CompleteShare => "expect_column_proportion_of_non_null_values_to_be_between",
    };
    let mut kwargs = Vec::new();
    for (end, name, strict) in [(rule.low, "min_value", "strict_min"), (rule.high, "max_value", "strict_max")]
    {
        let Some((bound, is_strict)) = end else { continue };
        kwargs.push((name.to_owned(), Tree::number(bound)));
        if is_strict {
            kwargs.push((strict.to_owned(), Tree::Flag(true)));
        }
    }
    (kind, kwargs)
}

fn rows(rule: &OnRows) -> Expectation {
    let list = |columns: &[String]| vec![("column_list".to_owned(), Tree::texts(columns))];
    let ignored = |ignore: Ignore| match ignore {
        Ignore::All => Vec::new(),
        Ignore::Any => vec![text("ignore_row_if", "any_value_is_missing")],
        Ignore::Never => vec![text("ignore_row_if", "never")],
    };
    let (kind, mut kwargs) = match &rule.what {
        What::Unique(Ignore::All) if rule.columns.len() == 1 => {
            ("expect_column_values_to_be_unique", Vec::new())
        }
        What::Unique(ignore) => {
            let kwargs = list(&rule.columns).into_iter().chain(ignored(*ignore)).collect();
            ("expect_compound_columns_to_be_unique", kwargs)
        }
        What::Present => ("expect_column_values_to_not_be_null", Vec::new()),
        What::Missing => ("expect_column_values_to_be_null", Vec::new()),
        What::Counted | What::Filled => return Err(NO_EXPECTATION.to_owned()),
        What::Value(value) => values(value.as_ref())?,
        What::Order { falls, strict } => {
            let strict = strict.then(|| ("strictly".to_owned(), Tree::Flag(true)));
            let kind = match falls {
                true => "expect_column_values_to_be_decreasing",
                false => "expect_column_values_to_be_increasing",
            };
            (kind, strict.into_iter().collect())
        }
        What::Near(fence) => fenced(*fence),
        What::Number(number) => aggregate(number),
        What::Whole(whole) => whole.expectation().ok_or(NO_EXPECTATION)?,
        What::Holds(expression, None) => return holds(expression, rule),
        What::Holds(..) | What::Refers(_) => return Err(NO_EXPECTATION.to_owned()),
    };
    if let Some(when) = &rule.when {
        let condition = condition(&when.expression);
        kwargs.push((
            "row_condition".to_owned(),
            condition.ok_or("Great Expectations has no such form of a condition")?,
        ));
    }
    Ok((kind, kwargs))
}

fn fenced(fence: Fence) -> (&'static str, Parameters) {
    let outliers = |method: &str, by: f64| {
        let kwargs = vec![text("method", method), ("multiplier".to_owned(), Tree::number(by))];
        ("expect_column_values_to_not_be_outliers", kwargs)
    };
    match fence {
        Fence::Iqr(by) => outliers("iqr", by),
        Fence::Std(by) => outliers("std", by),
        Fence::ZScore { threshold, both } => (
            "expect_column_value_z_scores_to_be_less_than",
            vec![
                ("threshold".to_owned(), Tree::number(threshold)),
                ("double_sided".to_owned(), Tree::Flag(both)),
            ],
        ),
    }
}

/// Two columns compared are a pair; any other expression is one that a query finds broken.
fn holds(expression: &Expression, rule: &OnRows) -> Expectation {
    if let (Expression::Compare(a, comparison, b), None) = (expression, &rule.when)
        && let (Expression::Column(a), Expression::Column(b)) = (a.as_ref(), b.as_ref())
    {
        let pair = |a: &str, b: &str| {
            vec![text("column_A", a), text("column_B", b), text("ignore_row_if", "either_value_is_missing")]
        };
        let or_equal = |mut kwargs: Parameters| {
            kwargs.push(("or_equal".to_owned(), Tree::Flag(true)));
            kwargs
        };
        const GREATER: &str = "expect_column_pair_values_a_to_be_greater_than_b";
        match comparison {
            Comparison::Equal => return Ok(("expect_column_pair_values_to_be_equal", pair(a, b))),
            Comparison::Greater => return Ok((GREATER, pair(a, b))),
            Comparison::AtLeast => return Ok((GREATER, or_equal(pair(a, b)))),
            Comparison::Less => return Ok((GREATER, pair(b, a))),
            Comparison::AtMost => return Ok((GREATER, or_equal(pair(b, a)))),
            Comparison::Unequal => {}
        }
    }
    let when = rule.when.as_ref().map(|when| format!("({}) and ", when.expression)).unwrap_or_default();
    let query = format!("SELECT * FROM {{batch}} WHERE {when}not ({expression})");
    Ok(("unexpected_rows_expectation", vec![text("unexpected_rows_query", &query)]))
}
