//! Unreadable values differ from missing ones, and rows rejected by a gateway are not providers.

use serde_json::json;

use super::{Scenario, most, reading, why};

/// The text of a filled-in value by its label; none where nothing is filled in.
fn filled(reading: &super::Reading, label: &str) -> Option<String> {
    let mut filled = reading.filled.iter();
    let found = filled.find(|one| one.label.ends_with(label))?;
    Some(found.value.clone())
}

#[test]
fn a_target_that_cannot_be_read_is_not_absent() {
    let before = Scenario::default().gateway.hpa;
    let hpa = |target: &str| {
        format!(
            "{}  metrics:\n  - {{type: Resource, resource: {{name: cpu, target: {{type: \
             Utilization, averageUtilization: {target}}}}}}}\n",
            super::HPA
        )
    };
    for target in ["70%", "\"${CPU}\"", "many"] {
        let read = reading(&hpa(target));
        assert_eq!(read.scenario.gateway.hpa.cpu_percent, before.cpu_percent);
        assert_eq!(filled(&read, "CPU target"), None, "{target}");
        assert!(
            why(&read, "averageUtilization").contains("it stays"),
            "{target}"
        );
    }
    assert!(why(&reading(&hpa("\"${CPU}\"")), "averageUtilization").contains("a placeholder"));
    let keda = "kind: ScaledObject\nmetadata: {name: gateway}\nspec:\n  triggers:\n  - {type: cpu, \
                metricType: Utilization, metadata: {value: \"${CPU}\"}}\n  - {type: prometheus, \
                metadata: {query: sum(kt_request_queue_depth), threshold: many}}\n  - {type: \
                prometheus, metadata: {query: sum(other), threshold: many}}\n";
    let read = reading(keda);
    let hpa = &read.scenario.gateway.hpa;
    assert_eq!(
        (hpa.cpu_percent, hpa.queue_depth),
        (before.cpu_percent, before.queue_depth)
    );
    assert!(why(&read, "triggers.0.metadata.value").contains("it stays"));
    assert!(why(&read, "triggers.1.metadata.threshold").contains("it stays"));
    assert!(why(&read, "triggers.2.metadata.threshold").contains("is no number"));
    let values = "autoscaling:\n  enabled: true\n  maxReplicas: 7\n  \
                  targetCPUUtilizationPercentage: 80%\n";
    let read = reading(values);
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, before.cpu_percent);
    assert_eq!(filled(&read, "CPU target"), None);
    assert!(why(&read, "targetCPUUtilizationPercentage").contains("it stays"));
}

/// `policies-empty-list` of the held rules: at least one policy once the list is given.
#[test]
fn a_list_without_policies_is_refused_and_not_filled() {
    let text = format!(
        "{}  behavior: {{scaleUp: {{stabilizationWindowSeconds: 9, policies: []}}}}\n",
        super::HPA
    );
    let read = reading(&text);
    let (before, hpa) = (Scenario::default().gateway.hpa, &read.scenario.gateway.hpa);
    assert!(why(&read, "scaleUp.policies").contains("an API server refuses"));
    assert_eq!(filled(&read, "Up step"), None);
    assert_eq!(hpa.up_percent, before.up_percent);
    assert_eq!(hpa.up_window_s, 9);
}

