//! Components of chart values.

use serde_json::Value;

use super::lines::join;

/// Whether a document has the values common to charts.
pub(super) fn is_one(document: &Value) -> bool {
    !owners(document).is_empty()
}

/// Keys of components; an empty key is the top level.
pub(super) fn owners(document: &Value) -> Vec<String> {
    let top = has_values(document).then(String::new);
    let fields = document.as_object().into_iter().flatten();
    // Scaling blocks may contain such keys but are no components.
    let inner = fields.filter(|(name, _)| !KEYS.contains(&name.as_str()));
    let own = inner.clone().filter(|(_, value)| has_values(value));
    let own = own.map(|(name, _)| name.clone());
    let all: Vec<String> = top.into_iter().chain(own).collect();
    if !all.is_empty() {
        return all;
    }
    // Components of subcharts are below the subchart's key.
    let deeper = inner.flat_map(|(chart, values)| {
        let fields = values.as_object().into_iter().flatten();
        let own = fields.filter(|(_, value)| has_values(value));
        own.map(move |(name, _)| join(chart, name))
    });
    deeper.collect()
}

/// Keys of a component that are read.
pub(super) const KEYS: [&str; 7] = [
    "autoscaling",
    "horizontalPodAutoscaler",
    "hpa",
    "keda",
    "replicaCount",
    "replicas",
    "resources",
];

fn has_values(value: &Value) -> bool {
    let amounts = &value["resources"];
    let has_any = |owner: &Value| {
        let keys = ["enabled", "minReplicas", "maxReplicas", "max", "hpa"];
        keys.iter().any(|key| owner.get(*key).is_some())
    };
    has_any(&value["autoscaling"])
        || has_any(&value["hpa"])
        || has_any(&value["horizontalPodAutoscaler"])
        || has_any(&value["keda"])
        || value.get("replicaCount").is_some()
        || ["requests", "limits"]
            .iter()
            .any(|key| amounts[*key].is_object())
}
