//! Formulas about dollars.

use super::term::{term, typed};
use crate::model::growth::DAYS_PER_MONTH;
use crate::plan::{Expr, FigureId, Plan, Source, TermId, Unit};

pub(super) fn cost(plan: &Plan) -> Expr {
    let cost = &plan.cost;
    let usd = |id, value, source| term(id, value, Unit::Usd, source);
    let tokens = usd(
        TermId::Tokens,
        cost.tokens_per_month_usd,
        Source::TokenPrices,
    );
    let infrastructure_usd = cost.infrastructure_per_month_usd;
    tokens
        + usd(
            TermId::Infrastructure,
            infrastructure_usd,
            Source::UnitPrices,
        )
}

pub(super) fn cost_per_thousand(plan: &Plan) -> Expr {
    let (usd, source) = (plan.cost.per_month_usd, Source::Figure(FigureId::Cost));
    let requests = plan.demand.requests_per_day;
    let days = term(
        TermId::DaysInAMonth,
        DAYS_PER_MONTH,
        Unit::Days,
        Source::MeanMonth,
    );
    let a_month = typed(TermId::Requests, requests, Unit::PerDay, "requests") * days;
    let thousand = term(TermId::AThousand, 1_000.0, Unit::One, Source::Number);
    term(TermId::CostPerMonth, usd, Unit::Usd, source) / a_month * thousand
}
