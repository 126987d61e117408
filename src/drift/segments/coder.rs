//! Both profiles of a column in, the bins that its cells fall into out: those of the comparison for a column that drifted;
//! values, ranges or periods for a column that may say where.

use std::collections::BTreeMap;

use super::super::bins;
use super::super::pair::{self, Pair};
use super::super::values;
use super::super::words;
use crate::cell::period::{Period, seconds};
use crate::cell::{Domain, Type, domain};
use crate::profile::{Column, Distribution, Ordered};

/// The most values of a column that may be segments.
const VALUES: usize = 60;
/// The most periods.
const PERIODS: i64 = 60;

/// Which file a cell stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The reference.
    Reference,
    /// The current file.
    Current,
}

/// A cell as its column is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Not there.
    Missing,
    /// Not of the column's type.
    Invalid,
    /// The key of a value that has an order.
    Key(u128),
    /// The hash of a text.
    Hash(u64),
}

/// What kind of segments the bins of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One value each.
    Values,
    /// Ranges of numbers, neighbours of which join.
    Ranges,
    /// Periods of time, neighbours of which join.
    Periods(Period),
}

/// Cells into bins.
#[derive(Debug, Clone)]
pub struct Coder {
    /// What the bins of the valid cells are.
    pub form: Form,
    /// The column's type in the current file.
    pub ty: Type,
    /// The names of the bins of valid cells: the first and the last end of a range, twice the name of a value or a period.
    pub names: Vec<(Option<String>, Option<String>)>,
    /// Cells of the reference in each, those of missing and invalid cells behind them, as its profile says.
    pub before: Vec<u64>,
    by: By,
    /// How either side's keys become the keys that are compared.
    meets: [Meet; 2],
}

#[derive(Debug, Clone)]
enum By {
    /// All in one.
    One,
    /// The last key of every bin but the last.
    Cuts(Vec<u128>),
    /// By value; others are behind them.
    Values(BTreeMap<u128, u8>),
    /// From the period of this number on.
    Periods(Period, i64),
}

#[derive(Debug, Clone, Copy)]
struct Meet {
    shift: u32,
    /// Type and domain of keys that become floats first, and how coarse they are.
    floats: Option<(Type, Domain, u32)>,
    ty: Type,
    domain: Domain,
}

impl Meet {
    fn key(&self, key: u128) -> u128 {
        match self.floats {
            None => key.checked_shr(self.shift).unwrap_or(0),
            Some((ty, domain, shift)) => {
                let side = Ordered { domain, shift, entries: Vec::new() };
                domain::float(pair::number(ty, &side, key.checked_shr(shift).unwrap_or(0))).into()
            }
        }
    }
}

impl Coder {
    /// The bins in which the comparison counts the column; `None` where it is not compared.
    pub fn of_comparison(reference: &Column, current: &Column) -> Option<Coder> {
        let paired = pair::pair(reference, current)?;
        let values = values::values(&paired, reference.ty);
        if super::super::left_out::reason(reference, current, &paired).is_some()
            && reference.valid > 0
            && current.valid > 0
        {
            return Some(one(reference, current));
        }
        Some(match (values, &paired) {
            (Some(values), _) => {
                let chosen = bins::chosen(&values);
                let named = chosen.iter().map(|&i| (values.all[i].key, values.name(&values.all[i])));
                let named: Vec<_> = named.collect();
                of_values(&named, &paired, reference, current)
            }
            (None, Pair::Ordered { reference: side, .. }) => {
                ranges(&bins::cuts(&side.entries), side, reference, current)
            }
            (None, _) => one(reference, current),
        })
    }

