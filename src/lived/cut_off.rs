//! Answers that end with the grace period of their gateway.

use super::Lived;
use super::kind::{DayFinding, DayFindingKind};
use super::story::ratio;
use crate::simulation::{Count, TimeBucket};

/// Minimum share of the day's requests that are cut off to be reported.
const FELT: f64 = 0.005;

/// The period from the first request that ends with its gateway to the last.
pub(super) fn cut_off(lived: &Lived) -> Option<DayFinding> {
    let of_day = |count| lived.results.totals.counts.of(count);
    let sent = of_day(Count::Offered) + of_day(Count::Resent);
    let cut = of_day(Count::CutOff);
    let buckets = &lived.results.buckets;
    let has = |bucket: &TimeBucket| 0 < bucket.counts.of(Count::CutOff);
    let from = buckets.iter().position(has)?;
    let to = buckets.iter().rposition(has)? + 1;
    let came =
        |bucket: &TimeBucket| bucket.counts.of(Count::Offered) + bucket.counts.of(Count::Resent);
    let meanwhile = buckets[from..to].iter().map(came).sum();
    (FELT <= ratio(cut, sent)).then(|| DayFinding {
        kind: DayFindingKind::AnswersCut {
            cut,
            grace_s: lived.facts.drain_ms as f64 / 1e3,
        },
        from,
        to,
        share_ratio: ratio(cut, meanwhile).min(1.0),
    })
}
