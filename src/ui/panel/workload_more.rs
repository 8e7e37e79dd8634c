//! Details of a workload's row: cache, reservation, provider.

use leptos::prelude::*;

use super::super::field::{NumberField, SelectField};
use super::super::store::{Field, ScenarioStore};
use super::period::period;
use super::setting::choices;
use super::workload_tools::Tools;
use crate::say::page::panel as say;
use crate::scenario::Period;
use crate::scenario::property;

/// Period, cache, reservation, and row actions.
#[component]
pub(super) fn More(
    /// Id of the workload's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let counted = Field {
        get: Signal::derive(move || period(store, id).key().to_owned()),
        set: Callback::new(move |word: String| {
            store.edit_workload(id, "period", |workload| {
                let Some(period) = Period::parse(&word) else {
                    return;
                };
                workload.requests *= workload.period.per_day() / period.per_day();
                workload.period = period;
            });
        }),
    };
    let choices = Signal::stored(choices(&property::PERIOD));
    let field = move |number| store.workload_number(id, number);
    view! {
        <div class="row__more">
            <NumberField
                id=format!("w{id}-cached")
                spec=property::CACHED.spec()
                field=field(&property::CACHED)
            />
            <NumberField
                id=format!("w{id}-cache-write")
                spec=property::CACHE_WRITE.spec()
                field=field(&property::CACHE_WRITE)
                problem=store.workload_problem(id, property::CACHE_WRITE.key)
            />
            <NumberField
                id=format!("w{id}-max")
                spec=property::MAX_OUTPUT.spec()
                placeholder=Signal::stored(say::MEAN_OUTPUT.to_owned())
                field=field(&property::MAX_OUTPUT)
            />
            <NumberField
                id=format!("w{id}-users")
                spec=property::USERS.spec()
                field=field(&property::USERS)
            />
            <NumberField
                id=format!("w{id}-calls")
                spec=property::CALLS.spec()
                field=field(&property::CALLS)
            />
            <NumberField
                id=format!("w{id}-cache-hit")
                spec=property::CACHE_HIT.spec()
                field=field(&property::CACHE_HIT)
            />
            <NumberField
                id=format!("w{id}-batch")
                spec=property::BATCH.spec()
                field=field(&property::BATCH)
            />
            <SelectField
                id=format!("w{id}-period")
                label=property::PERIOD.label
                choices
                field=counted
            />
            <GoesTo id />
            <Tools id />
        </div>
    }
}

/// Provider of the workload; several can be set in a link or file.
#[component]
fn GoesTo(
    /// Id of the workload's row.
    id: u32,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let choices = store.slice(|s| {
        let all = (String::new(), say::ALL_PROVIDERS.to_owned());
        let ids = s.target_ids().into_iter().map(|id| (id.clone(), id));
        std::iter::once(all).chain(ids).collect::<Vec<_>>()
    });
    let get = store.slice(move |s| {
        s.workload(id)
            .and_then(property::TO.get)
            .unwrap_or_default()
    });
    let set = Callback::new(move |word: String| {
        store.edit_workload(id, "to", |workload| {
            drop(property::TO.read(workload, &word));
        });
    });
    let field = Field {
        get: get.into(),
        set,
    };
    let (id, label) = (format!("w{id}-to"), property::TO.label);
    view! { <SelectField id label choices field /> }
}
