//! Answers to the questions that a file leaves open.

use serde::{Deserialize, Serialize};

use super::notation::{DateOrder, DecimalMark};
use super::source::keyed;
use super::time;

/// Answers given before a file is read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// The decimal mark, if it was asked for.
    pub decimal_mark: Option<DecimalMark>,
    /// The order of dates with slashes, if it was asked for.
    pub date_order: Option<DateOrder>,
    /// The columns that mean something; others are passed over.
    pub columns: Vec<Column>,
    /// Whether a time of a panel ends its bucket (or begins it).
    pub time_ends_bucket: bool,
    /// The series that mean something.
    pub series: Vec<SeriesUse>,
    /// From when to when the file was exported.
    pub window: Option<Window>,
}

keyed! {
    /// The quantity that a column or a series counts.
    Measure {
        /// Requests that were answered.
        Answered = "answered",
        /// Requests that failed.
        Failed = "failed",
        /// Requests that a provider refused with 429.
        Throttled = "throttled",
        /// Input tokens, cached ones included.
        Input = "input",
        /// Input tokens that came from a cache.
        Cached = "cached",
        /// Output tokens.
        Output = "output",
    }
}

impl Measure {
    /// Reads the word for it, or the name that a table has for it; `requests` are answered ones.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "requests" => Some(Self::Answered),
            "input_tokens" => Some(Self::Input),
            "cached_input_tokens" => Some(Self::Cached),
            "output_tokens" => Some(Self::Output),
            _ => Self::of_key(key),
        }
    }
}

keyed! {
    /// The unit of the numbers in a column or a series.
    Unit {
        /// A rate.
        PerSecond = "per_second",
        /// A rate.
        PerMinute = "per_minute",
        /// A count.
        PerBucket = "per_bucket",
    }
}

impl Unit {
    /// The count that a number means in a bucket of `width_s` seconds.
    pub(crate) fn count(self, number: f64, width_s: f64) -> f64 {
        match self {
            Self::PerSecond => number * width_s,
            Self::PerMinute => number * width_s / 60.0,
            Self::PerBucket => number,
        }
    }
}

/// The meaning of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// For a panel a [`Measure`]; for an unknown table the name that a plain trace gives it.
    pub means: String,
    /// Unit of its numbers.
    pub unit: Unit,
}

/// The meaning of all series that have these labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesUse {
    /// Labels with their values.
    pub labels: Vec<(String, String)>,
    /// The quantity.
    pub measure: Measure,
    /// Unit of its numbers.
    pub unit: Unit,
}

/// A span of time, in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first instant of it.
    pub from_ns: i64,
    /// The first instant after it.
    pub to_ns: i64,
}

impl Window {
    /// Reads two times as they stand in exports.
    pub fn parse(from: &str, to: &str) -> Option<Self> {
        let read = |text| time::parse(text, DateOrder::MonthFirst);
        let (from_ns, to_ns) = (read(from)?.ns, read(to)?.ns);
        (from_ns < to_ns).then_some(Self { from_ns, to_ns })
    }

    pub(crate) fn holds(&self, ns: i64) -> bool {
        (self.from_ns..self.to_ns).contains(&ns)
    }
}
