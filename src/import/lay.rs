//! Lays the documents of a text over a scenario, and accounts for each of their values.

use std::collections::BTreeMap;

use super::choose::{self, choose};
use super::fact::{Fact, Facts};
use super::kind::{self, Kind};
use super::leftover::{leftovers, told};
use super::lines::Document;
use super::reading::{Leftover, Reading, Taken, Unreadable};
use super::{gateway, manifest, own, pack, target};
use crate::catalog::date::Date;
use crate::export::File;
use crate::scenario::Scenario;

/// What a text is read for.
pub(super) struct Task<'a> {
    /// What it is laid over.
    pub(super) base: &'a Scenario,
    pub(super) today: Date,
    /// Names of the objects that are the gateway's.
    pub(super) asked: &'a [String],
    /// Whether the base is the scenario that the text was made from.
    pub(super) is_ours: bool,
}

/// A document that is read.
struct Part<'a> {
    kind: Kind,
    document: &'a Document,
    title: String,
    facts: Facts,
}

/// Reads the documents that are the gateway's.
pub(super) fn over(documents: &[Document], task: &Task) -> Result<Reading, Unreadable> {
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for document in documents {
        match kind::of(&document.value) {
            Some(kind) => known.push((kind, document)),
            None => unknown.push(document),
        }
    }
    if known.is_empty() {
        let what = unknown.first().map(|document| kind::title(&document.value));
        let what = what.unwrap_or_else(|| "This".to_owned());
        return Err(Unreadable::Unknown(what));
    }
    check_names(&known, task.asked)?;
    let chosen = choose(&known, task.asked)?;
    let mut parts = Vec::new();
    for place in &chosen.places {
        let (kind, document) = known[*place];
        let facts = facts_of(kind, document, &known, task.asked);
        if let Some((noun, names)) = facts.ask {
            return Err(Unreadable::Several(noun, names));
        }
        let title = choose::title(document, kind);
        parts.push(Part {
            kind,
            document,
            title,
            facts,
        });
    }
    let mut laying = Laying::new(task, &parts);
    for (index, part) in parts.iter().enumerate() {
        laying.part(index, part, &parts);
    }
    laying.targets(&parts);
    let mut reading = laying.reading;
    for (place, taken) in chosen.others {
        let (kind, document) = known[place];
        let why = format!("is another one than {taken}, which was taken; ask for it by its name");
        let left = told(document, "", &why);
        reading.left.push(Leftover {
            place: choose::title(document, kind),
            value: None,
            ..left
        });
    }
    for document in unknown {
        let left = told(document, "", "says nothing this calculator models");
        reading.left.push(Leftover {
            place: kind::title(&document.value),
            value: None,
            ..left
        });
    }
    Ok(reading)
}

/// A name that nothing has is told with those that there are.
fn check_names(known: &[(Kind, &Document)], asked: &[String]) -> Result<(), Unreadable> {
    if asked.is_empty() {
        return Ok(());
    }
    let mut names = choose::names(known);
    for (_, document) in known {
        let containers = document.value["spec"]["template"]["spec"]["containers"].as_array();
        let containers = containers.into_iter().flatten();
        names.extend(containers.filter_map(|one| Some(one["name"].as_str()?.to_owned())));
        let keys = document.value.as_object().into_iter().flatten();
        let keys = keys.filter(|(_, value)| value.is_object());
        let is_values = kind::of(&document.value) == Some(Kind::HelmValues);
        names.extend(keys.filter(|_| is_values).map(|(key, _)| key.clone()));
    }
    names.sort();
    names.dedup();
    match asked.iter().find(|name| !names.contains(name)) {
        Some(name) => Err(Unreadable::NoSuch(name.clone(), names)),
        None => Ok(()),
    }
}

fn facts_of(
    kind: Kind,
    document: &Document,
    known: &[(Kind, &Document)],
    asked: &[String],
) -> Facts {
    let value = &document.value;
    if kind == Kind::Pack {
        return pack::facts(value);
    }
    if kind.is_gateway() {
        let same = known.iter().filter(|(other, _)| *other == kind);
        let all: Vec<_> = same.map(|(_, document)| &document.value).collect();
        return gateway::facts(value, kind, &all);
    }
    manifest::facts(value, kind, asked)
}

struct Laying<'a> {
    task: &'a Task<'a>,
    /// The calculator's own files of the base.
    files: Vec<File>,
    /// Which part decides an input.
    winners: BTreeMap<&'static str, usize>,
    reading: Reading,
}

impl<'a> Laying<'a> {
    fn new(task: &'a Task, parts: &[Part]) -> Self {
        let mut ranks = BTreeMap::new();
        for (index, part) in parts.iter().enumerate() {
            for fact in &part.facts.values {
                let Some(key) = fact.key() else { continue };
                // What a line says goes before what a target fills in, whatever the order.
                let rank = (fact.because.is_some(), part.kind, part.title.clone(), index);
                let first = ranks.entry(key).or_insert_with(|| rank.clone());
                if rank < *first {
                    *first = rank;
                }
            }
        }
        let winners = ranks.into_iter().map(|(key, rank)| (key, rank.3));
        Self {
            files: own::files(task.base, task.today),
            task,
            winners: winners.collect(),
            reading: Reading::of(None, task.base.clone()),
        }
    }

