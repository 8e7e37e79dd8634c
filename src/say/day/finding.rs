//! Findings of a day: title, time, extent and cause.

use super::{above, late, pods, span, waits};
use crate::lived::{DayFinding, DayFindingKind, Facts, Held, Look, Stuck};
use crate::say::words;
use crate::scenario::number::grouped;
use crate::simulation::MetricName;

/// Title of a finding.
pub fn title(finding: &DayFinding) -> String {
    match &finding.kind {
        DayFindingKind::LateAutoscaler { .. } => "The autoscaler is late".to_owned(),
        DayFindingKind::CannotSee {
            metric,
            highest,
            out_of_reach,
            ..
        } => match metric {
            MetricName::Cpu if out_of_reach.is_some() => {
                "The CPU target is out of reach".to_owned()
            }
            MetricName::Cpu => "The CPU target cannot see this load".to_owned(),
            MetricName::QueueDepth if *highest <= 0.0 => "The queue target never acts".to_owned(),
            MetricName::QueueDepth if out_of_reach.is_some() => {
                "The queue target is out of reach".to_owned()
            }
            MetricName::QueueDepth => "The queue target acts too late".to_owned(),
            MetricName::InFlight => "The target of requests in flight is out of reach".to_owned(),
        },
        DayFindingKind::AtMaximum { .. } => "The HPA maximum is reached".to_owned(),
        DayFindingKind::GrowthHeld { why, .. } => match why {
            Held::Disabled => "The autoscaler may not add gateways".to_owned(),
            Held::Paused => "The autoscaler is paused".to_owned(),
            Held::Unseen => "The autoscaler does not see the load".to_owned(),
            Held::Unasked => "The autoscaler asks for no more gateways".to_owned(),
        },
        DayFindingKind::Flaps { .. } => "The fleet swings".to_owned(),
        DayFindingKind::HoldsTooMuch { .. } => "The autoscaler holds too much".to_owned(),
        DayFindingKind::ProviderRefuses {
            name,
            pods_from,
            pods_to,
            ..
        } if pods_from < pods_to => format!("{name} refuses while gateways grow"),
        DayFindingKind::ProviderRefuses { name, .. } => format!("{name} refuses calls"),
        DayFindingKind::HeldBack { name, .. } => format!("Gateways hold back calls to {name}"),
        DayFindingKind::ProviderFails { name, .. } => format!("{name} fails"),
        DayFindingKind::ProviderSlow { name, .. } => format!("{name} is slow"),
        DayFindingKind::PodsLost { .. } => "Lost gateways are not replaced in time".to_owned(),
        DayFindingKind::MetricsSilent { .. } => "The autoscaler has no metrics".to_owned(),
        DayFindingKind::MetricLost { .. } => "The autoscaler lacks a metric".to_owned(),
        DayFindingKind::NobodyThere { stuck, .. } => match stuck {
            Some(Stuck::Shares | Stuck::OwnPods) => "The fleet never comes back from no gateway",
            Some(Stuck::Unscheduled) => "No gateway is there outside the schedule",
            Some(Stuck::Off { .. }) => "The autoscaler is off at 0 replicas",
            None => "No gateway is ready",
        }
        .to_owned(),
        DayFindingKind::AnswersCut { .. } => "Gateways end before their answers".to_owned(),
        DayFindingKind::LongWaits { .. } => "Waits are longer than the goal".to_owned(),
        DayFindingKind::RetriesAmplify { .. } => "Retries amplify the load".to_owned(),
        DayFindingKind::AnswersUnheard { .. } => "Gateways answer clients who have left".to_owned(),
    }
}

