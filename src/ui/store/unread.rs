//! What a link, or what this browser had kept, said in vain.

/// What could not be read.
#[derive(Clone, Default)]
pub struct Unread {
    /// Whether it stood in the draft that this browser had kept, not in a link.
    pub is_draft: bool,
    /// Each, in a sentence.
    pub lines: Vec<String>,
}
