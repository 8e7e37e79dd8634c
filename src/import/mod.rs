//! Reads files back into a scenario: packs, manifests, configurations of other gateways, command
//! lines, scenario files and links.
//!
//! A file has only some of the inputs, so it is laid over the user's current scenario. If that is
//! still the default, the link in the comment of one of our own files gives the base. Values equal
//! to our own export of the base are no change, so reading back one of our files restores its
//! scenario.
//!
//! Each value of a text is in one of four lists: taken, filled in by the target's defaults, equal
//! to the calculator's own file or part of another value, or left with the reason. Of several
//! objects of one kind the gateway's is taken, in any order.

mod alert;
mod autoscaler;
mod behavior;
mod block;
mod called;
mod called_workloads;
mod carried;
mod chart;
mod choose;
mod command;
mod component;
mod container;
mod document;
mod env;
mod fact;
mod gateway;
mod hcl;
mod held;
mod helm;
mod keda;
mod kind;
mod lay;
mod leftover;
mod letter;
mod lines;
mod load_test;
mod manifest;
mod metric;
mod module;
mod open;
mod order;
mod own;
mod pack;
mod patch;
mod pgbouncer;
mod placeholder;
mod postgres;
mod promql;
mod query;
mod reading;
mod recorded;
mod recording;
mod release;
mod rest;
mod rollout;
mod row;
mod rules;
mod scaler;
mod schedule;
mod schema;
mod score;
mod state;
mod surge;
mod target;
mod text;
mod times;
mod together;
mod told;
mod typed;
mod value;
mod variables;
mod vendor;
mod version;
mod whole;
mod workers;
mod yaml;

use serde_json::Value;

use crate::catalog::date::Date;
use crate::say::notice;
use crate::scenario::{Link, Scenario, link};
use lines::Document;

pub use called::{called_providers, models_assumed, models_of_nobody, rows_called};
pub use called_workloads::{called_workloads, merged_workload};
pub use kind::Kind;
pub(crate) use metric::{Requests, load_by_name};
pub(crate) use query::{Function, Query};
pub use reading::{Leftover, Reading, Taken, Unreadable};
pub(crate) use schedule::minute_of_day;
pub(crate) use schema::unknown_fields;
pub(crate) use score::gateway_of;
pub use text::text;
pub use times::{MeasuredTimes, measured_times, with_times};
pub(crate) use value::number;
pub(crate) use version::as_v2;

/// Reads a text and lays its values over `current`.
///
/// # Errors
///
/// The reason why nothing in the text can be used.
pub fn read(text: &str, current: &Scenario, today: Date) -> Result<Reading, Unreadable> {
    read_object(text, current, today, &[])
}

/// Reads a text, with the gateway's objects selected by name.
///
/// # Errors
///
/// The reason why nothing in the text can be used.
pub fn read_object(
    text: &str,
    current: &Scenario,
    today: Date,
    asked: &[String],
) -> Result<Reading, Unreadable> {
    let read = read_any(text, current, today, asked);
    read.map(Reading::printable).map_err(Unreadable::printable)
}

fn read_any(
    text: &str,
    current: &Scenario,
    today: Date,
    asked: &[String],
) -> Result<Reading, Unreadable> {
    if let Err(problem) = text::check(text) {
        // A web page may contain a link.
        let is_page = matches!(problem, Unreadable::NoText(_)) && !text.contains('\0');
        let found = is_page.then(|| among(text)).flatten();
        return found.unwrap_or(Err(problem));
    }
    let body = text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let unfolded = letter::unfolded(body);
    let body = unfolded.as_deref().unwrap_or(body);
    if let Some(fragment) = linked(body)? {
        return Ok(from_link(&fragment));
    }
    let origin = whole::origin(body);
    // The link in a comment does not replace the user's own inputs.
    let taken_over = origin.as_ref().filter(|own| own.is_taken_over(current));
    let base = taken_over.map_or(current, |own| &own.scenario);
    let task = lay::Task {
        base,
        today,
        asked,
        is_ours: taken_over.is_some(),
    };
    let mut reading = match from_documents(unfolded.as_deref().unwrap_or(text), &task) {
        // Files may mention a command or link without being one.
        Err(problem @ (Unreadable::Syntax(_) | Unreadable::Unknown(_))) => {
            if command::is_one(body) {
                command::read(body, base, today)
            } else {
                let told = || recorded::told(body).unwrap_or(problem);
                return among(body).unwrap_or_else(|| Err(told()));
            }
        }
        other => other?,
    };
    if let Some(origin) = &origin {
        reading.is_ours = true;
        origin.list(current, &mut reading);
    }
    Ok(reading)
}

/// Objects of some texts, as run by a cluster.
pub(crate) struct Objects {
    /// Gateway's objects with their kinds, as the cluster reads them.
    pub(crate) chosen: Vec<(Kind, Value)>,
    /// Gateway's objects as written, with unknown fields.
    pub(crate) written: Vec<Value>,
    /// Descriptions of the objects not taken.
    pub(crate) others: Vec<String>,
}

