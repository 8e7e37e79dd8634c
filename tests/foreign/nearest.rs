//! Of several settings for a request the nearest applies: its route's policy, a plugin on it.

use kt_capacity::import::Unreadable;

use super::{asked, reading, refused, why};

const ROUTE: &str = "\
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIGatewayRoute
metadata: {name: ai}
spec:
  parentRefs: [{name: gw, kind: Gateway}]
  rules:
  - matches: [{headers: [{type: Exact, name: x-ai-eg-model, value: gpt-4o}]}]
    backendRefs: [{name: openai}]
";

fn policy(name: &str, target: &str, spec: &str) -> String {
    let target = match target.split_once('/') {
        Some((kind, name)) => format!("targetRefs: [{{kind: {kind}, name: {name}}}], "),
        None => String::new(),
    };
    format!(
        "---\napiVersion: gateway.envoyproxy.io/v1alpha1\nkind: BackendTrafficPolicy\n\
         metadata: {{name: {name}}}\nspec: {{{target}{spec}}}\n"
    )
}

const ONE: &str = "retry: {numRetries: 1}, timeout: {http: {requestTimeout: 3s}}";
const FIVE: &str = "retry: {numRetries: 5}";

/// The first call and the retries, and the patience of the clients.
fn calls(text: &str) -> (u32, f64) {
    let gateway = reading(text).scenario.gateway;
    (gateway.retry.attempts, gateway.client_timeout_s)
}

#[test]
fn a_policy_of_another_route_says_nothing() {
    let web = policy("web", "HTTPRoute/website", ONE);
    let own = policy("own", "HTTPRoute/ai", FIVE);
    // 60 s and one call are what the gateway does without a policy.
    let alone = format!("{ROUTE}{web}");
    assert_eq!(calls(&alone), (1, 60.0));
    assert!(why(&reading(&alone), "spec").contains("not in this text"));
    for text in [format!("{ROUTE}{web}{own}"), format!("{ROUTE}{own}{web}")] {
        assert_eq!(calls(&text), (6, 60.0));
    }
    // Without a route in the text, a policy is all that there is.
    assert_eq!(calls(web.trim_start_matches("---\n")), (2, 3.0));
}

#[test]
fn the_policy_of_the_route_goes_before_that_of_its_gateway() {
    let gateway = policy("all", "Gateway/gw", ONE);
    let other = policy("other", "Gateway/gw2", FIVE);
    let own = policy("own", "HTTPRoute/ai", FIVE);
    assert_eq!(calls(&format!("{ROUTE}{gateway}{other}")), (2, 3.0));
    // Nothing of the gateway's is left, its timeout neither.
    let both = format!("{ROUTE}{gateway}{own}");
    assert_eq!(calls(&both), (6, 60.0));
    assert!(why(&reading(&both), "spec").contains("mergeType"));
    let merged = policy(
        "own",
        "HTTPRoute/ai",
        &format!("mergeType: StrategicMerge, {FIVE}"),
    );
    let merged = reading(&format!("{ROUTE}{gateway}{merged}"));
    assert_eq!(merged.scenario.gateway.client_timeout_s.to_string(), "3");
    // Limits likewise: the route's 900 a minute, not the gateway's 100.
    let limit = |requests: u32| {
        let limit = format!("{{limit: {{requests: {requests}, unit: Minute}}}}");
        format!("rateLimit: {{type: Global, global: {{rules: [{limit}]}}}}")
    };
    let gateway = policy("all", "Gateway/gw", &limit(100));
    let own = policy("own", "HTTPRoute/ai", &limit(900));
    let rpm = |text: &str| reading(text).scenario.providers[0].limits.rpm;
    assert_eq!(rpm(&format!("{ROUTE}{gateway}")), Some(100.0));
    assert_eq!(rpm(&format!("{ROUTE}{gateway}{own}")), Some(900.0));
}

#[test]
fn of_two_policies_of_one_route_the_reader_chooses() {
    let (one, five) = (policy("b1", "", ONE), policy("b2", "", FIVE));
    let text = format!("{ROUTE}{one}{five}");
    let names = vec!["b1".to_owned(), "b2".to_owned()];
    let Unreadable::Several(_, found) = refused(&text) else {
        panic!("not asked");
    };
    assert_eq!(found, names);
    let read = asked(&text, "b2");
    assert_eq!(read.scenario.gateway.retry.attempts, 6);
    assert!(why(&read, "spec").contains("b2"));
    // Those that agree, or speak of different things, need no choice.
    assert_eq!(
        calls(&format!("{ROUTE}{one}{}", policy("b2", "", ONE))),
        (2, 3.0)
    );
    let timeout = policy("b2", "", "timeout: {http: {requestTimeout: 9s}}");
    assert_eq!(
        calls(&format!("{ROUTE}{}{timeout}", policy("b1", "", FIVE))),
        (6, 9.0)
    );
}

