//! The load on a limit, in its unit.

use super::counting::{CountedRow, upstream_s};
use super::{Demand, LimitKind};
use crate::model::growth::DAYS_PER_MONTH;

/// What a limit of this kind counts of a share of the peak, or of the day or month.
pub(super) fn own_load(demand: &Demand, row: &CountedRow<'_>, share: f64, kind: LimitKind) -> f64 {
    const MINUTES_OF_SPENDING: f64 = 10.0;
    let tokens = &row.tokens;
    let at_most = share_at_most(row, share, kind);
    let per_minute = demand.peak_rpm * at_most;
    let a_day = demand.requests_per_day * at_most;
    match kind {
        LimitKind::Rpm => per_minute * tokens.calls,
        LimitKind::Tpm => per_minute * tokens.combined.mean,
        LimitKind::Itpm => per_minute * tokens.input.mean,
        LimitKind::Otpm => per_minute * tokens.output.mean,
        LimitKind::Rpd => a_day * tokens.calls,
        LimitKind::Tpd => a_day * tokens.daily,
        LimitKind::RequestsMonth => a_day * DAYS_PER_MONTH * tokens.calls,
        LimitKind::TokensMonth => a_day * DAYS_PER_MONTH * tokens.daily,
        LimitKind::Units => per_minute * tokens.weighted,
        LimitKind::Concurrency => demand.peak_rps * at_most * upstream_s(row, demand),
        LimitKind::SpendMonth => a_day * DAYS_PER_MONTH * tokens.usd,
        LimitKind::Spend10Min => per_minute * MINUTES_OF_SPENDING * tokens.usd_direct,
        LimitKind::BatchQueue => a_day * tokens.batched,
        LimitKind::BatchRequests => a_day * tokens.batched_requests,
        LimitKind::Request => tokens.largest.total,
        LimitKind::RequestPrice => tokens.largest.usd,
    }
}

/// The share of the peak, or of the day or month, by which a limit of this kind is judged.
pub(super) fn share_at_most(row: &CountedRow<'_>, share: f64, kind: LimitKind) -> f64 {
    let at_most = share * row.at.peak_ratio;
    match kind {
        kind if kind.is_of_volume() => share * row.at.day_ratio,
        LimitKind::Spend10Min => {
            // What stays is asked for while it is spent, too.
            let stays = 0.0 < row.at.bound_share;
            at_most.min(row.at.ten_minutes.max(if stays { share } else { 0.0 }))
        }
        _ => at_most,
    }
}

/// How often a day the queue of batches is answered and filled anew.
pub(super) fn rounds_a_day(row: &CountedRow<'_>) -> f64 {
    const HOURS_A_DAY: f64 = 24.0;
    row.provider
        .batch_hours
        .map_or(1.0, |hours| HOURS_A_DAY / hours)
}

/// The load of a row on a limit that it shares with another one, as that one counts it: a batch
/// that takes twelve times as long waits in twelve of the other’s rounds.
pub(super) fn load_of_mate(
    demand: &Demand,
    (mate, share): (&CountedRow<'_>, f64),
    row: &CountedRow<'_>,
    kind: LimitKind,
) -> f64 {
    // Who is closed at one time is busy at another: rates add up as they do on average.
    let ratio = if kind.is_of_volume() {
        1.0
    } else {
        mate.at.peak_ratio
    };
    let load = own_load(demand, mate, share / ratio, kind);
    if kind.is_of_batches() {
        load * (rounds_a_day(row) / rounds_a_day(mate))
    } else {
        load
    }
}
