//! Configuration of a run: every quantity is a whole number, times are in milliseconds.

mod fleet;
mod keda;
mod provider;
mod quota;
mod traffic;

pub use fleet::{
    Cpu, Further, FurtherKind, Gateway, Hpa, MetricName, MetricOutage, Metrics, Overflow, Routing,
    Target,
};
pub use keda::{Activation, Fallback, Keeps, Load, Schedule, Trigger};
pub use provider::{
    Action, Breaker, Calls, Failover, OutageKind, OwnLimit, Provider, ProviderOutage, Slowdown,
};
pub use quota::{Counted, Counting, Quota, QuotaUse, Refill, Scope, Weights};
pub use traffic::{Arrivals, Client, Planned, RandomArrivals, Regular, Resend};

use crate::model::ModelError;

/// Maximum number of providers: one bit each in a request's memory.
const PROVIDERS_MAX: usize = 32;

/// Configuration of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Length of the run.
    pub duration_ms: u64,
    /// Length of the buckets that results are reported in.
    pub bucket_ms: u64,
    /// Wait beyond which a request counts as late.
    pub late_ms: u64,
    /// Clients.
    pub clients: Vec<Client>,
    /// Arrivals of requests.
    pub arrivals: Arrivals,
    /// Providers.
    pub providers: Vec<Provider>,
    /// Quotas beside the limits of requests and tokens per minute.
    pub quotas: Vec<Quota>,
    /// The gateway's pods.
    pub gateway: Gateway,
    /// Retries, timeouts and breaker of calls to providers.
    pub calls: Calls,
    /// Collection of pod metrics.
    pub metrics: Metrics,
    /// The autoscaler, if there is one.
    pub hpa: Option<Hpa>,
    /// Scheduled events.
    pub events: Vec<Event>,
    /// Condition that ends the run early, if any.
    pub stop: Option<Stop>,
}

/// Early end of a run: the end of the bucket in which one of these counts is exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// Requests allowed to start after a late wait.
    pub late: u64,
    /// Unanswered questions allowed.
    pub lost: u64,
}

/// A scheduled change of the fleet or of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Time of the event.
    pub at_ms: u64,
    /// The change.
    pub change: Change,
}

/// Kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A zone is lost with its pods.
    ZoneLoss {
        /// The zone.
        zone: u32,
        /// Time until the API notices the loss.
        grace_ms: u64,
        /// Time from then until the pods are replaced.
        eviction_ms: u64,
    },
    /// A zone accepts pods again.
    ZoneBack {
        /// The zone.
        zone: u32,
    },
    /// A rollout replaces all pods.
    Rollout {
        /// Maximum surge above the wanted number, rounded up.
        surge: Room,
        /// Maximum unavailable pods, rounded down.
        unavailable: Room,
        /// Whether no pod is created until all old ones are gone.
        waits: bool,
    },
    /// A provider's request and token limits change; a bucket keeps its level up to its new
    /// capacity.
    Limits {
        /// Index of the provider.
        provider: u32,
        /// New limits, thousandths of the configured ones.
        permille: u32,
    },
}

/// Surge or unavailability of a rollout, relative to the wanted number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A share of the wanted number, percent.
    Percent(u32),
    /// A fixed number of pods.
    Pods(u32),
}

impl Room {
    /// Pods of a fleet of this size, in hundredths.
    pub(super) fn hundredths(self, wanted: i64) -> i64 {
        match self {
            Self::Percent(percent) => wanted * i64::from(percent),
            Self::Pods(pods) => 100 * i64::from(pods),
        }
    }
}

impl Config {
    /// Checks that a run is possible.
    ///
    /// # Errors
    ///
    /// [`ModelError::OutOfDomain`] names the input that rules a run out.
    pub fn check(&self) -> Result<(), ModelError> {
        let above_zero = [
            ("length of a bucket", self.bucket_ms),
            ("time between scrapes", self.metrics.scrape_ms),
            (
                "time between syncs",
                self.hpa.as_ref().map_or(1, |hpa| hpa.sync_ms),
            ),
            (
                "time between looks",
                self.hpa
                    .as_ref()
                    .and_then(|hpa| hpa.activation.as_ref())
                    .map_or(1, |activation| activation.polling_ms),
            ),
            ("number of zones", u64::from(self.gateway.zones)),
            ("number of clients", self.clients.len() as u64),
            ("number of providers", self.providers.len() as u64),
            ("attempts", u64::from(self.calls.attempts)),
        ];
        for (input, value) in above_zero {
            if value == 0 {
                return Err(ModelError::OutOfDomain { input, value: 0.0 });
            }
        }
        if PROVIDERS_MAX < self.providers.len() {
            return Err(ModelError::OutOfDomain {
                input: "number of providers",
                value: self.providers.len() as f64,
            });
        }
        self.arrivals.check(self.clients.len())
    }
}
