//! Spans of time in the configurations of other gateways: in quotes, of single deployments, and of
//! limits over an hour or a day.

use serde_json::json;

use super::{reading, why};

#[test]
fn seconds_in_quotes_are_seconds() {
    let text = "model_list: [{model_name: a, litellm_params: {model: openai/gpt-4o}}]\n";
    let router = format!("{text}router_settings: {{timeout: \"60\", retry_after: '2'}}\n");
    let gateway = reading(&router).scenario.gateway;
    assert_eq!(gateway.client_timeout_s.to_string(), "60");
    assert_eq!(gateway.retry.delay_ms.to_string(), "2000");
    let all = format!("{text}litellm_settings: {{request_timeout: \"60\"}}\n");
    assert_eq!(
        reading(&all).scenario.gateway.client_timeout_s.to_string(),
        "60"
    );
    let odd = format!("{text}router_settings: {{timeout: soon}}\n");
    assert!(why(&reading(&odd), "timeout").contains("it stays 30 s"));
}

#[test]
fn the_longest_timeout_of_the_deployments_is_the_patience() {
    let read = |first: &str, second: &str, router: &str| {
        reading(&format!(
            "model_list:\n- {{model_name: a, litellm_params: {{model: openai/gpt-4o{first}}}}}\n- \
             {{model_name: a, litellm_params: {{model: azure/gpt-4o{second}}}}}\n{router}"
        ))
    };
    let patience = |first: &str, second: &str, router: &str| {
        let read = read(first, second, router);
        read.scenario.gateway.client_timeout_s
    };
    let router = "router_settings: {timeout: 90}\n";
    for (first, second, router, expected) in [
        (", timeout: 120", ", timeout: 60", "", 120.0),
        (", timeout: 60", ", timeout: \"120\"", router, 120.0),
        // The second one has the router's 90 s, or LiteLLM's 6,000 s.
        (", timeout: 60", "", router, 90.0),
        (", timeout: 100", "", router, 100.0),
        (", timeout: 100", "", "", 6_000.0),
    ] {
        let found = patience(first, second, router);
        assert_eq!(
            found.to_string(),
            expected.to_string(),
            "{first} {second} {router}"
        );
    }
    let both = read(", timeout: 120", ", timeout: 60", router);
    assert!(why(&both, "1.litellm_params.timeout").contains("is less than"));
    assert!(why(&both, "router_settings.timeout").contains("goes before it"));
    let one = read(", timeout: 60, stream_timeout: 9", "", router);
    assert!(why(&one, "0.litellm_params.timeout").contains("router_settings.timeout, 90 s"));
    assert!(why(&one, "stream_timeout").contains("streamed"));
}

/// A plugin of Kong with limits of one kind, each a number and its seconds.
fn kong(strategy: &str, limits: &[(f64, f64)]) -> String {
    let limits: Vec<_> = limits
        .iter()
        .map(|(limit, window_s)| json!({"limit": limit, "window_size": window_s}))
        .collect();
    json!({"_format_version": "3.0", "plugins": [
        {"name": "ai-proxy", "config": {"model": {"provider": "openai", "name": "gpt-4o"}}},
        {"name": "ai-rate-limiting-advanced", "config": {"tokens_count_strategy": strategy,
            "policies": [{"match": [{"type": "provider", "values": ["openai"]}],
                "limits": limits}]}},
    ]})
    .to_string()
}

/// Nothing fits by the looser of two limits; a mean over a day is no limit of a minute.
#[test]
fn of_limits_over_several_windows_the_one_that_allows_less_a_minute_counts() {
    let both = [(90_000.0, 60.0), (1_000_000.0, 86_400.0)];
    let turned = [both[1], both[0]];
    for limits in [both, turned] {
        let read = reading(&kong("completion_tokens", &limits));
        assert_eq!(read.scenario.providers[0].limits.otpm, Some(90_000.0));
        let place = format!("limits.{}.limit", usize::from(limits == both));
        assert!(why(&read, &place).contains("over a longer time"));
        // Of all tokens there is a limit of a day.
        let row = reading(&kong("total_tokens", &limits)).scenario.providers[0].limits;
        assert_eq!((row.tpm, row.tpd), (Some(90_000.0), Some(1_000_000.0)));
    }
    // 3,000,000 an hour are 50,000 a minute.
    let read = reading(&kong("total_tokens", &[(3e5, 60.0), (3e6, 3_600.0)]));
    assert_eq!(read.scenario.providers[0].limits.tpm, Some(50_000.0));
    let taken = read.taken.iter().find(|one| one.label.ends_with("TPM"));
    let note = taken.unwrap().note.clone().unwrap();
    assert!(note.contains("3,000,000 in 3,600 s"), "{note}");
    // 9,000,000 an hour are 150,000 a minute, and 100,000 a minute are allowed.
    let read = reading(&kong("total_tokens", &[(9e6, 3_600.0), (1e5, 60.0)]));
    assert_eq!(read.scenario.providers[0].limits.tpm, Some(100_000.0));
    // A second is within a minute: 10 each are 600, and the tighter 300 holds.
    let read = reading(&kong("total_tokens", &[(10.0, 1.0), (300.0, 60.0)]));
    assert_eq!(read.scenario.providers[0].limits.tpm, Some(300.0));
}

