//! Scenario of a day in the format of the cases.

use kt_capacity::model::hpa::{Limits, Timing};
use kt_capacity::simulation::{
    Action, Arrivals, Breaker, Calls, Change, Client, Config, Counting, Cpu, Event, Failover,
    Gateway, Hpa, MetricName, MetricOutage, Metrics, OutageKind, Overflow, OwnLimit, Planned,
    Provider, ProviderOutage, RandomArrivals, Regular, Resend, Room, Routing, Scope, Target,
};
use serde_json::Value;

use crate::hpa::behavior;
use crate::{only, text};

/// The metrics in the order of their places.
const METRICS: [(&str, MetricName); 3] = [
    ("cpu", MetricName::Cpu),
    ("queue_depth", MetricName::QueueDepth),
    ("in_flight", MetricName::InFlight),
];

pub(crate) fn config(input: &Value) -> Config {
    only(
        input,
        &[
            "duration_ms",
            "bucket_ms",
            "late_ms",
            "seed",
            "clients",
            "arrivals",
            "providers",
            "gateway",
            "calls",
            "metrics",
            "hpa",
            "events",
        ],
    );
    Config {
        duration_ms: whole(&input["duration_ms"]),
        bucket_ms: or(input, "bucket_ms", 60_000),
        late_ms: or(input, "late_ms", 30_000),
        clients: clients(input),
        arrivals: arrivals(&input["arrivals"]),
        providers: each(&input["providers"], provider),
        quotas: Vec::new(),
        gateway: gateway(&input["gateway"]),
        calls: calls(&input["calls"]),
        metrics: metrics(&input["metrics"]),
        hpa: (!input["hpa"].is_null()).then(|| hpa(&input["hpa"])),
        events: each(&input["events"], event),
        stop: None,
    }
}

pub(crate) fn clients(input: &Value) -> Vec<Client> {
    each(&input["clients"], client)
}

fn client(client: &Value) -> Client {
    only(
        client,
        &[
            "weight",
            "input_tokens",
            "output_tokens",
            "max_output_tokens",
            "service_ms",
            "input_cv",
            "output_cv",
            "service_cv",
            "max_wait_ms",
            "max_total_ms",
            "resend",
        ],
    );
    let cv = |key: &str| client.get(key).map_or(0.0, |cv| cv.as_f64().unwrap());
    Client {
        weight: or(client, "weight", 1),
        input_tokens: small(or(client, "input_tokens", 0)),
        output_tokens: small(or(client, "output_tokens", 0)),
        max_output_tokens: maybe(client, "max_output_tokens").map(small),
        service_ms: maybe(client, "service_ms").map(small),
        input_cv: cv("input_cv"),
        output_cv: cv("output_cv"),
        service_cv: cv("service_cv"),
        max_wait_ms: maybe(client, "max_wait_ms"),
        max_total_ms: maybe(client, "max_total_ms"),
        resend: resend(&client["resend"]),
        to: None,
        is_answered_here: false,
    }
}

fn resend(resend: &Value) -> Resend {
    if resend.is_null() {
        return Resend::default();
    }
    only(
        resend,
        &["sends", "delay_ms", "factor", "max_delay_ms", "jitter_ms"],
    );
    Resend {
        sends: small(or(resend, "sends", 1)),
        delay_ms: or(resend, "delay_ms", 1_000),
        factor: or(resend, "factor", 2),
        max_delay_ms: or(resend, "max_delay_ms", 60_000),
        jitter_ms: or(resend, "jitter_ms", 0),
    }
}

pub(crate) fn arrivals(arrivals: &Value) -> Arrivals {
    only(arrivals, &["list", "regular", "random"]);
    assert_eq!(arrivals.as_object().unwrap().len(), 1, "{arrivals}");
    if let Some(list) = arrivals.get("list") {
        let rows = list.as_array().unwrap().iter();
        Arrivals::List(rows.flat_map(planned).collect())
    } else if let Some(streams) = arrivals.get("regular") {
        Arrivals::Regular(each(streams, regular))
    } else {
        let random = &arrivals["random"];
        only(
            random,
            &["window_ms", "requests", "dispersion", "spread_ms"],
        );
        let dispersion = random.get("dispersion");
        Arrivals::Random(RandomArrivals {
            window_ms: whole(&random["window_ms"]),
            requests: each(&random["requests"], whole),
            dispersion: dispersion.map_or(1.0, |dispersion| dispersion.as_f64().unwrap()),
            spread_ms: or(random, "spread_ms", 0),
        })
    }
}

