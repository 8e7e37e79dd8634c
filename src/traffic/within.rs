//! Dispersion of requests within their minutes, which a peak minute does not show.

use super::time::{MINUTE_NS, SECOND_NS};

/// Minimum minutes and requests.
const MINUTES_LEAST: i64 = 30;
const REQUESTS_LEAST: usize = 100;
/// Windows in which requests are counted, as limits per minute are enforced over them.
const WINDOWS_NS: [i64; 2] = [SECOND_NS, 10 * SECOND_NS];

/// Index of dispersion of window counts about the mean of their own minute, the larger of both
/// windows; `None` with too few requests or too coarse times.
///
/// A peak is that of a minute, so it already includes differences between minutes. For n requests
/// that fall at random into the w windows of a minute, counts have the variance n ÷ w × (1 − 1 ÷ w)
/// about n ÷ w, so the factor w ÷ (w − 1) makes their index 1.
///
/// # Source
///
/// Cox and Lewis, *The Statistical Analysis of Series of Events* (1966), §2.2 and §4.5.
pub(crate) fn dispersion_within(mut times_ns: Vec<i64>, from_ns: i64, minutes: i64) -> Option<f64> {
    let end_ns = from_ns.saturating_add(minutes.saturating_mul(MINUTE_NS));
    times_ns.retain(|ns| (from_ns..end_ns).contains(ns));
    if minutes < MINUTES_LEAST || times_ns.len() < REQUESTS_LEAST {
        return None;
    }
    times_ns.sort_unstable();
    let step_ns = step(&times_ns);
    let windows = WINDOWS_NS.iter().filter(|window_ns| step_ns <= **window_ns);
    let all = windows.map(|window_ns| about_minutes(&times_ns, from_ns, *window_ns));
    all.reduce(f64::max)
}

/// Largest step that divides all times, which are sorted.
fn step(times_ns: &[i64]) -> i64 {
    times_ns.iter().fold(0, |step, ns| common(step, *ns))
}

fn common(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.abs()
}

fn about_minutes(times_ns: &[i64], from_ns: i64, window_ns: i64) -> f64 {
    let square = |count: usize| (count * count) as f64;
    let squares = |length_ns: i64| -> f64 {
        let place = |ns: &i64| (ns - from_ns).div_euclid(length_ns);
        let runs = times_ns.chunk_by(|a, b| place(a) == place(b));
        runs.map(|run| square(run.len())).sum()
    };
    let windows = (MINUTE_NS / window_ns) as f64;
    let about = squares(window_ns) - squares(MINUTE_NS) / windows;
    about * windows / (windows - 1.0) / times_ns.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thirty minutes of six requests each. All in one second: 36 − 36 ÷ 60 = 35.4 about the mean,
    /// × 60 ÷ 59 ÷ 6 = 6. One in each ten seconds: none about the mean of ten seconds; of seconds
    /// 6 − 36 ÷ 60 = 5.4, × 60 ÷ 59 ÷ 6 = 0.915. Steps of ten seconds do not tell seconds.
    #[test]
    fn requests_within_a_minute_are_uneven_or_not() {
        let minutes = |seconds: [i64; 6], shift_ns: i64| -> Vec<i64> {
            let of = |at: i64| seconds.map(|s| at * MINUTE_NS + s * SECOND_NS + shift_ns * at);
            (0..30).flat_map(of).collect()
        };
        let told = |times| dispersion_within(times, 0, 30);
        let near = |found: Option<f64>, known: f64| {
            assert!(
                found.is_some_and(|it| (it - known).abs() < 1e-3),
                "{found:?}"
            );
        };
        near(told(minutes([7; 6], 1)), 6.0);
        near(told(minutes([0, 10, 20, 30, 40, 50], 1)), 0.9153);
        near(told(minutes([0, 10, 20, 30, 40, 50], 0)), 0.0);
        // Times in whole minutes do not resolve windows within them.
        assert_eq!(told(minutes([0; 6], 0)), None);
        assert_eq!(dispersion_within(minutes([7; 6], 1), 0, 29), None);
    }
}
