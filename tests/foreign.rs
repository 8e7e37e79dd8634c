//! Other people's files beside, around and instead of a plain manifest: none hangs the reader,
//! replaces unrelated inputs, or is dropped silently.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "foreign/accounts.rs"]
mod accounts;
#[path = "foreign/as_read.rs"]
mod as_read;
#[path = "foreign/audit.rs"]
mod audit;
#[path = "foreign/carried.rs"]
mod carried;
#[path = "foreign/comments.rs"]
mod comments;
#[path = "foreign/counters.rs"]
mod counters;
#[path = "foreign/every_line.rs"]
mod every_line;
#[path = "foreign/gateways.rs"]
mod gateways;
#[path = "foreign/kong.rs"]
mod kong;
#[path = "foreign/leads.rs"]
mod leads;
#[path = "foreign/lenders.rs"]
mod lenders;
#[path = "foreign/letters.rs"]
mod letters;
#[path = "foreign/named.rs"]
mod named;
#[path = "foreign/nearest.rs"]
mod nearest;
#[path = "foreign/objects.rs"]
mod objects;
#[path = "foreign/open.rs"]
mod open;
#[path = "foreign/order.rs"]
mod order;
#[path = "foreign/ours.rs"]
mod ours;
#[path = "foreign/pairs.rs"]
mod pairs;
#[path = "foreign/portkey.rs"]
mod portkey;
#[path = "foreign/refused.rs"]
mod refusals;
#[path = "foreign/rules.rs"]
mod rules;
#[path = "foreign/scalers.rs"]
mod scalers;
#[path = "foreign/secrets.rs"]
mod secrets;
#[path = "foreign/shells.rs"]
mod shells;
#[path = "foreign/spans.rs"]
mod spans;
#[path = "foreign/strangers.rs"]
mod strangers;
#[path = "foreign/terraform.rs"]
mod terraform;
#[path = "foreign/triggers.rs"]
mod triggers;
#[path = "foreign/unread.rs"]
mod unread;
#[path = "foreign/values.rs"]
mod values;
#[path = "foreign/versions.rs"]
mod versions;

use std::time::{Duration, Instant};

use kt_capacity::catalog::date::{Date, date};
use kt_capacity::import::{Kind, Leftover, Reading, Unreadable, read, read_object};
use kt_capacity::scenario::{Scenario, file};
use serde_json::{Value, json};

const TODAY: Date = date(2026, 11, 23);

#[track_caller]
fn reading(text: &str) -> Reading {
    read(text, &Scenario::default(), TODAY).unwrap_or_else(|why| panic!("{why}: {text}"))
}

#[track_caller]
fn asked(text: &str, name: &str) -> Reading {
    let asked = [name.to_owned()];
    read_object(text, &Scenario::default(), TODAY, &asked).unwrap()
}

#[track_caller]
fn refused(text: &str) -> Unreadable {
    read(text, &Scenario::default(), TODAY)
        .map(drop)
        .unwrap_err()
}

/// The reason for a place that was left, at its end.
#[track_caller]
fn why(reading: &Reading, place: &str) -> String {
    let mut left = reading.left.iter();
    let found = left.find(|left| left.place.ends_with(place));
    found.map_or_else(
        || panic!("{place}: {:#?}", reading.left),
        |left| left.why.clone(),
    )
}

fn most(reading: &Reading) -> Option<u32> {
    reading.scenario.gateway.hpa.replicas_max
}

const HPA: &str = "\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: gateway}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: gateway}
  maxReplicas: 31
";

/// An answer in a second or two, where it took a minute and more.
#[track_caller]
fn soon(text: &str) -> Result<Reading, Unreadable> {
    let start = Instant::now();
    let read = read(text, &Scenario::default(), TODAY);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
    read
}

#[test]
fn documents_without_end_get_one_sentence_soon() {
    let carried = json!({"kind": "ConfigMap", "data": {"a": "{}".repeat(200_000)}}).to_string();
    for (text, part) in [
        (
            "{\"kind\":\"x\"}\n".repeat(70_000),
            "more than 10000 objects",
        ),
        ("{}".repeat(499_000), "more than 10000 objects"),
        (
            format!("[{}{{}}]", "{},".repeat(300_000)),
            "more than 10000 objects",
        ),
        ("a: 1\n---\n".repeat(100_000), "more than 10000 objects"),
        (carried, "ConfigMap says nothing"),
    ] {
        let problem = soon(&text).unwrap_err().to_string();
        assert!(problem.contains(part), "{problem}");
    }
}

