//! Details of a provider's row: model, limits, prices, speed.

use leptos::prelude::*;

use super::super::field::{NumberField, SelectField};
use super::super::store::{Field, ScenarioStore};
use super::provider_model::ModelAndTier;
use super::provider_numbers::{LIMITS, MORE, MORE_PRICES, Numbers, PRICES, RESERVED};
use super::provider_source::Source;
use super::setting::choices;
use crate::say::page::panel as say;
use crate::scenario::Provider;
use crate::scenario::property::{self, Choice, Number};

/// Model, tier, limits, prices and speed.
#[component]
pub(super) fn Details(
    /// Id of the provider's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let field = move |number: &'static Number<Provider>| {
        view! {
            <NumberField
                id=format!("p{id}-{}", number.key)
                spec=number.spec()
                field=store.provider_number(id, number)
                placeholder=Signal::stored(say::NONE.to_owned())
            />
        }
    };
    let fields = move |numbers: Numbers| numbers.iter().map(|number| field(number)).collect_view();
    view! {
        <ModelAndTier id />
        <div class="fields fields--3">{fields(LIMITS)}</div>
        <div class="fields fields--3">{fields(PRICES)}</div>
        <details class="more">
            <summary class="more__head">{say::MORE_LIMITS}</summary>
            <div class="fields">
                {property::PROVIDER_CHOICES
                    .iter()
                    .map(|choice| view! { <Chosen id choice /> })
                    .collect_view()}
            </div>
            <div class="fields fields--3">{fields(MORE)}</div>
        </details>
        <details class="more">
            <summary class="more__head">{say::MORE_PRICES}</summary>
            <div class="fields fields--3">{fields(MORE_PRICES)}</div>
        </details>
        <details class="more">
            <summary class="more__head">{say::RESERVED}</summary>
            <div class="fields fields--3">{fields(RESERVED)}</div>
        </details>
        <Source id />
        <Tools id />
    }
}

/// Choice of a provider as a field.
#[component]
fn Chosen(
    /// Id of the provider's row.
    id: u32,
    /// Choice being edited.
    choice: &'static Choice<Provider>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let get = store.slice(move |s| s.provider(id).and_then(choice.get).unwrap_or_default());
    let set = Callback::new(move |word: String| {
        store.edit_provider(id, choice.key, |p| drop(choice.read(p, &word)));
    });
    let field = Field {
        get: get.into(),
        set,
    };
    let choices = Signal::stored(choices(choice));
    view! { <SelectField id=format!("p{id}-{}", choice.key) label=choice.label choices field /> }
}

/// Button that removes the provider.
#[component]
fn Tools(
    /// Id of the provider's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let count = store.slice(|s| s.providers.len());
    let remove = move |_| {
        store.edit("", |scenario| {
            scenario.providers.retain(|provider| provider.id != id);
        });
    };
    view! {
        <div class="chips">
            <button class="chip" type="button" disabled=move || count.get() < 2 on:click=remove>
                {say::REMOVE_PROVIDER}
            </button>
        </div>
    }
}
