//! Small equivalents of public manifests, values and configurations, each with the values that a
//! person reads off it, and variants of them: nothing may depend on names, order or numbers.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;

use kt_capacity::catalog::date::{Date, date};
use kt_capacity::import::{Reading, Unreadable, read, read_object, text};
use kt_capacity::scenario::{Scenario, file};
use serde_json::{Value, json};

const TODAY: Date = date(2026, 11, 23);

fn case(name: &str) -> String {
    let entries = fs::read_dir("tests/files").unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let start = format!("{name}-");
    let path = paths.find(|path| {
        let file = path.file_name().unwrap().to_str().unwrap();
        file.starts_with(&start)
    });
    text(&fs::read(path.unwrap()).unwrap()).unwrap()
}

#[track_caller]
fn reading(text: &str) -> Reading {
    read(text, &Scenario::default(), TODAY).unwrap_or_else(|why| panic!("{why}: {text}"))
}

#[track_caller]
fn refused(text: &str) -> Unreadable {
    read(text, &Scenario::default(), TODAY)
        .map(drop)
        .unwrap_err()
}

/// The inputs in which a reading differs from the default scenario.
fn changed(reading: &Reading) -> Value {
    let (before, after) = (
        file::to_json(&Scenario::default()),
        file::to_json(&reading.scenario),
    );
    let after = after.as_object().unwrap().clone();
    after
        .into_iter()
        .filter(|(key, value)| before[key] != *value)
        .collect()
}

#[track_caller]
fn check(name: &str, expected: &Value) {
    assert_eq!(changed(&reading(&case(name))), *expected, "{name}");
}

/// An autoscaler whose file has no behavior, by what Kubernetes fills in, with more beside.
fn filled(more: &Value) -> Value {
    let mut all = json!({
        "hpa-queue": null,
        "hpa-up-window": 0, "hpa-up-percent": 100, "hpa-up-period": 15,
        "hpa-up-pods": 4, "hpa-up-pods-period": 15,
        "hpa-down-percent": 100, "hpa-down-period": 15,
    });
    let more = more.as_object().unwrap().clone();
    all.as_object_mut().unwrap().extend(more);
    // The defaults of a scenario that are the same.
    let same = json!({
        "hpa-cpu": 70, "hpa-min": 2, "hpa-max": 20, "hpa-queue": 50, "hpa-down-window": 300,
        "hpa-down-percent": 25
    });
    let is_news = |(key, value): &(String, Value)| same[key] != *value;
    let all = all.as_object().unwrap().clone();
    all.into_iter().filter(is_news).collect()
}

#[test]
fn autoscalers_say_what_the_cluster_would_run() {
    check(
        "20",
        &filled(&json!({"hpa-min": 1, "hpa-max": 100, "hpa-cpu": 60, "hpa-memory": 80})),
    );
    check("24", &filled(&json!({"hpa-max": 8, "hpa-cpu": 80})));
    check("25", &filled(&json!({"hpa-cpu": 55})));
    check(
        "32",
        &filled(&json!({"hpa-min": 4, "hpa-max": 12, "hpa-cpu": 80})),
    );
    check(
        "33",
        &filled(&json!({"hpa-min": 4, "hpa-max": 12, "hpa-cpu": 65})),
    );
    check(
        "35",
        &filled(&json!({"hpa-min": 4, "hpa-max": 12, "hpa-cpu": 80})),
    );
    check(
        "36",
        &filled(&json!({"hpa-min": 4, "hpa-max": 12, "hpa-cpu": 65})),
    );
    check(
        "38",
        &filled(&json!({"hpa-min": 4, "hpa-max": 12, "hpa-cpu": 80})),
    );
    check(
        "40",
        &filled(&json!({"hpa-min": 4, "hpa-max": 12, "hpa-cpu": 80})),
    );
    check("71", &filled(&json!({"hpa-min": 1, "hpa-max": 10})));
}

