//! Causes of trouble that are no matter of the fleet: a provider that fails, metrics that are lost.

use super::Lived;
use super::kind::{DayFinding, DayFindingKind};
use super::minute::Minute;
use super::story::{ratio, stretches, troubled};
use crate::simulation::{Count, TimeBucket};

/// Share of the calls that end in an error or never, from which on a provider fails.
const FAILING: f64 = 0.5;
/// Fewer failed calls are chance.
const FEWEST: u64 = 10;
/// Minutes without any metric from which on they are lost; the first ones of a day have none.
const SILENT: usize = 5;
/// Share of the requests in trouble from which on lost pods matter.
const FELT: f64 = 0.01;
/// Buckets for which pods are lost at least: in a single one some may just be replaced.
const LOST: usize = 2;

/// The time with the most trouble in which pods are lost and not yet replaced.
pub(super) fn lost(lived: &Lived, minutes: &[Minute]) -> Option<DayFinding> {
    let share = |(from, to): (usize, usize)| troubled(&minutes[from..to]);
    let is_felt = |span: &(usize, usize)| LOST <= span.1 - span.0 && FELT <= share(*span);
    let spans = stretches(&lived.results.buckets, |bucket| 0 < bucket.lost);
    let worst = spans.into_iter().filter(is_felt);
    let (from, to) = worst.max_by(|one, other| share(*one).total_cmp(&share(*other)))?;
    Some(DayFinding {
        kind: DayFindingKind::PodsLost {
            pods: lived.results.buckets[from..to]
                .iter()
                .map(|bucket| bucket.lost)
                .max()?,
        },
        from,
        to,
        share_ratio: share((from, to)),
    })
}

/// A time in which a provider fails far more calls than it answers by chance.
pub(super) fn fails(lived: &Lived, place: usize) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let of = |bucket: &TimeBucket| bucket.providers.get(place).copied();
    let failed = |bucket: &TimeBucket| of(bucket).map_or(0, |each| each.errors + each.timeouts);
    let calls = |bucket: &TimeBucket| of(bucket).map_or(0, |each| each.calls);
    let is_bad =
        |bucket: &TimeBucket| 0 < failed(bucket) && FAILING <= ratio(failed(bucket), calls(bucket));
    let sum = |(from, to): (usize, usize), what: &dyn Fn(&TimeBucket) -> u64| {
        buckets[from..to].iter().map(what).sum::<u64>()
    };
    // At night one call of two may fail by chance, but not most of an hour's.
    let share = |span| ratio(sum(span, &failed), sum(span, &calls)).min(1.0);
    let is_real = |span: &(usize, usize)| FEWEST <= sum(*span, &failed) && FAILING <= share(*span);
    let spans = stretches(buckets, is_bad).into_iter().filter(is_real);
    let worst = spans.max_by_key(|span| sum(*span, &failed));
    let whole = all_day(lived, place);
    // A time that stands out is told, unless most calls fail outside of it.
    let is_most = |span: &(usize, usize)| {
        whole.is_none_or(|whole| sum(whole, &failed) <= 2 * sum(*span, &failed))
    };
    let (from, to) = worst.filter(is_most).or(whole)?;
    Some(DayFinding {
        kind: DayFindingKind::ProviderFails {
            name: lived.facts.providers[place].name.clone(),
            failed: sum((from, to), &failed),
        },
        from,
        to,
        share_ratio: share((from, to)),
    })
}

/// The time from the first failed call of a provider to its last, where its failures break the goal
/// of the day without a time that stands out.
fn all_day(lived: &Lived, place: usize) -> Option<(usize, usize)> {
    let of_day = lived.results.totals.providers.get(place)?;
    let failed = of_day.errors + of_day.timeouts;
    let of = |count| lived.results.totals.counts.of(count);
    let (lost, offered) = (of(Count::Failed) + of(Count::TimedOut), of(Count::Offered));
    let lost = ratio(lost, offered);
    let is_felt = lived.facts.goals.unanswered_percent < lost * 100.0;
    // Of several causes it is one where half of what is lost of its own part may come of it.
    let is_cause = FEWEST <= failed && lost <= 2.0 * ratio(failed, of_day.calls);
    let has = |bucket: &TimeBucket| {
        let each = bucket.providers.get(place);
        each.is_some_and(|each| 0 < each.errors + each.timeouts)
    };
    let buckets = &lived.results.buckets;
    let from = buckets.iter().position(has)?;
    let to = buckets.iter().rposition(has)? + 1;
    (is_felt && is_cause).then_some((from, to))
}

