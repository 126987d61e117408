//! A report without its verdict in, the verdict out: one word on each of the three questions, one sentence, and the
//! reasons, worst first.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::wire::{Reason, Report, Verdict};
use crate::finding::Severity;
use crate::issue::Code;
use crate::words::grouped;

/// The card "readable?".
pub const READABLE: &str = "readable";
/// The card "as agreed?".
pub const AS_AGREED: &str = "as_agreed";
/// The card "same as before?".
pub const SAME_AS_BEFORE: &str = "same_as_before";
/// The most reasons that a verdict lists.
pub const REASONS: usize = 20;

/// What is told first of what is equally severe: issues and rules on the file as a whole, then those on its columns.
const WHOLE: [&[&str]; 3] =
    [&["no-rows"], &["column-presence"], &["column-set", "column-order", "column-count"]];

/// The most characters of a fault in the sentence.
const FAULT: usize = 120;

const OK: &str = "ok";
const NOT_RUN: &str = "not_run";

/// How bad an issue is; `asked`: a contract, or a reference with rows, says that there should be rows.
pub fn severity(code: Code, asked: bool) -> Severity {
    match code {
        // Whatever follows the quote was read as one cell.
        Code::HtmlPage | Code::ErrorBody | Code::UnclosedQuote => Severity::Critical,
        Code::NoRows if asked => Severity::Critical,
        Code::BlankLine
        | Code::EmptyHeader
        | Code::LeadingZeros
        | Code::SuspectedNull
        | Code::PaddedCells => Severity::Info,
        Code::RaggedRow
        | Code::BadUtf8
        | Code::DuplicateHeader
        | Code::StrayQuote
        | Code::NulByte
        | Code::MalformedRecord
        | Code::DuplicateKey
        | Code::NotAnObject
        | Code::MixedTypes
        | Code::AmbiguousDates
        | Code::MixedZones
        | Code::TooManyColumns
        | Code::NoRows => Severity::Warning,
    }
}

/// The rank of a severity's word: 3 critical, 2 warning, 1 info, 0 anything else.
pub fn rank(severity: &str) -> u8 {
    match severity {
        "critical" => 3,
        "warning" => 2,
        "info" => 1,
        _ => 0,
    }
}

/// The verdict before anything was measured.
pub(super) fn unasked() -> Verdict {
    Verdict {
        readable: NOT_RUN.into(),
        as_agreed: NOT_RUN.into(),
        same_as_before: NOT_RUN.into(),
        overall: NOT_RUN.into(),
        sentence: String::new(),
        reasons: Vec::new(),
    }
}

/// The verdict on a report, whatever its `verdict` says now.
pub fn of(report: &Report) -> Verdict {
    let reasons = reasons(report);
    let card = |card: &str, measured: bool| {
        if !measured {
            return NOT_RUN;
        }
        let worst = reasons.iter().filter(|found| found.reason.card == card).map(|found| found.rank).max();
        match worst {
            Some(3) => "critical",
            Some(2) => "warning",
            _ => OK,
        }
    };
    let readable = card(READABLE, true);
    let as_agreed = card(AS_AGREED, agreed(report));
    let same_as_before = card(SAME_AS_BEFORE, compared(report));
    let overall =
        [readable, as_agreed, same_as_before].into_iter().max_by_key(|word| rank(word)).unwrap_or(OK);
    let sentence = sentence(report, &Cards { overall, as_agreed, same_as_before }, &reasons);
    Verdict {
        readable: readable.into(),
        as_agreed: as_agreed.into(),
        same_as_before: same_as_before.into(),
        overall: if rank(overall) == 0 { OK.into() } else { overall.into() },
        sentence,
        reasons: reasons.into_iter().take(REASONS).map(|found| found.reason).collect(),
    }
}

/// The worst severity that speaks in a report: what the exit code is made of.
pub fn worst(report: &Report) -> Option<Severity> {
    reasons(report).first().map(|found| match found.rank {
        3 => Severity::Critical,
        2 => Severity::Warning,
        _ => Severity::Info,
    })
}

/// How many speak: critical ones, warnings, infos.
pub fn tally(report: &Report) -> [u64; 3] {
    let reasons = reasons(report);
    [3, 2, 1].map(|rank| reasons.iter().filter(|found| found.rank == rank).count() as u64)
}

struct Ranked {
    rank: u8,
    /// Its place in [`WHOLE`]; behind it what is told as it comes.
    order: u8,
    share: f64,
    count: u64,
    reason: Reason,
}

