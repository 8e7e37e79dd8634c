//! Provider in a gateway's configuration, and the row made from it.

use serde_json::Value;

use super::called::listed;
use super::lines::{Document, join};
use super::placeholder::{is_placeholder, reason};
use super::reading::{Leftover, Reading, Taken};
use super::told::told;
use super::value::{amount, at, number, stays};
use super::vendor::known;
use crate::catalog::provider as catalog;
use crate::scenario::Provider;
use crate::scenario::link::clean_name;
use crate::scenario::property::{self, Number};

/// Target of a pack or another gateway, as far as modelled.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Target {
    pub(super) place: String,
    pub(super) id: String,
    pub(super) vendor: Option<String>,
    pub(super) model: Option<String>,
    pub(super) rpm: Option<f64>,
    pub(super) tpm: Option<f64>,
    pub(super) weight: Option<f64>,
    /// Limits other than per minute, each with its path below the target's.
    pub(super) more: Vec<More>,
    /// Derivation of a weight that is not in the file.
    pub(super) weight_note: Option<String>,
    /// Keys of default values, with the reason.
    pub(super) filled: Vec<(&'static str, &'static str)>,
    /// Place of the model name, if not the usual one.
    pub(super) named_at: Option<String>,
    /// Keys of unreadable numbers, with their places.
    pub(super) refused: Vec<(&'static str, String)>,
    /// Group of the target, that is its model, rule or plugin; weights are relative within a group.
    pub(super) group: usize,
    /// Failover level: requests rejected at lower levels go here.
    pub(super) order: usize,
}

const NO_PRICE: &str = "the catalogue has no price for this model, so that it counts as 0";
const NO_NUMBER: &str = "is no number";
const ALIKE: &str = "the file says none: all count alike";
const UNREAD: &str = "the file's own cannot be read, and 1 stands for it";
const FIRST: &str = "comes first";
const LATER: &str = "takes what the places before it refuse";

/// Further number of a target.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct More {
    pub(super) key: &'static str,
    /// Index among the related documents.
    pub(super) document: Option<usize>,
    pub(super) place: String,
    pub(super) value: f64,
    pub(super) note: Option<String>,
    /// Window of a limit in seconds, if it was converted to its input.
    pub(super) span_s: Option<f64>,
}

impl Target {
    /// Adds a number by the key of its input.
    pub(super) fn more(&mut self, key: &'static str, place: impl Into<String>, value: f64) {
        let place = place.into();
        let note = None;
        self.more.push(More {
            key,
            document: None,
            place,
            value,
            note,
            span_s: None,
        });
    }

    /// Number in a file, if present; reports an invalid one.
    pub(super) fn read(&mut self, key: &'static str, place: String, value: &Value) -> Option<f64> {
        let found = number(value);
        if found.is_none() && !value.is_null() {
            self.refused.push((key, place));
        }
        found
    }

    /// Reads a number and adds it to the target's inputs.
    pub(super) fn take(&mut self, key: &'static str, place: String, value: &Value) {
        if let Some(value) = self.read(key, place.clone(), value) {
            self.more(key, place, value);
        }
    }

    /// Sets the failover level; the first line that sets it is kept.
    pub(super) fn put(&mut self, place: String, order: usize) {
        self.order = order;
        let key = property::ORDER.key;
        if self.more.iter().all(|more| more.key != key) {
            self.more(key, place, 0.0);
        }
        let note = if order == 0 { FIRST } else { LATER };
        let own = self.more.iter_mut().filter(|more| more.key == key);
        for more in own {
            more.value = order as f64;
            more.note = Some(note.to_owned());
        }
    }

    /// Places of the target's numbers, with the document if it is another one.
    pub(super) fn places(&self) -> Vec<(Option<usize>, String)> {
        let numbers = numbers(self).into_iter();
        let numbers = numbers.map(|said| (said.document, said.place));
        let refused = self.refused.iter();
        let refused = refused.map(|(_, place)| (None, place.clone()));
        let named = self.named_at.iter().map(|place| (None, place.clone()));
        numbers.chain(refused).chain(named).collect()
    }

    /// Records a default value by key, with the reason.
    pub(super) fn fill(&mut self, key: &'static str, because: &'static str) {
        self.filled.push((key, because));
    }

    /// Takes back what was filled in for places that nobody knows.
    pub(super) fn settle(&mut self, is_open: impl Fn(&str) -> bool) {
        let filled = &self.filled;
        self.more.retain(|more| {
            let is_filled = filled.iter().any(|(key, _)| *key == more.key);
            !is_filled || !is_open(&more.place)
        });
    }

