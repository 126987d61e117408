//! States and a contract → the report: check and drift run here, and the findings become one list.

use super::agreed::Agreed;
use super::gates::{self, Decides, Measured};
use super::history::{History, Judgement};
use super::profile::profile_of_mirror;
use super::reference::Reference;
use super::scan::rules;
use super::settle::State;
use crate::cell::plan::ColumnPlan;
use crate::contract::{self, ColumnViolations, Compiled, Gated, Judged, RowViolations, Tally, Violations};
use crate::drift;
use crate::error::{Error, Kind, Result};
use crate::finding::{Finding, Severity, Status, Tier, Violation};
use crate::profile::Profile;
use crate::report::{build, wire};
use crate::sketch::places::{LocalPlace, Places, Segment, resolve, shown};

/// What a report is to be made of.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The current file.
    pub current: &'a State,
    /// What it is compared with.
    pub reference: Option<&'a Reference>,
    /// "Now", where something depends on it.
    pub as_of: Option<&'a str>,
    /// What counts as drift.
    pub drift: Option<&'a drift::Options>,
}

/// The report on a current file. Its contract is the one that governed its scan.
///
/// # Errors
/// Where the contract is wrong or a saved reference is damaged.
pub fn report(request: Request<'_>) -> Result<wire::Report> {
    report_on(request, &request.current.profile())
}

/// The same of a profile of the current file that was made before.
///
/// # Errors
/// Those of [`report`].
pub fn report_on(request: Request<'_>, profile: &Profile) -> Result<wire::Report> {
    assemble(&Subject::of(request), profile, Within::Nothing)
}

/// The same of a file that is an interval of a feed: it is compared with what the history says, and its drift is held against
/// what is usual.
///
/// # Errors
/// Those of [`report`].
pub fn report_in(
    request: Request<'_>,
    profile: &Profile,
    history: &History,
    key: &str,
) -> Result<wire::Report> {
    assemble(&Subject::of(request), profile, Within::Feed(history, key))
}

/// The same of a file whose own intervals make the history.
///
/// # Errors
/// Those of [`report`].
pub fn report_over(request: Request<'_>, profile: &Profile, history: &History) -> Result<wire::Report> {
    assemble(&Subject::of(request), profile, Within::Itself(history))
}

/// The intervals that a file belongs to.
#[derive(Clone, Copy)]
pub(super) enum Within<'a> {
    Nothing,
    /// It is the next one, and called so.
    Feed(&'a History, &'a str),
    /// They are its own.
    Itself(&'a History),
}

/// What a report is on, besides its profile: a scanned file, or what a saved profile has of one.
pub(super) struct Subject<'a> {
    /// What the file is called.
    pub(super) name: &'a str,
    /// How its columns were read.
    pub(super) columns: Vec<&'a ColumnPlan>,
    /// The contract that it is held against.
    pub(super) contract: Option<&'a Agreed>,
    /// What the scan found; nothing of a saved profile.
    pub(super) scanned: Option<&'a State>,
    /// Bytes of state, seed, places.
    pub(super) budget: (u64, u64, u64),
    /// What it is compared with.
    pub(super) reference: Option<&'a Reference>,
    /// "Now", where something depends on it.
    pub(super) as_of: Option<&'a str>,
    /// What counts as drift.
    pub(super) drift: Option<&'a drift::Options>,
}

