//! Reads Kubernetes manifests and the API's blocks.

use serde_json::Value;

use super::fact::{Facts, allowed};
use super::reading::Kind;
use super::value::{at, number};
use crate::export::check::amount;
use crate::scenario::Scenario;
use crate::scenario::property::{self, Number};

/// Setting of the API that prunes events.
pub(super) const RETENTION: &str = "KEEPTRUSTS_EVENT_RETENTION_HOURS";
const CONCURRENCY: &str = "KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY";

/// A place and the number of the scenario it holds.
type Places<const N: usize> = [(&'static str, &'static Number<Scenario>); N];

/// The facts of a document of this kind.
pub(super) fn facts(document: &Value, kind: Kind) -> Facts {
    let mut facts = Facts::default();
    match kind {
        Kind::Autoscaler => autoscaler(document, &mut facts),
        Kind::ScaledObject => scaled_object(document, &mut facts),
        Kind::Deployment => deployment(document, &mut facts),
        Kind::Settings => settings(document, &mut facts),
        Kind::Database => plain(
            document,
            [("database.max_connections", &property::MAX_CONNECTIONS)],
            &mut facts,
        ),
        Kind::Pack | Kind::Scenario | Kind::Link | Kind::Command => {}
    }
    facts
}

/// Numbers that stand as such at fixed places.
fn plain<const N: usize>(document: &Value, places: Places<N>, facts: &mut Facts) {
    for (path, property) in places {
        let Some(value) = at(document, path) else {
            continue;
        };
        match number(value) {
            Some(value) => facts.number(path.to_owned(), property, value),
            None => facts.unused(path, allowed(property)),
        }
    }
}

fn autoscaler(document: &Value, facts: &mut Facts) {
    plain(
        document,
        [
            ("spec.minReplicas", &property::HPA_MIN),
            ("spec.maxReplicas", &property::HPA_MAX),
        ],
        facts,
    );
    let metrics = at(document, "spec.metrics").and_then(Value::as_array);
    for (index, metric) in metrics.into_iter().flatten().enumerate() {
        let path = format!("spec.metrics.{index}");
        match metric["type"].as_str() {
            Some("Resource") if metric["resource"]["name"] == "cpu" => {
                target(metric, &path, "resource", &property::HPA_CPU, facts);
            }
            Some("Pods") if metric["pods"]["metric"]["name"] == "kt_request_queue_depth" => {
                target(metric, &path, "pods", &property::HPA_QUEUE, facts);
            }
            _ => facts.unused(
                path,
                "this metric is not modelled; only CPU and queue depth are",
            ),
        }
    }
    behavior(document, "spec.behavior", facts);
}

/// The target of a metric: a percentage for CPU, a quantity for the queue.
fn target(
    metric: &Value,
    path: &str,
    source: &str,
    property: &'static Number<Scenario>,
    facts: &mut Facts,
) {
    let key = if source == "resource" {
        "averageUtilization"
    } else {
        "averageValue"
    };
    let place = format!("{path}.{source}.target.{key}");
    match metric[source]["target"].get(key).and_then(amount) {
        Some(value) => {
            facts.number(place, property, value);
            facts.understood.push(path.to_owned());
        }
        None => facts.unused(path, format!("only {key} is modelled for this metric")),
    }
}

