//! Unusable values of a scenario file.

use super::input;
use crate::scenario::file::{Allowed, Problem};
use crate::scenario::link::{LONGEST_NAME, MOST_ROWS, VERSION};
use crate::scenario::property::NumberProblem;

/// A value with its path: `growth: -1 cannot be used. Allowed: 0 to 1,000 %`.
pub fn problem(problem: &Problem) -> String {
    let field = if problem.field.is_empty() {
        "the document"
    } else {
        &problem.field
    };
    format!("{field}: {}", refused(problem))
}

/// A value without its path.
pub fn refused(problem: &Problem) -> String {
    let allowed = match &problem.allowed {
        // How to write it, rather than what is allowed.
        Allowed::Number(problem) if !matches!(problem, NumberProblem::NotAllowed(_)) => {
            input::number_problem(problem)
        }
        other => ["Allowed: ", &allowed(other)].concat(),
    };
    format!("{} cannot be used. {allowed}", problem.value)
}

fn allowed(allowed: &Allowed) -> String {
    match allowed {
        Allowed::Object => "a JSON object".to_owned(),
        Allowed::Version => format!("up to {VERSION}; a newer release wrote this"),
        Allowed::Rows => format!("a list of 1 to {MOST_ROWS} objects"),
        Allowed::Row => "an object".to_owned(),
        Allowed::Fields(keys) => format!("only known fields: {}", keys.join(", ")),
        Allowed::Number(NumberProblem::NotAllowed(bounds)) => input::allowed(*bounds),
        Allowed::Number(problem) => input::number_problem(problem),
        Allowed::Choice(options) => input::options(options),
        Allowed::Words(words) => words.join(", "),
        Allowed::Name => format!("a text of up to {LONGEST_NAME} characters"),
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::file::from_json;
    use serde_json::{Value, json};

    #[test]
    fn each_unusable_value_is_told_with_what_is_allowed() {
        let cases: [(Value, &str); 7] = [
            (
                json!({"growth": -1}),
                "growth: -1 cannot be used. Allowed: 0 to 1,000 %",
            ),
            (
                json!([]),
                "the document: [] cannot be used. Allowed: a JSON object",
            ),
            (
                json!({"version": 3}),
                "version: 3 cannot be used. Allowed: up to 2; a newer release wrote this",
            ),
            (
                json!({"workloads": []}),
                "workloads: [] cannot be used. Allowed: a list of 1 to 200 objects",
            ),
            (
                json!({"overflow": "wait"}),
                "overflow: \"wait\" cannot be used. Allowed: reject, drop_oldest",
            ),
            (
                json!({"growth": "15 ± x"}),
                "growth: \"15 ± x\" cannot be used. Write a number behind ±",
            ),
            (
                json!({"growth": "15..5"}),
                "growth: \"15..5\" cannot be used. Write the lower end first: 5..15",
            ),
        ];
        for (document, sentence) in cases {
            let problems = from_json(&document).expect_err("a wrong document");
            let told: Vec<String> = problems.iter().map(super::problem).collect();
            assert_eq!(told, [sentence]);
        }
    }
}
