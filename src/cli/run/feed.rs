//! Files as intervals of a feed, and files that are cut into intervals.

use std::cell::RefCell;

use super::super::history::{Kept as Interval, Store, key_of};
use super::super::job::{Input, Intervals, Of, Scan};
use crate::contract::Metric;
use crate::drift;
use crate::drift::timeline::key;
use crate::engine::{self, By, History, Kept, Over, Reference, Request, State};
use crate::error::{Error, Kind, Result};
use crate::profile::Profile;
use crate::report::wire;

/// The intervals before a file, and the file among them.
pub(super) struct Feed {
    store: RefCell<Store>,
    reference: Option<Reference>,
    window: usize,
    given: Option<String>,
    keeps: bool,
}

impl Feed {
    /// What a job asks for, if its files are intervals.
    ///
    /// # Errors
    /// Those of the folder.
    pub(super) fn new(intervals: &Intervals, reference: Option<&Reference>) -> Result<Option<Feed>> {
        let Of::Files { folder, key } = &intervals.of else { return Ok(None) };
        Ok(Some(Feed {
            store: RefCell::new(folder.as_deref().map_or_else(|| Ok(Store::in_memory()), Store::open)?),
            reference: reference.cloned(),
            window: intervals.window,
            given: key.as_deref().map(key_of).transpose()?,
            keeps: folder.is_some(),
        }))
    }

    /// What governs the reading of a file: the reference, or the intervals before it together.
    ///
    /// # Errors
    /// Where sketches are damaged.
    pub(super) fn reference(&self, input: &Input) -> Result<Option<Reference>> {
        if self.reference.is_some() {
            return Ok(self.reference.clone());
        }
        // What the file is called may be known only after it was read; then all that is kept is before it.
        let key = self.given.clone().or_else(|| key::day(&input.name).map(|_| key::of_file(&input.name)));
        let store = self.store.borrow();
        let mut history = History::new(Over::Files, None, self.window)?;
        for it in before(&store, key.as_deref()) {
            history.hold(store.mark(&it.key), it.saved.clone());
        }
        Ok(history.window()?.map(|saved| Reference::Saved(Box::new(saved))))
    }

    /// The intervals before this one.
    fn history(&self, key: &str, watched: &[Metric]) -> Result<History> {
        let store = self.store.borrow();
        let mut history = History::new(Over::Files, self.reference.as_ref(), self.window)?.watching(watched);
        for it in store.before(key) {
            history.add(&it.key, store.mark(&it.key), it.saved.clone())?;
        }
        Ok(history)
    }

    /// The report on a file, which is kept where that is asked for.
    ///
    /// # Errors
    /// `Usage` where nothing says what the interval is called; those of the engine and of the folder.
    pub(super) fn report(
        &self,
        request: Request<'_>,
        input: &Input,
        (scan, keeps): (&Scan, bool),
    ) -> Result<wire::Report> {
        let state = request.current;
        let profile = state.profile();
        let key = self.key(&profile, input)?;
        let watched = engine::watched(state.plan.governing.contract.as_ref(), &state.plan.name)?;
        let history = self.history(&key, &watched)?;
        let report = engine::report_in(request, &profile, &history, &key)?;
        if keeps && state.plan.no_data().is_none() {
            self.store.borrow_mut().keep(&key, state.save(&profile, scan.kept()))?;
        }
        Ok(report)
    }

    /// The same of a file of which only the saved profile is there.
    ///
    /// # Errors
    /// The same.
    pub(super) fn report_kept(
        &self,
        kept: &Kept,
        input: &Input,
        (reference, as_of, drift): (Option<&Reference>, Option<&str>, &drift::Options),
        keeps: bool,
    ) -> Result<wire::Report> {
        let key = self.key(kept.profile(), input)?;
        let (contract, name) = kept.agreed();
        let history = self.history(&key, &engine::watched(contract, name)?)?;
        let report = kept.report(reference, Some((&history, &key)), as_of, drift)?;
        if keeps {
            self.store.borrow_mut().keep(&key, kept.saved().clone())?;
        }
        Ok(report)
    }

    fn key(&self, profile: &Profile, input: &Input) -> Result<String> {
        if let Some(given) = &self.given {
            return Ok(given.clone());
        }
        if !self.keeps {
            return Ok(key::of_file(&input.name));
        }
        engine::interval_of(&input.name, profile).ok_or_else(|| {
            Error::new(
                Kind::Usage,
                format!("neither the name nor a time column of {:?} says which interval it is", input.name),
            )
            .with_hint("name it: --interval 2026-01-31")
        })
    }
}

/// The intervals before this one; all of them where its name is not known.
fn before<'a>(store: &'a Store, key: Option<&str>) -> Vec<&'a Interval> {
    match key {
        Some(key) => store.before(key).collect(),
        None => store.intervals.iter().collect(),
    }
}

/// The report on a file that is cut into intervals.
///
/// # Errors
/// Those of the engine.
pub(super) fn cut(
    request: Request<'_>,
    state: &State,
    input: &Input,
    (intervals, options): (&Intervals, &engine::Options),
) -> Result<wire::Report> {
    let by = match &intervals.of {
        // OK because files that are intervals have a feed.
        Of::Files { .. } => return engine::report(request),
        Of::Time(column, period) => By::Time { column: column.clone(), period: *period },
        Of::Rows(rows) => By::Rows(*rows),
        Of::Parts(parts) => By::Parts(*parts),
    };
    let split = engine::split(input.source.as_ref(), state, options, &by)?;
    let watched = engine::watched(state.plan.governing.contract.as_ref(), &state.plan.name)?;
    let history = History::of_split(split, request.reference, intervals.window, &watched)?;
    engine::report_over(request, &state.profile(), &history)
}
