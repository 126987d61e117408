//! A contract of ODCS → the same contract by the schema of ODCS 3.1, or of 3.2 where it has what only that has words for.
//! Everything stays; only what the later schema refuses is written in its words.

use super::super::model::{ANY, LOGICAL_TYPE};
use super::super::scalar::ScalarKind;
use super::super::tree::Tree;
use super::super::yaml::{self, Content, Node, get};
use super::odcs::own_property;

/// Keys whose values are anyone's own.
const FREE: [&str; 6] = ["value", "valueExt", "examples", "arguments", "implementation", "enum"];

/// Keys that are true or false; elsewhere `yes` and `NO` are texts.
const FLAGS: [&str; 14] = [
    "required",
    "unique",
    "primaryKey",
    "partitioned",
    "criticalDataElement",
    "deprecated",
    "timezone",
    "uniqueItems",
    "normalized",
    "strict",
    "oneSided",
    "closed",
    "ordered",
    "ties",
];

/// Keys of schema objects and properties that ODCS has since 3.2.
const NEW: [&str; 6] = ["context", "enum", "synonyms", "deprecated", "semanticType", "map"];

const OPERATORS: [&str; 8] = crate::contract::odcs::OPERATORS;

/// Keys of a quality rule, besides those of its type.
const QUALITY: [&str; 16] = [
    "id",
    "authoritativeDefinitions",
    "businessImpact",
    "customProperties",
    "description",
    "dimension",
    "method",
    "name",
    "schedule",
    "scheduler",
    "severity",
    "tags",
    "type",
    "unit",
    "engine",
    "implementation",
];

type Entries = Vec<(String, Tree)>;

/// Whether it is a contract of ODCS.
pub(super) fn is_odcs(source: &Node) -> bool {
    matches!(&source.content, Content::Map(entries) if get(entries, "apiVersion").is_some())
}

/// The document.
pub(super) fn write(source: &Node) -> Tree {
    let Tree::Map(mut root) = tree(source, "") else { return Tree::Map(Vec::new()) };
    let version = text(&root, "apiVersion").unwrap_or_default();
    let mut again = Again {
        is_new: version.trim_start_matches('v').starts_with("3.2") || has(&root, "context"),
        own: Vec::new(),
    };
    if !has(&root, "status") {
        let at = root.iter().position(|it| it.0 == "version").map_or(root.len(), |at| at + 1);
        root.insert(at, ("status".to_owned(), Tree::text("draft")));
    }
    again.parts(&mut root);
    each(&mut root, "schema", &mut |object| again.object(object));
    let version = if again.is_new { "v3.2.0" } else { "v3.1.0" };
    set(&mut root, "apiVersion", Tree::text(version));
    for (name, value) in std::mem::take(&mut again.own) {
        custom(&mut root, &name, value);
    }
    Tree::Map(root)
}

/// A part as it was read, without what is null.
fn tree(node: &Node, key: &str) -> Tree {
    match &node.content {
        Content::Scalar(scalar) => match scalar.kind {
            ScalarKind::Boolean(_)
                if !FLAGS.contains(&key)
                    && !scalar.text.eq_ignore_ascii_case("true")
                    && !scalar.text.eq_ignore_ascii_case("false") =>
            {
                Tree::text(&scalar.text)
            }
            _ => Tree::of(node),
        },
        Content::List(items) => Tree::List(items.iter().map(|item| tree(item, key)).collect()),
        Content::Map(entries) => {
            let kept = entries.iter().filter(|(name, it)| {
                FREE.contains(&key) || FREE.contains(&name.text.as_str()) || !it.is_null()
            });
            let inner = |name: &str| {
                if FREE.contains(&key) && !FLAGS.contains(&name) { key.to_owned() } else { name.to_owned() }
            };
            Tree::Map(kept.map(|(name, it)| (name.text.clone(), tree(it, &inner(&name.text)))).collect())
        }
    }
}

fn has(entries: &Entries, name: &str) -> bool {
    entries.iter().any(|it| it.0 == name)
}

fn text(entries: &Entries, name: &str) -> Option<String> {
    entries
        .iter()
        .find(|it| it.0 == name)
        .and_then(|it| if let Tree::Text(text) = &it.1 { Some(text.clone()) } else { None })
}

fn set(entries: &mut Entries, name: &str, value: Tree) {
    match entries.iter_mut().find(|it| it.0 == name) {
        Some(entry) => entry.1 = value,
        None => entries.push((name.to_owned(), value)),
    }
}

fn take(entries: &mut Entries, name: &str) -> Option<Tree> {
    let at = entries.iter().position(|it| it.0 == name)?;
    Some(entries.remove(at).1)
}

/// The mappings at a key: one, or a list of them.
fn each(entries: &mut Entries, name: &str, make: &mut dyn FnMut(&mut Entries)) {
    match entries.iter_mut().find(|it| it.0 == name).map(|it| &mut it.1) {
        Some(Tree::List(items)) => {
            for item in items {
                if let Tree::Map(entries) = item {
                    make(entries);
                }
            }
        }
        Some(Tree::Map(entries)) => make(entries),
        _ => {}
    }
}

