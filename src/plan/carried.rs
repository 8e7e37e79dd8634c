//! What limits take of the requests that come by chance: all but those that find them full.

use crate::model::burst;
use crate::model::demand::SECONDS_PER_MINUTE;

/// A limit of few requests at once, or within less than a minute, under what one counter of it
/// is offered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Few {
    /// Seconds of the window; none where it is requests at once that are limited.
    pub window_s: Option<f64>,
    /// Requests that it takes at once, or a minute.
    pub limit: f64,
    /// Requests that come, counted alike.
    pub offered: f64,
    /// How bursty they come.
    pub dispersion: f64,
    /// What comes over what the row carries: more where the rest goes to the next place.
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

/// Limits on few requests that a row may have: of requests, of three kinds of tokens, at once.
const FEW_MOST: usize = 5;

/// What the limits of so much at once or in a minute take of any load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Carried {
    /// Share of the peak that those of a whole minute take at most.
    capacity: f64,
    /// Those that chance fills, under the share `base` of the peak.
    few: [Option<Few>; FEW_MOST],
    base: f64,
}

impl Default for Carried {
    fn default() -> Self {
        Self::up_to(f64::INFINITY)
    }
}

impl Carried {
    /// All up to a share of the peak.
    pub(super) fn up_to(capacity: f64) -> Self {
        Self {
            capacity,
            few: [None; FEW_MOST],
            base: 0.0,
        }
    }

    /// All up to a share of the peak, and of it what these take, which know a share `base`.
    pub(super) fn with(capacity: f64, base: f64, found: impl Iterator<Item = Few>) -> Self {
        let mut carried = Self::up_to(capacity);
        carried.base = base;
        for (place, few) in carried.few.iter_mut().zip(found) {
            *place = Some(few);
        }
        carried
    }

    /// Share of the peak that is taken of one that comes.
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