#[test]
fn quoted_numbers_and_policies_of_the_file_count() {
    let expected = json!({
        "hpa-min": 4, "hpa-max": 12, "hpa-cpu": 65, "hpa-queue": null,
        "hpa-up-window": 30, "hpa-up-percent": 200, "hpa-up-period": 15,
        "hpa-down-percent": 100, "hpa-down-period": 15,
    });
    check("31", &expected);
    let mut disabled = filled(&json!({
        "hpa-min": 3, "hpa-max": 10, "hpa-cpu": 80,
        "hpa-down-select": "disabled", "hpa-down-percent": null,
    }));
    disabled.as_object_mut().unwrap().remove("hpa-down-period");
    check("72", &disabled);
}

#[test]
fn scaled_objects_have_kedas_defaults_and_units() {
    check(
        "43",
        &filled(&json!({
            "hpa-min": 1, "hpa-max": 10, "hpa-cpu": null,
            "hpa-metrics": "external-average/http_requests_total:rate2m/100/1",
        })),
    );
    // KEDA fills in 0.
    check(
        "45",
        &filled(&json!({"hpa-min": 0, "hpa-max": 100, "hpa-cpu": 60})),
    );
    // 80 of a CPU's AverageValue are 80 vCPU of each pod, and no percentage.
    check(
        "46",
        &filled(&json!({"hpa-max": 10, "hpa-cpu": null, "hpa-cpu-average": 80})),
    );
    check(
        "48",
        &filled(&json!({"hpa-max": 10, "hpa-cpu": null, "hpa-queue": 25})),
    );
    check("49", &filled(&json!({"hpa-min": 12, "hpa-cpu": 60})));
    let told: Vec<(String, String)> = reading(&case("45"))
        .filled
        .iter()
        .filter(|filled| filled.place.ends_with("Period") || filled.place.ends_with("Interval"))
        .map(|filled| (filled.place.clone(), filled.value.clone()))
        .collect();
    let expected = [
        ("spec.cooldownPeriod", "300 s"),
        ("spec.pollingInterval", "30 s"),
    ];
    assert_eq!(
        told,
        expected.map(|(place, value)| (place.to_owned(), value.to_owned()))
    );
}

#[test]
fn deployments_give_the_gateways_own_container() {
    check("51", &json!({"vcpu": 0.5, "memory": 1_073.741_824}));
    check(
        "53",
        &json!({"vcpu": 2, "memory": 4_294.967_296, "surge": 0}),
    );
    check("54", &json!({"vcpu": 0.25, "memory": 536.870_912}));
    check("58", &json!({"vcpu": 0.25}));
    check("68", &json!({"vcpu": 2, "memory": 1_073.741_824}));
    let left = reading(&case("58")).left;
    let memory = left
        .iter()
        .find(|left| left.place.ends_with("requests.memory"));
    let memory = memory.map(|left| (left.value.as_deref(), left.line));
    assert_eq!(memory, Some((Some("128MiB"), Some(8))));
}

#[test]
fn values_and_configurations_of_others_come_over() {
    check(
        "65",
        &json!({
            "vcpu": 0.25, "memory": 268.435_456, "hpa-min": 3, "hpa-max": 10, "hpa-cpu": 80,
            "hpa-memory": 80, "hpa-queue": null,
        }),
    );
    check("63", &json!({}));
    check("64", &json!({}));
    let rows = |name: &str| reading(&case(name)).scenario.providers;
    let litellm = rows("60");
    let models: Vec<_> = litellm
        .iter()
        .map(|row| (row.vendor.as_str(), row.model.as_str(), row.weight))
        .collect();
    let expected = [
        ("google-gemini-api", "gemini-2.5-pro", 1.0),
        ("azure-openai", "gpt-4o", 1.0),
    ];
    assert_eq!(models, expected);
    let limits: Vec<_> = litellm
        .iter()
        .map(|row| (row.limits.rpm, row.limits.tpm, row.limits.rpd))
        .collect();
    let expected = [
        (Some(150.0), Some(2e6), Some(1_000.0)),
        (Some(720.0), Some(120_000.0), None),
    ];
    assert_eq!(limits, expected);
    let pool = &changed(&reading(&case("60")))["connections-per-gateway"];
    assert_eq!(*pool, 10);
    // One limit of 30,000 a minute for both, of which 8 and 2 of 10 are theirs.
    let apisix: Vec<_> = rows("62")
        .into_iter()
        .map(|row| (row.vendor, row.weight, row.limits.tpm))
        .collect();
    let expected = [
        ("openai", 8.0, Some(24_000.0)),
        ("deepseek", 2.0, Some(6_000.0)),
    ];
    assert_eq!(
        apisix,
        expected.map(|(vendor, weight, tpm)| (vendor.to_owned(), weight, tpm))
    );
}

