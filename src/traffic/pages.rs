//! Pages of an export: whether one is lacking, and whether parts of them are there twice.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::Value;

/// The most elements that are compared.
const ELEMENTS_MOST: usize = 1_000_000;

/// The elements of documents, as hashes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    hashes: HashSet<u64>,
    is_repeated: bool,
}

impl Seen {
    /// Takes an element that lies under this key.
    pub(crate) fn see(&mut self, key: &str, value: &Value) {
        // Points of two metrics may be alike, buckets without results are, and samples of an
        // instant count once anyway.
        let results = value.get("results").and_then(Value::as_array);
        let is_no_part = key == "Datapoints" || results.is_some_and(Vec::is_empty);
        if is_no_part || value.get("metric").is_some() || ELEMENTS_MOST <= self.hashes.len() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        value.to_string().hash(&mut hasher);
        self.is_repeated |= !self.hashes.insert(hasher.finish());
    }

    /// Whether one was there before.
    pub(crate) fn is_repeated(&self) -> bool {
        self.is_repeated
    }
}

/// What pages say of further ones.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pages {
    /// The numbers of those that are there.
    numbers: BTreeSet<u64>,
    /// How many there are of them.
    count: usize,
    /// Whether one names another that follows, and whether one is the last.
    is_followed: bool,
    is_last: bool,
}

impl Pages {
    /// Takes what stands around the elements of a page.
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

    /// Whether pages are lacking.
    pub(crate) fn are_more(&self) -> bool {
        self.numbers.len() < self.count || self.is_followed && !self.is_last
    }
}
