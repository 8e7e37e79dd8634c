//! Reads files back into a scenario: packs, manifests, command lines, scenario files and
//! links.
//!
//! A file says only a part, so it is laid over a scenario: the one its comment links
//! to, if it is one of ours, or else the reader's current one. A value that our own
//! export of that scenario would have written as well says nothing new; so a file of
//! ours, read back, gives the scenario it was made from.

mod command;
mod document;
mod fact;
mod leftover;
mod manifest;
mod pack;
mod reading;
mod value;
mod yaml;

pub(crate) use document::documents;

use crate::catalog::date::Date;
use serde_json::Value;

use crate::export;
use crate::plan::evaluate;
use crate::scenario::{Link, Scenario, file, link};
use fact::Facts;
use reading::LONGEST;

pub use reading::{Kind, Leftover, Reading, Unreadable};

/// Reads a text and lays its values over `current`.
///
/// # Errors
///
/// Why nothing in it can be used.
pub fn read(text: &str, current: &Scenario, today: Date) -> Result<Reading, Unreadable> {
    let text = text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    if LONGEST < text.len() {
        return Err(Unreadable::TooLong);
    }
    if let Some(fragment) = linked(text) {
        return Ok(from_link(&fragment));
    }
    let origin = origin(text);
    let base = origin.as_ref().unwrap_or(current);
    let mut reading = if command::is_one(text) {
        command::read(text, base, today)
    } else {
        from_documents(text, base, today)?
    };
    reading.is_ours = origin.is_some();
    Ok(reading)
}

/// The fragment of a text that is one link and nothing else.
fn linked(text: &str) -> Option<String> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let page = text.split(['#', '?']).next().unwrap_or_default();
    let is_address = page.is_empty() || page.contains("://") || page.starts_with('/');
    link::of_address(text).filter(|fragment| is_address && link::is_versioned(fragment))
}

fn from_link(fragment: &str) -> Reading {
    let (link, notices) = Link::read(fragment);
    let left = notices.iter().map(|n| Leftover::new("link", n.to_string()));
    Reading {
        kinds: vec![Kind::Link],
        is_ours: true,
        scenario: link.scenario,
        left: left.collect(),
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

fn from_documents(text: &str, base: &Scenario, today: Date) -> Result<Reading, Unreadable> {
    let documents = document::documents(text).map_err(Unreadable::Syntax)?;
    if let [only] = documents.as_slice()
        && document::kind(only) == Some(Kind::Scenario)
    {
        return Ok(from_file(only));
    }
    let files = own_files(base, today);
    let mut reading = Reading {
        kinds: Vec::new(),
        is_ours: false,
        scenario: base.clone(),
        left: Vec::new(),
    };
    let mut unknown = Vec::new();
    for document in &documents {
        let Some(kind) = document::kind(document) else {
            unknown.push(document::title(document));
            continue;
        };
        let own = document::like(&files, document, kind);
        let facts = facts_of(document, kind);
        let left = leftover::leftovers(document, own.as_ref(), &facts);
        reading.left.extend(left);
        let known = own.map(|own| facts_of(&own, kind)).unwrap_or_default();
        facts.lay_over(&known, &mut reading);
        if reading.scenario != *base {
            // Recompute: defaults may depend on values just changed.
            let files = own_files(&reading.scenario, today);
            let own = document::like(&files, document, kind);
            let known = own.map(|own| facts_of(&own, kind)).unwrap_or_default();
            facts.insist(&known, &mut reading.scenario);
        }
        reading.kinds.push(kind);
    }
    if reading.kinds.is_empty() {
        let what = unknown.into_iter().next();
        return Err(Unreadable::Unknown(
            what.unwrap_or_else(|| "This".to_owned()),
        ));
    }
    let rest = unknown.into_iter();
    let rest = rest.map(|what| Leftover::new(what, "says nothing this calculator models"));
    reading.left.extend(rest);
    Ok(reading)
}

fn facts_of(document: &Value, kind: Kind) -> Facts {
    match kind {
        Kind::Pack => pack::facts(document),
        _ => manifest::facts(document, kind),
    }
}

/// The exports of a scenario.
fn own_files(base: &Scenario, today: Date) -> Vec<export::File> {
    export::files(base, &evaluate(base, today), "")
}

/// A scenario file, without its invalid values.
fn from_file(document: &Value) -> Reading {
    let mut document = document.clone();
    let mut left = Vec::new();
    // Each pass removes the invalid values; the next one may find others behind them.
    for _ in 0..4 {
        match file::from_json(&document) {
            Ok(scenario) => {
                return Reading {
                    kinds: vec![Kind::Scenario],
                    is_ours: left.is_empty(),
                    scenario,
                    left,
                };
            }
            Err(problems) => {
                for problem in problems {
                    value::remove(&mut document, &problem.field);
                    let why = format!("{} cannot be used. {}", problem.value, problem.allowed);
                    left.push(Leftover::new(problem.field, why));
                }
            }
        }
    }
    Reading {
        kinds: vec![Kind::Scenario],
        is_ours: false,
        scenario: Scenario::default(),
        left,
    }
}

impl Facts {
    /// Lays over the facts that differ from `known`.
    fn lay_over(&self, known: &Self, reading: &mut Reading) {
        for fact in &self.values {
            if known.values.contains(fact) {
                continue;
            }
            if let Err(why) = fact.put(&mut reading.scenario) {
                reading.left.push(Leftover::new(fact.path.clone(), why));
            }
        }
        if !self.targets.is_empty() && self.targets != known.targets {
            pack::lay_over(&self.targets, &known.targets, reading);
        }
    }

    /// Reapplies values the first pass left unchanged; failures are already reported.
    fn insist(&self, known: &Self, scenario: &mut Scenario) {
        for fact in &self.values {
            if !known.values.contains(fact) {
                drop(fact.put(scenario));
            }
        }
    }
}
