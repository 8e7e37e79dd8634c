//! The providers of a scenario as the plan sees them.

use super::Demand;
use super::account::agree;
use super::counting::{CountedRow, counted_tokens};
use super::pods::Pods;
use super::standing::Standing;
use super::streams::Part;
use crate::scenario::{Provider, Scenario};

/// The providers in the order of the scenario.
pub(super) fn counted_rows<'a>(scenario: &'a Scenario, demand: &Demand) -> Vec<CountedRow<'a>> {
    let row = |provider: &'a Provider| {
        let vendor = provider.vendor_row();
        let model = provider.model_row();
        let mut tiers = model.map_or(&[][..], |model| model.tiers).iter();
        CountedRow {
            provider,
            vendor,
            model,
            tier: tiers.find(|tier| tier.name == provider.tier),
            kind: provider.kind(),
            tokens: counted_tokens(scenario, provider, demand, (|_| Part::ALL, |_| true)),
            mix: None,
            weight: provider.weight,
            limits: provider.limits,
            agreed: None,
            units: provider.units,
            pods: Pods {
                running: 1.0,
                least: 1.0,
                most: 1.0,
                growth: None,
            },
            at: Standing::default(),
        }
    };
    let mut rows: Vec<CountedRow<'a>> = scenario.providers.iter().map(row).collect();
    agree(&mut rows);
    rows
}
