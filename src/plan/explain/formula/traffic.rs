//! Formulas for requests and tokens.

use super::term::{peak_rate, requests, seconds_in_a_minute, term, tokens_of_a_request, typed};
use crate::model::demand::SECONDS_PER_DAY;
use crate::plan::{Expr, Plan, Source, TermId, Unit};
use crate::scenario::Scenario;

pub(super) fn peak_requests(scenario: &Scenario, plan: &Plan) -> Expr {
    let (id, peak) = (TermId::PeakOverMean, scenario.traffic.peak_multiplier);
    mean_rate(scenario, plan) * typed(id, peak, Unit::One, "peak-multiplier")
}

pub(super) fn mean_rate(scenario: &Scenario, plan: &Plan) -> Expr {
    let (id, seconds) = (TermId::SecondsInADay, SECONDS_PER_DAY);
    requests(scenario, plan) / term(id, seconds, Unit::Seconds, Source::SecondsOfTheDay)
}

pub(super) fn peak_tokens(plan: &Plan) -> Expr {
    peak_rate(plan) * tokens_of_a_request(plan) * seconds_in_a_minute()
}

pub(super) fn tokens_per_day(scenario: &Scenario, plan: &Plan) -> Expr {
    requests(scenario, plan) * tokens_of_a_request(plan)
}
