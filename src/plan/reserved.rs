//! Reserved throughput against pay as you go.

use serde::Serialize;

use super::Demand;
use super::counting::{CountedRow, unit_of};
use super::list_price::direct_usd_per_request;
use super::providers::Load;
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

/// One offer for each provider that carries load and whose units have a price.
pub(super) fn offers(
    scenario: &Scenario,
    demand: &Demand,
    rows: &[CountedRow<'_>],
    loads: &[Load],
) -> Vec<ReservedOffer> {
    let rows = rows.iter().zip(loads);
    rows.filter(|(row, load)| 0.0 < load.share_ratio && 0.0 < row.provider.unit.usd_per_month)
        .filter_map(|(row, load)| offer(scenario, demand, row, load.share_ratio))
        .collect()
}

fn offer(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'_>,
    share_ratio: f64,
) -> Option<ReservedOffer> {
    let provider = row.provider;
    let target_ratio = provider.target_percent / 100.0;
    let unit = unit_of(provider);
    let counted = row.tokens;
    let peak_tpm = demand.peak_rpm * share_ratio * counted.weighted;
    let mean_tpm = demand.mean_rps * 60.0 * share_ratio * counted.weighted;
    let usd = provider.unit.usd_per_month;
    let units = provisioned::units_for(peak_tpm / target_ratio, unit);
    let tokens_usd = direct_usd_per_request(scenario, provider)
        * demand.requests_per_day
        * DAYS_PER_MONTH
        * share_ratio;
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
        // Above the fewest units both grow with the load, and the dearer stays dearer.
        break_even_scale: (exact / target_ratio * usd < tokens_usd)
            .then(|| fewest / tokens_usd)
            .filter(|scale| scale.is_finite()),
    })
}

/// What the units of a provider are called.
pub(super) fn unit_name(row: &CountedRow<'_>) -> &'static str {
    row.model
        .and_then(|row| row.provisioned)
        .map_or("unit", |row| row.unit)
}