#[test]
fn small_facts_of_objects_are_told() {
    let keda = "kind: ScaledObject\nmetadata: {name: gateway}\nspec:\n  triggers:\n  - {type: cpu, \
                metadata: {type: Utilization, value: \"65\"}}\n";
    let read = reading(keda);
    assert_eq!(read.scenario.gateway.hpa.cpu_percent, Some(65));
    assert!(why(&read, "triggers.0.metadata.type").contains("removed in KEDA 2.18"));
    let quoted = super::DEPLOYMENT.replace(
        "{replicas: 5,",
        "{strategy: {rollingUpdate: {maxSurge: \"1\"}},",
    );
    let read = reading(&quoted);
    let surge = read
        .taken
        .iter()
        .find(|one| one.place.ends_with("maxSurge"))
        .unwrap();
    assert!(surge.note.as_deref().unwrap().contains("in quotes"));
    let metric = |selector: &str| {
        format!(
            "{}  metrics:\n  - {{type: Object, object: {{describedObject: {{kind: Service, name: \
             a}}, metric: {{name: rps{selector}}}, target: {{type: Value, value: 9}}}}}}\n",
            super::HPA
        )
    };
    let note = |text: &str| {
        let read = reading(text);
        let own = read.taken.iter().find(|one| one.label == "Further metrics");
        own.unwrap().note.clone().unwrap_or_default()
    };
    assert!(!note(&metric("")).contains("labels"));
    assert!(note(&metric(", selector: {matchLabels: {a: b}}")).contains("labels"));
    let pod = format!("{}---\nkind: Pod\nmetadata: {{name: a}}\n", super::HPA);
    assert!(why(&reading(&pod), "Pod").contains("what a Deployment makes"));
}

#[test]
fn rows_that_litellm_refuses_are_no_deployments() {
    let good = json!({"model_name": "a", "litellm_params": {"model": "openai/gpt-4o",
        "max_tokens": 2_000}, "model_info": {"max_input_tokens": 100_000,
        "max_output_tokens": 4_096}});
    let none = json!({"model_name": "c", "litellm_params": {"model": null, "rpm": 5}});
    let text = json!({"model_list": [good, {"model_name": "b"}, "junk", none]}).to_string();
    let read = reading(&text);
    assert_eq!(read.scenario.providers.len(), 1);
    for row in ["model_list.1", "model_list.2", "model_list.3"] {
        assert!(why(&read, row).contains("LiteLLM refuses it"), "{row}");
    }
    let row = &read.scenario.providers[0];
    assert_eq!(
        (row.context, row.answer_max),
        (Some(100_000.0), Some(4_096.0))
    );
    assert!(why(&read, "litellm_params.max_tokens").contains("Max output, reserved"));
}

/// A gateway's default counts beside the values of other services: the longest timeout applies to
/// all, and the fewest retries.
#[test]
fn what_a_gateway_fills_in_counts_beside_what_others_say() {
    let provider = |network: &serde_json::Value| json!({"keys": [], "network_config": network});
    let bifrost = |seconds: u32, retries: u32| {
        let said = json!({"default_request_timeout_in_seconds": seconds, "max_retries": retries});
        let text = json!({"providers": {"openai": provider(&said), "groq": provider(&json!({}))}});
        reading(&text.to_string())
    };
    // 30 s of the other one are longer than 10 s, and shorter than 90 s; without retries it calls
    // once, where the first would 4 times.
    let read = bifrost(10, 3);
    assert_eq!(read.scenario.gateway.client_timeout_s.to_string(), "30");
    assert_eq!(read.scenario.gateway.retry.attempts, 1);
    assert!(why(&read, "timeout_in_seconds").contains("Bifrost's default"));
    assert_eq!(filled(&read, "Attempts").as_deref(), Some("1"));
    let longer = bifrost(90, 0).scenario.gateway.client_timeout_s;
    assert_eq!(longer.to_string(), "90");
    let apisix = |ms: u32| {
        let proxy = |more: serde_json::Value| {
            let mut own = json!({"provider": "deepseek", "options": {"model": "deepseek-chat"}});
            own["timeout"] = more;
            json!({"plugins": {"ai-proxy": own}})
        };
        let text = json!({"routes": [proxy(json!(ms)), proxy(json!(null))]});
        reading(&text.to_string()).scenario.gateway.client_timeout_s
    };
    // APISIX gives a call 30,000 ms.
    assert_eq!((apisix(9_000), apisix(40_000)), (30.0, 40.0));
    let envoy = |span: &str| {
        let text = format!(
            "kind: AIGatewayRoute\nmetadata: {{name: a}}\nspec:\n  rules:\n  - backendRefs: \
             [{{name: openai}}]\n    timeouts: {{request: {span}}}\n  - backendRefs: [{{name: \
             groq}}]\n"
        );
        reading(&text).scenario.gateway.client_timeout_s
    };
    // Envoy AI Gateway gives a rule 60 s.
    assert_eq!((envoy("45s"), envoy("90s")), (60.0, 90.0));
}