    fn part(&mut self, index: usize, part: &Part, parts: &[Part]) {
        let (document, kind) = (part.document, part.kind);
        let own = own::like(&self.files, &document.value, kind);
        let (left, alike) = leftovers(document, own.as_ref(), &part.facts);
        let object = |mut left: Leftover| {
            left.object.clone_from(&part.title);
            left
        };
        self.reading.left.extend(left.into_iter().map(object));
        self.reading.alike.extend(alike.into_iter().map(object));
        self.reading.kinds.push(kind);
        let known = self.known(part, own.as_ref());
        for fact in &part.facts.values {
            self.fact(index, fact, (part, parts), &known);
        }
        if self.task.is_ours && self.reading.scenario != *self.task.base {
            // Defaults may depend on values just changed.
            let files = own::files(&self.reading.scenario, self.task.today);
            let own = own::like(&files, &document.value, kind);
            let known = self.known(part, own.as_ref());
            for fact in &part.facts.values {
                if !known.contains(fact) {
                    drop(fact.put(&mut self.reading.scenario));
                }
            }
        }
    }

    /// What our own file of the base says as well. Of a stranger's file each value counts.
    fn known(&self, part: &Part, own: Option<&serde_json::Value>) -> Vec<Fact> {
        let Some(own) = own else { return Vec::new() };
        let is_same = *own == part.document.value;
        if !self.task.is_ours && !is_same {
            return Vec::new();
        }
        let own = Document {
            value: own.clone(),
            ..Document::default()
        };
        facts_of(part.kind, &own, &[], self.task.asked).values
    }

    fn fact(&mut self, index: usize, fact: &Fact, (part, parts): (&Part, &[Part]), known: &[Fact]) {
        let winner = fact.key().and_then(|key| self.winners.get(key)).copied();
        if let Some(winner) = winner.filter(|winner| *winner != index) {
            let mut theirs = parts[winner].facts.values.iter();
            let is_alike = theirs.any(|other| other == fact);
            if fact.because.is_none() && !is_alike {
                let title = &parts[winner].title;
                let why = format!("is another value than that of {title}, which was taken");
                self.leave(part, fact, &why);
            }
            return;
        }
        if known.contains(fact) {
            self.note(part, fact);
            return;
        }
        match fact.put(&mut self.reading.scenario) {
            Ok(()) => self.note(part, fact),
            Err(why) => self.leave(part, fact, &why),
        }
    }

    fn leave(&mut self, part: &Part, fact: &Fact, why: &str) {
        let left = told(part.document, &fact.path, why);
        self.reading.left.push(Leftover {
            object: part.title.clone(),
            ..left
        });
    }

    /// Lists a value that was taken or filled in; that nothing stays nothing is no news.
    fn note(&mut self, part: &Part, fact: &Fact) {
        let is_filled = fact.because.is_some();
        if is_filled && fact.is_nothing() && fact.holds_in(self.task.base) {
            return;
        }
        let taken = Taken {
            object: part.title.clone(),
            place: fact.path.clone(),
            line: part.document.lines.at(&fact.path).filter(|_| !is_filled),
            label: fact.label().to_owned(),
            value: fact.shown(),
            note: fact.because.clone().or_else(|| fact.note.clone()),
        };
        let list = if is_filled {
            &mut self.reading.filled
        } else {
            &mut self.reading.taken
        };
        list.push(taken);
    }

    /// Providers are one list, so that those of one kind of file replace it.
    fn targets(&mut self, parts: &[Part]) {
        let with_targets = parts.iter().filter(|part| !part.facts.targets.is_empty());
        let Some(kind) = with_targets.clone().map(|part| part.kind).min() else {
            return;
        };
        let mut all = Vec::new();
        for part in with_targets {
            if part.kind != kind {
                let why = "has providers as well, but those of another file here were taken";
                self.reading
                    .left
                    .push(Leftover::new(part.title.clone(), why));
                continue;
            }
            let before = (self.reading.taken.len(), self.reading.filled.len());
            if kind == Kind::Pack {
                self.pack(part);
                pack::list(
                    part.document,
                    &part.title,
                    &part.facts.targets,
                    &mut self.reading,
                );
            } else {
                all.extend(part.facts.targets.iter().cloned());
                target::list(&part.title, &part.facts.targets, &mut self.reading);
            }
            let taken = self.reading.taken[before.0..].iter_mut();
            for taken in taken.chain(&mut self.reading.filled[before.1..]) {
                taken.line = part.document.lines.at(&taken.place);
            }
        }
        target::lay_over(&all, &mut self.reading);
    }

    fn pack(&mut self, part: &Part) {
        let own = own::like(&self.files, &part.document.value, Kind::Pack);
        let known = own.map(|own| pack::facts(&own)).unwrap_or_default();
        if part.facts.targets != known.targets {
            pack::lay_over(&part.facts.targets, &known.targets, &mut self.reading);
        }
    }
}
