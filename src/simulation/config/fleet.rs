//! Pods, their metrics, and the autoscaler.

use super::keda::{Activation, Fallback, Schedule};
use crate::model::hpa;

/// The gateway's pods, their slots and queues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Pods at the start.
    pub pods: u32,
    /// Requests that one pod processes at once.
    pub slots: u32,
    /// Queue length of one pod.
    pub queue_max: u32,
    /// Behavior when the queue is full.
    pub overflow: Overflow,
    /// Wait after which a request is dropped instead of started, if bounded; checked when its turn
    /// comes.
    pub stale_ms: Option<u64>,
    /// Distribution of requests over pods.
    pub routing: Routing,
    /// Time from the start of a request to its first call.
    pub overhead_ms: u64,
    /// Minimum time between requests that one pod takes up, microseconds; 0 if only its slots bound
    /// it.
    pub start_gap_us: u64,
    /// Whether the gateway stops working for clients who have left.
    pub notices_leaving: bool,
    /// Time from the creation of a pod to its readiness.
    pub startup_ms: u64,
    /// Time from the creation of a pod until it runs; the whole startup time if absent.
    pub pending_ms: Option<u64>,
    /// Time for a deleted pod to finish its requests.
    pub drain_ms: u64,
    /// Zones over which pods are spread.
    pub zones: u32,
    /// CPU use of a pod.
    pub cpu: Cpu,
}

impl Default for Gateway {
    fn default() -> Self {
        Self {
            pods: 1,
            slots: 16,
            queue_max: 100,
            overflow: Overflow::Reject,
            stale_ms: None,
            routing: Routing::Random,
            overhead_ms: 0,
            start_gap_us: 0,
            notices_leaving: true,
            startup_ms: 30_000,
            pending_ms: None,
            drain_ms: 30_000,
            zones: 1,
            cpu: Cpu::default(),
        }
    }
}

/// Behavior of a full queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overflow {
    /// Refuses the new request.
    Reject,
    /// Refuses the request that has waited longest.
    DropOldest,
}

/// Distribution of requests over pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routing {
    /// At random, as kube-proxy does.
    Random,
    /// Round robin.
    Turn,
    /// To the pod with the fewest requests.
    Fewest,
    /// To the better of two random pods.
    Two,
    /// One queue shared by all pods, an idealization.
    Pool,
}

/// CPU use of a pod, in thousandths of a core unless a unit is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cpu {
    /// CPU request; `None` if a share of it cannot be computed.
    pub request_m: Option<i64>,
    /// CPU time to start a request, microseconds.
    pub us_per_start: u64,
    /// CPU used per request in flight.
    pub in_flight_m: u64,
    /// CPU used without requests.
    pub idle_m: u64,
    /// CPU limit, if set.
    pub limit_m: Option<u64>,
}

impl Default for Cpu {
    fn default() -> Self {
        Self {
            request_m: Some(1_000),
            us_per_start: 0,
            in_flight_m: 0,
            idle_m: 0,
            limit_m: None,
        }
    }
}

/// Collection of pod metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Time between two scrapes.
    pub scrape_ms: u64,
    /// Time of the first scrape.
    pub offset_ms: u64,
    /// Age at which a scrape becomes readable, by [`MetricName`].
    pub lag_ms: [u64; 3],
    /// Outages of the metrics.
    pub outages: Vec<MetricOutage>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            scrape_ms: 15_000,
            offset_ms: 0,
            lag_ms: [0; 3],
            outages: Vec::new(),
        }
    }
}

/// A metric of a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricName {
    /// CPU used.
    Cpu = 0,
    /// Requests waiting.
    QueueDepth = 1,
    /// Requests in slots.
    InFlight = 2,
}

/// A period without a metric; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricOutage {
    /// Affected metric; all if absent.
    pub metric: Option<MetricName>,
    /// Start.
    pub from_ms: u64,
    /// End.
    pub to_ms: u64,
}

/// The autoscaler.
#[derive(Debug, Clone, PartialEq)]
pub struct Hpa {
    /// Bounds and scaling behavior.
    pub limits: hpa::Limits,
    /// Metrics and their targets.
    pub metrics: Vec<Target>,
    /// Further metrics; not reported by bucket.
    pub further: Vec<Further>,
    /// Daily schedules that want pods.
    pub schedules: Vec<Schedule>,
    /// Scaling to zero and back, where KEDA does it.
    pub activation: Option<Activation>,
    /// Value of unreadable metrics, where KEDA has a fallback.
    pub fallback: Option<Fallback>,
    /// Time between two syncs.
    pub sync_ms: u64,
    /// Time of the first sync.
    pub offset_ms: u64,
    /// Treatment of new pods.
    pub timing: hpa::Timing,
}

/// A metric other than a share of a request or a queue, and its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Further {
    /// Measurement and comparison.
    pub kind: FurtherKind,
    /// Target, thousandths.
    pub target_m: i64,
    /// Total over all pods that each request per second adds, thousandths; 0 for CPU.
    pub per_rps_m: i64,
}

/// Measurement and comparison of a further metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FurtherKind {
    /// Mean CPU of a pod.
    CpuAverage,
    /// Mean of a load spread equally over the ready pods.
    Pods,
    /// A total load.
    Whole,
    /// A total load, divided by the pods.
    Divided,
}

/// A metric and its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The metric.
    pub name: MetricName,
    /// Target: percent of the request for CPU, else thousandths per pod.
    pub target: i64,
    /// Whether the autoscaler reads the sum of all pods from outside, which knows no missing pods.
    pub is_summed: bool,
}
