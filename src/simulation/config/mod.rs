//! What a run is made of: every quantity is a whole number, times in milliseconds.

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

/// Providers that a request can be tried at; one bit each in a request's memory.
const PROVIDERS_MAX: usize = 32;

/// Everything a run is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Length of the run.
    pub duration_ms: u64,
    /// Length of the pieces that results are given for.
    pub bucket_ms: u64,
    /// Waits longer than this are late.
    pub late_ms: u64,
    /// Who sends.
    pub clients: Vec<Client>,
    /// What they send, when.
    pub arrivals: Arrivals,
    /// Who answers.
    pub providers: Vec<Provider>,
    /// Limits that their calls count towards beside requests and tokens a minute.
    pub quotas: Vec<Quota>,
    /// The pods and what they do.
    pub gateway: Gateway,
    /// How calls to providers are made.
    pub calls: Calls,
    /// How pods are measured.
    pub metrics: Metrics,
    /// The autoscaler, if there is one.
    pub hpa: Option<Hpa>,
    /// What happens.
    pub events: Vec<Event>,
    /// Where the run ends before its time, if anywhere.
    pub stop: Option<Stop>,
}

/// The end of a run that has shown enough: the end of the bucket in which a count is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// Most waits that may be late.
    pub late: u64,
    /// Most questions that may stay without an answer.
    pub lost: u64,
}

/// Something that happens to the fleet or to a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at_ms: u64,
    /// What.
    pub change: Change,
}

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A zone is gone with its pods.
    ZoneLoss {
        /// Which.
        zone: u32,
        /// Time until its pods are noticed.
        grace_ms: u64,
        /// Time from then until they are replaced.
        eviction_ms: u64,
    },
    /// Pods can be placed in it again.
    ZoneBack {
        /// Which.
        zone: u32,
    },
    /// All pods are replaced.
    Rollout {
        /// Pods above the wanted number, rounded up.
        surge: Room,
        /// Pods that may be missing, rounded down.
        unavailable: Room,
        /// Whether no pod is created until all old ones are gone.
        waits: bool,
    },
    /// A provider's limits of requests and tokens are changed; a bucket keeps its level, as far
    /// as it holds it.
    Limits {
        /// Its place in the list.
        provider: u32,
        /// The limits, thousandths of those given.
        permille: u32,
    },
}

/// Room of a rollout: pods beside the wanted number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A share of the wanted number, percent.
    Percent(u32),
    /// So many pods, whatever is wanted.
    Pods(u32),
}

impl Room {
    /// Pods of a fleet, in hundredths of one.
    pub(super) fn hundredths(self, wanted: i64) -> i64 {
        match self {
            Self::Percent(percent) => wanted * i64::from(percent),
            Self::Pods(pods) => 100 * i64::from(pods),
        }
    }
}

impl Config {
    /// Whether a run is possible.
    ///
    /// # Errors
    ///
    /// [`ModelError::OutOfDomain`] names what is not.
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
