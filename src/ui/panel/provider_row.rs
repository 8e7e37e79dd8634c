//! Row of a provider.

use leptos::prelude::*;

use super::super::field::{NameField, NumberField};
use super::super::icon::Icon;
use super::super::store::{Field, ScenarioStore};
use super::provider_details::Details;
use crate::catalog::date::age_days;
use crate::catalog::provider as catalog;
use crate::say::page::panel as say;
use crate::say::words;
use crate::scenario::{Limits, Provider, property};

/// Provider row: weight always visible, limits and prices collapsed.
#[component]
pub(in crate::ui) fn ProviderRow(
    /// Id of the provider's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let open = RwSignal::new(false);
    let part = move |read: fn(&Provider) -> String| {
        store.slice(move |s| s.provider(id).map(read).unwrap_or_default())
    };
    let name = part(|p| p.name.clone());
    let set_name = move |text| store.edit_provider(id, "name", |p| p.name = text);
    let name_field = Field {
        get: name.into(),
        set: Callback::new(set_name),
    };
    let label = Signal::derive(move || say::provider_name(&name.get()));
    let model = part(|p| format!("{} · {}", p.model, p.tier));
    let limits = part(|p| say::limits(p.limits));
    view! {
        <div class="row" role="group" aria-label=name data-row=id>
            <div class="row__head">
                <NameField label class="row__name" field=name_field />
                <div class="weight">
                    <NumberField
                        id=format!("p{id}-weight")
                        spec=property::WEIGHT.spec()
                        field=store.provider_number(id, &property::WEIGHT)
                        hidden_label=say::WEIGHT
                    />
                </div>
                <button
                    class="row__tool"
                    type="button"
                    aria-expanded=move || open.get().to_string()
                    aria-label=move || say::limits_and_prices(&name.get())
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Icon name="chevron" />
                </button>
            </div>
            <Show
                when=move || open.get()
                fallback=move || {
                    view! {
                        <p class="row__meta row__meta--lines">
                            <span>{model}</span>
                            <span>{limits}</span>
                            <AsOf id />
                        </p>
                    }
                }
            >
                <Details id />
            </Show>
        </div>
    }
}

/// Date of the limits, marked if old or changed.
#[component]
fn AsOf(
    /// Id of the provider's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let dated = store.slice(move |s| {
        let provider = s.provider(id)?;
        let published = provider.tier_row().map(Limits::from).unwrap_or_default();
        let as_of = provider.tier_row().map_or("", |row| row.as_of);
        Some((as_of, provider.limits != published))
    });
    let today = store.answer(|plan| plan.today);
    move || {
        let (as_of, own) = dated.get().unwrap_or(("", false));
        if own {
            return view! { <span class="tag">{say::YOUR_LIMITS}</span> }.into_any();
        }
        let age = age_days(today.get(), as_of);
        match age.filter(|days| catalog::LIMITS_STALE_DAYS < *days) {
            Some(days) => view! {
                <span class="tag tag--old">
                    <Icon name="clock" />
                    {say::days_old(as_of, days)}
                </span>
            }
            .into_any(),
            None => view! { <span class="tag">{words::day_month_year(as_of)}</span> }.into_any(),
        }
    }
}