/// A row of a list; its time may be a list of times.
fn planned(row: &Value) -> Vec<Planned> {
    only(row, &["at", "client", "input", "output", "service"]);
    let times = match &row["at"] {
        Value::Array(times) => times.iter().map(whole).collect(),
        time => vec![whole(time)],
    };
    let planned = |at_ms| Planned {
        at_ms,
        ..contents(row)
    };
    times.into_iter().map(planned).collect()
}

fn contents(row: &Value) -> Planned {
    Planned {
        at_ms: 0,
        client: small(or(row, "client", 0)),
        input_tokens: maybe(row, "input").map(small),
        output_tokens: maybe(row, "output").map(small),
        service_ms: maybe(row, "service").map(small),
    }
}

fn regular(stream: &Value) -> Regular {
    let known = [
        "from_ms", "to_ms", "gap_ms", "size", "client", "input", "output", "service",
    ];
    only(stream, &known);
    Regular {
        from_ms: whole(&stream["from_ms"]),
        to_ms: whole(&stream["to_ms"]),
        gap_ms: whole(&stream["gap_ms"]),
        size: small(or(stream, "size", 1)),
        request: contents(stream),
    }
}

fn provider(provider: &Value) -> Provider {
    only(
        provider,
        &[
            "id",
            "weight",
            "rpm",
            "tpm",
            "burst_ms",
            "counting",
            "max_in_flight",
            "gateway_limit",
            "outages",
            "fail_ms",
            "reject_ms",
            "failure_ppm",
            "ttft_ms",
            "tps",
        ],
    );
    let own = &provider["gateway_limit"];
    Provider {
        weight: small(or(provider, "weight", 1)),
        rpm: maybe(provider, "rpm"),
        tpm: maybe(provider, "tpm"),
        burst_ms: or(provider, "burst_ms", 60_000),
        counting: counting(provider, Counting::Reserve),
        max_in_flight: maybe(provider, "max_in_flight").map(small),
        at_once_with: None,
        too_large: Vec::new(),
        gateway_limit: (!own.is_null()).then(|| own_limit(own)),
        order: 0,
        quotas: Vec::new(),
        outages: each(&provider["outages"], outage),
        slowdowns: Vec::new(),
        fail_ms: or(provider, "fail_ms", 0),
        reject_ms: or(provider, "reject_ms", 0),
        failure_ppm: small(or(provider, "failure_ppm", 0)),
        ttft_ms: or(provider, "ttft_ms", 0),
        tokens_per_s: provider
            .get("tps")
            .map_or(1_000.0, |tps| tps.as_f64().unwrap()),
    }
}

fn counting(owner: &Value, default: Counting) -> Counting {
    match owner["counting"].as_str() {
        None => default,
        Some("reserve") => Counting::Reserve,
        Some("settle") => Counting::Settle,
        Some("postpaid") => Counting::Postpaid,
        Some(other) => panic!("no counting is known as {other}"),
    }
}

fn own_limit(own: &Value) -> OwnLimit {
    only(
        own,
        &["rpm", "tpm", "burst_ms", "counting", "scope", "action"],
    );
    OwnLimit {
        rpm: maybe(own, "rpm"),
        tpm: maybe(own, "tpm"),
        burst_ms: or(own, "burst_ms", 60_000),
        counting: counting(own, Counting::Settle),
        scope: match own["scope"].as_str() {
            None | Some("pod") => Scope::Pod,
            Some("shared") => Scope::Shared,
            Some(other) => panic!("no scope is known as {other}"),
        },
        action: match own["action"].as_str() {
            None | Some("reject") => Action::Reject,
            Some("pace") => Action::Pace,
            Some(other) => panic!("no action is known as {other}"),
        },
    }
}

