//! The Poisson distribution at real counts, which is the incomplete gamma function.
//!
//! Every birth-death queue is a sum of such terms. Written this way they stay finite and cost the
//! square root of the number of servers, not the number.

/// Maximum number of terms of a sum; 4 × 10⁹ servers near saturation need a tenth of it.
///
/// A float, since an integer range would take most of the time in unoptimized builds.
const TERMS_MAX: f64 = 1e7;
const ACCURACY: f64 = 1e-17;
/// Replacement for zero in a denominator.
const TINY: f64 = 1e-300;

/// Poisson density at a real count: mean^count · e^−mean / Γ(count + 1).
///
/// # Source
///
/// Loader, "Fast and Accurate Computation of Binomial Probabilities" (2000):
/// the saddle-point form keeps full accuracy where powers and factorials overflow.
pub(super) fn density(count: f64, mean: f64) -> f64 {
    if mean == 0.0 {
        return if count == 0.0 { 1.0 } else { 0.0 };
    }
    if count == 0.0 {
        return libm::exp(-mean);
    }
    let exponent = -stirling_error(count) - deviance(count, mean);
    libm::exp(exponent) / (2.0 * std::f64::consts::PI * count).sqrt()
}

/// ln Γ(n + 1) less Stirling's approximation.
fn stirling_error(n: f64) -> f64 {
    if n < 15.0 {
        let half_ln_two_pi = 0.918_938_533_204_672_8;
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - half_ln_two_pi;
    }
    let square = n * n;
    let inner = 1.0 / 1_260.0 - (1.0 / 1_680.0 - 1.0 / (1_188.0 * square)) / square;
    (1.0 / 12.0 - (1.0 / 360.0 - inner / square) / square) / n
}

/// count · ln(count / mean) + mean − count, without cancellation where they are close.
fn deviance(count: f64, mean: f64) -> f64 {
    let difference = count - mean;
    if 0.1 * (count + mean) <= difference.abs() {
        return count * libm::log(count / mean) - difference;
    }
    let v = difference / (count + mean);
    let mut sum = difference * v;
    let mut term = 2.0 * count * v;
    for j in 1..1_000 {
        term *= v * v;
        let next = sum + term / f64::from(2 * j + 1);
        if next.total_cmp(&sum).is_eq() {
            break;
        }
        sum = next;
    }
    sum
}

/// Sum of the terms after a first term 1, each `mean / (count + k)` times its predecessor: the tail
/// above `count`. For `mean < count + 2`, where the terms soon fall.
pub(super) fn tail(count: f64, mean: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 0.0);
    let mut k = 0.0;
    while k < TERMS_MAX {
        k += 1.0;
        let ratio = mean / (count + k);
        term *= ratio;
        sum += term;
        // From this term on the sum is at most geometric in `ratio`.
        if ratio < 1.0 && term <= ACCURACY * sum * (1.0 - ratio) {
            break;
        }
    }
    sum
}

/// Γ(s, x) / (xˢ e⁻ˣ) for `x ≥ s + 1`.
///
/// # Source
///
/// Legendre's continued fraction (DLMF 8.9.2), summed by Lentz's method.
pub(super) fn upper_fraction(s: f64, x: f64) -> f64 {
    let mut denominator = x + 1.0 - s;
    // Ratios of successive numerators, and inverse ratios of successive denominators.
    let mut above = 1.0 / TINY;
    let mut below = 1.0 / denominator;
    let mut fraction = below;
    let mut i = 0.0;
    while i < TERMS_MAX {
        i += 1.0;
        let numerator = -i * (i - s);
        denominator += 2.0;
        below = 1.0 / nonzero(numerator * below + denominator);
        above = nonzero(denominator + numerator / above);
        fraction *= below * above;
        if (below * above - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

fn nonzero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

/// Γ(s, x) / Γ(s) for `s > 0`: probability that a sum of s unit exponentials exceeds x.
pub(super) fn upper_share(s: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    // Far from s the result is 1 or 0 to the last digit (Chernoff's bound).
    if 800.0 < deviance(s, x) {
        return if x < s { 1.0 } else { 0.0 };
    }
    let density = density(s, x);
    if x < s + 1.0 {
        (1.0 - density * (1.0 + tail(s, x))).max(0.0)
    } else {
        s * density * upper_fraction(s, x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_adds_up_to_one() {
        for mean in [0.0_f64, 0.3, 1.0, 14.0, 15.5, 400.0, 20_000.0] {
            let last = (mean + 12.0 * mean.sqrt() + 40.0).ceil();
            let (mut sum, mut count) = (0.0, 0.0);
            while count <= last {
                sum += density(count, mean);
                count += 1.0;
            }
            assert!((sum - 1.0).abs() < 1e-12, "{mean}: {sum}");
        }
    }

    #[test]
    fn the_density_is_a_power_over_a_factorial() {
        for (count, mean, factorial) in [(1.0, 2.0, 1.0), (3.0, 2.0, 6.0), (10.0, 7.5, 3_628_800.0)]
        {
            let expected = libm::pow(mean, count) * libm::exp(-mean) / factorial;
            let actual = density(count, mean);
            assert!((actual / expected - 1.0).abs() < 1e-13, "{count} {mean}");
        }
    }

    #[test]
    fn the_two_halves_of_the_incomplete_gamma_function_meet() {
        for s in [0.2, 1.0, 3.7, 60.0, 5_000.0, 1e6] {
            let (below, above) = ((s + 1.0) * (1.0 - 1e-12), s + 1.0);
            let (series, fraction) = (upper_share(s, below), upper_share(s, above));
            assert!(
                (series / fraction - 1.0).abs() < 1e-9,
                "{s}: {series} {fraction}"
            );
        }
        // One exponential, and the sum of two.
        assert!((upper_share(1.0, 2.0) - libm::exp(-2.0)).abs() < 1e-15);
        assert!((upper_share(2.0, 5.0) - 6.0 * libm::exp(-5.0)).abs() < 1e-15);
    }
}