#[test]
fn limits_times_targets_are_bounded() {
    let proxies = (0..5_000).map(|index| {
        format!("- {{name: ai-proxy, config: {{model: {{provider: openai, name: m{index}}}}}}}\n")
    });
    let limits = "- {name: ai-rate-limiting-advanced, config: {llm_providers: [{name: openai, \
                  limit: 60000, window_size: 60}]}}\n";
    let proxies = proxies.collect::<String>();
    let limits = limits.repeat(4_000);
    let kong = format!("_format_version: '3.0'\nplugins:\n{proxies}{limits}");
    let kong = soon(&kong).unwrap();
    // 200 of the 5,000 fit, and share 60,000 a minute.
    assert_eq!(kong.scenario.providers.len(), 200);
    assert_eq!(kong.scenario.providers[0].limits.tpm, Some(300.0));
    assert!(
        kong.left
            .iter()
            .any(|left| left.why.contains("room for 200"))
    );
    let routes = (0..1_000).map(|index| {
        format!(
            "kind: AIGatewayRoute\nmetadata: {{name: r{index}}}\nspec: {{rules: [{{backendRefs: \
             [{{name: openai}}]}}]}}\n---\n"
        )
    });
    let routes = routes.collect::<String>();
    let policy = "kind: BackendTrafficPolicy\nspec: {rateLimit: {global: {rules: [{limit: \
                  {requests: 4000, unit: Minute}}]}}}\n---\n";
    let envoy = soon(&format!("{routes}{}", policy.repeat(990))).unwrap();
    // 200 of the 1,000 share 4,000 a minute.
    assert_eq!(envoy.scenario.providers[0].limits.rpm, Some(20.0));
}

#[test]
fn an_ini_file_in_a_config_map_leaves_the_autoscaler_alone() {
    let map = "kind: ConfigMap\nmetadata: {name: pool}\ndata:\n  pgbouncer.ini: |\n    \
               [databases]\n    api = host=db\n    [pgbouncer]\n    default_pool_size = 30\n";
    let both = reading(&format!("{HPA}---\n{map}"));
    assert_eq!(most(&both), Some(31));
    assert_eq!(both.scenario.database.pooler_connections, Some(30));
    assert_eq!(both.kinds, [Kind::Autoscaler, Kind::PgBouncer]);
    let note = HPA.replace(
        "{name: gateway}",
        "\n  annotations:\n    a: |\n      [pgbouncer]\n",
    );
    assert_eq!(most(&reading(&note)), Some(31));
}

#[test]
fn a_command_in_an_annotation_leaves_the_autoscaler_alone() {
    let line = "kt capacity estimate --requests-per-day 7";
    let note = format!("\n  name: gateway\n  annotations:\n    how: |\n      {line}\n");
    let read = reading(&HPA.replacen("{name: gateway}", &note, 1));
    assert_eq!(
        (read.kinds.clone(), most(&read)),
        (vec![Kind::Autoscaler], Some(31))
    );
    // Of two commands and two links the first is taken, and the second told.
    let two = reading(&format!(
        "{line}\nkt capacity estimate --requests-per-day 9\n"
    ));
    assert_eq!(two.scenario.workloads[0].requests.to_string(), "7");
    assert!(
        two.left[0].place.contains("--requests-per-day 9"),
        "{:?}",
        two.left
    );
    let address = |count: u32| format!("https://a.example/#v=1&requests-per-day={count}");
    let message = format!("Either {} here,\nor {} there", address(7), address(9));
    let two = reading(&message);
    assert_eq!(two.scenario.workloads[0].requests.to_string(), "7");
    assert!(
        two.left[0].place.contains("requests-per-day=9"),
        "{:?}",
        two.left
    );
}

#[test]
fn a_link_inside_a_document_is_no_link() {
    let link = "https://a.example/#v=1&requests-per-day=7";
    let hpa = json!({
        "kind": "HorizontalPodAutoscaler", "metadata": {"annotations": {"plan": link}},
        "spec": {"maxReplicas": 31},
    });
    for text in [hpa.to_string(), json!([hpa]).to_string()] {
        assert_eq!(reading(&text).kinds, [Kind::Autoscaler], "{text}");
    }
}

