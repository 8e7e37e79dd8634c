//! Changes to the gateways and their queue.

use super::change::{Change, Fix};
use super::effect::Effect;
use super::holds::holds_free;
use super::seen;
use super::trial::with_gateway;
use crate::model::fleet::whole;
use crate::model::limit::{holds as is_held, whole_need};
use crate::model::search::least;
use crate::model::upstream::failed_ratio;
use crate::plan::chapters::chapters;
use crate::plan::patience::{PATIENT_SHARE, answered_within_s};
use crate::plan::queueing::lost;
use crate::plan::{
    Chapters, Failures, Finding, GatewayPlan, ProviderLimit, QueuePlan, RuleId, SlotsLoss, Stuck,
    StuckBy, Undrilled, Unserved, ZoneDrill,
};
use crate::scenario::{Gateway, Provider, Scenario, Scope, property};

/// Fixes for the autoscaler: more pods, or more slots per pod if slots decide.
pub(super) fn for_autoscaler(scenario: &Scenario, before: &Chapters) -> Vec<Fix> {
    let gateway = &before.gateway;
    let more = gateway
        .planned_max
        .max(whole(f64::from(gateway.instances_max) * 1.5))
        .min(whole(property::HPA_MAX.high));
    let mut wanted = Vec::new();
    if gateway.instances_max < more {
        let change = Change::HpaMaximum {
            from: gateway.instances_max,
            to: more,
        };
        wanted.push((change, with_pods(scenario, None, Some(more))));
    }
    let slots = scenario.gateway.concurrency;
    let more_slots = slots_for_rest(gateway);
    if is_by_slots(gateway.decided_by) && slots < more_slots {
        let change = Change::Concurrency {
            from: slots,
            to: more_slots,
        };
        let mut changed = scenario.gateway.clone();
        changed.concurrency = more_slots;
        wanted.push((change, changed));
    }
    wanted
        .into_iter()
        .map(|(change, changed)| Fix {
            change,
            effect: fleet(scenario, before, &changed),
        })
        .collect()
}

/// Effect of another fleet.
fn fleet(scenario: &Scenario, before: &Chapters, changed: &Gateway) -> Effect {
    let (instances, holds, more_usd) = with_gateway(scenario, before, changed);
    let (old, new) = (before.first_scale(), before.first_scale_with_fleet(holds));
    let most = changed.hpa.replicas_max.unwrap_or(u32::MAX);
    let fewest = before.gateway.instances_min;
    Effect::Fleet {
        holds,
        first_moves_to: holds_free(old, new, None).first_moves_to,
        instances: instances.min(most).max(fewest),
        more_usd,
    }
}

/// The gateways with other bounds of the autoscaler.
fn with_pods(scenario: &Scenario, minimum: Option<u32>, maximum: Option<u32>) -> Gateway {
    let mut changed = scenario.gateway.clone();
    changed.hpa.replicas_min = minimum.or(changed.hpa.replicas_min);
    changed.hpa.replicas_max = maximum.or(changed.hpa.replicas_max);
    changed
}

/// Raises all changes of the autoscaler's maximum to the highest of them, so that they do not undo
/// each other.
pub(super) fn agree(scenario: &Scenario, before: &Chapters, findings: &mut [Finding]) {
    // A limit divided over the pods shrinks with each additional pod.
    let is_divided = |row: &Provider| row.scope == Scope::Divided;
    let raised = |change: &Change| match change {
        Change::HpaMaximum { from, to } if from < to => Some(*to),
        Change::HpaMinimum { maximum, .. } => maximum.map(|(_, to)| to),
        _ => None,
    };
    let all = || findings.iter().flat_map(|found| &found.fixes);
    let Some(most) = all().filter_map(|fix| raised(&fix.change)).max() else {
        return;
    };
    if scenario.providers.iter().any(is_divided) {
        return;
    }
    let fixes = findings.iter_mut().flat_map(|found| &mut found.fixes);
    for fix in fixes.filter(|fix| raised(&fix.change).is_some_and(|to| to < most)) {
        match &mut fix.change {
            Change::HpaMaximum { to, .. } => {
                *to = most;
                fix.effect = fleet(scenario, before, &with_pods(scenario, None, Some(most)));
            }
            Change::HpaMinimum { maximum, to, .. } => {
                *maximum = maximum.map(|(from, _)| (from, most));
                let changed = with_pods(scenario, Some(*to), Some(most));
                let (_, _, more_usd) = with_gateway(scenario, before, &changed);
                fix.effect.set_more_usd(more_usd);
            }
            _ => {}
        }
    }
}

/// Whether more slots change what a rule asks for.
fn is_by_slots(rule: RuleId) -> bool {
    matches!(rule, RuleId::Concurrency | RuleId::SlotsAndThroughput)
}

