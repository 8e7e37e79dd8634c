//! Contradictions between fields.

use crate::scenario::validate::Problem;

/// What to do about it, beside the field.
pub fn message(problem: Problem) -> String {
    match problem {
        Problem::NoWeight => "Give at least one provider a weight above 0".to_owned(),
        Problem::MaximumBelowMinimum { minimum } => {
            ["Enter at least the minimum, ", &minimum.to_string()].concat()
        }
    }
}

/// What is wrong, as a sentence without its full stop.
pub(super) fn title(problem: Problem) -> &'static str {
    match problem {
        Problem::NoWeight => "No provider has a weight",
        Problem::MaximumBelowMinimum { .. } => "The HPA maximum is below its minimum",
    }
}

/// The same after a colon.
pub(super) fn clause(problem: Problem) -> &'static str {
    match problem {
        Problem::NoWeight => "no provider has a weight",
        Problem::MaximumBelowMinimum { .. } => "the HPA maximum is below its minimum",
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
    }
}
