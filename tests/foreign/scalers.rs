//! What autoscalers look at, and what the cluster makes of what they leave out.

use serde_json::{Value, json};

use super::{DEPLOYMENT, HPA, reading, why};
use kt_capacity::import::Reading;

fn metrics(list: &Value) -> String {
    json!({
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "gateway"}, "spec": {"maxReplicas": 31, "metrics": list},
    })
    .to_string()
}

fn keda(spec: &Value) -> String {
    json!({"kind": "ScaledObject", "metadata": {"name": "gateway"}, "spec": spec}).to_string()
}

fn own(reading: &Reading) -> String {
    reading.scenario.gateway.hpa.metrics.to_string()
}

#[test]
fn only_the_gateways_own_metrics_are_its_queue() {
    let external = json!({"type": "External", "external": {
        "metric": {"name": "sqs_queue_depth"},
        "target": {"type": "AverageValue", "averageValue": "30"}}});
    let read = reading(&metrics(&json!([external])));
    assert_eq!(read.scenario.gateway.hpa.queue_depth, None);
    assert_eq!(own(&read), "external-average/sqs_queue_depth/30");
    let query = |query: &str| {
        let metadata = json!({"query": query, "threshold": "30", "serverAddress": "http://p"});
        let triggers = json!([{"type": "prometheus", "metadata": metadata}]);
        reading(&keda(&json!({"minReplicaCount": 2, "triggers": triggers})))
    };
    for other in [
        "sum(rate(rabbitmq_queue_depth_total[5m])) / 100",
        "sum(kt_request_queue_depth) > 100",
        "sum(kt_request_queue_depth) / 2",
    ] {
        let read = query(other);
        assert_eq!(read.scenario.gateway.hpa.queue_depth, None, "{other}");
        assert!(
            why(&read, "spec.triggers.0").contains("held constant"),
            "{other}"
        );
    }
    for same in [
        "sum(kt_request_queue_depth)",
        "sum(kt_request_queue_depth{job=\"gateway\"})",
    ] {
        assert_eq!(
            query(same).scenario.gateway.hpa.queue_depth,
            Some(30),
            "{same}"
        );
    }
}

/// The day that is lived holds the same metrics for the gateway's own.
#[test]
fn a_day_has_the_queue_of_the_gateway_alone() {
    let pods = |name: &str| {
        json!({"type": "Pods", "pods": {"metric": {"name": name},
            "target": {"type": "AverageValue", "averageValue": "30"}}})
    };
    let query = |query: &str| {
        let metadata = json!({"query": query, "threshold": "30", "serverAddress": "http://p"});
        let triggers = json!([{"type": "prometheus", "metadata": metadata}]);
        keda(&json!({"minReplicaCount": 2, "triggers": triggers}))
    };
    for (text, targets) in [
        (metrics(&json!([pods("kt_request_queue_depth")])), 1),
        (metrics(&json!([pods("sqs_queue_depth")])), 0),
        (query("sum(kt_request_queue_depth)"), 1),
        (query("sum(rabbitmq_queue_depth)"), 0),
        (query("sum(kt_request_queue_depth) > 100"), 0),
    ] {
        let manifest = kt_capacity::replay::manifest(&[&text]).unwrap();
        assert_eq!(manifest.targets.len(), targets, "{text}");
    }
}

#[test]
fn a_metric_of_another_container_decides_nothing() {
    let of = |container: &str, percent: u32| {
        json!({"type": "ContainerResource", "containerResource": {
            "name": "cpu", "container": container,
            "target": {"type": "Utilization", "averageUtilization": percent}}})
    };
    for list in [
        [of("gateway", 60), of("app", 40)],
        [of("app", 40), of("gateway", 60)],
    ] {
        let read = reading(&metrics(&json!(list)));
        assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(60));
        assert!(
            read.left
                .iter()
                .any(|left| left.why.contains("watches the container app"))
        );
    }
    // The Deployment says which one is the gateway.
    let deployment = DEPLOYMENT.replace("{name: gateway}]", "{name: main}, {name: istio-proxy}]");
    let list = json!([of("main", 55), of("istio-proxy", 30)]);
    let read = reading(&format!("{deployment}---\n{}", metrics(&list)));
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(55));
}

