//! Who answers, under which limits, and how they are called.

use super::quota::{Counting, QuotaUse, Scope};

/// A provider and its limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// Its part of the first calls, relative to the others'.
    pub weight: u32,
    /// Its place: requests go to the first, and what one place refuses for a limit to the next.
    pub order: u32,
    /// Requests a minute, if limited.
    pub rpm: Option<u64>,
    /// Tokens a minute, if limited.
    pub tpm: Option<u64>,
    /// Refill that a full bucket holds.
    pub burst_ms: u64,
    /// How tokens are counted.
    pub counting: Counting,
    /// Accepted calls under way at once, if limited.
    pub max_in_flight: Option<u32>,
    /// The provider, by place, under whose count of such calls its own are, where one limit holds
    /// both.
    pub at_once_with: Option<u32>,
    /// The gateway's own limit for it.
    pub gateway_limit: Option<OwnLimit>,
    /// Whether it refuses a client's requests for their size alone, client by client; none where
    /// it refuses nobody's.
    pub too_large: Vec<bool>,
    /// The quotas that its calls count towards.
    pub quotas: Vec<QuotaUse>,
    /// When it fails.
    pub outages: Vec<ProviderOutage>,
    /// When its answers take longer.
    pub slowdowns: Vec<Slowdown>,
    /// Time that an error takes.
    pub fail_ms: u64,
    /// Time that a refusal takes.
    pub reject_ms: u64,
    /// Calls that fail by chance, in a million.
    pub failure_ppm: u32,
    /// Time to the first token.
    pub ttft_ms: u64,
    /// Output tokens a second.
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

/// What a gateway holds back before it reaches a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnLimit {
    /// Requests a minute, if limited.
    pub rpm: Option<u64>,
    /// Tokens a minute, if limited.
    pub tpm: Option<u64>,
    /// Refill that a full bucket holds.
    pub burst_ms: u64,
    /// How tokens are counted.
    pub counting: Counting,
    /// Whose it is.
    pub scope: Scope,
    /// What happens to a call without room.
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

/// What happens to a call that finds no room in the gateway's own limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// It fails as if refused.
    Reject,
    /// It is made when there is room.
    Pace,
}

/// A time in which a provider fails, its end left out; judged when a call begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProviderOutage {
    /// From when.
    pub from_ms: u64,
    /// To when.
    pub to_ms: u64,
    /// How.
    pub kind: OutageKind,
    /// When a call that hangs is over, where calls have no time-out; else never.
    pub over_ms: Option<u64>,
}

/// A time in which answers take longer, its end left out; judged when a call begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slowdown {
    /// From when.
    pub from_ms: u64,
    /// To when.
    pub to_ms: u64,
    /// Time of an answer, thousandths of the usual.
    pub permille: u32,
}

/// How a provider fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutageKind {
    /// With an error.
    Fail,
    /// Without an answer.
    Hang,
}

/// How calls to providers are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calls {
    /// Calls for one request, at most.
    pub attempts: u32,
    /// Whether other providers are tried.
    pub failover: Failover,
    /// Time before all are tried again.
    pub delay_ms: u64,
    /// By how much it grows with each further round.
    pub factor: u64,
    /// Longest time before a round.
    pub max_delay_ms: u64,
    /// Time after which a call is given up, if ever.
    pub timeout_ms: Option<u64>,
    /// The breaker, if there is one.
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

/// Whether a request goes to another provider than its primary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failover {
    /// Yes, the heaviest first.
    Ordered,
    /// No.
    None,
}

/// When a pod stops calling a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// Failures in a row that open it.
    pub failures: u32,
    /// Time after the first call to a provider that has failed for good, at which it is open; none
    /// where failures in a row alone open it.
    pub trip_ms: Option<u64>,
    /// How long it stays open.
    pub open_ms: u64,
    /// Calls that try again, and must succeed to close it.
    pub probes: u32,
}
