//! Reads `postgresql.conf` for the server's maximum connections.
//!
//! # Source
//!
//! postgresql.org, "Setting Parameters" (18): one name and value per line, with an optional `=`;
//! the last line for a name counts.

use serde_json::{Map, Value, json};

use super::fact::Facts;
use super::kind::POSTGRES as NAME;
use super::lines::{Document, Lines, join};
use super::value::number;
use crate::scenario::property::SERVER_CONNECTIONS;

const CONNECTIONS: &str = "max_connections";
/// Parameters that identify such a file.
const KNOWN: [&str; 4] = [
    CONNECTIONS,
    "shared_buffers",
    "listen_addresses",
    "superuser_reserved_connections",
];

/// Parameters of a text, if every line is one.
pub(super) fn document(text: &str) -> Option<Document> {
    let mut fields = Map::new();
    let mut lines = Lines::default();
    for (above, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let end = line.find(|c: char| c == '=' || c.is_whitespace())?;
        let (name, value) = line.split_at(end);
        let value = value.trim_start();
        let value = value.strip_prefix('=').unwrap_or(value).trim();
        let is_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c);
        if value.is_empty() || !name.chars().all(is_sign) {
            return None;
        }
        let place = join(NAME, name);
        if let Some(before) = fields.insert(name.to_owned(), json!(value.trim_matches('\''))) {
            let earlier = format!("{name} (line {})", lines.at(&place).unwrap_or_default());
            lines.note(join(NAME, &earlier), lines.at(&place).unwrap_or_default());
            fields.insert(earlier, before);
        }
        lines.replace(&place, above + 1);
    }
    let is_one = KNOWN.iter().any(|name| fields.contains_key(*name));
    is_one.then(|| Document {
        value: json!({ NAME: fields }),
        lines,
        ..Document::default()
    })
}

/// Reads the maximum number of connections.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let own = document[NAME].as_object().into_iter().flatten();
    for (name, _) in own.filter(|(name, _)| name.ends_with(')')) {
        let why = "is the value of an earlier line: the same name is set again, and that counts";
        facts.unused(join(NAME, name), why);
    }
    let place = join(NAME, CONNECTIONS);
    match document[NAME].get(CONNECTIONS).map(number) {
        Some(Some(value)) => facts.number(place, &SERVER_CONNECTIONS, value),
        Some(None) => facts.refused(place, &SERVER_CONNECTIONS),
        None => {}
    }
}