fn scaler(name: &str, target: &str, most: u32) -> String {
    HPA.replace(
        "metadata: {name: gateway}",
        &format!("metadata: {{name: {name}}}"),
    )
    .replace("name: gateway}\n  max", &format!("name: {target}}}\n  max"))
    .replace("31", &most.to_string())
}

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: gateway}
spec: {replicas: 5, template: {spec: {containers: [{name: gateway}]}}}
";

#[test]
fn an_autoscaler_of_another_workload_is_told() {
    let before = Scenario::default().gateway.hpa.replicas_max;
    let foreign = reading(&format!("{DEPLOYMENT}---\n{}", scaler("h", "web", 31)));
    assert_eq!(most(&foreign), before);
    assert!(why(&foreign, "HorizontalPodAutoscaler h").contains("it scales web"));
    // A StatefulSet of the same name is another workload.
    let set = scaler("h", "gateway", 31).replace("kind: Deployment", "kind: StatefulSet");
    assert_eq!(most(&reading(&format!("{DEPLOYMENT}---\n{set}"))), before);
    let two = [scaler("gateway", "redis", 41), scaler("h2", "gateway", 31)].join("---\n");
    assert_eq!(most(&asked(&two, "gateway")), Some(31));
    assert_eq!(
        most(&asked(&format!("{DEPLOYMENT}---\n{two}"), "gateway")),
        Some(31)
    );
    assert_eq!(most(&asked(&two, "h2")), Some(31));
}

#[test]
fn a_scenario_beside_other_documents_is_taken_with_them() {
    let text = format!("version: 1\ngrowth: 15\nheadroom: 2.5\n---\n{HPA}");
    let both = reading(&text);
    let traffic = &both.scenario.traffic;
    assert_eq!((traffic.growth_percent, traffic.headroom), (15.0, 2.5));
    assert_eq!(most(&both), Some(31));
    assert_eq!(both.kinds, [Kind::Scenario, Kind::Autoscaler]);
    let with_secret = reading("growth: 15\n---\nkind: Secret\nmetadata: {name: a}\n");
    assert_eq!(changed(&with_secret), json!({"growth": 15}));
    assert_eq!(
        why(&with_secret, "Secret"),
        "says nothing this calculator models"
    );
    let names = refused("name: one\ngrowth: 15\n---\nname: two\ngrowth: 16\n");
    assert_eq!(names.names(), ["one", "two"]);
}

#[test]
fn of_two_whole_configurations_one_is_asked_for() {
    let map = |name: &str, model: &str| {
        format!(
            "kind: ConfigMap\nmetadata: {{name: {name}}}\ndata:\n  config.yaml: |\n    \
             model_list:\n    - {{model_name: m, litellm_params: {{model: {model}}}}}\n"
        )
    };
    let text = [
        map("litellm-prod", "openai/gpt-4o"),
        map("litellm-staging", "groq/llama"),
    ];
    let text = text.join("---\n");
    assert_eq!(refused(&text).names(), ["litellm-prod", "litellm-staging"]);
    let vendors = |reading: Reading| -> Vec<String> {
        let rows = reading.scenario.providers.into_iter();
        rows.map(|row| row.vendor).collect()
    };
    let staging = asked(&text, "litellm-staging");
    let provider = staging.taken.iter().find(|taken| taken.label == "Provider");
    assert_eq!(provider.unwrap().line, Some(13));
    assert_eq!(vendors(staging), ["groq"]);
    // Objects without a name are told apart by their lines.
    let two = "kind: HorizontalPodAutoscaler\nspec: {maxReplicas: 31}\n---\n\
               kind: HorizontalPodAutoscaler\nspec: {maxReplicas: 41}\n";
    assert_eq!(refused(two).names(), ["line 1", "line 4"]);
    assert_eq!(most(&asked(two, "line 4")), Some(41));
}

