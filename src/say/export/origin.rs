//! The lines that say where a file comes from, and what can be said of any file.

use crate::catalog::date::Date;

/// How the line with the plan's day begins; the bundle's README repeats it.
pub const PLANNED_ON: &str = "Planned on ";

/// The day of the plan, and the scenario's name if it has one.
pub fn day(today: Date, name: &str) -> String {
    if name.is_empty() {
        format!("{PLANNED_ON}{today}")
    } else {
        format!("{PLANNED_ON}{today} for “{name}”")
    }
}

/// The same where the link stands on the next line.
pub fn with_link(day: &str) -> String {
    format!("{day}, from this scenario:")
}

/// The same where the link is too long.
pub fn without_link(day: &str) -> String {
    format!("{day}; the scenario's link is too long to repeat here")
}

/// What was found of a file that nobody checks.
pub const READABLE: &str = "Readable YAML";

/// A file that could not be written.
pub fn unwritten(error: &str) -> String {
    format!("Cannot be written: {error}")
}

/// What stands in it then.
pub const UNWRITTEN: &str = "Not written";
