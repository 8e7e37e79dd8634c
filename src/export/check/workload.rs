//! Faults that an API server would find in a `Deployment`, `Service` or `PodDisruptionBudget` as
//! exported here. Pod fields that the exports never set are not checked.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::{Faults, Node, amount};
use crate::export::Fault;
use crate::say::export::check as say;

const SIZE: RangeInclusive<i64> = 0..=2_147_483_647;
const PORT: RangeInclusive<i64> = 1..=65_535;
const TOP: [&str; 5] = ["apiVersion", "kind", "metadata", "spec", "status"];

/// Scenario input behind each field of the exported Deployment.
const DEPLOYMENT_FIELDS: [(&str, &str); 4] = [
    (
        "spec.template.spec.containers.0.resources.requests.cpu",
        "vcpu",
    ),
    (
        "spec.template.spec.containers.0.resources.requests.memory",
        "memory",
    ),
    ("spec.template.spec.containers.0.env.0.value", "concurrency"),
    (
        "spec.template.spec.terminationGracePeriodSeconds",
        "timeout",
    ),
];

/// Faults that an API server would find in this Deployment; empty if it is valid.
pub fn deployment(manifest: &Value) -> Vec<Fault> {
    let mut faults = Faults::of("apps/v1", &DEPLOYMENT_FIELDS);
    if let Some(spec) = spec(manifest, "apps/v1", "Deployment", &mut faults) {
        check_deployment(&spec, &mut faults);
    }
    faults.found
}

/// Faults that an API server would find in this Service; empty if it is valid.
pub fn service(manifest: &Value) -> Vec<Fault> {
    let mut faults = Faults::of("v1", &[]);
    if let Some(spec) = spec(manifest, "v1", "Service", &mut faults) {
        for port in spec.items("ports", &mut faults).unwrap_or_default() {
            port.present("port", &mut faults);
            port.integer("port", PORT, &mut faults);
        }
    }
    faults.found
}

/// Faults that an API server would find in this `PodDisruptionBudget`; empty if it is valid.
pub fn disruption_budget(manifest: &Value) -> Vec<Fault> {
    let mut faults = Faults::of("policy/v1", &[("spec.maxUnavailable", "hpa-min")]);
    let Some(spec) = spec(manifest, "policy/v1", "PodDisruptionBudget", &mut faults) else {
        return faults.found;
    };
    let known = [
        "minAvailable",
        "maxUnavailable",
        "selector",
        "unhealthyPodEvictionPolicy",
    ];
    spec.known(&known, &mut faults);
    let has = |name: &str| spec.fields.contains_key(name);
    if has("minAvailable") && has("maxUnavailable") {
        faults.add(&spec.path, say::ONE_BOUND);
    }
    for name in ["minAvailable", "maxUnavailable"] {
        check_share(&spec, name, &mut faults);
    }
    faults.found
}

/// Spec of an object of the right kind; checks its name too.
fn spec<'a>(manifest: &'a Value, api: &str, kind: &str, faults: &mut Faults) -> Option<Node<'a>> {
    let root = Node::root(manifest, faults)?;
    root.known(&TOP, faults);
    root.word("apiVersion", &[api], faults);
    root.word("kind", &[kind], faults);
    root.named(faults);
    root.required("spec", faults)
}

fn check_deployment(spec: &Node, faults: &mut Faults) {
    let known = [
        "replicas",
        "selector",
        "template",
        "strategy",
        "minReadySeconds",
        "revisionHistoryLimit",
        "paused",
        "progressDeadlineSeconds",
    ];
    spec.known(&known, faults);
    spec.integer("replicas", SIZE, faults);
    spec.integer("minReadySeconds", SIZE, faults);
    check_strategy(spec, faults);
    let selector = spec.required("selector", faults);
    let Some(template) = spec.required("template", faults) else {
        return;
    };
    let wanted = selector.and_then(|node| node.optional("matchLabels", faults));
    let labels = template
        .optional("metadata", faults)
        .and_then(|node| node.optional("labels", faults));
    for (name, value) in wanted.iter().flat_map(|node| node.fields) {
        let own = labels.as_ref().and_then(|node| node.fields.get(name));
        if own != Some(value) {
            faults.add("spec.selector.matchLabels", say::SELECTOR);
        }
    }
    let Some(pod) = template.required("spec", faults) else {
        return;
    };
    pod.integer("terminationGracePeriodSeconds", SIZE, faults);
    let containers = pod.items("containers", faults).unwrap_or_default();
    if containers.is_empty() {
        faults.add(&pod.at("containers"), say::NO_CONTAINER);
    }
    for container in containers {
        check_container(&container, faults);
    }
}

/// Checks the update strategy: all pods at once, or rolling with surge and unavailability.
fn check_strategy(spec: &Node, faults: &mut Faults) {
    let Some(strategy) = spec.optional("strategy", faults) else {
        return;
    };
    strategy.known(&["type", "rollingUpdate"], faults);
    let kinds = ["RollingUpdate", "Recreate"];
    let has = |name: &str| strategy.fields.contains_key(name);
    let kind = has("type").then(|| strategy.word("type", &kinds, faults));
    if kind == Some(Some("Recreate")) {
        if has("rollingUpdate") {
            faults.add(&strategy.at("rollingUpdate"), say::NO_STEPS);
        }
        return;
    }
    let Some(update) = strategy.optional("rollingUpdate", faults) else {
        return;
    };
    update.known(&["maxSurge", "maxUnavailable"], faults);
    let mut none = 0;
    for (name, most) in [("maxSurge", u32::MAX), ("maxUnavailable", 100)] {
        let Some(value) = update.fields.get(name) else {
            continue;
        };
        let percent = value.as_str().and_then(|text| text.strip_suffix('%'));
        let percent = percent.and_then(|text| text.parse::<u32>().ok());
        let count = value.as_i64().filter(|count| SIZE.contains(count));
        if percent.is_none_or(|percent| most < percent) && count.is_none() {
            faults.add(&update.at(name), say::ROOM);
        }
        none += u32::from(percent == Some(0) || count == Some(0));
    }
    if none == 2 {
        faults.add(&update.at("maxUnavailable"), say::NO_ROOM);
    }
}

