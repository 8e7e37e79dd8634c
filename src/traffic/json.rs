//! A JSON file: its first element or its keys say the source.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::answer::Answers;
use super::format::document::Document;
use super::format::{Mark, document_of, empty_document, recognized};
use super::outcome::{Outcome, Reason};
use super::records::Records;
use super::row::Spec;
use super::skip::Skip;
use super::source::Format;
use super::split::{Next, Part, Splitter};

/// A JSON file that is read in pieces.
pub(crate) struct JsonFile {
    splitter: Splitter,
    content: Content,
}

/// What the parts add up to.
struct Content {
    answers: Answers,
    source: Source,
    /// Whether elements were handed on since the last document.
    had_elements: bool,
}

enum Source {
    Open,
    Records(Box<Records>),
    Document(Box<dyn Document>),
    Refused(Reason, Option<Format>),
}

impl Source {
    fn format(&self) -> Option<Format> {
        match self {
            Self::Open => None,
            Self::Records(records) => Some(records.spec().format),
            Self::Document(document) => Some(document.format()),
            Self::Refused(_, format) => *format,
        }
    }
}

impl JsonFile {
    pub(crate) fn new(answers: &Answers) -> Self {
        Self {
            splitter: Splitter::default(),
            content: Content {
                answers: answers.clone(),
                source: Source::Open,
                had_elements: false,
            },
        }
    }

    /// The source, once it is known.
    pub(crate) fn format(&self) -> Option<Format> {
        self.content.source.format()
    }

    /// Whether reading on changes nothing.
    pub(crate) fn is_settled(&self) -> bool {
        let is_refused = matches!(self.content.source, Source::Refused(..));
        self.splitter.is_too_long() || is_refused
    }

    /// Takes a piece of text.
    pub(crate) fn push(&mut self, piece: &str) {
        let content = &mut self.content;
        self.splitter.push(piece, &mut |part| content.part(&part));
    }

    /// What the file adds up to.
    pub(crate) fn finish(mut self) -> Outcome {
        let format = self.format();
        let content = &mut self.content;
        self.splitter.finish(&mut |part| content.part(&part));
        let refused = |reason, format| Outcome::Refused { reason, format };
        if self.splitter.is_too_long() {
            return refused(Reason::RowTooLong, format);
        }
        if self.splitter.is_open() {
            return refused(Reason::TruncatedJson, format);
        }
        match self.content.source {
            Source::Open => refused(Reason::UnknownFormat, None),
            Source::Refused(reason, format) => refused(reason, format),
            Source::Records(records) => records.finish(),
            Source::Document(document) => document.finish(&self.content.answers),
        }
    }
}

impl Content {
    fn part(&mut self, part: &Part) -> Next {
        match part {
            Part::Element(key, text) => self.element(key, text),
            Part::Document(text) => return self.around(text),
        }
        Next::Document
    }

    fn element(&mut self, key: &str, text: &str) {
        self.had_elements = true;
        if let Source::Records(records) = &mut self.source {
            return record(records, text);
        }
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return self.refuse();
        };
        if matches!(self.source, Source::Open) {
            match document_of(key, &value, &self.answers) {
                Some(document) => self.source = Source::Document(document),
                None if ["", "data", "logs", "results"].contains(&key) => self.recognize(&value),
                None => {}
            }
        }
        match &mut self.source {
            Source::Records(records) => record(records, text),
            Source::Document(document) => document.element(key, &value),
            Source::Open | Source::Refused(..) => {}
        }
    }

    /// Takes a whole document: one of JSON Lines, or what stood around the elements.
    fn around(&mut self, text: &str) -> Next {
        let had_elements = std::mem::take(&mut self.had_elements);
        if let Source::Records(records) = &mut self.source {
            if !had_elements && !text.trim_start().starts_with('[') {
                record(records, text);
            }
            return Next::Document;
        }
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            self.refuse();
            return Next::Document;
        };
        if matches!(self.source, Source::Open) {
            match empty_document(&value, &self.answers) {
                Some(document) => self.source = Source::Document(document),
                None => self.recognize(&value),
            }
        }
        match &mut self.source {
            Source::Document(document) => document.around(&value),
            Source::Records(records) => {
                record(records, text);
                return Next::Lines;
            }
            Source::Open | Source::Refused(..) => {}
        }
        Next::Document
    }

    /// Takes nothing over: sums without a part would be too low.
    fn refuse(&mut self) {
        self.source = Source::Refused(Reason::BrokenJson, self.source.format());
    }

    /// Recognises rows by the keys of the first.
    fn recognize(&mut self, value: &Value) {
        let Some(object) = value.as_object() else {
            return;
        };
        let names: Vec<String> = object.keys().map(|key| key.to_lowercase()).collect();
        match recognized(&names) {
            Mark::Rows(spec) => {
                let mut records = Records::new(spec, &self.answers, false);
                for name in names
                    .iter()
                    .filter(|name| !spec.columns.contains(&name.as_str()))
                {
                    records.note_unused(name);
                }
                self.source = Source::Records(Box::new(records));
            }
            Mark::Refused(reason, format) => self.source = Source::Refused(reason, format),
            Mark::Panel | Mark::Rates | Mark::Unknown => {}
        }
    }
}

fn record(records: &mut Records, text: &str) {
    let spec = records.spec();
    let mut reader = serde_json::Deserializer::from_str(text);
    let cells = Pick(spec).deserialize(&mut reader);
    match cells.and_then(|cells| reader.end().map(|()| cells)) {
        Ok(cells) => records.row(&cells),
        Err(_) => records.skip(Skip::BadJson),
    }
}

/// Picks the cells of a source's columns out of an object; all else is passed over unread.
struct Pick(&'static Spec);

impl<'de> DeserializeSeed<'de> for Pick {
    type Value = Vec<Option<Cow<'de, str>>>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Pick {
    type Value = Vec<Option<Cow<'de, str>>>;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut cells = vec![None; self.0.columns.len()];
        while let Some(place) = map.next_key_seed(Place(self.0))? {
            match place {
                Some(at) => cells[at] = Some(cell(map.next_value::<&RawValue>()?.get())),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(cells)
    }
}

/// The text of a value: of a string its content, of an object or a number its JSON.
fn cell(json: &str) -> Cow<'_, str> {
    let inner = json
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
        Some(_) => Cow::Owned(serde_json::from_str(json).unwrap_or_default()),
        None if json == "null" => Cow::Borrowed(""),
        None => Cow::Borrowed(json),
    }
}

/// The place of a key among the columns of a source.
struct Place(&'static Spec);

impl<'de> DeserializeSeed<'de> for Place {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Place {
    type Value = Option<usize>;

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let mut columns = self.0.columns.iter();
        Ok(columns.position(|column| column.eq_ignore_ascii_case(key)))
    }
}
