//! Units of a limit in Envoy AI Gateway: the kinds of tokens a route counts under each key.
//!
//! # Source
//!
//! aigateway.envoyproxy.io, API reference 1.1, `LLMRequestCost` and its expressions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::quota::Counts;
use crate::import::fact::Facts;
use crate::import::value::at;

const COSTS: &str = "spec.llmRequestCosts";
const UNUSED: &str = "no policy here limits by it";

/// Unit counted under a key: one of the model's kinds, or another, in words.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Cost {
    Known(Counts),
    Other(String),
}

/// Costs of a route, by key.
pub(super) fn costs(route: &Value) -> BTreeMap<String, Cost> {
    let rows = at(route, COSTS).and_then(Value::as_array);
    let rows = rows.into_iter().flatten();
    rows.filter_map(|row| Some((row["metadataKey"].as_str()?.to_owned(), cost(row))))
        .collect()
}

fn cost(row: &Value) -> Cost {
    let kind = row["type"].as_str().unwrap_or_default();
    match kind {
        "InputToken" => Cost::Known(Counts::Input),
        "OutputToken" => Cost::Known(Counts::Output),
        "TotalToken" => Cost::Known(Counts::Tokens),
        "CEL" => expression(row["cel"].as_str().unwrap_or_default()),
        "CachedInputToken" => Cost::Other("cached input tokens".to_owned()),
        "CacheCreationInputToken" => Cost::Other("input tokens written to the cache".to_owned()),
        other => Cost::Other(other.to_owned()),
    }
}

/// Unit of an expression: a plain sum of tokens, or else the expression's text.
pub(super) fn expression(text: &str) -> Cost {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = within(&bare);
    let terms: BTreeSet<&str> = bare.split('+').map(within).collect();
    let terms: Vec<&str> = terms.into_iter().collect();
    match (terms.as_slice(), bare.matches('+').count()) {
        (["total_tokens"], 0) | (["input_tokens", "output_tokens"], 1) => {
            Cost::Known(Counts::Tokens)
        }
        (["input_tokens"], 0) => Cost::Known(Counts::Input),
        (["output_tokens"], 0) => Cost::Known(Counts::Output),
        _ => Cost::Other(format!("the expression {text}")),
    }
}

/// Term without enclosing parentheses and type conversion.
fn within(term: &str) -> &str {
    let starts = ["uint(", "int(", "double(", "("];
    let inner = starts.iter().find_map(|start| term.strip_prefix(start));
    let inner = inner.and_then(|inner| inner.strip_suffix(')'));
    match inner {
        Some(inner) if !inner.contains(['(', ')']) => inner,
        _ => term,
    }
}

/// Records which costs of a route are used.
pub(super) fn account(route: &Value, used: &BTreeSet<String>, facts: &mut Facts) {
    let rows = at(route, COSTS).and_then(Value::as_array);
    for (index, row) in rows.into_iter().flatten().enumerate() {
        let place = format!("{COSTS}.{index}");
        let key = row["metadataKey"].as_str().unwrap_or_default();
        match cost(row) {
            Cost::Other(what) => facts.unused(place, super::quota::not_modelled(&what)),
            Cost::Known(_) if !used.contains(key) => facts.unused(place, UNUSED),
            Cost::Known(counts) => {
                let value = format!("{} as {key}", counts.noun());
                facts.also(format!("{place}.type"), "Cost", value);
                let parts = ["metadataKey", "cel"].map(|key| format!("{place}.{key}"));
                facts.understood.extend(parts);
            }
        }
    }
}
