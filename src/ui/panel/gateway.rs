//! Gateways and their autoscaler.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::autoscaler::Behavior;
use super::group::Group;
use super::setting::{Chosen, Setting};
use crate::catalog::guide::CHAINS;
use crate::say::page::panel as say;
use crate::say::words;
use crate::scenario::property;

/// Slots, pods, queue and the HPA's behavior.
#[component]
pub(super) fn GatewayPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let plan = store.answer(|plan| plan.gateway.clone());
    let summary = Signal::derive(move || plan.with(say::instances));
    let planned = move |read: fn(&crate::plan::GatewayPlan) -> u32| {
        Signal::derive(move || say::planned(plan.with(read)))
    };
    let row_value = move |read: fn(&crate::plan::GatewayPlan) -> f64| {
        Signal::derive(move || words::significant(plan.with(read)))
    };
    let each = Signal::derive(move || plan.with(say::size));
    let none = Signal::stored(say::NONE.to_owned());
    view! {
        <Group title=say::GATEWAY summary open=true>
            <div class="fields">
                <Setting number=&property::CONCURRENCY />
                <Chosen choice=&property::POD_ROUTING />
                <Setting number=&property::OVERHEAD />
                <Setting number=&property::HPA_MIN placeholder=planned(|g| g.instances_min) />
                <Setting number=&property::HPA_MAX placeholder=planned(|g| g.instances_max) />
            </div>
            <p class="row__meta">{each}</p>
            <details class="more">
                <summary class="more__head">{say::POLICIES}</summary>
                <div class="fields">
                    <Chain />
                    <Chosen choice=&property::OVERFLOW />
                    <Setting number=&property::QUEUE_SIZE />
                    <Setting number=&property::CLIENT_TIMEOUT />
                    <Setting number=&property::MAX_WAIT placeholder=none />
                    <Setting number=&property::GATEWAY_RPS placeholder=none />
                    <Setting number=&property::GATEWAY_TPS placeholder=none />
                    <Setting
                        number=&property::VCPU
                        placeholder=row_value(|g| g.vcpu_per_instance)
                    />
                    <Setting
                        number=&property::MEMORY
                        placeholder=row_value(|g| g.memory_mb_per_instance)
                    />
                </div>
            </details>
            <Behavior />
            <details class="more">
                <summary class="more__head">{say::WAITS}</summary>
                <div class="fields">
                    <Setting number=&property::WAIT_TARGET placeholder=none />
                    <Setting number=&property::ZONES />
                    <Setting number=&property::FAILURES />
                    <Setting number=&property::ATTEMPTS />
                    <Setting number=&property::RETRY_DELAY />
                    <Setting number=&property::TRIP />
                    <Setting number=&property::STARTUP />
                </div>
            </details>
        </Group>
    }
}

/// Policy chain, which determines the throughput of a gateway.
#[component]
fn Chain() -> impl IntoView {
    let words = CHAINS.map(|row| {
        (
            row.key.to_owned(),
            say::chain(row.name, row.rps_per_instance),
        )
    });
    view! { <Chosen choice=&property::CHAIN words=Signal::stored(words.to_vec()) /> }
}
