//! Generated files, imported files, and differences.

use super::counted;
use crate::say::words;

pub(crate) const TITLE: &str = "Files";
pub(crate) const READ: &str = "Import or compare a file…";
/// Id of the import button.
pub(crate) const READ_ID: &str = "read-file";
pub(crate) const ALL: &str = "All, .zip";
pub(crate) const COPY: &str = "Copy";
pub(crate) const COPY_FILE: &str = "Copy the file";
pub(crate) const DOWNLOAD: &str = "Download";
pub(crate) const ABOUT_FILE: &str = "About this file";
pub(crate) const CANNOT_SAY: &str = "What this file cannot express";

/// Number of files, or names of invalid ones.
pub(crate) fn state(files: usize, refused: &[&str]) -> String {
    match refused {
        [] => format!("{}, ready to apply", counted(files, "file")),
        [name] => format!("{name} is held back until it is valid"),
        [first @ .., last] => format!(
            "{} and {last} are held back until they are valid",
            first.join(", ")
        ),
    }
}

/// Notes next to a file.
pub(crate) fn about(name: &str) -> String {
    format!("About {name}")
}

/// Import dialog.
pub(crate) const READ_TITLE: &str = "Import or compare a file";
pub(crate) const NOT_LOADED: &str = "The program that reads files could not be loaded.";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const PASTE: &str = "Paste a policy pack, HPA, ScaledObject, Deployment, Helm values, \
                                another gateway’s configuration, scenario.json, link, or kt \
                                capacity estimate line; or choose a usage export of 19 sources";
pub(crate) const CHOOSE: &str = "Choose files…";
pub(crate) const DROP: &str = "or drop them on the page";
pub(crate) const USE: &str = "Use it here";

/// Several kinds of documents.
fn kinds(names: &[&str]) -> String {
    let each: Vec<String> = names.iter().map(|name| words::one(name)).collect();
    each.join(" and ")
}

/// Result of reading a text, by kinds of documents.
pub(crate) fn found(names: &[&str], is_ours: bool) -> String {
    let ours = if is_ours {
        ", made by this calculator"
    } else {
        ""
    };
    format!("This is {}{ours}", kinds(names))
}

/// Message: values were applied.
pub(crate) fn taken(names: &[&str]) -> String {
    format!("Read from {}. Undo takes it back", kinds(names))
}

/// Titles of the lists of values.
pub(crate) const NOT_USED: &str = "Not used";
pub(crate) const TAKEN: &str = "Taken";
pub(crate) const FILLED: &str = "Filled in, as the file’s target does";
pub(crate) const ALIKE: &str = "Nothing to take";

/// Title of a list with its number of values.
pub(crate) fn values(title: &str, values: usize) -> String {
    format!("{title}: {}", counted(values, "value"))
}

/// A path in a text, with its line.
pub(crate) fn place(place: &str, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{place}, line {line}"),
        None => place.to_owned(),
    }
}

/// Differences.
pub(crate) const NOTHING_NEW: &str = "It says what is here already.";
pub(crate) const TO_HERE: &str = "From what was pasted to what is here";
pub(crate) const FROM_HERE: &str = "From what is here to what was pasted";
pub(crate) const PASTED: &str = "Pasted";
pub(crate) const HERE: &str = "Here";
pub(crate) const SWAP: &str = "Swap sides";
pub(crate) const INPUTS_DIFFER: &str = "Inputs that differ";
pub(crate) const RESULTS_DIFFER: &str = "Results that differ";
pub(crate) const FILES_DIFFER: &str = "Files that differ";
pub(crate) const COPY_PATCH: &str = "Copy patch";
pub(crate) const DOWNLOAD_PATCH: &str = "Download .patch";

/// Title of a table of differences, with its number of rows.
pub(crate) fn table(title: &str, rows: usize) -> String {
    format!("{title}: {rows}")
}

/// Title above the patches.
pub(crate) fn files_differ(files: usize) -> String {
    format!("{} that differ", counted(files, "file"))
}
