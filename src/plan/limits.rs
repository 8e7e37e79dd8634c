//! The limits of a provider under its share of the load, counted the provider's way.

use super::account::Held;
use super::admission::{Admission, admission};
use super::carried::Few;
use super::counted::Tokens;
use super::counting::{CountedRow, upstream_s};
use super::load::{own_load, rounds_a_day};
use super::spilled::{Use, spilled_scale};
use super::{Demand, LimitKind};
use crate::model::{burst, limit};
use crate::scenario::{Scenario, Scope};

/// A limit and its use at the peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimitUse {
    /// Kind of limit.
    pub kind: LimitKind,
    /// Load in the limit's unit.
    pub load: f64,
    /// The limit, reduced for bursts within its window.
    pub limit: f64,
    /// The limit as published or entered.
    pub published: f64,
    /// Share of the published limit that steady traffic may use before its bursts break the limit's
    /// window; 1 for windows of a minute or more.
    pub usable_ratio: f64,
    /// State: closed or used.
    pub state: LimitState,
    /// Multiple of today's load at which it is full; `None` without load. A limit that each pod
    /// counts grows with the pods that the autoscaler adds.
    pub max_scale: Option<f64>,
    /// Mean share of the load refused, for limits on few requests at once.
    pub refused_ratio: Option<f64>,
    /// Requests per 1,000 tokens per minute, if that ratio gives the limit.
    pub per_1000_tokens: Option<f64>,
    /// Scope: the provider's, or each gateway's own.
    pub scope: Scope,
    /// Number of counters that each hold a part of it: the pods, if each counts for itself.
    pub counters: f64,
    /// Load of the organization's other rows under the same limit.
    pub beside: f64,
    /// Part of `beside` that earlier places take first.
    pub before: f64,
    /// Whether it is the organization's limit, next to one of this row's own.
    pub of_organization: bool,
    /// Offered load, if chance fills the limit before the mean does.
    pub few: Option<Few>,
}

/// State of a limit, or of a provider under its limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LimitState {
    /// No limit is known, which differs from a limit without load.
    Unknown,
    /// Load on a limit of 0: fuller than any limit in use.
    Closed,
    /// Utilization; the part above 1 is refused.
    Used(f64),
}

impl LimitState {
    fn of(load: f64, limit: f64) -> Self {
        limit::utilization_ratio(load, limit).map_or(Self::Closed, Self::Used)
    }

    /// State of a limit that may be absent.
    pub(super) fn of_limit(limit: Option<&LimitUse>) -> Self {
        limit.map_or(Self::Unknown, |used| used.state)
    }

    /// Utilization, if defined.
    pub fn ratio(self) -> Option<f64> {
        match self {
            Self::Used(ratio) => Some(ratio),
            Self::Unknown | Self::Closed => None,
        }
    }

    /// Whether the load exceeds the limit.
    pub fn is_over(self) -> bool {
        self.fullness().is_some_and(limit::is_over)
    }

    /// Key by which states are compared; `None` for unknown limits.
    fn fullness(self) -> Option<f64> {
        match self {
            Self::Unknown => None,
            Self::Closed => Some(f64::INFINITY),
            Self::Used(ratio) => Some(ratio),
        }
    }
}

/// The fullest of several items, the first of equals. Unknown states are never the fullest.
pub fn tightest<T>(
    items: impl IntoIterator<Item = T>,
    state: impl Fn(&T) -> LimitState,
) -> Option<T> {
    let mut found: Option<(f64, T)> = None;
    for item in items {
        let Some(fullness) = state(&item).fullness() else {
            continue;
        };
        if found.as_ref().is_none_or(|(most, _)| *most < fullness) {
            found = Some((fullness, item));
        }
    }
    found.map(|(_, item)| item)
}

