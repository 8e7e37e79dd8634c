//! A link that a file or a command carries: the whole scenario that it was made from.
//!
//! A file says its own part. The link in its comment says everything else too, so it is taken
//! only by a reader who has nothing of their own yet; of what it changes each input is listed.

use super::lines::join;
use super::reading::{Leftover, Reading, Taken};
use crate::scenario::property;
use crate::scenario::{Link, Scenario, file, link};
use serde_json::Value;

const TAKEN: &str = "links to the scenario that this was made from, and you had none of your own";
const KEPT: &str = "links to the scenario that this was made from, which would replace all of \
                    yours: paste the link alone to take it";
/// Longest link that is shown.
const LONGEST: usize = 300;

/// The link in a comment at the top of a file of ours.
pub(super) struct Origin {
    fragment: String,
    line: usize,
    pub(super) scenario: Scenario,
}

/// The scenario that a comment at the top links to, if all of the link can be read.
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
    /// Whether nothing of the reader's own is lost by it: there is none, or it is the same.
    pub(super) fn is_taken_over(&self, current: &Scenario) -> bool {
        *current == Scenario::default() || *current == self.scenario
    }

    /// Lists the link, and each input that it changes; one that is not taken is told.
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

/// Each input that a link changes.
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

/// The places where two documents differ, with the values of the second.
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

/// The label of the input at a place; its key where it has none.
fn label(path: &str) -> String {
    let key = path.rsplit('.').next().unwrap_or(path);
    let scenario = property::SCENARIO.iter().map(|one| (one.key, one.label));
    let workload = property::WORKLOAD.iter().map(|one| (one.key, one.label));
    let provider = property::PROVIDER.iter().map(|one| (one.key, one.label));
    let mut labels = scenario.chain(workload).chain(provider);
    let found = labels.find(|(known, _)| *known == key);
    found.map_or(key, |(_, label)| label).to_owned()
}
