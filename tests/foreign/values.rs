//! Helm chart values, in the usual formats.

use serde_json::json;

use super::{most, reading, why};
use kt_capacity::import::{Kind, Reading};

fn bounds(reading: &Reading) -> (Option<u32>, Option<u32>) {
    (reading.scenario.gateway.hpa.replicas_min, most(reading))
}

#[test]
fn values_are_no_database_and_no_deployment() {
    for text in [
        "database: {host: db}\nreplicaCount: 4\nresources: {requests: {cpu: 2}}\n",
        "kind: Deployment\nreplicaCount: 4\n",
    ] {
        let read = reading(text);
        assert_eq!(read.kinds, [Kind::HelmValues], "{text}");
        assert_eq!(bounds(&read), (Some(4), Some(4)), "{text}");
    }
    assert_eq!(
        reading("database: {max_connections: 60}").kinds,
        [Kind::Database]
    );
}

#[test]
fn every_way_to_switch_an_autoscaler_on_is_read() {
    let on = "{enabled: true, minReplicas: 3, maxReplicas: 12, targetCPU: 65}";
    for text in [
        format!("replicaCount: 2\nautoscaling: {{hpa: {on}}}\n"),
        format!(
            "replicaCount: 2\nautoscaling: {}\n",
            on.replace("true", "yes")
        ),
        format!("replicaCount: 2\nautoscaling: {on}\n"),
    ] {
        let read = reading(&text);
        assert_eq!(bounds(&read), (Some(3), Some(12)), "{text}");
        assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(65), "{text}");
        assert_eq!(
            why(&read, "replicaCount"),
            "the autoscaler decides the replicas"
        );
    }
    let keda = reading(
        "replicaCount: 2\nkeda:\n  enabled: true\n  minReplicas: 3\n  maxReplicas: 12\n  \
         triggers:\n    - {type: cpu, metricType: Utilization, metadata: {value: \"55\"}}\n",
    );
    assert_eq!(bounds(&keda), (Some(3), Some(12)));
    assert_eq!(keda.scenario.gateway.hpa.cpu_percent, Some(55));
    let least = keda
        .taken
        .iter()
        .find(|taken| taken.place == "keda.minReplicas")
        .unwrap();
    assert_eq!(least.line, Some(4));
    let metrics = json!([{"type": "Resource", "resource": {"name": "cpu",
        "target": {"type": "Utilization", "averageUtilization": 60}}}]);
    let traefik = json!({"autoscaling": {"enabled": true, "minReplicas": 3, "maxReplicas": 12,
        "metrics": metrics}});
    let read = reading(&traefik.to_string());
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(60));
}

#[test]
fn the_gateways_own_key_goes_before_the_top() {
    let read = reading(
        "replicaCount: 1\ngateway:\n  replicaCount: 5\n  resources: {requests: {cpu: 2}}\n\
         redis: {replicaCount: 3}\n",
    );
    assert_eq!(bounds(&read), (Some(5), Some(5)));
    assert!(read.left.iter().any(|left| {
        left.place == "replicaCount" && left.why.contains("another component than gateway")
    }));
    assert!(why(&read, "redis.replicaCount").contains("another component"));
    // A chart's own values go before those of what it brings along.
    let read = reading("replicaCount: 4\nredis: {replicaCount: 3}\n");
    assert_eq!(bounds(&read), (Some(4), Some(4)));
}

#[test]
fn values_in_the_objects_that_install_a_chart_are_read() {
    let flux = "kind: HelmRelease\nmetadata: {name: litellm}\nspec:\n  values:\n    \
                replicaCount: 4\n";
    let argo = "kind: Application\nmetadata: {name: litellm}\nspec:\n  source:\n    helm:\n      \
                values: |\n        replicaCount: 4\n";
    for (text, line) in [(flux, 5), (argo, 7)] {
        let read = reading(text);
        assert_eq!(bounds(&read), (Some(4), Some(4)), "{text}");
        assert_eq!(read.taken[0].line, Some(line), "{text}");
        assert_eq!(read.taken[0].object, "Helm values file litellm");
        assert_eq!(read.left.len(), 1, "{:?}", read.left);
        assert!(read.left[0].why.starts_with("carries a file"));
    }
    let object = json!({"kind": "Application", "metadata": {"name": "a"}, "spec": {"source":
        {"helm": {"valuesObject": {"replicaCount": 4}}}}});
    assert_eq!(bounds(&reading(&object.to_string())), (Some(4), Some(4)));
}

#[test]
fn the_keys_of_other_charts_are_read() {
    for text in [
        "horizontalPodAutoscaler: {enabled: true, minReplicas: 2, maxReplicas: 7, \
         targetCPUUtilization: 65}\nresources: {requests: {cpu: 1}}\n",
        "replicas: 2\nhpa: {enabled: true, minReplicas: 2, maxReplicas: 7, averageCpuUtilization: \
         65}\nresources: {requests: {cpu: 1}}\n",
        "autoscaling: {enabled: true, min: 2, max: 7, targets: {cpu: 65}}\nresources: {requests: \
         {cpu: 1}}\n",
        // A chart around others.
        "stack:\n  web: {resources: {requests: {cpu: 1}}, hpa: {enabled: true, minReplicas: 2, \
         maxReplicas: 7, targetCPU: 65}}\n  worker: {replicaCount: 1}\n",
    ] {
        let read = reading(text);
        assert_eq!(bounds(&read), (Some(2), Some(7)), "{text}");
        assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(65), "{text}");
        assert_eq!(read.scenario.gateway.vcpu, Some(1.0), "{text}");
    }
    let read = reading("replicaCount: 2\nstrategy: {type: Recreate}\n");
    assert_eq!(read.scenario.database.surge_percent.to_string(), "0");
}

#[test]
fn of_two_autoscalers_in_values_the_other_is_told() {
    let read = reading(
        "autoscaling: {enabled: true, minReplicas: 2, maxReplicas: 6, targetCPU: 50}\nkeda: \
         {enabled: true, minReplicas: 1, maxReplicas: 25, triggers: []}\n",
    );
    assert_eq!(bounds(&read), (Some(2), Some(6)));
    assert!(why(&read, "keda").contains("autoscaling was taken"));
}

#[test]
fn what_scales_a_chart_is_no_component_of_it() {
    let read = reading(
        "resources: {requests: {cpu: 2}}\nautoscaling:\n  vpa: {enabled: false}\n  hpa: {enabled: \
         true, minReplicas: 3, maxReplicas: 11, targetCPU: 50}\n",
    );
    assert_eq!(bounds(&read), (Some(3), Some(11)));
    let mut left = read.left.iter();
    assert!(
        left.all(|left| left.place.starts_with("autoscaling.vpa")),
        "{:#?}",
        read.left
    );
}

#[test]
fn a_configuration_below_the_key_of_a_chart_is_read() {
    let text = "global: {region: eu}\nlitellm:\n  replicaCount: 3\n  proxy_config:\n    \
                model_list:\n    - model_name: gpt-4o\n      litellm_params: {model: \
                azure/gpt-4o, rpm: 1200}\n";
    let read = reading(text);
    assert_eq!(read.kinds, [Kind::HelmValues, Kind::LiteLlm]);
    assert_eq!(read.scenario.providers[0].limits.rpm, Some(1_200.0));
    let rpm = read
        .taken
        .iter()
        .find(|taken| taken.place.ends_with("rpm"))
        .unwrap();
    assert_eq!(rpm.line, Some(7));
}
