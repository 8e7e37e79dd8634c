//! Token economics: from requests per day to tokens per minute.

/// Seconds in a day.
pub const SECONDS_PER_DAY: f64 = 86_400.0;
/// Minutes in a day.
pub const MINUTES_PER_DAY: f64 = 1_440.0;
/// Seconds in a minute.
pub const SECONDS_PER_MINUTE: f64 = 60.0;

/// Tokens per day.
///
/// # Source
///
/// The guide, "Throughput Calculation": requests per day × tokens per request.
///
/// # Example
///
/// ```
/// use kt_capacity::model::demand::tokens_per_day;
///
/// assert_eq!(tokens_per_day(10_000.0, 2_000.0), 20_000_000.0);
/// ```
pub fn tokens_per_day(requests_per_day: f64, tokens_per_request: f64) -> f64 {
    requests_per_day * tokens_per_request
}

/// Mean arrival rate over a day, requests per second.
pub fn mean_rps(requests_per_day: f64) -> f64 {
    requests_per_day / SECONDS_PER_DAY
}

/// Arrival rate at the peak: the mean times the peak multiplier.
///
/// # Source
///
/// The guide's `--peak-multiplier`.
pub fn peak_rps(mean_rps: f64, peak_multiplier: f64) -> f64 {
    mean_rps * peak_multiplier
}

/// Tokens in the peak minute, if the peak rate lasts throughout.
///
/// # Source
///
/// The guide, "Throughput Calculation": peak RPS × tokens per request × 60.
///
/// # Example
///
/// ```
/// use kt_capacity::model::demand::peak_tpm;
///
/// assert_eq!(peak_tpm(50.0, 2_000.0), 6_000_000.0);
/// ```
pub fn peak_tpm(peak_rps: f64, tokens_per_request: f64) -> f64 {
    peak_rps * tokens_per_request * SECONDS_PER_MINUTE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(actual: f64, expected: f64, relative: f64) {
        assert!(
            (actual - expected).abs() <= relative * expected.abs(),
            "{actual}, expected {expected}"
        );
    }

    #[test]
    fn the_command_example_of_the_guide_works_out() {
        // 50,000 requests a day, 1,500 in, 800 out, peak × 3: by hand, the last
        // two in full: 50,000 × 3 ÷ 1,440 and 50,000 × 3 ÷ 1,440 × 2,300.
        let mean = mean_rps(50_000.0);
        let peak = peak_rps(mean, 3.0);
        assert_close(tokens_per_day(50_000.0, 2_300.0), 115_000_000.0, 0.0);
        assert_close(mean, 0.578_703_703_703, 1e-9);
        assert_close(peak, 1.736_111_111_111, 1e-9);
        assert_close(peak * SECONDS_PER_MINUTE, 104.166_666_667, 1e-9);
        assert_close(peak_tpm(peak, 2_300.0), 239_583.333_333, 1e-9);
    }

    #[test]
    fn the_profiles_of_the_guide_work_out() {
        // (input, output, requests/min, tokens/min), the guide's table.
        let rows = [
            (200.0, 150.0, 100.0, 35_000.0),
            (4_000.0, 1_000.0, 20.0, 100_000.0),
            (8_000.0, 500.0, 10.0, 85_000.0),
            (500.0, 0.0, 500.0, 250_000.0),
            (1_500.0, 2_000.0, 30.0, 105_000.0),
        ];
        for (input, output, rpm, expected) in rows {
            assert_close(
                peak_tpm(rpm / SECONDS_PER_MINUTE, input + output),
                expected,
                1e-12,
            );
        }
    }
}
