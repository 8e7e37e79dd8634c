//! The gateways and their autoscaler.

use leptos::prelude::*;

use super::super::field::SelectField;
use super::super::store::{Field, ScenarioStore};
use super::Setting;
use super::group::Group;
use crate::catalog::guide::CHAINS;
use crate::plan::words;
use crate::scenario::{Overflow, property};

/// Slots, pods, queue and the HPA's behavior.
#[component]
pub(super) fn GatewayPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let plan = store.answer(|plan| plan.gateway.clone());
    let summary = Signal::derive(move || {
        plan.with(|g| format!("{} of {}–{}", g.instances, g.instances_min, g.instances_max))
    });
    let planned = move |read: fn(&crate::plan::GatewayPlan) -> u32| {
        Signal::derive(move || format!("{}, planned", plan.with(read)))
    };
    let row_value = move |read: fn(&crate::plan::GatewayPlan) -> f64| {
        Signal::derive(move || words::significant(plan.with(read)))
    };
    let each = Signal::derive(move || {
        plan.with(|g| {
            format!(
                "{} vCPU, {} MB each: the guide's row “{}”",
                words::significant(g.vcpu_per_instance),
                words::significant(g.memory_mb_per_instance),
                g.size_class
            )
        })
    });
    let none = Signal::stored("none".to_owned());
    view! {
        <Group title="Gateway" summary open=true>
            <div class="fields">
                <Setting number=&property::CONCURRENCY />
                <Setting number=&property::OVERHEAD />
                <Setting number=&property::HPA_MIN placeholder=planned(|g| g.instances_min) />
                <Setting number=&property::HPA_MAX placeholder=planned(|g| g.instances_max) />
            </div>
            <p class="row__meta">{each}</p>
            <details class="more">
                <summary class="more__head">"Policies, queue and size"</summary>
                <div class="fields">
                    <Chain />
                    <OverflowRule />
                    <Setting number=&property::QUEUE_SIZE />
                    <Setting number=&property::CLIENT_TIMEOUT />
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
                <summary class="more__head">"Waits, failures and zones"</summary>
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

/// The rest of the HPA.
#[component]
fn Behavior() -> impl IntoView {
    view! {
        <details class="more">
            <summary class="more__head">"Autoscaler targets and behavior"</summary>
            <div class="fields">
                <Setting number=&property::HPA_CPU />
                <Setting number=&property::HPA_QUEUE />
                <Setting number=&property::HPA_UP_WINDOW />
                <Setting number=&property::HPA_DOWN_WINDOW />
                <Setting number=&property::HPA_UP_PERCENT />
                <Setting number=&property::HPA_DOWN_PERCENT />
                <Setting number=&property::HPA_UP_PERIOD />
                <Setting number=&property::HPA_DOWN_PERIOD />
            </div>
        </details>
    }
}

/// The policy chain decides how much one gateway passes.
#[component]
fn Chain() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let field = store.field(
        "chain",
        |s| s.gateway.chain.clone(),
        |s, chain| s.gateway.chain = chain,
    );
    let choices = CHAINS
        .iter()
        .map(|row| {
            (
                row.key.to_owned(),
                format!(
                    "{}, {} rps",
                    row.name,
                    words::significant(row.rps_per_instance)
                ),
            )
        })
        .collect::<Vec<_>>();
    view! {
        <SelectField
            id="s-chain".to_owned()
            label="Policy chain"
            choices=Signal::stored(choices)
            field
        />
    }
}

/// What happens when the queue is full.
#[component]
fn OverflowRule() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let get = |s: &crate::scenario::Scenario| match s.gateway.queue_overflow {
        Overflow::Reject => "reject".to_owned(),
        Overflow::DropOldest => "drop_oldest".to_owned(),
    };
    let field: Field<String> = store.field("overflow", get, |s, word| {
        s.gateway.queue_overflow = if word == "reject" {
            Overflow::Reject
        } else {
            Overflow::DropOldest
        };
    });
    let words = [
        ("reject", "refuse the new one"),
        ("drop_oldest", "drop the oldest"),
    ];
    let choices = words
        .map(|(value, words)| (value.to_owned(), words.to_owned()))
        .to_vec();
    view! {
        <SelectField
            id="s-overflow".to_owned()
            label="A full queue"
            choices=Signal::stored(choices)
            field
        />
    }
}
