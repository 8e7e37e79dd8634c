//! Reasons to skip a row.

use super::source::keyed;

keyed! {
    /// Reason to skip a row.
    Skip {
        /// The line is no valid JSON.
        BadJson = "bad_json",
        /// A repeated header, as in joined downloads.
        HeaderRepeated = "header_repeated",
        /// Another kind of usage, a tool call, or a series that is not counted.
        OtherKind = "other_kind",
        /// A span, an event or a score.
        NotAGeneration = "not_a_generation",
        /// An empty point or cell.
        NoNumber = "no_number",
        /// NaN or infinity.
        NotFinite = "not_finite",
        /// An id that occurred before.
        Duplicate = "duplicate",
        /// A total of other rows.
        Total = "total",
        /// No readable time.
        NoTime = "no_time",
        /// A count that is no number.
        BadNumber = "bad_number",
        /// More cells than the header, so that their columns are unknown.
        TooManyCells = "too_many_cells",
        /// The last row of a truncated file.
        CutOff = "cut_off",
        /// A negative count.
        Negative = "negative",
        /// Outside the reader's window.
        OutsideWindow = "outside_window",
    }
}
