//! Evidently's drift methods: two series in, its drift score out.

use super::super::super::methods as m;
use super::super::asked::Class;
use super::super::histogram::{self, Counted};
use super::super::series::{Both, Dtype, Series};
use super::cramer_von_mises;
use crate::num::{chi_squared_sf, ln, normal_cdf, sqrt};

/// How a score speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// A p-value: drift where p ≤ threshold.
    AtMost,
    /// A p-value: drift where p < threshold.
    Below,
    /// A distance: drift where it is ≥ threshold.
    AtLeast,
    /// A distance: drift where it is > threshold.
    Above,
}

impl Rule {
    /// Whether the score is a p-value.
    pub(super) fn tests(self) -> bool {
        matches!(self, Rule::AtMost | Rule::Below)
    }

    /// What a score says against a threshold; NaN says nothing.
    pub(super) fn drifted(self, score: f64, threshold: f64) -> bool {
        match self {
            Rule::AtMost => score <= threshold,
            Rule::Below => score < threshold,
            Rule::AtLeast => score >= threshold,
            Rule::Above => score > threshold,
        }
    }
}

/// One of Evidently's methods.
pub(super) struct Kind {
    /// Evidently's name.
    pub id: &'static str,
    /// Whether it takes numerical and categorical columns.
    pub takes: (bool, bool),
    /// Its default threshold.
    pub threshold: f64,
    /// How its score speaks.
    pub rule: Rule,
}

const fn kind(id: &'static str, takes: (bool, bool), threshold: f64, rule: Rule) -> Kind {
    Kind { id, takes, threshold, rule }
}

/// All of them but those for text.
pub(super) const KINDS: &[Kind] = &[
    kind("ks", (true, false), 0.05, Rule::AtMost),
    kind("wasserstein", (true, false), 0.1, Rule::AtLeast),
    kind("psi", (true, true), 0.1, Rule::AtLeast),
    kind("jensenshannon", (true, true), 0.1, Rule::AtLeast),
    kind("kl_div", (true, true), 0.1, Rule::AtLeast),
    kind("hellinger", (true, true), 0.1, Rule::AtLeast),
    kind("anderson", (true, false), 0.1, Rule::Below),
    kind("cramer_von_mises", (true, false), 0.1, Rule::AtMost),
    kind("ed", (true, false), 0.1, Rule::Above),
    kind("es", (true, false), 0.05, Rule::Below),
    kind("mannw", (true, false), 0.05, Rule::Below),
    kind("t_test", (true, false), 0.05, Rule::Below),
    kind("empirical_mmd", (true, false), 0.1, Rule::Below),
    kind("chisquare", (false, true), 0.05, Rule::Below),
    kind("z", (false, true), 0.05, Rule::Below),
    kind("fisher_exact", (false, true), 0.1, Rule::Below),
    kind("g_test", (false, true), 0.1, Rule::Below),
    kind("TVD", (false, true), 0.1, Rule::Below),
];

