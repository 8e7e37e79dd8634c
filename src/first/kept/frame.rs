//! Detection of a frame in another page.

use super::super::browser::{EMBED_MARK, page_mark, window};
use crate::scenario::Link;

/// Origin of the host page, from `embed=ORIGIN` in the link; empty for a bare `embed`. `None`
/// outside a frame, whatever the link says.
pub fn origin(fragment: &str) -> Option<String> {
    let origin = Link::read(fragment).0.embed?;
    let parent = window().parent().ok().flatten()?;
    // An embedding link may be opened as a page of its own.
    (parent != window()).then_some(origin)
}

/// Marks an embedded page. Must run before the storage is read.
pub fn mark(fragment: &str) {
    if origin(fragment).is_some() {
        page_mark(EMBED_MARK, Some(""));
    }
}
