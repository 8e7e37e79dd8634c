//! What the rules for the size of the fleet ask for at a rate.

use super::RuleId;
use crate::catalog::guide::{self, FleetRow};
use crate::model::fleet as model;
use crate::model::queueing::{self, Promise, System};
use crate::scenario::{Gateway, Traffic};

/// Squared coefficient of variation of the time a request is held. Ours: answers
/// of the Azure conversation trace vary with a coefficient of 0.77, those of its
/// code trace with 2.1; 1 lies between.
const SERVICE_CV2: f64 = 1.0;
/// More slots than this are not judged by the formula, only by their number.
pub(super) const SLOTS_MOST: f64 = 200_000.0;
/// Share of the requests that a wait target is about.
const WAIT_SHARE: f64 = 0.99;

/// What the rules need to know about a rate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizing {
    time_in_flight_s: f64,
    longest_in_flight_s: f64,
    slots: u32,
    rps_per_instance: f64,
    pub(super) wait_target_s: Option<f64>,
    burstiness: f64,
}

impl Sizing {
    pub(super) fn of(gateway: &Gateway, traffic: &Traffic, times: Times) -> Self {
        Self {
            time_in_flight_s: times.mean_s,
            longest_in_flight_s: times.longest_s,
            slots: gateway.concurrency,
            rps_per_instance: chain_rps(gateway),
            wait_target_s: gateway.wait_target_s,
            burstiness: traffic.burstiness,
        }
    }

    /// Random arrivals at a rate before so many slots. The same number of requests is
    /// held, but each as long as the longest kind: who waits, waits for those.
    pub(super) fn system(self, rps: f64, slots: u32) -> System {
        let held = model::in_flight(rps, self.time_in_flight_s);
        let is_held = 0.0 < self.longest_in_flight_s;
        System {
            arrival_rate_rps: if is_held {
                held / self.longest_in_flight_s
            } else {
                rps
            },
            service_time_s: self.longest_in_flight_s,
            service_cv2: SERVICE_CV2,
            arrival_dispersion: self.burstiness,
            servers: slots,
        }
    }

    /// Instances whose slots keep the wait target; none without one. Loads beyond the
    /// formula need no more than their slots: nobody waits before so many.
    fn instances_by_wait(self, rps: f64) -> f64 {
        let (Some(most_s), true) = (self.wait_target_s, 0.0 < rps) else {
            return 0.0;
        };
        let held = model::in_flight(rps, self.time_in_flight_s);
        let promise = Promise::WaitWithin {
            share: WAIT_SHARE,
            most_s,
        };
        let servers = (held < SLOTS_MOST)
            .then(|| queueing::servers_for_wait(&self.system(rps, 1), promise).ok())
            .flatten();
        servers.map_or(held, f64::from) / f64::from(self.slots)
    }

    /// Whether `instances` keep the wait target at a rate.
    fn keeps_wait(self, rps: f64, instances: u32) -> bool {
        let Some(most_s) = self.wait_target_s else {
            return true;
        };
        let slots = self.slots.saturating_mul(instances);
        if SLOTS_MOST <= f64::from(slots) || rps <= 0.0 {
            return model::in_flight(rps, self.time_in_flight_s) <= f64::from(slots);
        }
        queueing::wait(&self.system(rps, slots)).is_ok_and(|wait| wait.wait_p99_s <= most_s)
    }

    pub(super) fn needs(self, rps: f64) -> [(RuleId, f64); 5] {
        let held = model::in_flight(rps, self.time_in_flight_s);
        let row = guide_row(rps);
        let table = model::instances_in_row(rps, &table_row(row));
        [
            (
                RuleId::Concurrency,
                model::instances_by_concurrency(held, self.slots),
            ),
            (RuleId::GuideTable, table),
            (
                RuleId::Throughput,
                model::instances_by_throughput(rps, self.rps_per_instance),
            ),
            (RuleId::WaitTarget, self.instances_by_wait(rps)),
            (RuleId::Availability, 2.0),
        ]
    }

