//! `hpa.yaml`: the guide's autoscaler with the plan's bounds.

use std::ops::RangeInclusive;

use serde::Serialize;

use super::super::node::Quoted;
use super::super::yaml::{self, Noted, fixed, planned};
use super::super::{Fault, File, Source, check};
use super::behavior::{Behavior, behavior, own};
use super::deployment::{cpu_quantity, memory_quantity, whole};
use super::outside::{Outside, outside};
use super::{AUTOSCALER, GATEWAY};
use crate::model::hpa::{TOLERANCE, acts_at_percent};
use crate::plan::GatewayPlan;
use crate::say::export::autoscaler as say;
use crate::scenario::scaling::MetricSource;
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
    metrics: Vec<Metric>,
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
    Resource {
        resource: Resource,
    },
    Pods {
        pods: Pods,
    },
    #[serde(rename = "Pods")]
    Own {
        pods: Outside,
    },
    Object {
        object: Outside,
    },
    External {
        external: Outside,
    },
}

#[derive(Serialize)]
struct Resource {
    name: &'static str,
    target: ResourceTarget,
}

/// Share of the request, or amount per pod. The API takes quantities as text.
#[derive(Serialize)]
#[serde(tag = "type")]
enum ResourceTarget {
    #[serde(rename_all = "camelCase")]
    Utilization { average_utilization: Noted<u32> },
    #[serde(rename_all = "camelCase")]
    AverageValue { average_value: Noted<Quoted> },
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
    /// Quantity; the API takes text here.
    average_value: Noted<Quoted>,
}

/// Minor versions that support a tolerance only behind a feature gate (KEP-4951).
const GATED: RangeInclusive<u32> = 33..=34;

pub(in crate::export) fn file(source: Source) -> File {
    let manifest = manifest(source.scenario, &source.plan.gateway);
    source
        .yaml("hpa.yaml", &[], &manifest)
        .checked(say::CHECKED, faults(&source))
        .noted(notes(&source))
        .lacking(
            gaps(&source)
                .into_iter()
                .chain(unscheduled(&source))
                .collect(),
        )
}