#[test]
fn a_circuit_breaker_has_the_queue() {
    let text = "kind: AIGatewayRoute\nmetadata: {name: a}\nspec: {rules: [{backendRefs: [{name: \
                openai}]}]}\n---\nkind: BackendTrafficPolicy\nmetadata: {name: p}\nspec: \
                {targetRefs: [{kind: AIGatewayRoute, name: a}], circuitBreaker: \
                {maxPendingRequests: 100, maxParallelRequests: 2048}}\n";
    let read = reading(text);
    let queue = read
        .taken
        .iter()
        .find(|one| one.place.ends_with("maxPendingRequests"));
    assert_eq!(queue.unwrap().value, "100 requests");
    assert!(why(&read, "maxParallelRequests").contains("At once"));
}

#[test]
fn limits_of_a_pack_that_are_no_numbers_are_told() {
    let text = "providers:\n  targets:\n    - {id: openai, provider: openai, model: gpt-4o, \
                priority: 1, rate_limits: {requests_per_minute: 5k, tokens_per_minute: -1}}\n    - \
                {id: b, provider: {name: anthropic, model: claude-sonnet-4-5}, priority: 2}\n";
    let read = reading(text);
    let of = |place: &str| {
        let found = read.left.iter().filter(|left| left.place.ends_with(place));
        found
            .map(|left| (left.why.clone(), left.value.clone(), left.line))
            .collect::<Vec<_>>()
    };
    let requests = of("requests_per_minute");
    assert!(
        requests[0].0.contains("is no number: RPM takes 0 to"),
        "{requests:?}"
    );
    assert_eq!(
        (requests[0].1.as_deref(), requests[0].2),
        (Some("5k"), Some(3))
    );
    let tokens = of("tokens_per_minute");
    assert_eq!(tokens.len(), 1);
    assert!(tokens[0].0.contains("TPM takes 0 to"));
    let taken = |label: &str| read.taken.iter().any(|one| one.label.ends_with(label));
    assert!(!taken("RPM") && !taken("TPM"));
    assert!(of("priority").is_empty() && taken("Place in the order"));
    let second = &read.scenario.providers[1];
    assert_eq!(
        (&*second.vendor, &*second.model),
        ("anthropic", "claude-sonnet-4-5")
    );
}

/// app may open 12 over all pools, and `kt_ro` is bounded by 15 itself: 12 + 15 = 27. Two databases
/// of one user share the bound of 10, and a third of another user has its pool of 20.
#[test]
fn the_bound_of_a_user_holds_over_all_of_its_pools() {
    let of = |text: &str| reading(text).scenario.database.pooler_connections;
    let users = "[databases]\nkt = host=db user=app\nkt_ro = host=db user=ro \
                 max_db_connections=15\n[users]\napp = \
                 max_user_connections=12\n[pgbouncer]\ndefault_pool_size = \
                 40\nmax_user_connections = 70\n";
    assert_eq!(of(users), Some(27));
    let shared = "[databases]\na = host=db user=app\nb = host=db user=app\nc = host=db user=own\n\
                  [users]\napp = max_user_connections=10\n[pgbouncer]\n";
    assert_eq!(of(shared), Some(30));
    // A size of the user's own goes before that of the database.
    let sized = "[databases]\na = host=db user=app pool_size=50\n[users]\napp = pool_size=7\n\
                 [pgbouncer]\nmax_user_connections = 0\n";
    assert_eq!(of(sized), Some(7));
    assert!(why(&reading(sized), "databases.a.pool_size").contains("of its user counts"));
    // A named user has one pool, however many connections the database allows; PgBouncer knows no
    // such bound of a user.
    let one = "[databases]\na = host=db user=app pool_size=20 max_db_connections=100\n[users]\n\
               app = max_db_connections=6\n[pgbouncer]\nreserve_pool_size = 0\n";
    assert_eq!(of(one), Some(20));
}

