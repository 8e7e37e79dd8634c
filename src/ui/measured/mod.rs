//! Traffic that was measured: read from a usage export, taken into the scenario value by value,
//! and laid beside the model.

mod answer;
mod chart;
mod facts;
mod models;
mod question;
mod reader;
mod section;
mod take;
mod values;
mod worker;

pub(super) use answer::UsageAnswer;
pub(super) use chart::TokensFrame;
pub(super) use reader::{State, Usage};
pub(super) use section::MeasuredSection;

use std::sync::Arc;

use leptos::prelude::*;

use super::mark::Marks;
use super::store::ScenarioStore;
use crate::first::storage;
use crate::plan;
use crate::say::measured as say;
use crate::traffic::{Digest, PeakChoice};

/// Where a trace is kept on the reader's machine, if they ask for it.
const KEPT: &str = "kt-capacity:trace";

/// The traffic beside the model, shared through context.
#[derive(Clone, Copy)]
pub(super) struct Traffic {
    /// What is known of it.
    pub(super) digest: RwSignal<Option<Arc<Digest>>>,
    /// The definition of the peak.
    pub(super) peak: RwSignal<PeakChoice>,
    /// Whether it is kept on this machine.
    pub(super) is_kept: RwSignal<bool>,
}

impl Traffic {
    /// The trace that is kept, or none. From here on its largest error follows the verdict.
    pub(super) fn provide() -> Self {
        let kept = storage::read(KEPT);
        let kept = kept.and_then(|text| serde_json::from_str::<Digest>(&text).ok());
        let traffic = Self {
            is_kept: RwSignal::new(kept.is_some()),
            digest: RwSignal::new(kept.map(Arc::new)),
            peak: RwSignal::new(PeakChoice::LEAST_WRONG),
        };
        provide_context(traffic);
        let store = expect_context::<ScenarioStore>();
        if let Some(marks) = use_context::<Marks>() {
            take::read_marks(store, marks);
            let errors = traffic.errors(store);
            // The verdict stands in a part that was loaded before this one.
            Effect::new(move |_| {
                marks
                    .verdict
                    .set(errors.with(|errors| say::verdict(errors)));
            });
        }
        traffic
    }

    /// How wrong the model is about it.
    pub(super) fn errors(self, store: ScenarioStore) -> Memo<Vec<plan::ModelError>> {
        Memo::new(move |_| {
            let peak = self.peak.get();
            let of = |digest: &Arc<Digest>| {
                store
                    .plan
                    .with(|plan| plan::model_errors(plan, digest, peak))
            };
            self.digest
                .with(|digest| digest.as_ref().map(of).unwrap_or_default())
        })
    }

    /// Keeps it on this machine, without the names of the file's columns.
    pub(super) fn keep(self) {
        let text = self.digest.with_untracked(|digest| {
            let digest = Digest {
                unused: Vec::new(),
                ..digest.as_deref()?.clone()
            };
            serde_json::to_string(&digest).ok()
        });
        storage::write(KEPT, text.as_deref());
        self.is_kept.set(text.is_some());
    }

    /// Takes it off the page and off this machine.
    pub(super) fn forget(self) {
        storage::write(KEPT, None);
        self.is_kept.set(false);
        self.digest.set(None);
    }
}
