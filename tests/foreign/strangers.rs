//! Complete files of other people, with the values a person would read.

use kt_capacity::import::Unreadable;
use kt_capacity::replay::manifest;

use super::{reading, refused, why};

/// 1,500 thousandths of the gateway, 100 of the sidecar among its first containers, 200 of the
/// one beside it; what only runs first is none.
#[test]
fn a_pods_request_has_its_sidecars_of_both_kinds() {
    let deployment = "\
kind: Deployment
metadata: {name: gateway}
spec:
  template:
    spec:
      initContainers:
        - {name: migrate, resources: {requests: {cpu: '4'}}}
        - {name: istio-proxy, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
      containers:
        - {name: gateway, image: keeptrusts/gateway, resources: {requests: {cpu: 1.5}}}
        - {name: logs, image: fluent-bit, resources: {requests: {cpu: 200m}}}
---
kind: HorizontalPodAutoscaler
apiVersion: autoscaling/v2
metadata: {name: gateway}
spec: {scaleTargetRef: {kind: Deployment, name: gateway}, maxReplicas: 9}
";
    assert_eq!(manifest(&[deployment]).unwrap().cpu_request_m, Some(1_800));
    let read = reading(deployment).scenario;
    assert_eq!(read.gateway.vcpu, Some(1.5));
}

/// Two pools: one of 60, one of the server's 20, which no line changes.
#[test]
fn an_ini_file_beside_manifests_is_read_with_them_and_no_line_is_lost() {
    let ini = "[databases]\nkt = host=db pool_size=60\n* = host=db\n[pgbouncer]\nserver_lifetime\n";
    let hpa = "kind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {maxReplicas: 17}\n";
    for text in [format!("{ini}---\n{hpa}"), format!("{hpa}---\n{ini}")] {
        let read = reading(&text);
        assert_eq!(read.scenario.gateway.hpa.replicas_max, Some(17), "{text}");
        assert_eq!(read.scenario.database.pooler_connections, Some(80));
        let stray = text.lines().position(|line| line == "server_lifetime");
        let stray = format!("line {}", stray.unwrap() + 1);
        assert!(why(&read, &stray).contains("not part"), "{stray}");
        let mut taken = read.taken.iter();
        let most = taken.find(|one| one.place == "spec.maxReplicas").unwrap();
        let at = text.lines().position(|line| line.contains("maxReplicas"));
        assert_eq!(most.line, at.map(|above| above + 1), "{text}");
    }
}

#[test]
fn values_under_a_block_of_their_own_are_read() {
    let values = "\
gateway:
  hpa: {enabled: true, min: 2, max: 10, cpu: 70}
  strategy: {rollingUpdate: {maxSurge: 2}}
  resources: {limits: {cpu: 1500m, memory: 512Mi}}
";
    let read = reading(values).scenario;
    let hpa = &read.gateway.hpa;
    assert_eq!((hpa.replicas_min, hpa.replicas_max), (Some(2), Some(10)));
    assert_eq!(hpa.cpu_percent, Some(70));
    assert_eq!(read.database.surge_pods, Some(2));
    assert_eq!(read.gateway.vcpu, Some(1.5));
}

#[test]
fn a_patch_is_told_as_one() {
    let patch = "[{\"op\": \"replace\", \"path\": \"/spec/maxReplicas\", \"value\": 50}]";
    assert_eq!(refused(patch), Unreadable::Patch);
    let yaml = "- op: add\n  path: /spec/minReplicas\n  value: 5\n";
    assert_eq!(refused(yaml), Unreadable::Patch);
}

/// A rendered chart: of several objects each says its own, and a file in a `ConfigMap` as well.
#[test]
fn a_rendered_chart_gives_pods_limits_and_pool() {
    let chart = "\
# Source: litellm/templates/configmap.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: litellm-config}
data:
  config.yaml: |
    model_list:
      - model_name: gpt-4o
        litellm_params: {model: azure/gpt-4o, rpm: 600, tpm: 100000, weight: 3}
      - model_name: gpt-4o
        litellm_params: {model: openai/gpt-4o, rpm: 500, weight: 1}
    general_settings: {database_connection_pool_limit: 12}
---
# Source: litellm/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: litellm}
spec:
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  template:
    spec:
      containers:
        - name: litellm
          image: ghcr.io/berriai/litellm:main
          args: [--num_workers, \"2\"]
          resources: {requests: {cpu: 1500m, memory: 1Gi}}
---
# Source: litellm/templates/hpa.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: litellm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: litellm}
  minReplicas: 3
  maxReplicas: 12
";
    let read = reading(chart).scenario;
    assert_eq!(read.gateway.hpa.replicas_max, Some(12));
    assert_eq!(read.database.surge_pods, Some(1));
    // 12 of each of 2 workers.
    assert_eq!(read.database.connections_per_gateway, 24);
    let weights: Vec<f64> = read.providers.iter().map(|row| row.weight).collect();
    assert_eq!(weights, [3.0, 1.0]);
    assert_eq!(read.providers[0].limits.rpm, Some(600.0));
    assert_eq!(read.providers[1].limits.rpm, Some(500.0));
}
