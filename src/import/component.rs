//! The components of a chart's values.

use serde_json::Value;

/// Whether a document has values that charts share.
pub(super) fn is_one(document: &Value) -> bool {
    !owners(document).is_empty()
}

/// The keys below which a component's values stand; an empty one is the top.
pub(super) fn owners(document: &Value) -> Vec<String> {
    let top = has_values(document).then(String::new);
    let fields = document.as_object().into_iter().flatten();
    // What scales a component may hold such keys itself, and is none.
    let inner = fields.filter(|(name, value)| !KEYS.contains(&name.as_str()) && has_values(value));
    let inner = inner.map(|(name, _)| name.clone());
    top.into_iter().chain(inner).collect()
}

/// Keys of a component that are read.
pub(super) const KEYS: [&str; 5] = ["autoscaling", "hpa", "keda", "replicaCount", "resources"];

fn has_values(value: &Value) -> bool {
    let amounts = &value["resources"];
    let has_any = |owner: &Value| {
        let keys = ["enabled", "minReplicas", "maxReplicas", "max", "hpa"];
        keys.iter().any(|key| owner.get(*key).is_some())
    };
    has_any(&value["autoscaling"])
        || has_any(&value["hpa"])
        || has_any(&value["keda"])
        || value.get("replicaCount").is_some()
        || ["requests", "limits"]
            .iter()
            .any(|key| amounts[*key].is_object())
}
