//! The measured day: what its times of day had on the median day and on others.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::observed::Observed;
use super::series::{Bucket, Series};
use super::spread::quantile;
use super::time::{DAY_NS, MINUTE_NS};

/// The narrowest time of day, in nanoseconds: a sample of the modelled day.
const SLOT_LEAST_NS: i64 = 5 * MINUTE_NS;

/// The rates of a minute by the time of day; a time that was never seen has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Minutes of a time of day.
    pub slot_min: f64,
    /// Days of which a part was seen.
    pub days: usize,
    /// Whether these are tokens a minute; else requests.
    pub is_tokens: bool,
    /// A tenth of the days lies below.
    pub low: Vec<Option<f64>>,
    /// The median day.
    pub median: Vec<Option<f64>>,
    /// A tenth of the days lies above.
    pub high: Vec<Option<f64>>,
    /// The busiest bucket of all.
    pub worst: Vec<Option<f64>>,
}

/// One time of one day.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    sum: f64,
    seen_ns: i64,
    worst: f64,
}

/// The band of a file, for days that begin `offset_min` minutes before those of UTC; none
/// where a bucket is longer than an hour.
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
    };
    let mut slots = BTreeMap::new();
    if series.is_filled {
        times.see(&mut slots, series);
    }
    for bucket in &series.buckets {
        let slot: &mut Slot = slots.entry(times.of(bucket.start_ns)).or_default();
        slot.sum += quantity(bucket);
        slot.worst = slot.worst.max(quantity(bucket));
        if !series.is_filled {
            slot.seen_ns += width_ns;
        }
    }
    let a_minute = |ns: i64| MINUTE_NS as f64 / ns as f64;
    Some(summed(&slots, &times, is_tokens, a_minute(width_ns)))
}

/// Days and times of day.
struct Times {
    offset_ns: i64,
    slot_ns: i64,
}

impl Times {
    /// The day and the time of day of an instant.
    fn of(&self, ns: i64) -> (i64, i64) {
        let ns = ns.saturating_add(self.offset_ns);
        (ns.div_euclid(DAY_NS), ns.rem_euclid(DAY_NS) / self.slot_ns)
    }

    /// All times of a period of which every bucket counts.
    fn see(&self, slots: &mut BTreeMap<(i64, i64), Slot>, series: &Series) {
        let mut at_ns = series.from_ns;
        for _ in 0..series.expected {
            slots.entry(self.of(at_ns)).or_default().seen_ns += series.width_ns;
            at_ns = at_ns.saturating_add(series.width_ns);
        }
    }
}

fn summed(
    slots: &BTreeMap<(i64, i64), Slot>,
    times: &Times,
    is_tokens: bool,
    bucket_to_minute: f64,
) -> Band {
    let count = usize::try_from(DAY_NS / times.slot_ns).unwrap_or(1);
    let mut rates: Vec<Vec<f64>> = vec![Vec::new(); count];
    let mut worst: Vec<Option<f64>> = vec![None; count];
    let mut days = Vec::new();
    for ((day, at), slot) in slots {
        days.push(*day);
        let Some(at) = usize::try_from(*at).ok().filter(|at| *at < count) else {
            continue;
        };
        let peak = slot.worst * bucket_to_minute;
        worst[at] = Some(worst[at].map_or(peak, |most| most.max(peak)));
        // A slice of a time of day would stand for all of it.
        if times.slot_ns <= 2 * slot.seen_ns {
            rates[at].push(slot.sum * MINUTE_NS as f64 / slot.seen_ns as f64);
        }
    }
    for rates in &mut rates {
        rates.sort_by(f64::total_cmp);
    }
    days.dedup();
    let at = |q: f64| rates.iter().map(|rates| quantile(rates, 0, q)).collect();
    Band {
        slot_min: times.slot_ns as f64 / MINUTE_NS as f64,
        days: days.len(),
        is_tokens,
        low: at(0.1),
        median: at(0.5),
        high: at(0.9),
        worst,
    }
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