#[test]
fn a_part_of_a_file_of_kong_is_read() {
    let text = "services:\n- name: s\n  routes:\n  - name: r\n    plugins:\n    - name: \
                ai-proxy-advanced\n      config: {targets: [{model: {provider: openai, name: \
                gpt-4o, options: {max_tokens: 9}}}]}\n";
    let read = reading(text);
    assert_eq!(read.scenario.providers[0].model, "gpt-4o");
    assert!(why(&read, "options.max_tokens").contains("Max output"));
}

#[test]
fn models_of_a_cloud_are_those_of_its_keys() {
    let key = json!({"weight": 1, "models": [], "azure_key_config": {"deployments":
        {"gpt-4o": "gpt-4o-prod", "gpt-4o-mini": "small"}}});
    let read = reading(
        &json!({"providers": {"azure": {"keys": [key], "network_config":
        {"retry_backoff_initial": "300ms"}}}})
        .to_string(),
    );
    assert_eq!(read.scenario.providers[0].model, "gpt-4o");
    assert_eq!(read.scenario.gateway.retry.delay_ms.to_string(), "300");
    assert!(why(&read, "deployments.gpt-4o-mini").contains("a row has one model"));
}

/// The signs of a sentence behind a link are none of its last value, and a name keeps its own.
#[test]
fn a_link_ends_before_the_signs_of_its_sentence() {
    let link = "https://a.example/#v=1&requests-per-day=200000";
    for text in [
        format!("(see {link})"),
        format!("(see {link})."),
        format!("Look at {link}!"),
        format!("Have you seen {link}?"),
        format!("‘{link}’"),
        format!("**{link}**"),
        format!("_{link}_"),
        format!("<{link}|plan>"),
        format!("|{link}|"),
        format!("So {link}…"),
        format!("{link}\u{200b}"),
        format!("{link}!!!"),
    ] {
        let read = reading(&text);
        assert_eq!(
            read.scenario.workloads[0].requests.to_string(),
            "200000",
            "{text}"
        );
        assert!(read.left.is_empty(), "{text}: {:?}", read.left);
    }
    let named = "https://a.example/#v=1&requests-per-day=7&name=Plan+B!";
    assert_eq!(reading(named).scenario.name, "Plan B!");
    assert_eq!(
        most(&reading(named)),
        Scenario::default().gateway.hpa.replicas_max
    );
}

/// Signs after a value are reported, not stripped.
#[test]
fn a_unit_or_an_open_range_behind_a_link_is_told() {
    for value in ["200€", "40k.."] {
        let link = format!("https://capacity.example/#v=2&requests-per-day={value}");
        let read = reading(&link);
        assert_eq!(read.left.len(), 1, "{value}: {:?}", read.left);
    }
}

#[test]
fn what_a_deployment_makes_leads_to_it() {
    for kind in ["Pod", "ReplicaSet"] {
        let text = format!(
            "apiVersion: v1\nkind: {kind}\nmetadata: {{name: gateway}}\nspec: {{containers: \
             [{{name: gateway}}]}}\n"
        );
        let problem = super::refused(&text).to_string();
        assert!(problem.starts_with(&format!(
            "This is a {kind}, which is what a Deployment makes"
        )));
        assert!(problem.contains("kubectl get deployment NAME"), "{problem}");
    }
}

/// A pack whose providers are a list.
#[test]
fn a_list_of_providers_in_a_pack_is_that_of_its_targets() {
    let row = |id: &str, who: &str, rpm: u32| {
        format!("- {{id: {id}, provider: {who}, rate_limits: {{requests_per_minute: {rpm}}}}}")
    };
    let rows = [row("a", "openai", 77), row("b", "groq", 66)].join("\n  ");
    for head in ["pack: {name: p, version: \"1\"}\n", ""] {
        let read = reading(&format!("{head}providers:\n  {rows}\n"));
        let rows = &read.scenario.providers;
        let said: Vec<_> = rows
            .iter()
            .map(|row| (&*row.vendor, row.limits.rpm))
            .collect();
        assert_eq!(
            said,
            [("openai", Some(77.0)), ("groq", Some(66.0))],
            "{head}"
        );
        assert!(why(&read, "providers").contains("below providers.targets"));
    }
}
