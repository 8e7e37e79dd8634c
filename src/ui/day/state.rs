//! How far the page is with its day, and with what mends it.

use crate::lived::{Mend, Searched};
use crate::scenario::link::Fragment;

/// How far the page is with its day.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum State {
    /// Nothing is there yet.
    Coming,
    /// The share of the day that was lived.
    Living(f64),
    /// All of it was lived.
    Whole,
    /// The reader stopped it.
    Stopped,
    /// There is no such day; the sentence that says why.
    Failed(String),
}

/// What mends the day, as far as it is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Mends {
    pub(super) found: Vec<Mend>,
    pub(super) searched: Searched,
    pub(super) is_over: bool,
}

/// Whose day is lived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Of {
    /// The scenario's.
    #[default]
    Record,
    /// The scenario's, for the verdict alone: what is supposed comes next.
    RecordFirst,
    /// That of what is supposed, of which the verdict hears nothing.
    Supposed,
}

/// A scenario, and whether measured requests arrive.
pub(super) type Asking = (Fragment, bool);
