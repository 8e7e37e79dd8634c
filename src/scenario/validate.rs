//! Checks that no single field can make.

use super::Scenario;

/// A contradiction between fields; its words are in `say::problem`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No provider has a weight, so none takes a request.
    NoWeight,
    /// The autoscaler's maximum is below its minimum.
    MaximumBelowMinimum {
        /// The minimum, pods.
        minimum: u32,
    },
}

impl Problem {
    /// Key of the field the message belongs to, as in `property`.
    pub fn field(self) -> &'static str {
        match self {
            Self::NoWeight => "weight",
            Self::MaximumBelowMinimum { .. } => "hpa-max",
        }
    }
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
        found.push(Problem::NoWeight);
    }
    let hpa = &scenario.gateway.hpa;
    if let (Some(minimum), Some(maximum)) = (hpa.replicas_min, hpa.replicas_max)
        && maximum < minimum
    {
        found.push(Problem::MaximumBelowMinimum { minimum });
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
        assert_eq!(problems(&scenario), [Problem::NoWeight]);
        assert_eq!(Problem::NoWeight.field(), "weight");
    }

    #[test]
    fn the_minimum_must_not_pass_the_maximum() {
        let mut scenario = Scenario::default();
        scenario.gateway.hpa.replicas_min = Some(21);
        let problem = Problem::MaximumBelowMinimum { minimum: 21 };
        assert_eq!(problems(&scenario), [problem]);
        assert_eq!(problem.field(), "hpa-max");
    }
}
