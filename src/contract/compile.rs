//! The contract and the file's columns → how each column is to be parsed, and the probes that run with its scan.

use crate::cell::Type;
use crate::cell::plan::{ANY_SIZE, OWN_FORM, PLAIN, TIMED};
use crate::cell::spelling::Spelling;
use crate::sketch::mirror::Mirror;
use crate::sketch::probe::{ColumnProbes, Probe};
use crate::sketch::rows::{Asks, RowRule, RowRules};

use super::expression::Columns;
use super::model::{Check, CheckKind, LogicalType, Property, SchemaObject};
use super::rules::ValueRule;
use super::rules::foreign_key::Other;
use super::rules::on_cell::OnCell;
use super::rules::outliers::Spread;
use super::rules::rows::{self, Always, OnRows, What};

/// The most rules that one column's verdict has bits for.
const PROBES: usize = 64;
const NO_ORDER: &str =
    "dates in a format that is not supported are read as text, which has no order of dates";

/// How one column of the file is to be parsed, as the contract has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Governed {
    /// The column's place among the file's, from 0.
    pub column: usize,
    /// The type of its cells, text where they are dates in a format that is not parsed; `None` where the contract leaves it
    /// open.
    pub ty: Option<Type>,
    /// The pattern of its dates, timestamps or times, in the letters of JDK's `DateTimeFormatter`.
    pub format: Option<String>,
    /// Spellings of missing, besides the usual ones.
    pub nulls: Vec<String>,
    /// Bits of the usual spellings of missing, as in [`crate::cell::tokens`]; `None` where they are those of the type.
    pub usual_nulls: Option<u32>,
    /// Bits of [`crate::cell::plan`] that say how strictly JSON values are taken.
    pub strictness: u32,
    /// How its dates are written, where they are in none of the usual formats.
    pub spelled: Option<Spelling>,
}

/// Integers are integers whatever their size, texts neither lists nor objects, objects nothing else, and timestamps with hours in their format have a time of day.
fn strictness(property: &Property) -> u32 {
    let has_hours = |format: &String| format.split('\'').step_by(2).any(|part| part.contains(['H', 'h']));
    match property.logical {
        Some(LogicalType::Integer) => ANY_SIZE,
        Some(LogicalType::String) => PLAIN,
        Some(LogicalType::Object | LogicalType::Map) => OWN_FORM,
        Some(LogicalType::Timestamp { .. }) if property.format.as_ref().is_some_and(has_hours) => TIMED,
        _ => 0,
    }
}

/// The rules of a contract on the columns of one file.
#[derive(Default)]
pub struct Compiled {
    /// The columns of the file, in its order.
    pub columns: Vec<ColumnRules>,
    /// Per property of the contract the column it is, by its place.
    pub(super) places: Vec<Option<usize>>,
    /// Per property and rule of it what runs.
    pub(super) runs: Vec<Vec<Run>>,
    /// The same of the rules on the table.
    pub(super) table: Vec<Run>,
    /// The rules on rows.
    pub rows: RowRules,
    /// The probes of the keys among them.
    pub keys: Vec<ColumnRules>,
    /// Of which numbers each fence is made, in the order in which [`Known::spreads`] are wanted.
    pub fences: Vec<FencedBy>,
}

/// The numbers that a fence is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FencedBy {
    /// Those of a column, by its place.
    Column(usize),
    /// Those of a mirror, by its place among the mirrors.
    Mirror(usize),
}

/// What is known before a scan, besides the contract and the columns.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// What the numbers are like that fences are made of; none before they were scanned.
    pub spreads: &'a [Spread],
    /// The other tables that rules refer to.
    pub others: &'a [Other],
}

/// The rules on one column of the file.
#[derive(Default)]
pub struct ColumnRules {
    /// The column's name.
    pub column: String,
    /// What runs with the scan.
    pub probes: ColumnProbes,
    /// Public ids, one for each probe.
    pub rules: Vec<&'static str>,
}

