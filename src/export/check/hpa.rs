//! Faults that an API server would find in a `HorizontalPodAutoscaler`.
//!
//! Sources: `pkg/apis/autoscaling/validation`; KEP-4951 (tolerance), KEP-2021 (zero pods).

use std::ops::RangeInclusive;

use serde_json::{Value, json};

use super::{Faults, Node, is_positive_quantity};
use crate::export::Fault;
use crate::say::export::check as say;

const COUNT: RangeInclusive<i64> = 1..=2_147_483_647;
const WINDOW_S: RangeInclusive<i64> = 0..=3_600;
const PERIOD_S: RangeInclusive<i64> = 1..=1_800;

/// Minor versions that first allow a tolerance (behind a gate), and zero pods.
const TOLERANCE_SINCE: u32 = 33;
const ZERO_SINCE: u32 = 37;
/// Newest minor version with known rules.
const NEWEST: u32 = 37;

/// Scenario input behind each field of the exported manifest. Metrics and policies are matched by
/// content, not by position.
const FIELDS: [(&str, &str); 19] = [
    ("spec.minReplicas", "hpa-min"),
    ("spec.maxReplicas", "hpa-max"),
    ("cpu.averageUtilization", "hpa-cpu"),
    ("cpu.averageValue", "hpa-cpu-average"),
    ("memory.averageUtilization", "hpa-memory"),
    ("memory.averageValue", "hpa-memory-average"),
    ("pods.averageValue", "hpa-queue"),
    ("scaleUp.stabilizationWindowSeconds", "hpa-up-window"),
    ("scaleUp.tolerance", "hpa-up-tolerance"),
    ("scaleUp.Percent.value", "hpa-up-percent"),
    ("scaleUp.Percent.periodSeconds", "hpa-up-period"),
    ("scaleUp.Pods.value", "hpa-up-pods"),
    ("scaleUp.Pods.periodSeconds", "hpa-up-pods-period"),
    ("scaleDown.stabilizationWindowSeconds", "hpa-down-window"),
    ("scaleDown.tolerance", "hpa-down-tolerance"),
    ("scaleDown.Percent.value", "hpa-down-percent"),
    ("scaleDown.Percent.periodSeconds", "hpa-down-period"),
    ("scaleDown.Pods.value", "hpa-down-pods"),
    ("scaleDown.Pods.periodSeconds", "hpa-down-pods-period"),
];

/// Input behind a path of the manifest, if any.
fn field(manifest: &Value, path: &str) -> Option<&'static str> {
    let steps: Vec<&str> = path.split('.').collect();
    let name = match steps.as_slice() {
        ["spec", "metrics", index, "resource", "target", key] => {
            let index: usize = index.parse().ok()?;
            let name = manifest["spec"]["metrics"][index]["resource"]["name"].as_str()?;
            format!("{name}.{key}")
        }
        ["spec", "metrics", _, "pods", "target", key] => format!("pods.{key}"),
        ["spec", "metrics"] => return Some("hpa-cpu"),
        ["spec", "behavior", way, "policies"] => {
            let is_up = *way == "scaleUp";
            return Some(if is_up {
                "hpa-up-percent"
            } else {
                "hpa-down-percent"
            });
        }
        ["spec", "behavior", way, "policies", index, key] => {
            let index: usize = index.parse().ok()?;
            let policy = &manifest["spec"]["behavior"][*way]["policies"][index];
            format!("{way}.{}.{key}", policy["type"].as_str()?)
        }
        ["spec", "behavior", way, key] => format!("{way}.{key}"),
        _ => path.to_owned(),
    };
    let known = FIELDS.iter().find(|(known, _)| *known == name);
    known.map(|(_, key)| *key)
}

/// Faults by the newest known Kubernetes version; empty if the manifest is valid.
pub fn hpa(manifest: &Value) -> Vec<Fault> {
    hpa_of(manifest, NEWEST)
}

/// Faults by a minor version of Kubernetes 1; empty if the manifest is valid.
pub fn hpa_of(manifest: &Value, minor: u32) -> Vec<Fault> {
    let mut faults = Faults::of("autoscaling/v2", &[]);
    if let Some(root) = Node::root(manifest, &mut faults) {
        root.known(
            &["apiVersion", "kind", "metadata", "spec", "status"],
            &mut faults,
        );
        root.word("apiVersion", &["autoscaling/v2"], &mut faults);
        root.word("kind", &["HorizontalPodAutoscaler"], &mut faults);
        root.named(&mut faults);
        if let Some(spec) = root.required("spec", &mut faults) {
            check_spec(&spec, minor, &mut faults);
        }
    }
    for fault in &mut faults.found {
        let path = fault.message.split(' ').next().unwrap_or_default();
        fault.field = field(manifest, path);
    }
    faults.found
}

