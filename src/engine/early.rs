//! What is known to be broken before a file is scanned: its columns, and whether it is data at all.

use super::look::look;
use super::plan::{Format, Plan};
use super::report::{Request, report};
use crate::error::Result;
use crate::finding::{Severity, Status};
use crate::issue::Code;
use crate::report::{verdict, wire};
use crate::source::Source;

/// Rules that are decided by the columns alone.
const SCHEMA: [&str; 4] = ["column-presence", "column-set", "column-order", "column-count"];

const REASON: &str = "the file was not scanned, since a rule on its columns is broken";

/// The report on what is known of this plan's file before its scan, where something of at least this severity is broken;
/// `None` where nothing is, or where a later record may bring further columns, as in JSON. Its findings on columns are those of the scan, and all others are not run; its numbers are
/// those of a first [`look`], of which the report says so. It costs the same for every size of file.
///
/// # Errors
/// What the source, the reader and the contract say.
pub fn early(source: &dyn Source, plan: Plan, least: Severity) -> Result<Option<wire::Report>> {
    let names_columns_at_once = !matches!(plan.format, Format::JsonLines | Format::JsonArray);
    let look = look(source, plan)?;
    let state = &look.state;
    let mut told = report(Request { current: state, reference: None, as_of: None, drift: None })?;
    let mut is_broken = false;
    for finding in &mut told.findings {
        if finding.card == verdict::AS_AGREED && !SCHEMA.contains(&finding.rule.as_str()) {
            unscanned(finding);
        }
        let fails = finding.status == Status::Fail.id();
        let is_sure = names_columns_at_once || finding.card == verdict::READABLE;
        is_broken |= fails && is_sure && verdict::rank(&finding.severity) >= verdict::rank(least.id());
    }
    if !is_broken {
        return Ok(None);
    }
    if !state.plan.format.is_text() {
        // Only its footer was read.
        told.issues.retain(|issue| issue.code != Code::NoRows.id());
        told.table.rows = look.rows.unwrap_or_default();
    }
    told.first_look = true;
    told.verdict = verdict::of(&told);
    Ok(Some(told))
}

fn unscanned(finding: &mut wire::Finding) {
    finding.status = Status::NotRun.id().to_owned();
    finding.message = format!("not checked: {REASON}");
    finding.reason = Some(REASON.to_owned());
    finding.observed = None;
    finding.places = Vec::new();
    (finding.count, finding.total, finding.skipped, finding.share) = (0, 0, 0, 0.0);
}

#[cfg(all(test, feature = "contract"))]
mod tests {
    use super::super::{Governing, Options, open, scan};
    use super::*;

    const CONTRACT: &str = "{apiVersion: v3.1.0, kind: DataContract, id: a, version: 1.0.0, schema: [{name: f, \
        properties: [{name: id, logicalType: integer, required: true}, {name: day, logicalType: date}]}]}";

    fn governing() -> Governing {
        Governing { contract: Some(CONTRACT.into()), ..Governing::default() }
    }

    fn options() -> Options {
        Options { name: "f.csv".into(), ..Options::default() }
    }

    fn known(text: &str, least: Severity) -> Option<wire::Report> {
        let options = options();
        let plan = open(&text.as_bytes(), &options, governing()).expect("a file that is read");
        early(&text.as_bytes(), plan, least).expect("a file that is read")
    }

    #[test]
    fn what_is_known_early_is_what_the_scan_says_and_the_rest_is_not_run() {
        let mut text = String::from("id,dya\n");
        (0..50_000).for_each(|i| text.push_str(&format!("{i},2024-01-01\n")));
        let told = known(&text, Severity::Critical).unwrap();
        let state = scan(&text.as_bytes(), &options(), governing(), &|_| {}).unwrap();
        let whole = report(Request { current: &state, reference: None, as_of: None, drift: None }).unwrap();
        assert_eq!(told.findings.len(), whole.findings.len());
        for finding in &told.findings {
            if SCHEMA.contains(&finding.rule.as_str()) {
                assert!(whole.findings.contains(finding), "{}", finding.message);
            } else {
                assert_eq!((finding.status.as_str(), finding.count), ("not_run", 0), "{}", finding.rule);
            }
        }
        let first = &told.verdict.reasons[0];
        assert_eq!((first.severity.as_str(), told.verdict.overall.as_str()), ("critical", "critical"));
        assert_eq!(verdict::worst(&told), Some(Severity::Critical));
        assert!(told.first_look && !whole.first_look);
        assert!(told.verdict.sentence.contains("it was not scanned"), "{}", told.verdict.sentence);
    }

    #[test]
    fn cells_are_never_judged_early() {
        assert_eq!(known("id,day\nx,2024-01-01\n,x\n", Severity::Info), None);
        assert_eq!(known("id,day,more\n1,2024-01-01,2\n", Severity::Info), None);
        assert_eq!(known("id,day\n", Severity::Info), None);
        assert_eq!(known("{\"id\": 1}\n{\"id\": 2}\n", Severity::Info), None);
    }

    #[test]
    fn a_page_of_an_error_is_known_early() {
        let told = known("<!DOCTYPE html><html><body>502</body></html>", Severity::Critical).unwrap();
        assert_eq!(told.verdict.readable, "critical");
    }
}
