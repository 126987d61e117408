//! The contract as the checks see it: plain data that the readers fill.

use crate::cell::spelling::Spelling;
use crate::cell::{TimeUnit, Type};
use crate::error::{Error, Kind, Result};
use crate::finding::Severity;

use super::exact::Exact;
use super::rules::aggregate::Aggregate;
use super::rules::columns::Columns;
use super::rules::drift::Gate;
use super::rules::rows::{OnRows, What};
use super::rules::{ProfileRule, ValueRule};
use super::tolerance::Tolerance;
use super::wording::{nearest, quoted};

/// The custom property of a quality rule that says beyond how many offenders in percent a breach is critical, whatever its
/// severity.
pub(super) const CRITICAL_ABOVE: &str = "driftline.criticalAbove";

/// The custom property of a property whose `logicalType` says nothing, with the value [`ANY`]: no type is agreed. The schema of
/// ODCS 3.2 asks a property without a `logicalType` for what only a map has.
pub(super) const LOGICAL_TYPE: &str = "driftline.logicalType";
/// No type in particular.
pub(super) const ANY: &str = "any";

/// A data contract.
#[derive(Debug, Default)]
pub struct Contract {
    /// Its `id`.
    pub id: String,
    /// Its `name`.
    pub name: Option<String>,
    /// Its own `version`.
    pub version: String,
    /// The version of ODCS it is written in, `v3.1.0`.
    pub api_version: String,
    /// The tables it agrees on, in its order.
    pub objects: Vec<SchemaObject>,
}

/// What is agreed on one table.
#[derive(Debug, Default)]
pub struct SchemaObject {
    /// Its `name`.
    pub name: String,
    /// Its `physicalName`.
    pub physical_name: Option<String>,
    /// Its columns; those nested in objects under dotted names.
    pub properties: Vec<Property>,
    /// How its CSV is written, as far as that is agreed.
    pub dialect: Dialect,
    /// The origin of the rules that are its primary key's, where the contract tells them from others.
    pub primary_key: Option<u64>,
    /// Why columns of one name are not taken, where they are found by their names, in frictionless's words.
    pub by_name: Option<String>,
    /// Rules on the table as a whole.
    pub(super) checks: Vec<Check>,
}

/// How CSV is written, as far as a contract says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dialect {
    /// The character between fields.
    pub delimiter: Option<u8>,
    /// The quoting character; `Some(None)` is none at all.
    pub quote: Option<Option<u8>>,
    /// Whether the first record names the columns.
    pub header: Option<bool>,
}

/// What is agreed on one column.
#[derive(Debug, Default)]
pub struct Property {
    /// Its `name`; dotted, where it lies in an object.
    pub name: String,
    /// Its `physicalName`: the column's name in the file, where that differs.
    pub physical_name: Option<String>,
    /// Its `logicalType`.
    pub logical: Option<LogicalType>,
    /// The pattern (JDK letters) of its dates, timestamps or times.
    pub format: Option<String>,
    /// How its dates are written, where they are in none of the usual formats.
    pub spelled: Option<Spelling>,
    /// Whether its cells are read as text, and a rule on that text holds them against the format.
    pub dates_as_text: bool,
    /// Spellings of missing, besides the usual ones.
    pub missing_values: Vec<String>,
    /// Bits of the usual spellings of missing; `None` where they are those of its type.
    pub usual_missing: Option<u32>,
    /// Bits of [`crate::cell::plan`] that say how strictly its JSON values are taken.
    pub strictness: u32,
    /// Its column's place from 0, where columns go by their order rather than by their names.
    pub position: Option<usize>,
    /// Whether its column may be absent.
    pub optional: bool,
    /// Whether what it holds is not for everybody.
    pub classified: bool,
    /// What frictionless calls its rules: the id of each with what it expects, and frictionless's note on a breach.
    pub notes: Vec<(&'static str, String, String)>,
    /// The rules on its cells, in the order of their findings.
    pub(super) checks: Vec<Check>,
    /// The object it lies in.
    pub(super) inside: Option<String>,
    /// Which entry of the contract's own list wants the column to be there.
    pub(super) origin: Option<u64>,
}

/// ODCS's logical types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogicalType {
    /// Text.
    String,
    /// A day.
    Date,
    /// A day with a time; with a zone where `timezone: true` says so.
    Timestamp {
        /// Whether the values carry a zone.
        zoned: bool,
    },
    /// A time of day.
    Time,
    /// Any number.
    Number,
    /// A whole number.
    Integer,
    /// Named values.
    Object,
    /// A list of values.
    Array,
    /// True or false.
    Boolean,
    /// Keys with values (3.2).
    Map,
    /// Numbers in a row (3.2).
    Vector,
}

