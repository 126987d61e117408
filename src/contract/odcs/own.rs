//! Rules of our own, which ODCS has no words for: `quality` of `type: custom`, `engine: driftline`.

use super::super::expression::{Expression, Logic, parse};
use super::super::formats;
use super::super::mistakes::Mistakes;
use super::super::model::{Check, CheckKind};
use super::super::rules::ValueRule;
use super::super::rules::aggregate::{Aggregate, Metric};
use super::super::rules::allowed_values::AllowedValues;
use super::super::rules::columns::Columns;
use super::super::rules::drift;
use super::super::rules::forbidden::{ForbiddenPattern, ForbiddenValues};
use super::super::rules::foreign_key::Target;
use super::super::rules::format::HasFormat;
use super::super::rules::json_schema::MatchesSchema;
use super::super::rules::pattern::Pattern;
use super::super::rules::rows::{OnRows, What, When};
use super::super::rules::shape;
use super::super::tolerance::Tolerance;
use super::super::value_schema::ValueSchema;
use super::super::yaml::{self, Content, Key, Node};
use super::quality::{OPERATORS, operator};
use super::{gate, given, known, optional_boolean, optional_text, options, profile, whole};
use crate::sketch::rows::Ignore;

/// The engine's name.
pub(super) const ENGINE: &str = "driftline";

const RULES: [&str; 27] = [
    "type",
    "expression",
    "unique",
    "required",
    "empty",
    "allowed-values",
    "forbidden-values",
    "pattern",
    "forbidden-pattern",
    "format",
    "json-schema",
    "length",
    "range",
    "multiple-of",
    "increasing",
    "decreasing",
    "foreign-key",
    "outliers",
    "z-score",
    "kl-divergence",
    "quantile",
    "most-common",
    "contains-values",
    "columns",
    "row-shape",
    "blank-rows",
    "drift",
];

const METRICS: [(&str, Metric); 9] = [
    ("minimum", Metric::Minimum),
    ("maximum", Metric::Maximum),
    ("mean", Metric::Mean),
    ("median", Metric::Median),
    ("std", Metric::Std),
    ("sum", Metric::Sum),
    ("distinct-count", Metric::DistinctCount),
    ("distinct-share", Metric::DistinctShare),
    ("complete-share", Metric::CompleteShare),
];

/// The rule of an implementation: a mapping, or the text of one. `outer` is the quality rule that holds it, where the operator may
/// stand, too; `column` is that of the property it stands at.
pub(super) fn read(
    node: &Node,
    outer: &[(Key, Node)],
    column: Option<&str>,
    mistakes: &mut Mistakes,
) -> Option<Check> {
    if let Some(scalar) = node.scalar() {
        return match yaml::parse(scalar.text.as_bytes()) {
            Ok(tree) if matches!(tree.content, Content::Map(_)) => {
                let tree = with_operator(&tree, outer, mistakes);
                // Places within the text are none of the contract's.
                let mut inner = Mistakes::default();
                let mut check = Own { column, mistakes: &mut inner }.rule(&tree);
                if let Some(Check { kind: CheckKind::Drift(gate), .. }) = &mut check {
                    gate.places.fill(node.place);
                }
                if let Some(error) = inner.into_error() {
                    mistakes.add(node.place, error.to_string());
                }
                check
            }
            _ => {
                mistakes.expected(node, "a mapping with a \"rule\"");
                None
            }
        };
    }
    let node = with_operator(node, outer, mistakes);
    Own { column, mistakes }.rule(&node)
}

/// The implementation with the operator, and its unit, that stand beside it.
fn with_operator(node: &Node, outer: &[(Key, Node)], mistakes: &mut Mistakes) -> Node {
    let mut whole = node.clone();
    let Content::Map(entries) = &mut whole.content else { return whole };
    let is_operator = |(key, _): &&(Key, Node)| OPERATORS.contains(&key.text.as_str());
    let inside = entries.iter().find(is_operator).map(|(key, _)| key.text.clone());
    for (key, value) in outer.iter().filter(is_operator) {
        match &inside {
            Some(inside) => {
                mistakes.add(key.place, format!("the implementation has an operator already: {inside:?}"));
            }
            None => entries.push((key.clone(), value.clone())),
        }
    }
    let word = given(entries, "rule").and_then(Node::scalar).map(|it| it.text.clone()).unwrap_or_default();
    let takes_unit = !METRICS.iter().any(|it| it.0 == word)
        && !profile::PARAMETERS.iter().any(|it| it.0 == word)
        && entries.iter().any(|entry| is_operator(&entry));
    if takes_unit && given(entries, "unit").is_none() {
        entries.extend(outer.iter().filter(|(key, _)| key.text == "unit").cloned());
    }
    whole
}

