//! The autoscaler: one metric, its pods, its rules, whole syncs and runs of them.

use kt_capacity::model::hpa::{
    Behavior, Controller, Decision, Direction, Limits, Logs, Metric, MetricError, Observation,
    Phase, Pod, Policy, PolicyKind, Proposal, Reason, Recommendation, Resource, Rules, ScaleEvent,
    Select, Timing, Tolerance, Version, group, proposal,
};
use serde_json::{Value, json};

use crate::{Report, fields, list, only, text};

/// Age of a pod whose age a case does not give, seconds.
const OLD_S: i64 = 86_400;

pub(crate) fn judge(file: &Value, report: &mut Report) {
    let head = [
        "about",
        "units",
        "constants",
        "pod_defaults",
        "format",
        "boundaries",
        "origin",
        "cases",
    ];
    only(file, &head);
    for case in list(file, "cases") {
        only(case, &["id", "kind", "origin", "note", "in", "expect"]);
        let input = &case["in"];
        let kind = text(case, "kind");
        let actual = match kind {
            "metric" => metric_case(input),
            "group_pods" => group_case(input),
            "clamp_no_behavior" => clamp_case(input),
            "rate_limit" => rate_case(input),
            "policy_limit" => limit_case(input),
            "stabilize_no_behavior" => hold_case(input),
            "stabilize" => stabilize_case(input),
            "scale_event_log" => event_log_case(input),
            "reconcile" => reconcile_case(input),
            "sequence" => sequence_case(input),
            _ => panic!("no kind of case is known as {kind}"),
        };
        for (name, expected) in fields(case, "expect") {
            let Some(found) = actual.get(name) else {
                panic!("no quantity is known as {name}");
            };
            let is_met = if name == "error" {
                let (found, part) = (found.as_str(), expected.as_str().unwrap());
                found.is_some_and(|found| found.contains(part))
            } else {
                found == expected
            };
            if !is_met {
                let message = format!("{name} is {found}, expected {expected}");
                report.fault(text(case, "id"), message);
            }
        }
        report.count(kind);
    }
}

/// The controller's own words for an error.
fn reported(error: MetricError) -> &'static str {
    match error {
        MetricError::Unavailable => "unable to get the metric",
        MetricError::NoPods => "no pods returned by selector",
        MetricError::NoSamples => "did not receive metrics for targeted pods",
        MetricError::NoMatch => "no metrics returned matched known pods",
        MetricError::NoRequest => "missing request for a container",
        MetricError::BadTarget => "the target is not above 0",
    }
}

fn metric_case(input: &Value) -> Value {
    only(
        input,
        &[
            "spec_replicas",
            "status_replicas",
            "metric",
            "pods",
            "stray_values_m",
            "tolerance",
        ],
    );
    let pods = pods(input);
    let strays = whole_list(input.get("stray_values_m"));
    let tolerance = input.get("tolerance");
    let tolerance = tolerance.map_or_else(Tolerance::default, |tolerance| Tolerance {
        up: tolerance["up"].as_f64().unwrap(),
        down: tolerance["down"].as_f64().unwrap(),
    });
    let observation = Observation {
        spec_replicas: count(&input["spec_replicas"]),
        status_replicas: input.get("status_replicas").map_or(0, count),
        pods: &pods,
        stray_values_m: &strays,
        tolerance,
        timing: tests_timing(),
        version: Version::NEWEST,
    };
    match asked(&input["metric"], &observation) {
        Err(error) => json!({"error": reported(error)}),
        Ok(found) => json!({
            "replicas": found.replicas,
            "reported": found.reported,
            "raw_average": found.raw_average_m,
        }),
    }
}

fn group_case(input: &Value) -> Value {
    only(input, &["resource", "pods"]);
    let resource = resource(&input["resource"]);
    let groups = group(&pods(input), Some(resource), tests_timing());
    let names = |places: &[usize]| -> Value {
        let pods = list(input, "pods");
        places.iter().map(|at| pods[*at]["name"].clone()).collect()
    };
    json!({
        "ready": groups.ready.len(),
        "unready": names(&groups.unready),
        "missing": names(&groups.missing),
        "ignored": names(&groups.ignored),
    })
}

fn clamp_case(input: &Value) -> Value {
    only(input, &["current", "desired", "min", "max"]);
    let controller = Controller::new(limits(input, None));
    decided(controller.clamp(count(&input["current"]), count(&input["desired"])))
}

