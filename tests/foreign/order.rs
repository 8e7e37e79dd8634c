//! Failover order and scope of limits, by each gateway's documentation.

use serde_json::{Value, json};

use super::{reading, why};
use kt_capacity::import::Reading;

/// Vendor, weight and place in the order of each provider.
fn rows(reading: &Reading) -> Vec<(&str, f64, u32)> {
    let rows = reading.scenario.providers.iter();
    rows.map(|row| (&*row.vendor, row.weight, row.order))
        .collect()
}

fn orders(reading: &Reading) -> Vec<u32> {
    reading
        .scenario
        .providers
        .iter()
        .map(|row| row.order)
        .collect()
}

fn group(name: &str, model: &str, more: &Value) -> Value {
    let mut row = json!({"model_name": name, "litellm_params": {"model": model}});
    for (key, value) in more.as_object().into_iter().flatten() {
        row["litellm_params"][key] = value.clone();
    }
    row
}

fn litellm(rows: &[Value], settings: &Value) -> Reading {
    let mut document = json!({"model_list": rows});
    for (key, value) in settings.as_object().into_iter().flatten() {
        document[key] = value.clone();
    }
    reading(&document.to_string())
}

/// The group `gpt` and its fallbacks, one deployment each, with their names in that order.
fn three() -> Vec<Value> {
    vec![
        group("gpt", "openai/gpt-4o", &json!({})),
        group("claude", "anthropic/claude-sonnet-5", &json!({})),
        group("small", "groq/llama", &json!({})),
    ]
}

#[test]
fn a_group_falls_to_another_one() {
    let of = |settings: Value| orders(&litellm(&three(), &settings));
    let router = |list: Value| json!({"router_settings": {"fallbacks": list}});
    assert_eq!(of(router(json!([{"gpt": ["claude"]}]))), [0, 1, 0]);
    // One after another, whichever line comes first.
    assert_eq!(of(router(json!([{"gpt": ["claude", "small"]}]))), [0, 1, 2]);
    assert_eq!(of(router(json!([{"gpt": ["small", "claude"]}]))), [0, 2, 1]);
    let chain = json!([{"claude": ["small"]}, {"gpt": ["claude"]}]);
    assert_eq!(of(router(chain)), [0, 1, 2]);
    let calls = json!({"litellm_settings": {"fallbacks": [{"small": ["gpt"]}]}});
    assert_eq!(of(calls), [1, 0, 0]);
    // What the router has goes before what all calls have.
    let both = json!({"router_settings": {"fallbacks": [{"gpt": ["small"]}]},
        "litellm_settings": {"fallbacks": [{"small": ["gpt"]}]}});
    let both = litellm(&three(), &both);
    assert_eq!(orders(&both), [0, 0, 1]);
    assert!(why(&both, "litellm_settings.fallbacks").contains("goes before it"));
    // A default is for the groups without a list.
    let default = json!({"litellm_settings": {"default_fallbacks": ["small"],
        "fallbacks": [{"gpt": ["claude"]}]}});
    assert_eq!(of(default), [0, 1, 2]);
    assert_eq!(of(router(json!([{"*": ["small"]}]))), [0, 0, 1]);
}

#[test]
fn an_order_within_a_group_stands_before_the_next_group() {
    let rows = [
        group("gpt", "openai/gpt-4o", &json!({"order": 2})),
        group("gpt", "azure/gpt-4o", &json!({"order": 1})),
        group("claude", "anthropic/claude-sonnet-5", &json!({"order": 7})),
        group("claude", "groq/llama", &json!({})),
    ];
    let settings = json!({"router_settings": {"fallbacks": [{"gpt": ["claude"]}]}});
    // gpt takes the places 0 and 1; of claude the row without an order answers last.
    assert_eq!(orders(&litellm(&rows, &settings)), [1, 0, 2, 3]);
}

