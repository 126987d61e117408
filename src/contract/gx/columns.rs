//! Expectations on one column.

use super::super::formats;
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind, FrameType, LogicalType, Property};
use super::super::rules::aggregate::{Aggregate, Metric};
use super::super::rules::date_format::DateFormat;
use super::super::rules::distinct::{Contains, MostCommon};
use super::super::rules::extreme::Extreme;
use super::super::rules::forbidden::{ForbiddenPattern, ForbiddenValues};
use super::super::rules::format::HasFormat;
use super::super::rules::json_schema::MatchesSchema;
use super::super::rules::length::Length;
use super::super::rules::pattern::{AllPatterns, Pattern};
use super::super::rules::quantile::{Bounded, Interpolation, Quantiles};
use super::super::rules::range::{Bound, Range};
use super::super::rules::rows::{OnRows, What};
use super::super::rules::{ProfileRule, ValueRule};
use super::super::value_schema::ValueSchema;
use super::super::wording::quoted;
use super::super::yaml::{Content, Node, get};
use super::kwargs::Kwargs;
use super::whole;
use crate::cell::Type;

/// The expectations that have a rule of ours.
pub(super) const KNOWN: &[&str] = &[
    "expect_column_to_exist",
    "expect_column_values_to_not_be_null",
    "expect_column_values_to_be_null",
    "expect_column_values_to_be_unique",
    "expect_column_values_to_be_in_set",
    "expect_column_values_to_not_be_in_set",
    "expect_column_distinct_values_to_be_in_set",
    "expect_column_values_to_be_between",
    "expect_column_value_lengths_to_equal",
    "expect_column_value_lengths_to_be_between",
    "expect_column_values_to_match_regex",
    "expect_column_values_to_not_match_regex",
    "expect_column_values_to_match_regex_list",
    "expect_column_values_to_not_match_regex_list",
    "expect_column_values_to_match_like_pattern",
    "expect_column_values_to_not_match_like_pattern",
    "expect_column_values_to_match_like_pattern_list",
    "expect_column_values_to_not_match_like_pattern_list",
    "expect_column_values_to_be_of_type",
    "expect_column_values_to_be_in_type_list",
    "expect_column_type_to_be",
    "expect_column_values_to_be_json_parseable",
    "expect_column_values_to_be_dateutil_parseable",
    "expect_column_values_to_match_json_schema",
    "expect_column_min_to_be_between",
    "expect_column_max_to_be_between",
    "expect_column_mean_to_be_between",
    "expect_column_median_to_be_between",
    "expect_column_stdev_to_be_between",
    "expect_column_sum_to_be_between",
    "expect_column_unique_value_count_to_be_between",
    "expect_column_proportion_of_unique_values_to_be_between",
    "expect_column_proportion_of_non_null_values_to_be_between",
    "expect_column_distinct_values_to_contain_set",
    "expect_column_distinct_values_to_equal_set",
    "expect_column_most_common_value_to_be_in_set",
    "expect_column_quantile_values_to_be_between",
    "expect_column_values_to_match_strftime_format",
    "expect_column_values_to_be_increasing",
    "expect_column_values_to_be_decreasing",
    "expect_compound_columns_to_be_unique",
    "expect_select_column_values_to_be_unique_within_record",
    "expect_multicolumn_values_to_be_unique",
    "expect_column_pair_values_a_to_be_greater_than_b",
    "expect_column_pair_values_to_be_equal",
    "expect_column_pair_values_to_be_in_set",
    "expect_multicolumn_sum_to_equal",
    "expect_multicolumn_values_to_be_equal",
    "expect_table_row_count_to_be_between",
    "expect_table_row_count_to_equal",
    "expect_table_column_count_to_be_between",
    "expect_table_column_count_to_equal",
    "expect_table_columns_to_match_set",
    "expect_table_columns_to_match_ordered_list",
    "expect_table_row_count_to_equal_other_table",
    "expect_column_kl_divergence_to_be_less_than",
    "expect_column_value_z_scores_to_be_less_than",
    "expect_column_values_to_not_be_outliers",
    "unexpected_rows_expectation",
    super::query::KIND,
];

