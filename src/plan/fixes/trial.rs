//! Trial of a change: the affected chapters evaluated again, as numbers.
//!
//! No fix changes the demand, the day or the events, so these are reused.

use crate::catalog::guide::ControlPlaneSize;
use crate::plan::counting::CountedRow;
use crate::plan::limits::lowest;
use crate::plan::mix::Mix;
use crate::plan::providers::{self, Load};
use crate::plan::spread::spread;
use crate::plan::times::times;
use crate::plan::{Chapters, ControlPlanePlan, DatabasePlan};
use crate::plan::{control_plane, cost, database, fleet, storage};
use crate::scenario::{ControlPlane, Gateway, Scenario};

/// Change of a share that whole percents round off.
const ROUNDED: f64 = 0.01;

/// Quantities that a change moves.
pub(super) struct Trial {
    /// Loads of the providers, in order.
    pub(super) loads: Vec<Load>,
    gateway_max_scale: Option<f64>,
    disk_max_scale: Option<f64>,
    pub(super) per_month_usd: f64,
    /// Whether the difference to today's cost is known.
    pub(super) is_priced: bool,
}

impl Trial {
    /// Multiple of today's load at which the first constraint gives way, without drills.
    pub(super) fn first_scale(&self) -> Option<f64> {
        let providers = self.loads.iter().map(|load| load.max_scale);
        lowest(providers.chain([self.gateway_max_scale, self.disk_max_scale]))
    }

    /// [`Trial::first_scale`] with other multiples for one provider and its mates.
    pub(super) fn first_scale_with(
        &self,
        index: usize,
        max_scale: Option<f64>,
        mates: &[(usize, Option<f64>)],
    ) -> Option<f64> {
        let others = self.loads.iter().enumerate();
        let providers = others.map(|(other, load)| {
            if other == index {
                return max_scale;
            }
            let mate = mates.iter().find(|(mate, _)| *mate == other);
            mate.map_or(load.max_scale, |(_, holds)| *holds)
        });
        lowest(providers.chain([self.gateway_max_scale, self.disk_max_scale]))
    }

    /// Multiple at which the first provider is full.
    pub(super) fn lowest_provider_scale(&self) -> Option<f64> {
        lowest(self.loads.iter().map(|load| load.max_scale))
    }
}

impl Chapters<'_> {
    /// The state before any change.
    pub(super) fn standing(&self) -> Trial {
        Trial {
            loads: self.loads.clone(),
            gateway_max_scale: self.gateway.max_scale,
            disk_max_scale: self.control_plane.disk_max_scale,
            per_month_usd: self.cost.per_month_usd,
            is_priced: true,
        }
    }

    /// Whether the cost difference of other loads and units is known.
    pub(super) fn is_priced_with(&self, rows: &[CountedRow<'_>], loads: &[Load]) -> bool {
        let before = self.rows.iter().zip(&self.loads);
        before
            .zip(rows.iter().zip(loads))
            .all(|((row, load), (changed, then))| {
                let moved = (then.share_ratio - load.share_ratio).abs();
                let provider = row.provider;
                let is_load_priced = moved <= ROUNDED || provider.has_price();
                let is_bought = changed.units != row.units;
                is_load_priced && (!is_bought || 0.0 < provider.unit.usd_per_month)
            })
    }

    pub(super) fn first_scale(&self) -> Option<f64> {
        self.first_scale_with_fleet(self.gateway.max_scale)
    }

    /// Multiple at which the first constraint gives way, with a fleet that holds another multiple.
    pub(super) fn first_scale_with_fleet(&self, fleet: Option<f64>) -> Option<f64> {
        let providers = self.loads.iter().map(|load| load.max_scale);
        lowest(providers.chain([fleet, self.control_plane.disk_max_scale]))
    }

    /// Index of a provider's row.
    pub(super) fn index_of(&self, row: u32) -> Option<usize> {
        self.rows.iter().position(|other| other.provider.id == row)
    }
}

