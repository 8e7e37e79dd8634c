//! Ranges around a number, by a spread that is known of numbers of its kind.

use super::{Form, Range, Spec};
use crate::catalog::guess::guess;

impl Spec {
    /// The range around a number by its published spread; none where none is published, or the
    /// field has no room for it.
    pub fn published(&self, value: f64) -> Option<Range> {
        let known = guess(self.key)?;
        self.spread(value, known.low, known.high)
    }

    /// The range around a number between two multiples of it, with the number as the likely value;
    /// none where the field has no room for it.
    pub fn spread(&self, value: f64, low: f64, high: f64) -> Option<Range> {
        let end = |factor: f64| {
            let end = two_digits(value * factor).clamp(self.low, self.high);
            if self.kind.is_whole() {
                libm::round(end)
            } else {
                end
            }
        };
        let range = Range {
            low: end(low),
            high: end(high),
            form: Form::Likely(value),
        };
        (range.low < value && value < range.high).then_some(range)
    }

    /// A range as links write it: `~50k` where its ends are those of the published spread.
    pub fn written(&self, range: &Range) -> String {
        match range.form {
            Form::Likely(value) if self.published(value) == Some(*range) => range.as_guess(),
            _ => range.written(),
        }
    }
}

/// No end of a guess has more.
fn two_digits(value: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(value)) - 1.0);
    let steps = libm::round(value / unit);
    if unit < 1.0 {
        steps / libm::round(1.0 / unit)
    } else {
        steps * unit
    }
}
