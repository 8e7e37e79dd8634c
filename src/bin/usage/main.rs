//! Program that reads usage exports, in a worker, or in slices on a page without workers.
//! `driver.js` feeds it pieces of files; its output is JSON with numbers only.

use kt_capacity::traffic::{Answers, Outcome, Reader, digest};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

fn main() {}

/// Reading of an export of one or more files.
#[wasm_bindgen]
pub struct Reading {
    reader: Reader,
}

#[wasm_bindgen]
impl Reading {
    /// Starts a reading; `answers` are answers in JSON to questions left open by an export.
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

    /// Ends a file that is followed by another.
    pub fn next_file(&mut self) {
        self.reader.next_file();
    }

    /// Whether the rest of the file cannot change the result.
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

/// Completed reading.
#[wasm_bindgen]
pub struct Ended {
    outcome: Outcome,
}

#[wasm_bindgen]
impl Ended {
    /// Middle of the file's period, in milliseconds since 1970, for the UTC offset of the user's
    /// time zone in that season.
    pub fn middle_ms(&self) -> Option<f64> {
        match &self.outcome {
            Outcome::Read(observed) => observed.middle_ms(),
            Outcome::Ask { .. } | Outcome::Refused(_) => None,
        }
    }

    /// Outcome as JSON, with days shifted by `offset_min` minutes from UTC.
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
