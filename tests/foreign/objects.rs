//! Objects of the cluster as others write them: of any version, with slips, and several at once.

use serde_json::json;

use super::{reading, why};
use kt_capacity::replay::{Problem, manifest, manifest_of};
use kt_capacity::simulation::Room;

/// The value that a text has for a metric of that name, read by the import and by the day.
const FIRST: &str = "apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: \
                     llm}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: \
                     llm}\n  minReplicas: \"3\"\n  maxReplicas: 12\n  \
                     targetCPUUtilizationPercentage: \"65\"\n";
const STATEFUL: &str = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: llm}\nspec:\n  \
                        replicas: 4\n  template: {spec: {terminationGracePeriodSeconds: \"45\", \
                        containers: [{name: llm, image: litellm, args: [--max-concurrency=24], \
                        resources: {limits: {cpu: 1500m}}}]}}\n";

/// 1,500 thousandths of a CPU, which a limit without a request asks for as well.
#[test]
fn a_day_reads_the_objects_that_the_import_reads() {
    let day = manifest(&[FIRST, STATEFUL]).unwrap();
    assert_eq!((day.limits.min, day.limits.max), (3, 12));
    assert_eq!(
        day.targets.iter().map(|one| one.target).collect::<Vec<_>>(),
        [65]
    );
    assert_eq!(
        (day.replicas, day.slots, day.drain_ms),
        (Some(4), Some(24), 45_000)
    );
    assert_eq!(
        (day.cpu_request_m, day.rolling),
        (Some(1_500), (Room::Pods(0), Room::Pods(0)))
    );
    let read = reading(&format!("{FIRST}---\n{STATEFUL}")).scenario.gateway;
    assert_eq!(read.hpa.replicas_min, Some(3));
    assert_eq!(read.hpa.cpu_percent, Some(65));
    assert_eq!(read.concurrency, 24);
}

#[test]
fn a_day_of_several_objects_is_that_of_the_one_asked_for() {
    let other = FIRST.replace("llm", "front").replace(": 12", ": 7");
    let both = format!("{FIRST}---\n{other}");
    let unclear = manifest(&[&both]).unwrap_err();
    assert!(matches!(unclear, Problem::Unreadable(_)), "{unclear}");
    let asked = |name: &str| manifest_of(&[&both], &[name.to_owned()], &[], 37);
    assert_eq!(asked("front").unwrap().limits.max, 7);
    let day = asked("llm").unwrap();
    assert_eq!(day.limits.max, 12);
    assert!(day.left_out[0].contains("front"), "{:?}", day.left_out);
    assert!(
        asked("gone")
            .unwrap_err()
            .to_string()
            .contains("There is no gone")
    );
    // What the texts lack comes from the usual files, whatever those are called.
    let usual = STATEFUL.replace("llm", "kt-gateway");
    let day = manifest_of(&[FIRST], &[], &[&usual], 37).unwrap();
    assert_eq!((day.limits.max, day.replicas), (12, Some(4)));
}

#[test]
fn slips_are_told_with_what_stands_instead() {
    let text = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: \
                gateway}\nspec:\n  minReplicas: 10\n  maxReplicas: 5\n  behaviour: {scaleUp: \
                {stabilizationWindowSeconds: 60}}\n  behavior:\n    scaleup: \
                {stabilizationWindowSeconds: 60}\n    scaleDown: {stabilizationWindowSeconds: \
                99999}\n  metrics:\n  - null\n  - {type: Resource, resource: {name: cpu, target: \
                {type: Utilization, averageUtilisation: 70}}}\n";
    let read = reading(text);
    for place in [
        "spec.behaviour.scaleUp.stabilizationWindowSeconds",
        "spec.behavior.scaleup.stabilizationWindowSeconds",
        "spec.metrics.1.resource.target.averageUtilisation",
    ] {
        assert!(why(&read, place).contains("no field of its API"), "{place}");
    }
    assert!(why(&read, "spec.metrics.0").contains("is no object"));
    // The window of the reader's scenario is the guide's 300 s.
    let window = why(&read, "spec.behavior.scaleDown.stabilizationWindowSeconds");
    assert!(window.ends_with("it stays 300 s"), "{window}");
    let mut taken = read.taken.iter();
    let most = taken.find(|one| one.place == "spec.maxReplicas").unwrap();
    assert!(
        most.note
            .as_ref()
            .unwrap()
            .contains("below minReplicas, 10")
    );
    let unread = reading(&text.replace("maxReplicas: 5", "maxReplicas: many"));
    assert!(why(&unread, "spec.maxReplicas").ends_with("it stays 20 pods"));
}

#[test]
fn no_pods_at_all_are_told_where_the_cluster_is_too_old() {
    let hpa = json!({"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
        "spec": {"minReplicas": 0, "maxReplicas": 9, "metrics": [{"type": "External",
            "external": {"metric": {"name": "rps"}, "target": {"averageValue": "9"}}}]}});
    for (version, is_told) in [("1.33", true), ("1.36", true), ("1.37", false)] {
        let read = reading(&format!("kubernetes: \"{version}\"\n---\n{hpa}"));
        assert_eq!(read.scenario.gateway.hpa.replicas_min, Some(0));
        let least = read
            .taken
            .iter()
            .find(|one| one.place == "spec.minReplicas");
        let note = least.unwrap().note.clone().unwrap_or_default();
        assert_eq!(
            note.contains("HPAScaleToZero"),
            is_told,
            "{version}: {note}"
        );
    }
}

#[test]
fn metrics_that_a_name_cannot_tell_apart_are_not_merged() {
    let external = |rows: &str, target: u32| {
        json!({"type": "External", "external": {
            "metric": {"name": "rps", "selector": {"matchLabels": {"queue": rows}}},
            "target": {"type": "AverageValue", "averageValue": target.to_string()}}})
    };
    for list in [
        [external("a", 100), external("b", 50)],
        [external("b", 50), external("a", 100)],
    ] {
        let hpa = json!({"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
            "spec": {"maxReplicas": 9, "metrics": list}});
        let read = reading(&hpa.to_string());
        let own = read.scenario.gateway.hpa.metrics.to_string();
        assert_eq!(own, "external-average/rps/50/1");
        let mut left = read.left.iter();
        assert!(left.any(|one| one.why.contains("asks for other rows")));
    }
}

#[test]
fn an_autoscaler_of_another_workload_is_not_the_gateways() {
    let workload = STATEFUL.replace("name: llm}\nspec", "name: llm, namespace: a}\nspec");
    for other in [
        FIRST.replace("StatefulSet", "Deployment"),
        FIRST.replace("apps/v1", "argoproj.io/v1alpha1"),
        FIRST.replace(
            "metadata: {name: llm}",
            "metadata: {name: llm, namespace: b}",
        ),
    ] {
        let read = reading(&format!("{workload}---\n{other}"));
        assert_ne!(read.scenario.gateway.hpa.replicas_min, Some(3), "{other}");
        let mut left = read.left.iter();
        assert!(left.any(|one| one.why.contains("it scales llm")), "{other}");
    }
    let older = FIRST.replace(
        "metadata: {name: llm}",
        "metadata: {name: llm, namespace: a}",
    );
    let read = reading(&format!("{workload}---\n{older}"));
    assert_eq!(read.scenario.gateway.hpa.replicas_min, Some(3));
}

/// 12 of the first database and 20 + 5 of the second: 37.
#[test]
fn pools_of_pgbouncer_are_read_as_it_reads_them() {
    let text = "; ours\n# too\n[databases]\nkt = host='db''s' pool_size = 12 \
                reserve_pool_size = 0\nother = host=x pool_size=many\n[pgbouncer]\n\
                default_pool_size = 20\nreserve_pool_size = 5\n%include a.ini\n%include b.ini\n";
    let read = reading(text);
    let opened = read.taken.iter().find(|one| one.label == "Pooler opens");
    assert_eq!(opened.unwrap().value, "37");
    assert!(why(&read, "databases.other.pool_size").contains("default_pool_size stands"));
    let include = read
        .left
        .iter()
        .find(|one| one.place == "%include")
        .unwrap();
    assert_eq!(include.value.as_deref(), Some("a.ini, b.ini"));
}

#[test]
fn a_long_window_is_told() {
    let of = |window: &str| {
        let query = format!("sum(rate(http_requests_total[{window}]))");
        let object = json!({"kind": "ScaledObject", "spec": {"triggers": [{"type": "prometheus",
            "metadata": {"query": query, "threshold": "30"}}]}});
        let taken = reading(&object.to_string()).taken;
        let rate = taken
            .into_iter()
            .find(|one| one.place.ends_with("threshold"));
        rate.unwrap().note.unwrap()
    };
    assert!(of("1h").contains("a mean over 1h"), "{}", of("1h"));
    assert!(!of("2m").contains("a mean over"), "{}", of("2m"));
}
