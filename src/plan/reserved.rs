//! Reserved throughput against pay as you go.

use serde::Serialize;

use super::counting::{CountedRow, unit_of};
use super::list_price::direct_usd;
use super::load::taken_load;
use super::recount::recounted;
use super::shares::Spread;
use super::{Demand, LimitKind};
use crate::model::growth::DAYS_PER_MONTH;
use crate::model::provisioned;
use crate::scenario::Scenario;

/// What reserved units would cost a provider's share, beside its token prices.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct ReservedOffer {
    /// Row of the scenario.
    pub row: u32,
    /// Name of the provider.
    pub name: String,
    /// Name of the unit: PTU, GSU.
    pub unit: String,
    /// Units for the peak within the target use, as they are sold.
    pub units: f64,
    /// Units the peak fills exactly, before minimum, step and target.
    pub units_exact: f64,
    /// Dollars a month for the units.
    pub reserved_per_month_usd: f64,
    /// Dollars a month for the same tokens at their list price.
    pub pay_as_you_go_per_month_usd: f64,
    /// Share of the units in use on average over the day.
    pub mean_utilization_ratio: f64,
    /// Mean use above which the units are cheaper than their tokens.
    pub break_even_utilization_ratio: Option<f64>,
    /// Multiple of today's load at which the fewest units that are sold cost as much as
    /// their tokens; none if more load never gets there.
    pub break_even_scale: Option<f64>,
}

/// One offer per provider with load whose units have a price.
pub(super) fn offers(scenario: &Scenario, demand: &Demand, spread: &Spread) -> Vec<ReservedOffer> {
    let rows = spread.rows.iter().zip(&spread.shares).enumerate();
    let priced =
        rows.filter(|(_, (row, share))| 0.0 < **share && 0.0 < row.provider.unit.usd_per_month);
    priced
        .filter_map(|(at, _)| offer(scenario, demand, spread, at))
        .collect()
}

fn offer(
    scenario: &Scenario,
    demand: &Demand,
    spread: &Spread,
    at: usize,
) -> Option<ReservedOffer> {
    let row = &spread.rows[at];
    let provider = row.provider;
    let target_ratio = provider.target_percent / 100.0;
    let unit = unit_of(provider);
    let peak_tpm = taken_load(demand, row, spread.shares[at], LimitKind::Units);
    let mean_tpm = mean_tpm(scenario, demand, spread, at);
    let usd = provider.unit.usd_per_month;
    let units = provisioned::units_for(peak_tpm / target_ratio, unit);
    let tokens_usd = direct_per_month_usd(scenario, demand, spread, at);
    let mean_units = mean_tpm / unit.input_tpm;
    let exact = peak_tpm / unit.input_tpm;
    let fewest = unit.units_min.max(unit.units_step) * usd;
    let mean_use = mean_units / units;
    let break_even_use = mean_units * usd / tokens_usd;
    let is_finite = [units * usd, tokens_usd, exact, mean_use]
        .iter()
        .all(|value| value.is_finite());
    is_finite.then(|| ReservedOffer {
        row: provider.id,
        name: provider.name.clone(),
        unit: unit_name(row).to_owned(),
        units,
        units_exact: exact,
        reserved_per_month_usd: units * usd,
        pay_as_you_go_per_month_usd: tokens_usd,
        mean_utilization_ratio: mean_use,
        break_even_utilization_ratio: Some(break_even_use).filter(|ratio| ratio.is_finite()),
        // Above the minimum units both costs grow with the load, and their order stays.
        break_even_scale: (exact / target_ratio * usd < tokens_usd)
            .then(|| fewest / tokens_usd)
            .filter(|scale| scale.is_finite()),
    })
}

/// Monthly list price of a row's direct requests, also if it has units, dollars.
pub(super) fn direct_per_month_usd(
    scenario: &Scenario,
    demand: &Demand,
    spread: &Spread,
    at: usize,
) -> f64 {
    let provider = spread.rows[at].provider;
    let workloads = scenario.workloads.iter().enumerate();
    let usd = workloads.map(|(w, workload)| {
        let requests = workload.requests_per_day() * DAYS_PER_MONTH * spread.day_part(at, w).live;
        requests * direct_usd(workload, provider, demand.answered_ratio)
    });
    usd.sum()
}

/// Mean tokens per minute that a row's units count over the day.
fn mean_tpm(scenario: &Scenario, demand: &Demand, spread: &Spread, at: usize) -> f64 {
    let (row, share_ratio) = (
        &spread.rows[at],
        spread.shares[at] * spread.rows[at].at.day_ratio,
    );
    let of_day = spread.by_stream.as_ref().map(|parts| &parts[at].day);
    let weighted = of_day.map_or(row.tokens.weighted, |parts| {
        recounted(scenario, demand, row, parts).tokens.weighted
    });
    demand.mean_rps * 60.0 * share_ratio * weighted
}

/// Name of a provider's reserved units.
pub(super) fn unit_name(row: &CountedRow<'_>) -> &'static str {
    row.model
        .and_then(|row| row.provisioned)
        .map_or("unit", |row| row.unit)
}
