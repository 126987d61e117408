//! Factorials and powers that would overflow in, small well-conditioned exponents out.
//!
//! C. Loader (2000), *Fast and accurate computation of binomial probabilities*: n! is written as Stirling's formula times
//! e^δ(n), and the powers beside it as e^−D, so that no two large logarithms are ever subtracted.

use super::{exp, ln, ln_1p, sqrt};

const TAU: f64 = std::f64::consts::TAU;

/// ln(1 + u) − u for u > −1, without cancellation near 0.
pub(super) fn ln_1p_minus(u: f64) -> f64 {
    if !(-0.5..=0.9).contains(&u) {
        return ln_1p(u) - u;
    }
    // ln(1 + u) = 2 artanh(r); the linear term is taken out by hand: 2r − u = −r·u.
    let r = u / (2.0 + u);
    let square = r * r;
    let mut term = square;
    let mut sum = 0.0;
    let mut odd = 3.0;
    loop {
        let part = term / odd;
        if part <= sum * 1e-17 || part == 0.0 {
            break;
        }
        sum += part;
        term *= square;
        odd += 2.0;
    }
    r * (2.0 * sum - u)
}

/// δ(z) = ln Γ(z + 1) − ln(√(2πz) (z/e)^z), the error of Stirling's formula, for z ≥ 0 (∞ at 0).
pub(super) fn stirling_error(z: f64) -> f64 {
    // Below 16 the asymptotic series is too short: Γ(z + 1) = Γ(z + k + 1) / ((z + 1) … (z + k)).
    if z < 16.0 {
        if z <= 0.0 {
            return f64::INFINITY;
        }
        let mut product = 1.0;
        let mut shifted = z;
        while shifted < 16.0 {
            shifted += 1.0;
            product *= shifted;
        }
        return stirling_error(shifted) + stirling(shifted) - ln(product) - stirling(z);
    }
    const S: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let inverse = 1.0 / z;
    let square = inverse * inverse;
    S.iter().rev().fold(0.0, |sum, s| sum * square + s) * inverse
}

/// ln(√(2πz) (z/e)^z).
fn stirling(z: f64) -> f64 {
    0.5 * ln(TAU * z) + z * (ln(z) - 1.0)
}

/// The Poisson density e^−x x^a / Γ(a + 1) for real a > 0 and x > 0.
pub(super) fn poisson(a: f64, x: f64) -> f64 {
    // a ln(x/a) + a − x = a (ln(1 + u) − u) with u = (x − a)/a; far from a the plain form has the better digits.
    let near = x > 0.5 * a && x < 1.9 * a;
    let deviance = if near { a * ln_1p_minus((x - a) / a) } else { a * ln(x / a) + (a - x) };
    exp(deviance - stirling_error(a)) / sqrt(TAU * a)
}

/// The density C(n, j) p^j q^(n − j) for real 0 < j < n, where n p = j + t and q = 1 − p.
pub(super) fn binomial(n: f64, j: f64, t: f64, p: f64, q: f64) -> f64 {
    let rest = n - j;
    let deviance = part(j, t, n * p) + part(rest, -t, n * q);
    let errors = stirling_error(n) - stirling_error(j) - stirling_error(rest);
    exp(deviance + errors) * sqrt(n / (TAU * j * rest))
}

/// k ln(m/k) + k − m, where m = k + t.
fn part(k: f64, t: f64, m: f64) -> f64 {
    let u = t / k;
    if (-0.5..=0.9).contains(&u) { k * ln_1p_minus(u) } else { k * ln(m / k) - t }
}

#[cfg(test)]
mod tests {
    use super::super::testing::close;
    use super::*;

    #[test]
    fn the_logarithm_less_its_argument_keeps_its_digits() {
        // mpmath 1.3, 50 digits: log1p(u) - u
        for (u, expected) in LOG1PMX {
            close(ln_1p_minus(u), expected, 1e-15);
        }
    }

    #[test]
    fn the_error_of_stirlings_formula_is_that_of_the_factorial() {
        // mpmath 1.3, 50 digits
        for (z, expected) in STIRLING {
            // It is an exponent: the absolute error is what counts.
            assert!((stirling_error(z) - expected).abs() < 2e-14, "{z}");
        }
    }
    const LOG1PMX: [(f64, f64); 8] = [
        (1e-9, -4.999999996666667e-19),
        (-1e-5, -5.0000333335833364e-11),
        (0.001, -4.996669164668332e-07),
        (-0.3, -0.056674943938732375),
        (0.5, -0.09453489189183562),
        (0.95, -0.28217062742434457),
        (-0.9, -1.402585092994046),
        (100.0, -95.38487948315874),
    ];
    const STIRLING: [(f64, f64); 7] = [
        (0.5, 0.15342640972002736),
        (1.0, 0.08106146679532726),
        (3.7, 0.022468770580143144),
        (12.0, 0.00694284010720953),
        (15.9, 0.005240399880756108),
        (40.0, 0.0020832899383024218),
        (1e6, 8.333333333333056e-08),
    ];
}
