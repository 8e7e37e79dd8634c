//! The question: the document a reader edits, its ranges, presets and link.
//!
//! Units here are the friendly ones a reader types (percent, milliseconds, requests per minute);
//! `plan` converts them once. Links, undo, presets and tests treat it as one value.

mod costs;
pub mod day;
pub mod day_shape;
pub mod defaults;
pub mod edit;
pub mod file;
pub mod guess;
pub mod happening;
mod limits;
pub mod link;
pub mod names;
pub mod number;
pub mod property;
pub mod provider;
pub mod scaling;
mod target;
pub mod validate;
pub mod view;
mod what_if;
mod words;

pub use costs::Costs;
pub use day::{Day, Goals};
pub use day_shape::{DayShape, ShapeProblem};
pub use edit::Edit;
pub use link::Link;
pub use property::Ranges;
pub use provider::{Limits, Prices, Provider, Unit};
pub use scaling::{List, LoadMetric, PodSchedule, ScalingPolicy};
pub use view::{Answer, Theme, View};
pub use what_if::WhatIf;
pub use words::{Cleanup, EventKind, Kubernetes, Leaving, Overflow, Period, Scope, Select};

use crate::model::burst::dispersion_over;
use crate::model::queueing::Routing;

/// All inputs of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Display name; may be empty.
    pub name: String,
    /// Load on the models; never empty.
    pub workloads: Vec<Workload>,
    /// Distribution of the requests over time.
    pub traffic: Traffic,
    /// Providers; never empty.
    pub providers: Vec<Provider>,
    /// Gateways and autoscaler.
    pub gateway: Gateway,
    /// The control plane's API.
    pub control_plane: ControlPlane,
    /// Stored events.
    pub storage: Storage,
    /// Database connections.
    pub database: Database,
    /// Unit prices of the infrastructure.
    pub costs: Costs,
    /// Seed of the draws for ranges.
    pub draw_seed: u32,
    /// Ranges of the scenario's own numbers.
    pub ranges: Ranges,
    /// The simulated day.
    pub day: Day,
}

/// One kind of request.
#[derive(Debug, Clone, PartialEq)]
pub struct Workload {
    /// Stable id of the row; not part of the link.
    pub id: u32,
    /// Display name.
    pub name: String,
    /// Key of the guide's profile that filled it in.
    pub profile: Option<String>,
    /// Requests per `period`.
    pub requests: f64,
    /// Period of `requests`.
    pub period: Period,
    /// Mean concurrent users over the day, each with `requests`; 1 if `requests` counts all users.
    pub users: f64,
    /// Mean input tokens per request.
    pub input_tokens: f64,
    /// Mean output tokens per request.
    pub output_tokens: f64,
    /// Share of the input in the provider's cache, percent.
    pub cached_percent: f64,
    /// Share of the input written into the provider's cache, percent.
    pub cache_write_percent: f64,
    /// `max_tokens` sent with a request; the mean output if absent.
    pub max_output_tokens: Option<f64>,
    /// Requests to the gateway per one of `requests`, as by an agent's steps.
    pub calls: f64,
    /// Share answered by the gateway's response cache, percent.
    pub cache_hit_percent: f64,
    /// Share of the rest that uses the providers' batch interface, percent.
    pub batch_percent: f64,
    /// Target ids of the allowed providers, joined by `/`; all if absent.
    pub to: Option<String>,
    /// Correlation of input and output tokens if both are ranges, −1 to 1.
    pub token_correlation: f64,
    /// Ranges of the workload's numbers.
    pub ranges: Ranges,
}

impl Workload {
    /// Client requests per day.
    pub fn asked_per_day(&self) -> f64 {
        self.requests * self.period.per_day() * self.users
    }

    /// Requests per day at the gateway, including those that client requests set off.
    pub fn requests_per_day(&self) -> f64 {
        self.asked_per_day() * self.calls
    }

    /// Share of requests that go to a provider directly: neither from the gateway's cache nor in a
    /// batch.
    pub fn direct_ratio(&self) -> f64 {
        (1.0 - self.cache_hit_percent / 100.0) * (1.0 - self.batch_percent / 100.0)
    }

    /// Share of requests that go to a provider in batches.
    pub fn batched_ratio(&self) -> f64 {
        (1.0 - self.cache_hit_percent / 100.0) * self.batch_percent / 100.0
    }
}

