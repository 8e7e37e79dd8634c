//! Why a typed text cannot be used, and what may stand in its place.

use super::{Kind, Takes};

/// The numbers that a field takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Lowest value allowed.
    pub low: f64,
    /// Highest value allowed.
    pub high: f64,
    /// Whether it must be whole, may be any, or may be left empty.
    pub kind: Kind,
    /// Unit inside the field.
    pub unit: &'static str,
}

/// Why a number or a range cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub enum NumberProblem {
    /// It is no number, or none of those allowed.
    NotAllowed(Bounds),
    /// Marks stand between digits, but not before groups of three: `1 2 3`.
    BadGroups,
    /// A sign of another unit than the field's: `10%` of slots.
    OtherUnit {
        /// The sign, `%` or `$`.
        sign: char,
        /// The numbers that are allowed.
        bounds: Bounds,
    },
    /// A range where one number is wanted.
    NoRange,
    /// A range of more parts than two ends and a likely value.
    ManyParts,
    /// A range without one of its ends.
    NoEnd,
    /// `40..60k`: the sign of the upper end may be meant for the lower one too.
    EitherScale {
        /// The lower end with that sign.
        low: String,
        /// The upper end as typed.
        high: String,
    },
    /// `12.500`: the point may stand before decimals or between thousands.
    EitherPoint {
        /// The number or range with a decimal point.
        point: String,
        /// The same with groups of thousands.
        groups: String,
    },
    /// Both ends are this number.
    SameEnds(f64),
    /// The upper end stands first.
    EndsSwapped {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Whether a likely value stands between them.
        has_likely: bool,
    },
    /// The likely value is not between the ends.
    LikelyOutside {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// A guess of a number whose spread is not published, or has no room in the field.
    NoPublished,
    /// No number follows the sign `±`.
    NoSpread,
    /// The number behind the sign `±` leaves no room.
    NarrowSpread,
    /// The spread leads out of the numbers that are allowed.
    WideSpread {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// The numbers that are allowed.
        bounds: Bounds,
    },
}

/// The values that a choice takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Its words.
    pub words: Vec<&'static str>,
    /// Values besides the words.
    pub takes: Takes,
}
