//! Settings common to the configurations: retries, timeouts and durations.

use serde_json::Value;

use crate::import::fact::{Fact, Facts};
use crate::import::value::number;
use crate::scenario::Scenario;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT, MAX_OUTPUT, Number};

/// Reason for a limit per caller.
pub(super) const CALLERS: &str = "limits callers, who are not modelled";
/// Reason for a setting overridden by another.
const BEFORE: &str = "says it too, and goes before it";
/// Reason for a further setting of the same kind.
const ONE_FOR_ALL: &str = "there is one for all here";
/// Notes on retries and timeouts.
pub(super) const CALLS: &str = "the first call and its retries";
pub(super) const PATIENCE: &str = "the longest that a request may take";
/// Reason for a disabled part.
pub(super) const OFF: &str = "is switched off";

/// Keys of the maximum output tokens in a request.
const ANSWERS: [&str; 2] = ["max_tokens", "max_completion_tokens"];

/// Reads the maximum output tokens that the gateway sends with each request of a target.
pub(super) fn answers(options: &Value, path: &str, facts: &mut Facts) {
    for key in ANSWERS.iter().filter(|key| !options[**key].is_null()) {
        let why = format!(
            "is of the requests: give it to their workload as {}",
            MAX_OUTPUT.label
        );
        facts.unused(crate::import::lines::join(path, key), why);
    }
}

/// Records a number, unless another place already has it.
pub(super) fn once(
    place: String,
    property: &'static Number<Scenario>,
    value: Option<f64>,
    note: &str,
    facts: &mut Facts,
) {
    let Some(value) = value else {
        facts.refused(place, property);
        return;
    };
    let mut said = facts.values.iter();
    if let Some(before) = said.find(|fact| fact.key() == Some(property.key)) {
        let why = format!("{} {BEFORE}", before.path);
        facts.unused(place, why);
    } else if note.is_empty() {
        facts.number(place, property, value);
    } else {
        facts.noted(place, property, value, note);
    }
}

/// Choice of one number among several, independent of order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// Smallest: no service is sure of more calls.
    Smallest,
    /// Longest: each gateway applies its own service's timeout, so the longest is the time that a
    /// request may take.
    Longest,
}

impl Stands {
    /// Whether the first number is chosen over the second.
    pub(super) fn goes_before(self, one: f64, other: f64) -> bool {
        match self {
            Self::Smallest => one < other,
            Self::Longest => other < one,
        }
    }

    /// Reason for a number not chosen.
    pub(super) fn why(self, taken: &str) -> String {
        match self {
            Self::Smallest => {
                format!("is more than {taken} has, and {ONE_FOR_ALL}: the smallest was taken")
            }
            Self::Longest => {
                format!("is less than {taken} has, and {ONE_FOR_ALL}: the longest was taken")
            }
        }
    }
}

/// Records a number that each service may have, while the model has only one.
pub(super) fn one_of(
    stands: Stands,
    place: String,
    (property, value): (&'static Number<Scenario>, Option<f64>),
    note: &str,
    facts: &mut Facts,
) {
    let is_same = |fact: &Fact| fact.key() == Some(property.key) && fact.because.is_none();
    let before = facts.values.iter().position(is_same);
    let (Some(before), Some(value)) = (before, value) else {
        return once(place, property, value, note, facts);
    };
    let Some(other) = facts.values[before].number() else {
        return once(place, property, Some(value), note, facts);
    };
    let first = facts.values[before].path.clone();
    if value.total_cmp(&other).is_eq() {
        facts.unused(place, format!("{first} says the same"));
    } else if stands.goes_before(other, value) {
        facts.unused(place, stands.why(&first));
    } else {
        facts.values.remove(before);
        facts.understood.retain(|path| *path != first);
        facts.unused(first, stands.why(&place));
        facts.number(place, property, value);
        if let Some(fact) = facts.values.last_mut().filter(|_| !note.is_empty()) {
            fact.note = Some(note.to_owned());
        }
    }
}

/// Of the numbers of several documents the one that stands for all, so that nothing depends on
/// their order.
pub(super) fn across(stands: Stands, property: &'static Number<Scenario>, facts: &mut [Facts]) {
    let is_same = |fact: &Fact| fact.key() == Some(property.key) && fact.because.is_none();
    let said = facts.iter().enumerate().filter_map(|(index, facts)| {
        let place = facts.values.iter().position(is_same)?;
        let fact = &facts.values[place];
        Some((index, place, fact.number()?, fact.path.clone()))
    });
    let said: Vec<_> = said.collect();
    let best = said.iter().reduce(|best, other| {
        if stands.goes_before(other.2, best.2) {
            other
        } else {
            best
        }
    });
    let Some(&(best, _, number, ref path)) = best else {
        return;
    };
    for (index, place, value, own) in said.iter().filter(|(index, ..)| *index != best) {
        let facts = &mut facts[*index];
        facts.values.remove(*place);
        facts.understood.retain(|place| place != own);
        // Objects of one kind have the same paths.
        let taken = if own == path {
            format!("{path} of another object")
        } else {
            path.clone()
        };
        let why = if value.total_cmp(&number).is_eq() {
            format!("{taken} says the same")
        } else {
            stands.why(&taken)
        };
        facts.unused(own.clone(), why);
    }
}

/// A number that the gateway fills in for those of several services that say none: it counts
/// beside the numbers of the others.
pub(super) fn default_of_some(
    stands: Stands,
    place: String,
    (property, value): (&'static Number<Scenario>, f64),
    why: &'static str,
    facts: &mut Facts,
) {
    let is_same = |fact: &Fact| fact.key() == Some(property.key) && fact.because.is_none();
    let said = facts.values.iter().position(is_same);
    let other = said.and_then(|said| Some((said, facts.values[said].number()?)));
    if let Some((said, other)) = other
        && stands.goes_before(value, other)
    {
        let before = facts.values.remove(said).path;
        facts.understood.retain(|path| *path != before);
        facts.unused(before, stands.why(&format!("one without it ({why})")));
    }
    default(place, property, value, why, facts);
}

/// Records the gateway's default if no line has the number.
pub(super) fn default(
    place: String,
    property: &'static Number<Scenario>,
    value: f64,
    why: &'static str,
    facts: &mut Facts,
) {
    if !facts.says(property) {
        facts.filled(place, property, Some(value), why);
    }
}

/// Reads retries as attempts, which include the first call.
pub(super) fn retries(place: String, value: &Value, facts: &mut Facts) {
    let attempts = number(value).map(|retries| retries + 1.0);
    one_of(Stands::Smallest, place, (&ATTEMPTS, attempts), CALLS, facts);
}

/// Reads a timeout as the clients' patience.
pub(super) fn timeout(place: String, seconds: Option<f64>, facts: &mut Facts) {
    let said = (&CLIENT_TIMEOUT, seconds);
    one_of(Stands::Longest, place, said, PATIENCE, facts);
}

/// Seconds of `300ms`, `60s`, `1m30s`, `1h` or `2d`; plain numbers, quoted or not, are seconds.
pub(super) fn seconds(value: &Value) -> Option<f64> {
    let span = value.as_str().and_then(crate::import::value::seconds);
    span.or_else(|| number(value))
}
