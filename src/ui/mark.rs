//! Marks on fields with measured values, until the user edits the value.

use leptos::prelude::*;

use crate::say::page::panel as say;
use crate::scenario::Scenario;

/// Source of a field's value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// Element id of the field.
    pub(super) id: String,
    /// Value taken; a different one is the user's.
    pub(super) value: f64,
    /// Source, period and rows.
    pub(super) about: String,
}

/// All marks, and the effect of measured traffic on the verdict; shared through context, filled by
/// the part that reads files.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    /// Marks of all fields.
    pub(super) of: RwSignal<Vec<Mark>>,
    /// Text after the verdict.
    pub(super) verdict: RwSignal<Option<String>>,
    /// Whether measured minutes exceeded a limit.
    pub(super) is_over: RwSignal<bool>,
}

impl Marks {
    /// No marks.
    pub(super) fn new() -> Self {
        Self {
            of: RwSignal::new(Vec::new()),
            verdict: RwSignal::new(None),
            is_over: RwSignal::new(false),
        }
    }

    /// Source of a field with this value, if measured.
    fn about(self, id: &str, value: f64) -> Option<String> {
        self.of.with(|marks| {
            let mut marks = marks.iter();
            let mark = marks.find(|mark| mark.id == id && is_same(mark.value, value));
            mark.map(|mark| mark.about.clone())
        })
    }
}

/// Nine digits: a link rounds.
pub(super) fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// Mark of a field with a measured value.
pub(super) fn mark(id: String, value: impl Fn() -> Option<f64> + Send + 'static) -> AnyView {
    let marks = use_context::<Marks>();
    (move || {
        let about = marks?.about(&id, value()?)?;
        let title = about.clone();
        Some(view! {
            <span class="field__mark" title=title>
                {say::MEASURED}
                <span class="hidden">{about}</span>
            </span>
        })
    })
    .into_any()
}

/// Checksum of the shape of the day.
pub(super) fn shape_sum(scenario: &Scenario) -> f64 {
    let hours = scenario.traffic.shape.hourly();
    let places = hours.iter().enumerate();
    places.map(|(at, hour)| (at + 1) as f64 * hour).sum()
}
