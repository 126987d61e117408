//! Duplicate rows: how many rows repeat an earlier one, before and now.

use super::super::Options;
use super::super::share::Shares;
use super::super::words::{count, percent};
use super::fail;
use crate::finding::{Finding, Severity};
use crate::profile::Profile;

/// A share of duplicates that has changed as missing cells have to: by chance in fewer than one of twenty files, by half a
/// point and Cohen's h of 0.1. `None` where either count is an estimate.
pub(super) fn finding(reference: &Profile, current: &Profile, options: &Options) -> Option<Finding> {
    let exact = |profile: &Profile| {
        profile.table.duplicate_rows.exact.then_some(profile.table.duplicate_rows.value as u64)
    };
    let (k, l) = (exact(reference)?, exact(current)?);
    let (n, m) = (reference.table.rows, current.table.rows);
    let shares = Shares { k: k.min(n), n, l: l.min(m), m };
    let change = (shares.now() - shares.before()).abs();
    if n == 0 || m == 0 || change < options.share || shares.cohens_h().abs() < options.cohens_h {
        return None;
    }
    if shares.p_value() > options.alpha {
        return None;
    }
    let (before, now) = (percent(shares.before()), percent(shares.now()));
    let message = format!(
        "{before} of the rows repeated an earlier one, {now} do now ({} of {})",
        count(shares.l),
        count(m)
    );
    Some(Finding {
        count: shares.l,
        total: m,
        expected: Some(format!("about {before}")),
        observed: Some(now),
        ..fail("duplicate-rows", Severity::Warning, message)
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::*;
    use super::*;
    use crate::profile::Estimate;

    fn said(k: u64, l: u64) -> bool {
        let of = |copies: u64| {
            let mut profile = profile(vec![integers("x", 0..1000)]);
            profile.table.duplicate_rows = Estimate::exact(copies);
            profile
        };
        finding(&of(k), &of(l), &Options::default()).is_some()
    }

    #[test]
    fn copies_that_were_not_there_are_a_warning() {
        assert!(said(0, 100) && said(300, 10));
        assert!(!said(0, 2) && !said(100, 110) && !said(0, 0));
    }
}
