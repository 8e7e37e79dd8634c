//! The end of a reading: traffic, a question, or a reason why nothing is taken over.

use serde::{Deserialize, Serialize};

use super::observed::Observed;
use super::shown;
use super::source::{Format, keyed};

/// The end of a reading.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The file was read.
    Read(Box<Observed>),
    /// The file can be read two ways or more; the reader must say which.
    Ask {
        /// The point to settle.
        question: Question,
        /// The source, if it was recognised.
        format: Option<Format>,
        /// Columns or series of the file to choose from.
        choices: Vec<String>,
    },
    /// Nothing is taken over.
    Refused(Refusal),
}

/// The reason why nothing of a file is taken over, and the place in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The reason.
    pub reason: Reason,
    /// The source, if it was recognised.
    pub format: Option<Format>,
    /// Rows that were looked at, skipped ones included; of broken JSON the entries before the
    /// damage. 0 where none was.
    pub rows: u64,
    /// The column, the key or the series that decided it.
    pub column: Option<String>,
}

impl Refusal {
    /// A reason that lies in the file as a whole.
    pub(crate) fn new(reason: Reason, format: Option<Format>) -> Self {
        Self {
            reason,
            format,
            rows: 0,
            column: None,
        }
    }

    /// The same after so many rows.
    pub(crate) fn after(self, rows: u64) -> Self {
        Self { rows, ..self }
    }

    /// The same in a column, whose name is shown unless it may name a person.
    pub(crate) fn at(self, column: &str) -> Self {
        let column = Some(shown::column(column)).filter(|name| !name.is_empty());
        Self { column, ..self }
    }
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

keyed! {
    /// A point that a file leaves open.
    Question {
        /// Whether `1.234` is one or one thousand.
        DecimalMark = "decimal_mark",
        /// Whether `04/03/2026` is April or March.
        DateOrder = "date_order",
        /// The meaning of the columns.
        Columns = "columns",
        /// The meaning of the series.
        Series = "series",
    }
}

keyed! {
    /// Why nothing of a file is taken over.
    Reason {
        /// The JSON ends in the middle.
        TruncatedJson = "truncated_json",
        /// A part of the JSON is none.
        BrokenJson = "broken_json",
        /// The gzip ends in the middle.
        TruncatedGzip = "truncated_gzip",
        /// A header and nothing else.
        NoRows = "no_rows",
        /// Buckets, all of them empty.
        NoTraffic = "no_traffic",
        /// A web page.
        HtmlNotData = "html_not_data",
        /// No bytes.
        EmptyFile = "empty_file",
        /// Money, not tokens.
        CostsNotUsage = "costs_not_usage",
        /// Each model carries the totals of the whole key.
        RepeatsTotals = "repeats_totals",
        /// Usage of embeddings, images and the like.
        OtherKind = "other_kind",
        /// The answer of a source that failed.
        SourceError = "source_error",
        /// A ZIP without usage.
        NoUsageInArchive = "no_usage_in_archive",
        /// An Excel workbook.
        Spreadsheet = "spreadsheet",
        /// Formatted cells.
        UnitsInCells = "units_in_cells",
        /// No source recognised.
        UnknownFormat = "unknown_format",
        /// Unpacks to more than is taken.
        TooLargeUnpacked = "too_large_unpacked",
        /// One row is longer than is taken.
        RowTooLong = "row_too_long",
        /// Files read together are of different sources.
        OtherSource = "other_source",
        /// The first line holds data, not names.
        NoHeader = "no_header",
        /// A column or a series was named that the file does not have.
        NoSuchColumn = "no_such_column",
        /// A column was given a meaning that the table of its source does not have.
        OtherMeaning = "other_meaning",
        /// Rows, and none has a time that can be read.
        NoTimes = "no_times",
        /// Rows, and none has numbers that can be read.
        NoNumbers = "no_numbers",
        /// Rows, and all have more cells than the header has names.
        TooManyCells = "too_many_cells",
        /// A tar archive.
        Tar = "tar",
        /// No row lies in the given window.
        NotInWindow = "not_in_window",
        /// The ZIP ends in the middle.
        TruncatedZip = "truncated_zip",
        /// A quotation mark is never closed, and rows are lost behind it.
        OpenQuote = "open_quote",
        /// Averages or extremes, where sums are needed.
        NoSums = "no_sums",
        /// Metrics of which none counts usage, or under names of the reader's own.
        UnknownMetrics = "unknown_metrics",
        /// The answer to a query of one moment.
        OneMoment = "one_moment",
        /// A Parquet file.
        Parquet = "parquet",
        /// A picture or a PDF.
        Picture = "picture",
    }
}
