//! The providers' limits for the simulated day, call by call.
//!
//! The plan sums over a minute or a day; the simulation takes one call at a time. Each limit
//! defines the amount and the time of counting per call, so that both count alike.

use super::account::{is_one_limit, is_one_organization};
use super::counting::{CountedRow, unit_of};
use super::limits::listed;
use super::list_price::{batches_usd, usd_per_token};
use super::month::{OfMonth, SpentMonth, each_day, first_spent};
use super::places::Days;
use super::rows::counted_rows;
use super::shares::Spread;
use super::spread::spread_on;
use super::{Demand, LimitKind};
use crate::catalog::provider::Counting;
use crate::model::growth::DAYS_PER_MONTH;
use crate::scenario::{Scenario, Scope, Workload};

const MINUTE_S: f64 = 60.0;
const DAY_S: f64 = 86_400.0;
const SPENDING_S: f64 = 600.0;

/// A limit of one provider, or of several that share it.
#[derive(Debug, Clone, PartialEq)]
pub struct CallLimit {
    /// Kind of limit.
    pub kind: LimitKind,
    /// Calls, tokens or dollars per period.
    pub limit: f64,
    /// Period, seconds.
    pub period_s: f64,
    /// Window of a continuously refilling limit, seconds; `None` if it is restored in full when the
    /// next period begins.
    pub window_s: Option<f64>,
    /// Scope: the provider's, or each gateway's own.
    pub scope: Scope,
    /// Rows whose calls count.
    pub rows: Vec<RowCount>,
}

/// Counting of a row's calls towards a limit.
#[derive(Debug, Clone, PartialEq)]
pub struct RowCount {
    /// Index of the row.
    pub row: usize,
    /// Time of counting.
    pub counted: WhenCounted,
    /// Amounts by workload.
    pub by_workload: Vec<CallCount>,
}

/// Time at which a call counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenCounted {
    /// At the call.
    Made,
    /// At the call, corrected by the answer.
    Corrected,
    /// At the answer.
    Answered,
}

/// Amounts that a call counts for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CallCount {
    /// At the call: input and maximum output.
    pub made: Weights,
    /// At the answer: input and output.
    pub answered: Weights,
    /// Minimum that the maximum output is taken for, tokens.
    pub answer_least: f64,
}

/// Weights of the parts of a call.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weights {
    /// Per call.
    pub call: f64,
    /// Per input token.
    pub input: f64,
    /// Per output token.
    pub output: f64,
}

/// Limits that a day's calls count towards.
#[derive(Debug, Clone, PartialEq)]
pub struct CallLimits {
    /// All limits, without duplicates.
    pub all: Vec<CallLimit>,
    /// Monthly allowance that is spent on this day, if one is spent before the month ends.
    pub spent: Option<SpentMonth>,
}

/// All known limits, except those on requests in flight and batches.
///
/// A monthly limit is what is left at the start of the day; for dollars, after the day's batches
/// are paid. The day is the one on which an allowance is spent first, or the first of a month if
/// each lasts.
pub fn call_limits(scenario: &Scenario, demand: &Demand) -> CallLimits {
    let counted = counted_rows(scenario, demand);
    let spread = spread_on(scenario, demand, &counted, Days::BeforeSpent);
    let mut all: Vec<(CallLimit, bool)> = Vec::new();
    for (index, row) in spread.rows.iter().enumerate() {
        for held in limits_of(row, &spread.rows) {
            let kind = held.kind;
            let rule = RowCount {
                row: index,
                counted: when(kind, row),
                by_workload: scenario
                    .workloads
                    .iter()
                    .map(|workload| count(kind, workload, row))
                    .collect(),
            };
            let owner = |other: &CallLimit| spread.rows.get(other.rows.first()?.row);
            let shared = all.iter_mut().find(|(other, is_shared)| {
                let is_shared = *is_shared && held.is_shared && other.kind == kind;
                is_shared && owner(other).is_some_and(|owner| are_one(kind, owner, row))
            });
            if let Some((shared, _)) = shared {
                shared.rows.push(rule);
            } else {
                let limit = CallLimit {
                    rows: vec![rule],
                    scope: held.scope,
                    ..period(kind, held.limit, row)
                };
                all.push((limit, held.is_shared));
            }
        }
    }
    let mut all: Vec<CallLimit> = all.into_iter().map(|(limit, _)| limit).collect();
    let spent = come_to_its_end((scenario, demand), &spread, &mut all);
    for limit in all.iter_mut().filter(|it| it.kind == LimitKind::SpendMonth) {
        let rows = limit.rows.iter();
        let batches: f64 = rows
            .map(|rule| batched_usd(scenario, &spread, rule.row))
            .sum();
        limit.limit = (limit.limit - batches).max(0.0);
    }
    CallLimits { all, spent }
}

