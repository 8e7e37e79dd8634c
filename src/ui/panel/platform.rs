//! Control plane, storage and database.

use leptos::prelude::*;

use super::super::field::SelectField;
use super::super::store::{Field, ScenarioStore};
use super::Setting;
use super::group::Group;
use crate::catalog::guide::CONTROL_PLANE;
use crate::say::event::kind_name;
use crate::scenario::{EventKind, property};

/// What lies behind the gateways.
#[component]
pub(super) fn PlatformPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let days = store.slice(|s| s.storage.retention_days);
    let plane = store.answer(|plan| (plan.control_plane.size, plan.control_plane.api_replicas));
    let summary = Signal::derive(move || {
        format!(
            "{} days · {}",
            days.get(),
            plane.get().0.to_ascii_lowercase()
        )
    });
    let replicas = Signal::derive(move || plane.get().1.to_string());
    view! {
        <Group title="Control plane, storage, database" summary>
            <div class="fields">
                <Size />
                <Setting number=&property::API_REPLICAS placeholder=replicas />
                <Events />
                <Setting number=&property::EVENT_BYTES />
                <Setting number=&property::RETENTION />
                <Setting number=&property::COPIES />
                <Setting number=&property::AUDIT_RETENTION />
            </div>
            <p class="row__meta">"Connections"</p>
            <div class="fields fields--3">
                <Setting number=&property::CONNECTIONS_PER_REPLICA />
                <Setting number=&property::WORKERS />
                <Setting number=&property::CONNECTIONS_PER_WORKER />
                <Setting number=&property::CONNECTIONS_PER_GATEWAY />
                <Setting number=&property::CONNECTION_HEADROOM />
                <Setting number=&property::SURGE />
                <Setting number=&property::MAX_CONNECTIONS />
                <Setting number=&property::SERVER_CONNECTIONS />
            </div>
        </Group>
    }
}

/// What an event holds.
#[component]
fn Events() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let field: Field<String> = store.field(
        "events",
        |s| s.storage.event_kind.key().to_owned(),
        |s, word| {
            if let Some(kind) = EventKind::parse(&word) {
                s.storage.event_kind = kind;
            }
        },
    );
    let choices = EventKind::ALL.map(|kind| (kind.key().to_owned(), kind_name(kind).to_owned()));
    let choices = Signal::stored(choices.to_vec());
    view! { <SelectField id="s-events".to_owned() label="Event holds" choices field /> }
}

/// The guide's sizes, or the plan's choice among them.
#[component]
fn Size() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let field: Field<String> = store.field(
        "size",
        |s| s.control_plane.size.clone().unwrap_or_default(),
        |s, word| s.control_plane.size = (!word.is_empty()).then_some(word),
    );
    let planned = store.answer(|plan| plan.control_plane.size);
    let choices = Signal::derive(move || {
        let mut choices = vec![(String::new(), format!("From the plan: {}", planned.get()))];
        choices.extend(
            CONTROL_PLANE
                .iter()
                .map(|size| (size.name.to_owned(), size.name.to_owned())),
        );
        choices
    });
    view! { <SelectField id="s-size".to_owned() label="Control plane" choices field /> }
}
