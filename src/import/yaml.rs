//! YAML loader on the events of `granit-parser`.
//!
//! The deserializer of `serde-saphyr`, on the same parser, adds tables of old encodings and drawn
//! error messages that are larger than the rest of the page. Tests compare this loader with it.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use super::lines::{self, Document, Lines};
use crate::model::digits;
use crate::say::yaml as say;

/// Maximum size of a text with aliases expanded, in characters and nodes.
const LARGEST: usize = 4_000_000;
/// Maximum nesting of collections.
const DEEPEST: usize = 100;

/// Documents of a text.
///
/// # Errors
///
/// The problem and its line.
pub(super) fn documents(text: &str) -> Result<Vec<Document>, String> {
    let mut loader = Loader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let line = error.marker().line();
            if text
                .lines()
                .nth(line.saturating_sub(1))
                .is_some_and(is_indented_by_tab)
            {
                return format!("a tab indents line {line}, where YAML allows spaces only");
            }
            if error.info().contains("recursion") {
                return too_deep();
            }
            say::problem(&error.info(), line, error.marker().col() + 1)
        })?;
        let line = span.start.line();
        loader.line = line;
        let taken = loader.take(event);
        taken.map_err(|problem| format!("{problem} in line {line}"))?;
    }
    Ok(loader.documents)
}

fn too_deep() -> String {
    format!("more than {DEEPEST} collections inside each other")
}

fn is_indented_by_tab(line: &str) -> bool {
    let indent = line.len() - line.trim_start().len();
    line[..indent].contains('\t')
}

#[derive(Default)]
struct Loader {
    documents: Vec<Document>,
    /// Line of the current event.
    line: usize,
    /// Lines of the current document's values, by path.
    lines: Lines,
    /// Open collections, innermost last.
    open: Vec<Open>,
    /// Anchored values by number, with their weight.
    anchors: BTreeMap<usize, (Value, usize)>,
    weight: usize,
}

/// Incomplete collection.
struct Open {
    content: Content,
    path: String,
    anchor: usize,
    /// Weight before the collection.
    weight_before: usize,
}

enum Content {
    List(Vec<Value>),
    Map(Entries),
}

#[derive(Default)]
struct Entries {
    fields: Map<String, Value>,
    /// Key of the next value, and whether it was unquoted.
    key: Option<(String, bool)>,
    merged: Vec<Value>,
}

impl Loader {
    fn take(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                self.lines = Lines::default();
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.weigh(1 + text.len())?;
                let is_text = tag
                    .as_ref()
                    .is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                // A custom tag changes the value: `!env MODEL`.
                let text = match tag
                    .filter(|tag| matches!(tag.parts(), ("!", name) if !name.is_empty()))
                {
                    Some(tag) => format!("{tag} {text}").into(),
                    None => text,
                };
                let is_plain = style == ScalarStyle::Plain && !is_text;
                if let Some(fields) = self.waiting_for_key() {
                    return fields.take_key(text.into_owned(), is_plain);
                }
                let weight = 1 + text.len();
                self.note_line();
                let value = if is_plain {
                    plain(&text)
                } else {
                    Value::String(text.into_owned())
                };
                self.put(value, anchor, weight)?;
            }
            Event::Alias(anchor) => {
                let (value, weight) = match self.anchors.get(&anchor) {
                    Some((value, weight)) => (value.clone(), *weight),
                    None => return Err("an alias of itself".to_owned()),
                };
                self.weigh(weight)?;
                self.note_line();
                self.put(value, 0, weight)?;
            }
            Event::SequenceStart(_, anchor, _) => self.begin(Content::List(Vec::new()), anchor)?,
            Event::MappingStart(_, anchor, _) => {
                self.begin(Content::Map(Entries::default()), anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end()?,
            _ => {}
        }
        Ok(())
    }

    /// Adds to the weight before copying, so that aliases cannot multiply without bound.
    fn weigh(&mut self, weight: usize) -> Result<(), String> {
        self.weight = self.weight.saturating_add(weight);
        if LARGEST < self.weight {
            return Err("more than can be read, because aliases unfold to it,".to_owned());
        }
        Ok(())
    }

