//! Summary of the day in a few numbers.

use super::minute::Minute;
use super::{Facts, Lived};
use crate::scenario::Goals;
use crate::simulation::{Count, Results};

/// Milliseconds in an hour.
const HOUR_MS: f64 = 3_600_000.0;
/// A minute is bad if more than one in this many requests is in trouble.
const TROUBLED: u64 = 20;
/// Minimum requests in trouble; fewer are chance.
const FEWEST: u64 = 3;
/// Standard deviations above the day's mean, in addition to [`FEWEST`], that no minute of a day
/// reaches by chance.
const CHANCE: f64 = 6.0;
/// Consecutive requests in trouble, without one that is not, that exceed chance at any rate.
const ALL: u64 = 10;
/// Good buckets that do not end a bad period.
const GAP: usize = 15;

/// Summary of the day in a few numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Requests that arrived.
    pub offered: u64,
    /// Requests answered.
    pub served: u64,
    /// Questions still open at the end.
    pub open: u64,
    /// Share of started requests that had waited too long.
    pub late_ratio: f64,
    /// Share of all sends refused by a full queue.
    pub refused_ratio: f64,
    /// Share of arrived questions given up without an answer, however often they were sent.
    pub unanswered_ratio: f64,
    /// 99th percentile of waits, seconds; `None` without waits.
    pub wait_p99_s: Option<f64>,
    /// Pod time, hours.
    pub pod_hours: f64,
    /// Minimum pods ready.
    pub pods_least: u32,
    /// Maximum pods ready.
    pub pods_most: u32,
    /// Changes of the wanted number.
    pub changes: usize,
    /// The worst period, if there is one.
    pub worst: Option<Stretch>,
    /// Whether the day keeps its goals.
    pub is_kept: bool,
}

/// A period of the day, in buckets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Index of its first bucket.
    pub from: usize,
    /// Index after its last bucket.
    pub to: usize,
    /// Share of started requests that waited too long.
    pub late_ratio: f64,
    /// Share of questions without an answer.
    pub unanswered_ratio: f64,
    /// Share of questions that waited too long or got no answer.
    pub troubled_ratio: f64,
    /// Pods ready at the start.
    pub pods_from: u32,
    /// Maximum pods ready.
    pub pods_to: u32,
}

impl Lived {
    /// The day by bucket.
    pub fn minutes(&self) -> Vec<Minute> {
        self.results.buckets.iter().map(Minute::of).collect()
    }

    /// Summary of the day.
    pub fn story(&self) -> Story {
        Story::of(&self.facts, &self.results)
    }
}

impl Story {
    /// Summary of a day's results.
    pub fn of(facts: &Facts, results: &Results) -> Self {
        let of = |count| results.totals.counts.of(count);
        let (offered, started) = (of(Count::Offered), of(Count::Started));
        let minutes: Vec<Minute> = results.buckets.iter().map(Minute::of).collect();
        let ready = || minutes.iter().map(|minute| minute.ready);
        let mut story = Self {
            offered,
            served: of(Count::Served),
            open: results.totals.questions_open,
            late_ratio: ratio(of(Count::LateStarted), started),
            refused_ratio: ratio(of(Count::Refused), offered + of(Count::Resent)),
            unanswered_ratio: ratio(results.totals.questions_lost, offered),
            wait_p99_s: results.totals.wait_ms.map(|[_, _, p99]| p99 as f64 / 1e3),
            pod_hours: results.totals.pod_ms as f64 / HOUR_MS,
            pods_least: ready().min().unwrap_or(0),
            // A pod that comes and goes within a bucket also answers.
            pods_most: ready().max().unwrap_or(0).max(u32::from(0 < started)),
            changes: results.scale.len(),
            worst: None,
            is_kept: true,
        };
        story.is_kept = story.keeps(&facts.goals);
        story.worst = worst(&minutes, story.trouble(&facts.goals));
        story
    }

    /// Trouble that the day is judged by: of what breaks its goal, where the other goal is kept.
    fn trouble(&self, goals: &Goals) -> fn(&Minute) -> u64 {
        let is_late = goals.late_percent < self.late_ratio * 100.0;
        let is_unanswered = goals.unanswered_percent < self.unanswered_ratio * 100.0;
        match (is_late, is_unanswered) {
            (true, false) => |minute| minute.late,
            (false, true) => |minute| minute.unanswered,
            _ => Minute::troubled,
        }
    }

