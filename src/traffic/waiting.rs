//! JSON records that wait for their source to be recognized.

/// Maximum waiting records, their bytes, and their names.
const HELD_MOST: usize = 1_000;
const HELD_BYTES_MOST: usize = 1 << 20;
pub(crate) const NAMES_MOST: usize = 300;

/// Records from before the source was recognized.
#[derive(Default)]
pub(crate) struct Waiting {
    pub(crate) records: Vec<String>,
    bytes: usize,
    /// All names in these records.
    pub(crate) names: Vec<String>,
    /// Number of records that were dropped.
    pub(crate) lost: u64,
    /// Number of parts that are no valid JSON.
    pub(crate) broken: u64,
}

impl Waiting {
    /// Holds a record, if there is room.
    pub(crate) fn hold(&mut self, text: &str) {
        self.bytes += text.len();
        if self.records.len() < HELD_MOST && self.bytes < HELD_BYTES_MOST {
            self.records.push(text.to_owned());
        } else {
            self.lost += 1;
        }
    }
}
