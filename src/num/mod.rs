//! Numbers in, the same bits out on every machine: the only place for transcendental functions and hashes.
//!
//! std's `ln`, `exp`, `pow` … call the platform's mathematics library, whose last bit differs between native and wasm
//! for 5–10 % of the inputs. The functions here call `libm`, which is the same Rust code everywhere; the distributions
//! beside them build on these alone. Square roots are exactly rounded by IEEE 754 and need no such care, but stand here
//! too, so that a formula reads from one place.

mod beta;
mod chi_squared;
mod cramer_von_mises;
mod erf;
mod gamma;
pub mod hash;
mod kolmogorov;
mod saddle;

pub use beta::{beta_regularised, student_t_sf_two_sided};
pub use chi_squared::chi_squared_sf;
#[cfg(feature = "monitor")]
pub use cramer_von_mises::cramer_von_mises_cdf_cut;
pub use cramer_von_mises::cramer_von_mises_sf;
pub use erf::{erfc, normal_cdf, normal_quantile, normal_sf};
pub use gamma::{gamma_p, gamma_q, lgamma};
pub use kolmogorov::{kolmogorov_sf, smirnov_sf};

/// The natural logarithm; −∞ at 0, NaN below.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), precise near 0.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// The logarithm of base 2.
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// The logarithm of base 10.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// e to the power x.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// eˣ − 1, precise near 0.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// 2 to the power x.
pub fn exp2(x: f64) -> f64 {
    libm::exp2(x)
}

/// x to the power y.
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// The square root.
pub fn sqrt(x: f64) -> f64 {
    x.sqrt()
}

/// The cube root.
pub fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// √(x² + y²) without overflow on the way.
pub fn hypot(x: f64, y: f64) -> f64 {
    libm::hypot(x, y)
}

/// The sine of an angle in radians.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

/// The cosine of an angle in radians.
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// The arc sine, in radians.
pub fn asin(x: f64) -> f64 {
    libm::asin(x)
}

/// Tests of a computed number against one from another library.
#[cfg(test)]
pub(crate) mod testing {
    /// Fails unless both agree to this relative precision (or are the same number, or both NaN).
    #[track_caller]
    pub(crate) fn close(found: f64, expected: f64, relative: f64) {
        let same = found == expected || (found.is_nan() && expected.is_nan());
        let error = ((found - expected) / expected).abs();
        assert!(
            same || error <= relative,
            "expected {expected:e}, found {found:e}, relative error {error:e}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::testing::close;
    use super::*;

    #[test]
    fn the_elementary_functions_agree_with_known_constants() {
        close(ln(10.0), std::f64::consts::LN_10, 1e-15);
        close(log2(10.0), std::f64::consts::LOG2_10, 1e-15);
        close(log10(2.0), std::f64::consts::LOG10_2, 1e-15);
        close(exp(1.0), std::f64::consts::E, 1e-15);
        close(exp2(0.5), std::f64::consts::SQRT_2, 1e-15);
        close(pow(2.0, 0.5), sqrt(2.0), 1e-15);
        close(cbrt(27.0), 3.0, 1e-15);
        close(hypot(3e200, 4e200), 5e200, 1e-15);
        close(asin(1.0), std::f64::consts::FRAC_PI_2, 1e-15);
        close(sin(1.0) * sin(1.0) + cos(1.0) * cos(1.0), 1.0, 1e-15);
        close(ln_1p(1e-18), 1e-18, 1e-15);
        close(exp_m1(1e-18), 1e-18, 1e-15);
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
    }
}
