//! A contract → ODCS v3.1. What ODCS has no words for becomes a rule of our own engine; an expectation that has no such
//! rule stands as it was read, for the engine `greatExpectations`.

use super::super::model::{
    ANY, CRITICAL_ABOVE, Check, CheckKind, Contract, LOGICAL_TYPE, LogicalType, Property, SchemaObject,
};
use super::super::odcs::check_own;
use super::super::rules::aggregate::Aggregate;
use super::super::rules::columns::Columns;
use super::super::rules::drift;
use super::super::rules::rows::{OnRows, What};
use super::super::rules::shape;
use super::super::tree::Tree;
use super::super::yaml::Node;
use super::super::{expression::Logic, findings::outline};
use super::{Loss, expectations, must, operator};
use crate::finding::Severity;
use crate::sketch::rows::Ignore;

/// The document.
pub(super) fn write(contract: &Contract, source: &Node, losses: &mut Vec<Loss>) -> Tree {
    let id = if contract.id.is_empty() { "contract" } else { &contract.id };
    let version = if contract.version.is_empty() { "1.0.0" } else { &contract.version };
    let mut root = Tree::map([
        ("apiVersion", Tree::text("v3.1.0")),
        ("kind", Tree::text("DataContract")),
        ("id", Tree::text(id)),
    ]);
    if let Some(name) = contract.name.as_ref().filter(|name| !name.is_empty()) {
        root.push("name", Tree::text(name));
    }
    root.push("version", Tree::text(version));
    root.push("status", Tree::text("draft"));
    let mut writer = Writer { verbatim: expectations(source), losses };
    let objects = contract.objects.iter().map(|object| writer.object(object)).collect();
    root.push("schema", Tree::List(objects));
    root
}

struct Writer<'a> {
    /// The expectations of the suite that was read.
    verbatim: &'a [Node],
    losses: &'a mut Vec<Loss>,
}

