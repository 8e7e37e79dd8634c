//! Manifests of others on a day: what the cluster would refuse, hold or leave out is said.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::plan::evaluate;
use kt_capacity::replay::{self, Manifest, Options, Problem, lived, manifest_of};
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::{MetricName, Schedule};

fn scaled(annotations: &str, spec: &str) -> Result<Manifest, Problem> {
    let text = format!(
        "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {{name: kt-gateway, \
         annotations: {{{annotations}}}}}\nspec:\n  scaleTargetRef: {{name: kt-gateway}}\n{spec}"
    );
    manifest_of(&[&text], &[], &[], 37)
}

const CPU_ALONE: &str = "  minReplicaCount: 2\n  maxReplicaCount: 20\n  triggers:\n  - {type: \
     cpu, metricType: Utilization, metadata: {value: '60'}}\n  - {type: memory, metricType: \
     Utilization, metadata: {value: '80'}}\n";
const IN_FLIGHT: &str = "  minReplicaCount: 2\n  maxReplicaCount: 20\n  triggers:\n  - {type: \
                         prometheus, metadata: {serverAddress: 'http://p:9090', query: \
                         'sum(kt_requests_in_flight)', threshold: '12'}}\n";

fn autoscaler(spec: &str, minor: u32) -> Result<Manifest, Problem> {
    let text = format!(
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: \
         kt-gateway}}\nspec:\n  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: \
         kt-gateway}}\n  maxReplicas: 10\n{spec}"
    );
    manifest_of(&[&text], &[], &[], minor)
}

fn scenario(kubernetes: &str) -> Scenario {
    let link = format!("v=2&requests-per-day=2000&kubernetes={kubernetes}");
    let (scenario, dropped) = from_fragment(&link);
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    scenario
}

/// KEDA holds the number that the annotation names, all day and without a change; a pause that is
/// false holds nothing.
#[test]
fn a_paused_fleet_stays_as_it_is() {
    let scenario = scenario("1.37");
    let plan = evaluate(&scenario, date(2026, 11, 23));
    for (annotations, pods) in [
        ("autoscaling.keda.sh/paused-replicas: '5'", Some(5_u32)),
        ("autoscaling.keda.sh/paused: 'true'", Some(2)),
        ("autoscaling.keda.sh/paused: 'false'", None),
    ] {
        let read = scaled(annotations, IN_FLIGHT).unwrap();
        assert_eq!(read.is_paused, pods.is_some(), "{annotations}");
        let Some(pods) = pods else { continue };
        let results = lived(&scenario, &plan, &read, &Options::default(), 1).unwrap();
        // 24 hours of each pod.
        assert_eq!(
            results.totals.pod_ms,
            u64::from(pods) * 86_400_000,
            "{annotations}"
        );
        assert!(results.scale.is_empty(), "{annotations}");
        let said = replay::left_out(&scenario, &read);
        let told = format!("stays {pods} all day");
        assert!(said.iter().any(|each| each.contains(&told)), "{said:?}");
    }
    // A direction that is paused is disabled.
    let read = scaled("autoscaling.keda.sh/paused-scale-out: 'true'", IN_FLIGHT).unwrap();
    let up = read.limits.behavior.unwrap().up;
    assert_eq!(up.select, kt_capacity::model::hpa::Select::Disabled);
}

/// Each of these has no autoscaler in the cluster: KEDA, or the API server for it, refuses it.
#[test]
fn an_object_that_keda_refuses_is_not_tried() {
    assert!(scaled("", IN_FLIGHT).is_ok());
    assert!(scaled("", CPU_ALONE).is_ok());
    let with_cron = CPU_ALONE.replace("minReplicaCount: 2", "minReplicaCount: 0")
        + "  - {type: cron, metadata: {timezone: UTC, start: 0 8 * * *, end: 0 9 * * *, \
           desiredReplicas: '5'}}\n";
    assert!(scaled("", &with_cron).is_ok());
    let cron = |metadata: &str| {
        format!("  triggers:\n  - {{type: cron, metadata: {{timezone: UTC{metadata}}}}}\n")
    };
    let spec = |from: &str, to: &str| IN_FLIGHT.replace(from, to);
    for (spec, place) in [
        (
            spec("minReplicaCount", "minReplicas"),
            "spec.minReplicas is not a field",
        ),
        ("  triggers: []\n".to_owned(), "spec.triggers needs"),
        (
            spec(", threshold: '12'", ""),
            "spec.triggers.0.metadata.threshold is required",
        ),
        (
            spec("serverAddress: 'http://p:9090', ", ""),
            "metadata.serverAddress is required",
        ),
        (
            spec("minReplicaCount: 2", "minReplicaCount: -2"),
            "minReplicaCount must not be below 0",
        ),
        (
            spec(
                "  triggers",
                "  fallback: {failureThreshold: -1, replicas: 9}\n  triggers",
            ),
            "spec.fallback.failureThreshold must not be below 0",
        ),
        (
            CPU_ALONE.replace("  minReplicaCount: 2\n", ""),
            "spec.minReplicaCount is 0, and KEDA's webhook refuses 0",
        ),
        (
            CPU_ALONE.replace("minReplicaCount: 2", "minReplicaCount: 0"),
            "spec.minReplicaCount is 0, and KEDA's webhook refuses 0",
        ),
        (
            spec("threshold: '12'", "threshold: '0'"),
            "spec.triggers.0.metadata.threshold must be a quantity above 0",
        ),
        (
            cron(", start: 0 8 * * *, desiredReplicas: '5'"),
            "spec.triggers.0.metadata.end is required",
        ),
    ] {
        let why = scaled("", &spec).unwrap_err().to_string();
        assert!(
            why.starts_with("KEDA refuses") && why.contains(place),
            "{why}"
        );
    }
}

