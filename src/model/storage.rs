//! Bytes of stored events, in decimal units.

/// Bytes per gigabyte.
pub const BYTES_PER_GB: f64 = 1e9;

/// Bytes a day adds.
///
/// # Source
///
/// The guide, "Event Storage Sizing": daily events × event size.
pub fn bytes_per_day(events_per_day: f64, event_bytes: f64) -> f64 {
    events_per_day * event_bytes
}

/// Bytes held `day` days after the start when events are kept `retention_days`
/// and the daily amount grows by `growth_per_day_ratio` a day.
///
/// Day k adds `bytes_per_day × (1 + g)^k`; the sum over the last
/// `retention_days` days is a geometric series.
pub fn bytes_held(
    bytes_per_day: f64,
    retention_days: f64,
    growth_per_day_ratio: f64,
    day: f64,
) -> f64 {
    let kept = day.min(retention_days);
    if growth_per_day_ratio.abs() < 1e-12 {
        return bytes_per_day * kept;
    }
    let factor = 1.0 + growth_per_day_ratio;
    let first = libm::pow(factor, day - kept);
    bytes_per_day * first * (libm::pow(factor, kept) - 1.0) / growth_per_day_ratio
}

/// Days until `disk_bytes` are full at today's rate; `None` if that never happens.
pub fn days_until_full(bytes_per_day: f64, retention_days: f64, disk_bytes: f64) -> Option<f64> {
    let full = bytes_per_day * retention_days;
    (disk_bytes < full).then(|| disk_bytes / bytes_per_day)
}

/// Days until `disk_bytes` are full where the daily amount grows; `None` if that does
/// not happen within a century.
pub fn days_until_full_growing(
    bytes_per_day: f64,
    retention_days: f64,
    growth_per_day_ratio: f64,
    disk_bytes: f64,
) -> Option<f64> {
    const FAR: f64 = 36_525.0;
    let is_full =
        |day| disk_bytes < bytes_held(bytes_per_day, retention_days, growth_per_day_ratio, day);
    if !is_full(FAR) {
        return None;
    }
    // The amount held never shrinks, so halving the span finds the day.
    let (mut low, mut high) = (0.0, FAR);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if is_full(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// Days until `disk_bytes` are full where deletes leave dead rows: none before the first
/// rows are old enough to go, `dead_ratio` of the live ones from then on.
pub fn days_until_full_with_dead_rows(
    (bytes_per_day, dead_ratio): (f64, f64),
    retention_days: f64,
    growth_per_day_ratio: f64,
    disk_bytes: f64,
) -> Option<f64> {
    let full = |bytes_per_day| {
        days_until_full_growing(
            bytes_per_day,
            retention_days,
            growth_per_day_ratio,
            disk_bytes,
        )
    };
    let live = full(bytes_per_day);
    if live.is_some_and(|day| day <= retention_days) {
        return live;
    }
    full(bytes_per_day * (1.0 + dead_ratio)).map(|day| day.max(retention_days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_guide_works_out() {
        // 100,000 events a day: 200 MB, 6 GB at 30 days, 18 GB at 90.
        let daily = bytes_per_day(100_000.0, 2_000.0);
        assert!((daily - 200e6).abs() < 1e-3, "{daily}");
        assert!((bytes_held(daily, 30.0, 0.0, 30.0) - 6e9).abs() < 1e-3);
        assert!((bytes_held(daily, 90.0, 0.0, 365.0) - 18e9).abs() < 1e-3);
    }

    #[test]
    fn growth_adds_up_day_by_day() {
        let (daily, growth) = (100.0, 0.01);
        for (retention, day) in [(30_u32, 10_u32), (30, 30), (30, 200), (365, 200)] {
            let first = day.saturating_sub(retention);
            let expected: f64 = (first..day)
                .map(|k| daily * 1.01_f64.powi(k.cast_signed()))
                .sum();
            let actual = bytes_held(daily, f64::from(retention), growth, f64::from(day));
            assert!(
                (actual / expected - 1.0).abs() < 1e-9,
                "{retention} {day}: {actual} {expected}"
            );
        }
    }

    #[test]
    fn growth_fills_a_disk_on_the_day_its_sum_says() {
        // 100 bytes a day growing by 1 %: 100 × (1.01^n − 1) ÷ 0.01 = 5,000 at
        // n = ln 1.5 ÷ ln 1.01 = 40.749 days.
        let days = days_until_full_growing(100.0, 365.0, 0.01, 5_000.0).expect("full one day");
        assert!((days - 40.748_907).abs() < 1e-5, "{days}");
        // Ten days of retention hold 1,000 bytes; growth alone reaches 5,000 later:
        // the series of ten days is 956.6, so 1.01^(n − 10) = 5.2271.
        let days = days_until_full_growing(100.0, 10.0, 0.01, 5_000.0).expect("full one day");
        let held = bytes_held(100.0, 10.0, 0.01, days);
        assert!((held / 5_000.0 - 1.0).abs() < 1e-9, "{held}");
        assert_eq!(days_until_full_growing(100.0, 10.0, 0.0, 5_000.0), None);
        assert_eq!(days_until_full_growing(0.0, 10.0, 0.01, 5_000.0), None);
    }

    #[test]
    fn a_disk_that_holds_the_retention_never_fills() {
        assert_eq!(days_until_full(2.88e9, 90.0, 200e9), Some(200.0 / 2.88));
        assert_eq!(days_until_full(2.88e9, 90.0, 1e12), None);
        assert_eq!(days_until_full(0.0, 90.0, 1e12), None);
    }
}
