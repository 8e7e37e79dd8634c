//! Limits, shares and servers in the configurations of other gateways.

use kt_capacity::scenario::Provider;
use serde_json::{Value, json};

use super::{Scenario, reading, why};
use kt_capacity::import::Reading;

fn rows(reading: &Reading) -> Vec<(&str, f64)> {
    let rows = reading.scenario.providers.iter();
    rows.map(|row| (&*row.vendor, row.weight)).collect()
}

fn first(reading: &Reading) -> &Provider {
    &reading.scenario.providers[0]
}

/// Kong with one proxy and the limits that a test is about.
fn kong(limits: &Value) -> String {
    let proxy = json!({"name": "ai-proxy", "config": {
        "model": {"provider": "openai", "name": "gpt-4o"}}});
    let limits = json!({"name": "ai-rate-limiting-advanced", "config": limits});
    json!({"_format_version": "3.0", "plugins": [proxy, limits]}).to_string()
}

#[test]
fn limits_of_callers_are_none_of_a_provider() {
    let limit = json!([{"limit": [900], "window_size": [60]}]);
    for kind in ["consumer", "ip"] {
        let of = json!([{"type": kind}, {"type": "provider", "values": ["openai"]}]);
        let read = reading(&kong(
            &json!({"policies": [{"match": of, "limits": limit}]}),
        ));
        assert_ne!(first(&read).limits.tpm, Some(900.0));
        assert!(why(&read, "policies.0").contains("limits callers"));
    }
    let plugin = json!({"name": "ai-rate-limiting-advanced", "config": {
        "llm_providers": [{"name": "openai", "limit": 900, "window_size": 60}]}});
    let mut text: Value = serde_json::from_str(&kong(&json!({}))).unwrap();
    text["consumers"] = json!([{"username": "a", "plugins": [plugin]}]);
    let read = reading(&text.to_string());
    assert_ne!(first(&read).limits.tpm, Some(900.0));
    assert!(why(&read, "consumers.0.plugins.0.config").contains("limits callers"));
}

const ROUTE: &str = "\
kind: AIGatewayRoute
metadata: {name: llm}
spec:
  parentRefs: [{name: edge}]
  rules:
    - matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]
      backendRefs: [{name: openai}]
    - matches: [{headers: [{name: x-ai-eg-model, value: claude-sonnet-5}]}]
      backendRefs: [{name: anthropic}]
---
";

fn limited(selectors: &str, refs: &str) -> Reading {
    let rule = format!("{{clientSelectors: [{selectors}], limit: {{requests: 90, unit: Minute}}}}");
    reading(&format!(
        "{ROUTE}kind: BackendTrafficPolicy\nmetadata: {{name: p}}\nspec:\n  targetRefs: \
         [{refs}]\n  rateLimit: {{global: {{rules: [{rule}]}}}}\n"
    ))
}

#[test]
fn a_policy_limits_what_it_targets() {
    let edge = "{kind: Gateway, name: edge}";
    let user = "{headers: [{name: x-user-id, type: Distinct}]}";
    let model = |name: &str| format!("{{headers: [{{name: x-ai-eg-model, value: {name}}}]}}");
    let rpm = |read: &Reading| -> Vec<bool> {
        let rows = read.scenario.providers.iter();
        rows.map(|row| row.limits.rpm == Some(90.0)).collect()
    };
    let of_callers = limited(user, edge);
    assert_eq!(rpm(&of_callers), [false, false]);
    assert!(why(&of_callers, "rules.0").contains("limits callers"));
    let of_one = limited(&model("gpt-4o"), edge);
    assert_eq!(rpm(&of_one), [true, false]);
    // The limit is listed with its own object.
    let told = of_one
        .taken
        .iter()
        .find(|taken| taken.label.ends_with("RPM"))
        .unwrap();
    assert_eq!(told.object, "BackendTrafficPolicy p");
    assert_eq!(told.line, Some(15));
    let gone = limited(&model("gone"), edge);
    assert_eq!(rpm(&gone), [false, false]);
    assert!(why(&gone, "rules.0").contains("not in this text"));
    assert_eq!(
        rpm(&limited(&model("gpt-4o"), "{kind: Gateway, name: other}")),
        [false, false]
    );
    assert_eq!(
        rpm(&limited(&model("gpt-4o"), "{kind: HTTPRoute, name: llm}")),
        [true, false]
    );
    // Each model has its own counter.
    let each = "{headers: [{name: x-ai-eg-model, type: Distinct}]}";
    assert_eq!(rpm(&limited(each, edge)), [true, true]);
}