#[test]
fn fallbacks_that_no_order_can_hold_are_told() {
    let of = |list: Value| litellm(&three(), &json!({"router_settings": {"fallbacks": list}}));
    let circle = of(json!([{"gpt": ["claude"]}, {"claude": ["gpt"]}, {"claude": ["small"]}]));
    assert_eq!(orders(&circle), [0, 0, 1]);
    for place in ["fallbacks.0.gpt.0", "fallbacks.1.claude.0"] {
        assert!(why(&circle, place).contains("one order of all requests cannot hold"));
    }
    let odd = of(json!([{"gpt": ["gpt", "gone", {"model": "x"}]}, {"none": ["gpt"]}, 7]));
    assert_eq!(orders(&odd), [0, 0, 0]);
    for (place, part) in [
        ("fallbacks.0.gpt.0", "is the group itself"),
        ("fallbacks.0.gpt.1", "is called so"),
        ("fallbacks.0.gpt.2", "names no group"),
        ("fallbacks.1.none", "is called so"),
        ("fallbacks.2", "names no group"),
    ] {
        assert!(why(&odd, place).contains(part), "{place}");
    }
    let long = json!({"litellm_settings": {"context_window_fallbacks": [{"gpt": ["claude"]}]}});
    let long = litellm(&three(), &long);
    assert_eq!(orders(&long), [0, 0, 0]);
    assert!(why(&long, "context_window_fallbacks").contains("too long for their model"));
}

/// The first deployment of a group decides which key the shuffle reads.
#[test]
fn a_shuffle_reads_the_key_that_its_first_deployment_has() {
    let weights = |rows: &[Value]| -> Vec<f64> {
        let read = litellm(rows, &json!({}));
        rows_of(&read)
    };
    let row = |more: Value| group("g", "openai/gpt-4o", &more);
    // The first has a weight: one without counts 0.
    assert_eq!(
        weights(&[
            row(json!({"weight": 3})),
            row(json!({"rpm": 9})),
            row(json!({"weight": 1}))
        ]),
        [3.0, 0.0, 1.0]
    );
    // The first has none, but requests a minute: weights of others do not count.
    assert_eq!(
        weights(&[
            row(json!({"rpm": 600})),
            row(json!({"weight": 9, "rpm": 200}))
        ]),
        [600.0, 200.0]
    );
    assert_eq!(
        weights(&[row(json!({"tpm": 900})), row(json!({"rpm": 5}))]),
        [900.0, 0.0]
    );
    // The first has nothing: all count alike, and the weight is told.
    let rows = [row(json!({})), row(json!({"weight": 9}))];
    assert_eq!(weights(&rows), [1.0, 1.0]);
    let read = litellm(&rows, &json!({}));
    assert!(why(&read, "model_list.1.litellm_params.weight").contains("first deployment"));
    // 6,000,000 and 2,000,000 tokens are more than a weight may be: 75 and 25 of 100.
    assert_eq!(
        weights(&[
            row(json!({"tpm": 6_000_000})),
            row(json!({"tpm": 2_000_000}))
        ]),
        [75.0, 25.0]
    );
    // Each place of an order has a first deployment of its own.
    let of_order = [
        row(json!({"order": 1, "weight": 2})),
        row(json!({"order": 2})),
        row(json!({"order": 2, "weight": 5})),
    ];
    assert_eq!(weights(&of_order), [2.0, 1.0, 1.0]);
    // Another strategy reads no weights.
    let rows = [row(json!({"weight": 3})), row(json!({"weight": 1}))];
    let busy = litellm(
        &rows,
        &json!({"router_settings": {"routing_strategy": "least-busy"}}),
    );
    assert_eq!(rows_of(&busy), [1.0, 1.0]);
    assert!(why(&busy, "routing_strategy").contains("count alike"));
    assert!(why(&busy, "model_list.0.litellm_params.weight").contains("simple-shuffle only"));
}

fn rows_of(reading: &Reading) -> Vec<f64> {
    rows(reading).iter().map(|row| row.1).collect()
}

fn kong(balancer: &Value, weights: &[Option<u32>]) -> Reading {
    let vendors = ["openai", "azure", "groq"];
    let targets = vendors.iter().zip(weights).map(|(vendor, weight)| {
        let mut target = json!({"model": {"provider": vendor, "name": "m"}});
        if let Some(weight) = weight {
            target["weight"] = json!(weight);
        }
        target
    });
    let targets: Vec<Value> = targets.collect();
    let config = json!({"balancer": balancer, "targets": targets});
    let plugin = json!({"name": "ai-proxy-advanced", "config": config});
    reading(&json!({"_format_version": "3.0", "plugins": [plugin]}).to_string())
}

