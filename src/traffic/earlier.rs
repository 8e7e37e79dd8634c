//! Rows that an earlier file has as well, as when exports overlap in time.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::csv::Cells;
use super::row::Spec;
use super::source::Format;

/// Maximum rows compared.
const ROWS_MOST: usize = 1_000_000;
/// One in this many requests may equal one of another file by chance.
const CHANCE: usize = 10;

/// Hashes of rows that count.
#[derive(Debug, Default)]
pub(crate) struct Earlier {
    /// Rows of earlier files.
    before: HashSet<u64>,
    /// Rows of this file.
    now: Vec<u64>,
    /// Number of rows that earlier files had.
    repeated: usize,
    /// Whether rows are sums of buckets.
    is_of_sums: bool,
    is_repeated: bool,
}

impl Earlier {
    /// Adds a row. Rows with an id are compared by id.
    pub(crate) fn row(&mut self, cells: &Cells, places: &[Option<usize>], spec: &Spec) {
        let has_id = spec.id.is_some_and(|id| places[id].is_some());
        let mut counts = spec.counts.iter().filter_map(|at| places[*at]);
        let is_any = |at: usize| {
            cells
                .get(at)
                .bytes()
                .any(|byte| (b'1'..=b'9').contains(&byte))
        };
        let is_full = ROWS_MOST <= self.before.len() + self.now.len();
        if has_id || is_full || !counts.any(is_any) {
            return;
        }
        self.is_of_sums = matches!(
            spec.format,
            Format::OpenAiConsole
                | Format::AnthropicConsole
                | Format::LiteLlmDailyCsv
                | Format::DeepSeek
        );
        let mut hasher = DefaultHasher::new();
        cells.iter().for_each(|cell| cell.hash(&mut hasher));
        let row = hasher.finish();
        self.repeated += usize::from(self.before.contains(&row));
        self.now.push(row);
    }

    /// Ends a file.
    pub(crate) fn next_file(&mut self) {
        let chance = if self.is_of_sums {
            0
        } else {
            self.now.len() / CHANCE
        };
        self.is_repeated |= chance < self.repeated;
        self.repeated = 0;
        self.before.extend(self.now.drain(..));
    }

    /// Whether an earlier file has rows of a later one.
    pub(crate) fn is_repeated(&self) -> bool {
        self.is_repeated
    }
}
