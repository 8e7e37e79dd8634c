//! Sums over the geometric distribution of a queue.

/// Sums of rʲ for `r` in 0..=1 and any real number of terms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Geometric {
    ratio: f64,
    /// 1 − r, with more precision than the difference.
    slack: f64,
    /// −ln r.
    decay: f64,
}

impl Geometric {
    pub(super) fn new(ratio: f64, slack: f64) -> Self {
        let decay = if slack < 0.5 {
            -libm::log1p(-slack)
        } else {
            -libm::log(ratio)
        };
        Self {
            ratio,
            slack,
            decay,
        }
    }

    /// rᵐ.
    pub(super) fn power(&self, terms: f64) -> f64 {
        if terms <= 0.0 {
            return 1.0;
        }
        libm::exp(-self.decay * terms)
    }

    /// Σ rʲ for j < m.
    pub(super) fn sum(&self, terms: f64) -> f64 {
        if terms <= 0.0 {
            0.0
        } else if self.slack <= 0.0 {
            terms
        } else {
            -libm::expm1(-self.decay * terms) / self.slack
        }
    }

    /// Mean of j over the terms below m ≥ 1: Σ j·rʲ / Σ rʲ.
    ///
    /// For short decays the difference of two poles is removed by Langevin's function, coth y −
    /// 1/y.
    pub(super) fn mean_below(&self, terms: f64) -> f64 {
        let reach = self.decay * terms;
        let mean = if reach < 0.5 {
            let poles = terms * langevin(reach / 2.0) - langevin(self.decay / 2.0);
            (terms - 1.0 - poles) / 2.0
        } else {
            let last = self.power(terms);
            self.ratio / self.slack - terms * last / (1.0 - last)
        };
        mean.max(0.0)
    }
}

/// coth y − 1/y for 0 ≤ y ≤ ¼, by its series with Bernoulli coefficients.
fn langevin(y: f64) -> f64 {
    let coefficients = [
        1_382.0 / 638_512_875.0,
        2.0 / 93_555.0,
        1.0 / 4_725.0,
        2.0 / 945.0,
        1.0 / 45.0,
        1.0 / 3.0,
    ];
    let alternating = coefficients
        .iter()
        .fold(0.0, |sum, coefficient| coefficient - y * y * sum);
    y * alternating
}
