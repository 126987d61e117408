//! What ODCS 3.0.2, 3.1 and 3.2 agree that each part of a contract looks like → mistakes of kind, missing and unknown keys,
//! those of parts included that have nothing to do with a file. What is right by any of the versions is right.

use std::collections::BTreeMap;

use super::super::mistakes::Mistakes;
use super::super::scalar::ScalarKind;
use super::super::wording::quoted;
use super::super::yaml::{Content, Key, Node};
use super::amend::same;
use super::{entries, get, given, property};

/// The parts, each with its keys: `name:kind`. A `!` behind the name is a key that has to be there, a `+` one that has to since
/// ODCS 3.1. A part with `*` has no other keys since 3.1. Kinds: text where none is named; `b`oolean, `n`umber, whole number
/// `z`, `v`alue that is no list or mapping, `i`dentifier, `p`ort, `a`nything, `m`apping, logical type `l`, semantic type `s`; `[` is a list of what
/// follows; a longer word is a part.
const SHAPES: &[(&str, &str)] = &[
    (
        "contract",
        "version id name tenant tags:[ status servers:[server dataProduct description:description domain \
         context:context schema:[object support:[support price:price team:team roles:[role slaDefaultElement \
         slaProperties:[sla authoritativeDefinitions:[definition customProperties:[custom contractCreatedTs",
    ),
    (
        "description",
        "usage purpose limitations authoritativeDefinitions:[definition customProperties:[custom",
    ),
    ("instructions", "* instructions verifiedStatements:[statement constraints:[constraint"),
    (
        "statement",
        "* id question! answer authoritativeDefinitions:[definition tags:[ customProperties:[custom",
    ),
    ("constraint", "* id constraint! authoritativeDefinitions:[definition tags:[ customProperties:[custom"),
    (
        "server",
        "* id:i server! type! description environment roles:[role customProperties:[custom location stagingDir \
         schema:p catalog regionName workgroup format delimiter encoding project dataset host port:p database \
         account endpointUrl path region serviceName warehouse stream catalogUrl namespace",
    ),
    (
        "object",
        "id:i name physicalName physicalType logicalType description businessName dataGranularityDescription \
         deprecated:b synonyms:[synonym authoritativeDefinitions:[definition tags:[ customProperties:[custom \
         properties:[property relationships:[relationship quality:[quality context:context",
    ),
    ("property", PROPERTY),
    ("item", PROPERTY),
    ("entry", "* key!:item value!:item"),
    (
        "enumerated",
        "* value!:v label id:i description customProperties:[custom authoritativeDefinitions:[definition tags:[",
    ),
    ("relationship", "id type customProperties:[custom"),
    (
        "quality",
        "id:i authoritativeDefinitions:[definition businessImpact customProperties:[custom description dimension method \
         name schedule scheduler severity tags:[ type unit metric rule query engine",
    ),
    ("definition", "* id:i url! type! description"),
    ("support", "* id:i channel! url description tool scope invitationUrl customProperties:[custom"),
    ("price", "* id:i priceAmount:n priceCurrency priceUnit"),
    (
        "crew",
        "* id:i name description members:[member tags:[ customProperties:[custom authoritativeDefinitions:[definition",
    ),
    (
        "member",
        "* id:i username+ name description role dateIn dateOut replacedByUsername tags:[ customProperties:[custom \
         authoritativeDefinitions:[definition",
    ),
    (
        "role",
        "* id:i role! description access firstLevelApprovers secondLevelApprovers customProperties:[custom",
    ),
    (
        "sla",
        "* id:i property! value!:v valueExt:v unit element driver description scheduler schedule \
         customProperties:[custom authoritativeDefinitions:[definition",
    ),
    ("synonym", "* id:i synonym! description locale source status customProperties:[custom"),
    ("custom", "* id:i property+ value+:a description vendor"),
];

const PROPERTY: &str = "* id:i name physicalName physicalType logicalType:l logicalTypeOptions:m description businessName \
    deprecated:b synonyms:[synonym authoritativeDefinitions:[definition tags:[ customProperties:[custom primaryKey:b \
    primaryKeyPosition:z required:b unique:b semanticType:s partitioned:b partitionKeyPosition:z classification \
    encryptedName transformSourceObjects:[ transformLogic transformDescription examples:[a enum:[enumerated \
    criticalDataElement:b relationships:[relationship quality:[quality properties:[property items:item map:entry";

