//! Number of gateways, and the rule that decides it.

use serde::Serialize;

use super::mix::Mix;
use super::sizing::{Times, guide_row, largest_scale};
use super::{Demand, RuleId};
use crate::catalog::guide;
use crate::model::fleet as model;
use crate::model::order::sorted_by;
use crate::model::{day, limit};
use crate::scenario::Gateway;
use crate::scenario::scaling::PodSchedule;

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
    /// Instances that schedules keep at the peak.
    #[serde(skip)]
    #[cfg_attr(feature = "cli", schemars(skip))]
    pub kept: u32,
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
    /// Hours that pods run in a day, between the autoscaler's ends.
    pub pod_hours: f64,
    /// Multiple of today's load that the maximum carries without headroom.
    pub max_scale: Option<f64>,
    /// Workers that a vendor's published rule asks for at the peak, with its redundancy: a second
    /// opinion, which decides nothing.
    pub vendor_workers: [f64; 2],
    /// vCPU of an instance.
    pub vcpu_per_instance: f64,
    /// Memory of an instance, MB.
    pub memory_mb_per_instance: f64,
    /// Mean time a request is held, seconds.
    pub time_in_flight_s: f64,
    /// Squared coefficient of variation of that time, over all kinds of requests.
    pub time_in_flight_cv2: f64,
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
    /// Gateways that the autoscaler may run, as a multiple of those running at the peak.
    pub fn grown_ratio(&self) -> f64 {
        let running = self.running().max(1);
        f64::from(self.instances_max.max(running)) / f64::from(running)
    }

    /// Gateways running at the peak: the need, or what a schedule keeps then, within the
    /// autoscaler's bounds.
    pub fn running(&self) -> u32 {
        let most = self.instances_max.max(self.instances_min);
        self.instances
            .max(self.kept)
            .clamp(self.instances_min, most)
    }

    pub(super) fn times(&self) -> Times {
        Times {
            mean_s: self.time_in_flight_s,
            cv2: self.time_in_flight_cv2,
        }
    }
}

/// Size of the fleet, and the bounds of the autoscaler.
pub(super) struct Size {
    instances_quiet: u32,
    instances_min: u32,
    pub(super) instances_max: u32,
    planned_max: u32,
    pub(super) pod_hours: f64,
    pub(super) max_scale: Option<f64>,
}

/// Size of a fleet that needs `instances` at the peak, and serves `quietest` times the mean in the
/// quietest five minutes.
pub(super) fn size(
    mix: &Mix<'_>,
    (gateway, times): (&Gateway, Times),
    instances: u32,
    (profile, quietest): (&[f64], f64),
) -> Size {
    let (demand, traffic) = (mix.demand, &mix.scenario.traffic);
    let sizing = mix.sizing(gateway, times);
    let instances_quiet = sizing.instances(demand.mean_rps * quietest * traffic.headroom);
    let hpa = &gateway.hpa;
    // Planned values must not contradict the reader's: the API server rejects a maximum below the
    // minimum.
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
        pod_hours: sizing.pod_hours(
            profile,
            demand.mean_rps * traffic.headroom,
            (instances_min, instances_max.max(instances_min)),
            &hpa.schedules.0,
        ),
        max_scale: mix.scale_to_full(gateway, times, |sizing| {
            largest_scale(sizing, demand.peak_rps, instances_max.max(instances_min))
        }),
    }
}

pub(super) fn gateway(
    mix: &Mix<'_>,
    times: Times,
    (profile, quietest): (&[f64], f64),
) -> GatewayPlan {
    let (demand, traffic) = (mix.demand, &mix.scenario.traffic);
    let gateway = &mix.scenario.gateway;
    let sizing = mix.sizing(gateway, times);
    let sizing_rps = demand.peak_rps * traffic.headroom;
    let mut rules = sizing
        .needs(sizing_rps)
        .map(|(id, need)| FleetRule {
            id,
            need,
            instances: model::whole(need),
        })
        .to_vec();
    rules.retain(|rule| sizing.asks(rule.id));
    // The sort is stable: of equal rules the earlier one decides.
    let rules = sorted_by(rules, |rule| (0, -f64::from(rule.instances)));
    let decided = rules.first().cloned();
    let instances = decided.as_ref().map_or(2, |rule| rule.instances);
    let day = (profile, quietest);
    let size = size(mix, (gateway, times), instances, day);
    let row = guide_row(sizing_rps);
    let in_flight = model::in_flight(demand.peak_rps, times.mean_s);
    GatewayPlan {
        size_class: row.name,
        sizing_rps,
        instances,
        kept: kept_at_peak(&gateway.hpa.schedules.0, profile),
        instances_quiet: size.instances_quiet,
        instances_min: size.instances_min,
        instances_max: size.instances_max,
        min_is_planned: gateway.hpa.replicas_min.is_none(),
        max_is_planned: gateway.hpa.replicas_max.is_none(),
        planned_max: size.planned_max,
        decided_by: decided.map_or(RuleId::Availability, |rule| rule.id),
        rules,
        pod_hours: size.pod_hours,
        max_scale: size.max_scale,
        vendor_workers: vendor_workers(demand),
        vcpu_per_instance: gateway.vcpu.unwrap_or(row.vcpu),
        memory_mb_per_instance: gateway.memory_mb.unwrap_or(row.memory_mb),
        time_in_flight_s: times.mean_s,
        time_in_flight_cv2: times.cv2,
        in_flight,
        concurrency_needed: in_flight * traffic.headroom / f64::from(instances.max(1)),
    }
}

/// Fewest pods that schedules keep in any of the busiest five minutes.
fn kept_at_peak(schedules: &[PodSchedule], profile: &[f64]) -> u32 {
    let highest = profile.iter().copied().fold(0.0, f64::max);
    let kept = |(sample, _): (usize, &f64)| {
        let on = |each: &&PodSchedule| each.is_on(day::minute_of(sample));
        schedules.iter().filter(on).map(|each| each.pods).max()
    };
    let busiest = profile.iter().enumerate();
    let busiest = busiest.filter(|(_, height)| !limit::is_over(highest / **height));
    busiest.map(|at| kept(at).unwrap_or(0)).min().unwrap_or(0)
}

/// Kong's workers for the tokens of the peak: (input ÷ R + output) ÷ output of one, times its
/// redundancy.
fn vendor_workers(demand: &Demand) -> [f64; 2] {
    let input_tps = demand.peak_rps * demand.input_tokens_per_request;
    let output_tps = demand.peak_rps * demand.output_tokens_per_request;
    let load = input_tps / guide::KONG_INPUT_PER_OUTPUT + output_tps;
    guide::KONG_REDUNDANCY.map(|times| load / guide::KONG_OUTPUT_TPS * times)
}

/// Pods per pod that must remain after a zone loss: 1.5 with three zones.
fn spare_for_zone(gateway: &Gateway) -> f64 {
    let zones = f64::from(gateway.zones);
    if zones < 2.0 {
        1.0
    } else {
        zones / (zones - 1.0)
    }
}
