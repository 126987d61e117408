//! The decision: both profiles of one column in, measures, then with the q-value outcome and findings out.
//!
//! Drifted is what evidence and size both call so: q ≤ 0.05, and PSI* ≥ 0.02 or a Wasserstein distance of 0.1 robust
//! standard deviations or a changed share (Cohen's h ≥ 0.1 and half a point). New and vanished values of closed sets
//! speak for themselves.

use super::bins::{self, Bin};
use super::explanations::{self, Subject};
use super::intervals;
use super::kinds::new_categories::{self, New};
use super::kinds::range_escape::{self, Escape};
use super::kinds::{self, Told};
use super::kinds::{category_share, constant_changed, invalid_share, missing_share, vanished_categories};
use super::methods::{chi_square, homogeneity, kolmogorov_smirnov, psi, total_variation, wasserstein};
use super::outcome::{Band, ColumnDrift, Contribution, Effect, Kind, Method, Outcome};
use super::pair::{self, Pair};
use super::rare::Rare;
use super::share::Shares;
use super::summary::Sides;
use super::values::{self, Values};
use super::words::{count, statistic};
use super::{Options, left_out, multiplicity, overlay, schema, sentences};
use crate::finding::Finding;
use crate::profile::Column;

/// The name of how far ordered values moved.
pub(super) const MOVED: &str = "wasserstein / robust sd";

/// A column with its measures, before the other columns are known.
pub(crate) struct Measured<'a> {
    pub(super) reference: &'a Column,
    pub(super) current: &'a Column,
    pub(super) drift: ColumnDrift,
    /// Why the values are not compared: an outcome and its words.
    excused: Option<(Outcome, String)>,
    tests: Vec<Test>,
    pub(super) new: Option<New>,
    pub(super) vanished: Vec<(String, u64, f64)>,
    pub(super) emptied: bool,
    pub(super) escape: Option<Escape>,
    /// What the drift of the valid values is made of.
    pub(super) told: Vec<Told>,
    /// The valid values of both sides, where they have an order.
    sides: Option<Sides>,
    bins: usize,
}

/// One kind's evidence and whether its size counts.
struct Test {
    kind: Kind,
    p_value: f64,
    holm: f64,
    large: bool,
}

impl Measured<'_> {
    /// The column's p-value: Holm's smallest over its kinds.
    pub(crate) fn p_value(&self) -> Option<f64> {
        self.drift.p_value
    }
}

/// Takes every measure of one column.
pub(crate) fn measure<'a>(reference: &'a Column, current: &'a Column, options: &Options) -> Measured<'a> {
    let mut measured = Measured {
        reference,
        current,
        drift: ColumnDrift {
            renamed_from: (reference.name != current.name).then(|| reference.name.clone()),
            ..empty(&current.name)
        },
        excused: None,
        tests: Vec::new(),
        new: None,
        vanished: Vec::new(),
        emptied: false,
        escape: None,
        told: Vec::new(),
        sides: None,
        bins: 0,
    };
    let paired = match comparable(reference, current) {
        Ok(paired) => paired,
        Err(reason) => {
            measured.excused = Some((Outcome::NotComparable, reason));
            return measured;
        }
    };
    let values = values::values(&paired, reference.ty);
    let left = left_out::reason(reference, current, &paired);
    let whole = left.is_none() || reference.valid == 0 || current.valid == 0;
    let valid = if whole {
        bins::valid(&paired, values.as_ref(), reference.ty)
    } else {
        let kind = "other";
        vec![Bin { label: "any value".into(), kind, reference: reference.valid, current: current.valid }]
    };
    stability(&mut measured, &valid, options);
    if left.is_none() {
        shape(&mut measured, &paired, values.as_ref(), &valid, options);
    }
    let missing = missing_share::shares(reference, current);
    share(&mut measured, Kind::Missing, "missing-share", missing, options);
    share(&mut measured, Kind::Invalid, "invalid-share", invalid_share::shares(reference, current), options);
    measured.emptied = missing_share::emptied(reference, current);
    measured.excused = left.map(|reason| (Outcome::LeftOut, reason));
    let p: Vec<f64> = measured.tests.iter().map(|t| t.p_value).collect();
    measured.tests.iter_mut().zip(multiplicity::holm(&p)).for_each(|(test, holm)| test.holm = holm);
    measured.drift.p_value = measured.tests.iter().map(|t| t.holm).reduce(f64::min);
    measured
}

