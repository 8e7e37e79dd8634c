//! The one writer of the scenario, and the values derived from it.

mod follow;
mod lens;
mod read;

use std::collections::BTreeSet;

use crate::catalog::date::Date;
use leptos::prelude::*;

pub use crate::first::desk::Unread;
pub use lens::Field;

use crate::plan::{self, Plan};
use crate::scenario::link::Fragment;
use crate::scenario::validate::{self, Problem};
use crate::scenario::{Edit, Scenario, WhatIf};

/// How a plan is worked out: whole, or its outline.
type Method = fn(&Scenario, Date) -> Plan;

/// Most steps that can be undone.
const LONGEST_PAST: usize = 200;

/// The page's single source of truth, shared through context.
#[derive(Clone, Copy)]
pub struct ScenarioStore {
    /// The scenario, as the form shows it.
    scenario: RwSignal<Scenario>,
    /// The same once the answers to a key are painted: all that is not the form follows it.
    settled: RwSignal<Scenario>,
    today: Date,
    /// Whether the page is about to follow the form.
    waits: StoredValue<bool>,
    past: RwSignal<Vec<Scenario>>,
    future: RwSignal<Vec<Scenario>>,
    /// The property of the last edit: typing on in it is one step to undo.
    last_edit: StoredValue<String>,
    /// Counts replacements of the whole scenario; a draft of an older one is void.
    pub epoch: RwSignal<u32>,
    /// Ids of the fields whose text cannot be used.
    pub invalid: RwSignal<BTreeSet<String>>,
    /// The unreadable parts of a link or a saved scenario.
    pub unread: RwSignal<Unread>,
    /// The scenarios it is compared with.
    pub beside: RwSignal<Vec<Fragment>>,
    /// The supposition under which its charts are drawn.
    pub what_if: RwSignal<WhatIf>,
    /// The scenario as the text of its link.
    pub fragment: Memo<Fragment>,
    /// The answer.
    pub plan: Memo<Plan>,
    /// The outline until the part is loaded that says the rest of the plan.
    method: RwSignal<Method>,
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

    fn planned(initial: Scenario, today: Date, method: Method) -> Self {
        let scenario = RwSignal::new(initial.clone());
        let settled = RwSignal::new(initial);
        let method = RwSignal::new(method);
        Self {
            scenario,
            settled,
            today,
            method,
            waits: StoredValue::new(false),
            past: RwSignal::new(Vec::new()),
            future: RwSignal::new(Vec::new()),
            last_edit: StoredValue::new(String::new()),
            epoch: RwSignal::new(0),
            invalid: RwSignal::new(BTreeSet::new()),
            unread: RwSignal::new(Unread::default()),
            beside: RwSignal::new(Vec::new()),
            what_if: RwSignal::new(WhatIf::default()),
            fragment: Memo::new(move |_| settled.with(Fragment::of)),
            plan: Memo::new(move |_| settled.with(|scenario| method.get()(scenario, today))),
            problems: Memo::new(move |_| settled.with(validate::problems)),
        }
    }

    /// Takes a scenario from before this store as its first step to undo.
    pub fn remember(self, before: Option<Scenario>) {
        self.past.update(|past| past.extend(before));
    }

    /// Works the whole plan out from here on.
    pub fn explain(self) {
        self.method.set(plan::evaluate);
    }

    /// Changes the scenario; edits with the same tag in a row are one step to undo.
    pub fn edit(self, tag: &str, change: impl FnOnce(&mut Scenario)) {
        let before = self.scenario.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return;
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
        self.set(after, !tag.is_empty());
    }

    /// Ends the step of the last edits: the next one is a step of its own to undo.
    pub fn end_step(self) {
        self.last_edit.set_value(String::new());
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
        self.set(scenario, false);
        self.forget_drafts();
    }

    fn forget_drafts(self) {
        self.invalid.update(BTreeSet::clear);
        self.epoch.update(|epoch| *epoch += 1);
    }
}