impl<'a> Subject<'a> {
    fn of(request: Request<'a>) -> Subject<'a> {
        let Request { current, reference, as_of, drift } = request;
        Subject { reference, as_of, drift, ..Subject::scanned(current) }
    }

    /// A scanned file, compared with nothing.
    fn scanned(state: &'a State) -> Subject<'a> {
        let plan = &state.plan;
        Subject {
            name: &plan.name,
            columns: plan.columns.iter().collect(),
            contract: plan.governing.contract.as_ref(),
            scanned: Some(state),
            budget: plan.budget,
            reference: None,
            as_of: None,
            drift: None,
        }
    }

    fn names(&self) -> Vec<&'a str> {
        self.columns.iter().map(|it| it.name.as_str()).collect()
    }

    /// What its contract asks of it: nothing but names and types of a saved profile, whose rules on cells are not run.
    fn compiled(&self, object: &contract::SchemaObject) -> Result<(Compiled, Violations)> {
        if let Some(state) = self.scanned {
            let compiled = rules(&state.plan)?;
            let violations = violations(state, &compiled);
            return Ok((compiled, violations));
        }
        if !cfg!(feature = "contract") {
            return Err(cannot_compare());
        }
        let columns: Vec<_> = self.columns.iter().map(|it| (it.name.clone(), it.ty)).collect();
        let known = contract::Known { spreads: &[], others: &[] };
        Ok((object.compile(&columns, known), Violations::default()))
    }
}

/// The report on a subject with this profile.
///
/// # Errors
/// Those of [`report`].
pub(super) fn assemble(subject: &Subject<'_>, profile: &Profile, within: Within<'_>) -> Result<wire::Report> {
    let Subject { reference, as_of, drift: drift_options, .. } = *subject;
    let mut sections = vec!["profile".to_owned()];
    let contract = subject.contract.map(Agreed::contract).transpose()?;
    let object = contract.map(|it| it.object(None, subject.name)).transpose()?;
    let gates = object.map_or_else(Vec::new, |it| it.gates(&subject.names()));
    let asked = reference.is_some() || !matches!(within, Within::Nothing);
    let compared = match asked {
        false => Compared::default(),
        true if COMPARES => compare(reference, profile, within, (drift_options, &gates))?,
        true => return Err(cannot_compare()),
    };
    let mut findings = Vec::new();
    let mut agreed = None;
    if let Some((contract, object)) = contract.zip(object) {
        sections.push("check".to_owned());
        findings.extend(found_by(object, subject, profile, (as_of, compared.gates))?);
        agreed = Some(wire::Contract {
            id: Some(contract.id.clone()),
            name: contract.name.clone().or_else(|| Some(object.name.clone())),
            version: Some(contract.version.clone()),
            rules: object.rules(),
        });
    }
    findings.extend(compared.findings);
    if compared.is_drift {
        sections.push("drift".to_owned());
    }
    if let Some((rule, what)) = subject.scanned.and_then(|it| it.plan.no_data()) {
        findings.push(unreadable(rule, Tier::Readable, format!("the file is {what}, not data")));
    }
    Ok(build::build(build::Parts {
        profile,
        reference: compared.reference.as_ref(),
        contract: agreed,
        findings: &findings,
        drift: compared.columns,
        timeline: compared.timeline,
        options: options(subject.budget, as_of),
        sections,
    }))
}

/// Whether this build compares: statistics, explanations and timelines are with the contracts, so that who has one file
/// does not fetch them.
const COMPARES: bool = cfg!(feature = "contract");

/// The error of a build that does not.
pub fn cannot_compare() -> Error {
    Error::new(Kind::NeedsContract, "this build cannot compare files")
        .with_hint("build it with the feature \"contract\"")
}

/// What a comparison gave, besides findings.
#[derive(Default)]
struct Compared {
    reference: Option<Profile>,
    columns: Vec<wire::Drift>,
    timeline: Option<wire::Timeline>,
    is_drift: bool,
    findings: Vec<Finding>,
    gates: Vec<Judged>,
}

fn compare(
    reference: Option<&Reference>,
    profile: &Profile,
    within: Within<'_>,
    (options, gates): (Option<&drift::Options>, &[Gated]),
) -> Result<Compared> {
    let usual = drift::Options::default();
    let metrics = gates::metrics(gates);
    let options = &gates::telling(options.unwrap_or(&usual), &metrics);
    let known = match within {
        Within::Feed(history, _) => history.next()?,
        _ => reference.map(Reference::profile).transpose()?,
    };
    let mut compared = Compared::default();
    if let Some((rule, what)) = reference.and_then(Reference::no_data) {
        compared.findings.push(unreadable(rule, Tier::Drift, format!("the reference is {what}, not data")));
        compared.is_drift = true;
    } else if let Within::Feed(history, key) = within {
        let Judgement { columns, findings, timeline, gates } =
            history.judge(key, known.as_ref(), profile, (options, gates));
        compared = Compared { columns, findings, timeline: Some(timeline), gates, ..compared };
        compared.is_drift = true;
    } else {
        if let Some(told) = &known {
            let comparison = drift::compare(told, profile, options);
            compared.columns = comparison.columns.iter().map(super::comparison::wire).collect();
            let before = told.table.rows as f64;
            let rows = (before > 0.0).then(|| (profile.table.rows as f64 / before - 1.0).abs());
            let measured = Measured::of(&metrics, &comparison, rows);
            compared.gates = gates::judge(gates, &[measured], Decides::Last);
            compared.findings.extend(comparison.findings);
        }
        if let Within::Itself(history) = within {
            let (found, line) = history.summary();
            compared.gates = history.gated_each(gates);
            compared.findings.retain(|it| it.rule != "history");
            compared.findings.extend(found);
            compared.timeline = Some(line);
        }
        compared.is_drift = known.is_some() || compared.timeline.is_some();
    }
    Ok(Compared { reference: known, ..compared })
}

/// What the rules of the contract that governs a scan find in it, worst first as in the report, each with its place among
/// the contract's; none where there is no contract.
///
/// # Errors
/// Those of the contract.
pub(super) fn agreed(
    state: &State,
    profile: &Profile,
    as_of: Option<&str>,
    reference: Option<&Reference>,
) -> Result<Vec<(usize, Finding)>> {
    let findings = in_order(state, profile, as_of, reference)?;
    let ranks = build::ranks(&findings);
    let mut ranked: Vec<(usize, Finding)> = findings.into_iter().enumerate().collect();
    crate::order::sort_by_key(&mut ranked, |(at, _)| ranks[*at]);
    Ok(ranked)
}

/// The same in the order of the contract's rules.
///
/// # Errors
/// Those of the contract.
pub(super) fn in_order(
    state: &State,
    profile: &Profile,
    as_of: Option<&str>,
    reference: Option<&Reference>,
) -> Result<Vec<Finding>> {
    let Some(text) = &state.plan.governing.contract else { return Ok(Vec::new()) };
    let contract = text.contract()?;
    let object = contract.object(None, &state.plan.name)?;
    let subject = Subject::scanned(state);
    let gates = object.gates(&subject.names());
    let judged = match reference {
        Some(_) if COMPARES && !gates.is_empty() => {
            compare(reference, profile, Within::Nothing, (None, &gates))?.gates
        }
        _ => Vec::new(),
    };
    found_by(object, &subject, profile, (as_of, judged))
}

fn found_by(
    object: &contract::SchemaObject,
    subject: &Subject<'_>,
    profile: &Profile,
    (as_of, gates): (Option<&str>, Vec<Judged>),
) -> Result<Vec<Finding>> {
    let (compiled, violations) = subject.compiled(object)?;
    let violations = Violations { as_of: as_of.map(str::to_owned), gates, ..violations };
    Ok(object.findings(&compiled, profile, &violations))
}

fn unreadable(rule: &'static str, tier: Tier, message: String) -> Finding {
    Finding { count: 1, total: 1, ..Finding::new(rule, tier, Severity::Critical, Status::Fail, message) }
}

fn options((memory, seed, places): (u64, u64, u64), as_of: Option<&str>) -> wire::Options {
    wire::Options { memory, seed, as_of: as_of.map(str::to_owned), places, redact: None }
}

/// What the probes of a scan counted.
fn violations(state: &State, compiled: &Compiled) -> Violations {
    let (segments, lines) = (&state.partial.segments, state.plan.data_line);
    let tally = |places: &Places, column: &str| located(places, segments, lines, column);
    let n_columns = state.plan.columns.len();
    let columns = state.plan.columns.iter().zip(&state.partial.columns).zip(&compiled.columns);
    let keys = state.partial.columns.get(n_columns..).unwrap_or_default().iter().zip(&compiled.keys);
    let rules = state.partial.judged.iter().zip(&compiled.rows.rules);
    let mirrors = state.partial.columns.get(n_columns + compiled.keys.len()..).unwrap_or_default();
    let mirrors = mirrors.iter().zip(&compiled.rows.mirrors);
    let name = |column: &usize| state.plan.columns.get(*column).map_or("", |plan| plan.name.as_str());
    Violations {
        columns: columns
            .map(|((plan, column), rules)| ColumnViolations {
                broken: column.broken.iter().map(|places| tally(places, &plan.name)).collect(),
                missing: Tally { count: column.missing, ..tally(&column.lacking, &plan.name) },
                invalid: tally(&column.invalid, &plan.name),
                duplicates: rules.probes.unique.then(|| tally(&column.repeated, &plan.name)),
            })
            .collect(),
        rows: rules
            .map(|(found, rule)| RowViolations {
                judged: found.judged,
                skipped: found.skipped,
                broken: tally(
                    &found.offenders(rule, state.partial.places as usize),
                    &rule.columns.iter().map(name).collect::<Vec<_>>().join(", "),
                ),
                spread: None,
            })
            .collect(),
        keys: keys
            .map(|(column, rules)| RowViolations {
                judged: column.valid,
                skipped: column.missing + column.invalid.count,
                broken: tally(&column.repeated, &rules.column),
                spread: None,
            })
            .collect(),
        mirrors: mirrors.map(|(it, rule)| profile_of_mirror(&state.plan, &state.partial, rule, it)).collect(),
        others: state.plan.governing.others.clone(),
        gates: Vec::new(),
        as_of: None,
    }
}

/// Whether a rule of the contract that governs a scan depends on what time it is.
///
/// # Errors
/// Those of the contract.
pub fn needs_clock(state: &State) -> Result<bool> {
    depends_on_clock(state.plan.governing.contract.as_ref(), &state.plan.name)
}

/// The same of a contract that a file of this name is held against.
///
/// # Errors
/// Those of the contract.
pub(super) fn depends_on_clock(contract: Option<&Agreed>, name: &str) -> Result<bool> {
    let Some(agreed) = contract else { return Ok(false) };
    Ok(agreed.contract()?.object(None, name)?.needs_clock())
}

fn located(places: &Places, segments: &[Segment], lines: u64, column: &str) -> Tally {
    let value = |place: &LocalPlace| place.present.then(|| shown(&place.text));
    let resolved = resolve(&places.first, segments, lines);
    let all = places.first.iter().zip(resolved).map(|(local, place)| Violation {
        row: place.row,
        line: place.line,
        byte: place.byte,
        column: column.to_owned(),
        value: value(local),
    });
    Tally { count: places.count, places: all.collect() }
}
