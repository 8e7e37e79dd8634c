//! The queue at the peak: accepted, waiting and refused requests.

use serde::Serialize;

use super::sizing::{SLOTS_MOST, Sizing};
use super::{Demand, GatewayPlan};
use crate::catalog::guide;
use crate::model::fleet::whole;
use crate::model::hpa;
use crate::model::queueing::{self, Bounds, Lost, Started, WaitPoints};
use crate::scenario::{Gateway, Overflow, Scenario};

/// The queue at the peak, with the planned instances.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct QueuePlan {
    /// Instances running at the peak: the need, within the autoscaler's bounds.
    pub running: u32,
    /// Total slots of the instances.
    pub slots: f64,
    /// Requests in flight at the peak.
    pub in_flight: f64,
    /// Utilization of the slots at the peak.
    pub utilization_ratio: f64,
    /// Total queue length of all instances.
    pub places: f64,
    /// Requests per second that the instances complete with all slots busy, or as measured.
    pub capacity_rps: Option<f64>,
    /// Wait of the last request in a full queue, seconds.
    pub wait_at_full_s: Option<f64>,
    /// Wait at the depth of the guide's alert, seconds.
    pub wait_at_alert_s: Option<f64>,
    /// Wait at the autoscaler's target depth, seconds.
    pub wait_at_hpa_target_s: Option<f64>,
    /// Longest wait after which a request is still answered in time, seconds: the clients' patience
    /// less a mean answer, or the reader's own bound if that is less.
    pub longest_wait_s: f64,
    /// Whether a full queue exceeds that wait.
    pub outlasts_clients: bool,
    /// Requests per second beyond the autoscaler's maximum at the peak.
    pub overflow_rps: f64,
    /// Queue depth of the alert: the guide's, or less if half the queue, or half of the depth that
    /// keeps the stated wait, is less.
    pub alert_depth: u32,
    /// Wait distribution at the peak, ignoring abandonment.
    #[serde(skip)]
    #[cfg_attr(feature = "cli", schemars(skip))]
    pub started: Started,
    /// Probability that a request with a slot at the peak has waited. This and the waits below are
    /// those of a bounded queue that impatient clients leave.
    pub p_wait: Option<f64>,
    /// Mean wait of requests with a slot at the peak, seconds.
    pub mean_wait_s: Option<f64>,
    /// 95th percentile of their waits, seconds.
    pub wait_p95_s: Option<f64>,
    /// 99th percentile of their waits, seconds.
    pub wait_p99_s: Option<f64>,
    /// Mean total queue length of all instances.
    pub mean_queue: Option<f64>,
    /// Mean queue length per instance.
    pub mean_queue_per_instance: Option<f64>,
    /// Share of requests refused by a full queue, or, with `drop_oldest`, dropped from it for a
    /// newer one.
    pub loss_ratio: Option<f64>,
    /// Wait that queue and autoscaler are to keep, seconds: the wait target, or the longest wait if
    /// that is less.
    pub stated_wait_s: f64,
    /// Queue length per instance that keeps the stated wait.
    pub size_for_wait: Option<u32>,
    /// Queue-depth target with which the autoscaler acts before the stated wait is reached.
    pub hpa_target_for_wait: Option<u32>,
    /// Shares of requests that find no slot in time: refused, or given up.
    #[serde(skip)]
    #[cfg_attr(feature = "cli", schemars(skip))]
    pub lost: Option<Lost>,
    /// Share of requests whose clients give up waiting.
    pub gave_up_ratio: Option<f64>,
    /// Share of requests refused by the providers, for a full limit or for their size.
    pub limited_ratio: f64,
    /// Share of requests that fail after all attempts.
    pub failed_ratio: f64,
    /// Share of requests that start but exceed the clients' timeout with wait and answer.
    pub timed_out_ratio: Option<f64>,
    /// Share of requests without an answer: the sum of these five shares.
    pub unserved_ratio: Option<f64>,
    /// Whether a full queue drops its oldest request for a new one.
    #[serde(skip)]
    #[cfg_attr(feature = "cli", schemars(skip))]
    pub drops_oldest: bool,
    /// Share of the peak beyond the gateways' capacity.
    #[serde(skip)]
    pub over_ratio: f64,
    /// Growth of the queue per minute of the peak, requests; 0 without overload.
    pub backlog_per_minute: f64,
}