/// What became of a rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Run {
    /// It reads the numbers of the profile.
    Profile,
    /// It is this probe of its column.
    Probe(usize),
    /// It is this probe, and the next one finds the values that it gives up on.
    Guarded(usize),
    /// It is this rule on rows; a fence is made of such numbers.
    Rows(usize, Option<Spread>),
    /// It is this rule on rows, and the next one finds the rows that it gives up on.
    GuardedRows(usize),
    /// It is this key of several columns.
    Key(usize),
    /// It reads the numbers of this mirror.
    Mirror(usize),
    /// It cannot run, and why.
    Not(String),
}

impl SchemaObject {
    /// How the columns of a file are to be parsed, for those that the contract names; a column that several properties
    /// name goes by the first of them.
    pub fn governs<S: AsRef<str>>(&self, columns: &[S]) -> Vec<Governed> {
        let mut governed: Vec<Governed> = Vec::new();
        for property in &self.properties {
            let Some(column) = property.find(columns) else { continue };
            if governed.iter().any(|other| other.column == column) {
                continue;
            }
            governed.push(Governed {
                column,
                ty: property.logical.map(|it| if property.dates_as_text { Type::Text } else { it.target() }),
                format: property.format.clone(),
                nulls: property.missing_values.clone(),
                usual_nulls: property.usual_missing,
                spelled: property.spelled.clone(),
                strictness: property.strictness | strictness(property),
            });
        }
        crate::order::sort_by_key(&mut governed, |governed| governed.column);
        governed
    }

    /// The rules as probes on the columns of a file, which come with the types they are parsed as.
    pub fn compile(&self, columns: &[(String, Type)], known: Known<'_>) -> Compiled {
        if !cfg!(feature = "contract") {
            return Compiled::default();
        }
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let mut compiled = Compiled::default();
        for name in &names {
            compiled.columns.push(ColumnRules { column: (*name).to_owned(), ..ColumnRules::default() });
        }
        let find = |name: &str| {
            let property = self.properties.iter().find(|it| it.name == name);
            let at = match property {
                Some(property) => property.find(&names),
                None => names.iter().position(|it| *it == name),
            };
            at.map(|at| (at, columns[at].1))
        };
        for property in &self.properties {
            let place = property.find(&names);
            let mut runs = Vec::with_capacity(property.checks.len());
            for check in &property.checks {
                if let CheckKind::Rows(rule) = &check.kind {
                    runs.push(self.row_run(rule, &mut compiled, &find, known));
                    continue;
                }
                if let Some(place) = place
                    && let Some(run) = written(check, place, columns[place].1, &mut compiled)
                {
                    runs.push(run);
                    continue;
                }
                let target = place.and_then(|i| Some((compiled.columns.get_mut(i)?, columns.get(i)?.1)));
                runs.push(target.map_or(Run::Profile, |(rules, ty)| run(check, rules, ty)));
            }
            compiled.places.push(place);
            compiled.runs.push(runs);
        }
        for check in &self.checks {
            let run = match &check.kind {
                CheckKind::Rows(rule) => self.row_run(rule, &mut compiled, &find, known),
                _ => Run::Profile,
            };
            compiled.table.push(run);
        }
        compiled
    }

    /// A rule on rows; the order of dates that are read as text is not that of the text.
    fn row_run(&self, rule: &OnRows, compiled: &mut Compiled, find: Columns<'_>, known: Known<'_>) -> Run {
        let is_text = |name: &String| {
            self.properties.iter().any(|it| (it.dates_as_text || it.spelled.is_some()) && it.name == *name)
                && find(name).is_some_and(|(_, ty)| ty == Type::Text)
        };
        match rule.what {
            What::Order { .. } if rule.columns.iter().any(is_text) => Run::Not(NO_ORDER.to_owned()),
            _ => compiled.add(rule, find, known),
        }
    }
}

impl Compiled {
    fn add(&mut self, rule: &OnRows, columns: Columns<'_>, known: Known<'_>) -> Run {
        self.compiled(rule, columns, known).unwrap_or_else(Run::Not)
    }

