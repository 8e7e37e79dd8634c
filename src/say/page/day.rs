//! The section of the simulated day: labels, announcements, and columns of its table.

use crate::lived::{Lived, Minute, Strips};
use crate::say::day::clock;
use crate::say::words;
use crate::scenario::happening::HappeningKind;
use crate::scenario::number::grouped;

pub(crate) const TITLE: &str = "The day";
pub(crate) const NOTE: &str =
    "The exported autoscaler against random arrivals, simulated request by request";
pub(crate) const NOT_LOADED: &str = "The simulation could not be loaded";
pub(crate) const STOP: &str = "Stop";
pub(crate) const STOPPED: &str = "Stopped. The strips show the part of the day simulated so far.";
/// Placeholder before the first results.
pub(crate) const COMING: &str = "Starting the simulation…";

/// Progress of the simulation.
pub(crate) fn living(progress: f64) -> String {
    format!(
        "Simulating the day: {}",
        words::percent(libm::floor(progress * 100.0) / 100.0)
    )
}

/// Message: the simulation failed.
pub(crate) fn broken(why: &str) -> String {
    format!("The day could not be simulated ({why}). The rest of this page is unaffected.")
}

/// Source of the requests: the plan, or the fullest measured day.
pub(crate) const ARRIVE: &str = "Requests arrive";
pub(crate) const ARRIVALS: [(&str, &str); 2] = [
    ("planned", "As planned"),
    ("measured", "As on the fullest measured day"),
];

/// Scaling factor of the measured day; `None` if unscaled.
pub(crate) fn times_the_measured(times: f64) -> Option<String> {
    times.total_cmp(&1.0).is_ne().then(|| {
        format!(
            "Each minute has {} times its measured requests, as many a day as the form asks for.",
            words::significant(times)
        )
    })
}

/// The three strips: keys and names.
pub(crate) const STRIPS: [(&str, &str); 3] = [
    ("tokens", "Tokens"),
    ("pods", "Gateways"),
    ("fates", "Who waits"),
];
pub(crate) const STRIP: &str = "Strip shown";

/// Disclosure of the minute's numbers, the table, and the rules of the simulation.
pub(crate) const MINUTE: &str = "Minute by minute: request path, numbers, table, rules";

/// Disclosure of the events, the goals and the examples.
pub(crate) const EVENTS_AND_GOALS: &str = "Add an event, set goals, or try an example day";

pub(crate) const TOKENS: &str = "Tokens a minute, taken from the limits";
pub(crate) const PODS: &str = "Gateways: needed, wanted, ready";
pub(crate) const FATES: &str = "Requests a minute: in time, late, without an answer";
pub(crate) const TAKEN: &str = "taken";
pub(crate) const NEEDED: &str = "needed";
pub(crate) const WANTED: &str = "wanted";
pub(crate) const READY: &str = "ready";
pub(crate) const IN_TIME: &str = "served in time";
pub(crate) const LATE: &str = "late";
pub(crate) const UNANSWERED: &str = "without an answer";
pub(crate) const WAITING: &str = "waiting";
pub(crate) const ARRIVING: &str = "arriving";
pub(crate) const REQUESTS_UNIT: &str = "requests/min";

/// The unit at the axis, with the prefix of its thousands.
pub(crate) fn requests_axis(prefix: &str) -> String {
    [prefix, " ", REQUESTS_UNIT]
        .concat()
        .trim_start()
        .to_owned()
}

/// The picture of the worst hour, with its highest bar.
pub(crate) fn worst_hour(most: f64) -> String {
    format!(
        "The worst hour: requests a minute, {} at most",
        words::short(most)
    )
}

/// Summary of the tokens strip.
pub(crate) fn tokens(most: f64, at: usize) -> String {
    format!(
        "At most {} tokens/min over five minutes, from {}.",
        words::short(most),
        clock(at)
    )
}

/// Summary of the gateways strip.
pub(crate) fn pods(strips: &Strips) -> String {
    let needed = strips.needed.iter().copied().max().unwrap_or(0);
    let (least, most) = strips.ready;
    let fleet = if least == most {
        format!("{most} ready all day")
    } else {
        format!("{least} to {most} ready")
    };
    format!("Gateways: {fleet}; the plan needs {needed} at the peak.")
}

/// Summary of the requests strip.
pub(crate) fn fates(strips: &Strips) -> String {
    let sum = |what: fn(&Minute) -> u64| grouped(strips.steps.iter().map(what).sum::<u64>() as f64);
    format!(
        "{} get a slot in time and are answered, {} wait too long, {} get no answer.",
        sum(|step| step.in_time),
        sum(|step| step.late),
        sum(|step| step.unanswered)
    )
}

