//! Faults that an audit of usage exports found, each as its kind.

use kt_capacity::traffic::{Answers, Column, Flag, Outcome, Status, Unit, Window, digest};
use serde_json::{Value, json};

use super::{NINE, check, column, openai_page, outcome, read, read_with};

fn within(from: &str, to: &str) -> Answers {
    Answers {
        window: Window::parse(from, to),
        ..Answers::default()
    }
}

fn with_columns(columns: &[(&str, &str)]) -> Answers {
    let given = columns.iter();
    let given = given.map(|(name, means)| column(name, means, Unit::PerBucket));
    Answers {
        columns: given.collect::<Vec<Column>>(),
        ..Answers::default()
    }
}

fn flags(files: &[&str], answers: &Answers) -> Vec<Flag> {
    let files: Vec<&[u8]> = files.iter().map(|file| file.as_bytes()).collect();
    match read_with(&files, answers) {
        Outcome::Read(observed) => digest(&observed, 0).flags,
        other => panic!("{other:?}"),
    }
}

/// Days of October of `OpenAI`'s console, each with 10 requests: tokens in and the model.
fn console(days: std::ops::Range<i64>, input: u32, model: &str) -> String {
    let head = "start_time,end_time,start_time_iso,end_time_iso,num_model_requests,model,\
                input_tokens,output_tokens\n";
    let row = |day: i64| {
        let start = 1_790_812_800 + (day - 1) * 86_400;
        let end = start + 86_400;
        format!("{start},{end},2026-10-{day:02}T00:00:00Z,,10,{model},{input},10\n")
    };
    days.map(row).fold(head.to_owned(), |all, row| all + &row)
}

/// Ten days of 10,000 tokens a request, then ten of 100 by another model: the window holds the
/// latter only, as it does of each kind of source.
#[test]
fn a_window_cuts_sums_as_it_cuts_requests() {
    let first = console(1..11, 100_000, "gpt-4o");
    let second = console(11..21, 1_000, "gpt-4o-mini");
    let files = [first.as_bytes(), second.as_bytes()];
    let answers = within("2026-10-11T00:00:00Z", "2026-10-21T00:00:00Z");
    check(
        &outcome(&read_with(&files, &answers)),
        &[
            ("/rows/read", json!(10)),
            ("/rows/skipped", json!({ "outside_window": 10 })),
            ("/requests/answered", json!(100)),
            ("/mean_per_request/input", json!(100)),
            ("/models/0/model", json!("gpt-4o-mini")),
        ],
    );
    let nothing = within("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z");
    let page = openai_page(&[(NINE, json!(NINE + 60), 1)], false);
    let counter = json!({ "status": "success", "data": { "resultType": "matrix", "result": [{
        "metric": { "__name__": "kt_requests_total" },
        "values": [[NINE, "0"], [NINE + 60, "5"], [NINE + 600, "9"]],
    }] } })
    .to_string();
    let rates = "window_start_s,rps\n0,1\n60,2\n".to_owned();
    for file in [&first, &page, &counter, &rates] {
        check(
            &outcome(&read_with(&[file.as_bytes()], &nothing)),
            &[("/reason", json!("not_in_window"))],
        );
    }
}

/// Ten requests a day with 100 tokens in and 10 out; 7 of 10 answered are 3 failed.
#[test]
fn requests_of_litellm_count_however_they_are_split() {
    let day = |requests: Value| {
        let mut metrics = json!({ "prompt_tokens": 1000, "completion_tokens": 100 });
        for (key, value) in requests.as_object().unwrap() {
            metrics[key] = value.clone();
        }
        let day = json!({ "date": "2026-08-01", "metrics": metrics, "breakdown": {} });
        read(&[&json!({ "results": [day], "metadata": {} }).to_string()])
    };
    check(
        &day(json!({ "api_requests": 10 })),
        &[
            ("/requests/answered", json!(10)),
            ("/requests/failed", Value::Null),
            ("/per_day/requests", json!(10)),
            ("/mean_per_request/input", json!(100)),
            ("/mean_per_request/output", json!(10)),
        ],
    );
    check(
        &day(json!({ "api_requests": 10, "successful_requests": 7 })),
        &[
            ("/requests/answered", json!(7)),
            ("/requests/failed", json!(3)),
        ],
    );
    check(&day(json!({})), &[("/requests/all", Value::Null)]);
    let table = "date,model,custom_llm_provider,prompt_tokens,completion_tokens,api_requests\n\
                 2026-08-01,gpt-4o,azure,1000,100,10\n";
    check(&read(&[table]), &[("/requests/answered", json!(10))]);
}