/// The score, NaN where Evidently's is.
///
/// # Errors
/// Where Evidently stops with an error, or where its number cannot be had from a profile.
pub(super) fn score(
    id: &str,
    class: Class,
    reference: &Series<'_>,
    current: &Series<'_>,
    both: &Both,
) -> Result<f64, String> {
    const ONE: &str = "evidently stops with an error: all values are one";
    let points = both.points.as_slice();
    let p = |test: Option<m::Test>| test.map_or(f64::NAN, |it| it.p_value);
    let bins = || binned(class, reference, current, both);
    Ok(match id {
        "ks" => {
            let (a, b) = both.sides();
            p(m::kolmogorov_smirnov_exact(&a, &b).or_else(|| m::kolmogorov_smirnov::test(&a, &b)))
        }
        "wasserstein" => wasserstein(points),
        "psi" => {
            let [p, q] = filled(&bins());
            p.iter().zip(&q).map(|(p, q)| (p - q) * ln(p / q)).sum()
        }
        "jensenshannon" => {
            let bits = m::jensen_shannon_divergence(&bins()).unwrap_or(f64::NAN);
            sqrt(bits * std::f64::consts::LN_2)
        }
        "kl_div" => {
            let [p, q] = filled(&bins());
            let (n, m) = (p.iter().sum::<f64>(), q.iter().sum::<f64>());
            p.iter().zip(&q).map(|(p, q)| p / n * ln(p / n / (q / m))).sum()
        }
        "hellinger" => hellinger(class, reference, current, both),
        "anderson" => {
            let rows: Vec<Vec<u64>> = points.iter().map(|it| vec![it.1, it.2]).collect();
            m::anderson_darling(&rows, m::Ranks::Midrank).ok_or(ONE)?.p_value
        }
        "cramer_von_mises" => cramer_von_mises::p_value(points)
            .ok_or("evidently stops with an error: a side has fewer than two values")?,
        "ed" => m::energy_distance(points).unwrap_or(f64::NAN),
        "es" => {
            let why = "evidently stops with an error: the interquartile range is 0, or a side has fewer than five values";
            m::epps_singleton(points).ok_or(why)?.p_value
        }
        "mannw" => p(m::mann_whitney_less(points)),
        "t_test" => {
            m::student(points).map_or_else(|| of_constants(points, reference.n, current.n), |it| it.p_value)
        }
        "chisquare" => goodness_of_fit(&both.counts, reference.n, current.n),
        "z" => first_against_rest(both, reference.n, current.n)?,
        "fisher_exact" => fisher(&both.counts, reference.n, current.n)?,
        "g_test" => g_test(&both.counts, reference.n, current.n)?,
        "TVD" => {
            return Err("its permutations are those of numpy's generator, in the order of the rows".into());
        }
        "empirical_mmd" => return Err("its permutations are drawn anew each time".into()),
        _ => return Err(format!("evidently has no method {id:?}")),
    })
}

/// The distance in standard deviations; 0 where their squares overflow, so that they are infinite.
fn wasserstein(points: &m::Points) -> f64 {
    let in_units = || m::wasserstein_distance(points).filter(|it| it.is_finite()).map(|_| 0.0);
    m::wasserstein_normalised(points).or_else(in_units).unwrap_or(f64::NAN)
}

/// The t-test of sides that do not vary: t is infinite where the means differ.
fn of_constants(points: &m::Points, n: u64, k: u64) -> f64 {
    if n >= 2 && k >= 2 && points.len() == 2 { 0.0 } else { f64::NAN }
}

/// Counts per bin as `get_binned_data` cuts them: Sturges' bins over the pooled range where the reference has more than
/// twenty numbers, else one per value.
fn binned(class: Class, reference: &Series<'_>, current: &Series<'_>, both: &Both) -> Vec<(u64, u64)> {
    if class != Class::Numerical || reference.distinct() <= 20 {
        return both.counts.clone();
    }
    let pooled: Vec<(f64, u64)> = both.points.iter().map(|it| (it.0, it.1 + it.2)).collect();
    let edges = histogram::sturges(&pooled, whole(reference, current));
    let side = |series: &Series<'_>| histogram::counts(series.numbers(), &edges);
    side(reference).into_iter().zip(side(current)).collect()
}

/// Whether both together are integers to numpy.
fn whole(reference: &Series<'_>, current: &Series<'_>) -> bool {
    [reference, current].iter().all(|it| it.dtype == Dtype::Int)
}

/// Both sides' shares. A share of 0 is 0.0001, or a millionth of the side's smallest one where that is at most 0.0001.
fn filled(bins: &[(u64, u64)]) -> [Vec<f64>; 2] {
    let side = |of: fn(&(u64, u64)) -> u64| -> Vec<f64> {
        let total = bins.iter().map(of).sum::<u64>() as f64;
        let shares: Vec<f64> = bins.iter().map(|bin| of(bin) as f64 / total).collect();
        let least = shares.iter().copied().filter(|share| *share > 0.0).fold(f64::INFINITY, f64::min);
        let fill = if least <= 0.0001 { least / 1e6 } else { 0.0001 };
        shares.into_iter().map(|share| if share == 0.0 { fill } else { share }).collect()
    };
    [side(|it| it.0), side(|it| it.1)]
}

