//! Token buckets of limits per minute, in whole numbers.

use super::config::Counting;

/// Milliseconds in a minute.
pub const TICKS_PER_MIN: i64 = 60_000;

/// A bucket that refills continuously up to its capacity.
///
/// Levels are whole numbers. With `n` ticks per minute, a level counts n-ths of a unit, and the
/// limit is the refill per tick, so nothing is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    rate: i64,
    capacity: i64,
    level: i64,
    at: i64,
}

impl Bucket {
    /// A bucket that is full at 0 and holds `burst` ticks of refill.
    pub fn full(limit_per_min: i64, burst: i64) -> Self {
        let capacity = limit_per_min.saturating_mul(burst);
        Self {
            rate: limit_per_min,
            capacity,
            level: capacity,
            at: 0,
        }
    }

    /// A bucket of this capacity that refills only by [`Bucket::fill`].
    pub(super) fn holding(capacity: i64) -> Self {
        Self {
            rate: 0,
            capacity,
            level: capacity,
            at: 0,
        }
    }

    /// Fills the bucket.
    pub(super) fn fill(&mut self, now: i64) {
        self.level = self.capacity;
        self.at = now;
    }

    /// Changes the limit from now on; the bucket holds at most `burst` ticks of refill.
    pub fn change(&mut self, limit_per_min: i64, burst: i64, now: i64) {
        self.level = self.level(now);
        self.at = now;
        self.rate = limit_per_min;
        self.capacity = limit_per_min.saturating_mul(burst);
        self.level = self.level.min(self.capacity);
    }

    /// Whether a full bucket holds this amount.
    pub fn can_hold(&self, amount: i64) -> bool {
        amount <= self.capacity
    }

    /// Current level; negative if the bucket is overdrawn.
    #[inline]
    pub fn level(&self, now: i64) -> i64 {
        let refill = self.rate.saturating_mul(now - self.at);
        self.level.saturating_add(refill).min(self.capacity)
    }

    /// Ticks until the bucket holds this amount; `None` if it never does.
    pub fn wait(&self, amount: i64, now: i64) -> Option<i64> {
        let missing = amount.saturating_sub(self.level(now));
        if missing <= 0 {
            return Some(0);
        }
        if self.capacity < amount || self.rate == 0 {
            return None;
        }
        Some((missing + self.rate - 1) / self.rate)
    }

    /// Takes this amount, or returns it if negative. The level may go below 0; a return beyond the
    /// capacity is lost.
    #[inline]
    pub fn take(&mut self, amount: i64, now: i64) {
        let level = self.level(now).saturating_sub(amount);
        self.level = level.min(self.capacity);
        self.at = now;
    }
}

/// Room that a call needs in a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    /// Required level of the token bucket.
    pub(super) level: i64,
    /// Tokens taken at the start of the call.
    pub(super) tokens: i64,
}

/// Tokens of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tokens {
    pub(super) input: i64,
    pub(super) output: i64,
    pub(super) max_output: i64,
}

impl Counting {
    /// Room needed and tokens taken when a call begins.
    #[inline]
    pub(super) fn need(self, tokens: Tokens) -> Need {
        match self {
            Self::Reserve | Self::Settle => {
                let tokens = tokens.input + tokens.max_output;
                let level = tokens.saturating_mul(TICKS_PER_MIN);
                Need { level, tokens }
            }
            Self::Postpaid => Need {
                level: 1,
                tokens: 0,
            },
        }
    }

    /// Tokens taken, or returned if negative, when the call is answered.
    #[inline]
    pub(super) fn correction(self, tokens: Tokens) -> i64 {
        match self {
            Self::Reserve => 0,
            Self::Settle => tokens.output - tokens.max_output,
            Self::Postpaid => tokens.input + tokens.output,
        }
    }
}

/// Request and token limits per minute; an absent bucket does not bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    requests: Option<Bucket>,
    tokens: Option<Bucket>,
    pub(super) counting: Counting,
}

impl Limit {
    pub(super) fn full(
        requests: Option<u64>,
        tokens: Option<u64>,
        burst_ms: u64,
        counting: Counting,
    ) -> Self {
        let bucket = |limit: u64| Bucket::full(whole(limit), whole(burst_ms));
        Self {
            requests: requests.map(bucket),
            tokens: tokens.map(bucket),
            counting,
        }
    }

    /// Changes the limits that exist, from now on.
    pub(super) fn change(&mut self, [requests, tokens]: [Option<u64>; 2], burst_ms: u64, now: i64) {
        let buckets = [
            (self.requests.as_mut(), requests),
            (self.tokens.as_mut(), tokens),
        ];
        for (bucket, limit) in buckets {
            if let (Some(bucket), Some(limit)) = (bucket, limit) {
                bucket.change(whole(limit), whole(burst_ms), now);
            }
        }
    }