/// The public id of the rule that an expectation becomes.
pub(super) fn rule_of(kind: &str) -> &'static str {
    match kind {
        "expect_column_values_to_not_be_null" => "required",
        "expect_column_values_to_be_unique" => "unique",
        "expect_column_values_to_be_null" => "empty",
        "expect_column_values_to_be_in_set" | "expect_column_distinct_values_to_be_in_set" => {
            "allowed-values"
        }
        "expect_column_values_to_not_be_in_set" => "forbidden-values",
        "expect_column_values_to_be_between" => "range",
        "expect_column_value_lengths_to_equal" | "expect_column_value_lengths_to_be_between" => "length",
        "expect_column_values_to_be_increasing" => "increasing",
        "expect_column_values_to_be_decreasing" => "decreasing",
        "expect_column_value_z_scores_to_be_less_than" => "z-score",
        "expect_column_values_to_not_be_outliers" => "outliers",
        "expect_column_kl_divergence_to_be_less_than" => "kl-divergence",
        "expect_column_values_to_match_json_schema" => "json-schema",
        "expect_column_values_to_match_regex" => "pattern",
        "expect_column_values_to_not_match_regex" => "forbidden-pattern",
        _ => "expectation",
    }
}

/// The rules of an expectation; `None` where there is none for it.
pub(super) fn checks(kind: &str, kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Option<Vec<Check>> {
    if !KNOWN.contains(&kind) {
        return None;
    }
    if let Some(lacking) = kwargs.lacks_parameter() {
        let reason = format!("the parameter {lacking} has no value");
        return Some(vec![Check::not_run(rule_of(kind), kind, reason)]);
    }
    if let Some(metric) = metric(kind) {
        return Some(vec![aggregate(metric, kind, kwargs, mistakes)]);
    }
    if let Some(found) = profile(kind, kwargs, mistakes) {
        return Some(vec![match found {
            Ok(rule) => Check::strict(CheckKind::Profile(rule)),
            Err(reason) => Check::not_run(rule_of(kind), kind, reason),
        }]);
    }
    let tolerance = kwargs.tolerance(mistakes);
    let found = match kind {
        "expect_column_values_to_not_be_null" => Ok(CheckKind::Required),
        "expect_column_values_to_be_unique" => Ok(CheckKind::Unique),
        "expect_column_values_to_be_null" => {
            let columns = kwargs.text("column").into_iter().collect();
            Ok(CheckKind::Rows(OnRows { what: What::Missing, columns, when: None, written: false }))
        }
        "expect_column_values_to_be_increasing" | "expect_column_values_to_be_decreasing" => {
            let columns = kwargs.text("column").into_iter().collect();
            let (falls, strict) = (kind.ends_with("_decreasing"), kwargs.flag("strictly"));
            Ok(CheckKind::Rows(OnRows {
                what: What::Order { falls, strict },
                columns,
                when: None,
                written: false,
            }))
        }
        "expect_column_value_z_scores_to_be_less_than" | "expect_column_values_to_not_be_outliers" => {
            let columns = kwargs.text("column").into_iter().collect();
            let rule = |fence| {
                CheckKind::Rows(OnRows { what: What::Near(fence), columns, when: None, written: false })
            };
            whole::fence(kind, kwargs, mistakes).map(rule)
        }
        _ => cells(kind, kwargs, mistakes)?.map(CheckKind::Values),
    };
    Some(vec![match found {
        Ok(kind) => Check { tolerance, ..Check::strict(kind) },
        Err(reason) => Check::not_run(rule_of(kind), kind, reason),
    }])
}

/// The rule on a column as a whole, or why it cannot be run.
fn profile(
    kind: &str,
    kwargs: &Kwargs<'_>,
    mistakes: &mut Mistakes,
) -> Option<Result<Box<dyn ProfileRule>, String>> {
    let set = || kwargs.texts("value_set").ok_or("value_set is null or missing".to_owned());
    let contains = |closed| set().map(|values| Box::new(Contains { values, closed }) as Box<dyn ProfileRule>);
    Some(match kind {
        "expect_column_distinct_values_to_contain_set" => contains(false),
        "expect_column_distinct_values_to_equal_set" => contains(true),
        "expect_column_most_common_value_to_be_in_set" => {
            let ties = kwargs.flag("ties_okay");
            set().map(|values| Box::new(MostCommon { values, ties }) as Box<dyn ProfileRule>)
        }
        "expect_column_kl_divergence_to_be_less_than" => {
            whole::divergence(kwargs, mistakes).map(|rule| Box::new(rule) as Box<dyn ProfileRule>)
        }
        "expect_column_quantile_values_to_be_between" => {
            let word = kwargs.text("allow_relative_error").filter(|it| !it.eq_ignore_ascii_case("false"));
            match Interpolation::named(word.as_deref().unwrap_or("nearest")) {
                Some(interpolation) => {
                    let ranges = quantiles(kwargs).ok_or("quantile_ranges is not understood".to_owned());
                    let rule = |ranges| Quantiles { ranges, interpolation, slack: SLACK };
                    let rule = |ranges| Box::new(rule(ranges)) as Box<dyn ProfileRule>;
                    ranges.map(rule)
                }
                None => Err(format!("the interpolation {} is not known", quoted(&word.unwrap_or_default()))),
            }
        }
        _ => return None,
    })
}

/// A quantile may be so far beyond its bound, relative to it: `numpy.isclose` and its like in Great Expectations.
const SLACK: f64 = 1e-4;

/// Probabilities with their bounds.
fn quantiles(kwargs: &Kwargs<'_>) -> Option<Vec<Bounded>> {
    let Content::Map(entries) = &kwargs.get("quantile_ranges")?.content else { return None };
    let list = |node: &Node| match &node.content {
        Content::List(items) => Some(items.clone()),
        _ => None,
    };
    let (quantiles, ranges) = (list(get(entries, "quantiles")?)?, list(get(entries, "value_ranges")?)?);
    let number = |node: &Node| node.number().map(|it| it.nearest());
    let end = |node: &Node| number(node).map(|it| (it, false));
    let pair = |(p, range): (&Node, &Node)| match list(range)?.as_slice() {
        [low, high] => Some((number(p)?, end(low), end(high))),
        _ => None,
    };
    (quantiles.len() == ranges.len()).then(|| quantiles.iter().zip(&ranges).map(pair).collect())?
}

type Rule = Box<dyn ValueRule>;

/// The rule on cells, or why it cannot be run.
fn cells(kind: &str, kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Option<Result<Rule, String>> {
    let lacks = |word: &str| Err(format!("{word} is null or missing"));
    let format = |name: &str| match formats::named(name) {
        Some(format) => Ok(Box::new(HasFormat(format)) as Rule),
        None => lacks("the format"),
    };
    Some(match kind {
        "expect_column_values_to_be_in_set" | "expect_column_distinct_values_to_be_in_set" => {
            match kwargs.texts("value_set") {
                Some(_) => Ok(Box::new(kwargs.values("value_set"))),
                None => lacks("value_set"),
            }
        }
        "expect_column_values_to_not_be_in_set" => match kwargs.texts("value_set") {
            Some(_) => Ok(Box::new(ForbiddenValues(kwargs.values("value_set")))),
            None => lacks("value_set"),
        },
        "expect_column_values_to_be_between" => range(kwargs),
        "expect_column_value_lengths_to_equal" => {
            let value = kwargs.number(&["value"], mistakes).map(|it| it.nearest().clamp(0.0, 1e18) as u64);
            match value {
                Some(value) => Ok(Box::new(Length { least: Some(value), most: Some(value) })),
                None => lacks("value"),
            }
        }
        "expect_column_value_lengths_to_be_between" => {
            let (least, most) = kwargs.counts(mistakes);
            let least = (least > 0).then_some(least);
            Ok(Box::new(Length { least, most: (most < u64::MAX).then_some(most) }))
        }
        "expect_column_values_to_match_strftime_format" => match kwargs.text("strftime_format") {
            Some(format) => DateFormat::new(&format).map(|it| Box::new(it) as Rule),
            None => lacks("strftime_format"),
        },
        "expect_column_values_to_match_json_schema" => match kwargs.get("json_schema") {
            Some(node) => ValueSchema::of(node).map(|it| Box::new(MatchesSchema::new(it)) as Rule),
            None => lacks("json_schema"),
        },
        "expect_column_values_to_be_json_parseable" => format("json"),
        "expect_column_values_to_be_dateutil_parseable" => format("dateutil"),
        kind => return pattern(kind, kwargs),
    })
}

/// Bounds on numbers or on dates.
fn range(kwargs: &Kwargs<'_>) -> Result<Rule, String> {
    let (low, high) = bounds(kwargs)?;
    if low.is_none() && high.is_none() {
        return Err("neither min_value nor max_value is given".to_owned());
    }
    Ok(Box::new(Range { low, high }))
}

type End = Option<(Bound, bool)>;

/// The lower and the upper bound.
fn bounds(kwargs: &Kwargs<'_>) -> Result<(End, End), String> {
    let bound = |words: &[&str], strict: &str| -> Result<End, String> {
        let Some(node) = kwargs.any(words) else { return Ok(None) };
        let text = node.scalar().map(|it| it.text.as_str()).unwrap_or_default();
        let bound = node.number().map(Bound::Number).or_else(|| Bound::temporal(text));
        let bound = bound.ok_or_else(|| format!("the bound {text:?} is neither a number nor a date"))?;
        Ok(Some((bound, kwargs.flag(strict))))
    };
    let low = bound(&["min_value", "minValue"], "strict_min")?;
    let high = bound(&["max_value", "maxValue"], "strict_max")?;
    Ok((low, high))
}

/// Regular expressions and SQL's LIKE, single or in lists.
fn pattern(kind: &str, kwargs: &Kwargs<'_>) -> Option<Result<Rule, String>> {
    let is_like = kind.contains("_like_pattern");
    let word = match (is_like, kind.ends_with("_list")) {
        (true, true) => "like_pattern_list",
        (true, false) => "like_pattern",
        (false, true) => "regex_list",
        (false, false) => "regex",
    };
    let patterns = kwargs.texts(word).or_else(|| Some(vec![kwargs.text(word)?]));
    let Some(patterns) = patterns.filter(|patterns| !patterns.is_empty()) else {
        return Some(Err(format!("{word} is null or missing")));
    };
    let negated = kind.contains("_to_not_match_");
    let patterns: Vec<String> =
        patterns.iter().map(|pattern| if is_like { like(pattern) } else { pattern.clone() }).collect();
    let whole = match patterns.as_slice() {
        [one] => one.clone(),
        many if !negated && kwargs.text("match_on").as_deref() == Some("all") => {
            let all: Result<Vec<Pattern>, String> = many.iter().map(|it| Pattern::python(it)).collect();
            return Some(all.map(|all| Box::new(AllPatterns(all)) as Rule));
        }
        many => many.iter().map(|pattern| format!("(?:{pattern})")).collect::<Vec<_>>().join("|"),
    };
    Some(match Pattern::python(&whole) {
        Ok(pattern) if negated => Ok(Box::new(ForbiddenPattern(pattern))),
        Ok(pattern) => Ok(Box::new(pattern)),
        Err(message) => Err(message),
    })
}

/// SQL's LIKE as a regular expression: `%` any text, `_` any character, a backslash takes the next as it is.
fn like(pattern: &str) -> String {
    let mut out = String::from("^");
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '%' => out.push_str("(?s:.*)"),
            '_' => out.push_str("(?s:.)"),
            '\\' => out.push_str(&literal(chars.next().unwrap_or('\\'))),
            c => out.push_str(&literal(c)),
        }
    }
    out.push('$');
    out
}

