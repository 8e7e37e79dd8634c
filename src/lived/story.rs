//! The day in a few numbers.

use super::minute::Minute;
use super::{Facts, Lived};
use crate::scenario::Goals;
use crate::simulation::{Count, Results};

/// Milliseconds in an hour.
const HOUR_MS: f64 = 3_600_000.0;
/// One in so many requests in trouble makes a minute a bad one.
const TROUBLED: u64 = 20;
/// Fewer in trouble are chance.
const FEWEST: u64 = 3;
/// Standard deviations above the mean of the day, and [`FEWEST`] beside them, that no minute of a
/// day reaches by chance.
const CHANCE: f64 = 6.0;
/// So many in a row in trouble, and none that is not, are no chance, however few come a minute.
const ALL: u64 = 10;
/// Good buckets within a bad time that do not end it.
const GAP: usize = 15;

/// The day in a few numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Requests that arrived.
    pub offered: u64,
    /// Requests that were answered.
    pub served: u64,
    /// Questions that were still open at the end.
    pub open: u64,
    /// Share of those started that had waited too long.
    pub late_ratio: f64,
    /// Share of all sendings, turned away by a full queue.
    pub refused_ratio: f64,
    /// Share of the questions that arrived and got no answer, however often they were sent.
    pub unanswered_ratio: f64,
    /// Wait that 99 of 100 stay within, seconds; none if nothing waited.
    pub wait_p99_s: Option<f64>,
    /// Time that pods existed, hours.
    pub pod_hours: f64,
    /// Fewest pods ready.
    pub pods_least: u32,
    /// Most pods ready.
    pub pods_most: u32,
    /// Changes of the wanted number.
    pub changes: usize,
    /// The worst time, if there is one.
    pub worst: Option<Stretch>,
    /// Whether the goals are kept.
    pub is_kept: bool,
}

/// A time of the day, in buckets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Its first bucket.
    pub from: usize,
    /// The one after its last.
    pub to: usize,
    /// Share of its requests that wait too long.
    pub late_ratio: f64,
    /// Share of its questions without an answer.
    pub unanswered_ratio: f64,
    /// Share of its questions that wait too long or get no answer.
    pub troubled_ratio: f64,
    /// Pods ready as it begins.
    pub pods_from: u32,
    /// Most pods ready in it.
    pub pods_to: u32,
    /// The bucket in which that many are ready first.
    pub grown_at: usize,
}

impl Lived {
    /// Bucket by bucket.
    pub fn minutes(&self) -> Vec<Minute> {
        self.results.buckets.iter().map(Minute::of).collect()
    }

    /// The day in a few numbers.
    pub fn story(&self) -> Story {
        Story::of(&self.facts, &self.results)
    }
}

impl Story {
    /// Of what happened.
    pub fn of(facts: &Facts, results: &Results) -> Self {
        let of = |count| results.totals.counts.of(count);
        let (offered, started) = (of(Count::Offered), of(Count::Started));
        let minutes: Vec<Minute> = results.buckets.iter().map(Minute::of).collect();
        let ready = || minutes.iter().map(|minute| minute.ready);
        let mut story = Self {
            offered,
            served: of(Count::Served),
            open: results.totals.questions_open,
            late_ratio: ratio(of(Count::Late), started).min(1.0),
            refused_ratio: ratio(of(Count::Refused), offered + of(Count::Resent)),
            unanswered_ratio: ratio(results.totals.questions_lost, offered),
            wait_p99_s: results.totals.wait_ms.map(|[_, _, p99]| p99 as f64 / 1e3),
            pod_hours: results.totals.pod_ms as f64 / HOUR_MS,
            pods_least: ready().min().unwrap_or(0),
            // One that comes and goes within a bucket answers, too.
            pods_most: ready().max().unwrap_or(0).max(u32::from(0 < started)),
            changes: results.scale.len(),
            worst: worst(&minutes),
            is_kept: true,
        };
        story.is_kept = story.keeps(&facts.goals);
        story
    }

    /// Whether the day is within these goals.
    pub fn keeps(&self, goals: &Goals) -> bool {
        self.late_ratio * 100.0 <= goals.late_percent
            && self.unanswered_ratio * 100.0 <= goals.unanswered_percent
            && self.long_wait_s(goals).is_none()
    }

