//! The day under the exported files.
//!
//! Pods and autoscaler come from the files: their text is read as the cluster reads it, so that an
//! error in an export shows here. Requests and providers come from the scenario. [`lived`] combines
//! both in the [`simulation`](crate::simulation).

mod asked;
mod behavior;
mod busy;
mod client;
mod count;
mod demand;
mod event;
mod judged;
mod judged_keda;
mod keda;
mod limit;
mod manifest;
mod mend;
mod paused;
mod problem;
mod rolling;
mod scaled_object;
mod share;
mod time;
mod tried;
mod weekday;
mod workload;

pub use crate::scenario::happening::Happening;
pub use asked::{Asked, asked, asked_as};
pub use event::parse;
pub use keda::{Keda, Wake, Zero};
pub use manifest::{Manifest, Measured, has_any, manifest, manifest_of};
pub use mend::{STEPS, Search};
pub use problem::Problem;
pub use time::DAY_MS;

use crate::import::load_by_name;
use crate::model::MeasuredDay;
use crate::model::hpa::{Limits, Version};
use crate::model::queueing::Routing as Reach;
use crate::plan::Plan;
use crate::scenario::{Leaving, Overflow, Scenario, Workload};
use crate::simulation::{
    Activation, Config, Cpu, Further, FurtherKind, Gateway, Hpa, Metrics,
    Overflow as QueueOverflow, Results, Routing, Simulation, Status,
};
use time::{milliseconds, whole};

/// CPU of a pod without requests, thousandths. Our choice, for an idle proxy.
const IDLE_M: u64 = 5;
/// Microseconds in a second.
const MICROS: f64 = 1e6;

/// Options of a day besides files and scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Length of the buckets that results are reported in, milliseconds.
    pub bucket_ms: u64,
    /// Routing, if it differs from the scenario's.
    pub routing: Option<Routing>,
    /// Age at which a metric becomes readable, milliseconds.
    pub metrics_lag_ms: u64,
    /// Whether the limits of the providers hold; without them the fleet is simulated alone.
    pub has_limits: bool,
    /// Whether clients leave after their timeout; otherwise their requests only count as late.
    pub clients_leave: bool,
    /// Events of the day.
    pub happenings: Vec<Happening>,
    /// Measured requests per minute, batches included, in place of the plan's; `None` for a minute
    /// that was not measured.
    pub minutes: Option<MeasuredDay>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bucket_ms: 3_600_000,
            routing: None,
            metrics_lag_ms: 15_000,
            has_limits: true,
            clients_leave: false,
            happenings: Vec::new(),
            minutes: None,
        }
    }
}

impl Options {
    /// Options for the day of a scenario in buckets of a minute, with its events.
    pub fn of_day(scenario: &Scenario) -> Self {
        Self {
            bucket_ms: 60_000,
            happenings: scenario.day.happenings(),
            ..Self::default()
        }
    }
}

/// Simulates the whole day of a scenario under these files.
///
/// # Errors
///
/// A [`Problem`] if there is no such day.
pub fn lived(
    scenario: &Scenario,
    plan: &Plan,
    manifest: &Manifest,
    options: &Options,
    seed: u64,
) -> Result<Results, Problem> {
    let config = config(scenario, plan, manifest, options)?;
    let mut run = Simulation::new(config, seed).map_err(Problem::Model)?;
    while run.step(1_000_000) == Status::Running {}
    Ok(run.results())
}

/// Configuration of the simulation: pods and autoscaler from the files, the rest from the scenario.
///
/// # Errors
///
/// [`Problem::Event`] if an event cannot happen.
pub fn config(
    scenario: &Scenario,
    plan: &Plan,
    manifest: &Manifest,
    options: &Options,
) -> Result<Config, Problem> {
    let late_ms = milliseconds(scenario.gateway.client_timeout_s);
    let patience = Patience::of(scenario, options);
    let pods_most = manifest.limits.max;
    let (providers, quotas) = demand::providers(scenario, plan, options.has_limits, pods_most);
    let mut config = Config {
        duration_ms: DAY_MS,
        bucket_ms: options.bucket_ms,
        late_ms,
        clients: client::clients(scenario, patience.max_ms),
        arrivals: match &options.minutes {
            Some(day) => demand::measured(&day.minutes, scenario, plan),
            None => demand::arrivals(scenario, plan),
        },
        providers,
        quotas,
        gateway: Gateway {
            stale_ms: patience.stale_ms,
            notices_leaving: patience.is_noticed,
            ..gateway(scenario, manifest, options)
        },
        calls: demand::calls(scenario),
        metrics: Metrics {
            lag_ms: [options.metrics_lag_ms; 3],
            ..Metrics::default()
        },
        hpa: (!manifest.is_paused).then(|| Hpa {
            limits: limits(scenario, manifest),
            metrics: manifest.targets.clone(),
            further: further(scenario, manifest),
            schedules: manifest.keda.schedules.clone(),
            activation: activation(scenario, manifest),
            fallback: manifest.keda.fallback,
            sync_ms: 15_000,
            offset_ms: 0,
            timing: crate::model::hpa::Timing::default(),
        }),
        events: Vec::new(),
        stop: None,
    };
    event::put_all(&options.happenings, &mut config, scenario, manifest)?;
    Ok(config)
}

