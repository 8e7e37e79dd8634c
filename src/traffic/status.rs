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
            range: None,
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
