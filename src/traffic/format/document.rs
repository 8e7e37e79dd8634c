//! A document, element by element.

use serde_json::Value;

use crate::traffic::answer::Answers;
use crate::traffic::outcome::Outcome;
use crate::traffic::source::Format;

/// A document that a source's interface or its command prints.
pub(crate) trait Document: std::fmt::Debug {
    /// The source.
    fn format(&self) -> Format;

    /// Takes an element of the document's large array, which lies under this key.
    fn element(&mut self, key: &str, value: &Value);

    /// Takes the document around the elements, once it is closed.
    fn around(&mut self, value: &Value);

    /// What the file adds up to, or what to ask.
    fn finish(self: Box<Self>, answers: &Answers) -> Outcome;
}
