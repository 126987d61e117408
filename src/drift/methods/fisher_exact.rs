//! Fisher's exact test of a 2 × 2 table: counts of two categories of two samples in, odds ratio and p-value out.
//!
//! R. A. Fisher (1935). Two-sided: the chance of all tables with these margins that are at most as likely as this one.

use super::Test;

/// Chances that differ by less than this are the same, as in scipy and R.
const SAME: f64 = 1e-7;
/// Chances below this, in units of the largest, are 0.
const LEAST: f64 = 1e-300;

/// Why there is no exact test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTwoByTwo {
    /// Not two categories but so many. Larger tables have a chi-square or a G-test.
    Categories(usize),
    /// A side or a category has no row, so that one table alone is possible.
    EmptyMargin,
    /// More rows in all than 2³², for which the work is bounded.
    TooMany,
}

/// scipy's `fisher_exact([[a, b], [c, d]])` for two categories' counts (a, c) and (b, d). The statistic is the sample's
/// odds ratio ad/bc, ∞ where bc is 0. Tables are visited from the most likely one outwards, until the chance is below
/// 10⁻³⁰⁰ of its: some forty standard deviations. A table beyond has p = 0.
pub fn fisher_exact(bins: &[(u64, u64)]) -> Result<Test, NotTwoByTwo> {
    let &[(a, c), (b, d)] = bins else { return Err(NotTwoByTwo::Categories(bins.len())) };
    let total = [a, b, c, d].iter().map(|&x| u128::from(x)).sum::<u128>();
    if total > 1 << 32 {
        return Err(NotTwoByTwo::TooMany);
    }
    if a + b == 0 || c + d == 0 || a + c == 0 || b + d == 0 {
        return Err(NotTwoByTwo::EmptyMargin);
    }
    let (products, others) = (a as f64 * d as f64, b as f64 * c as f64);
    let statistic = if others > 0.0 { products / others } else { f64::INFINITY };
    Ok(Test { statistic, p_value: two_sided(a, a + b, a + c, total as u64) })
}

/// The two-sided p-value of k of n rows in a category that holds `kind` of `all` rows.
fn two_sided(k: u64, n: u64, kind: u64, all: u64) -> f64 {
    let (least, most) = ((n + kind).saturating_sub(all), n.min(kind));
    let (n, kind, all) = (n as f64, kind as f64, all as f64);
    // The chance of x + 1 over that of x.
    let ratio = |x: f64| (kind - x) * (n - x) / ((x + 1.0) * (all - kind - n + x + 1.0));
    let mode = (((n + 1.0) * (kind + 1.0) / (all + 2.0)) as u64).clamp(least, most);
    // All chances in units of the mode's, from the mode outwards.
    let mut chances = vec![(mode, 1.0)];
    let mut chance = 1.0;
    let mut x = mode;
    while x < most && chance > LEAST {
        chance *= ratio(x as f64);
        x += 1;
        chances.push((x, chance));
    }
    (chance, x) = (1.0, mode);
    while x > least && chance > LEAST {
        x -= 1;
        chance /= ratio(x as f64);
        chances.push((x, chance));
    }
    let Some(&(_, own)) = chances.iter().find(|(x, _)| *x == k) else { return 0.0 };
    // The small terms first, so that they count.
    crate::order::sort_by(&mut chances, |a, b| a.1.total_cmp(&b.1));
    let sum: f64 = chances.iter().map(|c| c.1).sum();
    let extreme: f64 = chances.iter().map(|c| c.1).take_while(|c| *c <= own * (1.0 + SAME)).sum();
    (extreme / sum).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::testing::close;

    #[test]
    fn it_agrees_with_scipy() {
        // scipy 1.17.1: fisher_exact([[a, b], [c, d]])
        type Case = ([(u64, u64); 2], (f64, f64));
        let cases: [Case; 6] = [
            ([(8, 1), (2, 5)], (20.0, 0.034965034965034975)),
            ([(10, 10), (10, 10)], (1.0, 1.0)),
            ([(1, 0), (0, 1)], (f64::INFINITY, 1.0)),
            ([(40, 10), (300, 200)], (2.6666666666666665, 0.005646587286122078)),
            ([(500_000, 499_000), (500_000, 501_000)], (1.0040080160320641, 0.15771450486976657)),
            ([(0, 30), (1000, 20)], (0.0, 4.39442783101473e-45)),
        ];
        for (bins, (odds, p)) in cases {
            let (found, swapped) = (fisher_exact(&bins), fisher_exact(&bins.map(|b| (b.1, b.0))));
            let found = found.expect("two by two");
            close(found.statistic, odds, 1e-12);
            close(found.p_value, p, 1e-9);
            close(swapped.expect("two by two").p_value, p, 1e-9);
        }
    }

    #[test]
    fn far_tails_keep_their_digits() {
        // scipy 1.17.1: fisher_exact([[500, 120], [260, 400]])
        close(
            fisher_exact(&[(500, 260), (120, 400)]).expect("two by two").p_value,
            8.255470388599888e-53,
            1e-9,
        );
        let all = 1_000_000_000;
        assert_eq!(fisher_exact(&[(all, 0), (0, all)]).expect("two by two").p_value, 0.0);
        assert_eq!(fisher_exact(&[(all, all), (all, all)]).expect("two by two").p_value, 1.0);
    }

    #[test]
    fn other_tables_are_refused_with_the_reason() {
        assert_eq!(fisher_exact(&[(1, 2), (3, 4), (5, 6)]), Err(NotTwoByTwo::Categories(3)));
        assert_eq!(fisher_exact(&[]), Err(NotTwoByTwo::Categories(0)));
        assert_eq!(fisher_exact(&[(5, 0), (6, 0)]), Err(NotTwoByTwo::EmptyMargin));
        assert_eq!(fisher_exact(&[(5, 4), (0, 0)]), Err(NotTwoByTwo::EmptyMargin));
        assert_eq!(fisher_exact(&[(u64::MAX, 4), (1, u64::MAX)]), Err(NotTwoByTwo::TooMany));
    }
}
