//! How likely something is the gateway, by its setting, its images and the words of its names.

use serde_json::Value;

/// Setting that only the gateway has.
pub(super) const CONCURRENCY: &str = "KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY";
/// From here on a name is surely a gateway's.
pub(super) const SURE: i32 = 3;
/// Gateways by the words of their names.
const GATEWAYS: [&str; 6] = [
    "litellm",
    "kong",
    "apisix",
    "portkey",
    "bifrost",
    "keeptrusts",
];
/// Words of things that stand beside a gateway, or in for one.
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

/// Words of things that steer a gateway, and let no request through.
const STEERS: [&str; 6] = [
    "controller",
    "operator",
    "manager",
    "admin",
    "dashboard",
    "migrations",
];

/// How likely a name is the gateway's.
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
    // What steers a gateway bears its name as well.
    if 0 < score && STEERS.iter().any(|word| has(word)) {
        score -= 1;
    }
    score
}

/// How likely a workload is the gateway's, by its setting, its images, its names and labels.
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

/// How likely a container is the gateway's.
pub(super) fn container_score(container: &Value) -> i32 {
    let mut variables = container["env"].as_array().into_iter().flatten();
    if variables.any(|variable| variable["name"] == CONCURRENCY) {
        return 20;
    }
    let image = container["image"].as_str().unwrap_or_default();
    if image.contains("keeptrusts/gateway") {
        return 10;
    }
    // Registries and owners say less than the last part, and a tag says nothing.
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

/// Of the containers that metrics watch alone the gateway's: its Deployment's, or the likeliest by
/// its name.
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

/// Why a metric of another container decides nothing.
pub(super) fn other_container(name: &str) -> String {
    format!("watches the container {name}, which is not the gateway")
}

/// Whether a container of this name stands beside a gateway and is none.
pub(super) fn is_beside(name: &str) -> bool {
    name_score(name) < 0
}