/// Deducts from monthly allowances the use of all days before the one on which an allowance is
/// spent first.
fn come_to_its_end(
    question: (&Scenario, &Demand),
    spread: &Spread<'_, '_>,
    all: &mut [CallLimit],
) -> Option<SpentMonth> {
    let of_month = |limit: &CallLimit| {
        let first = limit.rows.first()?;
        let rows = limit.rows.iter().map(|rule| rule.row);
        let days = rows.map(|row| {
            let row = (&spread.rows[row], spread.shares[row]);
            each_day(question, row, limit.kind)
        });
        Some(OfMonth {
            kind: limit.kind,
            limit: limit.limit,
            each_day: days.sum(),
            row: first.row,
        })
        .filter(|each| each.kind.is_of_month())
    };
    let spent = first_spent(all.iter().filter_map(of_month))?;
    for limit in all {
        if let Some(each) = of_month(limit) {
            let before = f64::from(spent.day - 1) * each.each_day;
            limit.limit = (limit.limit - before).max(0.0);
        }
    }
    Some(spent)
}

/// For each provider, the first provider under the same limit of requests in flight: itself, or a
/// row of the same account.
pub fn at_once_with(scenario: &Scenario, demand: &Demand) -> Vec<usize> {
    let rows = counted_rows(scenario, demand);
    let is_held = |row: &CountedRow<'_>| {
        let has_limit = row.limits.concurrency.is_some() && row.units.is_none();
        has_limit && row.provider.holds_at_once()
    };
    let first = |(index, row): (usize, &CountedRow<'_>)| {
        let mut before = rows[..index].iter();
        let shared =
            before.position(|other| is_held(other) && are_one(LimitKind::Concurrency, other, row));
        shared.filter(|_| is_held(row)).unwrap_or(index)
    };
    rows.iter().enumerate().map(first).collect()
}

/// A limit of a row.
struct RowLimit {
    kind: LimitKind,
    limit: f64,
    scope: Scope,
    /// Whether it covers all keys of the organization.
    is_shared: bool,
}

/// The limits of a row among others; reserved units replace pay-as-you-go limits.
fn limits_of(row: &CountedRow<'_>, rows: &[CountedRow<'_>]) -> Vec<RowLimit> {
    let own = |kind, limit, scope, is_shared| RowLimit {
        kind,
        limit,
        scope,
        is_shared,
    };
    if let Some(units) = row.units {
        let limit = units * row.provider.unit.input_tpm;
        return vec![own(LimitKind::Units, limit, Scope::Provider, false)];
    }
    let is_of_calls = |kind: &LimitKind| *kind != LimitKind::Concurrency && !kind.is_of_batches();
    let listed = listed(row).into_iter();
    let known = listed.filter_map(|(kind, limit)| Some((kind, limit?)));
    let mut limits = Vec::new();
    for (kind, limit) in known.filter(|(kind, _)| is_of_calls(kind)) {
        let (scope, all) = (row.scope_of(kind), row.of_organization(kind));
        let is_shared = scope == Scope::Provider && all == Some(limit);
        limits.push(own(kind, limit, scope, is_shared));
        // The organization's limit also covers limits that gateways count for themselves, or that
        // keys have of their own.
        let has_mate = || rows.iter().any(|other| are_one(kind, row, other));
        let holds = !is_shared && (scope == Scope::Gateway || has_mate());
        let all = all.filter(|_| holds);
        limits.extend(all.map(|limit| own(kind, limit, Scope::Provider, true)));
    }
    limits
}

/// Whether two rows share one limit of a kind.
fn are_one(kind: LimitKind, a: &CountedRow<'_>, b: &CountedRow<'_>) -> bool {
    is_one_organization(a, b) && is_one_limit(a, b, kind)
}

