//! Splits a text into documents.

use std::borrow::Cow;

use serde_json::Value;

use super::kind;
use super::lines::Document;
use super::reading::Unreadable;
use super::{block, env, module, pgbouncer, postgres, rollout, yaml};
use crate::say::json;

/// Maximum number of documents in a text.
const MOST: usize = 10_000;
/// Fence of a Markdown code block.
const FENCE: &str = "```";
/// Maximum number of pieces in a text with an INI file.
const MOST_PIECES: usize = 100;

/// Documents of a YAML or JSON text. Items of a list count separately, as do the files carried by a
/// `ConfigMap` and other objects.
///
/// # Errors
///
/// The place and reason of a parse error, or too many documents.
pub(crate) fn documents(
    text: &str,
    carry: fn(&mut Vec<Document>),
) -> Result<Vec<Document>, Unreadable> {
    let mut flat = plain(text)?;
    carry(&mut flat);
    rollout::join(&mut flat);
    bounded(flat)
}

/// Documents without the files they carry.
pub(super) fn plain(text: &str) -> Result<Vec<Document>, Unreadable> {
    let body = text.trim_start_matches('\u{feff}');
    let body = fenced(body);
    if let Some(documents) = mixed(&body) {
        return documents;
    }
    if let Some(document) = pgbouncer::document(&body) {
        return Ok(vec![document]);
    }
    if let Some(document) = postgres::document(&body).or_else(|| env::document(&body)) {
        return Ok(vec![document]);
    }
    if let Some(documents) = module::documents(&body) {
        return Ok(documents);
    }
    let read = read(&body);
    // Prose around code blocks is no document, but their contents may be.
    let is_prose = match &read {
        Err(problem) => matches!(problem, Unreadable::Syntax(_)),
        Ok(documents) => documents.iter().all(|document| document.value.is_string()),
    };
    match quoted(&body).filter(|_| is_prose) {
        Some(blocks) => plain(&blocks),
        None => read,
    }
}

/// Documents of a bare text.
fn read(body: &str) -> Result<Vec<Document>, Unreadable> {
    let documents = if begins_as_json(body) {
        braced(body)?
    } else {
        yaml::documents(body).map_err(|problem| syntax(problem, body))?
    };
    let mut flat = Vec::new();
    for document in bounded(documents)? {
        match module::of_json(&document).or_else(|| module::of_state(&document)) {
            Some(blocks) => flat.extend(blocks),
            None => flatten(document, &mut flat)?,
        }
    }
    bounded(flat)
}

/// Documents of a text that begins with a brace: JSON, JSON with comments and trailing commas, or
/// one-line YAML. JSON comes first, since YAML reads a comment as part of the next key.
fn braced(text: &str) -> Result<Vec<Document>, Unreadable> {
    let strict = json(text);
    let Err(Unreadable::Syntax(_)) = strict else {
        return strict;
    };
    let plain = uncommented(text);
    let problem = match json(&without_last_commas(&plain)) {
        Err(Unreadable::Syntax(problem)) => problem,
        read => return read,
    };
    // A later document may contain such signs in strings.
    let is_alone = !text.lines().any(|line| line.trim_end() == "---");
    let text = if is_alone { &plain } else { text };
    match yaml::documents(text) {
        // Quoted keys do not make YAML into JSON, but JSON errors are reported as such.
        Ok(documents) if !looks_like_json(&plain) || is_known(&documents) => Ok(documents),
        Err(other) if !looks_like_json(&plain) => Err(syntax(other, text)),
        _ => Err(syntax(problem, text)),
    }
}

