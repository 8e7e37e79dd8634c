//! Life cycle of the day: requested on each scenario change, shown while simulated, followed by the
//! search for fixes.

use std::cell::Cell;
use std::sync::Arc;

use leptos::prelude::*;

use super::super::measured::Traffic;
use super::super::store::ScenarioStore;
use super::super::what_if::Supposition;
use super::engine::{self, Answer};
use super::heard::Heard;
use super::state::{Asking, Mends, Of, State};
use crate::lived::{Facts, Lived};
use crate::plan::what_if::Supposed;
use crate::replay::Search;
use crate::say::page::day as say;
use crate::traffic::Digest;

thread_local! {
    /// Number of the last question; one for the whole page, since the worker is shared.
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// Day of the page, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Life {
    pub(super) store: ScenarioStore,
    /// Day as far as simulated.
    pub(super) lived: RwSignal<Option<Arc<Lived>>>,
    pub(super) state: RwSignal<State>,
    pub(super) mends: RwSignal<Mends>,
    /// Unknown parts of the files, one sentence each.
    pub(super) left_out: RwSignal<Vec<String>>,
    /// Usage export, if it has a complete day.
    pub(super) measured: Memo<Option<Arc<Digest>>>,
    /// Whether the requests of the export's busiest day arrive instead of the planned ones.
    pub(super) is_measured: RwSignal<bool>,
    /// Plan under the supposition of the day, if any.
    pub(super) supposed: Memo<Option<Arc<Supposed>>>,
    /// Whether fixes are searched for.
    is_mended: bool,
    /// Receiver of the day's results elsewhere.
    pub(super) heard: Option<Heard>,
    pub(super) work: StoredValue<Work, LocalStorage>,
}

/// Work in progress.
#[derive(Default)]
pub(super) struct Work {
    pub(super) run: u32,
    pub(super) facts: Option<Facts>,
    pub(super) search: Option<Search>,
    pub(super) of: Of,
    /// Question whose day was last reported to the rest of the page.
    pub(super) told: Option<Asking>,
}

impl Life {
    /// Loads the program and follows the scenario; with `is_mended`, followed by the search for
    /// fixes.
    pub(super) fn begin(store: ScenarioStore, is_mended: bool) -> Self {
        let traffic = use_context::<Traffic>();
        let has_day = |digest: &Arc<Digest>| digest.fullest_day.is_some();
        let measured = Memo::new(move |_| traffic?.digest.get().filter(has_day));
        // Verdict and brief use the scenario's day without a supposition.
        let supposition = use_context::<Supposition>().filter(|_| is_mended);
        let supposed = Memo::new(move |_| supposition?.0.get());
        let life = Self {
            store,
            lived: RwSignal::new(None),
            state: RwSignal::new(State::Coming),
            mends: RwSignal::new(Mends::default()),
            left_out: RwSignal::new(Vec::new()),
            measured,
            is_measured: RwSignal::new(false),
            supposed,
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
        // The simulation program is outside the reactive graph.
        Effect::new(move |_| {
            store.fragment.track();
            life.supposed.track();
            life.measured.track();
            life.is_measured.track();
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

    fn hear(self, answer: Answer) {
        // The section may be gone, or another question asked.
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
        let of = self.work.with_value(|work| work.of);
        if answer.is_done && of != Of::Supposed {
            self.tell(Some(&lived));
        }
        if of == Of::RecordFirst {
            self.state.set(State::Living(0.0));
            if answer.is_done {
                self.live(Of::Supposed);
            }
            return;
        }
        let story = answer.is_done.then(|| lived.story());
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

/// Number of the next question.
pub(super) fn next() -> u32 {
    ASKED.set(ASKED.get().wrapping_add(1));
    ASKED.get()
}
