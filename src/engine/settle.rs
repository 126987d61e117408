//! Partials of all runs → the state of the table, or what must be scanned again: a run whose start was not where its
//! predecessor ended, everything where the tallies say other types than were speculated, everything where values that
//! must be unique have to be counted or located.

use super::many;
use super::open::govern_by_contract;
use super::plan::{Pass, Plan, Run};
use super::profile::{profile_of, profile_of_mirror};
use super::scan::{Found, Scanned, rules};
use crate::cell::limits;
use crate::contract::{Compiled, FencedBy, Spread};
use crate::error::Result;
use crate::sketch::column::{ColumnState, Values};
use crate::sketch::pack::{damaged, pack_struct};
use crate::sketch::partial::Partial;
use crate::sketch::probe::Repeated;
use crate::sketch::table::Table;
use crate::sketch::unique_hashes::UniqueHashes;

/// The merged state of a scanned table.
#[derive(Debug, Clone)]
pub struct State {
    /// How it was read.
    pub plan: Plan,
    /// What was found.
    pub partial: Partial,
}

pack_struct!(State { plan, partial });

/// What is to be done next.
#[derive(Debug)]
pub enum Settled {
    /// Scan these runs by this plan, and settle again together with what is kept.
    Again(Box<Plan>, Vec<Run>, Vec<Scanned>),
    /// All is known.
    Done(Box<State>),
}

/// Passes over a file, beyond which what is known is taken as it is: types, new JSON columns, unique values.
const ROUNDS: u64 = 64;

/// Joins the partials of all runs of a plan.
///
/// # Errors
/// Where partials do not belong together, or the contract is wrong.
pub fn settle(plan: Plan, scanned: Vec<Scanned>) -> Result<Settled> {
    let (kept, mut scanned): (Vec<_>, Vec<_>) = match plan.pass {
        Pass::Keys { .. } | Pass::Repeats if cfg!(feature = "contract") => {
            scanned.into_iter().partition(|it| matches!(it.found, Found::Partial(_)))
        }
        _ => (Vec::new(), scanned),
    };
    crate::order::sort_by_key(&mut scanned, |it| it.run.start);
    if let Some((run, at)) = broken_chain(&plan, &scanned) {
        scanned.remove(at);
        scanned.extend(kept);
        return Ok(Settled::Again(Box::new(plan), vec![run], scanned));
    }
    let runs: Vec<Run> = scanned.iter().map(|it| Run { record: it.start, ..it.run }).collect();
    // Only contracts ask what repeats.
    if cfg!(feature = "contract")
        && let Pass::Keys { .. } = plan.pass
    {
        return after_keys(plan, &runs, scanned, kept);
    }
    if cfg!(feature = "contract") && plan.pass == Pass::Repeats {
        return after_repeats(plan, scanned, kept);
    }
    let partial = merged(scanned)?;
    if let Some(next) = other_plan(&plan, &partial)? {
        return Ok(Settled::Again(Box::new(next), runs, Vec::new()));
    }
    match further_plan(&plan, &partial)? {
        Some((next, keep)) => {
            let whole = Run { start: 0, end: 0, record: None };
            let found = Found::Partial(Box::new(partial));
            let kept =
                if keep { vec![Scanned { run: whole, start: None, end: 0, found }] } else { Vec::new() };
            Ok(Settled::Again(Box::new(next), runs, kept))
        }
        None => Ok(Settled::Done(Box::new(State { plan, partial: without_hashes(partial) }))),
    }
}

/// The first run that did not begin where its predecessor ended, and its index.
fn broken_chain(plan: &Plan, scanned: &[Scanned]) -> Option<(Run, usize)> {
    let mut at = scanned.first()?.start?;
    for (i, part) in scanned.iter().enumerate() {
        if part.start != Some(at) && plan.format.is_text() {
            return Some((Run { record: Some(at), ..part.run }, i));
        }
        at = part.end;
    }
    None
}

fn merged(scanned: Vec<Scanned>) -> Result<Partial> {
    let mut partials = scanned.into_iter().map(|it| match it.found {
        Found::Partial(partial) => Ok(*partial),
        Found::Keys(_) | Found::Repeats(_) => Err(damaged("a partial of another pass")),
    });
    let mut all = partials.next().ok_or_else(|| damaged("no partial"))??;
    for partial in partials {
        all.merge(&partial?)?;
    }
    Ok(all)
}

