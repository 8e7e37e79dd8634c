//! A supposition for the charts of a page. It is not part of the scenario: plan, findings and files
//! do not follow it.

use super::Scenario;

/// A supposed loss and month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhatIf {
    /// Lost part: the target id of a provider, or [`Self::ZONE`]; none if absent.
    pub lost: Option<String>,
    /// Months from today, at the growth of the scenario.
    pub months: u32,
}

impl WhatIf {
    /// The word for a zone with its gateways.
    pub const ZONE: &'static str = "zone";
    /// Maximum month.
    pub const MONTHS: u32 = 18;

    /// The parts of a scenario that may be lost.
    pub fn losses(scenario: &Scenario) -> Vec<String> {
        let mut losses = scenario.target_ids();
        losses.push(Self::ZONE.to_owned());
        losses
    }

    /// Parses a number of months from a link.
    pub(super) fn read_months(text: &str) -> Option<u32> {
        let months = text.trim().parse().ok();
        months.filter(|months| *months <= Self::MONTHS)
    }

    /// Pairs of the supposition in a link.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, String)> {
        let lost = self.lost.clone().map(|lost| ("lost", lost));
        let month = (0 < self.months).then(|| ("month", self.months.to_string()));
        lost.into_iter().chain(month)
    }
}
