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

/// A rule for all warns of each provider too, so that the lower of two thresholds is a provider's.
#[test]
fn a_threshold_of_one_provider_stands_beside_that_of_all() {
    let all = ("A", "max by (provider) (kt_utilization) > 0.85");
    let lower = ("B", "max(kt_utilization{provider=\"openai\"}) > 0.7");
    let higher = ("B", "max(kt_utilization{provider=\"openai\"}) > 0.9");
    for (rules, expected) in [
        ([all, lower], [70.0, 85.0, 85.0]),
        ([lower, all], [70.0, 85.0, 85.0]),
        ([all, higher], [85.0, 85.0, 85.0]),
        ([higher, all], [85.0, 85.0, 85.0]),
    ] {
        let read = reading(&alerts(&rules));
        let rows = read.scenario.providers.iter();
        let targets: Vec<f64> = rows.map(|row| row.target_percent).collect();
        assert_eq!(targets, expected, "{rules:?}");
        let late = read
            .left
            .iter()
            .filter(|left| left.why.contains("warns later"));
        assert_eq!(late.count(), usize::from(rules.contains(&higher)));
    }
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

/// `a > 0.8 * b` warns where `a / b > 0.8`.
#[test]
fn a_multiple_of_another_metric_is_a_share_of_it() {
    let used = "sum by (provider) (rate(kt_requests_total[5m])) * 60";
    let limit = "provider:kt_requests_per_minute:limit";
    for (expr, percent) in [
        (format!("{used} > on (provider) 0.7 * {limit}"), 70.0),
        (format!("{used} > {limit} * 0.7"), 70.0),
        (format!("{used} > {limit} / 2"), 50.0),
        (format!("0.7 * {limit} < {used}"), 70.0),
        // At the limit itself.
        (format!("{used} > {limit}"), 100.0),
    ] {
        let read = reading(&alerts(&[("a", &expr)]));
        let rows = &read.scenario.providers;
        let targets: Vec<f64> = rows.iter().map(|row| row.target_percent).collect();
        assert_eq!(targets, [percent; 3], "{expr}");
    }
    let errors = "sum(rate(kt_requests_total{code=~\"5..\"}[5m]))";
    let all = "sum(rate(kt_requests_total[5m]))";
    let read = reading(&alerts(&[("a", &format!("{errors} > 0.03 * {all}"))]));
    assert_eq!(changed(&read), json!({"goal-unanswered": 3}));
    // Others are told as the share that they are.
    let expr = "sum(pg_stat_activity_count) > 0.8 * sum(pg_settings_max_connections)";
    let read = reading(&alerts(&[("a", expr)]));
    let told = why(&read, "rules.0.expr");
    assert!(
        told.contains("warns at 0.8 for a ratio of two metrics"),
        "{told}"
    );
    // What is multiplied above is no threshold.
    let read = reading(&alerts(&[(
        "a",
        "rate(kt_requests_total[5m]) * 60 > other",
    )]));
    assert!(why(&read, "rules.0.expr").contains("watches requests"));
}

/// Alerts on series that the file records itself, also in another object of the text.
#[test]
fn an_alert_on_a_recording_is_one_on_its_expression() {
    let recorded = |all: &[(&str, &str)]| {
        let rules = all
            .iter()
            .map(|(name, expr)| json!({"record": name, "expr": expr}));
        let rules: Vec<Value> = rules.collect();
        json!({"groups": [{"name": "r", "rules": rules}]}).to_string()
    };
    let errors = (
        "job:errors:rate5m",
        "sum(rate(kt_requests_total{code=~\"5..\"}[5m]))",
    );
    let all = ("job:requests:rate5m", "sum(rate(kt_requests_total[5m]))");
    let ratio = (
        "job:errors:ratio",
        "job:errors:rate5m / job:requests:rate5m",
    );
    let series = [errors, all, ratio];
    for (expr, expected) in [
        ("job:errors:ratio > 0.02", json!({"goal-unanswered": 2})),
        (
            "job:errors:rate5m > 0.04 * job:requests:rate5m",
            json!({"goal-unanswered": 4}),
        ),
        ("100 * max(job:errors:ratio) > 3", json!({})),
        // Nobody records this one.
        ("job:others:ratio > 0.02", json!({})),
    ] {
        let text = [recorded(&series), alerts(&[("a", expr)])].join("\n");
        assert_eq!(changed(&reading(&text)), expected, "{expr}");
    }
    let text = [
        recorded(&series),
        alerts(&[("a", "job:errors:ratio > 0.02")]),
    ]
    .join("\n");
    let read = reading(&text);
    let goal = read.taken.iter().find(|one| one.value == "2 %");
    let note = goal.and_then(|one| one.note.as_deref()).unwrap_or_default();
    assert!(
        note.contains("by the expression of job:errors:ratio, job:errors:rate5m"),
        "{note}"
    );
    // What is followed is told as such, and what is not, as before.
    for index in 0..3 {
        let told = why(&read, &format!("rules.{index}.expr"));
        assert!(
            told.contains("a rule that names it is read by this expression"),
            "{told}"
        );
    }
    // A number that is recorded: 0.8 × 2,000,000 tokens a minute.
    let limit = recorded(&[("team:tpm:limit", "vector(2e6)")]);
    let expr = "sum(kt_tokens_per_minute) > 0.8 * team:tpm:limit";
    let read = reading(&[limit, alerts(&[("a", expr)])].join("\n"));
    let mut left = read.left.iter();
    assert!(left.any(|one| one.why.contains("warns at 1,600,000 tokens of a minute")));
    // Two rules of one name that differ decide nothing, and circles end.
    let twice = recorded(&[errors, (errors.0, "vector(1)"), all]);
    let expr = "job:errors:rate5m / job:requests:rate5m > 0.02";
    let read = reading(&[twice, alerts(&[("a", expr)])].join("\n"));
    assert_eq!(changed(&read), json!({}));
    assert!(why(&read, "rules.0.expr").contains("no input is such a series"));
    let many = ["a:b"; 400].join(" + ");
    let circle = recorded(&[("a:b", &many)]);
    assert!(super::soon(&[circle, alerts(&[("a", "a:b > 1")])].join("\n")).is_ok());
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

/// Errors beside those of yesterday, or beside other errors, are no share of the requests.
#[test]
fn errors_beside_errors_set_no_goal() {
    let errors = |codes: &str| format!("sum(rate(kt_requests_total{{code=~\"{codes}\"}}[5m]))");
    let (server, client) = (errors("5.."), errors("4.."));
    for expr in [
        format!("{server} > 0.5 * {server} offset 1d"),
        format!("{server} / {client} > 0.5"),
    ] {
        let read = reading(&alerts(&[("a", &expr)]));
        assert_eq!(changed(&read), json!({}), "{expr}");
    }
}
