//! Reads files back into a scenario: packs, manifests, configurations of other gateways, command
//! lines, scenario files and links.
//!
//! A file says only a part, so it is laid over a scenario: the one its comment links
//! to, if it is one of ours, or else the reader's current one. A value that our own
//! export of that scenario would have written as well says nothing new; so a file of
//! ours, read back, gives the scenario it was made from.
//!
//! Each value of a text is in one of four lists: taken, filled in by the file's target where the
//! file is silent, alike in the calculator's own file, or left with the reason. Of several
//! objects of a kind the gateway's is taken, whatever their order.

mod autoscaler;
mod behavior;
mod called;
mod choose;
mod command;
mod component;
mod container;
mod document;
mod fact;
mod gateway;
mod helm;
mod keda;
mod kind;
mod lay;
mod leftover;
mod lines;
mod manifest;
mod metric;
mod own;
mod pack;
mod pgbouncer;
mod reading;
mod rules;
mod schema;
mod score;
mod target;
mod text;
mod value;
mod yaml;

use crate::catalog::date::Date;
use serde_json::Value;

use crate::scenario::{Link, Scenario, link};
use lines::Document;

pub use called::{called_providers, called_workload};
pub(crate) use keda::summed;
pub use kind::Kind;
pub(crate) use metric::load_by_name;
pub use reading::{Leftover, Reading, Taken, Unreadable};
pub(crate) use score::is_beside;
pub use text::text;

/// Reads a text and lays its values over `current`.
///
/// # Errors
///
/// Why nothing in it can be used.
pub fn read(text: &str, current: &Scenario, today: Date) -> Result<Reading, Unreadable> {
    read_object(text, current, today, &[])
}

/// The same where the reader named the objects of the text that are the gateway's.
///
/// # Errors
///
/// Why nothing in it can be used.
pub fn read_object(
    text: &str,
    current: &Scenario,
    today: Date,
    asked: &[String],
) -> Result<Reading, Unreadable> {
    text::check(text)?;
    let body = text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if let Some(fragment) = linked(body)? {
        return Ok(from_link(&fragment));
    }
    let origin = origin(body);
    let base = origin.as_ref().unwrap_or(current);
    let mut reading = if command::is_one(body) {
        command::read(body, base, today)
    } else {
        let task = lay::Task {
            base,
            today,
            asked,
            is_ours: origin.is_some(),
        };
        match from_documents(text, &task) {
            // A link in the middle of a message is none of a file's.
            Err(problem @ (Unreadable::Syntax(_) | Unreadable::Unknown(_))) => {
                return among(body).map(|link| from_link(&link)).ok_or(problem);
            }
            other => other?,
        }
    };
    reading.is_ours = origin.is_some();
    Ok(reading)
}

/// The documents of a text as its target reads them: of several that are alike in kind, the
/// gateway's.
///
/// # Errors
///
/// Where and why it cannot be read, or the names among which nothing decides.
pub(crate) fn chosen(texts: &[&str]) -> Result<Vec<Value>, Unreadable> {
    let mut all = Vec::new();
    for text in texts {
        all.extend(document::documents(text).map_err(Unreadable::Syntax)?);
    }
    let known: Vec<(Kind, &Document)> = all
        .iter()
        .filter_map(|one| Some((kind::of(&one.value)?, one)))
        .collect();
    let chosen = choose::choose(&known, &[])?;
    let values = chosen
        .places
        .iter()
        .map(|place| known[*place].1.value.clone());
    Ok(values.collect())
}

/// The fragment of a text that is one link and nothing else.
fn linked(text: &str) -> Result<Option<String>, Unreadable> {
    if text.contains(char::is_whitespace) {
        return Ok(None);
    }
    let found = link::found(text);
    let is_address = ["http://", "https://", "<http"]
        .iter()
        .any(|start| text.starts_with(start));
    if found.is_none() && is_address {
        return Err(Unreadable::NoScenario);
    }
    Ok(found)
}

/// The first link of a scenario among the words of a message.
fn among(text: &str) -> Option<String> {
    let words = text.split_whitespace().take(10_000);
    words
        .filter(|word| word.contains("://"))
        .find_map(link::found)
}

fn from_link(fragment: &str) -> Reading {
    let (link, notices) = Link::read_own(fragment);
    let left = notices.iter().map(|n| Leftover::new("link", n.to_string()));
    Reading {
        is_ours: true,
        left: left.collect(),
        ..Reading::of(Some(Kind::Link), link.scenario)
    }
}

/// The scenario that a comment at the top links to, if all of the link can be read.
fn origin(text: &str) -> Option<Scenario> {
    let comments = text.lines().take(60).map(str::trim_start);
    let comments = comments.filter_map(|line| line.strip_prefix("# "));
    let links = comments.filter(|line| !line.contains(char::is_whitespace));
    let mut fragments = links.filter_map(|line| Some(line.split_once('#')?.1));
    let fragment = fragments.find(|fragment| link::is_versioned(fragment))?;
    let (link, notices) = Link::read_own(fragment);
    let is_whole = notices.iter().all(link::Notice::is_advice);
    is_whole.then_some(link.scenario)
}

fn from_documents(text: &str, task: &lay::Task) -> Result<Reading, Unreadable> {
    let documents = match pgbouncer::document(text) {
        Some(document) => vec![document],
        None => document::documents(text).map_err(Unreadable::Syntax)?,
    };
    if let [only] = documents.as_slice()
        && kind::of(&only.value) == Some(Kind::Scenario)
    {
        return Ok(own::from_file(only, task.base));
    }
    lay::over(&documents, task)
}
