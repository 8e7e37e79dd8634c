//! What a run is made of.

use crate::model::ModelError;

/// A provider and its limits; a limit that is absent does not bind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its part in the round, relative to the others'.
    pub weight: u32,
    /// Requests a minute.
    pub requests_per_min: Option<u64>,
    /// Tokens a minute.
    pub tokens_per_min: Option<u64>,
    /// How much refill a full bucket holds.
    pub burst_ns: u64,
    /// When it takes nothing, `from..to`, in order; its buckets refill all the same.
    pub down_ns: Vec<(u64, u64)>,
}

/// What a request turns out to have used, and when that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settlement {
    /// Tokens used, more or less than were reserved.
    pub actual_tokens: u64,
    /// Time from sending to settling.
    pub latency_ns: u64,
}

/// A request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// When it arrives.
    pub at_ns: u64,
    /// Tokens to reserve for it.
    pub tokens: u64,
    /// Whether the reservation is corrected later.
    pub settlement: Option<Settlement>,
}

/// What happens to a request that its provider cannot take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failover {
    /// It waits for that provider.
    None,
    /// Any other that is up may take it, the heaviest first.
    Ordered,
}

/// What happens when the queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overflow {
    /// The request that arrives is turned away.
    RejectNew,
    /// The request that has waited longest is turned away.
    DropOldest,
}

/// Everything a run is made of; its length bounds the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Who takes requests.
    pub providers: Vec<Provider>,
    /// What arrives, in order of time.
    pub requests: Vec<Request>,
    /// What happens to a request that its provider cannot take.
    pub failover: Failover,
    /// Requests that may wait.
    pub queue_max: u32,
    /// What happens when as many wait.
    pub overflow: Overflow,
    /// How long a request waits before it leaves, if it ever does.
    pub timeout_ns: Option<u64>,
}

impl Config {
    /// Whether requests and outages are in order of time.
    pub(super) fn check_order(&self) -> Result<(), ModelError> {
        let arrivals = self.requests.iter().map(|request| request.at_ns);
        in_order("arrival before an earlier one", arrivals)?;
        for provider in &self.providers {
            let ends = provider.down_ns.iter().flat_map(|(from, to)| [*from, *to]);
            in_order("outage before an earlier one", ends)?;
        }
        Ok(())
    }
}

fn in_order(
    what: &'static str,
    moments_ns: impl IntoIterator<Item = u64>,
) -> Result<(), ModelError> {
    let mut last = 0;
    for moment in moments_ns {
        if moment < last {
            return Err(ModelError::OutOfDomain {
                input: what,
                value: moment as f64 / 1e9,
            });
        }
        last = moment;
    }
    Ok(())
}