#[test]
fn links_are_found_in_what_mail_makes_of_them() {
    let whole = "v=1&requests-per-day=200000";
    for name in ["100", "102", "103"] {
        let scenario = reading(&case(name)).scenario;
        assert_eq!(
            scenario.workloads[0].requests.to_string(),
            "200000",
            "{name}"
        );
    }
    let address = format!("https://a.example/#{whole}");
    let encoded = "https%3A%2F%2Fa.example%2F%23v%3D1%26requests-per-day%3D200000";
    for text in [
        format!("{address}."),
        format!("({address})"),
        format!("“{address}”"),
        format!("https://a.example/%23{whole}"),
        format!("https://a.example/%23{}", "v%3D1%26requests-per-day%3D200000"),
        format!("https://filter.example/click?id=7&u={encoded}&sig=x"),
        format!("https://out.example/?a=https%3A%2F%2Fsafe.example%2F%3Furl%3D{}", encoded.replace('%', "%25")),
        format!("https://defense.example/v3/__https://a.example/*{whole}__;Iw!!abc"),
        "https://defense.example/v2/url?u=https-3A__a.example_-23v-3D1-26requests-2Dper-2Dday-3D200000&d=x".to_owned(),
        format!("Hello,\nthis is the plan: <{address}>.\nBye"),
    ] {
        let scenario = reading(&text).scenario;
        assert_eq!(scenario.workloads[0].requests.to_string(), "200000", "{text}");
        assert_eq!(scenario.name, "", "{text}");
    }
    for text in [
        "https://a.example/?page=2",
        "https://a.example/guide#events",
        "https://a.example/guide#page=2",
        "https://a.example/?growth=5&page=2",
    ] {
        assert_eq!(refused(text), Unreadable::NoScenario, "{text}");
    }
    // As a person or a program writes it, by design.md §7: without a version.
    for text in [
        "https://a.example/#requests-per-day=77000&avg-input-tokens=1500",
        "requests-per-day=77000&avg-input-tokens=1500",
        "See <https://a.example/#requests-per-day=77000&avg-input-tokens=1500>.",
    ] {
        let row = &reading(text).scenario.workloads[0];
        assert_eq!(
            (row.requests, row.input_tokens),
            (77_000.0, 1_500.0),
            "{text}"
        );
    }
}