impl LogicalType {
    /// The word of ODCS.
    pub fn id(self) -> &'static str {
        match self {
            LogicalType::String => "string",
            LogicalType::Date => "date",
            LogicalType::Timestamp { .. } => "timestamp",
            LogicalType::Time => "time",
            LogicalType::Number => "number",
            LogicalType::Integer => "integer",
            LogicalType::Object => "object",
            LogicalType::Array => "array",
            LogicalType::Boolean => "boolean",
            LogicalType::Map => "map",
            LogicalType::Vector => "vector",
        }
    }

    /// The type that cells are parsed as.
    pub fn target(self) -> Type {
        match self {
            LogicalType::String => Type::Text,
            LogicalType::Date => Type::Date,
            LogicalType::Timestamp { zoned } => Type::Timestamp { unit: TimeUnit::Micro, zoned },
            LogicalType::Time => Type::Time,
            LogicalType::Number => Type::Float,
            LogicalType::Integer => Type::Integer,
            LogicalType::Boolean => Type::Boolean,
            LogicalType::Object | LogicalType::Map => Type::Json,
            LogicalType::Array | LogicalType::Vector => Type::List,
        }
    }

    /// Whether a column of this type, read as the file has it, keeps the agreement: the file's own types are narrower
    /// or wider than ODCS's, so an integer of any width is an integer, and an integer is a number.
    pub fn admits(self, ty: Type) -> bool {
        match self {
            LogicalType::String => matches!(ty, Type::Text | Type::Binary),
            LogicalType::Date => ty == Type::Date,
            LogicalType::Timestamp { .. } => matches!(ty, Type::Timestamp { .. }),
            LogicalType::Time => ty == Type::Time,
            LogicalType::Number => ty.is_numeric(),
            LogicalType::Integer => matches!(ty, Type::Integer | Type::WideInteger | Type::Decimal(0)),
            LogicalType::Boolean => ty == Type::Boolean,
            LogicalType::Object | LogicalType::Map | LogicalType::Array | LogicalType::Vector => {
                matches!(ty, Type::Json | Type::List)
            }
        }
    }
}

/// A type as a data frame has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FrameType {
    /// What its values are.
    pub(super) logical: LogicalType,
    /// Whether whole numbers stay what they are where some are missing.
    pub(super) nullable: bool,
}

/// A rule with what was agreed about its breach.
#[derive(Debug)]
pub(super) struct Check {
    pub(super) kind: CheckKind,
    pub(super) severity: Severity,
    pub(super) tolerance: Tolerance,
    /// Offenders in percent of the cells looked at, beyond which a breach is critical whatever the severity.
    pub(super) critical_above: Option<Exact>,
    /// Which entry of the contract's own list it is, where the contract is one.
    pub(super) origin: Option<u64>,
    /// Of a rule on the type: what the column has to be found to be one of, without being read as that.
    pub(super) asserted: Vec<FrameType>,
    /// Whether values are what is written, as in a data frame: a rule on text is one on the text of any cell.
    pub(super) written: bool,
}

/// What a rule looks at.
#[derive(Debug)]
pub(super) enum CheckKind {
    /// Invalid cells, and the file's own type.
    Type,
    /// Missing cells.
    Required,
    /// Cells whose value occurs more than once.
    Unique,
    /// Each valid value.
    Values(Box<dyn ValueRule>),
    /// The number of rows.
    RowCount,
    /// The number of rows, which is that of another table.
    RowCountOf(String),
    /// That each row has a cell for each column.
    Shape,
    /// Rows: several columns, or the rows that a condition chooses.
    Rows(OnRows),
    /// A number of the column's profile.
    Aggregate(Aggregate),
    /// What the profile says of the column as a whole.
    Profile(Box<dyn ProfileRule>),
    /// Which columns there are.
    Columns(Columns),
    /// What a comparison with a reference measures.
    Drift(Gate),
    /// Something that is not checked, and why.
    NotRun {
        /// The public id it is reported under.
        rule: &'static str,
        /// What was agreed.
        expected: String,
        /// Why it is not checked.
        reason: String,
    },
}

