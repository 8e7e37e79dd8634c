//! The reader of usage exports as a program of its own: it runs in a worker, or in slices on a
//! page that has none. `driver.js` feeds it pieces of files; only numbers come out, as JSON.

use kt_capacity::traffic::{Answers, Outcome, Reader, digest};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// A reading of one export, which may have several files.
#[wasm_bindgen]
pub struct Reading {
    reader: Reader,
}

#[wasm_bindgen]
impl Reading {
    /// Begins a reading; `answers` are those to the questions that an export left open, as
    /// JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(answers: &str) -> Self {
        let answers: Answers = serde_json::from_str(answers).unwrap_or_default();
        Self {
            reader: Reader::new(&answers),
        }
    }

    /// Takes the next piece of a file.
    pub fn push(&mut self, piece: &[u8]) {
        self.reader.push(piece);
    }

    /// Ends a file that another one follows.
    pub fn next_file(&mut self) {
        self.reader.next_file();
    }

    /// Whether the rest changes nothing.
    pub fn is_settled(&self) -> bool {
        self.reader.is_settled()
    }

    /// Ends the last file.
    pub fn end(self) -> Ended {
        Ended {
            outcome: self.reader.finish(),
        }
    }
}

/// A reading that has ended.
#[wasm_bindgen]
pub struct Ended {
    outcome: Outcome,
}

#[wasm_bindgen]
impl Ended {
    /// The middle of the file's period, in milliseconds since 1970: the offset of the reader's zone
    /// is the one of that time, in summer another than in winter.
    pub fn middle_ms(&self) -> Option<f64> {
        match &self.outcome {
            Outcome::Read(observed) => observed.middle_ms(),
            Outcome::Ask { .. } | Outcome::Refused(_) => None,
        }
    }

    /// The outcome as JSON, for days that begin `offset_min` minutes before those of UTC.
    pub fn json(&self, offset_min: i32) -> String {
        outcome(&self.outcome, offset_min).to_string()
    }
}

fn outcome(outcome: &Outcome, offset_min: i32) -> Value {
    match outcome {
        Outcome::Read(observed) => json!({ "read": digest(observed, offset_min) }),
        Outcome::Ask {
            question, choices, ..
        } => json!({ "ask": { "question": question, "choices": choices } }),
        Outcome::Refused(refusal) => json!({ "refused": refusal }),
    }
}
