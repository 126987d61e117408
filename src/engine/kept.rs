//! The report on a file of which only the saved profile is there: it is compared as a file is, and what needs its rows is told
//! as not run.

use super::agreed::Agreed;
use super::history::History;
use super::reference::Reference;
use super::report::{Subject, Within, assemble, depends_on_clock};
use super::saved::Opaque;
use crate::cell::limits;
use crate::drift;
use crate::error::Result;
use crate::finding::{Finding, Severity, Status, Tier};
use crate::profile::Profile;
use crate::profile::saved::Saved;
use crate::report::{build, verdict, wire};

/// What a saved profile says of the file that it was made of.
pub struct Kept {
    saved: Saved,
    profile: Profile,
    name: String,
    contract: Option<Agreed>,
    memory: u64,
}

impl Kept {
    /// Of the file of this saved profile, which is called so where the profile does not name it.
    ///
    /// # Errors
    /// Where its sketches are damaged.
    pub fn new(saved: Saved, name: &str, contract: Option<&[u8]>, memory: u64) -> Result<Kept> {
        let profile = saved.to_profile(&Opaque)?;
        let named = saved.sources.first().map(|it| it.name.clone()).filter(|it| !it.is_empty());
        let contract = contract.map(Agreed::from);
        Ok(Kept { name: named.unwrap_or_else(|| name.to_owned()), saved, profile, contract, memory })
    }

    /// The profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What it was read from.
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    /// The contract, and what the file is called that is held against it.
    pub fn agreed(&self) -> (Option<&Agreed>, &str) {
        (self.contract.as_ref(), &self.name)
    }

    /// Whether a rule of its contract depends on what time it is.
    ///
    /// # Errors
    /// Those of the contract.
    pub fn needs_clock(&self) -> Result<bool> {
        depends_on_clock(self.contract.as_ref(), &self.name)
    }

    /// The report: against a reference, or as the interval of a feed that is called so.
    ///
    /// # Errors
    /// Where the contract is wrong or a saved reference is damaged.
    pub fn report(
        &self,
        reference: Option<&Reference>,
        feed: Option<(&History, &str)>,
        as_of: Option<&str>,
        drift: &drift::Options,
    ) -> Result<wire::Report> {
        let subject = Subject {
            name: &self.name,
            columns: self.saved.columns.iter().map(|it| &it.plan).collect(),
            contract: self.contract.as_ref(),
            scanned: None,
            budget: (self.memory, self.saved.seed, limits::PLACES as u64),
            reference,
            as_of,
            drift: Some(drift),
        };
        let within = feed.map_or(Within::Nothing, |(history, key)| Within::Feed(history, key));
        let mut report = assemble(&subject, &self.profile, within)?;
        report.findings.push(build::finding(&oddities()));
        build::order(&mut report.findings);
        report.verdict = verdict::of(&report);
        Ok(report)
    }
}

/// What a saved profile does not keep.
fn oddities() -> Finding {
    let reason = "the file is known by its saved profile, which does not keep what was odd in it".to_owned();
    let message = format!("oddities of the file: not measured: {reason}");
    Finding {
        reason: Some(reason),
        ..Finding::new("saved-profile", Tier::Readable, Severity::Info, Status::NotRun, message)
    }
}
