//! Uncertainty: draws of a scenario with ranges, computed between keys, and their section.

mod answers;
mod chances;
mod enough;
mod offer;
mod range_button;
mod section;
mod settings;
mod tornado;
mod work;

pub(super) use range_button::offer_ranges;
pub(super) use section::SureSection;
pub(super) use work::keep_drawing;

use std::sync::Arc;

use leptos::prelude::*;

use crate::plan::uncertainty::{Bands, Uncertainty};
use crate::say::uncertainty as say;

/// Uncertainty of a scenario with ranges, shared through context; `None` without ranges.
#[derive(Clone, Copy)]
pub(super) struct Sure(pub(super) RwSignal<Option<Arc<Known>>>);

/// Bands of the charts from the futures drawn, shared through context, and available later.
#[derive(Clone, Copy)]
pub(super) struct Banded(pub(super) RwSignal<Option<Arc<Bands>>>);

/// Results of the draws, with texts for the first answers.
pub(super) struct Known {
    /// Verdict as a probability.
    pub(super) verdict: String,
    /// Keys of the figures, with their texts.
    pub(super) figures: Vec<(String, String)>,
    /// Results in numbers.
    pub(super) sure: Uncertainty,
}

impl Known {
    fn of(sure: Uncertainty) -> Self {
        let figures = sure.figures.iter();
        let figures = figures.map(|one| (one.id.key().into_owned(), say::of_figure(one)));
        Self {
            verdict: say::verdict(&sure),
            figures: figures.collect(),
            sure,
        }
    }
}
