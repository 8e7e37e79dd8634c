//! What a JSON text is cut into.

/// A part of a document.
#[derive(Debug, PartialEq)]
pub(crate) enum Part<'a> {
    /// A line of JSON Lines, before it is known to be one record.
    Line(&'a str),
    /// An element of the array under this key; the key is empty at the top and in JSON Lines.
    Element(&'a str, &'a str),
    /// A whole document, its containers emptied.
    Document(&'a str),
}

/// What to do after a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Go on.
    Document,
    /// The file is JSON Lines: from here on each document is a record.
    Lines,
    /// The line is not one record: it is to be cut at its brackets.
    Again,
}
