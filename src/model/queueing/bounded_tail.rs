//! Distribution of the wait in a queue of bounded length.

use super::geometric::Geometric;
use super::poisson;

/// Largest steps × ln ratio at which the closed form of the tail loses digits, so that the tail is
/// interpolated instead.
const BALANCED: f64 = 1e-4;

/// Wait of an accepted request that has to wait.
///
/// It finds j of `steps` taken with a probability in proportion to ratioʲ and waits for j + 1
/// exponential times. In an M/M/c queue a step is one completion; otherwise as many completions as
/// vary like one exponential time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BoundedTail {
    /// Number of steps, any real number from 0 on.
    pub(super) steps: f64,
    /// ln of the ratio.
    pub(super) log_ratio: f64,
    /// Mean time of a step.
    pub(super) step_s: f64,
}

impl BoundedTail {
    /// Wait that a share `target` of the waiting requests exceeds, seconds: Newton's method inside
    /// a bracket.
    pub(super) fn quantile_s(&self, target: f64) -> f64 {
        if self.steps <= 0.0 || 1.0 <= target {
            return 0.0;
        }
        let slack = self.slack();
        let (mut low, mut high) = (0.0, self.steps + 10.0 * self.steps.sqrt() + 40.0);
        let unbounded = -libm::log(target) / slack;
        let mut x = if 0.0 < slack && unbounded < high {
            unbounded
        } else {
            self.steps.min(high / 2.0)
        };
        for _ in 0..200 {
            let excess = self.longer_than(x) - target;
            if 0.0 < excess {
                low = x;
            } else {
                high = x;
            }
            let next = x + excess / self.rate_at(x).max(f64::MIN_POSITIVE);
            let inside = low < next && next < high;
            let next = if inside {
                next
            } else {
                f64::midpoint(low, high)
            };
            let step = (next - x).abs();
            x = next;
            if step <= 1e-13 * x {
                break;
            }
        }
        x * self.step_s
    }

    /// 1 − ratio.
    fn slack(&self) -> f64 {
        -libm::expm1(self.log_ratio)
    }

    /// Probability that the wait exceeds `x` mean steps.
    fn longer_than(&self, x: f64) -> f64 {
        let balance = self.steps * self.log_ratio;
        if BALANCED <= balance.abs() {
            return self.longer_at(x, self.log_ratio);
        }
        // Interpolated between three points, as the closed form has no digits left here.
        let middle = poisson::upper_share(self.steps, x) * (1.0 - x / self.steps)
            + poisson::density(self.steps, x);
        let above = self.longer_at(x, BALANCED / self.steps);
        let below = self.longer_at(x, -BALANCED / self.steps);
        let along = balance / BALANCED;
        let bend = f64::midpoint(above, below) - middle;
        middle + along * (f64::midpoint(above, -below) + along * bend)
    }

    /// The sum over j in closed form: two incomplete gamma functions.
    fn longer_at(&self, x: f64, log_ratio: f64) -> f64 {
        let all = poisson::upper_share(self.steps, x);
        let full = -libm::expm1(-self.steps * log_ratio.abs());
        let longer = if log_ratio < 0.0 {
            let slack = -libm::expm1(log_ratio);
            let thin = poisson::upper_share(self.steps, x * libm::exp(log_ratio));
            libm::exp(-x * slack) * thin - libm::exp(self.steps * log_ratio) * all
        } else {
            all - self.crowded(x, log_ratio)
        };
        (longer / full).clamp(0.0, 1.0)
    }

    /// e^(x(r − 1)) r^−m · Γ(m, rx) / Γ(m), where neither factor alone need be finite.
    fn crowded(&self, x: f64, log_ratio: f64) -> f64 {
        let thick = x * libm::exp(log_ratio);
        if thick < self.steps + 1.0 {
            let exponent = x * libm::expm1(log_ratio) - self.steps * log_ratio;
            libm::exp(exponent) * poisson::upper_share(self.steps, thick)
        } else {
            let density = poisson::density(self.steps, x);
            self.steps * density * poisson::upper_fraction(self.steps, thick)
        }
    }

    /// Density of [`Self::longer_than`].
    fn rate_at(&self, x: f64) -> f64 {
        let falling = -self.log_ratio.abs();
        let (ratio, slack) = (libm::exp(falling), -libm::expm1(falling));
        let sum = Geometric::new(ratio, slack).sum(self.steps);
        if self.log_ratio <= 0.0 {
            let thin = poisson::upper_share(self.steps, x * ratio);
            libm::exp(-x * slack) * thin / sum
        } else {
            self.crowded(x, self.log_ratio) / (ratio * sum)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mixture over the queue that an accepted request finds, term by term.
    fn tail_by_states(ratio: f64, places: u32, x: f64) -> f64 {
        let (mut found, mut all, mut longer) = (1.0, 0.0, 0.0);
        let (mut done, mut completions) = (0.0, libm::exp(-x));
        for j in 0..places {
            // At most j completions: the request behind j others still waits.
            done += completions;
            completions *= x / f64::from(j + 1);
            longer += found * done;
            all += found;
            found *= ratio;
        }
        longer / all
    }

    #[test]
    fn the_tail_is_the_mixture_of_its_states() {
        for places in [1, 2, 7, 50] {
            for balance in [
                -20.0, -1.0, -1e-3, -1.1e-4, -3e-5, 0.0, 7e-5, 2e-4, 0.1, 0.9,
            ] {
                let tail = BoundedTail {
                    steps: f64::from(places),
                    log_ratio: balance / f64::from(places),
                    step_s: 1.0,
                };
                let ratio = libm::exp(tail.log_ratio);
                for x in [1e-6, 0.1, 1.0, 5.0, 30.0, 80.0] {
                    let (actual, expected) =
                        (tail.longer_than(x), tail_by_states(ratio, places, x));
                    assert!(
                        (actual - expected).abs() < 1e-10,
                        "{ratio} {places} {x}: {actual}, expected {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_quantile_is_where_the_tail_falls_to_its_target() {
        for steps in [0.3, 1.0, 6.5, 100.0, 1e6] {
            for balance in [-1e5, -30.0, -1.0, -1e-5, 0.0, 1.0, 40.0] {
                let tail = BoundedTail {
                    steps,
                    log_ratio: balance / steps,
                    step_s: 1.0,
                };
                for target in [0.9, 0.05, 0.01] {
                    let actual = tail.longer_than(tail.quantile_s(target));
                    let close = (actual / target - 1.0).abs() < 1e-8;
                    assert!(close, "{tail:?} {target}: {actual}");
                }
            }
        }
    }
}