/// Further metrics whose response to the requests is known.
fn further(scenario: &Scenario, manifest: &Manifest) -> Vec<Further> {
    let each = manifest.further.iter();
    each.filter_map(|measured| measured.further(load_of(scenario, &measured.name)))
        .collect()
}

/// Value that each request per second adds to a metric, from the scenario or by its name.
fn load_of(scenario: &Scenario, name: &str) -> Option<f64> {
    let mut own = scenario.gateway.hpa.metrics.0.iter();
    let own = own.find(|metric| metric.name == name);
    own.map_or_else(|| load_by_name(name), |metric| metric.per_rps)
}

/// KEDA's scaling to zero, if all its triggers are known.
fn activation(scenario: &Scenario, manifest: &Manifest) -> Option<Activation> {
    let zero = manifest.keda.zero.as_ref()?;
    zero.activation(|name| load_of(scenario, name))
}

/// Reason why a fleet that would scale to zero keeps its pods, if it does.
fn kept(scenario: &Scenario, manifest: &Manifest) -> Option<&'static str> {
    if manifest.keda.zero.is_some() {
        let is_known = activation(scenario, manifest).is_some();
        return (!is_known).then_some(
            "scaling to zero is not simulated where a trigger is not known, or where there is none \
             but CPU and memory: pods stay",
        );
    }
    if manifest.is_paused || 0 < manifest.limits.min {
        return None;
    }
    let is_outside =
        |further: &Further| matches!(further.kind, FurtherKind::Whole | FurtherKind::Divided);
    let comes_back = further(scenario, manifest).iter().any(is_outside);
    let version = Version(scenario.gateway.hpa.kubernetes.minor());
    (!version.has_zero() || !comes_back).then_some(
        "minReplicas: 0 needs Kubernetes 1.37 and a metric from outside the pods that follows the \
         requests: one pod stays",
    )
}

/// Parts of the files that the day does not simulate, one sentence each.
pub fn left_out(scenario: &Scenario, manifest: &Manifest) -> Vec<String> {
    let held = manifest.further.iter();
    let held = held.filter(|measured| {
        measured
            .further(load_of(scenario, &measured.name))
            .is_none()
    });
    let said = held.map(|measured| {
        format!(
            "the metric “{}” is held constant, since the load that a request adds is not given",
            measured.name
        )
    });
    let unknown = manifest.left_out.iter().cloned().chain(said);
    let kept = kept(scenario, manifest).map(str::to_owned);
    let said = unknown.chain(kept).chain(ignored(scenario, manifest));
    said.chain(simplified(scenario)).collect()
}

/// Parts of the files that the cluster accepts but does not follow.
fn ignored(scenario: &Scenario, manifest: &Manifest) -> Vec<String> {
    let most = manifest.limits.max;
    let schedules = manifest.keda.schedules.iter();
    let above = schedules.map(|each| each.pods).filter(|pods| most < *pods);
    let mut said: Vec<String> = above
        .map(|pods| format!("a schedule asks for {pods} pods, and the maximum of {most} holds"))
        .collect();
    let kubernetes = scenario.gateway.hpa.kubernetes;
    let behavior = manifest.limits.behavior.iter();
    let mut rules = behavior.flat_map(|behavior| [&behavior.up, &behavior.down]);
    let has_own = rules.any(|rules| rules.tolerance.is_some());
    if has_own && !Version(kubernetes.minor()).has_own_tolerance() {
        said.push(format!(
            "Kubernetes 1.{} ignores the tolerance of a behavior unless its gate \
             HPAConfigurableTolerance is on, which is so from 1.35 on",
            kubernetes.minor()
        ));
    }
    said
}

