//! The period in which a workload counts its requests.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::say::page::panel;
use crate::scenario::Period;

/// The period, also of a row that is gone by now.
pub(super) fn period(store: ScenarioStore, id: u32) -> Period {
    store.with(|s| s.workload(id).map_or(Period::Day, |w| w.period))
}

/// `/day`, `/hour` or `/min`, as the workload's requests are counted.
pub(super) fn period_unit(store: ScenarioStore, id: u32) -> Signal<String> {
    Signal::derive(move || panel::per(period(store, id)).to_owned())
}