#[test]
fn a_limit_alone_is_a_mean_without_a_tail_of_digits() {
    let tokens = |strategy: &str, limit: f64, window_s: f64| {
        let read = reading(&kong(strategy, &[(limit, window_s)]));
        let limits = &read.scenario.providers[0].limits;
        limits.otpm.or(limits.tpm).unwrap().to_string()
    };
    // 1,000,000 / 1,440 = 694.44…; 2,000,000 / 60 = 33,333.3…; 10 / 60 = 0.1666…
    assert_eq!(tokens("completion_tokens", 1e6, 86_400.0), "694.4");
    assert_eq!(tokens("total_tokens", 2e6, 3_600.0), "33333");
    assert_eq!(tokens("completion_tokens", 10.0, 3_600.0), "0.1667");
    // What is exact stays: 500 in 30 s.
    assert_eq!(tokens("total_tokens", 500.0, 30.0), "1000");
}

#[test]
fn limits_that_are_alike_are_not_called_looser() {
    let read = reading(&kong("total_tokens", &[(900.0, 60.0), (900.0, 60.0)]));
    assert!(why(&read, "limits.1.limit").contains("no tighter"));
}

/// The first call alone where nothing says more: the sources name these defaults.
#[test]
fn calls_without_a_setting_are_those_of_the_gateway() {
    let attempts = |text: &str| {
        let read = reading(text);
        let filled = read.filled.iter().any(|filled| filled.label == "Attempts");
        (read.scenario.gateway.retry.attempts, filled)
    };
    let portkey =
        |more: &str| format!("{{\"provider\": \"openai\", \"override_params\": {{}}{more}}}");
    assert_eq!(attempts(&portkey("")), (1, true));
    assert_eq!(
        attempts(&portkey(", \"retry\": {\"attempts\": 4}")),
        (5, false)
    );
    let apisix = |more: serde_json::Value| {
        let row = |name: &str| json!({"name": name, "provider": "openai", "weight": 1});
        let mut multi = json!({"instances": [row("a"), row("b"), row("c")]});
        for (key, value) in more.as_object().into_iter().flatten() {
            multi[key] = value.clone();
        }
        json!({"uri": "/x", "plugins": {"ai-proxy-multi": multi}}).to_string()
    };
    assert_eq!(attempts(&apisix(json!({}))), (1, true));
    assert_eq!(
        attempts(&apisix(json!({"fallback_strategy": "rate_limiting"}))),
        (1, true)
    );
    // Each of the three instances once, unless a number bounds them.
    let falls = json!({"fallback_strategy": ["http_429", "http_5xx"]});
    assert_eq!(attempts(&apisix(falls)), (3, true));
    let bounded = json!({"fallback_strategy": ["http_429"], "max_retries": 1});
    assert_eq!(attempts(&apisix(bounded)), (2, false));
}

#[test]
fn a_rule_of_a_quota_that_is_for_all_is_a_limit() {
    let quota = |quota: &str| {
        reading(&format!(
            "kind: AIGatewayRoute\nmetadata: {{name: r}}\nspec:\n  rules:\n  - backendRefs: \
             [{{name: azure, modelNameOverride: eu}}]\n---\nkind: QuotaPolicy\nmetadata: {{name: \
             q}}\nspec:\n  targetRefs: [{{kind: AIServiceBackend, name: azure}}]\n  \
             perModelQuotas: [{{modelName: eu, quota: {{{quota}}}}}]\n"
        ))
    };
    let tpm = |text: &str| quota(text).scenario.providers[0].limits.tpm;
    let rule = "{quota: {limit: 50000, duration: 1m}}";
    assert_eq!(tpm(&format!("bucketRules: [{rule}]")), Some(50_000.0));
    let both = format!("defaultBucket: {{limit: 70000, duration: 1m}}, bucketRules: [{rule}]");
    assert_eq!(tpm(&both), Some(50_000.0));
    let of_team = "bucketRules: [{clientSelectors: [{headers: [{name: x-team}]}], quota: {limit: \
                   1, duration: 1m}}]";
    assert!(why(&quota(of_team), "bucketRules.0").contains("callers"));
    let shadow = "bucketRules: [{shadowMode: true, quota: {limit: 1, duration: 1m}}]";
    assert!(why(&quota(shadow), "bucketRules.0").contains("refuses nothing"));
}
