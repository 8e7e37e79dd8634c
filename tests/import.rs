//! Other people's files, read back: values taken, values left, and none lost.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::{Date, date};
use kt_capacity::import::{Kind, Leftover, Reading, Unreadable, read};
use kt_capacity::scenario::{Overflow, Scenario, file, link};
use serde_json::{Value, json};

const TODAY: Date = date(2026, 11, 23);

#[track_caller]
fn reading(text: &str) -> Reading {
    read(text, &Scenario::default(), TODAY).unwrap()
}

fn places(reading: &Reading) -> Vec<&str> {
    reading
        .left
        .iter()
        .map(|left| left.place.as_str())
        .collect()
}

/// The scenario as its file, so that a test can name inputs by key.
fn inputs(scenario: &Scenario) -> Value {
    file::to_json(scenario)
}

/// As the gateway's Kubernetes page has it, with a memory metric and a pods policy beside.
const FOREIGN_HPA: &str = r#"
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: keeptrusts-gateway
  resourceVersion: "12345"
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: keeptrusts-gateway}
  minReplicas: 4
  maxReplicas: 33
  metrics:
    - type: Resource
      resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
    - type: Pods
      pods:
        metric: {name: kt_request_queue_depth}
        target: {type: AverageValue, averageValue: "25"}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 0
      policies:
        - {type: Pods, value: 4, periodSeconds: 15}
        - {type: Percent, value: 100, periodSeconds: 30}
status:
  currentReplicas: 5
"#;

#[test]
fn a_foreign_autoscaler_fills_the_bounds_targets_and_steps() {
    let reading = reading(FOREIGN_HPA);
    assert_eq!(reading.kinds, [Kind::Autoscaler]);
    assert!(!reading.is_ours);
    let hpa = &reading.scenario.gateway.hpa;
    assert_eq!((hpa.replicas_min, hpa.replicas_max), (Some(4), Some(33)));
    assert_eq!((hpa.cpu_percent, hpa.queue_depth), (Some(60), Some(25.0)));
    assert_eq!(
        (hpa.up_window_s, hpa.up_percent, hpa.up_period_s),
        (0, Some(100), 30)
    );
    assert_eq!((hpa.up_pods, hpa.up_pods_period_s), (Some(4), 15));
    assert_eq!(hpa.memory_percent, Some(80));
    // Where it is silent the cluster fills in: everything in 15 s, after 300 s.
    assert_eq!((hpa.down_window_s, hpa.down_percent), (300, Some(100)));
    assert_eq!(hpa.down_period_s, 15);
    assert_eq!(places(&reading), ["spec.scaleTargetRef.name"]);
}

const FOREIGN_DEPLOYMENT: &str = r#"
apiVersion: apps/v1
kind: Deployment
metadata: {name: keeptrusts-gateway}
spec:
  replicas: 3
  strategy: {rollingUpdate: {maxSurge: 50%}}
  template:
    spec:
      containers:
        - name: otel
          image: otel/collector:0.100.0
        - name: main
          image: keeptrusts/gateway:2.4.1
          env:
            - {name: KEEPTRUSTS_GATEWAY_MAX_CONCURRENCY, value: "64"}
            - {name: KEEPTRUSTS_API_URL, value: "http://api:8080"}
          resources:
            requests: {cpu: 250m, memory: 256Mi}
            limits: {cpu: "1", memory: 512Mi}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: api}
data:
  KEEPTRUSTS_EVENT_RETENTION_HOURS: "720"
  LOG_LEVEL: info
"#;

#[test]
fn a_foreign_deployment_fills_slots_cpu_and_memory_and_its_settings_the_retention() {
    let reading = reading(FOREIGN_DEPLOYMENT);
    assert_eq!(reading.kinds, [Kind::Deployment, Kind::Settings]);
    let scenario = inputs(&reading.scenario);
    assert_eq!(scenario["concurrency"], 64);
    assert_eq!(scenario["vcpu"], 0.25);
    // 256 MiB are 268.435456 MB.
    assert_eq!(scenario["memory"], 268.435_456);
    assert_eq!(scenario["retention-days"], 30);
    assert_eq!(scenario["surge"], 50);
    let left = places(&reading);
    assert_eq!(left[0], "spec.replicas");
    for place in [
        "spec.template.spec.containers.0.image",
        "spec.template.spec.containers.1.env.1.value",
        "data.LOG_LEVEL",
    ] {
        assert!(left.contains(&place), "{place}: {left:?}");
    }
}

