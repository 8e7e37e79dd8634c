//! Facts of a file, as numbers; `None` if the file lacks them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::day::{Multiplier, PerDay};
use super::flag::Flag;
use super::scenario_values::ScenarioValues;
use super::spread::Latency;

/// Facts of a file.
#[derive(Debug, Clone, Serialize)]
pub struct Facts {
    /// Key of the source.
    pub format: &'static str,
    /// Whether the file has single requests or sums.
    pub kind: &'static str,
    /// Width of the file's own buckets, seconds.
    pub width_s: f64,
    /// Numbers of rows.
    pub rows: Rows,
    /// Period that the file covers.
    pub period: Period,
    /// Numbers of buckets in the period.
    pub buckets: BucketCounts,
    /// Requests by outcome.
    pub requests: Requests,
    /// Tokens.
    pub tokens: TokenSums,
    /// Sums by model; the unknown one is last.
    pub models: Vec<Model>,
    /// Means per request.
    pub mean_per_request: Means,
    /// Live requests and tokens per bucket.
    pub per_bucket: PerBucket,
    /// The busiest minute.
    pub peak_minute: Peaks,
    /// Daily values.
    pub per_day: PerDay,
    /// Busiest bucket over the daily mean.
    pub peak_multiplier: Multiplier,
    /// Index of dispersion of the counts.
    pub burstiness: Burstiness,
    /// Rate of each hour of the day, UTC, over the daily mean.
    pub shape_utc: Option<[f64; 24]>,
    /// Growth per month, percent, if there are eight weeks of days.
    pub growth_percent_per_month: Option<f64>,
    /// Time to the whole answer.
    pub latency_s: Option<Latency>,
    /// Time to the first token.
    pub ttft_s: Option<Latency>,
    /// Throttled requests over live ones.
    pub throttled_share: Option<f64>,
    /// Values for a scenario, by link key.
    pub scenario: ScenarioValues,
    /// Remarks on the file.
    pub flags: Vec<Flag>,
}

/// Rows of a file.
#[derive(Debug, Clone, Serialize)]
pub struct Rows {
    /// Rows that count.
    pub read: u64,
    /// Skipped rows, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
}

/// A period.
#[derive(Debug, Clone, Serialize)]
pub struct Period {
    /// First instant, UTC.
    pub from: String,
    /// End, UTC.
    pub to: String,
    /// Length, seconds.
    pub seconds: f64,
}

/// Numbers of buckets in a period.
#[derive(Debug, Clone, Serialize)]
pub struct BucketCounts {
    /// Buckets from the first to the last.
    pub expected: usize,
    /// Buckets that the file mentions.
    pub present: usize,
    /// Buckets that may be lost.
    pub missing: usize,
}

/// Requests by outcome.
#[derive(Debug, Clone, Serialize)]
pub struct Requests {
    /// Live and batch requests.
    pub all: Option<f64>,
    /// All requests without batches.
    pub live: Option<f64>,
    /// Requests that a provider answered.
    pub answered: Option<f64>,
    /// Requests that failed; some sources count them apart.
    pub failed: Option<f64>,
    /// Requests refused with 429.
    pub throttled: Option<f64>,
    /// Requests refused by the gateway's policy.
    pub blocked: Option<f64>,
    /// Requests answered from the gateway's own cache.
    pub gateway_hits: Option<f64>,
    /// Requests sent through the batch interface.
    pub batch: Option<f64>,
    /// Requests with tokens, the divisor of the means.
    pub with_tokens: Option<f64>,
}

/// Sums of tokens.
#[derive(Debug, Clone, Serialize)]
pub struct TokenSums {
    /// Input tokens, each counted once.
    pub input: Option<f64>,
    /// Input tokens from a provider's cache.
    pub cached: Option<f64>,
    /// Input tokens written to a provider's cache.
    pub cache_write: Option<f64>,
    /// Output tokens, reasoning included.
    pub output: Option<f64>,
    /// Tokens of unknown kind, in no other sum.
    pub unclassified: Option<f64>,
    /// Tokens of batch requests.
    pub batch: Option<BatchTokens>,
    /// Tokens answered from the gateway's own cache.
    pub at_gateway: Option<GatewayTokens>,
}

/// Tokens of batch requests.
#[derive(Debug, Clone, Serialize)]
pub struct BatchTokens {
    /// Input tokens.
    pub input: f64,
    /// Input tokens from a provider's cache.
    pub cached: Option<f64>,
    /// Output tokens.
    pub output: f64,
}

/// Tokens that did not reach a provider.
#[derive(Debug, Clone, Serialize)]
pub struct GatewayTokens {
    /// Input tokens.
    pub input: f64,
    /// Output tokens.
    pub output: f64,
}

/// Sums of a model.
#[derive(Debug, Clone, Serialize)]
pub struct Model {
    /// Name in the source; `None` if unknown.
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

/// Means per request.
#[derive(Debug, Clone, Serialize)]
pub struct Means {
    /// Input tokens.
    pub input: Option<f64>,
    /// Output tokens.
    pub output: Option<f64>,
    /// Cached over input tokens.
    pub cached_share: Option<f64>,
}

/// Live requests and tokens per bucket.
#[derive(Debug, Clone, Serialize)]
pub struct PerBucket {
    /// Width of the buckets, seconds.
    pub width_s: f64,
    /// Number of buckets that count.
    pub buckets: usize,
    /// Requests.
    pub requests: Option<Spread>,
    /// Tokens.
    pub tokens: Option<Spread>,
}

/// Mean and quantiles.
#[derive(Debug, Clone, Serialize)]
pub struct Spread {
    /// Mean.
    pub mean: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
    /// Maximum.
    pub max: f64,
}

/// The busiest minute, by requests and by tokens.
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
    /// Requests or tokens in it.
    pub value: f64,
    /// Whether it is a lower bound.
    pub at_least: bool,
    /// First instant.
    pub at: String,
}

/// Index of dispersion of the counts; it grows with the width.
#[derive(Debug, Clone, Serialize)]
pub struct Burstiness {
    /// Width of the buckets, seconds.
    pub width_s: f64,
    /// About the overall mean.
    pub raw: Option<f64>,
    /// About the mean of each hour of the day.
    pub shape_removed: Option<f64>,
}
