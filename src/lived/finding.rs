//! Findings of a day: time, extent and cause.

use super::Lived;
use super::autoscaler;
use super::cause::{fails, long_waits, lost, nobody_there, silent};
use super::cut_off::cut_off;
use super::held_back::held_back;
use super::kind::{DayFinding, DayFindingKind};
use super::minute::Minute;
use super::slow::slow;
use super::story::{is_felt, ratio, stretches, troubled};
use crate::simulation::{Count, ProviderCounts, Scaled, TimeBucket};

/// Minimum changes of direction for the fleet to count as flapping.
const TURNS: usize = 6;
/// Minimum share of surplus pod-hours for the fleet to count as too large.
const HELD: f64 = 0.3;
/// Minimum surplus pod-hours per day that are reported.
const LEAST_HELD_H: f64 = 1.0;
/// Slots per request in flight that a fleet needs, since requests arrive at random.
const SPARE: f64 = 1.5;
/// Minimum share of refused calls that is reported.
const REJECTED: f64 = 0.01;
/// Calls per request from which on retries amplify the load.
const AMPLIFIED: f64 = 1.1;
/// Minimum share of unheard answers that is reported.
const UNHEARD: f64 = 0.01;

/// Findings of a day, the most harmful first.
pub fn findings(lived: &Lived) -> Vec<DayFinding> {
    let minutes = lived.minutes();
    let mut found = Vec::new();
    let mut silent = silent(lived);
    found.extend(autoscaler::findings(lived, &minutes, &mut silent));
    found.extend(lost(lived, &minutes));
    found.extend(nobody_there(lived));
    found.extend(cut_off(lived));
    found.extend(long_waits(lived));
    found.extend(flaps(lived, &minutes));
    let providers = 0..lived.facts.providers.len();
    found.extend(providers.clone().filter_map(|place| fails(lived, place)));
    let slow = |place| slow(lived, &minutes, place);
    found.extend(providers.clone().filter_map(slow));
    found.extend(silent);
    found.extend(
        providers
            .clone()
            .filter_map(|place| refuses(lived, &minutes, place)),
    );
    found.extend(providers.filter_map(|place| held_back(lived, place)));
    found.extend(amplify(&minutes));
    found.extend(unheard(lived, &minutes));
    found.extend(holds(lived, &minutes));
    found
}

/// Number of times the wanted number turned from growth to shrinkage or back.
fn turns(scale: &[Scaled], at_first: u32) -> usize {
    let mut before = at_first;
    let mut was_up = None;
    let mut turns = 0;
    for change in scale {
        let is_up = before < change.pods;
        turns += usize::from(was_up.is_some_and(|was| was != is_up));
        (before, was_up) = (change.pods, Some(is_up));
    }
    turns
}

fn flaps(lived: &Lived, minutes: &[Minute]) -> Option<DayFinding> {
    let scale = &lived.results.scale;
    let turns = turns(scale, lived.facts.pods_first);
    let bucket = |change: &Scaled| {
        let place = change.at_ms / lived.facts.bucket_ms.max(1);
        usize::try_from(place).unwrap_or(usize::MAX - 1)
    };
    let (from, to) = (bucket(scale.first()?), bucket(scale.last()?) + 1);
    let span = minutes.get(from..to.min(minutes.len()))?;
    (TURNS <= turns && is_felt(&lived.facts.goals, span)).then_some(DayFinding {
        kind: DayFindingKind::Flaps {
            changes: scale.len(),
            turns,
        },
        from,
        to,
        share_ratio: troubled(span),
    })
}

/// Refused calls that no later place of the order took over; spilling is by design.
fn unspilled(counts: &ProviderCounts) -> u64 {
    counts.rejected - counts.spilled
}

fn refuses(lived: &Lived, minutes: &[Minute], place: usize) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let of_day = lived.results.totals.providers.get(place)?;
    let has = |bucket: &TimeBucket| {
        let each = bucket.providers.get(place);
        each.is_some_and(|each| 0 < unspilled(each))
    };
    let from = buckets.iter().position(has)?;
    let to = buckets.iter().rposition(has)? + 1;
    let span = || {
        buckets[from..to]
            .iter()
            .filter_map(|bucket| bucket.providers.get(place))
    };
    let rejected = span().map(unspilled).sum();
    let share_ratio = ratio(rejected, span().map(|each| each.calls).sum());
    (REJECTED <= ratio(unspilled(of_day), of_day.calls)).then(|| DayFinding {
        kind: DayFindingKind::ProviderRefuses {
            name: lived.facts.providers[place].name.clone(),
            rejected,
            pods_from: minutes[from.saturating_sub(1)].ready,
            pods_to: minutes[from..to]
                .iter()
                .map(|minute| minute.ready)
                .max()
                .unwrap_or(0),
        },
        from,
        to,
        share_ratio,
    })
}

