//! The day that was lived: the sentence that tells it, its findings, and the changes that mend it.

use crate::lived::{DayFinding, DayFindingKind, Facts, Mend, Story, Stretch, Stuck};
use crate::plan::Change;
use crate::say::{fix, words};
use crate::scenario::happening::{Happening, HappeningKind};
use crate::scenario::number::grouped;
use crate::simulation::MetricName;

pub use words::clock;

/// The time of a bucket's beginning.
fn time(bucket: usize, facts: &Facts) -> String {
    clock(bucket * usize::try_from(facts.bucket_ms).unwrap_or(0) / 60_000)
}

pub(super) fn span(from: usize, to: usize, facts: &Facts) -> String {
    format!("From {} to {}", time(from, facts), time(to, facts))
}

pub(super) fn pods(count: u32) -> String {
    words::counted(count, "gateway")
}

/// What happened, in a sentence or two.
pub fn sentence(story: &Story, facts: &Facts) -> String {
    if story.offered == 0 {
        return "No request arrives on this day.".to_owned();
    }
    let fleet = fleet(story);
    let offered = grouped(story.offered as f64);
    if story.late_ratio == 0.0 && story.unanswered_ratio == 0.0 {
        // The last ones of the day may still be under way.
        let answered = match story.open {
            0 if story.offered == 1 => "The only request is answered".to_owned(),
            0 => format!("All {offered} requests are answered"),
            1 => format!("All but the last of {offered} requests are answered by midnight"),
            open => format!(
                "All but the last {} of {offered} requests are answered by midnight",
                grouped(open as f64)
            ),
        };
        return format!(
            "{answered}, and none waits longer than {}{}. {fleet}.",
            late(facts),
            long_wait(story, facts)
        );
    }
    let whole = [
        shares(story.late_ratio, story.unanswered_ratio, facts),
        long_wait(story, facts),
    ]
    .concat();
    if let Some(worst) = &story.worst {
        return format!(
            "{}. Over the whole day {whole}. {fleet}.",
            trouble(worst, facts)
        );
    }
    let requests = words::several(&offered, "request");
    format!("Of {requests}, {whole}, never many at once. {fleet}.")
}

/// The wait that 99 of 100 stay within, where it breaks the goal.
pub(super) fn long_wait(story: &Story, facts: &Facts) -> String {
    let broken = story.long_wait_s(&facts.goals).zip(facts.goals.wait_p99_s);
    broken.map_or_else(String::new, |(wait_s, goal_s)| {
        [", and ", &waits(wait_s, goal_s)].concat()
    })
}

fn waits(wait_s: f64, goal_s: f64) -> String {
    let (wait, goal) = (words::seconds(wait_s), words::seconds(goal_s));
    format!("the wait that 99 of 100 stay within is {wait}, above the goal of {goal}")
}

/// When the worst is, and how bad.
pub(super) fn trouble(worst: &Stretch, facts: &Facts) -> String {
    format!(
        "{}, {}",
        span(worst.from, worst.to, facts),
        shares(worst.late_ratio, worst.unanswered_ratio, facts),
    )
}

/// The files or the events allow no day.
pub fn refused(why: &str) -> String {
    format!("This day cannot be simulated. {why}.")
}

/// What clients wait for.
pub(super) fn late(facts: &Facts) -> String {
    words::seconds(facts.late_ms as f64 / 1e3)
}

fn shares(late_ratio: f64, unanswered_ratio: f64, facts: &Facts) -> String {
    let late = (0.0 < late_ratio).then(|| {
        let share = words::percent(late_ratio);
        format!("{share} wait longer than {}", late(facts))
    });
    let unanswered =
        (0.0 < unanswered_ratio).then(|| words::percent(unanswered_ratio) + " get no answer");
    match [late, unanswered] {
        [Some(late), Some(unanswered)] => format!("{late} and {unanswered}"),
        [Some(one), None] | [None, Some(one)] => one,
        [None, None] => "all are answered in time".to_owned(),
    }
}

/// `1 pod-hour`, `48 pod-hours`.
fn hours(pod_hours: f64) -> String {
    words::several(&words::significant(libm::round(pod_hours)), "pod-hour")
}

/// `1 pod-hour is`, `48 pod-hours are`.
fn above(pod_hours: f64) -> String {
    let is_one = (libm::round(pod_hours) - 1.0).abs() < 0.5;
    hours(pod_hours) + if is_one { " is" } else { " are" }
}