#[test]
fn a_quota_limits_its_backend_alone() {
    let quota = |backend: &str, model: &str| {
        reading(&format!(
            "{ROUTE}kind: QuotaPolicy\nmetadata: {{name: q}}\nspec:\n  targetRefs: [{{kind: \
             AIServiceBackend, name: {backend}}}]\n  perModelQuotas: [{{modelName: {model}, \
             quota: {{defaultBucket: {{limit: 5400, duration: 1m30s}}}}}}]\n"
        ))
    };
    // 5,400 in 90 s are 3,600 a minute.
    assert_eq!(first(&quota("openai", "gpt-4o")).limits.tpm, Some(3_600.0));
    for (backend, model, told) in [
        ("openai-b", "gpt-4o", "not in this text"),
        ("openai", "gpt4o", "Envoy ignores it"),
    ] {
        let read = quota(backend, model);
        assert_ne!(first(&read).limits.tpm, Some(3_600.0));
        assert!(why(&read, "0.quota.defaultBucket").contains(told));
    }
}

#[test]
fn of_several_windows_the_one_that_allows_less_a_minute_holds() {
    let rows = json!([{"name": "openai", "limit": [1000, 30000], "window_size": [60, 3600]}]);
    let read = reading(&kong(&json!({"llm_providers": rows})));
    // 30,000 an hour are 500 a minute as a mean.
    assert_eq!(first(&read).limits.tpm, Some(500.0));
    assert!(why(&read, "llm_providers.0.limit.0").contains("no tighter"));
    let limits = json!([
        {"limit": 700, "window_size": 60, "tokens_count_strategy": "prompt_tokens"},
        {"limit": 80, "window_size": 60, "tokens_count_strategy": "completion_tokens"},
        {"limit": 9, "window_size": 60, "tokens_count_strategy": "cost"},
    ]);
    let read = reading(&kong(&json!({"policies": [{"limits": limits}]})));
    let own = &first(&read).limits;
    assert_eq!((own.itpm, own.otpm), (Some(700.0), Some(80.0)));
    assert!(why(&read, "limits.2.limit").contains("counts cost"));
}

#[test]
fn what_is_switched_off_does_not_count() {
    let mut text: Value = serde_json::from_str(&kong(&json!({
        "llm_providers": [{"name": "openai", "limit": 900, "window_size": 60}]
    })))
    .unwrap();
    text["plugins"][1]["enabled"] = json!(false);
    let read = reading(&text.to_string());
    assert_ne!(first(&read).limits.tpm, Some(900.0));
    assert_eq!(why(&read, "plugins.1.config"), "is switched off");
    let proxy = |more: Value| {
        let mut one = json!({"provider": "groq", "options": {"model": "m"}});
        one["_meta"] = more;
        json!({"ai-proxy": one})
    };
    let routes = json!({"routes": [
        {"uri": "/a", "status": 0, "plugins": proxy(json!({}))},
        {"uri": "/b", "plugins": proxy(json!({"disable": true}))},
        {"uri": "/c", "plugins": {"ai-proxy": {"provider": "deepseek"}}},
    ]});
    let read = reading(&routes.to_string());
    assert_eq!(rows(&read), [("deepseek", 1.0)]);
    assert_eq!(why(&read, "routes.0.plugins"), "is switched off");
    assert_eq!(why(&read, "routes.1.plugins.ai-proxy"), "is switched off");
}

