//! The components of a chart's values.

use serde_json::Value;

/// Whether a document has values that charts share.
pub(super) fn is_one(document: &Value) -> bool {
    !owners(document).is_empty()
}

/// The keys below which a component's values stand; an empty one is the top.
pub(super) fn owners(document: &Value) -> Vec<String> {
    if has_values(document) {
        return vec![String::new()];
    }
    let fields = document.as_object().into_iter().flatten();
    let inner = fields.filter(|(_, value)| has_values(value));
    inner.map(|(name, _)| name.clone()).collect()
}

fn has_values(value: &Value) -> bool {
    let scaling = &value["autoscaling"];
    let amounts = &value["resources"];
    let keys = ["enabled", "minReplicas", "maxReplicas"];
    keys.iter().any(|key| scaling.get(*key).is_some())
        || value.get("replicaCount").is_some()
        || ["requests", "limits"]
            .iter()
            .any(|key| amounts[*key].is_object())
}
