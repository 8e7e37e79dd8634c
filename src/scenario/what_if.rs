//! A supposition under which a page draws its charts. It is no part of the scenario: the plan,
//! its findings and its files do not follow it.

use super::Scenario;

/// A loss and a time that the charts suppose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhatIf {
    /// The lost part: the target id of a provider, or [`Self::ZONE`]; none if absent.
    pub lost: Option<String>,
    /// Months from today, at the growth of the scenario.
    pub months: u32,
}

impl WhatIf {
    /// The word for a zone with its gateways.
    pub const ZONE: &'static str = "zone";
    /// The last month.
    pub const MONTHS: u32 = 18;

    /// The parts of a scenario that may be lost.
    pub fn losses(scenario: &Scenario) -> Vec<String> {
        let mut losses = scenario.target_ids();
        losses.push(Self::ZONE.to_owned());
        losses
    }

    /// A count of months as a link writes it.
    pub(super) fn read_months(text: &str) -> Option<u32> {
        let months = text.trim().parse().ok();
        months.filter(|months| *months <= Self::MONTHS)
    }

    /// Its pairs in a link.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'static str, String)> {
        let lost = self.lost.clone().map(|lost| ("lost", lost));
        let month = (0 < self.months).then(|| ("month", self.months.to_string()));
        lost.into_iter().chain(month)
    }
}
