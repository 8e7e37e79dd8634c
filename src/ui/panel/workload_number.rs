//! Number of a workload as a field.

use leptos::prelude::*;

use super::super::field::NumberField;
use super::super::store::ScenarioStore;
use super::period::period_unit;
use crate::scenario::Workload;
use crate::scenario::property::{Number, REQUESTS};

/// Number of a workload; requests are per its own period.
#[component]
pub(in crate::ui) fn WorkloadNumber(
    /// Id of the workload.
    id: u32,
    /// Number being edited.
    number: &'static Number<Workload>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let is_requests = number.key == REQUESTS.key;
    let unit = if is_requests {
        period_unit(store, id)
    } else {
        Signal::stored(number.unit.to_owned())
    };
    view! {
        <NumberField
            id=format!("w{id}-{}", number.key)
            spec=number.spec()
            unit
            field=store.workload_number(id, number)
        />
    }
}
