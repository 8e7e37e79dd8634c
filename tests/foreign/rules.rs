//! Rules of Prometheus: the thresholds that are inputs, those that are none, and our own files.

use serde_json::{Value, json};

use super::{TODAY, changed, reading, why};
use kt_capacity::export;
use kt_capacity::import::{Kind, read};
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::to_fragment;

fn alerts(all: &[(&str, &str)]) -> String {
    let rules = all
        .iter()
        .map(|(name, expr)| json!({"alert": name, "expr": expr, "for": "5m"}));
    let rules: Vec<Value> = rules.collect();
    json!({"groups": [{"name": "g", "rules": rules}]}).to_string()
}

#[test]
fn a_threshold_that_is_an_input_sets_it() {
    let bucket = "sum by (le) (rate(kt_queue_wait_seconds_bucket[5m]))";
    let errors = "sum(rate(keeptrusts_gateway_requests_total{status=~\"5..\"}[5m]))";
    let all = "sum(rate(keeptrusts_gateway_requests_total[5m]))";
    for (expr, expected) in [
        (
            format!("histogram_quantile(0.99, {bucket}) > 0.75"),
            json!({"wait-target": 0.75}),
        ),
        (
            format!("1.5 < histogram_quantile(0.99, {bucket})"),
            json!({"wait-target": 1.5}),
        ),
        // Two of a hundred, as a ratio and as percent.
        (
            format!("{errors} / {all} > 0.02"),
            json!({"goal-unanswered": 2}),
        ),
        (
            format!("100 * {errors} / {all} >= bool 2"),
            json!({"goal-unanswered": 2}),
        ),
        (
            "1 - (sum(rate(kt_requests_total{code!~\"5..\"}[5m])) / \
             sum(rate(kt_requests_total[5m]))) > 0.01"
                .to_owned(),
            json!({"goal-unanswered": 1}),
        ),
        (
            format!("({errors} / {all} > 0.02) and {all} > 10 / 300"),
            json!({"goal-unanswered": 2}),
        ),
    ] {
        let read = reading(&alerts(&[("a", &expr)]));
        assert_eq!(changed(&read), expected, "{expr}");
    }
    for (expr, expected) in [
        ("max(kt_utilization) > 0.65", [65.0, 65.0, 65.0]),
        (
            "kt_utilization{provider=\"anthropic\"} > 65",
            [80.0, 80.0, 65.0],
        ),
        (
            "sum by (provider) (rate(kt_requests_total[5m])) * 60 / on (provider) \
             provider:kt_requests_per_minute:limit > 0.9",
            [90.0, 90.0, 90.0],
        ),
    ] {
        let read = reading(&alerts(&[("a", expr)]));
        let rows = &read.scenario.providers;
        let targets: Vec<f64> = rows.iter().map(|row| row.target_percent).collect();
        assert_eq!(targets, expected, "{expr}");
    }
    let nobody = reading(&alerts(&[(
        "a",
        "kt_utilization{provider=\"nobody\"} > 0.7",
    )]));
    assert_eq!(changed(&nobody), json!({}));
    assert!(why(&nobody, "rules.0.expr").contains("not there by this name"));
}

#[test]
fn a_threshold_that_is_no_input_is_told_with_its_value() {
    for (expr, part) in [
        (
            "kt_request_queue_depth > 40",
            "warns at 40 requests that wait in a gateway; no input",
        ),
        (
            "min by (provider) (kt_tokens_remaining) < 2e5",
            "warns at 200,000 tokens that a",
        ),
        (
            "histogram_quantile(0.95, sum by (le) (rate(\
             keeptrusts_gateway_request_duration_seconds_bucket[5m]))) > 8",
            "warns at 8 seconds of a request at P95; no input",
        ),
        (
            "histogram_quantile(0.9, sum by (le) (rate(kt_queue_wait_seconds_bucket[5m]))) > 1",
            "its metric is none",
        ),
        (
            "sum(rate(kt_requests_total{status=\"429\"}[5m])) / sum(rate(kt_requests_total[5m])) > \
             0.1",
            "warns at 0.1 as a share of requests; no input",
        ),
        (
            "sum(pg_stat_activity_count) > 0.8 * 100",
            "warns at 80 connections to the database",
        ),
        ("kt_requests_total offset 5m", "watches requests; no input"),
        ("up == 0", "warns at 0; its metric is none"),
        ("kt_request_queue_depth >", "no expression that can be read"),
    ] {
        let read = reading(&alerts(&[("a", expr)]));
        assert_eq!(changed(&read), json!({}), "{expr}");
        let why = why(&read, "rules.0.expr");
        assert!(why.contains(part), "{expr}: {why}");
    }
}

#[test]
fn of_several_thresholds_the_strictest_holds_in_any_order() {
    let of = |least: &str| {
        format!(
            "sum(rate(kt_requests_total{{code=\"500\"}}[5m])) / sum(rate(kt_requests_total[5m])) \
                 > {least}"
        )
    };
    let (early, late) = (of("0.01"), of("0.05"));
    for all in [
        [("a", &*early), ("b", &*late)],
        [("b", &*late), ("a", &*early)],
    ] {
        let read = reading(&alerts(&all));
        assert_eq!(changed(&read), json!({"goal-unanswered": 1}));
        let loose = read
            .left
            .iter()
            .any(|left| left.why.contains("warns later"));
        assert!(loose, "{:?}", read.left);
    }
}

/// With the link in its head, and without it over the scenario that it was made from.
#[test]
fn our_own_rules_are_read_back_equal() {
    let mut scenario = Scenario::default();
    scenario.gateway.client_timeout_s = 17.3;
    scenario.providers[1].target_percent = 62.5;
    let plan = evaluate(&scenario, TODAY);
    let link = format!("https://a.example/#{}", to_fragment(&scenario));
    for name in ["prometheus-rules.yaml", "prometheusrule.yaml"] {
        let own = export::file(name, &scenario, &plan, &link).unwrap();
        let over = read(&own.text, &Scenario::default(), TODAY).unwrap();
        assert!(over.is_ours);
        assert_eq!(over.kinds, [Kind::Rules]);
        assert_eq!(over.scenario, scenario, "{name}");
        let bare = export::file(name, &scenario, &plan, "").unwrap();
        assert_eq!(
            read(&bare.text, &scenario, TODAY).unwrap().scenario,
            scenario,
            "{name}"
        );
        // A stranger's scenario gets the numbers that are inputs.
        let other = read(&bare.text, &Scenario::default(), TODAY)
            .unwrap()
            .scenario;
        assert_eq!(other.providers[1].target_percent.to_string(), "62.5");
        assert_eq!(other.gateway.client_timeout_s.to_string(), "17.3");
        // What was edited since is taken.
        let edited = own.text.replace("vector(0.625)", "vector(0.5)");
        let edited = read(&edited, &Scenario::default(), TODAY).unwrap().scenario;
        assert_eq!(edited.providers[1].target_percent.to_string(), "50");
    }
}
