//! What goes wrong on a day: when, how much, and why.

use super::minute::Minute;
use super::story::{ratio, stretches};
use super::{Lived, Stretch};
use crate::simulation::{Count, MetricName, Scaled, Target, TimeBucket};

/// Changes of direction in a day from which on the fleet swings.
const TURNS: usize = 6;
/// Share of the pod-hours above need from which on too much is held.
const HELD: f64 = 0.3;
/// Slots beside those in use that a need has: requests come at random.
const SPARE: f64 = 1.5;
/// Share of the calls refused from which on it matters.
const REJECTED: f64 = 0.01;
/// Calls for each request from which on they amplify.
const AMPLIFIED: f64 = 1.1;
/// Share of the answers that nobody waits for, from which on it matters.
const UNHEARD: f64 = 0.01;
/// Percent of a target at which the autoscaler acts.
const ACTS_PERCENT: i64 = 110;

/// Something that goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct DayFinding {
    /// What.
    pub kind: DayFindingKind,
    /// Its first bucket.
    pub from: usize,
    /// The one after its last.
    pub to: usize,
    /// How much of what its kind says.
    pub share_ratio: f64,
}

/// What goes wrong, with its numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum DayFindingKind {
    /// Pods come after the requests; the share waits too long or gets no answer.
    LateAutoscaler {
        /// Pods ready as it begins.
        pods_from: u32,
        /// Most pods ready in it.
        pods_to: u32,
        /// Minutes until then.
        minutes: f64,
    },
    /// A metric stays below the value at which the autoscaler acts, for the share of the bad
    /// time.
    CannotSee {
        /// Which.
        metric: MetricName,
        /// Its highest value in the bad time: percent for CPU, else each pod's.
        highest: f64,
        /// Its target, in the same.
        target: f64,
    },
    /// The most pods there may be are too few, for the share of the bad time.
    AtMaximum {
        /// The most.
        pods: u32,
    },
    /// The fleet grows and shrinks in turns; the share waits too long or gets no answer.
    Flaps {
        /// Changes of the wanted number.
        changes: usize,
        /// Changes of direction.
        turns: usize,
    },
    /// More pods than the requests need, above the minimum; the share of all pod-hours.
    HoldsTooMuch {
        /// Hours of pods beyond the need.
        pod_hours: f64,
    },
    /// A provider refuses the share of its calls.
    ProviderRefuses {
        /// Its name.
        name: String,
        /// Calls refused.
        rejected: u64,
        /// Pods as it begins.
        pods_from: u32,
        /// Pods as it ends.
        pods_to: u32,
    },
    /// Calls and sendings beyond the first for each request; the share beyond one.
    RetriesAmplify {
        /// Calls for each request that got a slot.
        calls_each: f64,
        /// Sendings of each question.
        sends_each: f64,
    },
    /// The gateway answers requests whose clients have left; the share of all that got a slot.
    AnswersUnheard {
        /// How many.
        unheard: u64,
    },
}

/// What goes wrong on a day, the most harmful first.
pub fn findings(lived: &Lived) -> Vec<DayFinding> {
    let minutes = lived.minutes();
    let mut found = Vec::new();
    if let Some(worst) = lived.story().worst {
        found.extend(late(lived, &worst));
        found.extend(at_maximum(lived, &minutes, &worst));
        let targets = lived.facts.targets.iter();
        found.extend(targets.filter_map(|target| cannot_see(lived, &worst, target)));
    }
    found.extend(flaps(lived, &minutes));
    let providers = 0..lived.facts.providers.len();
    found.extend(providers.filter_map(|place| refuses(lived, &minutes, place)));
    found.extend(amplify(lived, &minutes));
    found.extend(unheard(lived, &minutes));
    found.extend(holds(lived, &minutes));
    found
}

fn late(lived: &Lived, worst: &Stretch) -> Option<DayFinding> {
    let minutes = (worst.grown_at - worst.from) as f64 * lived.facts.bucket_ms as f64 / 60e3;
    (worst.pods_from < worst.pods_to).then_some(DayFinding {
        kind: DayFindingKind::LateAutoscaler {
            pods_from: worst.pods_from,
            pods_to: worst.pods_to,
            minutes,
        },
        from: worst.from,
        to: worst.to,
        share_ratio: (worst.late_ratio + worst.unanswered_ratio).min(1.0),
    })
}

fn at_maximum(lived: &Lived, minutes: &[Minute], worst: &Stretch) -> Option<DayFinding> {
    let pods = lived.facts.pods_max;
    let span = &minutes[worst.from..worst.to];
    let at_most = span.iter().filter(|minute| pods <= minute.wanted).count();
    let share_ratio = at_most as f64 / span.len().max(1) as f64;
    (0.25 <= share_ratio).then_some(DayFinding {
        kind: DayFindingKind::AtMaximum { pods },
        from: worst.from,
        to: worst.to,
        share_ratio,
    })
}