/// The plan by what the whole file is, where that differs from the plan it was scanned by.
fn other_plan(plan: &Plan, partial: &Partial) -> Result<Option<Plan>> {
    if plan.round >= ROUNDS {
        return Ok(None);
    }
    let mut next = Plan {
        round: plan.round + 1,
        pass: Pass::Profile,
        repeated: Vec::new(),
        spreads: Vec::new(),
        ..plan.clone()
    };
    next.many = many::proven(plan, partial);
    next.columns = (0..plan.columns.len())
        .map(|column| plan.decided(column, &partial.columns[column].whole_tally()))
        .collect();
    let mut unknown: Vec<(&String, &u64)> = partial.unknown.iter().collect();
    crate::order::sort_by_key(&mut unknown, |(_, byte)| **byte);
    let room = limits::COLUMNS - next.columns.len();
    if !unknown.is_empty() && room > 0 {
        let nulls: Vec<String> = plan.columns.first().map_or_else(Vec::new, |it| it.more_nulls.clone());
        for (name, _) in unknown.into_iter().take(room) {
            let column = next.column(name.clone(), &nulls);
            next.columns.push(column);
        }
        govern_by_contract(&mut next)?;
    }
    Ok((next.columns != plan.columns || next.many != plan.many).then_some(next))
}

/// The pass that counts or locates repeated values of columns that must be unique, and numbers beyond the fences that the
/// first pass gave, if there are any; and whether what is known so far is to be kept for it.
fn further_plan(plan: &Plan, partial: &Partial) -> Result<Option<(Plan, bool)>> {
    if plan.pass == Pass::Locate || plan.governing.contract.is_none() {
        return Ok(None);
    }
    let rules = rules(plan)?;
    let mut repeated: Vec<Option<Repeated>> = vec![None; partial.columns.len()];
    let mut open = Vec::new();
    let mut cells = 0;
    let all = rules.columns.iter().enumerate().chain((plan.columns.len()..).zip(&rules.keys));
    for (i, _) in all.filter(|(_, column)| column.probes.unique) {
        // Keys are counted by their hashes alone.
        let by_value = |column: &ColumnState| if i < plan.columns.len() { repeated_of(column) } else { None };
        match partial.columns.get(i).map(|column| by_value(column).or_else(|| counted(partial, i))) {
            Some(Some(found)) => repeated[i] = found,
            Some(None) => {
                open.push(i as u64);
                cells += partial.columns[i].valid;
            }
            None => {}
        }
    }
    let spreads = spreads(plan, partial, &rules);
    let next = |pass| Plan {
        round: plan.round + 1,
        pass,
        repeated: repeated.clone(),
        spreads: spreads.clone(),
        ..plan.clone()
    };
    if !open.is_empty() {
        let of = (cells * 16).div_ceil(plan.budget().memory).max(1);
        let found = vec![Vec::new(); open.len()];
        return Ok(Some((next(Pass::Keys { columns: open, slice: 0, of, found }), true)));
    }
    if !spreads.is_empty() {
        return Ok(Some((next(Pass::Locate), false)));
    }
    Ok(repeated.iter().any(Option::is_some).then(|| (next(Pass::Repeats), true)))
}

/// What is not needed any more once it is known what repeats.
fn without_hashes(partial: Partial) -> Partial {
    Partial { unique: UniqueHashes::default(), ..partial }
}

/// After the pass that locates what repeats: it is put into what was kept.
fn after_repeats(plan: Plan, scanned: Vec<Scanned>, kept: Vec<Scanned>) -> Result<Settled> {
    let mut partial = merged(kept)?;
    let places = partial.places as usize;
    for part in scanned {
        let Found::Repeats(found) = part.found else { return Err(damaged("places of another pass")) };
        for (state, located) in found {
            if let Some(column) = partial.columns.get_mut(state as usize) {
                column.repeated.merge(&located, places);
            }
        }
    }
    let plan = Plan { pass: Pass::Locate, ..plan };
    Ok(Settled::Done(Box::new(State { plan, partial: without_hashes(partial) })))
}

/// The same by the hashes that were collected.
fn counted(partial: &Partial, column: usize) -> Option<Option<Repeated>> {
    let hashes = partial.unique.repeated(column)?;
    Some((!hashes.is_empty()).then(|| Repeated::Hashes(hashes.into())))
}