/// The limit of a row that is full first: behind other rows limits do not fill alike.
pub(super) fn first_full(row: &CountedRow<'_>, uses: &[LimitUse]) -> Option<LimitUse> {
    let told = uses.iter().filter(|used| row.at.is_told(used.kind));
    let fullest = *tightest(told, |used| used.state)?;
    let Some(earlier) = row.at.earlier.as_ref().filter(|_| !fullest.state.is_over()) else {
        return Some(fullest);
    };
    let scale = |used: &LimitUse| used.max_scale.filter(|_| row.at.is_told(used.kind));
    let scales: Vec<Option<f64>> = uses.iter().map(scale).collect();
    let first = earlier.first(&scales).and_then(|at| uses.get(at));
    Some(first.copied().unwrap_or(fullest))
}

/// The lowest of the known multiples.
pub(super) fn lowest(scales: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    scales.flatten().min_by(f64::total_cmp)
}

/// Multiple of today's load at which a provider with this share is full.
pub(super) fn max_scale(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'_>,
    share_ratio: f64,
) -> Option<f64> {
    tightest_use(scenario, demand, row, share_ratio)?.max_scale
}

/// The limit that is full first if a provider takes this share.
pub(super) fn tightest_use(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'_>,
    share_ratio: f64,
) -> Option<LimitUse> {
    let uses: Vec<LimitUse> = limit_uses(scenario, demand, row, share_ratio).collect();
    first_full(row, &uses)
}

/// The limits of a provider under its share of the load. Reserved units replace pay-as-you-go
/// limits; a provider that refuses every request for its size reports only that limit.
pub(super) fn limit_uses(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'_>,
    share: f64,
) -> impl Iterator<Item = LimitUse> {
    let units = row.units.map(|units| units * row.provider.unit.input_tpm);
    let listed = listed(row).into_iter().filter(move |_| units.is_none());
    let bought = units.map(|limit| (LimitKind::Units, Some(limit)));
    let too_large = match admission(scenario, demand, row) {
        Admission::None(too_large) if 0.0 < share => Some(too_large),
        _ => None,
    };
    let refused = too_large.map(|one| LimitUse {
        state: LimitState::Closed,
        max_scale: Some(0.0),
        ..limit_use(one.what.kind(), one.counts, one.limit, 1.0)
    });
    let held = bought.into_iter().chain(listed).flat_map(|(kind, limit)| {
        let held = limit.map_or([None; 2], |limit| row.held(kind, limit));
        held.into_iter().flatten().map(move |held| (kind, held))
    });
    let uses =
        held.map(move |(kind, held)| limit_of_row((scenario, demand), row, share, kind, held));
    refused.into_iter().chain(uses)
}

/// A limit of a row, or of its account, under the row's share of the load.
fn limit_of_row(
    (scenario, demand): (&Scenario, &Demand),
    row: &CountedRow<'_>,
    share: f64,
    kind: LimitKind,
    held: Held,
) -> LimitUse {
    let load = own_load(demand, row, share, kind) + held.beside;
    let part = if kind.is_of_batches() {
        rounds_a_day(row)
    } else {
        1.0
    };
    let (limit, counters) = (held.limit * part, held.counters);
    let usable = usable_ratio((scenario, demand), row, kind, limit);
    let full_at = |counters: f64| {
        let by_bursts = Use {
            kind,
            load,
            limit: (limit * counters).min(held.most) * usable,
            beside: held.beside,
        };
        spilled_scale((scenario, demand), row, by_bursts)
    };
    let is_counted_by_pods = held.scope != Scope::Provider;
    // Where all that is refused goes on, no burst needs room.
    let left = if row.at.passes_on(kind) { 1.0 } else { usable };
    let few = few((scenario, demand), row, kind, limit);
    let used = LimitUse {
        max_scale: if is_counted_by_pods {
            row.pods.scale_to_full(full_at)
        } else {
            full_at(counters)
        },
        scope: held.scope,
        counters,
        beside: held.beside,
        before: if 0.0 < held.beside {
            row.at.before[kind as usize]
        } else {
            0.0
        },
        of_organization: held.of_organization,
        few: few.map(|few| offered(demand, few, (row, kind), (share, held))),
        ..limit_use(kind, load, limit * counters, left)
    };
    match kind {
        LimitKind::Concurrency => LimitUse {
            refused_ratio: used.few.map(|few| 1.0 - few.taken_ratio(1.0)),
            ..used
        },
        LimitKind::Rpm if derived_rpm(row).is_some() => LimitUse {
            per_1000_tokens: row.requests_per_1000_tokens(),
            ..used
        },
        _ => used,
    }
}