/// The guide's fragments put together, the provider as an object and a compound text.
const FOREIGN_PACK: &str = r"
pack: {name: my-pack, version: 0.2.0, enabled: true}
providers:
  targets:
    - id: azure-openai
      provider:
        base_url: https://corp.openai.azure.com/openai/deployments/gpt-4o
        secret_key_ref: {store: azure-key}
      rate_limits: {requests_per_minute: 2400, tokens_per_minute: 360000}
    - id: claude
      provider: anthropic:chat:claude-sonnet-5
      rate_limits: {tokens_per_minute: 320000}
    - id: inhouse
      provider: vllm
      model: llama-4
routing:
  strategy: weighted
  weights: {azure-openai: 70, claude: 20, inhouse: 10, gone: 5}
gateway: {queue_max_size: 250, queue_overflow: drop_oldest}
cache: {enabled: true, mode: semantic}
policies: {chain: [prompt-injection, audit-logger]}
policy:
  prompt-injection: {threshold: 0.8, action: block}
  audit-logger: {immutable: true, retention_days: 2190, log_all_access: false}
";

#[test]
fn a_foreign_pack_replaces_the_providers_and_fills_queue_and_audit_log() {
    let reading = reading(FOREIGN_PACK);
    assert_eq!(reading.kinds, [Kind::Pack]);
    let scenario = &reading.scenario;
    let rows: Vec<_> = scenario
        .providers
        .iter()
        .map(|row| (row.vendor.as_str(), row.model.as_str(), row.weight))
        .collect();
    let expected = [
        ("azure-openai", "gpt-4o", 70.0),
        ("anthropic", "claude-sonnet-5", 20.0),
        ("custom", "llama-4", 10.0),
    ];
    assert_eq!(rows, expected);
    assert_eq!(scenario.providers[0].limits.rpm, Some(2_400.0));
    assert_eq!(scenario.providers[1].limits.tpm, Some(320_000.0));
    assert_eq!(scenario.gateway.queue_max_size, 250);
    assert_eq!(scenario.gateway.queue_overflow, Overflow::DropOldest);
    assert_eq!(scenario.storage.audit_retention_days, 2_190);
    // The workload is none of a pack's business.
    assert_eq!(scenario.workloads, Scenario::default().workloads);
    let left = places(&reading);
    for place in [
        "routing.weights.gone",
        "cache.mode",
        "policies.chain.0",
        "policy.prompt-injection.threshold",
        "policy.audit-logger.log_all_access",
        "providers.targets.0.provider.secret_key_ref.store",
        "providers.targets.1.id",
        "providers.targets.2.provider",
    ] {
        assert!(left.contains(&place), "{place}: {left:?}");
    }
}

#[test]
fn a_pack_inside_a_config_map_and_objects_of_a_list_are_found() {
    let pack = "providers:\n  targets:\n    - {id: groq, provider: groq}\n";
    let list = json!({
        "kind": "List",
        "items": [
            {"kind": "ConfigMap", "data": {"policy-config.yaml": pack}},
            {"kind": "HorizontalPodAutoscaler", "spec": {"maxReplicas": 12}},
        ],
    });
    let reading = reading(&list.to_string());
    assert_eq!(reading.kinds, [Kind::Autoscaler, Kind::Pack]);
    assert_eq!(reading.scenario.providers[0].vendor, "groq");
    assert_eq!(reading.scenario.gateway.hpa.replicas_max, Some(12));
    assert_eq!(places(&reading), ["ConfigMap"]);
}

#[test]
fn a_command_line_is_read_with_its_quotes_and_continued_lines() {
    for text in [
        "kt capacity estimate --requests-per-day 60000 --avg-input-tokens=900 \\\n  --provider \
         anthropic --model 'claude-sonnet-5'",
        "$ kt capacity estimate --requests-per-day 60000 --avg-input-tokens 900 --provider \
         anthropic --model claude-sonnet-5",
        "#!/bin/sh\n# kt capacity estimate --requests-per-day 1\nkt-capacity estimate --set \
         requests-per-day=60000 --avg-input-tokens 900 --provider anthropic --model \
         claude-sonnet-5\n",
    ] {
        let reading = reading(text);
        assert_eq!(reading.kinds, [Kind::Command], "{text}");
        assert_eq!(reading.left, [], "{text}");
        let scenario = &reading.scenario;
        assert_eq!(
            scenario.workloads[0].requests.to_string(),
            "60000",
            "{text}"
        );
        assert_eq!(scenario.workloads[0].input_tokens.to_string(), "900");
        assert_eq!(scenario.workloads[0].output_tokens.to_string(), "800");
        let providers: Vec<&str> = scenario
            .providers
            .iter()
            .map(|p| p.model.as_str())
            .collect();
        assert_eq!(providers, ["claude-sonnet-5"], "{text}");
    }
}

