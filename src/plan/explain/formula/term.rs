//! Terms shared by several formulas.

use crate::model::demand::SECONDS_PER_MINUTE;
use crate::model::growth::DAYS_PER_MONTH;
use crate::plan::{Expr, FigureId, Plan, Source, Term, TermId, Unit};
use crate::scenario::Scenario;

/// A value with its unit and its source.
pub(super) fn term(id: TermId, value: f64, unit: Unit, source: Source) -> Expr {
    Expr::Value(Term {
        id,
        value,
        unit,
        source,
    })
}

/// A value typed into the field of this key.
pub(super) fn typed(id: TermId, value: f64, unit: Unit, key: &'static str) -> Expr {
    term(id, value, unit, Source::Field(key))
}

/// Requests per day.
pub(super) fn requests(scenario: &Scenario, plan: &Plan) -> Expr {
    let (id, value) = (TermId::Requests, plan.demand.requests_per_day);
    if scenario.workloads.iter().any(|row| 1.0 < row.calls) {
        return term(id, value, Unit::PerDay, Source::InputWithCalls);
    }
    typed(id, value, Unit::PerDay, "requests")
}

/// Requests per second at the peak.
pub(super) fn peak_rate(plan: &Plan) -> Expr {
    let source = Source::Figure(FigureId::PeakRequests);
    term(TermId::PeakRate, plan.demand.peak_rps, Unit::Rps, source)
}

pub(super) fn seconds_in_a_minute() -> Expr {
    let (id, value) = (TermId::SecondsInAMinute, SECONDS_PER_MINUTE);
    term(id, value, Unit::Seconds, Source::Guide)
}

pub(super) fn days_in_a_month() -> Expr {
    let id = TermId::DaysInAMonth;
    term(id, DAYS_PER_MONTH, Unit::Days, Source::MeanMonth)
}

pub(super) fn tokens_of_a_request(plan: &Plan) -> Expr {
    let (id, value) = (TermId::TokensOfARequest, plan.demand.tokens_per_request);
    term(id, value, Unit::Tokens, Source::MeanOfWorkloads)
}
