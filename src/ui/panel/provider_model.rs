//! Model and tier of a provider's row.

use leptos::prelude::*;

use super::super::field::{NameField, SelectField};
use super::super::store::{Field, ScenarioStore};
use crate::catalog::provider as catalog;
use crate::say::page::panel as say;
use crate::scenario::Provider;

/// Model and tier; a change resets the limits to the catalogue's.
#[component]
pub(super) fn ModelAndTier(
    /// Id of the provider's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let part = move |read: fn(&Provider) -> String| {
        Signal::from(store.slice(move |s| s.provider(id).map(read).unwrap_or_default()))
    };
    let models = store.slice(move |s| {
        let vendor = s.provider(id).map(|p| p.vendor.clone()).unwrap_or_default();
        catalog::models(&vendor)
            .map(|row| (row.name.to_owned(), say::model(row.name, row.retired)))
            .collect::<Vec<_>>()
    });
    let tiers = store.slice(move |s| {
        let row = s.provider(id).and_then(Provider::model_row);
        row.into_iter()
            .flat_map(catalog::Model::tier_names)
            .map(|name| (name.to_owned(), name.to_owned()))
            .collect::<Vec<_>>()
    });
    let model = Field {
        get: part(|p| p.model.clone()),
        set: Callback::new(move |name: String| {
            store.edit_provider(id, "model", |p| p.choose_model(&name));
        }),
    };
    let tier = Field {
        get: part(|p| p.tier.clone()),
        set: Callback::new(move |name: String| {
            store.edit_provider(id, "tier", |p| p.choose_tier(&name));
        }),
    };
    let is_listed = Memo::new(move |_| models.with(|models| !models.is_empty()));
    view! {
        <Show
            when=move || is_listed.get()
            fallback=move || {
                view! {
                    <div class="field">
                        <span class="field__label">{say::MODEL}</span>
                        <span class="field__box">
                            <NameField
                                label=Signal::stored(say::MODEL.to_owned())
                                class=""
                                field=model
                            />
                        </span>
                    </div>
                }
            }
        >
            <div class="fields">
                <SelectField
                    id=format!("p{id}-model")
                    label=say::MODEL
                    choices=models
                    field=model
                />
                <SelectField id=format!("p{id}-tier") label=say::TIER choices=tiers field=tier />
            </div>
        </Show>
    }
}
