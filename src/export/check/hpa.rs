//! Faults of a `HorizontalPodAutoscaler` that an API server would refuse.
//!
//! Sources that the exports never use (Object, External, `ContainerResource`) are
//! named but not looked into.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::{Faults, Node, is_positive_quantity};
use crate::export::Fault;
use crate::say::export::check as say;

const COUNT: RangeInclusive<i64> = 1..=2_147_483_647;
const WINDOW_S: RangeInclusive<i64> = 0..=3_600;
const PERIOD_S: RangeInclusive<i64> = 1..=1_800;

/// Which input of the scenario decides a field of the exported manifest.
const FIELDS: [(&str, &str); 10] = [
    ("spec.minReplicas", "hpa-min"),
    ("spec.maxReplicas", "hpa-max"),
    (
        "spec.metrics.0.resource.target.averageUtilization",
        "hpa-cpu",
    ),
    ("spec.metrics.1.pods.target.averageValue", "hpa-queue"),
    (
        "spec.behavior.scaleUp.stabilizationWindowSeconds",
        "hpa-up-window",
    ),
    ("spec.behavior.scaleUp.policies.0.value", "hpa-up-percent"),
    (
        "spec.behavior.scaleUp.policies.0.periodSeconds",
        "hpa-up-period",
    ),
    (
        "spec.behavior.scaleDown.stabilizationWindowSeconds",
        "hpa-down-window",
    ),
    (
        "spec.behavior.scaleDown.policies.0.value",
        "hpa-down-percent",
    ),
    (
        "spec.behavior.scaleDown.policies.0.periodSeconds",
        "hpa-down-period",
    ),
];

/// Everything an API server would refuse in this manifest; empty if it is valid.
pub fn hpa(manifest: &Value) -> Vec<Fault> {
    let mut faults = Faults::of("autoscaling/v2", &FIELDS);
    if let Some(root) = Node::root(manifest, &mut faults) {
        root.known(
            &["apiVersion", "kind", "metadata", "spec", "status"],
            &mut faults,
        );
        root.word("apiVersion", &["autoscaling/v2"], &mut faults);
        root.word("kind", &["HorizontalPodAutoscaler"], &mut faults);
        root.named(&mut faults);
        if let Some(spec) = root.required("spec", &mut faults) {
            check_spec(&spec, &mut faults);
        }
    }
    faults.found
}

fn check_spec(spec: &Node, faults: &mut Faults) {
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
    let min = spec.integer("minReplicas", COUNT, faults);
    spec.present("maxReplicas", faults);
    let max = spec.integer("maxReplicas", COUNT, faults);
    // Absent, the minimum is 1.
    let min = min.unwrap_or(1);
    if let Some(max) = max
        && max < min
    {
        let message = say::below_minimum(min, max);
        faults.add(&spec.at("maxReplicas"), &message);
    }
    for metric in spec.items("metrics", faults).unwrap_or_default() {
        check_metric(&metric, faults);
    }
    if let Some(behavior) = spec.optional("behavior", faults) {
        behavior.known(&["scaleUp", "scaleDown"], faults);
        for name in ["scaleUp", "scaleDown"] {
            if let Some(direction) = behavior.optional(name, faults) {
                check_direction(&direction, faults);
            }
        }
    }
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
        "Resource" => check_resource(&source, faults),
        "Pods" => check_pods(&source, faults),
        _ => {}
    }
}

fn check_resource(resource: &Node, faults: &mut Faults) {
    resource.known(&["name", "target"], faults);
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

fn check_direction(direction: &Node, faults: &mut Faults) {
    let known = [
        "stabilizationWindowSeconds",
        "selectPolicy",
        "policies",
        "tolerance",
    ];
    direction.known(&known, faults);
    direction.integer("stabilizationWindowSeconds", WINDOW_S, faults);
    if direction.fields.contains_key("selectPolicy") {
        direction.word("selectPolicy", &["Max", "Min", "Disabled"], faults);
    }
    // An absent list takes the defaults, an empty one is refused.
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
    use serde_json::json;

    /// What `tests/vectors/hpa-validation.json` says an API server accepts.
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

    /// The value at a path of the file's notation; made if it is absent.
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
