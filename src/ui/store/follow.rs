//! Update order after a key: the form and its answers immediately, and the rest of the page after
//! they are painted.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{Method, ScenarioStore};
use crate::first::browser::{after_paint, page_mark};
use crate::first::{answer, desk};
use crate::plan;
use crate::scenario::Scenario;

impl ScenarioStore {
    /// Sets the scenario. Its answers are written immediately; the rest of the page follows after
    /// painting, and only for the latest key.
    pub(super) fn set(self, scenario: Scenario, is_typed: bool) {
        let is_in_browser = cfg!(target_family = "wasm");
        if is_in_browser {
            self.mark_stale();
            desk::update(|desk| desk.scenario.clone_from(&scenario));
            desk::changed();
        }
        self.scenario.set(scenario);
        if is_typed && is_in_browser {
            self.answer_now();
        } else {
            self.settle();
        }
    }

    /// Marks the other prerendered answers, which do not follow edits, as stale.
    fn mark_stale(self) {
        let is_drawn = self
            .method
            .with_untracked(|method| std::ptr::fn_addr_eq(*method, plan::outline as Method));
        if is_drawn {
            page_mark("data-stale", Some(""));
        }
    }

    fn answer_now(self) {
        let invalid = self.invalid.with_untracked(BTreeSet::len);
        let outline = self
            .scenario
            .with_untracked(|scenario| plan::outline(scenario, self.today));
        answer::write(&outline, invalid);
        let is_waiting = self
            .waits
            .try_update_value(|waits| std::mem::replace(waits, true));
        if is_waiting == Some(false) {
            after_paint(move || self.settle());
        }
    }

    /// Updates the rest of the page to the form.
    fn settle(self) {
        self.waits.set_value(false);
        let newest = self.scenario.get_untracked();
        if self.settled.with_untracked(|known| *known != newest) {
            self.settled.set(newest);
        }
    }
}