/// The types of servers, each with the keys that it needs in every version.
const SERVERS: &str = "api=location athena=schema azure=format,location bigquery=dataset,project btrieve=database,host \
    clickhouse=database,host,port cloudsql=database,host,port,schema custom= databricks=catalog,schema \
    db2=database,host,port denodo=host,port dremio=host,port duckdb=database exasol=host fastobjects=database \
    glue=account,database hana=host hive=database,host iceberg=catalog,catalogUrl impala=database,host \
    informix=database,host ingres=database,host kafka=host kinesis= local=format,path mysql=database,host,port \
    oracle=host,port,serviceName poet=database postgres=database,host,port,schema \
    postgresql=database,host,port,schema presto=host pubsub=project redshift=database,schema s3=location \
    sftp=location snowflake=account,database,schema sqlserver=database,host,schema synapse=database,host,port \
    teradata=host trino=catalog,host,port,schema vectorwise=database,host versant=database \
    vertica=database,host,port,schema zen=database,host";

/// Notes what no version of ODCS allows.
pub(super) fn check(tree: &Node, version: &str, mistakes: &mut Mistakes) {
    let is_old = is_old(version);
    let mut found = Mistakes::default();
    Shapes { is_old, mistakes: &mut found }.part("contract", tree);
    mistakes.add_new(found);
}

/// Whether a version of ODCS is 3.0, which allows further keys in most parts.
pub(super) fn is_old(version: &str) -> bool {
    version.strip_prefix('v').unwrap_or(version).starts_with("3.0")
}

struct Shapes<'a> {
    /// Whether the contract is one of ODCS 3.0, which allows further keys.
    is_old: bool,
    mistakes: &'a mut Mistakes,
}

