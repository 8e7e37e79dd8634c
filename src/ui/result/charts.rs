//! The charts in their order.

use leptos::prelude::*;

use super::super::chart::{
    ChartFrame, capacity_chart, gateways_chart, providers_chart, storage_chart, tokens_chart,
};
use super::super::slice::Slice;

/// All charts.
#[component]
pub(super) fn Charts() -> impl IntoView {
    view! {
        <section aria-labelledby="charts">
            <h2 class="hidden" id="charts">
                "Charts"
            </h2>
            <div class="charts">
                <ChartFrame
                    id="chart-tokens"
                    class="chart--full"
                    title="Tokens per minute over the day"
                    note="A line is the total load at which one provider’s limit is full."
                    drawing=tokens_chart
                />
                <Slice>
                    <ChartFrame
                        id="chart-providers"
                        title="Providers against their limits"
                        note="Tightest limit at the peak: solid now, light after the worst loss."
                        drawing=providers_chart
                    />
                </Slice>
                <Slice>
                    <ChartFrame
                        id="chart-gateways"
                        title="Gateways over the day"
                        note="Needed with headroom, between the autoscaler’s minimum and maximum."
                        drawing=gateways_chart
                    />
                </Slice>
                <Slice>
                    <ChartFrame
                        id="chart-storage"
                        title="Stored events"
                        note="From launch through the retention; disks of the guide’s sizes."
                        drawing=storage_chart
                    />
                </Slice>
                <Slice>
                    <ChartFrame
                        id="chart-capacity"
                        title="Cost of too much and too little"
                        note="Gateways running all month, and the requests fewer of them would lose."
                        drawing=capacity_chart
                    />
                </Slice>
            </div>
        </section>
    }
}
