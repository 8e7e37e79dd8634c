//! Measured traffic: read from a usage export, applied to the scenario value by value, and compared
//! with the model.

mod answer;
mod chart;
mod facts;
mod kept;
mod merge;
mod models;
mod peaks;
mod question;
mod ranges;
mod reader;
mod section;
mod take;
mod times;
mod values;
mod worker;

pub(super) use answer::UsageAnswer;
pub(super) use chart::TokensFrame;
pub(super) use reader::{State, Usage};
pub(super) use section::MeasuredSection;

use std::sync::Arc;

use leptos::prelude::*;

use kept::Trace;

use super::mark::Marks;
use super::store::ScenarioStore;
use crate::import::rows_called;
use crate::plan::{self, Judged, Plan};
use crate::say::measured as say;
use crate::traffic::{Digest, PeakChoice};

/// Measured traffic, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Traffic {
    /// What is known of it, while the scenario holds a value that was taken from it or it is kept
    /// by its name: a step back takes it away with its values.
    pub(super) digest: Signal<Option<Arc<Digest>>>,
    /// The same, whatever the scenario holds.
    read: RwSignal<Option<Arc<Digest>>>,
    /// The values that were taken.
    taken: RwSignal<Vec<take::Kept>>,
    /// The definition of the peak.
    pub(super) peak: RwSignal<PeakChoice>,
    /// Saved traces, newest first.
    kept: RwSignal<Vec<Trace>>,
    /// Name of the trace shown, if saved.
    name: RwSignal<Option<String>>,
}

impl Traffic {
    /// Provides the newest saved trace, if any; its largest error is shown after the verdict.
    pub(super) fn provide() -> Self {
        let kept = kept::read();
        let first = kept.first();
        let store = expect_context::<ScenarioStore>();
        let read = RwSignal::new(first.map(Trace::digest));
        let name = RwSignal::new(first.map(|first| first.name.clone()));
        let taken = RwSignal::new(take::stored());
        let is_held = Memo::new(move |_| {
            let is_kept = name.with(Option::is_some);
            is_kept || taken.with(|taken| store.with(|scenario| take::holds_any(scenario, taken)))
        });
        let traffic = Self {
            digest: Signal::derive(move || read.get().filter(|_| is_held.get())),
            read,
            taken,
            name,
            kept: RwSignal::new(kept),
            peak: RwSignal::new(PeakChoice::LEAST_WRONG),
        };
        provide_context(traffic);
        if let Some(marks) = use_context::<Marks>() {
            take::read_marks(store, marks);
            let (errors, limits) = (traffic.errors(store), traffic.limits(store));
            // The verdict is in a part loaded before this one.
            Effect::new(move |_| {
                let said = errors.with(|errors| {
                    let of = |digest: &Arc<_>| {
                        store
                            .plan
                            .with(|plan| plan::errors_of(plan, digest, errors))
                    };
                    let own = traffic.digest.with(|digest| digest.as_ref().map(of));
                    let own = own.unwrap_or_default();
                    limits.with(|limits| say::after(limits, own))
                });
                marks.verdict.set(said);
                marks
                    .is_over
                    .set(limits.with(|limits| plan::is_over(limits)));
            });
        }
        traffic
    }

    /// Errors of the model against the traffic.
    pub(super) fn errors(self, store: ScenarioStore) -> Memo<Vec<plan::ModelError>> {
        Memo::new(move |_| {
            let peak = self.peak.get();
            self.judged(store, |judged| plan::model_errors(judged, peak))
        })
    }

    /// Limits in the measured minutes, highest utilization first.
    pub(super) fn limits(self, store: ScenarioStore) -> Memo<Vec<plan::NearLimit>> {
        Memo::new(move |_| self.judged(store, plan::near_limits))
    }

    /// What the traffic says of the plan; nothing without traffic.
    fn judged<T>(self, store: ScenarioStore, of: impl Fn(Judged<'_>) -> Vec<T>) -> Vec<T> {
        let of = |digest: &Digest| {
            store.with(|scenario| {
                let rows = &rows_called(digest, &scenario.providers);
                let judged = |plan: &Plan| {
                    of(Judged {
                        scenario,
                        plan,
                        digest,
                        rows,
                    })
                };
                store.plan.with(judged)
            })
        };
        self.digest
            .with(|digest| digest.as_deref().map(of).unwrap_or_default())
    }

    /// Shows the trace of a file that was just read.
    fn show(self, digest: Arc<Digest>, taken: Vec<take::Kept>) {
        self.name.set(None);
        self.taken.set(taken);
        self.read.set(Some(digest));
    }

    /// Saves the trace under a name.
    fn keep(self, name: &str) {
        let trace = self.digest.with_untracked(|digest| {
            let digest = digest.as_deref()?;
            Some(Trace::of(name, digest))
        });
        let Some(trace) = trace else { return };
        self.name.set(Some(trace.name.clone()));
        self.kept.update(|kept| {
            kept::put(kept, trace);
            kept::write(kept);
        });
    }

    /// Shows a saved trace, also on later visits.
    fn open(self, name: &str) {
        let mut found = None;
        self.kept.update(|kept| {
            found = kept.iter().find(|trace| trace.name == name).cloned();
            if let Some(trace) = found.clone() {
                kept::put(kept, trace);
                kept::write(kept);
            }
        });
        if let Some(trace) = found {
            self.read.set(Some(trace.digest()));
            self.name.set(Some(trace.name));
        }
    }

    /// Removes the trace from page and storage; another saved one replaces it.
    fn forget(self) {
        let name = self.name.get_untracked();
        self.kept.update(|kept| {
            kept.retain(|trace| Some(&trace.name) != name.as_ref());
            kept::write(kept);
        });
        let next = self.kept.with_untracked(|kept| kept.first().cloned());
        self.read.set(next.as_ref().map(Trace::digest));
        self.name.set(next.map(|next| next.name));
    }
}