fn empty(name: &str) -> ColumnDrift {
    ColumnDrift {
        column: name.into(),
        outcome: Outcome::NotComparable,
        kinds: Vec::new(),
        psi: None,
        psi_corrected: None,
        psi_interval: None,
        renamed_from: None,
        explanations: Vec::new(),
        band: None,
        effect: None,
        p_value: None,
        q_value: None,
        detectable: None,
        methods: Vec::new(),
        contributions: Vec::new(),
        overlay: None,
        new_share: None,
        reason: None,
        usual: None,
    }
}

/// Both sides on the same keys, or why that cannot be.
fn comparable<'a>(reference: &'a Column, current: &'a Column) -> Result<Pair<'a>, String> {
    if reference.rows == 0 || current.rows == 0 {
        let side = if current.rows == 0 { "current file" } else { "reference" };
        return Err(format!("the {side} has no rows"));
    }
    let types = || format!("{} in the reference, {} now", reference.ty.id(), current.ty.id());
    if schema::retyped(reference, current) {
        return Err(types());
    }
    pair::pair(reference, current).ok_or_else(types)
}

/// PSI over all bins, with its parts.
fn stability(measured: &mut Measured<'_>, valid: &[Bin], options: &Options) {
    let (n, m) = (measured.reference.rows, measured.current.rows);
    let mut bins = valid.to_vec();
    bins.extend(bins::others(measured.reference, measured.current));
    let Some(found) = psi::psi(&bins::counts(&bins)) else { return };
    measured.bins = found.bins;
    let drift = &mut measured.drift;
    drift.psi = Some(found.raw);
    drift.psi_corrected = Some(found.corrected);
    drift.psi_interval = intervals::psi(&bins::counts(&bins));
    drift.band = Some(Band::of(found.corrected));
    drift.detectable = psi::detectable(found.bins, n, m);
    drift.methods.push(Method {
        name: "psi-corrected",
        value: Some(found.corrected),
        p_value: None,
        threshold: Some(options.psi),
        drifted: found.corrected >= options.psi,
        reason: None,
    });
    let mut parts: Vec<Contribution> = bins
        .into_iter()
        .zip(found.parts)
        .filter(|(bin, _)| bin.reference + bin.current > 0)
        .map(|(bin, psi)| Contribution {
            bin: bin.label,
            kind: bin.kind,
            reference: bin.reference as f64 / n as f64,
            current: bin.current as f64 / m as f64,
            psi,
        })
        .collect();
    crate::order::sort_by(&mut parts, |a, b| b.psi.total_cmp(&a.psi));
    drift.contributions = parts;
}

