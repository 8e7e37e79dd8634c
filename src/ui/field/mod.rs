//! Fields with ranges and drafts, independent of the scenario.

mod choice;
mod draft;
mod number;
mod slider;
mod text;

pub(super) use choice::{Segments, SelectField};
pub(super) use number::{Message, NumberField};
pub(super) use text::NameField;