fn amplify(minutes: &[Minute]) -> Option<DayFinding> {
    let begun = |minute: &Minute| minute.started + minute.unheard;
    // Calls per request and sends per question in some minutes.
    let times = |span: &[Minute]| {
        let sum = |what: &dyn Fn(&Minute) -> u64| span.iter().map(what).sum::<u64>();
        let calls_each = ratio(sum(&|minute| minute.calls), sum(&begun)).max(1.0);
        let sends_each = 1.0 + ratio(sum(&|minute| minute.resent), sum(&|minute| minute.offered));
        (calls_each, sends_each)
    };
    // A call may fall into a later minute than its start.
    let is_more = |minute: &Minute| {
        0 < minute.resent || AMPLIFIED < ratio(minute.calls, begun(minute).max(minute.in_flight))
    };
    let spans = stretches(minutes, is_more);
    let (from, to) = spans.into_iter().max_by_key(|(from, to)| to - from)?;
    let (calls_each, sends_each) = times(&minutes[from..to]);
    let amplified = calls_each * sends_each;
    let (of_day, again) = times(minutes);
    (AMPLIFIED <= of_day * again).then_some(DayFinding {
        kind: DayFindingKind::RetriesAmplify {
            calls_each,
            sends_each,
        },
        from,
        to,
        share_ratio: amplified - 1.0,
    })
}

fn unheard(lived: &Lived, minutes: &[Minute]) -> Option<DayFinding> {
    let of = |count| lived.results.totals.counts.of(count);
    let of_day = ratio(
        of(Count::GhostsStarted),
        of(Count::GhostsStarted) + of(Count::Started),
    );
    let spans = stretches(minutes, |minute| 0 < minute.unheard);
    let (from, to) = spans.into_iter().max_by_key(|(from, to)| to - from)?;
    let span = || minutes[from..to].iter();
    let unheard = span().map(|minute| minute.unheard).sum();
    let heard: u64 = span().map(|minute| minute.started).sum();
    let share_ratio = ratio(unheard, unheard + heard);
    (UNHEARD <= of_day).then_some(DayFinding {
        kind: DayFindingKind::AnswersUnheard { unheard },
        from,
        to,
        share_ratio,
    })
}

fn holds(lived: &Lived, minutes: &[Minute]) -> Option<DayFinding> {
    let slots = f64::from(lived.facts.slots.max(1));
    let least = f64::from(lived.facts.pods_min);
    let beyond = |minute: &Minute| {
        // Who comes and goes within a minute needs a pod too.
        let comes = minute.offered + minute.started + minute.served + minute.waiting;
        let busy = if 0 < comes { 1.0 } else { 0.0 };
        let need = libm::ceil(SPARE * minute.in_flight as f64 / slots).max(busy);
        (f64::from(minute.ready) - need.max(least)).max(0.0)
    };
    let pods: f64 = minutes.iter().map(|minute| f64::from(minute.ready)).sum();
    let surplus: f64 = minutes.iter().map(beyond).sum();
    let share_ratio = surplus / pods.max(1.0);
    let spans = stretches(minutes, |minute| 1.0 <= beyond(minute));
    let (from, to) = spans.into_iter().max_by_key(|(from, to)| to - from)?;
    let pod_hours = surplus * lived.facts.bucket_ms as f64 / 3.6e6;
    (HELD <= share_ratio && LEAST_HELD_H <= pod_hours).then_some(DayFinding {
        kind: DayFindingKind::HoldsTooMuch { pod_hours },
        from,
        to,
        share_ratio,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_a_change_of_direction() {
        let scale = |pods: &[u32]| -> Vec<Scaled> {
            let changes = pods.iter().zip(1..);
            changes
                .map(|(pods, at_ms)| Scaled { at_ms, pods: *pods })
                .collect()
        };
        for (pods, expected) in [
            (&[][..], 0),
            (&[3, 5, 8], 0),
            (&[3, 2], 1),
            (&[3, 5, 4, 3, 6, 2], 3),
        ] {
            assert_eq!(turns(&scale(pods), 2), expected, "{pods:?}");
        }
    }
}
