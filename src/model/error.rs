//! Errors of model functions.

/// Reason why a model function has no result.
///
/// Every variant carries the facts that a person needs to fix the input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ModelError {
    /// An input was NaN, infinite, or outside the range the formula holds for.
    OutOfDomain {
        /// Name of the argument or field, as in the code.
        input: &'static str,
        /// Rejected value.
        value: f64,
    },
    /// Work arrives at least as fast as the servers can finish it.
    Saturated {
        /// Offered load: rate × service time, in busy servers.
        offered_load: f64,
        /// Number of servers.
        servers: f64,
    },
}

/// `value` if it lies in `0..=most`, which NaN does not.
pub(crate) fn within(input: &'static str, value: f64, most: f64) -> Result<f64, ModelError> {
    if (0.0..=most).contains(&value) {
        Ok(value)
    } else {
        Err(ModelError::OutOfDomain { input, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_what_to_change() {
        let bad = within("service_time_s", -1.0, 1e9);
        let error = ModelError::OutOfDomain {
            input: "service_time_s",
            value: -1.0,
        };
        assert_eq!(bad, Err(error));
        assert!(within("rate", f64::NAN, 1e9).is_err());
        assert!(within("rate", f64::INFINITY, 1e9).is_err());
        assert_eq!(within("rate", 0.0, 1e9), Ok(0.0));
    }
}