fn check_spec(spec: &Node, minor: u32, faults: &mut Faults) {
    let known = [
        "scaleTargetRef",
        "minReplicas",
        "maxReplicas",
        "metrics",
        "behavior",
    ];
    spec.known(&known, faults);
    if let Some(target) = spec.required("scaleTargetRef", faults) {
        target.known(&["apiVersion", "kind", "name"], faults);
        target.text("kind", faults);
        target.text("name", faults);
    }
    let fewest = i64::from(!may_be_zero(spec, minor));
    let is_early = minor < ZERO_SINCE && spec.fields.get("minReplicas") == Some(&json!(0));
    let min = if is_early {
        faults.add(&spec.at("minReplicas"), &say::zero(minor));
        None
    } else {
        spec.integer("minReplicas", fewest..=*COUNT.end(), faults)
    };
    spec.present("maxReplicas", faults);
    let max = spec.integer("maxReplicas", COUNT, faults);
    // The API's default is 1.
    let min = min.unwrap_or(1);
    if let Some(max) = max
        && max < min
    {
        let message = say::below_minimum(min, max);
        faults.add(&spec.at("maxReplicas"), &message);
    }
    let metrics = spec.items("metrics", faults);
    if metrics.as_ref().is_some_and(Vec::is_empty) {
        faults.add(&spec.at("metrics"), say::NO_METRIC);
    }
    for metric in metrics.unwrap_or_default() {
        check_metric(&metric, faults);
    }
    if let Some(behavior) = spec.optional("behavior", faults) {
        behavior.known(&["scaleUp", "scaleDown"], faults);
        for name in ["scaleUp", "scaleDown"] {
            if let Some(direction) = behavior.optional(name, faults) {
                check_direction(&direction, minor, faults);
            }
        }
    }
}

/// Whether zero pods are allowed: only with a metric that exists without pods.
fn may_be_zero(spec: &Node, minor: u32) -> bool {
    let metrics = spec.fields.get("metrics").and_then(Value::as_array);
    let mut metrics = metrics.into_iter().flatten();
    let is_outside = |metric: &Value| metric["type"] == "Object" || metric["type"] == "External";
    ZERO_SINCE <= minor && metrics.any(is_outside)
}

fn check_metric(metric: &Node, faults: &mut Faults) {
    const SOURCES: [(&str, &str); 5] = [
        ("Resource", "resource"),
        ("ContainerResource", "containerResource"),
        ("Pods", "pods"),
        ("Object", "object"),
        ("External", "external"),
    ];
    metric.known(
        &[
            "type",
            "resource",
            "containerResource",
            "pods",
            "object",
            "external",
        ],
        faults,
    );
    let kind = metric.word("type", &SOURCES.map(|(kind, _)| kind), faults);
    let own = SOURCES.iter().find(|(name, _)| Some(*name) == kind);
    for (_, source) in SOURCES {
        if own.is_some_and(|(_, name)| *name != source) && metric.fields.contains_key(source) {
            faults.add(&metric.at(source), say::ONE_SOURCE);
        }
    }
    let Some((kind, source)) = own else { return };
    let Some(source) = metric.required(source, faults) else {
        return;
    };
    match *kind {
        "Resource" => check_resource(&source, &["name", "target"], faults),
        "ContainerResource" => {
            check_resource(&source, &["name", "container", "target"], faults);
            source.text("container", faults);
        }
        "Pods" => check_pods(&source, faults),
        "Object" => check_outside(&source, &["describedObject", "metric", "target"], faults),
        _ => check_outside(&source, &["metric", "target"], faults),
    }
}

fn check_resource(resource: &Node, known: &[&str], faults: &mut Faults) {
    resource.known(known, faults);
    resource.text("name", faults);
    let Some(target) = check_target(resource, faults) else {
        return;
    };
    let has = |name: &str| target.fields.contains_key(name);
    if has("averageUtilization") == has("averageValue") {
        faults.add(&target.path, say::ONE_TARGET);
    }
}

fn check_pods(pods: &Node, faults: &mut Faults) {
    pods.known(&["metric", "target"], faults);
    if let Some(metric) = pods.required("metric", faults) {
        metric.known(&["name", "selector"], faults);
        metric.text("name", faults);
    }
    if let Some(target) = check_target(pods, faults) {
        target.present("averageValue", faults);
    }
}

/// Checks a metric of another object or from outside the cluster.
fn check_outside(source: &Node, known: &[&str], faults: &mut Faults) {
    source.known(known, faults);
    for name in known.iter().filter(|name| **name == "describedObject") {
        source.required(name, faults);
    }
    if let Some(metric) = source.required("metric", faults) {
        metric.known(&["name", "selector"], faults);
        metric.text("name", faults);
    }
    if let Some(target) = check_target(source, faults) {
        let has = |name: &str| target.fields.contains_key(name);
        if has("value") == has("averageValue") {
            faults.add(&target.path, say::ONE_VALUE);
        }
    }
}

