//! Every line of another gateway's configuration is in a list of its reading: taken, filled in,
//! left with a reason, or a part of a value beside it. A key that nobody knows is left.

use std::collections::BTreeSet;

use kt_capacity::import::Reading;
use serde_json::{Map, Value, json};

use super::reading;

const LITELLM: &str = include_str!("../files/60-litellm-config-rpm-tpm-rpd.yaml");
const APISIX: &str = include_str!("../files/62-apisix-route.json");

/// A configuration of `LiteLLM` with all that is modelled, and some that is not.
fn litellm() -> Value {
    let row = |name: &str, model: &str, more: &Value| {
        let mut row = json!({"model_name": name, "litellm_params": {"model": model,
            "api_key": "os.environ/KEY", "rpm": 600, "tpm": 90_000}});
        for (key, value) in more.as_object().into_iter().flatten() {
            row["litellm_params"][key] = value.clone();
        }
        row
    };
    let mut first = row(
        "gpt",
        "azure/gpt-4o",
        &json!({"weight": 3, "order": 1, "api_base": "https://a.openai.azure.com",
            "max_parallel_requests": 40, "timeout": 30, "input_cost_per_token": 0.000_002}),
    );
    first["model_info"] = json!({"id": "one", "base_model": "azure/gpt-4o", "mode": "chat",
        "output_cost_per_token": 0.000_01});
    json!({
        "model_list": [
            first,
            row("gpt", "openai/gpt-4o", &json!({"order": 2, "rpd": 90_000})),
            row("claude", "anthropic/claude-sonnet-5", &json!({})),
            row("small", "groq/llama", &json!({"stream_timeout": 9})),
        ],
        "router_settings": {
            "routing_strategy": "simple-shuffle", "num_retries": 4, "timeout": 90,
            "retry_after": 1, "allowed_fails": 3, "cooldown_time": 30,
            "fallbacks": [{"gpt": ["claude", "small"]}, {"gone": ["gpt"]}],
            "context_window_fallbacks": [{"gpt": ["claude"]}],
            "model_group_alias": {"gpt-4": "gpt"},
        },
        "litellm_settings": {
            "request_timeout": 600, "num_retries": 2, "default_fallbacks": ["small"],
            "cache": true, "cache_params": {"type": "redis", "ttl": 600},
            "fallbacks": [{"claude": ["gpt"]}],
        },
        "general_settings": {
            "database_connection_pool_limit": 20, "database_url": "os.environ/URL",
            "maximum_spend_logs_retention_period": "30d", "master_key": "os.environ/MASTER",
        },
        "environment_variables": {"REDIS_HOST": "redis"},
    })
}

fn kong() -> Value {
    let target = |provider: &str, weight: u32| {
        json!({"model": {"provider": provider, "name": "m", "options": {"input_cost": 1.5,
            "max_tokens": 512}}, "weight": weight, "route_type": "llm/v1/chat",
            "auth": {"header_name": "Authorization", "header_value": "Bearer x"}})
    };
    json!({
        "_format_version": "3.0",
        "services": [{
            "name": "llm", "url": "http://localhost", "retries": 3, "read_timeout": 30_000,
            "plugins": [
                {"name": "ai-proxy-advanced", "enabled": true, "config": {
                    "balancer": {"algorithm": "priority", "retries": 2, "read_timeout": 20_000,
                        "failover_criteria": ["error", "http_429"], "slots": 100},
                    "targets": [target("openai", 80), target("azure", 20)],
                }},
                {"name": "ai-rate-limiting-advanced", "config": {
                    "strategy": "local", "tokens_count_strategy": "prompt_tokens",
                    "llm_providers": [{"name": "openai", "limit": [900, 9_000],
                        "window_size": [60, 3_600]}],
                    "policies": [
                        {"match": [{"type": "provider", "values": ["azure"]}],
                         "limits": [{"limit": 700, "window_size": 60}]},
                        {"match": [{"type": "consumer"}], "limits": [{"limit": 7,
                            "window_size": 60}]},
                    ],
                }},
            ],
            "routes": [{"name": "r", "paths": ["/llm"]}],
        }],
    })
}