/// Distribution of requests over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Traffic {
    /// Peak rate over mean rate.
    pub peak_multiplier: f64,
    /// Headroom over the peak, a multiple.
    pub headroom: f64,
    /// Index of dispersion of the request counts; 1 is Poisson.
    pub burstiness: f64,
    /// Window of those counts, seconds; the time in flight if absent.
    pub burstiness_window_s: Option<f64>,
    /// Shape of the day.
    pub shape: DayShape,
    /// Growth of the load, percent per month.
    pub growth_percent: f64,
    /// Lead time for ordering capacity, days.
    pub lead_days: u32,
}

impl Traffic {
    /// Index of dispersion over a window: as entered, or its upper bound if it was counted over a
    /// shorter window.
    pub fn burstiness_over(&self, seconds: f64) -> f64 {
        self.burstiness_window_s
            .map_or(self.burstiness, |counted_s| {
                dispersion_over(seconds, self.burstiness, counted_s)
            })
    }
}

/// Gateways and autoscaler.
#[derive(Debug, Clone, PartialEq)]
pub struct Gateway {
    /// Key of the policy chain in the table of measured throughput.
    pub chain: String,
    /// Slots per instance.
    pub concurrency: u32,
    /// Routing of requests to pods.
    pub routing: Routing,
    /// Measured requests per second per instance, instead of the guide's; none if absent.
    pub rps_each: Option<f64>,
    /// Measured input and output tokens per second per instance; none if absent.
    pub tps_each: Option<f64>,
    /// Overhead of the gateway, milliseconds.
    pub overhead_ms: f64,
    /// vCPU per instance; from the guide if absent.
    pub vcpu: Option<f64>,
    /// Memory per instance, MB; from the guide if absent.
    pub memory_mb: Option<f64>,
    /// Queue length per instance.
    pub queue_max_size: u32,
    /// The behavior of a full queue.
    pub queue_overflow: Overflow,
    /// Clients' timeout for wait and answer together, seconds.
    pub client_timeout_s: f64,
    /// Maximum wait for a slot, seconds; the clients' timeout if absent.
    pub wait_most_s: Option<f64>,
    /// Target for the 99th percentile of waits at the peak, seconds; no such rule if absent.
    pub wait_target_s: Option<f64>,
    /// Zones over which pods are spread; one of them may be lost.
    pub zones: u32,
    /// Time from the creation of a pod to its first request, seconds.
    pub startup_s: f64,
    /// The behavior after a failed call.
    pub retry: Retry,
    /// The autoscaler.
    pub hpa: Hpa,
}

/// Behavior after a failed call to a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Retry {
    /// Share of calls that fail, percent.
    pub failure_percent: f64,
    /// Maximum calls per request.
    pub attempts: u32,
    /// Backoff before the second call, milliseconds; it doubles for each further one.
    pub delay_ms: f64,
    /// Time until a failing provider is taken out of the routing, seconds.
    pub trip_s: f64,
}

/// The HorizontalPodAutoscaler.
#[derive(Debug, Clone, PartialEq)]
pub struct Hpa {
    /// `minReplicas`; from the plan if absent.
    pub replicas_min: Option<u32>,
    /// `maxReplicas`; from the plan if absent.
    pub replicas_max: Option<u32>,
    /// Target CPU utilization, percent of the request; no such target if absent.
    pub cpu_percent: Option<u32>,
    /// Target CPU per pod, vCPU; no such target if absent.
    pub cpu_average: Option<f64>,
    /// Target memory utilization, percent of the request; no such target if absent.
    pub memory_percent: Option<u32>,
    /// Target memory per pod, MB; no such target if absent.
    pub memory_average_mb: Option<f64>,
    /// Target queue depth per pod; no such target if absent.
    pub queue_depth: Option<f64>,
    /// Target of requests in flight per pod; no such target if absent.
    pub in_flight: Option<f64>,
    /// Targets of other metrics than the gateway's own.
    pub metrics: List<LoadMetric>,
    /// Daily schedules for which KEDA keeps pods.
    pub schedules: List<PodSchedule>,
    /// Scale-up stabilization window, seconds.
    pub up_window_s: u32,
    /// Scale-up policy in percent per period; none if absent.
    pub up_percent: Option<u32>,
    /// Period of `up_percent`, seconds.
    pub up_period_s: u32,
    /// Scale-up policy in pods per period; none if absent.
    pub up_pods: Option<u32>,
    /// Period of `up_pods`, seconds.
    pub up_pods_period_s: u32,
    /// Further scale-up policies.
    pub up_more: List<ScalingPolicy>,
    /// Choice among the scale-up policies.
    pub up_select: Select,
    /// Tolerance above a target, percent; the cluster's if absent.
    pub up_tolerance_percent: Option<f64>,
    /// Scale-down stabilization window, seconds.
    pub down_window_s: u32,
    /// Scale-down policy in percent per period; none if absent.
    pub down_percent: Option<u32>,
    /// Period of `down_percent`, seconds.
    pub down_period_s: u32,
    /// Scale-down policy in pods per period; none if absent.
    pub down_pods: Option<u32>,
    /// Period of `down_pods`, seconds.
    pub down_pods_period_s: u32,
    /// Further scale-down policies.
    pub down_more: List<ScalingPolicy>,
    /// Choice among the scale-down policies.
    pub down_select: Select,
    /// Tolerance below a target, percent; the cluster's if absent.
    pub down_tolerance_percent: Option<f64>,
    /// Version of the cluster, which decides validity.
    pub kubernetes: Kubernetes,
}

