//! Usage exports: rows read, rows skipped, and open questions.

use super::words;
use crate::model::day;
use crate::scenario::number::grouped;
use crate::traffic::{
    By, DateOrder, DaysOfWeek, DecimalMark, Flag, Format, Measure, PeakChoice, Question, Skip,
    Status, Unit, Week, Workload,
};

pub use super::coming::{NO_RANGES, growth, level, level_planned, range, unfinished};
pub use super::unread::{reason, refusal};

/// Name of a source.
pub fn source(format: Format) -> &'static str {
    match format {
        Format::OpenAiUsageApi => "OpenAI’s usage API",
        Format::OpenAiConsole => "OpenAI’s console",
        Format::AnthropicConsole => "Anthropic’s console",
        Format::AnthropicUsageApi => "Anthropic’s usage report",
        Format::LiteLlmSpend => "LiteLLM’s spend logs",
        Format::LiteLlmDailyApi => "LiteLLM’s daily activity",
        Format::LiteLlmDailyCsv => "LiteLLM’s daily table",
        Format::AzureMonitor => "Azure Monitor",
        Format::CloudWatch => "AWS CloudWatch",
        Format::BedrockLog => "Amazon Bedrock’s invocation log",
        Format::CloudMonitoring => "Google Cloud Monitoring",
        Format::Prometheus => "Prometheus",
        Format::Grafana => "Grafana",
        Format::Langfuse => "Langfuse",
        Format::Helicone => "Helicone",
        Format::OpenRouter => "OpenRouter",
        Format::DeepSeek => "DeepSeek",
        Format::Portkey => "Portkey",
        Format::Keeptrusts => "Keeptrusts",
        Format::PlainTrace => "a plain trace",
        Format::PlainSums => "a plain table of sums",
        Format::DevProxy => "Dev Proxy",
        Format::RateTable => "a table of rates",
    }
}

/// A question about an ambiguous file.
pub fn question(question: Question) -> &'static str {
    match question {
        Question::DecimalMark => "Is 1.234 in this file one and a bit, or one thousand?",
        Question::DateOrder => {
            "Which is first in this file’s dates: would 04/03 be 3 April or 4 March?"
        }
        Question::Columns => "Which column holds what?",
        Question::Series => "Which series counts what?",
    }
}

/// A remark on a file.
pub fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::DailyGrain => {
            "The file has days only: it cannot tell the peak, the shape of the day or bursts."
        }
        Flag::DecimalComma => "Commas were read as decimal marks.",
        Flag::LessThanADay => {
            "No whole day was seen: values of a day are scaled from less, a minute or more."
        }
        Flag::MissingBuckets => "Some buckets are missing: peaks are at least this high.",
        Flag::MixedWidths => {
            "The file has buckets of several lengths: all were read as the longest."
        }
        Flag::MorePages => "The file is one page of several.",
        Flag::NoRequestCount => {
            "The file does not count requests. Enter requests a day or tokens of a request."
        }
        Flag::NoTokenCount => "The file does not count tokens.",
        Flag::RelativeTime => "The file has no dates: hours count from its start.",
        Flag::TimeZoneAssumedUtc => "Times without a zone were read as UTC.",
        Flag::UnclassifiedTokens => "Tokens of an unknown kind are left out of all sums.",
        Flag::CachedBeyondInput => {
            "The file has more cached than input tokens: the cached share is left out."
        }
        Flag::RepeatedParts => {
            "Some parts occur twice, and both were counted: where pages overlap or a file was \
             read twice, totals are too high."
        }
        Flag::TimesRounded => {
            "Some times lie beside the usual step by less than 1 % of it, and were put on it."
        }
        Flag::ZeroTokens => {
            "All numbers of tokens in the file are 0, so that it does not say a request’s size."
        }
        Flag::SmoothedRates => {
            "Rates are means over the range of their query, such as [5m]: minutes may be higher."
        }
        Flag::BatchesDiffer => {
            "Batch requests have other sizes than live ones, and means are of both: give each a \
             workload of its own."
        }
        Flag::LongSilence => {
            "Three days or more in a row have no traffic: if they were not exported, values of a \
             day are too low and the peak over the mean too high. Read the parts one by one."
        }
        Flag::DaysBetweenFiles => {
            "The days between the end of one file and the start of the next are in none of them, \
             and count as unseen, not as empty."
        }
        Flag::RowsAreSums => {
            "Each row has an hour, a day or some other whole step of its own: rows were read as \
             its sums, not as single requests."
        }
        Flag::CoarseTimes => {
            "All times lie on whole hours, days or some other whole step: requests were counted by \
             these, and the file cannot tell minutes."
        }
        Flag::OneRowAMinute => {
            "Each row has a minute of its own and counts as one request: where rows are sums of \
             minutes, add a column “requests”."
        }
        Flag::OtherFiles => "Files of the archive that hold no usage were left out.",
        Flag::KeptCoarsely => {
            "The file is very long: its minutes may begin up to a minute early, quantiles of \
             durations are within 1 %, and late repetitions may count twice."
        }
    }
}

