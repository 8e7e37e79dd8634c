//! Requests accepted by limits under random arrivals.

use crate::model::burst;
use crate::model::demand::SECONDS_PER_MINUTE;

/// A limit on few requests at once, or within less than a minute, with the load offered to one of
/// its counters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Few {
    /// Window, seconds; `None` for a limit on requests in flight.
    pub window_s: Option<f64>,
    /// Requests allowed at once, or per minute.
    pub limit: f64,
    /// Offered requests, in the same unit.
    pub offered: f64,
    /// Index of dispersion of the arrivals.
    pub dispersion: f64,
    /// Offered load over the row's own load: more than 1 if the rest spills to the next place.
    pub offered_ratio: f64,
}

impl Few {
    /// Seconds in which one request is taken at most, where its window holds less than one.
    pub fn one_in_s(&self) -> Option<f64> {
        let window_s = self.window_s?;
        burst::holds_less_than_one(self.limit, window_s).then(|| SECONDS_PER_MINUTE / self.limit)
    }

    /// Share that it takes of a multiple of what comes.
    pub(super) fn taken_ratio(&self, scale: f64) -> f64 {
        let offered = self.offered * scale;
        match self.window_s {
            Some(window_s) => {
                burst::taken_in_window_ratio((self.limit, offered), window_s, self.dispersion)
            }
            None => burst::taken_at_once_ratio(self.limit, offered, self.dispersion),
        }
    }
}

/// Maximum number of such limits per row: on requests, on three kinds of tokens, and at once.
const FEW_MOST: usize = 5;

/// Load accepted by the limits at once and per minute, for any load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Carried {
    /// Maximum share of the peak by the limits over a whole minute.
    capacity: f64,
    /// Limits filled by chance, for the share `base` of the peak.
    few: [Option<Few>; FEW_MOST],
    base: f64,
}

impl Default for Carried {
    fn default() -> Self {
        Self::up_to(f64::INFINITY)
    }
}

impl Carried {
    /// Accepts all requests up to a share of the peak.
    pub(super) fn up_to(capacity: f64) -> Self {
        Self {
            capacity,
            few: [None; FEW_MOST],
            base: 0.0,
        }
    }

    /// Accepts requests up to a share of the peak, and of those what the given limits accept at a
    /// share `base`.
    pub(super) fn with(capacity: f64, base: f64, found: impl Iterator<Item = Few>) -> Self {
        let mut carried = Self::up_to(capacity);
        carried.base = base;
        for (place, few) in carried.few.iter_mut().zip(found) {
            *place = Some(few);
        }
        carried
    }

    /// The same with this many times the counters that each hold a part of it.
    pub(super) fn grown(mut self, by: f64) -> Self {
        self.capacity *= by;
        for few in self.few.iter_mut().flatten() {
            few.offered /= by;
        }
        self
    }

    /// Accepts what both do of the same offered requests.
    pub(super) fn and(&self, other: &Self) -> Self {
        let few = self.few.iter().chain(&other.few).flatten().copied();
        Self::with(
            self.capacity.min(other.capacity),
            self.base.max(other.base),
            few,
        )
    }

    /// Accepted share of the peak, for an offered one.
    pub(super) fn of(&self, share: f64) -> f64 {
        let plain = share.min(self.capacity);
        if self.base <= 0.0 {
            return plain;
        }
        let few = self.few.iter().flatten();
        let taken = few.map(|few| share * few.taken_ratio(share / self.base));
        taken.fold(plain, f64::min)
    }
}
