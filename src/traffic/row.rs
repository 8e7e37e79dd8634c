//! A row of a file, from CSV or JSON.

use std::borrow::Cow;

use super::collector::Collector;
use super::notation::{DateOrder, DecimalMark};
use super::number;
use super::observed::Known;
use super::skip::Skip;
use super::source::Format;
use super::time::{self, Stamp};

/// Description of a source's rows. Columns are named in lower case and referred to by index in
/// `columns`.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) format: Format,
    /// A file is of this source if it has all columns of one of these sets.
    pub(crate) needs: &'static [&'static [&'static str]],
    pub(crate) columns: &'static [&'static str],
    /// Column with unique texts.
    pub(crate) id: Option<usize>,
    /// Columns of a request's key and tag, and of the called provider.
    pub(crate) whose: [Option<usize>; 3],
    pub(crate) times: &'static [usize],
    /// Columns with counts.
    pub(crate) counts: &'static [usize],
    /// Columns with durations.
    pub(crate) durations: &'static [usize],
    /// Quantities that every file of the source has.
    pub(crate) known: Known,
    /// Quantities that files with all of some columns have.
    pub(crate) known_by: &'static [(&'static [usize], Known)],
    /// Reason to skip a row, if any.
    pub(crate) skip: fn(&Row) -> Option<Skip>,
    /// Reads a row. Nothing is added unless all of it is readable.
    pub(crate) read: fn(&Row, &mut Collector) -> Result<(), Skip>,
}

/// Maximum count, beyond which sums would not be exact.
pub(crate) const COUNT_MOST: f64 = 1e15;

/// The most columns of a source.
pub(crate) const COLUMNS_MOST: usize = 30;

/// Cells of a row by the columns of its source; `None` if the file lacks the column.
pub(crate) type Cells<'r> = [Option<Cow<'r, str>>; COLUMNS_MOST];

/// A row without any column of the source.
pub(crate) const NO_CELLS: Cells<'static> = [const { None }; COLUMNS_MOST];

/// Notation of a file's numbers and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) mark: DecimalMark,
    pub(crate) order: DateOrder,
}

/// Cells of a row in the order of the columns of its [`Spec`].
#[derive(Debug)]
pub(crate) struct Row<'r> {
    pub(crate) cells: &'r Cells<'r>,
    pub(crate) reading: Reading,
}

impl<'r> Row<'r> {
    /// Trimmed text of a cell; empty if missing.
    pub(crate) fn text(&self, column: usize) -> &'r str {
        let cell = self.cells.get(column).and_then(Option::as_ref);
        cell.map_or("", |text| text.trim_ascii())
    }

    /// Whether the cell equals the word, ignoring case.
    pub(crate) fn says(&self, column: usize, word: &str) -> bool {
        self.text(column).eq_ignore_ascii_case(word)
    }

    /// Counts in these columns; `None` for an empty cell.
    pub(crate) fn counts<const N: usize>(
        &self,
        columns: [usize; N],
    ) -> Result<[Option<f64>; N], Skip> {
        let mut is_negative = false;
        let mut counts = [None; N];
        for (count, column) in counts.iter_mut().zip(columns) {
            let text = self.text(column);
            if text.is_empty() {
                continue;
            }
            let number = number::parse(text, self.reading.mark).ok_or(Skip::BadNumber)?;
            if COUNT_MOST < number {
                return Err(Skip::BadNumber);
            }
            is_negative |= number < 0.0;
            *count = Some(number);
        }
        if is_negative {
            Err(Skip::Negative)
        } else {
            Ok(counts)
        }
    }

    /// Instant in a column.
    pub(crate) fn time(&self, column: usize) -> Result<Stamp, Skip> {
        time::parse(self.text(column), self.reading.order).ok_or(Skip::NoTime)
    }

    /// Column that causes the row to be skipped, if it is one of the source's own.
    pub(crate) fn blamed(&self, skip: Skip, spec: &Spec) -> Option<&'static str> {
        let number = |at: usize| number::parse(self.text(at), self.reading.mark);
        let is_there = |at: &usize| !self.text(*at).is_empty();
        let mut numbers = spec.counts.iter().chain(spec.durations).copied();
        let at = match skip {
            Skip::NoTime => spec.times.first().copied(),
            Skip::BadNumber => numbers.find(|at| is_there(at) && number(*at).is_none()),
            Skip::Negative => numbers.find(|at| number(*at).is_some_and(|number| number < 0.0)),
            _ => None,
        };
        spec.columns.get(at?).copied()
    }

    /// A number that only decides a class, such as a status.
    pub(crate) fn code(&self, column: usize) -> Option<f64> {
        number::parse(self.text(column), self.reading.mark)
    }
}

/// Seconds between two instants; `None` if the second is earlier.
pub(crate) fn between_s(from: Stamp, to: Stamp) -> Option<f64> {
    let ns = to.ns.checked_sub(from.ns)?;
    (0 <= ns).then(|| time::seconds(ns))
}

/// Skips no row.
pub(crate) fn never(_: &Row) -> Option<Skip> {
    None
}
