//! Effect of the simulated day on the verdict.

use leptos::prelude::*;

use super::mark::Marks;
use super::store::ScenarioStore;
use crate::say::in_short::DayLine;
use crate::say::verdict::{Broken, label_with};

/// Line on the day, once completed, shared through context.
#[derive(Clone, Copy)]
pub(super) struct DayTold(pub(super) RwSignal<Option<DayLine>>);

impl DayTold {
    pub(super) fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// Verdict as a word, including the day and measured traffic.
    pub(super) fn label(store: ScenarioStore) -> impl Fn() -> String + Copy {
        let breaks = Self::breaks();
        move || {
            let broken = breaks();
            store.plan.with(|plan| label_with(&plan.verdict, broken))
        }
    }

    /// Failures beyond the peak: of the goals of the day, or of limits under measured traffic.
    pub(super) fn breaks() -> impl Fn() -> Broken + Copy {
        let broken = Self::broken();
        let marks = use_context::<Marks>();
        move || {
            let is_over = marks.is_some_and(|marks| marks.is_over.get());
            Broken::of(broken().is_some(), is_over)
        }
    }

    /// Line on a day that fails its goals.
    pub(super) fn broken() -> impl Fn() -> Option<String> + Copy {
        let told = use_context::<Self>();
        move || {
            told?
                .0
                .with(|day| day.as_ref()?.broken().map(str::to_owned))
        }
    }
}