/// Documents of a text with an INI file or Terraform module among others; lines are kept.
fn mixed(text: &str) -> Option<Result<Vec<Document>, Unreadable>> {
    let sections = ["[pgbouncer]", "[databases]"];
    let mut sections = sections.iter();
    if !sections.any(|section| text.contains(section)) && !block::is_one(text) {
        return None;
    }
    let mut pieces = vec![String::new()];
    for (above, line) in text.lines().enumerate() {
        if line.trim_end() == "---" {
            pieces.push("\n".repeat(above));
        } else if let Some(piece) = pieces.last_mut() {
            piece.push_str(line);
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push('\n');
        }
        if MOST_PIECES < pieces.len() {
            return None;
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    let is_apart = |one: &String| pgbouncer::document(one).is_some() || block::is_one(one);
    let count = pieces.iter().filter(|one| is_apart(one)).count();
    let is_all_hcl = pieces.iter().all(|one| block::is_one(one));
    if pieces.len() < 2 || count == 0 || is_all_hcl {
        return None;
    }
    let mut all = Vec::new();
    for piece in pieces {
        match plain(&piece) {
            Ok(documents) => all.extend(documents),
            Err(problem) => return Some(Err(problem)),
        }
    }
    Some(Ok(all))
}

fn bounded(documents: Vec<Document>) -> Result<Vec<Document>, Unreadable> {
    if MOST < documents.len() {
        return Err(Unreadable::TooMany(MOST));
    }
    Ok(documents)
}

/// Syntax error; a value that begins with two braces is reported as a template.
fn syntax(problem: String, text: &str) -> Unreadable {
    let mut lines = text.lines().enumerate();
    let gap = lines.find(|(_, line)| line.contains(": {{") || line.contains("- {{"));
    Unreadable::Syntax(match gap {
        Some((above, _)) => {
            let line = above + 1;
            format!("line {line} has a gap of a template ({{{{): fill it in, then read the result")
        }
        None => problem,
    })
}

/// Contents of the code blocks in a text that begins with one.
fn fenced(text: &str) -> Cow<'_, str> {
    if text.trim_start().starts_with(FENCE) {
        within(text).into()
    } else {
        text.into()
    }
}

/// Contents of code blocks within prose.
fn quoted(text: &str) -> Option<String> {
    let mut fences = text.lines().filter(|line| line.starts_with(FENCE));
    fences.nth(1).is_some().then(|| within(text))
}

/// Contents of Markdown code blocks, with lines kept, without commands and other languages.
fn within(text: &str) -> String {
    const LANGUAGES: [&str; 10] = [
        "",
        "yaml",
        "yml",
        "json",
        "jsonc",
        "json5",
        "ini",
        "hcl",
        "terraform",
        "tf",
    ];
    let mut inner = String::with_capacity(text.len());
    let (mut is_inside, mut is_read) = (false, false);
    let mut blocks = 0;
    for line in text.lines() {
        if let Some(language) = line.trim_start().strip_prefix(FENCE) {
            is_inside = !is_inside;
            let language = language.split_whitespace().next().unwrap_or_default();
            is_read = is_inside && LANGUAGES.contains(&language.to_ascii_lowercase().as_str());
            blocks += usize::from(is_read);
            if is_read && 1 < blocks {
                inner.push_str("---");
            }
        } else if is_read {
            inner.push_str(line);
        }
        inner.push('\n');
    }
    inner
}

/// Whether the first character after comments opens an object or a list.
fn begins_as_json(text: &str) -> bool {
    let is_open = |text: &str| text.trim_start().starts_with(['{', '[']);
    let has_comment = ["//", "/*", "#"];
    let has_comment = has_comment
        .iter()
        .any(|sign| text.trim_start().starts_with(sign));
    is_open(text) || has_comment && is_open(&uncommented(text))
}

/// JSON without comments, with lines kept. A comment sign right after a letter or colon does not
/// count: unquoted texts may contain addresses.
fn uncommented(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_quoted = false;
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        let before = kept.chars().next_back();
        let is_apart = before.is_none_or(|c| !c.is_alphabetic() && !":/.-_".contains(c));
        let is_line =
            rest.starts_with("//") || first == '#' && before.is_none_or(char::is_whitespace);
        if is_quoted && first == '\\' {
            length += rest[1..].chars().next().map_or(0, char::len_utf8);
        } else if first == '"' {
            is_quoted = !is_quoted;
        } else if !is_quoted && is_apart && is_line {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            continue;
        } else if !is_quoted && is_apart && rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            kept.extend(rest[..end].chars().filter(|c| *c == '\n'));
            rest = &rest[end..];
            continue;
        }
        kept.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    kept
}

