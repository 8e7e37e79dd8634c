//! JSON files, recognized by their first element or its keys.

use serde_json::Value;

use super::answer::Answers;
use super::flag::Flag;
use super::format::document::Document;
use super::format::{Mark, document_of, empty_document, recognized};
use super::json_source::{Source, record};
use super::nest::{self, Nest};
use super::outcome::{Outcome, Reason, Refusal};
use super::pages::{Pages, Seen};
use super::part::{Next, Part};
use super::records::Records;
use super::row::Spec;
use super::skip::Skip;
use super::source::Format;
use super::split::{CONTAINERS, Splitter};
use super::waiting::{NAMES_MOST, Waiting};
use super::wrapped::{self, is_of_document, is_page, is_record, record_text};

/// A JSON file, read incrementally.
pub(crate) struct JsonFile {
    splitter: Splitter,
    content: Content,
}

/// Sums of the parts.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing that was seen or not"
)]
struct Content {
    answers: Answers,
    source: Source,
    /// Whether the source of this file is still unknown.
    is_open: bool,
    /// Number of complete elements and lines.
    entries: u64,
    /// Whether elements came since the last document.
    had_elements: bool,
    /// Whether there was an empty array of usage.
    is_empty: bool,
    /// Whether records lie in arrays under keys that no source has.
    has_lists: bool,
    waiting: Waiting,
    /// Hashes of the documents' elements.
    seen: Seen,
    pages: Pages,
}

impl JsonFile {
    pub(crate) fn new(answers: &Answers) -> Self {
        Self {
            splitter: Splitter::default(),
            content: Content {
                answers: answers.clone(),
                source: Source::Unknown,
                is_open: true,
                entries: 0,
                had_elements: false,
                is_empty: false,
                has_lists: false,
                waiting: Waiting::default(),
                seen: Seen::default(),
                pages: Pages::default(),
            },
        }
    }

    /// Continues with the records of another kind of file.
    pub(crate) fn going_on(answers: &Answers, records: Records) -> Self {
        let mut json = Self::new(answers);
        json.content.source = Source::Records(Box::new(records));
        json
    }

    /// The records, if the file has any and is complete.
    pub(crate) fn into_records(self) -> Option<Records> {
        let is_whole = !(self.splitter.is_cut() || self.splitter.is_too_long());
        match self.content.source {
            Source::Records(records) if is_whole => Some(*records),
            _ => None,
        }
    }

    /// Source, once known.
    pub(crate) fn format(&self) -> Option<Format> {
        self.content.source.format()
    }

    /// Whether the rest of the file cannot change the result.
    pub(crate) fn is_settled(&self) -> bool {
        let is_refused = matches!(self.content.source, Source::Refused(..));
        self.splitter.is_too_long() || is_refused
    }

    /// Adds a piece of text.
    pub(crate) fn push(&mut self, piece: &str) {
        let content = &mut self.content;
        self.splitter.push(piece, &mut |part| content.part(&part));
    }

    /// Ends a file that another one may follow.
    pub(crate) fn next_file(&mut self) {
        let content = &mut self.content;
        self.splitter.end(&mut |part| content.part(&part));
        content.next_file();
    }

    /// Final sums of the file.
    pub(crate) fn finish(mut self) -> Outcome {
        self.next_file();
        let format = self.format();
        let entries = self.content.entries;
        let refused = |reason, format| {
            let refusal = Refusal::new(reason, format);
            Outcome::from(refusal.after(entries))
        };
        if self.splitter.is_too_long() {
            return refused(Reason::RowTooLong, format);
        }
        if self.splitter.is_cut() {
            return refused(Reason::TruncatedJson, format);
        }
        let content = self.content;
        let flags = [
            (Flag::RepeatedParts, content.seen.is_repeated()),
            (Flag::MorePages, content.pages.are_more()),
        ];
        let mut outcome = content.outcome(&refused);
        if let Outcome::Read(observed) = &mut outcome {
            let flags = flags.iter().filter(|(_, holds)| *holds);
            observed.flags.extend(flags.map(|(flag, _)| *flag));
        }
        outcome
    }
}

