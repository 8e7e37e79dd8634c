//! By how much the figures of scenarios differ, in words and per cent.

use crate::plan::{Figure, FigureId, Plan};
use crate::say::figure as say;
use crate::say::words;

/// A figure of several scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct Varying {
    /// Its label.
    pub label: String,
    /// Whether it stands at the top of the page.
    pub is_headline: bool,
    /// The figure of each, as shown, with one more fact; nothing where a scenario has none.
    pub sides: Vec<Option<(String, String)>>,
    /// Of each but the first, how it differs from the first's.
    pub changes: Vec<String>,
}

/// More than this many times the first, a multiple says more than a share.
const LARGEST_SHARE: f64 = 10.0;
/// Closer than this, two figures differ only by the order of their sums.
const SAME: f64 = 1e-9;

/// The headline figures of some plans, then the others as far as they differ; in the
/// order of the page, changes against the first plan.
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
            label: say::label(any).into_owned(),
            is_headline: any.id.is_headline(),
            sides: found
                .iter()
                .map(|figure| figure.map(|figure| (shown(figure), say::sub(figure))))
                .collect(),
            changes: found
                .iter()
                .skip(1)
                .map(|other| match (found[0], other) {
                    (Some(first), Some(other)) => change(first, other),
                    (None, Some(_)) => "only here".to_owned(),
                    (Some(_), None) => "none here".to_owned(),
                    (None, None) => String::new(),
                })
                .collect(),
        };
        let differs = told.sides.windows(2).any(|two| two[0] != two[1]);
        (any.id.is_headline() || differs).then_some(told)
    };
    ids.into_iter().filter_map(varying).collect()
}

/// A figure with its unit.
pub(super) fn shown(figure: &Figure) -> String {
    if is_money(figure) {
        return words::usd(figure.result);
    }
    say::value(figure)
}

fn is_money(figure: &Figure) -> bool {
    matches!(figure.id, FigureId::Cost | FigureId::CostPerThousand)
}

/// How a figure differs from the first one's: `25 % more, by 5 GB`, `20 % less, by $400`.
pub fn change(first: &Figure, other: &Figure) -> String {
    let (was, is) = (first.result, other.result);
    let by = (is - was).abs();
    if by <= SAME * was.abs().max(is.abs()) {
        return "the same".to_owned();
    }
    let more = if was < is { "more" } else { "less" };
    // A share of a share would be read as points.
    if say::shown(other).1 == "%" {
        let points = words::percent(by);
        return format!("{} points {more}", points.trim_end_matches(words::PERCENT));
    }
    let amount = amount(by, other);
    if was == 0.0 {
        return format!("{amount} {more}");
    }
    let ratio = is / was;
    if LARGEST_SHARE <= ratio {
        return format!("{} as much, by {amount}", words::multiple(ratio));
    }
    format!("{} {more}, by {amount}", words::percent(by / was.abs()))
}

/// A difference in the unit of its figure; the prefix is its own.
fn amount(by: f64, figure: &Figure) -> String {
    if is_money(figure) {
        let is_monthly = figure.id == FigureId::Cost;
        let month = if is_monthly { " a month" } else { "" };
        return format!("{}{month}", words::usd(by));
    }
    let (_, unit) = say::shown(figure);
    if unit.ends_with('B') {
        return words::bytes(by);
    }
    let plain = unit.trim_start_matches(['K', 'M', 'G', 'T']);
    let (digits, prefix) = words::scaled(by);
    format!("{digits} {prefix}{plain}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::plan::{Aside, LimitKind, evaluate};
    use crate::scenario::Scenario;

    fn figure(id: &FigureId, result: f64) -> Figure {
        let (provider, limit) = ("OpenAI".to_owned(), LimitKind::Tpm);
        Figure {
            id: id.clone(),
            result,
            aside: match id {
                FigureId::TightestLimit => Aside::Tightest { provider, limit },
                _ => Aside::Nothing,
            },
        }
    }

    /// Each expected text is worked out by hand from the two results beside it.
    #[test]
    fn differences_are_told_in_words_and_per_cent() {
        let cases = [
            // id, first, other, told
            (FigureId::PeakRequests, 1.6, 2.0, "25 % more, by 0.400 rps"),
            (
                FigureId::PeakTokens,
                240_000.0,
                480_000.0,
                "100 % more, by 240 K/min",
            ),
            (
                FigureId::PeakTokens,
                900_000.0,
                1_000_000.0,
                "11 % more, by 100 K/min",
            ),
            (
                FigureId::Cost,
                17_000.0,
                13_600.0,
                "20 % less, by $3,400 a month",
            ),
            (FigureId::CostPerThousand, 12.0, 9.0, "25 % less, by $3"),
            (FigureId::StoredEvents, 9e9, 9.9e9, "10 % more, by 900 MB"),
            (FigureId::Gateways, 2.0, 3.0, "50 % more, by 1"),
            (FigureId::Gateways, 3.0, 2.0, "33 % less, by 1"),
            (FigureId::TightestLimit, 0.32, 0.64, "32 points more"),
            (FigureId::TightestLimit, 0.3194, 0.3206, "0.1 points more"),
            (
                FigureId::TightestLimit,
                0.3,
                0.300_1,
                "under 0.1 points more",
            ),
            // From nothing there is no share, and beyond ten times a multiple is clearer.
            (FigureId::Gateways, 0.0, 2.0, "2 more"),
            (FigureId::PeakRequests, 2.0, 50.0, "25× as much, by 48 rps"),
            (
                FigureId::Cost,
                13_600.0,
                0.0,
                "100 % less, by $13,600 a month",
            ),
            (
                FigureId::Cost,
                10_000.0,
                10_001.0,
                "under 0.1 % more, by $1 a month",
            ),
            (FigureId::Cost, 0.3, 0.1 + 0.2, "the same"),
            (FigureId::Gateways, 0.0, 0.0, "the same"),
        ];
        for (id, first, other, told) in cases {
            let change = change(&figure(&id, first), &figure(&id, other));
            assert_eq!(
                words::plain_spaces(&change),
                told,
                "{id:?}: {first} and {other}"
            );
        }
    }

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
        // 50,000 × 3 ÷ 86,400 = 1.736 rps, and as much again.
        let peak = changes("Peak requests");
        assert_eq!(peak.as_deref(), Some("100 % more, by 1.74 rps"));
        // 50,000 × 2,300 tokens more.
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
