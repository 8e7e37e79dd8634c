//! Reasons why a typed text cannot be used, and the allowed values.

use super::{Kind, Takes};

/// Allowed numbers of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Minimum.
    pub low: f64,
    /// Maximum.
    pub high: f64,
    /// Whether the number is whole, and whether it may be empty.
    pub kind: Kind,
    /// Unit inside the field.
    pub unit: &'static str,
}

/// Reason why a number or a range cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub enum NumberProblem {
    /// Not a number, or not an allowed one.
    NotAllowed(Bounds),
    /// Separators that do not group three digits: `1 2 3`.
    BadGroups,
    /// A sign of another unit: `10%` of slots.
    OtherUnit {
        /// The sign, `%` or `$`.
        sign: char,
        /// Allowed numbers.
        bounds: Bounds,
    },
    /// A range in place of a single number.
    NoRange,
    /// A range of more than two ends and a likely value.
    ManyParts,
    /// A range without an end.
    NoEnd,
    /// `40..60k`: the suffix of the upper end may apply to both.
    EitherScale {
        /// The lower end with the suffix.
        low: String,
        /// The upper end as typed.
        high: String,
    },
    /// `12.500`: the point may separate decimals or thousands.
    EitherPoint {
        /// The number or range with a decimal point.
        point: String,
        /// The number or range with grouped thousands.
        groups: String,
    },
    /// A range of two equal ends.
    SameEnds(f64),
    /// The upper end comes first.
    EndsSwapped {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Whether there is a likely value between them.
        has_likely: bool,
    },
    /// The likely value lies outside the ends.
    LikelyOutside {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// A guess without a published spread, or whose spread exceeds the field's bounds.
    NoPublished,
    /// No number after the sign `±`.
    NoSpread,
    /// The spread after the sign `±` is too small for a range.
    NarrowSpread,
    /// The spread exceeds the allowed numbers.
    WideSpread {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Allowed numbers.
        bounds: Bounds,
    },
}

/// Accepted values of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Words.
    pub words: Vec<&'static str>,
    /// Accepted values besides the words.
    pub takes: Takes,
}