/// Trial with other weights, limits or units of the providers.
pub(super) fn with_rows(scenario: &Scenario, before: &Chapters, rows: &[CountedRow<'_>]) -> Trial {
    let (trial, pods) = without_cost(scenario, before, rows);
    let retained = before.storage.disk_bytes;
    let infrastructure = cost::gateways_usd(scenario, &before.gateway, pods)
        + cost::platform_usd(scenario, &before.control_plane, retained);
    let spread = spread(scenario, &before.demand, rows);
    let tokens = cost::tokens_per_month_usd(scenario, &before.demand, &spread);
    Trial {
        is_priced: before.is_priced_with(rows, &trial.loads),
        per_month_usd: tokens + infrastructure,
        ..trial
    }
}

/// Trial at today's cost, with the mean number of running gateways.
pub(super) fn without_cost(
    scenario: &Scenario,
    before: &Chapters,
    rows: &[CountedRow<'_>],
) -> (Trial, f64) {
    let spread = spread(scenario, &before.demand, rows);
    let loads = providers::loads(scenario, &before.demand, &spread);
    let mix = Mix {
        scenario,
        demand: &before.demand,
        rows,
    };
    let gateway = &scenario.gateway;
    let times = times(scenario, &before.demand, &spread);
    let instances = mix
        .sizing(gateway, times)
        .instances(before.gateway.sizing_rps);
    let day = (before.profile.as_slice(), before.quietest);
    let size = fleet::size(&mix, (gateway, times), instances, day);
    let trial = Trial {
        gateway_max_scale: size.max_scale,
        disk_max_scale: before.control_plane.disk_max_scale,
        per_month_usd: before.cost.per_month_usd,
        is_priced: true,
        loads,
    };
    (trial, size.pod_hours / cost::HOURS_PER_DAY)
}

/// Other gateway settings: instances needed at the peak, multiple carried by the maximum, and
/// additional dollars per month. A planned control plane may get other replicas next to another
/// fleet.
pub(super) fn with_gateway(
    scenario: &Scenario,
    before: &Chapters,
    gateway: &Gateway,
) -> (u32, Option<f64>, f64) {
    let mix = Mix {
        scenario,
        demand: &before.demand,
        rows: &before.rows,
    };
    let times = before.gateway.times();
    let instances = mix
        .sizing(gateway, times)
        .instances(before.gateway.sizing_rps);
    let day = (before.profile.as_slice(), before.quietest);
    let size = fleet::size(&mix, (gateway, times), instances, day);
    let pods = size.pod_hours / cost::HOURS_PER_DAY;
    let gateways_usd = cost::gateways_usd(scenario, &before.gateway, pods);
    let asked = (&before.demand, size.instances_max);
    let storage = &before.storage;
    let plane = control_plane::control_plane(&scenario.control_plane, scenario, asked, storage);
    let platform_usd = |plane| cost::platform_usd(scenario, plane, storage.disk_bytes);
    let more_usd = gateways_usd - before.cost.gateways_per_month_usd + platform_usd(&plane)
        - platform_usd(&before.control_plane);
    (instances, size.max_scale, more_usd)
}

/// Other events on the disk: the control plane that the plan then chooses, and its additional
/// dollars per month.
pub(super) fn with_storage(before: &Chapters, changed: &Scenario) -> (ControlPlanePlan, f64) {
    let storage = storage::storage(changed, &before.demand);
    let asked = (&before.demand, before.gateway.instances_max);
    let plane = control_plane::control_plane(&changed.control_plane, changed, asked, &storage);
    let more_usd = cost::platform_usd(changed, &plane, storage.disk_bytes)
        - cost::platform_usd(changed, &before.control_plane, before.storage.disk_bytes);
    (plane, more_usd)
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
    let storage = &before.storage;
    let most = before.gateway.instances_max;
    let asked = (&before.demand, most);
    let plane = control_plane::control_plane(&wanted, scenario, asked, storage);
    let pods = (before.gateway.running(), most);
    let database = database::database(&scenario.database, &plane, pods);
    let infrastructure = before.cost.gateways_per_month_usd
        + cost::platform_usd(scenario, &plane, before.storage.disk_bytes);
    let trial = Trial {
        disk_max_scale: plane.disk_max_scale,
        per_month_usd: before.cost.tokens_per_month_usd + infrastructure,
        ..before.standing()
    };
    (trial, plane, database)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::guide;
    use crate::plan::chapters::chapters;
    use crate::scenario::{Cleanup, link};

    #[track_caller]
    fn assert_same(trial: &Trial, whole: &Chapters) {
        assert_eq!(trial.loads, whole.loads);
        assert_eq!(trial.first_scale(), whole.first_scale());
        let (tried, solved) = (trial.per_month_usd, whole.cost.per_month_usd);
        assert_eq!(tried.to_bits(), solved.to_bits(), "{tried} {solved}");
    }

    #[test]
    fn a_trial_says_what_the_whole_plan_would() {
        for fragment in [
            "",
            "requests-per-day=1440000&concurrency=64&wait-target=0.05&hpa-min=3",
            "p=azure-openai,gpt-5.2,PTU,1,units:60&p=anthropic,,,2&cached=50&failures=5",
            "w=a,100/min,200,150&w=b,5000/day,800,50,max:400&p=openai,,,1&p=groq,,,3&events=text",
        ] {
            let (scenario, _) = link::from_fragment(fragment);
            let before = chapters::<crate::plan::Whole>(&scenario);
            assert_same(&before.standing(), &before);

            let mut changed = scenario.clone();
            let mut rows = before.rows.clone();
            for (row, provider) in rows.iter_mut().zip(&mut changed.providers) {
                provider.weight = row.weight * 3.0 + 7.0;
                provider.units = provider.units.map(|units| units * 2.0);
                (row.weight, row.units) = (provider.weight, provider.units);
            }
            assert_same(
                &with_rows(&scenario, &before, &rows),
                &chapters::<crate::plan::Whole>(&changed),
            );

            let mut changed = scenario.clone();
            (
                changed.gateway.concurrency,
                changed.gateway.hpa.replicas_max,
            ) = (17, Some(41));
            let (instances, max_scale, more_usd) =
                with_gateway(&scenario, &before, &changed.gateway);
            let after = chapters::<crate::plan::Whole>(&changed);
            let usd = |chapters: &Chapters| {
                chapters.cost.per_month_usd - chapters.cost.tokens_per_month_usd
            };
            assert!(
                (more_usd - (usd(&after) - usd(&before))).abs() < 1e-6,
                "{more_usd}"
            );
            let after = after.gateway;
            assert_eq!((instances, max_scale), (after.instances, after.max_scale));

            let mut changed = scenario.clone();
            changed.storage.retention_days = 7;
            changed.storage.cleanup = Cleanup::Partitions;
            let (plane, more_usd) = with_storage(&before, &changed);
            let after = chapters::<crate::plan::Whole>(&changed);
            assert!(
                (more_usd - (usd(&after) - usd(&before))).abs() < 1e-6,
                "{more_usd}"
            );
            assert_eq!(plane, after.control_plane);

            for size in &guide::CONTROL_PLANE {
                let mut changed = scenario.clone();
                changed.control_plane.size = Some(size.name.to_owned());
                let after = chapters::<crate::plan::Whole>(&changed);
                let (trial, plane, database) = with_control_plane(&scenario, &before, size);
                assert_same(&trial, &after);
                assert_eq!((plane, database), (after.control_plane, after.database));
            }
        }
    }
}