fn rate_case(input: &Value) -> Value {
    only(
        input,
        &[
            "current",
            "desired",
            "min",
            "max",
            "scale_up",
            "scale_down",
            "scale_up_events",
            "scale_down_events",
        ],
    );
    let behavior = Behavior {
        up: rules(&input["scale_up"], Rules::default_up()),
        down: rules(&input["scale_down"], Rules::default_down()),
    };
    let logs = Logs {
        up: events(&input["scale_up_events"]),
        down: events(&input["scale_down_events"]),
    };
    let controller = Controller::new(limits(input, Some(behavior))).remembering(Vec::new(), logs);
    decided(controller.at_rate(0, count(&input["current"]), count(&input["desired"])))
}

fn limit_case(input: &Value) -> Value {
    only(input, &["direction", "current", "rules"]);
    let (direction, defaults) = match text(input, "direction") {
        "up" => (Direction::Up, Rules::default_up()),
        "down" => (Direction::Down, Rules::default_down()),
        other => panic!("no direction is known as {other}"),
    };
    let rules = rules(&input["rules"], defaults);
    let logs = Logs::default();
    json!({"limit": rules.limit(direction, count(&input["current"]), &logs, 0)})
}

fn hold_case(input: &Value) -> Value {
    only(input, &["log", "desired", "window_s"]);
    let mut limits = Limits::new(1, 1_000, None);
    limits.down_window_ms = 1_000 * input["window_s"].as_i64().unwrap();
    let log = recommendations(&input["log"]).unwrap();
    let mut controller = Controller::new(limits).remembering(log, Logs::default());
    let stabilized = controller.hold(0, count(&input["desired"]));
    json!({"stabilized": stabilized, "log_length": controller.recommendations().len()})
}

fn stabilize_case(input: &Value) -> Value {
    only(
        input,
        &["log", "current", "desired", "up_window_s", "down_window_s"],
    );
    let mut behavior = Behavior::default();
    behavior.up.window_ms = Some(1_000 * input["up_window_s"].as_i64().unwrap());
    behavior.down.window_ms = Some(1_000 * input["down_window_s"].as_i64().unwrap());
    let log = recommendations(&input["log"]).unwrap();
    let limits = Limits::new(1, 1_000, Some(behavior));
    let mut controller = Controller::new(limits).remembering(log, Logs::default());
    let stabilized = controller.stabilize(0, count(&input["current"]), count(&input["desired"]));
    let log = controller.recommendations().iter();
    let values: Vec<u32> = log.map(|entry| entry.replicas).collect();
    json!({"stabilized": stabilized, "log_values": values})
}

/// The log of one direction; what the period counted is seen by its effect on a limit.
fn event_log_case(input: &Value) -> Value {
    only(input, &["events", "change", "rules", "count_period_s"]);
    let change = count(&input["change"]);
    let counting = Rules {
        policies: vec![Policy {
            kind: PolicyKind::Pods,
            value: 1_000,
            period_ms: 1_000 * input["count_period_s"].as_i64().unwrap(),
        }],
        ..Rules::default_up()
    };
    let mut logs = Logs {
        up: events(&input["events"]),
        down: Vec::new(),
    };
    let changed = 1_500 - counting.limit(Direction::Up, 500, &logs, 0);
    // Without rules there is no behavior block, and nothing is noted.
    if !input["rules"].is_null() {
        let up = rules(&input["rules"], Rules::default_up());
        let down = Rules::default_down();
        logs.note(&Behavior { up, down }, 100, 100 + change, 0);
    }
    let log = logs.up.iter();
    let log: Vec<Value> = log
        .map(|event| json!([event.change, event.is_outdated]))
        .collect();
    json!({"changed_before": changed, "log": log})
}

fn reconcile_case(input: &Value) -> Value {
    only(
        input,
        &[
            "min",
            "max",
            "spec_replicas",
            "status_replicas",
            "behavior",
            "log",
            "metrics",
            "pods",
            "stray_values_m",
        ],
    );
    let limits = limits(input, behavior(input.get("behavior")));
    let pods = pods(input);
    let strays = whole_list(input.get("stray_values_m"));
    let spec_replicas = count(&input["spec_replicas"]);
    let observation = Observation {
        spec_replicas,
        status_replicas: count(&input["status_replicas"]),
        pods: &pods,
        stray_values_m: &strays,
        tolerance: limits.tolerances(),
        timing: tests_timing(),
        version: Version::NEWEST,
    };
    let metrics = list(input, "metrics").iter();
    let proposals: Vec<_> = metrics
        .map(|metric| asked(metric, &observation).map(|found| found.replicas))
        .collect();
    let mut controller = Controller::new(limits);
    if let Some(log) = recommendations(&input["log"]) {
        controller = controller.remembering(log, Logs::default());
    }
    decided(controller.sync(0, spec_replicas, &proposals))
}

