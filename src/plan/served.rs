//! What the limits of a row take of what comes to it.

use super::allowed::Allowed;
use super::carried::Carried;
use super::counting::CountedRow;
use super::limits::{LimitState, LimitUse, limit_uses, lowest};
use super::{Demand, LimitKind};
use crate::model::limit;
use crate::scenario::Scenario;

impl LimitUse {
    /// Share of a multiple of the row’s load that the limit serves.
    pub(super) fn served_ratio(&self, scale: f64) -> f64 {
        match (self.few, self.state) {
            (_, LimitState::Closed) => 0.0,
            (Some(few), _) => (few.taken_ratio(scale) * few.offered_ratio).min(1.0),
            (None, LimitState::Used(ratio)) => 1.0 / (ratio * scale).max(1.0),
            (None, LimitState::Unknown) => 1.0,
        }
    }

    /// Requests that are taken at once on average: those that find it full are none of them.
    pub fn taken_at_once(&self) -> f64 {
        match self.few {
            Some(few) => few.offered * few.taken_ratio(1.0) * self.counters,
            None => self.load,
        }
    }
}

/// What a row takes, by its limits under a share of the peak; those that are spent after ten
/// minutes, a day or a month are no rate.
pub(super) fn carried(
    scenario: &Scenario,
    demand: &Demand,
    row: &CountedRow<'_>,
    base: f64,
) -> Carried {
    let is_rate = |used: &LimitUse| !used.kind.is_of_volume() && used.kind != LimitKind::Spend10Min;
    let uses = || limit_uses(scenario, demand, row, base).filter(is_rate);
    let plain = uses().filter(|used| used.few.is_none());
    let scale = lowest(plain.map(|used| used.max_scale));
    let capacity = scale.map_or(f64::INFINITY, |scale| scale * base);
    Carried::with(capacity, base, uses().filter_map(|used| used.few))
}

/// Shares of the requests at which what is allowed to a row is spent.
pub(super) fn allowed(scenario: &Scenario, demand: &Demand, row: &CountedRow<'_>) -> Allowed {
    let mut allowed = Allowed::default();
    for used in limit_uses(scenario, demand, row, 1.0) {
        let place = match used.kind {
            LimitKind::Rpd | LimitKind::Tpd => &mut allowed.day,
            kind if kind.is_of_month() => &mut allowed.month,
            LimitKind::Spend10Min => &mut allowed.ten_minutes,
            kind if kind.is_of_batches() => &mut allowed.batches,
            _ => continue,
        };
        let full = limit::scale_to_full(used.load, used.limit);
        *place = place.min(full.unwrap_or(f64::INFINITY));
    }
    allowed
}

/// Share of a row’s load that its limits serve.
pub(super) fn served_ratio(uses: &[LimitUse]) -> f64 {
    let served = uses.iter().map(|used| used.served_ratio(1.0));
    served.fold(1.0, f64::min)
}