    /// Whether the day keeps these goals.
    pub fn keeps(&self, goals: &Goals) -> bool {
        self.late_ratio * 100.0 <= goals.late_percent
            && self.unanswered_ratio * 100.0 <= goals.unanswered_percent
            && self.long_wait_s(goals).is_none()
    }

    /// 99th percentile of waits, seconds, if it exceeds the goal.
    pub fn long_wait_s(&self, goals: &Goals) -> Option<f64> {
        let most = goals.wait_p99_s?;
        self.wait_p99_s.filter(|wait| most < *wait)
    }
}

/// Ratio of a part to a whole; 0 if the whole is 0.
pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Share of questions in a period that waited too long or got no answer, each counted once.
pub(super) fn troubled(minutes: &[Minute]) -> f64 {
    of_questions(minutes, Minute::troubled)
}

/// Share of questions in a period: of those that arrive in it, or of those that end in it where
/// more do, since many that end after a rush arrived before.
pub(super) fn of_questions(minutes: &[Minute], part: fn(&Minute) -> u64) -> f64 {
    let sum = |what: fn(&Minute) -> u64| minutes.iter().map(what).sum::<u64>();
    let ended = sum(|minute| minute.served + minute.unanswered);
    ratio(sum(part), ended.max(sum(|minute| minute.offered))).min(1.0)
}

/// Whether a period, extrapolated to the whole day, would break a goal.
pub(super) fn is_felt(goals: &Goals, span: &[Minute]) -> bool {
    let sum = |what: fn(&Minute) -> u64| span.iter().map(what).sum::<u64>();
    let late = ratio(sum(|minute| minute.late), sum(|minute| minute.started));
    let unanswered = of_questions(span, |minute| minute.unanswered);
    goals.late_percent < late * 100.0 || goals.unanswered_percent < unanswered * 100.0
}

/// Period in which most requests are in trouble, by a count of these in a minute.
pub(super) fn worst(minutes: &[Minute], troubled: fn(&Minute) -> u64) -> Option<Stretch> {
    let sum = |span: &[Minute]| span.iter().map(troubled).sum::<u64>();
    // Where few are in trouble all day, a minute of many may be chance.
    let offered: u64 = minutes.iter().map(|minute| minute.offered).sum();
    let all_day = ratio(sum(minutes), offered).min(1.0);
    let by_chance = |offered: u64| {
        let mean = all_day * offered as f64;
        let is_everywhere = 1.0 <= all_day * TROUBLED as f64;
        let most = mean + CHANCE * libm::sqrt(mean) + FEWEST as f64;
        if is_everywhere { 0.0 } else { most }
    };
    let is_bad = |minute: &Minute| {
        let troubled = troubled(minute);
        FEWEST <= troubled
            && minute.offered < troubled * TROUBLED
            && by_chance(minute.offered) < troubled as f64
    };
    let mut bad: Vec<bool> = minutes.iter().map(is_bad).collect();
    for (from, to) in hopeless(minutes, troubled) {
        bad[from..to].fill(true);
    }
    let worst = stretches(&bad, |is_bad| *is_bad)
        .into_iter()
        .max_by_key(|(from, to)| sum(&minutes[*from..*to]))?;
    Some(stretch(minutes, worst))
}

/// Periods in which at least [`ALL`] requests are in trouble and none is not.
fn hopeless(minutes: &[Minute], troubled: fn(&Minute) -> u64) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize, u64)> = None;
    let is_over = Minute {
        offered: 1,
        ..Minute::default()
    };
    for (place, minute) in minutes.iter().chain([&is_over]).enumerate() {
        let troubled = troubled(minute);
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

/// Periods of buckets of a kind, bridging short gaps.
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
    let started = sum(|minute| minute.started);
    let pods_to = span.iter().map(|minute| minute.ready).max().unwrap_or(0);
    Stretch {
        from,
        to,
        late_ratio: ratio(sum(|minute| minute.late), started),
        unanswered_ratio: of_questions(span, |minute| minute.unanswered),
        troubled_ratio: troubled(span),
        pods_from: minutes[from.saturating_sub(1)].ready,
        pods_to,
    }
}
