//! Reads Terraform modules with plain values; each resource is a document.
//!
//! # Source
//!
//! developer.hashicorp.com, "Configuration syntax" and "Strings and templates" (2026-08). Only
//! Terraform can evaluate expressions, so they stay texts in `${…}`.

use serde_json::{Map, Value, json};

use super::lines::{Lines, join};
use super::{block, yaml};
use crate::model::digits;

/// Key that marks a Terraform resource.
pub(super) const RESOURCE: &str = "(resource)";
/// Maximum nesting of blocks, lists and objects.
const DEEPEST: usize = 60;
/// Functions that encode an object as text; the object is read instead.
const ENCODERS: [&str; 2] = ["yamlencode", "jsonencode"];
/// Functions that decode such a text.
const DECODERS: [&str; 2] = ["yamldecode", "jsondecode"];
/// Separator between texts.
const BREAK: &str = "---";

/// A block at the top of a module: `resource "TYPE" "NAME" { … }`.
pub(super) struct Block {
    pub(super) kind: String,
    pub(super) labels: Vec<String>,
    pub(super) body: Map<String, Value>,
    pub(super) lines: Lines,
}

/// Blocks of a module; `None` if the text is not one.
pub(super) fn blocks(text: &str) -> Option<Vec<Block>> {
    if !block::is_one(text) {
        return None;
    }
    let mut reader = Reader::of(text.trim_start_matches('\u{feff}'));
    let mut found = Vec::new();
    while reader.skip_blanks() {
        // Separator between Markdown code blocks.
        if reader.rest.starts_with(BREAK) {
            reader.take(BREAK.len());
            continue;
        }
        let first = reader.line;
        let (kind, labels) = reader.head()?;
        reader.lines.clear();
        if !reader.eat('{') {
            return None;
        }
        let body = reader.body("", 0)?;
        reader.note(String::new(), first);
        let lines = reader.noted();
        found.push(Block {
            kind: kind.to_owned(),
            labels,
            body,
            lines,
        });
    }
    Some(found)
}

/// The plain value that a text in `${…}` comes to.
pub(super) fn plain(text: &str) -> Option<Value> {
    let inner = text.trim().strip_prefix("${")?.strip_suffix('}')?;
    let mut reader = Reader::of(inner);
    reader.skip_blanks();
    let value = reader.plain("", 0)?;
    (!reader.skip_blanks()).then_some(value)
}

/// Whether a text is or contains an expression that only Terraform can evaluate.
pub(super) fn is_expression(text: &str) -> bool {
    text.contains("${") && !text.contains("$${")
}

struct Reader<'t> {
    rest: &'t str,
    line: usize,
    /// The line of each place, as they were come by: what is read in vain is cut off again.
    lines: Vec<(String, usize)>,
    /// Bytes that were passed over, those that were read again included.
    #[cfg(test)]
    taken: usize,
}

