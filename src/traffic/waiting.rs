//! Records of JSON that wait for their source to be recognised.

/// The most records, bytes of them and names that wait for a source to be recognised.
const HELD_MOST: usize = 1_000;
const HELD_BYTES_MOST: usize = 1 << 20;
pub(crate) const NAMES_MOST: usize = 300;

/// What came before the source was recognised.
#[derive(Default)]
pub(crate) struct Waiting {
    pub(crate) records: Vec<String>,
    bytes: usize,
    /// All names of these records.
    pub(crate) names: Vec<String>,
    /// Records that are no longer held.
    pub(crate) lost: u64,
    /// Parts that are no JSON.
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
