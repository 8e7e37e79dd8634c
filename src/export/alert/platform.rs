//! Alerts on the gateways, their autoscaler and the database.

use super::super::Source;
use super::{Alert, Case, Fired, Severity, constant, growing, plain};
use crate::catalog::guide;
use crate::model::storage::BYTES_PER_GB;
use crate::plan::words;
use crate::scenario::number::grouped;

/// Fewer days than this until the disk is full are told.
pub(in crate::export) const DISK_DAYS: f64 = 14.0;
/// The guide's trigger for the gateway's own time, seconds.
const OVERHEAD_S: f64 = 0.020;

/// Seconds that each waiting request adds to the wait of the next.
fn wait_per_request_s(source: &Source) -> Option<f64> {
    let wait = source.plan.queue.wait_at_alert_s?;
    let each = wait / f64::from(guide::QUEUE_DEPTH_ALERT);
    (0.0 < each).then_some(each)
}

/// Which of the three bounds on the depth decided.
fn why_depth(source: &Source, depth: u32) -> String {
    let guide = guide::QUEUE_DEPTH_ALERT;
    let places = source.scenario.gateway.queue_max_size;
    if depth == guide {
        return "the guide's, per instance".to_owned();
    }
    if places.div_ceil(2) <= depth {
        return format!(
            "half of the queue_max_size of {places} per instance; the guide's {guide} comes too \
             late or never"
        );
    }
    let stated = words::seconds(source.plan.queue.stated_wait_s);
    let stated = match source.scenario.gateway.wait_target_s {
        Some(_) => format!("the wait target of {stated}"),
        None => format!("the clients' {stated}"),
    };
    format!(
        "per instance; a request waits half of {stated} here, and longer at the guide's {guide}"
    )
}

pub(super) fn queue(source: &Source) -> Alert {
    let depth = source.plan.queue.alert_depth;
    let timeout = words::seconds(source.scenario.gateway.client_timeout_s);
    let waits = match wait_per_request_s(source) {
        Some(each) => format!(
            "The last of {depth} waits {}; clients give up after {timeout}.",
            words::seconds(each * f64::from(depth))
        ),
        None => format!("Clients give up after {timeout}."),
    };
    let mut alert = Alert {
        name: "HighQueueDepth",
        expr: format!("kt_request_queue_depth > {depth}"),
        hold: "2m",
        severity: Severity::Warning,
        summary: format!("Gateway request queue depth > {depth}"),
        description: format!("{{{{ $value }}}} requests wait in {{{{ $labels.pod }}}}. {waits}"),
        why: why_depth(source, depth),
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
            name: "fires when twice as many wait for longer than it holds",
            interval: "1m",
            series: sampled(constant(over, 10)),
            at: "3m",
            fires: Some(Fired {
                description: format!("{} requests wait in {pod}. {waits}", plain(over)),
                ..alert.fired(vec![("pod", pod.to_owned())])
            }),
        },
        Case {
            name: "is silent at its threshold",
            interval: "1m",
            series: sampled(constant(f64::from(depth), 10)),
            at: "10m",
            fires: None,
        },
        Case {
            name: "is silent about a moment",
            interval: "1m",
            series: sampled(format!("0x2 {0} {0} 0x6", plain(over))),
            at: "4m",
            fires: None,
        },
    ];
    alert
}

/// The gateway's own time: that of a request without that of the provider.
const OVERHEAD: &str = "sum(rate(keeptrusts_gateway_request_duration_seconds_sum[5m]))
  / sum(rate(keeptrusts_gateway_request_duration_seconds_count[5m]))
- sum(rate(keeptrusts_llm_latency_seconds_sum[5m]))
  / sum(rate(keeptrusts_llm_latency_seconds_count[5m]))";

pub(super) fn overhead(source: &Source) -> Alert {
    let modelled_s = source.scenario.gateway.overhead_ms / 1_000.0;
    let limit_s = OVERHEAD_S.max(modelled_s * 2.0);
    let shown = words::seconds(limit_s);
    let why = if OVERHEAD_S < limit_s {
        format!("twice the {} of this plan", words::seconds(modelled_s))
    } else {
        "the guide scales at a P99 of 20 ms; a mean above it is worse, and can be measured"
            .to_owned()
    };
    let mut alert = Alert {
        name: "GatewayOverheadHigh",
        expr: format!("{OVERHEAD} > {}", plain(limit_s)),
        hold: "5m",
        severity: Severity::Warning,
        summary: format!("Gateways add more than {shown} to a request"),
        description: format!(
            "The plan counts on {}; the rest is waiting or a slow policy chain.",
            words::seconds(modelled_s)
        ),
        why,
        cases: Vec::new(),
    };
    // One request a second, the provider's part one second of it.
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
            name: "fires when gateways take twice as long",
            interval: "1m",
            series: sampled(limit_s * 2.0),
            at: "15m",
            fires: Some(alert.fired(Vec::new())),
        },
        Case {
            name: "is silent at half of it",
            interval: "1m",
            series: sampled(limit_s / 2.0),
            at: "15m",
            fires: None,
        },
    ];
    alert
}

