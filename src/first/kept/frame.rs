//! Whether the page stands in a frame of another page.

use super::super::browser::{EMBED_MARK, page_mark, window};
use crate::scenario::Link;

/// The origin of the page around, as `embed=ORIGIN` in the link names it; empty where a bare
/// `embed` names none. Absent where the page is not in a frame, whatever its link says.
pub fn origin(fragment: &str) -> Option<String> {
    let origin = Link::read(fragment).0.embed?;
    let parent = window().parent().ok().flatten()?;
    // A frame's link may be opened as a page.
    (parent != window()).then_some(origin)
}

/// Marks an embedded page. Must run before the storage is read.
pub fn mark(fragment: &str) {
    if origin(fragment).is_some() {
        page_mark(EMBED_MARK, Some(""));
    }
}
