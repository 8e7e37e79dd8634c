//! Period in which a workload counts its requests.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::say::page::panel;
use crate::scenario::Period;

/// Period of a workload; the default if the row is gone.
pub(super) fn period(store: ScenarioStore, id: u32) -> Period {
    store.with(|s| s.workload(id).map_or(Period::Day, |w| w.period))
}

/// Unit of a workload's requests: `/day`, `/hour` or `/min`.
pub(super) fn period_unit(store: ScenarioStore, id: u32) -> Signal<String> {
    Signal::derive(move || panel::per(period(store, id)).to_owned())
}
