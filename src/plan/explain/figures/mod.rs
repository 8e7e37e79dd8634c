//! The figures and their formulas, one file for each subject of the plan.

mod cost;
mod fleet;
mod platform;
mod provider;
mod traffic;

use std::borrow::Cow;

use super::{Chapters, Depth, Figure, Formula};
use crate::scenario::Scenario;

const GUIDE: &str = "the guide";

pub(super) fn all<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Vec<Figure> {
    // Said twice of the tightest limit, worked out once.
    let uses = provider::utilizations::<D>(scenario, chapters);
    let mut figures = Vec::with_capacity(13 + chapters.providers.len());
    figures.extend([
        traffic::peak_requests::<D>(scenario, chapters),
        traffic::peak_tokens::<D>(chapters),
        provider::tightest_limit::<D>(chapters, &uses),
        fleet::gateways::<D>(scenario, chapters),
        platform::stored_events::<D>(scenario, chapters),
        platform::connections::<D>(scenario, chapters),
        cost::cost::<D>(chapters),
        traffic::tokens_per_day::<D>(scenario, chapters),
        traffic::mean_rate::<D>(scenario, chapters),
        fleet::in_flight::<D>(chapters),
        fleet::slots_in_use::<D>(scenario, chapters),
        platform::stored_per_day::<D>(scenario, chapters),
    ]);
    figures.extend(cost::cost_per_thousand::<D>(chapters));
    figures.extend(D::reason(|| {
        let carrying = chapters.providers.iter().zip(uses);
        let carrying = carrying.filter(|(plan, _)| 0.0 < plan.share_ratio);
        let figures = carrying.filter_map(|(plan, used)| Some(provider::provider(plan, used?)));
        figures.collect::<Vec<_>>()
    }));
    figures
}

struct Head {
    id: Cow<'static, str>,
    label: Cow<'static, str>,
    value: String,
    unit: Cow<'static, str>,
    sub: String,
    words: &'static str,
    result: f64,
}

fn figure(head: Head, is_headline: bool, formula: Formula) -> Figure {
    Figure {
        id: head.id,
        label: head.label,
        value: head.value,
        unit: head.unit,
        sub: head.sub,
        is_headline,
        words: head.words,
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
