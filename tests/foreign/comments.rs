//! JSON with comments and trailing commas.

use kt_capacity::import::Kind;

use super::{reading, refused, why};

const PORTKEY: &str = r#"{
  // main
  "strategy": {"mode": "fallback"},
  "targets": [
    {"provider": "openai", "override_params": {"model": "gpt-4o"}}, // first
    {"provider": "anthropic", "override_params": {"model": "claude-sonnet-4-5"}},
  ]
}"#;

#[test]
fn a_comment_before_a_key_leaves_the_key() {
    let read = reading(PORTKEY);
    let rows: Vec<_> = read
        .scenario
        .providers
        .iter()
        .map(|row| (&*row.vendor, row.order))
        .collect();
    // Without its mode both would be first.
    assert_eq!(rows, [("openai", 0), ("anthropic", 1)]);
    assert_eq!(read.taken[0].line, Some(5), "{:#?}", read.taken);

    let text = "// ours\n{\n  \"client\": {\"drop_excess_requests\": true},\n  \"providers\": {\n \
                   // openai\n    \"openai\": {\"keys\": [{\"models\": [\"gpt-4o\"]}], \
                \"concurrency_and_buffer_size\": {\"concurrency\": 7, \"buffer_size\": 9}}\n  }\n}";
    for text in [
        text.to_owned(),
        text.replace("// openai", "/* openai\n */"),
        text.replace("//", "#"),
    ] {
        let read = reading(&text);
        assert_eq!(read.kinds, [Kind::Bifrost], "{text}");
        let row = &read.scenario.providers[0];
        assert_eq!((&*row.vendor, &*row.model), ("openai", "gpt-4o"), "{text}");
        assert_eq!(read.scenario.gateway.queue_max_size, 9, "{text}");
    }

    let text = "{\n \"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\",\n \"metadata\": \
                {\"name\": \"gw\"},\n // spec follows\n \"spec\": {\"replicas\": 3, \"template\": \
                {\"spec\": {\"containers\": [{\"name\": \"gw\", \"resources\": {\"requests\": \
                {\"cpu\": \"2\"}}}]}}}\n}";
    let read = reading(text);
    assert_eq!(read.scenario.gateway.vcpu, Some(2.0));
    assert!(why(&read, "spec.replicas").contains("no autoscaler"));
}

#[test]
fn signs_in_a_text_are_no_comment() {
    let text = r#"{"model_list": [{"model_name": "a//b", "litellm_params":
        {"model": "openai/x // y, ]", "api_base": "https://a.openai.azure.com"}},]}"#;
    let read = reading(text);
    assert_eq!(read.scenario.providers[0].model, "x // y, ]");
    assert_eq!(read.scenario.providers[0].vendor, "azure-openai");
    // One-line YAML has addresses without quotes.
    let text = "{model_list: [{model_name: a, litellm_params: {model: openai/x, \
                api_base: https://api.groq.com/openai/v1, rpm: 7}}]} # ours";
    let row = &reading(text).scenario.providers[0];
    assert_eq!((&*row.vendor, row.limits.rpm), ("groq", Some(7.0)));
    // Neither JSON nor plain YAML: words without quotes, and comments.
    let text = "{\n  // mode\n  strategy: {mode: 'fallback'},\n  targets: [{provider: 'openai'}, \
                {provider: 'groq'}],\n}";
    assert_eq!(reading(text).scenario.providers[1].order, 1);
}

#[test]
fn a_slip_behind_a_comment_is_told_with_its_line() {
    let text = "{\n  // one\n  \"strategy\": {\"mode\": \"fallback\"}\n  \"targets\": []\n}";
    let problem = refused(text).to_string();
    assert!(problem.contains("line 4"), "{problem}");
}
