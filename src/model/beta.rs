//! The beta distribution between two bounds, as PERT uses it.

/// Cumulative distribution function of the beta distribution on 0 to 1.
///
/// # Source
///
/// Abramowitz and Stegun, *Handbook of Mathematical Functions*, 26.5.8: the continued fraction,
/// summed from its front (Lentz, *Applied Optics* 15 (1976)).
fn share_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || 1.0 <= x {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let front = libm::exp(scale + a * libm::log(x) + b * libm::log1p(-x));
    // The fraction converges fast only on one side of the mean.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let apart = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut front = 1.0;
    let mut back = 1.0 / apart(1.0 - (a + b) * x / (a + 1.0));
    let mut sum = back;
    for step in 1..200 {
        let step = f64::from(step);
        let twice = a + 2.0 * step;
        let even = step * (b - step) * x / ((twice - 1.0) * twice);
        let odd = -(a + step) * (a + b + step) * x / (twice * (twice + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            back = 1.0 / apart(1.0 + term * back);
            front = apart(1.0 + term / front);
            change = front * back;
            sum *= change;
        }
        if (change - 1.0).abs() < 1e-13 {
            break;
        }
    }
    sum
}

/// A PERT distribution: bounds, and the likely value between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pert {
    low: f64,
    likely: f64,
    high: f64,
}

impl Pert {
    /// The distribution with this likely value and these 5 and 95 % points, which are in order.
    ///
    /// Its bounds lie beyond the points and have no closed form: each is moved by its point's error
    /// until both points fit.
    ///
    /// # Source
    ///
    /// Malcolm, Roseboom, Clark and Fazar, *Operations Research* 7 (1959): a beta law with
    /// parameters 1 + 4 (likely − low) ÷ (high − low) and 1 + 4 (high − likely) ÷ (high − low).
    pub fn with_points(low: f64, likely: f64, high: f64) -> Self {
        let width = high - low;
        let mut law = Self {
            low: low - 0.3 * (likely - low),
            likely,
            high: high + 0.3 * (high - likely),
        };
        for _ in 0..60 {
            let off_low = law.point(0.05) - low;
            let off_high = law.point(0.95) - high;
            law.low = (law.low - off_low).min(likely);
            law.high = (law.high - off_high).max(likely);
            if off_low.abs().max(off_high.abs()) < 1e-9 * width {
                break;
            }
        }
        law
    }

    /// Parameters of the beta distribution on 0 to 1.
    fn parameters(&self) -> (f64, f64) {
        let width = self.high - self.low;
        (
            1.0 + 4.0 * (self.likely - self.low) / width,
            1.0 + 4.0 * (self.high - self.likely) / width,
        )
    }

    /// Cumulative distribution at `steps` + 1 values, evenly from bound to bound, by Simpson's rule
    /// over the density: a thousand times as fast as separate evaluations.
    pub fn shares(&self, steps: u16) -> Vec<f64> {
        let (a, b) = self.parameters();
        let density = |x: f64| libm::pow(x, a - 1.0) * libm::pow(1.0 - x, b - 1.0);
        let step = 1.0 / f64::from(steps);
        let mut shares = vec![0.0];
        let mut sum = 0.0;
        for index in 0..steps {
            let from = f64::from(index) * step;
            let to = (from + step).min(1.0);
            sum += density(from) + 4.0 * density(f64::midpoint(from, to)) + density(to);
            shares.push(sum);
        }
        shares.iter().map(|share| share / sum).collect()
    }

    /// Lower bound, and distance of the upper bound above it.
    pub fn bounds(&self) -> (f64, f64) {
        (self.low, self.high - self.low)
    }

    /// The quantile of a share.
    pub fn point(&self, share: f64) -> f64 {
        let width = self.high - self.low;
        let (a, b) = self.parameters();
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..44 {
            let middle = f64::midpoint(low, high);
            if share_below(middle, a, b) < share {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.low + width * f64::midpoint(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Closed forms: for whole `a` and `b` the share is a sum of binomial terms.
    #[test]
    fn shares_of_whole_parameters_are_polynomials() {
        let cases = [
            // I_x(1, 5) = 1 − (1 − x)⁵
            (0.2, 1.0, 5.0, 1.0 - 0.8_f64.powi(5)),
            // I_x(3, 3) = 10 x³ − 15 x⁴ + 6 x⁵
            (0.3, 3.0, 3.0, 10.0 * 0.027 - 15.0 * 0.0081 + 6.0 * 0.00243),
            (0.5, 3.0, 3.0, 0.5),
            // I_x(5, 1) = x⁵
            (0.9, 5.0, 1.0, 0.9_f64.powi(5)),
        ];
        for (x, a, b, share) in cases {
            let found = share_below(x, a, b);
            assert!((found - share).abs() < 1e-12, "{x} {a} {b}: {found}");
        }
    }

    #[test]
    fn the_points_of_a_pert_law_are_the_ends() {
        let cases = [
            (40.0, 50.0, 80.0),
            (40.0, 60.0, 80.0),
            (40.0, 40.1, 80.0),
            (0.001, 9.999, 10.0),
            (-5.0, 0.0, 5.0),
        ];
        for (low, likely, high) in cases {
            let law = Pert::with_points(low, likely, high);
            let off = [law.point(0.05) - low, law.point(0.95) - high];
            let room = 1e-6 * (high - low);
            assert!(
                off.iter().all(|off| off.abs() < room),
                "{low} {likely} {high}: {off:?}"
            );
        }
        // By both roads; Simpson's rule is least exact in the first step, where the density has
        // no slope.
        let law = Pert::with_points(40.0, 50.0, 80.0);
        let (low, width) = law.bounds();
        for (index, share) in law.shares(200).iter().enumerate().skip(1).step_by(20) {
            let value = low + width * index as f64 / 200.0;
            assert!((law.point(*share) - value).abs() < 1e-4 * width, "{value}");
        }
        // The middle of a symmetric law is its likely value.
        let law = Pert::with_points(40.0, 60.0, 80.0);
        assert!((law.point(0.5) - 60.0).abs() < 1e-6);
    }
}