#[test]
fn what_is_not_ours_never_replaces_a_scenario() {
    assert!(matches!(refused(&case("67")), Unreadable::Unknown(_)));
    for text in [
        "version: 1",
        "version: 1\nname: web",
        "services: {web: {}}\nversion: 3",
    ] {
        assert!(matches!(refused(text), Unreadable::Unknown(_)), "{text}");
    }
    // A part of a scenario file says a part.
    let mut base = Scenario::default();
    base.traffic.headroom = 2.5;
    base.workloads[0].requests = 7.0;
    let part = read(r#"{"growth": 15}"#, &base, TODAY).unwrap();
    let mut expected = base.clone();
    expected.traffic.growth_percent = 15.0;
    assert_eq!(part.scenario, expected);
}

#[test]
fn templates_tabs_and_what_is_no_text_get_one_sentence() {
    assert_eq!(refused(&case("21")), Unreadable::Template);
    assert!(
        refused(&case("37"))
            .to_string()
            .contains("a tab indents line 4")
    );
    for (text, part) in [
        (
            "{".repeat(1_000_000),
            "more than 100 collections inside each other",
        ),
        (
            "[".repeat(900_000),
            "more than 100 collections inside each other",
        ),
        (
            "a: {".repeat(100_000),
            "more than 100 collections inside each other",
        ),
        ("#".repeat(1_000_001), "longer than 1000000 characters"),
        ("kind: \0Deployment".to_owned(), "NUL characters"),
        ("<!doctype html><title>502</title>".to_owned(), "a web page"),
    ] {
        let problem = refused(&text).to_string();
        assert!(problem.contains(part), "{problem}");
        assert!(!problem.contains('\n'), "{problem}");
    }
    for text in [
        "a".repeat(1_000_000),
        "- a\n".repeat(200_000),
        "#".repeat(1_000_000),
    ] {
        assert!(read(&text, &Scenario::default(), TODAY).is_err());
    }
}

const TWO: &str = r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: ONE}
spec:
  template: {spec: {containers: [{name: c, image: "x/one:1", resources: {requests: {cpu: "3"}}}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: TWO}
spec:
  template: {spec: {containers: [{name: c, image: "x/two:1", resources: {requests: {cpu: "5"}}}]}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: first}
spec: {scaleTargetRef: {kind: Deployment, name: ONE}, maxReplicas: 30}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: second}
spec: {scaleTargetRef: {kind: Deployment, name: TWO}, maxReplicas: 50}
"#;

/// The documents of a text in another order.
fn reversed(text: &str) -> String {
    let mut documents: Vec<&str> = text.split("\n---\n").collect();
    documents.reverse();
    documents.join("\n---\n")
}

fn size(scenario: &Scenario) -> (Option<f64>, Option<u32>) {
    (scenario.gateway.vcpu, scenario.gateway.hpa.replicas_max)
}

#[test]
fn the_gateways_objects_are_taken_in_any_order() {
    for (one, two, expected) in [
        ("ai-gateway", "api", (Some(3.0), Some(30))),
        ("api", "litellm", (Some(5.0), Some(50))),
        ("mock-gateway", "gateway", (Some(5.0), Some(50))),
        ("edge-proxy", "postgres", (Some(3.0), Some(30))),
    ] {
        let text = TWO.replace("ONE", one).replace("TWO", two);
        for text in [text.clone(), reversed(&text)] {
            let reading = reading(&text);
            assert_eq!(size(&reading.scenario), expected, "{text}");
            let others: Vec<_> = reading
                .left
                .iter()
                .filter(|left| left.why.contains("another one"))
                .collect();
            assert_eq!(others.len(), 2, "{others:?}");
        }
    }
}

#[test]
fn where_nothing_decides_the_names_are_told_and_one_may_be_asked_for() {
    let text = TWO.replace("ONE", "red").replace("TWO", "blue");
    for text in [text.clone(), reversed(&text)] {
        let Unreadable::Several(_, names) = refused(&text) else {
            panic!("{text}");
        };
        assert_eq!(names, ["blue", "red"]);
        for (name, expected) in [
            ("red", (Some(3.0), Some(30))),
            ("blue", (Some(5.0), Some(50))),
            // An autoscaler brings the Deployment that it scales.
            ("second", (Some(5.0), Some(50))),
            ("Deployment/red", (Some(3.0), Some(30))),
        ] {
            let asked = [name.to_owned()];
            let reading = read_object(&text, &Scenario::default(), TODAY, &asked).unwrap();
            assert_eq!(size(&reading.scenario), expected, "{name}");
        }
        let asked = ["green".to_owned()];
        let unknown = read_object(&text, &Scenario::default(), TODAY, &asked).unwrap_err();
        assert!(matches!(unknown, Unreadable::NoSuch(..)), "{unknown}");
    }
}

/// Of two triggers or metrics for the same thing the autoscaler follows the lower target.
#[test]
fn the_lower_of_two_targets_decides_whatever_their_order() {
    let metric = |percent: u32| {
        let target = json!({"type": "Utilization", "averageUtilization": percent});
        json!({"type": "Resource", "resource": {"name": "cpu", "target": target}})
    };
    for metrics in [[metric(60), metric(85)], [metric(85), metric(60)]] {
        let hpa = json!({
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
            "metadata": {"name": "a"}, "spec": {"maxReplicas": 9, "metrics": metrics},
        });
        let reading = reading(&hpa.to_string());
        assert_eq!(reading.scenario.gateway.hpa.cpu_percent, Some(60));
        assert!(
            reading
                .left
                .iter()
                .any(|left| left.why.contains("another target"))
        );
    }
}

#[test]
fn policies_of_both_types_and_their_choice_are_kept() {
    let text = r#"
kind: HorizontalPodAutoscaler
apiVersion: autoscaling/v2
metadata: {name: a}
spec:
  maxReplicas: 9
  behavior:
    scaleUp:
      selectPolicy: Min
      tolerance: "0.07"
      policies:
        - {type: Pods, value: 3, periodSeconds: 45}
        - {type: Percent, value: 150, periodSeconds: 30}
        - {type: Percent, value: 10, periodSeconds: 600}
    scaleDown:
      policies: [{type: Pods, value: 1, periodSeconds: 120}]
"#;
    let reading = reading(text);
    let hpa = &reading.scenario.gateway.hpa;
    assert_eq!((hpa.up_percent, hpa.up_period_s), (Some(150), 30));
    assert_eq!(hpa.up_more.to_string(), "percent:10:600");
    assert_eq!((hpa.up_pods, hpa.up_pods_period_s), (Some(3), 45));
    assert_eq!((hpa.down_percent, hpa.down_pods), (None, Some(1)));
    assert_eq!(hpa.down_pods_period_s, 120);
    assert_eq!(hpa.up_tolerance_percent, Some(7.0));
    assert_eq!((hpa.up_select.key(), hpa.down_select.key()), ("min", "max"));
    let own = [
        "spec.behavior.scaleUp.policies.2.value",
        "spec.behavior.scaleUp.policies.2.periodSeconds",
    ];
    for place in own {
        let is_left = reading.left.iter().any(|left| left.place == place);
        assert!(!is_left, "{:?}", reading.left);
    }
}

#[test]
fn metrics_of_ones_own_are_kept_and_a_rate_of_requests_is_known_by_its_name() {
    let text = r#"
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: gateway}
spec:
  maxReplicas: 9
  metrics:
    - type: Pods
      pods:
        metric: {name: http_requests_per_second}
        target: {type: AverageValue, averageValue: 500m}
    - type: External
      external: {metric: {name: sqs_messages}, target: {type: Value, value: "30"}}
    - type: Object
      object:
        describedObject: {apiVersion: v1, kind: Service, name: front}
        metric: {name: open_connections}
        target: {type: AverageValue, averageValue: 2k}
"#;
    let reading = reading(text);
    let metrics = reading.scenario.gateway.hpa.metrics.to_string();
    assert_eq!(
        metrics,
        "pods/http_requests_per_second/0.5/1,external/sqs_messages/30,\
         object-average/open_connections/2000"
    );
    let left: Vec<&str> = reading.left.iter().map(|left| &*left.place).collect();
    let described = "spec.metrics.2.object.describedObject";
    assert!(
        left.iter().all(|place| place.starts_with(described)),
        "{left:?}"
    );
    let held = reading
        .taken
        .iter()
        .filter_map(|taken| taken.note.as_deref());
    assert_eq!(
        held.filter(|note| note.contains("held constant")).count(),
        2
    );
}