#[test]
fn of_the_policies_of_two_routes_the_smallest_counts_in_any_order() {
    let second = ROUTE
        .replace("name: ai}", "name: ai2}")
        .replace("gpt-4o", "gpt-4o-mini");
    let (one, five) = (
        policy("z", "HTTPRoute/ai", ONE),
        policy("a", "HTTPRoute/ai2", FIVE),
    );
    for text in [
        format!("{ROUTE}---\n{second}{one}{five}"),
        format!("{ROUTE}---\n{second}{five}{one}"),
    ] {
        let read = reading(&text);
        assert_eq!(read.scenario.gateway.retry.attempts, 2);
        assert!(why(&read, "numRetries").contains("more than BackendTrafficPolicy z has"));
    }
}

/// A chat route with shares of 1 and 3, and one for embeddings beside it.
fn kong(chat: &str, service: &str, all: &str) -> String {
    format!(
        "_format_version: '3.0'\nservices:\n- name: a\n  routes:\n  - name: chat\n    \
         plugins:\n    - name: ai-proxy-advanced\n      config: {{targets: [{{weight: 100, model: \
         {{provider: openai, name: gpt-4o}}}}, {{weight: 300, model: {{provider: azure, name: \
         gpt-4o}}}}]}}\n{chat}  - name: embed\n    plugins:\n    - name: ai-proxy\n      config: \
         {{model: {{provider: openai, name: text-embedding-3-small}}}}\n{service}{all}"
    )
}

fn limit(indent: &str, more: &str, limit: u32) -> String {
    format!(
        "{indent}- name: ai-rate-limiting-advanced\n{indent}  {more}config: {{llm_providers: \
         [{{name: openai, limit: [{limit}], window_size: [60]}}]}}\n"
    )
}

fn tokens(text: &str) -> Vec<Option<f64>> {
    let read = reading(text);
    read.scenario
        .providers
        .iter()
        .map(|row| row.limits.tpm)
        .collect()
}

#[test]
fn a_plugin_on_a_route_replaces_the_same_on_its_service() {
    let service = format!("  plugins:\n{}", limit("  ", "", 5_000));
    let all = format!("plugins:\n{}", limit("", "", 700));
    // The chat route has 3,000 of its own; the embeddings alone have the service's 5,000.
    let text = kong(&limit("    ", "", 3_000), &service, "");
    let found = tokens(&text);
    assert_eq!((found[0], found[2]), (Some(3_000.0), Some(5_000.0)));
    // What holds for all goes behind both; that leaves nobody for it.
    let text = kong(&limit("    ", "", 3_000), &service, &all);
    let found = tokens(&text);
    assert_eq!((found[0], found[2]), (Some(3_000.0), Some(5_000.0)));
    assert!(why(&reading(&text), "limit.0").contains("nearest counts"));
    // One that is switched off replaces nothing: shares of 25 and 100 have 5,000 together.
    let off = limit("    ", "enabled: false\n      ", 3_000);
    let found = tokens(&kong(&off, &service, ""));
    assert_eq!((found[0], found[2]), (Some(1_000.0), Some(4_000.0)));
}

#[test]
fn a_plugin_of_the_top_list_hangs_where_it_says() {
    let service = format!("  plugins:\n{}", limit("  ", "", 5_000));
    for target in ["route: chat\n  ", "route: {name: chat}\n  "] {
        let all = format!("plugins:\n{}", limit("", target, 3_000));
        let found = tokens(&kong("", &service, &all));
        assert_eq!(
            (found[0], found[2]),
            (Some(3_000.0), Some(5_000.0)),
            "{target}"
        );
    }
    // A route of the top list belongs to the service that it names.
    let flat = "_format_version: '3.0'\nservices:\n- name: a\n- name: b\nroutes:\n- name: chat\n  \
                service: {name: b}\n  plugins:\n  - name: ai-proxy\n    config: {model: {provider: \
                openai, name: gpt-4o}}\nplugins:\n";
    let of_a = format!("{flat}{}", limit("", "service: a\n  ", 900));
    assert!(why(&reading(&of_a), "limit.0").contains("no plugin here sends"));
    let of_b = format!("{flat}{}", limit("", "service: b\n  ", 900));
    assert_eq!(tokens(&of_b), [Some(900.0)]);
}

#[test]
fn a_proxy_on_each_route_replaces_that_of_the_service() {
    let proxy = |model: &str| {
        format!("- {{name: ai-proxy, config: {{model: {{provider: openai, name: {model}}}}}}}\n")
    };
    let text = format!(
        "_format_version: '3.0'\nservices:\n- name: a\n  plugins:\n  {}  routes:\n  - name: r\n    \
         plugins:\n    {}",
        proxy("gpt-4o-mini"),
        proxy("gpt-4o")
    );
    let read = reading(&text);
    let models: Vec<&str> = read
        .scenario
        .providers
        .iter()
        .map(|row| &*row.model)
        .collect();
    assert_eq!(models, ["gpt-4o"]);
    let more = format!("{text}  - name: other\n");
    assert_eq!(reading(&more).scenario.providers.len(), 2);
}
