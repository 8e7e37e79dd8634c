//! Why a formula has no answer.

/// Why a model function has no answer for its input.
///
/// Every variant carries what a person needs to fix the input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ModelError {
    /// An input was NaN, infinite, or outside the range the formula holds for.
    OutOfDomain {
        /// The name of the argument or field, as the code has it.
        input: &'static str,
        /// The rejected value.
        value: f64,
    },
    /// Work arrives at least as fast as the servers can finish it.
    Saturated {
        /// Work arriving: rate × service time, in servers kept busy.
        offered_load: f64,
        /// Servers there to do it.
        servers: f64,
    },
}

/// `value` if it lies in `0..=most`; NaN does not.
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
