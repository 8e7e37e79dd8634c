//! Scaling behavior of an autoscaler, completed as by the API server.

use serde_json::Value;

use super::count::count;
use crate::export::check::amount;
use crate::model::hpa::{Behavior, Policy, PolicyKind, Rules, Select};

/// The behavior with the API server's defaults; `None` without a block.
pub(super) fn behavior(block: &Value) -> Option<Behavior> {
    block.is_object().then(|| Behavior {
        up: rules(&block["scaleUp"], Rules::default_up()),
        down: rules(&block["scaleDown"], Rules::default_down()),
    })
}

fn rules(rules: &Value, defaults: Rules) -> Rules {
    let window_s = rules["stabilizationWindowSeconds"].as_i64();
    let policies = rules["policies"].as_array();
    let policies = policies.map(|policies| policies.iter().filter_map(policy).collect());
    Rules {
        select: match rules["selectPolicy"].as_str() {
            Some("Min") => Select::Min,
            Some("Disabled") => Select::Disabled,
            _ => Select::Max,
        },
        window_ms: window_s
            .map(|seconds| 1_000 * seconds)
            .or(defaults.window_ms),
        policies: policies.unwrap_or(defaults.policies),
        tolerance: amount(&rules["tolerance"]),
    }
}

fn policy(policy: &Value) -> Option<Policy> {
    Some(Policy {
        kind: match policy["type"].as_str()? {
            "Pods" => PolicyKind::Pods,
            "Percent" => PolicyKind::Percent,
            _ => return None,
        },
        value: count(&policy["value"])?,
        period_ms: 1_000 * policy["periodSeconds"].as_i64()?,
    })
}