fn sequence_case(input: &Value) -> Value {
    let known = [
        "min",
        "max",
        "start",
        "sync_s",
        "request_m",
        "metrics",
        "samples",
        "behavior",
    ];
    only(input, &known);
    let samples = list(input, "samples");
    json!({"replicas": replicas_of_syncs(input, samples)})
}

/// Replicas after each sync of a fleet whose usage is given.
pub(crate) fn replicas_of_syncs(input: &Value, samples: &[Value]) -> Vec<u32> {
    let mut controller = Controller::new(limits(input, behavior(input.get("behavior"))));
    let sync_ms = 1_000
        * input
            .get("sync_s")
            .map_or(15, |sync| sync.as_i64().unwrap());
    let request_m = input
        .get("request_m")
        .map_or(1_000, |m| m.as_i64().unwrap());
    let metrics = fields(input, "metrics");
    let mut replicas = count(&input["start"]);
    let mut now_ms = 0;
    let mut found = Vec::new();
    for sample in samples {
        let of_metric = |(name, metric): (&String, &Value)| {
            let total = sample[name].as_i64().unwrap();
            if text(metric, "kind") == "proposal" {
                return Ok(u32::try_from(total).unwrap());
            }
            let pods = shared_out(total, replicas, request_m);
            let observation = Observation {
                spec_replicas: replicas,
                status_replicas: replicas,
                pods: &pods,
                stray_values_m: &[],
                tolerance: controller.limits().tolerances(),
                timing: tests_timing(),
                version: Version::NEWEST,
            };
            asked(metric, &observation).map(|found| found.replicas)
        };
        let proposals: Vec<_> = metrics.iter().map(of_metric).collect();
        replicas = controller.sync(now_ms, replicas, &proposals).replicas;
        found.push(replicas);
        now_ms += sync_ms;
    }
    found
}

/// Ready pods that share a usage, the remainder one thousandth each to the first.
fn shared_out(total_m: i64, replicas: u32, request_m: i64) -> Vec<Pod> {
    let replicas = i64::from(replicas);
    let pod = |index| Pod {
        phase: Phase::Running,
        is_deleting: false,
        ready: Some(true),
        start_age_ms: Some(1_000 * OLD_S),
        ready_change_age_ms: 1_000 * OLD_S,
        value_m: Some(total_m / replicas + i64::from(index < total_m % replicas)),
        sample_age_ms: 0,
        sample_window_ms: 60_000,
        request_m: Some(request_m),
    };
    (0..replicas).map(pod).collect()
}

fn asked(metric: &Value, observation: &Observation) -> Result<Proposal, MetricError> {
    let known = ["kind", "resource", "target", "values_m", "broken"];
    only(metric, &known);
    if metric.get("broken").is_some() {
        return Err(MetricError::Unavailable);
    }
    let target_m = metric["target"].as_i64().unwrap();
    let values_m = whole_list(metric.get("values_m"));
    let metric = match text(metric, "kind") {
        "resource_utilization" => Metric::ResourceUtilization {
            resource: resource(&metric["resource"]),
            percent: target_m,
        },
        "resource_average" => Metric::ResourceAverage {
            resource: resource(&metric["resource"]),
            target_m,
        },
        "pods_average" => Metric::PodsAverage { target_m },
        "object_value" | "external_value" => Metric::Value { target_m, values_m },
        "object_average" | "external_average" => Metric::AverageValue { target_m, values_m },
        other => panic!("no metric is known as {other}"),
    };
    proposal(&metric, observation)
}

fn pods(input: &Value) -> Vec<Pod> {
    list(input, "pods").iter().map(pod).collect()
}

fn pod(pod: &Value) -> Pod {
    let known = [
        "name",
        "phase",
        "deleting",
        "ready",
        "start_age_s",
        "ready_change_age_s",
        "value_m",
        "sample_age_s",
        "sample_window_s",
        "request_m",
    ];
    only(pod, &known);
    let number = |key: &str| pod.get(key).and_then(Value::as_i64);
    let start_age_s = number("start_age_s").unwrap_or(OLD_S);
    Pod {
        phase: match pod.get("phase").and_then(Value::as_str) {
            None | Some("Running" | "Succeeded") => Phase::Running,
            Some("Pending") => Phase::Pending,
            Some("Failed") => Phase::Failed,
            Some(other) => panic!("no phase is known as {other}"),
        },
        is_deleting: pod["deleting"].as_bool().unwrap_or(false),
        ready: pod.get("ready").map_or(Some(true), Value::as_bool),
        start_age_ms: Some(1_000 * start_age_s),
        ready_change_age_ms: 1_000 * number("ready_change_age_s").unwrap_or(start_age_s),
        value_m: number("value_m"),
        sample_age_ms: 1_000 * number("sample_age_s").unwrap_or(0),
        sample_window_ms: 1_000 * number("sample_window_s").unwrap_or(60),
        request_m: number("request_m"),
    }
}