/// Everything that speaks against the file, worst first: by severity, then share, then count, then as listed.
fn reasons(report: &Report) -> Vec<Ranked> {
    let mut all: Vec<Ranked> = Vec::new();
    let mut push = |of: &str, reason: Reason, share: f64, count: u64| {
        let order = WHOLE.iter().position(|ids| ids.contains(&of)).unwrap_or(WHOLE.len()) as u8;
        all.push(Ranked { rank: rank(&reason.severity), order, share, count, reason });
    };
    let because = |severity: &str, card: &str, column: &Option<String>, message: &str| Reason {
        severity: severity.into(),
        card: card.into(),
        column: column.clone(),
        message: message.into(),
    };
    for issue in &report.issues {
        let share = issue.count as f64 / report.table.ledger.rows_in.max(1) as f64;
        let reason = because(&issue.severity, READABLE, &issue.column, &issue.message);
        push(&issue.code, reason, share.min(1.0), issue.count);
    }
    // What the file is instead of data is an issue and a finding, and one reason.
    let told = |finding: &&super::wire::Finding| {
        finding.card == READABLE && report.issues.iter().any(|issue| issue.code == finding.rule)
    };
    let failing = report.findings.iter().filter(|finding| finding.status == "fail" && !told(finding));
    let mut spoken = BTreeSet::new();
    for finding in failing {
        if finding.card == SAME_AS_BEFORE {
            spoken.extend(finding.column.as_deref());
        }
        let reason = because(&finding.severity, &finding.card, &finding.column, &finding.message);
        push(&finding.rule, reason, finding.share, finding.count);
    }
    for drift in report.drift.iter().filter(|drift| drift.outcome == "drifted") {
        if !spoken.contains(drift.column.as_str()) {
            let severity = if drift.band.as_deref() == Some("small") { "info" } else { "warning" };
            let message = drift.reason.clone().unwrap_or_else(|| "its values have drifted".into());
            let psi = drift.psi_corrected.as_f64().unwrap_or(0.0);
            let reason = because(severity, SAME_AS_BEFORE, &Some(drift.column.clone()), &message);
            push(SAME_AS_BEFORE, reason, psi.clamp(0.0, 1.0), 0);
        }
    }
    crate::order::sort_by(&mut all, |a, b| {
        Reverse(a.rank)
            .cmp(&Reverse(b.rank))
            .then_with(|| b.share.total_cmp(&a.share))
            .then_with(|| b.count.cmp(&a.count))
    });
    all
}

/// Whether any rule of this card was measured.
fn ran(report: &Report, card: &str) -> bool {
    report.findings.iter().any(|finding| finding.card == card && finding.status != NOT_RUN)
}

/// Whether any rule of the contract was measured. That its columns are there says nothing where it has other rules.
fn agreed(report: &Report) -> bool {
    let is_rule = |it: &&super::wire::Finding| it.card == AS_AGREED && it.rule != "column-presence";
    let mut rules = report.findings.iter().filter(is_rule).peekable();
    match rules.peek() {
        None => ran(report, AS_AGREED),
        Some(_) => {
            let fails = |it: &super::wire::Finding| it.card == AS_AGREED && it.status == "fail";
            rules.any(|it| it.status != NOT_RUN) || report.findings.iter().any(fails)
        }
    }
}

/// Whether anything was compared with the reference.
fn compared(report: &Report) -> bool {
    let told = |outcome: &str| outcome == "stable" || outcome == "drifted";
    let columns = report.drift.iter().any(|drift| told(&drift.outcome));
    columns || ran(report, SAME_AS_BEFORE) && (!few_rows(report) || speaks(report, SAME_AS_BEFORE))
}

/// Whether columns were compared, of too few rows each to say that they are as before.
fn few_rows(report: &Report) -> bool {
    let any = |outcomes: &[&str]| report.drift.iter().any(|it| outcomes.contains(&it.outcome.as_str()));
    any(&["too_few_rows"]) && !any(&["stable", "drifted"])
}

/// Whether a warning, or worse, stands on this card.
fn speaks(report: &Report, card: &str) -> bool {
    report.findings.iter().any(|it| it.card == card && it.status == "fail" && rank(&it.severity) >= 2)
}

struct Cards {
    overall: &'static str,
    as_agreed: &'static str,
    same_as_before: &'static str,
}

