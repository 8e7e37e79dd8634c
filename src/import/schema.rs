//! Fields known to a target, for reporting fields it would ignore.

use std::borrow::Cow;

use serde_json::Value;

use super::lines::{LONGEST_PATH, join};
use super::scaler;
use super::value::at;

/// Fields of `spec` in a `ScaledObject`, without objects of other APIs.
///
/// # Source
///
/// The custom resource definition of KEDA 2.20, keda.sh/v1alpha1.
pub(super) const KEDA: [&str; 38] = [
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
    "triggers.*.metadata",
];

/// Path of an object and the fields its API has there. `*` is a list index, or either direction of
/// a behavior. Unlisted objects may have any field.
type Whole = (&'static str, &'static str);

/// Fields of a `HorizontalPodAutoscaler`.
///
/// # Source
///
/// Kubernetes 1.37, autoscaling/v2. Version v2beta2 lacks only tolerances and fallbacks.
const HPA_V2: [Whole; 16] = [
    (
        "spec",
        "scaleTargetRef minReplicas maxReplicas metrics behavior",
    ),
    ("spec.scaleTargetRef", "apiVersion kind name"),
    (
        "spec.metrics.*",
        "type resource containerResource pods object external",
    ),
    ("spec.metrics.*.resource", "name target"),
    ("spec.metrics.*.containerResource", "name container target"),
    ("spec.metrics.*.pods", "metric target"),
    ("spec.metrics.*.object", "describedObject metric target"),
    (
        "spec.metrics.*.object.describedObject",
        "apiVersion kind name",
    ),
    ("spec.metrics.*.external", "metric target fallback"),
    ("spec.metrics.*.*.metric", "name selector"),
    (
        "spec.metrics.*.*.metric.selector",
        "matchLabels matchExpressions",
    ),
    (
        "spec.metrics.*.*.target",
        "type value averageValue averageUtilization",
    ),
    (
        "spec.metrics.*.external.fallback",
        "failureDurationSeconds replicas",
    ),
    ("spec.behavior", "scaleUp scaleDown"),
    (
        "spec.behavior.*",
        "stabilizationWindowSeconds selectPolicy policies tolerance",
    ),
    ("spec.behavior.*.policies.*", "type value periodSeconds"),
];
/// Fields of version 1, and of the first beta, with different metrics.
const HPA_V1: [Whole; 2] = [
    (
        "spec",
        "scaleTargetRef minReplicas maxReplicas targetCPUUtilizationPercentage",
    ),
    ("spec.scaleTargetRef", "apiVersion kind name"),
];
const HPA_V2BETA1: [Whole; 8] = [
    ("spec", "scaleTargetRef minReplicas maxReplicas metrics"),
    ("spec.scaleTargetRef", "apiVersion kind name"),
    (
        "spec.metrics.*",
        "type resource containerResource pods object external",
    ),
    (
        "spec.metrics.*.resource",
        "name targetAverageUtilization targetAverageValue",
    ),
    (
        "spec.metrics.*.containerResource",
        "name container targetAverageUtilization targetAverageValue",
    ),
    (
        "spec.metrics.*.pods",
        "metricName selector targetAverageValue",
    ),
    (
        "spec.metrics.*.object",
        "target metricName targetValue selector averageValue",
    ),
    (
        "spec.metrics.*.external",
        "metricName metricSelector targetValue targetAverageValue",
    ),
];
/// Fields of the kinds with pods, as far as they are read.
///
/// # Source
///
/// Kubernetes 1.35, apps/v1 and v1; Argo Rollouts 1.8, argoproj.io/v1alpha1.
const DEPLOYMENT: [Whole; 3] = [
    (
        "spec",
        "minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit selector \
         strategy template",
    ),
    ("spec.strategy", "type rollingUpdate"),
    ("spec.strategy.rollingUpdate", "maxSurge maxUnavailable"),
];
const STATEFUL_SET: [Whole; 3] = [
    (
        "spec",
        "minReadySeconds ordinals persistentVolumeClaimRetentionPolicy podManagementPolicy \
         replicas revisionHistoryLimit selector serviceName template updateStrategy \
         volumeClaimTemplates",
    ),
    ("spec.updateStrategy", "type rollingUpdate"),
    (
        "spec.updateStrategy.rollingUpdate",
        "partition maxUnavailable",
    ),
];
const ROLLOUT: [Whole; 2] = [
    (
        "spec",
        "analysis minReadySeconds paused progressDeadlineAbort progressDeadlineSeconds replicas \
         restartAt revisionHistoryLimit rollbackWindow selector strategy template workloadRef",
    ),
    ("spec.strategy", "blueGreen canary"),
];
const PODS: [Whole; 10] = [
    ("spec.selector", "matchLabels matchExpressions"),
    ("spec.template", "metadata spec"),
    (
        "spec.template.spec",
        "activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig \
         dnsPolicy enableServiceLinks ephemeralContainers hostAliases hostIPC hostNetwork hostPID \
         hostUsers hostname hostnameOverride imagePullSecrets initContainers nodeName \
         nodeSelector os overhead preemptionPolicy priority priorityClassName readinessGates \
         resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates \
         securityContext serviceAccount serviceAccountName setHostnameAsFQDN \
         shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations \
         topologySpreadConstraints volumes workloadRef",
    ),
    ("spec.template.spec.resources", "claims limits requests"),
    ("spec.template.spec.containers.*", CONTAINER),
    ("spec.template.spec.initContainers.*", CONTAINER),
    ("spec.template.spec.*.*.resources", "claims limits requests"),
    ("spec.template.spec.*.*.env.*", "name value valueFrom"),
    (
        "spec.template.spec.*.*.ports.*",
        "containerPort hostIP hostPort name protocol",
    ),
    (
        "spec.template.spec.*.*.lifecycle",
        "postStart preStop stopSignal",
    ),
];
const CONTAINER: &str = "args command env envFrom image imagePullPolicy lifecycle \
     livenessProbe name ports readinessProbe resizePolicy resources restartPolicy \
     restartPolicyRules securityContext startupProbe stdin stdinOnce \
     terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts \
     workingDir";

