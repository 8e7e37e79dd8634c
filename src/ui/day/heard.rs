//! Day results for the rest of the page.

use leptos::prelude::*;

use super::super::mark::Marks;
use super::super::told::DayTold;
use crate::say::in_short::DayLine;

/// Day results for other parts of the page, shared through context.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Heard {
    /// Line on the day, once completed.
    pub(in crate::ui) line: RwSignal<Option<DayLine>>,
    /// Whether the line is needed, even with the section off screen.
    pub(in crate::ui) is_wanted: RwSignal<bool>,
}

impl Heard {
    /// Line on the day, combined with measured traffic.
    pub(in crate::ui) fn told(self) -> impl Fn() -> Option<DayLine> + Copy {
        let marks = use_context::<Marks>();
        move || {
            let day = self.line.get();
            let Some(marks) = marks else { return day };
            let is_over = marks.is_over.get();
            marks
                .verdict
                .with(|said| DayLine::with_traffic(day, said.as_deref(), is_over))
        }
    }

    pub(in crate::ui) fn provide() {
        provide_context(Self {
            line: use_context::<DayTold>().map_or_else(|| RwSignal::new(None), |told| told.0),
            is_wanted: RwSignal::new(false),
        });
    }
}