fn sentence(report: &Report, cards: &Cards, reasons: &[Ranked]) -> String {
    let mut parts = match cards.overall {
        "critical" => match stranger(report) {
            Some(message) => vec![format!("Do not use: {message}")],
            None => named("Look before using", reasons),
        },
        "warning" => named("Usable with care", reasons),
        _ => vec![calm(report, cards)],
    };
    if report.first_look {
        parts.push("it was not scanned, and its numbers are those of a first look".into());
    }
    let drifted = report.drift.iter().filter(|drift| drift.outcome == "drifted").count();
    if drifted > 0 {
        let compared = report.drift.len();
        let columns = if compared == 1 { "column" } else { "columns" };
        parts.push(format!("drifted from the reference in {drifted} of {compared} {columns}"));
    }
    if report.contract.is_some() && cards.as_agreed == NOT_RUN {
        parts.push("no rule of the contract could be measured".into());
    }
    if report.reference.is_some() && cards.same_as_before == NOT_RUN {
        let why = if few_rows(report) {
            "too few rows to say whether it is the same as before"
        } else {
            "no column could be compared with the reference"
        };
        parts.push(why.into());
    }
    let waiting = |it: &&super::wire::Finding| it.status == NOT_RUN && it.card == AS_AGREED;
    match report.findings.iter().filter(waiting).count() {
        0 => {}
        1 => parts.push("1 rule was not run".into()),
        many => parts.push(format!("{many} rules were not run")),
    }
    let text = parts.join("; ");
    if text.ends_with(['.', '!', '?']) { text } else { text + "." }
}

/// What the file is instead of data: the issue's own sentence, in the middle of one.
fn stranger(report: &Report) -> Option<String> {
    let codes = [Code::HtmlPage.id(), Code::ErrorBody.id()];
    let issue = report.issues.iter().find(|issue| codes.contains(&issue.code.as_str()))?;
    let mut letters = issue.message.trim_end_matches('.').chars();
    let first = letters.next()?;
    let word = letters.clone().next().is_some_and(char::is_lowercase);
    Some(if word {
        first.to_lowercase().chain(letters).collect()
    } else {
        [first].into_iter().chain(letters).collect()
    })
}

/// What is worst, by name, and how much there is besides.
fn named(what: &str, reasons: &[Ranked]) -> Vec<String> {
    let worst = reasons.iter().map(|found| found.rank).max().unwrap_or(0);
    let Some(first) = reasons.iter().filter(|found| found.rank == worst).min_by_key(|found| found.order)
    else {
        return Vec::new();
    };
    let mut parts = vec![format!("{what}: {}", fault(&first.reason))];
    let count = |rank: u8| reasons.iter().filter(|found| found.rank == rank).count();
    let (critical, warnings) = (count(3), count(2));
    let more = if worst == 3 { (critical - 1, warnings) } else { (0, warnings - 1) };
    let rest = match (more, worst) {
        ((0, 0), _) => return parts,
        ((0, warnings), 3) => format!("{} worth a look", grouped(warnings as u64)),
        ((0, warnings), _) => format!("{} more worth a look", grouped(warnings as u64)),
        ((critical, 0), _) => format!("{} more critical", grouped(critical as u64)),
        ((critical, warnings), _) => {
            format!("{} more critical, {} worth a look", grouped(critical as u64), grouped(warnings as u64))
        }
    };
    parts.push(rest);
    parts
}

/// A reason within a sentence: whose it is, and no places.
fn fault(reason: &Reason) -> String {
    let message = reason.message.trim_end_matches('.');
    let message = message.find(", first ").map_or(message, |end| &message[..end]);
    let of = reason.column.as_deref().filter(|name| !message.contains(&format!("{name:?}")));
    let text = of.map_or_else(|| message.to_owned(), |name| format!("{name}: {message}"));
    let Some((end, _)) = text.char_indices().nth(FAULT) else { return text };
    // Of several clauses those that have room.
    match text[..end].rfind("; ") {
        Some(end) => text[..end].to_owned(),
        None => format!("{}…", &text[..end]),
    }
}

fn calm(report: &Report, cards: &Cards) -> String {
    let waits = report.findings.iter().any(|it| it.card == AS_AGREED && it.status == NOT_RUN);
    let agreed = if waits { "as agreed as far as it was checked" } else { "as agreed" };
    match (cards.as_agreed == OK, cards.same_as_before == OK) {
        (true, true) => format!("Readable, {agreed} and the same as before"),
        (true, false) => format!("Readable and {agreed}"),
        (false, true) => "Readable and the same as before".into(),
        _ if report.contract.is_some() || report.reference.is_some() => "Readable".into(),
        _ => "Readable, and nothing else was asked".into(),
    }
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;
