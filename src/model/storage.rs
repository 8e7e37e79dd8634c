//! Bytes of stored events, in decimal units.

/// Bytes per gigabyte.
pub const BYTES_PER_GB: f64 = 1e9;

/// Bytes added per day.
///
/// # Source
///
/// The guide, "Event Storage Sizing": daily events × event size.
pub fn bytes_per_day(events_per_day: f64, event_bytes: f64) -> f64 {
    events_per_day * event_bytes
}

/// Bytes held `day` days after the start, with `retention_days` of retention and a daily amount
/// that grows by `growth_per_day_ratio` per day.
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

/// Days until `disk_bytes` are full with a growing daily amount; `None` if not within a century.
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
    // The amount held never shrinks, so bisection finds the day. Days far from the series' estimate
    // need not be summed.
    let (before, behind) = nearly_full(
        bytes_per_day,
        retention_days,
        growth_per_day_ratio,
        disk_bytes,
    );
    let (mut low, mut high) = (0.0, FAR);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if behind < middle || before <= middle && is_full(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// A day on which `disk_bytes` are surely not full, and one on which they surely are, within the
/// precision of [`bytes_held`]: the series solved for its day, with a margin for rounding.
fn nearly_full(
    bytes_per_day: f64,
    retention_days: f64,
    growth_per_day_ratio: f64,
    disk_bytes: f64,
) -> (f64, f64) {
    if growth_per_day_ratio < 1e-6 {
        return (0.0, f64::INFINITY);
    }
    let factor = 1.0 + growth_per_day_ratio;
    // Day on which the series reaches that amount without deletions.
    let of_all = disk_bytes * growth_per_day_ratio / bytes_per_day;
    let of_kept = libm::pow(factor, retention_days) - 1.0;
    let grown = if of_all < of_kept {
        1.0 + of_all
    } else {
        of_all / of_kept
    };
    let kept_from = if of_all < of_kept {
        0.0
    } else {
        retention_days
    };
    let day = kept_from + libm::log(grown) / libm::log(factor);
    let rounding = 1e-13 / (growth_per_day_ratio * growth_per_day_ratio * retention_days);
    let around = 1e-8 + 1e-11 * day + rounding;
    if around.is_finite() && day.is_finite() {
        (day - around, day + around)
    } else {
        (0.0, f64::INFINITY)
    }
}

/// Days until `disk_bytes` are full with dead rows from deletes: none before the first rows expire,
/// then `dead_ratio` of the live ones.
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
    use proptest::prelude::*;

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

    /// Bisection over plain sums of all days.
    fn plainly_full(daily: f64, kept: f64, growth: f64, disk: f64) -> f64 {
        let (mut low, mut high) = (0.0, 36_525.0);
        for _ in 0..50 {
            let middle = f64::midpoint(low, high);
            if disk < bytes_held(daily, kept, growth, middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

        /// Powers of ten: growth up to 8 % a day, a disk from far below the bytes of a day to far
        /// beyond those that are kept.
        #[test]
        fn the_day_of_a_full_disk_is_the_same_to_the_last_bit(
            growth in -7.0..-1.1_f64,
            daily in 3.0..13.0_f64,
            kept in 0.0..3.6_f64,
            disk in -4.0..4.0_f64,
        ) {
            let [growth, daily, kept, disk] =
                [growth, daily, kept, disk].map(|power| libm::pow(10.0, power));
            let disk = daily * kept * disk;
            if let Some(day) = days_until_full_growing(daily, kept, growth, disk) {
                let expected = plainly_full(daily, kept, growth, disk);
                prop_assert_eq!(day.to_bits(), expected.to_bits());
            }
        }
    }
}
