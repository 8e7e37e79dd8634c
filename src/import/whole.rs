//! Link in a file or command: the whole scenario it was made from.
//!
//! A file has only some of the inputs; the link in its comment has all. The link is taken only if
//! the user has no inputs yet, and every input it changes is listed.

use super::lines::join;
use super::reading::{Leftover, Reading, Taken};
use crate::scenario::property;
use crate::scenario::{Link, Scenario, file, link};
use serde_json::Value;

const TAKEN: &str = "links to the scenario that this was made from, and you had none of your own";
const KEPT: &str = "links to the scenario that this was made from, which would replace all of \
                    yours: paste the link alone to take it";
/// Maximum length of a link shown.
const LONGEST: usize = 300;

/// Link in the comment at the top of one of our files.
pub(super) struct Origin {
    fragment: String,
    line: usize,
    pub(super) scenario: Scenario,
}

/// Scenario of the link in the top comment, if fully readable.
pub(super) fn origin(text: &str) -> Option<Origin> {
    let head = text.lines().take(60).enumerate();
    let mut found = head.filter_map(|(above, line)| {
        let link = line.trim_start().strip_prefix("# ")?;
        let (_, fragment) = link.split_once('#')?;
        let is_link = !link.contains(char::is_whitespace) && link::is_versioned(fragment);
        is_link.then_some((above + 1, fragment))
    });
    let (line, fragment) = found.next()?;
    let (own, notices) = Link::read_own(fragment);
    let is_whole = notices.iter().all(link::Notice::is_advice);
    is_whole.then(|| Origin {
        fragment: fragment.to_owned(),
        line,
        scenario: own.scenario,
    })
}

impl Origin {
    /// Whether taking the link loses no user input: the current scenario is the default or equal.
    pub(super) fn is_taken_over(&self, current: &Scenario) -> bool {
        *current == Scenario::default() || *current == self.scenario
    }

    /// Lists the link and each input it changes, or reports the link if not taken.
    pub(super) fn list(&self, current: &Scenario, reading: &mut Reading) {
        let mut shown = format!("#{}", self.fragment);
        if let Some((end, _)) = shown.char_indices().nth(LONGEST) {
            shown.truncate(end);
            shown.push('…');
        }
        if !self.is_taken_over(current) {
            reading.left.insert(
                0,
                Leftover {
                    line: Some(self.line),
                    ..Leftover::new(shown, KEPT)
                },
            );
            return;
        }
        let mut all = vec![Taken {
            object: String::new(),
            place: String::new(),
            line: Some(self.line),
            label: "Scenario".to_owned(),
            value: shown.clone(),
            note: Some(TAKEN.to_owned()),
        }];
        all.extend(changed(current, &self.scenario, "#", Some(self.line)));
        all.append(&mut reading.taken);
        reading.taken = all;
    }
}

/// Inputs changed by a link.
pub(super) fn changed(
    before: &Scenario,
    after: &Scenario,
    place: &str,
    line: Option<usize>,
) -> Vec<Taken> {
    let [before, after] = [before, after].map(file::to_json);
    let mut found = Vec::new();
    differ("", &before, &after, &mut found);
    let changed = found.into_iter().map(|(path, value)| Taken {
        object: String::new(),
        place: format!("{place} {path}"),
        line,
        label: label(&path),
        value,
        note: Some("by the link".to_owned()),
    });
    changed.collect()
}

/// Collects the places where two documents differ, with the second's values.
fn differ(path: &str, before: &Value, after: &Value, found: &mut Vec<(String, String)>) {
    if before == after {
        return;
    }
    match after {
        Value::Object(fields) => {
            for (key, value) in fields {
                differ(&join(path, key), &before[key], value, found);
            }
        }
        Value::Array(rows) => {
            for (index, row) in rows.iter().enumerate() {
                differ(&join(path, &index.to_string()), &before[index], row, found);
            }
            if rows.len() < before.as_array().map_or(0, Vec::len) {
                found.push((path.to_owned(), format!("{} of them", rows.len())));
            }
        }
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Null => found.push((path.to_owned(), "none".to_owned())),
        other => found.push((path.to_owned(), other.to_string())),
    }
}

/// Label of the input at a place, or its key.
fn label(path: &str) -> String {
    let key = path.rsplit('.').next().unwrap_or(path);
    let scenario = property::SCENARIO.iter().map(|one| (one.key, one.label));
    let workload = property::WORKLOAD.iter().map(|one| (one.key, one.label));
    let provider = property::PROVIDER.iter().map(|one| (one.key, one.label));
    let mut labels = scenario.chain(workload).chain(provider);
    let found = labels.find(|(known, _)| *known == key);
    found.map_or(key, |(_, label)| label).to_owned()
}
