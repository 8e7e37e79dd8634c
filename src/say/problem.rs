//! Contradictions between fields.

use crate::scenario::validate::Problem;

/// Remedy, shown at the field.
pub fn message(problem: Problem) -> String {
    match problem {
        Problem::NoWeight => "Give at least one provider a weight above 0".to_owned(),
        Problem::MaximumBelowMinimum { minimum } => {
            ["Enter at least the minimum, ", &minimum.to_string()].concat()
        }
        Problem::CachedAboveInput { workload, left } => format!(
            "Enter at most {left} in workload {}: the rest of its input is served from the cache \
             already",
            workload + 1
        ),
    }
}

/// Title, as a sentence without its full stop.
pub(super) fn title(problem: Problem) -> &'static str {
    match problem {
        Problem::NoWeight => "No provider has a weight",
        Problem::MaximumBelowMinimum { .. } => "The HPA maximum is below its minimum",
        Problem::CachedAboveInput { .. } => "More than all of the input is cached or written",
    }
}

/// Title after a colon.
pub(super) fn clause(problem: Problem) -> &'static str {
    match problem {
        Problem::NoWeight => "no provider has a weight",
        Problem::MaximumBelowMinimum { .. } => "the HPA maximum is below its minimum",
        Problem::CachedAboveInput { .. } => "more than all of the input is cached or written",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_what_to_do() {
        let below = Problem::MaximumBelowMinimum { minimum: 21 };
        assert_eq!(message(below), "Enter at least the minimum, 21");
        assert_eq!(title(below), "The HPA maximum is below its minimum");
        assert_eq!(clause(Problem::NoWeight), "no provider has a weight");
        let cached = Problem::CachedAboveInput {
            workload: 1,
            left: 40,
        };
        assert_eq!(
            message(cached),
            "Enter at most 40 in workload 2: the rest of its input is served from the cache already"
        );
    }
}
