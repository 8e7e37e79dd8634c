//! Changes that mend a day, found by living it again with each.
//!
//! [`Search`] lives no day itself: it says which day to live next and hears what came of it,
//! so that a worker can live them one after the other, and a test all at once. Of each kind of
//! change it halves the values until the smallest one is found that keeps the goals with the
//! day's seed, then lives two more days with it, each with a seed of its own; where one of those
//! breaks a goal, the next value is taken. A day ends as soon as it has broken its goals, and the
//! search ends after [`STEPS`], however many kinds of change are left.

use super::asked::asked_with;
use super::busy::needed;
use super::time::whole;
use super::tried::changes;
use super::{Asked, Options};
use crate::catalog::date::Date;
use crate::lived::{Facts, Mend, Searched, Story};
use crate::plan::{self, Change, Plan};
use crate::scenario::Scenario;
use crate::simulation::{Count, Results, Stop};

/// Days that a change must mend.
const SEEDS: u32 = 3;
/// Steps that the days of a search may take together: arrivals, starts, ends of calls, and looks at
/// a pod. A machine takes some 15 million of them a second.
pub const STEPS: u64 = 150_000_000;
/// Scrapes, and as many looks of the autoscaler, are so far apart, milliseconds.
const LOOK_MS: u64 = 15_000;
/// The search for changes that mend a day.
#[derive(Debug)]
pub struct Search {
    scenario: Scenario,
    today: Date,
    options: Options,
    before: Story,
    /// Kinds of change still to be tried.
    lines: Vec<Line>,
    found: Vec<Mend>,
    tried: u32,
    /// Steps that are left for days.
    left: u64,
    /// Steps that a day takes.
    day: u64,
    /// The day that is being lived.
    facts: Option<Facts>,
}

/// The values of one kind of change, the gentlest first.
#[derive(Debug)]
struct Line {
    changes: Vec<Change>,
    /// No value below this place is enough.
    low: usize,
    /// The value at this place is enough with the first seed.
    high: usize,
    /// Days lived with that value.
    lived: Vec<Story>,
    is_enough_known: bool,
}

impl Line {
    fn new(changes: Vec<Change>) -> Self {
        Self {
            low: 0,
            high: changes.len().saturating_sub(1),
            changes,
            lived: Vec::new(),
            is_enough_known: false,
        }
    }

    /// The place that is tried next: the strongest value first, for where that is not enough
    /// nothing is.
    fn place(&self) -> usize {
        if !self.is_enough_known || self.low == self.high {
            self.high
        } else {
            usize::midpoint(self.low, self.high)
        }
    }
}

impl Search {
    /// Begins for a day that was lived with these options: `before` tells it.
    pub fn new(
        scenario: &Scenario,
        plan: &Plan,
        today: Date,
        options: Options,
        before: Story,
    ) -> Self {
        let seed = u64::from(scenario.day.seed);
        let lines = match asked_with(scenario, plan, &options, seed) {
            Ok(asked) if !before.is_kept => {
                let needed = needed(plan, &asked.question.config);
                let changes = changes(scenario, plan, &needed, &options);
                changes.into_iter().map(Line::new).collect()
            }
            _ => Vec::new(),
        };
        let day = steps(3 * before.offered, before.pod_hours);
        // A day so long that not even one change could be told enough is not tried at all.
        let is_too_long = STEPS / u64::from(SEEDS) < day;
        Self {
            scenario: scenario.clone(),
            today,
            options,
            before,
            lines,
            found: Vec::new(),
            tried: 0,
            left: if is_too_long { 0 } else { STEPS },
            day,
            facts: None,
        }
    }

    /// The next day to live; none once all is known, or the search has taken its steps.
    pub fn next_day(&mut self) -> Option<Asked> {
        loop {
            if self.left < self.day {
                return None;
            }
            let line = self.lines.first()?;
            let change = line.changes.get(line.place());
            let Some(scenario) = change.map(|change| self.changed(change)) else {
                self.lines.remove(0);
                continue;
            };
            // The days after the first have seeds of their own.
            let further = u64::try_from(line.lived.len()).unwrap_or(0);
            let seed = u64::from(scenario.day.seed) + further;
            let plan = plan::evaluate(&scenario, self.today);
            let Ok(mut asked) = asked_with(&scenario, &plan, &self.options, seed) else {
                self.lines.remove(0);
                continue;
            };
            asked.question.config.stop = Some(self.stop(&scenario));
            self.facts = Some(asked.facts.clone());
            return Some(asked);
        }
    }