    /// Records the line of the next value and returns its path.
    fn note_line(&mut self) -> String {
        let Some(open) = self.open.last() else {
            self.lines.note(String::new(), self.line);
            return String::new();
        };
        let path = match &open.content {
            Content::List(items) => lines::join(&open.path, &items.len().to_string()),
            Content::Map(fields) => match &fields.key {
                // Merged fields have the path of their map.
                Some((key, true)) if key == "<<" => open.path.clone(),
                Some((key, _)) => lines::join(&open.path, key),
                None => open.path.clone(),
            },
        };
        if lines::LONGEST_PATH < path.len() {
            return open.path.clone();
        }
        self.lines.note(path.clone(), self.line);
        path
    }

    fn waiting_for_key(&mut self) -> Option<&mut Entries> {
        match self.open.last_mut() {
            Some(Open {
                content: Content::Map(fields),
                ..
            }) if fields.key.is_none() => Some(fields),
            _ => None,
        }
    }

    fn begin(&mut self, content: Content, anchor: usize) -> Result<(), String> {
        if self.waiting_for_key().is_some() {
            return Err("a list or a map as a key".to_owned());
        }
        if DEEPEST <= self.open.len() {
            return Err(too_deep());
        }
        let weight_before = self.weight;
        self.weigh(1)?;
        let path = self.note_line();
        self.open.push(Open {
            content,
            path,
            anchor,
            weight_before,
        });
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let weight = self.weight - open.weight_before;
        let value = match open.content {
            Content::List(items) => Value::Array(items),
            Content::Map(fields) => Value::Object(fields.whole()),
        };
        self.put(value, open.anchor, weight)
    }

    fn put(&mut self, value: Value, anchor: usize, weight: usize) -> Result<(), String> {
        if 0 < anchor {
            self.weigh(weight)?;
            self.anchors.insert(anchor, (value.clone(), weight));
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.documents.push(Document {
                value,
                lines: std::mem::take(&mut self.lines),
                ..Document::default()
            }),
            Some(Content::List(items)) => items.push(value),
            Some(Content::Map(fields)) => match fields.key.take() {
                Some((key, true)) if key == "<<" => fields.merged.push(value),
                Some((key, _)) => {
                    fields.fields.insert(key, value);
                }
                None => return Err("an alias as a key".to_owned()),
            },
        }
        Ok(())
    }
}

impl Entries {
    fn take_key(&mut self, key: String, is_plain: bool) -> Result<(), String> {
        if self.fields.contains_key(&key) {
            return Err(format!("the key {key} is there twice"));
        }
        self.key = Some((key, is_plain));
        Ok(())
    }

    /// Map with the merged fields; own fields override them.
    fn whole(self) -> Map<String, Value> {
        let mut fields = self.fields;
        let maps = self.merged.into_iter().flat_map(|merged| match merged {
            Value::Array(maps) => maps,
            map => vec![map],
        });
        for map in maps {
            let Value::Object(map) = map else { continue };
            for (key, value) in map {
                fields.entry(key).or_insert(value);
            }
        }
        fields
    }
}

/// Plain scalar as read by Kubernetes, Helm and Python tools: the core schema of YAML 1.2, with the
/// words and numbers of YAML 1.1.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            return Value::Bool(true);
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            return Value::Bool(false);
        }
        _ => {}
    }
    number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

