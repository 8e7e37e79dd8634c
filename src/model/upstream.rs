//! Calls that reach the providers per client request.

/// Mean attempts per request if each fails with a given probability and at most `attempts` are
/// made.
///
/// # Source
///
/// The mean of a geometric distribution cut after `attempts`: (1 − pⁿ) ÷ (1 − p).
///
/// # Example
///
/// ```
/// use kt_capacity::model::upstream::mean_attempts;
///
/// // Half of the tries fail, three are made: 1 + ½ + ¼.
/// assert_eq!(mean_attempts(0.5, 3), 1.75);
/// ```
pub fn mean_attempts(failure_ratio: f64, attempts: u32) -> f64 {
    // Summed, since 1 − p vanishes if every attempt fails.
    let mut sum = 0.0;
    let mut reached = 1.0;
    for _ in 0..attempts {
        sum += reached;
        reached *= failure_ratio;
    }
    sum
}

/// Share of requests that fail in all of `attempts` tries, each failing with the probability
/// `failure_ratio`.
///
/// # Example
///
/// ```
/// use kt_capacity::model::upstream::failed_ratio;
///
/// // Half of the tries fail, three are made: an eighth fails in all of them.
/// assert_eq!(failed_ratio(0.5, 3), 0.125);
/// ```
pub fn failed_ratio(failure_ratio: f64, attempts: u32) -> f64 {
    libm::pow(failure_ratio, f64::from(attempts))
}

/// Mean total backoff between attempts, seconds: the delay doubles from `first_delay_s` up to
/// `longest_delay_s`.
///
/// # Source
///
/// The gateway's retry block (`initial_delay`, `backoff_multiplier` 2,
/// `max_delay`), without its jitter.
pub fn mean_backoff_s(
    failure_ratio: f64,
    attempts: u32,
    first_delay_s: f64,
    longest_delay_s: f64,
) -> f64 {
    let mut waited = 0.0;
    let mut reached = failure_ratio;
    let mut delay = first_delay_s;
    for _ in 1..attempts {
        waited += reached * delay.min(longest_delay_s);
        reached *= failure_ratio;
        delay *= 2.0;
    }
    waited
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(actual: f64, expected: f64) {
        assert!(
            (actual - expected).abs() < 1e-12,
            "{actual}, expected {expected}"
        );
    }

    #[test]
    fn attempts_follow_the_cut_geometric_mean() {
        // (p, n, expected): (1 − pⁿ) ÷ (1 − p) by hand.
        let cases = [
            (0.0, 3, 1.0),
            (0.1, 3, 1.11),
            (0.5, 1, 1.0),
            (1.0, 3, 3.0),
            (0.2, 2, 1.2),
        ];
        for (failure, attempts, expected) in cases {
            assert_close(mean_attempts(failure, attempts), expected);
        }
    }

    #[test]
    fn the_worst_case_waits_as_the_gateways_sample_does() {
        // 500 ms, then 1 s before the third attempt.
        assert_close(mean_backoff_s(1.0, 3, 0.5, 10.0), 1.5);
        assert_close(mean_backoff_s(1.0, 4, 0.5, 1.5), 0.5 + 1.0 + 1.5);
        assert_close(mean_backoff_s(0.1, 3, 0.5, 10.0), 0.05 + 0.01);
        assert_close(mean_backoff_s(0.0, 3, 0.5, 10.0), 0.0);
    }
}
