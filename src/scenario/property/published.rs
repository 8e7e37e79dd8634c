//! Ranges around a number, by the published spread of its kind.

use super::{Form, Range, Spec};
use crate::catalog::guess::guess;

impl Spec {
    /// Range around a number by its published spread; `None` if there is none, or if it exceeds the
    /// field's bounds.
    pub fn published(&self, value: f64) -> Option<Range> {
        let known = guess(self.key)?;
        self.spread(value, known.low, known.high)
    }

    /// Range around a number between two multiples of it, with the number as the likely value;
    /// `None` if it exceeds the field's bounds.
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

    /// A range as in links: `~50k` if its ends are those of the published spread.
    pub fn written(&self, range: &Range) -> String {
        match range.form {
            Form::Likely(value) if self.published(value) == Some(*range) => range.as_guess(),
            _ => range.written(),
        }
    }
}

/// Rounds to two digits, as published spreads are.
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
