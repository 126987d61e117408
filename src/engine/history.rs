//! The intervals of a feed as saved profiles, in order → what the next one is compared with, and what has been usual. Each is
//! compared with one reference for all, or with the intervals before it together.

use super::comparison;
use super::gates::{self, Decides, Measured};
use super::reference::Reference;
use super::saved::Opaque;
use super::split::Split;
use crate::contract::{Gated, Judged, Metric};
use crate::drift::timeline::{Mark, Past, Timeline};
use crate::drift::{self, Comparison};
use crate::error::Result;
use crate::finding::{Finding, Severity, Status, Tier};
use crate::profile::Profile;
use crate::profile::saved::{Redact, Saved};
use crate::report::wire;

/// Intervals before one that it is compared with, unless a reference is given.
pub const WINDOW: usize = 28;
/// With fewer intervals before it, a comparison says nothing about what is usual.
const LEAST: usize = 7;

/// What an interval is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// A file each.
    Files,
    /// A period each, by its word.
    Periods(&'static str),
    /// A stretch of rows each.
    Rows,
}

/// What there is to say of the next interval.
pub(super) struct Judgement {
    pub(super) columns: Vec<wire::Drift>,
    pub(super) findings: Vec<Finding>,
    pub(super) timeline: wire::Timeline,
    /// What became of the gates of its contract.
    pub(super) gates: Vec<Judged>,
}

/// The intervals before.
pub struct History {
    over: Over,
    given: Option<Profile>,
    window: usize,
    /// Those that a window may hold, the latest last.
    recent: Vec<Saved>,
    /// Whether a person has called the last of them normal.
    settled: bool,
    timeline: Timeline,
    options: drift::Options,
    left_out: u64,
    /// What gates of a contract measure, and what it was.
    watched: Vec<Metric>,
    measured: Vec<Measured>,
}

impl History {
    /// No intervals yet; each will be compared with this reference, or with so many intervals before it.
    ///
    /// # Errors
    /// Where the sketches of a saved reference are damaged.
    pub fn new(over: Over, reference: Option<&Reference>, window: usize) -> Result<History> {
        Ok(History {
            over,
            given: reference.map(Reference::profile).transpose()?,
            window: window.max(1),
            recent: Vec::new(),
            settled: false,
            timeline: Timeline::default(),
            options: drift::Options::default(),
            left_out: 0,
            watched: Vec::new(),
            measured: Vec::new(),
        })
    }

    /// The same, of which the gates of a contract measure this, as [`watched`](super::watched) says.
    pub fn watching(mut self, metrics: &[Metric]) -> History {
        self.watched = metrics.to_vec();
        self.options = gates::telling(&self.options, metrics);
        self
    }

    /// The intervals before together, where they are what the next one is compared with: what its reading is governed by.
    ///
    /// # Errors
    /// Where sketches are damaged.
    pub fn window(&self) -> Result<Option<Saved>> {
        if self.given.is_some() {
            return Ok(None);
        }
        let latest: Vec<&Saved> = self.recent.iter().rev().take(self.window).collect();
        let Some((last, before)) = latest.split_first() else { return Ok(None) };
        let joined = |a: &Saved, b: &Saved| match a.merge(b, &Opaque) {
            Ok(merged) => Ok(Some(merged)),
            Err(error) if error.kind() == crate::error::Kind::Incompatible => Ok(None),
            Err(error) => Err(error),
        };
        // One interval of other columns or types is an accident, and the table goes on as before it; two are another table.
        let is_accident = match before {
            [one, two, ..] if !self.settled => joined(one, last)?.is_none() && joined(two, last)?.is_none(),
            _ => false,
        };
        let (start, rest) = if is_accident { (before[0], &before[1..]) } else { (*last, before) };
        let mut all = start.clone();
        let mut others = 0;
        for saved in rest {
            match joined(saved, &all)? {
                Some(merged) => (all, others) = (merged, 0),
                None => others += 1,
            }
            if others == 2 {
                break;
            }
        }
        Ok(Some(all))
    }

    /// What the next interval is compared with.
    ///
    /// # Errors
    /// Where sketches are damaged.
    pub fn next(&self) -> Result<Option<Profile>> {
        match &self.given {
            Some(given) => Ok(Some(given.clone())),
            None => self.window()?.map(|it| it.to_profile(&Opaque)).transpose(),
        }
    }

    /// Adds an interval that is known by its saved profile.
    ///
    /// # Errors
    /// Where sketches are damaged.
    pub fn add(&mut self, key: &str, mark: Option<Mark>, saved: Saved) -> Result<()> {
        let profile = saved.to_profile(&Opaque)?;
        self.add_profile(key, mark, &profile, saved)
    }

    /// Adds an interval whose profile was made of the rows themselves.
    ///
    /// # Errors
    /// Where sketches are damaged.
    pub fn add_profile(
        &mut self,
        key: &str,
        mark: Option<Mark>,
        profile: &Profile,
        saved: Saved,
    ) -> Result<()> {
        let known = self.given.is_some() || self.recent.len() >= LEAST.min(self.window);
        let reference = if known { self.next()? } else { None };
        let mut compared = reference.as_ref().map(|it| drift::compare(it, profile, &self.options));
        if let Some(compared) = compared.as_ref().filter(|_| !self.watched.is_empty()) {
            let measured = self.measure(compared, profile).named(key, mark);
            self.measured.push(measured);
        }
        self.timeline.push(key, mark, (reference.as_ref(), profile), compared.as_mut());
        self.hold(mark, saved);
        Ok(())
    }