/// Player.
pub(crate) const PLAYER: &str = "Play the day";
pub(crate) const TIME: &str = "Time of the day";
pub(crate) const PLAY: &str = "Play";
pub(crate) const PAUSE: &str = "Pause";
pub(crate) const BACK: &str = "−1 minute";
pub(crate) const FORWARD: &str = "+1 minute";
pub(crate) const NEXT: &str = "Next event";
pub(crate) const SPEED: &str = "Speed";
/// Playback speeds, minutes of the day per second, and their names.
pub(crate) const SPEEDS: [(&str, &str); 3] = [
    ("15", "15 min a second"),
    ("60", "1 h a second"),
    ("240", "4 h a second"),
];

/// Facts of a minute, as name and value.
pub(crate) fn moment(lived: &Lived, minute: usize) -> Vec<(&'static str, String)> {
    let bucket = lived.results.buckets.get(minute);
    let now = bucket.map(Minute::of).unwrap_or_default();
    let count = |value: u64| grouped(value as f64);
    let needed = lived.facts.needed.get(minute / 5).copied().unwrap_or(0);
    let mut all = vec![
        ("Arriving", format!("{} /min", count(now.offered))),
        ("Served in time", format!("{} /min", count(now.in_time))),
        ("Late", format!("{} /min", count(now.late))),
        (
            "Without an answer",
            format!("{} /min", count(now.unanswered)),
        ),
        ("Waiting", count(now.waiting)),
        ("In slots", count(now.in_flight)),
        (
            "Gateways ready",
            format!("{} of {} wanted", now.ready, now.wanted),
        ),
        ("Needed by the plan", needed.to_string()),
        (
            "99 % wait at most",
            words::seconds(now.wait_p99_ms as f64 / 1e3),
        ),
        (
            "Tokens",
            format!("{} /min", words::short(now.tokens.max(0) as f64)),
        ),
    ];
    if 0 < now.rejected {
        all.push((
            "Refused by providers",
            format!("{} /min", count(now.rejected)),
        ));
    }
    if let Some(percent) = bucket.and_then(|bucket| bucket.cpu_percent) {
        all.push(("CPU as reported", format!("{percent} %")));
    }
    if let Some(queue) = bucket.and_then(|bucket| bucket.queue_m) {
        let each = words::significant(queue as f64 / 1e3);
        all.push(("Queue as reported", format!("{each} each")));
    }
    all
}

/// A minute, as the slider announces it.
pub(crate) fn spoken(lived: Option<&Lived>, minute: usize) -> String {
    let at = clock(minute);
    let Some(bucket) = lived.and_then(|lived| lived.results.buckets.get(minute)) else {
        return at;
    };
    let now = Minute::of(bucket);
    let trouble = if 0 < now.troubled() {
        format!(", {} late or without an answer", now.troubled())
    } else {
        String::new()
    };
    format!(
        "{at}, {} {}, {} of {} {}, {} waiting{trouble}",
        now.offered,
        if now.offered == 1 {
            "request"
        } else {
            "requests"
        },
        now.ready,
        now.wanted,
        if now.wanted == 1 {
            "gateway"
        } else {
            "gateways"
        },
        now.waiting
    )
}

pub(crate) const AS_TABLE: &str = "The day as a table";
pub(crate) const CSV: &str = "Every minute as CSV";
/// Columns of the table and of the file.
pub(crate) const HEAD: [&str; 11] = [
    "Time",
    "Arriving",
    "Served",
    "Late",
    "Without an answer",
    "Waiting",
    "In slots",
    "Ready",
    "Wanted",
    "P99 wait, s",
    "Tokens",
];

/// A row of table and file; `number` formats a number.
pub(crate) fn row(minute: usize, step: &Minute, number: fn(f64) -> String) -> Vec<String> {
    let count = |value: u64| number(value as f64);
    vec![
        clock(minute),
        count(step.offered),
        count(step.served),
        count(step.late),
        count(step.unanswered),
        count(step.waiting),
        count(step.in_flight),
        step.ready.to_string(),
        step.wanted.to_string(),
        number(step.wait_p99_ms as f64 / 1e3),
        number(step.tokens as f64),
    ]
}

pub(crate) const WRONG: &str = "What goes wrong on this day";
pub(crate) const MENDS: &str = "Changes that fix it";

/// Progress of the search for changes.
pub(crate) fn searching(tried: u32) -> String {
    let days = words::counted(tried, "day");
    format!("Looking for changes that fix it: {days} simulated so far")
}

