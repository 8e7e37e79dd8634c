//! Storage of a number in the document, by type.

/// A stored number.
pub(super) trait Slot {
    fn read(&self) -> Option<f64>;
    fn write(&mut self, value: Option<f64>);
}

impl Slot for f64 {
    fn read(&self) -> Option<f64> {
        Some(*self)
    }
    fn write(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            *self = value;
        }
    }
}

impl Slot for u32 {
    fn read(&self) -> Option<f64> {
        Some(f64::from(*self))
    }
    fn write(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            *self = count(value);
        }
    }
}

impl Slot for Option<f64> {
    fn read(&self) -> Option<f64> {
        *self
    }
    fn write(&mut self, value: Option<f64>) {
        *self = value;
    }
}

impl Slot for Option<u32> {
    fn read(&self) -> Option<f64> {
        self.map(f64::from)
    }
    fn write(&mut self, value: Option<f64>) {
        *self = value.map(count);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked against the property's range, and saturating besides"
)]
fn count(value: f64) -> u32 {
    value as u32
}
