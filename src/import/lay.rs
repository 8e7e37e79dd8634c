//! Overlays the documents of a text on a scenario, and accounts for each of their values.

use std::collections::BTreeMap;

use serde_json::Value;

use super::choose::{self, choose};
use super::fact::{Fact, Facts};
use super::kind::{self, Kind};
use super::leftover::leftovers;
use super::lines::Document;
use super::manifest::Around;
use super::placeholder::{self, GAP};
use super::reading::{Leftover, Reading, Taken, Unreadable};
use super::target::{Origin, Target};
use super::told::told;
use super::value::at;
use super::version::early;
use super::{
    carried, component, manifest, own, pack, patch, recorded, rest, row, target, together,
};
use crate::catalog::date::Date;
use crate::export::File;
use crate::say::words;
use crate::scenario::Scenario;
use crate::scenario::property;

/// Most objects of known kinds in a text.
const MOST_OBJECTS: usize = 2_000;

/// Context for reading a text.
pub(super) struct Task<'a> {
    /// Scenario below the overlay.
    pub(super) base: &'a Scenario,
    pub(super) today: Date,
    /// Names of the objects selected as the gateway's.
    pub(super) asked: &'a [String],
    /// Whether the text was made from the base scenario.
    pub(super) is_ours: bool,
}

/// Document that is read.
struct Part<'a> {
    kind: Kind,
    document: &'a Document,
    title: String,
    facts: Facts,
}

/// Reads the gateway's documents.
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
        return Err(refusal(&unknown));
    }
    if MOST_OBJECTS < known.len() {
        return Err(Unreadable::TooMany(MOST_OBJECTS));
    }
    check_names(&known, task.asked)?;
    let chosen = choose(&known, task.asked)?;
    let around = together::around(&chosen, &known, task.asked);
    let workers = together::workers(&chosen, &known, &unknown, task.asked);
    let mut groups = together::groups(&chosen, &known, workers.as_ref(), task.asked);
    let mut parts = Vec::new();
    for place in &chosen.places {
        let (kind, document) = known[*place];
        let of_group = groups.get_mut(&kind).and_then(Iterator::next);
        let facts = of_group.unwrap_or_else(|| facts_of(kind, document, &around));
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
    let others = other_gateways(&mut parts, task.asked);
    let mut laying = Laying::new(task, around, &parts);
    for (index, part) in parts.iter().enumerate() {
        laying.part(index, part, &parts);
    }
    laying.targets(&parts);
    for part in &parts {
        laying.rows(part);
    }
    let mut reading = laying.reading;
    let read = parts
        .iter()
        .map(|part| (&part.facts, &*part.title, part.document));
    rest::parts(&read.collect::<Vec<_>>(), &mut reading);
    reading.left.extend(others);
    reading.left.extend(together::others(&chosen, &known));
    reading.left.extend(together::unknown(unknown));
    Ok(reading)
}

/// Takes out what is of another gateway than the one that is read: settings of two gateways are
/// none of either.
fn other_gateways(parts: &mut Vec<Part>, asked: &[String]) -> Vec<Leftover> {
    let is_one = |part: &Part| {
        let has_targets = !part.facts.targets.is_empty();
        part.kind.is_gateway() || part.kind == Kind::Pack && has_targets
    };
    let rank = |part: &&Part| {
        let names = choose::names(&[(part.kind, part.document)]);
        let is_asked = asked.iter().any(|name| names.contains(name));
        (!is_asked, part.facts.targets.is_empty(), part.kind)
    };
    let first = parts.iter().filter(|part| is_one(part)).min_by_key(rank);
    let Some((kind, title)) = first.map(|part| (part.kind, part.title.clone())) else {
        return Vec::new();
    };
    let why =
        format!("is of another gateway than {title}, which was taken; ask for it by its name");
    let others = parts.extract_if(.., |part| is_one(part) && part.kind != kind);
    let others = others.map(|part| Leftover {
        place: part.title,
        value: None,
        ..told(part.document, "", &why)
    });
    others.collect()
}

/// Describes documents of unsupported kinds.
fn refusal(unknown: &[&Document]) -> Unreadable {
    let mut values = unknown.iter().map(|document| &document.value);
    if values.clone().any(|value| value["kind"] == "Kustomization") {
        return Unreadable::Overlay;
    }
    if values.clone().any(patch::is_one) || values.len() != 0 && values.clone().all(patch::is_step)
    {
        return Unreadable::Patch;
    }
    let mut broken = unknown
        .iter()
        .flat_map(|document| carried::unread(document));
    if let Some((place, problem)) = broken.next() {
        return Unreadable::Carried(format!("{place}: {problem}"));
    }
    let plain = values.clone().filter(|value| value.get("kind").is_none());
    let mut rows = plain.map(recorded::rows);
    if let Some(rows) = rows.find(|rows| !rows.is_empty()) {
        return Unreadable::Rows(rows);
    }
    let known = values
        .clone()
        .find_map(|value| Some((value, together::unread_kind(value)?)));
    if let Some((value, why)) = known {
        let title = words::one(&kind::title(value));
        return Unreadable::Source(format!("{title}, which {why}"));
    }
    let what = values.next().map(kind::title);
    Unreadable::Unknown(what.unwrap_or_else(|| "This".to_owned()))
}

