//! Result of a reading: traffic, a question, or a refusal.

use serde::{Deserialize, Serialize};

use super::observed::Observed;
use super::shown;
use super::source::{Format, keyed};

/// Result of a reading.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The file was read.
    Read(Box<Observed>),
    /// The file is ambiguous; the reader must choose.
    Ask {
        /// The ambiguity.
        question: Question,
        /// Source, if recognized.
        format: Option<Format>,
        /// Columns or series of the file to choose from.
        choices: Vec<String>,
    },
    /// The file is refused.
    Refused(Refusal),
}

/// Reason for refusing a file, and place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Reason.
    pub reason: Reason,
    /// Source, if recognized.
    pub format: Option<Format>,
    /// Rows examined, including skipped ones; for broken JSON the entries before the damage.
    pub rows: u64,
    /// Decisive column, key or series.
    pub column: Option<String>,
}

impl Refusal {
    /// A reason that concerns the whole file.
    pub(crate) fn new(reason: Reason, format: Option<Format>) -> Self {
        Self {
            reason,
            format,
            rows: 0,
            column: None,
        }
    }

    /// Sets the number of rows examined.
    pub(crate) fn after(self, rows: u64) -> Self {
        Self { rows, ..self }
    }

    /// Sets the column, whose name is shown unless it may be a person's.
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
    /// An ambiguity of a file.
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
    /// Reason for refusing a file.
    Reason {
        /// The JSON ends in the middle.
        TruncatedJson = "truncated_json",
        /// A part is no valid JSON.
        BrokenJson = "broken_json",
        /// The gzip ends in the middle.
        TruncatedGzip = "truncated_gzip",
        /// There is only a header.
        NoRows = "no_rows",
        /// All buckets are empty.
        NoTraffic = "no_traffic",
        /// The file is a web page.
        HtmlNotData = "html_not_data",
        /// The file has no bytes.
        EmptyFile = "empty_file",
        /// The file has costs, not usage.
        CostsNotUsage = "costs_not_usage",
        /// Each model repeats the totals of the whole key.
        RepeatsTotals = "repeats_totals",
        /// The file has usage of embeddings, images and the like.
        OtherKind = "other_kind",
        /// The file is an error response of a source.
        SourceError = "source_error",
        /// No file in the ZIP has usage.
        NoUsageInArchive = "no_usage_in_archive",
        /// The file is an Excel workbook.
        Spreadsheet = "spreadsheet",
        /// The cells are formatted with units.
        UnitsInCells = "units_in_cells",
        /// The source is unknown.
        UnknownFormat = "unknown_format",
        /// The file unpacks to more than the maximum size.
        TooLargeUnpacked = "too_large_unpacked",
        /// A row exceeds the maximum length.
        RowTooLong = "row_too_long",
        /// Files read together have different sources.
        OtherSource = "other_source",
        /// The first line has data, not names.
        NoHeader = "no_header",
        /// The reader named a column or series that the file does not have.
        NoSuchColumn = "no_such_column",
        /// The reader gave a column a meaning that the table of its source does not have.
        OtherMeaning = "other_meaning",
        /// No row has a readable time.
        NoTimes = "no_times",
        /// No row has readable numbers.
        NoNumbers = "no_numbers",
        /// All rows have more cells than the header.
        TooManyCells = "too_many_cells",
        /// The file is a tar archive.
        Tar = "tar",
        /// No row is in the given window.
        NotInWindow = "not_in_window",
        /// The ZIP ends in the middle.
        TruncatedZip = "truncated_zip",
        /// A quotation mark is not closed, and rows are lost behind it.
        OpenQuote = "open_quote",
        /// The file has averages or extremes instead of sums.
        NoSums = "no_sums",
        /// No metric counts usage, or the names are the reader's own.
        UnknownMetrics = "unknown_metrics",
        /// The file is the result of an instant query.
        OneMoment = "one_moment",
        /// The file is a Parquet file.
        Parquet = "parquet",
        /// The file is an image or a PDF.
        Picture = "picture",
    }
}
