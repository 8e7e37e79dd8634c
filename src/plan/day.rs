//! The plan over a day, for charts.

use serde::Serialize;

use super::sizing::Sizing;
use super::{Chapters, Demand, Depth, GatewayPlan};
use crate::model::day;
use crate::scenario::Scenario;

/// One value for every five minutes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct DayPlan {
    /// Rate as a multiple of the mean.
    pub profile: Vec<f64>,
    /// Minute after midnight of the busiest sample.
    pub peak_minute: u32,
    /// Gateways needed, with headroom.
    pub instances: Vec<u32>,
    /// Pod-hours a day, never below the autoscaler's minimum nor above its maximum.
    pub pod_hours: f64,
}

/// The day without its profile, which the chapters hold.
pub(super) fn day<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> DayPlan {
    let profile = &chapters.profile;
    let instances = D::reason(|| pods(scenario, chapters));
    DayPlan {
        peak_minute: day::minute_of(day::busiest(profile)),
        pod_hours: chapters.gateway.pod_hours,
        instances,
        profile: Vec::new(),
    }
}

/// Gateways needed per sample.
fn pods(scenario: &Scenario, chapters: &Chapters) -> Vec<u32> {
    gateways_needed(
        scenario,
        (&chapters.demand, &chapters.gateway),
        &chapters.profile,
    )
}

/// Gateways needed, with headroom, per sample of a profile: rates as multiples of the mean.
pub fn gateways_needed(
    scenario: &Scenario,
    (demand, gateway): (&Demand, &GatewayPlan),
    profile: &[f64],
) -> Vec<u32> {
    let traffic = &scenario.traffic;
    let sizing = Sizing::of(&scenario.gateway, traffic, demand, gateway.times());
    let rate = demand.mean_rps * traffic.headroom;
    let highest = day::highest(profile) * rate;
    sizing.instances_of(profile.iter().map(|x| rate * x), highest)
}
