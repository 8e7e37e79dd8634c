//! The first and the last day of a daily file, which an export may have cut off.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::day::{all_of, quantity};
use super::flag::Flag;
use super::growth::{rates, whole_spans};
use super::hours::WEEKEND;
use super::observed::Observed;
use super::series::part_of_week;
use super::time::DAY_NS;

/// A day with less than this share of the least of its kind may be cut off.
const SHARE_LEAST: f64 = 0.5;

/// A day that may be cut off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Unfinished {
    /// Whether it is the last day, rather than the first.
    pub is_last: bool,
    /// Its requests; tokens if requests are not counted.
    pub load: f64,
    /// The least of the other days of its kind: weekdays or weekends.
    pub least: f64,
    /// Whether they are tokens, as requests are not counted.
    #[serde(default)]
    pub is_by_tokens: bool,
}

/// The days of a daily file that may be cut off; none unless each day has traffic.
pub(crate) fn unfinished(of: &Observed) -> Vec<Unfinished> {
    let series = &of.series;
    if series.width_ns != DAY_NS {
        return Vec::new();
    }
    let days: Vec<f64> = rates(series, quantity(of), DAY_NS)
        .into_iter()
        .map(|(_, rate)| rate)
        .collect();
    let is_whole = whole_spans(series, DAY_NS) == days.len();
    let Some(end) = days.len().checked_sub(1).filter(|_| is_whole) else {
        return Vec::new();
    };
    let weekend = weekend_days(of, days.len());
    let is_like = |at: usize, other: usize| weekend.get(at) == weekend.get(other);
    let cut_off = |at: usize| {
        let others = (1..end).filter(|other| is_like(at, *other));
        let least = others.map(|other| days[other]).reduce(f64::min)?;
        let is_cut_off = days[at] < SHARE_LEAST * least;
        is_cut_off.then_some(Unfinished {
            is_last: at == end,
            load: days[at],
            least,
            is_by_tokens: !of.has_requests(),
        })
    };
    let ends = if end == 0 { &[][..] } else { &[0, end][..] };
    ends.iter().filter_map(|at| cut_off(*at)).collect()
}

/// Which of so many days, counted back from the last, lie on a weekend, by the middle of each;
/// empty if nobody knows their dates.
pub(super) fn weekend_days(of: &Observed, count: usize) -> Vec<bool> {
    if of.flags.contains(&Flag::RelativeTime) {
        return Vec::new();
    }
    let days = (1..=count).rev();
    let middle = |back: usize| {
        let back = i64::try_from(back).unwrap_or(0);
        of.series.to_ns - back * DAY_NS + DAY_NS / 2
    };
    days.map(|back| WEEKEND.contains(&part_of_week(middle(back), 7)))
        .collect()
}

/// Places of the days that are whole.
pub(super) fn whole(count: usize, without: &[Unfinished]) -> Range<usize> {
    let is_cut_off = |is_last: bool| without.iter().any(|day| day.is_last == is_last);
    usize::from(is_cut_off(false))..count - usize::from(is_cut_off(true))
}

/// The load of a day without those cut off, over that of all days.
pub(super) fn ratio_without(of: &Observed, without: &[Unfinished]) -> f64 {
    if without.is_empty() {
        return 1.0;
    }
    let buckets = &of.series.buckets;
    let sum: f64 = buckets.iter().map(all_of(of)).sum();
    let held = whole(buckets.len(), without);
    let days = held.len() as f64 / buckets.len() as f64;
    let kept: f64 = buckets[held].iter().map(all_of(of)).sum();
    kept / sum / days
}
