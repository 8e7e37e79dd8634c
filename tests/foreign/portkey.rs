//! Settings and servers of Portkey's targets, and what each inherits.

use serde_json::{Value, json};

use super::{reading, why};
use kt_capacity::import::Reading;
use kt_capacity::scenario::Scenario;

fn target(more: &Value) -> Value {
    let mut target = json!({"provider": "openai", "override_params": {"model": "gpt-4o"}});
    for (key, value) in more.as_object().into_iter().flatten() {
        target[key] = value.clone();
    }
    target
}

/// Targets in an order, inside a node with settings.
fn fallback(around: &Value, targets: &[Value]) -> Reading {
    let mut whole = json!({"strategy": {"mode": "fallback"}, "targets": targets});
    for (key, value) in around.as_object().into_iter().flatten() {
        whole[key] = value.clone();
    }
    reading(&whole.to_string())
}

fn settings(read: &Reading) -> (u32, f64) {
    let gateway = &read.scenario.gateway;
    (gateway.retry.attempts, gateway.client_timeout_s)
}

/// The calculator has one timeout and one number of attempts: what one target alone has is not
/// everybody's. Without `retry` Portkey calls once, and without `request_timeout` it waits.
#[test]
fn a_setting_of_one_target_is_none_of_the_others() {
    let bare = target(&json!({}));
    let own = target(&json!({"request_timeout": 5_000, "retry": {"attempts": 2}}));
    let patience = Scenario::default().gateway.client_timeout_s;
    for targets in [[bare.clone(), own.clone()], [own.clone(), bare.clone()]] {
        let read = fallback(&json!({}), &targets);
        assert_eq!(settings(&read), (1, patience));
        let place = usize::from(targets[1] == own);
        let told = why(&read, &format!("targets.{place}.retry.attempts"));
        assert!(told.contains("without retry it calls once"), "{told}");
        let told = why(&read, &format!("targets.{place}.request_timeout"));
        assert!(told.contains("another target has none"), "{told}");
    }
    // Two retries are three calls; the longest time of all is 5 s.
    let other = target(&json!({"request_timeout": 4_000, "retry": {"attempts": 3}}));
    assert_eq!(
        settings(&fallback(&json!({}), &[own.clone(), other])),
        (3, 5.0)
    );
    // A target has what stands around it, unless it has its own.
    let around = json!({"request_timeout": 9_000, "retry": {"attempts": 4}});
    let read = fallback(&around, &[bare, own.clone()]);
    assert_eq!(settings(&read), (3, 9.0));
    let read = fallback(&around, &[own.clone(), own]);
    assert_eq!(settings(&read), (3, 5.0));
    let mut left = read.left.iter();
    let around = left.find(|left| left.place == "request_timeout").unwrap();
    assert_eq!(around.why, "each of its targets has its own");
}

/// A server that speaks a vendor's dialect has neither its limits nor its prices.
#[test]
fn a_server_of_ones_own_is_not_openai() {
    let host = "http://vllm.internal:8000/v1";
    let vendor = |read: &Reading| read.scenario.providers[0].vendor.clone();
    let own = target(&json!({"custom_host": host}));
    assert_eq!(vendor(&reading(&own.to_string())), "custom");
    let read = fallback(&json!({"custom_host": host}), &[target(&json!({}))]);
    assert_eq!(vendor(&read), "custom");
    let itself = target(&json!({"custom_host": "https://api.openai.com/v1"}));
    assert_eq!(vendor(&reading(&itself.to_string())), "openai");
    let bifrost = |address: &str| {
        let text = json!({"providers": {"openai": {"keys": [{"models": ["gpt-4o"]}],
            "network_config": {"base_url": address}}}});
        vendor(&reading(&text.to_string()))
    };
    assert_eq!(bifrost("http://vllm:8000"), "custom");
    assert_eq!(bifrost("https://api.openai.com"), "openai");
}