/// Each of these Deployments has no pods in the cluster: the API server refuses it.
#[test]
fn a_deployment_that_kubernetes_refuses_is_not_tried() {
    let tried = |from: &str, to: &str| {
        let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: kt-gateway}\nspec:\n  \
                    replicas: 2\n  selector: {matchLabels: {app: kt}}\n  strategy: {type: \
                    RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}\n  \
                    template:\n    metadata: {labels: {app: kt}}\n    spec:\n      \
                    terminationGracePeriodSeconds: 30\n      containers: [{name: kt, image: x, \
                    resources: {requests: {cpu: 500m}, limits: {cpu: '1'}}}]\n";
        assert!(text.contains(from), "{from}");
        let autoscaler = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: \
                          {name: kt-gateway}\nspec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: \
                          Deployment, name: kt-gateway}\n  maxReplicas: 10\n";
        manifest_of(&[&text.replace(from, to), autoscaler], &[], &[], 37)
    };
    assert!(tried("replicas: 2", "replicas: 3").is_ok());
    assert!(tried("maxSurge: 1", "maxSurge: 150%").is_ok());
    for (from, to, place) in [
        ("replicas: 2", "replicas: -1", "spec.replicas "),
        ("replicas: 2", "replicas: 2.5", "spec.replicas "),
        ("replicas: 2", "replicas: three", "spec.replicas "),
        ("replicas: 2", "replica: 2", "spec.replica is not a field"),
        ("apps/v1", "extensions/v1beta1", "apiVersion "),
        (
            "  selector: {matchLabels: {app: kt}}\n",
            "",
            "spec.selector is required",
        ),
        (
            "type: RollingUpdate",
            "type: BlueGreen",
            "spec.strategy.type ",
        ),
        (
            "type: RollingUpdate",
            "type: Recreate",
            "spec.strategy.rollingUpdate ",
        ),
        (
            "maxSurge: 1",
            "maxSurge: 150x",
            "spec.strategy.rollingUpdate.maxSurge ",
        ),
        (
            "maxUnavailable: 25%",
            "maxUnavailable: -1",
            "rollingUpdate.maxUnavailable ",
        ),
        (
            "maxUnavailable: 25%",
            "maxUnavailable: 150%",
            "rollingUpdate.maxUnavailable ",
        ),
        (
            "maxSurge: 1, maxUnavailable: 25%",
            "maxSurge: 0, maxUnavailable: 0",
            "maxUnavailable must not be 0 where maxSurge is 0",
        ),
        (
            "Seconds: 30",
            "Seconds: -5",
            "spec.template.spec.terminationGracePeriodSeconds ",
        ),
        (
            "cpu: 500m",
            "cpu: -100m",
            "resources.requests.cpu must be a quantity",
        ),
        (
            "cpu: 500m",
            "cpu: abc",
            "resources.requests.cpu must be a quantity",
        ),
        (
            "cpu: 500m",
            "cpu: 2",
            "resources.requests.cpu must not be above its limit",
        ),
    ] {
        let why = tried(from, to).unwrap_err().to_string();
        assert!(
            why.starts_with("Kubernetes refuses this Deployment") && why.contains(place),
            "{to}: {why}"
        );
    }
}