/// Slots per gateway at which slots no longer decide the size of the fleet.
fn slots_for_rest(gateway: &GatewayPlan) -> u32 {
    let others = gateway
        .rules
        .iter()
        .filter(|rule| !is_by_slots(rule.id) && rule.id != RuleId::WaitTarget)
        .map(|rule| rule.instances);
    let rest = f64::from(others.max().unwrap_or(2).max(1));
    let held = gateway.sizing_rps * gateway.time_in_flight_s;
    // A multiple of eight, as is usual for such settings.
    let slots = whole_need(held / rest / 8.0) * 8.0;
    whole(slots.min(property::CONCURRENCY.high))
}

/// Fixes for the queue: a length, and a target for the autoscaler, that keep the stated wait.
pub(super) fn for_queue(scenario: &Scenario, queue: &QueuePlan) -> Vec<Fix> {
    let wait_s = queue.stated_wait_s;
    // If an answer alone exceeds the clients' patience, no queue is short enough.
    if wait_s <= 0.0 {
        return Vec::new();
    }
    let size = scenario.gateway.queue_max_size;
    let target = scenario.gateway.hpa.queue_depth;
    // Random arrivals exceed their mean by about the root of the slots: a shorter queue refuses
    // requests although slots become free a moment later.
    let fewest = whole(f64::from(scenario.gateway.concurrency).sqrt()).max(1);
    let shorter = queue.size_for_wait.filter(|n| (fewest..size).contains(n));
    let lower = target.and_then(|target| {
        let better = queue.hpa_target_for_wait;
        Some((target, better.filter(|n| 0 < *n && f64::from(*n) < target)?))
    });
    let queue_fix = shorter.map(|to| Fix {
        change: Change::QueueSize { from: size, to },
        effect: Effect::WaitKept { wait_s },
    });
    let target_fix = lower.map(|(from, to)| Fix {
        change: Change::QueueTarget { from, to },
        effect: Effect::ScalesInTime { wait_s },
    });
    queue_fix.into_iter().chain(target_fix).collect()
}

/// Fix for a zone loss: pods that carry the peak with one zone less.
pub(super) fn for_zone(scenario: &Scenario, before: &Chapters, drill: &ZoneDrill) -> Option<Fix> {
    let (change, more_usd) = at_least(scenario, before, drill.pods_for_peak)?;
    let is_divided = |row: &Provider| row.scope == Scope::Divided;
    let is_sure = !scenario.providers.iter().any(is_divided);
    let effect = Effect::ZoneCarried { more_usd };
    (is_sure || seen::carries_zone_loss(scenario, &change)).then_some(Fix { change, effect })
}

/// Fix for the slots: pods that hold the load which the others take over.
pub(super) fn for_slots(scenario: &Scenario, before: &Chapters, loss: &SlotsLoss) -> Option<Fix> {
    let pods = whole(loss.held / f64::from(scenario.gateway.concurrency));
    let (change, more_usd) = at_least(scenario, before, pods)?;
    let effect = Effect::LossHeld { more_usd };
    Some(Fix { change, effect })
}

/// Fix for unserved requests: the minimum pods that keep the goal at the peak.
pub(super) fn for_unserved(
    scenario: &Scenario,
    before: &Chapters,
    unserved: &Unserved,
) -> Option<Fix> {
    let queue = &before.queue;
    let asked = (scenario, &before.demand, &before.gateway);
    let keeps = |pods: u32| {
        let lost = lost(asked, pods, queue.longest_wait_s);
        lost.is_some_and(|lost| lost.ratio() <= unserved.goal_ratio)
    };
    let most = whole(property::HPA_MIN.high);
    let pods = least(queue.running, (queue.running, most), keeps)?;
    let (change, more_usd) = at_least(scenario, before, pods)?;
    let effect = Effect::PeakServed {
        ratio: unserved.goal_ratio,
        more_usd,
    };
    Some(Fix { change, effect })
}

/// Fix for a limit counted per pod: enough gateways to pass the peak; for a limit divided over
/// them, as few as run.
pub(super) fn for_counted_by_pods(
    scenario: &Scenario,
    before: &Chapters,
    limit: &ProviderLimit,
) -> Option<Fix> {
    // With the pods of today's peak.
    let (row, scale) = (limit.row, 1.0 / limit.used.state.ratio()?);
    if is_held(scale) {
        return None;
    }
    let gateway = &before.gateway;
    let running = gateway.running();
    let change = match limit.used.scope {
        Scope::Gateway => at_least(scenario, before, whole(f64::from(running) / scale))?.0,
        Scope::Divided if running < gateway.instances_max => Change::HpaMaximum {
            from: gateway.instances_max,
            to: running,
        },
        Scope::Divided | Scope::Provider => return None,
    };
    seen::holding(scenario, before, change, row)
}