/// Objects of some texts as their target reads them; of several of one kind, those selected by name
/// or the gateway's.
///
/// # Errors
///
/// The place and reason of a parse error, or the names if nothing decides between them.
pub(crate) fn objects(texts: &[&str], asked: &[String]) -> Result<Objects, Unreadable> {
    let mut all = Vec::new();
    for text in texts {
        text::check(text)?;
        all.extend(document::documents(text, carried::carried)?);
    }
    let is_patch = |one: &Document| patch::is_one(&one.value) || patch::is_step(&one.value);
    if all.iter().any(is_patch) {
        return Err(Unreadable::Patch);
    }
    let known: Vec<(Kind, &Document)> = all
        .iter()
        .filter_map(|one| Some((kind::of(&one.value)?, one)))
        .collect();
    lay::check_names(&known, asked)?;
    let chosen = choose::choose(&known, asked)?;
    let others = together::others(&chosen, &known).into_iter();
    let values = chosen.places.iter().map(|place| {
        let (kind, document) = known[*place];
        (kind, schema::as_read(&document.value).into_owned())
    });
    let written = chosen.places.iter();
    let written = written.map(|place| known[*place].1.value.clone());
    Ok(Objects {
        chosen: values.collect(),
        written: written.collect(),
        others: others
            .map(|other| format!("{} {}", other.place, other.why))
            .collect(),
    })
}

/// Kinds of the objects in a text.
///
/// # Errors
///
/// The place and reason of a parse error.
pub(crate) fn kinds(text: &str) -> Result<Vec<Kind>, Unreadable> {
    text::check(text)?;
    let all = document::documents(text, carried::carried)?;
    let known = all.iter().filter_map(|one| kind::of(&one.value));
    Ok(known.collect())
}

/// Name of the gateway's container in a workload, if it can be determined.
pub(crate) fn gateway_container(workload: &Value, asked: &[String]) -> Option<String> {
    let (_, container) = container::of_gateway(workload, asked).ok()??;
    container["name"].as_str().map(str::to_owned)
}

/// Concurrency of the gateway's container in a workload, if given.
pub(crate) fn slots(workload: &Value, asked: &[String]) -> Option<f64> {
    let (_, container) = container::of_gateway(workload, asked).ok()??;
    container::slots_of(container)
}

/// Fragment of a text that is only a link.
fn linked(text: &str) -> Result<Option<String>, Unreadable> {
    let starts = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
    let is_document = starts(&["{", "[{", "[\"", "[["]);
    if text.contains(char::is_whitespace) || is_document {
        return Ok(None);
    }
    // Part of a link after its #, copied without the sign.
    let key = text.split('=').next().unwrap_or_default();
    let is_key = key
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_bare = is_key && text.contains('&');
    let found = if is_bare {
        link::found(&["#", text].concat())
    } else {
        link::found(text)
    };
    if found.is_none() && starts(&["http://", "https://", "<http"]) {
        return Err(Unreadable::NoScenario);
    }
    Ok(found)
}

/// First scenario link in a mail; further ones are reported.
fn among(text: &str) -> Option<Result<Reading, Unreadable>> {
    let letter::Found { links, is_cut } = letter::links(text);
    let (first, others) = links.split_first()?;
    if is_cut {
        return Some(Err(Unreadable::Cut));
    }
    let mut reading = from_link(first);
    let why = "is another link than the first one, which was taken: paste it alone";
    let others = others
        .iter()
        .map(|other| Leftover::new(format!("#{other}"), why));
    reading.left.extend(others);
    Some(Ok(reading))
}

fn from_link(fragment: &str) -> Reading {
    let (link, notices) = Link::read_own(fragment);
    let left = notices
        .iter()
        .map(|n| Leftover::new("link", notice::text(n)));
    Reading {
        is_ours: true,
        left: left.collect(),
        ..Reading::of(Some(Kind::Link), link.scenario)
    }
}

fn from_documents(text: &str, task: &lay::Task) -> Result<Reading, Unreadable> {
    let mut documents = document::documents(text, carried::carried)?;
    if let [only] = documents.as_slice()
        && kind::of(&only.value) == Some(Kind::LoadTest)
    {
        return Ok(load_test::read(only, task));
    }
    let is_scenario = |document: &Document| kind::of(&document.value) == Some(Kind::Scenario);
    let scenarios: Vec<Document> = documents.extract_if(.., |one| is_scenario(one)).collect();
    let known: Vec<(Kind, &Document)> = scenarios
        .iter()
        .map(|document| (Kind::Scenario, document))
        .collect();
    let names: Vec<String> = choose::names(&known);
    let asked: Vec<String> = task
        .asked
        .iter()
        .filter(|name| names.contains(name))
        .cloned()
        .collect();
    let chosen = choose::choose(&known, &asked)?;
    let Some(own) = chosen.places.first().map(|place| known[*place].1) else {
        return lay::over(&documents, task);
    };
    let mut reading = own::from_file(own, task.base);
    reading.left.extend(together::others(&chosen, &known));
    if documents.is_empty() {
        return Ok(reading);
    }
    // Other documents beside a scenario file are laid over it.
    let rest: Vec<String> = task
        .asked
        .iter()
        .filter(|name| !names.contains(name))
        .cloned()
        .collect();
    let base = reading.scenario.clone();
    let task = lay::Task {
        base: &base,
        asked: &rest,
        is_ours: false,
        ..*task
    };
    match lay::over(&documents, &task) {
        Ok(more) => reading.add(more),
        Err(Unreadable::Unknown(_)) => reading.left.extend(together::unknown(&documents)),
        Err(problem) => return Err(problem),
    }
    Ok(reading)
}
