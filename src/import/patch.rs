//! Patches: they say what to change in objects that stand elsewhere, and nothing of the rest.
//!
//! # Source
//!
//! kubernetes.io, "Update API objects in place using kubectl patch", and the API conventions on
//! strategic merge patches: their directives stand in patches alone.

use serde_json::Value;

/// Whether a value is a step of a JSON patch.
pub(super) fn is_step(value: &Value) -> bool {
    value["op"].is_string() && value["path"].is_string()
}

/// Whether a value has a directive of a strategic merge patch.
pub(super) fn is_one(value: &Value) -> bool {
    let is_directive = |key: &str| {
        let name = key.split('/').next().unwrap_or_default();
        let names = [
            "$patch",
            "$retainKeys",
            "$setElementOrder",
            "$deleteFromPrimitiveList",
        ];
        names.contains(&name)
    };
    match value {
        Value::Object(fields) => {
            let mut fields = fields.iter();
            fields.any(|(key, value)| is_directive(key) || is_one(value))
        }
        Value::Array(items) => items.iter().any(is_one),
        _ => false,
    }
}
