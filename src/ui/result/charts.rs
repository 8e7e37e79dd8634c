//! Charts, in order.

use leptos::prelude::*;

use super::super::chart::{
    ChartFrame, Drawing, capacity_chart, cost_chart, gateways_chart, providers_chart, storage_chart,
};
use super::super::measured::TokensFrame;
use super::super::section::FoldedSection;
use super::super::slice::Slice;
use super::super::store::ScenarioStore;
use super::super::what_if::SuppositionBar;
use crate::say::page::chart as say;
use crate::say::page::{reading, result};

/// Element id, title, note and drawing of a chart.
type Row = (&'static str, &'static str, &'static str, Drawing);

/// Charts side by side below the first.
const CHARTS: [Row; 2] = [
    (
        "chart-providers",
        say::PROVIDERS,
        say::PROVIDERS_NOTE,
        providers_chart,
    ),
    (
        "chart-gateways",
        say::GATEWAYS,
        say::GATEWAYS_NOTE,
        gateways_chart,
    ),
];

/// Collapsed charts.
const MORE: [Row; 3] = [
    (
        "chart-storage",
        say::STORAGE,
        say::STORAGE_NOTE,
        storage_chart,
    ),
    (
        "chart-capacity",
        say::CAPACITY,
        say::CAPACITY_NOTE,
        capacity_chart,
    ),
    ("chart-cost", say::COST, say::COST_NOTE, cost_chart),
];

/// Charts of the peak and the day, and a disclosure with the others.
#[component]
pub(super) fn Charts() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <section aria-labelledby="charts">
            <h2 class="hidden" id="charts">
                {result::CHARTS}
            </h2>
            <SuppositionBar />
            <div class="charts">
                <Slice>
                    <TokensFrame class="chart--full" />
                </Slice>
                {CHARTS.map(frame).into_iter().collect_view()}
            </div>
        </section>
        <FoldedSection id="charts-more" title=reading::MORE about=store.answer(reading::in_short)>
            <div class="charts">{MORE.map(frame).into_iter().collect_view()}</div>
        </FoldedSection>
    }
}

fn frame((id, title, note, drawing): Row) -> impl IntoView {
    view! {
        <Slice>
            <ChartFrame id title note drawing />
        </Slice>
    }
}
