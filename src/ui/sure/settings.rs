//! Inputs of the draws.

use leptos::prelude::*;

use super::super::field::NumberField;
use super::super::store::ScenarioStore;
use crate::say::page::sure as page;
use crate::say::words;
use crate::scenario::property::{DRAW_SEED, TOKEN_CORRELATION};

/// Correlation of tokens in a workload, and the seed.
#[component]
pub(super) fn Settings() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let first = store.slice(|scenario| match scenario.workloads.as_slice() {
        [only] => Some(only.id),
        _ => None,
    });
    let together = move || {
        first.get().map(|id| {
            view! {
                <NumberField
                    id="s-token-correlation".to_owned()
                    spec=TOKEN_CORRELATION.spec()
                    field=store.workload_number(id, &TOKEN_CORRELATION)
                />
            }
        })
    };
    view! {
        <div class="fields sure__fields">
            {together}
            <NumberField
                id="s-draw-seed".to_owned()
                spec=DRAW_SEED.spec()
                field=store.number(&DRAW_SEED)
            />
        </div>
        <p class="row__meta">{page::method(words::significant(20.0).as_str())}</p>
    }
}