    /// Whether both buckets have room; an exact fit suffices.
    #[inline]
    pub(super) fn fits(&self, need: Need, now: i64) -> bool {
        let requests = self
            .requests
            .is_none_or(|bucket| TICKS_PER_MIN <= bucket.level(now));
        requests
            && self
                .tokens
                .is_none_or(|bucket| need.level <= bucket.level(now))
    }

    /// Milliseconds until both buckets have room; `None` if one never does.
    pub(super) fn wait(&self, need: Need, now: i64) -> Option<i64> {
        let mut wait = 0;
        if let Some(bucket) = self.requests {
            wait = wait.max(bucket.wait(TICKS_PER_MIN, now)?);
        }
        if let Some(bucket) = self.tokens {
            wait = wait.max(bucket.wait(need.level, now)?);
        }
        Some(wait)
    }

    #[inline]
    pub(super) fn take(&mut self, need: Need, now: i64) {
        if let Some(bucket) = &mut self.requests {
            bucket.take(TICKS_PER_MIN, now);
        }
        self.correct(need.tokens, now);
    }

    /// Takes tokens only; returns them if negative.
    #[inline]
    pub(super) fn correct(&mut self, tokens: i64, now: i64) {
        if let Some(bucket) = &mut self.tokens {
            bucket.take(tokens.saturating_mul(TICKS_PER_MIN), now);
        }
    }
}

fn whole(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNIT: i64 = TICKS_PER_MIN;

    #[test]
    fn six_a_minute_come_back_one_every_ten_seconds() {
        let mut six = Bucket::full(6, 60_000);
        six.take(6 * UNIT, 0);
        assert_eq!(six.wait(UNIT, 0), Some(10_000));
        assert_eq!(six.wait(6 * UNIT, 0), Some(60_000));
        assert_eq!(six.wait(7 * UNIT, 0), None);
        assert_eq!(six.level(25_000), 5 * UNIT / 2);
        // An idle hour saves up no more than a minute's limit.
        assert_eq!(six.level(3_600_000), 6 * UNIT);
    }

    #[test]
    fn what_is_put_back_never_overflows_and_what_is_owed_is_paid_first() {
        let mut bucket = Bucket::full(1_000, 60_000);
        bucket.take(400 * UNIT, 0);
        bucket.take(-900 * UNIT, 0);
        assert_eq!(bucket.level(0), 1_000 * UNIT);
        bucket.take(1_500 * UNIT, 0);
        assert_eq!(bucket.level(0), -500 * UNIT);
        assert_eq!(bucket.wait(0, 0), Some(30_000));
    }

    #[test]
    fn a_changed_limit_keeps_what_the_bucket_holds() {
        // 60 a minute, 45 taken at once: 15 left, 25 after ten seconds.
        let mut bucket = Bucket::full(60, 60_000);
        bucket.take(45 * UNIT, 0);
        bucket.change(12, 60_000, 10_000);
        // 12 per minute hold 12 at most, and refill two in ten seconds.
        assert_eq!(bucket.level(10_000), 12 * UNIT);
        bucket.take(12 * UNIT, 10_000);
        assert_eq!(bucket.level(20_000), 2 * UNIT);
        bucket.change(60, 60_000, 20_000);
        assert_eq!(bucket.level(30_000), 12 * UNIT);
    }

    #[test]
    fn a_limit_of_zero_lets_nothing_through() {
        let none = Bucket::full(0, 60_000);
        assert_eq!((none.wait(1, 0), none.can_hold(1)), (None, false));
    }

    proptest! {
        /// The generic cell rate algorithm keeps one time and no level.
        #[test]
        fn a_bucket_is_the_generic_cell_rate_algorithm(
            limit in 1_i64..500,
            gaps in proptest::collection::vec(0_i64..5_000, 1..200),
        ) {
            let mut bucket = Bucket::full(limit, 60_000);
            // In units of 1/`limit` milliseconds, so that gaps are whole.
            let (interval, tolerance) = (60_000, 60_000 * (limit - 1));
            let (mut now, mut due) = (0, 0);
            for gap in gaps {
                now += gap;
                let conforms = due - tolerance <= now * limit;
                let fits = bucket.wait(UNIT, now) == Some(0);
                prop_assert_eq!(fits, conforms);
                if fits {
                    bucket.take(UNIT, now);
                    due = due.max(now * limit) + interval;
                }
            }
        }
    }
}
