//! The measured day: rates by time of day, on the median day and on others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::observed::Observed;
use super::series::{Bucket, Series};
use super::spread::quantile;
use super::time::{DAY_NS, MINUTE_NS};

/// Minimum width of a time of day, nanoseconds: a sample of the modelled day.
const SLOT_LEAST_NS: i64 = 5 * MINUTE_NS;

/// Rates per minute by time of day; `None` for times without data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Width of a time of day, minutes.
    pub slot_min: f64,
    /// Days with data.
    pub days: usize,
    /// Whether the rates are tokens per minute rather than requests.
    pub is_tokens: bool,
    /// 10 % quantile over the days.
    pub low: Vec<Option<f64>>,
    /// Median over the days.
    pub median: Vec<Option<f64>>,
    /// 90 % quantile over the days.
    pub high: Vec<Option<f64>>,
    /// Busiest bucket of all days.
    pub worst: Vec<Option<f64>>,
}

/// One time of day on one day.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    sum: f64,
    seen_ns: i64,
    worst: f64,
}

/// The band of a file, for days that begin `offset_min` minutes before those of UTC; `None` if
/// buckets are longer than an hour.
pub(crate) fn band(of: &Observed, offset_min: i32) -> Option<Band> {
    let series = &of.series;
    let width_ns = series.width_ns.max(1);
    let slot_ns = width_ns.max(SLOT_LEAST_NS);
    if 60 * MINUTE_NS < width_ns || DAY_NS % slot_ns != 0 || slot_ns % width_ns != 0 {
        return None;
    }
    let is_tokens = of.has_tokens();
    let quantity: fn(&Bucket) -> f64 = if is_tokens {
        |bucket| bucket.live_tokens
    } else {
        |bucket| bucket.live
    };
    let times = Times {
        offset_ns: i64::from(offset_min) * MINUTE_NS,
        slot_ns,
        a_day: DAY_NS / slot_ns,
    };
    let mut slots: BTreeMap<i64, Slot> = BTreeMap::new();
    for bucket in &series.buckets {
        let slot = slots.entry(times.slot(bucket.start_ns)).or_default();
        slot.sum += quantity(bucket);
        slot.worst = slot.worst.max(quantity(bucket));
        slot.seen_ns += width_ns;
    }
    if series.is_filled {
        for (at, slot) in &mut slots {
            slot.seen_ns = times.seen_ns(*at, series);
        }
    }
    Some(times.summed(&slots, series, is_tokens))
}

/// Arithmetic of days and times of day. Slots are numbered from 1970 on, in the reader's time zone.
struct Times {
    offset_ns: i64,
    slot_ns: i64,
    /// Slots per day.
    a_day: i64,
}

impl Times {
    fn slot(&self, ns: i64) -> i64 {
        ns.saturating_add(self.offset_ns).div_euclid(self.slot_ns)
    }

    fn time_of_day(&self, slot: i64) -> usize {
        usize::try_from(slot.rem_euclid(self.a_day)).unwrap_or(0)
    }

    /// Observed time of a slot, if every bucket of the period counts.
    fn seen_ns(&self, slot: i64, series: &Series) -> i64 {
        let start_ns = slot * self.slot_ns - self.offset_ns;
        let after = series.starts_before(start_ns + self.slot_ns);
        let buckets = after - series.starts_before(start_ns);
        i64::try_from(buckets).unwrap_or(0) * series.width_ns
    }

    /// Whether enough of a slot was observed to represent it.
    fn is_enough(&self, seen_ns: i64) -> bool {
        self.slot_ns <= 2 * seen_ns
    }