#[test]
fn files_of_others_are_no_scenarios() {
    for text in [
        "providers: [{provider: aws, region: eu}]",
        "workloads: [{name: web, requests: 5}]",
        "providers: [{provider: openai, region: eu}]",
    ] {
        let problem = refused(text);
        let is_told = matches!(problem, Unreadable::Unknown(_) | Unreadable::Rows(_));
        assert!(is_told, "{text}: {problem:?}");
    }
    // What a row does not mention stays.
    let part = reading("version: 1\nworkloads: [{name: web, requests: 5}]");
    let (row, before) = (
        &part.scenario.workloads[0],
        &Scenario::default().workloads[0],
    );
    assert_eq!(row.requests.to_string(), "5");
    assert_eq!(
        row.input_tokens.to_string(),
        before.input_tokens.to_string()
    );
}

#[test]
fn names_cannot_command_a_terminal() {
    let text = HPA.replace("{name: gateway}\nspec", "{name: \"\\e[2Jred\"}\nspec");
    let read = reading(&format!("{text}  more: \"a\\ab\"\n"));
    let shown = format!("{:?}{:?}{:?}", read.taken, read.filled, read.left);
    assert!(
        !shown.contains("\\u{1b}") && !shown.contains("\\u{7}"),
        "{shown}"
    );
    assert!(read.taken[0].object.contains("[2Jred"), "{:?}", read.taken);
    // Nor turn round what stands beside them.
    let turned = reading(&HPA.replace("{name: gateway}\nspec", "{name: \"a\\u202eb\"}\nspec"));
    assert_eq!(turned.taken[0].object, "HorizontalPodAutoscaler a\u{fffd}b");
}

#[test]
fn links_that_mail_broke_are_mended_or_named() {
    let encoded = "https://a.example/#v=3D1&requests-per-day=3D200=\n000&growth=3D3";
    let read = reading(encoded);
    assert_eq!(read.scenario.workloads[0].requests.to_string(), "200000");
    assert_eq!(changed(&read)["growth"], 3);
    let cut = "See https://a.example/#v=1&requests-per-\nweek=200000&growth=3\n";
    assert_eq!(refused(cut), Unreadable::Cut);
    // What cannot be used is not listed as taken.
    let read = reading("kt capacity estimate --set bogus=1 --requests-per-day 7");
    let taken: Vec<&str> = read.taken.iter().map(|taken| &*taken.place).collect();
    assert_eq!(taken, ["--requests-per-day"]);
    assert!(
        read.left
            .iter()
            .any(|Leftover { why, .. }| why.contains("bogus"))
    );
}

#[test]
fn what_surrounds_a_document_is_understood_or_named() {
    let fenced = format!("```yaml\n{HPA}```\n");
    assert_eq!(most(&reading(&fenced)), Some(31));
    let taken = reading(&fenced).taken;
    assert!(taken.iter().any(|taken| taken.line == Some(7)), "{taken:?}");
    let json = "// of ours\n{\"kind\": \"HorizontalPodAutoscaler\", /* most */\n \"spec\": \
                {\"maxReplicas\": 31}} // end\n";
    let json = json.trim_start_matches("// of ours\n");
    assert_eq!(most(&reading(json)), Some(31));
    for page in [
        "<head><title>502</title>",
        "<h1>Bad gateway</h1>",
        "<center>x</center>",
    ] {
        assert!(matches!(refused(page), Unreadable::NoText(_)), "{page}");
    }
    let gap = HPA.replace("31", "{{ max }}");
    assert!(
        refused(&gap)
            .to_string()
            .contains("line 6 has a gap of a template")
    );
    let rules = json!({"groups": [{"name": "a", "rules": [
        {"alert": "a", "expr": "other > 0.8 and kt_request_queue_depth < 5e3"},
        {"alert": "b", "expr": "kt_request_queue_depth > 30 and other > 2"},
    ]}]});
    let read = reading(&rules.to_string());
    assert!(why(&read, "rules.0.expr").starts_with("warns at 5,000 requests that wait"));
    assert!(why(&read, "rules.1.expr").starts_with("warns at 30 requests that wait"));
}

/// The inputs in which a reading differs from the default scenario.
fn changed(reading: &Reading) -> Value {
    let before = file::to_json(&Scenario::default());
    let after = file::to_json(&reading.scenario);
    let after = after.as_object().unwrap().clone().into_iter();
    after.filter(|(key, value)| before[key] != *value).collect()
}