/// Single quotes and backslashes keep a shell from its variables; nothing else does.
#[test]
fn a_sign_of_a_variable_that_is_quoted_is_a_sign() {
    for (word, model) in [
        ("'m=$A'", "m=$A"),
        ("'$A'", "$A"),
        ("\\$A", "$A"),
        ("\"it's \\$A\"", "it's $A"),
        ("'%A%'", "%A%"),
        ("$A", "claude"),
        ("\"it's $A\"", "it's claude"),
    ] {
        let text = format!(
            "A=claude\nkt-capacity estimate --requests-per-day 7 --provider custom --model {word}"
        );
        let reading = reading(&text);
        assert_eq!(reading.scenario.providers[0].model, model, "{word}");
    }
    let unset = reading(
        "kt-capacity estimate --requests-per-day 7 --provider custom --model $A --set 'name=$B'",
    );
    assert_eq!(places(&unset), ["--model"]);
    assert_eq!(unset.scenario.name, "$B");
}

#[test]
fn what_a_command_line_says_wrong_is_told_and_the_rest_is_kept() {
    let reading =
        reading("kt capacity estimate --requests-per-day lots --gpu 8 --peak-multiplier 5");
    assert_eq!(reading.scenario.traffic.peak_multiplier.to_string(), "5");
    assert_eq!(reading.scenario.workloads[0].requests.to_string(), "50000");
    assert_eq!(places(&reading), ["--gpu", "flags"]);
    assert!(reading.left[1].why.contains("requests-per-day: “lots”"));
}

#[test]
fn a_scenario_file_keeps_what_can_be_used_and_names_the_rest() {
    let document = json!({
        "version": 1,
        "gpu": 8,
        "growth": 15,
        "workloads": [{"requests": 5, "period": "week"}],
        "providers": [{"provider": "openai", "rpm": -1, "weight": 3}],
    });
    let reading = reading(&document.to_string());
    assert_eq!(reading.kinds, [Kind::Scenario]);
    let scenario = inputs(&reading.scenario);
    assert_eq!(scenario["growth"], 15);
    assert_eq!(scenario["workloads"][0]["requests"], 5);
    assert_eq!(scenario["providers"][0]["weight"], 3);
    let expected = ["gpu", "providers[0].rpm", "workloads[0].period"];
    let mut left = places(&reading);
    left.sort_unstable();
    assert_eq!(left, expected);
}

#[test]
fn a_link_alone_or_in_a_comment_brings_the_whole_scenario() {
    let link = "https://capacity.example/x#v=1&requests-per-day=7&growth=3";
    let (expected, _) = link::from_fragment("v=1&requests-per-day=7&growth=3");
    assert_eq!(reading(link).scenario, expected);
    let hpa = format!("# Planned on 2026-11-23, from this scenario:\n# {link}\n{FOREIGN_HPA}");
    let reading = reading(&hpa);
    assert!(reading.is_ours);
    assert_eq!(reading.scenario.workloads, expected.workloads);
    assert_eq!(
        reading.scenario.gateway.hpa.replicas_max,
        Some(33),
        "an edited value counts"
    );
}

#[test]
fn a_value_out_of_range_is_told_and_not_taken() {
    let reading = reading(
        "kind: HorizontalPodAutoscaler\nspec:\n  minReplicas: 0\n  maxReplicas: many\n  \
         behavior:\n    scaleDown: {stabilizationWindowSeconds: 7200}\n",
    );
    let hpa = &reading.scenario.gateway.hpa;
    assert_eq!((hpa.replicas_min, hpa.replicas_max), (Some(2), Some(20)));
    assert_eq!(hpa.down_window_s, 300);
    let told: Vec<String> = reading
        .left
        .iter()
        .map(|Leftover { place, why, .. }| format!("{place}: {why}"))
        .collect();
    assert_eq!(
        told,
        [
            "spec.minReplicas: 0 pods need a metric of type Object or External, and Kubernetes \
             1.37; it stays 2 pods",
            "spec.maxReplicas: HPA maximum takes a whole number from 1 to 10,000 pods, or leave \
             it empty; it stays 20 pods",
            "spec.behavior.scaleDown.stabilizationWindowSeconds: Down window takes a whole number \
             from 0 to 3,600 s; it stays 300 s",
        ]
    );
}