/// √(1 − BC), of numbers over Sturges' bins of the distinct values of both sides.
fn hellinger(class: Class, reference: &Series<'_>, current: &Series<'_>, both: &Both) -> f64 {
    let bins: Vec<(u64, u64)> = if class == Class::Numerical {
        let distinct: Vec<(f64, u64)> = both.points.iter().map(|it| (it.0, 1)).collect();
        let edges = histogram::sturges(&distinct, whole(reference, current));
        let side = |values: &Counted| histogram::counts(values, &edges);
        side(reference.numbers()).into_iter().zip(side(current.numbers())).collect()
    } else {
        both.counts.clone()
    };
    let (n, m) = (reference.n as f64, current.n as f64);
    let overlap: f64 = bins.iter().map(|it| sqrt(it.0 as f64 / n * (it.1 as f64 / m))).sum();
    sqrt(1.0 - overlap.clamp(0.0, 1.0))
}

/// scipy's `chisquare` of the current counts against the reference's, scaled: the reference is taken for exact. NaN with
/// one value alone.
fn goodness_of_fit(counts: &[(u64, u64)], n: u64, m: u64) -> f64 {
    let scale = m as f64 / n as f64;
    let part = |it: &(u64, u64)| {
        let (expected, found) = (it.0 as f64 * scale, it.1 as f64);
        (found - expected) * (found - expected) / expected
    };
    tail(counts.iter().map(part).sum(), counts.len())
}

/// P(χ² > x) over so many values; 0 at infinity, NaN without a degree of freedom.
fn tail(statistic: f64, values: usize) -> f64 {
    match values {
        0 | 1 => f64::NAN,
        _ if statistic == f64::INFINITY => 0.0,
        _ => chi_squared_sf(statistic, (values - 1) as f64),
    }
}

/// The z-test of the share of the smallest value against that of all others.
fn first_against_rest(both: &Both, n: u64, m: u64) -> Result<f64, String> {
    if both.counts.len() == 1 {
        return Ok(1.0);
    }
    let at =
        both.first.ok_or("it depends on which value is first, and the saved profile leaves values out")?;
    let (k, l) = both.counts[at];
    let (n, m) = (n as f64, m as f64);
    let (p, q) = ((n - k as f64) / n, (m - l as f64) / m);
    let pooled = (p * n + q * m) / (n + m);
    let z = (p - q) / sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m));
    Ok(2.0 * (1.0 - normal_cdf(z.abs())))
}

fn fisher(counts: &[(u64, u64)], n: u64, m: u64) -> Result<f64, String> {
    let values = |of: fn(&(u64, u64)) -> u64| counts.iter().filter(|it| of(it) > 0).count();
    if n != m {
        return Err("evidently stops with an error: the sides are not of equal length".into());
    }
    if values(|it| it.0) > 2 || values(|it| it.1) > 2 {
        return Err("evidently stops with an error: more than two values".into());
    }
    match counts.len() {
        1 => Ok(1.0),
        2 => m::fisher_exact(counts).map(|it| it.p_value).map_err(|_| "too many cells".into()),
        _ => Err("which two of the values it takes depends on Python's hashes".into()),
    }
}

/// scipy's `power_divergence(current, reference, lambda_="log-likelihood")`, which refuses sums that differ.
fn g_test(counts: &[(u64, u64)], n: u64, m: u64) -> Result<f64, String> {
    if n != m {
        return Err("evidently stops with an error: its expected counts are not scaled, and the sides differ in length".into());
    }
    let part = |it: &(u64, u64)| if it.1 == 0 { 0.0 } else { it.1 as f64 * ln(it.1 as f64 / it.0 as f64) };
    Ok(tail(2.0 * counts.iter().map(part).sum::<f64>(), counts.len()))
}