/// Share of the clients' patience that the slowest of a hundred may take.
const NEAR_TIMEOUT_RATIO: f64 = 0.8;
const DURATION: &str = "keeptrusts_gateway_request_duration_seconds_bucket";

pub(super) fn slow(source: &Source) -> Alert {
    let timeout_s = source.scenario.gateway.client_timeout_s;
    let limit_s = timeout_s * NEAR_TIMEOUT_RATIO;
    let mut alert = Alert {
        name: "RequestsNearTimeout",
        expr: format!(
            "histogram_quantile(0.99, sum by (le) (rate({DURATION}[5m]))) > {}",
            plain(limit_s)
        ),
        hold: "5m",
        severity: Severity::Warning,
        summary: format!("P99 of request duration > {}", words::seconds(limit_s)),
        description: format!(
            "Clients give up after {}; this plan holds a request {} on average.",
            words::seconds(timeout_s),
            words::seconds(source.plan.gateway.time_in_flight_s)
        ),
        why: format!(
            "{} of the clients' timeout of {}",
            words::plain_percent(NEAR_TIMEOUT_RATIO),
            words::seconds(timeout_s)
        ),
        cases: Vec::new(),
    };
    // All requests end before half of the timeout, or all in the second half.
    let sampled = |early: f64| {
        [(timeout_s / 2.0, early), (timeout_s, 60.0)]
            .map(|(le, step)| (format!("{DURATION}{{le=\"{}\"}}", plain(le)), step))
            .into_iter()
            .chain([(format!("{DURATION}{{le=\"+Inf\"}}"), 60.0)])
            .map(|(series, step)| (series, growing(0.0, step, 20)))
            .collect()
    };
    alert.cases = vec![
        Case {
            name: "fires when requests take nearly all of it",
            interval: "1m",
            series: sampled(0.0),
            at: "15m",
            fires: Some(alert.fired(Vec::new())),
        },
        Case {
            name: "is silent when they take less than half",
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

/// Absent where the autoscaler has nothing to decide: it would fire for ever.
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
        summary: "kt-gateway cannot grow any further".to_owned(),
        description: format!(
            "All {} run; the plan needs {} at the peak with headroom. Raise maxReplicas or find \
             what holds requests.",
            words::counted(gateway.instances_max, "gateway"),
            gateway.instances
        ),
        why: "kube-state-metrics".to_owned(),
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
            name: "fires when all have run for longer than it holds",
            interval: "1m",
            series: sampled(most),
            at: "20m",
            fires: Some(alert.fired(vec![
                ("horizontalpodautoscaler", "kt-gateway-hpa".to_owned()),
                ("namespace", "ai".to_owned()),
            ])),
        },
        Case {
            name: "is silent with one fewer",
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
    let mut alert = Alert {
        name: "DatabaseDiskFillsUp",
        expr: format!(
            "sum by (instance) (\n  pg_database_size_bytes + {days} * 86400 * \
             deriv(pg_database_size_bytes[1d])\n) > {}",
            plain(disk)
        ),
        hold: "1h",
        severity: Severity::Warning,
        summary: format!("Less than {days} days until the database's disk is full"),
        description: format!(
            "{{{{ $labels.instance }}}} has {} GB in this plan, which adds {} a day and keeps {}.",
            grouped(disk / BYTES_PER_GB),
            words::bytes(growth),
            words::counted(source.scenario.storage.retention_days, "day")
        ),
        why: format!(
            "{} GB of the control plane's size “{}”; postgres_exporter",
            grouped(disk / BYTES_PER_GB),
            plan.size
        ),
        cases: Vec::new(),
    };
    // Half full, and the other half filled within some days.
    let filled_in = |days: f64| {
        let series = "pg_database_size_bytes{datname=\"kt\",instance=\"db:9187\"}".to_owned();
        let half = disk / 2.0;
        vec![(series, growing(half, (half / days / 1_440.0).round(), 200))]
    };
    let description = alert
        .description
        .replace("{{ $labels.instance }}", "db:9187");
    alert.cases = vec![
        Case {
            name: "fires with ten days left",
            interval: "1m",
            series: filled_in(10.0),
            at: "3h",
            fires: Some(Fired {
                description,
                ..alert.fired(vec![("instance", "db:9187".to_owned())])
            }),
        },
        Case {
            name: "is silent with two months left",
            interval: "1m",
            series: filled_in(60.0),
            at: "3h",
            fires: None,
        },
    ];
    alert
}

pub(super) fn gaps(source: &Source) -> Vec<String> {
    let mut gaps = vec![
        "The guide watches the P99 of the gateway's overhead. No metric gives it: \
         GatewayOverheadHigh takes the mean, as duration less the provider's latency."
            .to_owned(),
    ];
    let places = source.scenario.gateway.queue_max_size;
    if places <= source.plan.queue.alert_depth {
        gaps.push(format!(
            "HighQueueDepth cannot fire: a queue of {} never holds more than {}.",
            grouped(f64::from(places)),
            grouped(f64::from(source.plan.queue.alert_depth))
        ));
    }
    if at_maximum(source).is_none() {
        gaps.push(
            "AutoscalerAtMaximum is left out: with minimum and maximum equal it would always fire."
                .to_owned(),
        );
    }
    gaps
}
