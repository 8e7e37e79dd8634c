//! Monthly cost, dollars.

use serde::Serialize;

use super::counting::CountedRow;
use super::list_price::{batches_usd, direct_usd};
use super::reserved::{self, ReservedOffer};
use super::shares::Spread;
use super::streams::Part;
use super::{ControlPlanePlan, Demand, Depth, GatewayPlan};
use crate::model::cost as model;
use crate::model::growth::DAYS_PER_MONTH;
use crate::model::storage::BYTES_PER_GB;
use crate::scenario::{Scenario, Workload};

/// Hours in a day.
pub(super) const HOURS_PER_DAY: f64 = 24.0;

/// Dollars a month.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct CostPlan {
    /// Everything.
    pub per_month_usd: f64,
    /// Tokens of all providers.
    pub tokens_per_month_usd: f64,
    /// Gateways, API, PostgreSQL and disk.
    pub infrastructure_per_month_usd: f64,
    /// Gateways alone, by the hours that they run.
    pub gateways_per_month_usd: f64,
    /// Everything, for a thousand requests.
    pub per_1000_requests_usd: Option<f64>,
    /// Tokens by provider, in the scenario's order.
    pub providers: Vec<NamedCost>,
    /// Tokens by workload, in the scenario's order.
    pub workloads: Vec<NamedCost>,
    /// Providers whose price is not known and counts as nothing.
    pub unpriced: Vec<String>,
    /// Reserved throughput beside pay as you go, where units have a price.
    pub reserved: Vec<ReservedOffer>,
    /// Cost against provisioned gateways.
    pub curve: Vec<CurvePoint>,
}

/// A part of the cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct NamedCost {
    /// Whose.
    pub name: String,
    /// Dollars a month.
    pub per_month_usd: f64,
}

/// What a fixed number of gateways costs, and what too few of them cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct CurvePoint {
    /// Gateways running all the time.
    pub instances: u32,
    /// Their capacity as a multiple of the peak, if they have a bound.
    pub capacity_ratio: Option<f64>,
    /// Dollars a month for them.
    pub provisioned_usd: f64,
    /// Dollars a month for the requests they cannot take.
    pub lost_usd: f64,
    /// Share of the requests they cannot take.
    pub lost_ratio: f64,
}

pub(super) fn cost<D: Depth>(
    scenario: &Scenario,
    demand: &Demand,
    spread: &Spread,
    gateway: &GatewayPlan,
    platform_usd: f64,
) -> CostPlan {
    let (by_provider, by_workload) = token_cost(scenario, demand, spread);
    let tokens_per_month_usd = by_provider.iter().map(|part| part.per_month_usd).sum();
    let gateways = gateways_usd(scenario, gateway, gateway.pod_hours / HOURS_PER_DAY);
    let infrastructure = gateways + platform_usd;
    let per_month_usd = tokens_per_month_usd + infrastructure;
    let requests_per_month = demand.requests_per_day * DAYS_PER_MONTH;
    let unpriced = scenario
        .providers
        .iter()
        .filter(|p| match p.units {
            None => 0.0 < p.weight && !p.has_price(),
            Some(units) => 0.0 < units && p.unit.usd_per_month <= 0.0,
        })
        .map(|p| p.name.clone())
        .collect();
    CostPlan {
        per_month_usd,
        tokens_per_month_usd,
        infrastructure_per_month_usd: infrastructure,
        gateways_per_month_usd: gateways,
        per_1000_requests_usd: (0.0 < requests_per_month)
            .then(|| per_month_usd / requests_per_month * 1e3)
            .filter(|usd| usd.is_finite()),
        providers: by_provider,
        workloads: by_workload,
        unpriced,
        reserved: D::reason(|| reserved::offers(scenario, demand, spread)),
        curve: Vec::new(),
    }
}

/// Price of the parts of a mean request of a workload at a provider: that of what it sends at once,
/// and the batch price in a batch. Reserved units are paid apart.
fn request_usd(
    workload: &Workload,
    row: &CountedRow<'_>,
    (part, answered_ratio): (Part, f64),
) -> f64 {
    let direct = if row.units.is_some() {
        0.0
    } else {
        part.live * direct_usd(workload, row.provider, answered_ratio)
    };
    let batched = part.batched * workload.batched_ratio();
    direct + batches_usd(batched, workload, row.provider)
}

/// Dollars a month for the tokens of a workload at a provider.
fn tokens_usd(workload: &Workload, row: &CountedRow<'_>, goes: (Part, f64)) -> f64 {
    let requests = workload.requests_per_day() * DAYS_PER_MONTH;
    requests * request_usd(workload, row, goes)
}