/// Adds a custom property.
fn custom(entries: &mut Entries, name: &str, value: Tree) {
    let one = own_property(name, value);
    match entries.iter_mut().find(|it| it.0 == "customProperties") {
        Some((_, Tree::List(all))) => all.push(one),
        _ => entries.push(("customProperties".to_owned(), Tree::List(vec![one]))),
    }
}

struct Again {
    /// Whether it has what only ODCS 3.2 has.
    is_new: bool,
    /// Keys of one's own where there is no place for them: custom properties of the contract.
    own: Entries,
}

impl Again {
    /// Keys of one's own, which only ODCS 3.0 takes, become custom properties.
    fn closed(&mut self, part: &str, known: &[&str], entries: &mut Entries) {
        let is_own = |entry: &(String, Tree)| !known.contains(&entry.0.as_str());
        let own: Entries = entries.iter().filter(|it| is_own(it)).cloned().collect();
        entries.retain(|it| !is_own(it));
        for (name, value) in own {
            if known.contains(&"customProperties") {
                custom(entries, &name, value);
            } else {
                self.own.push((format!("{part}.{name}"), value));
            }
        }
    }

    fn parts(&mut self, root: &mut Entries) {
        use super::super::odcs::keys;
        for (key, part) in [
            ("servers", "server"),
            ("support", "support"),
            ("roles", "role"),
            ("price", "price"),
            ("slaProperties", "sla"),
        ] {
            each(root, key, &mut |entries| {
                self.is_new |= part == "sla"
                    && (has(entries, "customProperties") || has(entries, "authoritativeDefinitions"));
                let mut known = keys(part);
                // Its own custom properties are those of 3.2.
                known.retain(|it| part != "sla" || *it != "customProperties" || has(entries, it));
                self.closed(key, &known, entries);
                if part == "server" {
                    // ODCS 3.0 has a whole number as the schema of a server.
                    if let Some((_, schema @ Tree::Number(_))) =
                        entries.iter_mut().find(|it| it.0 == "schema")
                    {
                        *schema = Tree::text(schema.inline().unwrap_or_default());
                    }
                    each(entries, "roles", &mut |role| self.closed("roles", &keys("role"), role));
                }
            });
        }
        let is_list = root.iter().any(|it| it.0 == "team" && matches!(it.1, Tree::List(_)));
        let mut member = |entries: &mut Entries| {
            self.closed("team", &keys("member"), entries);
            if !has(entries, "username") {
                let name = text(entries, "name").unwrap_or_else(|| "unknown".to_owned());
                entries.insert(0, ("username".to_owned(), Tree::Text(name)));
            }
        };
        match is_list {
            true => each(root, "team", &mut member),
            false => each(root, "team", &mut |team| each(team, "members", &mut member)),
        }
        self.customs(root);
    }

    /// In ODCS 3.0 a custom property, of any part, may have neither name nor value.
    fn customs(&mut self, entries: &mut Entries) {
        let known = super::super::odcs::keys("custom");
        each(entries, "customProperties", &mut |one| {
            self.is_new |= has(one, "vendor");
            self.closed("customProperties", &known, one);
            if !has(one, "property") {
                one.insert(0, ("property".to_owned(), Tree::text("unnamed")));
            }
            if !has(one, "value") {
                one.push(("value".to_owned(), Tree::Null));
            }
        });
        for (name, value) in entries.iter_mut().filter(|it| !FREE.contains(&it.0.as_str())) {
            let items = match value {
                Tree::List(items) => items.as_mut_slice(),
                one => std::slice::from_mut(one),
            };
            let is_done = name == "customProperties";
            items.iter_mut().filter(|_| !is_done).for_each(|it| {
                if let Tree::Map(inner) = it {
                    self.customs(inner);
                }
            });
        }
    }

    fn object(&mut self, object: &mut Entries) {
        self.is_new |= NEW.iter().any(|key| has(object, key));
        each(object, "properties", &mut |it| self.property(it));
        each(object, "quality", &mut |it| self.quality(it));
    }

