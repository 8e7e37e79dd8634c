//! Load that grows by a ratio per month.

/// Mean days in a month (Gregorian calendar).
pub const DAYS_PER_MONTH: f64 = 365.2425 / 12.0;

/// Months until the load is `scale` times today's; `None` if it never is.
///
/// A scale already reached gives zero.
pub fn months_to_scale(scale: f64, growth_per_month_ratio: f64) -> Option<f64> {
    if scale <= 1.0 {
        return Some(0.0);
    }
    if growth_per_month_ratio <= 0.0 {
        return None;
    }
    let months = libm::log(scale) / libm::log1p(growth_per_month_ratio);
    months.is_finite().then_some(months)
}

/// Daily growth that compounds to a monthly growth.
pub fn growth_per_day_ratio(growth_per_month_ratio: f64) -> f64 {
    libm::pow(1.0 + growth_per_month_ratio, 1.0 / DAYS_PER_MONTH) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubling_takes_what_the_rule_says() {
        // ln 2 ÷ ln 1.15 = 4.9594… months, by calculator.
        let months = months_to_scale(2.0, 0.15).expect("it grows");
        assert!((months - 4.959_484_454).abs() < 1e-6, "{months}");
        assert_eq!(months_to_scale(0.7, 0.0), Some(0.0));
        assert_eq!(months_to_scale(2.0, 0.0), None);
        assert_eq!(months_to_scale(2.0, -0.1), None);
        let daily = growth_per_day_ratio(0.15);
        assert!(
            (libm::pow(1.0 + daily, DAYS_PER_MONTH) - 1.15).abs() < 1e-12,
            "{daily}"
        );
    }
}