const PLAIN: &str = "timestamp,input_tokens,output_tokens\n";

/// `1,234` without marks is two cells: whose the third number is, nobody knows.
#[test]
fn rows_with_more_cells_than_names_do_not_count() {
    let odd = "2026-10-05T09:00:00Z,1,234,10\n";
    check(
        &read(&[&format!("{PLAIN}{odd}{odd}")]),
        &[("/reason", json!("too_many_cells"))],
    );
    // Empty cells behind the last say nothing.
    let good = "2026-10-05T09:01:00Z,7,3,,\n";
    check(
        &read(&[&format!("{PLAIN}{odd}{good}")]),
        &[
            ("/tokens/input", json!(7)),
            ("/rows/skipped", json!({ "too_many_cells": 1 })),
        ],
    );
    let panel = "Time,Requests\n1791190800000,1,234\n1791190860000,2\n1791190920000,3\n";
    let answers = with_columns(&[("Requests", "answered")]);
    check(
        &outcome(&read_with(&[panel.as_bytes()], &answers)),
        &[("/requests/answered", json!(5))],
    );
}

/// Days 1 to 11 and 10 to 20 have one day in common, months that follow each other none.
#[test]
fn tables_that_overlap_are_told() {
    let none = Answers::default();
    let is_told = |files: &[&str]| flags(files, &none).contains(&Flag::RepeatedParts);
    let [first, second] = [console(1..12, 10, "m"), console(11..21, 10, "m")];
    assert!(is_told(&[&first, &second]));
    assert!(!is_told(&[&first, &console(12..21, 10, "m")]));
    // Two requests of two traces may be alike by chance; a tenth of them is not.
    let trace = |minutes: std::ops::Range<u32>| {
        let row = |minute: u32| format!("2026-10-05T09:{minute:02}:00Z,{},3\n", 100 + minute);
        minutes
            .map(row)
            .fold(PLAIN.to_owned(), |all, row| all + &row)
    };
    assert!(is_told(&[&trace(0..30), &trace(20..50)]));
    assert!(!is_told(&[&trace(0..30), &trace(29..59)]));
}

/// 50 of 100 tokens are cached in the file that tells them, and unknown in the other.
#[test]
fn a_file_without_cached_tokens_does_not_thin_their_share() {
    let with = "timestamp,input_tokens,output_tokens,cached_input_tokens\n\
                2026-10-05T09:00:00Z,100,1,50\n";
    let without = format!("{PLAIN}2026-10-05T09:02:00Z,100,1\n");
    for files in [[with, &without], [&without, with]] {
        check(
            &read(&files),
            &[
                ("/tokens/input", json!(200)),
                ("/scenario/cached/value", json!(50)),
            ],
        );
    }
}

/// 40 of 100 tokens are cached in the record that tells them; the other one has 300 and does not
/// say, which is not none: 40 % and not 10 %.
#[test]
fn a_record_without_cached_tokens_does_not_thin_their_share() {
    let record = |minute: u32, input: u32, more: Value| {
        let mut record = json!({ "timestamp": format!("2026-10-05T09:0{minute}:00Z"),
                                 "input_tokens": input, "output_tokens": 1 });
        let fields = record.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        record
    };
    let told = record(0, 100, json!({ "cached_input_tokens": 40 }));
    let silent = record(1, 300, json!({}));
    let page = |results: Value| {
        json!({ "object": "page", "has_more": false, "data": [{ "object": "bucket",
                "start_time": 1_791_190_800, "end_time": 1_791_190_860, "results": results }] })
    };
    let result = |input: u32, cached: Value| {
        json!({ "object": "organization.usage.completions.result", "num_model_requests": 1,
                "input_tokens": input, "output_tokens": 1, "input_cached_tokens": cached })
    };
    let day = |date: &str, input: u32, more: Value| {
        let mut metrics = json!({ "prompt_tokens": input, "completion_tokens": 1,
                                  "api_requests": 1, "successful_requests": 1 });
        let fields = metrics.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        json!({ "date": date, "metrics": metrics })
    };
    for file in [
        json!([told, silent]).to_string(),
        format!("{silent}\n{told}\n"),
        page(json!([result(100, json!(40)), result(300, Value::Null)])).to_string(),
        json!({ "results": [
            day("2026-10-05", 100, json!({ "cache_read_input_tokens": 40 })),
            day("2026-10-06", 300, json!({})),
        ], "metadata": {} })
        .to_string(),
    ] {
        let expected = [
            ("/tokens/input", json!(400)),
            ("/tokens/cached", json!(40)),
            ("/scenario/cached/value", json!(40)),
        ];
        check(&read(&[&file]), &expected);
    }
}

