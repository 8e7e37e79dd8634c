//! Values of a document or a record.

use serde_json::Value;

use crate::traffic::calls::Class;
use crate::traffic::notation::DecimalMark;
use crate::traffic::number;
use crate::traffic::outcome::{Outcome, Reason, Refusal};
use crate::traffic::row::COUNT_MOST;
use crate::traffic::skip::Skip;

/// A count in a document; `None` if it is `null` or missing.
pub(crate) fn count(value: Option<&Value>) -> Result<Option<f64>, Skip> {
    let number = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) if text.trim().is_empty() => return Ok(None),
        Some(Value::String(text)) => number::parse(text, DecimalMark::Point),
        Some(_) => None,
    };
    match number {
        None => Err(Skip::BadNumber),
        Some(number) if number < 0.0 => Err(Skip::Negative),
        Some(number) if COUNT_MOST < number => Err(Skip::BadNumber),
        Some(number) => Ok(Some(number)),
    }
}

/// Counts of an object by key; 0 if missing.
pub(crate) fn counts<const N: usize>(of: &Value, keys: [&str; N]) -> Result<[f64; N], Skip> {
    let mut counts = [0.0; N];
    let mut is_negative = false;
    for (number, key) in counts.iter_mut().zip(keys) {
        match count(of.get(key)) {
            Ok(found) => *number = found.unwrap_or_default(),
            Err(Skip::Negative) => is_negative = true,
            Err(skip) => return Err(skip),
        }
    }
    if is_negative {
        Err(Skip::Negative)
    } else {
        Ok(counts)
    }
}

/// Text under a key; empty if missing.
pub(crate) fn text<'v>(of: &'v Value, key: &str) -> &'v str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a point has an average or an extreme.
pub(crate) fn has_other_statistic(point: &Value) -> bool {
    let keys = point.as_object().into_iter().flatten();
    let mut numbers = keys.filter(|(_, value)| value.is_number());
    numbers.any(|(key, _)| {
        let others = ["average", "minimum", "maximum", "count", "samplecount"];
        others.iter().any(|other| key.eq_ignore_ascii_case(other))
    })
}

/// Replaces the reason of an outcome if there were only other statistics.
pub(crate) fn sums_of(outcome: Outcome, has_other: bool) -> Outcome {
    match outcome {
        Outcome::Refused(refusal) if has_other && refusal.reason == Reason::NoRows => {
            Outcome::Refused(Refusal {
                reason: Reason::NoSums,
                ..refusal
            })
        }
        outcome => outcome,
    }
}

/// Class of a status: 2xx, 429, or an error; an unknown status means an answer.
pub(crate) fn class_of_status(status: &str) -> Class {
    let status = status.strip_suffix(".0").unwrap_or(status);
    let is_word = ["ok", "success"]
        .iter()
        .any(|it| status.eq_ignore_ascii_case(it));
    if status == "429" {
        Class::Throttled
    } else if status.is_empty() || is_word || (status.len() == 3 && status.starts_with('2')) {
        Class::Answered
    } else {
        Class::Failed
    }
}
