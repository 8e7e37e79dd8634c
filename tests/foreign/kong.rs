//! Models of Kong's AI Gateway 2, in a file for its tool, as objects of a cluster, and alone.

use serde_json::{Value, json};

use super::{asked, reading, why};
use kt_capacity::import::{Kind, Reading};

/// Vendor, model, weight and tokens a minute of each provider.
fn rows(reading: &Reading) -> Vec<(&str, &str, f64, Option<f64>)> {
    let rows = reading.scenario.providers.iter();
    rows.map(|row| (&*row.vendor, &*row.model, row.weight, row.limits.tpm))
        .collect()
}

fn limit(name: &str, limit: u32, more: &Value) -> Value {
    let mut policy = json!({
        "ref": format!("{name}-ref"), "name": name, "type": "ai-rate-limiting-advanced",
        "config": {"policies": [{"match": [{"type": "model", "values": ["big", "small"],
            "partition_by": true}], "limits": [{"limit": limit, "window_size": 60}]}]},
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        policy[key] = value.clone();
    }
    policy
}

fn file(policies: &Value, attached: &Value) -> Value {
    json!({
        "ai_gateway_model_providers": [
            {"ref": "a", "name": "account-one", "type": "groq"},
            {"ref": "b", "name": "account-two", "type": "deepseek"},
        ],
        "ai_gateway_policies": policies,
        "ai_gateway_models": [{
            "ref": "m", "name": "chat", "type": "model", "policies": attached,
            "config": {"balancer": {"algorithm": "round-robin", "retries": 3,
                "read_timeout": 45_000}},
            "targets": [
                {"name": "big", "provider": "account-one", "weight": 70, "config": {"type":
                    "openai"}},
                {"name": "small", "provider": "account-two", "config": {"type": "openai"}},
            ],
        }, {
            "name": "files", "type": "api", "targets": [{"name": "any", "provider": "account-one"}],
        }],
    })
}

#[test]
fn a_model_has_the_vendors_of_its_accounts_and_the_limits_of_its_policies() {
    let text = file(
        &json!([limit("tokens", 9_000, &json!({}))]),
        &json!(["tokens"]),
    );
    let read = reading(&text.to_string());
    assert_eq!(read.kinds, [Kind::Kong]);
    // 100 is the weight of a target that sets none; each model has its own counter.
    let expected = [
        ("groq", "big", 70.0, Some(9_000.0)),
        ("deepseek", "small", 100.0, Some(9_000.0)),
    ];
    assert_eq!(rows(&read), expected);
    let gateway = &read.scenario.gateway;
    assert_eq!(gateway.retry.attempts, 4);
    assert_eq!(gateway.client_timeout_s.to_string(), "45");
    assert!(why(&read, "ai_gateway_models.1.targets").contains("no requests"));
    // The same below the gateway that has them.
    let mut inner = text;
    let nested = json!({"ai_gateways": [{
        "name": "g",
        "models": inner["ai_gateway_models"].take(),
        "model_providers": inner["ai_gateway_model_providers"].take(),
        "policies": inner["ai_gateway_policies"].take(),
    }]});
    assert_eq!(rows(&reading(&nested.to_string())), expected);
}

#[test]
fn a_policy_limits_who_has_it() {
    let of = |policies: Value, attached: Value| {
        let read = reading(&file(&policies, &attached).to_string());
        rows(&read)[0].3
    };
    let plain = || limit("tokens", 9_000, &json!({}));
    assert_eq!(of(json!([plain()]), json!([])), None);
    assert_eq!(of(json!([plain()]), json!(["tokens-ref"])), Some(9_000.0));
    let global = limit("tokens", 8_000, &json!({"global": true}));
    assert_eq!(of(json!([global]), json!([])), Some(8_000.0));
    let off = limit("tokens", 8_000, &json!({"enabled": false}));
    assert_eq!(of(json!([off]), json!(["tokens"])), None);
    let mut text = file(&json!([plain()]), &json!([]));
    let nobody = reading(&text.to_string());
    assert_eq!(
        why(&nobody, "limits.0.limit"),
        "no model here has this policy"
    );
    text["ai_gateway_consumers"] = json!([{"name": "team", "policies": ["tokens"]}]);
    let callers = reading(&text.to_string());
    assert!(why(&callers, "policies.0.config").contains("limits callers"));
}

#[test]
fn tags_of_the_tool_are_references_and_no_names() {
    let text = "ai_gateway_model_providers:\n- {ref: a, name: account, type: groq}\n\
                ai_gateway_models:\n- ref: m\n  type: model\n  targets:\n  \
                - {name: !env CHAT_MODEL, provider: !ref a#name, config: {type: openai}}\n";
    let read = reading(text);
    assert_eq!(rows(&read)[0].0, "groq");
    assert_eq!(rows(&read)[0].1, "!env CHAT_MODEL");
}

#[test]
fn objects_of_the_cluster_belong_together_in_any_order() {
    let provider = "apiVersion: aiconfiguration.konghq.com/v1alpha1\nkind: AIGatewayModelProvider\n\
                    metadata: {name: account}\nspec: {apiSpec: {type: mistral, mistral: {name: \
                    account}}}\n";
    let model = "apiVersion: aiconfiguration.konghq.com/v1alpha1\nkind: AIGatewayModel\n\
                 metadata: {name: chat}\nspec:\n  apiSpec:\n    type: model\n    model:\n      \
                 name: chat\n      enabled: Enabled\n      config: {balancer: {roundRobin: \
                 {retries: 1, readTimeout: 30000}}}\n      targets: [{name: big, provider: {name: \
                 account}, weight: 7, config: {type: mistral}}]\n";
    for text in [
        format!("{provider}---\n{model}"),
        format!("{model}---\n{provider}"),
    ] {
        let read = reading(&text);
        assert_eq!(rows(&read)[0].0, "mistral");
        assert_eq!(read.scenario.gateway.retry.attempts, 2);
        assert_eq!(read.scenario.gateway.client_timeout_s.to_string(), "30");
    }
    let off = reading(&model.replace("Enabled", "Disabled"));
    assert_eq!(why(&off, "model.targets"), "is switched off");
    // Names lead to none: objects of a gateway belong together.
    assert_eq!(
        rows(&asked(&format!("{provider}---\n{model}"), "chat"))[0].0,
        "mistral"
    );
}

#[test]
fn a_model_as_the_api_takes_it_is_no_config_of_portkey() {
    let alone = json!({
        "name": "chat", "type": "model", "formats": [{"type": "openai"}],
        "config": {"balancer": {"algorithm": "lowest-latency", "retries": 2}},
        "targets": [
            {"name": "gpt-4o", "provider": "my-account", "config": {"type": "openai"}},
            {"name": "own", "provider": "my-server", "config": {"type": "openai",
                "upstream_url": "http://vllm:8000/v1"}},
        ],
    });
    let read = reading(&alone.to_string());
    assert_eq!(read.kinds, [Kind::Kong]);
    assert_eq!((rows(&read)[0].0, rows(&read)[1].0), ("openai", "custom"));
    assert!(why(&read, "balancer.algorithm").contains("does not send by weights"));
}

/// The model has one timeout for all: the longest of what each would wait, in any order. Kong
/// waits 60 s and retries 5 times where a balancer says nothing.
#[test]
fn of_mixed_timeouts_the_longest_counts_with_the_default_of_the_silent() {
    let plugin = |name: &str, balancer: &str| {
        format!(
            "apiVersion: configuration.konghq.com/v1\nkind: KongPlugin\nmetadata: {{name: \
             {name}}}\nplugin: ai-proxy-advanced\nconfig: {{balancer: {{{balancer}}}, targets: \
             [{{model: {{provider: openai, name: gpt-4o}}}}]}}\n"
        )
    };
    let of = |balancers: [&str; 2]| {
        let [a, b] = balancers;
        let read = reading(&format!("{}---\n{}", plugin("a", a), plugin("b", b)));
        let gateway = &read.scenario.gateway;
        (gateway.client_timeout_s.to_string(), gateway.retry.attempts)
    };
    let slow = "read_timeout: 90000, connect_timeout: 2000, retries: 4";
    let fast = "read_timeout: 10000, retries: 2";
    let expected = ("90".to_owned(), 3);
    assert_eq!(of([slow, fast]), expected);
    assert_eq!(of([fast, slow]), expected);
    // 60 s of the silent one is longer than 10 s; its 5 retries are more than 2.
    let expected = ("60".to_owned(), 3);
    assert_eq!(of([fast, "algorithm: round-robin"]), expected);
    assert_eq!(of(["algorithm: round-robin", fast]), expected);
    let text = format!("{}---\n{}", plugin("a", slow), plugin("b", fast));
    let read = reading(&text);
    // Each of the others is told with its value.
    for (place, value) in [
        ("connect_timeout", "2000"),
        ("read_timeout", "10000"),
        ("retries", "4"),
    ] {
        let mut left = read.left.iter();
        let own = left.any(|one| one.place.ends_with(place) && one.value.as_deref() == Some(value));
        assert!(own, "{place}: {:#?}", read.left);
    }
}
