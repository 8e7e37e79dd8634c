//! A provider as requests meet it.

use super::{Levels, Provider};
use crate::model::bucket::{Bucket, Clock, Ticks};

/// A provider with its buckets.
#[derive(Debug, Clone)]
pub(super) struct Lane {
    requests: Option<Bucket>,
    tokens: Option<Bucket>,
    down: Vec<(Ticks, Ticks)>,
}

impl Lane {
    /// A provider whose buckets are full at time 0.
    pub(super) fn new(provider: &Provider, clock: Clock) -> Self {
        let bucket = |limit| Bucket::full(limit, provider.burst_ns, clock);
        let ticks = |(from, to): &(u64, u64)| (clock.ticks(*from), clock.ticks(*to));
        Self {
            requests: provider.requests_per_min.map(bucket),
            tokens: provider.tokens_per_min.map(bucket),
            down: provider.down_ns.iter().map(ticks).collect(),
        }
    }

    pub(super) fn levels(&self, now: Ticks) -> Levels {
        let level = |bucket: Option<Bucket>| bucket.map(|bucket| bucket.level(now));
        Levels {
            requests: level(self.requests),
            tokens: level(self.tokens),
        }
    }

    pub(super) fn is_up(&self, now: Ticks) -> bool {
        let down = |(from, to): &(Ticks, Ticks)| *from <= now && now < *to;
        !self.down.iter().any(down)
    }

    pub(super) fn can_hold(&self, tokens: u64) -> bool {
        self.tokens.is_none_or(|bucket| bucket.can_hold(tokens))
    }

    /// First moment from `now` on at which it can take a request; none if it never can.
    pub(super) fn ready_at(&self, tokens: u64, now: Ticks) -> Option<Ticks> {
        let mut ready = now;
        if let Some(bucket) = self.requests {
            ready = ready.max(bucket.ready_at(1)?);
        }
        if let Some(bucket) = self.tokens {
            ready = ready.max(bucket.ready_at(tokens)?);
        }
        for (from, to) in &self.down {
            if *from <= ready && ready < *to {
                ready = *to;
            }
        }
        Some(ready)
    }

    pub(super) fn take(&mut self, tokens: u64, now: Ticks) {
        if let Some(bucket) = &mut self.requests {
            bucket.take(1, now);
        }
        if let Some(bucket) = &mut self.tokens {
            bucket.take(tokens, now);
        }
    }

    pub(super) fn settle(&mut self, reserved: u64, actual: u64, now: Ticks) {
        if let Some(bucket) = &mut self.tokens {
            if actual <= reserved {
                bucket.give_back(reserved - actual, now);
            } else {
                bucket.take(actual - reserved, now);
            }
        }
    }
}
