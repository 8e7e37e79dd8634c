//! `kt-capacity fit` from outside.

use std::path::PathBuf;
use std::process::{Command, Output};

use kt_capacity::scenario::{DayShape, link};
use serde_json::Value;

use super::folder;

fn run(arguments: &[&str]) -> Output {
    let file = |name: &&str| -> PathBuf {
        let path = folder().join(name);
        if path.is_file() {
            path
        } else {
            PathBuf::from(name)
        }
    };
    Command::new(env!("CARGO_BIN_EXE_kt-capacity"))
        .arg("fit")
        .args(arguments.iter().map(file))
        .output()
        .unwrap()
}

#[track_caller]
fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--json"]].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert_eq!(output.stdout, b"", "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// 26 hours of a plain trace: the link carries what the facts say.
#[test]
fn the_link_of_a_fit_carries_the_values() {
    let found = json(&["plain-min.csv", "--peak", "busiest"]);
    let share = found["link"].as_str().unwrap();
    let (scenario, notices) = link::from_fragment(share.trim_start_matches('#'));
    assert!(notices.is_empty(), "{notices:?}");
    let fact = |key: &str| found["facts"]["scenario"][key]["value"].as_f64().unwrap();
    let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-5 * b.abs(), "{a} is not {b}");
    near(scenario.workloads[0].requests, fact("requests-per-day"));
    near(scenario.workloads[0].input_tokens, fact("avg-input-tokens"));
    near(
        scenario.workloads[0].output_tokens,
        fact("avg-output-tokens"),
    );
    near(scenario.traffic.peak_multiplier, fact("peak-multiplier"));
    // The counts of single seconds and of ten, each about the mean of its minute, by a program
    // of its own.
    near(scenario.traffic.burstiness, 1.191_020_408);
    assert!(matches!(scenario.traffic.shape, DayShape::Custom(_)));
}

/// Two hours east of UTC the hour that was the first is the third.
#[test]
fn the_shape_turns_with_the_time_zone() {
    let utc = json(&["plain-min.csv"]);
    let east = json(&["plain-min.csv", "--zone", "+02:00"]);
    let hour = |of: &Value, at: usize| of["fit"]["values"]["shape"]["value"][at].as_f64().unwrap();
    for at in 0..24 {
        let (a, b) = (hour(&utc, at), hour(&east, (at + 2) % 24));
        assert!((a - b).abs() < 1e-9, "hour {at}: {a} and {b}");
    }
}

/// A file of days cannot tell the peak, so the link keeps the default and says so.
#[test]
fn what_a_file_cannot_say_stays_assumed() {
    let found = json(&["openai-console-1d.csv"]);
    assert_eq!(
        found["fit"]["values"]["peak-multiplier"]["status"],
        "assumed"
    );
    assert!(!found["link"].as_str().unwrap().contains("peak-multiplier"));
    let text = String::from_utf8(run(&["openai-console-1d.csv"]).stdout).unwrap();
    assert!(text.contains("it cannot tell the peak"), "{text}");
    assert!(text.contains("the file does not say"), "{text}");
    let lost = String::from_utf8(run(&["openai-usage-1m.json"]).stdout).unwrap();
    assert!(lost.contains("≥ "), "{lost}");
}

/// Each model has its share of the requests, and together they are all of them.
#[test]
fn models_are_workloads_if_asked_for() {
    let found = json(&["litellm-spend.csv", "--by", "model"]);
    let (scenario, _) =
        link::from_fragment(found["link"].as_str().unwrap().trim_start_matches('#'));
    assert_eq!(scenario.workloads.len(), 3);
    let sum: f64 = scenario
        .workloads
        .iter()
        .map(|workload| workload.requests)
        .sum();
    let all = found["facts"]["per_day"]["requests"].as_f64().unwrap();
    assert!((sum - all).abs() < 0.02, "{sum} of {all}");
    assert!(refused(&["plain-min.csv", "--by-model"]).contains("several models"));
    // All its rows bear one key.
    assert!(refused(&["litellm-spend.csv", "--by", "key"]).contains("several keys"));
}

#[test]
fn a_question_is_said_with_its_choices_and_taken_as_a_flag() {
    let said = refused(&["grafana-sep.csv"]);
    assert!(
        said.contains("sum(requests)") && said.contains("--column"),
        "{said}"
    );
    let found = json(&[
        "grafana-sep.csv",
        "--column",
        "sum(requests)=answered:per_bucket",
    ]);
    assert_eq!(found["facts"]["requests"]["answered"], 5525.0);
    // Nobody can guess whether a panel has rates or counts.
    let said = refused(&["grafana-sep.csv", "--column", "sum(requests)=answered"]);
    assert!(said.contains("a unit with each column"), "{said}");
    let said = refused(&["bad/decimal-unclear.csv"]);
    assert!(said.contains("--decimal-mark"), "{said}");
    let found = json(&["bad/decimal-unclear.csv", "--decimal-mark", "comma"]);
    assert_eq!(found["facts"]["tokens"]["input"], 223_993.0);
    assert!(refused(&["plain-min.csv", "--zone", "east"]).contains("+02:00"));
    let missing = refused(&["there-is-no-such-file"]);
    assert!(missing.contains("cannot be read"), "{missing}");
    assert!(refused(&["bad/html-error.csv"]).contains("web page"));
}