#[test]
fn weights_compare_within_a_group_only() {
    let row = |group: &str, model: &str, rpm: Option<u32>| {
        let mut row = json!({"model_name": group, "litellm_params": {"model": model}});
        if let Some(rpm) = rpm {
            row["litellm_params"]["rpm"] = json!(rpm);
        }
        row
    };
    let text = json!({"model_list": [
        row("gpt", "openai/gpt-4o", Some(1_000)), row("gpt", "azure/gpt-4o", Some(500)),
        row("claude", "anthropic/claude-sonnet-5", None),
    ]});
    let read = reading(&text.to_string());
    // Two thirds and one third of one group, all of the other.
    let expected = [
        ("openai", 66.67),
        ("azure-openai", 33.33),
        ("anthropic", 100.0),
    ];
    assert_eq!(rows(&read), expected);
    assert!(read.taken.iter().any(|taken| {
        taken
            .note
            .as_deref()
            .is_some_and(|note| note.contains("so all get alike"))
    }));
    let rules = "kind: AIGatewayRoute\nspec:\n  rules:\n    - backendRefs: [{name: openai, weight: \
                 3}, {name: groq, weight: 1}]\n    - backendRefs: [{name: anthropic, weight: 9}]\n";
    let expected = [("openai", 75.0), ("groq", 25.0), ("anthropic", 100.0)];
    assert_eq!(rows(&reading(rules)), expected);
}

#[test]
fn what_no_line_says_is_filled_in() {
    let of = |model: &str| {
        let row = json!({"model_name": "x", "litellm_params": {"model": model}});
        reading(&json!({"model_list": [row]}).to_string())
    };
    let silent = of("zz");
    let said = |reading: &Reading, label: &str| {
        reading
            .taken
            .iter()
            .any(|taken| taken.label.ends_with(label))
    };
    let filled = |reading: &Reading, label: &str| {
        let mut filled = reading.filled.iter();
        let found = filled.find(|taken| taken.label.ends_with(label));
        found.and_then(|taken| taken.note.clone())
    };
    assert!(!said(&silent, "Provider"));
    assert!(
        filled(&silent, "Provider")
            .unwrap()
            .contains("no line names one")
    );
    let silent = of("openai/*");
    assert!(!said(&silent, "Model") && filled(&silent, "Model").is_some());
    let bifrost =
        reading(&json!({"providers": {"openai": {"keys": [{"models": ["gpt-4o"]}]}}}).to_string());
    assert_eq!(first(&bifrost).limits.concurrency, Some(1_000.0));
    assert_eq!(bifrost.scenario.gateway.queue_max_size, 5_000);
    for label in ["In flight", "Queue"] {
        let is_taken = bifrost
            .taken
            .iter()
            .any(|taken| taken.value.starts_with("5,000") || taken.value.starts_with("1,000"));
        assert!(!is_taken, "{label}: {:?}", bifrost.taken);
    }
    let notes = bifrost
        .filled
        .iter()
        .filter_map(|filled| filled.note.as_deref());
    assert_eq!(
        notes.filter(|note| *note == "Bifrost fills it in").count(),
        2
    );
}

#[test]
fn a_server_of_ones_own_is_none_of_the_vendors() {
    let apisix = json!({"plugins": {"ai-proxy": {
        "provider": "openai", "options": {"model": "qwen"},
        "override": {"endpoint": "http://vllm:8000/v1/chat/completions"}}}});
    let kong = json!({"_format_version": "3.0", "plugins": [{"name": "ai-proxy", "config": {
        "model": {"provider": "openai", "name": "qwen", "options":
            {"upstream_url": "http://vllm:8000/v1"}}}}]});
    let envoy = "kind: AIGatewayRoute\nspec: {rules: [{backendRefs: [{name: \
                 not-openai-but-vllm}]}]}\n---\nkind: AIServiceBackend\nmetadata: {name: \
                 not-openai-but-vllm}\nspec: {schema: {name: OpenAI}}\n";
    for text in [apisix.to_string(), kong.to_string(), envoy.to_owned()] {
        assert_eq!(rows(&reading(&text))[0].0, "custom", "{text}");
    }
}