fn apisix() -> Value {
    let instance = |name: &str, priority: u32| {
        json!({"name": name, "provider": name, "priority": priority, "weight": 5,
            "auth": {"header": {"Authorization": "Bearer x"}}, "options": {"model": "m",
            "temperature": 1}, "override": {"endpoint": "https://api.deepseek.com"}})
    };
    json!({"routes": [{"uri": "/chat", "id": 1, "plugins": {
        "ai-proxy-multi": {
            "instances": [instance("openai", 2), instance("deepseek", 1)],
            "balancer": {"algorithm": "roundrobin"}, "fallback_strategy": ["rate_limiting"],
            "max_retries": 2, "timeout": 20_000, "keepalive_pool": 30,
        },
        "ai-rate-limiting": {"limit": 900, "time_window": 60, "limit_strategy": "prompt_tokens",
            "rejected_code": 429, "instances": [{"name": "openai", "limit": 100,
            "time_window": 60}]},
        "cors": {"allow_origins": "*"},
    }}]})
}

fn bifrost() -> Value {
    json!({
        "client": {"drop_excess_requests": true, "initial_pool_size": 300},
        "providers": {
            "openai": {
                "keys": [{"name": "a", "value": "env.KEY", "models": ["gpt-4o", "gpt-4o-mini"],
                    "weight": 1.0}],
                "network_config": {"max_retries": 3, "retry_backoff_initial": 250,
                    "retry_backoff_max": 5_000, "default_request_timeout_in_seconds": 40},
                "concurrency_and_buffer_size": {"concurrency": 40, "buffer_size": 900},
            },
            "groq": {"keys": [{"value": "env.KEY", "models": ["*"], "weight": 1.0}],
                "concurrency_and_buffer_size": {"concurrency": 40, "buffer_size": 800}},
        },
        "governance": {
            "rate_limits": [{"id": "a", "token_max_limit": 900, "token_reset_duration": "1m",
                "request_max_limit": 9, "request_reset_duration": "1m"}],
            "providers": [{"name": "groq", "rate_limit_id": "a"}],
            "virtual_keys": [{"id": "v", "name": "team", "provider_configs": [
                {"provider": "openai", "weight": 0.7}, {"provider": "groq", "weight": 0.3}]}],
        },
        "logs_store": {"enabled": true},
    })
}

fn portkey() -> Value {
    json!({
        "strategy": {"mode": "fallback", "on_status_codes": [429]},
        "retry": {"attempts": 3, "on_status_codes": [429]},
        "request_timeout": 20_000,
        "cache": {"mode": "simple", "max_age": 60},
        "targets": [
            {"strategy": {"mode": "loadbalance"}, "targets": [
                {"provider": "openai", "api_key": "x", "weight": 3, "override_params":
                    {"model": "gpt-4o", "max_tokens": 9}},
                {"virtual_key": "azure-prod", "weight": 1},
            ]},
            {"override_params": {"model": "@anthropic-prod/claude-sonnet-5"}},
        ],
    })
}

/// Models of Kong's AI Gateway 2, in a file of its tool.
fn kong_models() -> Value {
    json!({
        "ai_gateway_model_providers": [
            {"ref": "a", "name": "one", "type": "groq", "config": {"auth": {"token": "x"}}},
        ],
        "ai_gateway_policies": [{"ref": "p", "name": "tokens", "type": "ai-rate-limiting-advanced",
            "enabled": true, "config": {"strategy": "local", "policies": [{"match":
            [{"type": "model", "values": ["big"], "partition_by": true}], "limits":
            [{"limit": 900, "window_size": 60, "tokens_count_strategy": "total_tokens"}]}]}}],
        "ai_gateway_models": [{"ref": "m", "name": "chat", "type": "model", "enabled": true,
            "policies": ["tokens"], "formats": [{"type": "openai"}],
            "config": {"balancer": {"algorithm": "lowest-latency", "retries": 3,
                "read_timeout": 45_000, "tokens_count_strategy": "total-tokens"}},
            "targets": [{"name": "big", "provider": "one", "weight": 70, "config":
                {"type": "openai", "temperature": 1}}]}],
    })
}

