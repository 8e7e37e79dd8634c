//! Changes that mend a day, found by living it again with each.
//!
//! [`Search`] lives no day itself: it says which day to live next and hears what came of it,
//! so that a worker can live them one after the other, and a test all at once. Of each kind of
//! change it halves the values until the smallest one is found that keeps the goals with the
//! day's seed, then lives two more days with it, each with a seed of its own; where one of those
//! breaks a goal, the next value is taken.

use super::asked::asked_with;
use super::{Asked, Options};
use crate::catalog::date::Date;
use crate::lived::{Mend, Story};
use crate::model::hpa::TOLERANCE;
use crate::plan::{self, Change, Plan, UpSteps};
use crate::scenario::Scenario;
use crate::scenario::scaling::{self, PodSchedule};
use crate::simulation::Results;

/// Days that a change must mend.
const SEEDS: u32 = 3;
/// Targets of the queue that are tried, the gentlest first.
const QUEUE_TARGETS: [u32; 8] = [40, 30, 20, 10, 5, 3, 2, 1];
/// Windows for fewer pods that are tried, the shortest first; an HPA takes an hour at most.
const DOWN_WINDOWS_S: [u32; 4] = [600, 1_200, 1_800, 3_600];
/// Growth that is tried, the gentlest first: window and percent in a period; the last but one is
/// what an HPA without a behavior does.
const UP_STEPS: [(u32, u32, u32); 4] = [(30, 100, 60), (0, 100, 60), (0, 100, 15), (0, 400, 15)];
/// Longest waits that are tried, parts of the clients' timeout, the gentlest first.
const WAITS: [f64; 3] = [0.8, 0.5, 0.2];
/// Smallest target of requests in flight, of all slots.
const LEAST_IN_FLIGHT: f64 = 0.4;

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
        let lines = if before.is_kept {
            Vec::new()
        } else {
            lines(scenario, plan)
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
        let after = self.lived.into_iter().next()?;
        Some(Mend {
            change,
            more_pod_hours: after.pod_hours - before.pod_hours,
            after,
            late_ratio,
            unanswered_ratio,
            seeds: SEEDS,
        })
    }
}

/// The kinds of change, each with its values, the gentlest first.
fn lines(scenario: &Scenario, plan: &Plan) -> Vec<Line> {
    let kinds = [
        in_flight_targets(scenario),
        queue_targets(scenario),
        minima(plan),
        schedules(scenario, plan),
        longer_windows(scenario),
        faster_growth(scenario),
        fewer_tries(scenario),
    ];
    // A queue or a wait that is too short refuses more: none stands for the others of its kind.
    let alone = shorter_queues(scenario)
        .into_iter()
        .chain(shorter_waits(scenario))
        .map(|change| vec![change]);
    let kinds = kinds.into_iter().chain(alone);
    let kinds = kinds.filter(|changes| !changes.is_empty());
    kinds.map(Line::new).collect()
}

/// A fleet of this size waits for the requests.
fn minima(plan: &Plan) -> Vec<Change> {
    let gateway = &plan.gateway;
    let (from, most) = (gateway.instances_min, gateway.instances_max);
    let top = (2 * gateway.instances).max(from + 1);
    let change = |to| Change::HpaMinimum {
        from,
        maximum: (most < to).then_some((most, to)),
        to,
    };
    (from + 1..=top).map(change).collect()
}

/// Before and after the time in which more than the minimum is needed, minutes.
const AROUND_MIN: u32 = 30;
const DAY_MIN: u32 = 1_440;

