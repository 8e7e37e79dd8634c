//! Reserved throughput against pay as you go.

use serde::Serialize;

use super::limits::{counted_tokens, unit_of};
use super::{Demand, ProviderPlan};
use crate::model::growth::DAYS_PER_MONTH;
use crate::model::provisioned;
use crate::scenario::{Provider, Scenario};

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
    plans: &[ProviderPlan],
) -> Vec<ReservedOffer> {
    let rows = scenario.providers.iter().zip(plans);
    rows.filter(|(provider, plan)| 0.0 < plan.share_ratio && 0.0 < provider.unit.usd_per_month)
        .filter_map(|(provider, plan)| offer(scenario, demand, provider, plan))
        .collect()
}

fn offer(
    scenario: &Scenario,
    demand: &Demand,
    provider: &Provider,
    plan: &ProviderPlan,
) -> Option<ReservedOffer> {
    let unit = unit_of(provider);
    let counted = counted_tokens(scenario, provider, demand);
    let peak_tpm = demand.peak_rpm * plan.share_ratio * counted.weighted;
    let mean_tpm = demand.mean_rps * 60.0 * plan.share_ratio * counted.weighted;
    let usd = provider.unit.usd_per_month;
    let units = provisioned::units_for(peak_tpm / plan.target_ratio, unit);
    let tokens_usd = direct_usd_per_request(scenario, provider)
        * demand.requests_per_day
        * DAYS_PER_MONTH
        * plan.share_ratio;
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
        unit: unit_name(provider).to_owned(),
        units,
        units_exact: exact,
        reserved_per_month_usd: units * usd,
        pay_as_you_go_per_month_usd: tokens_usd,
        mean_utilization_ratio: mean_use,
        break_even_utilization_ratio: Some(break_even_use).filter(|ratio| ratio.is_finite()),
        // Above the fewest units both grow with the load, and the dearer stays dearer.
        break_even_scale: (exact / plan.target_ratio * usd < tokens_usd)
            .then(|| fewest / tokens_usd)
            .filter(|scale| scale.is_finite()),
    })
}

/// What the units of a provider are called.
pub(super) fn unit_name(provider: &Provider) -> &'static str {
    provider
        .model_row()
        .and_then(|row| row.provisioned)
        .map_or("unit", |row| row.unit)
}

/// List price of what a mean request sends to a provider at once.
pub(super) fn direct_usd_per_request(scenario: &Scenario, provider: &Provider) -> f64 {
    let (mut usd, mut requests) = (0.0, 0.0);
    for workload in &scenario.workloads {
        let count = workload.requests_per_day();
        requests += count;
        usd += count * workload.direct_ratio() * super::cost::list_usd(workload, provider);
    }
    if 0.0 < requests { usd / requests } else { 0.0 }
}