#[test]
fn a_formula_takes_the_place_of_its_triggers() {
    let trigger = json!({"type": "cpu", "metricType": "Utilization", "name": "c",
        "metadata": {"value": "60"}});
    let read = reading(&keda(&json!({
        "minReplicaCount": 2, "triggers": [trigger],
        "advanced": {"scalingModifiers": {"formula": "c * 2", "target": "5"}},
    })));
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, None);
    assert!(why(&read, "spec.triggers.0").contains("the formula"));
}

#[test]
fn annotations_of_the_first_version_are_read() {
    let metric = json!([{"type": "Resource", "resource":
        {"name": "memory", "targetAverageUtilization": 75}}]);
    let behavior = json!({"ScaleDown": {"StabilizationWindowSeconds": 120,
        "Policies": [{"Type": "Pods", "Value": 2, "PeriodSeconds": 90}]}});
    let hpa = json!({
        "apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": "gateway", "annotations": {
            "autoscaling.alpha.kubernetes.io/metrics": metric.to_string(),
            "autoscaling.alpha.kubernetes.io/behavior": behavior.to_string(),
        }},
        "spec": {"maxReplicas": 31},
    });
    let hpa = reading(&hpa.to_string()).scenario.gateway.hpa;
    assert_eq!((hpa.memory_percent, hpa.cpu_percent), (Some(75), None));
    assert_eq!((hpa.down_window_s, hpa.down_pods), (120, Some(2)));
    assert_eq!(hpa.down_pods_period_s, 90);
}

#[test]
fn what_is_null_is_absent() {
    let null = reading(&HPA.replace("maxReplicas", "minReplicas: null\n  maxReplicas"));
    assert_eq!(null.scenario.gateway.hpa.replicas_min, Some(1));
    let query = json!({"type": "kafka", "metadata": {}});
    let cpu = json!({"type": "cpu", "metricType": "Utilization", "metadata": {"value": "60"}});
    for (triggers, least) in [
        (json!([query]), 0),
        (json!([cpu]), 0),
        (json!([cpu, query]), 0),
    ] {
        let spec = json!({"minReplicaCount": null, "triggers": triggers});
        let read = reading(&keda(&spec));
        assert_eq!(
            read.scenario.gateway.hpa.replicas_min,
            Some(least),
            "{triggers}"
        );
    }
}

#[test]
fn a_tolerance_is_told_where_the_cluster_is_too_old() {
    let text = format!("{HPA}  behavior: {{scaleUp: {{tolerance: 0.05}}}}\n");
    let note = |kubernetes: &str| {
        let read = reading(&format!("kubernetes: \"{kubernetes}\"\n---\n{text}"));
        let mut taken = read.taken.into_iter();
        let tolerance = taken.find(|taken| taken.place.ends_with("scaleUp.tolerance"));
        tolerance.unwrap().note
    };
    assert!(note("1.30").unwrap().contains("has no tolerance"));
    assert!(note("1.34").unwrap().contains("behind a gate"));
    assert_eq!(note("1.36"), None);
}

#[test]
fn a_deployment_says_what_its_pods_ask_for() {
    let alone = reading(DEPLOYMENT);
    assert!(why(&alone, "spec.replicas").contains("where no autoscaler"));
    let both = reading(&format!("{DEPLOYMENT}---\n{HPA}"));
    assert_eq!(
        why(&both, "spec.replicas"),
        "the autoscaler decides the replicas"
    );
    let pod = DEPLOYMENT.replace(
        "{spec: {containers: [{name: gateway}]}}",
        "{spec: {resources: {requests: {cpu: 3}}, containers: [{name: gateway, resources: \
         {requests: {cpu: 1}}}]}}",
    );
    let read = reading(&pod);
    assert_eq!(read.scenario.gateway.vcpu, Some(3.0));
    assert!(why(&read, "containers.0.resources").contains("whole pod"));
    let flag = DEPLOYMENT.replace(
        "[{name: gateway}]",
        "[{name: gateway, args: [--max-concurrency=50], env: [{name: \
         KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY, value: \"80\"}]}]",
    );
    let read = reading(&flag);
    let slots = super::changed(&read)["concurrency"].clone();
    assert_eq!(slots, 50);
    assert!(why(&read, "env.0").contains("--max-concurrency"));
}
