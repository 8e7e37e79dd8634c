//! Traces saved in the browser, under user-defined names.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::first::storage;
use crate::say::measured as say;
use crate::traffic::{Digest, Status};

/// Storage key of saved traces.
const KEPT: &str = "kt-capacity:trace";
/// Maximum number of traces, for the browser's storage limit; the oldest is dropped first.
const MOST: usize = 20;
/// Maximum length of a name.
const NAME_MOST: usize = 80;

/// Trace with its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Trace {
    pub(super) name: String,
    digest: Digest,
}

impl Trace {
    /// Digest of the trace.
    pub(super) fn digest(&self) -> Arc<Digest> {
        Arc::new(self.digest.clone())
    }

    /// Trace without the file's column names, which are not needed later.
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

/// Default name of a trace: source and period.
pub(super) fn usual(digest: &Digest) -> String {
    say::mark(digest, Status::Measured)
}

/// Saved traces, newest first. Unnamed ones of older releases get the default name.
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

/// Saves these traces.
pub(super) fn write(traces: &[Trace]) {
    let text = serde_json::to_string(traces).ok();
    storage::write(KEPT, text.as_deref().filter(|_| !traces.is_empty()));
}

/// Puts a trace first, replacing one with an equal name.
pub(super) fn put(traces: &mut Vec<Trace>, trace: Trace) {
    traces.retain(|other| other.name != trace.name);
    traces.insert(0, trace);
    traces.truncate(MOST);
}