    /// The bins of a column as segments; `None` where it has none: a constant, an id, text of too many values.
    pub fn of_segments(reference: &Column, current: &Column) -> Option<Coder> {
        let paired = pair::pair(reference, current)?;
        if super::super::left_out::id(current).is_some() {
            return None;
        }
        let ty = current.ty;
        if matches!(ty, Type::Date | Type::Timestamp { .. }) {
            return periods(reference, current);
        }
        let coder = match (values::values(&paired, reference.ty), &paired) {
            (Some(values), _) => {
                let is_known = |i: &usize| values.domain.is_some() || values.all[*i].label.is_some();
                if matches!(&paired, Pair::Categories { reference, .. } if reference.shift > 0) {
                    return None;
                }
                let all = (0..values.all.len()).filter(is_known);
                let rows = |i: usize| values.all[i].current.max(values.all[i].reference);
                let chosen = crate::order::first(all, VALUES, |&a, &b| rows(b).cmp(&rows(a)).then(a.cmp(&b)));
                let named: Vec<_> = chosen.iter().map(|&i| (values.all[i].key, exact(&values, i))).collect();
                of_values(&named, &paired, reference, current)
            }
            (None, Pair::Ordered { reference: side, .. }) => {
                ranges(&bins::cuts(&side.entries), side, reference, current)
            }
            (None, _) => one(reference, current),
        };
        (coder.names.len() > 1 || reference.missing + current.missing > 0).then_some(coder)
    }

    /// How many bins there are: those of valid values, another for other values, one for missing and one for invalid cells.
    pub fn bins(&self) -> usize {
        self.names.len() + 3
    }

    /// The bin of other values.
    pub fn other(&self) -> u8 {
        self.names.len() as u8
    }

    /// The bin of missing cells.
    pub fn missing(&self) -> u8 {
        self.names.len() as u8 + 1
    }

    /// The bin of invalid cells.
    pub fn invalid(&self) -> u8 {
        self.names.len() as u8 + 2
    }

    /// The bin of a cell.
    pub fn code(&self, side: Side, cell: Cell) -> u8 {
        let meet = &self.meets[usize::from(side == Side::Current)];
        let key = match cell {
            Cell::Missing => return self.missing(),
            Cell::Invalid => return self.invalid(),
            Cell::Hash(hash) => u128::from(hash.checked_shr(meet.shift).unwrap_or(0)),
            Cell::Key(key) if matches!(self.by, By::Periods(..)) => key,
            Cell::Key(key) => meet.key(key),
        };
        match &self.by {
            By::One => 0,
            By::Cuts(cuts) => cuts.partition_point(|cut| *cut < key) as u8,
            By::Values(values) => values.get(&key).copied().unwrap_or(self.other()),
            By::Periods(period, first) => {
                let number = moment(meet.ty, meet.domain, key).map(|it| period.number(it) - first);
                number
                    .and_then(|it| u8::try_from(it).ok())
                    .filter(|it| *it < self.other())
                    .unwrap_or(self.other())
            }
        }
    }
}

/// A value as a contract names it; the names of drift are cut.
fn exact(values: &values::Values<'_>, at: usize) -> String {
    let value = &values.all[at];
    match value.label {
        Some(text) if values.domain.is_none() => text.to_owned(),
        _ => values.name(value),
    }
}

/// The second since 1970 that a key stands for.
fn moment(ty: Type, domain: Domain, key: u128) -> Option<i64> {
    if domain != Domain::Signed {
        return None;
    }
    seconds(ty, domain::signed_of(key as u64))
}

fn meets(reference: &Column, current: &Column) -> [Meet; 2] {
    let sides = [reference, current].map(|it| match &it.distribution {
        Distribution::Ordered(side) => Some((side.domain, side.shift, true)),
        Distribution::Categories(side) => Some((Domain::Signed, side.shift, false)),
        Distribution::Absent => None,
    });
    let shift = sides.iter().flatten().map(|it| it.1).max().unwrap_or(0);
    let differ = match sides {
        [Some(a), Some(b)] => {
            (a.2 || b.2) && (a.0 != b.0 || pair::unit(reference.ty) != pair::unit(current.ty))
        }
        _ => false,
    };
    let of = |column: &Column, side: Option<(Domain, u32, bool)>| {
        let domain = side.map(|it| it.0).or_else(|| Domain::of(column.ty)).unwrap_or(Domain::Signed);
        let floats = differ.then(|| (column.ty, domain, side.map_or(0, |it| it.1)));
        Meet { shift, floats, ty: column.ty, domain }
    };
    [of(reference, sides[0]), of(current, sides[1])]
}

fn one(reference: &Column, current: &Column) -> Coder {
    Coder {
        form: Form::Values,
        ty: current.ty,
        names: vec![(Some("any value".into()), Some("any value".into()))],
        before: vec![reference.valid, 0, reference.missing, reference.invalid],
        by: By::One,
        meets: meets(reference, current),
    }
}