/// Another command, with a trace of this folder and one provider of 12,000 tokens a minute.
fn with_trace(command: &str, arguments: &[&str]) -> Output {
    let trace = folder().join("plain-min.csv");
    let provider = "p=custom,a,Own limits,1,tpm:12000";
    Command::new(env!("CARGO_BIN_EXE_kt-capacity"))
        .args([command, "--link", &format!("#v=1&{provider}"), "--trace"])
        .arg(trace)
        .args(arguments)
        .output()
        .unwrap()
}

/// Counted from the rows by another program: the fullest minute has 14,105 tokens, 5
/// minutes have more than 12,000 and 10 more than 9,600.
#[test]
fn a_measured_file_is_held_to_the_limits() {
    let output = with_trace("estimate", &["--json", "--fail-on", "critical"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let limit = &found["measured"]["limits"][0];
    assert_eq!(limit["worst"][0]["at"], "2026-10-05T10:59:23.394Z");
    let ratio = limit["worst"][0]["utilization_ratio"].as_f64().unwrap();
    assert!((ratio - 14_105.0 / 12_000.0).abs() < 1e-4, "{ratio}");
    assert_eq!(limit["over_100_percent"]["minutes"], 5.0);
    assert_eq!(limit["over_80_percent"]["minutes"], 10.0);
    assert_eq!(limit["over_80_percent"]["at_least"], false);
    let text = String::from_utf8(with_trace("estimate", &[]).stdout).unwrap();
    assert!(text.contains("2026-10-05 10:59"), "{text}");
}

/// Counted from the rows by another program: the fullest minute has 14,105 tokens, which is 100.8 %
/// of 14,000, and the peak that is planned for, 99.9 % of the minutes, has 13,174.
#[test]
fn a_measured_minute_over_a_limit_reaches_the_verdict() {
    let trace = folder().join("plain-min.csv");
    let estimate = |limit: u32, more: &[&str]| {
        let link = format!("#v=1&p=custom,a,Own limits,1,tpm:{limit}");
        let output = Command::new(env!("CARGO_BIN_EXE_kt-capacity"))
            .args(["estimate", "--link", &link, "--trace"])
            .arg(&trace)
            .args(more)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let label = "Fits the peak, not the measured traffic";
    let found: Value = serde_json::from_str(&estimate(14_000, &["--json"])).unwrap();
    let verdict = &found["verdict"];
    assert_eq!(
        (&verdict["label"], &verdict["state"]),
        (&Value::from(label), &Value::from("fails"))
    );
    assert!(
        verdict["text"]
            .as_str()
            .unwrap()
            .starts_with("The peak load fits")
    );
    let text = estimate(14_000, &[]);
    assert!(text.starts_with(&format!("{label}.\n")), "{text}");
    assert!(
        text.contains("over their limit for 1 min, at 101 % of it"),
        "{text}"
    );
    let brief = estimate(14_000, &["--brief"]);
    assert!(
        brief.contains(&format!("**{label}.** The peak load fits")),
        "{brief}"
    );
    // A limit above each minute says nothing.
    let higher = estimate(15_000, &["--json"]);
    assert!(!higher.contains("measured traffic"), "{higher}");
}

/// The first day of the file has 735 requests, and the day is lived by chance about them.
#[test]
fn a_measured_day_is_lived_through() {
    let output = with_trace("simulate", &["--json"]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let offered = found["totals"]["offered"].as_f64().unwrap();
    assert!(
        (offered - 735.0).abs() < 5.0 * 735.0_f64.sqrt(),
        "{offered}"
    );
}

/// One row in a thousand minutes is busier than the peak that is planned for if none is asked for.
#[test]
fn errors_are_told_of_halves() {
    let found = json(&["plain-min.csv"]);
    assert_eq!(found["fit"]["peak"], "p99.9");
    let trials = found["held_out"]["trials"].as_array().unwrap();
    assert_eq!(trials[0]["peak"], "busiest");
    assert_eq!(json(&["openai-console-1d.csv"])["held_out"], Value::Null);
}

/// The summary of a load test is no usage export, and is read all the same: 60 requests a second
/// over three gateways are 20 each.
#[test]
fn the_summary_of_a_load_test_is_read_as_well() {
    let path = std::env::temp_dir().join(format!("k6-{}.json", std::process::id()));
    let summary = serde_json::json!({ "metrics": {
        "http_reqs": { "count": 600, "rate": 60.0 },
        "http_req_duration": { "avg": 5.0 },
        "gateways": { "value": 3 },
    } });
    std::fs::write(&path, summary.to_string()).unwrap();
    let found = json(&[path.to_str().unwrap()]);
    let text = run(&[path.to_str().unwrap()]);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(found["tested"][0]["value"], "20 rps");
    assert!(
        found["link"].as_str().unwrap().ends_with("gateway-rps=20"),
        "{found}"
    );
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("Measured rate, each: 20 rps"), "{text}");
}

/// Of the spend log, `gpt-4o-mini` has 38 of 71 requests, 28 of them with 21,607 tokens in and
/// 6,355 out; `claude-sonnet-4-5` has 22, 12 with 54,585 and 7,082; the embeddings 11, 8 with 2,160
/// and none. So chat has 76,192 ÷ 40 = 1904.8 in and 13,437 ÷ 40 = 335.925 out; all together have
/// 78,352 ÷ 48 = 1632.33 and 13,437 ÷ 48 = 279.94, as the file has as a whole.
#[test]
fn workloads_are_merged_as_the_reader_likes() {
    let fit = |merges: &[&str]| {
        let flags = merges.iter().flat_map(|merge| ["--merge", merge]);
        let found = json(&[vec!["litellm-spend.csv"], flags.collect()].concat());
        let share = found["link"].as_str().unwrap().to_owned();
        let (scenario, notices) = link::from_fragment(share.trim_start_matches('#'));
        assert!(notices.iter().all(link::Notice::is_advice), "{notices:?}");
        let rows = found["workloads"].as_array().unwrap().clone();
        assert_eq!(rows.len(), scenario.workloads.len());
        for (row, workload) in rows.iter().zip(&scenario.workloads) {
            assert_eq!(row["name"], workload.name.as_str());
            let told = row["input_tokens"].as_f64().unwrap();
            assert!((told - workload.input_tokens).abs() < 0.01, "{told}");
        }
        let all: f64 = found["facts"]["per_day"]["requests"].as_f64().unwrap();
        let shares = scenario.workloads.iter();
        let shares = shares.map(|it| (it.requests_per_day() / all * 71.0).round());
        let tokens = scenario.workloads.iter();
        let tokens = tokens.map(|it| (it.input_tokens, it.output_tokens));
        let names = scenario.workloads.iter().map(|it| it.name.clone());
        names.zip(shares.zip(tokens)).collect::<Vec<_>>()
    };
    let near = |found: &(String, (f64, (f64, f64))), name: &str, known: [f64; 3]| {
        let (count, (input, output)) = found.1;
        assert_eq!(found.0, name);
        let pairs = [count, input, output].into_iter().zip(known);
        assert!(
            pairs.into_iter().all(|(a, b)| (a - b).abs() < 0.006),
            "{found:?}"
        );
    };
    let chat = fit(&["chat=gpt-4o-mini, claude-sonnet-4-5"]);
    near(&chat[0], "chat", [60.0, 1904.8, 335.925]);
    near(&chat[1], "text-embedding-3-small", [11.0, 270.0, 0.0]);
    let unnamed = fit(&["gpt-4o-mini,claude-sonnet-4-5"]);
    assert_eq!(unnamed[0].1, chat[0].1);
    let whole = fit(&["all=*"]);
    assert_eq!(whole.len(), 1);
    near(&whole[0], "all", [71.0, 1632.33, 279.94]);
    let two = fit(&["mini=gpt-4o-mini", "rest=*"]);
    near(&two[0], "mini", [38.0, 771.68, 226.96]);
    // 56,745 ÷ 20 and 7,082 ÷ 20.
    near(&two[1], "rest", [33.0, 2837.25, 354.1]);

    for (merge, said) in [
        (
            "a=gpt-5",
            "--merge names “gpt-5”, which the file does not have: it has",
        ),
        (
            "a=gpt-4o-mini,gpt-4o-mini",
            "--merge names “gpt-4o-mini” more than once",
        ),
        ("a=", "needs at least one part"),
    ] {
        let found = refused(&["litellm-spend.csv", "--merge", merge]);
        assert!(found.contains(said), "{found}");
    }
}

/// Keys are named as they are listed, without a word on what they are.
#[test]
fn keys_are_merged_by_their_names_alone() {
    let rows = |flags: &[&str]| {
        let file = &["openai-usage-1m.json", "--merge", "A=Key 1"][..];
        json(&[file, flags].concat())["workloads"].clone()
    };
    let found = rows(&[]);
    assert_eq!(found[0]["name"], "A");
    assert_eq!(found, rows(&["--by", "key"]));
}

/// A file on standard input is the file.
#[test]
fn standard_input_is_read() {
    let path = folder().join("plain-min.csv");
    let found = |from: Option<std::fs::File>, name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kt-capacity"));
        command.args(["fit", name, "--json"]);
        if let Some(file) = from {
            command.stdin(file);
        }
        command.output().unwrap().stdout
    };
    let path_name = path.to_string_lossy().into_owned();
    let file = std::fs::File::open(&path).unwrap();
    let piped = found(Some(file), "-");
    assert!(!piped.is_empty());
    assert_eq!(piped, found(None, &path_name));
}
