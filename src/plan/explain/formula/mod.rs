//! Formulas of the figures, one file per subject of the plan.

mod cost;
mod fleet;
mod platform;
mod provider;
mod term;
mod traffic;

use crate::plan::{Expr, FigureId, Plan};
use crate::scenario::Scenario;

/// The formula of a figure with the values of a plan; `None` if the plan lacks the figure.
pub fn formula(scenario: &Scenario, plan: &Plan, id: &FigureId) -> Option<Expr> {
    Some(match id {
        FigureId::PeakRequests => traffic::peak_requests(scenario, plan),
        FigureId::PeakTokens => traffic::peak_tokens(plan),
        FigureId::TightestLimit => provider::tightest_limit(scenario, plan)?,
        FigureId::Gateways => fleet::gateways(scenario, plan),
        FigureId::StoredEvents => platform::stored_events(scenario, plan),
        FigureId::Connections => platform::connections(scenario, plan),
        FigureId::Cost => cost::cost(plan),
        FigureId::TokensPerDay => traffic::tokens_per_day(scenario, plan),
        FigureId::MeanRate => traffic::mean_rate(scenario, plan),
        FigureId::InFlight => fleet::in_flight(plan),
        FigureId::SlotsInUse => fleet::slots_in_use(scenario, plan),
        FigureId::StoredPerDay => platform::stored_per_day(scenario, plan),
        FigureId::CostPerThousand => cost::cost_per_thousand(plan),
        FigureId::FailedRequests => fleet::failed(scenario, plan),
        FigureId::Use(target) => {
            let provider = plan.providers.iter().find(|row| row.id == *target)?;
            provider::utilization(scenario, plan, provider)?
        }
    })
}
