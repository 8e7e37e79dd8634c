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

/// Everything a reader can say about the system.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Name for people; empty if it has none.
    pub name: String,
    /// Load on the models; never empty.
    pub workloads: Vec<Workload>,
    /// How the requests are spread over time.
    pub traffic: Traffic,
    /// Who answers; never empty.
    pub providers: Vec<Provider>,
    /// The gateways and their autoscaler.
    pub gateway: Gateway,
    /// The API behind the gateways.
    pub control_plane: ControlPlane,
    /// Stored events.
    pub storage: Storage,
    /// Database connections.
    pub database: Database,
    /// Unit prices of the infrastructure.
    pub costs: Costs,
    /// Seed of the draws, where numbers are ranges.
    pub draw_seed: u32,
    /// Ranges of its own numbers.
    pub ranges: Ranges,
    /// The day that is lived.
    pub day: Day,
}

/// One kind of request.
#[derive(Debug, Clone, PartialEq)]
pub struct Workload {
    /// Stable id of the row; not part of the link.
    pub id: u32,
    /// Name for people.
    pub name: String,
    /// Key of the guide's profile it came from.
    pub profile: Option<String>,
    /// Requests per `period`.
    pub requests: f64,
    /// The period that `requests` counts.
    pub period: Period,
    /// People at once on average over the day, each with `requests`; 1 where `requests` counts
    /// those of all.
    pub users: f64,
    /// Mean input tokens of a request.
    pub input_tokens: f64,
    /// Mean output tokens of a request.
    pub output_tokens: f64,
    /// Share of the input that the provider has cached, percent.
    pub cached_percent: f64,
    /// Share of the input that is written into the provider's cache, percent.
    pub cache_write_percent: f64,
    /// `max_tokens` sent with a request; the mean output if absent.
    pub max_output_tokens: Option<f64>,
    /// Requests to the gateway that one of `requests` sets off, as an agent's steps do.
    pub calls: f64,
    /// Share answered from the gateway's response cache, percent.
    pub cache_hit_percent: f64,
    /// Share of the rest that goes through the providers' batch interface, percent.
    pub batch_percent: f64,
    /// Target ids of the providers it may go to, joined by `/`; all of them if absent.
    pub to: Option<String>,
    /// Correlation of input and output tokens where both are ranges, −1 to 1.
    pub token_correlation: f64,
    /// Ranges of its numbers.
    pub ranges: Ranges,
}

impl Workload {
    /// Requests a day, as the clients count them.
    pub fn asked_per_day(&self) -> f64 {
        self.requests * self.period.per_day() * self.users
    }

    /// Requests a day at the gateway: each of the clients' with all it sets off.
    pub fn requests_per_day(&self) -> f64 {
        self.asked_per_day() * self.calls
    }

    /// Share of the requests that go on to a provider at once: not from the
    /// gateway's cache, and not in a batch.
    pub fn direct_ratio(&self) -> f64 {
        (1.0 - self.cache_hit_percent / 100.0) * (1.0 - self.batch_percent / 100.0)
    }

    /// Share of the requests that go to a provider in batches.
    pub fn batched_ratio(&self) -> f64 {
        (1.0 - self.cache_hit_percent / 100.0) * self.batch_percent / 100.0
    }
}

/// How requests are spread over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Traffic {
    /// Peak rate over mean rate.
    pub peak_multiplier: f64,
    /// Spare capacity over the peak.
    pub headroom: f64,
    /// Variance over mean of the request counts; 1 is Poisson.
    pub burstiness: f64,
    /// Seconds over which those counts were taken; the time of a request if absent.
    pub burstiness_window_s: Option<f64>,
    /// The day's shape.
    pub shape: DayShape,
    /// Growth of the load, percent per month.
    pub growth_percent: f64,
    /// Days between ordering capacity and having it.
    pub lead_days: u32,
}

impl Traffic {
    /// Burstiness of the request counts over so many seconds: as entered, or the most that it
    /// can be there where it was counted over less.
    pub fn burstiness_over(&self, seconds: f64) -> f64 {
        self.burstiness_window_s
            .map_or(self.burstiness, |counted_s| {
                dispersion_over(seconds, self.burstiness, counted_s)
            })
    }
}

/// The gateways and their autoscaler.
#[derive(Debug, Clone, PartialEq)]
pub struct Gateway {
    /// Key of the policy chain in the measured throughput table.
    pub chain: String,
    /// Requests one instance may hold at once.
    pub concurrency: u32,
    /// How requests reach the pods.
    pub routing: Routing,
    /// Measured requests per second of one instance, instead of the guide's; none if absent.
    pub rps_each: Option<f64>,
    /// Measured tokens per second of one instance, input and output; none if absent.
    pub tps_each: Option<f64>,
    /// Time the gateway itself adds, milliseconds.
    pub overhead_ms: f64,
    /// vCPU of an instance; the guide's row if absent.
    pub vcpu: Option<f64>,
    /// Memory of an instance, MB; the guide's row if absent.
    pub memory_mb: Option<f64>,
    /// Requests that may wait, each instance.
    pub queue_max_size: u32,
    /// The behavior of a full queue.
    pub queue_overflow: Overflow,
    /// When clients give up, waiting and answer together, seconds.
    pub client_timeout_s: f64,
    /// Longest wait for a slot, seconds; only the clients' timeout if absent.
    pub wait_most_s: Option<f64>,
    /// Wait that 99 of 100 requests are to stay within at the peak, seconds; no such
    /// rule if absent.
    pub wait_target_s: Option<f64>,
    /// Zones the pods are spread over; one of them may be lost.
    pub zones: u32,
    /// Time from creating a pod to its first request, seconds.
    pub startup_s: f64,
    /// The behavior after a failed call.
    pub retry: Retry,
    /// The autoscaler.
    pub hpa: Hpa,
}