fn of_values(named: &[(u128, String)], paired: &Pair<'_>, reference: &Column, current: &Column) -> Coder {
    let places: BTreeMap<u128, u8> = named.iter().zip(0u8..).map(|(it, place)| (it.0, place)).collect();
    let mut before = vec![0; named.len() + 1];
    let mut count = |key: u128, cells: u64| {
        let place = places.get(&key).map_or(named.len(), |it| usize::from(*it));
        before[place] += cells;
    };
    match paired {
        Pair::Categories { reference, .. } => {
            reference.entries.iter().for_each(|it| count(it.hash.into(), it.count));
        }
        Pair::Ordered { reference, .. } => reference.entries.iter().for_each(|it| count(it.0, it.1)),
        Pair::Absent => {}
    }
    before.extend([reference.missing, reference.invalid]);
    Coder {
        form: Form::Values,
        ty: current.ty,
        names: named.iter().map(|it| (Some(it.1.clone()), Some(it.1.clone()))).collect(),
        before,
        by: By::Values(places),
        meets: meets(reference, current),
    }
}

fn ranges(cuts: &[u128], side: &Ordered, reference: &Column, current: &Column) -> Coder {
    let text = |key: u128| words::value(reference.ty, side.domain, key);
    let ends = |bucket: u128| side.domain.bucket(bucket, side.shift);
    let name = |i: usize| {
        let low = i.checked_sub(1).and_then(|i| cuts.get(i)).map(|cut| text(ends(cut.saturating_add(1)).0));
        (low, cuts.get(i).map(|cut| text(ends(*cut).1)))
    };
    let mut before = vec![0; cuts.len() + 2];
    for &(key, cells) in &side.entries {
        before[cuts.partition_point(|cut| *cut < key)] += cells;
    }
    before.extend([reference.missing, reference.invalid]);
    Coder {
        form: Form::Ranges,
        ty: current.ty,
        names: (0..=cuts.len()).map(name).collect(),
        before,
        by: By::Cuts(cuts.to_vec()),
        meets: meets(reference, current),
    }
}

/// The shortest periods of which there are few.
fn periods(reference: &Column, current: &Column) -> Option<Coder> {
    let meets = meets(reference, current);
    let ends = |column: &Column, meet: &Meet| {
        let Distribution::Ordered(side) = &column.distribution else { return None };
        let (first, last) = (side.entries.first()?.0, side.entries.last()?.0);
        let low = moment(meet.ty, meet.domain, side.domain.bucket(first, side.shift).0)?;
        let high = moment(meet.ty, meet.domain, side.domain.bucket(last, side.shift).1)?;
        Some((low, high))
    };
    // Of the reference only the periods of the current file are segments.
    let (low, high) = ends(current, &meets[1])?;
    let (low, high) = match ends(reference, &meets[0]) {
        Some((a, b)) if a <= high && low <= b => (low.min(a), high.max(b)),
        _ => (low, high),
    };
    let span = |it: Period| it.number(high) - it.number(low) + 1;
    let is_day = |it: Period| current.ty != Type::Date || it != Period::Hour;
    let period = Period::ALL.iter().map(|it| it.0).find(|&it| is_day(it) && span(it) <= PERIODS)?;
    let first = period.number(low);
    let count = span(period);
    if count < 2 {
        return None;
    }
    let name = |i: i64| Some(period.label(first + i));
    let mut before = vec![0; count as usize + 1];
    if let Distribution::Ordered(side) = &reference.distribution {
        for &(bucket, cells) in &side.entries {
            let at = moment(meets[0].ty, meets[0].domain, side.domain.bucket(bucket, side.shift).0)
                .and_then(|it| usize::try_from(period.number(it) - first).ok())
                .unwrap_or(count as usize)
                .min(count as usize);
            before[at] += cells;
        }
    }
    before.extend([reference.missing, reference.invalid]);
    Some(Coder {
        form: Form::Periods(period),
        ty: current.ty,
        names: (0..count).map(|i| (name(i), name(i))).collect(),
        before,
        by: By::Periods(period, first),
        meets,
    })
}
