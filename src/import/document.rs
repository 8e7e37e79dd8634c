//! Splits a text into documents.

use serde_json::Value;

use super::kind::{self, Kind};
use super::lines::Document;
use super::yaml;

/// All documents of a YAML or JSON text; the items of a list each count.
///
/// # Errors
///
/// Where and why it cannot be read.
pub(crate) fn documents(text: &str) -> Result<Vec<Document>, String> {
    let body = text.trim_start_matches('\u{feff}');
    let is_json = body.trim_start().starts_with(['{', '[']);
    let documents = match is_json.then(|| json(body)) {
        Some(Ok(documents)) => documents,
        Some(Err(problem)) => match yaml::documents(body) {
            // Keys in quotes make no JSON of YAML, but a slip in JSON is told as such.
            Ok(documents) if !looks_like_json(body) || is_known(&documents) => documents,
            Err(other) if !looks_like_json(body) => return Err(other),
            _ => return Err(problem),
        },
        None => yaml::documents(body)?,
    };
    let mut flat = Vec::new();
    for document in documents {
        flatten(document, &mut flat);
    }
    // A file carried by a ConfigMap is read like one of its own.
    let carried: Vec<Document> = flat.iter().flat_map(carried).collect();
    flat.extend(carried);
    Ok(flat)
}

fn is_known(documents: &[Document]) -> bool {
    let mut documents = documents.iter();
    documents.any(|document| kind::of(&document.value).is_some())
}

/// One-line YAML begins with a brace as well, but its keys bear no quotes.
fn looks_like_json(text: &str) -> bool {
    let inner = text
        .trim_start()
        .trim_start_matches(['{', '['])
        .trim_start();
    inner.starts_with(['"', '}', ']'])
}

/// JSON documents in a row, with nothing or white space between them.
fn json(text: &str) -> Result<Vec<Document>, String> {
    let mut documents = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut start = 0;
    while let Some(value) = stream.next() {
        let value = value.map_err(|error| {
            if error.to_string().contains("recursion") {
                return "more than 100 collections inside each other".to_owned();
            }
            error.to_string()
        })?;
        let end = stream.byte_offset();
        let above = text[..start].matches('\n').count();
        // JSON is YAML: its other reader knows the lines, and keys that are there twice.
        let lines = match yaml::documents(&text[start..end]) {
            Ok(read) => read.into_iter().next().map(|read| read.lines.moved(above)),
            Err(problem) if problem.contains("is there twice") => return Err(problem),
            Err(_) => None,
        };
        let lines = lines.unwrap_or_default();
        documents.push(Document { value, lines });
        start = end;
    }
    Ok(documents)
}

/// The items of a list of objects, however deep lists lie in each other.
fn flatten(document: Document, flat: &mut Vec<Document>) {
    let kind = document.value["kind"].as_str().unwrap_or_default();
    let of = kind.strip_suffix("List").map(str::to_owned);
    let place = match (&document.value, of.is_some()) {
        (Value::Array(items), _) if items.iter().any(Value::is_object) => "",
        (Value::Object(fields), true) if fields.get("items").is_some_and(Value::is_array) => {
            "items"
        }
        _ => {
            flat.push(document);
            return;
        }
    };
    let Document { mut value, lines } = document;
    let version = value.get("apiVersion").cloned();
    let items = if place.is_empty() {
        value
    } else {
        value["items"].take()
    };
    let Value::Array(items) = items else { return };
    for (index, mut item) in items.into_iter().enumerate() {
        let path = super::lines::join(place, &index.to_string());
        let of = of.as_ref().filter(|of| !of.is_empty());
        // An item of a typed list may leave out what the list says for all.
        if let (Some(fields), Some(of)) = (item.as_object_mut(), of) {
            let kind = Value::String(of.clone());
            fields.entry("kind").or_insert(kind);
            if let Some(version) = &version {
                fields.entry("apiVersion").or_insert(version.clone());
            }
        }
        let lines = lines.below(&path);
        flatten(Document { value: item, lines }, flat);
    }
}

/// The configurations in a `ConfigMap`.
fn carried(document: &Document) -> Vec<Document> {
    if document.value["kind"] != "ConfigMap" {
        return Vec::new();
    }
    let data = document.value["data"].as_object().into_iter().flatten();
    let mut found = Vec::new();
    for (name, value) in data {
        let Some(text) = value.as_str() else { continue };
        // The text begins on the line below its key.
        let above = document.lines.at(&format!("data.{name}")).unwrap_or(0);
        let inner = documents(text).unwrap_or_default().into_iter();
        let inner = inner.filter(|inner| kind::of(&inner.value).is_some_and(Kind::is_carried));
        found.extend(inner.map(|inner| Document {
            lines: inner.lines.moved(above),
            value: inner.value,
        }));
    }
    found
}