/// A limit and its period, without rows.
fn period(kind: LimitKind, limit: f64, row: &CountedRow<'_>) -> CallLimit {
    let limits = &row.limits;
    let (limit, period_s, window_s) = match kind {
        LimitKind::Rpm => (limit, MINUTE_S, limits.window_s.or(Some(MINUTE_S))),
        LimitKind::Tpm | LimitKind::Itpm | LimitKind::Otpm => {
            (limit, MINUTE_S, limits.token_window_s.or(Some(MINUTE_S)))
        }
        LimitKind::Rpd | LimitKind::Tpd => (limit, DAY_S, None),
        kind if kind.is_of_month() => (limit, DAYS_PER_MONTH * DAY_S, None),
        // Spent dollars become available ten minutes later, all at once.
        LimitKind::Spend10Min => (limit, SPENDING_S, None),
        _ => (limit, MINUTE_S, Some(MINUTE_S)),
    };
    CallLimit {
        kind,
        limit,
        period_s,
        window_s,
        scope: Scope::Provider,
        rows: Vec::new(),
    }
}

fn when(kind: LimitKind, row: &CountedRow<'_>) -> WhenCounted {
    let counting = row.provider.counting;
    match kind {
        LimitKind::Tpm | LimitKind::Tpd | LimitKind::TokensMonth => match counting {
            Counting::Input | Counting::Reserved => WhenCounted::Made,
            Counting::Corrected => WhenCounted::Corrected,
            Counting::Produced => WhenCounted::Answered,
        },
        LimitKind::Otpm if !counting.reserves() => WhenCounted::Answered,
        LimitKind::Units => WhenCounted::Corrected,
        LimitKind::SpendMonth | LimitKind::Spend10Min => WhenCounted::Answered,
        _ => WhenCounted::Made,
    }
}

/// Amounts that a call of a workload counts for, as the plan counts it.
fn count(kind: LimitKind, workload: &Workload, row: &CountedRow<'_>) -> CallCount {
    let provider = row.provider;
    let cached = workload.cached_percent / 100.0;
    let fresh = if row.vendor.counts_cached {
        1.0
    } else {
        1.0 - cached
    };
    let weights = |call, input, output| Weights {
        call,
        input,
        output,
    };
    let alike = |weights| CallCount {
        made: weights,
        answered: weights,
        answer_least: 0.0,
    };
    match kind {
        LimitKind::Rpm | LimitKind::Rpd | LimitKind::RequestsMonth => alike(weights(1.0, 0.0, 0.0)),
        LimitKind::Itpm => alike(weights(0.0, fresh, 0.0)),
        LimitKind::Otpm => alike(weights(0.0, 0.0, 1.0)),
        LimitKind::Tpm | LimitKind::Tpd | LimitKind::TokensMonth => match provider.counting {
            Counting::Input => alike(weights(0.0, fresh, 0.0)),
            Counting::Corrected => CallCount {
                made: weights(0.0, 1.0, 1.0),
                answered: weights(0.0, fresh, provider.output_weight),
                answer_least: longest_assumed(workload, row),
            },
            Counting::Reserved | Counting::Produced => {
                alike(weights(0.0, fresh, provider.output_weight))
            }
        },
        LimitKind::Units => {
            let unit = unit_of(provider);
            let input = 1.0 - cached + cached * unit.cached_weight;
            alike(weights(0.0, input, unit.output_weight))
        }
        LimitKind::SpendMonth | LimitKind::Spend10Min => {
            let (input, output) = usd_per_token(workload, provider);
            alike(weights(0.0, input, output))
        }
        LimitKind::Concurrency
        | LimitKind::BatchQueue
        | LimitKind::BatchRequests
        | LimitKind::Request
        | LimitKind::RequestPrice => CallCount::default(),
    }
}

/// The model's maximum output, if it is reserved because no `max_tokens` is sent.
fn longest_assumed(workload: &Workload, row: &CountedRow<'_>) -> f64 {
    let is_sent = workload.max_output_tokens.is_some();
    let assumed = row.provider.answer_max.filter(|_| !is_sent);
    assumed
        .filter(|_| 0.0 < workload.output_tokens)
        .unwrap_or(0.0)
}

/// Dollars a day that the batches of a row cost.
fn batched_usd(scenario: &Scenario, spread: &Spread<'_, '_>, index: usize) -> f64 {
    let usd = scenario.workloads.iter().enumerate().map(|(w, workload)| {
        let batched = workload.batched_ratio() * spread.day_part(index, w).batched;
        let requests = workload.requests_per_day() * batched;
        batches_usd(requests, workload, spread.rows[index].provider)
    });
    usd.sum()
}
