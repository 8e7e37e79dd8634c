//! The charts in their order.

use leptos::prelude::*;

use super::super::chart::{
    ChartFrame, capacity_chart, gateways_chart, providers_chart, storage_chart, tokens_chart,
};
use super::super::slice::Slice;
use crate::say::page::chart;
use crate::say::page::result as say;

/// All charts.
#[component]
pub(super) fn Charts() -> impl IntoView {
    view! {
        <section aria-labelledby="charts">
            <h2 class="hidden" id="charts">
                {say::CHARTS}
            </h2>
            <div class="charts">
                <ChartFrame
                    id="chart-tokens"
                    class="chart--full"
                    title=chart::TOKENS
                    note=chart::TOKENS_NOTE
                    drawing=tokens_chart
                />
                <Slice>
                    <ChartFrame
                        id="chart-providers"
                        title=chart::PROVIDERS
                        note=chart::PROVIDERS_NOTE
                        drawing=providers_chart
                    />
                </Slice>
                <Slice>
                    <ChartFrame
                        id="chart-gateways"
                        title=chart::GATEWAYS
                        note=chart::GATEWAYS_NOTE
                        drawing=gateways_chart
                    />
                </Slice>
                <Slice>
                    <ChartFrame
                        id="chart-storage"
                        title=chart::STORAGE
                        note=chart::STORAGE_NOTE
                        drawing=storage_chart
                    />
                </Slice>
                <Slice>
                    <ChartFrame
                        id="chart-capacity"
                        title=chart::CAPACITY
                        note=chart::CAPACITY_NOTE
                        drawing=capacity_chart
                    />
                </Slice>
            </div>
        </section>
    }
}