/// Error for an unknown `--object` name; lists the known names.
pub(super) fn check_names(known: &[(Kind, &Document)], asked: &[String]) -> Result<(), Unreadable> {
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
        if is_values {
            names.extend(component::owners(&document.value));
        }
    }
    names.sort();
    names.dedup();
    match asked.iter().find(|name| !names.contains(name)) {
        Some(name) => Err(Unreadable::NoSuch(name.clone(), names)),
        None => Ok(()),
    }
}

fn facts_of(kind: Kind, document: &Document, around: &Around) -> Facts {
    match kind {
        Kind::Pack => pack::facts(&document.value),
        _ => manifest::facts(&document.value, kind, around),
    }
}

struct Laying<'a> {
    task: &'a Task<'a>,
    around: Around,
    /// Our own files for the base scenario.
    files: Vec<File>,
    /// Index of the part that decides each input.
    winners: BTreeMap<&'static str, usize>,
    reading: Reading,
}

impl<'a> Laying<'a> {
    fn new(task: &'a Task, around: Around, parts: &[Part]) -> Self {
        let mut ranks = BTreeMap::new();
        for (index, part) in parts.iter().enumerate() {
            for fact in &part.facts.values {
                let Some(key) = fact.key() else { continue };
                // Explicit values take precedence over defaults, in any order.
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
            around,
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

    /// Values equal to our own export of the base, to skip; none for foreign files.
    fn known(&self, part: &Part, own: Option<&Value>) -> Vec<Fact> {
        let Some(own) = own else { return Vec::new() };
        let is_same = *own == part.document.value;
        if !self.task.is_ours && !is_same {
            return Vec::new();
        }
        let own = Document {
            value: own.clone(),
            ..Document::default()
        };
        facts_of(part.kind, &own, &self.around).values
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
            Err(why) => {
                let stands = fact.stands(&self.reading.scenario);
                let said = at(&part.document.value, &fact.path).and_then(Value::as_str);
                let is_gap = said.is_some_and(placeholder::is_placeholder);
                let why = if is_gap { GAP } else { &why };
                self.leave(part, fact, &format!("{why}; {stands}"));
            }
        }
    }

    fn leave(&mut self, part: &Part, fact: &Fact, why: &str) {
        let left = told(part.document, &fact.path, why);
        self.reading.left.push(Leftover {
            object: part.title.clone(),
            ..left
        });
    }

    /// Lists a value as taken or filled in, unless an absent value stays absent.
    fn note(&mut self, part: &Part, fact: &Fact) {
        let is_filled = fact.because.is_some();
        if is_filled && fact.is_nothing() && fact.holds_in(self.task.base) {
            return;
        }
        let note = fact.because.as_ref().or(fact.note.as_ref()).cloned();
        let cluster = (property::KUBERNETES.get)(&self.reading.scenario);
        let early = cluster.and_then(|cluster| early(&cluster, fact, part.kind));
        let early = early.filter(|_| !is_filled);
        let remark = part.document.remark(&fact.path);
        let remark = remark.filter(|_| !is_filled).cloned();
        let notes: Vec<String> = note.into_iter().chain(early).chain(remark).collect();
        let taken = Taken {
            object: part.title.clone(),
            place: fact.path.clone(),
            line: part.document.lines.at(&fact.path).filter(|_| !is_filled),
            label: fact.label().to_owned(),
            value: fact.shown(),
            note: (!notes.is_empty()).then(|| notes.join("; ")),
        };
        let list = if is_filled {
            &mut self.reading.filled
        } else {
            &mut self.reading.taken
        };
        list.push(taken);
    }

    /// Replaces the list of providers by those of the one gateway that is read.
    fn targets<'p>(&mut self, parts: &'p [Part<'p>]) {
        let with_targets = parts.iter().filter(|part| !part.facts.targets.is_empty());
        let Some(kind) = with_targets.clone().map(|part| part.kind).next() else {
            return;
        };
        let own: Vec<&Part> = parts.iter().filter(|part| part.kind == kind).collect();
        let origin = |part: &&'p Part| Origin {
            title: &part.title,
            document: part.document,
        };
        let origins: Vec<Origin> = own.iter().map(origin).collect();
        let mut all = Vec::new();
        for part in with_targets {
            let targets = &part.facts.targets;
            if kind == Kind::Pack {
                let known = self.pack(part);
                let own = (part.document, &*part.title);
                pack::list(own, targets, &known, &mut self.reading);
            } else {
                all.extend(targets.iter().cloned());
                target::list(targets, &origin(&part), &origins, &mut self.reading);
            }
        }
        target::lay_over(&all, &mut self.reading);
    }

    /// Sets numbers of the current providers.
    fn rows(&mut self, part: &Part) {
        if part.facts.rows.is_empty() {
            return;
        }
        let own = own::like(&self.files, &part.document.value, part.kind);
        let own = own.filter(|own| self.task.is_ours || *own == part.document.value);
        let own = own.map(|value| Document {
            value,
            ..Document::default()
        });
        let known = own.map(|own| facts_of(part.kind, &own, &self.around).rows);
        let origin = (part.title.as_str(), part.document);
        let known = known.unwrap_or_default();
        row::lay_over(&part.facts.rows, &known, origin, &mut self.reading);
    }

    /// Overlays a pack and returns the targets of our own pack.
    fn pack(&mut self, part: &Part) -> Vec<Target> {
        let own = own::like(&self.files, &part.document.value, Kind::Pack);
        let known = own.map(|own| pack::facts(&own)).unwrap_or_default();
        if part.facts.targets != known.targets {
            pack::lay_over(&part.facts.targets, &known.targets, &mut self.reading);
        }
        known.targets
    }
}
