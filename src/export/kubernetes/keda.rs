//! `keda-scaledobject.yaml`: the same autoscaler for clusters with KEDA, whose
//! Prometheus scaler reads the queue depth without a custom-metrics adapter.

use serde::Serialize;
use serde_saphyr::DoubleQuoted;

use super::super::yaml::{Noted, fixed, planned};
use super::super::{File, Source};
use super::autoscaler::{Behavior, behavior};
use super::{AUTOSCALER, GATEWAY, Metadata, metadata};
use crate::say::export::autoscaler::{maximum_why, minimum_why};
use crate::say::export::keda as say;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ScaledObject {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata,
    spec: Spec,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    scale_target_ref: ScaleTarget,
    min_replica_count: Noted<u32>,
    max_replica_count: Noted<u32>,
    advanced: Advanced,
    triggers: (CpuTrigger, QueueTrigger),
}

#[derive(Serialize)]
struct ScaleTarget {
    name: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Advanced {
    horizontal_pod_autoscaler_config: HpaConfig,
}

#[derive(Serialize)]
struct HpaConfig {
    name: Noted<&'static str>,
    behavior: Behavior,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CpuTrigger {
    r#type: &'static str,
    metric_type: &'static str,
    metadata: CpuMetadata,
}

#[derive(Serialize)]
struct CpuMetadata {
    value: Noted<DoubleQuoted<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QueueTrigger {
    r#type: &'static str,
    metric_type: &'static str,
    metadata: QueueMetadata,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QueueMetadata {
    server_address: Noted<&'static str>,
    query: Noted<&'static str>,
    threshold: Noted<DoubleQuoted<String>>,
}

pub(in crate::export) fn file(source: Source) -> File {
    // The operator makes an HPA of it, which is refused for what hpa.yaml would be.
    let faults = super::autoscaler::faults(&source);
    let gateway = &source.plan.gateway;
    let hpa = &source.scenario.gateway.hpa;
    let number = |value: u32| planned(DoubleQuoted(value.to_string()), say::AS_HPA);
    let object = ScaledObject {
        api_version: "keda.sh/v1alpha1",
        kind: "ScaledObject",
        metadata: metadata(GATEWAY),
        spec: Spec {
            scale_target_ref: ScaleTarget { name: GATEWAY },
            min_replica_count: planned(gateway.instances_min, &minimum_why(gateway)),
            max_replica_count: planned(gateway.instances_max, &maximum_why(gateway)),
            advanced: Advanced {
                horizontal_pod_autoscaler_config: HpaConfig {
                    name: fixed(AUTOSCALER, say::NAME),
                    behavior: behavior(hpa),
                },
            },
            triggers: (
                CpuTrigger {
                    r#type: "cpu",
                    metric_type: "Utilization",
                    metadata: CpuMetadata {
                        value: number(hpa.cpu_percent),
                    },
                },
                QueueTrigger {
                    r#type: "prometheus",
                    metric_type: "AverageValue",
                    metadata: QueueMetadata {
                        server_address: fixed(
                            "http://prometheus.monitoring.svc:9090",
                            say::ADDRESS,
                        ),
                        query: fixed("sum(kt_request_queue_depth)", say::QUERY),
                        threshold: number(hpa.queue_depth),
                    },
                },
            ),
        },
    };
    source
        .yaml("keda-scaledobject.yaml", &[say::INSTEAD], &object)
        .checked(say::CHECKED, faults)
        .noted(vec![say::NOTE.to_owned(), say::USE_NOTE.to_owned()])
        .lacking(super::autoscaler::gaps(&source))
}