#[test]
fn a_balancer_by_priority_has_the_heaviest_first() {
    let priority = json!({"algorithm": "priority"});
    let read = kong(&priority, &[Some(20), Some(90), Some(20)]);
    // Two of one weight are a group, and share alike.
    assert_eq!(
        rows(&read),
        [
            ("openai", 1.0, 1),
            ("azure-openai", 1.0, 0),
            ("groq", 1.0, 1)
        ]
    );
    let of_balancer = |read: &Reading| -> Option<String> {
        let mut taken = read.taken.iter();
        taken
            .find(|one| one.label == "Balancer")
            .unwrap()
            .note
            .clone()
    };
    assert!(of_balancer(&read).unwrap().contains("has no http_429"));
    let at_limits = json!({"algorithm": "priority", "failover_criteria": ["error", "http_429"]});
    assert_eq!(of_balancer(&kong(&at_limits, &[Some(20), Some(90)])), None);
    // A target without a weight has 100.
    assert_eq!(
        orders(&kong(&priority, &[None, Some(120), Some(7)])),
        [1, 0, 2]
    );
    let round = kong(
        &json!({"algorithm": "round-robin"}),
        &[Some(70), None, Some(5)],
    );
    assert_eq!(
        rows(&round),
        [
            ("openai", 70.0, 0),
            ("azure-openai", 100.0, 0),
            ("groq", 5.0, 0)
        ]
    );
    let object = "kind: AIGatewayModel\nspec:\n  apiSpec:\n    type: model\n    model:\n      \
                  config: {balancer: {priority: {retries: 1}}}\n      targets: [{name: a, \
                  provider: openai, weight: 1}, {name: b, provider: groq, weight: 2}]\n";
    assert_eq!(orders(&reading(object)), [1, 0]);
}

fn envoy(costs: &str, key: &str) -> [String; 3] {
    [
        format!(
            "kind: AIGatewayRoute\nmetadata: {{name: llm, namespace: ai}}\nspec:\n  parentRefs: \
             [{{name: edge}}]\n  llmRequestCosts: [{costs}]\n  rules: [{{backendRefs: [{{name: \
             openai}}]}}]\n"
        ),
        format!(
            "kind: BackendTrafficPolicy\nmetadata: {{name: p, namespace: ai}}\nspec:\n  \
             targetRefs: [{{kind: Gateway, name: edge}}]\n  rateLimit: {{global: {{rules: \
             [{{limit: {{requests: 7200, unit: Hour}}, cost: {{response: {{from: Metadata, \
             metadata: {{namespace: io.envoy.ai_gateway, key: {key}}}}}}}}}]}}}}\n"
        ),
        // Another namespace has a route of the same name, with another meaning of the key.
        format!(
            "kind: AIGatewayRoute\nmetadata: {{name: llm, namespace: other}}\nspec:\n  \
             parentRefs: [{{name: edge}}]\n  llmRequestCosts: [{{metadataKey: {key}, type: \
             TotalToken}}]\n  rules: [{{backendRefs: [{{name: groq}}]}}]\n"
        ),
    ]
}

/// Input, output and all tokens a minute, and requests a minute, of a vendor.
fn limits(reading: &Reading, vendor: &str) -> [Option<f64>; 4] {
    let mut rows = reading.scenario.providers.iter();
    let limits = &rows.find(|row| row.vendor == vendor).unwrap().limits;
    [limits.itpm, limits.otpm, limits.tpm, limits.rpm]
}

