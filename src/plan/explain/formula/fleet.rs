//! Formulas for the gateways and their requests in flight.

use super::term::{peak_rate, term, tokens_of_a_request, typed};
use crate::catalog::guide;
use crate::plan::sizing::guide_row;
use crate::plan::{Expr, FigureId, Plan, RuleId, Source, TermId, Unit};
use crate::scenario::Scenario;

pub(super) fn gateways(scenario: &Scenario, plan: &Plan) -> Expr {
    match plan.gateway.decided_by {
        RuleId::Concurrency => by_concurrency(scenario, plan),
        RuleId::Throughput => by_throughput(scenario, plan),
        RuleId::Tokens => by_tokens(scenario, plan),
        RuleId::SlotsAndThroughput => by_both(scenario, plan),
        RuleId::WaitTarget => by_wait(scenario, plan),
        RuleId::Availability => term(TermId::Least, 2.0, Unit::One, Source::GuideAutoscaler),
        RuleId::GuideTable => by_table(plan.gateway.sizing_rps),
    }
}

/// Peak × headroom.
fn sized(scenario: &Scenario, plan: &Plan) -> Expr {
    let headroom = scenario.traffic.headroom;
    peak_rate(plan) * typed(TermId::Headroom, headroom, Unit::One, "headroom")
}

fn slots_each(scenario: &Scenario) -> Expr {
    let slots = f64::from(scenario.gateway.concurrency);
    typed(TermId::SlotsEach, slots, Unit::One, "concurrency")
}

fn time_in_flight(plan: &Plan, source: Source) -> Expr {
    let (id, seconds) = (TermId::TimeInFlight, plan.gateway.time_in_flight_s);
    term(id, seconds, Unit::Seconds, source)
}

fn by_concurrency(scenario: &Scenario, plan: &Plan) -> Expr {
    let held = sized(scenario, plan) * time_in_flight(plan, Source::HeldByShare);
    (held / slots_each(scenario)).ceil()
}

fn by_throughput(scenario: &Scenario, plan: &Plan) -> Expr {
    let chain = guide::CHAINS
        .iter()
        .find(|row| row.key == scenario.gateway.chain);
    let rps = chain.map_or(1_000.0, |row| row.rps_per_instance);
    let one = match scenario.gateway.rps_each {
        Some(rps) => typed(TermId::ThroughputOfOne, rps, Unit::Rps, "gateway-rps"),
        None => term(TermId::ThroughputOfOne, rps, Unit::Rps, Source::SizingPage),
    };
    (sized(scenario, plan) / one).ceil()
}

fn by_tokens(scenario: &Scenario, plan: &Plan) -> Expr {
    let tps = scenario.gateway.tps_each.unwrap_or(0.0);
    let one = typed(
        TermId::TokensOfOne,
        tps,
        Unit::TokensPerSecond,
        "gateway-tps",
    );
    (sized(scenario, plan) * tokens_of_a_request(plan) / one).ceil()
}

fn by_both(scenario: &Scenario, plan: &Plan) -> Expr {
    let gateway = &plan.gateway;
    let need = gateway.rules.first().map_or(1.0, |rule| rule.need);
    let one = term(
        TermId::CarriedByOne,
        gateway.sizing_rps / need,
        Unit::Rps,
        Source::SlotsWithThroughput,
    );
    (sized(scenario, plan) / one).ceil()
}

fn by_wait(scenario: &Scenario, plan: &Plan) -> Expr {
    let need = plan.gateway.rules.first().map_or(0.0, |rule| rule.need);
    let slots = need * f64::from(scenario.gateway.concurrency);
    let target_s = scenario.gateway.wait_target_s.unwrap_or(0.0);
    let id = TermId::SlotsThatKeepTheWait;
    let kept = term(
        id,
        slots,
        Unit::One,
        Source::WaitTarget(target_s, scenario.gateway.routing),
    );
    (kept / slots_each(scenario)).ceil()
}

fn by_table(rps: f64) -> Expr {
    let row = guide_row(rps);
    let of_row = |id, value, unit| term(id, value, unit, Source::GuideRow(row.name));
    let from = f64::from(row.instances_from);
    let begins_with = of_row(TermId::RowBeginsWith, from, Unit::One);
    let begins_at = of_row(TermId::RowBeginsAt, row.rps_from, Unit::Rps);
    let sized_for = term(TermId::SizedFor, rps, Unit::Rps, Source::SizedRate);
    let instances = match (row.rps_to, row.instances_to) {
        (Some(rps_to), Some(to)) => {
            let wide = of_row(TermId::RowIsWide, rps_to - row.rps_from, Unit::Rps);
            let adds = of_row(TermId::RowAdds, f64::from(to) - from, Unit::One);
            begins_with + (sized_for - begins_at) / wide * adds
        }
        _ => begins_with * sized_for / begins_at,
    };
    instances.ceil()
}

pub(super) fn in_flight(plan: &Plan) -> Expr {
    peak_rate(plan) * time_in_flight(plan, Source::Held)
}

pub(super) fn slots_in_use(scenario: &Scenario, plan: &Plan) -> Expr {
    let queue = &plan.queue;
    let held = term(
        TermId::RequestsInFlight,
        queue.in_flight,
        Unit::One,
        Source::Figure(FigureId::InFlight),
    );
    let running = queue.slots / f64::from(scenario.gateway.concurrency);
    let running = term(
        TermId::Gateways,
        running,
        Unit::One,
        Source::RunningGateways,
    );
    held / (running * slots_each(scenario))
}

/// Direct requests times the probability that all attempts fail.
pub(super) fn failed(scenario: &Scenario, plan: &Plan) -> Expr {
    let retry = &scenario.gateway.retry;
    let direct = term(
        TermId::GoToAProvider,
        plan.demand.direct_ratio,
        Unit::One,
        Source::DirectTries,
    );
    let failing = retry.failure_percent / 100.0;
    (0..retry.attempts).fold(direct, |all, _| {
        all * term(TermId::FailingTry, failing, Unit::One, Source::Input)
    })
}