impl Content {
    /// Final sums, if the file is complete.
    fn outcome(self, refused: &dyn Fn(Reason, Option<Format>) -> Outcome) -> Outcome {
        let content = self;
        match content.source {
            Source::Unknown if 0 < content.waiting.broken => refused(Reason::BrokenJson, None),
            Source::Unknown if content.is_empty => refused(Reason::NoRows, None),
            Source::Unknown => refused(Reason::UnknownFormat, None),
            Source::Refused(refusal) => refusal.into(),
            Source::Records(records) => records.finish(),
            Source::Document(document) => document.finish(&content.answers),
        }
    }
}

impl Content {
    fn part(&mut self, part: &Part) -> Next {
        match part {
            Part::Line(text) => {
                if let (false, Source::Records(records)) = (self.has_lists, &mut self.source)
                    && records.json(text)
                {
                    self.entries += 1;
                    return Next::Document;
                }
                return Next::Again;
            }
            Part::Element(key, text) => self.element(key, text),
            Part::Document(text) => return self.around(text),
        }
        Next::Document
    }

    fn element(&mut self, key: &str, text: &str) {
        self.had_elements = true;
        let text = &*record_text(text);
        if let (false, Source::Records(_)) = (self.is_open, &self.source) {
            self.entries += 1;
            return self.record(text);
        }
        match serde_json::from_str::<Value>(text) {
            Ok(value) => {
                self.entries += 1;
                self.value(key, &value, text);
            }
            // Sums with a missing part would be too low.
            Err(_) => self.refuse(Reason::BrokenJson),
        }
    }

    /// Adds an element, or a single record.
    fn value(&mut self, key: &str, value: &Value, text: &str) {
        if self.is_open {
            let is_record = is_record(value);
            if let Some(document) = document_of(key, value, &self.answers) {
                self.found(document);
            } else if !is_record && key.is_empty() && is_page(value) {
                return self.page(value);
            } else if !is_record && let Some(list) = wrapped::list(value, &self.answers) {
                return self.list(list);
            } else {
                self.recognize(key, value, text);
            }
            if self.is_open {
                return;
            }
        }
        match &mut self.source {
            Source::Records(_) => self.record(text),
            Source::Document(document) => {
                if key.is_empty() && document_of(key, value, &self.answers).is_none() {
                    self.page(value);
                } else {
                    self.seen.see(key, value);
                    document.element(key, value);
                }
            }
            Source::Unknown | Source::Refused(..) => {}
        }
    }

    /// Adds the records of an array.
    fn list(&mut self, list: &[Value]) {
        for each in list {
            self.value("", each, &each.to_string());
        }
        self.has_lists |= !self.is_open;
    }

    /// Adds a record of the source.
    fn record(&mut self, text: &str) {
        if self.has_lists
            && let Ok(value) = serde_json::from_str::<Value>(text)
            && let Some(list) = wrapped::list(&value, &self.answers)
        {
            return self.list(list);
        }
        if let Source::Records(records) = &mut self.source {
            record(records, text);
        }
    }