#[test]
fn older_versions_are_read_and_named_as_gone() {
    let old = |version: &str, metric: Value| {
        json!({
            "apiVersion": version, "kind": "HorizontalPodAutoscaler", "metadata": {"name": "a"},
            "spec": {"minReplicas": 3, "maxReplicas": 9, "metrics": [metric]},
        })
    };
    let flat =
        json!({"type": "Resource", "resource": {"name": "cpu", "targetAverageUtilization": 45}});
    let target = json!({"type": "Utilization", "averageUtilization": 45});
    let inner = json!({"type": "Resource", "resource": {"name": "cpu", "target": target}});
    for (version, metric, gone) in [
        ("autoscaling/v2beta1", flat, "1.25"),
        ("autoscaling/v2beta2", inner, "1.26"),
    ] {
        let reading = reading(&old(version, metric).to_string());
        assert_eq!(reading.scenario.gateway.hpa.cpu_percent, Some(45));
        let told = reading
            .left
            .iter()
            .find(|left| left.place == "apiVersion")
            .unwrap();
        assert!(told.why.contains(gone), "{told:?}");
    }
}

#[test]
fn a_rolling_update_adds_a_share_or_a_number_of_pods() {
    let text = |strategy: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: gateway}}\nspec:\n  \
             strategy: {strategy}\n  template: {{spec: {{containers: [{{name: gateway}}]}}}}\n"
        )
    };
    for (strategy, share, pods) in [
        ("{rollingUpdate: {maxSurge: 1}}", 25.0, Some(1)),
        ("{rollingUpdate: {maxSurge: 40%}}", 40.0, None),
        ("{type: RollingUpdate}", 25.0, None),
        ("{type: Recreate}", 0.0, None),
    ] {
        let database = reading(&text(strategy)).scenario.database;
        assert_eq!(
            (database.surge_percent, database.surge_pods),
            (share, pods),
            "{strategy}"
        );
    }
}

