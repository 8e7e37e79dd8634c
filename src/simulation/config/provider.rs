//! Providers, their limits, and calls to them.

use super::quota::{Counting, QuotaUse, Scope};

/// A provider and its limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// Share of the first calls, relative to the other weights.
    pub weight: u32,
    /// Place in the order: requests go to the first place; those it refuses for a limit spill to
    /// the next.
    pub order: u32,
    /// Request limit per minute, if any.
    pub rpm: Option<u64>,
    /// Token limit per minute, if any.
    pub tpm: Option<u64>,
    /// Refill time that a full bucket holds.
    pub burst_ms: u64,
    /// Counting of tokens.
    pub counting: Counting,
    /// Maximum accepted calls in flight, if limited.
    pub max_in_flight: Option<u32>,
    /// Index of the provider that shares this limit of calls in flight, if one does.
    pub at_once_with: Option<u32>,
    /// The gateway's own limit for this provider.
    pub gateway_limit: Option<OwnLimit>,
    /// Whether the provider refuses each client's requests for their size; empty if it refuses
    /// none.
    pub too_large: Vec<bool>,
    /// Quotas that its calls count towards.
    pub quotas: Vec<QuotaUse>,
    /// Outages.
    pub outages: Vec<ProviderOutage>,
    /// Periods of slower answers.
    pub slowdowns: Vec<Slowdown>,
    /// Time until an error.
    pub fail_ms: u64,
    /// Time until a refusal.
    pub reject_ms: u64,
    /// Random failures per million calls.
    pub failure_ppm: u32,
    /// Time to the first token.
    pub ttft_ms: u64,
    /// Output tokens per second.
    pub tokens_per_s: f64,
}

impl Default for Provider {
    fn default() -> Self {
        Self {
            weight: 1,
            order: 0,
            rpm: None,
            tpm: None,
            burst_ms: 60_000,
            counting: Counting::Reserve,
            max_in_flight: None,
            at_once_with: None,
            too_large: Vec::new(),
            gateway_limit: None,
            quotas: Vec::new(),
            outages: Vec::new(),
            slowdowns: Vec::new(),
            fail_ms: 0,
            reject_ms: 0,
            failure_ppm: 0,
            ttft_ms: 0,
            tokens_per_s: 1_000.0,
        }
    }
}

/// The gateway's own rate limit for a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnLimit {
    /// Request limit per minute, if any.
    pub rpm: Option<u64>,
    /// Token limit per minute, if any.
    pub tpm: Option<u64>,
    /// Refill time that a full bucket holds.
    pub burst_ms: u64,
    /// Counting of tokens.
    pub counting: Counting,
    /// Scope: per pod or shared.
    pub scope: Scope,
    /// Treatment of a call without room.
    pub action: Action,
}

impl Default for OwnLimit {
    fn default() -> Self {
        Self {
            rpm: None,
            tpm: None,
            burst_ms: 60_000,
            counting: Counting::Settle,
            scope: Scope::Pod,
            action: Action::Reject,
        }
    }
}

/// Treatment of a call that exceeds the gateway's own limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Rejects it, as a provider's refusal would.
    Reject,
    /// Delays it until there is room.
    Pace,
}

/// A provider outage; the end is exclusive, and calls are judged by their start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProviderOutage {
    /// Start.
    pub from_ms: u64,
    /// End.
    pub to_ms: u64,
    /// Kind of failure.
    pub kind: OutageKind,
    /// End of a hanging call where calls have no timeout; never if absent.
    pub over_ms: Option<u64>,
}

/// A period of slower answers; the end is exclusive, and calls are judged by their start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slowdown {
    /// Start.
    pub from_ms: u64,
    /// End.
    pub to_ms: u64,
    /// Answer time, thousandths of the usual.
    pub permille: u32,
}

/// Failure of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutageKind {
    /// Calls end in an error.
    Fail,
    /// Calls hang.
    Hang,
}

/// Retries, timeouts and breaker of calls to providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calls {
    /// Maximum calls per request.
    pub attempts: u32,
    /// Failover to other providers.
    pub failover: Failover,
    /// Backoff before all providers are tried again.
    pub delay_ms: u64,
    /// Growth of the backoff per round.
    pub factor: u64,
    /// Maximum backoff.
    pub max_delay_ms: u64,
    /// Timeout of a call, if any.
    pub timeout_ms: Option<u64>,
    /// Circuit breaker, if any.
    pub breaker: Option<Breaker>,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            attempts: 1,
            failover: Failover::Ordered,
            delay_ms: 500,
            factor: 2,
            max_delay_ms: 10_000,
            timeout_ms: None,
            breaker: None,
        }
    }
}

/// Failover to providers other than the primary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failover {
    /// To the heaviest first.
    Ordered,
    /// No failover.
    None,
}

/// Circuit breaker of a pod for each provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// Failures in a row that open it.
    pub failures: u32,
    /// Time after the first call to a failed provider at which it opens; `None` if only failures in
    /// a row open it.
    pub trip_ms: Option<u64>,
    /// Time for which it stays open.
    pub open_ms: u64,
    /// Probes in the half-open state; all must succeed to close it.
    pub probes: u32,
}