    /// Its model, where the file has its name and not that of a variable.
    fn model_name(&self) -> Option<&str> {
        self.model.as_deref().filter(|model| !is_placeholder(model))
    }

    fn because(&self, key: &str) -> Option<String> {
        let mut filled = self.filled.iter();
        let (_, because) = filled.find(|(known, _)| *known == key)?;
        Some((*because).to_owned())
    }
}

/// A document that has targets or limits.
pub(super) struct Origin<'a> {
    pub(super) title: &'a str,
    pub(super) document: &'a Document,
}

/// Makes another gateway's targets the providers of the scenario.
pub(super) fn lay_over(targets: &[Target], reading: &mut Reading) {
    let first = reading.scenario.next_id();
    let mut rows: Vec<Provider> = targets
        .iter()
        .zip(first..)
        .map(|(target, id)| row(target, id))
        .collect();
    if rows.iter().all(|row| row.weight <= 0.0) {
        for row in &mut rows {
            row.weight = 1.0;
        }
    }
    if !rows.is_empty() {
        reading.scenario.providers = rows;
    }
}

/// Row of a target: the catalogue's values for its model, overridden by the file's.
fn row(target: &Target, id: u32) -> Provider {
    let vendor = target.vendor.as_deref().and_then(known);
    let mut row = Provider::first_of(id, vendor.unwrap_or("custom"), 1.0);
    if let Some(model) = target.model_name() {
        let spelled = catalog::model_spelled(&row.vendor, model);
        let spelled = spelled.or_else(|| listed(&row.vendor, model));
        row.choose_model(&clean_name(spelled.unwrap_or(model)));
    }
    if vendor.is_none() {
        let own = target.vendor.as_deref().unwrap_or_default();
        row.name = clean_name(if target.id.is_empty() {
            own
        } else {
            &target.id
        });
    }
    for said in numbers(target) {
        if let Ok(value) = said.number.spec().check(said.value) {
            (said.number.set)(&mut row, Some(value));
        }
    }
    let says = |key: &str| numbers(target).iter().any(|said| said.number.key == key);
    if says(property::RPM.key) && says(property::TPM.key) {
        row.keep_said_pair();
    }
    row
}

/// Number of a target, with its place.
struct Said<'a> {
    document: Option<usize>,
    number: &'static Number<Provider>,
    place: String,
    value: f64,
    note: Option<&'a String>,
}

fn numbers(target: &Target) -> Vec<Said<'_>> {
    let own = [
        (&property::RPM, "rpm", target.rpm, None),
        (&property::TPM, "tpm", target.tpm, None),
        (
            &property::WEIGHT,
            "weight",
            target.weight,
            target.weight_note.as_ref(),
        ),
    ];
    let own = own.into_iter().filter_map(|(number, key, value, note)| {
        let place = join(&target.place, key);
        value.map(|value| Said {
            document: None,
            number,
            place,
            value,
            note,
        })
    });
    let more = target.more.iter().filter_map(|more| {
        let mut numbers = property::PROVIDER.iter();
        let number = numbers.find(|number| number.key == more.key)?;
        Some(Said {
            document: more.document,
            number,
            place: more.place.clone(),
            value: more.value,
            note: more.note.as_ref(),
        })
    });
    own.chain(more).collect()
}

