//! Marks of fields whose value was measured: they stay until the reader edits the value.

use leptos::prelude::*;

use crate::say::page::panel as say;
use crate::scenario::Scenario;

/// Where the value of a field comes from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// Id of the field.
    pub(super) id: String,
    /// The value that was taken; another one is the reader's own.
    pub(super) value: f64,
    /// Source, period and rows.
    pub(super) about: String,
}

/// All marks, and what measured traffic says of the answer; shared through context. The part
/// that reads files fills them.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    /// The marks.
    pub(super) of: RwSignal<Vec<Mark>>,
    /// What follows the verdict.
    pub(super) verdict: RwSignal<Option<String>>,
    /// Whether measured minutes passed a limit.
    pub(super) is_over: RwSignal<bool>,
}

impl Marks {
    /// None.
    pub(super) fn new() -> Self {
        Self {
            of: RwSignal::new(Vec::new()),
            verdict: RwSignal::new(None),
            is_over: RwSignal::new(false),
        }
    }

    /// What is known of a field that holds this value.
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

/// The mark of a field, if its value was measured.
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

/// A number that is another one for another shape.
pub(super) fn shape_sum(scenario: &Scenario) -> f64 {
    let hours = scenario.traffic.shape.hourly();
    let places = hours.iter().enumerate();
    places.map(|(at, hour)| (at + 1) as f64 * hour).sum()
}
