//! A day as a file of requests has it.

/// Requests of a measured day.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredDay {
    /// Requests per minute; `None` for minutes that the file does not cover.
    pub minutes: Vec<Option<f64>>,
    /// Number of these minutes that are filled in from the observed part of their hour.
    pub filled: usize,
}

impl MeasuredDay {
    /// The day with a multiple of its requests.
    #[must_use]
    pub fn times(mut self, factor: f64) -> Self {
        for minute in self.minutes.iter_mut().flatten() {
            *minute *= factor;
        }
        self
    }

    /// Whether each minute is observed or filled in.
    pub fn is_covered(&self) -> bool {
        self.minutes.iter().all(Option::is_some)
    }
}
