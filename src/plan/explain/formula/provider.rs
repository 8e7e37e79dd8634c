//! Formulas for the use of provider limits.

use super::super::figures::tightest;
use super::term::{days_in_a_month, peak_rate, requests, seconds_in_a_minute, term};
use crate::plan::counting::{CountedRow, upstream_s};
use crate::plan::load::share_at_most;
use crate::plan::rows::counted_rows;
use crate::plan::spread::spread;
use crate::plan::{Expr, LimitKind, LimitUse, Plan, ProviderPlan, Source, TermId, Unit};
use crate::scenario::Scenario;

pub(super) fn tightest_limit(scenario: &Scenario, plan: &Plan) -> Option<Expr> {
    let none = |id, source| Some(term(id, 0.0, Unit::One, source));
    match tightest(&plan.providers) {
        Some((provider, used)) if used.state.ratio().is_some() => {
            utilization(scenario, plan, provider)
        }
        Some(_) => none(TermId::Limit, Source::NothingAllowed),
        None => none(TermId::Limits, Source::NoneKnown),
    }
}

/// Load on the tightest limit over that limit.
pub(super) fn utilization(
    scenario: &Scenario,
    plan: &Plan,
    provider: &ProviderPlan,
) -> Option<Expr> {
    let used = provider.tightest?;
    let rows = counted_rows(scenario, &plan.demand);
    let spread = spread(scenario, &plan.demand, &rows);
    let row = spread
        .rows
        .iter()
        .find(|row| row.provider.id == provider.row)?;
    let shared_by = match spread.by_stream {
        Some(_) => Source::Places,
        None => Source::Weights,
    };
    let load = load(scenario, plan, provider, (row, &used), shared_by);
    Some(load / limit(row, &used))
}

fn limit(row: &CountedRow<'_>, used: &LimitUse) -> Expr {
    let source = limit_source(row, used);
    match used.kind {
        LimitKind::Units => {
            let unit = row.provider.unit.input_tpm;
            let units = term(TermId::Units, used.limit / unit, Unit::One, Source::Input);
            units * term(TermId::InputOfAUnit, unit, Unit::TokensPerMinute, source)
        }
        kind if used.usable_ratio < 1.0 => {
            let (id, left) = (TermId::LeftByBursts, used.usable_ratio);
            term(TermId::Limit, used.published, Unit::Limit(kind), source)
                * term(id, left, Unit::One, Source::Window)
        }
        kind => term(TermId::Limit, used.limit, Unit::Limit(kind), source),
    }
}

fn limit_source(row: &CountedRow<'_>, used: &LimitUse) -> Source {
    if let Some(requests) = used.per_1000_tokens {
        return Source::Per1000Tokens(requests);
    }
    let is_own = row.units.is_none() && !used.of_organization && row.is_own(used.kind);
    let tier = row.tier.filter(|_| !is_own);
    let spend = row.vendor.spend.filter(|_| used.kind.is_money());
    if let (Some(tier), Some(spend)) = (tier, spend) {
        return Source::Catalogue {
            name: tier.name,
            as_of: spend.as_of,
            source: spend.source,
        };
    }
    if let Some(tier) = tier {
        return Source::Catalogue {
            name: tier.name,
            as_of: tier.as_of,
            source: tier.source,
        };
    }
    let reserved = row.model.and_then(|model| model.provisioned);
    match reserved.filter(|_| row.units.is_some()) {
        Some(reserved) => Source::Catalogue {
            name: reserved.unit,
            as_of: reserved.as_of,
            source: reserved.source,
        },
        None => Source::Input,
    }
}

/// The load on a limit, including the other rows under it.
fn load(
    scenario: &Scenario,
    plan: &Plan,
    provider: &ProviderPlan,
    (row, used): (&CountedRow<'_>, &LimitUse),
    shared_by: Source,
) -> Expr {
    let (kind, others) = (used.kind, used.beside);
    let own = own_load(scenario, plan, provider, (row, kind), shared_by);
    if others == 0.0 {
        return own;
    }
    let (id, unit) = if kind.is_money() {
        (TermId::SpentByOthers, Unit::Usd)
    } else {
        (TermId::CountedOfOthers, Unit::Limit(kind))
    };
    own + term(id, others, unit, Source::OneOrganization)
}

fn own_load(
    scenario: &Scenario,
    plan: &Plan,
    provider: &ProviderPlan,
    (row, kind): (&CountedRow<'_>, LimitKind),
    shared_by: Source,
) -> Expr {
    let (demand, counted) = (&plan.demand, row.judged(kind));
    let base = match kind {
        LimitKind::Request => {
            let source = counted_by(provider, row);
            return term(
                TermId::TokensCounted,
                counted.largest.total,
                Unit::Tokens,
                source,
            );
        }
        LimitKind::RequestPrice => return dollars(counted.largest.usd),
        kind if kind.is_of_volume() => requests(scenario, plan),
        LimitKind::Concurrency => peak_rate(plan),
        _ => peak_rate(plan) * seconds_in_a_minute(),
    };
    let share = share_at_most(row, provider.share_ratio, kind);
    let id = TermId::ShareOfTheRequests;
    let shared = base * term(id, share, Unit::One, shared_by);
    let shared = if kind.is_of_month() {
        shared * days_in_a_month()
    } else {
        shared
    };
    let tokens = match kind {
        LimitKind::Rpm | LimitKind::Rpd | LimitKind::RequestsMonth => {
            let calls = if kind.is_of_volume() {
                counted.daily_calls
            } else {
                counted.calls
            };
            if (calls - 1.0).abs() < 1e-12 {
                return shared;
            }
            let id = TermId::CallsOfARequest;
            return shared * term(id, calls, Unit::One, Source::DirectTries);
        }
        LimitKind::Concurrency => {
            let (id, held_s) = (TermId::TimeAtTheProvider, upstream_s(row, demand));
            return shared * term(id, held_s, Unit::Seconds, Source::HeldAtProvider);
        }
        LimitKind::SpendMonth => {
            return shared * dollars(counted.usd);
        }
        LimitKind::Spend10Min => {
            let ten = term(TermId::MinutesJudged, 10.0, Unit::One, Source::Number);
            return shared * ten * dollars(counted.usd_direct);
        }
        LimitKind::Tpm => counted.combined.mean,
        LimitKind::Tpd | LimitKind::TokensMonth => counted.daily,
        LimitKind::Itpm => counted.input.mean,
        LimitKind::Otpm => counted.output.mean,
        LimitKind::Units => counted.weighted,
        LimitKind::BatchQueue => counted.batched,
        LimitKind::BatchRequests => {
            let id = TermId::CallsOfARequest;
            return shared * term(id, counted.batched_requests, Unit::One, Source::Input);
        }
        LimitKind::Request | LimitKind::RequestPrice => counted.largest.total,
    };
    let source = counted_by(provider, row);
    shared * term(TermId::TokensCounted, tokens, Unit::Tokens, source)
}

fn dollars(usd: f64) -> Expr {
    term(TermId::CostOfARequest, usd, Unit::Usd, Source::TokenPrices)
}

fn counted_by(provider: &ProviderPlan, row: &CountedRow<'_>) -> Source {
    Source::CountedBy {
        provider: provider.name.clone(),
        source: row.vendor.source,
    }
}