    /// The wait that 99 of 100 stay within, seconds, where it is longer than the goal.
    pub fn long_wait_s(&self, goals: &Goals) -> Option<f64> {
        let most = goals.wait_p99_s?;
        self.wait_p99_s.filter(|wait| most < *wait)
    }
}

/// A part of a whole; 0 of nothing.
pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Share of the questions of a time that wait too long or get no answer, each counted once.
pub(super) fn troubled(minutes: &[Minute]) -> f64 {
    let sum = |what: fn(&Minute) -> u64| minutes.iter().map(what).sum::<u64>();
    ratio(sum(Minute::troubled), sum(|minute| minute.offered)).min(1.0)
}

/// The time in which most requests were in trouble.
fn worst(minutes: &[Minute]) -> Option<Stretch> {
    let troubled = |span: &(usize, usize)| -> u64 {
        minutes[span.0..span.1].iter().map(Minute::troubled).sum()
    };
    // Where few are in trouble all day, a minute of many may be chance.
    let all_day = self::troubled(minutes);
    let by_chance = |offered: u64| {
        let mean = all_day * offered as f64;
        let is_everywhere = 1.0 <= all_day * TROUBLED as f64;
        let most = mean + CHANCE * libm::sqrt(mean) + FEWEST as f64;
        if is_everywhere { 0.0 } else { most }
    };
    let is_bad = |minute: &Minute| {
        let troubled = minute.troubled();
        FEWEST <= troubled
            && minute.offered < troubled * TROUBLED
            && by_chance(minute.offered) < troubled as f64
    };
    let mut bad: Vec<bool> = minutes.iter().map(is_bad).collect();
    for (from, to) in hopeless(minutes) {
        bad[from..to].fill(true);
    }
    let worst = stretches(&bad, |is_bad| *is_bad)
        .into_iter()
        .max_by_key(troubled)?;
    Some(stretch(minutes, worst))
}

/// Times in which at least [`ALL`] are in trouble and nobody is not, from the first to the last.
fn hopeless(minutes: &[Minute]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize, u64)> = None;
    let is_over = Minute {
        offered: 1,
        ..Minute::default()
    };
    for (place, minute) in minutes.iter().chain([&is_over]).enumerate() {
        let troubled = minute.troubled();
        if troubled < minute.offered {
            let last = run.take().filter(|(_, _, sum)| ALL <= *sum);
            found.extend(last.map(|(from, to, _)| (from, to)));
        } else if 0 < troubled {
            let (from, _, sum) = run.unwrap_or((place, 0, 0));
            run = Some((from, place + 1, sum + troubled));
        }
    }
    found
}

/// Times in which buckets are of a kind, short breaks included.
pub(super) fn stretches<T>(buckets: &[T], is_of_kind: impl Fn(&T) -> bool) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let places = buckets.iter().enumerate();
    for (place, _) in places.filter(|(_, bucket)| is_of_kind(bucket)) {
        match found.last_mut().filter(|last| place <= last.1 + GAP) {
            Some(last) => last.1 = place + 1,
            None => found.push((place, place + 1)),
        }
    }
    found
}

fn stretch(minutes: &[Minute], (from, to): (usize, usize)) -> Stretch {
    let span = &minutes[from..to];
    let sum = |what: fn(&Minute) -> u64| span.iter().map(what).sum::<u64>();
    let offered = sum(|minute| minute.offered);
    let started = sum(|minute| minute.started);
    let pods_to = span.iter().map(|minute| minute.ready).max().unwrap_or(0);
    let grown = span.iter().position(|minute| minute.ready == pods_to);
    Stretch {
        from,
        to,
        late_ratio: ratio(sum(|minute| minute.late), started).min(1.0),
        unanswered_ratio: ratio(sum(|minute| minute.unanswered), offered).min(1.0),
        troubled_ratio: troubled(span),
        pods_from: minutes[from.saturating_sub(1)].ready,
        pods_to,
        grown_at: from + grown.unwrap_or(0),
    }
}
