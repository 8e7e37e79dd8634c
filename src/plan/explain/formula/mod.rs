//! The formulas of the figures, one file for each subject of the plan.

mod cost;
mod fleet;
mod platform;
mod provider;
mod traffic;

use super::{Expr, FigureId, Source, Term, TermId, Unit};
use crate::model::demand::SECONDS_PER_MINUTE;
use crate::plan::Plan;
use crate::scenario::Scenario;

/// The formula of a figure with the values of a plan; none where the plan has no such
/// figure.
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
        FigureId::Use(target) => {
            let provider = plan.providers.iter().find(|row| row.id == *target)?;
            provider::utilization(scenario, plan, provider)?
        }
    })
}

fn term(id: TermId, value: f64, unit: Unit, source: Source) -> Expr {
    Expr::Value(Term {
        id,
        value,
        unit,
        source,
    })
}

/// A value typed into the field of this key.
fn typed(id: TermId, value: f64, unit: Unit, key: &'static str) -> Expr {
    term(id, value, unit, Source::Field(key))
}

/// Requests a day.
fn requests(scenario: &Scenario, plan: &Plan) -> Expr {
    let (id, value) = (TermId::Requests, plan.demand.requests_per_day);
    if scenario.workloads.iter().any(|row| 1.0 < row.calls) {
        return term(id, value, Unit::PerDay, Source::InputWithCalls);
    }
    typed(id, value, Unit::PerDay, "requests")
}

fn peak_rate(plan: &Plan) -> Expr {
    let source = Source::Figure(FigureId::PeakRequests);
    term(TermId::PeakRate, plan.demand.peak_rps, Unit::Rps, source)
}

fn seconds_in_a_minute() -> Expr {
    let (id, value) = (TermId::SecondsInAMinute, SECONDS_PER_MINUTE);
    term(id, value, Unit::Seconds, Source::Guide)
}

fn tokens_of_a_request(plan: &Plan) -> Expr {
    let (id, value) = (TermId::TokensOfARequest, plan.demand.tokens_per_request);
    term(id, value, Unit::Tokens, Source::MeanOfWorkloads)
}