    /// The same for many rates up to a highest one: the staffing formula is asked at a
    /// few of them, and taken as straight between.
    pub(super) fn instances_of(self, rates: impl Iterator<Item = f64>, highest: f64) -> Vec<u32> {
        const POINTS: u32 = 24;
        // Rates that follow each other mostly share a row of the table.
        let mut row = table_row(guide_row(0.0));
        let mut plain = |rps: f64| {
            if rps < row.rps_from || row.rps_to.is_some_and(|to| to <= rps) {
                row = table_row(guide_row(rps));
            }
            self.instances_without_wait(rps, &row)
        };
        if self.wait_target_s.is_none() || highest <= 0.0 {
            return rates.map(plain).collect();
        }
        let step = highest / f64::from(POINTS);
        let by_wait: Vec<f64> = (0..=POINTS + 1)
            .map(|point| self.instances_by_wait(step * f64::from(point)))
            .collect();
        let along = |rps: f64| {
            let position = (rps / step).clamp(0.0, f64::from(POINTS));
            let point = model::whole(libm::floor(position)) as usize;
            let (low, high) = (by_wait[point], by_wait[point + 1]);
            low + (high - low) * (position - libm::floor(position))
        };
        rates
            .map(|rps| plain(rps).max(model::whole(along(rps))))
            .collect()
    }

    /// Instances a rate needs, headroom already in it: what the rule that asks for most
    /// does.
    pub(super) fn instances(self, rps: f64) -> u32 {
        let plain = self.instances_without_wait(rps, &table_row(guide_row(rps)));
        plain.max(model::whole(self.instances_by_wait(rps)))
    }

    fn instances_without_wait(&self, rps: f64, row: &model::Row) -> u32 {
        let held = model::in_flight(rps, self.time_in_flight_s);
        let by_slots = model::instances_by_concurrency(held, self.slots);
        let by_throughput = model::instances_by_throughput(rps, self.rps_per_instance);
        let by_table = model::instances_in_row(rps, row);
        let mut most = 2.0;
        for need in [by_slots, by_throughput, by_table] {
            if most < need {
                most = need;
            }
        }
        model::whole(most)
    }

    /// Requests per second that `instances` carry without headroom.
    pub(super) fn capacity_rps(self, instances: f64) -> f64 {
        let held = instances * f64::from(self.slots);
        let by_slots = if 0.0 < self.time_in_flight_s {
            held / self.time_in_flight_s
        } else {
            f64::INFINITY
        };
        by_slots.min(instances * self.rps_per_instance)
    }
}

/// How long requests are held.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) mean_s: f64,
    pub(super) longest_s: f64,
}

fn chain_rps(gateway: &Gateway) -> f64 {
    let chain = guide::CHAINS.iter().find(|row| row.key == gateway.chain);
    chain.map_or(1_000.0, |row| row.rps_per_instance)
}

/// The guide's row for a rate; a boundary belongs to the row that begins there.
pub(super) fn guide_row(rps: f64) -> &'static FleetRow {
    guide::FLEET
        .iter()
        .rev()
        .find(|row| row.rps_from <= rps)
        .unwrap_or(&guide::FLEET[0])
}

fn table_row(row: &FleetRow) -> model::Row {
    model::Row {
        rps_from: row.rps_from,
        rps_to: row.rps_to,
        instances_from: row.instances_from,
        instances_to: row.instances_to,
    }
}

/// Largest multiple of the load that still fits `instances`; the second one for
/// availability is not the load's. `None` without load or beyond a million.
pub(super) fn largest_scale(sizing: Sizing, sizing_rps: f64, instances: u32) -> Option<f64> {
    const FAR: f64 = 1e6;
    let by_table = model::rps_of_rows(instances, guide::FLEET.iter().map(table_row));
    let rps = sizing.capacity_rps(f64::from(instances)).min(by_table);
    let scale = rps / sizing_rps;
    if sizing_rps <= 0.0 || FAR <= scale {
        return None;
    }
    if sizing.keeps_wait(rps, instances) {
        return Some(scale);
    }
    // The wait has no closed inverse.
    let (mut low, mut high) = (0.0, rps);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if sizing.keeps_wait(middle, instances) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low / sizing_rps)
}
