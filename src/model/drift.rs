//! Drift of a series: independent noise around a level that follows a random walk.
//!
//! The spread of past values tells the noise of future ones, but not the drift of their level. The
//! drift follows from the differences of values: their mean square grows with the distance in time
//! if the level walks.
//!
//! # Source
//!
//! The variogram of Matheron, *Economic Geology* 58 (1963), of the local level model in Harvey,
//! *Forecasting, Structural Time Series Models and the Kalman Filter* (1989).

use super::normal::Z95;

/// Minimum number of values to estimate a drift.
const LEAST: usize = 8;
/// Maximum distance of the differences.
const DISTANCES: usize = 64;

/// Noise and random walk of positive values, in logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    middle: f64,
    noise: f64,
    /// Growth of the level's variance per step.
    walk: f64,
    count: f64,
    /// Mean square of the differences of neighboring quarters' means.
    quarters: f64,
}

/// The mean square of the differences between the means of neighboring runs of so many values.
fn neighbors(values: &[f64], run: usize) -> f64 {
    let mean = |run: &[f64]| run.iter().sum::<f64>() / run.len() as f64;
    let means: Vec<f64> = values.windows(run).map(mean).collect();
    let pairs = means.iter().zip(means.iter().skip(run));
    let squares: Vec<f64> = pairs.map(|(a, b)| (b - a) * (b - a)).collect();
    squares.iter().sum::<f64>() / squares.len().max(1) as f64
}

impl Drift {
    /// Drift of values in order; `None` for fewer than eight values, or if one is not above 0.
    pub fn of(values: &[f64]) -> Option<Self> {
        let is_fit = |value: &f64| 0.0 < *value && value.is_finite();
        if values.len() < LEAST || !values.iter().all(is_fit) {
            return None;
        }
        let logs: Vec<f64> = values.iter().map(|value| libm::log(*value)).collect();
        let count = logs.len() as f64;
        let farthest = logs.len() / 2;
        let step = farthest.div_ceil(DISTANCES);
        let squares = |away: usize| {
            let pairs = logs.iter().zip(&logs[away..]);
            let sum: f64 = pairs.map(|(a, b)| (b - a) * (b - a)).sum();
            (away as f64, sum / (logs.len() - away) as f64)
        };
        let seen: Vec<(f64, f64)> = (1..=farthest).step_by(step).map(squares).collect();
        // Least-squares line: its intercept is twice the noise, its slope the walk per step.
        let many = seen.len() as f64;
        let away = seen.iter().map(|(away, _)| away).sum::<f64>() / many;
        let height = seen.iter().map(|(_, square)| square).sum::<f64>() / many;
        let lean = |(x, y): &(f64, f64)| (x - away) * (y - height);
        let width: f64 = seen.iter().map(|(x, _)| (x - away) * (x - away)).sum();
        let walk = (seen.iter().map(lean).sum::<f64>() / width).max(0.0);
        Some(Self {
            middle: logs.iter().sum::<f64>() / count,
            noise: ((height - walk * away) / 2.0).max(0.0),
            walk,
            count,
            quarters: neighbors(&logs, logs.len() / 4),
        })
    }

    /// The 5 and 95 % points of a value among the next `steps`.
    pub fn ahead(&self, steps: f64) -> [f64; 2] {
        let variance =
            self.noise * (1.0 + 1.0 / self.count) + self.walk * (steps / 2.0 + self.count / 3.0);
        let away = Z95 * libm::sqrt(variance);
        [self.middle - away, self.middle + away].map(libm::exp)
    }

    /// By which factor the mean of as many values that follow may be away from the mean of these,
    /// nine times in ten: at least the one by which neighboring quarters of these were. The line
    /// alone tells too little where few values happen to walk nowhere.
    pub fn factor_of_mean(&self) -> f64 {
        let variance = self.noise * 2.0 / self.count + self.walk * self.count * 2.0 / 3.0;
        libm::exp(Z95 * libm::sqrt(variance.max(self.quarters)))
    }

    /// By which factor one of as many values that follow may be away from the middle of these, nine
    /// times in ten.
    pub fn factor_of_one(&self) -> f64 {
        let [low, high] = self.ahead(self.count);
        libm::sqrt(high / low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_logs(logs: &[f64]) -> Drift {
        let values: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        Drift::of(&values).expect("eight values above 0")
    }

    fn assert_near(found: f64, known: f64) {
        assert!((found / known - 1.0).abs() < 1e-9, "{found} is not {known}");
    }

    /// 0, 1, 0, 1 …: squares of 1, 0, 1, 0 at the distances 1 to 4 fall (slope −0.2), so nothing
    /// walks; their mean 0.5 is twice the noise, 0.25. A value ahead has 0.25 × 9/8 = 0.28125
    /// around 0.5, the mean of eight 0.25 × 2/8 = 0.0625, whose root is 0.25.
    #[test]
    fn noise_alone_does_not_walk() {
        let drift = of_logs(&[0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
        let [low, high] = drift.ahead(8.0);
        assert_near(low, (0.5 - Z95 * 0.281_25_f64.sqrt()).exp());
        assert_near(high, (0.5 + Z95 * 0.281_25_f64.sqrt()).exp());
        assert_near(drift.factor_of_mean(), (Z95 * 0.25).exp());
    }

    /// 0, 1, … 7: squares of 1, 4, 9, 16 at the distances 1 to 4, mean 7.5 at 2.5. The slope is
    /// (1.5 × 6.5 + 0.5 × 3.5 + 0.5 × 1.5 + 1.5 × 8.5) ÷ 5 = 5, and no noise is left: 7.5 < 12.5.
    /// Ahead 5 × (8/2 + 8/3) = 33.33; the mean 5 × 16/3 = 26.67.
    #[test]
    fn a_level_that_moves_walks() {
        let drift = of_logs(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        let [low, high] = drift.ahead(8.0);
        assert_near(low, (3.5 - Z95 * (100.0_f64 / 3.0).sqrt()).exp());
        assert_near(high, (3.5 + Z95 * (100.0_f64 / 3.0).sqrt()).exp());
        assert_near(
            drift.factor_of_mean(),
            (Z95 * (80.0_f64 / 3.0).sqrt()).exp(),
        );
    }

    #[test]
    fn what_says_nothing_has_no_drift() {
        assert_eq!(Drift::of(&[1.0; 7]), None);
        assert_eq!(Drift::of(&[1.0, 2.0, 0.0, 1.0, 2.0, 3.0, 1.0, 2.0]), None);
        // Values that never moved are not expected to move.
        let still = Drift::of(&[5.0; 20]).expect("twenty values");
        assert_near(still.factor_of_mean(), 1.0);
    }
}
