//! Document with the lines of its values, by path.

use std::collections::BTreeMap;

use serde_json::Value;

/// Document with the lines of its values.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Document {
    /// Content of the document.
    pub(crate) value: Value,
    pub(super) lines: Lines,
    /// Carrying object and the key in it.
    pub(super) carrier: Option<(String, String)>,
    /// Whether the document carries files that are read.
    pub(super) carries: bool,
    /// Workload that runs the pods described here.
    pub(super) lent_to: Option<String>,
    /// Notes on values from elsewhere in the text, by path.
    pub(super) remarks: BTreeMap<String, String>,
}

/// Lines by path; values without a line have that of the enclosing one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Lines(BTreeMap<String, usize>);

/// Maximum length of a path; anything deeper counts as one value.
pub(super) const LONGEST_PATH: usize = 600;

/// Path of a step below another path.
pub(super) fn join(path: &str, step: &str) -> String {
    if path.is_empty() {
        step.to_owned()
    } else {
        format!("{path}.{step}")
    }
}

impl Document {
    /// What is to be known of the value at a path: of itself, of a whole that it belongs to, or
    /// of a part of it.
    pub(super) fn remark(&self, path: &str) -> Option<&String> {
        let ends = path.rmatch_indices('.').map(|(end, _)| &path[..end]);
        let mut above = [path].into_iter().chain(ends);
        let own = above.find_map(|place| self.remarks.get(place));
        let start = format!("{path}.");
        let below = || self.remarks.range(start.clone()..).next();
        let below = || below().filter(|(place, _)| place.starts_with(&start));
        own.or_else(|| Some(below()?.1))
    }

    /// What is to be known of the values below a path, as of a document of its own.
    pub(super) fn remarks_below(&self, path: &str) -> BTreeMap<String, String> {
        let start = format!("{path}.");
        let own = self.remarks.iter();
        own.filter_map(|(place, why)| Some((place.strip_prefix(&start)?.to_owned(), why.clone())))
            .collect()
    }
}

impl Lines {
    pub(super) fn note(&mut self, path: String, line: usize) {
        self.0.entry(path).or_insert(line);
    }

    /// Sets the line of a value decided elsewhere.
    pub(super) fn replace(&mut self, path: &str, line: usize) {
        self.0.insert(path.to_owned(), line);
    }

    /// Line of the value at a path, from 1.
    pub(super) fn at(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(line) = self.0.get(path) {
                return Some(*line);
            }
            if path.is_empty() {
                return None;
            }
            path = path.rsplit_once('.').map_or("", |(whole, _)| whole);
        }
    }

    /// Lines shifted further down in a text.
    pub(super) fn moved(self, by: usize) -> Self {
        let moved = self.0.into_iter().map(|(path, line)| (path, line + by));
        Self(moved.collect())
    }

    /// Adds the lines of an object inserted at a path.
    pub(super) fn graft(&mut self, path: &str, lines: &Self) {
        let own = lines.0.iter();
        let own = own.map(|(place, line)| match place.as_str() {
            "" => (path.to_owned(), *line),
            place => (join(path, place), *line),
        });
        self.0.extend(own);
    }

    /// Merges the lines of another document, which take precedence.
    pub(super) fn take_over(&mut self, lines: &Self) {
        self.0.extend(lines.0.clone());
    }

    /// Lines below a path, relative to it.
    pub(super) fn below(&self, path: &str) -> Self {
        let start = format!("{path}.");
        let below = self.0.range(start.clone()..);
        let below = below.take_while(|(place, _)| place.starts_with(&start));
        let mut lines: BTreeMap<String, usize> = below
            .map(|(place, line)| (place[start.len()..].to_owned(), *line))
            .collect();
        if let Some(line) = self.at(path) {
            lines.insert(String::new(), line);
        }
        Self(lines)
    }
}
