//! What the rest of the page hears from the day.

use leptos::prelude::*;

use super::super::mark::Marks;
use super::super::told::DayTold;
use crate::say::in_short::DayLine;

/// What is heard of the day elsewhere on the page, shared through context.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Heard {
    /// The day in a line, once all of it was lived.
    pub(in crate::ui) line: RwSignal<Option<DayLine>>,
    /// Whether somebody asks for that line, however far the section is.
    pub(in crate::ui) is_wanted: RwSignal<bool>,
}

impl Heard {
    /// The day in a line, with what measured traffic says.
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
