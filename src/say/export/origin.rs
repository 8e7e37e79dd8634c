//! Lines about a file's origin, and notes common to all files.

use crate::catalog::date::Date;

/// Start of the line with the plan's day, which the bundle's README repeats.
pub const PLANNED_ON: &str = "Planned on ";

/// Day of the plan, and name of the scenario if any.
pub fn day(today: Date, name: &str) -> String {
    if name.is_empty() {
        format!("{PLANNED_ON}{today}")
    } else {
        format!("{PLANNED_ON}{today} for “{name}”")
    }
}

/// The day, before a line with the link.
pub fn with_link(day: &str) -> String {
    format!("{day}, from this scenario:")
}

/// The day, without a link that is too long.
pub fn without_link(day: &str) -> String {
    format!("{day}; the scenario's link is too long to repeat here")
}

/// Result of the check for files without a validator.
pub const READABLE: &str = "Readable YAML";

/// Fault: the file could not be written.
pub fn unwritten(error: &str) -> String {
    format!("Cannot be written: {error}")
}

/// Content of an unwritten file.
pub const UNWRITTEN: &str = "Not written";
