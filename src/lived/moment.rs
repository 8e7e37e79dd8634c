//! One minute of the day along the path of a request.

use super::story::ratio;
use super::{Lived, Minute};
use crate::simulation::Count;

/// Clients, gateways and providers in one bucket.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Summary of the bucket.
    pub now: Minute,
    /// Requests refused by a full queue.
    pub refused: u64,
    /// Total slots of the ready gateways.
    pub slots: u64,
    /// Providers in the order of the scenario.
    pub providers: Vec<Taking>,
}

/// A provider's calls in one bucket.
#[derive(Debug, Clone, PartialEq)]
pub struct Taking {
    /// Name of the provider.
    pub name: String,
    /// Calls, including refused ones.
    pub calls: u64,
    /// Calls refused for a limit.
    pub rejected: u64,
    /// Calls that ended in an error or without an answer.
    pub failed: u64,
    /// Share of all accepted calls.
    pub share_ratio: f64,
    /// Tokens taken over the token limit; `None` if tokens are not limited.
    pub used_ratio: Option<f64>,
    /// Calls over the whole day.
    pub calls_of_day: u64,
}

impl Lived {
    /// A bucket along the path; `None` if the day has not come that far.
    pub fn moment(&self, at: usize) -> Option<Moment> {
        let bucket = self.results.buckets.get(at)?;
        let now = Minute::of(bucket);
        let taken = bucket
            .providers
            .iter()
            .map(|each| each.calls - each.rejected);
        let all = taken.sum();
        let minutes = self.facts.bucket_ms.max(1) as f64 / 60e3;
        let upstreams = self.facts.providers.iter().zip(&bucket.providers);
        let of_day = self.results.totals.providers.iter();
        let providers = upstreams
            .zip(of_day)
            .map(|((upstream, counts), day)| Taking {
                name: upstream.name.clone(),
                calls: counts.calls,
                rejected: counts.rejected,
                failed: counts.errors + counts.timeouts,
                share_ratio: ratio(counts.calls - counts.rejected, all),
                used_ratio: upstream
                    .tpm
                    .filter(|tpm| 0 < *tpm)
                    .map(|tpm| counts.tokens.max(0) as f64 / (tpm as f64 * minutes)),
                calls_of_day: day.calls,
            });
        Some(Moment {
            now,
            refused: bucket.counts.of(Count::Refused),
            slots: u64::from(now.ready) * u64::from(self.facts.slots),
            providers: providers.collect(),
        })
    }
}
