//! Keyboard shortcuts.

pub(crate) const TITLE: &str = "Keyboard";
pub(crate) const SINGLE_KEYS_WORK: &str = "Single keys work";

pub(crate) const LIST: &str = "This list";
pub(crate) const FIRST_INPUT: &str = "Go to the first input";
pub(crate) const ANSWERS: &str = "Go to the answers";
pub(crate) const BRIEF: &str = "Brief";
pub(crate) const FULL: &str = "Full";
pub(crate) const SHARE: &str = "Share";

/// Global shortcuts, as printed on a keyboard, with their effect.
pub(crate) const OTHER: [(&str, &str); 4] = [
    ("Ctrl Z", "Undo, outside a text"),
    ("Ctrl Shift Z", "Redo, outside a text"),
    ("↑ ↓", "The next round number, in a number"),
    ("Esc", "Close what is open"),
];
