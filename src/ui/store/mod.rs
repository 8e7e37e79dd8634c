//! The one writer of the scenario, and what is derived from it.

mod lens;
mod read;
mod unread;

use std::collections::BTreeSet;

use crate::catalog::date::Date;
use leptos::prelude::*;

pub use lens::Field;
pub use unread::Unread;

use crate::plan::{self, Plan};
use crate::scenario::link::Fragment;
use crate::scenario::validate::{self, Problem};
use crate::scenario::{Edit, Scenario};

/// Most steps that can be undone.
const LONGEST_PAST: usize = 200;

/// The page's single source of truth, shared through context.
#[derive(Clone, Copy)]
pub struct ScenarioStore {
    /// Whether another program holds the scenario; see `ui::bridge`.
    is_mirror: bool,
    scenario: RwSignal<Scenario>,
    past: RwSignal<Vec<Scenario>>,
    future: RwSignal<Vec<Scenario>>,
    /// The property of the last edit: typing on in it is one step to undo.
    last_edit: StoredValue<String>,
    /// Counts replacements of the whole scenario; a draft of an older one is void.
    pub epoch: RwSignal<u32>,
    /// Ids of the fields whose text cannot be used.
    pub invalid: RwSignal<BTreeSet<String>>,
    /// What could not be read of a link or a saved scenario.
    pub unread: RwSignal<Unread>,
    /// The scenarios it is compared with.
    pub beside: RwSignal<Vec<Fragment>>,
    /// The scenario as the text of its link.
    pub fragment: Memo<Fragment>,
    /// The answer.
    pub plan: Memo<Plan>,
    /// Contradictions between fields.
    pub problems: Memo<Vec<Problem>>,
}

impl ScenarioStore {
    /// Wires the derived values. `today` dates them: the core has no clock.
    pub fn new(initial: Scenario, today: Date) -> Self {
        Self::planned(initial, today, plan::evaluate)
    }

    /// The same for a program that shows no reasons: its plan has none.
    pub fn outlined(initial: Scenario, today: Date) -> Self {
        Self::planned(initial, today, plan::outline)
    }

    fn planned(initial: Scenario, today: Date, plan: fn(&Scenario, Date) -> Plan) -> Self {
        let scenario = RwSignal::new(initial);
        Self {
            is_mirror: false,
            scenario,
            past: RwSignal::new(Vec::new()),
            future: RwSignal::new(Vec::new()),
            last_edit: StoredValue::new(String::new()),
            epoch: RwSignal::new(0),
            invalid: RwSignal::new(BTreeSet::new()),
            unread: RwSignal::new(Unread::default()),
            beside: RwSignal::new(Vec::new()),
            fragment: Memo::new(move |_| scenario.with(Fragment::of)),
            plan: Memo::new(move |_| scenario.with(|scenario| plan(scenario, today))),
            problems: Memo::new(move |_| scenario.with(validate::problems)),
        }
    }

    /// A copy of the scenario that another program holds.
    pub fn mirror(today: Date) -> Self {
        Self {
            is_mirror: true,
            ..Self::new(Scenario::default(), today)
        }
    }

    /// Takes over the state of the program that holds the scenario.
    pub fn take(self, scenario: Scenario) {
        if self.scenario.with_untracked(|known| *known != scenario) {
            self.scenario.set(scenario);
        }
    }

    /// Changes the scenario; edits with the same tag in a row are one step to undo.
    pub fn edit(self, tag: &str, change: impl FnOnce(&mut Scenario)) {
        let before = self.scenario.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return;
        }
        if self.is_mirror {
            super::bridge::change(&after);
            return self.take(after);
        }
        let goes_on = !tag.is_empty() && self.last_edit.with_value(|last| last == tag);
        if !goes_on {
            self.past.update(|past| {
                past.push(before);
                let surplus = past.len().saturating_sub(LONGEST_PAST);
                past.drain(..surplus);
            });
        }
        self.last_edit.set_value(tag.to_owned());
        self.future.update(Vec::clear);
        self.scenario.set(after);
    }

    /// Puts another scenario in its place, as one step to undo.
    pub fn replace(self, scenario: Scenario) {
        self.edit("", |current| *current = scenario);
        self.forget_drafts();
    }

    /// Carries out the edits of a fix, as one step to undo.
    pub fn apply(self, edits: &[Edit]) {
        self.edit("", |scenario| {
            for edit in edits {
                edit.apply(scenario);
            }
        });
        self.forget_drafts();
    }

    /// Back to the default scenario.
    pub fn reset(self) {
        self.replace(Scenario::default());
        self.unread.set(Unread::default());
    }

    /// Whether there is a step to undo.
    pub fn can_undo(self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    /// Whether there is a step to redo.
    pub fn can_redo(self) -> bool {
        self.future.with(|future| !future.is_empty())
    }

    /// Takes the last step back.
    pub fn undo(self) {
        if self.is_mirror {
            return super::bridge::undo();
        }
        self.step(self.past, self.future);
    }

    /// Takes it again.
    pub fn redo(self) {
        self.step(self.future, self.past);
    }

    fn step(self, from: RwSignal<Vec<Scenario>>, to: RwSignal<Vec<Scenario>>) {
        let Some(scenario) = from.try_update(Vec::pop).flatten() else {
            return;
        };
        let before = self.scenario.get_untracked();
        // One that was opened from beside goes back there, not away.
        let [now, was] = [&scenario, &before].map(Fragment::of);
        self.beside.update(|beside| {
            for other in beside.iter_mut().filter(|other| **other == now) {
                other.clone_from(&was);
            }
        });
        to.update(|steps| steps.push(before));
        self.last_edit.set_value(String::new());
        self.scenario.set(scenario);
        self.forget_drafts();
    }

    fn forget_drafts(self) {
        self.invalid.update(BTreeSet::clear);
        self.epoch.update(|epoch| *epoch += 1);
    }
}