impl Writer<'_> {
    fn object(&mut self, object: &SchemaObject) -> Tree {
        let name = if object.name.is_empty() { "table" } else { &object.name };
        let mut tree = Tree::map([("name", Tree::text(name))]);
        if let Some(name) = &object.physical_name {
            tree.push("physicalName", Tree::text(name));
        }
        let properties: Vec<Tree> = object.properties.iter().map(|it| self.property(it)).collect();
        if !properties.is_empty() {
            tree.push("properties", Tree::List(properties));
        }
        let quality: Vec<Tree> = object.checks.iter().filter_map(|it| self.check(it, None)).collect();
        if !quality.is_empty() {
            tree.push("quality", Tree::List(quality));
        }
        tree
    }

    fn property(&mut self, property: &Property) -> Tree {
        let mut tree = Tree::map([("name", Tree::text(&property.name))]);
        if let Some(name) = &property.physical_name {
            tree.push("physicalName", Tree::text(name));
        }
        if let Some(logical) = property.agreed_type() {
            tree.push("logicalType", Tree::text(logical.id()));
            let mut options = Tree::Map(Vec::new());
            if let Some(format) = &property.format {
                options.push("format", Tree::text(format));
            }
            if let LogicalType::Timestamp { zoned: true } = logical {
                options.push("timezone", Tree::Flag(true));
            }
            if options != Tree::Map(Vec::new()) {
                tree.push("logicalTypeOptions", options);
            }
        } else {
            tree.push("logicalType", Tree::text(LogicalType::String.id()));
            tree.push("customProperties", Tree::List(vec![own_property(LOGICAL_TYPE, Tree::text(ANY))]));
        }
        let is_plain = |check: &&Check| {
            check.severity == Severity::Critical
                && check.tolerance.is_none()
                && check.critical_above.is_none()
        };
        let plain = |kind: fn(&CheckKind) -> bool| {
            property.checks.iter().position(|it| kind(&it.kind) && is_plain(&it))
        };
        let required = plain(|it| matches!(it, CheckKind::Required));
        let unique = plain(|it| matches!(it, CheckKind::Unique));
        let typed = plain(|it| matches!(it, CheckKind::Type)).filter(|_| property.agreed_type().is_some());
        if required.is_some() {
            tree.push("required", Tree::Flag(true));
        }
        if unique.is_some() {
            tree.push("unique", Tree::Flag(true));
        }
        // The format says it.
        let spelled = property.checks.iter().position(|it| {
            let rule = outline(&it.kind, Some(property)).0;
            property.dates_as_text && rule == "date-format"
        });
        let told = [required, unique, typed, spelled];
        let rest = property.checks.iter().enumerate().filter(|(i, _)| !told.contains(&Some(*i)));
        let quality: Vec<Tree> = rest.filter_map(|(_, it)| self.check(it, Some(property))).collect();
        if !quality.is_empty() {
            tree.push("quality", Tree::List(quality));
        }
        for (is_lost, what) in [
            (
                !property.missing_values.is_empty() || property.usual_missing.is_some(),
                "its spellings of missing",
            ),
            (property.strictness != 0, "how strictly its values are taken"),
            (property.position.is_some(), "that it is found by its place"),
            (property.optional, "that it may be absent"),
        ] {
            if is_lost {
                self.losses.push(Loss {
                    column: Some(property.column().to_owned()),
                    rule: "column-presence".to_owned(),
                    expected: what.to_owned(),
                    reason: "ODCS has no words for it".to_owned(),
                });
            }
        }
        tree
    }

    /// The quality rule of a check.
    fn check(&mut self, check: &Check, property: Option<&Property>) -> Option<Tree> {
        let mut refused = None;
        let written = implementation(check, property).filter(|written| match written {
            Written::Library(_) => true,
            Written::Own(tree) => {
                refused = check_own(&tree.yaml(), property.map(|it| it.name.as_str())).err();
                refused.is_none()
            }
        });
        let mut tree = match written {
            Some(Written::Library(tree)) => tree,
            Some(Written::Own(implementation)) => custom("driftline", implementation),
            None => match check.origin.and_then(|at| self.verbatim.get(at as usize)) {
                Some(expectation) => custom("greatExpectations", Tree::of(expectation)),
                None => {
                    let (rule, expected) = outline(&check.kind, property);
                    let column = property.map(|it| it.column().to_owned());
                    let reason = match &check.kind {
                        CheckKind::NotRun { .. } => {
                            return Some(prose(&format!("{rule}: {expected}"), check));
                        }
                        _ => refused.unwrap_or_else(|| "there is no way to write it".to_owned()),
                    };
                    self.losses.push(Loss { column, rule: rule.to_owned(), expected, reason });
                    return None;
                }
            },
        };
        tree.push("severity", Tree::text(check.severity.id()));
        if let Some(above) = &check.critical_above {
            let value = Tree::Number(above.text().to_owned());
            tree.push("customProperties", Tree::List(vec![own_property(CRITICAL_ABOVE, value)]));
        }
        Some(tree)
    }
}

/// An entry of `customProperties`.
pub(super) fn own_property(name: &str, value: Tree) -> Tree {
    Tree::map([("property", Tree::text(name)), ("value", value)])
}

fn custom(engine: &str, implementation: Tree) -> Tree {
    Tree::map([
        ("type", Tree::text("custom")),
        ("engine", Tree::text(engine)),
        ("implementation", implementation),
    ])
}

/// A rule for a person to check.
fn prose(description: &str, check: &Check) -> Tree {
    Tree::map([
        ("type", Tree::text("text")),
        ("description", Tree::text(description)),
        ("severity", Tree::text(check.severity.id())),
    ])
}

enum Written {
    Library(Tree),
    Own(Tree),
}

fn named(rule: &str, parameters: Vec<(String, Tree)>) -> Tree {
    let mut tree = Tree::map([("rule", Tree::text(rule))]);
    parameters.into_iter().for_each(|(name, value)| tree.push(&name, value));
    tree
}

