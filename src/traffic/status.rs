//! Certainty of values.

use super::source::keyed;

keyed! {
    /// Certainty of a value.
    Status {
        /// Derived from the file.
        Measured = "measured",
        /// Scaled from less than a day.
        Scaled = "scaled",
        /// A lower bound, as buckets are coarse or missing.
        AtLeast = "at_least",
        /// Not in the file.
        Assumed = "assumed",
    }
}

/// A value with its certainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured<T = f64> {
    /// The value, if the file has it.
    pub value: Option<T>,
    /// Certainty.
    pub status: Status,
    /// Whether it was derived from tokens, as requests are not counted.
    pub is_by_tokens: bool,
}

impl<T> Measured<T> {
    /// A measured value, or none.
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

    /// Sets the certainty of an existing value.
    #[must_use]
    pub fn with_status(mut self, status: Status) -> Self {
        if self.value.is_some() {
            self.status = status;
        }
        self
    }

    /// Sets whether an existing value was derived from tokens.
    #[must_use]
    pub fn by_tokens(mut self, is_by_tokens: bool) -> Self {
        self.is_by_tokens = is_by_tokens && self.value.is_some();
        self
    }
}