/// Monthly cost of a provider's reserved units.
fn units_usd(row: &CountedRow<'_>) -> f64 {
    row.units.unwrap_or(0.0) * row.provider.unit.usd_per_month
}

/// Monthly cost of the tokens of all providers.
pub(super) fn tokens_per_month_usd(scenario: &Scenario, demand: &Demand, spread: &Spread) -> f64 {
    let answered = demand.answered_ratio;
    let of_provider = |(at, row)| {
        let tokens = scenario.workloads.iter().enumerate();
        let tokens = tokens
            .map(|(w, workload)| tokens_usd(workload, row, (spread.day_part(at, w), answered)));
        tokens.fold(0.0 + units_usd(row), |sum, usd| sum + usd)
    };
    spread.rows.iter().enumerate().map(of_provider).sum()
}

/// Token cost by provider and by workload. The price of reserved units is split by the tokens that
/// use them.
fn token_cost(
    scenario: &Scenario,
    demand: &Demand,
    spread: &Spread,
) -> (Vec<NamedCost>, Vec<NamedCost>) {
    let named = |name: &String| NamedCost {
        name: name.clone(),
        per_month_usd: 0.0,
    };
    let mut workloads: Vec<NamedCost> = scenario.workloads.iter().map(|w| named(&w.name)).collect();
    let mut providers = Vec::with_capacity(spread.rows.len());
    for (at, row) in spread.rows.iter().enumerate() {
        let mut by_provider = named(&row.provider.name);
        by_provider.per_month_usd += units_usd(row);
        let of_workloads = scenario.workloads.iter().zip(&mut workloads).enumerate();
        for (w, (workload, by_workload)) in of_workloads {
            let goes = (spread.day_part(at, w), demand.answered_ratio);
            let tokens_usd = tokens_usd(workload, row, goes);
            by_provider.per_month_usd += tokens_usd;
            by_workload.per_month_usd += tokens_usd;
        }
        if row.units.is_some() {
            spread_units(scenario, (spread, at), &mut workloads);
        }
        providers.push(by_provider);
    }
    (providers, workloads)
}

/// Splits the price of a row's reserved units over the workloads by their tokens there; by all
/// their tokens if none go there.
fn spread_units(scenario: &Scenario, (spread, at): (&Spread, usize), workloads: &mut [NamedCost]) {
    let tokens = |workload: &Workload| {
        let tokens = workload.input_tokens + workload.output_tokens;
        workload.requests_per_day() * workload.direct_ratio() * tokens
    };
    let all = || scenario.workloads.iter().map(tokens).enumerate();
    let mut loads: Vec<f64> = all()
        .map(|(w, all)| all * spread.day_part(at, w).live)
        .collect();
    let mut load_of_all: f64 = loads.iter().sum();
    if load_of_all <= 0.0 {
        loads = all().map(|(_, all)| all).collect();
        load_of_all = loads.iter().sum();
    }
    if 0.0 < load_of_all {
        let units_usd = units_usd(&spread.rows[at]);
        for (load, by_workload) in loads.iter().zip(workloads) {
            by_workload.per_month_usd += units_usd * load / load_of_all;
        }
    }
}

/// Monthly cost of a mean number of gateways.
pub(super) fn gateways_usd(scenario: &Scenario, gateway: &GatewayPlan, instances: f64) -> f64 {
    model::machines_usd_per_month(
        instances * gateway.vcpu_per_instance,
        instances * gateway.memory_mb_per_instance / 1e3,
        scenario.costs.vcpu_usd_per_hour,
        scenario.costs.memory_usd_per_gb_hour,
    )
}

pub(super) fn platform_usd(
    scenario: &Scenario,
    control_plane: &ControlPlanePlan,
    retained_bytes: f64,
) -> f64 {
    let replicas = f64::from(control_plane.api_replicas);
    let machines = model::machines_usd_per_month(
        replicas * control_plane.vcpu_per_replica + control_plane.postgres_vcpu,
        replicas * control_plane.memory_mb_per_replica / 1e3 + control_plane.postgres_memory_gb,
        scenario.costs.vcpu_usd_per_hour,
        scenario.costs.memory_usd_per_gb_hour,
    );
    let disk =
        control_plane.postgres_disk_bytes.max(retained_bytes) * f64::from(scenario.storage.copies);
    machines + disk / BYTES_PER_GB * scenario.costs.disk_usd_per_gb_month
}
