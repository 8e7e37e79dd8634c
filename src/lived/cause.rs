//! Causes of trouble outside the fleet: failing providers, lost metrics, lost pods, no gateway.

use super::kind::{DayFinding, DayFindingKind};
use super::minute::Minute;
use super::story::{ratio, stretches, troubled};
use super::{Facts, Lived, Look, Stuck};
use crate::simulation::{Count, TimeBucket};

/// Share of a provider's calls that end in an error or a timeout from which on it fails.
const FAILING: f64 = 0.5;
/// Minimum number of failed calls; fewer are chance.
const FEWEST: u64 = 10;
/// Standard deviations within which a share of calls may lie by chance.
const CHANCE: f64 = 3.0;
/// Largest distance of two shares of calls that are alike.
const ALIKE: f64 = 0.05;
/// Minutes without metrics from which on they count as lost; a day's first minutes have none.
const SILENT: usize = 5;
/// Share of troubled requests from which on lost pods matter.
const FELT: f64 = 0.01;
/// Minimum buckets with lost pods; within one bucket pods may just be replaced.
const LOST: usize = 2;

/// The most troubled period in which pods are lost and not yet replaced.
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

/// The period in which a provider fails most, beyond chance.
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
    // At night one call of two may fail by chance, but not most calls of an hour.
    let share = |span| ratio(sum(span, &failed), sum(span, &calls)).min(1.0);
    let is_real = |span: &(usize, usize)| {
        // Providers that fail alike are told alike: chance does not decide between them.
        let chance = CHANCE * libm::sqrt(0.25 / sum(*span, &calls).max(1) as f64);
        let chance = chance.min(ALIKE);
        FEWEST <= sum(*span, &failed) && FAILING <= share(*span) + chance
    };
    let spans = stretches(buckets, is_bad).into_iter().filter(is_real);
    let worst = spans.max_by_key(|span| sum(*span, &failed));
    let whole = all_day(lived, place);
    // A distinct period is reported, unless most failures lie outside it.
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

/// The period from a provider's first failed call to its last, if its failures break the day's goal
/// without a distinct period.
fn all_day(lived: &Lived, place: usize) -> Option<(usize, usize)> {
    let of_day = lived.results.totals.providers.get(place)?;
    let failed = of_day.errors + of_day.timeouts;
    let of = |count| lived.results.totals.counts.of(count);
    let (lost, offered) = (of(Count::Failed) + of(Count::TimedOut), of(Count::Offered));
    let lost = ratio(lost, offered);
    let is_felt = lived.facts.goals.unanswered_percent < lost * 100.0;
    // Report this cause if at least half of the losses can be attributed to it.
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

/// The longest period of waits beyond the goal, if the day breaks that goal.
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

/// The longest period in which the autoscaler has no metric; failing that, the longest in which it
/// lacks the same ones.
pub(super) fn silent(lived: &Lived) -> Option<DayFinding> {
    let facts = &lived.facts;
    let buckets = &lived.results.buckets;
    let lost = (0..)
        .zip(buckets)
        .map(|(place, bucket)| unread(facts, place, bucket));
    let lost: Vec<Vec<Look>> = lost.collect();
    let runs = lost.chunk_by(|a, b| a == b).scan(0, |from, run| {
        let begin = *from;
        *from += run.len();
        Some((run[0].clone(), begin, *from))
    });
    let runs = runs.filter(|(lost, from, to)| !lost.is_empty() && SILENT <= to - from);
    let is_all = |lost: &[Look]| lost.len() == facts.looks.len();
    let (lost, from, to) = runs.max_by_key(|(lost, from, to)| (is_all(lost), to - from))?;
    let place = |at_ms: u64| usize::try_from(at_ms / facts.bucket_ms.max(1)).unwrap_or(0);
    let scale = lived.results.scale.iter();
    let meanwhile = scale.filter(|change| (from..to).contains(&place(change.at_ms)));
    let left = facts.looks.iter().filter(|look| !lost.contains(look));
    let kind = if is_all(&lost) {
        DayFindingKind::MetricsSilent {
            changes: meanwhile.count(),
        }
    } else {
        DayFindingKind::MetricLost {
            left: left.copied().collect(),
            lost,
            has_fallback: facts.has_fallback,
        }
    };
    Some(DayFinding {
        kind,
        from,
        to,
        share_ratio: (to - from) as f64 / buckets.len().max(1) as f64,
    })
}

/// Metrics that the autoscaler cannot read in a bucket. Without pods none is missing, but the
/// source of a metric may be out; an autoscaler that is off reads none.
fn unread(facts: &Facts, place: usize, bucket: &TimeBucket) -> Vec<Look> {
    let reported = [bucket.cpu_percent, bucket.queue_m, bucket.in_flight_m];
    let is_mute = reported.iter().all(Option::is_none);
    let has_load = facts.looks.contains(&Look::Load);
    let is_off = matches!(facts.stuck, Some(Stuck::Off { .. }));
    match bucket.existing {
        0 if is_off => Vec::new(),
        0 => facts.unread(place),
        _ if is_mute && !has_load && !facts.targets.is_empty() => facts.looks.clone(),
        _ => facts.unread(place),
    }
}

/// Periods in which requests arrive and no gateway is ready; reports the one with the most
/// failures.
pub(super) fn nobody_there(lived: &Lived) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let failed = |bucket: &TimeBucket| bucket.counts.of(Count::Failed);
    let came =
        |bucket: &TimeBucket| bucket.counts.of(Count::Offered) + bucket.counts.of(Count::Resent);
    // Some requests of the first ready bucket failed before the gateway was ready.
    let began = [lived.facts.pods_first].into_iter();
    let began = began.chain(buckets.iter().map(|bucket| bucket.ready));
    let is_empty: Vec<bool> = began
        .zip(buckets)
        .map(|(began, bucket)| (began == 0 || bucket.ready == 0) && 0 < failed(bucket))
        .collect();
    let sum = |(from, to): (usize, usize), what: &dyn Fn(&TimeBucket) -> u64| {
        buckets[from..to].iter().map(what).sum::<u64>()
    };
    let spans = stretches(&is_empty, |is_empty| *is_empty);
    let (from, to) = spans
        .iter()
        .copied()
        .max_by_key(|span| sum(*span, &failed))?;
    Some(DayFinding {
        kind: DayFindingKind::NobodyThere {
            times: spans.len(),
            failed: spans.iter().map(|span| sum(*span, &failed)).sum(),
            // A stuck fleet is empty at the end of the day; one with schedules comes back and goes
            // again.
            stuck: lived.facts.stuck.filter(|stuck| {
                let is_last = buckets.last().is_some_and(|last| last.ready == 0);
                is_last || *stuck == Stuck::Unscheduled
            }),
        },
        from,
        to,
        share_ratio: ratio(sum((from, to), &failed), sum((from, to), &came)).min(1.0),
    })
}
