//! How a file writes numbers and dates.

use super::source::keyed;

keyed! {
    /// The mark before the decimals.
    DecimalMark {
        /// `1,234.5`
        Point = "point",
        /// `1.234,5`
        Comma = "comma",
    }
}

keyed! {
    /// The order of a date with slashes.
    DateOrder {
        /// As in the United States: 04/13/2026.
        MonthFirst = "month_first",
        /// As in most other places: 13/04/2026.
        DayFirst = "day_first",
    }
}
