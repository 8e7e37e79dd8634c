//! `hpa.yaml`: the guide's autoscaler with the plan's bounds.

use serde::Serialize;
use serde_saphyr::DoubleQuoted;

use super::super::yaml::{self, Noted, fixed, planned};
use super::super::{Fault, File, Source, check};
use super::{AUTOSCALER, GATEWAY};
use crate::model::hpa::{TOLERANCE, acts_at_percent};
use crate::plan::GatewayPlan;
use crate::say::export::autoscaler as say;
use crate::scenario::{Hpa, Scenario};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    spec: Spec,
}

#[derive(Serialize)]
struct Metadata {
    name: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    scale_target_ref: ScaleTarget,
    min_replicas: Noted<u32>,
    max_replicas: Noted<u32>,
    metrics: [Metric; 2],
    behavior: Behavior,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ScaleTarget {
    api_version: &'static str,
    kind: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Metric {
    Resource { resource: Resource },
    Pods { pods: Pods },
}

#[derive(Serialize)]
struct Resource {
    name: &'static str,
    target: CpuTarget,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CpuTarget {
    r#type: &'static str,
    average_utilization: Noted<u32>,
}

#[derive(Serialize)]
struct Pods {
    metric: MetricName,
    target: QueueTarget,
}

#[derive(Serialize)]
struct MetricName {
    name: Noted<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QueueTarget {
    r#type: &'static str,
    /// A quantity: the API takes text here.
    average_value: Noted<DoubleQuoted<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Behavior {
    scale_up: Direction,
    scale_down: Direction,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Direction {
    stabilization_window_seconds: Noted<u32>,
    policies: [Policy; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    r#type: &'static str,
    value: Noted<u32>,
    period_seconds: Noted<u32>,
}

pub(in crate::export) fn file(source: Source) -> File {
    let manifest = manifest(source.scenario, &source.plan.gateway);
    source
        .yaml("hpa.yaml", &[], &manifest)
        .checked(say::CHECKED, faults(&source))
        .noted(notes(&source.plan.gateway))
        .lacking(gaps(&source))
}

/// Faults that an API server would refuse.
pub(in crate::export) fn faults(source: &Source) -> Vec<Fault> {
    match yaml::value(&manifest(source.scenario, &source.plan.gateway)) {
        Ok(value) => check::hpa(&value),
        Err(error) => vec![Fault::new(None, error.to_string())],
    }
}

fn manifest(scenario: &Scenario, gateway: &GatewayPlan) -> Manifest {
    let hpa = &scenario.gateway.hpa;
    Manifest {
        api_version: "autoscaling/v2",
        kind: "HorizontalPodAutoscaler",
        metadata: Metadata { name: AUTOSCALER },
        spec: Spec {
            scale_target_ref: ScaleTarget {
                api_version: "apps/v1",
                kind: "Deployment",
                name: GATEWAY,
            },
            min_replicas: planned(gateway.instances_min, &say::minimum_why(gateway)),
            max_replicas: planned(gateway.instances_max, &say::maximum_why(gateway)),
            metrics: metrics(hpa),
            behavior: behavior(hpa),
        },
    }
}

fn metrics(hpa: &Hpa) -> [Metric; 2] {
    let guide = Scenario::default().gateway.hpa;
    let queue_depth = DoubleQuoted(hpa.queue_depth.to_string());
    [
        Metric::Resource {
            resource: Resource {
                name: "cpu",
                target: CpuTarget {
                    r#type: "Utilization",
                    average_utilization: own(hpa.cpu_percent, guide.cpu_percent),
                },
            },
        },
        Metric::Pods {
            pods: Pods {
                metric: MetricName {
                    name: fixed("kt_request_queue_depth", say::METRIC),
                },
                target: QueueTarget {
                    r#type: "AverageValue",
                    average_value: if hpa.queue_depth == guide.queue_depth {
                        fixed(queue_depth, say::OF_GUIDE)
                    } else {
                        planned(queue_depth, &say::own(guide.queue_depth))
                    },
                },
            },
        },
    ]
}

pub(super) fn behavior(hpa: &Hpa) -> Behavior {
    let guide = Scenario::default().gateway.hpa;
    let direction = |window, value, period_seconds| Direction {
        stabilization_window_seconds: window,
        policies: [Policy {
            r#type: "Percent",
            value,
            period_seconds,
        }],
    };
    Behavior {
        scale_up: direction(
            own(hpa.up_window_s, guide.up_window_s),
            own(hpa.up_percent, guide.up_percent),
            own(hpa.up_period_s, guide.up_period_s),
        ),
        scale_down: direction(
            own(hpa.down_window_s, guide.down_window_s),
            own(hpa.down_percent, guide.down_percent),
            own(hpa.down_period_s, guide.down_period_s),
        ),
    }
}

/// A value of the guide's manifest, or the reader's own.
fn own(value: u32, guide: u32) -> Noted<u32> {
    if value == guide {
        fixed(value, say::OF_GUIDE)
    } else {
        planned(value, &say::own(guide))
    }
}

fn notes(gateway: &GatewayPlan) -> Vec<String> {
    vec![
        say::range_note(gateway),
        say::CPU_NOTE.to_owned(),
        say::QUEUE_NOTE.to_owned(),
    ]
}

/// Where the guide's table of scaling triggers and this object part: an autoscaler
/// has one target for both ways, a tolerance of a tenth, and only the metrics in it.
pub(super) fn gaps(source: &Source) -> Vec<String> {
    let hpa = &source.scenario.gateway.hpa;
    let depth = f64::from(hpa.queue_depth);
    let band = depth * TOLERANCE;
    let mut gaps = vec![
        say::cpu_gap(acts_at_percent(hpa.cpu_percent), hpa),
        say::queue_gap(depth - band, depth + band),
        say::OTHER_GAP.to_owned(),
    ];
    let queue = &source.plan.queue;
    if let (Some(wait_s), Some(better)) = (queue.wait_at_hpa_target_s, queue.hpa_target_for_wait)
        && better < hpa.queue_depth
    {
        let stated_s = queue.stated_wait_s;
        gaps.push(say::late_gap(hpa.queue_depth, wait_s, better, stated_s));
    }
    gaps
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use serde_json::{Value, json};

    fn export(scenario: &Scenario) -> File {
        let plan = evaluate(scenario, date(2026, 11, 23));
        file(Source {
            scenario,
            plan: &plan,
            link: "#v=1",
        })
    }

    fn planned(file: &File) -> Vec<&str> {
        let lines: Vec<&str> = file.text.lines().collect();
        let keys = file.planned_lines.iter().map(|n| lines[*n].trim());
        keys.map(|line| line.split(':').next().unwrap()).collect()
    }

    /// Typed from the guide, "Kubernetes HPA".
    fn guide() -> Value {
        json!({
            "apiVersion": "autoscaling/v2",
            "kind": "HorizontalPodAutoscaler",
            "metadata": {"name": "kt-gateway-hpa"},
            "spec": {
                "scaleTargetRef": {
                    "apiVersion": "apps/v1", "kind": "Deployment", "name": "kt-gateway"
                },
                "minReplicas": 2,
                "maxReplicas": 20,
                "metrics": [
                    {
                        "type": "Resource",
                        "resource": {
                            "name": "cpu",
                            "target": {"type": "Utilization", "averageUtilization": 70}
                        }
                    },
                    {
                        "type": "Pods",
                        "pods": {
                            "metric": {"name": "kt_request_queue_depth"},
                            "target": {"type": "AverageValue", "averageValue": "50"}
                        }
                    }
                ],
                "behavior": {
                    "scaleUp": {
                        "stabilizationWindowSeconds": 60,
                        "policies": [{"type": "Percent", "value": 50, "periodSeconds": 60}]
                    },
                    "scaleDown": {
                        "stabilizationWindowSeconds": 300,
                        "policies": [{"type": "Percent", "value": 25, "periodSeconds": 120}]
                    }
                }
            }
        })
    }

    #[test]
    fn the_default_is_the_guides_manifest() {
        let file = export(&Scenario::default());
        let read: Value = serde_saphyr::from_str(&file.text).unwrap();
        assert_eq!(read, guide());
        assert_eq!(file.checked, Ok(say::CHECKED));
        assert_eq!(planned(&file), ["minReplicas", "maxReplicas"]);
    }

    #[test]
    fn own_values_are_planned_and_faults_name_their_field() {
        let mut scenario = Scenario::default();
        let hpa = &mut scenario.gateway.hpa;
        hpa.replicas_min = Some(30);
        hpa.cpu_percent = 0;
        hpa.queue_depth = 0;
        hpa.up_window_s = 3_601;
        hpa.down_period_s = 1_801;
        let file = export(&scenario);
        let fields: Vec<_> = file.checked.clone().unwrap_err();
        let fields: Vec<_> = fields.iter().map(|fault| fault.field).collect();
        let expected = [
            "hpa-max",
            "hpa-cpu",
            "hpa-queue",
            "hpa-up-window",
            "hpa-down-period",
        ];
        assert_eq!(fields, expected.map(Some));
        let lines = [
            "minReplicas",
            "maxReplicas",
            "averageUtilization",
            "averageValue",
            "stabilizationWindowSeconds",
            "periodSeconds",
        ];
        assert_eq!(planned(&file), lines);
    }
}
