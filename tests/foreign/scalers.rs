//! Metrics of autoscalers, and the cluster's defaults for missing fields.

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
        "sum(kt_request_queue_depth) > 100",
        "sum(kt_request_queue_depth) + 2",
        "sum(kt_request_queue_depth) / sum(kt_slots)",
        "max(kt_request_queue_depth)",
        "clamp_min(sum(kt_request_queue_depth), 5)",
        "histogram_quantile(0.95, sum by (le) (rate(kt_wait_seconds_bucket[5m])))",
        "sum(avg_over_time(kt_request_queue_depth[5m]))",
        "sum(kt_request_queue_depth",
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
            Some(30.0),
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

/// Each line of several metrics has its own text and its own note.
#[test]
fn each_further_metric_shows_itself() {
    let pods = |name: &str| {
        json!({"type": "Pods", "pods": {"metric": {"name": name},
            "target": {"type": "AverageValue", "averageValue": "1k"}}})
    };
    let read = reading(&metrics(&json!([
        pods("packets-per-second"),
        pods("requests-per-second")
    ])));
    let all = "pods/packets-per-second/1000,pods/requests-per-second/1000/1";
    assert_eq!(own(&read), all);
    let lines = read
        .taken
        .iter()
        .filter(|one| one.label == "Further metrics");
    let lines: Vec<(&str, bool)> = lines
        .map(|one| {
            let note = one.note.as_deref().unwrap_or_default();
            (one.value.as_str(), note.contains("by its name"))
        })
        .collect();
    let expected = all.split(',').zip([false, true]);
    assert_eq!(lines, expected.collect::<Vec<_>>());
}

/// Kubernetes counts in thousandths, and so does KEDA.
#[test]
fn a_target_of_requests_may_be_a_fraction() {
    let pods = |name: &str, quantity: &str| {
        json!({"type": "Pods", "pods": {"metric": {"name": name},
            "target": {"type": "AverageValue", "averageValue": quantity}}})
    };
    let list = json!([
        pods("kt_request_queue_depth", "7500m"),
        pods("kt_requests_in_flight", "0.25")
    ]);
    let hpa = reading(&metrics(&list)).scenario.gateway.hpa;
    assert_eq!((hpa.queue_depth, hpa.in_flight), (Some(7.5), Some(0.25)));
    let metadata = json!({"query": "sum(kt_request_queue_depth)", "threshold": "0.5",
        "serverAddress": "http://p"});
    let triggers = json!([{"type": "prometheus", "metadata": metadata}]);
    let read = reading(&keda(&json!({"triggers": triggers})));
    assert_eq!(read.scenario.gateway.hpa.queue_depth, Some(0.5));
}