fn literal(c: char) -> String {
    if c.is_alphanumeric() || c == ' ' || !c.is_ascii() {
        c.to_string()
    } else {
        format!("\\x{:02x}", c as u32)
    }
}

fn metric(kind: &str) -> Option<Metric> {
    Some(match kind {
        "expect_column_min_to_be_between" => Metric::Minimum,
        "expect_column_max_to_be_between" => Metric::Maximum,
        "expect_column_mean_to_be_between" => Metric::Mean,
        "expect_column_median_to_be_between" => Metric::Median,
        "expect_column_stdev_to_be_between" => Metric::Std,
        "expect_column_sum_to_be_between" => Metric::Sum,
        "expect_column_unique_value_count_to_be_between" => Metric::DistinctCount,
        "expect_column_proportion_of_unique_values_to_be_between" => Metric::DistinctShare,
        "expect_column_proportion_of_non_null_values_to_be_between" => Metric::CompleteShare,
        _ => return None,
    })
}

fn aggregate(metric: Metric, kind: &str, kwargs: &Kwargs<'_>, mistakes: &mut Mistakes) -> Check {
    let is_text = |words: &[&str]| kwargs.any(words).is_some_and(|node| node.number().is_none());
    if is_text(&["min_value", "minValue"]) || is_text(&["max_value", "maxValue"]) {
        let last = match metric {
            Metric::Minimum => false,
            Metric::Maximum => true,
            _ => return Check::not_run(metric.id(), kind, "bounds that are no numbers are not supported"),
        };
        return match bounds(kwargs) {
            Ok((low, high)) => Check::strict(CheckKind::Profile(Box::new(Extreme { last, low, high }))),
            Err(reason) => Check::not_run(metric.id(), kind, reason),
        };
    }
    let [low, high] = kwargs.bounds(mistakes).map(|bound| bound.map(|(it, strict)| (it.nearest(), strict)));
    Check::strict(CheckKind::Aggregate(Aggregate { metric, low, high }))
}

