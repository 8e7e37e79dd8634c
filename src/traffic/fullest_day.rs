//! The fullest day of a file, minute by minute: what a simulation can live through again.

use std::collections::BTreeMap;

use super::day::quantity;
use super::observed::Observed;
use super::time::{DAY_NS, HOUR_NS, MINUTE_NS};

/// Minutes of a day.
const MINUTES: usize = 1440;

/// Requests of each minute of the day with the most of them, for days that begin `offset_min`
/// minutes before those of UTC. A longer bucket is spread evenly; none where buckets are longer
/// than an hour or requests are not counted.
pub fn fullest_day(of: &Observed, offset_min: i32) -> Option<Vec<f64>> {
    let series = &of.series;
    let width_ns = series.width_ns;
    if !of.has_requests() || !(MINUTE_NS..=HOUR_NS).contains(&width_ns) {
        return None;
    }
    let live = quantity(of);
    let offset_ns = i64::from(offset_min) * MINUTE_NS;
    let day = |ns: i64| ns.saturating_add(offset_ns).div_euclid(DAY_NS);
    let buckets = || series.buckets.iter().chain(&series.rest);
    let mut sums: BTreeMap<i64, f64> = BTreeMap::new();
    for bucket in buckets() {
        *sums.entry(day(bucket.start_ns)).or_default() += live(bucket);
    }
    let (fullest, _) = sums.into_iter().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let parts = usize::try_from(width_ns / MINUTE_NS).unwrap_or(1).max(1);
    let mut minutes = vec![0.0; MINUTES];
    for bucket in buckets().filter(|it| day(it.start_ns) == fullest) {
        let since_ns = bucket.start_ns.saturating_add(offset_ns).rem_euclid(DAY_NS);
        let first = usize::try_from(since_ns / MINUTE_NS).unwrap_or(0);
        for minute in minutes.iter_mut().skip(first).take(parts) {
            *minute += live(bucket) / parts as f64;
        }
    }
    Some(minutes)
}
