//! The charts in their order.

use leptos::prelude::*;

use super::super::chart::{
    ChartFrame, Drawing, capacity_chart, cost_chart, gateways_chart, providers_chart, storage_chart,
};
use super::super::measured::TokensFrame;
use super::super::slice::Slice;
use crate::say::page::chart as say;
use crate::say::page::result;

/// Element id, further class, title, note and drawing of each but the first.
const CHARTS: [(&str, &str, &str, &str, Drawing); 5] = [
    (
        "chart-providers",
        "",
        say::PROVIDERS,
        say::PROVIDERS_NOTE,
        providers_chart,
    ),
    (
        "chart-gateways",
        "",
        say::GATEWAYS,
        say::GATEWAYS_NOTE,
        gateways_chart,
    ),
    (
        "chart-storage",
        "",
        say::STORAGE,
        say::STORAGE_NOTE,
        storage_chart,
    ),
    (
        "chart-capacity",
        "",
        say::CAPACITY,
        say::CAPACITY_NOTE,
        capacity_chart,
    ),
    ("chart-cost", "", say::COST, say::COST_NOTE, cost_chart),
];

/// All charts.
#[component]
pub(super) fn Charts() -> impl IntoView {
    let charts = CHARTS.map(|(id, class, title, note, drawing)| {
        view! {
            <Slice>
                <ChartFrame id class title note drawing />
            </Slice>
        }
    });
    view! {
        <section aria-labelledby="charts">
            <h2 class="hidden" id="charts">
                {result::CHARTS}
            </h2>
            <div class="charts">
                <Slice>
                    <TokensFrame class="chart--full" />
                </Slice>
                {charts.into_iter().collect_view()}
            </div>
        </section>
    }
}