    /// Hears the day that was asked for last.
    pub fn hear(&mut self, results: &Results) {
        let (Some(facts), Some(line)) = (self.facts.take(), self.lines.first_mut()) else {
            return;
        };
        self.tried += 1;
        self.left = self.left.saturating_sub(steps_of(results));
        let story = Story::of(&facts, results);
        let place = line.place();
        match (story.is_kept, line.is_enough_known) {
            // The strongest value is not enough.
            (false, false) => {
                self.lines.remove(0);
                return;
            }
            (true, false) => {
                line.is_enough_known = true;
                if line.low == line.high {
                    line.lived.push(story);
                }
            }
            (true, true) if line.low == line.high => line.lived.push(story),
            (true, true) => line.high = place,
            // Another seed breaks a goal: the next value, from its first day on.
            (false, true) if line.low == line.high => {
                line.lived.clear();
                line.low += 1;
                line.high += 1;
                if line.changes.len() <= line.high {
                    self.lines.remove(0);
                    return;
                }
            }
            (false, true) => line.low = place + 1,
        }
        if line.lived.len() < SEEDS as usize {
            return;
        }
        let line = self.lines.remove(0);
        if let Some(mend) = line.mend(&self.before) {
            // One queue that is long enough to refuse few, and short enough, is offer enough.
            let kind = std::mem::discriminant(&mend.change);
            self.lines
                .retain(|line| std::mem::discriminant(&line.changes[0]) != kind);
            self.found.push(mend);
        }
        self.found
            .sort_by(|a, b| a.more_pod_hours.total_cmp(&b.more_pod_hours));
    }

    /// The changes found so far, the cheapest first.
    pub fn found(&self) -> &[Mend] {
        &self.found
    }

    /// How far the search has come.
    pub fn searched(&self) -> Searched {
        Searched {
            days: self.tried,
            has_found: !self.found.is_empty(),
            is_cut: !self.lines.is_empty() && self.left < self.day,
        }
    }

    /// Where a day has broken its goals, whatever comes after: as many requests as came before, and
    /// a tenth and a thousand more, would not be enough to keep them.
    fn stop(&self, scenario: &Scenario) -> Stop {
        let goals = &scenario.day.goals;
        let offered = self.before.offered as f64 * 1.1 + 1_000.0;
        let started = offered * f64::from(scenario.day.sends.max(1));
        Stop {
            late: whole(goals.late_percent / 100.0 * started),
            lost: whole(goals.unanswered_percent / 100.0 * offered),
        }
    }

    fn changed(&self, change: &Change) -> Scenario {
        let mut scenario = self.scenario.clone();
        for edit in change.edits() {
            edit.apply(&mut scenario);
        }
        scenario
    }
}

/// Steps of a day with so many of requests, and looks at its pods.
fn steps(of_requests: u64, pod_hours: f64) -> u64 {
    of_requests + 2 * whole(pod_hours * 3_600_000.0) / LOOK_MS
}

/// Steps that a day took, about.
fn steps_of(results: &Results) -> u64 {
    let totals = &results.totals;
    let counts = [Count::Offered, Count::Resent, Count::Started];
    let counted: u64 = counts.map(|count| totals.counts.of(count)).iter().sum();
    let calls: u64 = totals.providers.iter().map(|each| each.calls).sum();
    counted + calls + 2 * totals.pod_ms / LOOK_MS
}

impl Line {
    fn mend(mut self, before: &Story) -> Option<Mend> {
        let change = self.changes.swap_remove(self.high);
        let worst = |what: fn(&Story) -> f64| self.lived.iter().map(what).fold(0.0, f64::max);
        let (late_ratio, unanswered_ratio) = (
            worst(|day| day.late_ratio),
            worst(|day| day.unanswered_ratio),
        );
        let waits = self.lived.iter().filter_map(|day| day.wait_p99_s);
        let wait_p99_s = waits.max_by(f64::total_cmp);
        let after = self.lived.into_iter().next()?;
        Some(Mend {
            change,
            more_pod_hours: after.pod_hours - before.pod_hours,
            after,
            late_ratio,
            unanswered_ratio,
            wait_p99_s,
            seeds: SEEDS,
        })
    }
}
