//! Number of worker processes of a gateway; each has a connection pool.
//!
//! # Source
//!
//! docs.litellm.ai, "Production" and "CLI arguments" (`--num_workers`, `NUM_WORKERS`); settings of
//! Gunicorn (`-w`, `--workers`, `WEB_CONCURRENCY`) and Uvicorn.

use serde_json::Value;

use super::fact::Facts;
use super::lines::join;
use super::score::container_score;
use super::value::number;
use crate::model::digits;

/// Flags with the number, for any server.
const FLAGS: [&str; 2] = ["--num_workers", "--workers"];
/// Short flag, and the server it belongs to.
const SHORT: (&str, &str) = ("gunicorn", "-w");
/// Variables with the number; flags override them.
const VARIABLES: [&str; 2] = ["NUM_WORKERS", "WEB_CONCURRENCY"];
/// Value in `LiteLLM`'s chart.
const OF_CHART: &str = "numWorkers";
/// Upper bound, more than the cores of any machine.
const MOST: f64 = 10_000.0;
const LABEL: &str = "Workers of a gateway";
const ALONE: &str = "multiplies the pool of LiteLLM's configuration: read both together";

/// Workers of a gateway.
pub(super) struct Workers {
    pub(super) count: f64,
    /// Place of the number, in words.
    pub(super) place: String,
}

impl Workers {
    /// Workers of a container, service or chart values with this title.
    pub(super) fn of(owner: &Value, title: &str) -> Option<Self> {
        let (place, count) = found(owner)?;
        let place = format!("{place} of {title}");
        Some(Self { count, place })
    }
}

/// Records the outcome of the number.
pub(super) fn account(owner: &Value, path: &str, has_pool: bool, facts: &mut Facts) {
    let Some((place, count)) = found(owner) else {
        return;
    };
    let place = join(path, &place);
    if has_pool {
        facts.also(place, LABEL, count.to_string());
    } else {
        facts.unused(place, ALONE);
    }
}

/// Whether a document is a Compose file.
pub(super) fn is_compose(document: &Value) -> bool {
    let mut services = document["services"].as_object().into_iter().flatten();
    services.any(|(_, service)| service.get("image").is_some() || service.get("command").is_some())
}

/// Workers of the likeliest gateway among the Compose services.
pub(super) fn of_compose(document: &Value) -> Option<Workers> {
    if !is_compose(document) {
        return None;
    }
    let services = document["services"].as_object()?.iter();
    let scored = services.map(|(name, service)| {
        let mut container = service.clone();
        if let Some(fields) = container.as_object_mut() {
            fields.insert("name".to_owned(), Value::String(name.clone()));
        }
        (container_score(&container), name, service)
    });
    let (_, name, service) = scored
        .filter(|(score, ..)| 0 < *score)
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)))?;
    Workers::of(service, &format!("the service {name}"))
}

/// Number of workers and its place in the owner.
fn found(owner: &Value) -> Option<(String, f64)> {
    let whole =
        |count: &f64| (1.0..=MOST).contains(count) && libm::trunc(*count).total_cmp(count).is_eq();
    let by_flag = ["args", "command"].into_iter().find_map(|key| {
        let (place, text) = flag(&owner[key], key)?;
        Some((place, resolved(&text, owner)?))
    });
    let of_chart = || Some((OF_CHART.to_owned(), number(&owner[OF_CHART])?));
    let by_variable = || {
        let mut found = VARIABLES.iter();
        found.find_map(|name| {
            let (place, text) = variable(owner, name)?;
            Some((place, digits::read(&text)?))
        })
    };
    let found = by_flag.or_else(of_chart).or_else(by_variable);
    found.filter(|(_, count)| whole(count))
}

/// Last value of a flag in a command, given as text or list.
fn flag(command: &Value, key: &str) -> Option<(String, String)> {
    let items: Vec<(String, &str)> = match command {
        Value::String(text) => vec![(key.to_owned(), text)],
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .filter_map(|(index, item)| Some((format!("{key}.{index}"), item.as_str()?)))
                .collect()
        }
        _ => return None,
    };
    let words = items.iter().flat_map(|(place, text)| {
        let words = text.split_whitespace();
        words.map(move |word| (place, word.trim_matches(['"', '\'', ';'])))
    });
    let words: Vec<(&String, &str)> = words.collect();
    let has_short = words.iter().any(|(_, word)| word.ends_with(SHORT.0));
    let mut last = None;
    for (index, (place, word)) in words.iter().enumerate() {
        let next = || words.get(index + 1);
        let (name, own) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (*word, None),
        };
        if FLAGS.contains(&name) || has_short && name == SHORT.1 {
            last = match (own, next()) {
                (Some(value), _) => Some(((*place).clone(), value.to_owned())),
                (None, Some((place, value))) => Some(((*place).clone(), (*value).to_owned())),
                (None, None) => None,
            };
        } else if let Some(value) = name.strip_prefix(SHORT.1).filter(|_| has_short) {
            last = Some(((*place).clone(), value.to_owned()));
        }
    }
    last
}

/// Number in a text, or in the variable it names.
fn resolved(text: &str, owner: &Value) -> Option<f64> {
    let Some(name) = text.strip_prefix('$') else {
        return digits::read(text);
    };
    let name = name.trim_matches(['(', ')', '{', '}']);
    let (name, default) = match name.split_once(":-") {
        Some((name, default)) => (name, digits::read(default)),
        None => (name, None),
    };
    let value = variable(owner, name).and_then(|(_, value)| digits::read(&value));
    value.or(default)
}

/// Place and text of a variable, in a list of objects or `NAME=value`, or in a map.
fn variable(owner: &Value, name: &str) -> Option<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    ["env", "environment", "envVars"]
        .into_iter()
        .find_map(|key| match &owner[key] {
            Value::Array(rows) => rows.iter().enumerate().find_map(|(index, row)| {
                let own = row.as_str().and_then(|row| row.split_once('='));
                match own {
                    Some((own, value)) if own == name => {
                        Some((format!("{key}.{index}"), value.to_owned()))
                    }
                    _ if row["name"] == name => {
                        Some((format!("{key}.{index}.value"), text(&row["value"])?))
                    }
                    _ => None,
                }
            }),
            fields => Some((format!("{key}.{name}"), text(&fields[name])?)),
        })
}
