//! Sources of a provider's numbers.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::say::page::panel as say;

/// Sources of limits, price and speed.
#[component]
pub(super) fn Source(
    /// Id of the provider's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    // Date, evidence and source of the limits, or of provisioned units.
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
    let facts = store.slice(move |s| say::facts(s.provider(id)));
    view! {
        <p class="row__meta">
            {move || {
                row.get()
                    .map(|(as_of, evidence, source)| {
                        let words = say::limits_as_of(as_of, evidence);
                        if source.starts_with("http") {
                            view! {
                                <span>
                                    {words} " " <a href=source rel="noopener" target="_blank">
                                        {say::SOURCE}
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
