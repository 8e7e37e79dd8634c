//! Routing of requests to providers: by weight, by the bindings of workloads, and by order, where
//! requests refused by one place spill to the next.

use std::cell::Cell;

use super::Demand;
use super::counting::CountedRow;
use super::places::{Days, by_place};
use super::recount::taken;
use super::shares::Spread;
use crate::model::routing;
use crate::scenario::Scenario;

/// Spreads the requests over the rows by their current weights.
pub(super) fn spread<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
) -> Spread<'r, 'a> {
    spread_on(scenario, demand, rows, Days::All)
}

/// Spreads the requests over the rows, on some days of a month.
pub(super) fn spread_on<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
    days: Days,
) -> Spread<'r, 'a> {
    // Without requests nothing is refused and nothing spills.
    if demand.requests_per_day <= 0.0 || is_plain(scenario, rows) {
        return by_weight(scenario, demand, rows);
    }
    let Some(by_place) = BY_PLACE.get() else {
        IS_MISSED.set(true);
        return by_weight(scenario, demand, rows);
    };
    by_place(scenario, demand, rows, days)
}

/// Installs the code that spreads requests place by place, in programs that load it later. Routing
/// by weight alone, as in the default and most links, does not need it.
pub fn bring() {
    BY_PLACE.set(Some(by_place));
}

/// Whether a plan since the last call needed code that was not loaded, and is therefore invalid.
pub fn is_missed() -> bool {
    IS_MISSED.take()
}

type Spreading = for<'r, 'a> fn(&Scenario, &Demand, &'r [CountedRow<'a>], Days) -> Spread<'r, 'a>;

thread_local! {
    static BY_PLACE: Cell<Option<Spreading>> =
        const { Cell::new(if cfg!(feature = "split") { None } else { Some(by_place) }) };
    static IS_MISSED: Cell<bool> = const { Cell::new(false) };
}

fn by_weight<'r, 'a>(
    scenario: &Scenario,
    demand: &Demand,
    rows: &'r [CountedRow<'a>],
) -> Spread<'r, 'a> {
    let weights: Vec<f64> = rows.iter().map(|row| row.weight).collect();
    let spread = Spread {
        rows: taken(scenario, demand, rows),
        shares: routing::shares(&weights),
        by_stream: None,
    };
    spread.with_mates(demand)
}

/// Whether all workloads go to all providers by weight alone.
pub(super) fn is_plain(scenario: &Scenario, rows: &[CountedRow<'_>]) -> bool {
    let is_free = scenario.workloads.iter().all(|workload| {
        let suited = rows.iter().filter(|row| workload.suits(row.kind)).count();
        workload.to.is_none() && (suited == 0 || suited == rows.len())
    });
    let mut orders = rows.iter().map(|row| row.provider.order);
    let first = orders.next();
    is_free && orders.all(|order| Some(order) == first)
}