/// Time, extent and cause of a finding.
pub fn message(finding: &DayFinding, facts: &Facts) -> String {
    let when = span(finding.from, finding.to, facts);
    let share = words::percent(finding.share_ratio);
    match &finding.kind {
        DayFindingKind::LateAutoscaler {
            pods_from,
            pods_to,
            minutes,
        } => format!(
            "{when}, {share} of the requests wait longer than {} or get no answer: {pods_from} → \
             {} takes {}.",
            late(facts),
            pods(*pods_to),
            minutes_of(*minutes)
        ),
        DayFindingKind::CannotSee {
            metric,
            highest,
            target,
            out_of_reach,
            waited,
        } => {
            let reach = (*highest, *target, *out_of_reach);
            blind(*metric, reach, *waited, (&when, &share))
        }
        DayFindingKind::AtMaximum { pods } => format!(
            "{when}, the autoscaler wants its maximum of {pods} for {share} of the time, and \
             requests still wait."
        ),
        DayFindingKind::Flaps { changes, turns } => format!(
            "{when}, the wanted number changes {} and reverses {}: gateways removed are soon \
             needed again. Meanwhile {share} of the requests wait too long or get no answer.",
            times(*changes),
            times(*turns)
        ),
        DayFindingKind::HoldsTooMuch { pod_hours } => format!(
            "{when} at the longest. {} above what the requests need, {share} of all.",
            above(*pod_hours)
        ),
        DayFindingKind::ProviderRefuses {
            rejected,
            pods_from,
            pods_to,
            ..
        } => refuses(*rejected, (*pods_from, *pods_to), &when, &share),
        DayFindingKind::HeldBack { held, .. } => format!(
            "{when}, gateways do not make {} calls ({share}): the limit that they count themselves \
             is reached. A higher limit, or another provider, takes them.",
            grouped(*held as f64)
        ),
        DayFindingKind::ProviderFails { failed, .. } => format!(
            "{when}, {} calls ({share}) end in an error or without an answer.",
            grouped(*failed as f64)
        ),
        DayFindingKind::PodsLost { pods: lost } => format!(
            "{when}, the Deployment still counts {} lost with a zone, and the autoscaler gets no \
             values from there: {share} of the requests meanwhile wait too long or get no answer.",
            pods(*lost)
        ),
        cause => of_cause(cause, &when, &share),
    }
}

/// Causes other than waiting.
fn of_cause(kind: &DayFindingKind, when: &str, share: &str) -> String {
    match kind {
        DayFindingKind::MetricsSilent { changes: 0 } => format!(
            "{when} none of its metrics can be read: the number of gateways stays as it is."
        ),
        DayFindingKind::MetricsSilent { .. } => format!(
            "{when} none of its metrics can be read: only a schedule or a fallback changes the \
             number of gateways."
        ),
        DayFindingKind::MetricLost {
            lost,
            left,
            has_fallback,
        } => lacks(lost, left, *has_fallback, when),
        DayFindingKind::GrowthHeld { why, pods: most } => {
            let why = match why {
                Held::Disabled => "its policy for growth is Disabled",
                Held::Paused => "KEDA is paused by an annotation",
                Held::Unseen => {
                    "the autoscaler follows a schedule at most; none of its metrics follows the \
                     requests"
                }
                Held::Unasked => "the autoscaler’s metrics ask for no more",
            };
            format!(
                "{when}, {share} of the requests wait too long or get no answer, and the fleet \
                 stays at {}: {why}.",
                pods(*most)
            )
        }
        DayFindingKind::ProviderSlow { times, .. } => format!(
            "{when}, its answers take {} as long, and slots are held for that time: {share} of the \
             requests meanwhile wait too long or get no answer.",
            times_of(*times)
        ),
        DayFindingKind::NobodyThere {
            times,
            failed,
            stuck,
        } => nobody_there((*times, *failed, *stuck), when, share),
        DayFindingKind::AnswersCut { cut, grace_s } => format!(
            "{when}, {} requests ({share}) end without an answer, since the gateways that are \
             removed or rolled out end {} s later, the whole of their grace period. A longer \
             terminationGracePeriodSeconds lets them finish.",
            grouped(*cut as f64),
            words::significant(*grace_s)
        ),
        DayFindingKind::LongWaits { wait_s, goal_s } => {
            format!(
                "{when} at the longest. On the whole day {}.",
                waits(*wait_s, *goal_s)
            )
        }
        DayFindingKind::RetriesAmplify {
            calls_each,
            sends_each,
        } => format!(
            "{when}, {}: {share} on top of the load.",
            amplified(*calls_each, *sends_each)
        ),
        DayFindingKind::AnswersUnheard { unheard } => format!(
            "{when}, {} requests get a slot after their client has left, {share} of all that get \
             one: the queue keeps answers nobody waits for.",
            grouped(*unheard as f64)
        ),
        _ => String::new(),
    }
}

/// Behavior of the autoscaler without some of its metrics.
fn lacks(lost: &[Look], left: &[Look], has_fallback: bool, when: &str) -> String {
    let names = |looks: &[Look]| {
        let each = looks.iter().map(|look| match look {
            Look::Of(MetricName::Cpu) => "the CPU",
            Look::Of(MetricName::QueueDepth) => "the depth of the queue",
            Look::Of(MetricName::InFlight) => "the requests in flight",
            Look::Load => "the load from outside the pods",
        });
        each.collect::<Vec<_>>().join(" and ")
    };
    let (missing, seen) = (names(lost), names(left));
    let then = if has_fallback {
        "the fallback of KEDA stands for that".to_owned()
    } else {
        format!("the autoscaler adds gateways for {seen} alone, and removes none")
    };
    format!("{when} {missing} cannot be read: {then}.")
}

fn refuses(rejected: u64, (from, to): (u32, u32), when: &str, share: &str) -> String {
    let more = if from < to {
        format!(" Gateways grow from {from} to {to}; its limit does not.")
    } else {
        String::new()
    };
    let rejected = grouped(rejected as f64);
    format!("{when}, it refuses {rejected} calls ({share}).{more}")
}

