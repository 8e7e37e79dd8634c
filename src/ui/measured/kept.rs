//! Traces that are kept in this browser, each under a name of the reader's.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::first::storage;
use crate::say::measured as say;
use crate::traffic::{Digest, Status};

/// Where traces are kept on the reader's machine, if they ask for it.
const KEPT: &str = "kt-capacity:trace";
/// The most of them, since a browser keeps some megabytes: the oldest goes first.
const MOST: usize = 20;
/// The longest name.
const NAME_MOST: usize = 80;

/// A trace and its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Trace {
    pub(super) name: String,
    digest: Digest,
}

impl Trace {
    /// What is known of it.
    pub(super) fn digest(&self) -> Arc<Digest> {
        Arc::new(self.digest.clone())
    }

    /// Without the names of the file's columns, which nobody needs later.
    pub(super) fn of(name: &str, digest: &Digest) -> Self {
        let name: String = name.trim().chars().take(NAME_MOST).collect();
        let name = if name.is_empty() { usual(digest) } else { name };
        let digest = Digest {
            unused: Vec::new(),
            ..digest.clone()
        };
        Self { name, digest }
    }
}

/// The name of a trace that nobody named: its source and its time.
pub(super) fn usual(digest: &Digest) -> String {
    say::mark(digest, Status::Measured)
}

/// The traces that are kept, the last one first. One of a time without names has its usual one.
pub(super) fn read() -> Vec<Trace> {
    let Some(text) = storage::read(KEPT) else {
        return Vec::new();
    };
    if let Ok(traces) = serde_json::from_str(&text) {
        return traces;
    }
    let only = serde_json::from_str::<Digest>(&text);
    only.map_or_else(|_| Vec::new(), |only| vec![Trace::of("", &only)])
}

/// Keeps these.
pub(super) fn write(traces: &[Trace]) {
    let text = serde_json::to_string(traces).ok();
    storage::write(KEPT, text.as_deref().filter(|_| !traces.is_empty()));
}

/// Puts a trace before the others, in the place of one of the same name.
pub(super) fn put(traces: &mut Vec<Trace>, trace: Trace) {
    traces.retain(|other| other.name != trace.name);
    traces.insert(0, trace);
    traces.truncate(MOST);
}
