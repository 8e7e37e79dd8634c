//! Alerts on the gateways, their autoscaler and the database.

use super::super::Source;
use super::evidence::{Alert, Case, Fired, Severity};
use super::promql::{constant, growing, plain};
use crate::catalog::guide;
use crate::model::storage::BYTES_PER_GB;
use crate::plan::NEAR_RATIO;
use crate::say::export::rules::{self as say, DepthReason};
use crate::say::export::rules_test as case;

/// Days until the disk is full below which the alert fires.
pub(in crate::export) const DISK_DAYS: f64 = 14.0;
/// Trigger of the guide for the gateway's own time, in seconds.
const OVERHEAD_S: f64 = 0.020;

/// Extra wait per waiting request, in seconds.
fn wait_per_request_s(source: &Source) -> Option<f64> {
    let wait = source.plan.queue.wait_at_alert_s?;
    let each = wait / f64::from(guide::QUEUE_DEPTH_ALERT);
    (0.0 < each).then_some(each)
}

/// Reason for the alert depth: the tightest of three bounds.
fn depth_reason(source: &Source, depth: u32) -> DepthReason {
    let gateway = &source.scenario.gateway;
    let places = gateway.queue_max_size;
    if depth == guide::QUEUE_DEPTH_ALERT {
        return DepthReason::Guide;
    }
    if places.div_ceil(2) <= depth {
        return DepthReason::HalfOfTheQueue { places };
    }
    DepthReason::HalfOfTheWait {
        stated_s: source.plan.queue.stated_wait_s,
        is_target: gateway
            .wait_target_s
            .is_some_and(|target| target <= source.plan.queue.stated_wait_s),
    }
}

pub(super) fn queue(source: &Source) -> Alert {
    let depth = source.plan.queue.alert_depth;
    let wait_s = wait_per_request_s(source).map(|each| each * f64::from(depth));
    let timeout_s = source.scenario.gateway.client_timeout_s;
    let described = |value, pod| say::depth_description((value, pod), depth, wait_s, timeout_s);
    let mut alert = Alert {
        name: "HighQueueDepth",
        expr: format!("kt_request_queue_depth > {depth}"),
        hold: "2m",
        severity: Severity::Warning,
        summary: say::depth_summary(depth),
        description: described("{{ $value }}", "{{ $labels.pod }}"),
        why: say::depth_why(depth_reason(source, depth), guide::QUEUE_DEPTH_ALERT),
        cases: Vec::new(),
    };
    let (over, pod) = (f64::from(depth) * 2.0, "kt-gateway-0");
    let sampled = |value| {
        vec![(
            "kt_request_queue_depth{pod=\"kt-gateway-0\"}".to_owned(),
            value,
        )]
    };
    alert.cases = vec![
        Case {
            name: case::TWICE_AS_MANY_WAIT,
            interval: "1m",
            series: sampled(constant(over, 10)),
            at: "3m",
            fires: Some(Fired {
                description: described(&plain(over), pod),
                ..alert.fired(vec![("pod", pod.to_owned())])
            }),
        },
        Case {
            name: case::AT_THE_THRESHOLD,
            interval: "1m",
            series: sampled(constant(f64::from(depth), 10)),
            at: "10m",
            fires: None,
        },
        Case {
            name: case::A_MOMENT,
            interval: "1m",
            series: sampled(format!("0x2 {0} {0} 0x6", plain(over))),
            at: "4m",
            fires: None,
        },
    ];
    alert
}

/// Gateway's own time in `PromQL`: request duration without the provider's latency.
const OVERHEAD: &str = "sum(rate(keeptrusts_gateway_request_duration_seconds_sum[5m]))
  / sum(rate(keeptrusts_gateway_request_duration_seconds_count[5m]))
- sum(rate(keeptrusts_llm_latency_seconds_sum[5m]))
  / sum(rate(keeptrusts_llm_latency_seconds_count[5m]))";