/// The distribution of the valid values: the tests, the effect, the chart, new and vanished values.
fn shape(
    measured: &mut Measured<'_>,
    paired: &Pair<'_>,
    values: Option<&Values<'_>>,
    valid: &[Bin],
    options: &Options,
) {
    let counts = bins::counts(valid);
    let corrected = psi::psi(&counts).map_or(0.0, |found| found.corrected);
    let mut large = corrected >= options.psi;
    let (name, squares) = match values {
        Some(values) => {
            let test = homogeneity::test(values, &Rare::of(values));
            let has_rare = test.is_some_and(|it| it.has_rare);
            (
                if has_rare { "chi-square-pooled" } else { "chi-square" },
                test.map(|it| (it.statistic, it.p_value)),
            )
        }
        None => ("chi-square", chi_square::test(&counts).map(|it| (it.statistic, it.p_value))),
    };
    let mut p_value = squares.map(|test| test.1);
    let ty = measured.reference.ty;
    let drift = &mut measured.drift;
    let points = overlay::points(paired, ty);
    if let (Some(distance), Some(spread)) = (wasserstein::distance(&points), wasserstein::spread(&points)) {
        let moved = distance / spread;
        let counts = moved >= options.wasserstein;
        drift.methods.push(plain("wasserstein", moved, options.wasserstein, counts));
        let interval = intervals::wasserstein(&points);
        drift.effect = Some(Effect { name: MOVED, value: moved, interval });
        large |= counts && ty.is_numeric();
    }
    if let (Pair::Ordered { reference, current }, None) = (paired, values) {
        if let Some((name, test)) = kolmogorov_smirnov::deciding(&reference.entries, &current.entries) {
            drift.methods.push(tested(name, test.statistic, test.p_value, options.alpha));
            p_value = Some(test.p_value);
        }
        drift.overlay = overlay::ranges(&points, ty);
        measured.sides = Sides::new(&points);
    }
    if let Some((statistic, p_value)) = squares {
        drift.methods.push(tested(name, statistic, p_value, options.alpha));
    }
    #[cfg(feature = "monitor")]
    for method in super::asked::methods(&options.methods, paired, &points, &counts, options.alpha) {
        // What decides is there already.
        if !drift.methods.iter().any(|it| it.name == method.name) {
            drift.methods.push(method);
        }
    }
    if let Some(values) = values {
        drift.overlay = Some(overlay::categories(values));
        if drift.effect.is_none() {
            let distance = total_variation(&counts);
            let interval = intervals::total_variation(&counts);
            drift.effect = distance.map(|value| Effect { name: "total variation", value, interval });
        }
        measured.told = vec![category_share::told(values)];
        measured.new = new_categories::new(values);
        drift.new_share = new_categories::share(values);
        measured.vanished = if values.closed { vanished_categories::vanished(values) } else { Vec::new() };
    }
    let mut kind = Kind::Shape;
    if constant_changed::changed(paired) == Some(true) {
        // One value against another: the exact test of two rows' worth of counts.
        let (n, m) = (measured.reference.valid, measured.current.valid);
        (kind, large, p_value) = (Kind::ConstantChanged, true, Some(Shares { k: 0, n, l: m, m }.p_value()));
        (measured.new, measured.vanished) = (None, Vec::new());
    }
    if let Some(p_value) = p_value {
        measured.tests.push(Test { kind, p_value, holm: p_value, large });
    }
    if let Some(New { p_value, warns: true, .. }) = measured.new {
        measured.tests.push(Test { kind: Kind::NewCategories, p_value, holm: p_value, large: true });
    }
    if values.is_none() {
        range(measured, options);
    }
}

/// The values beyond the reference's ends.
fn range(measured: &mut Measured<'_>, options: &Options) {
    let Some(escape) = range_escape::escape(measured.reference, measured.current) else { return };
    let (p_value, large) = (escape.p_value, escape.large);
    let share = (escape.below + escape.above) as f64 / measured.current.valid.max(1) as f64;
    measured.drift.methods.push(tested("range-escape", share, p_value, options.alpha));
    measured.tests.push(Test { kind: Kind::RangeEscape, p_value, holm: p_value, large });
    measured.escape = Some(escape);
}

/// A share of missing or invalid cells; nothing to test where neither side has any.
fn share(measured: &mut Measured<'_>, kind: Kind, name: &'static str, shares: Shares, options: &Options) {
    if shares.k + shares.l == 0 || shares.n == 0 || shares.m == 0 {
        return;
    }
    let (p_value, h) = (shares.p_value(), shares.cohens_h());
    let change = shares.now() - shares.before();
    let large = h.abs() >= options.cohens_h && change.abs() >= options.share;
    measured.drift.methods.push(tested(name, change, p_value, options.alpha));
    let before =
        measured.drift.effect.as_ref().filter(|e| e.name == "Cohen's h").map_or(0.0, |e| e.value.abs());
    if (measured.drift.effect.is_none() || large && !measured.tests.iter().any(|t| t.large))
        && h.abs() >= before
    {
        let interval = intervals::cohens_h(shares);
        measured.drift.effect = Some(Effect { name: "Cohen's h", value: h, interval });
    }
    measured.tests.push(Test { kind, p_value, holm: p_value, large });
}

fn tested(name: &'static str, value: f64, p_value: f64, alpha: f64) -> Method {
    let (value, p, threshold) = (Some(value), Some(p_value), Some(alpha));
    Method { name, value, p_value: p, threshold, drifted: p_value <= alpha, reason: None }
}

fn plain(name: &'static str, value: f64, threshold: f64, drifted: bool) -> Method {
    Method { name, value: Some(value), p_value: None, threshold: Some(threshold), drifted, reason: None }
}

