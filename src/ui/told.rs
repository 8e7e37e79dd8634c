//! What the verdict hears of the simulated day.

use leptos::prelude::*;

use super::mark::Marks;
use super::store::ScenarioStore;
use crate::say::in_short::DayLine;
use crate::say::verdict::{Broken, label_with};

/// The day in a line, once all of it was lived, shared through context.
#[derive(Clone, Copy)]
pub(super) struct DayTold(pub(super) RwSignal<Option<DayLine>>);

impl DayTold {
    pub(super) fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// The verdict in a word, with the day and the measured traffic.
    pub(super) fn label(store: ScenarioStore) -> impl Fn() -> String + Copy {
        let breaks = Self::breaks();
        move || {
            let broken = breaks();
            store.plan.with(|plan| label_with(&plan.verdict, broken))
        }
    }

    /// What does not fit beside the peak.
    pub(super) fn breaks() -> impl Fn() -> Broken + Copy {
        let broken = Self::broken();
        let marks = use_context::<Marks>();
        move || {
            let is_over = marks.is_some_and(|marks| marks.is_over.get());
            Broken::of(broken().is_some(), is_over)
        }
    }

    /// The line of a day that breaks its goals.
    pub(super) fn broken() -> impl Fn() -> Option<String> + Copy {
        let told = use_context::<Self>();
        move || {
            told?
                .0
                .with(|day| day.as_ref()?.broken().map(str::to_owned))
        }
    }
}
