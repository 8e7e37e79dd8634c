//! Candidate changes to mend a day, by kind.

use super::Options;
use super::time::small;
use crate::model::hpa::TOLERANCE;
use crate::model::upstream::failed_ratio;
use crate::plan::{Change, Plan, UpSteps};
use crate::scenario::Scenario;
use crate::scenario::happening::HappeningKind;
use crate::scenario::property::{ATTEMPTS, HPA_MIN};
use crate::scenario::scaling::{self, PodSchedule};

/// Candidate queue targets, the gentlest first.
const QUEUE_TARGETS: [u32; 8] = [40, 30, 20, 10, 5, 3, 2, 1];
/// Candidate scale-down windows, the shortest first; an HPA takes an hour at most.
const DOWN_WINDOWS_S: [u32; 4] = [600, 1_200, 1_800, 3_600];
/// Candidate scale-up policies, the gentlest first: window in seconds, percent, and period in
/// seconds. The last but one is the default of an HPA.
const UP_STEPS: [(u32, u32, u32); 4] = [(30, 100, 60), (0, 100, 60), (0, 100, 15), (0, 400, 15)];
/// Candidate maximum waits, as parts of the clients' timeout, the gentlest first.
const WAITS: [f64; 3] = [0.8, 0.5, 0.2];
/// Factor below the goal that the highest number of attempts aims at.
const FAR_FEWER: f64 = 4.0;
/// Smallest in-flight target, as a part of all slots.
const LEAST_IN_FLIGHT: f64 = 0.4;

/// Candidate changes by kind, the gentlest value first; kinds that cost the fewest pod-hours come
/// first.
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
    // A queue or a wait that is too short refuses more, so each value is a line of its own.
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

/// Largest candidate fleet, as a multiple of the need of the plan or of the day's busiest time.
const TOP: u32 = 4;

/// Largest candidate fleet; the configured maximum if that is larger.
fn top(plan: &Plan, needed: &[u32]) -> u32 {
    let gateway = &plan.gateway;
    let most = needed.iter().copied().max().unwrap_or(0);
    let enough = gateway.instances.max(most).saturating_mul(TOP);
    let allowed = HPA_MIN.high;
    let most = enough.max(gateway.instances_max);
    most.max(gateway.instances_min + 1).min(small(allowed))
}

/// HPA minimum raised one pod at a time, up to `top`.
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

/// Margin around the time that needs more than the minimum, minutes.
const AROUND_MIN: u32 = 30;
const DAY_MIN: u32 = 1_440;

/// A daily schedule around the busy period, one pod more each.
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
    // A schedule of the whole day is a minimum; a full list takes no further schedule.
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
    let lower = values.filter(|to| from.is_none_or(|from| f64::from(*to) < from));
    lower
        .map(|to| match from {
            Some(from) => Change::QueueTarget { from, to },
            None => Change::QueueTargetAdded { to },
        })
        .collect()
}

/// In-flight targets. A target within the HPA tolerance of the slot count never triggers.
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
        .filter(|to| from.is_none_or(|from| f64::from(*to) < from));
    lower
        .map(|to| Change::InFlightTarget { from, to })
        .collect()
}

/// Longer scale-down windows.
fn longer_windows(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.hpa.down_window_s;
    let longer = DOWN_WINDOWS_S.into_iter().filter(|to| from < *to);
    longer.map(|to| Change::DownWindow { from, to }).collect()
}

/// Faster scale-up policies.
fn faster_growth(scenario: &Scenario) -> Vec<Change> {
    let hpa = &scenario.gateway.hpa;
    let from = UpSteps {
        window_s: hpa.up_window_s,
        percent: hpa.up_percent,
        period_s: hpa.up_period_s,
    };
    // Growth that a policy allows, percent per second.
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

/// More attempts, where calls fail at random or a provider fails.
fn more_tries(scenario: &Scenario, options: &Options) -> Vec<Change> {
    let retry = &scenario.gateway.retry;
    let mut happenings = options.happenings.iter();
    let fails = happenings.any(|each| each.kind == HappeningKind::ProviderFails);
    if retry.failure_percent <= 0.0 && !fails {
        return Vec::new();
    }
    let from = retry.attempts;
    // If attempts fail independently, this number leaves far fewer requests unanswered than the
    // goal allows; more attempts would only hold slots for longer.
    let failing = retry.failure_percent / 100.0;
    let allowed = scenario.day.goals.unanswered_percent / 100.0 / FAR_FEWER;
    let is_enough = |tries: &u32| failed_ratio(failing, *tries) <= allowed;
    let most = small(ATTEMPTS.high);
    let enough = (from + 2..=most).find(is_enough).unwrap_or(most);
    (from + 1..=enough)
        .map(|to| Change::Attempts { from, to })
        .collect()
}

/// Fewer attempts, which load the providers less.
fn fewer_tries(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.retry.attempts;
    (1..from)
        .rev()
        .map(|to| Change::Attempts { from, to })
        .collect()
}

/// Shorter maximum waits in the queue.
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

/// Shorter queues: the current size halved up to three times.
fn shorter_queues(scenario: &Scenario) -> Vec<Change> {
    let from = scenario.gateway.queue_max_size;
    let halves = std::iter::successors(Some(from / 2), |size| Some(size / 2));
    let sizes = halves.take_while(|size| 0 < *size).take(3);
    sizes.map(|to| Change::QueueSize { from, to }).collect()
}
