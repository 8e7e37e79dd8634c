//! The gateways at other loads, where the load decides which provider answers.

use std::cell::Cell;

use super::counting::CountedRow;
use super::scale::scale_at;
use super::sizing::{Sizing, Times};
use super::spread::spread;
use super::times::times;
use super::{Demand, demand};
use crate::scenario::{Gateway, Scenario};

/// Multiple of today's load beyond which no end of the gateways is sought.
const FAR: f64 = 1e6;

/// The requests and the rows that they are spread over.
#[derive(Clone, Copy)]
pub(super) struct Mix<'p> {
    pub(super) scenario: &'p Scenario,
    pub(super) demand: &'p Demand,
    pub(super) rows: &'p [CountedRow<'p>],
}

/// Installs the code for other loads, in programs that load it later. Only an order needs it.
pub fn bring() {
    AT_LOADS.set(Some(scale_at_loads));
}

type AtLoads = fn(&Mix<'_>, &dyn Fn(Times) -> Option<f64>) -> Option<f64>;

thread_local! {
    static AT_LOADS: Cell<Option<AtLoads>> =
        const { Cell::new(if cfg!(feature = "split") { None } else { Some(scale_at_loads) }) };
}

/// Multiple of today's load that is the one found for the times in flight that it brings.
fn scale_at_loads(mix: &Mix<'_>, full: &dyn Fn(Times) -> Option<f64>) -> Option<f64> {
    let used = |scale: f64| full(mix.times(scale)).map_or(0.0, |most| scale / most);
    scale_at(1.0, FAR, used)
}

impl Mix<'_> {
    /// Sizing of gateways for today's mix of requests, or another time in flight.
    pub(super) fn sizing(&self, gateway: &Gateway, times: Times) -> Sizing {
        Sizing::of(gateway, &self.scenario.traffic, self.demand, times)
    }

    /// Multiple of today's load at which gateways are full, by a rule that finds it for one mix of
    /// times in flight. In an order, more load goes on to later places, which answer in other
    /// times.
    pub(super) fn scale_to_full(
        &self,
        gateway: &Gateway,
        today: Times,
        full: impl Fn(Sizing) -> Option<f64>,
    ) -> Option<f64> {
        let found = full(self.sizing(gateway, today))?;
        // Where the code for other loads is missing, that for an order is missed too, and tells so.
        let Some(at_loads) = AT_LOADS.get().filter(|_| self.has_order()) else {
            return Some(found);
        };
        at_loads(self, &|times| full(self.sizing(gateway, times)))
    }

    /// Whether some rows get only what others refuse.
    fn has_order(&self) -> bool {
        let carrying = self.rows.iter().filter(|row| 0.0 < row.weight);
        let mut orders = carrying.map(|row| row.provider.order);
        let first = orders.next();
        orders.any(|order| Some(order) != first)
    }

    /// Times in flight at a multiple of today's load.
    fn times(&self, scale: f64) -> Times {
        let mut scenario = self.scenario.clone();
        for workload in &mut scenario.workloads {
            workload.requests *= scale;
        }
        let demand = demand::demand(&scenario);
        let spread = spread(&scenario, &demand, self.rows);
        times(&scenario, &demand, &spread)
    }
}
