//! Limits that a gateway itself counts: one counter for several places of the order, and the
//! models and windows of a limit.

use serde_json::{Value, json};

use super::{reading, why};
use kt_capacity::import::Reading;

fn tpm(read: &Reading) -> Vec<Option<f64>> {
    let rows = read.scenario.providers.iter();
    rows.map(|row| row.limits.tpm).collect()
}

fn rpm(read: &Reading) -> Vec<Option<f64>> {
    let rows = read.scenario.providers.iter();
    rows.map(|row| row.limits.rpm).collect()
}

fn notes(read: &Reading, label: &str) -> Vec<String> {
    let taken = read.taken.iter().filter(|one| one.label.ends_with(label));
    taken.filter_map(|one| one.note.clone()).collect()
}

/// A route whose backends stand in the given order, under one limit of 60 a minute.
fn envoy(backends: &str) -> Reading {
    reading(&format!(
        "kind: AIGatewayRoute\nmetadata: {{name: chat}}\nspec:\n  rules:\n  - matches: [{{headers: \
         [{{name: x-ai-eg-model, value: llama}}]}}]\n    backendRefs: [{backends}]\n---\nkind: \
         BackendTrafficPolicy\nmetadata: {{name: limits}}\nspec:\n  targetRefs: [{{kind: \
         HTTPRoute, name: chat}}]\n  rateLimit: {{global: {{rules: [{{limit: {{requests: 60, \
         unit: Minute}}}}]}}}}\n"
    ))
}

/// The 61st request of a minute is refused, whatever the backend: all places have 60 in sum.
#[test]
fn a_counter_of_the_route_is_there_once_for_all_places_of_the_order() {
    let read = envoy("{name: a, priority: 0}, {name: b, priority: 1}");
    assert_eq!(rpm(&read), [Some(60.0), Some(0.0)]);
    let notes = notes(&read, "RPM");
    assert!(notes[0].contains("share of one limit of 60 for all"));
    assert!(notes[1].contains("one limit of 60 for all, which the places before it"));
    let read = envoy("{name: b, priority: 1}, {name: a, priority: 0, weight: 2}, {name: c}");
    // The first place has two: 60 × 1 / 3 for c, 60 × 2 / 3 for a.
    assert_eq!(rpm(&read), [Some(0.0), Some(40.0), Some(20.0)]);
}

#[test]
fn a_counter_of_a_vendor_is_there_once_at_kong() {
    let kong = |algorithm: &str| {
        let target = |model: &str, weight: u32| {
            json!({"weight": weight, "route_type": "llm/v1/chat",
                "model": {"provider": "mistral", "name": model}})
        };
        let proxy = json!({"name": "ai-proxy-advanced", "config": {
            "balancer": {"algorithm": algorithm},
            "targets": [target("mistral-large-latest", 10), target("mistral-small-latest", 5)]}});
        let limits = json!({"name": "ai-rate-limiting-advanced", "config": {
            "identifier": "service", "tokens_count_strategy": "total_tokens",
            "llm_providers": [{"name": "mistral", "limit": 150_000, "window_size": 60}]}});
        let text = json!({"_format_version": "3.0", "plugins": [proxy, limits]});
        tpm(&reading(&text.to_string()))
    };
    assert_eq!(kong("priority"), [Some(150_000.0), Some(0.0)]);
    // By weights of 10 and 5: two thirds and one third.
    assert_eq!(kong("round-robin"), [Some(100_000.0), Some(50_000.0)]);
}

#[test]
fn a_counter_of_the_plugin_is_there_once_at_apisix() {
    let apisix = |priorities: [u32; 2], of_first: Value| {
        let row = |name: &str, priority: u32| {
            json!({"name": name, "provider": "mistral", "priority": priority, "weight": 1,
                "options": {"model": "m"}})
        };
        let rows = json!([row("a", priorities[0]), row("b", priorities[1])]);
        let text = json!({"uri": "/x", "plugins": {
            "ai-proxy-multi": {"instances": rows},
            "ai-rate-limiting": {"limit": 150_000, "time_window": 60, "instances": of_first,
                "limit_strategy": "total_tokens"}}});
        tpm(&reading(&text.to_string()))
    };
    assert_eq!(apisix([1, 0], json!([])), [Some(150_000.0), Some(0.0)]);
    assert_eq!(apisix([1, 1], json!([])), [Some(75_000.0), Some(75_000.0)]);
    // An instance with a counter of its own leaves the whole of the other one.
    let own = json!([{"name": "a", "limit": 90_000, "time_window": 60}]);
    assert_eq!(apisix([1, 0], own), [Some(90_000.0), Some(150_000.0)]);
}

/// `modelName` must be the `modelNameOverride`, or Envoy ignores it.
#[test]
fn a_quota_is_for_the_model_that_its_backend_is_sent() {
    let text = "kind: AIGatewayRoute\nmetadata: {name: chat}\nspec:\n  rules:\n  - matches: \
                [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]\n    backendRefs: [{name: \
                azure, modelNameOverride: gpt-4o-eu}]\n---\nkind: QuotaPolicy\nmetadata: {name: \
                q}\nspec:\n  targetRefs: [{kind: AIServiceBackend, name: azure}]\n  \
                perModelQuotas:\n  - modelName: gpt-4o\n    quota: {defaultBucket: {limit: 5, \
                duration: 1m}}\n  - modelName: gpt-4o-eu\n    quota: {defaultBucket: {limit: \
                90000, duration: 1m}}\n";
    let read = reading(text);
    assert_eq!(tpm(&read), [Some(90_000.0)]);
    assert!(why(&read, "perModelQuotas.0.quota.defaultBucket").contains("Envoy ignores it"));
}

#[test]
fn a_header_by_a_pattern_limits_the_models_that_match() {
    let limited = |pattern: &str| {
        reading(&format!(
            "kind: AIGatewayRoute\nmetadata: {{name: r}}\nspec:\n  rules:\n  - {{matches: \
             [{{headers: [{{name: x-ai-eg-model, value: gpt-4o}}]}}], backendRefs: [{{name: \
             openai}}]}}\n  - {{matches: [{{headers: [{{name: x-ai-eg-model, value: llama}}]}}], \
             backendRefs: [{{name: vllm}}]}}\n---\nkind: BackendTrafficPolicy\nmetadata: {{name: \
             p}}\nspec:\n  targetRefs: [{{kind: HTTPRoute, name: r}}]\n  rateLimit: {{global: \
             {{rules: [{{clientSelectors: [{{headers: [{{name: x-ai-eg-model, type: \
             RegularExpression, value: {pattern:?}}}]}}], limit: {{requests: 90, unit: \
             Minute}}}}]}}}}\n"
        ))
    };
    let read = limited("gpt-.*");
    assert_eq!(rpm(&read), [Some(90.0), None]);
    assert!(why(&limited("gpt-[0-9]o"), "rules.0").contains("by a pattern, which is not compared"));
    assert!(why(&limited("claude-.*"), "rules.0").contains("not in this text"));
    // A route by a pattern names no model.
    let route = "kind: AIGatewayRoute\nmetadata: {name: r}\nspec:\n  rules:\n  - {matches: \
                 [{headers: [{name: x-ai-eg-model, type: RegularExpression, value: gpt-.*}]}], \
                 backendRefs: [{name: openai}]}\n";
    let read = reading(route);
    assert!(why(&read, "headers.0.value").contains("names no model"));
    assert!(
        read.scenario
            .providers
            .iter()
            .all(|row| row.model != "gpt-.*")
    );
}