#[test]
fn more_shapes_of_others_are_read() {
    let info = json!({"model_list": [{"model_name": "g", "litellm_params":
        {"model": "openai/gpt-4o"}, "model_info": {"tpm": 70_000}}]});
    assert_eq!(
        first(&reading(&info.to_string())).limits.tpm,
        Some(70_000.0)
    );
    let inner = json!({"replicaCount": 3, "proxy_config": info});
    let chart = reading(&inner.to_string());
    assert_eq!(first(&chart).limits.tpm, Some(70_000.0));
    assert_eq!(chart.scenario.gateway.hpa.replicas_min, Some(3));
    let portkey = json!({"provider": "@azure-prod", "override_params": {"model": "gpt-4o"}});
    let read = reading(&portkey.to_string());
    assert_eq!(
        (&*first(&read).vendor, &*first(&read).model),
        ("azure-openai", "gpt-4o")
    );
    let timeout = ROUTE.replace(
        "backendRefs: [{name: openai}]",
        "backendRefs: [{name: openai}]\n      timeouts: {request: 1m30s}",
    );
    assert_eq!(
        reading(&timeout)
            .scenario
            .gateway
            .client_timeout_s
            .to_string(),
        "90"
    );
}

/// A limit as Bifrost governs it.
fn limit(id: &str, most: u32, reset: &str) -> Value {
    json!({"id": id, "token_max_limit": most, "token_reset_duration": reset})
}

/// docs.getbifrost.ai, "Storage": 50 connections of a store in PostgreSQL that says none; each has
/// a pool of its own; `retention_days` 0 keeps all.
#[test]
fn what_bifrost_stores_is_read() {
    let of = |stores: Value| {
        let mut text = json!({"providers": {"openai": {"keys": [{"models": ["gpt-4o"]}]}}});
        for (name, store) in stores.as_object().unwrap() {
            text[name] = store.clone();
        }
        reading(&text.to_string())
    };
    let postgres = |config: Value| json!({"enabled": true, "type": "postgres", "config": config});
    let mut logs = postgres(json!({"max_open_conns": 100}));
    logs["retention_days"] = json!(14);
    let config = postgres(json!({"max_open_conns": 40, "max_idle_conns": 5}));
    let both = of(json!({"config_store": config, "logs_store": logs}));
    let pool = |read: &Reading| read.scenario.database.connections_per_gateway;
    assert_eq!(pool(&both), 140);
    assert_eq!(both.scenario.storage.retention_days, 14);
    assert!(why(&both, "max_idle_conns").contains("the most that are open count"));
    let half = of(json!({"config_store": config, "logs_store": postgres(json!({}))}));
    assert_eq!(pool(&half), 90);
    let none = of(json!({"config_store": postgres(json!({}))}));
    assert_eq!(pool(&none), 50);
    let filled = none
        .filled
        .iter()
        .any(|one| one.place.ends_with("max_open_conns"));
    assert!(filled, "{:?}", none.filled);
    let other = json!({"enabled": true, "type": "sqlite", "retention_days": 0});
    let off = json!({"enabled": false, "type": "postgres", "config": {"max_open_conns": 9}});
    let silent = of(json!({"config_store": off, "logs_store": other}));
    let own = Scenario::default();
    assert_eq!(pool(&silent), own.database.connections_per_gateway);
    assert_eq!(
        silent.scenario.storage.retention_days,
        own.storage.retention_days
    );
    assert!(why(&silent, "config_store").contains("is switched off"));
    assert!(why(&silent, "retention_days").contains("for ever"));
    // `ApplyPoolTuning`: 0 is the default; less is no bound for Go's database/sql.
    let zero = of(
        json!({"config_store": postgres(json!({"max_open_conns": 0})),
        "logs_store": postgres(json!({"max_open_conns": 20}))}),
    );
    assert_eq!(pool(&zero), 70);
    let open = of(
        json!({"config_store": postgres(json!({"max_open_conns": -1})),
        "logs_store": postgres(json!({"max_open_conns": 20}))}),
    );
    assert_eq!(pool(&open), own.database.connections_per_gateway);
    assert!(why(&open, "max_open_conns").contains("without a bound, which is no number; it stays"));
    // `Enabled bool`: absent is false.
    let store = json!({"type": "postgres", "config": {"max_open_conns": 60}});
    let unsaid = of(json!({"config_store": store}));
    assert_eq!(pool(&unsaid), own.database.connections_per_gateway);
    assert!(why(&unsaid, "config_store").contains("no enabled: true"));
    // "Client": days to retain log entries in the store.
    let days = |stores: Value| of(stores).scenario.storage.retention_days;
    let client = json!({"log_retention_days": 45});
    assert_eq!(days(json!({"client": client})), 45);
    assert_eq!(days(json!({"client": client, "logs_store": logs})), 14);
    let kept = own.storage.retention_days;
    assert_eq!(days(json!({"client": client, "logs_store": store})), kept);
}

