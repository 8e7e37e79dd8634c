//! The simulated day of the week, where schedules depend on it.

use crate::simulation::Schedule;

/// Weekdays from Sunday on, as cron counts them.
const NAMES: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
/// Names of the default time zone.
const UTC: [&str; 4] = ["UTC", "Etc/UTC", "GMT", "Etc/GMT"];

/// A schedule from a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Timed {
    /// Hours and pods.
    pub(super) schedule: Schedule,
    /// Cron expression of the start.
    pub(super) start: String,
    /// Whether the schedule starts on each weekday, from Sunday on.
    pub(super) days: [bool; 7],
    /// Time zone.
    pub(super) zone: String,
}

impl Timed {
    fn is_of_every_weekday(&self) -> bool {
        (1..=5).all(|day| self.days[day])
    }
}

/// The weekday with the most schedules, the earliest of equals. Adds a sentence to `left_out` for
/// each dropped schedule and for the time zone.
pub(super) fn simulated(all: &[Timed], left_out: &mut Vec<String>) -> usize {
    let on = |day: usize| all.iter().filter(|timed| timed.days[day]).count();
    let most = (1..=5).map(on).max().unwrap_or(0);
    let day = (1..=5).find(|day| on(*day) == most).unwrap_or(1);
    let (kept, dropped): (Vec<&Timed>, Vec<&Timed>) = all.iter().partition(|timed| timed.days[day]);
    let is_any = kept.iter().all(|timed| timed.is_of_every_weekday());
    let name = if is_any { "weekday" } else { NAMES[day] };
    for timed in dropped {
        left_out.push(format!(
            "the schedule “{}” does not start on the day that is simulated, a {name}",
            timed.start
        ));
    }
    if !is_any {
        left_out.push(format!("the day that is simulated is a {name}"));
    }
    let mut zones: Vec<&str> = all.iter().map(|timed| timed.zone.as_str()).collect();
    zones.sort_unstable();
    zones.dedup();
    match zones.as_slice() {
        [] => {}
        [zone] if UTC.contains(zone) => {}
        [zone] => left_out.push(format!(
            "the hours of the day are those of the schedules’ time zone, {zone}; those of a \
             measured day count as the same"
        )),
        several => left_out.push(format!(
            "schedules of several time zones, {}, are simulated as if these were one",
            several.join(" and ")
        )),
    }
    day
}

/// Weekdays in the last field of a cron expression, from Sunday on; `None` if it cannot be read.
pub(super) fn days(field: &str) -> Option<[bool; 7]> {
    let mut found = [false; 7];
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse().ok().filter(|step| 0 < *step)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            _ if matches!(range, "*" | "?") => (0, 6),
            Some((from, to)) => (day(from)?, day(to)?),
            None => (day(range)?, day(range)?),
        };
        // Some write the Sunday after a Saturday as 7.
        (from <= to).then_some(())?;
        for at in (from..=to).step_by(step) {
            found[at % 7] = true;
        }
    }
    Some(found)
}

fn day(text: &str) -> Option<usize> {
    let text = text.to_ascii_lowercase();
    let mut names = NAMES.iter();
    let place = names.position(|name| name[..3].eq_ignore_ascii_case(&text));
    place.or_else(|| text.parse().ok().filter(|day| *day <= 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_cron_counts_them() {
        let names = |field: &str| {
            let days = days(field)?.into_iter().zip("SMTWtFs".chars());
            Some(
                days.filter(|(is_on, _)| *is_on)
                    .map(|(_, name)| name)
                    .collect::<String>(),
            )
        };
        for (field, expected) in [
            ("*", Some("SMTWtFs")),
            ("1-5", Some("MTWtF")),
            ("6,0", Some("Ss")),
            ("MON-wed,Sat", Some("MTWs")),
            ("*/3", Some("SWs")),
            ("5-7", Some("SFs")),
            ("5-1", None),
            ("8", None),
            ("day", None),
        ] {
            assert_eq!(names(field).as_deref(), expected, "{field}");
        }
    }
}
