//! `scenario.json`: the scenario, for programs and for later use.

use super::{File, Source};
use crate::say::export::document as say;
use crate::scenario::file;

pub(super) fn file(source: Source) -> File {
    let document = file::to_json(source.scenario);
    let mut file = File::plain("scenario.json", "application/json");
    file.text = format!("{document:#}\n");
    file.planned_lines = (1..file.text.lines().count().saturating_sub(1)).collect();
    file.checked(say::CHECKED, Vec::new())
        .noted(vec![say::NOTE.to_owned()])
}
