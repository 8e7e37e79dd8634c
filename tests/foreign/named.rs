//! Models by the names of their versions, regions and routes; who answers where several could; and
//! what this calculator itself writes.

use kt_capacity::catalog::date::date;
use kt_capacity::export;
use kt_capacity::import::Reading;
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::link::from_fragment;
use serde_json::{Value, json};

use super::{most, reading, refused, why};

fn litellm(rows: &[Value], settings: &Value) -> Reading {
    let mut document = json!({"model_list": rows});
    for (key, value) in settings.as_object().into_iter().flatten() {
        document[key] = value.clone();
    }
    reading(&document.to_string())
}

fn orders(read: &Reading) -> Vec<u32> {
    let rows = read.scenario.providers.iter();
    rows.map(|row| row.order).collect()
}

fn model(name: &str) -> Value {
    json!({"model_name": "chat", "litellm_params": {"model": name}})
}

#[test]
fn a_version_a_region_and_a_route_are_the_same_model() {
    // The catalogue has gpt-4o at OpenAI for $2.50 and $10 a million tokens.
    for (name, vendor, plain) in [
        ("openai/gpt-4o-2024-08-06", "openai", "gpt-4o"),
        ("openai/gpt-4.1-2025-04-14", "openai", "gpt-4.1"),
        ("openai/responses/gpt-5", "openai", "gpt-5"),
        ("azure/eu/gpt-4o-2024-08-06", "azure-openai", "gpt-4o"),
    ] {
        let read = litellm(&[model(name)], &json!({}));
        let row = &read.scenario.providers[0];
        assert_eq!((&*row.vendor, &*row.model), (vendor, plain), "{name}");
        assert!(!row.prices.is_free(), "{name}");
    }
    // A fine-tuned model has prices of its own.
    let tuned = litellm(
        &[model("openai/ft:gpt-4.1-2025-04-14:acme::id")],
        &json!({}),
    );
    assert!(tuned.scenario.providers[0].prices.is_free());
}

#[test]
fn a_region_of_openai_is_openai() {
    let row = json!({"model_name": "chat", "litellm_params": {
        "model": "openai/gpt-4o", "api_base": "https://eu.api.openai.com/v1"}});
    let read = litellm(&[row], &json!({}));
    assert_eq!(read.scenario.providers[0].vendor, "openai");
}

#[test]
fn a_deployment_without_an_order_comes_last() {
    let row = |order: Value| {
        json!({"model_name": "chat", "litellm_params": {
            "model": "openai/gpt-4o", "order": order}})
    };
    let read = litellm(
        &[row(json!(1)), row(json!(2)), row(Value::Null)],
        &json!({}),
    );
    assert_eq!(orders(&read), [0, 1, 2]);
    // The order may stand beside the model as well.
    let beside = json!({"model_name": "chat", "litellm_params": {"model": "openai/gpt-4o"},
        "model_info": {"order": 1}});
    let read = litellm(&[row(json!(2)), beside], &json!({}));
    assert_eq!(orders(&read), [1, 0]);
}

#[test]
fn an_empty_list_of_fallbacks_is_none() {
    let rows = [
        model("openai/gpt-4o"),
        json!({"model_name": "spare", "litellm_params": {"model": "groq/llama"}}),
    ];
    let settings = json!({"router_settings": {"fallbacks": []},
        "litellm_settings": {"fallbacks": [{"chat": ["spare"]}]}});
    let read = litellm(&rows, &settings);
    assert_eq!(orders(&read), [0, 1]);
}

#[test]
fn a_router_bounds_the_requests_at_once_of_those_without_a_limit() {
    let limited = json!({"model_name": "chat", "litellm_params": {
        "model": "openai/gpt-4o", "rpm": 500}});
    let settings = json!({"router_settings": {"default_max_parallel_requests": 12}});
    let read = litellm(&[model("openai/gpt-4o"), limited], &settings);
    let at_once = read
        .scenario
        .providers
        .iter()
        .map(|row| row.limits.concurrency);
    assert_eq!(at_once.collect::<Vec<_>>(), [Some(12.0), None]);
}

#[test]
fn weights_that_add_up_to_nothing_say_so() {
    let row = |weight: Value| {
        json!({"model_name": "chat", "litellm_params": {
            "model": "openai/gpt-4o", "weight": weight}})
    };
    let read = litellm(&[row(json!(0)), row(Value::Null)], &json!({}));
    assert!(why(&read, "model_list.0.litellm_params.weight").contains("add up to 0"));
}

#[test]
fn a_provider_that_no_virtual_key_lists_gets_nothing() {
    let keys = json!([{"models": ["*"]}]);
    let own = json!({"keys": keys});
    let text = json!({
        "providers": {"openai": own, "anthropic": own, "groq": own},
        "governance": {"virtual_keys": [{"id": "a", "provider_configs": [
            {"provider": "openai", "weight": 0.2}, {"provider": "anthropic", "weight": 0.1}]}]}});
    let read = reading(&text.to_string());
    let mut weights: Vec<(&str, f64)> = read
        .scenario
        .providers
        .iter()
        .map(|row| (&*row.vendor, row.weight))
        .collect();
    weights.sort_by(|a, b| a.0.cmp(b.0));
    assert_eq!(
        weights,
        [("anthropic", 0.1), ("groq", 0.0), ("openai", 0.2)]
    );
}

