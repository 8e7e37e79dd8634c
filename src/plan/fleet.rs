//! How many gateways, and which rule decides.

use serde::Serialize;

use super::sizing::{Sizing, Times, guide_row, largest_scale};
use super::{Demand, ProviderPlan};
use crate::model::fleet as model;
use crate::model::order::sorted_by;
use crate::scenario::Scenario;

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

/// A rule for the size of the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RuleId {
    /// The guide's table.
    GuideTable,
    /// Requests held at once against slots.
    Concurrency,
    /// Requests per second against measured throughput.
    Throughput,
    /// Slots that keep the wait the reader states.
    WaitTarget,
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
            Self::WaitTarget => "Wait target",
            Self::Availability => "Availability",
        }
    }

    /// The same inside a sentence.
    pub fn by(self) -> &'static str {
        match self {
            Self::GuideTable => "by the guide's table",
            Self::Concurrency => "by concurrency",
            Self::Throughput => "by throughput",
            Self::WaitTarget => "by the wait target",
            Self::Availability => "for availability",
        }
    }
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
fn times(scenario: &Scenario, demand: &Demand, providers: &[ProviderPlan]) -> Times {
    let mean_s = providers
        .iter()
        .map(|p| p.share_ratio * p.time_in_flight_s)
        .sum();
    let rows = || scenario.providers.iter().zip(providers);
    let share_sum: f64 = providers.iter().map(|p| p.share_ratio).sum();
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

pub(super) fn gateway(
    scenario: &Scenario,
    demand: &Demand,
    providers: &[ProviderPlan],
    day: &[f64],
) -> GatewayPlan {
    let times = times(scenario, demand, providers);
    let sizing = Sizing::of(scenario, times);
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
    rules.retain(|rule| rule.id != RuleId::WaitTarget || sizing.wait_target_s.is_some());
    // Stable: between equals the earlier rule decides.
    let rules = sorted_by(rules, |rule| (0, -f64::from(rule.instances)));
    let decided = rules.first().cloned();
    let instances = decided.as_ref().map_or(2, |rule| rule.instances);
    let quietest = day.iter().copied().fold(f64::INFINITY, f64::min).min(1.0);
    let instances_quiet = sizing.instances(demand.mean_rps * quietest * headroom);
    let hpa = &scenario.gateway.hpa;
    // What the plan fills in must not contradict what the reader set: the API server
    // refuses a maximum below the minimum.
    let quiet = instances_quiet.min(hpa.replicas_max.unwrap_or(u32::MAX));
    let instances_min = hpa.replicas_min.unwrap_or(quiet);
    let planned_max = model::whole(f64::from(instances) * spare_for_zone(scenario));
    let planned_max = planned_max.max(instances_min);
    let instances_max = hpa.replicas_max.unwrap_or(planned_max).max(1);
    let row = guide_row(sizing_rps);
    let in_flight = model::in_flight(demand.peak_rps, times.mean_s);
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
        time_in_flight_s: times.mean_s,
        longest_in_flight_s: times.longest_s,
        in_flight,
        concurrency_needed: in_flight * headroom / f64::from(instances.max(1)),
    }
}

/// Pods for each one that must be left when a zone is lost: 1.5 of three zones.
fn spare_for_zone(scenario: &Scenario) -> f64 {
    let zones = f64::from(scenario.gateway.zones);
    if zones < 2.0 {
        1.0
    } else {
        zones / (zones - 1.0)
    }
}
