//! Triggers of KEDA, key by key.

use serde_json::json;

use super::{reading, why};

/// An object with two triggers on one queue each, and one that nothing is known of.
const THREE: &str = "\
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llm}
spec:
  scaleTargetRef: {name: llm}
  triggers:
    - type: prometheus
      useCachedMetrics: true
      authenticationRef: {name: auth}
      metadata: {serverAddress: 'http://p', query: 'sum(jobs{queue=\"a\"})', threshold: '20',
        treshold: '5', ignoreNullValues: false}
    - type: prometheus
      metadata: {serverAddress: 'http://p', query: 'sum(jobs{queue=\"b\"})', threshold: 10}
    - type: kafka
      useCachedMetrics: false
      metadata: {bootstrapServersFromEnv: K, lagTreshold: '50'}
    - type: cpu
      metricType: Utilization
      useCachedMetrics: true
      metadata: {value: 65}
";

#[test]
fn a_key_that_a_scaler_does_not_read_is_told() {
    let read = reading(THREE);
    for place in ["0.metadata.treshold", "2.metadata.lagTreshold"] {
        assert!(why(&read, place).contains("is no key"), "{place}");
    }
    let known = [
        "bootstrapServersFromEnv",
        "serverAddress",
        "0.metadata.threshold",
    ];
    for key in known {
        let mut left = read.left.iter();
        let is_told = left.any(|left| left.place.ends_with(key));
        assert!(!is_told, "{key}: {:#?}", read.left);
    }
}

/// The definition has a map of texts: an API server refuses numbers and flags in it.
#[test]
fn metadata_without_quotes_are_told() {
    let read = reading(THREE);
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(65));
    let cpu = read.taken.iter().find(|one| one.label == "CPU target");
    let note = cpu.unwrap().note.clone().unwrap();
    assert!(note.contains("without quotes"), "{note}");
    assert!(why(&read, "ignoreNullValues").contains("in quotes"));
}

#[test]
fn a_cache_is_told_where_it_ages_the_value_and_where_keda_refuses_it() {
    let read = reading(THREE);
    assert!(why(&read, "0.useCachedMetrics").contains("pollingInterval"));
    assert!(why(&read, "3.useCachedMetrics").contains("refused"));
    let mut left = read.left.iter();
    assert!(!left.any(|left| left.place.ends_with("2.useCachedMetrics")));
}

/// Targets of unlike rows do not compare, so the one that is kept says that there is another.
#[test]
fn two_metrics_of_one_name_tell_of_each_other() {
    let read = reading(THREE);
    let of = |label: &str| {
        let taken = read.taken.iter().find(|one| one.label == label).unwrap();
        taken.note.clone().unwrap()
    };
    assert!(of("Further metrics").contains("has the target 20"));
    assert!(why(&read, "triggers.0").contains("held constant"));
    let object = |labels: &str, target: u32| {
        json!({"type": "Pods", "pods": {"metric": {"name": "kt_request_queue_depth", "selector":
            {"matchLabels": {"pool": labels}}}, "target": {"type": "AverageValue", "averageValue":
            target.to_string()}}})
    };
    let read = reading(
        &json!({
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
            "metadata": {"name": "a"},
            "spec": {"maxReplicas": 9, "metrics": [object("a", 40), object("b", 30)]},
        })
        .to_string(),
    );
    let queue = read.taken.iter().find(|one| one.label == "Queue target");
    let queue = queue.unwrap();
    assert!(queue.value.starts_with("30"), "{}", queue.value);
    let note = queue.note.clone().unwrap();
    assert!(note.contains("has the target 40"), "{note}");
}