const KONG_PLUGIN: &str = "
apiVersion: configuration.konghq.com/v1
kind: KongPlugin
metadata: {name: llm, namespace: ai}
plugin: ai-proxy-advanced
disabled: false
run_on: first
config:
  balancer: {algorithm: round-robin, retries: 1, tokens_count_strategy: total-tokens}
  targets:
    - {model: {provider: openai, name: gpt-4o}, weight: 7, route_type: llm/v1/chat}
---
apiVersion: configuration.konghq.com/v1
kind: KongPlugin
metadata: {name: limits, namespace: ai}
plugin: ai-rate-limiting-advanced
config: {window_type: fixed, llm_providers: [{name: openai, limit: [900], window_size: [60]}]}
";

const APISIX_ROUTE: &str = "
apiVersion: apisix.apache.org/v2
kind: ApisixRoute
metadata: {name: llm}
spec:
  ingressClassName: apisix
  http:
  - name: r
    match: {paths: [/chat]}
    plugins:
    - {name: ai-proxy, enable: true, config: {provider: deepseek, options: {model: deepseek-chat},
       timeout: 9000}}
    - {name: ai-rate-limiting, config: {limit: 900, time_window: 60, rules: [{count: 1,
       time_window: 60, key: a}]}}
";

const ENVOY: &str = "
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIGatewayRoute
metadata: {name: llm, namespace: ai}
spec:
  parentRefs: [{name: edge, kind: Gateway, group: gateway.networking.k8s.io}]
  llmRequestCosts:
    - {metadataKey: spent_in, type: InputToken}
    - {metadataKey: spent_all, type: CEL, cel: 'input_tokens + output_tokens'}
    - {metadataKey: spent_odd, type: CEL, cel: 'input_tokens + 3u * output_tokens'}
    - {metadataKey: idle, type: OutputToken}
  rules:
    - matches: [{headers: [{type: Exact, name: x-ai-eg-model, value: gpt-4o}]}]
      backendRefs:
        - {name: main, weight: 3, modelNameOverride: gpt-4o-mini}
        - {name: spare, priority: 1}
      timeouts: {request: 45s}
---
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIServiceBackend
metadata: {name: main, namespace: ai}
spec: {schema: {name: OpenAI, version: v1}, backendRef: {name: main, kind: Backend}}
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata: {name: usage, namespace: ai}
spec:
  targetRefs: [{name: edge, kind: Gateway, group: gateway.networking.k8s.io}]
  retry: {numRetries: 2, numAttemptsPerPriority: 1, perRetry: {timeout: 9s, backOff:
    {baseInterval: 100ms, maxInterval: 9s}}, retryOn: {triggers: [retriable-status-codes]}}
  timeout: {http: {requestTimeout: 40s}}
  rateLimit:
    type: Global
    global:
      rules:
        - clientSelectors: [{headers: [{type: Exact, name: x-ai-eg-model, value: gpt-4o}]}]
          limit: {requests: 1000, unit: Minute}
          shared: true
          cost: {request: {from: Number, number: 0}, response: {from: Metadata, metadata:
            {namespace: io.envoy.ai_gateway, key: spent_in}}}
        - limit: {requests: 9000, unit: Hour}
          cost: {response: {from: Metadata, metadata: {namespace: io.envoy.ai_gateway, key:
            spent_all}}}
        - limit: {requests: 9000, unit: Hour}
          cost: {response: {from: Metadata, metadata: {namespace: io.envoy.ai_gateway, key:
            spent_odd}}}
---
apiVersion: aigateway.envoyproxy.io/v1alpha1
kind: QuotaPolicy
metadata: {name: quota, namespace: ai}
spec:
  targetRefs: [{kind: AIServiceBackend, name: main, group: aigateway.envoyproxy.io}]
  perModelQuotas:
    - {modelName: gpt-4o-mini, quota: {mode: Shared, costExpression: output_tokens,
       defaultBucket: {limit: 60, duration: 1m}}}
";

