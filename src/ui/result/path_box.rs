//! Box of the request path.

use super::diagram::{Node, fitted};

/// Box with a title and lines, each shortened to its width.
pub(super) fn boxed(x: f64, y: f64, width: f64, title: &str, lines: Vec<String>) -> Node {
    let height = 34.0 + 16.0 * lines.len() as f64;
    let letters = ((width - 24.0) / 6.4).max(8.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a box is 8 to 200 letters wide"
    )]
    let letters = letters as usize;
    let lines = lines.iter().map(|line| fitted(line, letters)).collect();
    let title = fitted(title, letters.saturating_sub(7));
    Node {
        x,
        y,
        width,
        height,
        title,
        lines,
        end: String::new(),
        is_near: false,
        is_over: false,
    }
}
