//! The changes that are tried to mend a day, each kind with its values.

use super::Options;
use super::time::small;
use crate::model::hpa::TOLERANCE;
use crate::model::upstream::failed_ratio;
use crate::plan::{Change, Plan, UpSteps};
use crate::scenario::Scenario;
use crate::scenario::happening::HappeningKind;
use crate::scenario::property::{ATTEMPTS, HPA_MIN};
use crate::scenario::scaling::{self, PodSchedule};

/// Targets of the queue that are tried, the gentlest first.
const QUEUE_TARGETS: [u32; 8] = [40, 30, 20, 10, 5, 3, 2, 1];
/// Windows for fewer pods that are tried, the shortest first; an HPA takes an hour at most.
const DOWN_WINDOWS_S: [u32; 4] = [600, 1_200, 1_800, 3_600];
/// Growth that is tried, the gentlest first: window and percent in a period; the last but one is
/// what an HPA without a behavior does.
const UP_STEPS: [(u32, u32, u32); 4] = [(30, 100, 60), (0, 100, 60), (0, 100, 15), (0, 400, 15)];
/// Longest waits that are tried, parts of the clients' timeout, the gentlest first.
const WAITS: [f64; 3] = [0.8, 0.5, 0.2];
/// Part of the goal that the most tries leave without an answer.
const FAR_FEWER: f64 = 4.0;
/// Smallest target of requests in flight, of all slots.
const LEAST_IN_FLIGHT: f64 = 0.4;

/// The kinds of change, each with its values, the gentlest first; those that cost fewest pod-hours
/// go first.
pub(super) fn changes(
    scenario: &Scenario,
    plan: &Plan,
    needed: &[u32],
    options: &Options,
) -> Vec<Vec<Change>> {
    let kinds = [
        in_flight_targets(scenario),
        queue_targets(scenario),
        faster_growth(scenario),
        more_tries(scenario, options),
        fewer_tries(scenario),
    ];
    // A queue or a wait that is too short refuses more: none stands for the others of its kind.
    let alone = shorter_queues(scenario)
        .into_iter()
        .chain(shorter_waits(scenario))
        .map(|change| vec![change]);
    let more_pods = [
        schedules(scenario, plan, needed),
        longer_windows(scenario),
        minima(plan, needed),
    ];
    let kinds = kinds.into_iter().chain(alone).chain(more_pods);
    kinds.filter(|changes| !changes.is_empty()).collect()
}

/// Times the need of the plan, or of the busiest time of the day, that a fleet is tried.
const TOP: u32 = 4;

/// The largest fleet that is tried; the maximum that is set, if that is more.
fn top(plan: &Plan, needed: &[u32]) -> u32 {
    let gateway = &plan.gateway;
    let most = needed.iter().copied().max().unwrap_or(0);
    let enough = gateway.instances.max(most).saturating_mul(TOP);
    let allowed = HPA_MIN.high;
    let most = enough.max(gateway.instances_max);
    most.max(gateway.instances_min + 1).min(small(allowed))
}

/// A fleet of this size waits for the requests.
fn minima(plan: &Plan, needed: &[u32]) -> Vec<Change> {
    let gateway = &plan.gateway;
    let (from, most) = (gateway.instances_min, gateway.instances_max);
    let top = top(plan, needed);
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
fn schedules(scenario: &Scenario, plan: &Plan, needed: &[u32]) -> Vec<Change> {
    let gateway = &plan.gateway;
    let (least, most) = (gateway.instances_min, gateway.instances_max);
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
    let top = top(plan, needed);
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

/// A call that fails by chance is answered by a further one.
fn more_tries(scenario: &Scenario, options: &Options) -> Vec<Change> {
    let retry = &scenario.gateway.retry;
    let mut happenings = options.happenings.iter();
    let fails = happenings.any(|each| each.kind == HappeningKind::ProviderFails);
    if retry.failure_percent <= 0.0 && !fails {
        return Vec::new();
    }
    let from = retry.attempts;
    // Where tries fail independently, so many leave far fewer without an answer than the goal
    // allows; beyond that they only hold slots for longer.
    let failing = retry.failure_percent / 100.0;
    let allowed = scenario.day.goals.unanswered_percent / 100.0 / FAR_FEWER;
    let is_enough = |tries: &u32| failed_ratio(failing, *tries) <= allowed;
    let most = small(ATTEMPTS.high);
    let enough = (from + 2..=most).find(is_enough).unwrap_or(most);
    (from + 1..=enough)
        .map(|to| Change::Attempts { from, to })
        .collect()
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
