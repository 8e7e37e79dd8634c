//! State of the day, and of the search for fixes.

use crate::lived::{Mend, Searched};
use crate::scenario::link::Fragment;

/// State of the day.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum State {
    /// The program is loading.
    Coming,
    /// The day is being simulated; share completed.
    Living(f64),
    /// The day is complete.
    Whole,
    /// The user stopped the simulation.
    Stopped,
    /// The day cannot be simulated; the reason in a sentence.
    Failed(String),
}

/// Fixes found so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Mends {
    pub(super) found: Vec<Mend>,
    pub(super) searched: Searched,
    pub(super) is_over: bool,
}

/// Subject of a simulated day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Of {
    /// The scenario.
    #[default]
    Record,
    /// The scenario, for the verdict only; its supposition follows.
    RecordFirst,
    /// The supposition, not reported to the verdict.
    Supposed,
}

/// Scenario, and whether measured requests arrive.
pub(super) type Asking = (Fragment, bool);