/// Lists of a `ScaledObject`.
const KEDA_LISTS: [Whole; 1] = [("spec.triggers.*", "")];

pub(super) const EMPTY: &str = "is empty, so that what its API fills in holds";
const NO_OBJECT: &str = "is no object, and its API takes nothing else here";
const NO_KEY: &str = "is no key that this scaler of KEDA reads: it is ignored";
const NO_FIELD: &str = "is no field of its API: the cluster ignores or refuses it";

/// Whether a place is an annotation that changes the behavior of the object.
pub(super) fn is_setting(place: &str) -> bool {
    place.starts_with("metadata.annotations.autoscaling")
}

/// Fields in the API of an object; `None` if unknown.
fn wholes(document: &Value) -> Option<[&'static [Whole]; 2]> {
    let kind = document["kind"].as_str()?;
    Some(match (kind, document["apiVersion"].as_str()) {
        ("HorizontalPodAutoscaler", Some("autoscaling/v1")) => [&HPA_V1, &[]],
        ("HorizontalPodAutoscaler", Some("autoscaling/v2beta1")) => [&HPA_V2BETA1, &[]],
        ("HorizontalPodAutoscaler", _) => [&HPA_V2, &[]],
        ("Deployment", _) => [&DEPLOYMENT, &PODS],
        ("StatefulSet", _) => [&STATEFUL_SET, &PODS],
        ("Rollout", _) => [&ROLLOUT, &PODS],
        ("ScaledObject", _) => [&KEDA_LISTS, &[]],
        _ => return None,
    })
}

/// Reason for a value in place of an object.
pub(super) fn no_object(document: &Value, place: &str) -> Option<&'static str> {
    let mut wholes = wholes(document)?.into_iter().flatten();
    let is_object = at(document, place).is_some_and(Value::is_object);
    let is_known = wholes.any(|(pattern, _)| is_whole(pattern, place));
    (is_known && !is_object).then_some(NO_OBJECT)
}

/// Reason for an empty object or list.
pub(super) fn empty(document: &Value, place: &str) -> Option<&'static str> {
    let is_empty = match at(document, place)? {
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    let own = wholes(document).filter(|_| is_empty && no_field(document, place).is_none())?;
    let mut own = own.into_iter().flatten();
    let list = format!("{place}.*");
    own.any(|(pattern, _)| is_whole(pattern, place) || is_whole(pattern, &list))
        .then_some(EMPTY)
}