    /// Adds a whole document: one of JSON Lines, or the rest around the elements.
    fn around(&mut self, text: &str) -> Next {
        let had_elements = std::mem::take(&mut self.had_elements);
        if let (false, Source::Records(_)) = (self.is_open, &self.source) {
            if had_elements || text.starts_with('[') {
                if let Ok(around) = serde_json::from_str(text) {
                    self.pages.see(&around);
                }
                return Next::Document;
            }
            self.record(text);
            return Next::Lines;
        }
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            self.waiting.broken += 1;
            if !self.is_open {
                self.refuse(Reason::BrokenJson);
            }
            return Next::Document;
        };
        self.pages.see(&value);
        self.is_empty |= !had_elements && (value.is_array() || is_page(&value));
        if self.is_open
            && let Some(document) = empty_document(&value, &self.answers)
        {
            self.found(document);
        }
        let is_alone = document_of("", &value, &self.answers).is_some();
        match &mut self.source {
            // A last page may be empty except for stating that it is the last.
            Source::Document(document) if !is_alone && (!self.is_open || is_page(&value)) => {
                document.around(&value);
            }
            _ if value.is_array() || had_elements && !(self.is_open && is_record(&value)) => {}
            _ => {
                if had_elements {
                    // The array was part of the first record.
                    self.waiting = Waiting::default();
                }
                self.value("", &value, text);
            }
        }
        match (self.is_open, &self.source) {
            (false, Source::Records(_)) => Next::Lines,
            _ => Next::Document,
        }
    }

    /// Adds a page from an array of pages.
    fn page(&mut self, value: &Value) {
        let lists = CONTAINERS.iter().map(|key| (*key, value.get(*key)));
        for (key, list) in lists.chain([("result", value.pointer("/data/result"))]) {
            for each in list.and_then(Value::as_array).into_iter().flatten() {
                self.value(key, each, &each.to_string());
            }
        }
        self.pages.see(value);
        if let (false, Source::Document(document)) = (self.is_open, &mut self.source) {
            document.around(value);
        }
    }

    /// Refuses the file.
    fn refuse(&mut self, reason: Reason) {
        if !matches!(self.source, Source::Refused(..)) {
            let refusal = Refusal::new(reason, self.source.format());
            self.source = Source::Refused(refusal.after(self.entries));
        }
        self.is_open = false;
    }

    /// Sets the source of the file to that of a document.
    fn found(&mut self, document: Box<dyn Document>) {
        let format = Some(document.format());
        match &self.source {
            Source::Unknown => self.source = Source::Document(document),
            Source::Document(known) if Some(known.format()) == format => {}
            _ => return self.refuse(Reason::OtherSource),
        }
        self.is_open = false;
        if 0 < self.waiting.broken {
            self.refuse(Reason::BrokenJson);
        }
    }

    /// Recognizes records by their names so far; until then they wait.
    fn recognize(&mut self, key: &str, value: &Value, text: &str) {
        if !value.is_object() || is_of_document(key) {
            return;
        }
        for name in nest::names(value) {
            let names = &mut self.waiting.names;
            if names.len() < NAMES_MOST && !names.contains(&name) {
                names.push(name);
            }
        }
        match recognized(&self.waiting.names) {
            Mark::Rows(spec) => self.found_rows(spec, None),
            Mark::Refused(reason, format, column) => {
                self.source = Source::Refused(Refusal::new(reason, format).at(column));
                self.is_open = false;
            }
            Mark::Panel | Mark::Rates | Mark::Unknown => match nest::find(value) {
                Some(inner) => {
                    self.waiting.names = inner.names;
                    self.found_rows(inner.spec, Some(inner.nest));
                }
                None => self.waiting.hold(text),
            },
        }
    }

    /// Sets the source of the file to that of records, and reads the waiting ones.
    fn found_rows(&mut self, spec: &'static Spec, nest: Option<Nest>) {
        if matches!(self.source, Source::Unknown) {
            let records = Records::new(spec, &self.answers, false);
            self.source = Source::Records(Box::new(records));
        }
        let waiting = std::mem::take(&mut self.waiting);
        match &mut self.source {
            Source::Records(records) if records.spec().format == spec.format => {
                records.begin_file(spec, false);
                records.lie_in(nest);
                let names = waiting.names.iter().map(String::as_str);
                for name in names.filter(|name| !spec.columns.contains(name)) {
                    records.note_unused(name);
                }
                records.skip(Skip::BadJson, waiting.broken);
                records.skip(Skip::OtherKind, waiting.lost);
                for text in &waiting.records {
                    record(records, text);
                }
                self.is_open = false;
            }
            _ => self.refuse(Reason::OtherSource),
        }
    }

    fn next_file(&mut self) {
        let is_left = self.waiting.lost + self.waiting.broken + self.waiting.records.len() as u64;
        match &mut self.source {
            Source::Unknown | Source::Refused(..) => return,
            Source::Document(document) => document.end_file(),
            Source::Records(_) => {}
        }
        if self.is_open && 0 < is_left {
            self.refuse(Reason::OtherSource);
        } else {
            self.is_open = true;
            self.waiting = Waiting::default();
        }
    }
}
