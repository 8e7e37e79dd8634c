//! Nested records: a log keeps a source's record under a key of its own, as an object or text, and
//! some sources keep the counts of a request in a nested object.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::format::{Mark, recognized};
use super::row::Spec;
use super::skip::Skip;

/// Maximum keys between a record and its nested one.
const KEYS_MOST: usize = 3;
/// Maximum nested records.
pub(crate) const LEVELS: usize = KEYS_MOST + 1;

/// Path from a record to its nested one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nest {
    keys: Vec<String>,
    /// Whether the inner record is complete; otherwise the outer ones supplement it.
    is_whole: bool,
}

/// A nested record that was found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) nest: Nest,
    pub(crate) spec: &'static Spec,
    /// Lowercase names of all records on the path.
    pub(crate) names: Vec<String>,
}

/// The nested record of a source, if any.
pub(crate) fn find(value: &Value) -> Option<Found> {
    inside(value, &[], &mut Vec::new())
}

/// Searches each key whose value is a record; `around` are the names of the outer records.
fn inside(value: &Value, around: &[String], keys: &mut Vec<String>) -> Option<Found> {
    let own = names(value);
    let all: Vec<String> = around.iter().chain(&own).cloned().collect();
    if !keys.is_empty() {
        for (names, is_whole) in [(&own, true), (&all, false)] {
            if let Mark::Rows(spec) = recognized(names) {
                let is_key = |name: &&String| keys.iter().any(|key| key.eq_ignore_ascii_case(name));
                let nest = Nest {
                    keys: keys.clone(),
                    is_whole,
                };
                let names = names.iter().filter(|name| !is_key(name)).cloned();
                return Some(Found {
                    nest,
                    spec,
                    names: names.collect(),
                });
            }
        }
    }
    if keys.len() == KEYS_MOST {
        return None;
    }
    for (key, member) in value.as_object()? {
        let member = match member {
            Value::Object(_) => Cow::Borrowed(member),
            Value::String(text) => match object_of(text).map(serde_json::from_str::<Value>) {
                Some(Ok(read)) => Cow::Owned(read),
                _ => continue,
            },
            _ => continue,
        };
        keys.push(key.clone());
        let found = inside(&member, &all, keys);
        if found.is_some() {
            return found;
        }
        keys.pop();
    }
    None
}

/// Lowercase keys of a record.
pub(crate) fn names(value: &Value) -> Vec<String> {
    let object = value.as_object().into_iter();
    let keys = object.flat_map(|object| object.keys());
    keys.map(|key| key.to_ascii_lowercase()).collect()
}

/// The object at the end of a text: a log line may start with a time and a level.
fn object_of(text: &str) -> Option<&str> {
    text.find('{').map(|start| &text[start..])
}

impl Nest {
    /// Records that count, innermost first, or the reason why there are none; `None` if the text is
    /// no object.
    pub(crate) fn texts(&self, text: &str) -> Option<Result<Vec<String>, Skip>> {
        let mut texts = vec![text.to_owned()];
        for (level, key) in self.keys.iter().enumerate() {
            let read = serde_json::from_str(&texts[level]);
            let members: BTreeMap<Cow<str>, &RawValue> = match read {
                Ok(members) => members,
                Err(_) if level == 0 => return None,
                Err(_) => return Some(Err(Skip::BadJson)),
            };
            let Some(member) = members.get(key.as_str()).map(|raw| raw.get()) else {
                // Some records are bare, next to wrapped ones.
                let bare = (level == 0).then(|| vec![text.to_owned()]);
                return Some(bare.ok_or(Skip::OtherKind));
            };
            let inner = if member.starts_with('"') {
                let text: String = serde_json::from_str(member).unwrap_or_default();
                let Some(object) = object_of(&text) else {
                    return Some(Err(Skip::BadJson));
                };
                object.to_owned()
            } else {
                member.to_owned()
            };
            if !inner.starts_with('{') {
                return Some(Err(Skip::OtherKind));
            }
            texts.push(inner);
        }
        texts.reverse();
        if self.is_whole {
            texts.truncate(1);
        }
        Some(Ok(texts))
    }
}