/// A metric that stayed below the value at which the autoscaler acts.
fn cannot_see(lived: &Lived, worst: &Stretch, target: &Target) -> Option<DayFinding> {
    let span = &lived.results.buckets[worst.from..worst.to];
    let reported = |bucket: &TimeBucket| match target.name {
        MetricName::Cpu => bucket.cpu_percent,
        MetricName::QueueDepth => bucket.queue_m,
        MetricName::InFlight => bucket.in_flight_m,
    };
    let values = || span.iter().filter_map(reported);
    let acts = |value: &i64| target.target * ACTS_PERCENT < value * 100;
    let highest = values().max()?;
    let blind = values().filter(|value| !acts(value)).count();
    let share_ratio = blind as f64 / values().count().max(1) as f64;
    let unit = if target.name == MetricName::Cpu {
        1.0
    } else {
        1e3
    };
    (0.5 <= share_ratio).then_some(DayFinding {
        kind: DayFindingKind::CannotSee {
            metric: target.name,
            highest: highest as f64 / unit,
            target: target.target as f64 / unit,
        },
        from: worst.from,
        to: worst.to,
        share_ratio,
    })
}

/// How often the wanted number turned from growing to shrinking, or back.
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
    let turns = turns(scale, lived.facts.pods_min);
    let bucket = |change: &Scaled| {
        let place = change.at_ms / lived.facts.bucket_ms.max(1);
        usize::try_from(place).unwrap_or(usize::MAX - 1)
    };
    let (from, to) = (bucket(scale.first()?), bucket(scale.last()?) + 1);
    let span = minutes.get(from..to.min(minutes.len()))?;
    let troubled: u64 = span.iter().map(Minute::troubled).sum();
    let offered: u64 = span.iter().map(|minute| minute.offered).sum();
    (TURNS <= turns).then_some(DayFinding {
        kind: DayFindingKind::Flaps {
            changes: scale.len(),
            turns,
        },
        from,
        to,
        share_ratio: ratio(troubled, offered).min(1.0),
    })
}

fn refuses(lived: &Lived, minutes: &[Minute], place: usize) -> Option<DayFinding> {
    let buckets = &lived.results.buckets;
    let provider = lived.results.totals.providers.get(place)?;
    let has = |bucket: &TimeBucket| {
        let each = bucket.providers.get(place);
        each.is_some_and(|each| 0 < each.rejected)
    };
    let from = buckets.iter().position(has)?;
    let to = buckets.iter().rposition(has)? + 1;
    let share_ratio = ratio(provider.rejected, provider.calls);
    (REJECTED <= share_ratio).then(|| DayFinding {
        kind: DayFindingKind::ProviderRefuses {
            name: lived.facts.providers[place].name.clone(),
            rejected: provider.rejected,
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

fn amplify(lived: &Lived, minutes: &[Minute]) -> Option<DayFinding> {
    let totals = &lived.results.totals;
    let calls: u64 = totals.providers.iter().map(|each| each.calls).sum();
    let of = |count| totals.counts.of(count);
    let begun = of(Count::Started) + of(Count::GhostsStarted);
    let calls_each = ratio(calls, begun).max(1.0);
    let sends_each = 1.0 + ratio(of(Count::Resent), of(Count::Offered));
    let amplified = calls_each * sends_each;
    let is_more = |minute: &Minute| minute.in_time + minute.late < minute.calls;
    let spans = stretches(minutes, is_more);
    let (from, to) = spans.into_iter().max_by_key(|(from, to)| to - from)?;
    (AMPLIFIED <= amplified).then_some(DayFinding {
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
    let unheard = of(Count::GhostsStarted);
    let share_ratio = ratio(unheard, unheard + of(Count::Started));
    let spans = stretches(minutes, |minute| 0 < minute.unheard);
    let (from, to) = spans.into_iter().max_by_key(|(from, to)| to - from)?;
    (UNHEARD <= share_ratio).then_some(DayFinding {
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
        let need = libm::ceil(SPARE * minute.in_flight as f64 / slots);
        (f64::from(minute.ready) - need.max(least)).max(0.0)
    };
    let pods: f64 = minutes.iter().map(|minute| f64::from(minute.ready)).sum();
    let surplus: f64 = minutes.iter().map(beyond).sum();
    let share_ratio = surplus / pods.max(1.0);
    let spans = stretches(minutes, |minute| 1.0 <= beyond(minute));
    let (from, to) = spans.into_iter().max_by_key(|(from, to)| to - from)?;
    (HELD <= share_ratio).then_some(DayFinding {
        kind: DayFindingKind::HoldsTooMuch {
            pod_hours: surplus * lived.facts.bucket_ms as f64 / 3.6e6,
        },
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
