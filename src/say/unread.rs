//! Refused usage exports, with the reason.

use crate::scenario::number::grouped;
use crate::traffic::{Reason, Refusal};

/// Rows are lost behind an unclosed quotation mark.
const OPEN_QUOTE: &str = "The file opens a quotation mark that it never closes, and the rows \
     behind it are lost. Close it, or export again.";
/// Statistics other than sums.
const NO_SUMS: &str =
    "The file has averages or extremes, and usage is a sum. Export the sum of each metric.";
/// Unknown metrics.
const UNKNOWN_METRICS: &str = "The file has no metric of usage under its own name. Export \
     requests and tokens, and leave the names of the metrics as they are.";
/// A single value of a counter.
const ONE_MOMENT: &str =
    "The file holds one moment of a counter. Run a range query and export its answer.";
/// Sums that would count several times.
const REPEATS_TOTALS: &str = "The file repeats the totals of a key for each of its models, so its \
     sums would be too high. Export it without models.";

/// A meaning that the table lacks.
const OTHER_MEANING: &str = "A table of this source has no column of the given meaning. Give a \
     name that a column of the table usually has.";
/// Cells without a column name.
const TOO_MANY_CELLS: &str = "The rows of the file have more cells than its header has names, so \
     it is not known which number is which. Put marks around cells that hold a comma, or export \
     numbers without them.";

/// Reason for refusing a file, and the remedy.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::TruncatedJson => {
            "The file ends in the middle, so its totals would be too low. Download it again."
        }
        Reason::BrokenJson => "The JSON of the file is damaged. Download it again.",
        Reason::TruncatedGzip => {
            "The gzip file ends in the middle or is damaged. Download it again."
        }
        Reason::NoRows => "The file has no rows. Choose a longer time and export again.",
        Reason::NoTraffic => {
            "All buckets of the file are empty. Choose a time with traffic and export again."
        }
        Reason::HtmlNotData => {
            "The file is a web page, perhaps a login or an error. Sign in and export again."
        }
        Reason::EmptyFile => "The file is empty. Export it again.",
        Reason::CostsNotUsage => {
            "The file says what was paid, not what was used. Export usage instead of costs."
        }
        Reason::RepeatsTotals => REPEATS_TOTALS,
        Reason::OtherKind => {
            "The file has usage of another kind only, such as embeddings or images. Export \
             completions."
        }
        Reason::SourceError => {
            "The file holds an error of its source. Correct the query and run it again."
        }
        Reason::NoUsageInArchive => {
            "The archive holds no usage. A CSV or JSON file of usage is needed in it."
        }
        Reason::Spreadsheet => "The file is a spreadsheet. Save it as CSV.",
        Reason::UnitsInCells => {
            "The cells carry units and are rounded. Export raw numbers: turn formatted data off."
        }
        Reason::UnknownFormat => {
            "The file is of no known source. A table needs a time, input tokens and output tokens."
        }
        Reason::TooLargeUnpacked => "The file holds more than is taken. Export a shorter time.",
        Reason::OtherSource => "The files are of different sources. Read them one at a time.",
        Reason::RowTooLong => {
            "The rows of the file are too long or too deep. Export without texts."
        }
        Reason::NoHeader => {
            "The file has no header: its first line holds data. Export it with the names of its \
             columns."
        }
        Reason::NoSuchColumn => {
            "The file has no column or series of a given name. Compare the name with the file."
        }
        Reason::NoTimes => {
            "The file has rows, and none has a time that can be read. Export times as \
             2026-10-05T09:00:00Z."
        }
        Reason::NoNumbers => {
            "The file has rows, and none has numbers that can be read. Export plain numbers."
        }
        Reason::OtherMeaning => OTHER_MEANING,
        Reason::TooManyCells => TOO_MANY_CELLS,
        Reason::Tar => "The file is a tar archive. Unpack it, or pack its files as a ZIP.",
        Reason::NotInWindow => "The file has no row in the given time. Choose another time.",
        Reason::TruncatedZip => "The ZIP file ends in the middle or is damaged. Download it again.",
        Reason::OpenQuote => OPEN_QUOTE,
        Reason::NoSums => NO_SUMS,
        Reason::UnknownMetrics => UNKNOWN_METRICS,
        Reason::OneMoment => ONE_MOMENT,
        Reason::Parquet => "The file is Parquet. Export CSV or JSON instead.",
        Reason::Picture => "The file is a picture or a PDF. Export CSV or JSON instead.",
    }
}

/// The reason, with the rows examined and the decisive column.
pub fn refusal(refusal: &Refusal) -> String {
    let is_cut = matches!(refusal.reason, Reason::TruncatedJson | Reason::BrokenJson);
    let rows = match (refusal.rows, is_cut) {
        (0, _) => None,
        (rows, true) => Some(["after ", &counted_entries(rows)].concat()),
        (1, false) => Some("1 row".to_owned()),
        (rows, false) => Some(grouped(rows as f64) + " rows"),
    };
    let column = refusal.column.as_ref();
    let column = column.map(|name| ["column “", name, "”"].concat());
    let place: Vec<String> = rows.into_iter().chain(column).collect();
    let sentence = reason(refusal.reason);
    match sentence.split_once('.') {
        Some((why, rest)) if !place.is_empty() => {
            [why, " (", &place.join(", "), ").", rest].concat()
        }
        _ => sentence.to_owned(),
    }
}

fn counted_entries(count: u64) -> String {
    match count {
        1 => "1 entry".to_owned(),
        count => grouped(count as f64) + " entries",
    }
}
