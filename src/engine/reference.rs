//! What a current file is compared with: a scanned file, or a saved profile. And what it says about how the current
//! file is to be read.

use super::agreed::Agreed;
use super::options::{GovernedColumn, Governing};
use super::plan::Format;
use super::saved::Opaque;
use super::settle::State;
use crate::cell::plan::ColumnPlan;
use crate::cell::{TimeUnit, Type, temporal};
use crate::drift::hardly_repeats;
use crate::error::Result;
use crate::profile::saved::{ENTRIES, Saved, shrink};
use crate::profile::{Column, Distribution, Profile};
use crate::sketch::pack::{Pack, damaged};

/// The reference.
#[derive(Debug, Clone)]
pub enum Reference {
    /// A file that was scanned.
    Scanned(Box<State>),
    /// A saved profile.
    Saved(Box<Saved>),
}

impl Reference {
    /// Its profile, as comparisons see it: unordered values beyond what a saved profile holds are bucketed as there, so
    /// that a file and its saved profile give the same verdicts.
    ///
    /// # Errors
    /// Where the sketches of a saved profile are damaged.
    pub fn profile(&self) -> Result<Profile> {
        match self {
            Reference::Scanned(state) => {
                let mut profile = state.profile();
                profile.columns.iter_mut().for_each(as_saved);
                Ok(profile)
            }
            Reference::Saved(saved) => saved.to_profile(&Opaque),
        }
    }

    /// Why it is no data, as [`Plan::no_data`](super::Plan::no_data) says.
    pub(super) fn no_data(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Reference::Scanned(state) => state.plan.no_data(),
            Reference::Saved(_) => None,
        }
    }

    fn plans(&self) -> Vec<&ColumnPlan> {
        match self {
            Reference::Scanned(state) => state.plan.columns.iter().collect(),
            Reference::Saved(saved) => saved.columns.iter().map(|column| &column.plan).collect(),
        }
    }
}

/// Texts that hardly repeat stay: they are not compared, but keys are looked up among them.
fn as_saved(column: &mut Column) {
    let many = matches!(&column.distribution, Distribution::Categories(it) if it.entries.len() > ENTRIES);
    if many && !hardly_repeats(column) {
        column.distribution = shrink(&column.distribution, ENTRIES);
    }
}

/// What a reference and a contract say about the reading of the current file.
pub fn governing(reference: Option<&Reference>, contract: Option<&[u8]>) -> Governing {
    let mut governing = Governing { contract: contract.map(Agreed::from), ..Governing::default() };
    let Some(reference) = reference.filter(|it| it.no_data().is_none()) else { return governing };
    governing.columns = reference.plans().into_iter().filter_map(governed).collect();
    governing.dialect = match reference {
        Reference::Scanned(state) if state.plan.format == Format::Csv => {
            Some((state.plan.dialect.delimiter, state.plan.dialect.quote, state.plan.header))
        }
        Reference::Saved(saved) => {
            let dialect = saved.sources.first().and_then(|source| source.dialect.as_ref());
            dialect.map(|it| (it.delimiter, it.quote, it.header))
        }
        Reference::Scanned(_) => None,
    };
    governing
}

/// A column that was read from text governs type, formats and null tokens; a typed one the type alone. Integers of the
/// reference do not make decimals of the current file invalid.
fn governed(plan: &ColumnPlan) -> Option<GovernedColumn> {
    let ty = match plan.ty {
        Type::Timestamp { zoned, .. } if plan.typed => Type::Timestamp { unit: TimeUnit::Micro, zoned },
        Type::List | Type::Json | Type::Binary if plan.typed => return None,
        ty => ty,
    };
    Some(GovernedColumn {
        name: plan.name.clone(),
        ty: Some(ty),
        yields: true,
        // What only a contract asks for is not carried over.
        formats: plan.formats & temporal::ANY,
        nulls: (!plan.typed).then_some(plan.nulls),
        more_nulls: plan.more_nulls.clone(),
        spelled: plan.spelled.clone(),
    })
}

impl Pack for Reference {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Reference::Scanned(state) => {
                0u8.pack(out);
                state.pack(out);
            }
            Reference::Saved(saved) => {
                1u8.pack(out);
                // OK because what was read can be written; else the reader says what is damaged.
                crate::profile::saved::write(saved).unwrap_or_default().pack(out);
            }
        }
    }

    fn unpack(input: &mut &[u8]) -> Result<Reference> {
        match u8::unpack(input)? {
            0 => Ok(Reference::Scanned(Box::new(State::unpack(input)?))),
            1 => {
                let bytes = Vec::<u8>::unpack(input)?;
                Ok(Reference::Saved(Box::new(crate::profile::saved::read(&bytes)?)))
            }
            _ => Err(damaged("an unknown reference")),
        }
    }
}
