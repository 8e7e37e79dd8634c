//! What a file says, as numbers. A value that it cannot give is `None`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::day::{Multiplier, PerDay};
use super::flag::Flag;
use super::scenario_values::ScenarioValues;
use super::spread::Latency;

/// What a file says.
#[derive(Debug, Clone, Serialize)]
pub struct Facts {
    /// Key of the source.
    pub format: &'static str,
    /// Whether the file has single requests or sums.
    pub kind: &'static str,
    /// Width of the file's own buckets, in seconds.
    pub width_s: f64,
    /// Rows.
    pub rows: Rows,
    /// The time of which the file speaks.
    pub period: Period,
    /// Buckets in that time.
    pub buckets: BucketCounts,
    /// Requests by their end.
    pub requests: Requests,
    /// Tokens.
    pub tokens: TokenSums,
    /// The same by model; the unknown one is last.
    pub models: Vec<Model>,
    /// Means of a request.
    pub mean_per_request: Means,
    /// Live requests and tokens of a bucket.
    pub per_bucket: PerBucket,
    /// The busiest minute.
    pub peak_minute: Peaks,
    /// Values of a day.
    pub per_day: PerDay,
    /// The busiest bucket over the mean of the day.
    pub peak_multiplier: Multiplier,
    /// Variance over mean of the counts.
    pub burstiness: Burstiness,
    /// Rate of each hour of the day, UTC, over the mean of the day.
    pub shape_utc: Option<[f64; 24]>,
    /// Growth of a month, in percent, from eight weeks of days on.
    pub growth_percent_per_month: Option<f64>,
    /// Time to the whole answer.
    pub latency_s: Option<Latency>,
    /// Time to the first token.
    pub ttft_s: Option<Latency>,
    /// Throttled over live requests.
    pub throttled_share: Option<f64>,
    /// Values of a scenario, by the keys of a link.
    pub scenario: ScenarioValues,
    /// What to know about the file.
    pub flags: Vec<Flag>,
}

/// Rows of a file.
#[derive(Debug, Clone, Serialize)]
pub struct Rows {
    /// Rows that count.
    pub read: u64,
    /// Rows that count nowhere, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
}

/// A span of time.
#[derive(Debug, Clone, Serialize)]
pub struct Period {
    /// Its first instant, UTC.
    pub from: String,
    /// Its end.
    pub to: String,
    /// Its length.
    pub seconds: f64,
}

/// Buckets of a period.
#[derive(Debug, Clone, Serialize)]
pub struct BucketCounts {
    /// From the first to the last.
    pub expected: usize,
    /// Of which the file speaks.
    pub present: usize,
    /// That may be lost.
    pub missing: usize,
}

/// Requests by their end.
#[derive(Debug, Clone, Serialize)]
pub struct Requests {
    /// Live and batch.
    pub all: Option<f64>,
    /// All but batch.
    pub live: Option<f64>,
    /// Answered by a provider.
    pub answered: Option<f64>,
    /// Ended in an error; some sources count these apart from the others.
    pub failed: Option<f64>,
    /// Refused with 429.
    pub throttled: Option<f64>,
    /// Refused by the gateway's policy.
    pub blocked: Option<f64>,
    /// Answered from the gateway's own cache.
    pub gateway_hits: Option<f64>,
    /// Sent through the batch interface.
    pub batch: Option<f64>,
    /// With tokens: the divisor of the means.
    pub with_tokens: Option<f64>,
}

/// Sums of tokens.
#[derive(Debug, Clone, Serialize)]
pub struct TokenSums {
    /// Each input token once.
    pub input: Option<f64>,
    /// Of these from a provider's cache.
    pub cached: Option<f64>,
    /// Of these written to a provider's cache.
    pub cache_write: Option<f64>,
    /// Output, reasoning included.
    pub output: Option<f64>,
    /// Of a kind that is not known; in no sum.
    pub unclassified: Option<f64>,
    /// Of batch requests.
    pub batch: Option<BatchTokens>,
    /// Answered from the gateway's own cache.
    pub at_gateway: Option<GatewayTokens>,
}

/// Tokens of batch requests.
#[derive(Debug, Clone, Serialize)]
pub struct BatchTokens {
    /// Input.
    pub input: f64,
    /// Of these from a provider's cache.
    pub cached: Option<f64>,
    /// Output.
    pub output: f64,
}

/// Tokens that never reached a provider.
#[derive(Debug, Clone, Serialize)]
pub struct GatewayTokens {
    /// Input.
    pub input: f64,
    /// Output.
    pub output: f64,
}

/// Sums of a model.
#[derive(Debug, Clone, Serialize)]
pub struct Model {
    /// The source's own name; `None` if it is not known.
    #[serde(rename = "model")]
    pub name: Option<String>,
    /// Requests.
    pub requests: Option<f64>,
    /// Input tokens.
    pub input: Option<f64>,
    /// Cached tokens.
    pub cached: Option<f64>,
    /// Output tokens.
    pub output: Option<f64>,
}

/// Means of a request.
#[derive(Debug, Clone, Serialize)]
pub struct Means {
    /// Input tokens.
    pub input: Option<f64>,
    /// Output tokens.
    pub output: Option<f64>,
    /// Cached over input tokens.
    pub cached_share: Option<f64>,
}

/// Live requests and tokens of a bucket.
#[derive(Debug, Clone, Serialize)]
pub struct PerBucket {
    /// Width of the buckets.
    pub width_s: f64,
    /// Buckets that count.
    pub buckets: usize,
    /// Requests.
    pub requests: Option<Spread>,
    /// Tokens.
    pub tokens: Option<Spread>,
}

/// Mean and quantiles.
#[derive(Debug, Clone, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The median.
    pub p50: f64,
    /// One in twenty is larger.
    pub p95: f64,
    /// One in a hundred is larger.
    pub p99: f64,
    /// The largest.
    pub max: f64,
}

/// The busiest minute, of requests and of tokens.
#[derive(Debug, Clone, Serialize)]
pub struct Peaks {
    /// Requests.
    pub requests: Option<Peak>,
    /// Tokens.
    pub tokens: Option<Peak>,
}

/// The busiest minute.
#[derive(Debug, Clone, Serialize)]
pub struct Peak {
    /// Requests or tokens of it.
    pub value: f64,
    /// Whether it is a lower bound.
    pub at_least: bool,
    /// Its first instant.
    pub at: String,
}

/// Variance over mean of the counts; it grows with the width.
#[derive(Debug, Clone, Serialize)]
pub struct Burstiness {
    /// Width of the buckets.
    pub width_s: f64,
    /// As it is.
    pub raw: Option<f64>,
    /// About the mean of each hour of the day.
    pub shape_removed: Option<f64>,
}
