//! The end of a reading: traffic, a question, or a reason why nothing is taken over.

use super::observed::Observed;
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
    Refused {
        /// The reason.
        reason: Reason,
        /// The source, if it was recognised.
        format: Option<Format>,
    },
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
    /// Why a row counts nowhere.
    Skip {
        /// The line is no JSON.
        BadJson = "bad_json",
        /// The header once more, as in joined downloads.
        HeaderRepeated = "header_repeated",
        /// Another kind of usage, a tool call, or a series that is not counted.
        OtherKind = "other_kind",
        /// A span, an event or a score.
        NotAGeneration = "not_a_generation",
        /// An empty point or cell.
        NoNumber = "no_number",
        /// NaN or infinity.
        NotFinite = "not_finite",
        /// An id that was there before.
        Duplicate = "duplicate",
        /// No time, or none that can be read.
        NoTime = "no_time",
        /// A counted cell that is no number.
        BadNumber = "bad_number",
        /// A counted cell below zero.
        Negative = "negative",
        /// Outside the window that the reader gave.
        OutsideWindow = "outside_window",
    }
}

keyed! {
    /// What to know about a file that was read.
    Flag {
        /// The grain is a day: peak and burst stay assumptions.
        DailyGrain = "daily_grain",
        /// A comma was read as decimal mark.
        DecimalComma = "decimal_comma",
        /// No whole day was seen: values per day are scaled.
        LessThanADay = "less_than_a_day",
        /// Buckets are missing: peaks are at least that high.
        MissingBuckets = "missing_buckets",
        /// The file is one page of several.
        MorePages = "more_pages",
        /// Requests are not counted.
        NoRequestCount = "no_request_count",
        /// Tokens are not counted.
        NoTokenCount = "no_token_count",
        /// Hours count from the file's start.
        RelativeTime = "relative_time",
        /// Times without a zone were read as UTC.
        TimeZoneAssumedUtc = "time_zone_assumed_utc",
        /// Tokens of a kind that is not known stand apart.
        UnclassifiedTokens = "unclassified_tokens",
        /// The file is so long that parts of it are kept coarsely.
        KeptCoarsely = "kept_coarsely",
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
    }
}