/// Events and goals.
pub(crate) const HAPPENS: &str = "What happens on this day";
pub(crate) const ADD: &str = "Add";
pub(crate) const KIND: &str = "Event";
pub(crate) const FROM: &str = "From";
pub(crate) const TO: &str = "To";

/// Label of an event's target or factor; `None` for kinds without one.
pub(crate) fn of(kind: HappeningKind) -> Option<&'static str> {
    match kind {
        HappeningKind::Spike => Some("Times the requests"),
        HappeningKind::ZoneLoss => Some("Zone, from 0"),
        HappeningKind::MetricsOut => Some("Metric (all if empty)"),
        HappeningKind::Rollout => None,
        HappeningKind::ProviderFails
        | HappeningKind::ProviderHangs
        | HappeningKind::ProviderSlow
        | HappeningKind::LimitCut => Some("Provider"),
    }
}

pub(crate) const OF_HINT: &str = "Provider, zone, metric or times";

/// Label of an event's strength; `None` for kinds without one.
pub(crate) fn by(kind: HappeningKind) -> Option<&'static str> {
    match kind {
        HappeningKind::ProviderSlow => Some("Times as long"),
        HappeningKind::LimitCut => Some("Percent left"),
        _ => None,
    }
}

pub(crate) const NOTHING: &str = "Nothing but the requests.";
pub(crate) const GOALS: &str = "Goals and chance";
pub(crate) const EXAMPLES: &str = "Examples";

/// Button that removes an event.
pub(crate) fn remove(event: &str) -> String {
    format!("Remove: {event}")
}

/// Message: an event cannot be added.
pub(crate) const CANNOT_ADD: &str =
    "Enter times as 10:30, the end after the beginning on the same day.";

/// Example days: title and link.
pub(crate) const NAMED: [(&str, &str); 10] = [
    (
        "Morning ramp, ten times the load",
        "v=2&requests-per-day=500000",
    ),
    (
        "Sawtooth of the queue metric",
        "v=2&requests-per-day=500000&shape=flat&peak-multiplier=1&hpa-cpu=&hpa-queue=50\
         &p=custom,x,,1,ttft:8",
    ),
    (
        "Zone lost at noon",
        "v=2&requests-per-day=500000&happens=zone-loss/12:00-13:00:1&hpa-min=12",
    ),
    (
        "Metrics lost in the morning",
        "v=2&requests-per-day=300000&happens=metrics-out/07:00-10:00&hpa-in-flight=13",
    ),
    (
        "A provider fails at the peak",
        "v=2&requests-per-day=200000&happens=provider-fails/11:00-12:00:openai&hpa-min=8",
    ),
    (
        "Spike of five times the load",
        "v=2&requests-per-day=100000&happens=spike/14:00-14:30:5",
    ),
    (
        "Retry storm that does not recover",
        "v=2&requests-per-day=160000&shape=flat&peak-multiplier=1&hpa-min=2&hpa-max=2\
         &leaving=unnoticed&sends=3&happens=spike/12:00-12:01:8",
    ),
    (
        "A provider takes four times as long",
        "v=2&requests-per-day=200000&happens=provider-slow/10:00-11:30:openai:4&hpa-min=6",
    ),
    (
        "Cold start from zero",
        "v=2&requests-per-day=3000&hpa-min=0&hpa-max=5&hpa-cpu=&hpa-queue=&sends=3\
         &hpa-up-more=pods:4:15\
         &hpa-metrics=external-average/http_requests_per_second/1/1",
    ),
    (
        "Spill from reserved units",
        "v=2&requests-per-day=500000&hpa-min=16&p=azure-openai,gpt-4o,PTU,60,units:50\
         &p=openai,gpt-6.1-sol,Grow,40,order:1",
    ),
];

/// Parts of files and scenario that are simplified.
pub(crate) fn left_out(parts: &[String]) -> Option<String> {
    (!parts.is_empty()).then(|| format!("Simplified for this scenario: {}.", parts.join("; ")))
}

/// Scope of the simulation under an autoscaler of this file.
pub(crate) fn about(autoscaler: &str) -> String {
    [
        "Simulated: arrivals by chance along the day’s shape, random routing to pods, slots and \
         queues, clients who leave and send again, start-up, metrics 15 s old, the HPA as in ",
        autoscaler,
        ", providers’ limits, retries, failover and the order of providers; a month’s limit of \
         dollars holds for its part of the day. Not simulated: connections that stick to a pod, \
         nodes that must start first, CPU as a brake, answers that break off.",
    ]
    .concat()
}