fn outage(outage: &Value) -> ProviderOutage {
    only(outage, &["from_ms", "to_ms", "kind"]);
    ProviderOutage {
        from_ms: whole(&outage["from_ms"]),
        to_ms: whole(&outage["to_ms"]),
        kind: match text(outage, "kind") {
            "fail" => OutageKind::Fail,
            "hang" => OutageKind::Hang,
            other => panic!("no outage is known as {other}"),
        },
        over_ms: None,
    }
}

fn gateway(gateway: &Value) -> Gateway {
    only(
        gateway,
        &[
            "pods",
            "slots",
            "queue_max",
            "overflow",
            "routing",
            "overhead_ms",
            "notices_leaving",
            "startup_ms",
            "pending_ms",
            "drain_ms",
            "zones",
            "cpu",
        ],
    );
    Gateway {
        pods: small(whole(&gateway["pods"])),
        slots: small(whole(&gateway["slots"])),
        queue_max: small(or(gateway, "queue_max", 100)),
        overflow: match gateway["overflow"].as_str() {
            None | Some("reject") => Overflow::Reject,
            Some("drop_oldest") => Overflow::DropOldest,
            Some(other) => panic!("no overflow is known as {other}"),
        },
        stale_ms: None,
        routing: match text(gateway, "routing") {
            "random" => Routing::Random,
            "turn" => Routing::Turn,
            "fewest" => Routing::Fewest,
            "two" => Routing::Two,
            "pool" => Routing::Pool,
            other => panic!("no routing is known as {other}"),
        },
        overhead_ms: or(gateway, "overhead_ms", 0),
        start_gap_us: 0,
        notices_leaving: gateway
            .get("notices_leaving")
            .is_none_or(|notices| notices.as_bool().unwrap()),
        startup_ms: or(gateway, "startup_ms", 30_000),
        pending_ms: maybe(gateway, "pending_ms"),
        drain_ms: or(gateway, "drain_ms", 30_000),
        zones: small(or(gateway, "zones", 1)),
        cpu: cpu(&gateway["cpu"]),
    }
}

fn cpu(cpu: &Value) -> Cpu {
    if cpu.is_null() {
        return Cpu::default();
    }
    let known = [
        "request_m",
        "us_per_start",
        "in_flight_m",
        "idle_m",
        "limit_m",
    ];
    only(cpu, &known);
    Cpu {
        request_m: Some(i64::from(small(or(cpu, "request_m", 1_000)))),
        us_per_start: or(cpu, "us_per_start", 0),
        in_flight_m: or(cpu, "in_flight_m", 0),
        idle_m: or(cpu, "idle_m", 0),
        limit_m: maybe(cpu, "limit_m"),
    }
}

fn calls(calls: &Value) -> Calls {
    if calls.is_null() {
        return Calls::default();
    }
    only(
        calls,
        &[
            "attempts",
            "failover",
            "delay_ms",
            "factor",
            "max_delay_ms",
            "timeout_ms",
            "breaker",
        ],
    );
    let breaker = calls.get("breaker").map(|breaker| {
        only(breaker, &["failures", "open_ms", "probes"]);
        Breaker {
            trip_ms: None,
            failures: small(whole(&breaker["failures"])),
            open_ms: whole(&breaker["open_ms"]),
            probes: small(or(breaker, "probes", 1)),
        }
    });
    Calls {
        attempts: small(or(calls, "attempts", 1)),
        failover: match calls["failover"].as_str() {
            None | Some("ordered") => Failover::Ordered,
            Some("none") => Failover::None,
            Some(other) => panic!("no failover is known as {other}"),
        },
        delay_ms: or(calls, "delay_ms", 500),
        factor: or(calls, "factor", 2),
        max_delay_ms: or(calls, "max_delay_ms", 10_000),
        timeout_ms: maybe(calls, "timeout_ms"),
        breaker,
    }
}

