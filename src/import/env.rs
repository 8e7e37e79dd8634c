//! Environment variables of the gateway: names, and `.env` files.
//!
//! # Source
//!
//! docs.docker.com, "Environment variables: `.env` file syntax" (2026-08): one name, `=` and value
//! per line, optionally quoted. A `#` after a blank begins a comment, and the last line for a name
//! counts.

use serde_json::{Map, Value, json};

use super::lines::{Document, Lines, join};
use super::score::CONCURRENCY;

/// API setting for pruning events.
pub(super) const RETENTION: &str = "KEEPTRUSTS_EVENT_RETENTION_HOURS";
/// Key for the variables of a file.
pub(super) const NAME: &str = ".env";
/// Variables that are read.
const KNOWN: [&str; 2] = [CONCURRENCY, RETENTION];

/// Whether any variable is one that is read.
pub(super) fn is_one(variables: &Value) -> bool {
    KNOWN.iter().any(|name| variables.get(*name).is_some())
}

/// Whether a place is an unread variable of a file.
pub(super) fn is_foreign(place: &str) -> bool {
    let name = place
        .strip_prefix(NAME)
        .and_then(|rest| rest.strip_prefix('.'));
    name.is_some_and(|name| !KNOWN.iter().any(|known| name.starts_with(known)))
}

/// Lines, names and values of a file of variables; `None` if any line is invalid.
pub(super) fn pairs(text: &str) -> Option<Vec<(usize, &str, &str)>> {
    let mut found = Vec::new();
    for (above, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=')?;
        let is_sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || !name.chars().all(is_sign) {
            return None;
        }
        found.push((above + 1, name, plain(value.trim())));
    }
    Some(found)
}

/// Value without quotes, or without a trailing comment.
fn plain(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote)
            && let Some(end) = rest.find(quote)
        {
            return &rest[..end];
        }
    }
    value.split(" #").next().unwrap_or_default().trim_end()
}

/// Document of an `.env` file, if any of its variables is read.
pub(super) fn document(text: &str) -> Option<Document> {
    let mut fields = Map::new();
    let mut lines = Lines::default();
    for (line, name, value) in pairs(text)? {
        let place = join(NAME, name);
        if let Some(before) = fields.insert(name.to_owned(), json!(value)) {
            let line = lines.at(&place).unwrap_or_default();
            let earlier = format!("{name} (line {line})");
            lines.note(join(NAME, &earlier), line);
            fields.insert(earlier, before);
        }
        lines.replace(&place, line);
    }
    let fields = Value::Object(fields);
    is_one(&fields).then(|| Document {
        value: json!({ NAME: fields }),
        lines,
        ..Document::default()
    })
}
