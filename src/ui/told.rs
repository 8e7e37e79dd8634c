//! What the verdict hears of the simulated day.

use leptos::prelude::*;

use super::store::ScenarioStore;
use crate::say::in_short::DayLine;
use crate::say::verdict::label_with_day;

/// The day in a line, once all of it was lived, shared through context.
#[derive(Clone, Copy)]
pub(super) struct DayTold(pub(super) RwSignal<Option<DayLine>>);

impl DayTold {
    pub(super) fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }

    /// The verdict in a word, with the day.
    pub(super) fn label(store: ScenarioStore) -> impl Fn() -> String + Copy {
        let broken = Self::broken();
        move || {
            let is_broken = broken().is_some();
            store
                .plan
                .with(|plan| label_with_day(&plan.verdict, is_broken))
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
