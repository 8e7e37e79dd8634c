//! Terraform module in HCL or JSON; each block is a document.
//!
//! # Source
//!
//! developer.hashicorp.com, "JSON configuration syntax", "Local values", "Input variables" and
//! "References to values" (2026-08). Local values are in the module. A variable's default applies
//! unless the caller, a file or a flag overrides it, and a note says so.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::block;
use super::hcl::{self, Block, RESOURCE};
use super::lines::{Document, join};
use super::state;
use super::value::at;

/// Maximum number of values inserted for references.
const MOST: usize = 20_000;
/// Maximum depth of references to references.
const DEEPEST: usize = 4;
/// Maximum length of a text with references filled in.
const LONGEST: usize = 2_000;
/// Key of a comment in JSON.
const COMMENT: &str = "//";

/// Blocks of a module; `None` if the text is not one.
pub(super) fn documents(text: &str) -> Option<Vec<Document>> {
    hcl::blocks(text).map(filled)
}

/// Blocks of a module in JSON.
pub(super) fn of_json(document: &Document) -> Option<Vec<Document>> {
    let fields = document.value.as_object()?;
    let is_one = fields
        .keys()
        .all(|key| block::is_block(key) || key == COMMENT);
    let has_parts = ["resource", "module"]
        .iter()
        .any(|key| fields.get(*key).is_some_and(|all| !all.is_null()));
    if !is_one || !has_parts {
        return None;
    }
    let mut blocks = Vec::new();
    for (kind, inner) in fields.iter().filter(|(key, _)| *key != COMMENT) {
        let depth = match kind.as_str() {
            "resource" | "data" | "ephemeral" | "action" => 2,
            "locals" | "terraform" | "moved" | "import" | "removed" => 0,
            _ => 1,
        };
        labelled(inner, kind, (kind, &mut Vec::new(), depth), &mut blocks);
    }
    Some(placed(blocks, document))
}

/// The blocks of a state or a plan that is written as JSON.
pub(super) fn of_state(document: &Document) -> Option<Vec<Document>> {
    state::blocks(document).map(|blocks| placed(blocks, document))
}

/// The documents of blocks that stand in another one, with their lines there.
fn placed(blocks: Vec<(String, Block)>, document: &Document) -> Vec<Document> {
    let own = blocks.into_iter().map(|(path, mut block)| {
        block.lines = document.lines.below(&path);
        block
    });
    filled(own.collect())
}

/// Collects the blocks below labels, which are keys.
fn labelled(
    value: &Value,
    path: &str,
    (kind, labels, depth): (&str, &mut Vec<String>, usize),
    found: &mut Vec<(String, Block)>,
) {
    match value {
        // Several blocks form a list.
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let place = join(path, &index.to_string());
                labelled(item, &place, (kind, labels, depth), found);
            }
        }
        Value::Object(fields) if depth == 0 => {
            let mut body = Value::Object(fields.clone());
            plain(&mut body);
            let block = Block {
                kind: kind.to_owned(),
                labels: labels.clone(),
                body: body.as_object().cloned().unwrap_or_default(),
                lines: super::lines::Lines::default(),
            };
            found.push((path.to_owned(), block));
        }
        Value::Object(fields) => {
            for (label, inner) in fields {
                labels.push(label.clone());
                labelled(inner, &join(path, label), (kind, labels, depth - 1), found);
                labels.pop();
            }
        }
        // A scalar holds nothing, and is told with its name.
        Value::Null => {}
        _ => {
            let block = Block {
                kind: kind.to_owned(),
                labels: labels.clone(),
                body: Map::new(),
                lines: super::lines::Lines::default(),
            };
            found.push((path.to_owned(), block));
        }
    }
}

/// Replaces expressions by their plain values.
fn plain(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(own) = hcl::plain(text) {
                *value = own;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Object(fields) => fields.values_mut().for_each(plain),
        _ => {}
    }
}

/// Documents of blocks, with references in the same text resolved.
fn filled(blocks: Vec<Block>) -> Vec<Document> {
    let names = Names::of(&blocks);
    let mut room = MOST;
    let documents = blocks.into_iter().map(|block| {
        let mut remarks = BTreeMap::new();
        let mut value = Value::Object(block.body);
        names.fill(&mut value, "", &mut remarks, (&mut room, 0));
        let mut title = block.labels;
        if block.kind != "resource" {
            title.insert(0, block.kind);
        }
        value[RESOURCE] = json!(title.join("."));
        Document {
            value,
            lines: block.lines,
            remarks,
            ..Document::default()
        }
    });
    documents.collect()
}