/// Reason for skipping rows.
pub fn skip(skip: Skip) -> &'static str {
    match skip {
        Skip::BadJson => "no JSON",
        Skip::HeaderRepeated => "the header once more",
        Skip::OtherKind => "another kind of usage",
        Skip::NotAGeneration => "no generation",
        Skip::NoNumber => "no number",
        Skip::NotFinite => "not a finite number",
        Skip::Duplicate => "the same id as before",
        Skip::Total => "the total of other rows",
        Skip::NoTime => "no time from 2015 to 2099 that can be read",
        Skip::BadNumber => "a cell that is no number",
        Skip::CutOff => "cut off at the end of the file",
        Skip::TooManyCells => "more cells than the header has names",
        Skip::Negative => "a number below zero",
        Skip::OutsideWindow => "outside the given time",
    }
}

/// Certainty of a value.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Measured => "measured",
        Status::Scaled => "scaled from less than a day",
        Status::AtLeast => "measured, not every minute",
        Status::Assumed => "the file does not say",
    }
}

/// Mark of a value derived from tokens.
pub const BY_TOKENS: &str = "by tokens";

/// Definition of the peak.
pub fn peak(choice: PeakChoice) -> &'static str {
    match choice {
        PeakChoice::Busiest => "Peak over mean: busiest minute",
        PeakChoice::P999 => "Peak over mean: 99.9 % of minutes",
        PeakChoice::TypicalDay => "Peak over mean: median day",
    }
}

/// Quantity of a column or a series.
pub fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Answered => "requests answered",
        Measure::Failed => "requests failed",
        Measure::Throttled => "requests refused with 429",
        Measure::Input => "input tokens",
        Measure::Cached => "cached input tokens",
        Measure::Output => "output tokens",
    }
}

/// Unit of the numbers in a column or a series.
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::PerSecond => "a second",
        Unit::PerMinute => "a minute",
        Unit::PerBucket => "in each bucket",
    }
}

/// Meaning of `1.234`.
pub fn decimal_mark(mark: DecimalMark) -> &'static str {
    match mark {
        DecimalMark::Point => "One and a bit: points are decimal",
        DecimalMark::Comma => "One thousand: commas are decimal",
    }
}

/// Meaning of `04/03`.
pub fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::MonthFirst => "3 April: month first",
        DateOrder::DayFirst => "4 March: day first",
    }
}

/// Name of a workload: its model, or the rank of its key or tag by tokens.
pub fn workload_name(of: &Workload) -> String {
    match (&of.model, of.by, of.number) {
        (Some(model), ..) => model.clone(),
        (None, By::Key, Some(number)) => format!("Key {number}"),
        (None, By::Tag, Some(number)) => format!("Tag {number}"),
        (None, By::Key, None) => "Other keys".to_owned(),
        (None, By::Tag, None) => "Other tags".to_owned(),
        (None, By::Batch, _) if of.batch_percent == Some(100.0) => "Batch".to_owned(),
        (None, By::Batch, _) => "Live".to_owned(),
        (None, By::Model, _) => "Other models".to_owned(),
    }
}

/// Name of merged workloads: the first two, and the number of others.
pub fn merged_name(parts: &[&Workload]) -> String {
    const TOLD: usize = 2;
    let names: Vec<String> = parts
        .iter()
        .take(TOLD)
        .map(|it| workload_name(it))
        .collect();
    let names = names.join(" + ");
    match parts.len().saturating_sub(TOLD) {
        0 => names,
        more => format!("{names} + {more} more"),
    }
}

/// Label of a value, by link key.
pub fn value(key: &str) -> &'static str {
    match key {
        "requests-per-day" => "Requests a day",
        "avg-input-tokens" => "Input tokens of a request",
        "avg-output-tokens" => "Output tokens of a request",
        "cached" => "Cached share of input, %",
        "max-output-tokens" => "Reserved output tokens",
        "batch" => "Sent in batches, %",
        "cache-hit" => "Answered by the gateway’s cache, %",
        "peak-multiplier" => "Peak over the mean of the day",
        "burstiness" => "Variance over mean within a minute",
        "growth" => "Growth of a month, %",
        _ => "Shape of the day",
    }
}