/// The pay-as-you-go limits; of equally full ones the first in this order is reported.
pub(super) fn listed(row: &CountedRow<'_>) -> [(LimitKind, Option<f64>); 13] {
    let limits = row.limits;
    let rpm = derived_rpm(row).or(limits.rpm);
    // Unknown prices are no spending of 0.
    let is_priced = !row.provider.prices.is_free();
    // A batch queue without batches is no limit of the plan.
    let is_batched = 0.0 < row.tokens.batched_requests;
    let queued = limits.batch_requests.filter(|_| is_batched);
    let money = |usd: Option<f64>| usd.filter(|_| is_priced);
    [
        (LimitKind::Rpm, rpm),
        (LimitKind::Tpm, limits.tpm),
        (LimitKind::Itpm, limits.itpm),
        (LimitKind::Otpm, limits.otpm),
        (LimitKind::Rpd, limits.rpd),
        (LimitKind::Tpd, limits.tpd),
        (LimitKind::RequestsMonth, limits.requests_per_month),
        (LimitKind::TokensMonth, limits.tokens_per_month),
        (LimitKind::Concurrency, limits.concurrency),
        (LimitKind::SpendMonth, money(limits.usd_per_month)),
        (LimitKind::Spend10Min, money(limits.usd_per_10_min)),
        (LimitKind::BatchQueue, limits.batch_tokens),
        (LimitKind::BatchRequests, queued),
    ]
    .map(|(kind, limit)| (kind, limit.map(|limit| row.limit_now(kind, limit))))
}

/// Requests per minute derived from a token limit, if the vendor couples the two.
fn derived_rpm(row: &CountedRow<'_>) -> Option<f64> {
    row.provider.rpm_by_ratio(&row.limits, row.tier)
}

/// Dispersion of the requests in flight at a provider.
fn at_once(scenario: &Scenario, demand: &Demand, row: &CountedRow<'_>) -> f64 {
    scenario.traffic.burstiness_over(upstream_s(row, demand))
}

/// Usable share of a limit under bursts.
fn usable_ratio(
    (scenario, demand): (&Scenario, &Demand),
    row: &CountedRow<'_>,
    kind: LimitKind,
    limit: f64,
) -> f64 {
    let over = |seconds| scenario.traffic.burstiness_over(seconds);
    let of_tokens = |tokens: Tokens| {
        // Requests of this size per window.
        let window_s = row.limits.token_window_s?;
        (0.0 < tokens.size)
            .then(|| burst::usable_ratio(limit / tokens.size, window_s, over(window_s)))
    };
    let tokens = row.judged(kind);
    match kind {
        LimitKind::Rpm => row
            .limits
            .window_s
            .map(|window_s| burst::usable_ratio(limit, window_s, over(window_s))),
        LimitKind::Tpm => of_tokens(tokens.combined),
        LimitKind::Itpm => of_tokens(tokens.input),
        LimitKind::Otpm => of_tokens(tokens.output),
        LimitKind::Concurrency => Some(burst::usable_at_once_ratio(
            limit,
            at_once(scenario, demand, row),
        )),
        _ => None,
    }
    .unwrap_or(1.0)
}

