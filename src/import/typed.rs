//! Kubernetes objects in Terraform's own blocks, such as `kubernetes_deployment`.
//!
//! # Source
//!
//! registry.terraform.io, hashicorp/kubernetes 2.38 (2026-08): the API's names in `snake_case`; a
//! list is a repeated block named in the singular.

use serde_json::{Map, Value, json};

use super::hcl::RESOURCE;
use super::lines::{Document, join};
use super::placeholder::is_placeholder;
use super::value::{at, number};

/// Resources with the group and kind of their objects.
const KINDS: [(&str, &str, &str); 6] = [
    ("deployment", "apps/", "Deployment"),
    ("stateful_set", "apps/", "StatefulSet"),
    (
        "horizontal_pod_autoscaler",
        "autoscaling/",
        "HorizontalPodAutoscaler",
    ),
    ("config_map", "", "ConfigMap"),
    ("secret", "", "Secret"),
    ("pod_disruption_budget", "policy/", "PodDisruptionBudget"),
];
/// Parts of a resource that belong to the object; others are for Terraform.
const OWN: [&str; 7] = [
    "metadata",
    "spec",
    "data",
    "binary_data",
    "string_data",
    "type",
    "immutable",
];
/// Maps with user-defined keys.
const MAPS: [&str; 10] = [
    "annotations",
    "labels",
    "limits",
    "requests",
    "match_labels",
    "node_selector",
    "data",
    "binary_data",
    "string_data",
    "volume_attributes",
];
/// Blocks that form a list: the enclosing part (empty for any), the block's name, and the list's.
const LISTS: [(&str, &str, &str); 26] = [
    ("spec", "metric", "metrics"),
    ("scale_up", "policy", "policies"),
    ("scale_down", "policy", "policies"),
    ("spec", "container", "containers"),
    ("spec", "init_container", "initContainers"),
    ("spec", "volume", "volumes"),
    ("spec", "toleration", "tolerations"),
    ("spec", "image_pull_secrets", "imagePullSecrets"),
    ("spec", "host_aliases", "hostAliases"),
    ("spec", "readiness_gate", "readinessGates"),
    (
        "spec",
        "topology_spread_constraint",
        "topologySpreadConstraints",
    ),
    ("spec", "volume_claim_template", "volumeClaimTemplates"),
    ("", "env", "env"),
    ("", "env_from", "envFrom"),
    ("", "port", "ports"),
    ("", "volume_mount", "volumeMounts"),
    ("", "volume_device", "volumeDevices"),
    ("", "match_expressions", "matchExpressions"),
    ("", "node_selector_term", "nodeSelectorTerms"),
    ("", "items", "items"),
    ("", "sources", "sources"),
    ("", "http_header", "httpHeaders"),
    ("dns_config", "option", "options"),
    ("security_context", "sysctl", "sysctls"),
    (
        "",
        "preferred_during_scheduling_ignored_during_execution",
        "preferredDuringSchedulingIgnoredDuringExecution",
    ),
    ("downward_api", "item", "items"),
];
/// Names not derived by a plain change of case.
const NAMES: [(&str, &str); 9] = [
    (
        "target_cpu_utilization_percentage",
        "targetCPUUtilizationPercentage",
    ),
    ("host_ip", "hostIP"),
    ("host_ipc", "hostIPC"),
    ("host_pid", "hostPID"),
    ("set_hostname_as_fqdn", "setHostnameAsFQDN"),
    ("downward_api", "downwardAPI"),
    ("pod_ip", "podIP"),
    ("volume_id", "volumeID"),
    ("disk_uri", "diskURI"),
];
/// Fields with a whole number, which Terraform also accepts in quotes.
const WHOLE: [&str; 10] = [
    "replicas",
    "min_replicas",
    "max_replicas",
    "target_cpu_utilization_percentage",
    "average_utilization",
    "stabilization_window_seconds",
    "period_seconds",
    "max_surge",
    "max_unavailable",
    "min_available",
];
/// Prefix of a block repeated by an expression.
const DYNAMIC: &str = "dynamic ";
/// The same as the key of JSON.
const DYNAMIC_KEY: &str = "dynamic";
/// What the text begins with that stands for blocks which Terraform makes.
pub(super) const MADE: &str = "${dynamic ";

