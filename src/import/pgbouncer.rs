//! Reads `pgbouncer.ini`: how many connections its pool opens.

use serde_json::{Map, Value, json};

use super::fact::Facts;
use super::lines::{Document, Lines};
use super::value::{allowed, number};
use crate::scenario::property::MAX_CONNECTIONS;

/// Size of a pool that the file does not set.
const POOL: f64 = 20.0;

/// The sections of an INI file, if it is one of `PgBouncer`'s.
pub(super) fn document(text: &str) -> Option<Document> {
    let is_own = text.lines().any(|line| line.trim() == "[pgbouncer]");
    if !is_own {
        return None;
    }
    let mut sections = Map::new();
    let mut lines = Lines::default();
    let mut section = String::new();
    for (above, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches('\u{feff}');
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            name.clone_into(&mut section);
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        if line.starts_with([';', '#']) || section.is_empty() {
            continue;
        }
        let (key, value) = (key.trim(), value.trim());
        lines.note(format!("{section}.{key}"), above + 1);
        let fields = sections.entry(section.clone()).or_insert_with(|| json!({}));
        fields[key] = Value::String(value.to_owned());
    }
    Some(Document {
        value: Value::Object(sections),
        lines,
    })
}

/// Connections of the pool: the bound for a database, or the pool with its reserve.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let own = &document["pgbouncer"];
    let of = |key: &str| {
        own.get(key)
            .map(|value| (format!("pgbouncer.{key}"), number(value)))
    };
    match of("max_db_connections") {
        Some((place, Some(most))) if 0.0 < most => {
            facts.noted(place, &MAX_CONNECTIONS, most, "what the pool opens at most");
            return;
        }
        Some((place, None)) => facts.unused(place, allowed(&MAX_CONNECTIONS)),
        _ => {}
    }
    let reserve = match of("reserve_pool_size") {
        Some((place, Some(size))) => {
            facts.understood.push(place);
            size
        }
        _ => 0.0,
    };
    match of("default_pool_size") {
        Some((place, Some(size))) => {
            let note = format!("a pool of {size} and a reserve of {reserve}");
            facts.noted(place, &MAX_CONNECTIONS, size + reserve, note);
        }
        Some((place, None)) => facts.unused(place, allowed(&MAX_CONNECTIONS)),
        None => {
            let place = "pgbouncer.default_pool_size";
            let why = "PgBouncer fills in a pool of 20";
            facts.filled(place, &MAX_CONNECTIONS, Some(POOL + reserve), why);
        }
    }
}
