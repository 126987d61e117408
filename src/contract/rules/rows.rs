//! What rules on rows share: the rows that they are for, the columns that they read, and their findings. A rule on the
//! values of one column that is for some rows only is one of them too.

use crate::cell::Domain;
use crate::finding::Finding;
use crate::sketch::probe::Probe;
use crate::sketch::rows::{Asks, Ignore, Judged, Order, Row, RowKey, RowProbe, RowRule, RowRules};

use super::super::expression::{Columns, Expression, Logic, column};
use super::super::findings::Tally;
use super::super::model::Check;
use super::super::wording::listed;
use super::{Case, ValueRule, empty, expression, not_run, order, required, row_count, unique};

/// A rule on rows.
#[derive(Debug)]
pub(in crate::contract) struct OnRows {
    /// What is asked of a row.
    pub(in crate::contract) what: What,
    /// The columns that it is about, by their names in the contract.
    pub(in crate::contract) columns: Vec<String>,
    /// Which rows it is for; `None`: all.
    pub(in crate::contract) when: Option<When>,
}

/// What is asked of a row.
#[derive(Debug)]
pub(in crate::contract) enum What {
    /// That this holds. Rows with so many of the columns missing are left out; `None`: those for which it is unknown.
    Holds(Expression, Option<Ignore>),
    /// That no other row has the same values.
    Unique(Ignore),
    /// That the value of the one column keeps a rule.
    Value(Box<dyn ValueRule>),
    /// That the one cell is there.
    Present,
    /// That the one cell is missing.
    Missing,
    /// Nothing: the rows are counted.
    Counted,
    /// That the values of the one column come in order.
    Order { falls: bool, strict: bool },
}

/// A condition that chooses rows.
#[derive(Debug)]
pub(in crate::contract) struct When {
    pub(in crate::contract) expression: Expression,
    /// What a missing cell makes of it.
    pub(in crate::contract) logic: Logic,
}

/// What a rule on rows found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowViolations {
    /// Rows that it judged.
    pub judged: u64,
    /// Rows that it is for, without a cell that it needs.
    pub skipped: u64,
    /// Rows that break it.
    pub broken: Tally,
}

/// Where a rule on rows went.
pub(in crate::contract) enum Compiled {
    Rule(RowRule),
    Key(RowKey),
}

