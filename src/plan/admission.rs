//! Requests that a provider always refuses for their size, at any rate.

use super::counted::OneRequest;
use super::counting::CountedRow;
use super::rows::counted_rows;
use super::{Demand, LimitKind};
use crate::model::demand::SECONDS_PER_MINUTE;
use crate::model::limit::is_over;
use crate::scenario::{Scenario, Workload};

/// Bound that a request exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLargeFor {
    /// Tokens per minute, or per window of the limit.
    Tokens,
    /// Input tokens per minute.
    Input,
    /// Output tokens per minute, reserved on arrival.
    Output,
    /// The model's context window.
    Context,
    /// The model's maximum output.
    Answer,
    /// Tokens per day.
    Day,
    /// Tokens per month.
    MonthTokens,
    /// Dollars in ten minutes.
    TenMinutes,
    /// Dollars per month.
    Month,
    /// Queued tokens in batches.
    Queue,
}

/// A request that is always refused.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TooLarge {
    /// The bound exceeded.
    pub what: TooLargeFor,
    /// Index of its workload.
    pub workload: usize,
    /// Tokens that it counts for, or its price in dollars.
    pub counts: f64,
    /// Maximum tokens or dollars per request.
    pub limit: f64,
}

impl TooLargeFor {
    /// Whether the bound is a price.
    pub fn is_money(self) -> bool {
        matches!(self, Self::TenMinutes | Self::Month)
    }

    /// Kind of limit on a single request.
    pub(super) fn kind(self) -> LimitKind {
        if self.is_money() {
            LimitKind::RequestPrice
        } else {
            LimitKind::Request
        }
    }
}

/// Part of the requests that a provider can take.
pub(super) enum Admission {
    /// All requests.
    All,
    /// A share of them; and the first workload that is refused.
    Part(f64, TooLarge),
    /// No requests.
    None(TooLarge),
}

impl Admission {
    /// Share of the requests that the provider can take.
    pub(super) fn ratio(&self) -> f64 {
        match self {
            Self::All => 1.0,
            Self::Part(ratio, _) => *ratio,
            Self::None(_) => 0.0,
        }
    }

    /// The first request that is refused, if any.
    pub(super) fn too_large(self) -> Option<TooLarge> {
        match self {
            Self::All => None,
            Self::Part(_, one) | Self::None(one) => Some(one),
        }
    }
}

/// Part of a row's requests that it can take.
pub(super) fn admission(scenario: &Scenario, demand: &Demand, row: &CountedRow<'_>) -> Admission {
    // Most rows have room for the largest request of each kind.
    let in_batch = || refusal_in_batch(row, row.tokens.largest_in_batch);
    if takes_largest(row) && in_batch().is_none() {
        return Admission::All;
    }
    let (mut asked, mut taken, mut first) = (0.0, 0.0, None);
    for (index, workload) in scenario.workloads.iter().enumerate() {
        let all = workload.requests_per_day();
        let part = row.part(index, scenario.workloads.len());
        let one = OneRequest::of(workload, row.provider, row.vendor, demand);
        let in_batch = one.in_batch(workload, row.provider);
        let refused_in_batch = refusal_in_batch(row, in_batch);
        for (ratio, refusal) in [
            (part.live * workload.direct_ratio(), refusal(row, one)),
            (part.batched * workload.batched_ratio(), refused_in_batch),
        ] {
            let requests = all * ratio;
            if requests <= 0.0 {
                continue;
            }
            asked += requests;
            match refusal {
                None => taken += requests,
                Some((what, counts, limit)) => {
                    first.get_or_insert(TooLarge {
                        what,
                        workload: index,
                        counts,
                        limit,
                    });
                }
            }
        }
    }
    match first {
        None => Admission::All,
        Some(one) if taken == 0.0 => Admission::None(one),
        Some(one) => Admission::Part(taken / asked, one),
    }
}

/// For each provider and workload, whether it refuses the requests for their size alone.
pub fn size_refusals(scenario: &Scenario, demand: &Demand) -> Vec<Vec<bool>> {
    let rows = counted_rows(scenario, demand);
    let of_row = |row: &CountedRow<'_>| {
        let workloads = scenario.workloads.iter();
        let refused = workloads.map(|workload| !takes(workload, row, demand));
        refused.collect()
    };
    rows.iter().map(of_row).collect()
}