/// Object made by a resource; `None` for unknown kinds.
pub(super) fn object(document: &Document) -> Option<Document> {
    let value = &document.value;
    let title = value[RESOURCE].as_str()?;
    let kind = title.split('.').next()?.strip_prefix("kubernetes_")?;
    let kind = kind.strip_suffix("_data").unwrap_or(kind);
    let (name, version) = match kind.rsplit_once("_v") {
        Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => {
            (name, Some(version))
        }
        _ => (kind, None),
    };
    let (_, group, kind) = KINDS.iter().find(|(own, ..)| *own == name)?;
    let version = version.map_or_else(|| usual(name, value), |version| format!("v{version}"));
    let version = format!("{group}{version}");
    let mut made = Document {
        value: json!({"apiVersion": version, "kind": kind}),
        ..Document::default()
    };
    if let Some(line) = document.lines.at("") {
        made.lines.note(String::new(), line);
    }
    for key in OWN.iter().filter(|key| !value[**key].is_null()) {
        let place = match (*kind, *key) {
            // Secret texts are plain in Terraform and base64 in the API.
            ("Secret", "data") => "stringData".to_owned(),
            ("Secret", "binary_data") => "data".to_owned(),
            _ => camel(key),
        };
        let part = Part { key, owner: "" };
        let inner = part.read(&value[*key], (key, &place), document, &mut made);
        made.value[&place] = inner;
    }
    Some(made)
}

/// Whether a place in a resource is read as part of its object.
pub(super) fn is_read(place: &str) -> bool {
    let mut steps = place.split('.');
    let is_own = steps.next().is_some_and(|first| OWN.contains(&first));
    is_own && !steps.any(|step| step == DYNAMIC_KEY || step.starts_with(DYNAMIC))
}

/// API version of a resource without one in its name.
fn usual(name: &str, value: &Value) -> String {
    let spec = &value["spec"];
    let has = |key: &str| !spec[key].is_null() || !spec[0][key].is_null();
    let version = match name {
        "horizontal_pod_autoscaler" if has("metric") || has("behavior") => "v2beta2",
        "pod_disruption_budget" => "v1beta1",
        _ => "v1",
    };
    version.to_owned()
}

/// Part of a resource: its key and that of the enclosing part.
#[derive(Clone, Copy)]
struct Part<'k> {
    key: &'k str,
    owner: &'k str,
}