/// Names in a module: local values, variable defaults, resources.
#[derive(Default)]
struct Names {
    locals: Map<String, Value>,
    variables: Map<String, Value>,
    resources: BTreeMap<String, Value>,
}

impl Names {
    fn of(blocks: &[Block]) -> Self {
        let mut names = Self::default();
        for block in blocks {
            match (block.kind.as_str(), block.labels.as_slice()) {
                ("locals", []) => names.locals.extend(block.body.clone()),
                ("variable", [name]) => {
                    let default = block.body.get("default").filter(|value| !value.is_null());
                    let own = default.map(|value| (name.clone(), value.clone()));
                    names.variables.extend(own);
                }
                ("resource", labels) => {
                    let body = Value::Object(block.body.clone());
                    names.resources.insert(labels.join("."), body);
                }
                _ => {}
            }
        }
        names
    }

    /// Plain value of a reference, with a note.
    fn found(&self, reference: &str) -> Option<(&Value, Option<String>)> {
        let is_sign = |c: char| c.is_alphanumeric() || "_-.[]\"".contains(c);
        if !reference.chars().all(is_sign) {
            return None;
        }
        let path = reference.replace('[', ".").replace([']', '"'], "");
        let (owner, rest) = path.split_once('.')?;
        match owner {
            "local" => {
                let found = deep(&self.locals, rest)?;
                Some((found, None))
            }
            "var" => {
                let found = deep(&self.variables, rest)?;
                let why = format!("the default of {reference}, which its caller may replace");
                Some((found, Some(why)))
            }
            _ => {
                let (name, rest) = rest.split_once('.')?;
                let body = self.resources.get(&format!("{owner}.{name}"))?;
                // Instances made by `count` or `for_each` share one body.
                let (step, inner) = rest.split_once('.').unwrap_or((rest, ""));
                let is_index = body.get(step).is_none();
                let rest = if is_index { inner } else { rest };
                // JSON may have a single block without a list.
                let found = at(body, rest).or_else(|| at(body, &rest.replace(".0.", ".")))?;
                (!found.is_object() && !found.is_array()).then_some((found, None))
            }
        }
    }

    /// Replaces references by their values, up to the maximum.
    fn fill(
        &self,
        value: &mut Value,
        path: &str,
        remarks: &mut BTreeMap<String, String>,
        (room, depth): (&mut usize, usize),
    ) {
        match value {
            Value::String(text) if text.contains("${") && depth < DEEPEST => {
                if let Some((found, why)) = self.text(text) {
                    let size = size(&found);
                    if *room < size {
                        return;
                    }
                    *room -= size;
                    let mut found = found.into_owned();
                    if let Some(why) = why {
                        remarks.entry(path.to_owned()).or_insert(why);
                    }
                    self.fill(&mut found, path, remarks, (room, depth + 1));
                    *value = found;
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let place = join(path, &index.to_string());
                    self.fill(item, &place, remarks, (room, depth));
                }
            }
            Value::Object(fields) => {
                for (key, inner) in fields {
                    self.fill(inner, &join(path, key), remarks, (room, depth));
                }
            }
            _ => {}
        }
    }

    /// Value of a text that is one reference, or the text with references filled in; `None` if none
    /// is known.
    fn text(&self, text: &str) -> Option<(Cow<'_, Value>, Option<String>)> {
        let whole = text.strip_prefix("${").and_then(|it| it.strip_suffix('}'));
        if let Some(found) = whole.and_then(|name| self.found(name.trim())) {
            return Some((Cow::Borrowed(found.0), found.1));
        }
        let (mut own, mut why, mut is_new) = (String::new(), None, false);
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once("${") {
            own.push_str(before);
            let end = behind.find('}').filter(|_| !before.ends_with('$'))?;
            let (name, after) = (&behind[..end], &behind[end + 1..]);
            let found = self.found(name.trim());
            let said = found.and_then(|(value, remark)| Some((scalar(value)?, remark)));
            match said {
                Some((value, remark)) => {
                    own.push_str(&value);
                    why = why.or(remark);
                    is_new = true;
                }
                None => own.push_str(&rest[before.len()..before.len() + 3 + end]),
            }
            rest = after;
        }
        own.push_str(rest);
        (is_new && own.len() < LONGEST).then_some((Cow::Owned(Value::String(own)), why))
    }
}

/// Value at a path below a map.
fn deep<'a>(fields: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let owner = fields.get(first)?;
    if rest.is_empty() {
        Some(owner)
    } else {
        at(owner, rest)
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Number of parts of a value.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(fields) => 1 + fields.values().map(size).sum::<usize>(),
        _ => 1,
    }
}
