//! A change tried out: the chapters it touches solved again, in numbers alone.
//!
//! No fix changes the demand, the day or the events, so these are taken as they are.

use crate::catalog::guide::ControlPlaneSize;
use crate::plan::limits::CountedRow;
use crate::plan::providers::{self, Load};
use crate::plan::sizing::Sizing;
use crate::plan::{Chapters, ControlPlanePlan, DatabasePlan};
use crate::plan::{control_plane, cost, database, fleet};
use crate::scenario::{ControlPlane, Gateway, Scenario};

/// What a change moves.
pub(super) struct Trial {
    /// Loads of the providers, in their order.
    pub(super) loads: Vec<Load>,
    gateway_max_scale: Option<f64>,
    disk_max_scale: Option<f64>,
    pub(super) per_month_usd: f64,
}

impl Trial {
    /// Multiple of today's load at which the first thing gives way, drills apart.
    pub(super) fn first_scale(&self) -> Option<f64> {
        let providers = self.loads.iter().map(|load| load.max_scale);
        lowest(providers.chain([self.gateway_max_scale, self.disk_max_scale]))
    }

    /// The same with another multiple for one provider.
    pub(super) fn first_scale_with(&self, index: usize, max_scale: Option<f64>) -> Option<f64> {
        let others = self.loads.iter().enumerate();
        let providers = others.map(|(other, load)| {
            if other == index {
                max_scale
            } else {
                load.max_scale
            }
        });
        lowest(providers.chain([self.gateway_max_scale, self.disk_max_scale]))
    }

    /// Multiple at which the first provider is full.
    pub(super) fn lowest_provider_scale(&self) -> Option<f64> {
        lowest(self.loads.iter().map(|load| load.max_scale))
    }
}

fn lowest(scales: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    scales.flatten().min_by(f64::total_cmp)
}

impl Chapters<'_> {
    /// What stands before any change.
    pub(super) fn standing(&self) -> Trial {
        Trial {
            loads: self.loads.clone(),
            gateway_max_scale: self.gateway.max_scale,
            disk_max_scale: self.control_plane.disk_max_scale,
            per_month_usd: self.cost.per_month_usd,
        }
    }

    pub(super) fn first_scale(&self) -> Option<f64> {
        let providers = self.loads.iter().map(|load| load.max_scale);
        let rest = [self.gateway.max_scale, self.control_plane.disk_max_scale];
        lowest(providers.chain(rest))
    }

    /// Where a provider stands among the rows.
    pub(super) fn index_of(&self, row: u32) -> Option<usize> {
        self.rows.iter().position(|other| other.provider.id == row)
    }
}

/// Other weights, limits or units of the providers.
pub(super) fn with_rows(scenario: &Scenario, before: &Chapters, rows: &[CountedRow<'_>]) -> Trial {
    let loads = providers::loads(scenario, &before.demand, rows);
    let (gateway, traffic) = (&scenario.gateway, &scenario.traffic);
    let times = fleet::times(scenario, &before.demand, rows, &loads);
    let sizing = Sizing::of(gateway, traffic, times);
    let instances = sizing.instances(before.gateway.sizing_rps);
    let fleet = (gateway, traffic);
    let size = fleet::size(fleet, &before.demand, sizing, instances, before.quietest);
    let infrastructure = cost::gateways_usd(scenario, &before.gateway, instances)
        + cost::platform_usd(scenario, &before.control_plane, &before.storage);
    Trial {
        gateway_max_scale: size.max_scale,
        disk_max_scale: before.control_plane.disk_max_scale,
        per_month_usd: cost::tokens_per_month_usd(scenario, rows, &loads) + infrastructure,
        loads,
    }
}

/// Gateways set up otherwise: how many the peak needs, and what the most of them carry.
pub(super) fn with_gateway(
    scenario: &Scenario,
    before: &Chapters,
    gateway: &Gateway,
) -> (u32, Option<f64>) {
    let traffic = &scenario.traffic;
    let sizing = Sizing::of(gateway, traffic, before.gateway.times());
    let instances = sizing.instances(before.gateway.sizing_rps);
    let fleet = (gateway, traffic);
    let size = fleet::size(fleet, &before.demand, sizing, instances, before.quietest);
    (instances, size.max_scale)
}

/// A control plane of another size, and its connections.
pub(super) fn with_control_plane(
    scenario: &Scenario,
    before: &Chapters,
    size: &ControlPlaneSize,
) -> (Trial, ControlPlanePlan, DatabasePlan) {
    let wanted = ControlPlane {
        size: Some(size.name.to_owned()),
        ..scenario.control_plane.clone()
    };
    let (days, storage) = (scenario.storage.retention_days, &before.storage);
    let plane = control_plane::control_plane(&wanted, days, &before.demand, storage);
    let most = before.gateway.instances_max;
    let database = database::database(&scenario.database, &plane, most);
    let infrastructure =
        before.cost.gateways_per_month_usd + cost::platform_usd(scenario, &plane, &before.storage);
    let trial = Trial {
        disk_max_scale: plane.disk_max_scale,
        per_month_usd: before.cost.tokens_per_month_usd + infrastructure,
        ..before.standing()
    };
    (trial, plane, database)
}
