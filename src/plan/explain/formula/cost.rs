//! Formulas for dollars.

use super::term::{days_in_a_month, term, typed};
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
    let a_month = typed(TermId::Requests, requests, Unit::PerDay, "requests") * days_in_a_month();
    let thousand = term(TermId::AThousand, 1_000.0, Unit::One, Source::Number);
    term(TermId::CostPerMonth, usd, Unit::Usd, source) / a_month * thousand
}
