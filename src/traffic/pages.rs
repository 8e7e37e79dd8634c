//! Pages of an export: missing pages and repeated parts.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::Value;

/// Maximum elements compared.
const ELEMENTS_MOST: usize = 1_000_000;

/// Hashes of documents' elements.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    hashes: HashSet<u64>,
    is_repeated: bool,
}

impl Seen {
    /// Adds an element under this key.
    pub(crate) fn see(&mut self, key: &str, value: &Value) {
        // Points of two metrics may be equal, as may buckets without results, and repeated samples
        // count once anyway.
        let results = value.get("results").and_then(Value::as_array);
        let is_no_part = key == "Datapoints" || results.is_some_and(Vec::is_empty);
        if is_no_part || value.get("metric").is_some() || ELEMENTS_MOST <= self.hashes.len() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        value.to_string().hash(&mut hasher);
        self.is_repeated |= !self.hashes.insert(hasher.finish());
    }

    /// Whether an element occurred before.
    pub(crate) fn is_repeated(&self) -> bool {
        self.is_repeated
    }
}

/// References of pages to further pages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pages {
    /// Numbers of the pages read.
    numbers: BTreeSet<u64>,
    /// Total number of pages.
    count: usize,
    /// Whether a page refers to a next one, and whether a page is the last.
    is_followed: bool,
    is_last: bool,
}

impl Pages {
    /// Adds the rest of a page around its elements.
    pub(crate) fn see(&mut self, around: &Value) {
        let within = |name: &str| {
            let places = [around.get(name), around.pointer(&["/meta/", name].concat())];
            places.into_iter().flatten().find(|value| !value.is_null())
        };
        let number = |names: &[&str]| names.iter().find_map(|name| within(name)?.as_u64());
        if let Some(count) = number(&["total_pages", "totalPages"]) {
            self.count = self.count.max(usize::try_from(count).unwrap_or(usize::MAX));
            self.numbers.extend(number(&["page", "current_page"]));
        }
        let token = ["NextToken", "nextToken", "nextPageToken"];
        let follows = token.iter().any(|name| {
            let token = within(name).and_then(Value::as_str);
            token.is_some_and(|token| !token.is_empty())
        });
        let lists = ["MetricDataResults", "timeSeries"];
        let is_page = lists.iter().any(|name| around.get(*name).is_some());
        self.is_followed |= follows;
        self.is_last |= is_page && !follows;
    }

    /// Whether pages are missing.
    pub(crate) fn are_more(&self) -> bool {
        self.numbers.len() < self.count || self.is_followed && !self.is_last
    }
}
