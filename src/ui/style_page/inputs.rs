//! Buttons, fields and rows.

use leptos::prelude::*;

use super::super::field::{NameField, NumberField, Segments, SelectField};
use super::super::icon::Icon;
use super::super::panel::{Group, ProviderRow, WorkloadRow};
use super::super::share::CopyButton;
use super::super::store::{Field, ScenarioStore};
use super::stage::Shown;
use crate::say::input::number_problem;
use crate::say::page::style as say;
use crate::scenario::property;

fn fixed<T: Clone + Send + Sync + 'static>(value: T) -> Field<T> {
    Field {
        get: Signal::stored(value),
        set: Callback::new(|_| {}),
    }
}

/// Buttons, fields and rows.
#[component]
pub(super) fn Inputs() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let first = untrack(|| store.with(|s| (s.workloads[0].id, s.providers[0].id)));
    view! {
        <h2>{say::INPUTS}</h2>
        <Shown name=say::BUTTONS about=say::BUTTONS_ABOUT>
            <button class="button button--primary" type="button">{say::PRIMARY}</button>
            <button class="button" type="button">{say::BUTTON}</button>
            <button class="button" type="button" disabled>{say::DISABLED}</button>
            <button class="button button--small" type="button">{say::SMALL}</button>
            <button class="button button--quiet" type="button">{say::QUIET}</button>
            <button class="button button--quiet button--icon" type="button" aria-label=say::UNDO>
                <Icon name="undo" />
            </button>
            <CopyButton text=Signal::stored(String::new())>{say::COPY}</CopyButton>
        </Shown>
        <Shown name=say::CHIPS about=say::CHIPS_ABOUT>
            <div class="chips">
                <button class="chip" type="button">{say::CHIP}</button>
                <button class="chip" type="button" disabled>{say::CHIP_DISABLED}</button>
            </div>
            <Segments
                name="style-shape"
                label=say::DAY
                choices=vec![("flat", say::FLAT), ("office", say::OFFICE), ("global", say::GLOBAL)]
                field=fixed("office".to_owned())
            />
        </Shown>
        <Fields />
        <Shown name=say::GROUPS about=say::GROUPS_ABOUT>
            <div class="style__panel">
                <Group title=say::OPEN summary=Signal::stored(say::OPEN_SUM.to_owned()) open=true>
                    <WorkloadRow id=first.0 />
                    <ProviderRow id=first.1 />
                </Group>
                <Group title=say::CLOSED summary=Signal::stored(say::CLOSED_SUM.to_owned())>
                    <p class="row__meta">{say::NOTHING}</p>
                </Group>
            </div>
        </Shown>
    }
}

/// Fields: filled, empty, invalid, chosen, named.
#[component]
fn Fields() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    view! {
        <Shown
            name=say::FIELDS
            about=say::FIELDS_ABOUT
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
                    placeholder=Signal::stored(say::PLANNED.to_owned())
                />
                <NumberField
                    id="style-wrong".to_owned()
                    spec=property::GROWTH.spec()
                    field=store.number(&property::GROWTH)
                    problem=Signal::stored(
                        property::GROWTH.parse("-1").err().map(|it| number_problem(&it)),
                    )
                />
                <NumberField
                    id="style-beyond".to_owned()
                    spec=property::PEAK_MULTIPLIER.spec()
                    field=fixed(Some(50.0).into())
                />
                <SelectField
                    id="style-select".to_owned()
                    label=say::FULL_QUEUE
                    choices=Signal::stored(vec![("reject".to_owned(), say::REFUSE.to_owned())])
                    field=fixed("reject".to_owned())
                />
            </div>
            <NameField
                label=Signal::stored(say::NAME.to_owned())
                class="row__name"
                placeholder=say::UNTITLED
                field=fixed(say::NAME_IN_PLACE.to_owned())
            />
        </Shown>
    }
}