/// On a weekday the schedule of Monday to Friday holds and that of the weekend does not; the hours
/// are those of their time zone.
#[test]
fn a_weekday_has_the_schedules_of_weekdays() {
    let spec = |zone: &str, days: &str| {
        format!(
            "  minReplicaCount: 2\n  maxReplicaCount: 20\n  triggers:\n  - {{type: cron, metadata: \
             {{timezone: {zone}, start: '0 6 * * {days}', end: '0 20 * * {days}', desiredReplicas: \
             '10'}}}}\n  - {{type: cron, metadata: {{timezone: {zone}, start: '0 10 * * 6,0', end: \
             '0 16 * * 6,0', desiredReplicas: '15'}}}}\n"
        )
    };
    let read = scaled("", &spec("Asia/Kolkata", "1-5")).unwrap();
    // From 6 to 20 o'clock: 21,600 s to 72,000 s.
    let weekday = Schedule {
        from_ms: 21_600_000,
        to_ms: 72_000_000,
        pods: 10,
    };
    assert_eq!(read.keda.schedules, [weekday]);
    let [weekend, zone] = read.left_out.as_slice() else {
        panic!("{:?}", read.left_out);
    };
    assert!(weekend.contains("0 10 * * 6,0") && zone.contains("Asia/Kolkata"));
    let read = scaled("", &spec("UTC", "2")).unwrap();
    assert_eq!(read.keda.schedules, [weekday]);
    assert!(
        read.left_out
            .iter()
            .any(|said| said.ends_with("is a Tuesday"))
    );
}

/// A tolerance is behind a gate until 1.34 and no field before 1.33; no pods at all need 1.37 and a
/// metric from outside; null is absent.
#[test]
fn a_field_is_judged_by_the_version_of_the_cluster() {
    let tolerance = "  behavior: {scaleUp: {tolerance: 0.8}}\n";
    let told = |version: &str, minor: u32| {
        let read = autoscaler(tolerance, minor).unwrap();
        let said = replay::left_out(&scenario(version), &read);
        said.iter().any(|each| each.contains("tolerance"))
    };
    assert!(told("1.34", 34) && !told("1.35", 35));
    assert!(autoscaler(tolerance, 32).is_err());
    let outside = "  minReplicas: 0\n  metrics: [{type: External, external: {metric: {name: q}, \
                   target: {type: AverageValue, averageValue: 30}}}]\n";
    assert!(autoscaler(outside, 37).is_ok());
    let why = autoscaler(outside, 36).unwrap_err().to_string();
    assert!(why.contains("HPAScaleToZero"), "{why}");
    assert!(autoscaler("  minReplicas: 0\n", 37).is_err());
    let nulls = "  minReplicas: null\n  metrics: null\n  behavior: null\n";
    let (with, without) = (autoscaler(nulls, 37), autoscaler("", 37));
    assert_eq!(with.unwrap(), without.unwrap());
}

/// An adapter serves the queue of all gateways as a metric from outside or of an object: divided by
/// the pods it is the queue of each. A total target is a load of its own.
#[test]
fn a_known_metric_is_followed_from_wherever_it_comes() {
    let of = |metric: &str| autoscaler(&format!("  metrics:\n  - {metric}\n"), 37).unwrap();
    let own = |metric: &str| {
        let read = of(metric);
        let targets: Vec<(MetricName, i64)> = read
            .targets
            .iter()
            .map(|own| (own.name, own.target))
            .collect();
        targets
    };
    let name = "metric: {name: kt_request_queue_depth}";
    let target = "target: {type: AverageValue, averageValue: '7.5'}";
    let queue = [(MetricName::QueueDepth, 7_500)];
    assert_eq!(
        own(&format!("{{type: Pods, pods: {{{name}, {target}}}}}")),
        queue
    );
    assert_eq!(
        own(&format!(
            "{{type: External, external: {{{name}, {target}}}}}"
        )),
        queue
    );
    let object = "describedObject: {kind: Service, name: kt-gateway}";
    let object = format!("{{type: Object, object: {{{object}, {name}, {target}}}}}");
    assert_eq!(own(&object), queue);
    let total = "target: {type: Value, value: '30'}";
    let total = of(&format!(
        "{{type: External, external: {{{name}, {total}}}}}"
    ));
    assert_eq!((total.targets.len(), total.further.len()), (0, 1));
}

/// The maximum holds whatever a schedule asks for.
#[test]
fn a_schedule_above_the_maximum_is_told() {
    let cron = "  maxReplicaCount: 20\n  minReplicaCount: 1\n  triggers:\n  - {type: cron, \
                metadata: {timezone: UTC, start: 0 8 * * *, end: 0 9 * * *, desiredReplicas: \
                '25'}}\n";
    let read = scaled("", cron).unwrap();
    let said = replay::left_out(&scenario("1.37"), &read);
    assert_eq!(
        said,
        ["a schedule asks for 25 pods, and the maximum of 20 holds"]
    );
}
