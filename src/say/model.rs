//! Errors of model functions.

use crate::model::ModelError;

/// Reason why a formula has no answer, as a sentence without its full stop.
pub fn message(error: &ModelError) -> String {
    match error {
        ModelError::OutOfDomain { input, value } => format!("{input} cannot be {value}"),
        ModelError::Saturated {
            offered_load,
            servers,
        } => format!("{servers} servers cannot keep up with work for {offered_load:.2}"),
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
        assert_eq!(message(&saturated), text);
        let bad = ModelError::OutOfDomain {
            input: "clients",
            value: 0.0,
        };
        assert_eq!(message(&bad), "clients cannot be 0");
    }
}
