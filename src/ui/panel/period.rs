//! The period in which a workload counts its requests.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::scenario::Period;

/// `minute`, `hour` or `day`.
pub(super) fn period(store: ScenarioStore, id: u32) -> &'static str {
    store.with(|s| match s.workload(id).map(|w| w.period) {
        Some(period) => period.key(),
        None => Period::Day.key(),
    })
}

/// `/day`, `/hour` or `/min`, as the workload's requests are counted.
pub(super) fn period_unit(store: ScenarioStore, id: u32) -> Signal<String> {
    Signal::derive(move || format!("/{}", short(period(store, id))))
}

fn short(period: &str) -> &str {
    if period == "minute" { "min" } else { period }
}
