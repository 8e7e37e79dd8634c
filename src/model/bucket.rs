//! A token bucket, exactly: what fits a limit of so many a minute, and when.
//!
//! A bucket refills steadily, so it is known by one moment, the one at which it was or
//! will be empty: taking moves that moment later, time brings it nearer. All moments
//! are whole ticks, and a nanosecond has as many ticks as it takes for one unit of
//! every limit to be a whole number of them; so nothing is ever rounded.

use super::ModelError;

/// Nanoseconds in the minute that limits are given for.
const NS_PER_MIN: u64 = 60_000_000_000;
/// Most ticks of a nanosecond; sums of them stay far within `i128`.
const TICKS_PER_NS_MAX: u64 = 1_000_000_000;

/// A moment or a span, in the ticks of a [`Clock`].
pub type Ticks = i128;

/// How many ticks make a nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    ticks_per_ns: u64,
}

impl Clock {
    /// The coarsest clock in which a unit of each limit, given per minute, takes a
    /// whole number of ticks to refill.
    ///
    /// # Errors
    ///
    /// [`ModelError::OutOfDomain`] if the limits have so little in common that a
    /// nanosecond would need more than 10⁹ ticks.
    pub fn for_limits(limits_per_min: impl IntoIterator<Item = u64>) -> Result<Self, ModelError> {
        let mut ticks_per_ns: u64 = 1;
        for limit in limits_per_min.into_iter().filter(|limit| 0 < *limit) {
            // One unit takes NS_PER_MIN / limit nanoseconds.
            let parts = limit / greatest_common_divisor(limit, NS_PER_MIN);
            let missing = parts / greatest_common_divisor(parts, ticks_per_ns);
            ticks_per_ns = ticks_per_ns
                .checked_mul(missing)
                .filter(|ticks| *ticks <= TICKS_PER_NS_MAX)
                .ok_or(ModelError::OutOfDomain {
                    input: "limit beside the other limits",
                    value: limit as f64,
                })?;
        }
        Ok(Self { ticks_per_ns })
    }

    /// A moment or span that is given in nanoseconds.
    pub fn ticks(self, ns: u64) -> Ticks {
        Ticks::from(ns) * Ticks::from(self.ticks_per_ns)
    }

    /// The nearest whole nanosecond, halves up; 0 for a time before the start.
    pub fn nearest_ns(self, ticks: Ticks) -> u64 {
        let per_ns = Ticks::from(self.ticks_per_ns);
        u64::try_from((2 * ticks.max(0) + per_ns) / (2 * per_ns)).unwrap_or(u64::MAX)
    }
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

/// A bucket that refills at a steady rate up to what `burst` of refill brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Time in which one unit comes back; none if the limit is zero.
    unit: Option<Ticks>,
    /// Time in which an empty bucket fills.
    burst: Ticks,
    /// When the bucket was or will be empty, if it never filled.
    empty_at: Ticks,
}

impl Bucket {
    /// A bucket that is full at time 0.
    ///
    /// `clock` must be one for limits among which this one is.
    pub fn full(limit_per_min: u64, burst_ns: u64, clock: Clock) -> Self {
        let minute = clock.ticks(NS_PER_MIN);
        let unit = (0 < limit_per_min).then(|| {
            debug_assert_eq!(minute % Ticks::from(limit_per_min), 0, "{clock:?}");
            minute / Ticks::from(limit_per_min)
        });
        let burst = clock.ticks(burst_ns);
        Self {
            unit,
            burst,
            empty_at: -burst,
        }
    }

    /// Whether a full bucket holds this much.
    pub fn can_hold(&self, amount: u64) -> bool {
        self.span(amount).is_some_and(|span| span <= self.burst)
    }

    /// First moment at which the bucket holds this much; none if it never can.
    pub fn ready_at(&self, amount: u64) -> Option<Ticks> {
        let span = self.span(amount).filter(|span| *span <= self.burst)?;
        Some(self.empty_at.saturating_add(span))
    }

    /// Takes an amount; a shortage becomes a debt.
    pub fn take(&mut self, amount: u64, now: Ticks) {
        self.spill(now);
        let span = self.span(amount).unwrap_or(0);
        self.empty_at = self.empty_at.saturating_add(span);
    }

