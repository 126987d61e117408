//! Methods that somebody asked for, beside those that decide: each says its own number and p-value of a column, and changes
//! no outcome. Of bucketed values they are those of the buckets' middles.

use super::methods::{self as m, Columns, METHODS, MethodKind, Points, Ranks, Test, psi};
use super::outcome::Method;
use super::pair::Pair;

/// The methods asked for, of one column: its values as points, its bins or categories as pairs of counts.
pub(super) fn methods(
    asked: &[&'static str],
    paired: &Pair<'_>,
    points: &Points,
    counts: &[(u64, u64)],
    alpha: f64,
) -> Vec<Method> {
    let kinds = METHODS.iter().filter(|method| asked.contains(&method.id));
    kinds.map(|method| one(method, paired, points, counts, alpha)).collect()
}

/// A statistic, with its p-value where it is a test.
type Said = Result<(f64, Option<f64>), &'static str>;

fn one(method: &MethodKind, paired: &Pair<'_>, points: &Points, counts: &[(u64, u64)], alpha: f64) -> Method {
    let said = match method.columns {
        Columns::Ordered if points.is_empty() => Err("it is for values with an order"),
        Columns::TwoCategories if filled(counts).len() != 2 => Err("it is for two categories"),
        _ => said(method.id, paired, points, counts),
    };
    let (value, p_value) = said.map_or((None, None), |(value, p_value)| (Some(value), p_value));
    Method {
        name: method.id,
        value,
        p_value,
        threshold: p_value.map(|_| alpha),
        drifted: p_value.is_some_and(|p| p <= alpha),
        reason: said.err().map(str::to_owned),
    }
}

/// The categories that either side has.
fn filled(counts: &[(u64, u64)]) -> Vec<(u64, u64)> {
    counts.iter().copied().filter(|it| it.0 + it.1 > 0).collect()
}

fn said(id: &str, paired: &Pair<'_>, points: &Points, counts: &[(u64, u64)]) -> Said {
    const UNDEFINED: &str = "it is not defined for these values";
    let test = |found: Option<Test>| found.map(|it| (it.statistic, Some(it.p_value))).ok_or(UNDEFINED);
    let number = |found: Option<f64>| found.map(|it| (it, None)).ok_or(UNDEFINED);
    let pairs = filled(counts);
    match id {
        "anderson-darling" => {
            let side = |pick: fn(&(f64, u64, u64)) -> u64| points.iter().map(pick).collect::<Vec<u64>>();
            test(m::anderson_darling(&[side(|it| it.1), side(|it| it.2)], Ranks::Midrank))
        }
        "chi-square" => {
            m::chi_square::test(&pairs).map(|it| (it.statistic, Some(it.p_value))).ok_or(UNDEFINED)
        }
        "cramer-von-mises" => test(m::cramer_von_mises(points)),
        "cramers-v" => number(m::cramers_v(&pairs)),
        "cramers-v-corrected" => number(m::cramers_v_corrected(&pairs)),
        "energy" => number(m::energy_distance(points)),
        "epps-singleton" => test(m::epps_singleton(points)),
        "fisher-exact" => {
            m::fisher_exact(&pairs).map(|it| (it.statistic, Some(it.p_value))).map_err(|_| UNDEFINED)
        }
        "g-test" => test(m::g_test(&pairs)),
        "hellinger" => number(m::hellinger(&pairs)),
        "jensen-shannon-distance" => number(m::jensen_shannon_distance(&pairs)),
        "jensen-shannon-divergence" => number(m::jensen_shannon_divergence(&pairs)),
        "kolmogorov-smirnov" | "kolmogorov-smirnov-exact" => match paired {
            Pair::Ordered { reference, current } if id == "kolmogorov-smirnov" => {
                test(m::kolmogorov_smirnov::test(&reference.entries, &current.entries))
            }
            Pair::Ordered { reference, current } => {
                test(m::kolmogorov_smirnov_exact(&reference.entries, &current.entries))
            }
            _ => Err("it is for values with an order"),
        },
        "kullback-leibler" => number(m::kullback_leibler(&pairs)),
        "l-infinity" => number(m::l_infinity(&pairs)),
        "mann-whitney" => test(m::mann_whitney(points)),
        "maximum-mean-discrepancy" => Err("it needs the rows themselves, and a profile has none"),
        "proportions" => match pairs.as_slice() {
            [(k, l), (others, other_l)] => test(m::proportions((*k, k + others), (*l, l + other_l))),
            _ => Err("it is for two categories"),
        },
        "psi" => number(psi::psi(&pairs).map(|it| it.raw)),
        "student" => test(m::student(points)),
        "total-variation" => number(m::total_variation(&pairs)),
        "wasserstein" => number(m::wasserstein_distance(points)),
        "wasserstein-normalised" => number(m::wasserstein_normalised(points)),
        "welch" => test(m::welch(points)),
        _ => Err("there is no such method"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Domain;
    use crate::profile::Ordered;
    use std::borrow::Cow;

    #[test]
    fn every_method_of_the_list_says_something_or_why_not() {
        let entries = |shift: u64| (0..50u64).map(|i| (u128::from(i + shift), 1 + i % 3)).collect::<Vec<_>>();
        let side = |entries| Cow::Owned(Ordered { domain: Domain::Signed, shift: 0, entries });
        let paired = Pair::Ordered { reference: side(entries(0)), current: side(entries(10)) };
        let points: Vec<(f64, u64, u64)> = (0..60u64)
            .map(|i| {
                (i as f64, if i < 50 { 1 + i % 3 } else { 0 }, if i < 10 { 0 } else { 1 + (i - 10) % 3 })
            })
            .collect();
        let all: Vec<&'static str> = METHODS.iter().map(|it| it.id).collect();
        let told = methods(&all, &paired, &points, &[(30, 10), (20, 40)], 0.05);
        let silent: Vec<&str> = told.iter().filter(|it| it.value.is_none()).map(|it| it.name).collect();
        assert_eq!(silent, ["maximum-mean-discrepancy"]);
        assert_eq!(told.len(), METHODS.len());
        for (method, kind) in told.iter().zip(METHODS).filter(|it| it.0.value.is_some()) {
            assert_eq!(method.p_value.is_some(), kind.tests, "{}", kind.id);
        }
        let none = methods(&["welch", "proportions"], &Pair::Absent, &[], &[(1, 2), (3, 4), (5, 6)], 0.05);
        let reasons: Vec<&str> = none.iter().filter_map(|it| it.reason.as_deref()).collect();
        assert_eq!(reasons, ["it is for two categories", "it is for values with an order"]);
    }
}
