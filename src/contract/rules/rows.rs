//! What rules on rows share: the rows that they are for, the columns that they read, and their findings. A rule on the
//! values of one column that is for some rows only is one of them too.

use crate::cell::{Domain, Type};
use crate::finding::{Finding, Status};
use crate::profile::Column;
use crate::sketch::mirror::Mirror;
use crate::sketch::rows::{Asks, Ignore, Judged, Order, Row, RowKey, RowProbe, RowRule, RowRules};

use super::super::expression::{Bound, Columns, Expression, Logic, column};
use super::super::findings::Tally;
use super::super::model::Check;
use super::super::wording::{counted, listed};
use super::aggregate::Aggregate;
use super::foreign_key::{self, Other, Target};
use super::on_cell::OnCell;
use super::outliers::{Fence, OnFence, Spread};
use super::{
    Case, ProfileRule, ValueRule, empty, expression, not_run, order, profile_finding, required, row_count,
    shape, unique,
};

/// A rule on rows.
#[derive(Debug)]
pub(in crate::contract) struct OnRows {
    /// What is asked of a row.
    pub(in crate::contract) what: What,
    /// The columns that it is about, by their names in the contract.
    pub(in crate::contract) columns: Vec<String>,
    /// Which rows it is for; `None`: all.
    pub(in crate::contract) when: Option<When>,
    /// Whether values are what is written.
    pub(in crate::contract) written: bool,
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
    /// That some cell of the row is there, of all columns of the file.
    Filled,
    /// Nothing: the rows are counted.
    Counted,
    /// That the values of the one column come in order.
    Order { falls: bool, strict: bool },
    /// That the numbers of the one column are not far from the others.
    Near(Fence),
    /// That the values of the columns are some row's of another table.
    Refers(Target),
    /// That a number of the one column, of the rows that it is for, lies within bounds.
    Number(Aggregate),
    /// What is asked of the one column as a whole, of the rows that it is for.
    Whole(Box<dyn ProfileRule>),
}

/// A condition that chooses rows.
#[derive(Debug)]
pub(in crate::contract) struct When {
    pub(in crate::contract) expression: Expression,
    /// What a missing cell makes of it.
    pub(in crate::contract) logic: Logic,
}

/// What a rule on rows found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RowViolations {
    /// Rows that it judged.
    pub judged: u64,
    /// Rows that it is for, without a cell that it needs.
    pub skipped: u64,
    /// Rows that break it.
    pub broken: Tally,
    /// What the numbers are like that a fence is made of.
    pub spread: Option<Spread>,
}

/// What is known to a rule, besides the contract and the columns.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::contract) struct Known<'a> {
    /// What the numbers are like that its fence is made of.
    pub(in crate::contract) spread: Option<Spread>,
    /// Other tables.
    pub(in crate::contract) others: &'a [Other],
}

