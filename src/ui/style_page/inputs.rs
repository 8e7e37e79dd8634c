//! Buttons, fields and rows.

use leptos::prelude::*;

use super::super::field::{NameField, NumberField, Segments, SelectField};
use super::super::icon::Icon;
use super::super::panel::{Group, ProviderRow, WorkloadRow};
use super::super::share::CopyButton;
use super::super::store::{Field, ScenarioStore};
use super::stage::Shown;
use crate::scenario::property;

fn fixed<T: Clone + Send + Sync + 'static>(value: T) -> Field<T> {
    Field {
        get: Signal::stored(value),
        set: Callback::new(|_| {}),
    }
}

/// Buttons, fields, rows.
#[component]
pub(super) fn Inputs() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let first = untrack(|| store.with(|s| (s.workloads[0].id, s.providers[0].id)));
    view! {
        <h2>"Inputs"</h2>
        <Shown name="Buttons" about="One primary action at most; quiet ones in bars; a named icon.">
            <button class="button button--primary" type="button">"Primary"</button>
            <button class="button" type="button">"Button"</button>
            <button class="button" type="button" disabled>"Disabled"</button>
            <button class="button button--small" type="button">"Small"</button>
            <button class="button button--quiet" type="button">"Quiet"</button>
            <button class="button button--quiet button--icon" type="button" aria-label="Undo">
                <Icon name="undo" />
            </button>
            <CopyButton text=Signal::stored(String::new())>"Copy"</CopyButton>
        </Shown>
        <Shown name="Chips and segments" about="Chips add a preset; segments choose one of a few.">
            <div class="chips">
                <button class="chip" type="button">"+ Chat"</button>
                <button class="chip" type="button" disabled>"Remove provider"</button>
            </div>
            <Segments
                name="style-shape"
                label="Shape of the day"
                choices=vec![("flat", "Flat"), ("office", "Office"), ("global", "Global")]
                field=fixed("office".to_owned())
            />
        </Shown>
        <Fields />
        <Shown name="Groups and rows" about="A group sums itself up in a line, open or closed.">
            <div class="style__panel">
                <Group title="Open" summary=Signal::stored("50 K a day".to_owned()) open=true>
                    <WorkloadRow id=first.0 />
                    <ProviderRow id=first.1 />
                </Group>
                <Group title="Closed" summary=Signal::stored("90 days · small".to_owned())>
                    <p class="row__meta">"Nothing here"</p>
                </Group>
            </div>
        </Shown>
    }
}

/// Fields: filled, empty, wrong, chosen, named.
#[component]
fn Fields() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <Shown
            name="Fields"
            about="Unit inside; 50k and 1.5M are understood; arrows step by round values. What one \
                   plays with has a slider too, which rests at its end beyond it. An empty \
                   optional field shows what is used; a wrong one says what is allowed, and the \
                   last valid value stays in use."
        >
            <div class="fields">
                <NumberField
                    id="style-filled".to_owned()
                    spec=property::HEADROOM.spec()
                    field=store.number(&property::HEADROOM)
                />
                <NumberField
                    id="style-empty".to_owned()
                    spec=property::HPA_MIN.spec()
                    field=store.number(&property::HPA_MIN)
                    placeholder=Signal::stored("2, planned".to_owned())
                />
                <NumberField
                    id="style-wrong".to_owned()
                    spec=property::GROWTH.spec()
                    field=store.number(&property::GROWTH)
                    problem=Signal::stored(property::GROWTH.parse("-1").err())
                />
                <NumberField
                    id="style-beyond".to_owned()
                    spec=property::PEAK_MULTIPLIER.spec()
                    field=fixed(Some(50.0))
                />
                <SelectField
                    id="style-select".to_owned()
                    label="A full queue"
                    choices=Signal::stored(vec![("reject".to_owned(), "refuse".to_owned())])
                    field=fixed("reject".to_owned())
                />
            </div>
            <NameField
                label=Signal::stored("Name".to_owned())
                class="row__name"
                placeholder="Untitled"
                field=fixed("A name, edited in place".to_owned())
            />
        </Shown>
    }
}
