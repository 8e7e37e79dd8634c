//! The fields that a target knows, so that one it would ignore is told as such.

use serde_json::Value;

/// Fields of `spec` of a `ScaledObject`, without what holds a whole object of another API.
///
/// # Source
///
/// The custom resource definition of KEDA 2.20, keda.sh/v1alpha1.
pub(super) const KEDA: [&str; 52] = [
    "scaleTargetRef.apiVersion",
    "scaleTargetRef.kind",
    "scaleTargetRef.name",
    "scaleTargetRef.envSourceContainerName",
    "pollingInterval",
    "initialCooldownPeriod",
    "cooldownPeriod",
    "idleReplicaCount",
    "minReplicaCount",
    "maxReplicaCount",
    "fallback.failureThreshold",
    "fallback.replicas",
    "fallback.behavior",
    "advanced.restoreToOriginalReplicaCount",
    "advanced.horizontalPodAutoscalerConfig.name",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.stabilizationWindowSeconds",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.selectPolicy",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.tolerance",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.policies.*.type",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.policies.*.value",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.policies.*.periodSeconds",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.selectPolicy",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.tolerance",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.*.type",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.*.value",
    "advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.policies.*.periodSeconds",
    "advanced.scalingModifiers.formula",
    "advanced.scalingModifiers.target",
    "advanced.scalingModifiers.activationTarget",
    "advanced.scalingModifiers.metricType",
    "triggers.*.type",
    "triggers.*.name",
    "triggers.*.metricType",
    "triggers.*.useCachedMetrics",
    "triggers.*.authenticationRef.name",
    "triggers.*.authenticationRef.kind",
    "triggers.*.metadata.value",
    "triggers.*.metadata.type",
    "triggers.*.metadata.containerName",
    "triggers.*.metadata.serverAddress",
    "triggers.*.metadata.query",
    "triggers.*.metadata.threshold",
    "triggers.*.metadata.activationThreshold",
    "triggers.*.metadata.namespace",
    "triggers.*.metadata.ignoreNullValues",
    "triggers.*.metadata.unsafeSsl",
    "triggers.*.metadata.timeout",
    "triggers.*.metadata.customHeaders",
    "triggers.*.metadata.queryParameters",
    "triggers.*.metadata.authModes",
    "triggers.*.metadata.cortexOrgID",
];

/// Fields of `spec` of a `HorizontalPodAutoscaler`, by the version of its API.
const HPA_V2: [&str; 5] = [
    "scaleTargetRef",
    "minReplicas",
    "maxReplicas",
    "metrics",
    "behavior",
];
const HPA_V1: [&str; 4] = [
    "scaleTargetRef",
    "minReplicas",
    "maxReplicas",
    "targetCPUUtilizationPercentage",
];

const NO_FIELD: &str = "is no field of its API: the cluster ignores or refuses it";

/// Annotations that change what the object does.
pub(super) fn is_setting(place: &str) -> bool {
    place.starts_with("metadata.annotations.autoscaling")
}

/// The reason for a field that the object's API does not have.
pub(super) fn no_field(document: &Value, place: &str) -> Option<&'static str> {
    let inner = place.strip_prefix("spec.");
    let known = match (document["kind"].as_str()?, inner) {
        ("ScaledObject" | "HorizontalPodAutoscaler", None) => false,
        ("ScaledObject", Some(inner)) => {
            // What a trigger takes depends on its type: only two of them are listed.
            inner.starts_with("triggers.") || KEDA.iter().any(|field| fits(field, inner))
        }
        ("HorizontalPodAutoscaler", Some(inner)) => {
            let first = inner.split('.').next().unwrap_or_default();
            if document["apiVersion"] == "autoscaling/v1" {
                HPA_V1.contains(&first)
            } else {
                HPA_V2.contains(&first)
            }
        }
        _ => true,
    };
    (!known).then_some(NO_FIELD)
}

/// Whether a place is a field, or a part of one.
fn fits(field: &str, place: &str) -> bool {
    let mut places = place.split('.');
    field.split('.').all(|step| {
        let here = places.next();
        here.is_some_and(|here| step == "*" || step == here)
    })
}