fn number(text: &str) -> Option<Number> {
    // YAML 1.1 allows `_` between digits.
    let starts = text.trim_start_matches(['-', '+']);
    let divided = starts.starts_with(|c: char| c.is_ascii_digit()) && text.contains('_');
    let plain = divided.then(|| text.replace('_', ""));
    let text = plain.as_deref().unwrap_or(text);
    let radix = |digits: &str, radix| u64::from_str_radix(digits, radix).ok().map(Number::from);
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0b") {
        return radix(digits, 2);
    }
    // A leading zero marks an octal number.
    if let Some(digits) = text.strip_prefix('0')
        && !digits.is_empty()
        && digits.bytes().all(|byte| (b'0'..b'8').contains(&byte))
    {
        return radix(digits, 8);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    // Rust also parses words such as `inf`; a single `.` is not a number in YAML.
    let starts = unsigned.trim_start_matches('.').bytes().next()?;
    let has_words = unsigned.bytes().any(|b| !b"0123456789.eE+-".contains(&b));
    if !starts.is_ascii_digit() || has_words {
        return None;
    }
    let whole = text.strip_prefix('+').unwrap_or(text);
    if let Ok(whole) = whole.parse::<u64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = whole.parse::<i64>() {
        return Some(whole.into());
    }
    Number::from_f64(digits::read(whole)?)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use serde_json::json;

    fn values(text: &str) -> Vec<Value> {
        let documents = documents(text).unwrap().into_iter();
        documents.map(|document| document.value).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &Value) {
        assert_eq!(values(text), std::slice::from_ref(expected), "{text:?}");
        let other: Value = serde_saphyr::from_str(text).unwrap();
        assert_eq!(&other, expected, "{text:?} elsewhere");
    }

    #[test]
    fn scalars_are_those_of_the_core_schema() {
        for (text, value) in [
            ("~", json!(null)),
            ("null", json!(null)),
            ("true", json!(true)),
            ("7", json!(7)),
            ("-7", json!(-7)),
            ("0.5", json!(0.5)),
            ("1e3", json!(1e3)),
            ("500m", json!("500m")),
            ("1.2.3", json!("1.2.3")),
            ("\"50\"", json!("50")),
            ("'a''b'", json!("a'b")),
            ("!!str 50", json!("50")),
            ("\"\\u00e9\\n\\x41\"", json!("é\nA")),
            ("infinity", json!("infinity")),
            ("2026-11-23", json!("2026-11-23")),
        ] {
            check(text, &value);
        }
    }

    /// Values as read by `sigs.k8s.io/yaml`: 0644 is 6 × 64 + 4 × 8 + 4 = 420.
    #[test]
    fn older_scalars_are_those_of_kubernetes() {
        for (text, value) in [
            ("yes", json!(true)),
            ("Off", json!(false)),
            ("0644", json!(420)),
            ("089", json!(89)),
            ("0b101", json!(5)),
            ("1_000", json!(1_000)),
            ("1_000.5", json!(1_000.5)),
            ("1_a", json!("1_a")),
            ("_1", json!("_1")),
            ("'yes'", json!("yes")),
            ("\"0644\"", json!("0644")),
        ] {
            assert_eq!(values(text), [value], "{text}");
        }
    }

    #[test]
    fn collections_anchors_and_merges_are_unfolded() {
        check(
            "a: [1, {b: c}]\nd:\n  - e\n  - f: |\n      two\n      lines\n",
            &json!({"a": [1, {"b": "c"}], "d": ["e", {"f": "two\nlines\n"}]}),
        );
        check(
            "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\ne: *x\n",
            &json!({"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}, "e": {"b": 1, "c": 2}}),
        );
        check("\"<<\": 1", &json!({"<<": 1}));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, part) in [
            ("a: 1\na: 2", "the key a is there twice in line 2"),
            ("? [a]\n: b", "a list or a map as a key in line 1"),
            ("a: *gone", "in line 1"),
            ("a:\n  - b\n c", "in line 3"),
            ("a:\n\tb: 1", "a tab indents line 2"),
        ] {
            let problem = documents(text).map(drop).unwrap_err();
            assert!(problem.contains(part), "{text:?}: {problem}");
        }
    }

    #[test]
    fn each_value_has_its_line() {
        let text = "a: 1\nb:\n  - {c: 2}\n  -\n    d: &x [3,\n      4]\ne: *x\n---\nf: 5\n";
        let documents = documents(text).unwrap();
        let line = |document: usize, path: &str| documents[document].lines.at(path);
        let places = ["a", "b.0.c", "b.1.d", "b.1.d.1", "e", "e.1"];
        let lines = places.map(|path| line(0, path));
        assert_eq!(
            lines,
            [Some(1), Some(3), Some(5), Some(6), Some(7), Some(7)]
        );
        assert_eq!(line(1, "f"), Some(9));
    }

    /// Compares both readers on every YAML file of the calculator.
    #[test]
    fn both_readers_find_the_same_in_our_files() {
        let scenario = crate::scenario::Scenario::default();
        let plan = crate::plan::evaluate(&scenario, crate::catalog::date::date(2026, 11, 23));
        let files = crate::export::files(&scenario, &plan, "https://a.example/#v=1");
        for file in files
            .iter()
            .filter(|file| file.media_type == "application/yaml")
        {
            let other: Vec<Value> = serde_saphyr::from_multiple(&file.text).unwrap();
            assert_eq!(values(&file.text), other, "{}", file.name);
        }
    }
}
