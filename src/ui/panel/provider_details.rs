//! What lies behind a provider's row: model, limits, prices, speed.

use leptos::prelude::*;

use super::super::field::{NameField, NumberField, SelectField};
use super::super::store::{Field, ScenarioStore};
use crate::catalog::provider as catalog;
use crate::plan::words;
use crate::scenario::Provider;
use crate::scenario::property::{self, Number};

/// Model, tier, limits, prices and speed.
#[component]
pub(super) fn Details(
    /// Id of the row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let limits: [&'static Number<Provider>; 5] = [
        &property::RPM,
        &property::TPM,
        &property::ITPM,
        &property::OTPM,
        &property::RPD,
    ];
    let prices: [&'static Number<Provider>; 6] = [
        &property::PRICE_INPUT,
        &property::PRICE_CACHED,
        &property::PRICE_OUTPUT,
        &property::TTFT,
        &property::OUTPUT_TPS,
        &property::TARGET,
    ];
    let field = move |number: &'static Number<Provider>| {
        view! {
            <NumberField
                id=format!("p{id}-{}", number.key)
                spec=number.spec()
                field=store.provider_number(id, number)
                placeholder=Signal::stored("none".to_owned())
            />
        }
    };
    view! {
        <ModelAndTier id />
        <div class="fields fields--3">{limits.map(field).into_iter().collect_view()}</div>
        <div class="fields fields--3">{prices.map(field).into_iter().collect_view()}</div>
        <Source id />
        <Tools id />
    }
}

/// The model and the tier; a change fills in the limits again.
#[component]
fn ModelAndTier(
    /// Id of the row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let part = move |read: fn(&Provider) -> String| {
        Signal::from(store.slice(move |s| s.provider(id).map(read).unwrap_or_default()))
    };
    let models = store.slice(move |s| {
        let vendor = s.provider(id).map(|p| p.vendor.clone()).unwrap_or_default();
        catalog::models(&vendor)
            .map(|row| {
                let end = if row.retired { " (retired)" } else { "" };
                (row.name.to_owned(), format!("{}{end}", row.name))
            })
            .collect::<Vec<_>>()
    });
    let tiers = store.slice(move |s| {
        let row = s.provider(id).and_then(Provider::model_row);
        let tiers = row.map_or(&[][..], |row| row.tiers).iter();
        tiers
            .map(|tier| (tier.name.to_owned(), tier.name.to_owned()))
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
                        <span class="field__label">"Model"</span>
                        <span class="field__box">
                            <NameField
                                label=Signal::stored("Model".to_owned())
                                class=""
                                field=model
                            />
                        </span>
                    </div>
                }
            }
        >
            <div class="fields">
                <SelectField id=format!("p{id}-model") label="Model" choices=models field=model />
                <SelectField id=format!("p{id}-tier") label="Tier" choices=tiers field=tier />
            </div>
        </Show>
    }
}

/// Where limits, price and speed come from.
#[component]
fn Source(
    /// Id of the row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let row = store.slice(move |s| s.provider(id).and_then(Provider::tier_row));
    let facts = store.slice(move |s| {
        let model = s.provider(id).and_then(Provider::model_row);
        let price = model
            .and_then(|m| m.price)
            .map_or("no price known", |price| price.source);
        let speed = model
            .and_then(|m| m.latency)
            .unwrap_or(catalog::LATENCY_ASSUMED);
        format!("Price: {price}. Speed, rough: {}", speed.source)
    });
    view! {
        <p class="row__meta">
            {move || {
                row
                    .get()
                    .map(|row| {
                        let words = format!(
                            "Limits as of {}, {}",
                            words::day_month_year(row.as_of),
                            catalog::evidence_text(row.evidence),
                        );
                        if row.source.starts_with("http") {
                            view! {
                                <span>
                                    {words} " " <a href=row.source rel="noopener" target="_blank">
                                        "source"
                                    </a>
                                </span>
                            }
                                .into_any()
                        } else {
                            view! { <span>{format!("{words}: {}", row.source)}</span> }.into_any()
                        }
                    })
            }} <span>{facts}</span>
        </p>
    }
}

/// Remove.
#[component]
fn Tools(
    /// Id of the row.
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
                "Remove provider"
            </button>
        </div>
    }
}