#[test]
fn pools_of_pgbouncer_are_connections() {
    for (text, expected) in [
        (
            "[databases]\n* = host=db\n[pgbouncer]\ndefault_pool_size = 30\n\
             reserve_pool_size = 5\n",
            Some(35),
        ),
        (
            "[pgbouncer]\nmax_db_connections=60\ndefault_pool_size=20\n",
            Some(20),
        ),
        // A maximum adds no connections: 35 + 10 and 25 + 8, each below 60.
        (
            "[databases]\nlitellm = host=db pool_size=35 reserve_pool=10\n* = host=db\n\
             [pgbouncer]\ndefault_pool_size = 25\nreserve_pool_size = 8\n\
             max_db_connections = 60\n",
            Some(78),
        ),
        (
            "[pgbouncer]\nmax_db_connections=12\ndefault_pool_size=20\n",
            Some(12),
        ),
        ("[pgbouncer]\npool_mode = transaction\n", Some(20)),
    ] {
        let reading = reading(text);
        assert_eq!(
            reading.scenario.database.pooler_connections, expected,
            "{text}"
        );
    }
}

#[test]
fn other_gateways_bring_shares_limits_retries_and_queue() {
    let kong = r#"
_format_version: "3.0"
services:
  - name: llm
    plugins:
      - name: ai-proxy-advanced
        config:
          targets:
            - {model: {provider: openai, name: gpt-4o}, weight: 70}
            - {model: {provider: azure, name: gpt-4o}, weight: 30}
          balancer: {algorithm: round-robin, retries: 2, read_timeout: 20000}
      - name: ai-rate-limiting-advanced
        config:
          llm_providers: [{name: openai, limit: [600000], window_size: [3600]}]
"#;
    let scenario = reading(kong).scenario;
    let rows: Vec<_> = scenario
        .providers
        .iter()
        .map(|row| (row.vendor.as_str(), row.weight))
        .collect();
    assert_eq!(rows, [("openai", 70.0), ("azure-openai", 30.0)]);
    // 600,000 tokens an hour are 10,000 a minute.
    assert_eq!(scenario.providers[0].limits.tpm, Some(10_000.0));
    assert_eq!(scenario.gateway.retry.attempts, 3);
    assert_eq!(scenario.gateway.client_timeout_s.to_string(), "20");

    let bifrost = json!({
        "providers": {
            "anthropic": {
                "keys": [{"value": "env.KEY", "models": ["claude-sonnet-5"], "weight": 1.0}],
                "network_config": {"max_retries": 4, "retry_backoff_initial": 250},
                "concurrency_and_buffer_size": {"concurrency": 40, "buffer_size": 900},
            },
        },
        "client": {"drop_excess_requests": true},
    });
    let scenario = reading(&bifrost.to_string()).scenario;
    let row = &scenario.providers[0];
    assert_eq!(
        (row.vendor.as_str(), row.model.as_str()),
        ("anthropic", "claude-sonnet-5")
    );
    assert_eq!(row.limits.concurrency, Some(40.0));
    let gateway = &scenario.gateway;
    assert_eq!((gateway.queue_max_size, gateway.retry.attempts), (900, 5));
    assert_eq!(gateway.retry.delay_ms.to_string(), "250");

    let portkey = json!({
        "strategy": {"mode": "fallback"},
        "retry": {"attempts": 3},
        "targets": [
            {"strategy": {"mode": "loadbalance"}, "targets": [
                {"provider": "openai", "weight": 3, "override_params": {"model": "gpt-4o"}},
                {"provider": "azure-openai", "weight": 1},
            ]},
            {"provider": "anthropic"},
        ],
    });
    let scenario = reading(&portkey.to_string()).scenario;
    let rows: Vec<_> = scenario
        .providers
        .iter()
        .map(|row| (row.vendor.as_str(), row.weight, row.order))
        .collect();
    assert_eq!(
        rows,
        [
            ("openai", 3.0, 0),
            ("azure-openai", 1.0, 0),
            ("anthropic", 1.0, 1)
        ]
    );
    assert_eq!(scenario.gateway.retry.attempts, 4);
}

