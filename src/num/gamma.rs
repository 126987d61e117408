//! The logarithm of the gamma function and the regularised incomplete gamma functions.

use super::saddle::poisson;

/// Steps after which a series counts as converged whatever its last term: for a = 10¹⁰ about half of them are used.
const STEPS: u32 = 2_000_000;

/// ln |Γ(x)|; ∞ at 0 and at the negative integers.
pub fn lgamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The regularised lower incomplete gamma function P(a, x) for a > 0 and x ≥ 0, NaN elsewhere.
///
/// Series below a + 1, continued fraction above (Abramowitz & Stegun 6.5.29, 6.5.31).
pub fn gamma_p(a: f64, x: f64) -> f64 {
    match edge(a, x) {
        Some(q) => 1.0 - q,
        None if x < a + 1.0 => series(a, x),
        None => 1.0 - fraction(a, x),
    }
}

/// The regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), precise where it is tiny.
pub fn gamma_q(a: f64, x: f64) -> f64 {
    match edge(a, x) {
        Some(q) => q,
        None if x < a + 1.0 => 1.0 - series(a, x),
        None => fraction(a, x),
    }
}

/// Q where it needs no computation.
fn edge(a: f64, x: f64) -> Option<f64> {
    if a.is_nan() || x.is_nan() || a <= 0.0 || x < 0.0 || a.is_infinite() {
        Some(f64::NAN)
    } else if x == 0.0 {
        Some(1.0)
    } else if x.is_infinite() {
        Some(0.0)
    } else {
        None
    }
}

/// P = x^a e^−x / Γ(a + 1) · Σ x^k / ((a + 1) … (a + k)).
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    let mut k = a;
    for _ in 0..STEPS {
        k += 1.0;
        term *= x / k;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    (sum * poisson(a, x)).min(1.0)
}

/// Q = x^a e^−x / Γ(a) · 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …)), by Lentz's method.
fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    let mut i = 0.0;
    for _ in 0..STEPS {
        i += 1.0;
        let numerator = -i * (i - a);
        b += 2.0;
        d = numerator * d + b;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = b + numerator / c;
        c = if c.abs() < TINY { TINY } else { c };
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    (h * a * poisson(a, x)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::super::testing::close;
    use super::*;

    #[test]
    fn the_incomplete_gamma_functions_agree_with_mpmath() {
        for (a, x, p, q) in GAMMA {
            close(gamma_p(a, x), p, 1e-12);
            close(gamma_q(a, x), q, 1e-12);
        }
    }

    #[test]
    fn they_agree_with_statrs_in_the_middle() {
        for a in [0.5, 1.0, 2.5, 10.0, 47.0, 150.0] {
            for share in [0.3, 0.8, 1.0, 1.1, 1.7] {
                let x = a * share;
                close(gamma_q(a, x), statrs::function::gamma::gamma_ur(a, x), 1e-11);
                close(gamma_p(a, x), statrs::function::gamma::gamma_lr(a, x), 1e-11);
            }
        }
    }

    #[test]
    fn the_edges_are_exact_and_nonsense_is_nan() {
        assert_eq!((gamma_p(2.0, 0.0), gamma_q(2.0, 0.0)), (0.0, 1.0));
        assert_eq!((gamma_p(2.0, f64::INFINITY), gamma_q(2.0, f64::INFINITY)), (1.0, 0.0));
        assert!(gamma_q(0.0, 1.0).is_nan() && gamma_p(1.0, -1.0).is_nan() && gamma_q(f64::NAN, 1.0).is_nan());
    }

    #[test]
    fn the_logarithm_of_the_gamma_function_is_that_of_the_factorial() {
        close(lgamma(11.0), crate::num::ln(3_628_800.0), 1e-15);
        close(lgamma(0.5), 0.572_364_942_924_700_1, 1e-15);
    }

    #[rustfmt::skip]
    const GAMMA: [(f64, f64, f64, f64); 15] = [
        (0.5, 1e-10, 1.1283791670579e-05, 0.9999887162083294),
        (0.5, 0.2, 0.4729107431344619, 0.5270892568655381),
        (0.5, 3.0, 0.9856941215645704, 0.01430587843542964),
        (0.5, 500.0, 1.0, 1.7958327848007262e-219),
        (1.0, 1.0, 0.6321205588285577, 0.36787944117144233),
        (2.5, 0.01, 2.987601531906594e-06, 0.999997012398468),
        (2.5, 2.5, 0.5841198130044921, 0.41588018699550794),
        (10.0, 3.0, 0.0011024881301154798, 0.9988975118698845),
        (10.0, 40.0, 0.9999999960740678, 3.925932226286188e-09),
        (100.0, 90.0, 0.15822098918643016, 0.8417790108135699),
        (100.0, 101.5, 0.5724269463165333, 0.42757305368346665),
        (100.0, 300.0, 1.0, 1.4110215102111522e-41),
        (1000.0, 900.0, 0.0005499022657117829, 0.9994500977342882),
        (1000.0, 1100.0, 0.99894067674607, 0.0010593232539299773),
        (5000.0, 5000.0, 0.5018806340338173, 0.49811936596618267),
    ];
}
