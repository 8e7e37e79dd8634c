//! Remarks on a file.

use super::source::keyed;

keyed! {
    /// A remark on a file.
    Flag {
        /// Buckets are days: peak and burstiness remain assumptions.
        DailyGrain = "daily_grain",
        /// A comma was read as a decimal mark.
        DecimalComma = "decimal_comma",
        /// No whole day was observed: daily values are scaled.
        LessThanADay = "less_than_a_day",
        /// Buckets are missing: peaks are lower bounds.
        MissingBuckets = "missing_buckets",
        /// Buckets of several lengths were read as the longest.
        MixedWidths = "mixed_widths",
        /// The file is one of several pages.
        MorePages = "more_pages",
        /// Requests are not counted.
        NoRequestCount = "no_request_count",
        /// Tokens are not counted.
        NoTokenCount = "no_token_count",
        /// Times count from the file's start.
        RelativeTime = "relative_time",
        /// Times without a zone were read as UTC.
        TimeZoneAssumedUtc = "time_zone_assumed_utc",
        /// Tokens of an unknown kind are kept apart.
        UnclassifiedTokens = "unclassified_tokens",
        /// Cached tokens exceed input tokens.
        CachedBeyondInput = "cached_beyond_input",
        /// Parts of the file occur twice, and both count.
        RepeatedParts = "repeated_parts",
        /// Times that deviate by less than 1 % from a nominal step were rounded to it.
        TimesRounded = "times_rounded",
        /// All token counts are 0.
        ZeroTokens = "zero_tokens",
        /// Rates may be means over several minutes of a query.
        SmoothedRates = "smoothed_rates",
        /// Batch requests have other means than live ones.
        BatchesDiffer = "batches_differ",
        /// There are three or more days in a row without traffic, as between files that are not
        /// consecutive pages.
        LongSilence = "long_silence",
        /// Days between files are covered by none of them.
        DaysBetweenFiles = "days_between_files",
        /// All times lie on whole hours or days, with one row each: they were read as sums.
        RowsAreSums = "rows_are_sums",
        /// All times lie on whole hours or days: requests are counted at these.
        CoarseTimes = "coarse_times",
        /// Each row has its own minute, and may be a sum.
        OneRowAMinute = "one_row_a_minute",
        /// Files without usage in an archive were skipped.
        OtherFiles = "other_files",
        /// The file is so long that parts of it are kept in less detail.
        KeptCoarsely = "kept_coarsely",
    }
}