/// Where a rule on rows went.
pub(in crate::contract) enum Compiled {
    Rule(RowRule),
    /// A rule on one cell, and what finds the rows on which it gives up.
    Cell(RowRule, Option<RowRule>),
    Key(RowKey),
    Mirror(Mirror),
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
            What::Filled => shape::BLANK,
            What::Counted => row_count::ID,
            What::Order { falls, .. } => order::id(*falls),
            What::Near(fence) => fence.id(),
            What::Refers(_) => foreign_key::ID,
            What::Number(rule) => rule.metric.id(),
            What::Whole(rule) => rule.id(),
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
            What::Filled => shape::NOT_BLANK.to_owned(),
            What::Counted => "a number of rows".to_owned(),
            What::Order { falls, strict } => order::expected(*falls, *strict),
            What::Near(fence) => fence.expected(),
            What::Refers(target) => target.expected(),
            What::Number(rule) => rule.expected(),
            What::Whole(rule) => rule.expected(),
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
        known: Known<'_>,
    ) -> Result<Compiled, String> {
        let condition = match &self.when {
            Some(when) => {
                self.read(when.expression.columns(), columns, rules)?;
                Some(Box::new(bound(&when.expression, when.logic, columns, rules)?) as Box<dyn RowProbe>)
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
                let bound = bound(expression, logic, columns, rules)?;
                Box::new(Holding { columns: shown.clone(), ignore: *ignore, bound: Box::new(bound) })
            }
            What::Value(rule) => return self.on_cell(rule.as_ref(), columns, rules, (condition, shown)),
            What::Present => Box::new(OnMissing { column: one()?.0, breaks: true }),
            What::Missing => Box::new(OnMissing { column: one()?.0, breaks: false }),
            What::Filled => {
                return Ok(Compiled::Rule(RowRule { condition, asks: Asks::Filled, columns: Vec::new() }));
            }
            What::Counted => Box::new(Always),
            What::Order { falls, strict } => {
                let (column, ty) = one()?;
                if Domain::of(ty).is_none() {
                    return Err(format!("values of type {} have no order", ty.id()));
                }
                let asks = Asks::Order(Order { column, falls: *falls, strict: *strict });
                return Ok(Compiled::Rule(RowRule { condition, asks, columns: shown }));
            }
            What::Near(fence) => {
                let (column, ty) = one()?;
                if !ty.is_numeric() {
                    return Err(format!("it is for numbers, and the column is of type {}", ty.id()));
                }
                Box::new(OnFence { column, fence: *fence, spread: known.spread })
            }
            What::Refers(target) => Box::new(target.probe(&shown, known.others)?),
            What::Number(_) | What::Whole(_) => {
                let condition = condition.unwrap_or_else(|| Box::new(Always));
                let (column, ty) = one()?;
                let written =
                    matches!(&self.what, What::Whole(rule) if self.written && is_written(rule.as_ref(), ty));
                if written {
                    rules.note_written(column);
                }
                return Ok(Compiled::Mirror(Mirror { condition, column, written }));
            }
        };
        Ok(Compiled::Rule(RowRule { condition, asks: Asks::Row(probe), columns: shown }))
    }

    /// A rule on the cells of one column, and what finds the rows on which it gives up.
    fn on_cell(
        &self,
        rule: &dyn ValueRule,
        columns: Columns<'_>,
        rules: &mut RowRules,
        (condition, shown): (Option<Box<dyn RowProbe>>, Vec<usize>),
    ) -> Result<Compiled, String> {
        let (column, ty) = column(columns, self.columns.first().map_or("", String::as_str))?;
        let written = self.is_written(ty) && rule.written(ty).is_some();
        if written {
            rules.note_written(column);
        }
        let on_cell = |probe: OnCell, condition| RowRule {
            condition,
            asks: Asks::Row(Box::new(probe)),
            columns: shown.clone(),
        };
        let probe = on_cell(OnCell::new(column, rule, ty, written)?, condition);
        let Some(guard) = OnCell::guard(column, rule, written) else {
            return Ok(Compiled::Cell(probe, None));
        };
        let again = match &self.when {
            Some(when) => {
                Some(Box::new(bound(&when.expression, when.logic, columns, rules)?) as Box<dyn RowProbe>)
            }
            None => None,
        };
        Ok(Compiled::Cell(probe, Some(on_cell(guard, again))))
    }

    /// The rows that it is for, once more as a column: what a fence is made of, where it is not the whole column.
    ///
    /// # Errors
    /// Those of [`OnRows::compile`].
    pub(in crate::contract) fn mirror(
        &self,
        columns: Columns<'_>,
        rules: &mut RowRules,
    ) -> Result<Option<Mirror>, String> {
        let Some(when) = &self.when else { return Ok(None) };
        self.read(when.expression.columns(), columns, rules)?;
        let condition = Box::new(bound(&when.expression, when.logic, columns, rules)?);
        let (column, _) = column(columns, self.columns.first().map_or("", String::as_str))?;
        Ok(Some(Mirror { condition, column, written: false }))
    }

    /// Whether the cells of a column of this type are taken as they are written.
    fn is_written(&self, ty: Type) -> bool {
        self.written && ty != Type::Text
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

    /// The finding of a rule on a column as a whole, of the rows that it is for; `None` where it is another.
    pub(in crate::contract) fn whole(&self, check: &Check, name: &str, column: &Column) -> Option<Finding> {
        if column.rows == 0 && matches!(self.what, What::Number(_) | What::Whole(_)) {
            return Some(not_run(self.id(), Some(name), check, &self.expected(), NO_ROW));
        }
        let mut finding = match &self.what {
            What::Number(rule) => rule.finding(check, name, column),
            What::Whole(rule) => profile_finding(rule.as_ref(), check, name, column, None),
            _ => return None,
        };
        finding.expected = Some(self.expected());
        if let (Some(when), Status::Pass | Status::Fail) = (&self.when, finding.status) {
            finding.message += &format!("; of the {} where {}", counted(column.rows, "row"), when.expression);
        }
        Some(finding)
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
            What::Present | What::Counted | What::Filled => ("missing".to_owned(), "present".to_owned()),
            What::Missing => ("not missing".to_owned(), "missing".to_owned()),
            What::Order { falls, strict } => (order::fault(*falls, *strict), "in order".to_owned()),
            What::Near(fence) => (fence.fault(), self.expected()),
            What::Refers(target) => (target.fault(), target.virtue()),
            What::Number(_) | What::Whole(_) => (String::new(), String::new()),
        };
        let case = Case {
            rule: self.id(),
            column: name,
            of: if name.is_some() { "cell" } else { "row" },
            check,
            fault,
            virtue,
            expected: self.expected(),
            observed: match &self.what {
                What::Near(fence) => found.spread.map(|it| fence.observed(it)),
                _ => None,
            },
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

/// Whether a rule on a column of this type as a whole is one on what is written in its cells: a list of values says what
/// dates and words for true and false look like.
pub(in crate::contract) fn is_written(rule: &dyn ProfileRule, ty: Type) -> bool {
    let is_word = |value: &&str| value.eq_ignore_ascii_case("yes") || value.eq_ignore_ascii_case("no");
    rule.named().is_some_and(|values| match ty {
        Type::Boolean => values.iter().any(is_word),
        Type::List | Type::Json => true,
        ty => ty.is_temporal(),
    })
}

/// An expression on the columns of a file; notes those of which it reads how the cells are written.
fn bound(
    expression: &Expression,
    logic: Logic,
    columns: Columns<'_>,
    rules: &mut RowRules,
) -> Result<Bound, String> {
    let bound = expression.bind(columns, logic)?;
    bound.written().into_iter().for_each(|column| rules.note_written(column));
    Ok(bound)
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

/// All rows.
pub(in crate::contract) struct Always;

impl RowProbe for Always {
    fn judge(&self, _: &Row<'_>) -> Judged {
        Judged::Holds
    }
}
