//! The error function and the normal distribution.

use super::{ln, sqrt};

/// The complementary error function, precise far into the tail.
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// P(Z ≤ z) of a standard normal variable.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// P(Z > z) of a standard normal variable.
pub fn normal_sf(z: f64) -> f64 {
    normal_cdf(-z)
}

/// The z with P(Z ≤ z) = p; −∞ at 0, ∞ at 1, NaN outside.
///
/// M. J. Wichura (1988), algorithm AS 241 (PPND16), relative error about 10⁻¹⁶.
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let r = sqrt(-ln(tail));
    let z = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 { -z } else { z }
}

/// Numerator and denominator, each by rising power.
type Ratio = ([f64; 8], [f64; 8]);

fn ratio((numerator, denominator): &Ratio, r: f64) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
    horner(numerator) / horner(denominator)
}

const CENTRE: Ratio = (
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_545,
    ],
);

const MIDDLE: Ratio = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

const FAR: Ratio = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_887_9,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_7e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

#[cfg(test)]
mod tests {
    use super::super::testing::close;
    use super::*;

    #[test]
    fn the_normal_tail_agrees_with_mpmath() {
        for (z, expected) in TAIL {
            close(normal_sf(z), expected, 1e-13);
            close(normal_cdf(-z), expected, 1e-13);
        }
    }

    #[test]
    fn the_normal_quantile_agrees_with_mpmath() {
        for (p, expected) in QUANTILE {
            close(normal_quantile(p), expected, 1e-14);
        }
        assert_eq!(normal_quantile(0.5), 0.0);
        assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(normal_quantile(1.1).is_nan() && normal_quantile(f64::NAN).is_nan());
    }

    #[rustfmt::skip]
    const TAIL: [(f64, f64); 11] = [
        (-3.0, 0.9986501019683699),
        (0.0, 0.5),
        (0.5, 0.3085375387259869),
        (1.0, 0.15865525393145705),
        (1.959963984540054, 0.025000000000000012),
        (3.0, 0.0013498980316300946),
        (5.0, 2.866515718791939e-07),
        (8.0, 6.220960574271784e-16),
        (15.0, 3.670966199312751e-51),
        (30.0, 4.906713927148187e-198),
        (37.0, 5.725571222524577e-300),
    ];

    #[rustfmt::skip]
    const QUANTILE: [(f64, f64); 12] = [
        (1e-300, -37.0470962993612),
        (1e-20, -9.262340089798407),
        (1e-10, -6.361340902404057),
        (1e-05, -4.264890793922825),
        (0.01, -2.326347874040841),
        (0.05, -1.6448536269514726),
        (0.07, -1.4757910281791706),
        (0.3, -0.5244005127080408),
        (0.8, 0.8416212335729144),
        (0.95, 1.6448536269514722),
        (0.99, 2.3263478740408408),
        (0.999999, 4.753424308817087),
    ];
}