#[test]
fn a_route_says_what_the_key_of_a_limit_counts() {
    // 7,200 an hour are 120 a minute.
    let mine = Some(120.0);
    for (costs, expected) in [
        ("{metadataKey: spent, type: InputToken}", Some(0)),
        ("{metadataKey: spent, type: OutputToken}", Some(1)),
        ("{metadataKey: spent, type: TotalToken}", Some(2)),
        (
            "{metadataKey: spent, type: CEL, cel: output_tokens}",
            Some(1),
        ),
        (
            "{metadataKey: spent, type: CEL, cel: 'output_tokens + input_tokens'}",
            Some(2),
        ),
        (
            "{metadataKey: spent, type: CEL, cel: 'uint(input_tokens)'}",
            Some(0),
        ),
        (
            "{metadataKey: spent, type: CEL, cel: 'input_tokens * 2u'}",
            None,
        ),
        ("{metadataKey: spent, type: CachedInputToken}", None),
    ] {
        let texts = envoy(costs, "spent");
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
            let text = order.map(|index: usize| texts[index].clone()).join("---\n");
            let read = reading(&text);
            let found = limits(&read, "openai").map(|limit| limit == mine);
            let wanted: Vec<bool> = (0..4).map(|place| Some(place) == expected).collect();
            assert_eq!(found.to_vec(), wanted, "{costs}");
            // A policy of a namespace is for its own gateway.
            assert!(!limits(&read, "groq").contains(&mine), "{costs}");
        }
    }
    let texts = envoy(
        "{metadataKey: spent, type: CEL, cel: 'input_tokens * 2u'}",
        "spent",
    );
    let read = reading(&texts.join("---\n"));
    assert!(why(&read, "global.rules.0").contains("the expression input_tokens * 2u"));
    assert!(why(&read, "llmRequestCosts.0").contains("the expression input_tokens * 2u"));
    // A key that no route has is known by its name alone.
    let texts = envoy("", "llm_output_token");
    let read = reading(&texts[..2].join("---\n"));
    assert_eq!(limits(&read, "openai")[1], mine);
    let texts = envoy("", "spent");
    let read = reading(&texts[..2].join("---\n"));
    assert!(why(&read, "global.rules.0").contains("says what spent counts"));
}

#[test]
fn a_strategy_says_which_tokens_a_limit_of_kong_counts() {
    for (strategy, expected) in [
        ("total_tokens", Some(2)),
        ("prompt-tokens", Some(0)),
        ("completion_tokens", Some(1)),
        ("cost", None),
    ] {
        let limits_of = json!({"name": "ai-rate-limiting-advanced", "config": {
            "tokens_count_strategy": strategy,
            "llm_providers": [{"name": "openai", "limit": 120, "window_size": 60}]}});
        let proxy = json!({"name": "ai-proxy", "config": {"model": {"provider": "openai",
            "name": "m"}}});
        let text = json!({"_format_version": "3.0", "plugins": [proxy, limits_of]});
        let read = reading(&text.to_string());
        let found = limits(&read, "openai").map(|limit| limit == Some(120.0));
        let wanted: Vec<bool> = (0..4).map(|place| Some(place) == expected).collect();
        assert_eq!(found.to_vec(), wanted, "{strategy}");
    }
}

/// The first call with its retries, and the seconds of a request.
fn calls(text: &str) -> (u32, String) {
    let gateway = reading(text).scenario.gateway;
    (gateway.retry.attempts, gateway.client_timeout_s.to_string())
}

#[test]
fn what_a_gateway_does_where_its_file_is_silent_is_filled_in() {
    let litellm = json!({"model_list": three()}).to_string();
    let bifrost = json!({"providers": {"openai": {"keys": []}}}).to_string();
    let kong_plain = json!({"_format_version": "3.0", "services": [{"name": "s", "plugins": [
        {"name": "ai-proxy", "config": {"model": {"provider": "openai", "name": "m"}}}]}]})
    .to_string();
    let envoy = "kind: AIGatewayRoute\nspec: {rules: [{backendRefs: [{name: openai}]}]}\n";
    let retry =
        format!("{envoy}---\nkind: BackendTrafficPolicy\nspec: {{retry: {{retryOn: {{}}}}}}\n");
    for (text, attempts, timeout_s) in [
        // 2 retries and 6,000 s; none and 30 s; 5 and 60 s; none and 60 s; 2 and 60 s.
        (litellm.as_str(), 3, "6000"),
        (&bifrost, 1, "30"),
        (&kong_plain, 6, "60"),
        (envoy, 1, "60"),
        (&retry, 3, "60"),
    ] {
        assert_eq!(calls(text), (attempts, timeout_s.to_owned()), "{text}");
        let read = reading(text);
        let notes: Vec<&str> = read
            .filled
            .iter()
            .filter_map(|one| one.note.as_deref())
            .collect();
        assert!(
            notes.iter().any(|note| note.contains("default")),
            "{notes:?}"
        );
        assert!(
            read.taken.iter().all(|one| one.label != "Attempts"),
            "{text}"
        );
    }
    // What a line says goes before, also that of another object.
    let said = json!({"model_list": three(), "litellm_settings": {"num_retries": 5,
        "request_timeout": 50}});
    assert_eq!(calls(&said.to_string()), (6, "50".to_owned()));
    let apisix = json!({"plugins": {"ai-proxy": {"provider": "openai"}}}).to_string();
    assert_eq!(calls(&apisix).1, "30");
    // A part of a configuration has no defaults of its own.
    let before = kt_capacity::scenario::Scenario::default()
        .gateway
        .client_timeout_s;
    let part = json!({"router_settings": {"num_retries": 4}}).to_string();
    assert_eq!(calls(&part), (5, before.to_string()));
}

