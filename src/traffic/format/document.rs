//! Documents, element by element.

use serde_json::Value;

use crate::traffic::answer::Answers;
use crate::traffic::outcome::Outcome;
use crate::traffic::source::Format;

/// A document from a source's API or command.
pub(crate) trait Document: std::fmt::Debug {
    /// Source.
    fn format(&self) -> Format;

    /// Adds an element of the document's large array under this key.
    fn element(&mut self, key: &str, value: &Value);

    /// Adds the rest of the document, after its elements.
    fn around(&mut self, value: &Value);

    /// Ends a file that another one may follow.
    fn end_file(&mut self);

    /// Final sums, or a question.
    fn finish(self: Box<Self>, answers: &Answers) -> Outcome;
}