    fn property(&mut self, property: &mut Entries) {
        each(property, "properties", &mut |it| self.property(it));
        each(property, "items", &mut |it| self.property(it));
        each(property, "map", &mut |map| {
            each(map, "key", &mut |it| self.property(it));
            each(map, "value", &mut |it| self.property(it));
        });
        each(property, "quality", &mut |it| self.quality(it));
        if let Some((_, Tree::List(values))) = property.iter_mut().find(|it| it.0 == "enum") {
            for value in values.iter_mut().filter(|it| !matches!(it, Tree::Map(_))) {
                *value = Tree::map([("value", value.clone())]);
            }
        }
        if let Some(Tree::Map(mut options)) = take(property, "logicalTypeOptions") {
            bounds(&mut options, "minimum", "exclusiveMinimum");
            bounds(&mut options, "maximum", "exclusiveMaximum");
            if let Some(values) = take(&mut options, "enum") {
                let rule = Tree::map([
                    ("metric", Tree::text("invalidValues")),
                    ("arguments", Tree::map([("validValues", values)])),
                    ("mustBe", Tree::Number("0".to_owned())),
                ]);
                match property.iter_mut().find(|it| it.0 == "quality") {
                    Some((_, Tree::List(rules))) => rules.push(rule),
                    _ => property.push(("quality".to_owned(), Tree::List(vec![rule]))),
                }
            }
            if !options.is_empty() {
                let at =
                    property.iter().position(|it| it.0 == "logicalType").map_or(property.len(), |at| at + 1);
                property.insert(at, ("logicalTypeOptions".to_owned(), Tree::Map(options)));
            }
        }
        if !has(property, "logicalType") {
            let word = [("properties", "object"), ("items", "array"), ("map", "map")]
                .iter()
                .find(|it| has(property, it.0));
            let at = usize::from(has(property, "name"));
            property.insert(at, ("logicalType".to_owned(), Tree::text(word.map_or("string", |it| it.1))));
            if word.is_none() {
                custom(property, LOGICAL_TYPE, Tree::text(ANY));
            }
        }
        let is_late = |it: &String| it == "map" || it == "vector";
        self.is_new |= NEW.iter().any(|key| has(property, key))
            || text(property, "logicalType").is_some_and(|it| is_late(&it));
    }

    fn quality(&mut self, rule: &mut Entries) {
        let ty = text(rule, "type").unwrap_or_else(|| "library".to_owned());
        let has_operator = rule.iter().any(|it| OPERATORS.contains(&it.0.as_str()));
        let mut known: Vec<&str> = QUALITY.to_vec();
        match ty.as_str() {
            "library" if has(rule, "metric") || has(rule, "rule") => {
                library(rule, has_operator);
                known.extend(["metric", "rule", "arguments"].iter().chain(&OPERATORS));
            }
            // What has nothing to be held against is for another engine.
            "sql" if !has_operator => {
                let query = take(rule, "query").unwrap_or(Tree::Null);
                set(rule, "type", Tree::text("custom"));
                set(rule, "engine", Tree::text("sql"));
                set(rule, "implementation", query);
            }
            "sql" => known.extend(["query"].iter().chain(&OPERATORS)),
            "custom" if has_operator => inside(rule),
            _ => {}
        }
        self.closed("quality", &known, rule);
    }
}

/// Bounds that ODCS 3.0 makes exclusive by `true`.
fn bounds(options: &mut Entries, inclusive: &str, exclusive: &str) {
    let flag = options.iter().find(|it| it.0 == exclusive).map(|it| it.1.clone());
    let Some(Tree::Flag(is_exclusive)) = flag else { return };
    options.retain(|it| it.0 != exclusive);
    if let Some(entry) = options.iter_mut().find(|it| it.0 == inclusive).filter(|_| is_exclusive) {
        exclusive.clone_into(&mut entry.0);
    }
}

/// A library rule in the words of ODCS 3.1.
fn library(rule: &mut Entries, has_operator: bool) {
    if !has(rule, "metric") {
        let word = text(rule, "rule").unwrap_or_default();
        let Some(metric) = super::super::odcs::metric(&word) else {
            let mut parts = vec![("rule".to_owned(), Tree::Text(word))];
            for key in ["arguments", "validValues"].iter().chain(&OPERATORS) {
                parts.extend(take(rule, key).map(|value| ((*key).to_owned(), value)));
            }
            take(rule, "rule");
            set(rule, "type", Tree::text("custom"));
            set(rule, "engine", Tree::text("odcs-3.0"));
            return set(rule, "implementation", Tree::Map(parts));
        };
        take(rule, "rule");
        set(rule, "metric", Tree::text(metric));
    }
    if let Some(values) = take(rule, "validValues") {
        let mut arguments = match take(rule, "arguments") {
            Some(Tree::Map(arguments)) => arguments,
            _ => Vec::new(),
        };
        set(&mut arguments, "validValues", values);
        set(rule, "arguments", Tree::Map(arguments));
    }
    if !has_operator {
        rule.push(("mustBe".to_owned(), Tree::Number("0".to_owned())));
    }
}

/// An operator beside a rule of our own stands in its implementation, where the schema has a place for it.
fn inside(rule: &mut Entries) {
    if text(rule, "engine").is_none_or(|it| !it.eq_ignore_ascii_case("driftline")) {
        return;
    }
    let parts = match rule.iter().find(|it| it.0 == "implementation").map(|it| &it.1) {
        Some(Tree::Map(parts)) => Some(parts.clone()),
        Some(Tree::Text(text)) => {
            match yaml::parse(text.as_bytes()).map(|node| tree(&node, "implementation")) {
                Ok(Tree::Map(parts)) => Some(parts),
                _ => None,
            }
        }
        _ => None,
    };
    let Some(mut parts) = parts else { return };
    let is_share = text(rule, "unit").is_some_and(|it| it == "percent");
    for key in OPERATORS {
        parts.extend(take(rule, key).map(|value| (key.to_owned(), value)));
    }
    if is_share && !has(&parts, "unit") {
        parts.extend(take(rule, "unit").map(|value| ("unit".to_owned(), value)));
    }
    set(rule, "implementation", Tree::Map(parts));
}
