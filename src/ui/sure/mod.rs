//! How sure: the draws of a scenario with ranges, worked out beside the keys, and their section.

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

/// What is known of a scenario with ranges, shared through context; absent where no number is a
/// range.
#[derive(Clone, Copy)]
pub(super) struct Sure(pub(super) RwSignal<Option<Arc<Known>>>);

/// Bands of the charts from the same futures, shared through context: they take longer.
#[derive(Clone, Copy)]
pub(super) struct Banded(pub(super) RwSignal<Option<Arc<Bands>>>);

/// The answers from the draws, with their words for the first answers.
pub(super) struct Known {
    /// The verdict as a chance.
    pub(super) verdict: String,
    /// Keys of the figures, and the words beside each.
    pub(super) figures: Vec<(String, String)>,
    /// Numbers.
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
