//! Inputs of the program part that reads texts.

use leptos::prelude::*;

use super::incoming::Incoming;
use crate::catalog::date::Date;
use crate::scenario::Scenario;

/// Text, scenario to compare with, and callbacks.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Asked {
    pub(super) incoming: Incoming,
    /// Current scenario.
    pub(super) scenario: Signal<Scenario>,
    /// Link of the scenario.
    pub(super) link: Signal<String>,
    /// Day on which both are evaluated.
    pub(super) today: Signal<Date>,
    /// Replaces the current scenario by the one read.
    pub(super) on_replace: Callback<Scenario>,
    /// Closes the dialog, and shows for a while what was applied.
    pub(super) on_taken: Callback<String>,
}
