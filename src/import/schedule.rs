//! KEDA schedules: triggers of the type cron.

use serde_json::Value;

use super::fact::Facts;
use super::placeholder;
use crate::scenario::property::HPA_SCHEDULE;
use crate::scenario::scaling::{Item, List, MOST, PodSchedule};

const NOT_DAILY: &str = "is no minute and hour of each day with a number of pods";
const TOO_MANY: &str = "is one schedule too many";
const DAYS: &str = "taken for each day: its days of the week are not kept";

/// Minute after midnight at which a cron expression fires once per day, and whether it fires every
/// day.
pub(crate) fn minute_of_day(cron: &str) -> Option<(u32, bool)> {
    let fields: Vec<&str> = cron.split_whitespace().collect();
    let [minute, hour, "*", "*", days] = fields.as_slice() else {
        return None;
    };
    let below = |text: &str, end: u32| text.parse().ok().filter(|value: &u32| *value < end);
    Some((60 * below(hour, 24)? + below(minute, 60)?, *days == "*"))
}

/// Reads the cron triggers as one list, and reports their absence.
pub(super) fn schedules(
    triggers: &[(String, &Value)],
    (absent, because): (&str, &str),
    facts: &mut Facts,
) {
    let mut list = List(Vec::new());
    let mut found = Vec::new();
    for (path, trigger) in triggers {
        match schedule(&trigger["metadata"]) {
            Some(_) if MOST <= list.0.len() => facts.unused(path.clone(), TOO_MANY),
            Some((schedule, is_daily)) => {
                list.0.push(schedule);
                found.push((path, trigger, is_daily));
            }
            None => facts.unused(path.clone(), placeholder::reason(trigger, NOT_DAILY)),
        }
    }
    if found.is_empty() {
        // One that cannot be read is not one that there is not.
        if !triggers.is_empty() {
            return;
        }
        facts.filled_word(absent, &HPA_SCHEDULE, "", because);
        return;
    }
    for (index, (path, trigger, is_daily)) in found.into_iter().enumerate() {
        let place = format!("{path}.metadata.desiredReplicas");
        if index == 0 {
            facts.word(place, &HPA_SCHEDULE, list.to_string());
        } else {
            facts.also(place, HPA_SCHEDULE.title, list.0[index].to_string());
        }
        let zone = trigger["metadata"]["timezone"].as_str().unwrap_or("UTC");
        let note = if is_daily {
            format!("in the time zone {zone}")
        } else {
            format!("{DAYS}; in the time zone {zone}")
        };
        if let Some(fact) = facts.values.last_mut() {
            fact.note = Some(note);
        }
        let beside = [
            "type",
            "metadata.timezone",
            "metadata.start",
            "metadata.end",
        ];
        let beside = beside.map(|key| format!("{path}.{key}"));
        facts.understood.extend(beside);
    }
}

fn schedule(metadata: &Value) -> Option<(PodSchedule, bool)> {
    let (from_min, starts_daily) = minute_of_day(metadata["start"].as_str()?)?;
    let (to_min, ends_daily) = minute_of_day(metadata["end"].as_str()?)?;
    let pods = &metadata["desiredReplicas"];
    let pods = pods.as_u64().or_else(|| pods.as_str()?.trim().parse().ok());
    let schedule = PodSchedule {
        from_min,
        to_min,
        pods: u32::try_from(pods?).ok()?,
    };
    // In the form a link would restore.
    let schedule = PodSchedule::parse(&schedule.to_string())?;
    Some((schedule, starts_daily && ends_daily))
}
