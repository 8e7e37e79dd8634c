//! The day as the page follows it: asked for with each change of the scenario, shown while it is
//! lived, then the search for what mends it.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use super::super::measured::Traffic;
use super::super::store::ScenarioStore;
use super::engine::{self, Answer};
use super::heard::Heard;
use super::state::{Mends, State};
use crate::lived::{Facts, Lived};
use crate::replay::{self, Search};
use crate::say::in_short::DayLine;
use crate::say::page::day as say;

thread_local! {
    /// Number of the last question; one for the whole page, as is what answers.
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// The day of the page, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Life {
    pub(super) store: ScenarioStore,
    /// The day, as far as it was lived.
    pub(super) lived: RwSignal<Option<Arc<Lived>>>,
    pub(super) state: RwSignal<State>,
    pub(super) mends: RwSignal<Mends>,
    /// Unknown parts of the files, each in a sentence.
    pub(super) left_out: RwSignal<Vec<String>>,
    /// Requests of the fullest measured day, where a file has been read that has one.
    pub(super) measured: Memo<Option<Vec<Option<f64>>>>,
    /// Whether they arrive instead of the plan's.
    pub(super) is_measured: RwSignal<bool>,
    /// Those that arrive instead of the plan's, if any.
    pub(super) minutes: Memo<Option<Vec<Option<f64>>>>,
    /// Whether what mends the day is looked for.
    is_mended: bool,
    /// Who hears of the day elsewhere.
    heard: Option<Heard>,
    pub(super) work: StoredValue<Work, LocalStorage>,
}

/// What is being worked on.
#[derive(Default)]
pub(super) struct Work {
    pub(super) run: u32,
    facts: Option<Facts>,
    pub(super) search: Option<Search>,
}

impl Life {
    /// Loads the program and follows the scenario; where it is to be mended, the search for what
    /// mends the day follows it.
    pub(super) fn begin(store: ScenarioStore, is_mended: bool) -> Self {
        let traffic = use_context::<Traffic>();
        let measured = Memo::new(move |_| traffic?.digest.get()?.fullest_day.clone());
        let is_measured = RwSignal::new(false);
        let minutes = Memo::new(move |_| measured.get().filter(|_| is_measured.get()));
        let life = Self {
            store,
            lived: RwSignal::new(None),
            state: RwSignal::new(State::Coming),
            mends: RwSignal::new(Mends::default()),
            left_out: RwSignal::new(Vec::new()),
            measured,
            is_measured,
            minutes,
            is_mended,
            heard: use_context(),
            work: StoredValue::new_local(Work::default()),
        };
        let is_there = RwSignal::new(false);
        engine::load(move |is_loaded| {
            if is_loaded {
                engine::listen(move |answer| life.hear(answer));
                let _gone = is_there.try_set(true);
            } else {
                let failed = State::Failed(say::broken(say::NOT_LOADED));
                let _gone = life.state.try_set(failed);
            }
        });
        // The program of the day is outside the reactive graph.
        Effect::new(move |_| {
            store.fragment.track();
            life.minutes.track();
            if is_there.get() {
                life.ask();
            }
        });
        on_cleanup(move || {
            engine::ask(next(), None);
            life.tell(None);
        });
        life
    }

    /// Asks for the day of the scenario as it is.
    fn ask(self) {
        let plan = self.store.plan.get_untracked();
        let minutes = self.minutes.get_untracked();
        let asked = untrack(|| {
            self.store
                .with(|scenario| replay::asked_as(scenario, &plan, minutes))
        });
        self.mends.set(Mends::default());
        self.tell(None);
        let run = next();
        match asked {
            Ok(asked) => {
                self.work.set_value(Work {
                    run,
                    facts: Some(asked.facts),
                    search: None,
                });
                self.left_out.set(asked.left_out);
                self.state.set(State::Living(0.0));
                engine::ask(run, Some(&asked.question));
            }
            Err(problem) => {
                self.work.set_value(Work::default());
                engine::ask(run, None);
                self.lived.set(None);
                self.state.set(State::Failed(crate::say::day::refused(
                    &problem.to_string(),
                )));
            }
        }
    }

    /// Leaves the day where it is.
    pub(super) fn stop(self) {
        engine::ask(next(), None);
        let is_search = self
            .work
            .try_update_value(|work| work.search.take().is_some());
        if is_search == Some(true) {
            self.mends.update(|mends| mends.is_over = true);
        } else {
            self.state.set(State::Stopped);
        }
    }

    /// Tells the rest of the page.
    fn tell(self, lived: Option<&Lived>) {
        if let Some(heard) = self.heard {
            let _gone = heard.line.try_set(lived.map(DayLine::of));
        }
    }

    fn hear(self, answer: Answer) {
        // The section may be gone by now, or another question asked.
        let is_mine = self.work.try_with_value(|work| work.run == answer.run);
        if is_mine != Some(true) {
            return;
        }
        let results = match answer.day {
            Ok(results) => results,
            Err(why) => {
                self.state.set(State::Failed(say::broken(&why)));
                return;
            }
        };
        let is_search = self.work.with_value(|work| work.search.is_some());
        if is_search {
            if answer.is_done {
                self.search_on(Some(&results));
            }
            return;
        }
        let Some(facts) = self.work.with_value(|work| work.facts.clone()) else {
            return;
        };
        let lived = Lived { facts, results };
        let story = answer.is_done.then(|| lived.story());
        if answer.is_done {
            self.tell(Some(&lived));
        }
        self.lived.set(Some(Arc::new(lived)));
        let Some(story) = story else {
            self.state.set(State::Living(answer.progress));
            return;
        };
        self.state.set(State::Whole);
        if story.is_kept || !self.is_mended {
            self.mends.update(|mends| mends.is_over = true);
            return;
        }
        self.search(story);
    }
}

/// The number of the next question.
pub(super) fn next() -> u32 {
    ASKED.set(ASKED.get().wrapping_add(1));
    ASKED.get()
}
