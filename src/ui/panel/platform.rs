//! Control plane, storage and database.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use super::group::Group;
use super::setting::{Chosen, Setting, choices};
use crate::say::page::panel as say;
use crate::scenario::property;

/// Control plane, storage and database of the scenario.
#[component]
pub(super) fn PlatformPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let days = store.slice(|s| s.storage.retention_days);
    let plane = store.answer(|plan| (plan.control_plane.size, plan.control_plane.api_replicas));
    let summary = Signal::derive(move || say::platform(days.get(), plane.get().0));
    let none = Signal::stored(say::NONE.to_owned());
    let replicas = Signal::derive(move || plane.get().1.to_string());
    let configured = store.answer(|plan| plan.database.connections_configured);
    let configured = Signal::derive(move || configured.get().to_string());
    view! {
        <Group title=say::PLATFORM summary>
            <div class="fields">
                <Size />
                <Setting number=&property::API_REPLICAS placeholder=replicas />
                <Chosen choice=&property::EVENTS />
                <Setting number=&property::EVENT_BYTES />
                <Setting number=&property::RETENTION />
                <Chosen choice=&property::CLEANUP />
                <Setting number=&property::DEAD_ROWS />
                <Setting number=&property::COPIES />
                <Setting number=&property::AUDIT_RETENTION />
            </div>
            <p class="row__meta">{say::CONNECTIONS}</p>
            <div class="fields">
                <Setting number=&property::CONNECTIONS_PER_REPLICA />
                <Setting number=&property::PROCESSES />
                <Setting number=&property::POOL_OVERFLOW />
                <Setting number=&property::WORKERS />
                <Setting number=&property::CONNECTIONS_PER_WORKER />
                <Setting number=&property::CONNECTIONS_PER_GATEWAY />
                <Setting number=&property::CONNECTION_HEADROOM />
                <Setting number=&property::SURGE />
                <Setting
                    number=&property::SURGE_PODS
                    placeholder=Signal::stored(say::BY_SHARE.to_owned())
                />
                <Setting number=&property::MAX_CONNECTIONS placeholder=configured />
                <Setting number=&property::SERVER_CONNECTIONS />
                <Setting number=&property::POOLER_CONNECTIONS placeholder=none />
            </div>
        </Group>
    }
}

/// Size from the guide, or the plan's choice.
#[component]
fn Size() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let planned = store.answer(|plan| plan.control_plane.size);
    let words = Signal::derive(move || {
        let none = (String::new(), say::from_plan(planned.get()));
        [none].into_iter().chain(choices(&property::SIZE)).collect()
    });
    view! { <Chosen choice=&property::SIZE words /> }
}