/// Object without fields unknown to its API, as the cluster reads it. Without an API version any
/// version may be meant.
pub(super) fn as_read(document: &Value) -> Cow<'_, Value> {
    const KINDS: [&str; 4] = [
        "HorizontalPodAutoscaler",
        "Deployment",
        "StatefulSet",
        "Rollout",
    ];
    let is_known = document["kind"]
        .as_str()
        .is_some_and(|kind| KINDS.contains(&kind));
    if !is_known || !document["apiVersion"].is_string() {
        return Cow::Borrowed(document);
    }
    let mut places = Vec::new();
    foreign(document, &document["spec"], "spec", &mut places);
    if places.is_empty() {
        return Cow::Borrowed(document);
    }
    let mut own = document.clone();
    for steps in places {
        remove(&mut own, &steps);
    }
    Cow::Owned(own)
}

/// Paths of fields unknown to the object's API.
pub(crate) fn unknown_fields(document: &Value) -> Vec<String> {
    let mut places = Vec::new();
    foreign(document, &document["spec"], "spec", &mut places);
    let mut joined: Vec<String> = places.iter().map(|steps| steps.join(".")).collect();
    joined.retain(|place| no_field(document, place) == Some(NO_FIELD));
    joined
}

/// Collects the steps to each field unknown to the API.
fn foreign(document: &Value, value: &Value, path: &str, places: &mut Vec<Vec<String>>) {
    let below = |key: &str, inner: &Value, places: &mut Vec<Vec<String>>| {
        let place = join(path, key);
        // Keys with a dot are user-defined names.
        if LONGEST_PATH < place.len() || key.contains('.') {
            return;
        }
        if no_field(document, &place).is_some() {
            places.push(place.split('.').map(str::to_owned).collect());
        } else {
            foreign(document, inner, &place, places);
        }
    };
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                below(key, inner, places);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                below(&index.to_string(), inner, places);
            }
        }
        _ => {}
    }
}

fn remove(owner: &mut Value, steps: &[String]) {
    let Some((first, rest)) = steps.split_first() else {
        return;
    };
    match owner {
        Value::Object(fields) if rest.is_empty() => {
            fields.remove(first);
        }
        Value::Object(fields) => {
            if let Some(inner) = fields.get_mut(first) {
                remove(inner, rest);
            }
        }
        Value::Array(items) => {
            let place = first.parse().ok();
            if let Some(inner) = place.and_then(|place: usize| items.get_mut(place)) {
                remove(inner, rest);
            }
        }
        _ => {}
    }
}

/// Reason for a field unknown to the object's API.
pub(super) fn no_field(document: &Value, place: &str) -> Option<&'static str> {
    if document["kind"] == "ScaledObject" {
        let inner = place.strip_prefix("spec.").unwrap_or_default();
        let is_known = !inner.is_empty() && KEDA.iter().any(|field| fits(field, inner));
        return match (is_known, metadata(document, inner)) {
            (false, _) => Some(NO_FIELD),
            (true, Some((scaler, key))) if !scaler::reads(scaler, key) => Some(NO_KEY),
            _ => None,
        };
    }
    let wholes = wholes(document)?;
    if !place.starts_with("spec.") {
        return Some(NO_FIELD);
    }
    let ends = place.match_indices('.').map(|(end, _)| end);
    let is_known = ends.into_iter().all(|end| {
        let (whole, rest) = (&place[..end], &place[end + 1..]);
        let key = rest.split('.').next().unwrap_or_default();
        let mut own = wholes.into_iter().flatten();
        let found = own.find(|(pattern, _)| is_whole(pattern, whole));
        found.is_none_or(|(_, keys)| keys.split_whitespace().any(|known| known == key))
    });
    (!is_known).then_some(NO_FIELD)
}

/// Type of the trigger whose metadata contains a place, and the key there.
fn metadata<'a>(document: &'a Value, inner: &'a str) -> Option<(&'a str, &'a str)> {
    let (index, key) = inner.strip_prefix("triggers.")?.split_once(".metadata.")?;
    let trigger = &document["spec"]["triggers"][index.parse::<usize>().ok()?];
    Some((trigger["type"].as_str()?, key))
}

/// Whether a place is a field, inside it, or around it.
fn fits(field: &str, place: &str) -> bool {
    let mut steps = field.split('.').zip(place.split('.'));
    steps.all(|(step, here)| step == "*" || step == here)
}

/// Whether a place matches a pattern exactly.
fn is_whole(pattern: &str, place: &str) -> bool {
    pattern.split('.').count() == place.split('.').count() && fits(pattern, place)
}
