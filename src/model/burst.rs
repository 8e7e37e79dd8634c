//! Limits that are judged over less than a minute.

/// Share of a limit that steady traffic may use before its own bursts break it.
///
/// A limit per minute judged over `window_s` admits `limit × window ÷ 60`
/// arrivals in each window. Counts in a window vary: with mean m and variance
/// D × m they stay below `m + z √(D m)` except once in a hundred windows
/// (z = 2.326). The usable mean solves `m + z √(D m) = limit of the window`.
///
/// # Source
///
/// Normal approximation of window counts; the dispersion D is the index of
/// dispersion of counts (Cox and Lewis, *The Statistical Analysis of Series of
/// Events* (1966), §4.5).
pub fn usable_ratio(limit_per_minute: f64, window_s: f64, dispersion: f64) -> f64 {
    const ONE_IN_A_HUNDRED: f64 = 2.326_347_874_040_841;
    let window_limit = limit_per_minute * window_s / 60.0;
    if window_limit <= 0.0 {
        return 0.0;
    }
    // With x = √m: x² + z√D x − L = 0.
    let half = ONE_IN_A_HUNDRED * libm::sqrt(dispersion.max(0.0)) / 2.0;
    // The difference of the usual root cancels for small limits; this form does not.
    let root = window_limit / (half + libm::sqrt(half * half + window_limit));
    (root * root / window_limit).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usable_mean_reaches_the_limit_once_in_a_hundred_windows() {
        for (limit, window, dispersion) in
            [(1_800.0, 10.0, 1.0), (600.0, 1.0, 4.0), (6.0, 10.0, 1.0)]
        {
            let window_limit = limit * window / 60.0;
            let mean = usable_ratio(limit, window, dispersion) * window_limit;
            let high = mean + 2.326_347_874_040_841 * (dispersion * mean).sqrt();
            assert!(
                (high / window_limit - 1.0).abs() < 1e-9,
                "{limit}/{window} s: {high}"
            );
        }
    }

    #[test]
    fn longer_windows_and_calmer_traffic_leave_more() {
        assert!(usable_ratio(600.0, 1.0, 1.0) < usable_ratio(600.0, 10.0, 1.0));
        assert!(usable_ratio(600.0, 10.0, 4.0) < usable_ratio(600.0, 10.0, 1.0));
        assert!((usable_ratio(600.0, 10.0, 0.0) - 1.0).abs() < 1e-12);
        assert!(usable_ratio(0.0, 10.0, 1.0).abs() < 1e-12);
    }
}
