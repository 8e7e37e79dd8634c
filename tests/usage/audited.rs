//! Faults of the command that an audit of usage exports found, each as its kind.

use kt_capacity::scenario::{Scenario, link};
use serde_json::{Value, json};

use super::judged::{Held, buckets};

/// 30 days of 4,000 tokens in and 2,000 out: 6,000 a day, by 300 requests 20 each (13.33 in and
/// 6.67 out); by nobody's choice as large as the scenario's, 2,400 × 2.5 = 6,000.
#[test]
fn tokens_count_where_requests_do_not() {
    let mut text =
        "usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens\n".to_owned();
    for day in 1..=30 {
        let row = format!("2026-09-{day:02},claude-sonnet-4-5,4000,2000\n");
        text.push_str(&row);
    }
    let file = Held::new("tokens.csv", &text);
    let of = |more: &[&str]| {
        let output = file.run(&["estimate", "--link-only", "--trace"], more);
        let share = String::from_utf8(output.stdout).unwrap();
        let scenario = link::from_fragment(share.trim().trim_start_matches('#')).0;
        let row = &scenario.workloads[0];
        (row.requests, row.input_tokens, row.output_tokens)
    };
    assert_eq!(of(&["--requests-per-day", "300"]), (300.0, 13.33, 6.67));
    let usual = Scenario::default();
    let size = usual.workloads[0].input_tokens + usual.workloads[0].output_tokens;
    let (requests, input, output) = of(&[]);
    assert!((requests - 6_000.0 / size).abs() < 0.01, "{requests}");
    assert!(
        (requests * (input + output) - 6_000.0).abs() < 6.0,
        "{input} {output}"
    );
}

/// A file of 100 requests a day stands in place of both workloads: 100 × 1,050 tokens.
#[test]
fn a_trace_stands_for_all_workloads() {
    let live = ("gpt-4.1", 100, 100_000, 5_000, false);
    let file = Held::new("all.json", &buckets(1, 86_400, &[live]));
    let two = "#v=2&w=Chat,1000/day,500,100&w=Batch,200/day,5000,500,batch:100";
    let output = file.run(&["estimate", "--link-only", "--link", two, "--trace"], &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("in place of all workloads"), "{said}");
    let share = String::from_utf8(output.stdout).unwrap();
    let scenario = link::from_fragment(share.trim().trim_start_matches('#')).0;
    let rows = scenario.workloads.iter();
    let rows: Vec<_> = rows
        .map(|row| (row.requests, row.input_tokens, row.output_tokens))
        .collect();
    assert_eq!(rows, [(100.0, 1_000.0, 50.0)]);
}

/// Every request was refused with 429, and none has tokens: 100 % were measured.
#[test]
fn a_file_of_nothing_but_refusals_says_so() {
    let record = |at: u32| {
        json!({
            "request_id": format!("r{at}"), "call_type": "acompletion", "model": "gpt-4o",
            "startTime": format!("2026-10-05T{:02}:{:02}:00Z", at / 60, at % 60),
            "prompt_tokens": 0, "completion_tokens": 0, "status": "failure",
            "metadata": { "error_information": { "error_code": "429" } },
        })
    };
    let records: Vec<Value> = (0..120).map(record).collect();
    let file = Held::new("refused.json", &Value::from(records).to_string());
    let output = file.run(&["estimate", "--json", "--trace"], &[]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let errors = found["measured"]["errors"].as_array().unwrap();
    let refused = errors.iter().find(|error| error["of"] == "Share of 429s");
    assert_eq!(refused.map(|error| &error["measured"]), Some(&json!(1.0)));
    let output = file.run(&["estimate", "--trace"], &[]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("share of 429s"), "{said}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("All numbers of tokens"), "{said}");
}

/// One request an hour, and one minute of 40: over 10 requests a minute that one minute is 400 %.
#[test]
fn a_passed_limit_stands_beside_the_verdict() {
    let mut text = "timestamp,input_tokens,output_tokens\n".to_owned();
    for hour in 0..96 {
        let (day, hour) = (5 + hour / 24, hour % 24);
        let count = if (day, hour) == (8, 12) { 40 } else { 1 };
        for at in 0..count {
            let row = format!("2026-10-{day:02}T{hour:02}:00:{at:02}Z,100,10\n");
            text.push_str(&row);
        }
    }
    let file = Held::new("burst.csv", &text);
    let own = "#v=1&p=custom,a,Own limits,1,rpm:10";
    let output = file.run(&["estimate", "--link", own, "--trace"], &[]);
    let said = String::from_utf8(output.stdout).unwrap();
    let sentence = "requests a minute were over their limit for 1 min, at 400 % of it";
    assert!(said.contains(sentence), "{said}");
}
