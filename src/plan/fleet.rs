//! How many gateways, and which rule decides.

use std::cmp::Reverse;

use serde::Serialize;

use super::{Demand, ProviderPlan};
use crate::catalog::guide::{self, FleetRow};
use crate::model::fleet as model;
use crate::scenario::Scenario;

/// The gateways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GatewayPlan {
    /// Row of the guide's table for peak × headroom.
    pub size_class: &'static str,
    /// Rate the fleet is sized for: peak × headroom.
    pub sizing_rps: f64,
    /// Instances needed at the peak.
    pub instances: u32,
    /// Instances needed in the quietest five minutes.
    pub instances_quiet: u32,
    /// `minReplicas` of the autoscaler.
    pub instances_min: u32,
    /// `maxReplicas` of the autoscaler.
    pub instances_max: u32,
    /// Whether the minimum comes from the plan, not from the reader.
    pub min_is_planned: bool,
    /// Whether the maximum comes from the plan, not from the reader.
    pub max_is_planned: bool,
    /// What the plan would set as maximum: the need with a third of the pods lost, and
    /// no less than the minimum.
    pub planned_max: u32,
    /// The rule that asks for most.
    pub decided_by: RuleId,
    /// All rules, the largest first.
    pub rules: Vec<FleetRule>,
    /// Multiple of today's load the maximum still carries.
    pub max_scale: Option<f64>,
    /// vCPU of an instance.
    pub vcpu_per_instance: f64,
    /// Memory of an instance, MB.
    pub memory_mb_per_instance: f64,
    /// Mean time a request is held, seconds.
    pub time_in_flight_s: f64,
    /// Requests held at once at the peak, without headroom.
    pub in_flight: f64,
    /// Requests one instance must hold at once, headroom included.
    pub concurrency_needed: f64,
}

/// What one rule asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FleetRule {
    /// Which rule.
    pub id: RuleId,
    /// Instances before rounding up.
    pub need: f64,
    /// Instances.
    pub instances: u32,
}

/// A rule for the size of the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleId {
    /// The guide's table.
    GuideTable,
    /// Requests held at once against slots.
    Concurrency,
    /// Requests per second against measured throughput.
    Throughput,
    /// Two, so that one may fail.
    Availability,
}

impl RuleId {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::GuideTable => "Guide's table",
            Self::Concurrency => "Concurrency",
            Self::Throughput => "Throughput",
            Self::Availability => "Availability",
        }
    }

    /// The same inside a sentence.
    pub fn by(self) -> &'static str {
        match self {
            Self::GuideTable => "by the guide's table",
            Self::Concurrency => "by concurrency",
            Self::Throughput => "by throughput",
            Self::Availability => "for availability",
        }
    }
}

/// What the rules need to know about a rate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizing {
    time_in_flight_s: f64,
    slots: u32,
    rps_per_instance: f64,
}

impl Sizing {
    pub(super) fn of(scenario: &Scenario, time_in_flight_s: f64) -> Self {
        Self {
            time_in_flight_s,
            slots: scenario.gateway.concurrency,
            rps_per_instance: chain_rps(scenario),
        }
    }

    fn needs(self, rps: f64) -> [(RuleId, f64); 4] {
        let held = model::in_flight(rps, self.time_in_flight_s);
        let row = guide_row(rps);
        let table = model::instances_in_row(rps, table_row(row));
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
            (RuleId::Availability, 2.0),
        ]
    }

    /// Instances a rate needs, headroom already in it.
    pub(super) fn instances(self, rps: f64) -> u32 {
        let needs = self.needs(rps).map(|(_, need)| model::whole(need));
        needs.into_iter().max().unwrap_or(2)
    }

    /// The same without the second one for availability: what the load alone needs.
    fn instances_for_load(self, rps: f64) -> u32 {
        let needs = self
            .needs(rps)
            .into_iter()
            .filter(|(id, _)| *id != RuleId::Availability);
        needs.map(|(_, need)| model::whole(need)).max().unwrap_or(1)
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

fn chain_rps(scenario: &Scenario) -> f64 {
    let chain = guide::CHAINS
        .iter()
        .find(|row| row.key == scenario.gateway.chain);
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

pub(super) fn gateway(
    scenario: &Scenario,
    demand: &Demand,
    providers: &[ProviderPlan],
    day: &[f64],
) -> GatewayPlan {
    let time_in_flight_s: f64 = providers
        .iter()
        .map(|p| p.share_ratio * p.time_in_flight_s)
        .sum();
    let sizing = Sizing::of(scenario, time_in_flight_s);
    let headroom = scenario.traffic.headroom;
    let sizing_rps = demand.peak_rps * headroom;
    let mut rules = sizing
        .needs(sizing_rps)
        .map(|(id, need)| FleetRule {
            id,
            need,
            instances: model::whole(need),
        })
        .to_vec();
    // Stable: between equals the earlier rule decides.
    rules.sort_by_key(|rule| Reverse(rule.instances));
    let decided = rules.first().cloned();
    let instances = decided.as_ref().map_or(2, |rule| rule.instances);
    let quietest = day.iter().copied().fold(f64::INFINITY, f64::min).min(1.0);
    let instances_quiet = sizing.instances(demand.mean_rps * quietest * headroom);
    let hpa = &scenario.gateway.hpa;
    // What the plan fills in must not contradict what the reader set: the API server
    // refuses a maximum below the minimum.
    let quiet = instances_quiet.min(hpa.replicas_max.unwrap_or(u32::MAX));
    let instances_min = hpa.replicas_min.unwrap_or(quiet);
    // A third of the pods may be lost with their zone.
    let planned_max = model::whole(f64::from(instances) * 1.5).max(instances_min);
    let instances_max = hpa.replicas_max.unwrap_or(planned_max).max(1);
    let row = guide_row(sizing_rps);
    let in_flight = model::in_flight(demand.peak_rps, time_in_flight_s);
    GatewayPlan {
        size_class: row.name,
        sizing_rps,
        instances,
        instances_quiet,
        instances_min,
        instances_max,
        min_is_planned: hpa.replicas_min.is_none(),
        max_is_planned: hpa.replicas_max.is_none(),
        planned_max,
        decided_by: decided.map_or(RuleId::Availability, |rule| rule.id),
        rules,
        max_scale: largest_scale(sizing, sizing_rps, instances_max),
        vcpu_per_instance: scenario.gateway.vcpu.unwrap_or(row.vcpu),
        memory_mb_per_instance: scenario.gateway.memory_mb.unwrap_or(row.memory_mb),
        time_in_flight_s,
        in_flight,
        concurrency_needed: in_flight * headroom / f64::from(instances.max(1)),
    }
}

/// Largest multiple of the load that still fits `instances`, by bisection: the
/// guide's table is not a straight line. `None` without load or beyond a million.
fn largest_scale(sizing: Sizing, sizing_rps: f64, instances: u32) -> Option<f64> {
    const FAR: f64 = 1e6;
    let fits = |scale: f64| sizing.instances_for_load(sizing_rps * scale) <= instances;
    if sizing_rps <= 0.0 || fits(FAR) {
        return None;
    }
    let (mut low, mut high) = (0.0, FAR);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low)
}
