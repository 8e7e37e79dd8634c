//! Figures that differ between scenarios, and by how much.

use crate::plan::{Figure, FigureId, Plan};
use crate::say::compare as say;
use crate::say::figure;

/// Figure over several scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct Varying {
    /// Label of the figure.
    pub label: String,
    /// Whether the figure is at the top of the page.
    pub is_headline: bool,
    /// Value as shown and one more fact, per scenario; `None` for a scenario without the figure.
    pub sides: Vec<Option<(String, String)>>,
    /// Change against the first scenario, for each of the others.
    pub changes: Vec<String>,
}

/// Headline figures of several plans, then the other figures that differ, in page order. Changes
/// are against the first plan.
pub fn figures(plans: &[&Plan]) -> Vec<Varying> {
    let mut ids: Vec<&FigureId> = Vec::new();
    for figure in plans.iter().flat_map(|plan| &plan.figures) {
        if !ids.contains(&&figure.id) {
            ids.push(&figure.id);
        }
    }
    let varying = |id: &FigureId| {
        let find = |plan: &&Plan| plan.figures.iter().position(|figure| figure.id == *id);
        let found: Vec<Option<&Figure>> = plans
            .iter()
            .map(|plan| find(plan).and_then(|at| plan.figures.get(at)))
            .collect();
        let any = found.iter().flatten().next()?;
        let told = Varying {
            label: figure::label(any).into_owned(),
            is_headline: any.id.is_headline(),
            sides: found
                .iter()
                .map(|it| it.map(|it| (say::shown(it), figure::sub(it))))
                .collect(),
            changes: found
                .iter()
                .skip(1)
                .map(|other| match (found[0], other) {
                    (Some(first), Some(other)) => say::change(first, other),
                    (None, Some(_)) => say::ONLY_HERE.to_owned(),
                    (Some(_), None) => say::NONE_HERE.to_owned(),
                    (None, None) => String::new(),
                })
                .collect(),
        };
        let differs = told.sides.windows(2).any(|two| two[0] != two[1]);
        (any.id.is_headline() || differs).then_some(told)
    };
    ids.into_iter().filter_map(varying).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::say::words;
    use crate::scenario::Scenario;

    #[test]
    fn headlines_stand_in_any_case_and_the_rest_where_it_differs() {
        let today = date(2026, 11, 23);
        let first = Scenario::default();
        let mut second = first.clone();
        second.workloads[0].requests = 100_000.0;
        let [a, b] = [&first, &second].map(|scenario| evaluate(scenario, today));
        let same = figures(&[&a, &a]);
        assert!(
            same.iter().all(|row| row.changes == ["the same"]),
            "{same:?}"
        );
        assert_eq!(
            same.len(),
            a.figures.iter().filter(|f| f.id.is_headline()).count()
        );
        let told = figures(&[&a, &b]);
        let changes = |label: &str| {
            let row = told.iter().find(|row| row.label == label);
            row.map(|row| words::plain_spaces(&row.changes.join(" | ")))
        };
        // 50,000 × 3 ÷ 86,400 = 1.736 rps, and the same again.
        let peak = changes("Peak requests");
        assert_eq!(peak.as_deref(), Some("100 % more, by 1.74 rps"));
        // 50,000 × 2,300 more tokens.
        let tokens = changes("Daily token budget");
        assert_eq!(tokens.as_deref(), Some("100 % more, by 115 M"));
    }

    #[test]
    fn a_figure_that_one_side_lacks_is_told() {
        let today = date(2026, 11, 23);
        let first = Scenario::default();
        let mut second = first.clone();
        second.providers.truncate(2);
        let [a, b] = [&first, &second].map(|scenario| evaluate(scenario, today));
        let find = |rows: Vec<Varying>| {
            let row = rows
                .into_iter()
                .find(|row| row.label.starts_with("Anthropic"));
            row.map(|row| row.changes)
        };
        assert_eq!(find(figures(&[&a, &b])), Some(vec!["none here".to_owned()]));
        assert_eq!(find(figures(&[&b, &a])), Some(vec!["only here".to_owned()]));
    }
}