/// Faults that an API server would find.
pub(in crate::export) fn faults(source: &Source) -> Vec<Fault> {
    match yaml::value(&manifest(source.scenario, &source.plan.gateway)) {
        Ok(value) => check::hpa_of(&value, source.scenario.gateway.hpa.kubernetes.minor()),
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

/// Metrics with a target, CPU first.
fn metrics(hpa: &Hpa) -> Vec<Metric> {
    let guide = Scenario::default().gateway.hpa;
    let resource = |name, target| Metric::Resource {
        resource: Resource { name, target },
    };
    let share = |percent: Noted<u32>| ResourceTarget::Utilization {
        average_utilization: percent,
    };
    let amount = |quantity: String| ResourceTarget::AverageValue {
        average_value: planned(Quoted(quantity), say::OWN_TARGET),
    };
    let queue = |depth: f64| Metric::Pods {
        pods: Pods {
            metric: MetricName {
                name: fixed("kt_request_queue_depth", say::METRIC),
            },
            target: QueueTarget {
                r#type: "AverageValue",
                average_value: own_queue(depth, guide.queue_depth),
            },
        },
    };
    let in_flight = |requests: f64| Metric::Pods {
        pods: Pods {
            metric: MetricName {
                name: fixed("kt_requests_in_flight", say::IN_FLIGHT_METRIC),
            },
            target: QueueTarget {
                r#type: "AverageValue",
                average_value: planned(Quoted(count_quantity(requests)), say::OWN_TARGET),
            },
        },
    };
    let cpu = hpa.cpu_percent;
    let cpu = cpu.map(|percent| resource("cpu", share(own(percent, guide.cpu_percent))));
    let cpu_average = hpa.cpu_average.map(|vcpu| {
        let quantity = cpu_quantity(whole(vcpu * 1e3));
        resource("cpu", amount(quantity))
    });
    let memory = hpa.memory_percent;
    let memory = memory.map(|percent| resource("memory", share(planned(percent, say::OWN_TARGET))));
    let memory_average = hpa.memory_average_mb.map(|megabytes| {
        let quantity = memory_quantity(whole(megabytes * 1e6));
        resource("memory", amount(quantity))
    });
    let metrics = [
        cpu,
        cpu_average,
        hpa.queue_depth.map(queue),
        hpa.in_flight.map(in_flight),
        memory,
        memory_average,
    ];
    let own = hpa.metrics.0.iter().map(|metric| {
        let source = outside(metric);
        match metric.source {
            MetricSource::Pods => Metric::Own { pods: source },
            MetricSource::Object | MetricSource::ObjectAverage => Metric::Object { object: source },
            MetricSource::External | MetricSource::ExternalAverage => {
                Metric::External { external: source }
            }
        }
    });
    metrics.into_iter().flatten().chain(own).collect()
}

/// Quantity of requests, in thousandths if not whole, as Kubernetes writes it.
fn count_quantity(requests: f64) -> String {
    cpu_quantity(whole(requests * 1e3))
}

fn own_queue(depth: f64, guide: Option<f64>) -> Noted<Quoted> {
    let quantity = Quoted(count_quantity(depth));
    match guide {
        Some(guide) if guide.to_bits() != depth.to_bits() => planned(quantity, &say::own(guide)),
        _ => fixed(quantity, say::OF_GUIDE),
    }
}

fn notes(source: &Source) -> Vec<String> {
    let hpa = &source.scenario.gateway.hpa;
    let cpu = hpa.cpu_percent.map(|_| say::CPU_NOTE.to_owned());
    let queue = hpa.queue_depth.map(|_| say::QUEUE_NOTE.to_owned());
    let range = [say::range_note(&source.plan.gateway)];
    range.into_iter().chain(cpu).chain(queue).collect()
}

/// Differences between the guide's table of scaling triggers and this object: an autoscaler has one
/// target for both directions, a tolerance of 10 %, and only its own metrics.
pub(super) fn gaps(source: &Source) -> Vec<String> {
    let hpa = &source.scenario.gateway.hpa;
    let tolerance = |own: Option<f64>| own.map_or(TOLERANCE, |percent| percent / 100.0);
    let mut gaps = Vec::new();
    if let Some(percent) = hpa.cpu_percent {
        gaps.push(say::cpu_gap(acts_at_percent(percent), hpa));
    }
    if let Some(depth) = hpa.queue_depth {
        let up = depth + depth * tolerance(hpa.up_tolerance_percent);
        let down = (depth - depth * tolerance(hpa.down_tolerance_percent)).max(0.0);
        gaps.push(say::queue_gap(down, up));
    }
    if let Some(target) = hpa.in_flight {
        gaps.push(say::in_flight_gap(
            target,
            source.scenario.gateway.concurrency,
        ));
    }
    let tolerances = [hpa.up_tolerance_percent, hpa.down_tolerance_percent];
    let minor = hpa.kubernetes.minor();
    if tolerances.iter().any(Option::is_some) && GATED.contains(&minor) {
        gaps.push(say::gated_gap(minor));
    }
    gaps.push(say::OTHER_GAP.to_owned());
    let queue = &source.plan.queue;
    if let (Some(depth), Some(wait_s), Some(better)) = (
        hpa.queue_depth,
        queue.wait_at_hpa_target_s,
        queue.hpa_target_for_wait,
    ) && f64::from(better) < depth
    {
        gaps.push(say::late_gap(depth, wait_s, better, queue.stated_wait_s));
    }
    gaps
}

/// Gap for the schedules, which an HPA cannot have.
fn unscheduled(source: &Source) -> Option<String> {
    let schedules = &source.scenario.gateway.hpa.schedules.0;
    (!schedules.is_empty()).then(|| say::SCHEDULE_GAP.to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use crate::catalog::date::date;
    use crate::plan::evaluate;
    use crate::scenario::{Kubernetes, Select};
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

    /// Manifest of the guide, "Kubernetes HPA".
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
    fn each_target_and_policy_has_its_place() {
        let mut scenario = Scenario::default();
        let hpa = &mut scenario.gateway.hpa;
        (hpa.cpu_percent, hpa.queue_depth) = (None, None);
        (hpa.cpu_average, hpa.memory_average_mb) = (Some(0.75), Some(512.0));
        hpa.memory_percent = Some(80);
        (hpa.up_pods, hpa.up_pods_period_s) = (Some(4), 15);
        hpa.up_select = Select::Min;
        hpa.up_tolerance_percent = Some(5.0);
        (hpa.down_percent, hpa.down_select) = (None, Select::Disabled);
        let file = export(&scenario);
        let read: Value = serde_saphyr::from_str(&file.text).unwrap();
        let resource = |name: &str, target: Value| {
            let resource = json!({"name": name, "target": target});
            json!({"type": "Resource", "resource": resource})
        };
        let metrics = json!([
            resource(
                "cpu",
                json!({"type": "AverageValue", "averageValue": "750m"})
            ),
            resource(
                "memory",
                json!({"type": "Utilization", "averageUtilization": 80})
            ),
            resource(
                "memory",
                json!({"type": "AverageValue", "averageValue": "512M"})
            ),
        ]);
        assert_eq!(read["spec"]["metrics"], metrics);
        let behavior = json!({
            "scaleUp": {
                "stabilizationWindowSeconds": 60,
                "selectPolicy": "Min",
                "policies": [
                    {"type": "Percent", "value": 50, "periodSeconds": 60},
                    {"type": "Pods", "value": 4, "periodSeconds": 15},
                ],
                "tolerance": "0.05",
            },
            "scaleDown": {"stabilizationWindowSeconds": 300, "selectPolicy": "Disabled"},
        });
        assert_eq!(read["spec"]["behavior"], behavior);
        assert_eq!(file.checked, Ok(say::CHECKED));
        scenario.gateway.hpa.kubernetes = Kubernetes::parse("1.32").unwrap();
        let faults = export(&scenario).checked.unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field).collect();
        assert_eq!(fields, [Some("hpa-up-tolerance")]);
    }

    #[test]
    fn own_values_are_planned_and_faults_name_their_field() {
        let mut scenario = Scenario::default();
        let hpa = &mut scenario.gateway.hpa;
        hpa.replicas_min = Some(30);
        hpa.cpu_percent = Some(0);
        hpa.queue_depth = Some(0.0);
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
