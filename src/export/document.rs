//! `scenario.json`: the question itself, for programs and for the next time.

use super::{File, Source};
use crate::scenario::file;

pub(super) fn file(source: Source) -> File {
    let document = file::to_json(source.scenario);
    let mut file = File::plain("scenario.json", "application/json");
    file.text = format!("{document:#}\n");
    file.planned_lines = (1..file.text.lines().count().saturating_sub(1)).collect();
    file.checked("Read back as it is", Vec::new()).noted(vec![
        "Every input, defaults included: kt-capacity estimate --scenario scenario.json answers \
         the same."
            .to_owned(),
    ])
}