impl Part<'_> {
    /// Part in the API's format, with lines and notes of its values.
    fn read(
        self,
        value: &Value,
        (old, new): (&str, &str),
        document: &Document,
        made: &mut Document,
    ) -> Value {
        if let Some(line) = document.lines.at(old) {
            made.lines.note(new.to_owned(), line);
        }
        if let Some(why) = document.remarks.get(old) {
            made.remarks.insert(new.to_owned(), why.clone());
        }
        let mut each = |item: &Value, step: usize, new: &str| {
            let old = join(old, &step.to_string());
            self.read(item, (&old, new), document, made)
        };
        match value {
            Value::Array(items) if is_block(value) && self.list().is_none() && items.len() == 1 => {
                each(&items[0], 0, new)
            }
            Value::Array(items) => {
                let steps = items.iter().enumerate();
                let read =
                    steps.map(|(index, item)| each(item, index, &join(new, &index.to_string())));
                read.collect()
            }
            // Maps contain no blocks.
            Value::Object(_) if MAPS.contains(&self.key) => {
                made.lines.graft(new, &document.lines.below(old));
                let remarks = document.remarks_below(old).into_iter();
                let remarks = remarks.map(|(place, why)| (join(new, &place), why));
                made.remarks.extend(remarks);
                value.clone()
            }
            Value::Object(fields) => self.fields(fields, (old, new), document, made),
            Value::String(text) => match text.parse::<i64>() {
                Ok(whole) if self.is_whole() => whole.into(),
                _ => value.clone(),
            },
            _ => value.clone(),
        }
    }

    fn fields(
        self,
        fields: &Map<String, Value>,
        (old, new): (&str, &str),
        document: &Document,
        made: &mut Document,
    ) -> Value {
        let mut read = Map::new();
        let is_made = |key: &str| key == DYNAMIC_KEY || key.starts_with(DYNAMIC);
        for (key, value) in fields.iter().filter(|(key, _)| !is_made(key)) {
            let part = Part {
                key,
                owner: self.key,
            };
            let is_open = value.as_str().is_some_and(is_placeholder);
            let is_list = value.is_object() || is_block(value) || is_open;
            let list = part.list().filter(|_| is_list);
            let name = list.map_or_else(|| camel(key), str::to_owned);
            let (from, to) = (join(old, key), join(new, &name));
            // JSON may have a single block without a list.
            let inner = if list.is_some() && value.is_object() {
                let first = join(&to, "0");
                json!([part.read(value, (&from, &first), document, made)])
            } else {
                part.read(value, (&from, &to), document, made)
            };
            read.insert(name, inner);
        }
        for (key, value) in fields.iter().filter(|(key, _)| is_made(key)) {
            let line = document.lines.at(&join(old, key));
            for name in made_by(key, value) {
                self.made(&name, (new, line), &mut read, made);
            }
        }
        Value::Object(read)
    }

    /// Puts a text in the place of a block that Terraform makes: an item of its list, or the
    /// block, unless it is there already.
    fn made(
        self,
        name: &str,
        (new, line): (&str, Option<usize>),
        read: &mut Map<String, Value>,
        made: &mut Document,
    ) {
        let part = Part {
            key: name,
            owner: self.key,
        };
        let text = format!("{MADE}\"{name}\"}}");
        let place = if let Some(list) = part.list() {
            let items = read.entry(list).or_insert_with(|| json!([]));
            let count = items.as_array().map_or(0, Vec::len);
            if let Some(items) = items.as_array_mut() {
                items.push(text.into());
            }
            join(&join(new, list), &count.to_string())
        } else {
            let own = camel(name);
            read.entry(own.as_str()).or_insert_with(|| text.into());
            join(new, &own)
        };
        if let Some(line) = line {
            made.lines.note(place, line);
        }
    }

    /// The name of the list that a block of this key stands for.
    fn list(self) -> Option<&'static str> {
        let mut lists = LISTS.iter();
        let found = lists
            .find(|(owner, key, _)| *key == self.key && (owner.is_empty() || *owner == self.owner));
        found.map(|(_, _, list)| *list)
    }

    fn is_whole(self) -> bool {
        WHOLE.contains(&self.key) || self.key == "value" && self.owner == "policy"
    }
}

/// The names of the blocks that a `dynamic` one makes, in either language.
fn made_by(key: &str, value: &Value) -> Vec<String> {
    if let Some(name) = key.strip_prefix(DYNAMIC) {
        return vec![name.to_owned()];
    }
    let alone = [value];
    let all = value.as_array().map_or(&alone[..], |_| &[]);
    let items = value.as_array().into_iter().flatten();
    let blocks = all
        .iter()
        .copied()
        .chain(items)
        .filter_map(Value::as_object);
    blocks.flat_map(|block| block.keys().cloned()).collect()
}

/// Whether a value is a block, or several.
fn is_block(value: &Value) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object))
}

/// Field name in the API.
fn camel(key: &str) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(own, _)| *own == key) {
        return (*name).to_owned();
    }
    let mut name = String::with_capacity(key.len());
    for (index, word) in key.split('_').enumerate() {
        let mut signs = word.chars();
        match signs.next() {
            Some(first) if 0 < index => name.extend(first.to_uppercase()),
            Some(first) => name.push(first),
            None => {}
        }
        name.push_str(signs.as_str());
    }
    name
}

/// Whether a resource creates no object.
pub(super) fn is_switched_off(value: &Value) -> bool {
    let is_none = |all: &Value| match all {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    at(value, "count").and_then(number) == Some(0.0) || is_none(&value["for_each"])
}