#[test]
fn what_bifrost_governs_is_read() {
    let config = |provider: &str, weight: f64| json!({"provider": provider, "weight": weight});
    let text = json!({
        "providers": {"openai": {"keys": []}, "groq": {"keys": []}},
        "governance": {
            "rate_limits": [limit("a", 90_000, "1h"), limit("b", 7, "1m"), limit("c", 8, "1m")],
            "providers": [{"name": "groq", "rate_limit_id": "a"}],
            "virtual_keys": [{"id": "v", "rate_limit_id": "b", "provider_configs":
                [config("openai", 0.7), config("groq", 0.3)]}],
        },
    });
    let read = reading(&text.to_string());
    let mut found = rows(&read);
    found.sort_by(|a, b| a.0.cmp(b.0));
    assert_eq!(found, [("groq", 0.3), ("openai", 0.7)]);
    let groq = read
        .scenario
        .providers
        .iter()
        .find(|row| row.vendor == "groq");
    // 90,000 an hour are 1,500 a minute.
    assert_eq!(groq.unwrap().limits.tpm, Some(1_500.0));
    assert!(why(&read, "rate_limits.1").contains("limits callers"));
    assert!(why(&read, "rate_limits.2").contains("no provider"));
}

#[test]
fn plugins_of_apisix_are_found_wherever_they_hang() {
    let proxy = json!({"provider": "groq", "options": {"model": "m"}});
    let list = json!({"plugin_configs": [{"id": 1, "plugins": {"ai-proxy": proxy}}]});
    let object = json!({"kind": "PluginConfig", "metadata": {"name": "a"}, "spec": {"plugins": [
        {"name": "cors", "config": {}}, {"name": "ai-proxy", "config": proxy}]}});
    for text in [list, object.clone()] {
        assert_eq!(rows(&reading(&text.to_string())), [("groq", 1.0)], "{text}");
    }
    let mut off = object;
    off["spec"]["plugins"][1]["enable"] = json!(false);
    assert_eq!(
        why(&reading(&off.to_string()), "plugins.1.config"),
        "is switched off"
    );
}

#[test]
fn a_pooler_opens_what_its_pools_hold() {
    for (text, expected) in [
        // 80 of its own and 25 with a reserve of 5.
        (
            "[databases]\na = host=db pool_size=80 reserve_pool=0\nb = host=db\n[pgbouncer]\n\
             default_pool_size = 25\nreserve_pool_size = 5\n",
            110,
        ),
        ("[databases]\n* = host=db\n", 20),
        (
            "; pools\n[pgbouncer]\ndefault_pool_size = 9\ndefault_pool_size = 12\n\
             %include b.ini\n",
            12,
        ),
    ] {
        let read = reading(text);
        assert_eq!(
            read.scenario.database.pooler_connections,
            Some(expected),
            "{text}"
        );
        if text.contains("%include") {
            assert!(why(&read, "(line 4)").contains("set again"));
            assert!(why(&read, "%include").contains("another file"));
        }
    }
    let secret = reading("[databases]\na = host=db password=TOPSECRET\n[pgbouncer]\n");
    assert!(!format!("{secret:?}").contains("TOPSECRET"));
}

