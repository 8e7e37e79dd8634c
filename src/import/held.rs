//! Texts and objects contained in a document, as documents.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::document::plain;
use super::lines::{Document, join};
use super::value::at;

/// Field of a `Secret` with base64 texts.
const SECRET: &str = "data";

/// Paths and names of the texts in a `ConfigMap` or `Secret`.
pub(super) fn files(value: &Value) -> Vec<(String, String)> {
    let lists = match value["kind"].as_str() {
        Some("ConfigMap") => &["data"][..],
        Some("Secret") => &["stringData", SECRET],
        _ => &[],
    };
    let of = |list: &&str| {
        let fields = value[*list].as_object().into_iter().flatten();
        let names = fields.map(|(name, _)| (join(list, name), name.clone()));
        names.collect::<Vec<_>>()
    };
    lists.iter().flat_map(of).collect()
}

/// Documents in the text that a `ConfigMap` or `Secret` has under a name.
pub(super) fn documents(document: &Document, name: &str) -> Vec<Document> {
    let named = files(&document.value)
        .into_iter()
        .find(|(_, own)| own == name);
    let read = |(place, _): (String, String)| {
        let held = held(&document.value, &place)?;
        Some(lines_of(document, &place, &held))
    };
    named.and_then(read).unwrap_or_default()
}

/// Text at a place; data of a `Secret` is decoded from base64.
pub(super) fn held<'a>(value: &'a Value, place: &str) -> Option<Cow<'a, str>> {
    let text = at(value, place)?.as_str()?;
    if !is_coded(value, place) {
        return Some(Cow::Borrowed(text));
    }
    let bytes = STANDARD
        .decode(text.split_whitespace().collect::<String>())
        .ok()?;
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// Documents in an object at a place.
pub(super) fn object(document: &Document, place: &str) -> Option<Vec<Document>> {
    let inner = at(&document.value, place)?.as_object()?;
    Some(vec![Document {
        value: Value::Object(inner.clone()),
        lines: document.lines.below(place),
        remarks: document.remarks_below(place),
        ..Document::default()
    }])
}

/// Documents in a text at a place.
pub(super) fn text(document: &Document, place: &str) -> Vec<Document> {
    let text = at(&document.value, place).and_then(Value::as_str);
    lines_of(document, place, text.unwrap_or_default())
}

/// Whether the text at a place is in base64.
fn is_coded(document: &Value, place: &str) -> bool {
    document["kind"] == "Secret" && place.starts_with(SECRET)
}

/// Number of lines above the first line of a text; base64 texts have their own lines.
pub(super) fn above(document: &Document, place: &str) -> usize {
    let line = document
        .lines
        .at(place)
        .filter(|_| !is_coded(&document.value, place));
    line.map_or(0, |line| line - 1)
}

/// Documents of a text, with their lines in the outer text.
pub(super) fn lines_of(document: &Document, place: &str, text: &str) -> Vec<Document> {
    let above = above(document, place);
    let is_coded = is_coded(&document.value, place);
    let inner = plain(text).unwrap_or_default().into_iter();
    inner
        .map(|inner| Document {
            // All base64 is on one line.
            lines: if is_coded {
                document.lines.below(place)
            } else {
                inner.lines.moved(above)
            },
            ..inner
        })
        .collect()
}
