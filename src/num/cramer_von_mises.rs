//! The limit law of the Cramér–von Mises statistic W² = ∫ (Brownian bridge)².
//!
//! Below ½ the series of T. W. Anderson & D. A. Darling (1952) in Bessel functions K_¼; above it N. V. Smirnov's (1936)
//! integrals, which give the tail itself, so that it keeps its digits however small it is.

use super::{exp, lgamma, pow, sin, sqrt};

const PI: f64 = std::f64::consts::PI;

/// P(W² > x) in the limit of large samples.
pub fn cramer_von_mises_sf(x: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    // P(W² ≤ 0.002) is below 10⁻²⁵.
    if x < 0.002 {
        return 1.0;
    }
    if x > 0.5 { tail(x) } else { (1.0 - series(x)).clamp(0.0, 1.0) }
}

/// P(W² ≤ x) = π^(−3/2) x^(−1/2) Σ Γ(k + ½)/k! √(4k + 1) e^(−q) K_¼(q), q = (4k + 1)²/(16x).
fn series(x: f64) -> f64 {
    let mut sum = 0.0;
    for k in 0..100 {
        let k = f64::from(k);
        let y = 4.0 * k + 1.0;
        let q = y * y / (16.0 * x);
        let weight = exp(lgamma(k + 0.5) - lgamma(k + 1.0)) * sqrt(y);
        let term = weight * exp(-2.0 * q) * scaled_bessel(q);
        sum += term;
        if term <= sum * 1e-18 {
            break;
        }
    }
    sum / (pow(PI, 1.5) * sqrt(x))
}

/// P(W² ≤ x) by the same series, cut behind the first term below 10⁻⁷ as scipy and Evidently cut it: 1 less this is then
/// never much below 10⁻⁷. At most 100,000 terms.
#[cfg(feature = "monitor")]
pub fn cramer_von_mises_cdf_cut(x: f64) -> f64 {
    let factor = pow(PI, 1.5) * sqrt(x);
    let mut sum = 0.0;
    for k in 0..100_000 {
        let k = f64::from(k);
        let y = 4.0 * k + 1.0;
        let q = y * y / (16.0 * x);
        let weight = exp(lgamma(k + 0.5) - lgamma(k + 1.0)) / factor * sqrt(y);
        let term = weight * exp(-2.0 * q) * scaled_bessel(q);
        sum += term;
        if term < 1e-7 {
            break;
        }
    }
    sum
}

/// e^q K_¼(q) = ∫₀^∞ e^(−q (cosh t − 1)) cosh(t/4) dt by the trapezoid rule, whose error is below 10⁻¹⁶ at this step
/// for q ≥ 0.1.
fn scaled_bessel(q: f64) -> f64 {
    const STEP: f64 = 1.0 / 16.0;
    let mut sum = 0.5;
    for i in 1..400 {
        let t = f64::from(i) * STEP;
        // cosh t − 1 = (e^(t/2) − e^(−t/2))²/2.
        let root = exp(t / 2.0) - exp(-t / 2.0);
        let term = exp(-q * root * root / 2.0) * (exp(t / 4.0) + exp(-t / 4.0)) / 2.0;
        sum += term;
        if term < sum * 1e-18 {
            break;
        }
    }
    sum * STEP
}

/// (2/π) Σ (−1)^(k+1) ∫ √(s / −sin s) e^(−x s²/2) / s ds from (2k − 1)π to 2kπ. With s = (2k − 1)π + π(1 − cos θ)/2 the
/// integrand is smooth and periodic in θ, so that the midpoint rule converges geometrically.
fn tail(x: f64) -> f64 {
    const POINTS: u32 = 128;
    let mut sum = 0.0;
    for k in 1..=4_u32 {
        let start = f64::from(2 * k - 1) * PI;
        let mut part = 0.0;
        for i in 0..POINTS {
            let theta = (f64::from(i) + 0.5) * PI / f64::from(POINTS);
            let half = sin(theta / 2.0);
            let offset = PI * half * half;
            let s = start + offset;
            // −sin s = sin(offset), which near π is that of the rest.
            let other = PI * sin((PI - theta) / 2.0) * sin((PI - theta) / 2.0);
            let depth = sin(offset.min(other));
            part += sqrt(s / depth) * exp(-x * s * s / 2.0) / s * sin(theta);
        }
        part *= PI / f64::from(POINTS) * PI / 2.0;
        sum += if k % 2 == 1 { part } else { -part };
    }
    (2.0 / PI * sum).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::testing::close;
    use super::*;

    #[test]
    fn it_agrees_with_mpmath() {
        // mpmath 1.4, 40 digits: 1 - the series of Anderson & Darling
        for (x, expected) in LAW {
            close(cramer_von_mises_sf(x), expected, 1e-11);
        }
    }

    #[test]
    fn both_forms_agree_where_they_meet() {
        for x in [0.3, 0.5, 0.8] {
            close(tail(x), 1.0 - series(x), 1e-12);
        }
        assert_eq!((cramer_von_mises_sf(-1.0), cramer_von_mises_sf(1e6)), (1.0, 0.0));
        assert!(cramer_von_mises_sf(f64::NAN).is_nan());
    }

    #[rustfmt::skip]
    const LAW: [(f64, f64); 8] = [
        (0.02, 0.9969993856983981),
        (0.05, 0.876280931041349),
        (0.12, 0.4954252969301688),
        (0.3, 0.1351712688051058),
        (0.4614, 0.04998853760908232),
        (0.7435, 0.009997742289748606),
        (2.0, 1.2780736172781673e-05),
        (10.0, 4.178941092885288e-23),
    ];
}