impl Shapes<'_> {
    fn part(&mut self, name: &str, node: &Node) {
        let Some(words) = SHAPES.iter().find(|it| it.0 == name).map(|it| it.1) else { return };
        let Content::Map(entries) = &node.content else {
            return self.mistakes.expected(node, &format!("a mapping of {}", names(words).join(", ")));
        };
        for word in words.split_ascii_whitespace().filter(|word| *word != "*") {
            let (key, kind) = word.split_once(':').unwrap_or((word, "t"));
            let key_name = key.trim_end_matches(['!', '+']);
            let is_needed = key.ends_with('!') || key.ends_with('+') && !self.is_old;
            match get(entries, key_name) {
                None if is_needed => {
                    self.mistakes.add(node.place, format!("the {} has no {key_name:?}", told(name)));
                }
                Some(value) if !value.is_null() => self.value(kind, value),
                _ => {}
            }
        }
        if words.starts_with('*') && !self.is_old {
            let known = names(words);
            super::known(entries, &format!("key of the {}", told(name)), &known, self.mistakes);
        }
        match name {
            "server" => self.server(node, entries),
            "property" => self.nested(entries),
            _ => {}
        }
    }

    fn value(&mut self, kind: &str, node: &Node) {
        if let Some(kind) = kind.strip_prefix('[') {
            let kind = if kind.is_empty() { "t" } else { kind };
            for item in self.mistakes.list(node, "a list") {
                self.value(kind, item);
            }
            return;
        }
        let scalar = node.scalar();
        let is = |kind: ScalarKind| scalar.is_some_and(|it| it.kind == kind);
        let is_text = scalar.is_some_and(|it| match it.kind {
            ScalarKind::Text => true,
            // Words of YAML 1.1 are texts since.
            ScalarKind::Boolean(_) => {
                !it.text.eq_ignore_ascii_case("true") && !it.text.eq_ignore_ascii_case("false")
            }
            _ => false,
        });
        let number = || node.number().map(|it| it.canonical());
        let (is_right, expected) = match kind {
            "t" => (is_text, "text, in quotes where it looks like a number"),
            "b" => (scalar.is_some_and(|it| matches!(it.kind, ScalarKind::Boolean(_))), "true or false"),
            "n" => (number().is_some(), "a number"),
            "z" => (number().is_some_and(|it| it.1 == 0), "a whole number"),
            "v" => (scalar.is_some(), "a single value"),
            "p" => (is_text || is(ScalarKind::Integer), "text or a whole number"),
            "i" => {
                let is_id = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                let fits = scalar.is_some_and(|it| !it.text.is_empty() && it.text.chars().all(is_id));
                (is_text && fits, "an id of letters, digits, _ and -")
            }
            "s" => {
                let fits =
                    scalar.is_some_and(|it| ["column", "measure", "dimension"].contains(&it.text.as_str()));
                (fits, "column, measure or dimension")
            }
            "m" => (matches!(node.content, Content::Map(_)), "a mapping"),
            "l" => {
                property::logical_type(node, self.mistakes);
                return;
            }
            "context" if is_text => return,
            "context" => return self.part("instructions", node),
            "team" => return self.team(node),
            // A plain value stands for one without a label.
            "enumerated" if scalar.is_some() => return,
            "a" => return,
            part => return self.part(part, node),
        };
        if !is_right {
            self.mistakes.expected(node, expected);
        }
    }

    /// In ODCS 3.0 a team is its members.
    fn team(&mut self, node: &Node) {
        match &node.content {
            Content::List(members) => members.iter().for_each(|it| self.part("member", it)),
            Content::Map(_) => self.part("crew", node),
            Content::Scalar(_) => self.mistakes.expected(node, "a mapping with members, or a list of them"),
        }
    }

    fn server(&mut self, node: &Node, entries: &[(Key, Node)]) {
        let Some((ty, word)) = given(entries, "type").and_then(|ty| Some((ty, ty.scalar()?.text.as_str())))
        else {
            return;
        };
        let servers = || SERVERS.split_ascii_whitespace().filter_map(|it| it.split_once('='));
        let Some((_, needed)) = servers().find(|it| it.0 == word) else {
            let words: Vec<&str> = servers().map(|it| it.0).collect();
            return self.mistakes.unknown(ty.place, "type of server", word, &words);
        };
        let lacks = |key: &&str| !key.is_empty() && get(entries, key).is_none();
        for key in needed.split(',').filter(lacks) {
            self.mistakes.add(node.place, format!("the server of type {word} has no {key:?}"));
        }
    }

    /// What only a property of one logical type has, and values that are given twice.
    fn nested(&mut self, entries: &[(Key, Node)]) {
        let mut values: BTreeMap<&str, &Node> = BTreeMap::new();
        for item in entries::list(given(entries, "enum")) {
            let Some(value) = get(entries::map(item), "value").and_then(Node::scalar) else { continue };
            if values.insert(&value.text, item).is_some_and(|other| same(other, item, None)) {
                self.mistakes.add(item.place, format!("the value {} is given twice", quoted(&value.text)));
            }
        }
        let Some(ty) = given(entries, "logicalType").and_then(Node::scalar) else { return };
        for (word, of) in [("items", "array"), ("properties", "object"), ("map", "map")] {
            let key = entries.iter().find(|(key, node)| key.text == word && !node.is_null());
            if let Some((key, _)) =
                key.filter(|_| ty.text != of && property::TYPES.contains(&ty.text.as_str()))
            {
                let found = quoted(&ty.text);
                self.mistakes
                    .add(key.place, format!("{word:?} belong to the logicalType {of}, found {found}"));
            }
        }
    }
}

/// The keys of a part, by its name.
#[cfg(feature = "cli")]
pub(in crate::contract) fn keys(part: &str) -> Vec<&'static str> {
    SHAPES.iter().find(|it| it.0 == part).map(|it| names(it.1)).unwrap_or_default()
}

/// The keys of a part.
fn names(words: &'static str) -> Vec<&'static str> {
    let keys = words.split_ascii_whitespace().filter(|word| *word != "*");
    keys.map(|word| word.split(':').next().unwrap_or(word).trim_end_matches(['!', '+'])).collect()
}

/// What a part is called in a message.
fn told(name: &str) -> &str {
    match name {
        "definition" => "authoritative definition",
        "custom" => "custom property",
        "sla" => "service level",
        "crew" => "team",
        "member" => "team member",
        "support" => "support channel",
        "object" => "schema object",
        "quality" => "quality rule",
        "item" => "item",
        "entry" => "map",
        "enumerated" => "value",
        "instructions" => "context",
        other => other,
    }
}
