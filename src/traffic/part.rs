//! Parts of a JSON text.

/// A part of a document.
#[derive(Debug, PartialEq)]
pub(crate) enum Part<'a> {
    /// A line of JSON Lines, which may or may not be one record.
    Line(&'a str),
    /// An element of the array under this key; the key is empty at the top and in JSON Lines.
    Element(&'a str, &'a str),
    /// A whole document, with its containers emptied.
    Document(&'a str),
}

/// Action after a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Continue.
    Document,
    /// The file is JSON Lines: each further document is a record.
    Lines,
    /// The line is not one record; split it at its brackets.
    Again,
}
