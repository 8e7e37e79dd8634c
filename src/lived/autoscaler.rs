//! Findings about the autoscaler: too late, too small, or blind to the load.

use super::kind::{DayFinding, DayFindingKind};
use super::minute::Minute;
use super::story::{self, ratio};
use super::{Facts, Held, Lived, Stretch};
use crate::simulation::{Count, MetricName, Target, TimeBucket};

/// Percent of a target at which the autoscaler acts.
const ACTS_PERCENT: i64 = 110;
/// Time before a bad period in which a reaction counts as foresight, milliseconds.
const SEEN_MS: u64 = 300_000;
/// Minimum share of the trouble caused by waiting for more pods to help.
const CROWDED: f64 = 0.1;
/// A growth within this time is not late, milliseconds.
const BRIEF_MS: u64 = 120_000;
/// Share of the most pods in a bad period that counts as grown.
const NEARLY: f64 = 0.9;
/// Percent of a CPU target from which on a gateway that waits uses more than almost no CPU.
const BUSY_PERCENT: i64 = 25;
/// Time for which a fleet that has grown may work off what waits, milliseconds.
const SETTLES_MS: u64 = 1_800_000;

/// Findings of the period in which most requests wait too long or meet a full queue. A time without
/// metrics that overlaps it explains the waits, and is taken along.
pub(super) fn findings(
    lived: &Lived,
    minutes: &[Minute],
    silent: &mut Option<DayFinding>,
) -> Vec<DayFinding> {
    let worst = story::worst(minutes, |minute| minute.crowded.min(minute.troubled()));
    let Some(worst) = worst.filter(|worst| is_crowded(lived, worst)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let held = held(lived, &worst);
    let may_grow = held.is_none();
    found.extend(held);
    let silent = silent.take_if(|it| it.from < worst.to && worst.from < it.to);
    let late = late(lived, minutes, &worst, silent.as_ref());
    found.extend(silent);
    found.extend(late);
    found.extend(at_maximum(lived, minutes, &worst));
    if may_grow && is_blind(lived, &worst) {
        let targets = lived.facts.targets.iter();
        found.extend(targets.filter_map(|target| cannot_see(lived, &worst, target)));
    }
    let is_unasked = !has_asked(lived, minutes, worst.from, worst.to)
        || is_too_few(&lived.facts, minutes, &worst);
    if found.is_empty() && lived.facts.is_scaled && is_unasked {
        found.push(stays(&worst, Held::Unasked));
    }
    found
}

/// Whether a fleet counts as grown: one that swings touches its highest number once, and nearly as
/// many is as good.
fn is_grown(worst: &Stretch, minute: &Minute) -> bool {
    let nearly = libm::ceil(f64::from(worst.pods_to) * NEARLY);
    nearly.max(f64::from(worst.pods_from) + 1.0) <= f64::from(minute.ready)
}

/// Whether most of the trouble falls into minutes in which the fleet has grown, if it did, and has
/// all that the autoscaler asks for: then its growth was too small, and not late.
fn is_too_few(facts: &Facts, minutes: &[Minute], worst: &Stretch) -> bool {
    let span = &minutes[worst.from..worst.to];
    let grows = worst.pods_from < worst.pods_to;
    let is_settled =
        |minute: &&Minute| (!grows || is_grown(worst, minute)) && minute.wanted <= minute.ready;
    let settled = || span.iter().filter(is_settled);
    let in_trouble = settled().filter(|minute| 0 < minute.troubled()).count();
    let all: u64 = span.iter().map(Minute::troubled).sum();
    let after: u64 = settled().map(Minute::troubled).sum();
    SETTLES_MS < in_trouble as u64 * facts.bucket_ms && all < 2 * after
}

/// Whether the autoscaler asked for more pods in a period, or just before it.
fn has_asked(lived: &Lived, minutes: &[Minute], from: usize, to: usize) -> bool {
    let seen = usize::try_from(SEEN_MS / lived.facts.bucket_ms.max(1)).unwrap_or(0);
    let span = &minutes[from.saturating_sub(seen + 1)..to];
    span.windows(2).any(|pair| pair[0].wanted < pair[1].wanted)
}

fn late(
    lived: &Lived,
    minutes: &[Minute],
    worst: &Stretch,
    silent: Option<&DayFinding>,
) -> Option<DayFinding> {
    if is_too_few(&lived.facts, minutes, worst) {
        return None;
    }
    let mut span = minutes[worst.from..worst.to].iter();
    let grown_at = worst.from + span.position(|minute| is_grown(worst, minute))?;
    let is_mute = |it: &&DayFinding| matches!(it.kind, DayFindingKind::MetricsSilent { .. });
    let blind_to = silent.filter(is_mute).filter(|it| it.from <= worst.from);
    // Without metrics it adds nothing, however fast it is.
    let began = blind_to.map_or(worst.from, |it| it.to.max(worst.from));
    if grown_at < began || grown_at - worst.from < 2 * (began - worst.from) {
        return None;
    }
    // Pods that come back after a loss, or at once, are not the autoscaler's delay.
    let is_brief = (grown_at - began) as u64 * lived.facts.bucket_ms < BRIEF_MS;
    if is_brief || !has_asked(lived, minutes, worst.from, grown_at + 1) {
        return None;
    }
    Some(DayFinding {
        kind: DayFindingKind::LateAutoscaler {
            pods_from: worst.pods_from,
            pods_to: minutes[grown_at].ready,
            minutes: (grown_at - began) as f64 * lived.facts.bucket_ms as f64 / 60e3,
        },
        from: worst.from,
        to: worst.to,
        share_ratio: worst.troubled_ratio,
    })
}

/// A fleet that may not grow and did not in the bad period.
fn held(lived: &Lived, worst: &Stretch) -> Option<DayFinding> {
    let why = lived
        .facts
        .held
        .filter(|_| worst.pods_to <= worst.pods_from)?;
    Some(stays(worst, why))
}

/// A fleet that did not grow in the bad period.
fn stays(worst: &Stretch, why: Held) -> DayFinding {
    DayFinding {
        kind: DayFindingKind::GrowthHeld {
            why,
            pods: worst.pods_to,
        },
        from: worst.from,
        to: worst.to,
        share_ratio: worst.troubled_ratio,
    }
}

/// Whether waits or full queues cause enough of the trouble; only then more pods help.
fn is_crowded(lived: &Lived, worst: &Stretch) -> bool {
    let span = &lived.results.buckets[worst.from..worst.to];
    let waited = sum(span, &[Count::LateStarted, Count::Refused, Count::GaveUp]);
    let otherwise = sum(span, &[Count::TimedOut, Count::Limited, Count::Failed]);
    CROWDED <= ratio(waited, waited + otherwise)
}

/// Sum of several counts over a period.
fn sum(span: &[TimeBucket], counts: &[Count]) -> u64 {
    let each = counts.iter().flat_map(|count| {
        let of = |bucket: &TimeBucket| bucket.counts.of(*count);
        span.iter().map(of)
    });
    each.sum()
}

fn at_maximum(lived: &Lived, minutes: &[Minute], worst: &Stretch) -> Option<DayFinding> {
    let pods = lived.facts.pods_max;
    let span = &minutes[worst.from..worst.to];
    let at_most = span.iter().filter(|minute| pods <= minute.wanted).count();
    let share_ratio = at_most as f64 / span.len().max(1) as f64;
    (lived.facts.is_scaled && 0.25 <= share_ratio).then_some(DayFinding {
        kind: DayFindingKind::AtMaximum { pods },
        from: worst.from,
        to: worst.to,
        share_ratio,
    })
}

/// Value that the autoscaler read of a metric.
fn reported(bucket: &TimeBucket, name: MetricName) -> Option<i64> {
    match name {
        MetricName::Cpu => bucket.cpu_percent,
        MetricName::QueueDepth => bucket.queue_m,
        MetricName::InFlight => bucket.in_flight_m,
    }
}

/// Whether a value makes the autoscaler add pods.
fn acts(value: i64, target: &Target) -> bool {
    target.target * ACTS_PERCENT < value * 100
}

/// Whether no metric made the autoscaler act for half of the bad period, nor just before it. The
/// metric that asks for the most pods decides, so one acting metric suffices.
fn is_blind(lived: &Lived, worst: &Stretch) -> bool {
    let buckets = &lived.results.buckets;
    let is_quiet = |bucket: &&TimeBucket| {
        let mut targets = lived.facts.targets.iter();
        targets.all(|target| reported(bucket, target.name).is_none_or(|value| !acts(value, target)))
    };
    let seen = usize::try_from(SEEN_MS / lived.facts.bucket_ms.max(1)).unwrap_or(0);
    let before = &buckets[worst.from.saturating_sub(seen)..worst.from];
    let span = &buckets[worst.from..worst.to];
    let quiet = span.iter().filter(is_quiet).count();
    span.len() <= 2 * quiet && before.iter().all(|bucket| is_quiet(&bucket))
}

/// A metric that stayed below its action threshold.
fn cannot_see(lived: &Lived, worst: &Stretch, target: &Target) -> Option<DayFinding> {
    let span = &lived.results.buckets[worst.from..worst.to];
    let values = || {
        let each = span.iter();
        each.filter_map(|bucket| reported(bucket, target.name))
    };
    let highest = values().max()?;
    let slots = lived.facts.slots;
    let is_full = |bucket: &TimeBucket| {
        let all = f64::from(bucket.ready) * f64::from(slots);
        0.0 < all && NEARLY * all <= bucket.in_flight as f64
    };
    // At most `slots` requests are in flight: only a target close to that is out of reach.
    let is_beyond = |most: &u32| !acts(1_000 * i64::from(*most), target);
    let out_of_reach = match target.name {
        MetricName::Cpu => Some(slots)
            .filter(|_| BUSY_PERCENT * target.target <= 100 * highest && !acts(highest, target))
            .filter(|_| span.iter().any(is_full)),
        MetricName::QueueDepth => Some(lived.facts.queue_most).filter(is_beyond),
        MetricName::InFlight => Some(slots).filter(is_beyond),
    };
    if target.name == MetricName::InFlight && out_of_reach.is_none() {
        return None;
    }
    // A metric that was lost for most of the period was not blind.
    if 2 * values().count() < span.len() {
        return None;
    }
    let blind = values().filter(|value| !acts(*value, target)).count();
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
            out_of_reach,
            waited: sum(span, &[Count::LateStarted, Count::GaveUp]),
        },
        from: worst.from,
        to: worst.to,
        share_ratio,
    })
}