fn check_container(container: &Node, faults: &mut Faults) {
    container.text("name", faults);
    container.text("image", faults);
    for port in container.items("ports", faults).unwrap_or_default() {
        port.present("containerPort", faults);
        port.integer("containerPort", PORT, faults);
    }
    for variable in container.items("env", faults).unwrap_or_default() {
        variable.known(&["name", "value", "valueFrom"], faults);
        variable.text("name", faults);
        if variable.fields.get("value").is_some_and(|v| !v.is_string()) {
            faults.add(&variable.at("value"), say::QUOTED);
        }
    }
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        if let Some(probe) = container.optional(probe, faults) {
            for name in ["periodSeconds", "timeoutSeconds", "failureThreshold"] {
                probe.integer(name, 1..=*SIZE.end(), faults);
            }
        }
    }
    let Some(resources) = container.optional("resources", faults) else {
        return;
    };
    resources.known(&["requests", "limits", "claims"], faults);
    let requests = resources.optional("requests", faults);
    let limits = resources.optional("limits", faults);
    for node in requests.iter().chain(&limits) {
        for (name, quantity) in node.fields {
            if amount(quantity).is_none() {
                faults.add(&node.at(name), say::QUANTITY);
            }
        }
    }
    let (Some(requests), Some(limits)) = (requests, limits) else {
        return;
    };
    for (name, quantity) in requests.fields {
        let limit = limits.fields.get(name).and_then(amount);
        if let (Some(request), Some(limit)) = (amount(quantity), limit)
            && limit < request
        {
            faults.add(&requests.at(name), say::ABOVE_LIMIT);
        }
    }
}

/// Checks a count or a percentage.
fn check_share(spec: &Node, name: &str, faults: &mut Faults) {
    let Some(value) = spec.fields.get(name) else {
        return;
    };
    let is_percent = value
        .as_str()
        .and_then(|text| text.strip_suffix('%'))
        .is_some_and(|text| text.parse::<u32>().is_ok_and(|percent| percent <= 100));
    let is_count = value.as_i64().is_some_and(|count| SIZE.contains(&count));
    if !is_percent && !is_count {
        faults.add(&spec.at(name), say::SHARE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn messages(faults: &[Fault]) -> Vec<&str> {
        faults.iter().map(|fault| fault.message.as_str()).collect()
    }

    fn gateway(container: &Value) -> Value {
        json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "kt-gateway"},
            "spec": {
                "selector": {"matchLabels": {"app": "kt-gateway"}},
                "template": {
                    "metadata": {"labels": {"app": "kt-gateway"}},
                    "spec": {"containers": [container]},
                },
            },
        })
    }

    #[test]
    fn a_deployment_is_refused_for_what_an_api_server_refuses() {
        let good = json!({"name": "gateway", "image": "a:1"});
        assert_eq!(deployment(&gateway(&good)), []);
        let bad = json!({
            "name": "gateway",
            "image": "a:1",
            "env": [{"name": "A", "value": 16}],
            "ports": [{"containerPort": 0}],
            "resources": {
                "requests": {"cpu": "2", "memory": "1 GB"},
                "limits": {"cpu": "500m"},
            },
        });
        let container = "spec.template.spec.containers.0";
        let expected = [
            format!(
                "{container}.ports.0.containerPort must be a whole number from 1 to 65535, but is 0"
            ),
            format!("{container}.env.0.value must be a text: put it in quotes"),
            format!(
                "{container}.resources.requests.memory must be a quantity, for example 500m or 128M"
            ),
            format!("{container}.resources.requests.cpu must not be above its limit"),
        ];
        let faults = deployment(&gateway(&bad));
        assert_eq!(messages(&faults), expected);
        assert_eq!(faults[1].field, Some("concurrency"));
        let mut other = gateway(&good);
        other["spec"]["selector"]["matchLabels"]["app"] = json!("another");
        assert_eq!(
            messages(&deployment(&other)),
            ["spec.selector.matchLabels must match the labels of the template"]
        );
    }

    #[test]
    fn a_disruption_budget_has_one_bound_of_the_right_form() {
        let budget = |spec: Value| {
            json!({"apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
                   "metadata": {"name": "kt-gateway"}, "spec": spec})
        };
        for good in [json!({"maxUnavailable": 1}), json!({"minAvailable": "50%"})] {
            assert_eq!(disruption_budget(&budget(good)), []);
        }
        for bad in [
            json!({"maxUnavailable": -1}),
            json!({"maxUnavailable": "1"}),
            json!({"maxUnavailable": "101%"}),
            json!({"maxUnavailable": 1, "minAvailable": 1}),
        ] {
            assert_eq!(disruption_budget(&budget(bad)).len(), 1);
        }
    }
}
