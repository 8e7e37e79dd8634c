//! Calls that gateways do not make, since a limit of their own is reached.

use super::Lived;
use super::kind::{DayFinding, DayFindingKind};
use super::story::ratio;
use crate::simulation::{Count, TimeBucket};

/// Minimum share of questions that end at a limit for calls held back to be reported.
const FELT: f64 = 0.01;

/// The period in which gateways hold back calls to a provider, where requests end without an answer
/// for it. In an order of providers the next one takes what is held back.
pub(super) fn held_back(lived: &Lived, place: usize) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let held = |bucket: &TimeBucket| bucket.providers.get(place).map_or(0, |it| it.limited_here);
    let made = |bucket: &TimeBucket| bucket.providers.get(place).map_or(0, |it| it.calls);
    let from = buckets.iter().position(|bucket| 0 < held(bucket))?;
    let to = buckets.iter().rposition(|bucket| 0 < held(bucket))? + 1;
    let sum = |what: &dyn Fn(&TimeBucket) -> u64| buckets[from..to].iter().map(what).sum::<u64>();
    let (held, made) = (sum(&held), sum(&made));
    let of_day = |count| lived.results.totals.counts.of(count);
    let limited = of_day(Count::Limited).min(held);
    (FELT <= ratio(limited, of_day(Count::Offered))).then(|| DayFinding {
        kind: DayFindingKind::HeldBack {
            name: lived.facts.providers[place].name.clone(),
            held,
        },
        from,
        to,
        share_ratio: ratio(held, held + made),
    })
}