/// The control plane: API and PostgreSQL.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPlane {
    /// Small, Medium or Large; from the plan if absent.
    pub size: Option<String>,
    /// Replicas of the API; those of the size if absent.
    pub api_replicas: Option<u32>,
    /// Size that the API's machines are taken from; `size` if absent. Not an input: set for a
    /// deployed plan that chose a larger size for the disk.
    pub api_size: Option<&'static str>,
}

/// Stored events.
#[derive(Debug, Clone, PartialEq)]
pub struct Storage {
    /// Content of an event.
    pub event_kind: EventKind,
    /// Bytes per event, if its kind does not determine them.
    pub event_bytes: f64,
    /// Removal of old events.
    pub cleanup: Cleanup,
    /// Dead rows left by deletes until vacuum, percent of the live ones.
    pub dead_percent: f64,
    /// Retention of events, days.
    pub retention_days: u32,
    /// Copies, the first one included.
    pub copies: u32,
    /// Retention of the pack's audit log, days.
    pub audit_retention_days: u32,
}

/// Database connections.
#[derive(Debug, Clone, PartialEq)]
pub struct Database {
    /// Processes per API replica, each with its own pool.
    pub processes: u32,
    /// Temporary connections of a process beyond its pool.
    pub pool_overflow: u32,
    /// Connections of a pooler in front of the server; no pooler if absent.
    pub pooler_connections: Option<u32>,
    /// Pool size per process.
    pub connections_per_replica: u32,
    /// Background workers.
    pub workers: u32,
    /// Connections per worker.
    pub connections_per_worker: u32,
    /// Connections per gateway; the guide's open none.
    pub connections_per_gateway: u32,
    /// Surge of a rolling update, percent of the replicas.
    pub surge_percent: f64,
    /// Surge of a rolling update in pods; `surge_percent` if absent.
    pub surge_pods: Option<u32>,
    /// Spare connections.
    pub headroom: u32,
    /// `max_connections` in the API's configuration; the plan's choice if absent.
    pub max_connections: Option<u32>,
    /// `max_connections` of the PostgreSQL server.
    pub server_max_connections: u32,
}

macro_rules! ranged {
    ($($owner:ty),*) => {
        $(
            impl property::Ranged for $owner {
                fn ranges(&self) -> &Ranges {
                    &self.ranges
                }
                fn ranges_mut(&mut self) -> &mut Ranges {
                    &mut self.ranges
                }
            }
        )*
    };
}

ranged!(Scenario, Workload, Provider);

impl Scenario {
    /// Whether any range was entered.
    pub fn has_ranges(&self) -> bool {
        let rows = self.workloads.iter().map(|row| &row.ranges);
        let rows = rows.chain(self.providers.iter().map(|row| &row.ranges));
        !self.ranges.is_empty() || rows.into_iter().any(|ranges| !ranges.is_empty())
    }

    /// The workload with this id.
    pub fn workload(&self, id: u32) -> Option<&Workload> {
        self.workloads.iter().find(|workload| workload.id == id)
    }

    /// The workload with this id, mutable.
    pub fn workload_mut(&mut self, id: u32) -> Option<&mut Workload> {
        self.workloads.iter_mut().find(|workload| workload.id == id)
    }

    /// The provider with this id.
    pub fn provider(&self, id: u32) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// The provider with this id, mutable.
    pub fn provider_mut(&mut self, id: u32) -> Option<&mut Provider> {
        self.providers.iter_mut().find(|provider| provider.id == id)
    }

    /// An unused row id.
    pub fn next_id(&self) -> u32 {
        let workloads = self.workloads.iter().map(|workload| workload.id);
        let providers = self.providers.iter().map(|provider| provider.id);
        workloads
            .chain(providers)
            .max()
            .unwrap_or(0)
            .saturating_add(1)
    }
}