pub(super) fn queue(scenario: &Scenario, demand: &Demand, gateway: &GatewayPlan) -> QueuePlan {
    let per_instance = f64::from(scenario.gateway.concurrency);
    let running = gateway.running();
    let slots = f64::from(running) * per_instance;
    let time = gateway.time_in_flight_s;
    let (fleet, traffic) = (&scenario.gateway, &scenario.traffic);
    let sizing = Sizing::of(fleet, traffic, demand, gateway.times());
    // The measured throughput of a gateway bounds it as its slots do.
    let per_instance_rps = (0.0 < time).then(|| sizing.capacity_rps(1.0));
    let wait = |depth: u32| per_instance_rps.map(|rps| f64::from(depth) / rps);
    let capacity_rps = per_instance_rps.map(|rps| rps * f64::from(running));
    let most_rps = per_instance_rps
        .map(|rps| rps * f64::from(gateway.instances_max.max(gateway.instances_min)));
    let full_s = wait(scenario.gateway.queue_max_size);
    // The gateway's maximum wait bounds all waits.
    let most_s = scenario.gateway.wait_most_s.unwrap_or(f64::INFINITY);
    let longest_wait_s = longest_wait_s(scenario, scenario.gateway.client_timeout_s, time);
    let target_s = scenario.gateway.wait_target_s.unwrap_or(f64::INFINITY);
    let stated_wait_s = target_s.min(longest_wait_s);
    let within = per_instance_rps.map(|rps| libm::floor(rps * stated_wait_s + 1e-9));
    QueuePlan {
        running,
        slots,
        in_flight: gateway.in_flight,
        utilization_ratio: if 0.0 < slots {
            gateway.in_flight / slots
        } else {
            0.0
        },
        places: f64::from(running) * f64::from(scenario.gateway.queue_max_size),
        capacity_rps,
        outlasts_clients: full_s.is_some_and(|wait_s| longest_wait_s < wait_s),
        longest_wait_s,
        wait_at_full_s: full_s.map(|wait_s| wait_s.min(most_s)),
        wait_at_alert_s: wait(guide::QUEUE_DEPTH_ALERT),
        wait_at_hpa_target_s: scenario.gateway.hpa.queue_depth.and_then(wait),
        overflow_rps: most_rps.map_or(0.0, |most| (demand.peak_rps - most).max(0.0)),
        started: started((scenario, demand, gateway), running),
        p_wait: None,
        mean_wait_s: None,
        wait_p95_s: None,
        wait_p99_s: None,
        mean_queue: None,
        mean_queue_per_instance: None,
        loss_ratio: None,
        gave_up_ratio: None,
        limited_ratio: 0.0,
        failed_ratio: 0.0,
        timed_out_ratio: None,
        unserved_ratio: None,
        lost: lost((scenario, demand, gateway), running, longest_wait_s)
            .filter(|lost| over(demand, capacity_rps) <= lost.ratio()),
        drops_oldest: scenario.gateway.queue_overflow == Overflow::DropOldest,
        over_ratio: over(demand, capacity_rps),
        stated_wait_s,
        size_for_wait: within.map(whole),
        // The autoscaler tolerates a tenth above its target.
        hpa_target_for_wait: within
            .map(|depth| whole(libm::floor(depth / (1.0 + hpa::TOLERANCE))).max(1)),
        backlog_per_minute: capacity_rps
            .map_or(0.0, |most| (demand.peak_rps - most).max(0.0) * 60.0),
        alert_depth: alert_depth(scenario, within.map(whole)),
    }
}

