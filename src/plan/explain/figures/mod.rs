//! The figures and their formulas, one file for each subject of the plan.

mod cost;
mod fleet;
mod platform;
mod provider;
mod traffic;

use super::{Chapters, Figure, Formula};
use crate::scenario::Scenario;

const GUIDE: &str = "the guide";

pub(super) fn all(scenario: &Scenario, chapters: &Chapters) -> Vec<Figure> {
    let mut figures = vec![
        traffic::peak_requests(scenario, chapters),
        traffic::peak_tokens(chapters),
        provider::tightest_limit(scenario, chapters),
        fleet::gateways(scenario, chapters),
        platform::stored_events(scenario, chapters),
        platform::connections(scenario, chapters),
        cost::cost(chapters),
    ];
    figures.extend([
        traffic::tokens_per_day(scenario, chapters),
        traffic::mean_rate(scenario, chapters),
        fleet::in_flight(chapters),
        fleet::slots_in_use(scenario, chapters),
        platform::stored_per_day(scenario, chapters),
    ]);
    figures.extend(cost::cost_per_thousand(chapters));
    let carrying = chapters
        .providers
        .iter()
        .filter(|plan| 0.0 < plan.share_ratio);
    figures.extend(carrying.filter_map(|plan| provider::provider(scenario, chapters, plan)));
    figures
}

struct Head<'a> {
    id: &'a str,
    label: &'a str,
    value: String,
    unit: &'a str,
    sub: String,
    words: &'a str,
    result: f64,
}

fn figure(head: Head<'_>, is_headline: bool, formula: Formula) -> Figure {
    Figure {
        id: head.id.to_owned(),
        label: head.label.to_owned(),
        value: head.value,
        unit: head.unit.to_owned(),
        sub: head.sub,
        is_headline,
        words: head.words.to_owned(),
        result: head.result,
        parts: formula.parts,
        terms: formula.terms,
    }
}

fn requests_of(scenario: &Scenario, chapters: &Chapters, formula: Formula) -> Formula {
    let (label, requests) = ("Requests", chapters.demand.requests_per_day);
    if scenario
        .workloads
        .iter()
        .any(|workload| 1.0 < workload.calls)
    {
        let source = "your requests, each with the calls it sets off";
        return formula.from(label, requests, "/day", source);
    }
    formula.input(label, requests, "/day", "requests")
}