/// Gateway's own time at the peak by the plan, in seconds: slot wait, overhead, waits between
/// tries, and the time of failed tries.
fn modelled_overhead_s(source: &Source) -> f64 {
    let (demand, queue) = (&source.plan.demand, &source.plan.queue);
    let own_s = source.scenario.gateway.overhead_ms / 1_000.0;
    let between_s = demand.backoff_s * demand.direct_ratio;
    let answered_s = (source.plan.gateway.time_in_flight_s - own_s - between_s).max(0.0);
    // Mean per call; a request makes several calls or none.
    let call_s = answered_s / demand.calls_per_request;
    let more_s = if call_s.is_finite() {
        (answered_s - call_s).max(0.0)
    } else {
        0.0
    };
    queue.mean_wait_s.unwrap_or(0.0) + own_s + between_s + more_s
}

pub(super) fn overhead(source: &Source) -> Alert {
    let modelled_s = modelled_overhead_s(source);
    let limit_s = OVERHEAD_S.max((modelled_s * 2e3).ceil() / 1e3);
    let decides = (OVERHEAD_S < limit_s).then_some(modelled_s);
    let mut alert = Alert {
        name: "GatewayOverheadHigh",
        expr: format!("{OVERHEAD} > {}", plain(limit_s)),
        hold: "5m",
        severity: Severity::Warning,
        summary: say::overhead_summary(limit_s),
        description: say::overhead_description(modelled_s),
        why: say::overhead_why(decides),
        cases: Vec::new(),
    };
    // One request per second; the provider takes one second of it.
    let sampled = |own_s: f64| {
        [
            (
                "keeptrusts_gateway_request_duration_seconds_sum",
                1.0 + own_s,
            ),
            ("keeptrusts_gateway_request_duration_seconds_count", 1.0),
            ("keeptrusts_llm_latency_seconds_sum", 1.0),
            ("keeptrusts_llm_latency_seconds_count", 1.0),
        ]
        .map(|(name, step)| (name.to_owned(), growing(0.0, step * 60.0, 20)))
        .to_vec()
    };
    alert.cases = vec![
        Case {
            name: case::TWICE_AS_LONG,
            interval: "1m",
            series: sampled(limit_s * 2.0),
            at: "15m",
            fires: Some(alert.fired(Vec::new())),
        },
        Case {
            name: case::HALF_AS_LONG,
            interval: "1m",
            series: sampled(limit_s / 2.0),
            at: "15m",
            fires: None,
        },
    ];
    alert
}

const DURATION: &str = "keeptrusts_gateway_request_duration_seconds_bucket";

/// Quantile that nears the timeout at twice the planned share of timeouts. The alert stays silent
/// while all is as modelled.
fn near_quantile(planned_ratio: f64) -> f64 {
    let share = (1.0 - 2.0 * planned_ratio).clamp(0.5, 0.99);
    (share * 100.0).floor() / 100.0
}

pub(super) fn slow(source: &Source) -> Alert {
    let timeout_s = source.scenario.gateway.client_timeout_s;
    let limit_s = timeout_s * NEAR_RATIO;
    let quantile = near_quantile(source.plan.patience.near_ratio);
    let mut alert = Alert {
        name: "RequestsNearTimeout",
        expr: format!(
            "histogram_quantile({}, sum by (le) (rate({DURATION}[5m]))) > {}",
            plain(quantile),
            plain(limit_s)
        ),
        hold: "5m",
        severity: Severity::Warning,
        summary: say::slow_summary(quantile, limit_s),
        description: say::slow_description(timeout_s, source.plan.gateway.time_in_flight_s),
        why: say::slow_why(NEAR_RATIO, timeout_s, source.plan.patience.near_ratio),
        cases: Vec::new(),
    };
    // Either all requests end before half of the timeout, or any quantile is near it.
    let sampled = |early: f64| {
        [
            (timeout_s / 2.0, early),
            (limit_s, early),
            (timeout_s, 60.0),
        ]
        .map(|(le, step)| (format!("{DURATION}{{le=\"{}\"}}", plain(le)), step))
        .into_iter()
        .chain([(format!("{DURATION}{{le=\"+Inf\"}}"), 60.0)])
        .map(|(series, step)| (series, growing(0.0, step, 20)))
        .collect()
    };
    alert.cases = vec![
        Case {
            name: case::NEARLY_THE_TIMEOUT,
            interval: "1m",
            series: sampled(0.0),
            at: "15m",
            fires: Some(alert.fired(Vec::new())),
        },
        Case {
            name: case::UNDER_HALF_THE_TIMEOUT,
            interval: "1m",
            series: sampled(60.0),
            at: "15m",
            fires: None,
        },
    ];
    alert
}

