//! The chapters that findings are derived from.

use super::counting::CountedRow;
use super::mix::Mix;
use super::providers::Load;
use super::sizing::Sizing;
use super::spread::spread;
use super::times::times;
use super::{
    ControlPlanePlan, CostPlan, DatabasePlan, Demand, Depth, Drill, GatewayPlan, Patience,
    ProviderPlan, QueuePlan, RoutingPlan, StoragePlan, ZoneDrill,
};
use super::{
    control_plane, cost, database, demand, drill, fleet, patience, providers, queueing, routing,
    rows, storage, zone_drill,
};
use crate::scenario::Scenario;

/// The chapters that findings are derived from.
pub(crate) struct Chapters<'a> {
    /// The providers as counted, and their loads.
    pub(crate) rows: Vec<CountedRow<'a>>,
    pub(crate) loads: Vec<Load>,
    /// The day as multiples of the mean, and its lowest value.
    pub(crate) profile: Vec<f64>,
    pub(crate) quietest: f64,
    pub(crate) demand: Demand,
    pub(crate) providers: Vec<ProviderPlan>,
    pub(crate) drills: Vec<Drill>,
    pub(crate) zone_drill: Option<ZoneDrill>,
    pub(crate) routing: RoutingPlan,
    pub(crate) gateway: GatewayPlan,
    pub(crate) queue: QueuePlan,
    pub(crate) patience: Patience,
    pub(crate) control_plane: ControlPlanePlan,
    pub(crate) storage: StoragePlan,
    pub(crate) database: DatabasePlan,
    pub(crate) cost: CostPlan,
}

pub(crate) fn chapters<D: Depth>(scenario: &Scenario) -> Chapters<'_> {
    let traffic = &scenario.traffic;
    let profile = crate::model::day::day_profile(&traffic.shape.hourly(), traffic.peak_multiplier);
    let quietest = crate::model::day::quietest(&profile).min(1.0);
    let demand = demand::demand(scenario);
    let mut rows = rows::counted_rows(scenario, &demand);
    let today = times(scenario, &demand, &spread(scenario, &demand, &rows));
    let mix = Mix {
        scenario,
        demand: &demand,
        rows: &rows,
    };
    let gateway = fleet::gateway(&mix, today, (&profile, quietest));
    let sizing = Sizing::of(&scenario.gateway, traffic, &demand, gateway.times());
    for row in &mut rows {
        row.pods = drill::pods(&gateway, sizing);
    }
    let mix = Mix {
        scenario,
        demand: &demand,
        rows: &rows,
    };
    let spread = spread(scenario, &demand, &rows);
    let providers = providers::providers(scenario, &demand, &spread);
    let loads: Vec<Load> = providers.iter().map(ProviderPlan::load).collect();
    let storage = storage::storage(scenario, &demand);
    let asked = (&demand, gateway.instances_max);
    let control_plane =
        control_plane::control_plane(&scenario.control_plane, scenario, asked, &storage);
    let platform_usd = cost::platform_usd(scenario, &control_plane, storage.disk_bytes);
    let cost = cost::cost::<D>(scenario, &demand, &spread, &gateway, platform_usd);
    let queue = queueing::queue(scenario, &demand, &gateway);
    let fleet = (&gateway, &queue);
    let patience = patience::patience::<D>(scenario, &demand, &providers, fleet);
    let pods = (gateway.running(), gateway.instances_max);
    Chapters {
        database: database::database(&scenario.database, &control_plane, pods),
        patience,
        queue,
        drills: D::losses(|| drill::drills(scenario, &demand, &gateway, &rows)),
        zone_drill: zone_drill::zone_drill(&mix, &gateway, &providers),
        routing: D::reason(|| routing::routing(scenario, &demand, &rows, (&spread, &loads))),
        rows: spread.rows.into_owned(),
        loads,
        profile,
        quietest,
        demand,
        providers,
        gateway,
        control_plane,
        storage,
        cost,
    }
}
