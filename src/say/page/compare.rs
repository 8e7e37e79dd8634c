//! Comparison of scenarios, and kept scenarios.

use super::counted;
use crate::plan::Demand;
use crate::say::words;

pub(crate) const TITLE: &str = "Side by side";
pub(crate) const NOTE: &str =
    "The first is the scenario you edit; differences are given against it";
pub(crate) const UNREAD: &str = "Part of the comparison could not be used; the rest is here.";
pub(crate) const ONLY_THREE: &str = "Only the first three scenarios are shown";
pub(crate) const SAME_COMPARISON: &str = "The link in the address opens the same comparison.";
/// Letters of the compared scenarios.
pub(crate) const LETTERS: [&str; 3] = ["A", "B", "C"];
/// Name of an untitled scenario.
pub(crate) const UNTITLED: &str = "Untitled scenario";

/// Refusal of a text without a scenario; `start` is its beginning.
pub(crate) fn no_scenario(start: &str) -> String {
    format!("“{start}” is no scenario")
}

/// Heading of a scenario.
pub(crate) fn side(letter: &str, name: &str) -> String {
    format!("{letter} {name}")
}

pub(crate) const ASKS_THE_SAME: &str = "Asks the same as A";
pub(crate) const EDITED: &str = "You edit this one";
pub(crate) const EDIT: &str = "Edit";
pub(crate) const OPEN: &str = "Open";
pub(crate) const OPEN_TITLE: &str = "Edit it in the place of A; can be undone";
pub(crate) const PUT_BESIDE: &str = "Put beside";
pub(crate) const RENAME: &str = "Rename";
pub(crate) const REMOVE: &str = "Remove";

/// Button that adds a scenario to the comparison.
pub(crate) fn put_beside(name: &str) -> String {
    format!("Put beside {name}")
}

/// The button that opens a scenario.
pub(crate) fn open(name: &str) -> String {
    format!("Open {name}")
}

/// The button that renames a scenario.
pub(crate) fn rename(name: &str) -> String {
    format!("Rename {name}")
}

/// The button that removes a scenario.
pub(crate) fn remove(name: &str) -> String {
    format!("Remove {name}")
}

/// Tables.
pub(crate) const FIGURES: &str = "Key figures";
pub(crate) const MORE_FIGURES: &str = "More figures that differ";
pub(crate) const INPUTS: &str = "Inputs that differ";
pub(crate) const NO_INPUTS: &str = "None: they ask the same.";
/// A missing value.
pub(crate) const NONE: &str = "–";

/// Note at the table of inputs.
pub(crate) fn different(inputs: usize) -> String {
    format!(
        "{} with different values; all others are the same",
        counted(inputs, "input")
    )
}

/// Charts.
pub(crate) const OVER_THE_DAY: &str = "Over the day";
pub(crate) const TOKENS: &str = "Tokens per minute";
pub(crate) const TOKENS_NOTE: &str =
    "Each horizontal line: the total traffic at which a first limit is reached.";
pub(crate) const GATEWAYS: &str = "Gateways needed";
pub(crate) const GATEWAYS_NOTE: &str = "With headroom, at each time of the day.";

/// Adding another scenario.
pub(crate) const FULL: &str = "Three is the maximum. Remove one to add another.";
pub(crate) const HINT: &str = "Keep this scenario below, change it under “Full”, and come back: \
                               what you kept and what you have now stand side by side. Or begin \
                               with one of these.";
pub(crate) const DOUBLED: &str = "Twice the load";
pub(crate) const COMPARE_DOUBLED: &str = "Compare with twice the load";
pub(crate) const EXAMPLE: &str = "The guide’s example";
pub(crate) const COMPARE_EXAMPLE: &str = "Compare with the guide’s example";
pub(crate) const IS_EXAMPLE: &str = "This is the guide’s example.";
/// The parts of a pasted text that were left out, each with its place and the reason; empty where
/// all was read.
pub(crate) fn unread<'a>(left: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    const TOLD: usize = 3;
    let mut each: Vec<String> = left
        .map(|(place, why)| [place, ": ", why].concat())
        .collect();
    let more = each.len().saturating_sub(TOLD);
    each.truncate(TOLD);
    if 0 < more {
        each.push(format!("and {more} more"));
    }
    if each.is_empty() {
        return String::new();
    }
    ["Put beside. Not taken: ", &each.join("; "), "."].concat()
}

pub(crate) const PASTE: &str = "Link, scenario.json or kt capacity estimate line";
pub(crate) const NOT_LOADED: &str = "The comparison could not be loaded.";
pub(crate) const PASTE_HERE: &str = "Paste it here";

/// Title, by number of scenarios.
pub(crate) const fn add(sides: usize) -> &'static str {
    match sides {
        1 => "Put a scenario beside it",
        _ => "Put another beside them",
    }
}

/// Kept scenarios.
pub(crate) const KEPT: &str = "Kept scenarios";
pub(crate) const KEPT_NOTE: &str = "In this browser only; a link takes one elsewhere";
pub(crate) const NONE_YET: &str = "None yet.";
pub(crate) const KEEP: &str = "Keep this scenario";
pub(crate) const NAME_TO_KEEP: &str = "Name to keep it under";
pub(crate) const SAVE_NAME: &str = "Save name";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const CANNOT_BE_READ: &str = "Cannot be read";
/// Message: the browser refuses storage.
pub(crate) const REFUSED: &str = "The browser’s storage took nothing: it is full, or blocked for \
                                  this page. Copy the link to keep the scenario";

/// Summary of a kept scenario.
pub(crate) fn about(demand: &Demand, verdict: &str) -> String {
    let requests = words::short(demand.requests_per_day);
    format!("{requests} requests/day · {verdict}")
}

/// Label of the field for a new name.
pub(crate) fn new_name(name: &str) -> String {
    format!("New name of {name}")
}

/// Message: a scenario was kept.
pub(crate) fn kept_as(name: &str) -> String {
    format!("Kept as “{name}”")
}

/// Message: a scenario was renamed.
pub(crate) fn renamed_to(name: &str) -> String {
    format!("Renamed to “{name}”")
}

/// Message: a scenario was removed.
pub(crate) fn removed(name: &str) -> String {
    format!("Removed “{name}”")
}

/// Message: a removal was undone.
pub(crate) fn is_back(name: &str) -> String {
    format!("“{name}” is back")
}