/// The block as the API server completes it; none where there is none.
pub(crate) fn behavior(block: Option<&Value>) -> Option<Behavior> {
    let block = block.filter(|block| !block.is_null())?;
    only(block, &["scale_up", "scale_down"]);
    Some(Behavior {
        up: rules(&block["scale_up"], Rules::default_up()),
        down: rules(&block["scale_down"], Rules::default_down()),
    })
}

fn rules(rules: &Value, defaults: Rules) -> Rules {
    if rules.is_null() {
        return defaults;
    }
    only(rules, &["select", "window_s", "policies", "tolerance"]);
    let policy = |policy: &Value| {
        only(policy, &["type", "value", "period_s"]);
        Policy {
            kind: match text(policy, "type") {
                "Pods" => PolicyKind::Pods,
                "Percent" => PolicyKind::Percent,
                other => panic!("no policy is known as {other}"),
            },
            value: count(&policy["value"]),
            period_ms: 1_000 * policy["period_s"].as_i64().unwrap(),
        }
    };
    let window = rules.get("window_s").map(|s| 1_000 * s.as_i64().unwrap());
    let policies = rules.get("policies").map(|policies| {
        let policies = policies.as_array().unwrap().iter();
        policies.map(policy).collect()
    });
    Rules {
        select: match rules.get("select").and_then(Value::as_str) {
            None | Some("Max") => Select::Max,
            Some("Min") => Select::Min,
            Some("Disabled") => Select::Disabled,
            Some(other) => panic!("no selection is known as {other}"),
        },
        window_ms: window.or(defaults.window_ms),
        policies: policies.unwrap_or(defaults.policies),
        tolerance: rules.get("tolerance").map(|t| t.as_f64().unwrap()),
    }
}

fn limits(input: &Value, behavior: Option<Behavior>) -> Limits {
    Limits::new(count(&input["min"]), count(&input["max"]), behavior)
}

fn recommendations(log: &Value) -> Option<Vec<Recommendation>> {
    let entry = |entry: &Value| Recommendation {
        replicas: count(&entry[0]),
        at_ms: -1_000 * entry[1].as_i64().unwrap(),
    };
    Some(log.as_array()?.iter().map(entry).collect())
}

fn events(events: &Value) -> Vec<ScaleEvent> {
    let event = |event: &Value| {
        only(event, &["change", "age_s", "outdated"]);
        ScaleEvent {
            change: count(&event["change"]),
            at_ms: -1_000 * event["age_s"].as_i64().unwrap(),
            is_outdated: event["outdated"].as_bool().unwrap_or(false),
        }
    };
    events.as_array().unwrap().iter().map(event).collect()
}

fn decided(decision: Decision) -> Value {
    let reason = match decision.reason {
        Reason::DesiredWithinRange => "DesiredWithinRange",
        Reason::TooFewReplicas => "TooFewReplicas",
        Reason::TooManyReplicas => "TooManyReplicas",
        Reason::ScaleUpLimit => "ScaleUpLimit",
        Reason::ScaleDownLimit => "ScaleDownLimit",
        Reason::ScalingDisabled => "ScalingDisabled",
        Reason::FailedGetMetrics => "FailedGetMetrics",
    };
    json!({"replicas": decision.replicas, "reason": reason})
}

fn resource(name: &Value) -> Resource {
    match name.as_str() {
        Some("cpu") => Resource::Cpu,
        Some("memory") => Resource::Other,
        _ => panic!("no resource is known as {name}"),
    }
}

/// The upstream tests' own, not a cluster's.
fn tests_timing() -> Timing {
    Timing {
        cpu_initialization_ms: 120_000,
        readiness_delay_ms: 10_000,
    }
}

fn whole_list(values: Option<&Value>) -> Vec<i64> {
    let values = values.map(|values| values.as_array().unwrap());
    let values = values.into_iter().flatten();
    values.map(|value| value.as_i64().unwrap()).collect()
}

fn count(value: &Value) -> u32 {
    let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
    count.unwrap_or_else(|| panic!("{value} is no number of pods"))
}
