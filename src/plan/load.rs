//! The load on a limit, in its unit.

use super::counted::Counted;
use super::counting::{CountedRow, answered_s};
use super::{Demand, LimitKind};
use crate::model::growth::DAYS_PER_MONTH;
use crate::scenario::Provider;

/// What a limit of this kind counts of a share of the peak, or of the day or month: of a row that
/// passes only some of it on, of all that comes.
pub(super) fn own_load(demand: &Demand, row: &CountedRow<'_>, share: f64, kind: LimitKind) -> f64 {
    let judged = (row.provider, row.judged(kind));
    load_at(demand, judged, share_at_most(row, share, kind), kind)
}

/// The same of what a row takes, be it judged by more.
pub(super) fn taken_load(
    demand: &Demand,
    row: &CountedRow<'_>,
    share: f64,
    kind: LimitKind,
) -> f64 {
    let taken = (row.provider, &row.tokens);
    load_at(demand, taken, taken_at_most(row, share, kind), kind)
}

fn load_at(
    demand: &Demand,
    (provider, tokens): (&Provider, &Counted),
    at_most: f64,
    kind: LimitKind,
) -> f64 {
    const MINUTES_OF_SPENDING: f64 = 10.0;
    let per_minute = demand.peak_rpm * at_most;
    let a_day = demand.requests_per_day * at_most;
    match kind {
        LimitKind::Rpm => per_minute * tokens.calls,
        LimitKind::Tpm => per_minute * tokens.combined.mean,
        LimitKind::Itpm => per_minute * tokens.input.mean,
        LimitKind::Otpm => per_minute * tokens.output.mean,
        LimitKind::Rpd => a_day * tokens.daily_calls,
        LimitKind::Tpd => a_day * tokens.daily,
        LimitKind::RequestsMonth => a_day * DAYS_PER_MONTH * tokens.daily_calls,
        LimitKind::TokensMonth => a_day * DAYS_PER_MONTH * tokens.daily,
        LimitKind::Units => per_minute * tokens.weighted,
        LimitKind::Concurrency => {
            demand.peak_rps * at_most * answered_s(provider, demand, tokens.at_once)
        }
        LimitKind::SpendMonth => a_day * DAYS_PER_MONTH * tokens.usd,
        LimitKind::Spend10Min => per_minute * MINUTES_OF_SPENDING * tokens.usd_direct,
        LimitKind::BatchQueue => a_day * tokens.batched,
        LimitKind::BatchRequests => a_day * tokens.batched_requests,
        LimitKind::Request => tokens.largest.total,
        LimitKind::RequestPrice => tokens.largest.usd,
    }
}

/// Share of the peak, or of the day or month, by which a limit of this kind is judged.
pub(super) fn share_at_most(row: &CountedRow<'_>, share: f64, kind: LimitKind) -> f64 {
    let asked = row.at.asked(kind);
    asked.map_or_else(|| taken_at_most(row, share, kind), |(_, share)| *share)
}

fn taken_at_most(row: &CountedRow<'_>, share: f64, kind: LimitKind) -> f64 {
    let at_most = share * row.at.peak_ratio;
    match kind {
        kind if kind.is_of_volume() => share * row.at.day_ratio,
        LimitKind::Spend10Min => at_most.min(row.at.ten_minutes),
        _ => at_most,
    }
}

/// Number of times per day that the batch queue is emptied and refilled.
pub(super) fn rounds_a_day(row: &CountedRow<'_>) -> f64 {
    const HOURS_A_DAY: f64 = 24.0;
    row.provider
        .batch_hours
        .map_or(1.0, |hours| HOURS_A_DAY / hours)
}

/// Load of a row on a limit that it shares with another row, in that row's terms: a batch that
/// takes twelve times as long waits in twelve of the other's rounds.
pub(super) fn load_of_mate(
    demand: &Demand,
    mate: (&CountedRow<'_>, f64),
    row: &CountedRow<'_>,
    kind: LimitKind,
) -> f64 {
    load_of_round(demand, mate, kind) * rounds_of(row, kind)
}

/// Load on a limit with one round of batches per day; other limits have no rounds.
pub(super) fn load_of_round(
    demand: &Demand,
    (mate, share): (&CountedRow<'_>, f64),
    kind: LimitKind,
) -> f64 {
    // Rows are closed at different times, so rates add up by their averages.
    let ratio = mate.at.peak_ratio;
    let at_most = if kind.is_of_volume() {
        taken_at_most(mate, share, kind)
    } else if 0.0 < ratio {
        taken_at_most(mate, share / ratio, kind)
    } else {
        share
    };
    let taken = (mate.provider, &mate.tokens);
    load_at(demand, taken, at_most, kind) / rounds_of(mate, kind)
}

/// Rounds per day in which a row's limit of a kind counts; 1 for other limits than batches.
pub(super) fn rounds_of(row: &CountedRow<'_>, kind: LimitKind) -> f64 {
    if kind.is_of_batches() {
        rounds_a_day(row)
    } else {
        1.0
    }
}
