//! The question that the dialog puts to the part that reads.

use leptos::prelude::*;

use super::incoming::Incoming;
use crate::catalog::date::Date;
use crate::scenario::Scenario;

/// The text, the scenario that it is laid beside, and who hears of it.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Asked {
    pub(super) incoming: Incoming,
    /// The current scenario.
    pub(super) scenario: Signal<Scenario>,
    /// Its link.
    pub(super) link: Signal<String>,
    /// The day both are judged on.
    pub(super) today: Signal<Date>,
    /// Puts the scenario that was read in the place of the one here.
    pub(super) on_replace: Callback<Scenario>,
    /// Closes the dialog, and says for a while what was taken over.
    pub(super) on_taken: Callback<String>,
}
