//! Changes that mend a day, found by living it again with each.
//!
//! [`Search`] lives no day itself: it says which day to live next and hears what came of it,
//! so that a worker can live them one after the other, and a test all at once. Of each kind of
//! change it halves the values until the smallest one is found that keeps the goals with the
//! day's seed, then lives two more days with it, each with a seed of its own; where one of those
//! breaks a goal, the next value is taken.

use super::asked::asked_with;
use super::busy::needed;
use super::tried::changes;
use super::{Asked, Options};
use crate::catalog::date::Date;
use crate::lived::{Mend, Story};
use crate::plan::{self, Change, Plan};
use crate::scenario::Scenario;
use crate::simulation::Results;

/// Days that a change must mend.
const SEEDS: u32 = 3;
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
    /// The day that is being lived.
    facts: Option<crate::lived::Facts>,
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
        Self {
            scenario: scenario.clone(),
            today,
            options,
            before,
            lines,
            found: Vec::new(),
            tried: 0,
            facts: None,
        }
    }

    /// The next day to live; none once all is known.
    pub fn next_day(&mut self) -> Option<Asked> {
        loop {
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
            let Ok(asked) = asked_with(&scenario, &plan, &self.options, seed) else {
                self.lines.remove(0);
                continue;
            };
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

    /// Days lived so far.
    pub fn tried(&self) -> u32 {
        self.tried
    }

    fn changed(&self, change: &Change) -> Scenario {
        let mut scenario = self.scenario.clone();
        for edit in change.edits() {
            edit.apply(&mut scenario);
        }
        scenario
    }
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
