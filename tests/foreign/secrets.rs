//! Values of a file in lists: everything except secrets.

use super::reading;
use serde_json::json;

#[test]
fn secrets_are_hidden_and_keys_with_dots_have_values() {
    let secrets = [
        json!({"model_list": [{"model_name": "m", "litellm_params": {"model": "openai/gpt-4o"}}],
            "general_settings": {"master_key": "TOPSECRET",
                "database_url": "postgres://u:TOPSECRET@db/x"},
            "router_settings": {"redis_url": "redis://:TOPSECRET@r:6379"}}),
        json!({"providers": {"openai": {"keys": [{"value": "TOPSECRET", "models": ["gpt-4o"]}]}}}),
        json!({"_format_version": "3.0", "plugins": [{"name": "ai-proxy", "config": {
            "auth": {"header_name": "Authorization", "header_value": "TOPSECRET"},
            "model": {"provider": "openai", "name": "gpt-4o"}}}]}),
        json!({"kind": "Deployment", "metadata": {"name": "gateway"}, "spec": {"template": {"spec":
            {"containers": [{"name": "gateway", "env":
                [{"name": "DATABASE_PASSWORD", "value": "TOPSECRET"}]}]}}}}),
    ];
    for secret in secrets {
        let read = reading(&secret.to_string());
        assert!(read.left.iter().any(|left| {
            left.value
                .as_deref()
                .is_some_and(|value| value.contains("(hidden)"))
        }));
        assert!(!format!("{read:?}").contains("TOPSECRET"), "{read:#?}");
    }
    let keda = "kind: ScaledObject\nmetadata:\n  name: a\n  annotations:\n    \
                autoscaling.keda.sh/paused-replicas: '3'\nspec: {triggers: []}\n";
    let read = reading(keda);
    let paused = read
        .left
        .iter()
        .find(|left| left.place.ends_with("paused-replicas"));
    assert_eq!(paused.unwrap().value.as_deref(), Some("3"));
}

/// A Deployment whose container has some more fields.
fn deployment(more: &serde_json::Value) -> String {
    let mut container = json!({"name": "gateway"});
    let fields = more.as_object().unwrap().clone();
    container.as_object_mut().unwrap().extend(fields);
    json!({
        "kind": "Deployment", "metadata": {"name": "gateway"},
        "spec": {"template": {"spec": {"containers": [container]}}},
    })
    .to_string()
}

#[test]
fn a_secret_is_none_the_less_one_in_a_copy_an_address_or_a_number() {
    let env =
        |name: &str, value: &str| deployment(&json!({"env": [{"name": name, "value": value}]}));
    let copy = json!({"kind": "HorizontalPodAutoscaler", "spec": {"maxReplicas": 3}, "metadata": {
        "annotations": {"kubectl.kubernetes.io/last-applied-configuration":
            "{\"env\": \"TOPSECRET\"}"}}});
    for text in [
        env("REDIS", "redis://user:TOPSECRET@r:6379"),
        env("DSN", "postgres://u:x/TOPSECRET@db/x"),
        env("DSN", "Server=db;Password=TOPSECRET"),
        env("HEADER", "Bearer TOPSECRET"),
        env("FILE", "a: 1\nmaster_key: TOPSECRET\n"),
        env("LITELLM_MASTER_KEY", "TOPSECRET"),
        copy.to_string(),
    ] {
        let shown = format!("{:?}", reading(&text));
        assert!(!shown.contains("TOPSECRET"), "{shown}");
    }
    let number = json!({"kind": "Deployment", "metadata": {"name": "gateway"}, "spec": {"template":
        {"spec": {"password": 714_253, "containers": [{"name": "gateway"}]}}}});
    assert!(!format!("{:?}", reading(&number.to_string())).contains("714253"));
}

#[test]
fn what_only_sounds_like_a_secret_is_shown() {
    let from = json!({"secretKeyRef": {"name": "db-login", "key": "url"}});
    let text = deployment(&json!({
        "env": [{"name": "DATABASE_PASSWORD", "valueFrom": from}],
        "command": ["run", "--docs=https://docs.example/guide"],
    }));
    let shown = format!("{:?}", reading(&text).left);
    for value in ["db-login", "url", "https://docs.example/guide"] {
        assert!(shown.contains(value), "{value}: {shown}");
    }
    let cost = json!({"model_list": [{"model_name": "m", "litellm_params":
        {"model": "openai/gpt-4o", "audio_cost_per_token": "0.25", "api_key": "os.environ/K"}}]});
    let shown = format!("{:?}", reading(&cost.to_string()).left);
    assert!(
        shown.contains("0.25") && shown.contains("os.environ/K"),
        "{shown}"
    );
}