fn fleet(story: &Story) -> String {
    let hours = hours(story.pod_hours);
    if story.pods_least == story.pods_most {
        return format!("{} all day, {hours}", pods(story.pods_most));
    }
    let changes = u32::try_from(story.changes).unwrap_or(u32::MAX);
    format!(
        "{} to {}, {hours}, {}",
        story.pods_least,
        pods(story.pods_most),
        words::counted(changes, "scale change")
    )
}

/// Whether the goals are kept, in two words.
pub fn status(story: &Story) -> &'static str {
    if story.is_kept {
        "Goals kept"
    } else {
        "Goals broken"
    }
}

/// The worst time, as it is spoken.
pub fn worst(worst: &Stretch, facts: &Facts) -> String {
    span(worst.from, worst.to, facts)
}

/// The name of a finding.
pub fn title(finding: &DayFinding) -> String {
    match &finding.kind {
        DayFindingKind::LateAutoscaler { .. } => "The autoscaler is late".to_owned(),
        DayFindingKind::CannotSee {
            metric, highest, ..
        } => match metric {
            MetricName::Cpu => "The CPU target cannot see this load".to_owned(),
            MetricName::QueueDepth if *highest <= 0.0 => "The queue target never acts".to_owned(),
            MetricName::QueueDepth => "The queue target acts too late".to_owned(),
            MetricName::InFlight => "The target of requests in flight is out of reach".to_owned(),
        },
        DayFindingKind::AtMaximum { .. } => "The HPA maximum is reached".to_owned(),
        DayFindingKind::Flaps { .. } => "The fleet swings".to_owned(),
        DayFindingKind::HoldsTooMuch { .. } => "The autoscaler holds too much".to_owned(),
        DayFindingKind::ProviderRefuses {
            name,
            pods_from,
            pods_to,
            ..
        } if pods_from < pods_to => format!("{name} refuses while gateways grow"),
        DayFindingKind::ProviderRefuses { name, .. } => format!("{name} refuses calls"),
        DayFindingKind::ProviderFails { name, .. } => format!("{name} fails"),
        DayFindingKind::PodsLost { .. } => "Lost gateways are not replaced in time".to_owned(),
        DayFindingKind::MetricsSilent { .. } => "The autoscaler has no metrics".to_owned(),
        DayFindingKind::NobodyThere { stuck: Some(_), .. } => {
            "The fleet never comes back from no gateway".to_owned()
        }
        DayFindingKind::NobodyThere { .. } => "No gateway is ready".to_owned(),
        DayFindingKind::LongWaits { .. } => "Waits are longer than the goal".to_owned(),
        DayFindingKind::RetriesAmplify { .. } => "Retries amplify the load".to_owned(),
        DayFindingKind::AnswersUnheard { .. } => "Gateways answer clients who have left".to_owned(),
    }
}

/// When, how much and why.
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
        } => blind(*metric, (*highest, *target), &when, &share),
        DayFindingKind::AtMaximum { pods } => format!(
            "{when}, the autoscaler wants its maximum of {pods} for {share} of the time, and \
             requests still wait."
        ),
        DayFindingKind::Flaps { changes, turns } => format!(
            "{when}, the wanted number changes {} and turns back {}: what is removed is missed \
             again. Meanwhile {share} of the requests wait too long or get no answer.",
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
        DayFindingKind::ProviderFails { failed, .. } => format!(
            "{when}, {} calls, {share} of its calls, end in an error or without an answer.",
            grouped(*failed as f64)
        ),
        DayFindingKind::PodsLost { pods: lost } => format!(
            "{when}, the Deployment still counts {} lost with a zone, and the autoscaler gets no \
             values from there: {share} of the requests meanwhile wait too long or get no answer.",
            pods(*lost)
        ),
        DayFindingKind::MetricsSilent { changes: 0 } => format!(
            "{when} none of its metrics can be read: the number of gateways stays as it is."
        ),
        DayFindingKind::MetricsSilent { .. } => format!(
            "{when} none of its metrics can be read: only a schedule or a fallback changes the \
             number of gateways."
        ),
        DayFindingKind::NobodyThere {
            times,
            failed,
            stuck,
        } => nobody_there((*times, *failed, *stuck), &when, &share),
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
    }
}

