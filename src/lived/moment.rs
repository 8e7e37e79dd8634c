//! One minute of the day along the path of a request.

use super::story::ratio;
use super::{Lived, Minute};
use crate::simulation::Count;

/// What passes clients, gateways and providers in one bucket.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// The bucket as it is drawn.
    pub now: Minute,
    /// Requests that a full queue turned away.
    pub refused: u64,
    /// Requests that the ready gateways can hold at once.
    pub slots: u64,
    /// Every provider in the order of the scenario.
    pub providers: Vec<Taking>,
}

/// A provider's part in one bucket.
#[derive(Debug, Clone, PartialEq)]
pub struct Taking {
    /// Its name.
    pub name: String,
    /// Calls made to it, those it refused included.
    pub calls: u64,
    /// Calls it refused for a limit.
    pub rejected: u64,
    /// Calls that ended in an error or without an answer.
    pub failed: u64,
    /// Its part of all calls that providers took.
    pub share_ratio: f64,
    /// Tokens taken of its limit, as a part of it; none where tokens are not limited.
    pub used_ratio: Option<f64>,
    /// Calls of the whole day.
    pub calls_of_day: u64,
}

impl Lived {
    /// A bucket along the path; none before the day has come that far.
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
