//! Ids of rows, by which repeated ones are found.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash as _, Hasher as _};

use super::as_it_is::AsItIs;

/// Maximum ids kept.
const MOST: usize = 4_000_000;

/// Hashes of ids: two of a million collide once in thirty million files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ids(HashSet<u64, BuildHasherDefault<AsItIs>>);

impl Ids {
    /// Adds an id; whether it occurred before. `None` if there are too many to add another.
    pub(crate) fn see(&mut self, id: &str) -> Option<bool> {
        (self.0.len() < MOST).then(|| !self.0.insert(hash(id)))
    }

    /// Whether an id was added.
    pub(crate) fn holds(&self, id: &str) -> bool {
        self.0.contains(&hash(id))
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