fn check_target<'a>(source: &Node<'a>, faults: &mut Faults) -> Option<Node<'a>> {
    let target = source.required("target", faults)?;
    target.known(
        &["type", "value", "averageValue", "averageUtilization"],
        faults,
    );
    target.word("type", &["Utilization", "Value", "AverageValue"], faults);
    target.integer("averageUtilization", COUNT, faults);
    for name in ["value", "averageValue"] {
        if let Some(quantity) = target.fields.get(name)
            && !is_positive_quantity(quantity)
        {
            faults.add(&target.at(name), say::POSITIVE);
        }
    }
    Some(target)
}

fn check_direction(direction: &Node, minor: u32, faults: &mut Faults) {
    let known = [
        "stabilizationWindowSeconds",
        "selectPolicy",
        "policies",
        "tolerance",
    ];
    direction.known(&known, faults);
    if let Some(tolerance) = direction.fields.get("tolerance") {
        let path = direction.at("tolerance");
        if minor < TOLERANCE_SINCE {
            faults.add(&path, &say::since("1.33"));
        } else if super::amount(tolerance).is_none_or(|ratio| ratio < 0.0) {
            faults.add(&path, say::QUANTITY);
        }
    }
    direction.integer("stabilizationWindowSeconds", WINDOW_S, faults);
    if direction.fields.contains_key("selectPolicy") {
        direction.word("selectPolicy", &["Max", "Min", "Disabled"], faults);
    }
    // An absent list takes the defaults; an empty one is a fault.
    let Some(policies) = direction.items("policies", faults) else {
        return;
    };
    if policies.is_empty() {
        faults.add(&direction.at("policies"), say::NO_POLICY);
    }
    for policy in policies {
        policy.known(&["type", "value", "periodSeconds"], faults);
        policy.word("type", &["Pods", "Percent"], faults);
        for (name, range) in [("value", COUNT), ("periodSeconds", PERIOD_S)] {
            policy.present(name, faults);
            policy.integer(name, range, faults);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::export::check::is_dns_subdomain;

    /// Manifests that an API server accepts, from `tests/vectors/hpa-validation.json`.
    #[test]
    fn verdicts_agree_with_the_recorded_cases() {
        let text = include_str!("../../../tests/vectors/hpa-validation.json");
        let file: Value = serde_json::from_str(text).unwrap();
        let cases = file["cases"].as_array().unwrap();
        assert!(20 <= cases.len(), "{} cases", cases.len());
        for case in cases {
            let faults = hpa(&edited(&file["base"], case));
            let valid = case["valid"].as_bool().unwrap();
            assert_eq!(faults.is_empty(), valid, "{}: {faults:?}", case["id"]);
        }
    }

    fn edited(base: &Value, case: &Value) -> Value {
        let mut manifest = base.clone();
        for (path, value) in case["set"].as_object().into_iter().flatten() {
            *place(&mut manifest, path) = value.clone();
        }
        if let Some(path) = case["remove"].as_str() {
            let (parent, name) = path.rsplit_once('.').unwrap();
            let parent = place(&mut manifest, parent);
            parent.as_object_mut().unwrap().remove(name).unwrap();
        }
        manifest
    }

    /// Value at a path in the file's notation; created if absent.
    fn place<'a>(manifest: &'a mut Value, path: &str) -> &'a mut Value {
        path.split('.')
            .fold(manifest, |node, step| match step.parse::<usize>() {
                Ok(index) => &mut node[index],
                Err(_) => &mut node[step],
            })
    }

    #[test]
    fn quantities_are_read_as_the_api_reads_them() {
        let good = [
            json!("50"),
            json!(50),
            json!("500m"),
            json!("1.5Gi"),
            json!("2e3"),
            json!("+1"),
        ];
        let bad = [
            json!("0"),
            json!("-5"),
            json!(""),
            json!("5 0"),
            json!("1.2.3"),
            json!("5Q"),
            json!(null),
        ];
        for quantity in good {
            assert!(is_positive_quantity(&quantity), "{quantity}");
        }
        for quantity in bad {
            assert!(!is_positive_quantity(&quantity), "{quantity}");
        }
    }

    #[test]
    fn names_are_dns_subdomains() {
        for (name, good) in [
            ("kt-gateway-hpa", true),
            ("a.b", true),
            ("A", false),
            ("-a", false),
            ("a..b", false),
        ] {
            assert_eq!(is_dns_subdomain(name), good, "{name}");
        }
    }

    #[test]
    fn anything_may_be_asked() {
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!({"spec": 1}),
            json!({"spec": {"metrics": [1]}}),
        ] {
            assert!(!hpa(&value).is_empty(), "{value}");
        }
    }
}