/// Lists the values taken from targets and their defaults.
pub(super) fn list(targets: &[Target], own: &Origin, all: &[Origin], reading: &mut Reading) {
    for target in targets {
        let mut telling = Telling {
            target,
            own,
            reading: &mut *reading,
        };
        let row = row(target, 0);
        telling.provider(&row);
        for (key, place) in &target.refused {
            let mut numbers = property::PROVIDER.iter();
            if let Some(number) = numbers.find(|number| number.key == *key) {
                let value = at(&own.document.value, place).unwrap_or(&Value::Null);
                let why = reason(value, NO_NUMBER);
                let why = format!("{why}: {}", stays(number, &row));
                telling.leave(place, &why, own);
            }
        }
        let name = format!("{} {}", row.name, row.model);
        let said = numbers(target);
        for said in &said {
            let origin = said.document.and_then(|index| all.get(index));
            telling.number((&name, &row), said, origin.unwrap_or(own));
        }
        if target.weight.is_none() {
            let is_refused = target.refused.iter().any(|(key, _)| *key == "weight");
            let note = if is_refused { UNREAD } else { ALIKE }.to_owned();
            let label = format!("{name}: Weight");
            telling.tell(&target.place, label, "1".to_owned(), (Some(note), true));
        }
        let others = [property::WEIGHT.key, property::ORDER.key];
        let is_limit = |said: &Said| {
            let key = said.number.key;
            !others.contains(&key) && !key.starts_with("price-")
        };
        let bare = Target {
            more: Vec::new(),
            ..target.clone()
        };
        if self::row(&bare, 0).prices.is_free() {
            let silent = [&property::PRICE_INPUT, &property::PRICE_OUTPUT].into_iter();
            let silent =
                silent.filter(|price| said.iter().all(|said| said.number.key != price.key));
            for price in silent {
                let label = format!("{name}: {}", price.label);
                let value = format!("0 {}", price.unit);
                let note = Some(NO_PRICE.to_owned());
                telling.tell(&target.place, label, value, (note, true));
            }
        }
        if row.tier_row().is_some() {
            let note = if said.iter().any(is_limit) {
                "limits that the file does not have are those of the catalogue's lowest tier"
            } else {
                "the file has no limits: those of the catalogue's lowest tier hold"
            };
            let label = format!("{name}: Tier");
            let note = Some(note.to_owned());
            telling.tell(&target.place, label, row.tier.clone(), (note, true));
        }
    }
}

/// Target being listed.
struct Telling<'a> {
    target: &'a Target,
    own: &'a Origin<'a>,
    reading: &'a mut Reading,
}

impl Telling<'_> {
    fn tell(
        &mut self,
        place: &str,
        label: String,
        value: String,
        (note, is_filled): (Option<String>, bool),
    ) {
        let remark = self.own.document.remark(place).filter(|_| !is_filled);
        let notes: Vec<String> = note.into_iter().chain(remark.cloned()).collect();
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        let list = if is_filled {
            &mut self.reading.filled
        } else {
            &mut self.reading.taken
        };
        list.push(Taken {
            object: self.own.title.to_owned(),
            place: place.to_owned(),
            line: self.own.document.lines.at(place),
            label,
            value,
            note,
        });
    }

    /// Lists the vendor and the model, together if both are in the file.
    fn provider(&mut self, row: &Provider) {
        let target = self.target;
        let place = target.named_at.as_ref().unwrap_or(&target.place);
        let vendor = target.vendor.as_deref();
        let own = "not in the catalogue, so that a provider of your own takes its place";
        let note = vendor.is_some_and(|vendor| known(vendor).is_none());
        let note = note.then(|| own.to_owned());
        let guess = target.because("provider");
        let label = "Provider".to_owned();
        let silent = target.model_name().is_none();
        if !silent && guess.is_none() {
            let name = format!("{} {}", row.name, row.model);
            self.tell(place, label, name, (note, false));
            return;
        }
        let is_guess = guess.is_some();
        self.tell(place, label, row.name.clone(), (guess.or(note), is_guess));
        let label = format!("{}: Model", row.name);
        let note = silent.then(|| match &target.model {
            Some(variable) => format!("the file has the variable {variable}, without its value"),
            None => "the file names none".to_owned(),
        });
        self.tell(place, label, row.model.clone(), (note, silent));
    }

    /// Lists an unused value; a limit of several targets only once.
    fn leave(&mut self, place: &str, why: &str, origin: &Origin) {
        let left = Leftover {
            object: origin.title.to_owned(),
            ..told(origin.document, place, why)
        };
        let mut before = self.reading.left.iter();
        let is_same = |one: &Leftover| one.place == left.place && one.line == left.line;
        if !before.any(is_same) {
            self.reading.left.push(left);
        }
    }

    fn number(&mut self, (name, row): (&str, &Provider), said: &Said, origin: &Origin) {
        let place = &said.place;
        if said.number.spec().check(said.value).is_err() {
            return self.leave(place, &stays(said.number, row), origin);
        }
        let label = format!("{name}: {}", said.number.label);
        let value = amount(said.value, said.number.unit);
        let because = self.target.because(said.number.key);
        let is_filled = because.is_some();
        let note = because.or_else(|| said.note.cloned());
        let mut telling = Telling {
            target: self.target,
            own: origin,
            reading: &mut *self.reading,
        };
        telling.tell(place, label, value, (note, is_filled));
    }
}