fn metrics(metrics: &Value) -> Metrics {
    if metrics.is_null() {
        return Metrics::default();
    }
    only(metrics, &["scrape_ms", "offset_ms", "lag_ms", "outages"]);
    let lag_ms = match &metrics["lag_ms"] {
        Value::Object(lags) => METRICS.map(|(name, _)| lags.get(name).map_or(0, whole)),
        _ => [or(metrics, "lag_ms", 0); 3],
    };
    Metrics {
        scrape_ms: or(metrics, "scrape_ms", 15_000),
        offset_ms: or(metrics, "offset_ms", 0),
        lag_ms,
        outages: each(&metrics["outages"], |outage| {
            only(outage, &["metric", "from_ms", "to_ms"]);
            MetricOutage {
                metric: match outage["metric"].as_str() {
                    None | Some("all") => None,
                    Some(name) => Some(metric_name(name)),
                },
                from_ms: whole(&outage["from_ms"]),
                to_ms: whole(&outage["to_ms"]),
            }
        }),
    }
}

fn metric_name(name: &str) -> MetricName {
    let found = METRICS.iter().find(|(known, _)| *known == name);
    found
        .unwrap_or_else(|| panic!("no metric is known as {name}"))
        .1
}

fn hpa(hpa: &Value) -> Hpa {
    only(
        hpa,
        &[
            "min",
            "max",
            "metrics",
            "behavior",
            "down_window_s",
            "tolerance",
            "sync_ms",
            "offset_ms",
            "timing",
        ],
    );
    let least = small(whole(&hpa["min"]));
    let mut limits = Limits::new(
        least,
        small(whole(&hpa["max"])),
        behavior(hpa.get("behavior")),
    );
    limits.down_window_ms = 1_000 * i64::from(small(or(hpa, "down_window_s", 300)));
    if let Some(tolerance) = hpa.get("tolerance") {
        limits.tolerance = tolerance.as_f64().unwrap();
    }
    let timing = &hpa["timing"];
    let timing_ms = |key, default| i64::from(small(or(timing, key, default)));
    Hpa {
        limits,
        metrics: each(&hpa["metrics"], |metric| {
            only(metric, &["name", "target", "target_m"]);
            let name = metric_name(text(metric, "name"));
            let key = if name == MetricName::Cpu {
                "target"
            } else {
                "target_m"
            };
            let target = i64::from(small(whole(&metric[key])));
            Target {
                name,
                target,
                is_summed: false,
            }
        }),
        further: Vec::new(),
        schedules: Vec::new(),
        activation: None,
        fallback: None,
        sync_ms: or(hpa, "sync_ms", 15_000),
        offset_ms: or(hpa, "offset_ms", 0),
        timing: Timing {
            cpu_initialization_ms: timing_ms("cpu_initialization_ms", 300_000),
            readiness_delay_ms: timing_ms("readiness_delay_ms", 30_000),
        },
    }
}

fn event(event: &Value) -> Event {
    let zone = || small(whole(&event["zone"]));
    let (known, change): (&[&str], Change) = match text(event, "kind") {
        "zone_loss" => (
            &["kind", "at_ms", "zone", "grace_ms", "eviction_ms"],
            Change::ZoneLoss {
                zone: zone(),
                grace_ms: or(event, "grace_ms", 50_000),
                eviction_ms: or(event, "eviction_ms", 300_000),
            },
        ),
        "zone_back" => (
            &["kind", "at_ms", "zone"],
            Change::ZoneBack { zone: zone() },
        ),
        "rollout" => (
            &["kind", "at_ms", "surge_percent", "unavailable_percent"],
            Change::Rollout {
                surge: Room::Percent(small(or(event, "surge_percent", 25))),
                unavailable: Room::Percent(small(or(event, "unavailable_percent", 25))),
                waits: false,
            },
        ),
        other => panic!("no event is known as {other}"),
    };
    only(event, known);
    Event {
        at_ms: whole(&event["at_ms"]),
        change,
    }
}

/// Each entry of a list; nothing where there is no list.
fn each<T>(list: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(read).collect()
}

fn or(owner: &Value, key: &str, default: u64) -> u64 {
    maybe(owner, key).unwrap_or(default)
}

fn maybe(owner: &Value, key: &str) -> Option<u64> {
    owner.get(key).map(whole)
}

fn whole(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no whole number"))
}

fn small(value: u64) -> u32 {
    u32::try_from(value).unwrap()
}