/// A rate of all deployments is that of the only one: 25 % of 200 and 50 % of 100 are 100 of 300.
#[test]
fn a_cache_rate_without_a_deployment_is_that_of_the_only_one() {
    let metric = |name: &str, of: &[&str], points: Value| {
        let names = of
            .iter()
            .map(|of| json!({ "name": { "value": "ModelDeploymentName" }, "value": of }));
        let names: Vec<Value> = names.collect();
        json!({ "name": { "value": name },
                "timeseries": [{ "metadatavalues": names, "data": points }] })
    };
    let points = |key: &str, values: [u32; 2]| {
        json!([
            { "timeStamp": "2026-10-05T09:00:00Z", key: values[0] },
            { "timeStamp": "2026-10-05T09:01:00Z", key: values[1] },
        ])
    };
    let file = json!({ "interval": "PT1M", "value": [
        metric("ProcessedPromptTokens", &["a"], points("total", [200, 100])),
        metric("AzureOpenAIContextTokensCacheMatchRate", &[], points("average", [25, 50])),
    ] })
    .to_string();
    check(&read(&[&file]), &[("/tokens/cached", json!(100))]);
}

/// A column means what its reader says, in known tables too.
#[test]
fn columns_of_a_known_table_may_be_named_otherwise() {
    let file = "timestamp,model,input_tokens,output_tokens\n2026-10-05T09:00:00Z,m-1,5,3\n";
    let read = |columns| outcome(&read_with(&[file.as_bytes()], &with_columns(columns)));
    check(
        &read(&[("model", "request_model")]),
        &[("/models/0/model", json!("m-1"))],
    );
    let swapped = [
        ("input_tokens", "output_tokens"),
        ("output_tokens", "input_tokens"),
    ];
    check(
        &read(&swapped),
        &[("/tokens/input", json!(3)), ("/tokens/output", json!(5))],
    );
    check(
        &read(&[("nope", "timestamp")]),
        &[("/reason", json!("no_such_column"))],
    );
    check(
        &read(&[("model", "ai_model")]),
        &[("/reason", json!("other_meaning"))],
    );
}

/// A comma in the cells of a panel is decimal or not: 2,5 + 2,5 a minute are 5 requests.
#[test]
fn the_mark_of_a_panel_is_asked_for() {
    let file = "Time;Requests\n1791190800000;2,5\n1791190860000;2,5\n";
    let answers = with_columns(&[("Requests", "answered")]);
    match read_with(&[file.as_bytes()], &answers) {
        Outcome::Ask { question, .. } => assert_eq!(question.key(), "decimal_mark"),
        other => panic!("{other:?}"),
    }
    let comma = kt_capacity::traffic::DecimalMark::Comma;
    let answers = Answers {
        decimal_mark: Some(comma),
        ..answers
    };
    check(
        &outcome(&read_with(&[file.as_bytes()], &answers)),
        &[("/requests/answered", json!(5))],
    );
}

/// The head of a tar has the names of its owner, and no table has a header like it.
#[test]
fn an_archive_gives_nobody_away() {
    let mut head = vec![0_u8; 512];
    head[..9].copy_from_slice(b"usage.csv");
    head[257..262].copy_from_slice(b"ustar");
    head[265..282].copy_from_slice(b"erika.mustermann\0");
    let row = format!("{PLAIN}2026-10-05T09:00:00Z,1,1\n");
    head.extend_from_slice(row.as_bytes());
    let found = read_with(&[&head], &Answers::default());
    assert!(!format!("{found:?}").contains("erika"), "{found:?}");
    check(&outcome(&found), &[("/reason", json!("tar"))]);
}