/// A higher minimum of pods, with its cost; `None` if that many already run.
fn at_least(scenario: &Scenario, before: &Chapters, pods: u32) -> Option<(Change, f64)> {
    let gateway = &before.gateway;
    if pods <= gateway.instances_min || property::HPA_MIN.high < f64::from(pods) {
        return None;
    }
    let maximum = (gateway.instances_max < pods).then_some((gateway.instances_max, pods));
    let changed = with_pods(scenario, Some(pods), maximum.map(|(_, to)| to));
    let (_, _, more_usd) = with_gateway(scenario, before, &changed);
    let change = Change::HpaMinimum {
        from: gateway.instances_min,
        to: pods,
        maximum,
    };
    Some((change, more_usd))
}

/// Fixes for a stuck autoscaler: a target within reach, and a minimum of gateways for the peak, or
/// of one from which percentage policies grow.
pub(super) fn for_stuck(scenario: &Scenario, before: &Chapters, stuck: &Stuck) -> Vec<Fix> {
    let hpa = &scenario.gateway.hpa;
    let (in_flight, queue) = stuck.by.reached();
    let in_flight = in_flight.map(|to| Change::InFlightTarget {
        from: hpa.in_flight,
        to,
    });
    let queue = hpa.queue_depth.zip(queue);
    let queue = queue.map(|(from, to)| Change::QueueTarget { from, to });
    let reach = in_flight.or(queue).map(|change| Fix {
        change,
        effect: Effect::ActsInTime,
    });
    let pods = match stuck.by {
        StuckBy::PercentOfNothing => 1,
        _ => stuck.needed,
    };
    let always = at_least(scenario, before, pods).map(|(change, more_usd)| Fix {
        change,
        effect: Effect::AlwaysThere { pods, more_usd },
    });
    reach.into_iter().chain(always).collect()
}

/// Additional share of late answers from which a fix tells them.
const LATE_TOLD: f64 = 0.001;

/// Fix for late answers: a timeout that 99 % of answers keep.
pub(super) fn for_answers(scenario: &Scenario, before: &Chapters) -> Option<Fix> {
    // In overload, more patience only lengthens the queue.
    if 0.0 < before.queue.backlog_per_minute {
        return None;
    }
    let patience = &before.patience;
    // Where 99 % are in time already, the late ones need more than any common timeout.
    if patience.over_ratio <= PATIENT_SHARE {
        return None;
    }
    let providers = &before.providers[..];
    let most_s = property::CLIENT_TIMEOUT.high;
    let held = (&before.gateway, &before.queue);
    let to = answered_within_s(scenario, &before.demand, providers, held, most_s)?;
    Some(Fix {
        change: Change::Timeout {
            from: patience.timeout_s,
            to,
        },
        effect: Effect::AnswersInTime,
    })
}

/// Fix for failures: attempts that keep them within the goal, or as many as leave the fewest
/// requests without an answer in time.
pub(super) fn for_failures(
    scenario: &Scenario,
    before: &Chapters,
    failures: &Failures,
) -> Option<Fix> {
    let from = failures.attempts;
    let failed = |attempts: u32| {
        failed_ratio(failures.failure_ratio, attempts) * before.patience.direct_ratio
    };
    let all = whole(property::ATTEMPTS.high);
    let mut more = from + 1..=all;
    let goal = more.find(|attempts| failed(*attempts) <= failures.goal_ratio);
    let most = goal.unwrap_or(all);
    // Repeated tries take time, so that clients give up on some of the answers.
    let late = |after: &Chapters| after.patience.over_ratio;
    let missing = |attempts: u32, after: &Chapters| {
        let failed = failed(attempts);
        failed + (1.0 - failed) * late(after)
    };
    let mut best = (missing(from, before), None);
    for to in from + 1..=most {
        let mut changed = scenario.clone();
        changed.gateway.retry.attempts = to;
        let after = chapters::<Undrilled>(&changed);
        let missing = missing(to, &after);
        if missing < best.0 {
            let more_usd = after.cost.per_month_usd - before.cost.per_month_usd;
            best = (missing, Some((to, late(&after), more_usd)));
        }
    }
    let (to, late_ratio, more_usd) = best.1?;
    Some(Fix {
        change: Change::Attempts { from, to },
        effect: Effect::Answered {
            failed_ratio: failed(to),
            late_ratio: Some(late_ratio).filter(|ratio| late(before) + LATE_TOLD < *ratio),
            more_usd,
        },
    })
}
