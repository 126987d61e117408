//! Two verdicts on one column in, one sentence on why they differ out; nothing where they agree.

use super::{ColumnSaid, Ours, Tool};
use crate::words;

/// Rows below which a distance without correction is mostly chance.
const FEW: u64 = 1000;

/// Why the tool's word on a column is not ours.
pub(super) fn differ(tool: Tool, said: &ColumnSaid, ours: &Ours<'_>, rows: (u64, u64)) -> Option<String> {
    let theirs = said.drifted?;
    let method = said.methods.iter().take(said.decides).find(|it| it.drifted == Some(theirs))?;
    let name = method.name;
    match (theirs, ours.outcome) {
        (true, "drifted") | (false, "stable" | "too_few_rows" | "not_comparable" | "left_out") => None,
        (true, "left_out") => Some(format!("ours leaves it out: {}", ours.reason)),
        (true, "not_comparable") => Some(format!("ours does not compare it: {}", ours.reason)),
        (true, _) => Some(alarms(tool, name, method.p_value.is_some(), rows)),
        (false, _) => Some(misses(tool, name, method.p_value.is_some(), ours)),
    }
}

fn alarms(tool: Tool, name: &str, tests: bool, (n, m): (u64, u64)) -> String {
    let few = n.min(m);
    match (tool, name) {
        (Tool::Evidently, "chisquare") => {
            "its chi-square takes the reference's shares for exact, which alarms too often; ours counts chance on both sides"
                .into()
        }
        (Tool::Evidently, "cramer_von_mises") => {
            "its Cramér–von Mises is wrong with tied values: equal samples alarm too".into()
        }
        (Tool::Evidently, "ed") => "its energy distance is in the values' own unit, so that large values alarm".into(),
        (Tool::NannyMl, "chi2") => {
            "its p-value is of each chunk, uncorrected, and many rows make a small change significant".into()
        }
        (Tool::NannyMl, _) => {
            "its threshold comes from the few chunks of the reference, and one chunk beyond it alerts; ours compares the files as wholes"
                .into()
        }
        _ if !tests && few < FEW => {
            format!("{} rows on a side; its {name} has no correction for so few", words::grouped(few))
        }
        _ if !tests => format!("its {name} has a fixed threshold that knows neither the rows nor the bins"),
        _ => format!(
            "its {name} asks for a small p-value alone; ours asks also for a change of size, and corrects over the columns"
        ),
    }
}

fn misses(tool: Tool, name: &str, tests: bool, ours: &Ours<'_>) -> String {
    let only =
        |kinds: &[&str]| !ours.kinds.is_empty() && ours.kinds.iter().all(|it| kinds.contains(&it.as_str()));
    if only(&["missing", "invalid"]) {
        return "it drops missing and invalid cells; ours counts them".into();
    }
    match (tool, name) {
        (Tool::Evidently, "z") => "its z-test sees only whether the share of the first value changed".into(),
        (Tool::Evidently, "mannw") => "its Mann–Whitney is one-sided: it sees no fall".into(),
        _ if only(&["new-categories", "vanished-categories"]) => {
            "ours names values that came or went, however few".into()
        }
        (Tool::NannyMl, "chi2") => "no chunk is small enough in p alone; ours has all rows at once".into(),
        (Tool::NannyMl, _) => {
            "no chunk is beyond the threshold that the reference's own chunks set; ours has all rows at once"
                .into()
        }
        _ if !tests => format!(
            "its {name} has a fixed threshold, whatever the rows; ours also holds small changes that this many rows prove"
        ),
        _ => format!("its {name} sees no difference; ours: {}", ours.reason),
    }
}