/// The origin of the first rule of the column that holds its numbers against numbers; `None`: there is none.
pub(super) fn numeric_bounds(property: &Property) -> Option<Option<u64>> {
    let bounds = |check: &&Check| match &check.kind {
        CheckKind::Aggregate(rule) => {
            !matches!(rule.metric, Metric::DistinctCount | Metric::DistinctShare | Metric::CompleteShare)
        }
        CheckKind::Values(rule) => rule.wants_numbers(),
        _ => false,
    };
    property.checks.iter().find(bounds).map(|check| check.origin)
}

/// Whether nothing is asked of the column but of its numbers, of what is written in its cells, and that they are there.
pub(super) fn asks_numbers_only(property: &Property) -> bool {
    property.checks.iter().all(|check| match &check.kind {
        CheckKind::Aggregate(rule) => {
            !matches!(rule.metric, Metric::DistinctCount | Metric::DistinctShare | Metric::CompleteShare)
        }
        CheckKind::Values(rule) => rule.wants_numbers() || rule.written(Type::Text).is_some(),
        CheckKind::Rows(rule) => match &rule.what {
            What::Unique(_) | What::Whole(_) => false,
            What::Value(rule) => rule.written(Type::Text).is_some(),
            _ => true,
        },
        CheckKind::Type | CheckKind::Required | CheckKind::NotRun { .. } => true,
        CheckKind::Profile(rule) => rule.named().is_none(),
        _ => false,
    })
}

