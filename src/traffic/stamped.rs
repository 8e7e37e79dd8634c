//! Lines of a log: each a JSON object behind a time, a container's name or both, as programs that
//! collect logs print them.

use serde::de::IgnoredAny;

use super::answer::Answers;
use super::json::JsonFile;
use super::notation::DateOrder;
use super::time;

/// Keys that hold the time of a record, which needs no other then.
const TIMES: [&str; 12] = [
    "\"time\"",
    "\"timestamp\"",
    "\"@timestamp\"",
    "\"ts\"",
    "\"date\"",
    "\"datetime\"",
    "\"created\"",
    "\"created_at\"",
    "\"createdAt\"",
    "\"startTime\"",
    "\"start_time\"",
    "\"request_created_at\"",
];
/// The longest line that is held to find its object.
const LONGEST: usize = 16 << 20;

/// Whether the first line of a text has one whole object behind other words.
pub(crate) fn is_one(line: &str) -> bool {
    let Some((before, _)) = line.split_once('{') else {
        return false;
    };
    let is_word = before.contains(char::is_alphanumeric);
    // A table divides its cells, and JSON its elements; a comma before digits divides a second.
    let is_second =
        |(at, _): (usize, &str)| before[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    let mut commas = before.match_indices(',');
    let is_divided = before.contains([';', '\t', '"']) || !commas.all(is_second);
    let object = line[before.len()..].trim_end();
    is_word && !is_divided && serde_json::from_str::<IgnoredAny>(object).is_ok()
}

/// The objects of such lines.
pub(crate) struct Stamped {
    json: JsonFile,
    /// The beginning of a line that ends in the next piece.
    line: String,
}

impl Stamped {
    pub(crate) fn new(answers: &Answers) -> Self {
        Self {
            json: JsonFile::new(answers),
            line: String::new(),
        }
    }

    /// Takes a piece, whose last line may go on in the next one.
    pub(crate) fn push(&mut self, piece: &str) {
        let mut rest = piece;
        while let Some((line, after)) = rest.split_once('\n') {
            self.line.push_str(line);
            self.end_of_line();
            rest = after;
        }
        self.line.push_str(rest);
        if LONGEST < self.line.len() {
            self.end_of_line();
        }
    }

    fn end_of_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let start = line.find('{').unwrap_or_default();
        let (before, object) = line.split_at(start);
        match stamp(before).filter(|_| !TIMES.iter().any(|word| object.contains(word))) {
            // The record itself has none.
            Some(stamp) if object.starts_with('{') => {
                self.json.push("{\"timestamp\":\"");
                self.json.push(stamp);
                self.json.push("\",");
                self.json.push(&object[1..]);
            }
            _ => self.json.push(object),
        }
        self.json.push("\n");
    }

    /// The records so far, with the last line.
    pub(crate) fn into_json(mut self) -> JsonFile {
        if !self.line.is_empty() {
            self.end_of_line();
        }
        self.json
    }

    /// The same without its end.
    pub(crate) fn json(&self) -> &JsonFile {
        &self.json
    }

    /// Ends a file.
    pub(crate) fn next_file(&mut self) {
        if !self.line.is_empty() {
            self.end_of_line();
        }
        self.json.next_file();
    }
}

/// The time among the words before an object: one word, or a day and a time of it.
fn stamp(before: &str) -> Option<&str> {
    let trimmed = before.trim();
    let is_time = |text: &&str| time::parse(text, DateOrder::MonthFirst).is_some();
    let words = || trimmed.split_whitespace();
    let day = Some(trimmed).filter(is_time);
    // Digits alone may count anything.
    let is_clear = |text: &&str| text.contains(['-', ':']);
    day.or_else(|| words().filter(is_clear).find(is_time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_behind_words_are_known_and_tables_are_none() {
        for line in [
            "2026-11-28T10:00:00Z {\"a\": 1}",
            "gateway-1  | {\"a\": {\"b\": 2}}",
            "[pod/gw-1/litellm] {\"a\": 1}",
            "2026-11-28 10:00:00,123 INFO {\"a\": 1}",
        ] {
            assert!(is_one(line), "{line}");
        }
        for line in [
            "{\"a\": 1}",
            "[ {\"a\": 1}",
            "[1, {\"a\": 1}",
            "id,time,{\"a\": 1}",
            "2026-11-28 {\"a\": 1",
            "time {a}",
        ] {
            assert!(!is_one(line), "{line}");
        }
    }
}