#[test]
fn an_autoscaler_that_keda_made_is_not_asked_about() {
    let scaled = |kind: &str, name: &str, more: &str| {
        format!(
            "kind: {kind}\nmetadata: {{name: {name}{more}}}\nspec:\n  \
         scaleTargetRef: {{kind: Deployment, name: ai-gateway}}\n"
        )
    };
    let keda = scaled("ScaledObject", "ai-gateway", "")
        + "  minReplicaCount: 2\n  \
        maxReplicaCount: 22\n  triggers: [{type: cpu, metricType: Utilization, \
        metadata: {value: '60'}}]\n";
    let owner = ", ownerReferences: [{kind: ScaledObject, name: ai-gateway}]";
    let made = scaled("HorizontalPodAutoscaler", "keda-hpa-ai-gateway", owner)
        + "  minReplicas: 3\n  maxReplicas: 9\n";
    let read = reading(&format!(
        "apiVersion: keda.sh/v1alpha1\n{keda}---\napiVersion: \
        autoscaling/v2\n{made}"
    ));
    assert_eq!(most(&read), Some(22));
    // Without its maker nobody knows which one holds.
    let other = made.replace(owner, "");
    let both = format!(
        "apiVersion: keda.sh/v1alpha1\n{keda}---\napiVersion: \
        autoscaling/v2\n{other}"
    );
    assert!(refused(&both).to_string().contains("keda-hpa-ai-gateway"));
}

#[test]
fn thousandths_of_a_processor_are_exact() {
    let text = "kind: Deployment\nmetadata: {name: gateway}\nspec: {template: {spec: {containers: \
        [{name: gateway, resources: {requests: {cpu: 700m}}}]}}}\n";
    let read = reading(&format!("apiVersion: apps/v1\n{text}"));
    assert!(read.scenario.gateway.vcpu == Some(0.7));
}

#[test]
fn a_printed_plan_is_no_database_block() {
    let text = r#"{"verdict": {"state": "ok"}, "database": {"pool": 4}, "findings": []}"#;
    let problem = refused(text).to_string();
    assert!(
        problem.contains("says nothing this calculator models"),
        "{problem}"
    );
}

#[test]
fn a_pack_says_that_it_has_no_order() {
    let pack = |link: &str| {
        let (scenario, _) = from_fragment(link);
        let plan = evaluate(&scenario, date(2026, 11, 28));
        let file = export::file("policy-config.yaml", &scenario, &plan, link).unwrap();
        file.gaps.join("\n")
    };
    let ordered = "#v=2&p=openai,gpt-4o,Build,100&p=anthropic,claude-sonnet-5-5,Start,100,order:1";
    assert!(pack(ordered).contains("The pack has weights alone"));
    assert!(!pack(&ordered.replace(",order:1", "")).contains("The pack has weights alone"));
}

#[test]
fn a_pack_with_priorities_has_an_order() {
    let text = "pack: {name: a}\nproviders:\n  targets:\n    - {id: a, provider: openai, model: \
        gpt-4o, priority: 2}\n    - {id: b, provider: anthropic, model: claude-sonnet-5-5, \
        priority: 1}\n";
    let read = reading(text);
    assert_eq!(orders(&read), [1, 0]);
}

/// APISIX gives a route the plugins of its service and of its set of plugins.
#[test]
fn a_limit_holds_the_instances_of_its_route_wherever_they_stand() {
    let limit = |tokens: u32| {
        json!({"ai-rate-limiting": {
            "limit": tokens, "time_window": 60, "limit_strategy": "total_tokens"}})
    };
    let proxy = |provider: &str, model: &str| {
        let options = json!({"model": model});
        json!({"ai-proxy": {"provider": provider, "options": options}})
    };
    let above = json!({
        "services": [{"id": 7, "plugins": limit(777)}],
        "plugin_configs": [{"id": "3", "plugins": limit(333)}],
        "routes": [
            {"uri": "/y", "service_id": 7, "plugins": proxy("openai", "gpt-4o")},
            {"uri": "/z", "plugin_config_id": "3", "plugins": proxy("groq", "llama")},
            {"uri": "/w", "plugins": proxy("mistral", "own")}]});
    let tpm = |text: &Value| -> Vec<(String, Option<f64>)> {
        let rows = reading(&text.to_string()).scenario.providers;
        let mut rows: Vec<_> = rows
            .into_iter()
            .map(|row| (row.vendor, row.limits.tpm))
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    };
    let found = tpm(&above);
    assert_eq!(found[0], ("groq".to_owned(), Some(333.0)));
    assert_eq!(found[2], ("openai".to_owned(), Some(777.0)));
    assert_ne!(found[1].1, Some(333.0));
    let below = json!({
        "services": [{"id": 7, "plugins": proxy("openai", "gpt-4o")}],
        "routes": [{"uri": "/y", "service_id": 7, "plugins": limit(444)}]});
    assert_eq!(tpm(&below), [("openai".to_owned(), Some(444.0))]);
}

#[test]
fn the_sum_of_the_pools_stands_at_a_line_that_adds_to_it() {
    let text = "[databases]\na = host=h pool_size=20\nb = host=h\n[pgbouncer]\n\
        default_pool_size = 20\nreserve_pool_size = 0\n";
    let read = reading(text);
    let total = read
        .taken
        .iter()
        .find(|taken| taken.label == "Pooler opens")
        .unwrap();
    assert_eq!(
        (&*total.value, total.place.ends_with("pool_size")),
        ("40", true)
    );
    assert!(
        !total.place.ends_with("reserve_pool_size"),
        "{}",
        total.place
    );
}

#[test]
fn a_ratio_of_two_metrics_is_no_count() {
    let text = "groups:\n- name: x\n  rules:\n  - alert: KtHighErrorRate\n    expr: \
        (sum(rate(kt_errors_total[5m])) / sum(rate(kt_requests_total[5m]))) * 100 > 2.5\n";
    assert!(
        why(&reading(text), "rules.0.expr")
            .contains("a ratio of two metrics, one of which counts requests")
    );
}
