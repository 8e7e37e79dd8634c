//! Fields of another API version have no effect, and empty objects are objects.

use super::{reading, why};

fn hpa(version: &str, spec: &str) -> String {
    format!(
        "apiVersion: autoscaling/{version}\nkind: HorizontalPodAutoscaler\nmetadata: {{name: \
         gw}}\nspec: {{scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: gw}}, \
         maxReplicas: 10, {spec}}}\n"
    )
}

const TARGET: &str = "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, \
                      averageUtilization: 61}}}]";
const FLAT: &str =
    "metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 62}}]";
const PERCENT: &str = "targetCPUUtilizationPercentage: 63";

#[test]
fn a_field_of_another_version_is_not_taken() {
    let cpu = |version: &str, spec: &str| {
        let read = reading(&hpa(version, spec));
        read.scenario.gateway.hpa.cpu_percent
    };
    for (version, spec, expected) in [
        ("v2", TARGET, Some(61)),
        ("v2beta2", TARGET, Some(61)),
        ("v2beta1", FLAT, Some(62)),
        ("v1", PERCENT, Some(63)),
        // An autoscaler without metrics looks at 80 % of the CPU.
        ("v2", PERCENT, Some(80)),
        ("v1", TARGET, Some(80)),
        // One with a metric that has no target is refused: nothing is known of its CPU, and the
        // scenario's own 70 % stay.
        ("v2", FLAT, Some(70)),
        ("v2beta2", FLAT, Some(70)),
        ("v2beta1", TARGET, Some(70)),
    ] {
        assert_eq!(cpu(version, spec), expected, "{version} {spec}");
    }
    let read = reading(&hpa("v2", PERCENT));
    assert!(why(&read, "Percentage").contains("no field of its API"));
    let down = "behavior: {scaleDown: {stabilizationWindowSeconds: 7}}";
    let window = |version| {
        reading(&hpa(version, down))
            .scenario
            .gateway
            .hpa
            .down_window_s
    };
    assert_eq!(
        [window("v2"), window("v1")].map(|s| s.to_string()),
        ["7", "300"]
    );
    // Without a version any may be meant.
    let silent = hpa("v2", PERCENT).replace("apiVersion: autoscaling/v2\n", "");
    assert_eq!(reading(&silent).scenario.gateway.hpa.cpu_percent, Some(63));
}

#[test]
fn a_field_of_another_kind_is_not_taken() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: gw}\nspec: {strategy: \
                {blueGreen: {}}, selector: {}, template: {spec: {containers: [{name: gw, \
                resources: {}}]}}}\n";
    let read = reading(text);
    // 25 % is what a Deployment fills in.
    assert_eq!(read.scenario.database.surge_percent.to_string(), "25");
    assert!(why(&read, "blueGreen").contains("no field of its API"));
}

#[test]
fn an_empty_object_is_one() {
    let text = hpa(
        "v2",
        "behavior: {scaleUp: {}, scaleDown: {policies: []}}, metrics: []",
    );
    let read = reading(&text);
    let left: Vec<&str> = read.left.iter().map(|left| &*left.place).collect();
    // A list of policies has one at least; the others may be empty.
    let expected = [
        "spec.behavior.scaleDown.policies",
        "spec.scaleTargetRef.name",
    ];
    assert_eq!(left, expected);
    let alike = |place: &str| {
        let mut alike = read.alike.iter();
        let found = alike.find(|one| one.place == place);
        found.is_some_and(|one| one.why.contains("is empty"))
    };
    for place in ["spec.behavior.scaleUp", "spec.metrics"] {
        assert!(alike(place), "{place}: {:#?}", read.alike);
    }
    let broken = reading(&hpa("v2", "behavior: {scaleUp: 3}"));
    assert!(why(&broken, "scaleUp").contains("is no object"));
}
