//! The reasons to pass a row over.

use super::source::keyed;

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
        /// The total of other rows.
        Total = "total",
        /// No time, or none that can be read.
        NoTime = "no_time",
        /// A counted cell that is no number.
        BadNumber = "bad_number",
        /// More cells than the header has names: it is not known whose they are.
        TooManyCells = "too_many_cells",
        /// The last row, where the file ends in its middle.
        CutOff = "cut_off",
        /// A counted cell below zero.
        Negative = "negative",
        /// Outside the window that the reader gave.
        OutsideWindow = "outside_window",
    }
}
