//! `driftline performance --reference R --probability P … CURRENT`

use super::args::{FailOn, Normalized, PerformanceArgs, PerformanceFormat, Period as Given, Rank, RankOf};
use super::exit::Policy;
use super::job::{Scan, Step};
use super::output::{self, Host};
use super::progress::Bar;
use super::{Stop, inputs, run as engine_calls};
use crate::cell::period::Period;
use crate::engine::{self, Asked, AskedAlong, By, Ranker, Reference, Side, Told};
use crate::error::{Error, Kind};
use crate::finding::Severity;
use crate::performance::metric::Metric;
use crate::performance::normalize::Normalize;
use crate::report::json::{self, Layout};
use crate::report::performance as document;
use crate::source::Source;

/// Judges a binary classifier on the chunks of a file.
pub(super) fn run(args: &PerformanceArgs, host: &mut Host<'_>) -> Result<u8, Stop> {
    let metrics = metrics(args)?;
    let (by, along) = (by(args)?, along(args)?);
    output::apart(args.output.as_deref(), &[args.reference.clone(), args.file.clone()])?;
    let scan = Scan::of(&args.scan, 1);
    let (reference, current) = (inputs::open(&args.reference)?, inputs::open(&args.file)?);
    let bar = Bar::new(&reference.name, reference.source.len(), host.progress);
    let before = engine_calls::reference(&reference, &scan, None, &|step: Step| bar.tell(step))
        .map_err(|error| error.of_file(&reference.name))?;
    drop(bar);
    let Reference::Scanned(before) = before else {
        let what =
            format!("performance: not run: {:?} is a saved profile, which has no rows", reference.name);
        return Err(Error::new(Kind::Usage, what).with_hint("give the data file as --reference").into());
    };
    let before = *before;
    let named = Reference::Scanned(Box::new(before.clone()));
    let bar = Bar::new(&current.name, current.source.len(), host.progress);
    let governing = engine::governing(Some(&named), None);
    let now = engine_calls::scanned(&current, &scan, governing, &|step: Step| bar.tell(step))
        .map_err(|error| error.of_file(&current.name))?;
    drop(bar);
    let asked = Asked {
        probability: &args.probability,
        prediction: args.prediction.as_deref(),
        target: &args.target,
        timestamp: args.timestamp.as_deref(),
        by,
        metrics,
        normalize: args.normalize.map(|it| match it {
            Normalized::True => Normalize::True,
            Normalized::Pred => Normalize::Predicted,
            Normalized::All => Normalize::All,
        }),
        along,
        unit_bytes: scan.unit_bytes,
        memory: scan.memory,
        seed: scan.seed,
    };
    let found = engine::performance(
        Side { source: reference.source.as_ref(), state: &before },
        Side { source: current.source.as_ref(), state: &now },
        &asked,
    );
    reference.source.unchanged()?;
    current.source.unchanged()?;
    let found = found?;
    let bytes = match args.format {
        PerformanceFormat::Text => document::text(&found).into_bytes(),
        PerformanceFormat::Json => json::bytes(&found, Layout::Pretty)?,
        PerformanceFormat::Markdown => document::markdown(&found).into_bytes(),
        PerformanceFormat::Html => document::html(&found).into_bytes(),
    };
    match &args.output {
        Some(path) => output::write(path, &bytes)?,
        None => host.print(&bytes)?,
    }
    let fail_on = match args.fail_on {
        FailOn::Critical => Severity::Critical,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Info,
    };
    let is_odd = found.alerts + found.realised_alerts + found.not_run > 0;
    let worst = match found.chunks.is_empty() {
        true => Some(Severity::Critical),
        false => is_odd.then_some(Severity::Warning),
    };
    Ok(Policy { fail_on, warn_exit: args.warn_exit }.of(worst))
}

/// Those that were named, or all that can be told.
fn metrics(args: &PerformanceArgs) -> Result<Vec<Metric>, Error> {
    let is_told = |it: &Metric| args.prediction.is_some() || it.is_of_ranking();
    if args.metrics.is_empty() {
        return Ok(Metric::ALL.iter().map(|it| it.0).filter(is_told).collect());
    }
    let mut found = Vec::new();
    for name in &args.metrics {
        let metric = metric(name)?;
        if !is_told(&metric) {
            return Err(Error::new(Kind::Usage, format!("{name} needs --prediction")));
        }
        found.push(metric);
    }
    Ok(found)
}

fn metric(name: &str) -> Result<Metric, Error> {
    Metric::ALL.iter().find(|it| it.1 == name).map(|it| it.0).ok_or_else(|| {
        let names: Vec<&str> = Metric::ALL.iter().map(|it| it.1).collect();
        Error::new(Kind::Usage, format!("unknown metric {name:?}"))
            .with_hint(format!("there are {}", names.join(", ")))
    })
}

fn along(args: &PerformanceArgs) -> Result<AskedAlong, Error> {
    Ok(AskedAlong {
        inputs: args.inputs.clone(),
        by: match args.rank {
            Rank::Correlation => Ranker::Correlation,
            Rank::Alerts => Ranker::Alerts,
        },
        metric: args.rank_metric.as_deref().map(metric).transpose()?,
        of: args.rank_of.map(|it| match it {
            RankOf::Estimated => Told::Estimated,
            RankOf::Realised => Told::Realised,
        }),
    })
}

fn by(args: &PerformanceArgs) -> Result<By, Error> {
    if let Some(period) = args.period {
        let Some(column) = args.timestamp.clone() else {
            return Err(Error::new(Kind::Usage, "--period needs --timestamp"));
        };
        let period = match period {
            Given::Hour => Period::Hour,
            Given::Day => Period::Day,
            Given::Week => Period::Week,
            Given::Month => Period::Month,
            Given::Quarter => Period::Quarter,
            Given::Year => Period::Year,
        };
        return Ok(By::Time { column, period });
    }
    Ok(args.chunk_rows.map_or(By::Parts(args.chunks), By::Rows))
}
