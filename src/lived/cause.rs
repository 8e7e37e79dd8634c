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
    let (from, to) = spans.max_by_key(|span| sum(*span, &failed))?;
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
    (has_targets && SILENT <= to - from).then_some(DayFinding {
        kind: DayFindingKind::MetricsSilent,
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
        },
        from,
        to,
        share_ratio: ratio(sum((from, to), &failed), sum((from, to), &came)).min(1.0),
    })
}
