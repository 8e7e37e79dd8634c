//! The standard normal distribution, bit-identical on every machine.
#![expect(
    clippy::excessive_precision,
    reason = "the coefficients are written as they were published"
)]

/// The 95 % point.
pub const Z95: f64 = 1.644_853_626_951_472_2;

/// Cumulative distribution at `z`.
///
/// # Source
///
/// Abramowitz and Stegun, *Handbook of Mathematical Functions*, 26.2.29, by the complement of the
/// error function.
pub fn share_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * core::f64::consts::FRAC_1_SQRT_2)
}

/// Quantile of a share, which is kept away from 0 and 1.
///
/// # Source
///
/// Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", *Applied
/// Statistics* 37 (1988), routine PPND16.
pub fn point(share: f64) -> f64 {
    let share = share.clamp(1e-300, 1.0 - 1e-16);
    let q = share - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &MIDDLE);
    }
    let tail = if q < 0.0 { share } else { 1.0 - share };
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 {
        ratio(r - 1.6, &OUTER)
    } else {
        ratio(r - 5.0, &FAR)
    };
    if q < 0.0 { -z } else { z }
}

/// Coefficients of numerator and denominator, the highest power first.
type Ratio = [[f64; 8]; 2];

fn ratio(x: f64, coefficients: &Ratio) -> f64 {
    let sum = |row: &[f64; 8]| row.iter().fold(0.0, |sum, each| sum * x + each);
    sum(&coefficients[0]) / sum(&coefficients[1])
}

#[rustfmt::skip]
static MIDDLE: Ratio = [
    [2.509_080_928_730_122_672_7e3, 3.343_057_558_358_812_810_5e4,
     6.726_577_092_700_870_085_3e4, 4.592_195_393_154_987_145_7e4,
     1.373_169_376_550_946_112_5e4, 1.971_590_950_306_551_442_7e3,
     1.331_416_678_917_843_774_5e2, 3.387_132_872_796_366_608],
    [5.226_495_278_852_854_561e3, 2.872_908_573_572_194_267_4e4,
     3.930_789_580_009_271_061e4, 2.121_379_430_158_659_586_7e4,
     5.394_196_021_424_751_107_7e3, 6.871_870_074_920_579_083e2,
     4.231_333_070_160_091_125_2e1, 1.0],
];

#[rustfmt::skip]
static OUTER: Ratio = [
    [7.745_450_142_783_414_076_4e-4, 2.272_384_498_926_918_458_33e-2,
     2.417_807_251_774_506_117_7e-1, 1.270_458_252_452_368_382_58,
     3.647_848_324_763_204_605_04, 5.769_497_221_460_691_405_5,
     4.630_337_846_156_545_295_9, 1.423_437_110_749_683_577_34],
    [1.050_750_071_644_416_843_24e-9, 5.475_938_084_995_344_946e-4,
     1.519_866_656_361_645_719_66e-2, 1.481_039_764_274_800_745_9e-1,
     6.897_673_349_851_000_045_5e-1, 1.676_384_830_183_803_849_4,
     2.053_191_626_637_758_821_87, 1.0],
];

#[rustfmt::skip]
static FAR: Ratio = [
    [2.010_334_399_292_288_132_65e-7, 2.711_555_568_743_487_578_15e-5,
     1.242_660_947_388_078_438_6e-3, 2.653_218_952_657_612_309_3e-2,
     2.965_605_718_285_048_912_3e-1, 1.784_826_539_917_291_335_8,
     5.463_784_911_164_114_369_9, 6.657_904_643_501_103_777_2],
    [2.044_263_103_389_939_785_64e-15, 1.421_511_758_316_445_888_7e-7,
     1.846_318_317_510_054_681_8e-5, 7.868_691_311_456_132_591e-4,
     1.487_536_129_085_061_485_25e-2, 1.369_298_809_227_358_053_1e-1,
     5.998_322_065_558_879_376_9e-1, 1.0],
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Points from printed tables (Abramowitz and Stegun, table 26.5), and far ones by
    /// Python's `statistics.NormalDist`.
    #[test]
    fn points_are_those_of_tables() {
        let cases = [
            (0.5, 0.0),
            (0.95, Z95),
            (0.05, -Z95),
            (0.975, 1.959_963_984_540_054),
            (0.999, 3.090_232_306_167_813),
            (1e-9, -5.997_807_015_007_686),
        ];
        for (share, z) in cases {
            let found = point(share);
            assert!((found - z).abs() < 1e-9, "{share}: {found}");
            assert!((share_below(z) - share).abs() < 1e-12, "{z}");
        }
        assert!(point(0.0).is_finite() && point(1.0).is_finite());
    }
}
