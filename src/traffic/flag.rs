//! The remarks on a file that was read.

use super::source::keyed;

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
        /// Buckets of several lengths were read as the longest.
        MixedWidths = "mixed_widths",
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
        /// There are more cached tokens than input tokens.
        CachedBeyondInput = "cached_beyond_input",
        /// Parts of the file are there twice, and both count.
        RepeatedParts = "repeated_parts",
        /// Times beside the usual step by less than 1 % of it were put on it.
        TimesRounded = "times_rounded",
        /// All numbers of tokens are 0.
        ZeroTokens = "zero_tokens",
        /// Rates of a query that may be means of several minutes.
        SmoothedRates = "smoothed_rates",
        /// Batch requests have other means than live ones.
        BatchesDiffer = "batches_differ",
        /// Three days or more in a row have no traffic, as between files that are no pages of one.
        LongSilence = "long_silence",
        /// All times lie on whole hours or days, and each has one row: they were read as sums.
        RowsAreSums = "rows_are_sums",
        /// All times lie on whole hours or days: requests are counted by these.
        CoarseTimes = "coarse_times",
        /// Each row has a minute of its own, and may be a sum.
        OneRowAMinute = "one_row_a_minute",
        /// Files of an archive that hold no usage were left out.
        OtherFiles = "other_files",
        /// The file is so long that parts of it are kept coarsely.
        KeptCoarsely = "kept_coarsely",
    }
}
