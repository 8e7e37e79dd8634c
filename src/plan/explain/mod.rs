//! A reason for every number: each figure with its formula, the reader's own
//! values and where each of them comes from.

mod figures;

use std::borrow::Cow;

use serde::Serialize;

use super::{Chapters, Depth};
use crate::scenario::Scenario;
use crate::scenario::number::{EXACT, decimal, grouped, in_tenths};

/// A figure and its reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Figure {
    /// Stable name.
    pub id: Cow<'static, str>,
    /// Label for people.
    pub label: Cow<'static, str>,
    /// The value as shown.
    pub value: String,
    /// The unit as shown.
    pub unit: Cow<'static, str>,
    /// One more fact under the value.
    pub sub: String,
    /// Whether it stands at the top of the page.
    pub is_headline: bool,
    /// The formula in words.
    pub words: &'static str,
    /// The value in full.
    pub result: f64,
    /// The formula with the reader's values, in reading order.
    pub parts: Vec<Part>,
    /// Each value with its source.
    pub terms: Vec<Term>,
}

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// An operator or a bracket: `×`, `÷`, `+`, `−`, `(`, `)`, `⌈`, `⌉`.
    Op(&'static str),
    /// A value.
    Value {
        /// As shown.
        text: String,
        /// In full.
        exact: f64,
        /// Key of the field it comes from, if it is typed in.
        field: Option<&'static str>,
    },
}

/// A value of a formula and where it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct Term {
    /// What it is.
    pub label: &'static str,
    /// Its value as shown.
    pub text: String,
    /// Where it comes from.
    pub source: Cow<'static, str>,
}

/// The figures of a plan.
pub(super) fn figures<D: Depth>(scenario: &Scenario, chapters: &Chapters) -> Vec<Figure> {
    figures::all::<D>(scenario, chapters)
}

/// Builds a formula left to right.
#[derive(Clone, Default)]
pub(super) struct Formula {
    parts: Vec<Part>,
    terms: Vec<Term>,
}

impl Formula {
    pub(super) fn new() -> Self {
        Self {
            // Room for most formulas.
            parts: Vec::with_capacity(9),
            terms: Vec::with_capacity(5),
        }
    }

    pub(super) fn op(mut self, op: &'static str) -> Self {
        self.parts.push(Part::Op(op));
        self
    }

    /// A value typed in by the reader.
    pub(super) fn input(
        self,
        label: &'static str,
        exact: f64,
        unit: &str,
        field: &'static str,
    ) -> Self {
        self.value(label, exact, unit, "your input".into(), Some(field))
    }

    /// A value that comes from elsewhere.
    pub(super) fn from(
        self,
        label: &'static str,
        exact: f64,
        unit: &str,
        source: &'static str,
    ) -> Self {
        self.value(label, exact, unit, source.into(), None)
    }

    /// The same where the source is made up of several words.
    pub(super) fn said(self, label: &'static str, exact: f64, unit: &str, source: &str) -> Self {
        self.value(label, exact, unit, source.to_owned().into(), None)
    }

    fn value(
        mut self,
        label: &'static str,
        exact: f64,
        unit: &str,
        source: Cow<'static, str>,
        field: Option<&'static str>,
    ) -> Self {
        let text = shown(exact, unit);
        self.parts.push(Part::Value {
            text: text.clone(),
            exact,
            field,
        });
        let is_known = self.terms.iter().any(|term| term.label == label);
        if !label.is_empty() && !is_known {
            self.terms.push(Term {
                label,
                text,
                source,
            });
        }
        self
    }
}

/// A value inside a formula: whole numbers in full, others to four digits.
fn shown(exact: f64, unit: &str) -> String {
    let size = exact.abs();
    let digits = if (exact.fract() == 0.0 && size < EXACT) || size.is_nan() {
        grouped(exact)
    } else if size < 1_000.0 {
        // Small values need more places to say anything.
        let mut digits = if size < 0.01 {
            format!("{exact:.9}")
        } else {
            four_places(exact)
        };
        let end = digits.trim_end_matches('0').trim_end_matches('.').len();
        digits.truncate(end);
        digits
    } else {
        in_tenths(exact)
    };
    match unit {
        "" => digits,
        "$" => ["$", &digits].concat(),
        unit if unit.starts_with('/') => digits + unit,
        unit => digits + " " + unit,
    }
}

/// Below a thousand, four places.
fn four_places(exact: f64) -> String {
    let units = exact * 1e4;
    // The product is rounded itself: close to a half only the exact value can tell.
    let is_clear = 1e-6 < (units.fract().abs() - 0.5).abs();
    if is_clear && units.abs() < 9_999_999.0 {
        decimal(libm::round(units), 4)
    } else {
        format!("{exact:.4}")
    }
}

#[cfg(test)]
mod tests;