/// Share of the peak beyond the gateways' capacity.
fn over(demand: &Demand, capacity_rps: Option<f64>) -> f64 {
    let share = capacity_rps.map_or(0.0, |most| 1.0 - most / demand.peak_rps);
    if share.is_finite() {
        share.max(0.0)
    } else {
        0.0
    }
}

/// Shares of requests that this many pods do not start within a time.
pub(super) fn lost(
    (scenario, demand, gateway): (&Scenario, &Demand, &GatewayPlan),
    pods: u32,
    patience_s: f64,
) -> Option<Lost> {
    let slots = f64::from(pods) * f64::from(scenario.gateway.concurrency);
    if SLOTS_MOST < slots || demand.peak_rps <= 0.0 || pods == 0 {
        return None;
    }
    let (fleet, traffic) = (&scenario.gateway, &scenario.traffic);
    let sizing = Sizing::of(fleet, traffic, demand, gateway.times());
    let system = sizing.system(demand.peak_rps);
    let bounds = bounds(fleet, patience_s);
    queueing::fleet_lost(&system, bounds, sizing.pods(pods)).ok()
}

/// The bounds of one gateway's queue for a patience.
pub(super) fn bounds(gateway: &Gateway, patience_s: f64) -> Bounds {
    Bounds {
        places: gateway.queue_max_size,
        patience_s,
        drops_oldest: gateway.queue_overflow == Overflow::DropOldest,
    }
}

/// Wait distribution before this many pods. Fleets beyond the formula are judged by their slots:
/// either no request waits, or all wait as long as possible.
fn started((scenario, demand, gateway): (&Scenario, &Demand, &GatewayPlan), pods: u32) -> Started {
    let slots = f64::from(pods) * f64::from(scenario.gateway.concurrency);
    let by_number = if gateway.in_flight <= slots {
        Started::AtOnce
    } else {
        Started::AtLast
    };
    if SLOTS_MOST < slots || demand.peak_rps <= 0.0 || pods == 0 {
        return by_number;
    }
    let (fleet, traffic) = (&scenario.gateway, &scenario.traffic);
    let sizing = Sizing::of(fleet, traffic, demand, gateway.times());
    let system = sizing.system(demand.peak_rps);
    queueing::fleet_started(&system, sizing.pods(pods)).unwrap_or(by_number)
}

/// Waits of started requests for a client timeout: at most as long as a full queue takes, or as
/// clients stay in it.
pub(super) fn waits_under(
    scenario: &Scenario,
    gateway: &GatewayPlan,
    queue: &QueuePlan,
    timeout_s: f64,
) -> WaitPoints {
    let longest_s = longest_wait_s(scenario, timeout_s, gateway.time_in_flight_s);
    let mut full_s = queue.wait_at_full_s.unwrap_or(longest_s);
    if queue.drops_oldest {
        // A waiting request is dropped once as many have arrived as there are places.
        full_s *= 1.0 - queue.over_ratio;
    }
    queue.started.points(full_s.min(longest_s))
}

/// The clients' patience less a mean answer, or the reader's maximum wait if that is less, seconds.
fn longest_wait_s(scenario: &Scenario, timeout_s: f64, time_in_flight_s: f64) -> f64 {
    let left_s = (timeout_s - time_in_flight_s).max(0.0);
    scenario
        .gateway
        .wait_most_s
        .map_or(left_s, |most_s| most_s.min(left_s))
}

/// The guide's depth, or less if half of the queue, or half of the depth that keeps the stated
/// wait, is less: the alert must fire before clients leave.
fn alert_depth(scenario: &Scenario, within: Option<u32>) -> u32 {
    let half = scenario.gateway.queue_max_size.div_ceil(2);
    let by_wait = within.map_or(u32::MAX, |depth| depth / 2);
    guide::QUEUE_DEPTH_ALERT.min(half).min(by_wait).max(1)
}