/// The behavior after a failed call to a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Retry {
    /// Share of the calls that fail, percent.
    pub failure_percent: f64,
    /// Most calls made for one request.
    pub attempts: u32,
    /// Wait before the second call, milliseconds; it doubles with each further one.
    pub delay_ms: f64,
    /// Time until a provider that fails is taken out of the routing, seconds.
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
    /// Target CPU of each pod, vCPU; no such target if absent.
    pub cpu_average: Option<f64>,
    /// Target memory utilization, percent of the request; no such target if absent.
    pub memory_percent: Option<u32>,
    /// Target memory of each pod, MB; no such target if absent.
    pub memory_average_mb: Option<f64>,
    /// Target queue depth per pod; no such target if absent.
    pub queue_depth: Option<u32>,
    /// Target of requests in flight per pod; no such target if absent.
    pub in_flight: Option<u32>,
    /// Targets of metrics that are not the gateway's own.
    pub metrics: List<LoadMetric>,
    /// Times of the day for which KEDA keeps pods.
    pub schedules: List<PodSchedule>,
    /// Stabilization window when growing, seconds.
    pub up_window_s: u32,
    /// Growth allowed in a period, percent; no such policy if absent.
    pub up_percent: Option<u32>,
    /// That period, seconds.
    pub up_period_s: u32,
    /// Growth allowed in a period, pods; no such policy if absent.
    pub up_pods: Option<u32>,
    /// That period, seconds.
    pub up_pods_period_s: u32,
    /// Further policies for growing.
    pub up_more: List<ScalingPolicy>,
    /// Which of the policies for growing holds.
    pub up_select: Select,
    /// Deviation above a target that is left alone, percent; the cluster's if absent.
    pub up_tolerance_percent: Option<f64>,
    /// Stabilization window when shrinking, seconds.
    pub down_window_s: u32,
    /// Shrinking allowed in a period, percent; no such policy if absent.
    pub down_percent: Option<u32>,
    /// That period, seconds.
    pub down_period_s: u32,
    /// Shrinking allowed in a period, pods; no such policy if absent.
    pub down_pods: Option<u32>,
    /// That period, seconds.
    pub down_pods_period_s: u32,
    /// Further policies for shrinking.
    pub down_more: List<ScalingPolicy>,
    /// Which of the policies for shrinking holds.
    pub down_select: Select,
    /// Deviation below a target that is left alone, percent; the cluster's if absent.
    pub down_tolerance_percent: Option<f64>,
    /// The cluster's version, which decides what is valid.
    pub kubernetes: Kubernetes,
}

/// The API behind the gateways.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPlane {
    /// Small, Medium or Large; from the plan if absent.
    pub size: Option<String>,
    /// Replicas of the API; those of the size if absent.
    pub api_replicas: Option<u32>,
    /// The size whose machines the API has; those of its own if absent. Nobody enters it: a plan
    /// that is held as it is deployed has it, where it chose a larger size for the disk.
    pub api_size: Option<&'static str>,
}

/// Stored events.
#[derive(Debug, Clone, PartialEq)]
pub struct Storage {
    /// The content of an event.
    pub event_kind: EventKind,
    /// Bytes of one event, where its kind does not decide them.
    pub event_bytes: f64,
    /// How old events go.
    pub cleanup: Cleanup,
    /// Dead rows that deletes leave until vacuum, percent of the live ones.
    pub dead_percent: f64,
    /// Days an event is kept.
    pub retention_days: u32,
    /// Copies kept, the first one included.
    pub copies: u32,
    /// Days the audit log is kept, for the pack.
    pub audit_retention_days: u32,
}

/// Database connections.
#[derive(Debug, Clone, PartialEq)]
pub struct Database {
    /// Processes of each API replica, each with a pool of its own.
    pub processes: u32,
    /// Connections a process may open beside its pool for a moment.
    pub pool_overflow: u32,
    /// Connections that a pooler before the server opens; no pooler if absent.
    pub pooler_connections: Option<u32>,
    /// Connections of each process's pool.
    pub connections_per_replica: u32,
    /// Background workers.
    pub workers: u32,
    /// Connections of each worker.
    pub connections_per_worker: u32,
    /// Connections each gateway opens; the guide's open none.
    pub connections_per_gateway: u32,
    /// Pods that a rolling update may add, percent of the replicas.
    pub surge_percent: f64,
    /// Pods that a rolling update may add, instead of the share; the share if absent.
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
    /// Whether a range was entered at all, without a look at every number.
    pub fn has_ranges(&self) -> bool {
        let rows = self.workloads.iter().map(|row| &row.ranges);
        let rows = rows.chain(self.providers.iter().map(|row| &row.ranges));
        !self.ranges.is_empty() || rows.into_iter().any(|ranges| !ranges.is_empty())
    }

    /// The workload with this id.
    pub fn workload(&self, id: u32) -> Option<&Workload> {
        self.workloads.iter().find(|workload| workload.id == id)
    }

    /// The workload with this id, to change it.
    pub fn workload_mut(&mut self, id: u32) -> Option<&mut Workload> {
        self.workloads.iter_mut().find(|workload| workload.id == id)
    }

    /// The provider with this id.
    pub fn provider(&self, id: u32) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// The provider with this id, to change it.
    pub fn provider_mut(&mut self, id: u32) -> Option<&mut Provider> {
        self.providers.iter_mut().find(|provider| provider.id == id)
    }

    /// An id no row has.
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