/// Whether a row takes the requests of a workload, judged by their size.
pub(super) fn takes(workload: &Workload, row: &CountedRow<'_>, demand: &Demand) -> bool {
    let one = || OneRequest::of(workload, row.provider, row.vendor, demand);
    // With a mix, the largest request may belong to a workload that is not counted.
    row.mix.is_none() && takes_largest(row) || !is_refused(row, one())
}

/// The same of its requests in batches.
pub(super) fn takes_in_batch(workload: &Workload, row: &CountedRow<'_>, demand: &Demand) -> bool {
    let one = OneRequest::of(workload, row.provider, row.vendor, demand);
    refusal_in_batch(row, one.in_batch(workload, row.provider)).is_none()
}

/// Whether a row has room for the largest of everything.
pub(super) fn takes_largest(row: &CountedRow<'_>) -> bool {
    !is_refused(row, row.tokens.largest)
}

/// Whether a row refuses a request for its size alone.
pub(super) fn is_refused(row: &CountedRow<'_>, one: OneRequest) -> bool {
    refusal(row, one).is_some()
}

/// The bound that a request exceeds, its amount, and the allowed amount.
fn refusal(row: &CountedRow<'_>, one: OneRequest) -> Option<(TooLargeFor, f64, f64)> {
    let provider = row.provider;
    let (part, _) = row.counters(row.scope_of(LimitKind::Tpm));
    let window_s = row.limits.token_window_s.unwrap_or(SECONDS_PER_MINUTE);
    let window = part * window_s / SECONDS_PER_MINUTE;
    let limit = |kind| as_you_go(row, kind);
    let a_minute = |kind| limit(kind).map(|limit| limit * window);
    let a_day = limit(LimitKind::Tpd).map(|limit| limit * part);
    let reserved = a_minute(LimitKind::Otpm).filter(|_| provider.counting.reserves());
    let a_month = limit(LimitKind::TokensMonth);
    let [ten_minutes, month] = [LimitKind::Spend10Min, LimitKind::SpendMonth].map(limit);
    first_over([
        (TooLargeFor::Context, one.total, provider.context),
        (TooLargeFor::Answer, one.answer, provider.answer_max),
        (TooLargeFor::Tokens, one.arrival, a_minute(LimitKind::Tpm)),
        (TooLargeFor::Input, one.input, a_minute(LimitKind::Itpm)),
        (TooLargeFor::Output, one.answer, reserved),
        (TooLargeFor::Day, one.day, a_day),
        (TooLargeFor::MonthTokens, one.day, a_month),
        (TooLargeFor::TenMinutes, one.usd, ten_minutes),
        (TooLargeFor::Month, one.usd, month),
    ])
}

/// [`refusal`] of a request in a batch, which contains ordinary requests: the model's bounds, the
/// batch queue and the monthly dollars apply; limits per minute, ten minutes or day do not.
fn refusal_in_batch(row: &CountedRow<'_>, one: OneRequest) -> Option<(TooLargeFor, f64, f64)> {
    let (provider, limit) = (row.provider, |kind| as_you_go(row, kind));
    first_over([
        (TooLargeFor::Context, one.total, provider.context),
        (TooLargeFor::Answer, one.answer, provider.answer_max),
        (TooLargeFor::Queue, one.input, limit(LimitKind::BatchQueue)),
        (TooLargeFor::Month, one.usd, limit(LimitKind::SpendMonth)),
    ])
}

/// A pay-as-you-go limit that may refuse a request. Reserved units replace such limits, a limit of
/// 0 is reported as closed, and unknown prices are no spending.
fn as_you_go(row: &CountedRow<'_>, kind: LimitKind) -> Option<f64> {
    let counts = row.units.is_none() && !(kind.is_money() && row.provider.prices.is_free());
    row.limit(kind).filter(|limit| counts && 0.0 < *limit)
}

fn first_over(
    sizes: impl IntoIterator<Item = (TooLargeFor, f64, Option<f64>)>,
) -> Option<(TooLargeFor, f64, f64)> {
    sizes.into_iter().find_map(|(what, counts, limit)| {
        let limit = limit?;
        is_over(counts / limit).then_some((what, counts, limit))
    })
}