impl<'t> Reader<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            rest: text,
            line: 1,
            lines: Vec::new(),
            #[cfg(test)]
            taken: 0,
        }
    }

    fn note(&mut self, place: String, line: usize) {
        self.lines.push((place, line));
    }

    /// The lines of the block at hand.
    fn noted(&mut self) -> Lines {
        let mut lines = Lines::default();
        for (place, line) in self.lines.drain(..) {
            lines.note(place, line);
        }
        lines
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        #[cfg(test)]
        {
            self.taken += length;
        }
        self.rest = rest;
        taken
    }

    /// Skips blanks and comments; `false` at the end.
    fn skip_blanks(&mut self) -> bool {
        loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.take(blank);
            let end = if self.rest.starts_with("/*") {
                self.rest.find("*/").map(|end| end + 2)
            } else if self.rest.starts_with('#') || self.rest.starts_with("//") {
                self.rest.find('\n')
            } else {
                return !self.rest.is_empty();
            };
            self.take(end.unwrap_or(self.rest.len()));
        }
    }

    fn eat(&mut self, sign: char) -> bool {
        self.skip_blanks();
        let is_there = self.rest.starts_with(sign);
        if is_there {
            self.take(sign.len_utf8());
        }
        is_there
    }

    fn word(&mut self) -> Option<&'t str> {
        self.skip_blanks();
        let is_sign = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == '.';
        let end = self.rest.find(|c: char| !is_sign(c));
        let end = end.unwrap_or(self.rest.len());
        (0 < end).then(|| self.take(end))
    }

    /// Name of a block or attribute, and the labels after it.
    fn head(&mut self) -> Option<(&'t str, Vec<String>)> {
        let name = self.word()?;
        let mut labels = Vec::new();
        self.skip_blanks();
        while let Some(first) = self.rest.chars().next() {
            match first {
                '"' => labels.push(self.quoted()?),
                _ if first.is_alphabetic() => labels.push(self.word()?.to_owned()),
                _ => break,
            }
            self.skip_blanks();
        }
        Some((name, labels))
    }

    /// Attributes and blocks up to the closing brace; blocks with the same name form a list.
    fn body(&mut self, path: &str, depth: usize) -> Option<Map<String, Value>> {
        let mut fields = Map::new();
        while !self.eat('}') {
            if DEEPEST < depth {
                return None;
            }
            let line = self.line;
            let (name, labels) = self.head()?;
            if labels.is_empty() && self.eat('=') {
                let place = join(path, name);
                self.note(place.clone(), line);
                let value = self.value(&place, depth + 1)?;
                fields.insert(name.to_owned(), value);
            } else if self.eat('{') {
                // The label becomes part of the name: `dynamic metric`.
                let name = [vec![name.to_owned()], labels].concat().join(" ");
                let list = fields.entry(&name).or_insert_with(|| json!([]));
                let index = list.as_array().map_or(0, Vec::len);
                let place = join(&join(path, &name), &index.to_string());
                self.note(place.clone(), line);
                let inner = self.body(&place, depth + 1)?;
                list.as_array_mut()?.push(Value::Object(inner));
            } else {
                return None;
            }
        }
        Some(fields)
    }

    /// Plain value, or the text of an expression.
    fn value(&mut self, path: &str, depth: usize) -> Option<Value> {
        self.skip_blanks();
        let (before, line) = (self.rest, self.line);
        let noted = self.lines.len();
        let plain = self.plain(path, depth);
        if plain.is_some() && self.is_ended() {
            return plain;
        }
        (self.rest, self.line) = (before, line);
        self.lines.truncate(noted);
        self.expression()
    }

    /// Whether a value ends here, without an operator after it.
    fn is_ended(&self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '\t']);
        let ends = ["\n", "\r", ",", "]", "}", ")", "#", "//", "/*"];
        rest.is_empty() || ends.iter().any(|end| rest.starts_with(end))
    }

    fn plain(&mut self, path: &str, depth: usize) -> Option<Value> {
        if DEEPEST < depth {
            return None;
        }
        match self.rest.chars().next()? {
            '"' => self.quoted().map(Value::String),
            '<' => self.heredoc(path),
            '[' => self.list(path, depth),
            '{' => self.object(path, depth),
            _ => {
                let word = self.word()?;
                let is_decoder = DECODERS.contains(&word);
                if (is_decoder || ENCODERS.contains(&word)) && self.eat('(') {
                    let inner = self.value(path, depth + 1)?;
                    let inner = if is_decoder { decoded(&inner)? } else { inner };
                    return self.eat(')').then_some(inner);
                }
                match word {
                    "true" => Some(Value::Bool(true)),
                    "false" => Some(Value::Bool(false)),
                    "null" => Some(Value::Null),
                    _ => match word.parse::<i64>() {
                        Ok(whole) => Some(whole.into()),
                        Err(_) => digits::read(word).map(Value::from),
                    },
                }
            }
        }
    }

    fn list(&mut self, path: &str, depth: usize) -> Option<Value> {
        self.take(1);
        let mut items = Vec::new();
        while !self.eat(']') {
            let place = join(path, &items.len().to_string());
            self.note(place.clone(), self.line);
            items.push(self.value(&place, depth + 1)?);
            if !self.eat(',') && !self.rest.starts_with(']') {
                return None;
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, path: &str, depth: usize) -> Option<Value> {
        self.take(1);
        let mut fields = Map::new();
        while !self.eat('}') {
            let line = self.line;
            let name = if self.rest.starts_with('"') {
                self.quoted()?
            } else {
                self.word()?.to_owned()
            };
            if !self.eat('=') && !self.eat(':') {
                return None;
            }
            let place = join(path, &name);
            self.note(place.clone(), line);
            fields.insert(name, self.value(&place, depth + 1)?);
            self.eat(',');
        }
        Some(Value::Object(fields))
    }

    /// Quoted text on one line.
    fn quoted(&mut self) -> Option<String> {
        self.take(1);
        let mut text = String::new();
        let mut signs = self.rest.char_indices();
        while let Some((place, sign)) = signs.next() {
            match sign {
                '"' => {
                    self.take(place + 1);
                    return Some(text);
                }
                '\\' => match signs.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    other => text.push(other),
                },
                '\n' => return None,
                _ => text.push(sign),
            }
        }
        None
    }

    /// Heredoc text; a dash removes the common indentation.
    fn heredoc(&mut self, path: &str) -> Option<Value> {
        let end = self.rest.find('\n')?;
        let mark = self.take(end + 1).trim();
        let (is_indented, mark) = match mark.strip_prefix("<<-") {
            Some(mark) => (true, mark),
            None => (false, mark.strip_prefix("<<")?),
        };
        let mut noted = self.lines.iter_mut().rev();
        if let Some((_, line)) = noted.find(|(place, _)| place == path) {
            *line = self.line;
        }
        let mut inner = Vec::new();
        let mut length = 0;
        let mut is_closed = false;
        for line in self.rest.split_inclusive('\n') {
            if line.trim() == mark {
                length += line.trim_end().len();
                is_closed = true;
                break;
            }
            length += line.len();
            inner.push(line);
        }
        let filled = inner.iter().filter(|line| !line.trim().is_empty());
        let indents = filled.map(|line| line.len() - line.trim_start_matches([' ', '\t']).len());
        let indent = indents.min().filter(|_| is_indented).unwrap_or(0);
        let text: String = inner
            .iter()
            .map(|line| line.get(indent..).unwrap_or("\n"))
            .collect();
        self.take(length);
        is_closed.then_some(Value::String(text))
    }

    /// Text of an expression, up to its end outside brackets.
    fn expression(&mut self) -> Option<Value> {
        let mut depth = 0_usize;
        let mut is_quoted = false;
        let mut end = self.rest.len();
        let mut signs = self.rest.char_indices();
        while let Some((place, sign)) = signs.next() {
            match sign {
                '\\' if is_quoted => drop(signs.next()),
                '"' => is_quoted = !is_quoted,
                _ if is_quoted => {}
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' | ',' | '\n' if depth == 0 => {
                    end = place;
                    break;
                }
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        let text = self.take(end).trim();
        (!text.is_empty()).then(|| Value::String(format!("${{{text}}}")))
    }
}

/// Single document of a text.
fn decoded(text: &Value) -> Option<Value> {
    let text = text.as_str().filter(|text| !is_expression(text))?;
    let mut all = yaml::documents(text).ok()?;
    (all.len() == 1).then(|| all.remove(0).value)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    /// Each item is noted once on its way and taken once, and an expression once more.
    #[test]
    fn a_long_list_is_read_once() {
        let count = 20_000;
        let list = "[1, f(2)], ".repeat(count / 2);
        let text = format!("[{list}]");
        let mut reader = Reader::of(&text);
        let value = reader.value("a", 0).unwrap();
        assert_eq!(value.as_array().unwrap().len(), count / 2);
        // Half as many lists as items, and two items in each.
        assert_eq!(reader.lines.len(), count / 2 + count);
        // `f`, `1` and the signs around them; nothing of the list itself is read again.
        assert!(reader.taken < 2 * text.len(), "{}", reader.taken);
    }
}
