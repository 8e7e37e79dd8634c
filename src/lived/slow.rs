//! Providers whose answers take longer than usual.

use super::Lived;
use super::kind::{DayFinding, DayFindingKind};
use super::minute::Minute;
use super::story::{is_felt, troubled};
use crate::simulation::Slowdown;

/// Multiple of the trouble before a slowdown from which on the slowdown is its cause.
const MORE: f64 = 2.0;

/// The slowdown of a provider with the most trouble, if it breaks a goal meanwhile. Trouble that
/// was there before it has another cause.
pub(super) fn slow(lived: &Lived, minutes: &[Minute], place: usize) -> Option<DayFinding> {
    let provider = lived.facts.providers.get(place)?;
    let bucket_ms = lived.facts.bucket_ms.max(1);
    let bucket = |at: u64| usize::try_from(at).map_or(minutes.len(), |at| at.min(minutes.len()));
    let span = |slow: &Slowdown| {
        let from = bucket(slow.from_ms / bucket_ms);
        (from, bucket(slow.to_ms.div_ceil(bucket_ms)).max(from))
    };
    let share = |(from, to): (usize, usize)| troubled(&minutes[from..to]);
    let is_cause = |slow: &&Slowdown| {
        let (from, to) = span(slow);
        let before = (from.saturating_sub(to - from), from);
        let calls = lived.results.buckets[from..to]
            .iter()
            .filter_map(|bucket| bucket.providers.get(place))
            .map(|each| each.calls);
        1_000 < slow.permille
            && 0 < calls.sum::<u64>()
            && is_felt(&lived.facts.goals, &minutes[from..to])
            && MORE * share(before) <= share((from, to))
    };
    let causes = provider.slowdowns.iter().filter(is_cause);
    let worst = causes.max_by(|a, b| share(span(a)).total_cmp(&share(span(b))))?;
    let (from, to) = span(worst);
    Some(DayFinding {
        kind: DayFindingKind::ProviderSlow {
            name: provider.name.clone(),
            times: f64::from(worst.permille) / 1e3,
        },
        from,
        to,
        share_ratio: share((from, to)),
    })
}
