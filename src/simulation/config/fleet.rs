//! The pods, how they are measured, and the autoscaler.

use super::keda::{Activation, Fallback, Schedule};
use crate::model::hpa;

/// The pods, their slots and queues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Pods at the start.
    pub pods: u32,
    /// Requests that one pod works on at once.
    pub slots: u32,
    /// Requests that wait in one pod.
    pub queue_max: u32,
    /// What happens when as many wait.
    pub overflow: Overflow,
    /// Wait beyond which a request is given up instead of started, if there is such a bound: it
    /// is looked at when its turn has come.
    pub stale_ms: Option<u64>,
    /// Which pod gets a request.
    pub routing: Routing,
    /// Time from the start of a request to its first call.
    pub overhead_ms: u64,
    /// Least time between requests that one pod goes on with, microseconds; 0 where only its slots
    /// bound it.
    pub start_gap_us: u64,
    /// Whether it stops working for clients who left.
    pub notices_leaving: bool,
    /// Time from the creation of a pod to its readiness.
    pub startup_ms: u64,
    /// Time from the creation of a pod until it runs; all of the start if absent.
    pub pending_ms: Option<u64>,
    /// Time that a deleted pod has to finish.
    pub drain_ms: u64,
    /// Zones that pods are spread over.
    pub zones: u32,
    /// What requests cost.
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

/// What happens when a queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overflow {
    /// The request that comes is refused.
    Reject,
    /// The request that has waited longest is refused.
    DropOldest,
}

/// Which pod gets a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routing {
    /// Any, by chance, as kube-proxy does.
    Random,
    /// Each in its turn.
    Turn,
    /// The one that holds fewest.
    Fewest,
    /// The better of two taken by chance.
    Two,
    /// None: all share one queue, an idealisation.
    Pool,
}

/// What a pod uses of the CPU, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cpu {
    /// What it requests.
    pub request_m: i64,
    /// Time that the start of a request costs, microseconds.
    pub us_per_start: u64,
    /// What a request in flight uses.
    pub in_flight_m: u64,
    /// What it uses without requests.
    pub idle_m: u64,
    /// What it cannot exceed.
    pub limit_m: Option<u64>,
}

impl Default for Cpu {
    fn default() -> Self {
        Self {
            request_m: 1_000,
            us_per_start: 0,
            in_flight_m: 0,
            idle_m: 0,
            limit_m: None,
        }
    }
}

/// How pods are measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Time between two scrapes.
    pub scrape_ms: u64,
    /// The first scrape.
    pub offset_ms: u64,
    /// Age at which a scrape can be read, by [`MetricName`].
    pub lag_ms: [u64; 3],
    /// When there is no answer.
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

/// What is measured of a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricName {
    /// CPU used.
    Cpu = 0,
    /// Requests waiting.
    QueueDepth = 1,
    /// Requests in slots.
    InFlight = 2,
}

/// A time in which a metric gives no answer, its end left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricOutage {
    /// Which; all if absent.
    pub metric: Option<MetricName>,
    /// From when.
    pub from_ms: u64,
    /// To when.
    pub to_ms: u64,
}

/// The autoscaler.
#[derive(Debug, Clone, PartialEq)]
pub struct Hpa {
    /// Its bounds and its behavior.
    pub limits: hpa::Limits,
    /// What it looks at.
    pub metrics: Vec<Target>,
    /// What else it looks at; not reported by bucket.
    pub further: Vec<Further>,
    /// Times of the day for which pods are wanted.
    pub schedules: Vec<Schedule>,
    /// The way to nothing and back, where KEDA has it.
    pub activation: Option<Activation>,
    /// What metrics stand for while they cannot be read.
    pub fallback: Option<Fallback>,
    /// Time between two syncs.
    pub sync_ms: u64,
    /// The first sync.
    pub offset_ms: u64,
    /// How it treats new pods.
    pub timing: hpa::Timing,
}

/// A metric that is no share of a request and no queue, and its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Further {
    /// How it is measured and compared.
    pub kind: FurtherKind,
    /// Target, thousandths.
    pub target_m: i64,
    /// Value, of all pods together, that each request a second adds to it, thousandths; none of
    /// CPU.
    pub per_rps_m: i64,
}

/// Ways to measure and compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FurtherKind {
    /// CPU of a pod, its mean.
    CpuAverage,
    /// A load that each ready pod has an equal part of, its mean.
    Pods,
    /// A load as a whole.
    Whole,
    /// A load, divided by the pods.
    Divided,
}

/// A metric and its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Which.
    pub name: MetricName,
    /// Percent of the request for CPU, thousandths for each pod otherwise.
    pub target: i64,
}