fn implementation(check: &Check, property: Option<&Property>) -> Option<Written> {
    let library = |metric: &str| {
        let mut tree = Tree::map([("metric", Tree::text(metric))]);
        must(&check.tolerance).into_iter().for_each(|(name, value)| tree.push(&name, value));
        Some(Written::Library(tree))
    };
    let own = |rule: &str, parameters: Vec<(String, Tree)>| {
        let all = parameters.into_iter().chain(operator(&check.tolerance)).collect();
        Some(Written::Own(named(rule, all)))
    };
    match &check.kind {
        CheckKind::RowCount => library("rowCount"),
        CheckKind::Required => library("nullValues"),
        CheckKind::Unique => own("unique", Vec::new()),
        CheckKind::Type => own("type", Vec::new()),
        CheckKind::Values(rule) => own(rule.id(), rule.parameters()?),
        CheckKind::Aggregate(rule) => Some(Written::Own(named(rule.metric.id(), vec![bounds(rule)?]))),
        CheckKind::Shape => own(shape::ID, Vec::new()),
        CheckKind::Columns(columns) => columns_of(columns).map(Written::Own),
        CheckKind::Rows(rule) => rows(rule, property).and_then(|(id, parameters)| own(id, parameters)),
        CheckKind::Drift(gate) => Some(Written::Own(named(drift::RULE, gate.parameters()))),
        CheckKind::Profile(rule) => own(rule.id(), rule.parameters()?),
        CheckKind::RowCountOf(_) | CheckKind::NotRun { .. } => None,
    }
}

fn bounds(rule: &Aggregate) -> Option<(String, Tree)> {
    let (word, value) = match (rule.low, rule.high) {
        (Some((low, false)), Some((high, false))) if low == high => ("mustBe", Tree::number(low)),
        (Some((low, false)), Some((high, false))) => {
            ("mustBeBetween", Tree::List(vec![Tree::number(low), Tree::number(high)]))
        }
        (Some((low, true)), None) => ("mustBeGreaterThan", Tree::number(low)),
        (Some((low, false)), None) => ("mustBeGreaterOrEqualTo", Tree::number(low)),
        (None, Some((high, true))) => ("mustBeLessThan", Tree::number(high)),
        (None, Some((high, false))) => ("mustBeLessOrEqualTo", Tree::number(high)),
        _ => return None,
    };
    Some((word.to_owned(), value))
}

fn columns_of(columns: &Columns) -> Option<Tree> {
    let names = |names: &[String], word: &str| {
        vec![("names".to_owned(), Tree::texts(names)), (word.to_owned(), Tree::Flag(true))]
    };
    let parameters = match columns {
        Columns::Order(all) => names(all, "ordered"),
        Columns::Set { names: all, closed: true } => names(all, "closed"),
        Columns::Set { names: all, closed: false } => vec![("names".to_owned(), Tree::texts(all))],
        Columns::Count(least, most) => {
            let number = |word: &str, value: u64| (word.to_owned(), Tree::Number(value.to_string()));
            let most = (*most < u64::MAX).then(|| number("most", *most));
            std::iter::once(number("least", *least)).chain(most).collect()
        }
        Columns::Within(_) | Columns::Any(_) | Columns::At(..) | Columns::Distinct => return None,
    };
    Some(named("columns", parameters))
}

/// A rule on rows in our own words; nothing where they would mean something else.
fn rows(rule: &OnRows, property: Option<&Property>) -> Option<(&'static str, Vec<(String, Tree)>)> {
    let is_own = property.is_some_and(|it| rule.columns == [it.name.as_str()]);
    let mut parameters = match &rule.what {
        What::Holds(expression, None) => {
            vec![("expression".to_owned(), Tree::text(expression.to_string()))]
        }
        What::Unique(Ignore::All) => vec![("columns".to_owned(), Tree::texts(&rule.columns))],
        What::Value(value) => value.parameters()?,
        What::Present | What::Missing | What::Filled => Vec::new(),
        What::Order { strict, .. } => vec![("strict".to_owned(), Tree::Flag(*strict))],
        What::Near(fence) => fence.parameters(),
        What::Refers(target) if !target.unless_all_missing => target.parameters(),
        What::Number(number) if is_own => vec![bounds(number)?],
        _ => return None,
    };
    match &rule.what {
        What::Holds(..) | What::Unique(_) | What::Filled => {}
        What::Refers(_) => parameters.push(("columns".to_owned(), Tree::texts(&rule.columns))),
        _ if is_own => {}
        _ => parameters.push(("column".to_owned(), Tree::text(rule.columns.first()?))),
    }
    if let Some(when) = &rule.when {
        if when.logic != Logic::Sql {
            return None;
        }
        parameters.push(("when".to_owned(), Tree::text(when.expression.to_string())));
    }
    Some((rule.id(), parameters))
}