/// Keys in any case, in names of columns, keys and models.
#[test]
fn keys_are_hidden_in_any_case() {
    let secrets = [
        "AKIAIOSFODNN7EXAMPLE",
        "akiaiosfodnn7example",
        "ASIAIOSFODNN7EXAMPLE",
        "SK-PROJ-ABCDEF1234567890",
        "eyJhbGciOiJIUzI1NiJ9",
        "erika%40example.com",
    ];
    for secret in secrets {
        let csv = format!(
            "timestamp,input_tokens,output_tokens,{secret},request_model\n\
             2026-10-05T09:00:00Z,1,1,1,gpt-4o?api-key=abcdef\n"
        );
        let json = json!({ "timestamp": "2026-10-05T09:00:00Z", "input_tokens": 1,
                           "output_tokens": 1, secret: 1 })
        .to_string();
        for file in [csv, json] {
            let found = read_with(&[file.as_bytes()], &Answers::default());
            let text = format!("{found:?}").to_lowercase();
            assert!(!text.contains(&secret.to_lowercase()), "{secret}: {text}");
            assert!(!text.contains("abcdef"), "{text}");
        }
    }
}

/// Minutes that are up to 2 ms late are minutes: 3 × 2 requests a minute are 6, not 6,000ths.
#[test]
fn late_samples_are_put_on_their_step() {
    let panel = "Time,Requests\n1791190800000,2\n1791190860001,2\n1791190920002,2\n";
    let answers = Answers {
        columns: vec![column("Requests", "answered", Unit::PerMinute)],
        ..Answers::default()
    };
    check(
        &outcome(&read_with(&[panel.as_bytes()], &answers)),
        &[
            ("/requests/answered", json!(6)),
            ("/width_s", json!(60)),
            (
                "/flags",
                json!(["less_than_a_day", "no_token_count", "times_rounded"]),
            ),
        ],
    );
    // A counter that rises by 5 and 4; numbers may stand without marks.
    let late = NINE as f64 + 60.001;
    let counter = json!({ "status": "success", "data": { "resultType": "matrix", "result": [{
        "metric": { "__name__": "kt_requests_total" },
        "values": [[NINE, 0], [late, 5], [NINE + 120, 9]],
    }] } })
    .to_string();
    check(
        &read(&[&counter]),
        &[
            ("/requests/answered", json!(9)),
            ("/buckets/present", json!(2)),
        ],
    );
}

/// 40 requests in 40 days: 99.9 % of the minutes are empty, which is no peak; the shape alone
/// bounds it, whose one hour cannot have more than 24 times the mean. And weeks of 1, 9, 2, 8 …
/// requests do not tell growth from none.
#[test]
fn sparse_traffic_has_no_common_peak_and_no_growth() {
    let mut file = PLAIN.to_owned();
    for (week, count) in (0..).zip([1, 9, 2, 8, 1, 9, 2, 8]) {
        for at in 0..count {
            let day = week * 7 + at % 7;
            let (month, day) = if day < 30 {
                (9, day + 1)
            } else {
                (10, day - 29)
            };
            let row = format!("2026-{month:02}-{day:02}T09:{at:02}:00Z,100,10\n");
            file.push_str(&row);
        }
    }
    let Outcome::Read(observed) = read_with(&[file.as_bytes()], &Answers::default()) else {
        panic!("a file that is read");
    };
    let facts = kt_capacity::traffic::facts(&observed);
    let found = kt_capacity::traffic::fit(&observed, &facts, 0);
    let p999 = found.peaks.get(kt_capacity::traffic::PeakChoice::P999);
    assert_eq!(p999.status, Status::AtLeast, "{found:?}");
    assert!(
        p999.value.is_some_and(|peak| (12.0..=24.0).contains(&peak)),
        "{found:?}"
    );
    assert!(
        found.growth.is_some_and(|growth| !growth.is_told()),
        "{found:?}"
    );
    assert_eq!(found.values.growth.value, None);
}