fn nobody_there(
    (often, failed, stuck): (usize, u64, Option<Stuck>),
    when: &str,
    share: &str,
) -> String {
    let worst = if 1 < often {
        format!(", the worst of {}", times(often))
    } else {
        String::new()
    };
    let why = match stuck {
        Some(Stuck::Off { pods_min }) => {
            return format!(
                "{when}, {share} of the requests fail, {} on the whole day: the Deployment has 0 \
                 replicas, and an autoscaler with a minimum of {pods_min} does nothing at 0. \
                 Replicas of {pods_min}, or none in the Deployment’s file, let it work.",
                grouped(failed as f64)
            );
        }
        Some(Stuck::Unscheduled) => {
            "nothing brings a gateway back before the next schedule, since no trigger looks at \
             requests outside of the gateway’s own pods. One that does, or a minimum of 1, brings \
             it back."
        }
        Some(Stuck::Shares) => {
            "the policies for growth allow a share of the pods, and a share of none is none. A \
             policy of pods, for example 1 in 15 s, lets the fleet come back."
        }
        Some(Stuck::OwnPods) => {
            "KEDA looks at the requests of the gateway’s own pods, and there is none to look at. A \
             trigger from outside, or a minimum of 1, lets the fleet come back."
        }
        None => "a Service holds none until a pod is ready.",
    };
    format!(
        "{when}{worst}, {share} of the requests fail, {} on the whole day: {why}",
        grouped(failed as f64)
    )
}

/// Amplification by calls, by sends, or by both.
fn amplified(calls_each: f64, sends_each: f64) -> String {
    let calls = format!(
        "each request makes {} calls",
        words::significant(calls_each)
    );
    let sends = format!("each question is sent {}", times_of(sends_each));
    match (1.01 <= calls_each, 1.01 <= sends_each) {
        (true, false) => calls,
        (false, true) => sends,
        _ => format!("{calls} and {sends}"),
    }
}

fn blind(
    metric: MetricName,
    (most, target, out_of_reach): (f64, f64, Option<u32>),
    waited: u64,
    (when, share): (&str, &str),
) -> String {
    let target_percent = target;
    let (highest, target, acts) = (
        words::significant(most),
        words::significant(target),
        words::significant(libm::round(target * 110.0) / 100.0),
    );
    match metric {
        MetricName::QueueDepth if most <= 0.0 && 0 < waited => format!(
            "{when}, it reads an empty queue each time, although {} requests leave while they wait \
             or start too late: a queue that fills and empties between two readings never moves \
             the target.",
            grouped(waited as f64)
        ),
        MetricName::QueueDepth if most <= 0.0 => format!(
            "{when}, nobody waits in any gateway: what does not start at once is turned away, and \
             a target of the queue never acts."
        ),
        MetricName::Cpu if let Some(slots) = out_of_reach => format!(
            "{when}, it reports {highest} % at most, of a target of {target} %: the {slots} slots \
             of a gateway are full before its CPU comes to the target."
        ),
        MetricName::Cpu if target_percent * 0.25 <= most => format!(
            "{when}, it reports {highest} % at most, of a target of {target} %: requests that wait \
             for a provider take slots, and little CPU."
        ),
        MetricName::Cpu => format!(
            "{when}, it reports {highest} % at most, of a target of {target} %: a gateway that \
             waits for a provider uses almost no CPU."
        ),
        MetricName::QueueDepth if let Some(held) = out_of_reach => format!(
            "{when}, it never acts: it needs more than {acts} waiting requests per gateway, and a \
             queue holds {held}."
        ),
        MetricName::QueueDepth => format!(
            "{when}, the mean queue per gateway is {acts} or shorter for {share} of the time, \
             {highest} at most: the target acts only once clients have waited too long or were \
             turned away."
        ),
        MetricName::InFlight => format!(
            "{when}, each gateway holds {acts} requests or fewer on average for {share} of the \
             time, {highest} at most: a target of more than about 90 % of the slots never acts."
        ),
    }
}

fn minutes_of(minutes: f64) -> String {
    let whole = libm::round(minutes);
    if whole < 1.0 {
        return "less than a minute".to_owned();
    }
    let noun = if (whole - 1.0).abs() < 0.5 {
        "minute"
    } else {
        "minutes"
    };
    format!("{} {noun}", words::significant(whole))
}

fn times(count: usize) -> String {
    times_of(count as f64)
}

fn times_of(count: f64) -> String {
    let noun = if (count - 1.0).abs() < 1e-9 {
        "time"
    } else {
        "times"
    };
    format!("{} {noun}", words::significant(count))
}
