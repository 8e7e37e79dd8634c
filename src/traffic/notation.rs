//! Notation of numbers and dates in a file.

use super::source::keyed;

keyed! {
    /// Decimal mark.
    DecimalMark {
        /// `1,234.5`
        Point = "point",
        /// `1.234,5`
        Comma = "comma",
    }
}

keyed! {
    /// Order of a date with slashes.
    DateOrder {
        /// Month first, as in the United States: 04/13/2026.
        MonthFirst = "month_first",
        /// Day first, as in most other places: 13/04/2026.
        DayFirst = "day_first",
    }
}