/// A gateway's pool in a deployment that starts it with some words and variables.
fn pool(words: &str, env: &str) -> u32 {
    let text = format!(
        "model_list: [{{model_name: g, litellm_params: {{model: openai/gpt-4o}}}}]\n\
         general_settings: {{database_connection_pool_limit: 20}}\n---\n\
         kind: Deployment\nmetadata: {{name: litellm}}\nspec: {{template: {{spec: {{containers: \
         [{{name: litellm, {words}, env: [{env}]}}]}}}}}}\n"
    );
    reading(&text).scenario.database.connections_per_gateway
}

#[test]
fn each_worker_has_a_pool() {
    for (words, env, workers) in [
        ("args: [--config, /a.yaml, --num_workers, '4']", "", 4),
        ("args: ['--num_workers=3']", "", 3),
        (
            "command: [sh, -c, 'gunicorn -w 5 litellm.proxy:app']",
            "",
            5,
        ),
        ("command: [gunicorn, -w2, app]", "", 2),
        ("args: [uvicorn, app, --workers, '6']", "", 6),
        (
            "args: [--num_workers, $(NUM)]",
            "{name: NUM, value: '7'}",
            7,
        ),
        ("args: []", "{name: NUM_WORKERS, value: '8'}", 8),
        (
            "args: [--num_workers, '2']",
            "{name: NUM_WORKERS, value: '8'}",
            2,
        ),
        // Another program's short flag says nothing, nor does a word.
        ("command: [nginx, -w, '9']", "", 1),
        ("args: [--num_workers, many]", "", 1),
        ("args: []", "", 1),
    ] {
        assert_eq!(pool(words, env), 20 * workers, "{words}");
    }
    let compose = "model_list: []\ngeneral_settings: {database_url: a}\n---\nservices:\n  db: \
                   {image: postgres, command: [--workers, '9']}\n  litellm: {image: \
                   ghcr.io/berriai/litellm:main, command: --config /a.yaml --num_workers 3}\n";
    let read = reading(compose);
    // Each of 3 workers has LiteLLM's 10.
    assert_eq!(read.scenario.database.connections_per_gateway, 30);
    let mut filled = read.filled.iter();
    let pool = filled
        .find(|one| one.place.ends_with("pool_limit"))
        .unwrap();
    assert!(
        pool.note
            .as_ref()
            .unwrap()
            .contains("command of the service litellm")
    );
    let alone = reading(
        "kind: Deployment\nmetadata: {name: litellm}\nspec: {template: {spec: {containers: \
         [{name: litellm, args: [--num_workers, '4']}]}}}\n",
    );
    assert!(why(&alone, "args.1").contains("read both together"));
    let chart = "numWorkers: 4\nreplicaCount: 2\nproxy_config:\n  model_list: []\n  \
                 general_settings: {database_connection_pool_limit: 5}\n";
    assert_eq!(reading(chart).scenario.database.connections_per_gateway, 20);
}

#[test]
fn fallbacks_without_end_are_read_soon() {
    let groups = |count: usize| -> Vec<Value> {
        let names = (0..count).map(|index| format!("g{index}"));
        names
            .map(|name| group(&name, "openai/gpt-4o", &json!({})))
            .collect()
    };
    let lists = |names: [&str; 2]| -> Vec<Value> {
        (0..30_000)
            .map(|index| json!({names[index % 2]: [format!("g{}", index % 150)]}))
            .collect()
    };
    for (count, names) in [(150, ["*", "*"]), (150, ["g1", "g2"]), (900, ["*", "g1"])] {
        let document = json!({"model_list": groups(count),
            "router_settings": {"fallbacks": lists(names)}});
        let read = super::soon(&document.to_string()).unwrap();
        let is_full = read
            .left
            .iter()
            .any(|left| left.why.contains("more groups"));
        assert_eq!(is_full, 200 < count);
    }
}