impl Check {
    /// A rule that allows no offender, critical.
    pub(super) fn strict(kind: CheckKind) -> Check {
        Check {
            kind,
            severity: Severity::Critical,
            tolerance: Tolerance::none(),
            critical_above: None,
            origin: None,
            asserted: Vec::new(),
            written: false,
        }
    }

    /// Something that is not checked.
    pub(super) fn not_run(
        rule: &'static str,
        expected: impl Into<String>,
        reason: impl Into<String>,
    ) -> Check {
        Check::strict(CheckKind::NotRun { rule, expected: expected.into(), reason: reason.into() })
    }

    /// Its place among the rules of a column: the kinds in this order, equal kinds in the contract's.
    pub(super) fn rank(&self) -> u8 {
        match &self.kind {
            CheckKind::RowCount
            | CheckKind::RowCountOf(_)
            | CheckKind::Columns(_)
            | CheckKind::Shape
            | CheckKind::Type => 0,
            CheckKind::Required => 1,
            CheckKind::Unique => 2,
            CheckKind::Values(_) | CheckKind::Rows(_) => 3,
            CheckKind::Aggregate(_) | CheckKind::Profile(_) | CheckKind::Drift(_) => 4,
            CheckKind::NotRun { .. } => 5,
        }
    }
}

impl Property {
    /// Its type: what it is read as, else what it has to be found to be.
    pub(super) fn agreed_type(&self) -> Option<LogicalType> {
        self.logical.or_else(|| {
            self.checks.iter().find_map(|check| {
                let is_number = |it: LogicalType| matches!(it, LogicalType::Integer | LogicalType::Number);
                let (first, rest) = check.asserted.split_first()?;
                match rest {
                    rest if rest.iter().all(|it| it.logical == first.logical) => Some(first.logical),
                    _ if check.asserted.iter().all(|it| is_number(it.logical)) => Some(LogicalType::Number),
                    _ => None,
                }
            })
        })
    }

    /// A column of which only the name is known.
    pub(super) fn named(name: &str) -> Property {
        Property { name: name.to_owned(), ..Property::default() }
    }

    /// The name that its column should have in the file.
    pub fn column(&self) -> &str {
        self.physical_name.as_deref().unwrap_or(&self.name)
    }

    /// The place of its column among the file's: its own place, where the contract goes by the order of columns; else the
    /// one of the physical name, else of the name.
    pub fn find<S: AsRef<str>>(&self, columns: &[S]) -> Option<usize> {
        if let Some(place) = self.position {
            return (place < columns.len()).then_some(place);
        }
        let place = |name: &str| columns.iter().position(|column| column.as_ref() == name);
        place(self.column()).or_else(|| place(&self.name))
    }

    /// Whether columns of the file lie in it, by their dotted names.
    pub(super) fn has_parts(&self, columns: &[&str]) -> bool {
        columns.iter().any(|name| is_inside(name, self.column()))
    }
}

impl Contract {
    /// The table that a file is held against: the one named (by name or physical name) where a name is given; else the
    /// one whose name is the file's name without its endings; else the first. An error of kind `Usage` where the contract
    /// has none, or none of that name.
    pub fn object(&self, named: Option<&str>, file: &str) -> Result<&SchemaObject> {
        let find = |name: &str| {
            let is =
                |object: &&SchemaObject| object.name == name || object.physical_name.as_deref() == Some(name);
            self.objects.iter().find(is)
        };
        let first = self.objects.first().ok_or_else(|| {
            Error::new(Kind::Usage, "the contract has no \"schema\", so there is nothing to check")
        })?;
        let Some(name) = named else {
            let stem = file.split('.').next().unwrap_or(file);
            return Ok(find(file).or_else(|| find(stem)).unwrap_or(first));
        };
        find(name).ok_or_else(|| {
            let names: Vec<&str> = self.objects.iter().map(|object| object.name.as_str()).collect();
            let error =
                Error::new(Kind::Usage, format!("the contract has no schema object {}", quoted(name)));
            match nearest(name, names.iter().copied()) {
                Some(meant) => error.with_hint(format!("did you mean {meant:?}?")),
                None => error.with_hint(format!("it has {}", super::wording::listed(&names))),
            }
        })
    }
}

