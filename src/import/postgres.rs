//! Reads `postgresql.conf` for the server's maximum connections.
//!
//! # Source
//!
//! postgresql.org, "Setting Parameters" (18): one name and value per line, with an optional `=`;
//! the last line for a name counts. Names are case-insensitive, and integers may be hexadecimal
//! (from `0x`) or octal (from `0`).

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
    let mut is_one = false;
    for (above, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let end = line.find(|c: char| c == '=' || c.is_whitespace())?;
        let (name, value) = line.split_at(end);
        let lower = name.to_ascii_lowercase();
        // A file of variables has names in capitals, and nothing around its signs.
        let is_variable = lower != name && value.starts_with('=');
        is_one |= KNOWN.contains(&lower.as_str()) && !is_variable;
        let name = lower.as_str();
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
    match document[NAME].get(CONNECTIONS).map(integer) {
        Some(Some(value)) => facts.number(place, &SERVER_CONNECTIONS, value),
        Some(None) => facts.refused(place, &SERVER_CONNECTIONS),
        None => {}
    }
}

/// Number as the server reads it.
fn integer(value: &Value) -> Option<f64> {
    let text = value.as_str().unwrap_or_default();
    let based = match text.strip_prefix('0') {
        Some(rest) => match rest.strip_prefix(['x', 'X']) {
            Some(rest) => Some((rest, 16)),
            None => Some((rest, 8)),
        },
        None => None,
    };
    match based.filter(|(rest, _)| !rest.is_empty() && !rest.contains('.')) {
        Some((rest, base)) => u32::from_str_radix(rest, base).ok().map(f64::from),
        None => number(value),
    }
}