/// People copy a link without its sign, and paste tables of usage.
#[test]
fn a_link_without_its_sign_is_read_and_a_table_is_called_usage_data() {
    let read = |text: &str| read(text, &Scenario::default(), TODAY);
    let bare = read("v=2&requests-per-day=7").expect("a link");
    assert!((bare.scenario.workloads[0].requests - 7.0).abs() < 1e-9);
    for table in ["model,tokens\ngpt-4o,12", "when;tokens\n1;2\n3;4\n"] {
        assert_eq!(read(table).unwrap_err(), Unreadable::Series, "{table}");
    }
    let one = read("{\"a\": 1}").unwrap_err();
    let what = "A document with the key “a”".to_owned();
    assert_eq!(one, Unreadable::Unknown(what));
}

#[test]
fn what_cannot_be_read_says_why() {
    let refused = |text: &str| read(text, &Scenario::default(), TODAY).unwrap_err();
    assert_eq!(refused(" \n\t\u{feff}"), Unreadable::Empty);
    assert_eq!(refused(&"a".repeat(1_000_001)), Unreadable::TooLong);
    assert!(matches!(refused("a: [1"), Unreadable::Syntax(_)));
    assert!(matches!(refused("{\"a\": }"), Unreadable::Syntax(_)));
    for (text, what) in [
        ("kind: Secret\nmetadata: {name: a}", "Secret"),
        ("hello", "This text"),
        ("a: 1\nb: 2", "A document with the keys “a”, “b”"),
        ("- 1", "A list"),
        (
            "version: '1'\npolicies: []",
            "A document with the keys “policies”, “version”",
        ),
    ] {
        assert_eq!(
            refused(text),
            Unreadable::Unknown(what.to_owned()),
            "{text}"
        );
    }
}

/// Anchors that multiply, depths without end, keys twice: an answer, and soon.
#[test]
fn a_hostile_text_is_refused_and_does_no_harm() {
    let laughs = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n\
                  c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n\
                  e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
                  g: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    for text in [
        laughs.to_owned(),
        "[".repeat(50_000),
        "{\"a\":".repeat(50_000),
        "- ".repeat(50_000),
        "kind: Deployment\nkind: Secret".to_owned(),
    ] {
        assert!(read(&text, &Scenario::default(), TODAY).is_err());
    }
}

/// 40 requests a second, 5 % of them failed and 4 % refused with 429: 38 are answered, 19 by each
/// of two gateways, and 1 % failed otherwise. After one attempt that is each call's own share,
/// after three its cube root: 0.2154. A request of 200 tokens takes 0.5 + 200 ÷ 100 = 2.5 s in the
/// model and took 5.01 s, 0.01 of them in the gateway: twice as long, so the first token comes
/// after 1 s and 50 follow in a second. Of three attempts at 0.215 a request makes 1 + 0.215 +
/// 0.046 = 1.261 on average, and takes 2.631 s in the model: 1.9007 times as long, so 0.95 s and
/// 52.6.
#[test]
fn a_load_test_replaces_what_it_measured() {
    let exported = json!({
        "metrics": {
            "http_reqs": { "count": 1000, "rate": 40.0 },
            "http_req_failed": { "passes": 50, "fails": 950, "value": 0.05 },
            "http_req_duration": { "avg": 9000.0, "p(95)": 9100.0 },
            "http_req_duration{expected_response:true}": { "avg": 5010.0, "p(95)": 8000.0 },
            "gateways": { "value": 2, "min": 2, "max": 2 },
            "vus": { "value": 12, "min": 1, "max": 12 },
        },
        "root_group": { "checks": { "is not refused": { "passes": 960, "fails": 40 } } },
    });
    let values = json!({
        "metrics": {
            "http_reqs": { "type": "counter", "values": { "count": 1000, "rate": 40.0 } },
            "http_req_failed": { "type": "rate", "values": { "rate": 0.05, "passes": 50 } },
            "http_req_duration": { "type": "trend", "values": { "avg": 5010.0, "p(95)": 8000.0 } },
            "gateways": { "type": "gauge", "values": { "value": 2 } },
        },
        "root_group": { "checks": [
            { "name": "is answered", "passes": 950, "fails": 50 },
            { "name": "is not refused", "passes": 960, "fails": 40 },
        ] },
        "state": { "testRunDurationMs": 25000 },
    });
    for (attempts, failures, speeds) in [(1, 1.0, (1.0, 50.0)), (3, 21.5, (0.95, 52.6))] {
        let link = format!(
            "v=2&p=custom,a,Own limits,100,ttft:0.5,tps:100&avg-output-tokens=200&overhead=10\
             &retry-delay=0&attempts={attempts}"
        );
        let (base, _) = link::from_fragment(&link);
        for summary in [&exported, &values] {
            let reading = read(&summary.to_string(), &base, TODAY).unwrap();
            assert_eq!(reading.kinds, [Kind::LoadTest]);
            let scenario = &reading.scenario;
            assert_eq!(scenario.gateway.rps_each, Some(19.0));
            let found = scenario.gateway.retry.failure_percent;
            assert!((found - failures).abs() < 1e-9, "{found} is not {failures}");
            let row = &scenario.providers[0];
            assert_eq!((row.ttft_s, row.output_tps), speeds);
            // The four, and the share of 429s beside that of the model, whose provider has no
            // limit that could refuse a request.
            assert_eq!(reading.taken.len(), 5);
            let refused = reading.taken.iter().find(|one| one.place == "root_group");
            let refused = refused.unwrap();
            assert_eq!(refused.value, "4\u{a0}%");
            let note = refused.note.as_deref().unwrap();
            assert!(note.contains("the plan refuse 0\u{a0}%"), "{note}");
            assert!(reading.left.iter().all(|left| left.place != "root_group"));
            let latest = reading
                .left
                .iter()
                .find(|left| left.place.ends_with("p(95)"))
                .unwrap();
            assert!(
                latest
                    .why
                    .starts_with("5 of 100 answers took more than 8 s, within")
            );
        }
    }
}