/// Parts of the scenario that the day does not simulate.
fn simplified(scenario: &Scenario) -> impl Iterator<Item = String> {
    let mut rows = scenario.providers.iter();
    let mut batched = scenario.workloads.iter();
    let said = [
        (
            rows.any(|row| !row.holds_at_once() && row.limits.concurrency.is_some()),
            "limits of requests at once that pods count for themselves are not simulated",
        ),
        (
            batched.any(|row| 0.0 < row.batched_ratio()),
            "what goes into batches is answered at once",
        ),
    ];
    said.into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, what)| what.to_owned())
}

/// Bounds of the autoscaler in the scenario's cluster; at least one pod if nothing would bring the
/// fleet back from zero.
fn limits(scenario: &Scenario, manifest: &Manifest) -> Limits {
    let version = Version(scenario.gateway.hpa.kubernetes.minor());
    let least = u32::from(kept(scenario, manifest).is_some());
    Limits {
        min: manifest.limits.min.max(least),
        version,
        ..manifest.limits.clone()
    }
}

fn gateway(scenario: &Scenario, manifest: &Manifest, options: &Options) -> Gateway {
    let asked = &scenario.gateway;
    let rate = crate::catalog::guide::CHAINS
        .iter()
        .find(|row| row.key == asked.chain)
        .map_or(MICROS, |row| row.rps_per_instance);
    let rate = asked.rps_each.unwrap_or(rate);
    Gateway {
        pods: manifest.replicas.unwrap_or(manifest.limits.min.max(1)),
        slots: manifest.slots.unwrap_or(asked.concurrency),
        queue_max: asked.queue_max_size,
        overflow: match asked.queue_overflow {
            Overflow::Reject => QueueOverflow::Reject,
            Overflow::DropOldest => QueueOverflow::DropOldest,
        },
        routing: options.routing.unwrap_or(match asked.routing {
            Reach::Random => Routing::Random,
            Reach::InTurn => Routing::Turn,
            Reach::Fewest => Routing::Fewest,
            Reach::BestOfTwo => Routing::Two,
            Reach::Pool => Routing::Pool,
        }),
        overhead_ms: whole(asked.overhead_ms),
        start_gap_us: start_gap_us(scenario),
        startup_ms: milliseconds(asked.startup_s),
        pending_ms: None,
        drain_ms: manifest.drain_ms,
        zones: if manifest.is_spread {
            asked.zones.max(1)
        } else {
            1
        },
        cpu: Cpu {
            request_m: manifest.cpu_request_m,
            // A fully busy pod starts as many requests as its chain was measured with.
            us_per_start: whole(MICROS / rate),
            in_flight_m: 0,
            idle_m: IDLE_M,
            limit_m: manifest.cpu_limit_m,
        },
        ..Gateway::default()
    }
}

/// Minimum time between requests that one gateway passes, microseconds, from its measured requests
/// or tokens per second; 0 if neither was measured.
fn start_gap_us(scenario: &Scenario) -> u64 {
    let gateway = &scenario.gateway;
    let per_day = |each: fn(&Workload) -> f64| scenario.workloads.iter().map(each).sum::<f64>();
    let requests = per_day(Workload::requests_per_day);
    let tokens = per_day(|it| it.requests_per_day() * (it.input_tokens + it.output_tokens));
    let by_requests = gateway.rps_each.map_or(0.0, |rps| MICROS / rps);
    let by_tokens = gateway
        .tps_each
        .map_or(0.0, |tps| MICROS * tokens / requests / tps);
    let gap_us = by_requests.max(by_tokens);
    if gap_us.is_finite() { whole(gap_us) } else { 0 }
}

/// Maximum wait for a slot, by the client and by the gateway.
struct Patience {
    /// The client leaves after this time.
    max_ms: Option<u64>,
    /// The gateway does not start the request after this time.
    stale_ms: Option<u64>,
    /// Whether the gateway notices that a client has left.
    is_noticed: bool,
}

impl Patience {
    fn of(scenario: &Scenario, options: &Options) -> Self {
        let late_ms = milliseconds(scenario.gateway.client_timeout_s);
        let most = scenario.gateway.wait_most_s.map(milliseconds);
        let leaving = scenario.day.leaving;
        if leaving == Leaving::Unnoticed {
            return Self {
                max_ms: Some(late_ms),
                stale_ms: most,
                is_noticed: false,
            };
        }
        let leaves = options.clients_leave || leaving == Leaving::Leave;
        Self {
            max_ms: leaves.then_some(late_ms).into_iter().chain(most).min(),
            stale_ms: None,
            is_noticed: true,
        }
    }
}
