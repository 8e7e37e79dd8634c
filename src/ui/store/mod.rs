//! Single writer of the scenario, and the values derived from it.

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

/// Evaluation of a plan: whole, or its outline.
type Method = fn(&Scenario, Date) -> Plan;

/// Maximum number of undo steps.
const LONGEST_PAST: usize = 200;

/// Single source of truth of the page, shared through context.
#[derive(Clone, Copy)]
pub struct ScenarioStore {
    /// Scenario shown by the form.
    scenario: RwSignal<Scenario>,
    /// Scenario for the rest of the page, updated after the answers to a key are painted.
    settled: RwSignal<Scenario>,
    today: Date,
    /// Whether the page is about to follow the form.
    waits: StoredValue<bool>,
    past: RwSignal<Vec<Scenario>>,
    future: RwSignal<Vec<Scenario>>,
    /// Property of the last edit; further edits of it join the undo step.
    last_edit: StoredValue<String>,
    /// Number of replacements of the whole scenario; drafts of earlier ones are discarded.
    pub epoch: RwSignal<u32>,
    /// Ids of fields with unusable text.
    pub invalid: RwSignal<BTreeSet<String>>,
    /// Unreadable parts of a link or saved scenario.
    pub unread: RwSignal<Unread>,
    /// Scenarios compared with this one.
    pub beside: RwSignal<Vec<Fragment>>,
    /// Supposition of the charts.
    pub what_if: RwSignal<WhatIf>,
    /// Scenario as the text of its link.
    pub fragment: Memo<Fragment>,
    /// Plan of the scenario.
    pub plan: Memo<Plan>,
    /// Method of evaluation: the outline until the part for the rest of the plan is loaded.
    method: RwSignal<Method>,
    /// Contradictions between fields.
    pub problems: Memo<Vec<Problem>>,
}

impl ScenarioStore {
    /// Creates the derived values, dated `today`, since the core has no clock.
    pub fn new(initial: Scenario, today: Date) -> Self {
        Self::planned(initial, today, plan::evaluate)
    }

    /// Store for a program that shows no reasons, so that its plan has none.
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

    /// Sets a scenario from before this store as the first undo step.
    pub fn remember(self, before: Option<Scenario>) {
        self.past.update(|past| past.extend(before));
    }

    /// Evaluates the whole plan from here on.
    pub fn explain(self) {
        self.method.set(plan::evaluate);
    }

    /// Changes the scenario; consecutive edits with equal tags form one undo step.
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

    /// Ends the current undo step, so that the next edit starts another.
    pub fn end_step(self) {
        self.last_edit.set_value(String::new());
    }

    /// Replaces the scenario, as one undo step.
    pub fn replace(self, scenario: Scenario) {
        self.edit("", |current| *current = scenario);
        self.forget_drafts();
    }

    /// Applies the edits of a fix, as one undo step.
    pub fn apply(self, edits: &[Edit]) {
        self.edit("", |scenario| {
            for edit in edits {
                edit.apply(scenario);
            }
        });
        self.forget_drafts();
    }

    /// Resets to the default scenario.
    pub fn reset(self) {
        self.replace(Scenario::default());
        self.unread.set(Unread::default());
    }

    /// Whether undo is possible.
    pub fn can_undo(self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    /// Whether redo is possible.
    pub fn can_redo(self) -> bool {
        self.future.with(|future| !future.is_empty())
    }

    /// Undoes the last step.
    pub fn undo(self) {
        self.step(self.past, self.future);
    }

    /// Redoes the last step undone.
    pub fn redo(self) {
        self.step(self.future, self.past);
    }

    fn step(self, from: RwSignal<Vec<Scenario>>, to: RwSignal<Vec<Scenario>>) {
        let Some(scenario) = from.try_update(Vec::pop).flatten() else {
            return;
        };
        let before = self.scenario.get_untracked();
        // A scenario opened from the comparison returns there.
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