/// The logical types that pandas's, Spark's or SQL's names of types mean; names that are not known are left out, as Great
/// Expectations leaves them out.
pub(super) fn frame_types(kwargs: &Kwargs<'_>) -> Vec<FrameType> {
    let names = kwargs.texts("type_list").or_else(|| Some(vec![kwargs.text("type_")?]));
    let of = |name: &String| {
        let nullable = name.starts_with("Int") || name.starts_with("UInt");
        of_name(name).map(|logical| FrameType { logical, nullable })
    };
    let mut known: Vec<FrameType> = names.iter().flatten().filter_map(of).collect();
    crate::order::sort(&mut known);
    known.dedup();
    known
}

fn of_name(name: &str) -> Option<LogicalType> {
    let name = name.to_ascii_lowercase();
    let word = name.split(['(', '[']).next().unwrap_or_default().trim_end_matches("type");
    Some(match word {
        "int" | "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64"
        | "integer" | "bigint" | "smallint" | "tinyint" | "long" | "short" | "byte" => LogicalType::Integer,
        "float" | "float16" | "float32" | "float64" | "double" | "double precision" | "real" | "decimal"
        | "numeric" | "number" => LogicalType::Number,
        "str" | "string" | "object" | "varchar" | "char" | "text" | "nvarchar" | "character varying" => {
            LogicalType::String
        }
        "bool" | "boolean" | "bool_" => LogicalType::Boolean,
        "datetime" | "datetime64" | "timestamp" | "timestamp_ntz" | "timestamptz" => {
            LogicalType::Timestamp { zoned: false }
        }
        "date" => LogicalType::Date,
        "time" => LogicalType::Time,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_is_anchored_and_takes_nothing_for_a_pattern() {
        let table = [("a%", "^a(?s:.*)$"), ("_.b", "^(?s:.)\\x2eb$"), ("50\\%", "^50\\x25$"), ("ä", "^ä$")];
        for (pattern, regex) in table {
            assert_eq!(like(pattern), regex);
        }
    }
}
