//! A simulated day of the gateway, request by request: arrivals, patience, routing, queues, slots,
//! calls, limits, pods, metrics and the autoscaler.
//!
//! [`Simulation::new`] takes a [`Config`] and a seed; the caller advances it with
//! [`Simulation::step`], a bounded number of events at a time, and reads [`Simulation::results`].
//! It reads no clock and never blocks; equal inputs give equal integers on every machine. Memory
//! grows with pods and buckets, not with requests, unless a log of every request is asked for.
//!
//! Time is in whole milliseconds from 0. The next event is always the one with the smallest (time,
//! kind, key); [`event`] lists the kinds. The rules are those of `tests/vectors/day-cases.json`.

mod activate;
mod arrival;
mod breaker;
mod call;
mod config;
mod control;
mod deployment;
mod engine;
mod event;
mod fleet;
mod histogram;
mod law;
mod limit;
mod observe;
mod patience;
mod pod;
mod quota;
mod random;
mod request;
mod result;
mod retry;
mod robin;
mod route;
mod scrape;
mod slot;
mod tally;
mod turn;
mod wheel;
mod wire;

pub use arrival::{Arrival, Source};
pub use config::{
    Action, Activation, Arrivals, Breaker, Calls, Change, Client, Config, Counted, Counting, Cpu,
    Event, Failover, Fallback, Further, FurtherKind, Gateway, Hpa, Keeps, Load, MetricName,
    MetricOutage, Metrics, OutageKind, Overflow, OwnLimit, Planned, Provider, ProviderOutage,
    Quota, QuotaUse, RandomArrivals, Refill, Regular, Resend, Room, Routing, Schedule, Scope,
    Slowdown, Stop, Target, Trigger, Weights,
};
pub use engine::{Simulation, Status};
pub use limit::{Bucket, TICKS_PER_MIN};
pub use random::{Lognormal, Random, Stream};
pub use result::{
    Bucket as TimeBucket, Count, Counts, Fate, ProviderCounts, Quantiles, Results, Scaled, Sent,
    Totals,
};
pub use robin::{Robin, failover_orders};
pub use wire::Question;
