//! Checks that no single field can make.

use super::Scenario;

/// Something that is wrong with the scenario, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Key of the field the message belongs to, as in `property`.
    pub field: &'static str,
    /// The remedy.
    pub message: String,
}

/// Everything that contradicts itself. Each field by itself is in range: the
/// form and the link parser see to that.
pub fn problems(scenario: &Scenario) -> Vec<Problem> {
    let mut found = Vec::new();
    let weights: f64 = scenario
        .providers
        .iter()
        .map(|provider| provider.weight)
        .sum();
    if weights <= 0.0 {
        found.push(Problem {
            field: "weight",
            message: "Give at least one provider a weight above 0".to_owned(),
        });
    }
    let hpa = &scenario.gateway.hpa;
    if let (Some(min), Some(max)) = (hpa.replicas_min, hpa.replicas_max)
        && max < min
    {
        found.push(Problem {
            field: "hpa-max",
            message: format!("Enter at least the minimum, {min}"),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_has_no_problem() {
        assert_eq!(problems(&Scenario::default()), []);
    }

    #[test]
    fn weights_must_not_all_be_zero() {
        let mut scenario = Scenario::default();
        for provider in &mut scenario.providers {
            provider.weight = 0.0;
        }
        assert_eq!(problems(&scenario)[0].field, "weight");
    }

    #[test]
    fn the_minimum_must_not_pass_the_maximum() {
        let mut scenario = Scenario::default();
        scenario.gateway.hpa.replicas_min = Some(21);
        assert_eq!(
            problems(&scenario)[0].message,
            "Enter at least the minimum, 21"
        );
    }
}