/// A fleet of this size waits for the requests of the busy time of each day.
fn schedules(scenario: &Scenario, plan: &Plan) -> Vec<Change> {
    let gateway = &plan.gateway;
    let (least, most) = (gateway.instances_min, gateway.instances_max);
    let needed = &plan.day.instances;
    let is_busy = |pods: &u32| least < *pods;
    let minute = |sample: usize| u32::try_from(sample).unwrap_or(0) * 5;
    let begin = needed.iter().position(is_busy).map(minute);
    let end = needed.iter().rposition(is_busy).map(minute);
    let Some((begin, end)) = begin.zip(end) else {
        return Vec::new();
    };
    let from_min = begin.saturating_sub(AROUND_MIN);
    let end = (end + 5 + AROUND_MIN).min(DAY_MIN);
    // All day is a minimum. Beside another schedule this one could not be told apart.
    let all = &scenario.gateway.hpa.schedules.0;
    if DAY_MIN <= end - from_min || all.len() == scaling::MOST {
        return Vec::new();
    }
    let top = (2 * gateway.instances).max(least + 1);
    let change = |pods| {
        let added = PodSchedule {
            from_min,
            to_min: end % DAY_MIN,
            pods,
        };
        Change::Schedule {
            all: all.iter().copied().chain([added]).collect(),
            added,
            maximum_from: (most < pods).then_some(most),
        }
    };
    (least + 1..=top).map(change).collect()
}

fn queue_targets(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.hpa.queue_depth;
    let values = QUEUE_TARGETS.into_iter();
    let lower = values.filter(|to| from.is_none_or(|from| *to < from));
    lower
        .map(|to| match from {
            Some(from) => Change::QueueTarget { from, to },
            None => Change::QueueTargetAdded { to },
        })
        .collect()
}

/// Above a tenth below the slots it never acts.
fn in_flight_targets(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.hpa.in_flight;
    let slots = f64::from(scenario.gateway.concurrency);
    let [most, least] = [slots / (1.0 + TOLERANCE), slots * LEAST_IN_FLIGHT].map(|slots| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a number of slots"
        )]
        let whole = slots as u32;
        whole.max(1)
    });
    let lower = (least..=most)
        .rev()
        .filter(|to| from.is_none_or(|from| *to < from));
    lower
        .map(|to| Change::InFlightTarget { from, to })
        .collect()
}

/// What is not removed is not missed again.
fn longer_windows(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.hpa.down_window_s;
    let longer = DOWN_WINDOWS_S.into_iter().filter(|to| from < *to);
    longer.map(|to| Change::DownWindow { from, to }).collect()
}

/// What grows at once is there in time.
fn faster_growth(scenario: &Scenario) -> Vec<Change> {
    let hpa = &scenario.gateway.hpa;
    let from = UpSteps {
        window_s: hpa.up_window_s,
        percent: hpa.up_percent,
        period_s: hpa.up_period_s,
    };
    // Percent a second: the growth that a policy allows.
    let speed = |steps: &UpSteps| {
        let percent = f64::from(steps.percent.unwrap_or(0));
        percent / f64::from(steps.period_s.max(1))
    };
    let faster = UP_STEPS
        .into_iter()
        .map(|(window_s, percent, period_s)| UpSteps {
            window_s,
            percent: Some(percent),
            period_s,
        });
    let faster = faster
        .filter(|to| to.window_s <= from.window_s && speed(&from) <= speed(to) && *to != from);
    faster.map(|to| Change::UpSteps { from, to }).collect()
}

/// A call that is tried less often loads the providers less.
fn fewer_tries(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.retry.attempts;
    (1..from)
        .rev()
        .map(|to| Change::Attempts { from, to })
        .collect()
}

/// Who has waited that long is told so, and holds no slot for a client who has left.
fn shorter_waits(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.wait_most_s;
    let timeout_s = scenario.gateway.client_timeout_s;
    let shorter = WAITS.map(|part| libm::ceil(timeout_s * part));
    let shorter = shorter.into_iter().filter(|to| {
        let to = *to;
        to < timeout_s && from.is_none_or(|from| to < from)
    });
    shorter.map(|to| Change::MaxWait { from, to }).collect()
}

/// Whoever would wait too long is told at once.
fn shorter_queues(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.queue_max_size;
    let halves = std::iter::successors(Some(from / 2), |size| Some(size / 2));
    let sizes = halves.take_while(|size| 0 < *size).take(3);
    sizes.map(|to| Change::QueueSize { from, to }).collect()
}
