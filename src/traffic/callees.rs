//! Minutes of each model called, where a file tells several.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::buckets::Buckets;
use super::sellers::Sellers;
use super::series::{Bucket, Series};

/// Maximum sums kept, of one model in one bucket each; a file with more tells no model's minutes.
const CELLS_MOST: usize = 600_000;

/// Requests and tokens of a minute, or of another span. Serialized as a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(into = "[f64; 4]", from = "[f64; 4]")]
pub struct Amounts {
    /// Requests that reached a provider, including those it refused.
    pub requests: f64,
    /// Input and output tokens.
    pub tokens: f64,
    /// Output tokens among them.
    pub output: f64,
    /// Input tokens among them from a provider's cache.
    pub cached: f64,
}

impl From<Amounts> for [f64; 4] {
    fn from(of: Amounts) -> Self {
        [of.requests, of.tokens, of.output, of.cached]
    }
}

impl From<[f64; 4]> for Amounts {
    fn from([requests, tokens, output, cached]: [f64; 4]) -> Self {
        Self {
            requests,
            tokens,
            output,
            cached,
        }
    }
}

impl Amounts {
    /// Live requests of a bucket that reached a provider, and their tokens.
    pub(crate) fn of(bucket: &Bucket) -> Self {
        Self {
            requests: bucket.reached(),
            tokens: bucket.live_tokens,
            output: bucket.live_output,
            cached: bucket.live_cached,
        }
    }

    /// Input tokens.
    pub fn input(&self) -> f64 {
        (self.tokens - self.output).max(0.0)
    }

    /// Adds others.
    pub fn add(&mut self, other: &Self) {
        self.requests += other.requests;
        self.tokens += other.tokens;
        self.output += other.output;
        self.cached += other.cached;
    }

    /// The same for a span so many times as long.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        Self {
            requests: self.requests * factor,
            tokens: self.tokens * factor,
            output: self.output * factor,
            cached: self.cached * factor,
        }
    }
}

/// Amounts of each callee by the index of the stored bucket.
pub(crate) type Callees = BTreeMap<u16, BTreeMap<usize, Amounts>>;

/// Sums by callee and bucket of the series; empty if there are too many.
pub(crate) fn callees(series: &Series, each: impl Iterator<Item = (u16, Bucket)>) -> Callees {
    let mut callees = Callees::new();
    let mut cells = 0;
    for (callee, sums) in each {
        let Some(at) = series.bucket_at(sums.start_ns) else {
            continue;
        };
        let minutes = callees.entry(callee).or_default();
        let before = minutes.len();
        minutes.entry(at).or_default().add(&Amounts::of(&sums));
        cells += minutes.len() - before;
        if CELLS_MOST < cells {
            return Callees::new();
        }
    }
    callees
}

/// The same of sums of models; none if a model was called at several providers, which such sums do
/// not tell apart.
pub(crate) fn callees_of_models(buckets: &Buckets, sellers: &Sellers, series: &Series) -> Callees {
    let numbers = sellers.by_model().unwrap_or_default();
    let each = buckets.by_model();
    let each = each.filter_map(|(model, sums)| Some((*numbers.get(&model)?, sums)));
    callees(series, each)
}
