//! A usage export on its way through the reader, which runs in a worker of its own; where a
//! page is refused one, in slices on the page.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use js_sys::Reflect;
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::worker::{Stop, asked, start};
use crate::traffic::{Answers, Digest, Question, Refusal};

/// How far a reading is.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) enum State {
    /// There is no file.
    Idle,
    /// So many bytes of so many are read.
    Reading(f64, f64),
    /// The file is read.
    Read(Arc<Digest>),
    /// The file leaves something open.
    Asked(Asked),
    /// Nothing of it can be used.
    Refused(Refusal),
    /// The reader itself failed.
    Failed,
}

/// A question with the names to choose from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in crate::ui) struct Asked {
    /// The question.
    pub(in crate::ui) question: Question,
    /// Columns or series of the file.
    pub(in crate::ui) choices: Vec<String>,
}

/// The outcome as the reader writes it.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Read(Box<Digest>),
    Ask(Asked),
    Refused(Refusal),
}

/// A reading and its files.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Usage {
    /// How far it is.
    pub(in crate::ui) state: RwSignal<State>,
    files: StoredValue<Vec<File>, LocalStorage>,
    answers: StoredValue<Answers>,
    stop: StoredValue<Option<Stop>, LocalStorage>,
}

impl Usage {
    /// No file yet.
    pub(in crate::ui) fn new() -> Self {
        Self {
            state: RwSignal::new(State::Idle),
            files: StoredValue::new_local(Vec::new()),
            answers: StoredValue::new(Answers::default()),
            stop: StoredValue::new_local(None),
        }
    }

    /// Reads files as pages of one export.
    pub(in crate::ui) fn read(self, files: Vec<File>) {
        self.files.set_value(files);
        self.answers.set_value(Answers::default());
        self.again();
    }

    /// Reads them again with an answer to the question.
    pub(in crate::ui) fn answer(self, change: impl FnOnce(&mut Answers)) {
        self.answers.update_value(change);
        self.again();
    }

    /// Ends the reading; nothing of it is kept.
    pub(in crate::ui) fn stop(self) {
        self.end();
        self.state.set(State::Idle);
    }

    fn end(self) {
        let stop = self.stop.try_update_value(Option::take).flatten();
        if let Some(stop) = stop {
            stop();
        }
    }

    fn again(self) {
        self.stop();
        let files = self.files.with_value(Clone::clone);
        let total: f64 = files.iter().map(|file| file.size()).sum();
        self.state.set(State::Reading(0.0, total));
        let answers = self.answers.with_value(serde_json::to_string);
        let answers = answers.unwrap_or_default();
        self.later(move || {
            let asked = asked(&files, &answers);
            let tell = Rc::new(move |message: JsValue| self.hear(&message, total));
            let stop = start(&asked, tell);
            self.stop.update_value(|held| *held = Some(stop));
        });
    }

    /// Goes on in a task of its own, unless the reading is ended before: keys and paints find
    /// their way between the tasks.
    fn later(self, act: impl FnOnce() + 'static) {
        let timeout = set_timeout_with_handle(act, Duration::ZERO);
        let stop = timeout
            .ok()
            .map(|timeout| -> Stop { Box::new(move || timeout.clear()) });
        self.stop.update_value(|held| *held = stop);
    }

    fn hear(self, message: &JsValue, total: f64) {
        let part = |name| Reflect::get(message, &JsValue::from_str(name)).unwrap_or_default();
        if let Some(done) = part("done").as_f64() {
            self.state.set(State::Reading(done, total));
            return;
        }
        let outcome = part("outcome").as_string();
        self.end();
        self.later(move || {
            let outcome = outcome.and_then(|text| serde_json::from_str(&text).ok());
            let state = match outcome {
                Some(Outcome::Read(digest)) => State::Read(Arc::from(digest)),
                Some(Outcome::Ask(asked)) => State::Asked(asked),
                Some(Outcome::Refused(refusal)) => State::Refused(refusal),
                None => State::Failed,
            };
            self.later(move || self.state.set(state));
        });
    }
}