/// Whether a column lies in an object, by its dotted name.
fn is_inside(column: &str, object: &str) -> bool {
    column.strip_prefix(object).is_some_and(|rest| rest.starts_with('.'))
}

impl SchemaObject {
    /// Those of a file's columns that are classified, by themselves or with the object that they lie in.
    pub fn classified<'a>(&self, columns: &[&'a str]) -> Vec<&'a str> {
        let properties: Vec<&Property> = self.properties.iter().filter(|it| it.classified).collect();
        let is_within = |column: &str| properties.iter().any(|it| is_inside(column, it.column()));
        let places: Vec<usize> = properties.iter().filter_map(|it| it.find(columns)).collect();
        let all = columns.iter().enumerate();
        all.filter(|(i, column)| places.contains(i) || is_within(column)).map(|it| *it.1).collect()
    }

    /// The names of the columns that are classified by themselves.
    pub fn classified_names(&self) -> impl Iterator<Item = &str> {
        self.properties.iter().filter(|it| it.classified).map(Property::column)
    }

    /// Whether a column that is classified by itself is not among a file's.
    pub fn lacks_classified(&self, columns: &[&str]) -> bool {
        self.properties.iter().any(|it| it.classified && it.find(columns).is_none() && !it.has_parts(columns))
    }

    /// Those of a file's columns that are no property's, nor lie in one.
    pub fn strangers<'a>(&self, columns: &[&'a str]) -> Vec<&'a str> {
        let places = crate::order::set(self.properties.iter().filter_map(|it| it.find(columns)));
        let known = |name: &str| self.properties.iter().any(|it| is_inside(name, it.column()));
        let all = columns.iter().enumerate().filter(|(at, name)| !places.contains(at) && !known(name));
        all.map(|it| *it.1).collect()
    }

    /// Whether the file may have no other columns.
    pub fn is_closed(&self) -> bool {
        use Columns::{Order, Set, Within};
        self.checks.iter().any(|check| {
            matches!(check.kind, CheckKind::Columns(Order(_) | Within(_) | Set { closed: true, .. }))
        })
    }

    /// The columns of its primary key, where it has several and the contract tells its rules from others.
    pub fn key_fields(&self) -> &[String] {
        let of = |check: &Check| check.origin.is_some() && check.origin == self.primary_key;
        let key = self.checks.iter().find_map(|check| match &check.kind {
            CheckKind::Rows(OnRows { what: What::Unique(_), columns, .. }) if of(check) => {
                Some(columns.as_slice())
            }
            _ => None,
        });
        key.unwrap_or_default()
    }

    /// The keys that must be another table's: what the rule expects, its columns, the table, the columns there.
    pub fn foreign_keys(&self) -> Vec<(String, &[String], &str, &[String])> {
        let keys = self.checks.iter().filter_map(|check| match &check.kind {
            CheckKind::Rows(rule @ OnRows { what: What::Refers(target), columns, .. }) => {
                let table = target.table.as_deref().unwrap_or_default();
                Some((rule.expected(), columns.as_slice(), table, target.columns.as_slice()))
            }
            _ => None,
        });
        keys.collect()
    }

    /// Whether at least one of its columns must be there.
    pub fn wants_any(&self) -> bool {
        self.checks.iter().any(|check| matches!(check.kind, CheckKind::Columns(Columns::Any(_))))
    }

    /// How many rules it holds, those that are not checked included; each gives a finding.
    pub fn rules(&self) -> u64 {
        let of = |property: &Property| 1 + property.checks.len();
        (self.checks.len() + self.properties.iter().map(of).sum::<usize>()) as u64
    }
}