/// What the numbers are like that the fences of the rules are made of.
fn spreads(plan: &Plan, partial: &Partial, rules: &Compiled) -> Vec<Spread> {
    let behind = plan.columns.len() + rules.rows.keys.len();
    let spread = |fenced: &FencedBy| {
        Spread::of(&match fenced {
            FencedBy::Column(column) => profile_of(plan, partial, *column, &partial.columns[*column]),
            FencedBy::Mirror(at) => {
                let state = &partial.columns[behind + at];
                profile_of_mirror(plan, partial, &rules.rows.mirrors[*at], state)
            }
        })
    };
    rules.fences.iter().map(spread).collect()
}

/// The values of a column that occur more than once: `None` where the state cannot tell, `Some(None)` where there are
/// none.
fn repeated_of(column: &ColumnState) -> Option<Option<Repeated>> {
    let repeated = |entries: Vec<(u128, u64)>| -> Vec<u128> {
        entries.into_iter().filter(|entry| entry.1 > 1).map(|entry| entry.0).collect()
    };
    match &column.values {
        Values::Keys(keys) if keys.is_exact() => {
            let keys = repeated(keys.entries());
            Some((!keys.is_empty()).then(|| Repeated::Keys(keys.into())))
        }
        Values::Wide(keys) if keys.is_exact() => {
            let keys = repeated(keys.entries());
            Some((!keys.is_empty()).then(|| Repeated::Keys(keys.into())))
        }
        Values::Texts(texts) => match texts.hashed() {
            None => {
                let mut found: Vec<Box<[u8]>> =
                    texts.sorted().iter().filter(|it| it.count > 1).map(|it| it.text.into()).collect();
                crate::order::sort(&mut found);
                Some((!found.is_empty()).then(|| Repeated::Texts(found.into())))
            }
            Some(hashed) if hashed.shift() == 0 => {
                let hashes: Vec<u64> = repeated(hashed.entries()).into_iter().map(|it| it as u64).collect();
                Some((!hashes.is_empty()).then(|| Repeated::Hashes(hashes.into())))
            }
            Some(_) => None,
        },
        Values::Keys(_) | Values::Wide(_) => None,
    }
}

/// After a slice of hashes was counted: the next slice, the pass that locates what is repeated, or the end.
fn after_keys(plan: Plan, runs: &[Run], scanned: Vec<Scanned>, kept: Vec<Scanned>) -> Result<Settled> {
    let Pass::Keys { columns, slice, of, mut found } = plan.pass.clone() else {
        return Err(damaged("a pass that counts no keys"));
    };
    let mut tables: Vec<Table<u64>> = columns.iter().map(|_| Table::default()).collect();
    for part in scanned {
        let Found::Keys(parts) = part.found else { continue };
        for (table, part) in tables.iter_mut().zip(parts) {
            table.merge(&part);
        }
    }
    for (found, table) in found.iter_mut().zip(&tables) {
        found.extend(table.sorted().into_iter().filter(|entry| entry.1 > 1).map(|entry| entry.0));
    }
    let next = |plan: Plan, pass| Box::new(Plan { round: plan.round + 1, pass, ..plan });
    if slice + 1 < of {
        return Ok(Settled::Again(
            next(plan, Pass::Keys { columns, slice: slice + 1, of, found }),
            runs.to_vec(),
            kept,
        ));
    }
    let mut repeated = plan.repeated.clone();
    for (column, mut hashes) in columns.iter().zip(found) {
        crate::order::sort(&mut hashes);
        if let Some(slot) = repeated.get_mut(*column as usize) {
            *slot = (!hashes.is_empty()).then(|| Repeated::Hashes(hashes.into()));
        }
    }
    if !plan.spreads.is_empty() {
        return Ok(Settled::Again(next(Plan { repeated, ..plan }, Pass::Locate), runs.to_vec(), Vec::new()));
    }
    if repeated.iter().any(Option::is_some) {
        return Ok(Settled::Again(next(Plan { repeated, ..plan }, Pass::Repeats), runs.to_vec(), kept));
    }
    let plan = Plan { pass: Pass::Locate, repeated, ..plan };
    Ok(Settled::Done(Box::new(State { plan, partial: without_hashes(merged(kept)?) })))
}