/// Decides with the q-value over all columns, and says so.
pub(crate) fn decide(
    mut measured: Measured<'_>,
    q: Option<f64>,
    options: &Options,
) -> (ColumnDrift, Vec<Finding>) {
    measured.drift.q_value = q;
    let kinds = found(&mut measured, q, options);
    let numbers = numbers(&measured);
    let drift = &mut measured.drift;
    let few = drift.detectable.filter(|&d| d > options.detectable);
    let (outcome, reason) = match (&measured.excused, few) {
        _ if !kinds.is_empty() => (Outcome::Drifted, numbers),
        (Some((outcome, reason)), _) => (*outcome, reason.clone()),
        (None, Some(d)) => (
            Outcome::TooFewRows,
            format!(
                "too few rows to say: only a PSI of {} or more would have been seen; {numbers}",
                statistic(d)
            ),
        ),
        (None, None) => {
            let seen = drift
                .detectable
                .map_or(String::new(), |d| format!("; would have seen PSI ≥ {}", statistic(d.max(0.0001))));
            (Outcome::Stable, format!("{numbers}{seen}"))
        }
    };
    if matches!(outcome, Outcome::LeftOut | Outcome::NotComparable) {
        (drift.psi, drift.psi_corrected, drift.band, drift.detectable) = (None, None, None, None);
        drift.psi_interval = None;
    }
    if outcome == Outcome::Drifted || schema::retyped(measured.reference, measured.current) {
        drift.explanations = explanations::explain(&Subject {
            reference: measured.reference,
            current: measured.current,
            sides: measured.sides.as_ref(),
        });
    }
    drift.outcome = outcome;
    drift.kinds = kinds;
    drift.reason = Some(reason);
    let findings = sentences::findings(&measured);
    (measured.drift, findings)
}

/// The kinds whose evidence and size both count, in the order of the enum.
fn found(measured: &mut Measured<'_>, q: Option<f64>, options: &Options) -> Vec<Kind> {
    let mut found = Vec::new();
    if q.is_some_and(|q| q <= options.alpha) {
        let counts = |test: &&Test| test.holm <= options.alpha && test.large;
        found.extend(measured.tests.iter().filter(counts).map(|test| test.kind));
        let moved = measured.drift.psi_corrected.is_some_and(|psi| psi >= options.psi);
        if found.is_empty() && moved {
            // Several kinds, none of which is large alone: the one with the best evidence stands for them.
            let stands = |test: &&Test| !matches!(test.kind, Kind::RangeEscape | Kind::NewCategories);
            let tests = measured.tests.iter().filter(stands);
            let best = tests.min_by(|a, b| a.p_value.total_cmp(&b.p_value));
            found.extend(best.map(|test| test.kind));
        }
    }
    if found.contains(&Kind::Shape) {
        // The test is of the distribution as a whole; what its drift is made of is told in words.
        let ty = measured.reference.ty;
        if let Some(sides) = &measured.sides {
            measured.told = kinds::of_ordered(sides, &|x| overlay::shown(x, ty));
        }
        found.retain(|kind| *kind != Kind::Shape);
        found.extend(measured.told.iter().map(|told| told.kind));
    } else {
        measured.told.clear();
    }
    // Few rows of a small file may hold by chance what the reference has not.
    if let Some(new) = &mut measured.new {
        new.warns = found.contains(&Kind::NewCategories);
    }
    // Of an open vocabulary no note either.
    measured.new.take_if(|new| !new.closed && !new.warns);
    if !measured.vanished.is_empty() {
        found.push(Kind::VanishedCategories);
    }
    crate::order::sort(&mut found);
    found
}

/// The numbers that every verdict prints.
fn numbers(measured: &Measured<'_>) -> String {
    let drift = &measured.drift;
    let rows = format!("n {} → {}", count(measured.reference.rows), count(measured.current.rows));
    let Some(psi) = drift.psi else { return rows };
    let q = drift.q_value.map_or(String::new(), |q| {
        let q = statistic(q);
        if q.starts_with('<') { format!("; q {q}") } else { format!("; q = {q}") }
    });
    format!("PSI {} on {} bins{q}; {rows}", statistic(psi), measured.bins)
}