    fn summed(&self, slots: &BTreeMap<i64, Slot>, series: &Series, is_tokens: bool) -> Band {
        let count = usize::try_from(self.a_day).unwrap_or(1);
        let mut rates: Vec<Vec<f64>> = vec![Vec::new(); count];
        let (mut worst, mut zeros) = (vec![None::<f64>; count], vec![0_usize; count]);
        let mut days: Vec<i64> = slots
            .keys()
            .map(|slot| slot.div_euclid(self.a_day))
            .collect();
        days.dedup();
        let mut days = days.len();
        if series.is_filled && 0 < series.expected {
            let last_ns = series.from_ns + width(series.expected - 1, series);
            let (first, last) = (self.slot(series.from_ns), self.slot(last_ns));
            let span = last.div_euclid(self.a_day) - first.div_euclid(self.a_day) + 1;
            days = usize::try_from(span).unwrap_or(days);
            self.count_quiet((first, last), slots, series, &mut zeros);
            let seen = (first..=last).take(count);
            seen.for_each(|slot| worst[self.time_of_day(slot)] = Some(0.0));
        }
        for (slot, sums) in slots {
            let at = self.time_of_day(*slot);
            let peak = sums.worst * MINUTE_NS as f64 / series.width_ns.max(1) as f64;
            worst[at] = Some(worst[at].map_or(peak, |most| most.max(peak)));
            if self.is_enough(sums.seen_ns) {
                rates[at].push(sums.sum * MINUTE_NS as f64 / sums.seen_ns as f64);
            }
        }
        for rates in &mut rates {
            rates.sort_by(f64::total_cmp);
        }
        let at = |q: f64| {
            let both = rates.iter().zip(&zeros);
            both.map(|(rates, zeros)| quantile(rates, *zeros, q))
                .collect()
        };
        Band {
            slot_min: self.slot_ns as f64 / MINUTE_NS as f64,
            days,
            is_tokens,
            low: at(0.1),
            median: at(0.5),
            high: at(0.9),
            worst,
        }
    }

    /// Counts observed slots without traffic. They are not iterated: one stray time may be decades
    /// from the others.
    fn count_quiet(
        &self,
        (first, last): (i64, i64),
        slots: &BTreeMap<i64, Slot>,
        series: &Series,
        zeros: &mut [usize],
    ) {
        let all = last - first + 1;
        for step in 0..self.a_day {
            let more = i64::from(step < all % self.a_day);
            let at = self.time_of_day(first + step);
            zeros[at] = usize::try_from(all / self.a_day + more).unwrap_or(0);
        }
        for slot in slots.keys() {
            let zeros = &mut zeros[self.time_of_day(*slot)];
            *zeros = zeros.saturating_sub(1);
        }
        let edges = if first == last {
            vec![first]
        } else {
            vec![first, last]
        };
        for edge in edges {
            if !slots.contains_key(&edge) && !self.is_enough(self.seen_ns(edge, series)) {
                let zeros = &mut zeros[self.time_of_day(edge)];
                *zeros = zeros.saturating_sub(1);
            }
        }
    }
}

fn width(buckets: usize, series: &Series) -> i64 {
    i64::try_from(buckets)
        .unwrap_or(0)
        .saturating_mul(series.width_ns)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use crate::traffic::Format;
    use crate::traffic::observed::Known;

    /// Three days of minutes with 10, 20 and 60 tokens in each of the five minutes from 00:00
    /// UTC: 02:00 two hours east. The tenth lies a fifth of the way from the least to the middle.
    #[test]
    fn the_band_is_read_off_the_days() {
        let mut of = Observed::empty(Format::PlainTrace);
        of.known = Known::TOKENS;
        let minute = |day: i64, at: i64, tokens: f64| Bucket {
            start_ns: day * DAY_NS + at * MINUTE_NS,
            live_tokens: tokens,
            ..Bucket::default()
        };
        let mut buckets = Vec::new();
        for (day, tokens) in [(0, 10.0), (1, 20.0), (2, 60.0)] {
            buckets.extend((0..5).map(|at| minute(day, at, tokens)));
        }
        of.series = Series {
            to_ns: 3 * DAY_NS,
            width_ns: MINUTE_NS,
            expected: 3 * 1440,
            is_filled: true,
            buckets,
            ..Series::default()
        };
        let band = band(&of, 120).unwrap();
        assert_eq!((band.low.len(), band.slot_min), (288, 5.0));
        assert_eq!(band.median[24], Some(20.0));
        assert_eq!(band.low[24], Some(12.0));
        assert_eq!(band.high[24], Some(52.0));
        assert_eq!(band.worst[24], Some(60.0));
        assert_eq!(band.median[0], Some(0.0));
        assert_eq!(band.days, 4, "three of UTC lie in four of the east");
    }
}