fn refuses(rejected: u64, (from, to): (u32, u32), when: &str, share: &str) -> String {
    let more = if from < to {
        format!(" Gateways grow from {from} to {to}; its limit does not.")
    } else {
        String::new()
    };
    let rejected = grouped(rejected as f64);
    format!("{when}, {rejected} calls, {share} of its calls, meet its limit.{more}")
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

/// By calls, by sendings, or by both.
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

fn blind(metric: MetricName, (most, target): (f64, f64), when: &str, share: &str) -> String {
    let (highest, target, acts) = (
        words::significant(most),
        words::significant(target),
        words::significant(libm::round(target * 110.0) / 100.0),
    );
    match metric {
        MetricName::QueueDepth if most <= 0.0 => format!(
            "{when}, nobody waits in any gateway: what does not start at once is turned away, and \
             a target of the queue never acts."
        ),
        MetricName::Cpu => format!(
            "{when}, it reports {highest} % at most, of a target of {target} %: a gateway that \
             waits for a provider uses almost no CPU."
        ),
        MetricName::QueueDepth => format!(
            "{when}, it stays below {acts} waiting in the mean gateway for {share} of the time, \
             {highest} at most: it acts when clients have gone, and is empty once there is room."
        ),
        MetricName::InFlight => format!(
            "{when}, it stays below {acts} in the mean gateway for {share} of the time, {highest} \
             at most: above a tenth below the slots it never acts."
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

/// The name of a change that mends the day.
pub fn mend(mend: &Mend) -> String {
    fix::label(&mend.change)
}

/// What it buys and what it costs.
pub fn bought(mend: &Mend, facts: &Facts) -> String {
    let days = words::counted(mend.seeds, "day");
    // A wait is told where it is a goal.
    let wait = facts.goals.wait_p99_s.and(mend.wait_p99_s);
    let wait = wait.map_or_else(String::new, |wait_s| {
        format!(" and 99 of 100 wait {} at most", words::seconds(wait_s))
    });
    let bought = format!(
        "in the worst of {days}, {}{wait}",
        shares(mend.late_ratio, mend.unanswered_ratio, facts)
    );
    let hours = hours(mend.more_pod_hours.abs());
    let cost = if mend.more_pod_hours <= -0.5 {
        format!("saves {hours} a day")
    } else if mend.more_pod_hours < 0.5 {
        "costs no extra pod-hours".to_owned()
    } else {
        format!("costs {hours} more a day")
    };
    let needs = match mend.change {
        Change::Schedule { .. } => "; needs KEDA, with keda-scaledobject.yaml instead of hpa.yaml",
        Change::InFlightTarget { .. } => "; the gateway must serve kt_requests_in_flight",
        _ => "",
    };
    format!("{bought}; {cost}{needs}")
}

/// How the changes were found.
pub fn searched(days: u32) -> String {
    format!(
        "Each was found by simulating the day again, {}, and keeps the goals with three \
         seeds.",
        words::counted(days, "day") + " in all"
    )
}

/// The goals are broken, and nothing that was tried mends the day.
pub const NOTHING_MENDS: &str = "No single change of the autoscaler, the queue or the tries of a \
                                 call keeps the goals of this day.";

/// The kind of what happens.
pub fn happening_kind(kind: HappeningKind) -> &'static str {
    match kind {
        HappeningKind::ZoneLoss => "A zone is lost",
        HappeningKind::Rollout => "Rollout",
        HappeningKind::ProviderFails => "A provider fails",
        HappeningKind::ProviderHangs => "A provider hangs",
        HappeningKind::ProviderSlow => "A provider slows down",
        HappeningKind::LimitCut => "A limit is cut",
        HappeningKind::MetricsOut => "Metrics are lost",
        HappeningKind::Spike => "Spike",
    }
}

/// What happens, and when.
pub fn happening(happening: &Happening) -> String {
    let at = |minute: u32| clock(minute as usize);
    let usual = happening.kind.usual().unwrap_or_default();
    let by = || happening.by.as_deref().unwrap_or(usual);
    let what = match (&happening.kind, &happening.what) {
        (HappeningKind::Spike, what) => {
            format!("Spike × {}", what.as_deref().unwrap_or("3"))
        }
        (HappeningKind::ZoneLoss, Some(zone)) => format!("Zone {zone} is lost"),
        (HappeningKind::ProviderFails, Some(id)) => format!("{id} fails"),
        (HappeningKind::ProviderHangs, Some(id)) => format!("{id} hangs"),
        (HappeningKind::ProviderSlow, Some(id)) => {
            format!("{id} takes {} times as long", by())
        }
        (HappeningKind::LimitCut, Some(id)) => format!("{id}’s limits are cut to {} %", by()),
        (HappeningKind::MetricsOut, Some(metric)) => format!("{metric} is lost"),
        (kind, _) => happening_kind(*kind).to_owned(),
    };
    match happening.to_min {
        Some(to) => format!("{what}, {} to {}", at(happening.from_min), at(to)),
        None => format!("{what} at {}", at(happening.from_min)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::happening::parse;
    use crate::scenario::{Goals, Scenario};

    fn facts() -> Facts {
        Facts {
            bucket_ms: 60_000,
            late_ms: 30_000,
            slots: 16,
            pods_min: 2,
            pods_max: 20,
            is_scaled: true,
            stuck: None,
            targets: Vec::new(),
            providers: Vec::new(),
            needed: Vec::new(),
            goals: Scenario::default().day.goals,
        }
    }

    fn quiet() -> Story {
        Story {
            offered: 50_000,
            served: 50_000,
            open: 0,
            late_ratio: 0.0,
            refused_ratio: 0.0,
            unanswered_ratio: 0.0,
            wait_p99_s: None,
            pod_hours: 48.0,
            pods_least: 2,
            pods_most: 2,
            changes: 0,
            worst: None,
            is_kept: true,
        }
    }

    #[test]
    fn a_day_is_told_in_a_sentence() {
        let told = |story: &Story| words::plain_spaces(&sentence(story, &facts()));
        assert_eq!(
            told(&quiet()),
            "All 50,000 requests are answered, and none waits longer than 30 s. 2 gateways all \
             day, 48 pod-hours."
        );
        let worst = Stretch {
            from: 544,
            to: 571,
            late_ratio: 0.22,
            unanswered_ratio: 0.05,
            troubled_ratio: 0.27,
            pods_from: 2,
            pods_to: 16,
            grown_at: 555,
        };
        let open = Story { open: 1, ..quiet() };
        assert!(told(&open).starts_with("All but the last of 50,000 requests are answered by"));
        let bad = Story {
            late_ratio: 0.27,
            unanswered_ratio: 0.026,
            pods_most: 16,
            changes: 383,
            worst: Some(worst),
            is_kept: false,
            ..quiet()
        };
        assert_eq!(
            told(&bad),
            "From 09:04 to 09:31, 22 % wait longer than 30 s and 5 % get no answer. Over the \
             whole day 27 % wait longer than 30 s and 2.6 % get no answer. 2 to 16 gateways, 48 \
             pod-hours, 383 scale changes."
        );
        let none = Story {
            offered: 0,
            ..quiet()
        };
        assert_eq!(told(&none), "No request arrives on this day.");
    }

    #[test]
    fn a_finding_says_when_how_much_and_why() {
        let late = DayFinding {
            kind: DayFindingKind::LateAutoscaler {
                pods_from: 2,
                pods_to: 16,
                minutes: 11.0,
            },
            from: 544,
            to: 571,
            share_ratio: 0.22,
        };
        assert_eq!(
            words::plain_spaces(&message(&late, &facts())),
            "From 09:04 to 09:31, 22 % of the requests wait longer than 30 s or get no answer: 2 → \
             16 gateways takes 11 minutes."
        );
    }

    /// A goal of the wait that is broken is told by the sentence and by the effect of a change.
    #[test]
    fn a_wait_above_its_goal_is_told() {
        let mut facts = facts();
        facts.goals.wait_p99_s = Some(5.0);
        let told = |wait_s: f64| {
            let story = Story {
                wait_p99_s: Some(wait_s),
                ..quiet()
            };
            words::plain_spaces(&sentence(&story, &facts))
        };
        assert!(!told(5.0).contains("goal"));
        let said = told(5.7);
        let expected = "and the wait that 99 of 100 stay within is 5.70 s, above the goal of 5 s.";
        assert!(said.contains(expected), "{said}");
    }

    #[test]
    fn what_happens_is_told() {
        let told = |text: &str| parse(text).map(|each| happening(&each));
        for (text, expected) in [
            ("spike/10:00-10:30:2", "Spike × 2, 10:00 to 10:30"),
            ("rollout/14:00", "Rollout at 14:00"),
            (
                "provider-slow/14:00-15:00:openai",
                "openai takes 3 times as long, 14:00 to 15:00",
            ),
            (
                "limit-cut/14:00-15:00:openai:25",
                "openai’s limits are cut to 25 %, 14:00 to 15:00",
            ),
            ("zone-loss/12:00:1", "Zone 1 is lost at 12:00"),
            (
                "provider-fails/10:00-24:00:openai",
                "openai fails, 10:00 to 24:00",
            ),
        ] {
            assert_eq!(told(text).as_deref(), Ok(expected));
        }
        assert_eq!(Goals::default(), facts().goals);
    }
}
