//! Why a formula has no answer.

use std::fmt;

/// Why a model function has no answer for its input.
///
/// Every variant carries what a person needs to fix the input. The text of
/// `Display` is shown to the reader, so it is written for the reader.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ModelError {
    /// An input was NaN, infinite, or outside the range the formula holds for.
    OutOfDomain {
        /// The input's name, as the reader knows it.
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

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfDomain { input, value } => write!(f, "{input} cannot be {value}"),
            Self::Saturated {
                offered_load,
                servers,
            } => write!(
                f,
                "{servers} servers cannot keep up with work for {offered_load:.2}"
            ),
        }
    }
}

impl std::error::Error for ModelError {}

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
        let saturated = ModelError::Saturated {
            offered_load: 104.0,
            servers: 100.0,
        };
        let text = "100 servers cannot keep up with work for 104.00";
        assert_eq!(saturated.to_string(), text);
        let bad = within("service time", -1.0, 1e9);
        let error = ModelError::OutOfDomain {
            input: "service time",
            value: -1.0,
        };
        assert_eq!(bad, Err(error));
        assert_eq!(error.to_string(), "service time cannot be -1");
        assert!(within("rate", f64::NAN, 1e9).is_err());
        assert!(within("rate", f64::INFINITY, 1e9).is_err());
        assert_eq!(within("rate", 0.0, 1e9), Ok(0.0));
    }
}