/// The documents of a text as they are, each of which stands alone in a file.
fn all() -> Vec<(&'static str, Vec<Value>)> {
    let yaml = |text: &str| -> Vec<Value> {
        let parts = text.split("\n---\n");
        parts
            .map(|part| serde_saphyr::from_str(part).unwrap())
            .collect()
    };
    vec![
        ("LiteLLM 60", yaml(LITELLM)),
        ("LiteLLM", vec![litellm()]),
        ("Kong", vec![kong()]),
        ("Kong models", vec![kong_models()]),
        ("Kong plugins", yaml(KONG_PLUGIN)),
        ("APISIX 62", yaml(APISIX)),
        ("APISIX", vec![apisix()]),
        ("APISIX object", yaml(APISIX_ROUTE)),
        ("Bifrost", vec![bifrost()]),
        ("Portkey", vec![portkey()]),
        ("Envoy", yaml(ENVOY)),
    ]
}

fn read(documents: &[Value]) -> Reading {
    let texts: Vec<String> = documents.iter().map(Value::to_string).collect();
    reading(&texts.join("\n---\n"))
}

pub(super) fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    let join = |step: &str| match path {
        "" => step.to_owned(),
        path => format!("{path}.{step}"),
    };
    match value {
        Value::Object(fields) => {
            fields
                .iter()
                .for_each(|(key, field)| leaves(field, &join(key), found));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, item)| leaves(item, &join(&index.to_string()), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// The places that a reading takes, and those that it leaves.
pub(super) fn named(reading: &Reading) -> [BTreeSet<String>; 3] {
    let taken = reading.taken.iter().chain(&reading.filled);
    let taken = taken.map(|taken| taken.place.clone());
    let left = reading.left.iter().map(|left| left.place.clone());
    let alike = reading.alike.iter().map(|left| left.place.clone());
    [taken.collect(), left.collect(), alike.collect()]
}

/// Whether a place, or a whole that it belongs to, is told.
pub(super) fn is_told(told: &BTreeSet<String>, place: &str) -> bool {
    told.iter().any(|whole| {
        let rest = place.strip_prefix(whole.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

#[test]
fn every_line_is_in_a_list() {
    for (name, documents) in all() {
        let [taken, left, alike] = named(&read(&documents));
        let mut all = Vec::new();
        for one in &documents {
            leaves(one, "", &mut all);
        }
        all.retain(|leaf| !taken.contains(leaf) && !is_told(&left, leaf) && !alike.contains(leaf));
        assert_eq!(all, Vec::<String>::new(), "{name}");
    }
}

/// Every object of a document, by its pointer.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(path.to_owned());
            for (key, field) in fields {
                objects(field, &format!("{path}/{}", key.replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                objects(item, &format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn dotted(pointer: &str) -> String {
    pointer
        .trim_start_matches('/')
        .replace('/', ".")
        .replace("~1", "/")
}

#[test]
fn a_key_that_nobody_knows_is_left_wherever_it_stands() {
    for (name, documents) in all() {
        for (index, document) in documents.iter().enumerate() {
            let mut places = Vec::new();
            objects(document, "", &mut places);
            for place in places {
                let mut other = documents.clone();
                other[index].pointer_mut(&place).unwrap()["zz_odd"] = json!(7);
                let leaf = dotted(&format!("{place}/zz_odd"));
                // An object by names has a row more.
                let by_name = [
                    "providers",
                    "fallbacks.0",
                    "fallbacks.1",
                    "model_group_alias",
                    "environment_variables",
                    "metadata",
                    "plugins",
                ];
                if by_name.iter().any(|end| dotted(&place).ends_with(end)) {
                    continue;
                }
                let [taken, left, alike] = named(&read(&other));
                assert!(is_told(&left, &leaf), "{name}: {leaf} is not left");
                assert!(
                    !taken.contains(&leaf) && !alike.contains(&leaf),
                    "{name}: {leaf}"
                );
            }
        }
    }
}

/// Keys without which a document is none of its kind.
const NAMES: [&str; 4] = ["kind", "apiVersion", "_format_version", "plugin"];

/// The fields of an object with one of them under another key, in the same place.
fn misspelt(fields: &Map<String, Value>, key: &str) -> Map<String, Value> {
    let name = |own: &String| {
        if own == key {
            format!("{own}z")
        } else {
            own.clone()
        }
    };
    fields
        .iter()
        .map(|(own, value)| (name(own), value.clone()))
        .collect()
}

#[test]
fn a_misspelt_key_of_a_value_is_left() {
    for (name, documents) in all() {
        for (index, document) in documents.iter().enumerate() {
            let mut all = Vec::new();
            leaves(document, "", &mut all);
            let mut places = Vec::new();
            objects(document, "", &mut places);
            for place in places {
                let fields = document.pointer(&place).unwrap().as_object().unwrap();
                let whole = |value: &Value| value.is_object() || value.is_array();
                for (key, _) in fields.iter().filter(|(_, value)| !whole(value)) {
                    if NAMES.contains(&key.as_str()) || dotted(&place) == "metadata" {
                        continue;
                    }
                    let mut other = documents.clone();
                    *other[index].pointer_mut(&place).unwrap() =
                        Value::Object(misspelt(fields, key));
                    let leaf = dotted(&format!("{place}/{key}z"));
                    let [_, left, _] = named(&read(&other));
                    assert!(is_told(&left, &leaf), "{name}: {leaf} is not left");
                }
            }
        }
    }
}

#[test]
fn a_number_that_is_none_is_left_with_its_value() {
    for (name, documents) in all() {
        let before = named(&read(&documents));
        for (index, document) in documents.iter().enumerate() {
            let mut all = Vec::new();
            leaves(document, "", &mut all);
            for leaf in all.iter().filter(|leaf| before[0].contains(*leaf)) {
                let mut other = documents.clone();
                let pointer = format!("/{}", leaf.replace('.', "/"));
                let Some(value) = other[index]
                    .pointer_mut(&pointer)
                    .filter(|one| one.is_number())
                else {
                    continue;
                };
                *value = json!("many");
                let reading = read(&other);
                let mut left = reading.left.iter();
                let found = left.find(|one| is_told(&[one.place.clone()].into(), leaf));
                let found = found.unwrap_or_else(|| panic!("{name}: {leaf} is not left"));
                let value = found.value.clone().unwrap_or_default();
                assert!(value.contains("many"), "{name}: {leaf} = {value}");
            }
        }
    }
}

/// A value that no input takes is told with the value that stands in its place.
#[test]
fn what_is_refused_says_what_stands_instead() {
    let litellm = |settings: &Value, params: &Value| {
        reading(
            &json!({
                "model_list": [{"model_name": "g", "litellm_params": params}],
                "router_settings": settings,
            })
            .to_string(),
        )
    };
    let params = json!({"model": "openai/gpt-4o", "rpm": -4, "tpm": "many"});
    // 24 retries are 25 calls, of which 20 are the most, and the default scenario makes 3.
    let read = litellm(&json!({"num_retries": 24, "timeout": "soon"}), &params);
    let attempts = super::Scenario::default().gateway.retry.attempts;
    let timeout_s = super::Scenario::default().gateway.client_timeout_s;
    assert_eq!(read.scenario.gateway.retry.attempts, attempts);
    // The catalogue's lowest tier, Build, gives 5,000 requests and 450,000 tokens a minute.
    for (place, value, part) in [
        (
            "router_settings.num_retries",
            "24",
            format!("it stays {attempts}"),
        ),
        (
            "router_settings.timeout",
            "soon",
            format!("it stays {timeout_s} s"),
        ),
        ("litellm_params.rpm", "-4", "it stays 5,000 /min".to_owned()),
        (
            "litellm_params.tpm",
            "many",
            "is no number: TPM takes 0 to".to_owned(),
        ),
        (
            "litellm_params.tpm",
            "many",
            "it stays 450,000 /min".to_owned(),
        ),
    ] {
        let mut left = read.left.iter();
        let found = left.find(|left| left.place.ends_with(place)).unwrap();
        assert_eq!(found.value.as_deref(), Some(value));
        assert!(found.why.contains(&part), "{place}: {}", found.why);
    }
}
