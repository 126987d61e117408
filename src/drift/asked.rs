//! Methods that somebody asked for, beside those that decide: each says its own number and p-value of a column, and changes
//! no outcome. Of bucketed values they are those of the buckets' middles.

use super::methods::{self as m, Columns, METHODS, MethodKind, Points, Ranks, Test, psi};
use super::outcome::Method;
use super::pair::Pair;

/// Permutations of the maximum mean discrepancy, so that its p-value is at least 1/500, and the seed of the cells and orders
/// drawn for it.
const PERMUTATIONS: u32 = 499;
const SEED: u64 = 0;
const MANY: &str =
    "it is for at most 10,000 values on either side: with more the p-value of kolmogorov-smirnov is as good";

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
            let rows: Vec<Vec<u64>> = points.iter().map(|it| vec![it.1, it.2]).collect();
            test(m::anderson_darling(&rows, Ranks::Midrank))
        }
        "chi-square" => {
            m::chi_square::plain(&pairs).map(|it| (it.statistic, Some(it.p_value))).ok_or(UNDEFINED)
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
                let cells = |side: &[(u128, u64)]| side.iter().map(|it| i128::from(it.1)).sum::<i128>();
                match cells(&reference.entries).max(cells(&current.entries)) {
                    0..=m::kolmogorov_smirnov::MOST_EXACT => {
                        test(m::kolmogorov_smirnov_exact(&reference.entries, &current.entries))
                    }
                    _ => Err(MANY),
                }
            }
            _ => Err("it is for values with an order"),
        },
        "kullback-leibler" => number(m::kullback_leibler(&pairs)),
        "l-infinity" => number(m::l_infinity(&pairs)),
        "mann-whitney" => test(m::mann_whitney(points)),
        "maximum-mean-discrepancy" => test(m::maximum_mean_discrepancy_of_points(points, PERMUTATIONS, SEED)),
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

    fn ordered(entries: Vec<(u128, u64)>) -> Cow<'static, Ordered> {
        Cow::Owned(Ordered { domain: Domain::Signed, shift: 0, entries })
    }

    const REFERENCE: [u64; 8] = [400, 310, 220, 150, 90, 40, 20, 20];
    const CURRENT: [u64; 8] = [95, 80, 60, 45, 35, 14, 9, 12];

    /// All methods of a numeric column with these many cells of 0, 1.5, 3 …, each value a bin.
    fn of_numbers(reference: &[u64], current: &[u64]) -> Vec<Method> {
        let entries = |counts: &[u64]| (0..).zip(counts.iter().copied()).collect();
        let paired =
            Pair::Ordered { reference: ordered(entries(reference)), current: ordered(entries(current)) };
        let both = || reference.iter().copied().zip(current.iter().copied());
        let points: Vec<(f64, u64, u64)> =
            (0..).zip(both()).map(|(i, (a, b))| (f64::from(i) * 1.5, a, b)).collect();
        methods(&all(), &paired, &points, &both().collect::<Vec<_>>(), 0.05)
    }

    fn all() -> Vec<&'static str> {
        METHODS.iter().map(|it| it.id).collect()
    }

    fn holds(told: &[Method], expected: &[(&str, f64, Option<f64>)]) {
        // That of a sample has a test of its own.
        let is_whole = |it: &&Method| it.value.is_some() && it.name != "maximum-mean-discrepancy";
        let said: Vec<&Method> = told.iter().filter(is_whole).collect();
        let names = |of: &[(&str, f64, Option<f64>)]| of.iter().map(|it| it.0.to_owned()).collect::<Vec<_>>();
        assert_eq!(said.iter().map(|it| it.name).collect::<Vec<_>>(), names(expected));
        for (method, (name, value, p_value)) in said.iter().zip(expected) {
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1e-9);
            assert!(method.value.is_some_and(|it| close(it, *value)), "{name} {:?} {value}", method.value);
            assert_eq!(method.p_value.is_some(), p_value.is_some(), "{name}");
            if let (Some(p), Some(expected)) = (method.p_value, p_value) {
                // Of ties scipy's Cramér–von Mises says nothing that can be used: 4,000 permutations do.
                let is_near = *name == "cramer-von-mises" && (p - expected).abs() < 0.005;
                assert!(is_near || close(p, *expected), "{name} p {p} {expected}");
                assert_eq!(method.drifted, p <= 0.05, "{name}");
            }
        }
    }

    #[test]
    fn every_method_of_numbers_is_scipys() {
        // scipy 1.17.1 and numpy 2.4.6, of np.repeat(1.5 * np.arange(8), REFERENCE) and the same of CURRENT: anderson_ksamp,
        // chi2_contingency, contingency.association, energy_distance, epps_singleton_2samp, ks_2samp, mannwhitneyu,
        // ttest_ind(current, reference), wasserstein_distance, jensenshannon, entropy; sums of shares by numpy.
        #[rustfmt::skip]
        holds(&of_numbers(&REFERENCE, &CURRENT), &[
            ("anderson-darling", 6.136063691762224, Some(0.0013890556045043664)),
            ("chi-square", 11.963660944784097, Some(0.10176024892597112)),
            ("cramer-von-mises", 0.7960253348214286, Some(0.00825)),
            ("cramers-v", 0.08647131368546485, None),
            ("cramers-v-corrected", 0.05569103742969778, None),
            ("energy", 0.23723509393830913, None),
            ("epps-singleton", 9.411788387071622, Some(0.05159169939178271)),
            ("g-test", 11.176071741501747, Some(0.13112112343470148)),
            ("hellinger", 0.07036169861119337, None),
            ("jensen-shannon-distance", 0.08428870838429511, None),
            ("jensen-shannon-divergence", 0.007104586361092741, None),
            ("kolmogorov-smirnov", 0.07257142857142862, Some(0.10730934312614382)),
            ("kolmogorov-smirnov-exact", 0.07257142857142856, Some(0.10639665581558179)),
            ("kullback-leibler", 0.01868511699148813, None),
            ("l-infinity", 0.0485714285714286, None),
            ("mann-whitney", 197780.0, Some(0.00482250838905656)),
            ("psi", 0.039821140393868054, None),
            ("student", 3.258620730152855, Some(0.0011430681084120787)),
            ("total-variation", 0.07257142857142859, None),
            ("wasserstein", 0.5031428571428571, None),
            ("wasserstein-normalised", 0.20291608317239107, None),
            ("welch", 3.0458521528874614, Some(0.0024396487395627166)),
        ]);
    }

    #[test]
    fn the_maximum_mean_discrepancy_is_numpys() {
        // numpy 2.4.6: the sums of np.exp(-d2 / np.median(pairs)) without diagonals of the repeated cells, 4,000 permutations.
        let told = of_numbers(&[100, 80, 55, 40, 22, 10, 5, 5], &CURRENT);
        let found = told.iter().find(|it| it.name == "maximum-mean-discrepancy").expect("it is asked for");
        let (value, p) = (found.value.expect("a value"), found.p_value.expect("a p-value"));
        assert!((value - 0.003963292382606731).abs() < 1e-12, "{value}");
        assert!((p - 0.07523119220194951).abs() < 0.02, "{p}");
    }

    #[test]
    fn every_method_of_categories_is_scipys() {
        // As above, of three categories and of two; fisher_exact; the pooled z-test by numpy and norm.sf.
        let of = |counts: &[(u64, u64)]| methods(&all(), &Pair::Absent, &[], counts, 0.05);
        #[rustfmt::skip]
        holds(&of(&[(300, 40), (0, 0), (200, 50), (60, 30)]), &[
            ("chi-square", 24.28571428571429, Some(5.3262819004722735e-06)),
            ("cramers-v", 0.18898223650461363, None),
            ("cramers-v-corrected", 0.18115493132824947, None),
            ("g-test", 22.682048552752335, Some(1.187560482895274e-05)),
            ("hellinger", 0.1673352325528538, None),
            ("jensen-shannon-distance", 0.20001671048889413, None),
            ("jensen-shannon-divergence", 0.04000668447479809, None),
            ("kullback-leibler", 0.10833818980330533, None),
            ("l-infinity", 0.20238095238095238, None),
            ("psi", 0.22623944496309173, None),
            ("total-variation", 0.20238095238095238, None),
        ]);
        #[rustfmt::skip]
        holds(&of(&[(300, 40), (100, 25)]), &[
            ("chi-square", 5.154977375565609, Some(0.023179837584144505)),
            ("cramers-v", 0.10528994657933269, None),
            ("cramers-v-corrected", 0.09460491225465216, None),
            ("fisher-exact", 1.875, Some(0.03374559501180993)),
            ("g-test", 4.849019686770651, Some(0.02766184920580266)),
            ("hellinger", 0.1026983107953651, None),
            ("jensen-shannon-distance", 0.12317566199209101, None),
            ("jensen-shannon-divergence", 0.015172243707189854, None),
            ("kullback-leibler", 0.04067357847432629, None),
            ("l-infinity", 0.13461538461538464, None),
            ("proportions", -2.270457525602628, Some(0.023179837584144596)),
            ("psi", 0.08462039646070421, None),
            ("total-variation", 0.1346153846153846, None),
        ]);
    }

    #[test]
    fn what_a_method_cannot_say_has_a_reason() {
        let reason = |told: &[Method], name: &str| {
            told.iter().find(|it| it.name == name).and_then(|it| it.reason.clone()).unwrap_or_default()
        };
        let told = of_numbers(&REFERENCE, &CURRENT);
        let silent: Vec<&str> = told.iter().filter(|it| it.value.is_none()).map(|it| it.name).collect();
        assert_eq!(silent, ["fisher-exact", "proportions"]);
        assert!(told.iter().filter(|it| it.value.is_none()).all(|it| it.reason.is_some()));
        let many = of_numbers(&[12_000, 8_000], &[9_000, 6_000]);
        assert_eq!(reason(&many, "kolmogorov-smirnov-exact"), MANY);
        let none = methods(&["welch", "proportions"], &Pair::Absent, &[], &[(1, 2), (3, 4), (5, 6)], 0.05);
        assert_eq!(reason(&none, "proportions"), "it is for two categories");
        assert_eq!(reason(&none, "welch"), "it is for values with an order");
    }
}
