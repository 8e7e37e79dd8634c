//! A load against a limit.

/// Share of a limit that a load uses.
///
/// A limit of zero allows nothing: any load on it is reported as `None`, as the
/// ratio has no finite value.
pub fn utilization_ratio(load: f64, limit: f64) -> Option<f64> {
    if load == 0.0 {
        return Some(0.0);
    }
    (0.0 < limit)
        .then(|| load / limit)
        .filter(|ratio| ratio.is_finite())
}

/// Multiple of the load at which the limit is full; `None` if there is no load.
pub fn scale_to_full(load: f64, limit: f64) -> Option<f64> {
    (0.0 < load)
        .then(|| limit / load)
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
}