    /// Keeps an interval for the window alone, which needs no comparisons of those before it. One without rows says nothing of what
    /// is usual: a file that was empty, or no table at all, does not make the next one the first.
    pub fn hold(&mut self, mark: Option<Mark>, saved: Saved) {
        if mark != Some(Mark::Incident) && saved.rows > 0 {
            self.settled = mark == Some(Mark::Normal);
            self.recent.push(saved);
            let surplus = self.recent.len().saturating_sub(self.window);
            self.recent.drain(..surplus);
        }
    }

    fn measure(&self, compared: &Comparison, profile: &Profile) -> Measured {
        let usual = self.timeline.usual_rows().filter(|it| *it > 0.0);
        let rows = usual.map(|it| (profile.table.rows as f64 / it - 1.0).abs());
        Measured::of(&self.watched, compared, rows)
    }

    /// What became of gates with the next interval, which was compared so.
    pub(super) fn gated(
        &self,
        gates: &[Gated],
        key: &str,
        next: Option<(&Comparison, &Profile)>,
    ) -> Vec<Judged> {
        let Some((compared, profile)) = next.filter(|_| !gates.is_empty()) else { return Vec::new() };
        let mut intervals = self.measured.clone();
        intervals.push(self.measure(compared, profile).named(key, None));
        gates::judge(gates, &intervals, Decides::Last)
    }

    /// What became of gates in any of the intervals.
    pub(super) fn gated_each(&self, gates: &[Gated]) -> Vec<Judged> {
        gates::judge(gates, &self.measured, Decides::Each)
    }

    /// The next interval against this reference, and its place in the timeline.
    pub(super) fn judge(
        &self,
        key: &str,
        reference: Option<&Profile>,
        profile: &Profile,
        (options, gates): (&drift::Options, &[Gated]),
    ) -> Judgement {
        let mut timeline = self.timeline.clone();
        let mut compared = reference.map(|it| drift::compare(it, profile, options));
        let gates = self.gated(gates, key, compared.as_ref().map(|it| (it, profile)));
        timeline.push(key, None, (reference, profile), compared.as_mut());
        let comparison =
            compared.unwrap_or_else(|| Comparison { columns: Vec::new(), findings: vec![alone()] });
        let columns = comparison.columns.iter().map(comparison::wire).collect();
        Judgement { columns, findings: comparison.findings, timeline: self.wire(&timeline), gates }
    }

    /// The intervals of a file that was cut, each compared with this reference or with those before it; gates measure `watched`.
    ///
    /// # Errors
    /// Where sketches are damaged.
    pub fn of_split(
        split: Split,
        reference: Option<&Reference>,
        window: usize,
        watched: &[Metric],
    ) -> Result<History> {
        let mut history = History::new(split.over, reference, window)?.watching(watched);
        history.left_out = split.left_out;
        for interval in split.intervals {
            let mut profile = interval.state.profile();
            // Two intervals without bytes of their own are not the same file.
            profile.source.content_hash.clear();
            let saved = interval.state.save(&profile, Redact::None);
            history.add_profile(&interval.key, None, &profile, saved)?;
        }
        Ok(history)
    }

    /// All intervals, with what there is to say of them.
    pub fn summary(&self) -> (Vec<Finding>, wire::Timeline) {
        (self.timeline.findings(), self.wire(&self.timeline))
    }

    fn wire(&self, timeline: &Timeline) -> wire::Timeline {
        let by = match self.over {
            Over::Files => "file",
            Over::Periods(word) => word,
            Over::Rows => "rows",
        };
        let mut names: Vec<&String> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for past in timeline.intervals.iter().rev() {
            let compared = past.columns.iter().filter(|it| it.1.psi.is_some());
            names.extend(compared.map(|it| it.0).filter(|it| seen.insert(*it)));
        }
        crate::order::sort(&mut names);
        wire::Timeline {
            by: by.to_owned(),
            reference: if self.given.is_some() { "given" } else { "window" }.to_owned(),
            left_out: self.left_out,
            intervals: timeline.intervals.iter().map(interval).collect(),
            columns: names.into_iter().map(|name| series(timeline, name)).collect(),
        }
    }
}

/// Nothing to compare with.
fn alone() -> Finding {
    let reason = "there is no reference yet, and no interval before this one".to_owned();
    Finding {
        reason: Some(reason.clone()),
        ..Finding::new(
            "history",
            Tier::Drift,
            Severity::Info,
            Status::NotRun,
            format!("not measured: {reason}"),
        )
    }
}

fn interval(past: &Past) -> wire::TimelineInterval {
    wire::TimelineInterval {
        key: past.key.clone(),
        rows: past.rows,
        compared: past.compared,
        tripped: past.columns.values().filter(|it| it.tripped && it.known).count() as u64,
        mark: past.mark.map(|it| it.id().to_owned()),
    }
}

fn series(timeline: &Timeline, name: &str) -> wire::Series {
    let points: Vec<_> = timeline.intervals.iter().map(|past| past.columns.get(name)).collect();
    let all = |of: &dyn Fn(&drift::timeline::Point) -> Option<f64>| {
        points.iter().map(|it| wire::Scalar::maybe(it.and_then(of))).collect()
    };
    let whose = |of: &dyn Fn(&drift::timeline::Point) -> bool| {
        let found = points.iter().enumerate().filter(|it| it.1.is_some_and(of));
        found.map(|it| it.0 as u64).collect()
    };
    wire::Series {
        column: name.to_owned(),
        psi: all(&|it| it.psi),
        missing: all(&|it| Some(it.missing)),
        invalid: all(&|it| Some(it.invalid)),
        median: all(&|it| it.median),
        tripped: whose(&|it| it.tripped && it.known),
        alerts: whose(&|it| it.alert),
        limit: wire::Scalar::maybe(timeline.limit(name)),
    }
}
