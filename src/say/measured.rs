//! Measured traffic against the plan.

use super::words;
use crate::model::digits;
use crate::plan::{ErrorOf, LimitKind, Minutes, ModelError, NearLimit};
use crate::scenario::number::grouped;
use crate::traffic::{Digest, Flag, PeakChoice, Status, Value};

/// Title of the section.
pub const TITLE: &str = "Measured traffic";
/// Columns of the table of limits.
pub const LIMIT_HEADS: [&str; 5] = ["Limit", "Fullest minute", "Over 80 %", "Over 100 %", "Then"];
/// Columns of the table of errors.
pub const ERROR_HEADS: [&str; 4] = ["Model against traffic", "Model", "Measured", "Error"];
/// Method for limits that count the minutes of their own models.
const OWN_NOTE: &str = "Each limit counts the minutes of its own models: requests, input, cached \
     and output tokens as the file has them.";
/// Method for limits that count a part of all minutes.
const SHARE_NOTE: &str = "Each measured minute fills a limit as the planned peak does, in \
     proportion to its requests and tokens: the file does not tell the minutes of the providers \
     here apart.";
/// Method for errors.
pub const ERRORS_NOTE: &str = "Peaks: a fit of the first half of the file, judged by the second. \
     Share of 429s: what the limits above refuse of the measured minutes.";
/// Note: no limit counts minutes.
pub const NO_LIMITS: &str = "No provider has a limit a minute that the file can be judged by.";
/// Unknown number of minutes.
const NOT_KNOWN: &str = "not known";
/// Note: the file is too short for a held-out half.
pub const NO_ERRORS: &str = "The file is too short, or too coarse, to judge the model by.";

/// Method for limits.
pub fn limits_note(limits: &[NearLimit]) -> &'static str {
    if limits.iter().any(|near| near.is_by_share) {
        SHARE_NOTE
    } else {
        OWN_NOTE
    }
}

/// A limit, with its provider.
pub fn limit(near: &NearLimit) -> String {
    format!("{}: {}", near.provider, kind(near.kind))
}

fn kind(kind: LimitKind) -> &'static str {
    match kind {
        LimitKind::Rpm => "requests a minute",
        LimitKind::Itpm => "input tokens a minute",
        LimitKind::Otpm => "output tokens a minute",
        LimitKind::Units => "reserved units",
        _ => "tokens a minute",
    }
}

/// The fullest minute of a limit, with its time.
pub fn fullest(near: &NearLimit) -> String {
    match near.worst.first() {
        Some((minute, ratio)) => at(near, minute, *ratio),
        None => "–".to_owned(),
    }
}

/// Utilization of a limit, with its time.
pub fn at(near: &NearLimit, minute: &str, ratio: f64) -> String {
    let (ratio, minute) = (words::percent(ratio), moment(minute));
    if near.is_at_least {
        return format!("≥ {ratio} from {minute}");
    }
    format!("{ratio} at {minute}")
}

/// An instant to the minute: `2026-10-05 09:14 UTC`. Charts and the shape of the day use the
/// reader's time zone instead.
pub fn moment(at: &str) -> String {
    let minute = at.get(..16).filter(|_| at.ends_with('Z'));
    minute.map_or_else(|| at.to_owned(), |it| it.replacen('T', " ", 1) + " UTC")
}

/// Sentence about a limit that measured minutes exceeded; the verdict is about the planned peak.
pub fn passed(near: &NearLimit) -> Option<String> {
    let (_, ratio) = near.worst.first()?;
    (0.0 < near.over_100.count).then(|| {
        format!(
            "In your traffic, {} were over their limit for {}, at {} of it in the fullest minute: \
             a planned peak may be lower.",
            limit(near),
            minutes(&near.over_100),
            words::percent(*ratio)
        )
    })
}

/// A number of minutes.
pub fn minutes(of: &Minutes) -> String {
    if of.is_at_least && of.count <= 0.0 {
        return NOT_KNOWN.to_owned();
    }
    let least = if of.is_at_least { "≥ " } else { "" };
    format!("{least}{} min", words::significant(of.count))
}

/// Quantity of an error.
pub fn error_of(of: ErrorOf) -> &'static str {
    match of {
        ErrorOf::PeakTokens => "Tokens a minute at the peak",
        ErrorOf::PeakRequests => "Requests a minute at the peak",
        ErrorOf::InFlight => "Requests in flight at the peak",
        ErrorOf::Refused => "Share of 429s",
    }
}

