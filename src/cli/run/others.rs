//! The other tables that a contract refers to: the files that were given for them, read once for all that is checked.

use std::sync::Mutex;

use super::{options_of, scanned};
use crate::cli::job::{Input, Scan, Watch};
use crate::contract::{Other, Wanted};
use crate::engine::{self, Governing};
use crate::error::Result;

/// The tables that were given, and what of them is known by now.
pub(super) struct Others<'a> {
    given: &'a [(String, Input)],
    known: Mutex<Vec<(Wanted, Other)>>,
}

impl<'a> Others<'a> {
    /// Nothing is known yet.
    pub(super) fn new(given: &'a [(String, Input)]) -> Others<'a> {
        Others { given, known: Mutex::default() }
    }

    /// What the contract of a file wants of other tables, as far as they are given.
    ///
    /// # Errors
    /// `Usage` for a table that nothing refers to; what the files and their readers say.
    pub(super) fn of(
        &self,
        input: &Input,
        contract: &[u8],
        scan: &Scan,
        watch: Watch<'_>,
    ) -> Result<Vec<Other>> {
        let wanted = engine::wanted(contract, &input.name)?;
        let is_wanted = |name: &String| wanted.iter().any(|it| it.table.as_ref() == Some(name));
        if let Some((name, _)) = self.given.iter().find(|(name, _)| !is_wanted(name)) {
            return Err(engine::not_wanted(name, &wanted));
        }
        let mut others = Vec::new();
        for wanted in &wanted {
            let Some(table) = &wanted.table else {
                let governing = engine::governing(None, Some(contract));
                others.push(read(input, wanted, scan, governing, watch)?);
                continue;
            };
            let Some((_, file)) = self.given.iter().find(|(name, _)| name == table) else { continue };
            // OK because nobody panics while holding it.
            let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if let Some((_, other)) = known.iter().find(|it| it.0 == *wanted) {
                others.push(other.clone());
                continue;
            }
            let dialect = wanted.dialect;
            let typed = Scan {
                types: wanted.types.clone(),
                delimiter: dialect.delimiter.or(scan.delimiter),
                quote: dialect.quote.or(scan.quote),
                header: dialect.header.or(scan.header),
                ..scan.clone()
            };
            let other = read(file, wanted, &typed, engine::governing_of(wanted), watch)
                .map_err(|error| error.of_file(&file.name))?;
            known.push((wanted.clone(), other.clone()));
            others.push(other);
        }
        Ok(others)
    }
}

fn read(
    input: &Input,
    wanted: &Wanted,
    scan: &Scan,
    governing: Governing,
    watch: Watch<'_>,
) -> Result<Other> {
    let state = scanned(input, scan, governing, watch)?;
    let unit_bytes = options_of(input, scan).unit_bytes;
    let other = engine::other(input.source.as_ref(), &state, wanted, unit_bytes, scan.memory)?;
    input.source.unchanged()?;
    Ok(other)
}
