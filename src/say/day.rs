//! The simulated day: its summary, findings, and changes that mend it.

use crate::lived::{Facts, Mend, Story, Stretch};
use crate::plan::Change;
use crate::say::{fix, words};
use crate::scenario::happening::{Happening, HappeningKind};
use crate::scenario::number::grouped;

mod finding;
mod measured;
mod month;
mod searched;

pub use finding::{message, title};
pub(super) use measured::covered;
pub(super) use month::spent;
pub use searched::searched;
pub use words::clock;

/// Milliseconds of a minute, and of a day.
const MINUTE_MS: usize = 60_000;
const DAY_MS: usize = 1_440 * MINUTE_MS;
/// Share of requests without an answer from which on the whole that a share of waits is of is said.
const MANY: f64 = 0.1;

/// The time of a bucket's beginning.
fn time(bucket: usize, facts: &Facts) -> String {
    clock(bucket * bucket_ms(facts) / MINUTE_MS)
}

fn bucket_ms(facts: &Facts) -> usize {
    usize::try_from(facts.bucket_ms).unwrap_or(0)
}

pub(super) fn span(from: usize, to: usize, facts: &Facts) -> String {
    format!("From {} to {}", time(from, facts), time(to, facts))
}

pub(super) fn pods(count: u32) -> String {
    words::counted(count, "gateway")
}

/// Summary of a day in one or two sentences.
pub fn sentence(story: &Story, facts: &Facts) -> String {
    [told(story, facts), spent(facts), covered(facts)].concat()
}

fn told(story: &Story, facts: &Facts) -> String {
    if story.offered == 0 {
        return "No request arrives on this day.".to_owned();
    }
    let fleet = fleet(story);
    let offered = grouped(story.offered as f64);
    if story.late_ratio == 0.0 && story.unanswered_ratio == 0.0 {
        // Requests at the end of the day may still be in progress.
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
            "{answered}, and none waits longer than {} for a slot{}. {fleet}.",
            late(facts),
            long_wait(story, facts)
        );
    }
    let whole = [
        shares(story.late_ratio, story.unanswered_ratio, facts),
        long_wait(story, facts),
    ]
    .concat();
    let is_all_day = |worst: &Stretch| worst.from == 0 && DAY_MS <= worst.to * bucket_ms(facts);
    if let Some(worst) = story.worst.as_ref().filter(|worst| !is_all_day(worst)) {
        return format!(
            "{}. Over the whole day {whole}. {fleet}.",
            trouble(worst, facts)
        );
    }
    let requests = words::several(&offered, "request");
    let when = if story.worst.is_some() {
        "all day"
    } else {
        "never many at once"
    };
    format!("Of {requests}, {whole}, {when}. {fleet}.")
}

/// The 99th percentile of waits, if it breaks the goal.
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

/// Time and extent of the worst period.
pub(super) fn trouble(worst: &Stretch, facts: &Facts) -> String {
    format!(
        "{}, {}",
        span(worst.from, worst.to, facts),
        shares(worst.late_ratio, worst.unanswered_ratio, facts),
    )
}

/// A day that cannot be simulated.
pub fn refused(why: &str) -> String {
    format!("This day cannot be simulated. {why}.")
}

/// Clients' timeout.
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
        // The waits are those of requests that get a slot: where many get none, of another whole.
        [Some(_), Some(unanswered)] if MANY <= unanswered_ratio => format!(
            "{unanswered}, and {} of those that get a slot wait longer than {} for it",
            words::percent(late_ratio),
            self::late(facts)
        ),
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

/// Whether the goals are kept.
pub fn status(story: &Story) -> &'static str {
    if story.is_kept {
        "Goals kept"
    } else {
        "Goals broken"
    }
}

/// The worst period.
pub fn worst(worst: &Stretch, facts: &Facts) -> String {
    span(worst.from, worst.to, facts)
}

/// Name of a change that mends the day.
pub fn mend(mend: &Mend) -> String {
    fix::label(&mend.change)
}

/// Benefit and cost of a change.
pub fn bought(mend: &Mend, facts: &Facts) -> String {
    let days = words::counted(mend.seeds, "day");
    // The wait is reported if it is a goal.
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

/// Name of a kind of event.
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

/// An event with its time.
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
    use crate::lived::{DayFinding, DayFindingKind};
    use crate::scenario::happening::parse;
    use crate::scenario::{Goals, Scenario};

    fn facts() -> Facts {
        Facts {
            bucket_ms: 60_000,
            late_ms: 30_000,
            queue_most: 100,
            slots: 16,
            drain_ms: 30_000,
            pods_min: 2,
            pods_max: 20,
            is_scaled: true,
            stuck: None,
            held: None,
            pods_first: 2,
            targets: Vec::new(),
            looks: Vec::new(),
            outages: Vec::new(),
            has_fallback: false,
            covered: Vec::new(),
            filled: 0,
            spent: None,
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
            "All 50,000 requests are answered, and none waits longer than 30 s for a slot. 2 \
             gateways all day, 48 pod-hours."
        );
        let worst = Stretch {
            from: 544,
            to: 571,
            late_ratio: 0.22,
            unanswered_ratio: 0.05,
            troubled_ratio: 0.27,
            pods_from: 2,
            pods_to: 16,
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

    /// A broken wait goal is reported in the summary and in the effect of a change.
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
