//! The queue at the peak: accepted, waiting and refused requests.

use serde::Serialize;

use super::sizing::{SLOTS_MOST, Sizing};
use super::{Demand, GatewayPlan};
use crate::catalog::guide;
use crate::model::fleet::whole;
use crate::model::hpa;
use crate::model::queueing::{self, Bounds, Lost, Started, WaitPoints};
use crate::scenario::{Gateway, Overflow, Scenario};

/// The queue at the peak, with the instances the plan asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub struct QueuePlan {
    /// Instances that run at the peak: those needed, within the autoscaler's ends.
    pub running: u32,
    /// Requests the instances hold at once.
    pub slots: f64,
    /// Requests held at the peak.
    pub in_flight: f64,
    /// Share of the slots in use at the peak.
    pub utilization_ratio: f64,
    /// Requests that may wait in all instances together.
    pub places: f64,
    /// Requests per second the instances finish with all slots busy, or as was measured.
    pub capacity_rps: Option<f64>,
    /// Seconds the last one in a full queue waits.
    pub wait_at_full_s: Option<f64>,
    /// Seconds a request waits at the depth of the guide's alert.
    pub wait_at_alert_s: Option<f64>,
    /// Seconds a request waits at the depth the autoscaler aims for.
    pub wait_at_hpa_target_s: Option<f64>,
    /// Longest wait after which a request is still answered in time: what is left of the
    /// clients' patience beside a mean answer, or the reader's own bound where that is less.
    pub longest_wait_s: f64,
    /// Whether a full queue outlasts that.
    pub outlasts_clients: bool,
    /// Requests per second the autoscaler's maximum cannot take at the peak.
    pub overflow_rps: f64,
    /// Queue depth of the alert: the guide's, or less where half the queue or half of what
    /// keeps the stated wait is less.
    pub alert_depth: u32,
    /// The law of the wait of those who start at the peak, before it is known when others leave.
    #[serde(skip)]
    #[cfg_attr(feature = "cli", schemars(skip))]
    pub started: Started,
    /// Chance that a request which gets a slot at the peak has waited for it. Like the waits below
    /// it is that of a queue with an end, and of clients that leave it.
    pub p_wait: Option<f64>,
    /// Mean wait of all requests that get a slot at the peak, seconds.
    pub mean_wait_s: Option<f64>,
    /// Wait that 95 of 100 of them stay within, seconds.
    pub wait_p95_s: Option<f64>,
    /// Wait that 99 of 100 of them stay within, seconds.
    pub wait_p99_s: Option<f64>,
    /// Mean number of requests waiting, all instances together.
    pub mean_queue: Option<f64>,
    /// The same in one instance.
    pub mean_queue_per_instance: Option<f64>,
    /// Share of the requests that find the queue full and are turned away, or, by `drop_oldest`,
    /// that are dropped from a full queue for a newer one.
    pub loss_ratio: Option<f64>,
    /// The wait that queue and autoscaler are to keep: the wait target, or the longest wait
    /// where that is less.
    pub stated_wait_s: f64,
    /// Queue of one instance whose last request waits no longer than that.
    pub size_for_wait: Option<u32>,
    /// Queue depth to aim the autoscaler at, so that it acts before that wait is reached.
    pub hpa_target_for_wait: Option<u32>,
    /// Shares of the requests that find no slot in time: the queue is full, or they wait too long.
    #[serde(skip)]
    #[cfg_attr(feature = "cli", schemars(skip))]
    pub lost: Option<Lost>,
    /// Share of the requests whose clients give up while they wait.
    pub gave_up_ratio: Option<f64>,
    /// Share of the requests that the providers refuse, because a limit is full or because a
    /// request is larger than any they take.
    pub limited_ratio: f64,
    /// Share of the requests that fail after all tries.
    pub failed_ratio: f64,
    /// Share of the requests that start, and whose wait and answer together outlast the clients.
    pub timed_out_ratio: Option<f64>,
    /// Share of the requests without an answer: the sum of these five.
    pub unserved_ratio: Option<f64>,
    /// Whether a full queue drops its oldest request for a new one.
    #[serde(skip)]
    #[cfg_attr(feature = "cli", schemars(skip))]
    pub drops_oldest: bool,
    /// Share of the peak that is more than the gateways finish.
    #[serde(skip)]
    pub over_ratio: f64,
    /// Requests by which the queue grows each minute while the peak lasts, in overload.
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
    // Before a slot is waited for, all slots are full of requests that the pod has not taken up.
    let spare = sizing.spare_slots();
    let wait = |depth: f64| per_instance_rps.map(|rps| (depth + spare) / rps);
    let capacity_rps = per_instance_rps.map(|rps| rps * f64::from(running));
    let most_rps = per_instance_rps
        .map(|rps| rps * f64::from(gateway.instances_max.max(gateway.instances_min)));
    let full_s = wait(f64::from(scenario.gateway.queue_max_size));
    // The gateway's maximum wait bounds all waits.
    let most_s = scenario.gateway.wait_most_s.unwrap_or(f64::INFINITY);
    let longest_wait_s = longest_wait_s(scenario, scenario.gateway.client_timeout_s, time);
    let target_s = scenario.gateway.wait_target_s.unwrap_or(f64::INFINITY);
    let stated_wait_s = target_s.min(longest_wait_s);
    let within =
        per_instance_rps.map(|rps| libm::floor(rps * stated_wait_s - spare + 1e-9).max(0.0));
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
        wait_at_alert_s: wait(f64::from(guide::QUEUE_DEPTH_ALERT)),
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
    let bounds = bounds(fleet, sizing, patience_s);
    queueing::fleet_lost(&system, bounds, sizing.pods(pods)).ok()
}

/// The bounds of one gateway's queue for a patience.
pub(super) fn bounds(gateway: &Gateway, sizing: Sizing, patience_s: f64) -> Bounds {
    let places = f64::from(gateway.queue_max_size) + libm::floor(sizing.spare_slots());
    Bounds {
        places: whole(places),
        patience_s,
        drops_oldest: gateway.queue_overflow == Overflow::DropOldest,
    }
}

/// Wait distribution before this many pods. Fleets beyond the formula are judged by their capacity:
/// either no request waits, or all wait as long as possible.
fn started((scenario, demand, gateway): (&Scenario, &Demand, &GatewayPlan), pods: u32) -> Started {
    let slots = f64::from(pods) * f64::from(scenario.gateway.concurrency);
    let (fleet, traffic) = (&scenario.gateway, &scenario.traffic);
    let sizing = Sizing::of(fleet, traffic, demand, gateway.times());
    let by_number = if demand.peak_rps <= sizing.capacity_rps(f64::from(pods)) {
        Started::AtOnce
    } else {
        Started::AtLast
    };
    if SLOTS_MOST < slots || demand.peak_rps <= 0.0 || pods == 0 {
        return by_number;
    }
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
