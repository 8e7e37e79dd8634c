//! Causes of trouble that are no matter of the fleet: a provider that fails, metrics that are lost.

use super::Lived;
use super::kind::{DayFinding, DayFindingKind};
use super::story::ratio;
use crate::simulation::TimeBucket;

/// Share of a minute's calls that end in an error or never, from which on the provider fails.
const FAILING: f64 = 0.25;
/// Minutes without any metric from which on they are lost; the first ones of a day have none.
const SILENT: usize = 5;
/// Calls in a minute below which a share of them says little.
const FEW: u64 = 4;

/// A time in which a provider fails far more calls than it answers by chance.
pub(super) fn fails(lived: &Lived, place: usize) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let of = |bucket: &TimeBucket| bucket.providers.get(place).copied();
    let failed = |bucket: &TimeBucket| of(bucket).map_or(0, |each| each.errors + each.timeouts);
    let calls = |bucket: &TimeBucket| of(bucket).map_or(0, |each| each.calls);
    let is_bad = |bucket: &TimeBucket| FAILING <= ratio(failed(bucket), calls(bucket).max(FEW));
    let from = buckets.iter().position(is_bad)?;
    let to = buckets.iter().rposition(is_bad)? + 1;
    let sum = |what: &dyn Fn(&TimeBucket) -> u64| buckets[from..to].iter().map(what).sum::<u64>();
    Some(DayFinding {
        kind: DayFindingKind::ProviderFails {
            name: lived.facts.providers[place].name.clone(),
            failed: sum(&failed),
        },
        from,
        to,
        share_ratio: ratio(sum(&failed), sum(&calls)).min(1.0),
    })
}

/// The longest time in which the autoscaler has no metric.
pub(super) fn silent(lived: &Lived) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let is_silent = |bucket: &TimeBucket| {
        let reported = [bucket.cpu_percent, bucket.queue_m, bucket.in_flight_m];
        reported.iter().all(Option::is_none)
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
