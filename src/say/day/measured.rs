//! Coverage of a measured day by its file.

use crate::lived::Facts;
use crate::say::words::{self, clock};

/// The covered part of the day, if the file does not cover all of it.
pub(crate) fn covered(facts: &Facts) -> String {
    let minutes: usize = facts.covered.iter().map(|(from, to)| to - from).sum();
    let length = match u32::try_from(minutes) {
        Ok(0) | Err(_) => return String::new(),
        Ok(minutes) if minutes < 60 => words::counted(minutes, "minute"),
        Ok(minutes) => {
            let hours = words::significant(f64::from(minutes) / 60.0);
            words::several(&hours, "hour")
        }
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
        " The file covers {length} of this day{when}. At all other times requests arrive as \
         planned, up to the planned number a day."
    )
}