/// Discrete model of a limit small enough for random clumping to matter; `None` if it is not.
/// Offered load is filled in later.
fn few(
    (scenario, demand): (&Scenario, &Demand),
    row: &CountedRow<'_>,
    kind: LimitKind,
    limit: f64,
) -> Option<Few> {
    const MINUTE_S: f64 = 60.0;
    let of = |window_s: Option<f64>, dispersion, size: f64| Few {
        window_s,
        limit: limit / size,
        // Requests that make up one full limit; `offered` multiplies by the real load.
        offered: 1.0 / size,
        dispersion,
        offered_ratio: 1.0,
    };
    let in_window = |window_s: Option<f64>, size: f64| {
        let window_s = window_s.filter(|window_s| *window_s < MINUTE_S && 0.0 < size)?;
        let dispersion = scenario.traffic.burstiness_over(window_s);
        Some(of(Some(window_s), dispersion, size))
    };
    let (limits, tokens) = (&row.limits, row.judged(kind));
    match kind {
        LimitKind::Rpm => in_window(limits.window_s, 1.0),
        LimitKind::Tpm => in_window(limits.token_window_s, tokens.combined.size),
        LimitKind::Itpm => in_window(limits.token_window_s, tokens.input.size),
        LimitKind::Otpm => in_window(limits.token_window_s, tokens.output.size),
        LimitKind::Concurrency => {
            let dispersion = at_once(scenario, demand, row);
            burst::refused_ratio(limit, 0.0, dispersion).map(|_| of(None, dispersion, 1.0))
        }
        _ => None,
    }
}

/// Adds the load offered to one counter, including requests that spill to the next place.
fn offered(
    demand: &Demand,
    few: Few,
    (row, kind): (&CountedRow<'_>, LimitKind),
    (share, held): (f64, Held),
) -> Few {
    // Of a row that passes only some on, it is all that comes already.
    let offered_ratio = if row.at.passes_on(kind) {
        row.at.offered_ratio
    } else {
        1.0
    };
    let load = own_load(demand, row, share, kind) * offered_ratio + held.beside;
    Few {
        offered: load * few.offered / held.counters,
        offered_ratio,
        ..few
    }
}

fn limit_use(kind: LimitKind, load: f64, published: f64, usable_ratio: f64) -> LimitUse {
    let limit = published * usable_ratio;
    LimitUse {
        kind,
        load,
        limit,
        published,
        usable_ratio,
        state: LimitState::of(load, limit),
        max_scale: limit::scale_to_full(load, limit),
        refused_ratio: None,
        per_1000_tokens: None,
        scope: Scope::Provider,
        counters: 1.0,
        beside: 0.0,
        before: 0.0,
        of_organization: false,
        few: None,
    }
}

#[cfg(test)]
mod tests {
    use super::LimitState::{Closed, Unknown, Used};
    use super::*;

    #[test]
    fn the_tightest_is_the_fullest_that_is_known() {
        // (states in their order, place of the tightest)
        let cases: [(&[LimitState], Option<usize>); 8] = [
            (&[], None),
            (&[Unknown, Unknown], None),
            (&[Unknown, Used(0.0)], Some(1)),
            (&[Used(0.4), Unknown, Used(1.28)], Some(2)),
            (&[Used(1.28), Unknown], Some(0)),
            (&[Used(9e9), Closed, Unknown], Some(1)),
            (&[Used(0.5), Used(0.5)], Some(0)),
            (&[Unknown, Closed, Closed], Some(1)),
        ];
        for (states, place) in cases {
            let found = tightest(states.iter().enumerate(), |(_, state)| **state);
            assert_eq!(found.map(|(place, _)| place), place, "{states:?}");
        }
    }

    #[test]
    fn a_limit_of_nothing_is_closed_only_under_load() {
        assert_eq!(LimitState::of(1.0, 0.0), Closed);
        assert_eq!(LimitState::of(0.0, 0.0), Used(0.0));
        assert_eq!(LimitState::of(3.0, 2.0), Used(1.5));
        let over = [Unknown, Closed, Used(1.0), Used(1.5)].map(LimitState::is_over);
        assert_eq!(over, [false, true, false, true]);
    }
}