impl OnRows {
    /// The public id.
    pub(in crate::contract) fn id(&self) -> &'static str {
        match &self.what {
            What::Holds(..) => expression::ID,
            What::Unique(_) => unique::ID,
            What::Value(rule) => rule.id(),
            What::Present => required::ID,
            What::Missing => empty::ID,
            What::Counted => row_count::ID,
            What::Order { falls, .. } => order::id(*falls),
        }
    }

    /// What is agreed, in words.
    pub(in crate::contract) fn expected(&self) -> String {
        let what = match &self.what {
            What::Holds(expression, _) => expression.to_string(),
            What::Unique(_) if self.columns.len() == 1 => unique::EXPECTED.to_owned(),
            What::Unique(_) => format!("no two rows with the same {}", listed(&self.columns)),
            What::Value(rule) => rule.expected(),
            What::Present => required::EXPECTED.to_owned(),
            What::Missing => empty::EXPECTED.to_owned(),
            What::Counted => "a number of rows".to_owned(),
            What::Order { falls, strict } => order::expected(*falls, *strict),
        };
        match &self.when {
            Some(when) => format!("{what} where {}", when.expression),
            None => what,
        }
    }

    /// The rule on the columns of a file; notes the columns that it reads.
    ///
    /// # Errors
    /// In words, where a column is missing or the rule is none for its type.
    pub(in crate::contract) fn compile(
        &self,
        columns: Columns<'_>,
        rules: &mut RowRules,
    ) -> Result<Compiled, String> {
        let condition = match &self.when {
            Some(when) => {
                self.read(when.expression.columns(), columns, rules)?;
                Some(Box::new(when.expression.bind(columns, when.logic)?) as Box<dyn RowProbe>)
            }
            None => None,
        };
        let shown = self.read(self.columns.iter().map(String::as_str), columns, rules)?;
        let one = || column(columns, self.columns.first().map_or("", String::as_str));
        let probe: Box<dyn RowProbe> = match &self.what {
            What::Unique(ignore) => {
                return Ok(Compiled::Key(RowKey { condition, columns: shown, ignore: *ignore }));
            }
            What::Holds(expression, ignore) => {
                self.read(expression.columns(), columns, rules)?;
                let logic = if ignore.is_some() { Logic::Pandas } else { Logic::Sql };
                let bound = expression.bind(columns, logic)?;
                Box::new(Holding { columns: shown.clone(), ignore: *ignore, bound: Box::new(bound) })
            }
            What::Value(rule) => {
                let (column, ty) = one()?;
                Box::new(OnValue { column, probe: rule.probe(ty)? })
            }
            What::Present => Box::new(OnMissing { column: one()?.0, breaks: true }),
            What::Missing => Box::new(OnMissing { column: one()?.0, breaks: false }),
            What::Counted => Box::new(Always),
            What::Order { falls, strict } => {
                let (column, ty) = one()?;
                if Domain::of(ty).is_none() {
                    return Err(format!("values of type {} have no order", ty.id()));
                }
                let asks = Asks::Order(Order { column, falls: *falls, strict: *strict });
                return Ok(Compiled::Rule(RowRule { condition, asks, columns: shown }));
            }
        };
        Ok(Compiled::Rule(RowRule { condition, asks: Asks::Row(probe), columns: shown }))
    }

    fn read<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
        columns: Columns<'_>,
        rules: &mut RowRules,
    ) -> Result<Vec<usize>, String> {
        let mut places = Vec::new();
        for name in names {
            let (place, _) = column(columns, name)?;
            if let Err(at) = rules.reads.binary_search(&place) {
                rules.reads.insert(at, place);
            }
            places.push(place);
        }
        Ok(places)
    }

    /// The finding of what was counted.
    pub(in crate::contract) fn finding(
        &self,
        check: &Check,
        name: Option<&str>,
        found: &RowViolations,
    ) -> Finding {
        if let What::Counted = self.what {
            let mut finding = row_count::finding(check, found.judged);
            finding.message = finding.message.replacen("the file has", "the condition is met by", 1);
            finding.expected = Some(self.expected());
            return finding;
        }
        let (fault, virtue) = match &self.what {
            What::Holds(expression, _) => {
                (format!("at odds with {expression}"), format!("in keeping with {expression}"))
            }
            What::Unique(_) if self.columns.len() == 1 => ("not unique".to_owned(), "unique".to_owned()),
            What::Unique(_) => {
                let columns = listed(&self.columns);
                (format!("not unique in {columns}"), format!("unique in {columns}"))
            }
            What::Value(rule) => (rule.fault(), rule.virtue()),
            What::Present | What::Counted => ("missing".to_owned(), "present".to_owned()),
            What::Missing => ("not missing".to_owned(), "missing".to_owned()),
            What::Order { falls, strict } => (order::fault(*falls, *strict), "in order".to_owned()),
        };
        let case = Case {
            rule: self.id(),
            column: name,
            of: if name.is_some() { "cell" } else { "row" },
            check,
            fault,
            virtue,
            expected: self.expected(),
            observed: None,
            count: found.broken.count,
            total: found.judged,
            skipped: found.skipped,
            places: &found.broken.places,
        };
        if found.judged == 0 && found.skipped == 0 && self.when.is_some() {
            return not_run(self.id(), name, check, &self.expected(), NO_ROW);
        }
        case.judge()
    }
}

/// Why a rule for some rows was not checked.
const NO_ROW: &str = "no row meets the condition";

struct Holding {
    columns: Vec<usize>,
    ignore: Option<Ignore>,
    bound: Box<dyn RowProbe>,
}

impl RowProbe for Holding {
    fn judge(&self, row: &Row<'_>) -> Judged {
        let lacks = |column: &usize| row.value(*column).is_none();
        let is_left_out = match self.ignore {
            Some(Ignore::All) => self.columns.iter().all(lacks),
            Some(Ignore::Any) => self.columns.iter().any(lacks),
            Some(Ignore::Never) | None => false,
        };
        if is_left_out { Judged::Skipped } else { self.bound.judge(row) }
    }
}

struct OnValue {
    column: usize,
    probe: Box<dyn Probe>,
}

impl RowProbe for OnValue {
    fn judge(&self, row: &Row<'_>) -> Judged {
        match row.value(self.column) {
            None => Judged::Skipped,
            Some(value) if self.probe.breaks(value) => Judged::Breaks,
            Some(_) => Judged::Holds,
        }
    }
}

struct OnMissing {
    column: usize,
    breaks: bool,
}

impl RowProbe for OnMissing {
    fn judge(&self, row: &Row<'_>) -> Judged {
        if row.is_missing(self.column) == self.breaks { Judged::Breaks } else { Judged::Holds }
    }
}

struct Always;

impl RowProbe for Always {
    fn judge(&self, _: &Row<'_>) -> Judged {
        Judged::Holds
    }
}