/// The time in which waits were longer than the goal, where the goal of the day is broken by it.
pub(super) fn long_waits(lived: &Lived) -> Option<DayFinding> {
    let goal_s = lived.facts.goals.wait_p99_s?;
    let wait_s = lived.story().long_wait_s(&lived.facts.goals)?;
    let buckets = &lived.results.buckets;
    let is_long = |bucket: &TimeBucket| {
        let longest = bucket.wait_ms.map_or(0, |[_, _, p99]| p99);
        goal_s * 1e3 < longest as f64
    };
    let spans = stretches(buckets, is_long);
    let (from, to) = spans.into_iter().max_by_key(|(from, to)| to - from)?;
    Some(DayFinding {
        kind: DayFindingKind::LongWaits { wait_s, goal_s },
        from,
        to,
        share_ratio: (to - from) as f64 / buckets.len().max(1) as f64,
    })
}

/// The longest time in which the autoscaler has no metric.
pub(super) fn silent(lived: &Lived) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let is_silent = |bucket: &TimeBucket| {
        let reported = [bucket.cpu_percent, bucket.queue_m, bucket.in_flight_m];
        // Where there is no pod there is nothing to read of one.
        0 < bucket.existing && reported.iter().all(Option::is_none)
    };
    let mut longest = (0, 0);
    let mut from = 0;
    for (place, bucket) in buckets.iter().enumerate() {
        if !is_silent(bucket) {
            from = place + 1;
        } else if longest.1 - longest.0 < place + 1 - from {
            longest = (from, place + 1);
        }
    }
    let (from, to) = longest;
    let has_targets = !lived.facts.targets.is_empty();
    let place = |at_ms: u64| usize::try_from(at_ms / lived.facts.bucket_ms.max(1)).unwrap_or(0);
    let scale = lived.results.scale.iter();
    let meanwhile = scale.filter(|change| (from..to).contains(&place(change.at_ms)));
    (has_targets && SILENT <= to - from).then(|| DayFinding {
        kind: DayFindingKind::MetricsSilent {
            changes: meanwhile.count(),
        },
        from,
        to,
        share_ratio: (to - from) as f64 / buckets.len().max(1) as f64,
    })
}

/// Times in which requests come and no gateway is ready; the one with the most is told.
pub(super) fn nobody_there(lived: &Lived) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let failed = |bucket: &TimeBucket| bucket.counts.of(Count::Failed);
    let came =
        |bucket: &TimeBucket| bucket.counts.of(Count::Offered) + bucket.counts.of(Count::Resent);
    let is_empty = |bucket: &TimeBucket| bucket.ready == 0 && 0 < failed(bucket);
    let sum = |(from, to): (usize, usize), what: &dyn Fn(&TimeBucket) -> u64| {
        buckets[from..to].iter().map(what).sum::<u64>()
    };
    let spans = stretches(buckets, is_empty);
    let (from, to) = spans
        .iter()
        .copied()
        .max_by_key(|span| sum(*span, &failed))?;
    Some(DayFinding {
        kind: DayFindingKind::NobodyThere {
            times: spans.len(),
            failed: spans.iter().map(|span| sum(*span, &failed)).sum(),
            // A fleet that never comes back is empty at the end of the day.
            stuck: lived
                .facts
                .stuck
                .filter(|_| buckets.last().is_some_and(|last| last.ready == 0)),
        },
        from,
        to,
        share_ratio: ratio(sum((from, to), &failed), sum((from, to), &came)).min(1.0),
    })
}