    fn compiled(&mut self, rule: &OnRows, columns: Columns<'_>, known: Known<'_>) -> Result<Run, String> {
        let spread = known.spreads.get(self.fences.len()).copied();
        Ok(match rule.compile(columns, &mut self.rows, rows::Known { spread, others: known.others })? {
            rows::Compiled::Rule(compiled) => {
                if let (What::Near(_), [column]) = (&rule.what, compiled.columns.as_slice()) {
                    let source = match rule.mirror(columns, &mut self.rows)? {
                        Some(mirror) => FencedBy::Mirror(self.mirrored(mirror)),
                        None => FencedBy::Column(*column),
                    };
                    self.fences.push(source);
                }
                self.rows.rules.push(compiled);
                Run::Rows(self.rows.rules.len() - 1, spread)
            }
            rows::Compiled::Cell(probe, guard) => self.cell_run(probe, guard),
            rows::Compiled::Key(key) => {
                self.rows.keys.push(key);
                let mut rules = ColumnRules { column: rule.columns.join(", "), ..ColumnRules::default() };
                rules.probes.unique = true;
                self.keys.push(rules);
                Run::Key(self.keys.len() - 1)
            }
            rows::Compiled::Mirror(mirror) => Run::Mirror(self.mirrored(mirror)),
        })
    }

    /// Takes a rule on the cells of some rows in, with what it gives up on.
    fn cell_run(&mut self, probe: RowRule, guard: Option<RowRule>) -> Run {
        let at = self.rows.rules.len();
        let run = if guard.is_some() { Run::GuardedRows(at) } else { Run::Rows(at, None) };
        self.rows.rules.push(probe);
        self.rows.rules.extend(guard);
        run
    }

    fn mirrored(&mut self, mirror: Mirror) -> usize {
        self.rows.mirrors.push(mirror);
        self.rows.mirrors.len() - 1
    }
}

/// What runs of a rule on what is written in the cells of a column that is not one of text; `None` of any other rule.
fn written(check: &Check, column: usize, ty: Type, compiled: &mut Compiled) -> Option<Run> {
    match &check.kind {
        CheckKind::Values(rule) if check.written && ty != Type::Text && rule.written(ty).is_some() => {
            let probe = match OnCell::new(column, rule.as_ref(), ty, true) {
                Ok(probe) => probe,
                Err(reason) => return Some(Run::Not(reason)),
            };
            compiled.rows.note_written(column);
            let of_all =
                |probe| RowRule { condition: None, asks: Asks::Row(Box::new(probe)), columns: vec![column] };
            let guard = OnCell::guard(column, rule.as_ref(), true).map(of_all);
            Some(compiled.cell_run(of_all(probe), guard))
        }
        CheckKind::Profile(rule) if check.written && rows::is_written(rule.as_ref(), ty) => {
            compiled.rows.note_written(column);
            let mirror = Mirror { condition: Box::new(Always), column, written: true };
            Some(Run::Mirror(compiled.mirrored(mirror)))
        }
        _ => None,
    }
}

fn run(check: &Check, rules: &mut ColumnRules, ty: Type) -> Run {
    match &check.kind {
        CheckKind::Required => rules.probes.required = true,
        CheckKind::Unique => rules.probes.unique = true,
        CheckKind::Type
        | CheckKind::RowCount
        | CheckKind::RowCountOf(_)
        | CheckKind::Shape
        | CheckKind::Aggregate(_)
        | CheckKind::Profile(_)
        | CheckKind::Columns(_)
        | CheckKind::Drift(_)
        | CheckKind::Rows(_) => {}
        CheckKind::NotRun { reason, .. } => return Run::Not(reason.clone()),
        CheckKind::Values(rule) if rules.rules.len() + usize::from(rule.gives_up().is_some()) >= PROBES => {
            return Run::Not(format!("the column has more than {PROBES} rules"));
        }
        CheckKind::Values(rule) => match probe(check.written, rule.as_ref(), ty) {
            Ok(probe) => {
                rules.probes.rules.push(probe);
                rules.rules.push(rule.id());
                let at = rules.rules.len() - 1;
                let Some(guard) = rule.gives_up() else { return Run::Probe(at) };
                rules.probes.rules.push(guard);
                rules.rules.push(rule.id());
                return Run::Guarded(at);
            }
            Err(reason) => return Run::Not(reason),
        },
    }
    Run::Profile
}

/// The probe on the valid values of a column.
fn probe(written: bool, rule: &dyn ValueRule, ty: Type) -> Result<Box<dyn Probe>, String> {
    match rule.written(ty) {
        Some(probe) if written && ty == Type::Text => probe,
        _ => rule.probe(ty),
    }
}