    /// Puts this much back; what does not fit is lost.
    pub fn give_back(&mut self, amount: u64, now: Ticks) {
        self.spill(now);
        let span = self.span(amount).unwrap_or(0);
        self.empty_at = self.empty_at.saturating_sub(span);
        self.spill(now);
    }

    /// The content of the bucket; negative while it has a debt.
    pub fn level(&self, now: Ticks) -> f64 {
        let Some(unit) = self.unit else {
            return 0.0;
        };
        let full = now.saturating_sub(self.empty_at).min(self.burst);
        full as f64 / unit as f64
    }

    /// A bucket that would hold more than it can holds as much as it can.
    fn spill(&mut self, now: Ticks) {
        self.empty_at = self.empty_at.max(now.saturating_sub(self.burst));
    }

    /// Time in which this much comes back.
    fn span(&self, amount: u64) -> Option<Ticks> {
        if amount == 0 {
            return Some(0);
        }
        Some(self.unit?.saturating_mul(Ticks::from(amount)))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;

    const MINUTE: u64 = NS_PER_MIN;

    fn bucket(limit: u64) -> (Clock, Bucket) {
        let clock = Clock::for_limits([limit]).unwrap();
        (clock, Bucket::full(limit, MINUTE, clock))
    }

    #[test]
    fn six_a_minute_come_back_one_every_ten_seconds() {
        let (clock, mut six) = bucket(6);
        six.take(6, 0);
        assert_eq!(six.ready_at(1), Some(clock.ticks(10_000_000_000)));
        assert_eq!(six.ready_at(6), Some(clock.ticks(MINUTE)));
        assert_eq!(six.ready_at(7), None);
        assert!(six.can_hold(6) && !six.can_hold(7));
        let later = clock.ticks(25_000_000_000);
        assert!((six.level(later) - 2.5).abs() < 1e-12);
        // An idle hour saves up no more than a minute.
        assert!((six.level(clock.ticks(60 * MINUTE)) - 6.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_put_back_never_overflows_and_what_is_owed_is_paid_first() {
        let (clock, mut bucket) = bucket(1_000);
        bucket.take(400, 0);
        bucket.give_back(900, 0);
        assert!((bucket.level(0) - 1_000.0).abs() < 1e-12);
        bucket.take(1_500, 0);
        assert!((bucket.level(0) + 500.0).abs() < 1e-12);
        assert_eq!(bucket.ready_at(0), Some(clock.ticks(MINUTE / 2)));
    }

    #[test]
    fn limits_that_share_no_measure_are_exact_too() {
        // A seventh and an eleventh of a minute are no whole nanoseconds.
        let clock = Clock::for_limits([7, 11, 500, 30_000]).unwrap();
        let mut seven = Bucket::full(7, MINUTE, clock);
        seven.take(7, 0);
        for _ in 0..7 {
            let at = seven.ready_at(1).unwrap();
            seven.take(1, at);
        }
        assert_eq!(seven.ready_at(0), Some(clock.ticks(MINUTE)));
        let primes = [999_999_937, 999_999_929];
        assert!(Clock::for_limits(primes).is_err());
    }

    #[test]
    fn a_limit_of_zero_lets_nothing_through() {
        let clock = Clock::for_limits([0]).unwrap();
        let none = Bucket::full(0, MINUTE, clock);
        assert_eq!((none.ready_at(1), none.can_hold(1)), (None, false));
        assert!(none.level(5).abs() < 1e-12);
    }

    proptest! {
        /// The generic cell rate algorithm knows one moment as well, but no level.
        #[test]
        fn a_bucket_is_the_generic_cell_rate_algorithm(
            limit in 1_u64..500,
            gaps in proptest::collection::vec(0_u64..5_000_000_000, 1..200),
        ) {
            let (clock, mut bucket) = bucket(limit);
            let interval = clock.ticks(MINUTE) / i128::from(limit);
            let tolerance = interval * i128::from(limit - 1);
            let (mut now, mut due) = (0, 0);
            for gap in gaps {
                now += clock.ticks(gap);
                let conforms = due - tolerance <= now;
                let fits = bucket.ready_at(1).unwrap() <= now;
                prop_assert_eq!(fits, conforms);
                if fits {
                    bucket.take(1, now);
                    due = now.max(due) + interval;
                }
            }
        }
    }
}
