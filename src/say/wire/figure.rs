//! Figures.

use std::borrow::Cow;

use serde::Serialize;

use crate::plan::{self, formula};
use crate::say::figure::{self as say, Part, Told};
use crate::scenario::Scenario;

/// A figure and its reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Figure {
    /// Stable name.
    id: Cow<'static, str>,
    /// Label for people.
    label: Cow<'static, str>,
    /// The value as shown.
    value: String,
    /// The unit as shown.
    unit: Cow<'static, str>,
    /// One more fact under the value.
    sub: String,
    /// Whether it stands at the top of the page.
    is_headline: bool,
    /// The formula in words.
    words: &'static str,
    /// The value in full.
    result: f64,
    /// The formula with the reader's values, in reading order.
    parts: Vec<Part>,
    /// Each value with its source.
    terms: Vec<Told>,
}

impl Figure {
    pub(super) fn of(scenario: &Scenario, plan: &plan::Plan, figure: &plan::Figure) -> Self {
        let formula = formula(scenario, plan, &figure.id);
        let (value, unit) = say::shown(figure);
        Self {
            id: figure.id.key(),
            label: say::label(figure),
            value,
            unit,
            sub: say::sub(figure),
            is_headline: figure.id.is_headline(),
            words: say::in_words(figure),
            result: figure.result,
            parts: formula.as_ref().map(say::parts).unwrap_or_default(),
            terms: formula.as_ref().map(say::terms).unwrap_or_default(),
        }
    }
}
