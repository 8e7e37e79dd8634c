//! The gateways at other loads, where the load decides which provider answers.

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
        if !self.has_order() {
            return Some(found);
        }
        let used = |scale: f64| {
            full(self.sizing(gateway, self.times(scale))).map_or(0.0, |most| scale / most)
        };
        scale_at(1.0, FAR, used)
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
