//! Answers to the questions that a file leaves open.

use serde::{Deserialize, Serialize};

use super::notation::{DateOrder, DecimalMark};
use super::source::keyed;
use super::time;

/// Answers given before a file is read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Decimal mark, if asked for.
    pub decimal_mark: Option<DecimalMark>,
    /// Order of dates with slashes, if asked for.
    pub date_order: Option<DateOrder>,
    /// Meanings of columns; other columns are ignored.
    pub columns: Vec<Column>,
    /// Whether a panel's times end their bucket rather than start it.
    pub time_ends_bucket: bool,
    /// Meanings of series.
    pub series: Vec<SeriesUse>,
    /// Period that the file covers, if given.
    pub window: Option<Window>,
}

keyed! {
    /// Quantity that a column or a series counts.
    Measure {
        /// Answered requests.
        Answered = "answered",
        /// Failed requests.
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
    /// Parses a key, or a column name of plain tables; `requests` are answered ones.
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
    /// Unit of the numbers in a column or a series.
    Unit {
        /// A rate per second.
        PerSecond = "per_second",
        /// A rate per minute.
        PerMinute = "per_minute",
        /// A count per bucket.
        PerBucket = "per_bucket",
    }
}

impl Unit {
    /// Count that a number means in a bucket of `width_s` seconds.
    pub(crate) fn count(self, number: f64, width_s: f64) -> f64 {
        match self {
            Self::PerSecond => number * width_s,
            Self::PerMinute => number * width_s / 60.0,
            Self::PerBucket => number,
        }
    }
}

/// Meaning of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Name of the column in the file.
    pub name: String,
    /// A [`Measure`] for a panel; for an unknown table the column name of a plain trace.
    pub means: String,
    /// Unit of the column's numbers.
    pub unit: Unit,
}

/// Meaning of all series with these labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesUse {
    /// Labels and their values.
    pub labels: Vec<(String, String)>,
    /// Quantity.
    pub measure: Measure,
    /// Unit of the numbers.
    pub unit: Unit,
}

/// A period, in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// First instant.
    pub from_ns: i64,
    /// First instant after it.
    pub to_ns: i64,
}

impl Window {
    /// Parses two times in the formats of exports.
    pub fn parse(from: &str, to: &str) -> Option<Self> {
        let read = |text| time::parse(text, DateOrder::MonthFirst);
        let (from_ns, to_ns) = (read(from)?.ns, read(to)?.ns);
        (from_ns < to_ns).then_some(Self { from_ns, to_ns })
    }

    pub(crate) fn holds(&self, ns: i64) -> bool {
        (self.from_ns..self.to_ns).contains(&ns)
    }
}
