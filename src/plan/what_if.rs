//! The plan under a supposition: a loss, or the load of a later month, on today's fleet, limits and
//! disk.

use super::{Plan, evaluate};
use crate::catalog::date::Date;
use crate::scenario::property::REQUESTS;
use crate::scenario::{Scenario, WhatIf};

/// A lost part of the system.
#[derive(Debug, Clone, PartialEq)]
pub enum Lost {
    /// A provider, by name; the others take its requests.
    Provider(String),
    /// A zone with its gateways.
    Zone {
        /// Zones before the loss.
        zones: u32,
        /// Gateways at the peak before the loss.
        running: u32,
        /// Gateways left.
        left: u32,
        /// Bounds of the autoscaler, unchanged by the loss.
        bounds: (u32, u32),
        /// Multiple of the supposed load that the remaining gateways carry.
        max_scale: Option<f64>,
    },
}

/// A plan under a supposition.
#[derive(Debug, Clone, PartialEq)]
pub struct Supposed {
    /// The scenario under the supposition.
    pub scenario: Scenario,
    /// The plan under the supposition.
    pub plan: Plan,
    /// Load over today's.
    pub load_ratio: f64,
    /// Months from today.
    pub months: u32,
    /// The lost part, if any.
    pub lost: Option<Lost>,
}

/// The plan under a supposition; `None` if that changes nothing.
///
/// The gateways keep the bounds of the actual plan, and the database its size, since both exist. A
/// lost provider keeps its row without weight, as in [`super::Drill`]. A lost zone leaves the
/// gateways of [`super::ZoneDrill`].
pub fn supposed(
    scenario: &Scenario,
    plan: &Plan,
    what_if: &WhatIf,
    today: Date,
) -> Option<Supposed> {
    let growth_percent = scenario.traffic.growth_percent;
    let months = if 0.0 < growth_percent {
        what_if.months
    } else {
        0
    };
    let load_ratio = libm::pow(1.0 + growth_percent / 100.0, f64::from(months));
    let mut own = built(scenario, plan);
    let most = REQUESTS.spec().bounds().high;
    for workload in &mut own.workloads {
        workload.requests = (workload.requests * load_ratio).min(most);
    }
    let lost = lost(&mut own, what_if.lost.as_deref(), today);
    if months == 0 && lost.is_none() {
        return None;
    }
    Some(Supposed {
        plan: evaluate(&own, today),
        scenario: own,
        load_ratio,
        months,
        lost,
    })
}

/// The scenario with the sizes that the actual plan chose.
fn built(scenario: &Scenario, plan: &Plan) -> Scenario {
    let mut built = scenario.clone();
    let hpa = &mut built.gateway.hpa;
    hpa.replicas_min = Some(plan.gateway.instances_min);
    hpa.replicas_max = Some(plan.gateway.instances_max);
    built.control_plane.size = Some(plan.control_plane.size.to_owned());
    built
}

/// Removes a part; `None` if there is no such part, or no other one beside it.
fn lost(scenario: &mut Scenario, id: Option<&str>, today: Date) -> Option<Lost> {
    let id = id?;
    if id == WhatIf::ZONE {
        let now = evaluate(scenario, today);
        let drill = now.zone_drill?;
        let bounds = (now.gateway.instances_min, now.gateway.instances_max);
        let hpa = &mut scenario.gateway.hpa;
        hpa.replicas_min = Some(drill.pods_left);
        hpa.replicas_max = Some(drill.pods_left);
        scenario.gateway.zones = drill.zones - 1;
        return Some(Lost::Zone {
            zones: drill.zones,
            running: drill.pods_lost + drill.pods_left,
            left: drill.pods_left,
            bounds,
            max_scale: drill.max_scale,
        });
    }
    let index = scenario.target_ids().iter().position(|own| own == id)?;
    let is_carrying = |place: usize, weight: f64| place != index && 0.0 < weight;
    let mut others = scenario.providers.iter().enumerate();
    others.find(|(place, row)| is_carrying(*place, row.weight))?;
    let row = scenario.providers.get_mut(index)?;
    row.weight = 0.0;
    Some(Lost::Provider(row.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::date::date;
    use crate::scenario::link::from_fragment;

    fn check(link: &str, what_if: &WhatIf) -> (Plan, Option<Supposed>) {
        let (scenario, notices) = from_fragment(link);
        assert_eq!(notices, [], "{link}");
        let today = date(2026, 11, 28);
        let plan = evaluate(&scenario, today);
        let supposed = supposed(&scenario, &plan, what_if, today);
        (plan, supposed)
    }

    fn losing(id: &str) -> WhatIf {
        WhatIf {
            lost: Some(id.to_owned()),
            months: 0,
        }
    }

    #[test]
    fn the_load_of_a_month_meets_the_fleet_and_the_disk_of_today() {
        let what_if = WhatIf {
            lost: None,
            months: 6,
        };
        let (plan, supposed) = check("v=2&growth=12", &what_if);
        let supposed = supposed.expect("the load grows");
        // 1.12⁶ = 1.973823.
        assert!((supposed.load_ratio - 1.973_823).abs() < 1e-6);
        let peak = plan.demand.peak_tpm * 1.973_823;
        assert!((supposed.plan.demand.peak_tpm / peak - 1.0).abs() < 1e-6);
        assert_eq!(
            supposed.plan.gateway.instances_max,
            plan.gateway.instances_max
        );
        assert_eq!(supposed.plan.control_plane.size, plan.control_plane.size);
    }

    #[test]
    fn a_lost_provider_leaves_what_its_drill_leaves() {
        let (plan, supposed) = check("v=2", &losing("openai"));
        let supposed = supposed.expect("there are others");
        // Weights 60, 25 and 15: 25 ÷ 40 of the requests go to the second.
        let share = |name: &str, plan: &Plan| {
            let row = plan.providers.iter().find(|row| row.name == name);
            row.map_or(0.0, |row| row.share_ratio)
        };
        assert!((share("Azure OpenAI", &supposed.plan) - 0.625).abs() < 1e-9);
        assert!(share("OpenAI", &supposed.plan).abs() < 1e-12);
        assert!((share("OpenAI", &plan) - 0.6).abs() < 1e-9);
    }

    #[test]
    fn a_lost_zone_leaves_fewer_gateways_and_no_more() {
        let (_, supposed) = check("v=2", &losing(WhatIf::ZONE));
        // Two gateways in three zones: ⌈2 ÷ 3⌉ = 1 is lost.
        let lost = supposed.expect("there are zones").lost;
        let Some(Lost::Zone {
            zones,
            running,
            left,
            ..
        }) = lost
        else {
            panic!("{lost:?}");
        };
        assert_eq!((zones, running, left), (3, 2, 1));
    }

    #[test]
    fn what_changes_nothing_is_no_supposition() {
        let months = WhatIf {
            lost: None,
            months: 9,
        };
        // There is no growth, no such provider, no other one, no other zone.
        assert_eq!(check("v=2", &months).1, None);
        assert_eq!(check("v=2", &losing("groq")).1, None);
        assert_eq!(check("v=2&provider=openai", &losing("openai")).1, None);
        assert_eq!(check("v=2&zones=1", &losing(WhatIf::ZONE)).1, None);
        assert_eq!(check("v=2", &WhatIf::default()).1, None);
    }
}
