//! How many gateways, and which rule decides.

use serde::Serialize;

use super::counting::CountedRow;
use super::providers::Load;
use super::sizing::{Sizing, Times, guide_row, largest_scale};
use super::{Demand, RuleId};
use crate::model::fleet as model;
use crate::model::order::sorted_by;
use crate::scenario::{Gateway, Scenario, Traffic};

/// The gateways.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
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
    /// What the plan would set as maximum: the need with one zone lost, and no less than
    /// the minimum.
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
    /// The same of the workload whose requests are held longest.
    pub longest_in_flight_s: f64,
    /// Requests held at once at the peak, without headroom.
    pub in_flight: f64,
    /// Requests one instance must hold at once, headroom included.
    pub concurrency_needed: f64,
}

/// What one rule asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct FleetRule {
    /// Which rule.
    pub id: RuleId,
    /// Instances before rounding up.
    pub need: f64,
    /// Instances.
    pub instances: u32,
}

impl GatewayPlan {
    pub(super) fn times(&self) -> Times {
        Times {
            mean_s: self.time_in_flight_s,
            longest_s: self.longest_in_flight_s,
        }
    }
}

/// The time of all requests, and of the workload that is held longest.
pub(super) fn times(
    scenario: &Scenario,
    demand: &Demand,
    rows: &[CountedRow<'_>],
    loads: &[Load],
) -> Times {
    let mean_s = loads
        .iter()
        .map(|p| p.share_ratio * p.time_in_flight_s)
        .sum();
    let rows = || rows.iter().map(|row| row.provider).zip(loads);
    let share_sum: f64 = loads.iter().map(|p| p.share_ratio).sum();
    let tries_s: f64 = rows()
        .map(|(row, p)| p.share_ratio * (row.ttft_s * demand.attempts + demand.backoff_s))
        .sum();
    let token_s: f64 = rows().map(|(row, p)| p.share_ratio / row.output_tps).sum();
    let overhead_s = share_sum * scenario.gateway.overhead_ms / 1e3;
    let asked = scenario.workloads.iter().filter(|w| 0.0 < w.requests);
    let longest_s = asked
        .map(|w| w.direct_ratio() * (tries_s + w.output_tokens * token_s) + overhead_s)
        .fold(0.0, f64::max);
    // One workload's longest is its mean, but for rounding.
    Times {
        mean_s,
        longest_s: longest_s.max(mean_s),
    }
}

/// How many gateways run, and what the most of them carry.
pub(super) struct Size {
    instances_quiet: u32,
    instances_min: u32,
    instances_max: u32,
    planned_max: u32,
    pub(super) max_scale: Option<f64>,
}

/// Between which ends the autoscaler keeps a fleet of which the peak needs `instances`,
/// and the quietest five minutes `quietest` times the mean.
pub(super) fn size(
    (gateway, traffic): (&Gateway, &Traffic),
    demand: &Demand,
    sizing: Sizing,
    instances: u32,
    quietest: f64,
) -> Size {
    let instances_quiet = sizing.instances(demand.mean_rps * quietest * traffic.headroom);
    let hpa = &gateway.hpa;
    // What the plan fills in must not contradict what the reader set: the API server
    // refuses a maximum below the minimum.
    let quiet = instances_quiet.min(hpa.replicas_max.unwrap_or(u32::MAX));
    let instances_min = hpa.replicas_min.unwrap_or(quiet);
    let planned_max = model::whole(f64::from(instances) * spare_for_zone(gateway));
    let planned_max = planned_max.max(instances_min);
    let instances_max = hpa.replicas_max.unwrap_or(planned_max).max(1);
    Size {
        instances_quiet,
        instances_min,
        instances_max,
        planned_max,
        max_scale: largest_scale(sizing, demand.peak_rps * traffic.headroom, instances_max),
    }
}

pub(super) fn gateway(
    scenario: &Scenario,
    demand: &Demand,
    times: Times,
    quietest: f64,
) -> GatewayPlan {
    let (gateway, traffic) = (&scenario.gateway, &scenario.traffic);
    let sizing = Sizing::of(gateway, traffic, times);
    let sizing_rps = demand.peak_rps * traffic.headroom;
    let mut rules = sizing
        .needs(sizing_rps)
        .map(|(id, need)| FleetRule {
            id,
            need,
            instances: model::whole(need),
        })
        .to_vec();
    rules.retain(|rule| rule.id != RuleId::WaitTarget || sizing.wait_target_s.is_some());
    // Stable: between equals the earlier rule decides.
    let rules = sorted_by(rules, |rule| (0, -f64::from(rule.instances)));
    let decided = rules.first().cloned();
    let instances = decided.as_ref().map_or(2, |rule| rule.instances);
    let size = size((gateway, traffic), demand, sizing, instances, quietest);
    let row = guide_row(sizing_rps);
    let in_flight = model::in_flight(demand.peak_rps, times.mean_s);
    GatewayPlan {
        size_class: row.name,
        sizing_rps,
        instances,
        instances_quiet: size.instances_quiet,
        instances_min: size.instances_min,
        instances_max: size.instances_max,
        min_is_planned: gateway.hpa.replicas_min.is_none(),
        max_is_planned: gateway.hpa.replicas_max.is_none(),
        planned_max: size.planned_max,
        decided_by: decided.map_or(RuleId::Availability, |rule| rule.id),
        rules,
        max_scale: size.max_scale,
        vcpu_per_instance: gateway.vcpu.unwrap_or(row.vcpu),
        memory_mb_per_instance: gateway.memory_mb.unwrap_or(row.memory_mb),
        time_in_flight_s: times.mean_s,
        longest_in_flight_s: times.longest_s,
        in_flight,
        concurrency_needed: in_flight * traffic.headroom / f64::from(instances.max(1)),
    }
}

/// Pods for each one that must be left when a zone is lost: 1.5 of three zones.
fn spare_for_zone(gateway: &Gateway) -> f64 {
    let zones = f64::from(gateway.zones);
    if zones < 2.0 {
        1.0
    } else {
        zones / (zones - 1.0)
    }
}