fn behavior(document: &Value, path: &str, facts: &mut Facts) {
    let directions: [(&str, [&'static Number<Scenario>; 3]); 2] = [
        (
            "scaleUp",
            [
                &property::HPA_UP_WINDOW,
                &property::HPA_UP_PERCENT,
                &property::HPA_UP_PERIOD,
            ],
        ),
        (
            "scaleDown",
            [
                &property::HPA_DOWN_WINDOW,
                &property::HPA_DOWN_PERCENT,
                &property::HPA_DOWN_PERIOD,
            ],
        ),
    ];
    for (name, [window, percent, period]) in directions {
        let path = format!("{path}.{name}");
        let Some(direction) = at(document, &path) else {
            continue;
        };
        if let Some(value) = direction["stabilizationWindowSeconds"].as_f64() {
            let place = format!("{path}.stabilizationWindowSeconds");
            facts.number(place, window, value);
        }
        let policies = direction["policies"].as_array();
        let mut is_taken = false;
        for (index, policy) in policies.into_iter().flatten().enumerate() {
            let place = format!("{path}.policies.{index}");
            if policy["type"] != "Percent" || is_taken {
                facts.unused(place, "the model has one Percent policy for each way");
                continue;
            }
            is_taken = true;
            for (key, property) in [("value", percent), ("periodSeconds", period)] {
                if let Some(value) = policy[key].as_f64() {
                    facts.number(format!("{place}.{key}"), property, value);
                }
            }
            facts.understood.push(place);
        }
    }
}

fn scaled_object(document: &Value, facts: &mut Facts) {
    plain(
        document,
        [
            ("spec.minReplicaCount", &property::HPA_MIN),
            ("spec.maxReplicaCount", &property::HPA_MAX),
        ],
        facts,
    );
    let triggers = at(document, "spec.triggers").and_then(Value::as_array);
    for (index, trigger) in triggers.into_iter().flatten().enumerate() {
        let path = format!("spec.triggers.{index}");
        let metadata = &trigger["metadata"];
        let is_queue = metadata["query"]
            .as_str()
            .is_some_and(|query| query.contains("kt_request_queue_depth"));
        let (key, property) = match trigger["type"].as_str() {
            Some("cpu") => ("value", &property::HPA_CPU),
            Some("prometheus") if is_queue => ("threshold", &property::HPA_QUEUE),
            _ => {
                facts.unused(
                    path,
                    "this trigger is not modelled; only CPU and queue depth are",
                );
                continue;
            }
        };
        if let Some(value) = metadata.get(key).and_then(number) {
            facts.number(format!("{path}.metadata.{key}"), property, value);
        }
    }
    let path = "spec.advanced.horizontalPodAutoscalerConfig.behavior";
    behavior(document, path, facts);
}

fn deployment(document: &Value, facts: &mut Facts) {
    if at(document, "spec.replicas").is_some() {
        facts.unused("spec.replicas", "the autoscaler decides the replicas");
    }
    let surge = "spec.strategy.rollingUpdate.maxSurge";
    let percent = at(document, surge).and_then(Value::as_str);
    if let Some(percent) = percent.and_then(|text| text.strip_suffix('%')?.parse().ok()) {
        facts.number(surge.to_owned(), &property::SURGE, percent);
    }
    let containers = "spec.template.spec.containers";
    let all = at(document, containers).and_then(Value::as_array);
    let Some((index, container)) = all.and_then(|all| gateway(all)) else {
        facts.unused(containers, "no container here is the gateway");
        return;
    };
    let path = format!("{containers}.{index}");
    let requests = &container["resources"]["requests"];
    for (key, property, unit) in [
        ("cpu", &property::VCPU, 1.0),
        ("memory", &property::MEMORY, 1e6),
    ] {
        let place = format!("{path}.resources.requests.{key}");
        match requests.get(key).map(amount) {
            Some(Some(value)) => facts.number(place, property, value / unit),
            Some(None) => facts.unused(place, "is no quantity, for example 500m or 128M"),
            None => {}
        }
    }
    let variables = container["env"].as_array();
    for (index, variable) in variables.into_iter().flatten().enumerate() {
        if variable["name"] == CONCURRENCY
            && let Some(value) = number(&variable["value"])
        {
            facts.number(
                format!("{path}.env.{index}.value"),
                &property::CONCURRENCY,
                value,
            );
            facts.understood.push(format!("{path}.env.{index}"));
        }
    }
}

/// The container with the gateway's setting or name, or the only one.
fn gateway(containers: &[Value]) -> Option<(usize, &Value)> {
    let has_setting = |container: &Value| {
        let variables = container["env"].as_array();
        let mut variables = variables.into_iter().flatten();
        variables.any(|variable| variable["name"] == CONCURRENCY)
    };
    let is_named = |container: &Value| {
        let name = container["name"].as_str().unwrap_or_default();
        let image = container["image"].as_str().unwrap_or_default();
        name.contains("gateway") || image.contains("keeptrusts/gateway")
    };
    let numbered = || containers.iter().enumerate();
    numbered()
        .find(|(_, container)| has_setting(container))
        .or_else(|| numbered().find(|(_, container)| is_named(container)))
        .or_else(|| numbered().next().filter(|_| containers.len() == 1))
}

fn settings(document: &Value, facts: &mut Facts) {
    let place = format!("data.{RETENTION}");
    match number(&document["data"][RETENTION]) {
        Some(hours) if hours % 24.0 == 0.0 => {
            facts.number(place, &property::RETENTION, hours / 24.0);
        }
        _ => facts.unused(place, "must be whole days in hours, a multiple of 24"),
    }
}
