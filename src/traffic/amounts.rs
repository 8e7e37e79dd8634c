//! Requests and tokens of a minute.

use serde::{Deserialize, Serialize};

use super::series::Bucket;

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
