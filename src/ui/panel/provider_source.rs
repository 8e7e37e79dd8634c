//! Where the numbers of a provider come from.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::catalog::provider as catalog;
use crate::plan::words;
use crate::scenario::Provider;

/// Where limits, price and speed come from.
#[component]
pub(super) fn Source(
    /// Id of the row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    // Date, evidence and place of the limits, or of the reserved units.
    let row = store.slice(move |s| {
        let provider = s.provider(id)?;
        let reserved = provider.model_row().and_then(|row| row.provisioned);
        match (provider.tier_row(), reserved) {
            (Some(row), _) => Some((row.as_of, row.evidence, row.source)),
            (None, Some(row)) if provider.units.is_some() => {
                Some((row.as_of, row.evidence, row.source))
            }
            _ => None,
        }
    });
    let facts = store.slice(move |s| {
        let model = s.provider(id).and_then(Provider::model_row);
        let price = model
            .and_then(|m| m.price)
            .map_or("no price known", |price| price.source);
        let speed = model
            .and_then(|m| m.latency)
            .unwrap_or(catalog::LATENCY_ASSUMED);
        let unit = model
            .and_then(|m| m.provisioned)
            .filter(|row| row.usd_per_unit_month.is_some())
            .map_or_else(String::new, |row| {
                format!(". {}: {}", row.unit, row.price_source)
            });
        format!("Price: {price}. Speed, rough: {}{unit}", speed.source)
    });
    view! {
        <p class="row__meta">
            {move || {
                row.get()
                    .map(|(as_of, evidence, source)| {
                        let words = format!(
                            "Limits as of {}, {}",
                            words::day_month_year(as_of),
                            catalog::evidence_text(evidence),
                        );
                        if source.starts_with("http") {
                            view! {
                                <span>
                                    {words} " " <a href=source rel="noopener" target="_blank">
                                        "source"
                                    </a>
                                </span>
                            }
                                .into_any()
                        } else {
                            view! { <span>{format!("{words}: {source}")}</span> }.into_any()
                        }
                    })
            }} <span>{facts}</span>
        </p>
    }
}