/// Value of an error.
pub fn error_value(of: ErrorOf, value: f64) -> String {
    match of {
        ErrorOf::Refused => words::percent(value),
        ErrorOf::InFlight => words::significant(value),
        ErrorOf::PeakTokens | ErrorOf::PeakRequests => words::short(value),
    }
}

/// A signed error.
pub fn error(error: &ModelError) -> String {
    let sign = if error.error < 0.0 { "−" } else { "+" };
    let size = error.error.abs() * 100.0;
    match error.of {
        ErrorOf::Refused => format!("{sign}{size:.1} points"),
        _ => format!("{sign}{size:.0} %"),
    }
}

/// Sentences after the verdict: the fullest limit that was exceeded, and the largest reported
/// error.
pub fn after(limits: &[NearLimit], errors: &[ModelError]) -> Option<String> {
    let passed = limits.first().and_then(passed);
    let both: Vec<String> = passed.into_iter().chain(verdict(errors)).collect();
    (!both.is_empty()).then(|| both.join(" "))
}

/// Sentence about the largest error, if it is large enough.
fn verdict(errors: &[ModelError]) -> Option<String> {
    let large = errors.iter().filter(|error| error.is_large());
    let worst = large.max_by(|a, b| a.error.abs().total_cmp(&b.error.abs()))?;
    let (what, off) = (lower(error_of(worst.of)), worst.error.abs() * 100.0);
    let side = if worst.error < 0.0 { "below" } else { "above" };
    Some(match worst.of {
        ErrorOf::Refused => format!(
            "Against your traffic, the model’s share of 429s is {off:.1} points {side} what \
             was measured."
        ),
        _ => format!(
            "Against the half of your traffic that it has not seen, the model’s {what} are \
             {off:.0} % {side} what came."
        ),
    })
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// Mark of a measured value in the form, with its source.
pub fn mark(digest: &Digest, status: Status) -> String {
    let source = super::traffic::source(digest.format);
    let least = match status {
        Status::AtLeast => "≥, ",
        Status::Scaled => "scaled, ",
        Status::Measured | Status::Assumed => "",
    };
    let rows = if digest.rows == 1 { "row" } else { "rows" };
    format!(
        "{least}{source}, {} to {}, {} {rows}",
        moment(&digest.from),
        moment(&digest.to),
        grouped(digest.rows as f64)
    )
}

/// Reason why a file lacks a value.
pub fn why_not(digest: &Digest, key: &str) -> &'static str {
    let has = |flag| digest.flags.contains(&flag);
    match key {
        "peak-multiplier" | "burstiness" | "shape" if has(Flag::DailyGrain) => {
            "assumed: the file has days only"
        }
        "shape" if has(Flag::LessThanADay) => "assumed: no whole day was seen",
        "requests-per-day" | "avg-input-tokens" | "avg-output-tokens" | "cache-hit"
            if has(Flag::NoRequestCount) =>
        {
            "assumed: the file does not count requests"
        }
        "avg-input-tokens" | "avg-output-tokens" | "cached" if has(Flag::NoTokenCount) => {
            "assumed: the file does not count tokens"
        }
        "burstiness" => "assumed: it takes the times of single requests, of half an hour and more",
        "growth" if digest.growth.is_some() => "assumed: the weeks do not tell it from none",
        "growth" => "assumed: it takes three weeks or more",
        _ => "assumed: the file does not say",
    }
}

/// A value from the file, as listed.
pub fn value(value: &Value) -> String {
    let text = value.text.as_deref().unwrap_or("–");
    if value.key == "shape" {
        return SHAPE.to_owned();
    }
    let number = digits::read(text);
    let shown = number.map_or_else(|| text.to_owned(), words::significant);
    let least = if value.status == Status::AtLeast {
        "≥ "
    } else {
        ""
    };
    format!("{least}{shown}")
}

/// Shape of a day, as listed.
const SHAPE: &str = "24 hours";

/// Meaning of a peak definition for 429s.
pub fn peak_means(choice: PeakChoice) -> &'static str {
    match choice {
        PeakChoice::Busiest => "No minute of the file would have been refused.",
        PeakChoice::P999 => "One minute in a thousand would have been refused in part.",
        PeakChoice::TypicalDay => {
            "On every second day the busiest minute would have been refused in part."
        }
    }
}