const REPLICAS: &str = "kube_horizontalpodautoscaler_status_current_replicas";
const MAXIMUM: &str = "kube_horizontalpodautoscaler_spec_max_replicas";
const OURS: &str = "{horizontalpodautoscaler=\"kt-gateway-hpa\"}";

/// Alert at maximum replicas; `None` for a fixed number, where it would always fire.
pub(super) fn at_maximum(source: &Source) -> Option<Alert> {
    let gateway = &source.plan.gateway;
    if gateway.instances_max <= gateway.instances_min {
        return None;
    }
    let most = f64::from(gateway.instances_max);
    let mut alert = Alert {
        name: "AutoscalerAtMaximum",
        expr: format!(
            "{REPLICAS}{OURS}\n>= on (namespace, horizontalpodautoscaler)\n{MAXIMUM}{OURS}"
        ),
        hold: "15m",
        severity: Severity::Warning,
        summary: say::MAXIMUM_SUMMARY.to_owned(),
        description: say::maximum_description(gateway.instances_max, gateway.instances),
        why: say::MAXIMUM_WHY.to_owned(),
        cases: Vec::new(),
    };
    let labels = "{horizontalpodautoscaler=\"kt-gateway-hpa\",namespace=\"ai\"}";
    let sampled = |running: f64| {
        vec![
            (format!("{REPLICAS}{labels}"), constant(running, 30)),
            (format!("{MAXIMUM}{labels}"), constant(most, 30)),
        ]
    };
    alert.cases = vec![
        Case {
            name: case::ALL_RUN,
            interval: "1m",
            series: sampled(most),
            at: "20m",
            fires: Some(alert.fired(vec![
                ("horizontalpodautoscaler", "kt-gateway-hpa".to_owned()),
                ("namespace", "ai".to_owned()),
            ])),
        },
        Case {
            name: case::ONE_FEWER,
            interval: "1m",
            series: sampled(most - 1.0),
            at: "20m",
            fires: None,
        },
    ];
    Some(alert)
}

pub(super) fn disk(source: &Source) -> Alert {
    let plan = &source.plan.control_plane;
    let disk = plan.postgres_disk_bytes;
    let days = plain(DISK_DAYS);
    let growth = source.plan.storage.bytes_per_day;
    let kept_days = source.scenario.storage.retention_days;
    let disk_gb = disk / BYTES_PER_GB;
    let described = |instance| say::disk_description(instance, disk_gb, growth, kept_days);
    let mut alert = Alert {
        name: "DatabaseDiskFillsUp",
        expr: format!(
            "sum by (instance) (\n  pg_database_size_bytes + {days} * 86400 * \
             deriv(pg_database_size_bytes[1d])\n) > {}",
            plain(disk)
        ),
        hold: "1h",
        severity: Severity::Warning,
        summary: say::disk_summary(DISK_DAYS),
        description: described("{{ $labels.instance }}"),
        why: say::disk_why(disk_gb, plan.size),
        cases: Vec::new(),
    };
    // Half full, and the other half filled within some days.
    let filled_in = |days: f64| {
        let series = "pg_database_size_bytes{datname=\"kt\",instance=\"db:9187\"}".to_owned();
        let half = disk / 2.0;
        vec![(series, growing(half, (half / days / 1_440.0).round(), 200))]
    };
    alert.cases = vec![
        Case {
            name: case::TEN_DAYS_LEFT,
            interval: "1m",
            series: filled_in(10.0),
            at: "3h",
            fires: Some(Fired {
                description: described("db:9187"),
                ..alert.fired(vec![("instance", "db:9187".to_owned())])
            }),
        },
        Case {
            name: case::TWO_MONTHS_LEFT,
            interval: "1m",
            series: filled_in(60.0),
            at: "3h",
            fires: None,
        },
    ];
    alert
}

pub(super) fn gaps(source: &Source) -> Vec<String> {
    let mut gaps = vec![say::NO_OVERHEAD_P99.to_owned()];
    let places = source.scenario.gateway.queue_max_size;
    if places <= source.plan.queue.alert_depth {
        gaps.push(say::depth_never(places, source.plan.queue.alert_depth));
    }
    if at_maximum(source).is_none() {
        gaps.push(say::NO_MAXIMUM.to_owned());
    }
    gaps
}
