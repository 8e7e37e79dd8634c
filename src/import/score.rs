//! Likelihood that an object is the gateway, by setting, images and words in names.

use serde_json::Value;

/// Setting unique to the gateway.
pub(super) const CONCURRENCY: &str = "KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY";
/// Score from which a name is certainly a gateway's.
pub(super) const SURE: i32 = 3;
/// Words in gateway names.
const GATEWAYS: [&str; 6] = [
    "litellm",
    "kong",
    "apisix",
    "portkey",
    "bifrost",
    "keeptrusts",
];
/// Words in names of things next to a gateway, or standing in for one.
const OTHERS: [&str; 27] = [
    "mock",
    "stub",
    "fake",
    "test",
    "canary",
    "sql",
    "cloudsql",
    "postgres",
    "postgresql",
    "pgbouncer",
    "redis",
    "otel",
    "collector",
    "exporter",
    "istio",
    "linkerd",
    "sidecar",
    "agent",
    "fluent",
    "fluentbit",
    "vault",
    "worker",
    "ui",
    "docs",
    "loadgen",
    "k6",
    "demo",
];

/// Words in names of things that control a gateway but carry no requests.
const STEERS: [&str; 6] = [
    "controller",
    "operator",
    "manager",
    "admin",
    "dashboard",
    "migrations",
];

/// Likelihood that a name is the gateway's.
pub(super) fn name_score(name: &str) -> i32 {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |word: &str| words.contains(&word);
    let beside = OTHERS.iter().any(|other| has(other));
    let mut score = if GATEWAYS
        .iter()
        .any(|gateway| words.iter().any(|word| word.starts_with(gateway)))
    {
        4
    } else if has("gateway") || has("gw") {
        3
    } else {
        let ends = words.iter().any(|word| word.ends_with("gateway"));
        i32::from(ends || has("proxy") || has("router"))
    };
    if beside {
        score -= 6;
    }
    // Controllers carry the gateway's name as well.
    if 0 < score && STEERS.iter().any(|word| has(word)) {
        score -= 1;
    }
    score
}

/// Likelihood that a workload is the gateway's, by setting, images, names and labels.
pub(super) fn workload_score(value: &Value, by_name: i32) -> i32 {
    let containers = value["spec"]["template"]["spec"]["containers"].as_array();
    let inner = containers.into_iter().flatten().map(container_score);
    let labels = [
        &value["metadata"]["labels"],
        &value["spec"]["template"]["metadata"]["labels"],
    ];
    let labels = labels.into_iter().filter_map(Value::as_object).flatten();
    let labels = labels
        .filter_map(|(_, value)| value.as_str())
        .map(name_score);
    let most = inner
        .chain(labels.map(|score| score.min(2)))
        .max()
        .unwrap_or(0);
    if by_name < 0 {
        by_name + most.max(0)
    } else {
        by_name.max(most)
    }
}

/// Likelihood that a container is the gateway's.
pub(super) fn container_score(container: &Value) -> i32 {
    let mut variables = container["env"].as_array().into_iter().flatten();
    if variables.any(|variable| variable["name"] == CONCURRENCY) {
        return 20;
    }
    let image = container["image"].as_str().unwrap_or_default();
    if image.contains("keeptrusts/gateway") {
        return 10;
    }
    // The last part of an image name says more than registries and owners; tags say nothing.
    let image = image.rsplit('/').next().unwrap_or_default();
    let image = image.split([':', '@']).next().unwrap_or_default();
    let name = container["name"].as_str().unwrap_or_default();
    let (name, image) = (name_score(name), name_score(image));
    if name.min(image) < 0 {
        name.min(image)
    } else {
        name.max(image)
    }
}

/// Gateway's container among those watched by metrics: its Deployment's, or the likeliest by name.
pub(crate) fn gateway_of<'a>(
    containers: impl Iterator<Item = Option<&'a str>>,
    gateway: Option<&'a str>,
) -> Option<&'a str> {
    let likeliest = || {
        let names = containers.flatten().filter(|name| !is_beside(name));
        names.max_by(|a, b| name_score(a).cmp(&name_score(b)).then(b.cmp(a)))
    };
    gateway.or_else(likeliest)
}

/// Reason for an unused metric of another container.
pub(super) fn other_container(name: &str) -> String {
    format!("watches the container {name}, which is not the gateway")
}

/// Whether a container of this name is a gateway's sidecar.
pub(super) fn is_beside(name: &str) -> bool {
    name_score(name) < 0
}
