//! How sure a value is.

use super::source::keyed;

keyed! {
    /// How sure a value is.
    Status {
        /// It follows from the file.
        Measured = "measured",
        /// Less than a day was seen, and the day was scaled from that.
        Scaled = "scaled",
        /// It is at least that high: buckets are coarse or missing.
        AtLeast = "at_least",
        /// The file does not say it.
        Assumed = "assumed",
    }
}

/// A value and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured<T = f64> {
    /// The value, if the file says it.
    pub value: Option<T>,
    /// How sure it is.
    pub status: Status,
    /// Whether it was read off tokens, since requests are not counted.
    pub is_by_tokens: bool,
}

impl<T> Measured<T> {
    /// A value that the file says, or none.
    pub fn new(value: Option<T>) -> Self {
        let status = if value.is_some() {
            Status::Measured
        } else {
            Status::Assumed
        };
        Self {
            value,
            status,
            is_by_tokens: false,
        }
    }

    /// The same, less sure.
    #[must_use]
    pub fn with_status(mut self, status: Status) -> Self {
        if self.value.is_some() {
            self.status = status;
        }
        self
    }

    /// The same, read off tokens.
    #[must_use]
    pub fn by_tokens(mut self, is_by_tokens: bool) -> Self {
        self.is_by_tokens = is_by_tokens && self.value.is_some();
        self
    }
}
