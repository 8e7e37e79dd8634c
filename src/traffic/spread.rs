//! Quantiles of counts and of durations.

use serde::Serialize;

/// Distribution of durations, seconds.
#[derive(Debug, Clone, Serialize)]
pub struct Latency {
    /// Number of durations.
    pub n: u64,
    /// Mean.
    pub mean: f64,
    /// Median; unknown if a source gives means of buckets.
    pub p50: Option<f64>,
    /// 95th percentile; unknown if a source gives means of buckets.
    pub p95: Option<f64>,
}

/// Quantile of sorted values by linear interpolation at `(n − 1) q`, preceded by `zeros` zeros;
/// `None` without values.
pub(crate) fn quantile(sorted: &[f64], zeros: usize, q: f64) -> Option<f64> {
    let n = sorted.len() + zeros;
    if n == 0 {
        return None;
    }
    let value = |at: usize| {
        if at < zeros {
            0.0
        } else {
            sorted[(at - zeros).min(sorted.len() - 1)]
        }
    };
    let place = (n - 1) as f64 * q;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the place lies between 0 and n − 1"
    )]
    let below = place.floor() as usize;
    let low = if sorted.is_empty() { 0.0 } else { value(below) };
    let high = if sorted.is_empty() {
        0.0
    } else {
        value((below + 1).min(n - 1))
    };
    Some(low + (high - low) * (place - below as f64))
}

/// Median of at least one value.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    quantile(&values, 0, 0.5).unwrap_or_default()
}

/// Durations, kept individually until there are too many.
#[derive(Debug, Clone, Default)]
pub(crate) struct Durations {
    count: u64,
    sum_s: f64,
    /// Weighted means of buckets have no quantiles.
    is_weighted: bool,
    kept: Vec<f64>,
    /// Number of durations by bin, once there are too many to keep.
    bins: Vec<u64>,
}

/// Maximum durations kept individually.
const KEPT_MOST: usize = 2_000_000;
/// Bins of 1 % width, from a tenth of a millisecond to a day.
const BINS: usize = 2_100;
const BIN_LEAST_S: f64 = 1e-4;
const BIN_RATIO: f64 = 1.01;

impl Durations {
    /// Adds a duration, seconds.
    pub(crate) fn push(&mut self, seconds: f64) {
        self.count += 1;
        self.sum_s += seconds;
        if !self.bins.is_empty() {
            self.bins[bin(seconds)] += 1;
        } else if self.kept.len() < KEPT_MOST {
            self.kept.push(seconds);
        } else {
            self.bins = vec![0; BINS];
            for kept in std::mem::take(&mut self.kept) {
                self.bins[bin(kept)] += 1;
            }
            self.bins[bin(seconds)] += 1;
        }
    }

    /// Adds the mean of a bucket, with its number of requests.
    pub(crate) fn push_mean(&mut self, mean_s: f64, requests: f64) {
        self.is_weighted = true;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "requests of a bucket are counts"
        )]
        let count = requests.round() as u64;
        self.count += count;
        self.sum_s += mean_s * requests;
    }

    /// Mean and quantiles; without quantiles for means of buckets.
    pub(crate) fn summary(mut self) -> Option<Latency> {
        if self.count == 0 {
            return None;
        }
        self.kept.sort_by(f64::total_cmp);
        let at = |q| {
            if self.is_weighted {
                None
            } else if self.bins.is_empty() {
                quantile(&self.kept, 0, q)
            } else {
                Some(self.binned_s(q))
            }
        };
        Some(Latency {
            n: self.count,
            mean: self.sum_s / self.count as f64,
            p50: at(0.5),
            p95: at(0.95),
        })
    }

    fn binned_s(&self, q: f64) -> f64 {
        let rank = q * self.count as f64;
        let mut below = 0;
        let at = self.bins.iter().position(|count| {
            below += count;
            rank <= below as f64
        });
        let middle = at.unwrap_or(BINS - 1) as f64 + 0.5;
        BIN_LEAST_S * libm::pow(BIN_RATIO, middle)
    }
}

fn bin(seconds: f64) -> usize {
    let place = libm::log(seconds.max(BIN_LEAST_S) / BIN_LEAST_S) / libm::log(BIN_RATIO);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the place is not below 0 and held to the last bin"
    )]
    let place = place as usize;
    place.min(BINS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_count_the_zeros() {
        // 0, 0, 1, 3 at (4 − 1) × 0.5 = 1.5: halfway from 0 to 1.
        assert_eq!(quantile(&[1.0, 3.0], 2, 0.5), Some(0.5));
        assert_eq!(quantile(&[1.0, 3.0], 2, 1.0), Some(3.0));
        assert_eq!(quantile(&[], 4, 0.99), Some(0.0));
        assert_eq!(quantile(&[], 0, 0.5), None);
    }
}