/// KEDA's webhook: "scaledobject has only cpu/memory triggers AND minReplica is 0".
#[test]
fn a_minimum_that_keda_refuses_is_told_on_its_line() {
    let of = |kind: &str| {
        json!({"type": kind, "metricType": "Utilization",
        "metadata": {"value": "60"}})
    };
    let is_told = |least: Value, triggers: Value| {
        let read = reading(&keda(
            &json!({"minReplicaCount": least, "triggers": triggers}),
        ));
        let mut lines = read.taken.iter().chain(&read.filled);
        let line = lines.find(|line| line.place == "spec.minReplicaCount");
        let note = line.unwrap().note.clone().unwrap_or_default();
        note.contains("KEDA's webhook refuses 0")
    };
    let both = json!([of("cpu"), of("memory")]);
    assert!(is_told(Value::Null, both.clone()));
    assert!(is_told(json!(0), both.clone()));
    assert!(!is_told(json!(1), both));
    for other in [
        json!({"type": "kafka", "metadata": {}}),
        json!({"type": "{{ .kind }}"}),
    ] {
        assert!(!is_told(json!(0), json!([of("cpu"), other])), "{other}");
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
    assert!(note("1.30").unwrap().contains("has no such field"));
    assert!(
        note("1.34")
            .unwrap()
            .contains("unless its gate HPAConfigurableTolerance is on")
    );
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

/// A trigger of a query, with a threshold of 30.
fn queried(query: &str, kind: &str) -> Reading {
    let metadata = json!({"query": query, "threshold": "30", "serverAddress": "http://p"});
    let triggers = json!([{"type": "prometheus", "metricType": kind, "metadata": metadata}]);
    reading(&keda(&json!({"minReplicaCount": 2, "triggers": triggers})))
}

#[test]
fn a_query_is_read_through_what_leaves_its_sum_as_it_is() {
    for same in [
        "sum(kt_request_queue_depth) or vector(0)",
        "(sum(kt_request_queue_depth{pod=~\"a)b.*\"}) or on() vector(0))",
        "sum(kt_request_queue_depth) > 0",
        "ceil(sum(kt_request_queue_depth))",
        "clamp_min(sum(kt_request_queue_depth), 0)",
        "max(sum(kt_request_queue_depth))",
        "sum(sum by (pod) (kt_request_queue_depth))",
        "sum by (job) (kt_request_queue_depth{job=\"gateway\"})",
        "sum(\n  kt_request_queue_depth{job='gateway'} # those that wait\n)",
        "scalar(sum(kt_request_queue_depth offset 1m))",
    ] {
        let read = queried(same, "AverageValue");
        assert_eq!(read.scenario.gateway.hpa.queue_depth, Some(30.0), "{same}");
    }
    // 30 of a half are 60, and of three times 10.
    let halved = queried("sum(kt_request_queue_depth) / 2", "AverageValue");
    assert_eq!(halved.scenario.gateway.hpa.queue_depth, Some(60.0));
    let threefold = queried("3 * sum(kt_request_queue_depth)", "AverageValue");
    assert_eq!(threefold.scenario.gateway.hpa.queue_depth, Some(10.0));
    for mean in [
        "avg(kt_request_queue_depth)",
        "sum(kt_request_queue_depth) / count(kt_request_queue_depth)",
    ] {
        assert_eq!(
            queried(mean, "Value").scenario.gateway.hpa.queue_depth,
            Some(30.0)
        );
        let twice = queried(mean, "AverageValue");
        assert!(why(&twice, "triggers.0").contains("once more"), "{mean}");
    }
    for rows in [
        "kt_request_queue_depth",
        "sum by (pod) (kt_request_queue_depth)",
    ] {
        let read = queried(rows, "AverageValue");
        assert_eq!(read.scenario.gateway.hpa.queue_depth, None);
        assert!(why(&read, "triggers.0").contains("one row only"), "{rows}");
    }
    let share = queried("sum(kt_request_queue_depth)", "Utilization");
    assert!(why(&share, "triggers.0").contains("KEDA refuses"));
}

#[test]
fn a_rate_of_requests_follows_the_requests() {
    for (query, metric) in [
        (
            "sum(rate(http_requests_total[2m]))",
            "http_requests_total:rate2m/30/1",
        ),
        // A minute's increase is 60 times the rate: 30 of it are half a request a second.
        (
            "sum(increase(http_requests_total[1m]))",
            "http_requests_total:rate1m/0.5/1",
        ),
        (
            "sum(rate(http_requests_total[90s])) * 60",
            "http_requests_total:rate90s/0.5/1",
        ),
        (
            "sum(rate(kong_bandwidth_bytes[1h]))",
            "kong_bandwidth_bytes:rate1h/30",
        ),
        (
            "sum(rabbitmq_queue_messages_ready)",
            "rabbitmq_queue_messages_ready/30",
        ),
        ("aws_sqs_messages", "aws_sqs_messages/30"),
    ] {
        let read = queried(query, "AverageValue");
        assert_eq!(own(&read), format!("external-average/{metric}"), "{query}");
        let whole = queried(query, "Value");
        assert_eq!(own(&whole), format!("external/{metric}"), "{query}");
    }
    let labelled = queried(
        "sum(rate(http_requests_total{job=\"llm\"}[5m]))",
        "AverageValue",
    );
    let note = labelled.taken.iter().find_map(|taken| {
        let note = taken.note.as_deref();
        note.filter(|note| note.contains("by their labels is not kept"))
    });
    assert!(note.is_some(), "{:?}", labelled.taken);
    let mean = queried("avg(rabbitmq_queue_messages_ready)", "Value");
    assert_eq!(own(&mean), "");
    assert!(why(&mean, "triggers.0").contains("held constant"));
}

#[test]
fn a_rate_is_asked_for_again_as_such() {
    let read = queried("sum(rate(http_requests_total[2m]))", "AverageValue");
    let plan = kt_capacity::plan::evaluate(&read.scenario, super::TODAY);
    let file = kt_capacity::export::file("keda-scaledobject.yaml", &read.scenario, &plan, "");
    assert!(
        file.unwrap()
            .text
            .contains("query: sum(rate(http_requests_total[2m]))")
    );
}

/// The controller keeps the resources of a whole pod beside the metric of a formula.
#[test]
fn a_formula_stands_for_what_is_no_resource() {
    let triggers = json!([
        {"type": "cpu", "metricType": "Utilization", "metadata": {"value": "65"}},
        {"type": "cpu", "metricType": "Utilization", "metadata": {"value": "40", "containerName":
            "gateway"}},
        {"type": "prometheus", "name": "q", "metadata": {"query": "sum(kt_request_queue_depth)",
            "threshold": "30"}},
    ]);
    let modifiers = json!({"formula": "q * 2", "target": "50"});
    let spec = json!({"advanced": {"scalingModifiers": modifiers}, "triggers": triggers});
    let read = reading(&keda(&spec));
    let hpa = &read.scenario.gateway.hpa;
    assert_eq!((hpa.cpu_percent, hpa.queue_depth), (Some(65), None));
    assert!(why(&read, "triggers.1").contains("the formula"));
    assert!(why(&read, "triggers.2").contains("the formula"));
    assert!(why(&read, "advanced.scalingModifiers").contains("one formula"));
    let day = kt_capacity::replay::manifest(&[&keda(&spec)]).unwrap();
    assert_eq!(day.targets.len(), 1);
    assert_eq!(day.targets[0].target, 65);
    assert!(
        day.left_out.iter().any(|why| why.contains("“q * 2”")),
        "{:?}",
        day.left_out
    );
}

#[test]
fn the_day_watches_the_gateways_container_whatever_its_name() {
    let metric = |name: &str, percent: u32| {
        json!({"type": "ContainerResource", "containerResource": {"name": "cpu", "container": name,
            "target": {"type": "Utilization", "averageUtilization": percent}}})
    };
    let deployment = "kind: Deployment\nmetadata: {name: llm}\nspec:\n  template: {spec: \
                      {containers: [{name: web, image: nginx}, {name: app, image: \
                      keeptrusts/gateway, resources: {requests: {cpu: 1}}}]}}\n";
    let hpa = metrics(&json!([metric("web", 30), metric("app", 61)]));
    for texts in [[deployment, &hpa], [&hpa, deployment]] {
        let day = kt_capacity::replay::manifest(&texts).unwrap();
        let targets: Vec<i64> = day.targets.iter().map(|target| target.target).collect();
        assert_eq!(targets, [61]);
        assert_eq!(day.left_out, ["the container web is not simulated"]);
    }
    // KEDA's trigger on one container is such a metric as well.
    let trigger = |name: &str, percent: &str| {
        json!({"type": "cpu", "metricType": "Utilization", "metadata": {"value": percent,
            "containerName": name}})
    };
    let object = keda(
        &json!({"minReplicaCount": 2, "triggers": [trigger("web", "30"),
        trigger("app", "61")]}),
    );
    let day = kt_capacity::replay::manifest(&[deployment, &object]).unwrap();
    assert_eq!(day.targets.len(), 1);
    assert_eq!(day.targets[0].target, 61);
}
