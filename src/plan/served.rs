//! Requests that the limits of a row accept.

use super::allowed::Allowed;
use super::carried::Carried;
use super::counting::CountedRow;
use super::limits::{LimitState, LimitUse, limit_uses, lowest};
use super::{Demand, LimitKind};
use crate::model::limit;
use crate::scenario::{Scenario, Scope};

impl LimitUse {
    /// Share served of a multiple of the row's load.
    pub(super) fn served_ratio(&self, scale: f64) -> f64 {
        match (self.few, self.state) {
            (_, LimitState::Closed) => 0.0,
            (Some(few), _) => (few.taken_ratio(scale) * few.offered_ratio).min(1.0),
            (None, LimitState::Used(_)) if 0.0 < self.before => self
                .left_scale()
                .map_or(1.0, |left| (left / scale).min(1.0)),
            (None, LimitState::Used(ratio)) => 1.0 / (ratio * scale).max(1.0),
            (None, LimitState::Unknown) => 1.0,
        }
    }

    /// Multiple of the load at which a limit is full after earlier places have taken their part.
    fn left_scale(&self) -> Option<f64> {
        let left = (self.limit - self.before).max(0.0);
        limit::scale_to_full(self.load - self.before, left)
    }

    /// Mean requests in flight, without those that find the limit full.
    pub fn taken_at_once(&self) -> f64 {
        match self.few {
            Some(few) => few.offered * few.taken_ratio(1.0) * self.counters,
            None => self.load,
        }
    }
}

/// Scopes of all limits.
pub(super) const ALL_SCOPES: &[Scope] = &[Scope::Provider, Scope::Gateway, Scope::Divided];
/// Scopes of limits that each pod counts.
pub(super) const OF_PODS: &[Scope] = &[Scope::Gateway, Scope::Divided];

/// Load that a row's limits of these scopes accept under a share of the peak; allowances per ten
/// minutes, day or month are no rates and do not count.
pub(super) fn carried(
    scenario: &Scenario,
    demand: &Demand,
    (row, scopes): (&CountedRow<'_>, &[Scope]),
    base: f64,
) -> Carried {
    let is_rate = |used: &LimitUse| {
        !used.kind.is_of_volume()
            && used.kind != LimitKind::Spend10Min
            && scopes.contains(&used.scope)
    };
    let uses = || limit_uses(scenario, demand, row, base).filter(is_rate);
    let plain = uses().filter(|used| used.few.is_none());
    let scale = lowest(plain.map(|used| {
        if 0.0 < used.before {
            used.left_scale()
        } else {
            used.max_scale
        }
    }));
    let capacity = scale.map_or(f64::INFINITY, |scale| scale * base);
    Carried::with(capacity, base, uses().filter_map(|used| used.few))
}

/// Shares of the requests at which what is allowed to a row is spent: one that is counted for what
/// goes on at once, and the same counted for what is in batches. Only limits of these scopes count.
pub(super) fn allowed(
    scenario: &Scenario,
    demand: &Demand,
    (at_once, in_batches): (&CountedRow<'_>, Option<&CountedRow<'_>>),
    scopes: &[Scope],
) -> Allowed {
    let mut allowed = Allowed::default();
    let is_meant = |used: &LimitUse| scopes.contains(&used.scope);
    for used in limit_uses(scenario, demand, at_once, 1.0).filter(is_meant) {
        let place = match used.kind {
            LimitKind::Rpd | LimitKind::Tpd => &mut allowed.day,
            LimitKind::SpendMonth => &mut allowed.spending.0,
            kind if kind.is_of_month() => &mut allowed.month,
            LimitKind::Spend10Min => &mut allowed.ten_minutes,
            _ => continue,
        };
        *place = place.min(used.left_scale().unwrap_or(f64::INFINITY));
    }
    let in_batches = in_batches.map(|row| limit_uses(scenario, demand, row, 1.0));
    for used in in_batches.into_iter().flatten().filter(is_meant) {
        let place = match used.kind {
            LimitKind::SpendMonth => &mut allowed.spending.1,
            kind if kind.is_of_batches() => &mut allowed.batches,
            _ => continue,
        };
        *place = place.min(used.left_scale().unwrap_or(f64::INFINITY));
    }
    allowed
}

/// Share of a row’s requests at once that its limits serve: what batches wait for keeps out none.
pub(super) fn live_ratio(uses: &[LimitUse]) -> f64 {
    let uses = uses.iter().filter(|used| !used.kind.is_of_batches());
    uses.map(|used| used.served_ratio(1.0)).fold(1.0, f64::min)
}
