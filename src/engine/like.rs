//! A report and what it was made of → what another tool would have said, and whose word decides.

use super::reference::Reference;
use crate::drift::like::{self, ChunkSaid, Chunks, ColumnSaid, MethodSaid, Ours, Said, Tool};
use crate::error::{Error, Kind, Result};
use crate::finding::{Finding, Severity, Status, Tier};
use crate::profile::Profile;
use crate::report::{build, verdict, wire};

/// Adds another tool's word, or that of the methods asked for, to a report. It decides: what our own decision says of the
/// columns that it looked at is kept as information. What is told of the table and of its columns as such stays as it is.
///
/// # Errors
/// `Usage` where a method is asked for of a column that neither file has; where the sketches of a saved reference are damaged.
pub fn like(
    report: &mut wire::Report,
    reference: &Reference,
    now: &Profile,
    chunks: Option<Chunks<'_>>,
    options: &like::Options,
) -> Result<()> {
    if reference.no_data().is_some() {
        return Ok(());
    }
    let before = match reference {
        // With all of its values, which a comparison of our own buckets.
        Reference::Scanned(state) => state.profile(),
        saved => saved.profile()?,
    };
    let names = before.columns.iter().chain(&now.columns).map(|it| it.name.as_str());
    let mut known: Vec<&str> = Vec::new();
    names.for_each(|name| {
        if !known.contains(&name) {
            known.push(name)
        }
    });
    if let Some((what, hint)) = like::unknown_column(&options.asked, &known) {
        return Err(Error::new(Kind::Usage, what).with_hint(hint));
    }
    let drift = std::mem::take(&mut report.drift);
    let our = |it: &'_ wire::Drift| it.reason.clone().unwrap_or_default();
    let reasons: Vec<String> = drift.iter().map(our).collect();
    let ours: Vec<Ours<'_>> = drift
        .iter()
        .zip(&reasons)
        .map(|(it, reason)| Ours { column: &it.column, outcome: &it.outcome, kinds: &it.kinds, reason })
        .collect();
    match like::compare((&before, now), chunks, &ours, options) {
        Ok(said) => {
            demote(report, &said);
            report.findings.extend(said.findings.iter().map(build::finding));
            report.like = Some(document(&said, &ours));
        }
        Err(why) => {
            let message = format!("not measured as {}: {why}", options.tool.id());
            let finding = Finding {
                reason: Some(why.to_owned()),
                ..Finding::new(options.tool.rule(), Tier::Drift, Severity::Warning, Status::NotRun, message)
            };
            report.findings.push(build::finding(&finding));
        }
    }
    report.drift = drift;
    build::order(&mut report.findings);
    report.verdict = verdict::of(report);
    Ok(())
}

/// Our own warnings on the distribution of a column become information where another word on it decides.
fn demote(report: &mut wire::Report, said: &Said) {
    let of_columns = |it: &wire::Finding| it.column.is_some() && !it.rule.starts_with("column-");
    let drifts = report.findings.iter_mut().filter(|it| it.card == verdict::SAME_AS_BEFORE && of_columns(it));
    for finding in drifts.filter(|it| it.severity == "warning") {
        let looked = |it: &ColumnSaid| Some(&it.column) == finding.column.as_ref();
        if said.tool != Tool::Own || said.columns.iter().any(looked) {
            finding.severity = "info".to_owned();
        }
    }
}

fn document(said: &Said, ours: &[Ours<'_>]) -> wire::Like {
    wire::Like {
        tool: said.tool.id().to_owned(),
        version: said.tool.version().to_owned(),
        sentence: said.sentence.clone(),
        drifted: said.drifted,
        score: wire::Scalar::maybe(said.score),
        threshold: wire::Scalar::maybe(said.threshold),
        columns: said.columns.iter().map(|it| column(it, ours)).collect(),
        table: said.table.iter().map(method).collect(),
        ranking: said.ranking.iter().map(|it| wire::Ranked { column: it.0.clone(), alerts: it.1 }).collect(),
    }
}

fn column(said: &ColumnSaid, ours: &[Ours<'_>]) -> wire::LikeColumn {
    let our = ours.iter().find(|it| it.column == said.column);
    wire::LikeColumn {
        column: said.column.clone(),
        class: Some(said.class.to_owned()).filter(|it| !it.is_empty()),
        methods: said.methods.iter().map(method).collect(),
        decides: said.decides as u64,
        drifted: said.drifted,
        ours: our.map(|it| it.outcome.to_owned()),
        differs: said.differs.clone(),
        left_out: said.left_out.clone(),
    }
}

fn method(said: &MethodSaid) -> wire::LikeMethod {
    wire::LikeMethod {
        name: said.name.to_owned(),
        value: wire::Scalar::maybe(said.value),
        p_value: wire::Scalar::maybe(said.p_value),
        lower: wire::Scalar::maybe(said.lower),
        upper: wire::Scalar::maybe(said.upper),
        drifted: said.drifted,
        reason: said.reason.clone(),
        chunks: said.chunks.iter().map(chunk).collect(),
    }
}

fn chunk(said: &ChunkSaid) -> wire::LikeChunk {
    wire::LikeChunk {
        key: said.key.clone(),
        reference: said.reference,
        value: wire::Scalar::maybe(said.value),
        p_value: wire::Scalar::maybe(said.p_value),
        sampling_error: wire::Scalar::maybe(said.sampling_error),
        low: wire::Scalar::maybe(said.band.map(|it| it.0)),
        high: wire::Scalar::maybe(said.band.map(|it| it.1)),
        alert: said.alert,
    }
}
