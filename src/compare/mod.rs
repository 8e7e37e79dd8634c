//! Comparison of scenarios: inputs and results that differ, and the change of each generated file,
//! as a patch for a pull request.

mod change;
mod difference;
mod input;
mod patch;
mod side;

use crate::catalog::date::Date;

use crate::plan::{FigureId, Plan, evaluate};
use crate::say::compare::{VERDICT, shown as figure_shown};
use crate::say::{figure as say, verdict};

pub use change::{Varying, figures};
pub use difference::Difference;
pub use input::{Varied, inputs, varied};
pub use patch::FilePatch;
pub use side::Side;

/// Differences between two scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Inputs that differ, in the order of a scenario file.
    pub inputs: Vec<Difference>,
    /// Figures that differ, in page order.
    pub results: Vec<Difference>,
    /// Files that differ apart from their head.
    pub files: Vec<FilePatch>,
}

/// Compares two scenarios, as of `today`.
pub fn compare(before: &Side, after: &Side, today: Date) -> Comparison {
    let plans = [before, after].map(|side| evaluate(side.scenario, today));
    Comparison {
        inputs: inputs(before.scenario, after.scenario),
        results: results(&plans[0], &plans[1]),
        files: patch::files([before, after], [&plans[0], &plans[1]]),
    }
}

impl Comparison {
    /// Patch of all files.
    pub fn patch(&self) -> String {
        self.files.iter().map(|file| file.patch.as_str()).collect()
    }
}

fn results(before: &Plan, after: &Plan) -> Vec<Difference> {
    let shown = |plan: &Plan, id: &FigureId| {
        let figure = plan.figures.iter().find(|figure| figure.id == *id);
        figure.map(figure_shown)
    };
    let mut results = Vec::new();
    let mut push = |label: &str, before: Option<String>, after: Option<String>| {
        if before != after {
            results.push(Difference::new(label, before, after));
        }
    };
    let label = |plan: &Plan| Some(verdict::label(&plan.verdict));
    push(VERDICT, label(before), label(after));
    for figure in &after.figures {
        let (was, is) = (shown(before, &figure.id), shown(after, &figure.id));
        push(&say::label(figure), was, is);
    }
    for figure in &before.figures {
        if shown(after, &figure.id).is_none() {
            push(&say::label(figure), shown(before, &figure.id), None);
        }
    }
    results
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::scenario::Scenario;

    const TODAY: Date = date(2026, 11, 23);

    fn compared(change: impl Fn(&mut Scenario)) -> Comparison {
        let before = Scenario::default();
        let mut after = before.clone();
        change(&mut after);
        let link = "";
        let [before, after] = [&before, &after].map(|scenario| Side { scenario, link });
        compare(&before, &after, TODAY)
    }

    #[test]
    fn the_same_scenario_differs_in_nothing() {
        let same = compared(|_| {});
        assert_eq!(
            (same.inputs, same.results, same.files),
            (vec![], vec![], vec![])
        );
    }

    #[test]
    fn one_input_is_named_with_its_results_and_files() {
        let compared = compared(|scenario| scenario.gateway.hpa.replicas_max = Some(30));
        let [input] = compared.inputs.as_slice() else {
            panic!("{:?}", compared.inputs);
        };
        assert_eq!(input.label, "HPA maximum");
        assert_eq!(
            (input.before.as_str(), input.after.as_str()),
            ("20 pods", "30 pods")
        );
        let names: Vec<&str> = compared.files.iter().map(|file| file.name).collect();
        assert!(
            names.contains(&"hpa.yaml") && names.contains(&"scenario.json"),
            "{names:?}"
        );
        assert!(!names.contains(&"deployment.yaml"), "{names:?}");
        let patch = compared.patch();
        assert!(
            patch.contains("--- a/hpa.yaml\n+++ b/hpa.yaml\n@@ "),
            "{patch}"
        );
        assert!(patch.contains("\n-  maxReplicas: 20"), "{patch}");
        assert!(patch.contains("\n+  maxReplicas: 30"), "{patch}");
    }

    #[test]
    fn results_show_both_sides() {
        let compared = compared(|scenario| scenario.workloads[0].requests = 100_000.0);
        let peak = compared.results.iter().find(|r| r.label == "Peak requests");
        let peak = peak.map(|peak| (peak.before.as_str(), peak.after.as_str()));
        assert_eq!(peak, Some(("1.74 rps", "3.47 rps")));
    }
}