/// Label of the mean time to the whole answer.
pub const LATENCY: &str = "Seconds to the whole answer";
/// Label of the mean time to the first token.
pub const FIRST_TOKEN: &str = "Seconds to the first token";

/// Median and 95th percentile of a duration, if known.
pub fn points([median, late]: [Option<String>; 2]) -> String {
    match median.zip(late) {
        Some((median, late)) => format!("on average; half within {median}, 95 % within {late}"),
        None => "on average".to_owned(),
    }
}

/// Period of a file.
pub fn period(source: &str, from: &str, to: &str) -> String {
    format!("From {source}, {from} to {to}.")
}

/// Number of rows that count.
pub fn rows(read: u64) -> String {
    if read == 1 {
        return "1 row was counted.".to_owned();
    }
    format!("{} rows were counted.", grouped(read as f64))
}

/// Number of skipped rows.
pub fn skipped(count: u64, reason: Skip) -> String {
    if count == 1 {
        return format!("1 row was skipped: {}.", skip(reason));
    }
    format!("{count} rows were skipped: {}.", skip(reason))
}

/// Unused columns.
pub fn unused(names: &[String]) -> String {
    format!("Not used: {}.", names.join(", "))
}

/// Weekdays and weekends.
pub fn week(week: &Week) -> String {
    let unit = if week.is_by_tokens {
        "tokens"
    } else {
        "requests"
    };
    let days = |name: &str, days: &DaysOfWeek| {
        let from = days.shape.map(|shape| day::busiest(&shape));
        let from = from.map(|hour| format!(" (busiest from {hour:02}:00)"));
        // Sums of hours have rounding errors.
        let count = words::short((days.per_day * 1e6).round() / 1e6);
        format!("{name} {count} {unit} a day{}", from.unwrap_or_default())
    };
    let shape = match week.weekdays.shape {
        Some(_) => " The shape of the day is that of weekdays.",
        None => "",
    };
    let weekdays = days("Weekdays have", &week.weekdays);
    let weekend = days("weekends", &week.weekend);
    format!("{weekdays}, {weekend}.{shape}")
}

/// Share of measured requests refused with 429.
pub fn throttled(percent: f64) -> String {
    format!("Measured: providers refused {percent:.1} % of the requests with 429.")
}

/// Requests of a model.
pub fn workload(model: &str, requests: &str, input: &str, output: &str) -> String {
    format!("{model}: {requests} requests a day, {input} tokens in, {output} out.")
}

/// A merged workload.
pub fn taken_workload(said: &str) -> String {
    format!("In the link: {said}")
}

/// Error: `--merge` names a part that the file lacks.
pub fn no_such_part(part: &str, names: &[String]) -> String {
    format!(
        "--merge names “{part}”, which the file does not have: it has {}",
        names.join(", ")
    )
}

/// Error: `--merge` names a part twice.
pub fn part_twice(part: &str) -> String {
    format!("--merge names “{part}” more than once")
}

/// Error: `--merge` without parts.
pub const NO_PARTS: &str = "--merge needs at least one part: NAME=PART,PART";

/// Note: no workloads by a property.
pub fn no_workloads(by: By) -> &'static str {
    match by {
        By::Model => "The file does not tell requests and tokens of several models.",
        By::Key => "The file does not tell requests and tokens of several keys.",
        By::Tag => "The file does not tell requests and tokens of several tags.",
        By::Batch => "The file does not tell live and batch requests apart.",
    }
}

/// Flag that answers a question.
pub fn answer_by(question: Question) -> &'static str {
    match question {
        Question::DecimalMark => "Answer with --decimal-mark point or comma.",
        Question::DateOrder => "Answer with --date-order month_first or day_first.",
        Question::Columns => {
            "Answer with --column NAME=MEANING for each. A table needs timestamp, input_tokens \
             and output_tokens; a panel answered:per_second, input:per_second and so on, and \
             --time-ends where a time ends its bucket."
        }
        Question::Series => {
            "Answer with --series LABEL=VALUE:requests:per_second for each, or without labels for \
             all: --series requests:per_second."
        }
    }
}

/// A series without labels, in a list of choices.
pub const WITHOUT_LABELS: &str = "  (a series without labels)";
