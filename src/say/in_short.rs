//! The simulated day for executives: one line, and a sentence about its worst hour.

use std::mem::discriminant;

use super::day::{covered, late, long_wait, pods, sentence, span, spent, status, title, trouble};
use super::verdict::Broken;
use crate::lived::{DayFinding, Facts, Hour, Lived, Minute, findings};
use crate::scenario::number::grouped;

/// The day in one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DayLine {
    /// The line.
    pub text: String,
    /// Whether a goal is broken.
    pub is_broken: bool,
    /// Whether measured minutes shown with the day exceeded a limit.
    pub is_over: bool,
}

impl DayLine {
    /// Line of a simulated day.
    pub fn of(lived: &Lived) -> Self {
        Self {
            text: day(lived),
            is_broken: !lived.story().is_kept,
            is_over: false,
        }
    }

    /// Reason why there is no simulated day.
    pub fn without_day(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// Adds a sentence about measured traffic, or returns it alone without a day.
    #[must_use]
    pub fn with_traffic(day: Option<Self>, said: Option<&str>, is_over: bool) -> Option<Self> {
        let Some(said) = said else {
            return day;
        };
        let day = day.unwrap_or_default();
        let texts = [day.text.as_str(), said].into_iter();
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        Some(Self {
            text: texts.join(" "),
            is_over,
            ..day
        })
    }

    /// Goals or limits that are broken.
    pub fn breaks(&self) -> Broken {
        Broken::of(self.is_broken, self.is_over)
    }

    /// The line, if the day breaks its goals.
    pub fn broken(&self) -> Option<&str> {
        Some(self.text.as_str()).filter(|_| self.is_broken)
    }
}

/// One line: whether the goals are kept, the failures with their time, and the main cause.
pub fn day(lived: &Lived) -> String {
    let (story, facts) = (lived.story(), &lived.facts);
    let goals = status(&story).to_ascii_lowercase();
    let Some(worst) = &story.worst else {
        return format!("Simulated day, {goals}. {}", sentence(&story, facts));
    };
    let meanwhile = |finding: &DayFinding| finding.from < worst.to && worst.from < finding.to;
    let causes: Vec<DayFinding> = findings(lived).into_iter().filter(meanwhile).collect();
    let gravest = causes.first().map(|cause| discriminant(&cause.kind));
    // Of several refusing providers, the one that refuses first.
    let alike = causes
        .iter()
        .filter(|cause| Some(discriminant(&cause.kind)) == gravest);
    let cause = alike.min_by_key(|cause| cause.from.abs_diff(worst.from));
    let cause = cause.map_or_else(String::new, |cause| format!(" {}.", title(cause)));
    let trouble = trouble(worst, facts);
    let wait = long_wait(&story, facts);
    let which = [spent(facts), covered(facts)].concat();
    format!("Simulated day, {goals}. {trouble}{wait}.{cause}{which}")
}

/// Summary of the worst hour.
pub fn hour(hour: &Hour, facts: &Facts) -> String {
    let sum = |what: fn(&Minute) -> u64| grouped(hour.minutes.iter().map(what).sum::<u64>() as f64);
    let ready = || hour.minutes.iter().map(|minute| minute.ready);
    let fleet = match (ready().min().unwrap_or(0), ready().max().unwrap_or(0)) {
        (least, most) if least == most => pods(most),
        (least, most) => format!("{least} to {}", pods(most)),
    };
    format!(
        "{}, {} requests are answered in time, {} wait longer than {}, {} get no answer; \
         {fleet} ready.",
        span(hour.from, hour.from + hour.minutes.len(), facts),
        sum(|minute| minute.in_time),
        sum(|minute| minute.late),
        late(facts),
        sum(|minute| minute.unanswered),
    )
}
