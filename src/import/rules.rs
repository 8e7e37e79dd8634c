//! Reads rules of Prometheus: the thresholds of metrics that are known here.

use serde_json::Value;

use super::fact::Facts;

/// Metrics of the gateway, and what a threshold of each means.
const KNOWN: [(&str, &str); 6] = [
    ("kt_request_queue_depth", "requests that wait in a gateway"),
    ("kt_requests_total", "requests"),
    ("kt_requests_per_minute", "requests of a minute"),
    ("kt_tokens_remaining", "tokens that a provider still takes"),
    ("kt_tokens_per_minute", "tokens of a minute"),
    ("kt_utilization", "use of a limit"),
];

/// What each alert compares. An alert warns and decides no capacity, so that no input follows.
pub(super) fn facts(document: &Value, facts: &mut Facts) {
    let (groups, path) = match document["spec"]["groups"].as_array() {
        Some(groups) => (Some(groups), "spec.groups"),
        None => (document["groups"].as_array(), "groups"),
    };
    for (group, rules) in groups.into_iter().flatten().enumerate() {
        let rules = rules["rules"].as_array();
        for (index, rule) in rules.into_iter().flatten().enumerate() {
            let place = format!("{path}.{group}.rules.{index}.expr");
            let Some(expr) = rule["expr"].as_str() else {
                continue;
            };
            facts.unused(place, meaning(expr));
        }
    }
}

fn meaning(expr: &str) -> String {
    // A threshold belongs to the metric of its own comparison.
    let parts: Vec<&str> = [" and ", " or ", " unless "]
        .iter()
        .fold(vec![expr], |parts, word| {
            let parts = parts.into_iter().flat_map(|part| part.split(word));
            parts.collect()
        });
    let known = parts.iter().find_map(|part| {
        let known = KNOWN.iter().find(|(metric, _)| has_metric(part, metric))?;
        Some((known.1, *part))
    });
    let Some((about, part)) = known else {
        let values: Vec<&str> = parts.iter().filter_map(|part| threshold(part)).collect();
        return match values.as_slice() {
            [] => "its metric is none of this gateway's".to_owned(),
            [value] => format!("warns at {value}; its metric is none of this gateway's"),
            values => {
                let values = values.join(" and ");
                format!("warns at {values}; its metrics are none of this gateway's")
            }
        };
    };
    match threshold(part) {
        Some(value) => format!("warns at {value} {about}; an alert decides no input"),
        None => format!("watches {about}; an alert decides no input"),
    }
}

/// Whether a metric stands in an expression as a whole word.
fn has_metric(expr: &str, metric: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    expr.split(|c| !is_word(c)).any(|word| word == metric)
}

/// The number behind the last comparison.
fn threshold(expr: &str) -> Option<&str> {
    let at = expr.rfind(['>', '<'])?;
    let rest = expr[at + 1..].trim_start_matches('=').trim_start();
    let rest = rest.trim_start_matches("bool ").trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit() && !".-+eE".contains(c));
    let value = &rest[..end.unwrap_or(rest.len())];
    value.parse::<f64>().is_ok().then_some(value)
}