/// A rule on the rows as they stand in the file.
fn of_rows(word: &str) -> Option<CheckKind> {
    let filled =
        || CheckKind::Rows(OnRows { what: What::Filled, columns: Vec::new(), when: None, written: false });
    match word {
        shape::ID => Some(CheckKind::Shape),
        shape::BLANK => Some(filled()),
        _ => None,
    }
}

/// Whether this text of an implementation is read as a rule.
///
/// # Errors
/// In words, why it is none.
#[cfg(feature = "cli")]
pub(in crate::contract) fn check(text: &str, column: Option<&str>) -> Result<(), String> {
    let tree = yaml::parse(text.as_bytes()).map_err(|error| error.to_string())?;
    let mut mistakes = Mistakes::default();
    Own { column, mistakes: &mut mistakes }.rule(&tree);
    let first = mistakes.into_error().map(|error| error.mistakes().first().map(|it| it.1.clone()));
    first.map_or(Ok(()), |message| Err(message.unwrap_or_default()))
}

struct Own<'a> {
    column: Option<&'a str>,
    mistakes: &'a mut Mistakes,
}

impl Own<'_> {
    fn rule(&mut self, node: &Node) -> Option<Check> {
        let entries = self.mistakes.map(node, "a mapping with a \"rule\"");
        let Some(rule) = given(entries, "rule") else {
            if !entries.is_empty() {
                self.mistakes.add(node.place, "the implementation has no \"rule\"");
            }
            return None;
        };
        let word = self.mistakes.text(rule)?;
        if let Some((_, metric)) = METRICS.iter().find(|it| it.0 == word) {
            return self.aggregate(*metric, node, entries);
        }
        if word == "columns" {
            return self.columns(node, entries);
        }
        if word == "type" {
            return self.of_type(node, entries);
        }
        if profile::PARAMETERS.iter().any(|it| it.0 == word) {
            if self.column.is_none() {
                self.mistakes.add(node.place, format!("the rule {word} belongs to a property"));
                return None;
            }
            let rule = profile::read(word, node, entries, self.mistakes)?;
            return Some(Check::strict(CheckKind::Profile(rule)));
        }
        if let Some(kind) = of_rows(word) {
            let words: Vec<&str> = ["rule", "unit"].into_iter().chain(OPERATORS).collect();
            known(entries, "parameter of the rule", &words, self.mistakes);
            return Some(Check { tolerance: self.tolerance(node, entries), ..Check::strict(kind) });
        }
        if word == drift::RULE {
            return gate::read(node, entries, self.column, self.mistakes);
        }
        let what = self.what(word, rule, node, entries)?;
        let when = self.when(entries);
        let columns = match &what {
            What::Holds(expression, _) => expression.columns().into_iter().map(str::to_owned).collect(),
            What::Unique(_) | What::Refers(_) => match given(entries, "columns") {
                Some(list) => self.texts(list),
                None => self.one_column(node, entries)?,
            },
            _ => self.one_column(node, entries)?,
        };
        let tolerance = self.tolerance(node, entries);
        let is_own = self.column.is_some_and(|own| columns == [own]);
        let kind = match what {
            What::Value(rule) if is_own && when.is_none() => CheckKind::Values(rule),
            What::Present if is_own && when.is_none() => CheckKind::Required,
            What::Unique(_) if is_own && when.is_none() => CheckKind::Unique,
            What::Whole(rule) if is_own && when.is_none() => CheckKind::Profile(rule),
            what => CheckKind::Rows(OnRows { what, columns, when, written: false }),
        };
        Some(Check { tolerance, ..Check::strict(kind) })
    }

    /// How many offenders are agreed.
    fn tolerance(&mut self, node: &Node, entries: &[(Key, Node)]) -> Tolerance {
        let has_operator = entries.iter().any(|(key, _)| OPERATORS.contains(&key.text.as_str()));
        let operator = if has_operator { operator(node, entries, false, self.mistakes) } else { None };
        let percent = optional_text(entries, "unit", self.mistakes).is_some_and(|it| it == "percent");
        operator.map_or_else(Tolerance::none, |operator| Tolerance { operator, percent })
    }

    /// How many cells may be invalid.
    fn of_type(&mut self, node: &Node, entries: &[(Key, Node)]) -> Option<Check> {
        let words: Vec<&str> = ["rule", "unit"].into_iter().chain(OPERATORS).collect();
        known(entries, "parameter of the rule", &words, self.mistakes);
        if self.column.is_none() {
            self.mistakes.add(node.place, "the rule type belongs to a property");
            return None;
        }
        Some(Check { tolerance: self.tolerance(node, entries), ..Check::strict(CheckKind::Type) })
    }

    fn what(&mut self, word: &str, rule: &Node, node: &Node, entries: &[(Key, Node)]) -> Option<What> {
        let parameters: &[&str] = match word {
            "expression" => &["expression"],
            "unique" => &["columns"],
            "required" | "empty" => &[],
            "allowed-values" | "forbidden-values" => &["values"],
            "pattern" | "forbidden-pattern" => &["pattern"],
            "format" => &["format"],
            "json-schema" => &["schema"],
            "length" => &["minLength", "maxLength"],
            "range" => &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
            "multiple-of" => &["multipleOf"],
            "increasing" | "decreasing" => &["strict"],
            "foreign-key" => &["columns", "table", "to"],
            _ if whole::parameters(word).is_some() => whole::parameters(word).unwrap_or_default(),
            _ => {
                let words: Vec<&str> = RULES.iter().copied().chain(METRICS.iter().map(|it| it.0)).collect();
                self.mistakes.unknown(rule.place, "rule", word, &words);
                return None;
            }
        };
        let words: Vec<&str> =
            parameters.iter().chain(&["rule", "column", "when", "unit"]).chain(&OPERATORS).copied().collect();
        known(entries, "parameter of the rule", &words, self.mistakes);
        let value = |rule: Box<dyn ValueRule>| Some(What::Value(rule));
        match word {
            "expression" => {
                let text = self.needed(node, entries, "expression")?;
                self.expression(text).map(|it| What::Holds(it, None))
            }
            "unique" => Some(What::Unique(Ignore::All)),
            "required" => Some(What::Present),
            "increasing" | "decreasing" => {
                let strict = optional_boolean(entries, "strict", self.mistakes);
                Some(What::Order { falls: word == "decreasing", strict })
            }
            "empty" => Some(What::Missing),
            "foreign-key" => self.target(node, entries).map(What::Refers),
            _ if whole::parameters(word).is_some() => whole::what(word, node, entries, self.mistakes),
            "allowed-values" | "forbidden-values" => {
                let values = self.needed(node, entries, "values")?;
                let values = AllowedValues::of(self.texts(values));
                if word == "allowed-values" {
                    value(Box::new(values))
                } else {
                    value(Box::new(ForbiddenValues(values)))
                }
            }
            "pattern" | "forbidden-pattern" => self.pattern(word, node, entries).map(What::Value),
            "format" => {
                let at = self.needed(node, entries, "format")?;
                let name = self.mistakes.text(at)?;
                let format = formats::named(name);
                if format.is_none() {
                    self.mistakes.unknown(at.place, "format", name, &formats::names());
                }
                format.and_then(|it| value(Box::new(HasFormat(it))))
            }
            "json-schema" => self.schema(node, entries).map(What::Value),
            _ => {
                let rule = options::value_rule(entries, self.mistakes);
                if rule.is_none() {
                    self.mistakes.add(node.place, format!("the rule {word} has no bound"));
                }
                rule.map(What::Value)
            }
        }
    }

    fn pattern(&mut self, word: &str, node: &Node, entries: &[(Key, Node)]) -> Option<Box<dyn ValueRule>> {
        let at = self.needed(node, entries, "pattern")?;
        match Pattern::new(self.mistakes.text(at)?) {
            Ok(pattern) if word == "pattern" => Some(Box::new(pattern)),
            Ok(pattern) => Some(Box::new(ForbiddenPattern(pattern))),
            Err(message) => {
                self.mistakes.add(at.place, message);
                None
            }
        }
    }

    fn schema(&mut self, node: &Node, entries: &[(Key, Node)]) -> Option<Box<dyn ValueRule>> {
        let at = self.needed(node, entries, "schema")?;
        match ValueSchema::of(at) {
            Ok(schema) => Some(Box::new(MatchesSchema::new(schema))),
            Err(reason) => {
                self.mistakes.add(at.place, format!("the schema cannot be checked: {reason}"));
                None
            }
        }
    }

    fn target(&mut self, node: &Node, entries: &[(Key, Node)]) -> Option<Target> {
        let to = self.needed(node, entries, "to")?;
        let columns = match &to.content {
            Content::List(_) => self.texts(to),
            _ => vec![self.mistakes.text(to)?.to_owned()],
        };
        let table = optional_text(entries, "table", self.mistakes);
        Some(Target { table, columns, unless_all_missing: false })
    }

    fn needed<'n>(&mut self, node: &Node, entries: &'n [(Key, Node)], word: &str) -> Option<&'n Node> {
        let found = given(entries, word);
        if found.is_none() {
            self.mistakes.add(node.place, format!("the rule has no {word:?}"));
        }
        found
    }

    fn one_column(&mut self, node: &Node, entries: &[(Key, Node)]) -> Option<Vec<String>> {
        let named = optional_text(entries, "column", self.mistakes);
        let column = named.or_else(|| self.column.map(str::to_owned));
        if column.is_none() {
            self.mistakes.add(node.place, "the rule has no \"column\"");
        }
        column.map(|it| vec![it])
    }

    fn texts(&mut self, list: &Node) -> Vec<String> {
        let items = self.mistakes.list(list, "a list").iter();
        items.filter_map(|item| self.mistakes.text(item).map(str::to_owned)).collect()
    }

    fn expression(&mut self, node: &Node) -> Option<Expression> {
        match parse(self.mistakes.text(node)?) {
            Ok(expression) => Some(expression),
            Err(message) => {
                self.mistakes.add(node.place, message);
                None
            }
        }
    }

    fn when(&mut self, entries: &[(Key, Node)]) -> Option<When> {
        let node = given(entries, "when")?;
        self.expression(node).map(|expression| When { expression, logic: Logic::Sql })
    }

    fn aggregate(&mut self, metric: Metric, node: &Node, entries: &[(Key, Node)]) -> Option<Check> {
        let words: Vec<&str> = ["rule", "when"].into_iter().chain(OPERATORS).collect();
        known(entries, "parameter of the rule", &words, self.mistakes);
        let Some(column) = self.column else {
            self.mistakes.add(node.place, format!("the rule {} belongs to a property", metric.id()));
            return None;
        };
        let Some(bounds) = operator(node, entries, false, self.mistakes)?.bounds() else {
            let reason = "a number can be held to lie within bounds, not outside them";
            return Some(Check::not_run(metric.id(), metric.id(), reason));
        };
        let rule = Aggregate { metric, low: bounds.0, high: bounds.1 };
        Some(Check::strict(match self.when(entries) {
            None => CheckKind::Aggregate(rule),
            when => {
                let columns = vec![column.to_owned()];
                CheckKind::Rows(OnRows { what: What::Number(rule), columns, when, written: false })
            }
        }))
    }

    /// Which columns there are: by name, in this order or not, with others or not; or how many.
    fn columns(&mut self, node: &Node, entries: &[(Key, Node)]) -> Option<Check> {
        known(
            entries,
            "parameter of the rule",
            &["rule", "names", "ordered", "closed", "least", "most"],
            self.mistakes,
        );
        let count =
            |mistakes: &mut Mistakes, word| given(entries, word).and_then(|node| mistakes.natural(node));
        let (least, most) = (count(self.mistakes, "least"), count(self.mistakes, "most"));
        let columns = match given(entries, "names") {
            Some(list) => {
                let names = self.texts(list);
                if optional_boolean(entries, "ordered", self.mistakes) {
                    Columns::Order(names)
                } else {
                    Columns::Set { names, closed: optional_boolean(entries, "closed", self.mistakes) }
                }
            }
            None if least.is_some() || most.is_some() => {
                Columns::Count(least.unwrap_or(0), most.unwrap_or(u64::MAX))
            }
            None => {
                self.mistakes.add(node.place, "the rule has neither \"names\" nor \"least\" or \"most\"");
                return None;
            }
        };
        Some(Check::strict(CheckKind::Columns(columns)))
    }
}
