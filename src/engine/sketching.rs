//! What a pass makes of the blocks of a run: a partial of the profile, or counts of keys.

use super::keys::KeyScanner;
use super::plan::{Pass, Plan};
use super::repeats::Repeats;
use super::scan::{Found, rules};
use crate::block::Sink;
use crate::cell::plan::ColumnPlan;
use crate::contract::Compiled;
use crate::error::Result;
use crate::sketch::column::Tallying;
use crate::sketch::content::Content;
use crate::sketch::partial::{Budget, Scanner};
use crate::sketch::probe::ColumnProbes;
use crate::sketch::rows::RowRules;

/// Who has a sink once it is known where a run's first record begins.
pub(super) trait Begins {
    /// The sink of the segment that begins here.
    fn begin(&mut self, segment: u64) -> &mut dyn Sink;
}

/// The sink of a run.
pub(super) enum Sketching {
    /// The profile, before the run's first record is known: places are relative to it.
    Waiting {
        columns: Vec<ColumnPlan>,
        probes: Vec<ColumnProbes>,
        rows: RowRules,
        key_probes: Vec<ColumnProbes>,
        tallying: Tallying,
        budget: Budget,
        many: Vec<bool>,
        /// Whether what repeats is still to be found.
        is_first: bool,
    },
    Profile(Box<Scanner>),
    Keys(KeyScanner),
    Repeats(Repeats),
}

impl Sketching {
    /// What the plan's pass is for.
    ///
    /// # Errors
    /// Those of the contract.
    pub(super) fn new(plan: &Plan) -> Result<Sketching> {
        let columns = plan.columns.clone();
        // Only contracts ask what repeats.
        if cfg!(feature = "contract") && plan.pass == Pass::Repeats {
            return Ok(Sketching::Repeats(Repeats::new(plan, rules(plan)?)));
        }
        let Compiled { columns: column_rules, keys, rows, .. } = rules(plan)?;
        if cfg!(feature = "contract")
            && let Pass::Keys { columns: wanted, slice, of, .. } = &plan.pass
        {
            return Ok(Sketching::Keys(KeyScanner::new(&columns, rows, wanted, *slice, *of)));
        }
        let mut probes: Vec<_> = column_rules.into_iter().map(|column| column.probes).collect();
        probes.resize_with(columns.len(), ColumnProbes::default);
        probes.extend(keys.into_iter().map(|key| key.probes));
        for (probes, repeated) in probes.iter_mut().zip(&plan.repeated) {
            probes.repeated.clone_from(repeated);
        }
        let key_probes = probes.split_off(columns.len());
        Ok(Sketching::Waiting {
            columns,
            probes,
            rows,
            key_probes,
            tallying: plan.format.tallying(),
            budget: plan.budget(),
            many: plan.many.clone(),
            is_first: plan.pass == Pass::Profile,
        })
    }

    /// What was found in the segment that begins and ends here.
    pub(super) fn finish(mut self, segment: u64, end: u64, rows: u64, lines: u64, content: Content) -> Found {
        self.begin(segment);
        match self {
            Sketching::Profile(scanner) => {
                Found::Partial(Box::new(scanner.finish(end, rows, lines, content)))
            }
            Sketching::Keys(keys) => Found::Keys(keys.finish()),
            Sketching::Repeats(repeats) => Found::Repeats(repeats.finish()),
            // OK because it has just begun.
            Sketching::Waiting { .. } => unreachable!("a sink that has begun still waits"),
        }
    }
}

impl Begins for Sketching {
    fn begin(&mut self, segment: u64) -> &mut dyn Sink {
        if let Sketching::Waiting { columns, probes, rows, key_probes, tallying, budget, many, is_first } =
            self
        {
            let (columns, probes) = (std::mem::take(columns), std::mem::take(probes));
            let mut scanner = Scanner::new(columns, probes, *tallying, *budget, segment);
            scanner.judge_rows(std::mem::take(rows), std::mem::take(key_probes));
            if *is_first {
                scanner.collect_unique(budget.memory / 4);
            }
            scanner.expect_many(many);
            *self = Sketching::Profile(Box::new(scanner));
        }
        match self {
            Sketching::Profile(scanner) => scanner.as_mut(),
            Sketching::Keys(keys) => keys,
            Sketching::Repeats(repeats) => {
                repeats.begin(segment);
                repeats
            }
            // OK because it has just become a profile.
            Sketching::Waiting { .. } => unreachable!("a sink that has begun still waits"),
        }
    }
}
