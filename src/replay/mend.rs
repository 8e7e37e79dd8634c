//! Search for changes that mend a day, by simulating it again with each.
//!
//! [`Search`] runs no simulation: it returns the next day to simulate and takes its results, so
//! that a worker can run the days one by one, and a test all at once. For each kind of change it
//! bisects for the smallest value that keeps the goals with the day's seed, then tries that value
//! with two more seeds; if one of those days breaks a goal, the next value follows. A day ends as
//! soon as it has broken its goals, and the search ends after [`STEPS`], even if kinds of change
//! are left.

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

/// Days, with different seeds, that a change must mend.
const SEEDS: u32 = 3;
/// Budget of simulation steps for all days of a search: arrivals, starts, ends of calls, and
/// scrapes and syncs of a pod. A machine takes some 15 million steps per second.
pub const STEPS: u64 = 150_000_000;
/// Time between scrapes, and between syncs, milliseconds.
const LOOK_MS: u64 = 15_000;
/// Search for changes that mend a day.
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
    /// Steps left in the budget.
    left: u64,
    /// Estimated steps of a day.
    day: u64,
    /// Facts of the day in progress.
    facts: Option<Facts>,
}

/// Values of one kind of change, the gentlest first.
#[derive(Debug)]
struct Line {
    changes: Vec<Change>,
    /// Values below this index do not suffice.
    low: usize,
    /// The value at this index suffices with the first seed, once that is known.
    high: usize,
    /// Simulated days with that value.
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

    /// Index to try next: the strongest value first, since if that does not suffice, none does.
    fn place(&self) -> usize {
        if !self.is_enough_known || self.low == self.high {
            self.high
        } else {
            usize::midpoint(self.low, self.high)
        }
    }
}

impl Search {
    /// Starts a search for a day simulated with these options; `before` is that day's summary.
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
                let needed = needed(scenario, plan, &asked.question.config);
                let changes = changes(scenario, plan, &needed, &options);
                changes.into_iter().map(Line::new).collect()
            }
            _ => Vec::new(),
        };
        let day = steps(3 * before.offered, before.pod_hours);
        // No day is tried if the budget cannot confirm even one change.
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

    /// Next day to simulate; `None` once the search is complete or its budget is spent.
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
            // Days after the first get further seeds.
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

    /// Takes the results of the day returned last.
    pub fn hear(&mut self, results: &Results) {
        let (Some(facts), Some(line)) = (self.facts.take(), self.lines.first_mut()) else {
            return;
        };
        self.tried += 1;
        self.left = self.left.saturating_sub(steps_of(results));
        let story = Story::of(&facts, results);
        let place = line.place();
        match (story.is_kept, line.is_enough_known) {
            // The strongest value does not suffice.
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
            // Another seed breaks a goal: try the next value from its first day on.
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
            // Offer one value per kind; drop its remaining lines, such as other queue sizes.
            let kind = std::mem::discriminant(&mend.change);
            self.lines
                .retain(|line| std::mem::discriminant(&line.changes[0]) != kind);
            self.found.push(mend);
        }
        self.found
            .sort_by(|a, b| a.more_pod_hours.total_cmp(&b.more_pod_hours));
    }

    /// Changes found so far, the cheapest first.
    pub fn found(&self) -> &[Mend] {
        &self.found
    }

    /// Progress of the search.
    pub fn searched(&self) -> Searched {
        Searched {
            days: self.tried,
            has_found: !self.found.is_empty(),
            is_cut: !self.lines.is_empty() && self.left < self.day,
        }
    }

    /// Early end of a day that has broken its goals for certain: even with as many requests as
    /// before, plus a tenth and a thousand more, it could no longer keep them.
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

/// Estimated steps of a day: those of its requests, and the scrapes and syncs of its pods.
fn steps(of_requests: u64, pod_hours: f64) -> u64 {
    of_requests + 2 * whole(pod_hours * 3_600_000.0) / LOOK_MS
}

/// Approximate steps that a day took.
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
        let pod_hours = worst(|day| day.pod_hours);
        let after = self.lived.into_iter().next()?;
        Some(Mend {
            change,
            more_pod_hours: pod_hours - before.pod_hours,
            after,
            late_ratio,
            unanswered_ratio,
            wait_p99_s,
            seeds: SEEDS,
        })
    }
}
