//! Comparison of a load with a limit.

/// Relative difference up to which two numbers count as equal: sums and quotients differ in their
/// last digits.
pub const TOLERANCE: f64 = 1e-9;

/// A ratio, exactly 1 if it is 1 up to rounding: exactly full is full, not over.
pub fn snapped(ratio: f64) -> f64 {
    if (ratio - 1.0).abs() <= TOLERANCE {
        1.0
    } else {
        ratio
    }
}

/// Whether a ratio exceeds 1.
pub fn is_over(ratio: f64) -> bool {
    1.0 < snapped(ratio)
}

/// Whether a multiple of today's load is at least today's load.
pub fn holds(scale: f64) -> bool {
    1.0 <= snapped(scale)
}

/// A need rounded up to a whole number, ignoring rounding errors.
pub fn whole_need(need: f64) -> f64 {
    let nearest = libm::round(need);
    if (need - nearest).abs() <= TOLERANCE * nearest.abs() {
        nearest
    } else {
        libm::ceil(need)
    }
}

/// Utilization of a limit.
///
/// A limit of zero allows nothing: any load on it gives `None`, since the ratio has no finite
/// value.
pub fn utilization_ratio(load: f64, limit: f64) -> Option<f64> {
    if load == 0.0 {
        return Some(0.0);
    }
    (0.0 < limit)
        .then(|| snapped(load / limit))
        .filter(|ratio| ratio.is_finite())
}

/// Multiple of the load at which the limit is full; `None` if there is no load.
pub fn scale_to_full(load: f64, limit: f64) -> Option<f64> {
    (0.0 < load)
        .then(|| snapped(limit / load))
        .filter(|scale| scale.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_and_its_limit_are_reciprocal() {
        assert_eq!(
            utilization_ratio(143_750.0, 450_000.0),
            Some(143_750.0 / 450_000.0)
        );
        assert_eq!(scale_to_full(200.0, 500.0), Some(2.5));
        assert_eq!(utilization_ratio(0.0, 0.0), Some(0.0));
        assert_eq!(utilization_ratio(1.0, 0.0), None);
        assert_eq!(scale_to_full(0.0, 10.0), None);
    }

    #[test]
    fn exactly_full_is_full_however_it_was_reached() {
        // 0.1 + 0.2 is more than 0.3 by its last digit.
        assert_eq!(utilization_ratio(0.1 + 0.2, 0.3), Some(1.0));
        assert_eq!(scale_to_full(0.1 + 0.2, 0.3), Some(1.0));
        let over = [0.999, 1.0 - 1e-12, 1.0, 1.0 + 1e-12, 1.000_001].map(is_over);
        assert_eq!(over, [false, false, false, false, true]);
        let held = [0.999_999, 1.0 - 1e-12, 1.0, 1.001].map(holds);
        assert_eq!(held, [false, true, true, true]);
        for (need, whole) in [(15.000_000_000_000_002, 15.0), (15.1, 16.0), (0.0, 0.0)] {
            assert!((whole_need(need) - whole).abs() < 1e-15, "{need}");
        }
    }
}
