//! The list of the keyboard's shortcuts. The keys are no words: they stand in the page.

pub(crate) const TITLE: &str = "Keyboard";
pub(crate) const SINGLE_KEYS_WORK: &str = "Single keys work";

pub(crate) const LIST: &str = "This list";
pub(crate) const FIRST_INPUT: &str = "Go to the first input";
pub(crate) const ANSWERS: &str = "Go to the answers";
pub(crate) const BRIEF: &str = "Brief";
pub(crate) const FULL: &str = "Full";
pub(crate) const SHARE: &str = "Share";
pub(crate) const UNDO: &str = "Undo, outside a text";
pub(crate) const REDO: &str = "Redo, outside a text";
pub(crate) const ROUND_NUMBER: &str = "The next round number, in a number";
pub(crate) const CLOSE: &str = "Close what is open";