/// A test of minutes meets limits of minutes: that of one dollar a month, which the day of the plan
/// passes many times over, says nothing of its share of 429s. One of 1 request a minute does.
#[test]
fn a_load_test_is_set_against_limits_of_minutes() {
    let summary = json!({
        "metrics": {
            "http_reqs": { "rate": 40.0 },
            "http_req_failed": { "value": 0.05 },
            "http_req_duration": { "avg": 900.0 },
        },
        "root_group": { "checks": { "is not refused": { "passes": 960, "fails": 40 } } },
    });
    let note = |limits: &str| {
        let row = "v=2&p=custom,a,Own limits,100,price-input:1,price-output:1";
        let (base, notices) = link::from_fragment(&format!("{row},{limits}"));
        assert!(notices.is_empty(), "{notices:?}");
        let reading = read(&summary.to_string(), &base, TODAY).unwrap();
        let refused = reading
            .taken
            .into_iter()
            .find(|one| one.place == "root_group");
        refused.unwrap().note.unwrap()
    };
    for limits in [
        "spend-month:1",
        "spend-10-min:0.0001",
        "requests-month:10",
        "rpd:10",
    ] {
        assert!(
            note(limits).contains("the plan refuse 0\u{a0}%"),
            "{limits}"
        );
    }
    assert!(!note("rpm:1").contains("the plan refuse 0\u{a0}%"));
}

/// Of a run that says neither how many gateways there were nor that anything failed, the plan's
/// gateways count, and nothing follows for a single attempt of three.
#[test]
fn a_load_test_that_says_little_replaces_little() {
    let summary = json!({ "metrics": {
        "http_reqs": { "count": 1000, "rate": 40.0 },
        "http_req_failed": { "value": 0 },
        "http_req_duration": { "avg": 5.0 },
    } });
    let reading = reading(&summary.to_string());
    // Two gateways are the fewest of any plan.
    assert_eq!(reading.scenario.gateway.rps_each, Some(20.0));
    assert_eq!(reading.taken.len(), 1);
    let note = reading.taken[0].note.as_deref().unwrap();
    assert!(note.contains("the 2 gateways of the plan"), "{note}");
    let mut places = places(&reading);
    places.sort_unstable();
    // An answer of 5 ms is shorter than the gateway's own 10.
    assert_eq!(
        places,
        [
            "metrics.http_req_duration.avg",
            "metrics.http_req_failed.value"
        ]
    );
    for broken in [
        json!({ "metrics": { "http_reqs": { "rate": "many" }, "http_req_duration": {} } }),
        json!({ "metrics": { "http_reqs": { "rate": 0 }, "http_req_duration": { "avg": 1e308 } } }),
    ] {
        let reading = self::reading(&broken.to_string());
        let debug = format!("{:?}", reading.scenario);
        assert!(!debug.contains("NaN") && !debug.contains("inf"), "{debug}");
    }
}