/// The lower order goes first, and what has none is where its gateway puts it.
#[test]
fn an_order_is_an_order_and_no_weight_of_nothing() {
    let text = r#"
model_list:
- {model_name: a, litellm_params: {model: openai/gpt-4o, order: "2", weight: 3}}
- {model_name: a, litellm_params: {model: azure/gpt-4o, order: 1}}
- {model_name: a, litellm_params: {model: groq/x}}
"#;
    let read = reading(text);
    let orders = |read: &Reading| -> Vec<u32> {
        read.scenario
            .providers
            .iter()
            .map(|row| row.order)
            .collect()
    };
    assert_eq!(orders(&read), [1, 0, 2]);
    assert_eq!(rows(&read)[0], ("openai", 3.0));
    let of_order = |list: &[kt_capacity::import::Taken]| {
        let own = list
            .iter()
            .filter(|one| one.label.ends_with("Place in the order"));
        own.count()
    };
    assert_eq!((of_order(&read.taken), of_order(&read.filled)), (2, 1));
    // APISIX sends to the highest priority first, and a limit below nothing is told once.
    let route = json!({"plugins": {
        "ai-proxy-multi": {"instances": [
            {"name": "a", "provider": "openai", "priority": -1},
            {"name": "b", "provider": "groq", "priority": 7},
            {"name": "c", "provider": "deepseek"},
        ]},
        "ai-rate-limiting": {"limit": -5, "time_window": 60},
    }});
    let read = reading(&route.to_string());
    assert_eq!(orders(&read), [2, 0, 1]);
    let of_limit = read
        .left
        .iter()
        .filter(|left| left.place.ends_with("ai-rate-limiting.limit"));
    assert_eq!(of_limit.count(), 1);
}

#[test]
fn prices_of_a_file_are_those_of_its_row() {
    let text = "model_list:\n- model_name: a\n  litellm_params: {model: azure/mine, \
                api_base: https://x.openai.azure.com}\n  model_info: {input_cost_per_token: \
                0.00000275, output_cost_per_token: 0.000011}\n";
    let read = reading(text);
    // 0.00000275 $ x 1,000,000 = 2.75 $; 0.000011 $ x 1,000,000 = 11 $.
    let prices = &first(&read).prices;
    let prices = [prices.input, prices.output].map(|usd| usd.to_string());
    assert_eq!(prices, ["2.75", "11"]);
    assert!(read.left.iter().all(|left| !left.place.contains("cost")));
    let options = json!({"input_cost": 1.5, "output_cost": 6});
    let kong = json!({"_format_version": "3.0", "plugins": [{"name": "ai-proxy", "config": {
        "model": {"provider": "openai", "name": "mine", "options": options}}}]});
    let read = reading(&kong.to_string());
    let prices = &first(&read).prices;
    let prices = [prices.input, prices.output].map(|usd| usd.to_string());
    assert_eq!(prices, ["1.5", "6"]);
}

#[test]
fn a_price_that_nobody_knows_is_told() {
    let read = reading("model_list:\n- {model_name: a, litellm_params: {model: openai/mine}}\n");
    let mut filled = read.filled.iter();
    let price = filled.find(|filled| filled.label.ends_with("Input price"));
    let note = price.and_then(|price| price.note.clone()).unwrap();
    assert!(note.contains("no price"), "{note}");
}

/// Of two services the one with fewer attempts decides, and the one with the longer wait, in both
/// orders: Kong gives each service its own time, and a request may take the longest.
#[test]
fn the_order_of_services_decides_nothing() {
    let service = |retries: u32, wait_ms: u32| {
        json!({"name": format!("s{retries}"), "plugins": [{"name": "ai-proxy-advanced", "config": {
            "balancer": {"retries": retries, "read_timeout": wait_ms},
            "targets": [{"model": {"provider": "openai", "name": "gpt-4o"}}]}}]})
    };
    let both = [service(1, 10_000), service(7, 90_000)];
    for order in [[0, 1], [1, 0]] {
        let services = order.map(|index: usize| both[index].clone());
        let read = reading(&json!({"_format_version": "3.0", "services": services}).to_string());
        assert_eq!(read.scenario.gateway.retry.attempts, 2);
        assert_eq!(read.scenario.gateway.client_timeout_s.to_string(), "90");
        for (place, value, why) in [
            ("balancer.retries", "7", "the smallest was taken"),
            ("balancer.read_timeout", "10000", "the longest was taken"),
        ] {
            let mut left = read.left.iter();
            let other = left.find(|left| left.place.ends_with(place)).unwrap();
            assert_eq!(other.value.as_deref(), Some(value));
            assert!(other.why.contains(why), "{}", other.why);
        }
    }
}
