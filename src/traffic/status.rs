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
    /// Its 5 and 95 % points over the coming days, where the file has days enough.
    pub range: Option<[f64; 2]>,
}

impl Measured {
    /// The same within a factor.
    #[must_use]
    pub(crate) fn within(self, factor: Option<f64>) -> Self {
        let pair = self.value.zip(factor.filter(|factor| factor.is_finite()));
        let range = pair.map(|(value, factor)| [value / factor, value * factor]);
        Self { range, ..self }
    }
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
            range: None,
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
