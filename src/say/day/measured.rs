//! Coverage of a measured day by its file.

use crate::lived::Facts;
use crate::say::words::{self, clock};

const FILLED: &str = "; the gaps are filled in from the rest of their hours";

/// The covered part of the day, if the file does not cover all of it.
pub(crate) fn covered(facts: &Facts) -> String {
    let known: usize = facts.covered.iter().map(|(from, to)| to - from).sum();
    let filled = if 0 < facts.filled { FILLED } else { "" };
    if known == 0 {
        return length(facts.filled).map_or_else(String::new, |length| {
            format!(" The file lacks {length} of this day{filled}.")
        });
    }
    let Some(length) = length(known.saturating_sub(facts.filled)) else {
        return String::new();
    };
    // A period across midnight is one.
    let day = 24 * 60;
    let span = match facts.covered[..] {
        [(from, to)] => Some((from, to)),
        [(0, to), (from, end)] if end == day => Some((from, to)),
        _ => None,
    };
    let when = span.map_or_else(String::new, |(from, to)| {
        format!(", from {} to {}", clock(from), clock(to))
    });
    format!(
        " The file covers {length} of this day{when}{filled}. At all other times requests arrive \
         as planned, up to the planned number a day."
    )
}

/// A number of minutes in words, if any.
fn length(minutes: usize) -> Option<String> {
    match u32::try_from(minutes) {
        Ok(0) | Err(_) => None,
        Ok(minutes) if minutes < 60 => Some(words::counted(minutes, "minute")),
        Ok(minutes) => {
            let hours = words::significant(f64::from(minutes) / 60.0);
            Some(words::several(&hours, "hour"))
        }
    }
}
