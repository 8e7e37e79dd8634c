//! The busiest minutes of a file: enough to judge any limit that is near.

use serde::{Deserialize, Serialize};

use super::measure::instant;
use super::observed::{Known, Observed};
use super::series::Bucket;

/// Maximum number of minutes kept.
pub const KEPT_MOST: usize = 500;

/// A minute, or a longer bucket scaled to a minute. Serialized as a list, which halves its size;
/// deserialized from a list or from the object of older versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "(String, f64, f64)")]
pub struct Minute {
    /// First instant, in shown form.
    pub at: String,
    /// Requests per minute that reached a provider, including those it refused.
    pub requests: f64,
    /// Tokens per minute.
    pub tokens: f64,
}

impl From<Minute> for (String, f64, f64) {
    fn from(minute: Minute) -> Self {
        (minute.at, minute.requests, minute.tokens)
    }
}

/// The busiest minutes; each list is in descending order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Busiest {
    /// Width of a bucket, minutes.
    pub bucket_min: f64,
    /// Whether a minute may have been busier: minutes are missing, or a bucket spans several.
    #[serde(default)]
    pub is_at_least: bool,
    /// Number of buckets that count.
    pub buckets: usize,
    /// Live requests of all buckets.
    pub requests: f64,
    /// Live requests that the gateway answered or refused itself.
    #[serde(default)]
    pub at_gateway: f64,
    /// Tokens of all buckets.
    pub tokens: f64,
    /// Busiest minutes by requests.
    pub by_requests: Vec<Minute>,
    /// Busiest minutes by tokens.
    pub by_tokens: Vec<Minute>,
}

/// The busiest minutes; empty if buckets are longer than an hour.
pub(crate) fn busiest(of: &Observed) -> Busiest {
    let series = &of.series;
    let bucket_min = series.width_s() / 60.0;
    if !(0.0 < bucket_min && bucket_min <= 60.0) {
        return Busiest::default();
    }
    let top = |is_known: bool, quantity: fn(&Bucket) -> f64| {
        let mut buckets: Vec<&Bucket> = Vec::new();
        if is_known {
            buckets.extend(series.buckets.iter().filter(|it| 0.0 < quantity(it)));
        }
        // The sort is stable: of equal minutes the first comes first.
        buckets.sort_by(|a, b| quantity(b).total_cmp(&quantity(a)));
        buckets.truncate(KEPT_MOST);
        let minute = |bucket: &&Bucket| Minute {
            at: instant(of, bucket.start_ns),
            requests: bucket.reached() / bucket_min,
            tokens: bucket.live_tokens / bucket_min,
        };
        buckets.iter().map(minute).collect()
    };
    // A limit counts input and output, of which a file may have one only.
    let has_both = of.known.has(Known::INPUT) && of.known.has(Known::OUTPUT);
    let sum = |quantity: fn(&Bucket) -> f64| series.buckets.iter().map(quantity).sum();
    Busiest {
        bucket_min,
        is_at_least: series.is_peak_at_least(),
        buckets: series.count(),
        requests: sum(|bucket| bucket.live),
        at_gateway: sum(|bucket| bucket.at_gateway),
        tokens: sum(|bucket| bucket.live_tokens),
        by_requests: top(of.has_requests(), Bucket::reached),
        by_tokens: top(has_both, |bucket| bucket.live_tokens),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_read_as_it_was_written_before() {
        let minute = Minute {
            at: "2026-10-05T09:00:00Z".to_owned(),
            requests: 3.0,
            tokens: 120.0,
        };
        let written = serde_json::to_string(&minute).unwrap_or_default();
        assert_eq!(written, r#"["2026-10-05T09:00:00Z",3.0,120.0]"#);
        let before = r#"{"at":"2026-10-05T09:00:00Z","requests":3.0,"tokens":120.0}"#;
        for text in [written.as_str(), before] {
            assert_eq!(
                serde_json::from_str::<Minute>(text).ok().as_ref(),
                Some(&minute)
            );
        }
    }
}