#[test]
fn an_envoy_route_has_the_limits_of_its_policies() {
    let text = r"
apiVersion: aigateway.envoyproxy.io/v1beta1
kind: AIGatewayRoute
metadata: {name: llm}
spec:
  rules:
    - matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]
      backendRefs:
        - {name: main, weight: 3}
        - {name: other, weight: 1}
        - {name: spare, priority: 1}
      timeouts: {request: 45s}
---
kind: AIServiceBackend
metadata: {name: main}
spec: {schema: {name: OpenAI}}
---
kind: AIServiceBackend
metadata: {name: other}
spec: {schema: {name: AzureOpenAI}}
---
kind: AIServiceBackend
metadata: {name: spare}
spec: {schema: {name: AWSBedrock}}
";
    let policy = format!("{text}---\n{}", case("63"));
    for text in [policy.clone(), reversed(&policy)] {
        let scenario = reading(&text).scenario;
        let rows: Vec<_> = scenario
            .providers
            .iter()
            .map(|row| {
                (
                    row.vendor.as_str(),
                    row.weight,
                    row.limits.tpm.map(f64::round),
                )
            })
            .collect();
        // 1,000,000 an hour are 16,667 a minute: 12,500 and 4,167 by weights of 3 and 1, and what
        // this one counter refuses there, it refuses at the next place too.
        let expected = [
            ("openai", 3.0, Some(12_500.0)),
            ("azure-openai", 1.0, Some(4_167.0)),
            ("aws-bedrock", 1.0, Some(0.0)),
        ];
        assert_eq!(rows, expected);
        let orders = scenario.providers.iter().map(|row| row.order);
        assert_eq!(orders.collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(scenario.gateway.client_timeout_s.to_string(), "45");
    }
}