/// JSON without trailing commas.
fn without_last_commas(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (place, sign) in text.char_indices() {
        let is_last =
            sign == ',' && !is_quoted && text[place + 1..].trim_start().starts_with(['}', ']']);
        if sign == '"' && !is_escaped {
            is_quoted = !is_quoted;
        }
        is_escaped = is_quoted && sign == '\\' && !is_escaped;
        kept.push(if is_last { ' ' } else { sign });
    }
    kept
}

fn is_known(documents: &[Document]) -> bool {
    let mut documents = documents.iter();
    documents.any(|document| kind::of(&document.value).is_some())
}

/// Whether keys are quoted, as in JSON; one-line YAML begins with a brace too.
fn looks_like_json(text: &str) -> bool {
    let inner = text
        .trim_start()
        .trim_start_matches(['{', '['])
        .trim_start();
    inner.starts_with(['"', '}', ']'])
}

/// Consecutive JSON documents, with optional whitespace between.
fn json(text: &str) -> Result<Vec<Document>, Unreadable> {
    let mut documents = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let (mut start, mut above) = (0, 0);
    while let Some(value) = stream.next() {
        let problem = |error: serde_json::Error| {
            let slip = json::problem(&error, error.line());
            format!("{slip}, column {}", error.column())
        };
        let value = value.map_err(|error| Unreadable::Syntax(problem(error)))?;
        if documents.len() == MOST {
            return Err(Unreadable::TooMany(MOST));
        }
        let own = &text[start..stream.byte_offset()];
        // JSON is YAML; the YAML reader knows lines and duplicate keys.
        let lines = match yaml::documents(own) {
            Ok(read) => read.into_iter().next().map(|read| read.lines.moved(above)),
            Err(problem) if problem.contains("is there twice") => {
                return Err(Unreadable::Syntax(problem));
            }
            Err(_) => None,
        };
        documents.push(Document {
            value,
            lines: lines.unwrap_or_default(),
            ..Document::default()
        });
        start += own.len();
        above += own.matches('\n').count();
    }
    Ok(documents)
}

/// Items of an object list, including nested lists.
fn flatten(document: Document, flat: &mut Vec<Document>) -> Result<(), Unreadable> {
    let kind = document.value["kind"].as_str().unwrap_or_default();
    let of = kind.strip_suffix("List").map(str::to_owned);
    let place = match (&document.value, of.is_some()) {
        (Value::Array(items), _) if items.iter().any(Value::is_object) => "",
        (Value::Object(fields), true) if fields.get("items").is_some_and(Value::is_array) => {
            "items"
        }
        _ if flat.len() == MOST => return Err(Unreadable::TooMany(MOST)),
        _ => {
            flat.push(document);
            return Ok(());
        }
    };
    let Document {
        mut value, lines, ..
    } = document;
    let version = value.get("apiVersion").cloned();
    let items = if place.is_empty() {
        value
    } else {
        value["items"].take()
    };
    let Value::Array(items) = items else {
        return Ok(());
    };
    for (index, mut item) in items.into_iter().enumerate() {
        let path = super::lines::join(place, &index.to_string());
        let of = of.as_ref().filter(|of| !of.is_empty());
        // Items of a typed list may omit the kind and version of the list.
        if let (Some(fields), Some(of)) = (item.as_object_mut(), of) {
            let kind = Value::String(of.clone());
            fields.entry("kind").or_insert(kind);
            if let Some(version) = &version {
                fields.entry("apiVersion").or_insert(version.clone());
            }
        }
        let inner = Document {
            lines: lines.below(&path),
            value: item,
            ..Document::default()
        };
        flatten(inner, flat)?;
    }
    Ok(())
}
