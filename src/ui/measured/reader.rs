//! Reading of a usage export in a worker, or in slices on a page that cannot start one.

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

/// State of a reading.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) enum State {
    /// No file.
    Idle,
    /// Bytes read, and total bytes.
    Reading(f64, f64),
    /// Completed, with the digest.
    Read(Arc<Digest>),
    /// Question left open by the file.
    Asked(Asked),
    /// File that cannot be used.
    Refused(Refusal),
    /// Failure of the reader itself.
    Failed,
}

/// Question with the names to choose from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in crate::ui) struct Asked {
    /// Question to answer.
    pub(in crate::ui) question: Question,
    /// Columns or series of the file.
    pub(in crate::ui) choices: Vec<String>,
}

/// Outcome as written by the reader.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Read(Box<Digest>),
    Ask(Asked),
    Refused(Refusal),
}

/// Reading with its files.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Usage {
    /// State of the reading.
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

    /// Reads the files again with an answer to the question.
    pub(in crate::ui) fn answer(self, change: impl FnOnce(&mut Answers)) {
        self.answers.update_value(change);
        self.again();
    }

    /// Stops reading and discards the result.
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

    /// Continues in a separate task unless stopped, so that keys and painting can come between.
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
