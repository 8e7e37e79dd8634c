//! Files with missing or duplicate parts; unknown is not zero.

use kt_capacity::traffic::{Answers, Flag, Outcome, PeakChoice, digest, facts, fit};
use serde_json::{Value, json};

use super::{check, read, read_with};

/// The flags of files that are read together.
fn flags(files: &[&str]) -> Vec<Flag> {
    let files: Vec<&[u8]> = files.iter().map(|file| file.as_bytes()).collect();
    match read_with(&files, &Answers::default()) {
        Outcome::Read(observed) => digest(&observed, 0).flags,
        other => panic!("{other:?}"),
    }
}

fn reason(file: &str) -> Value {
    read(&[file])["reason"].clone()
}

/// Two minutes of a metric of `CloudWatch`.
fn metric(label: &str, values: [u32; 2]) -> Value {
    let times = ["2026-10-05T09:00:00Z", "2026-10-05T09:01:00Z"];
    json!({ "Label": label, "Timestamps": times, "Values": values, "StatusCode": "Complete" })
}

fn cloudwatch(results: &[Value], next: Option<&str>) -> String {
    json!({ "MetricDataResults": results, "NextToken": next }).to_string()
}

#[test]
fn a_page_that_another_follows_is_told() {
    let calls = metric("Invocations", [5, 7]);
    let last = cloudwatch(std::slice::from_ref(&calls), None);
    let first = cloudwatch(&[metric("Invocations", [1, 2])], Some("abc"));
    assert!(!flags(&[&last]).contains(&Flag::MorePages));
    assert!(flags(&[&first]).contains(&Flag::MorePages));
    assert!(!flags(&[&first, &last]).contains(&Flag::MorePages));
    let mut partial = calls;
    partial["StatusCode"] = json!("PartialData");
    assert!(flags(&[&cloudwatch(&[partial], None)]).contains(&Flag::MorePages));
    // Page 1 of 2 of LiteLLM's spend logs, then both.
    let page = |page: u32, id: &str| {
        let row = json!({
            "request_id": id,
            "call_type": "acompletion",
            "prompt_tokens": 10,
            "completion_tokens": 1,
            "startTime": format!("2026-10-05T09:0{page}:00Z"),
            "model": "m",
        });
        json!({ "data": [row], "page": page, "page_size": 1, "total_pages": 2 }).to_string()
    };
    let pages = [page(1, "a"), page(2, "b")];
    assert!(flags(&[&pages[0]]).contains(&Flag::MorePages));
    assert!(!flags(&[&pages[0], &pages[1]]).contains(&Flag::MorePages));
    let vertex = |token: &str| {
        let kind = "aiplatform.googleapis.com/publisher/online_serving/model_invocation_count";
        let interval =
            json!({ "startTime": "2026-10-05T09:00:00Z", "endTime": "2026-10-05T09:01:00Z" });
        json!({
            "timeSeries": [{
                "metric": { "type": kind, "labels": {} },
                "points": [{ "interval": interval, "value": { "int64Value": "5" } }],
            }],
            "nextPageToken": token,
        })
        .to_string()
    };
    assert!(flags(&[&vertex("abc")]).contains(&Flag::MorePages));
    assert!(!flags(&[&vertex("")]).contains(&Flag::MorePages));
}

/// Hours of `OpenAI`'s usage API, each with other numbers.
fn hours(range: std::ops::Range<u64>) -> String {
    let bucket = |hour: u64| {
        let start = 1_791_158_400 + hour * 3600;
        json!({
            "object": "bucket",
            "start_time": start,
            "end_time": start + 3600,
            "results": [{
                "object": "organization.usage.completions.result",
                "num_model_requests": 1 + hour,
                "input_tokens": 10,
                "output_tokens": 1,
            }],
        })
    };
    let data: Vec<Value> = range.map(bucket).collect();
    json!({ "object": "page", "has_more": false, "data": data }).to_string()
}

/// Pages of hours 0 to 11 and 12 to 23 have nothing in common; 11 to 23 repeats one hour.
#[test]
fn parts_that_are_there_twice_are_told() {
    let [first, second, overlapping] = [hours(0..12), hours(12..24), hours(11..24)];
    let is_told = |files: &[&str]| flags(files).contains(&Flag::RepeatedParts);
    assert!(!is_told(&[&first, &second]));
    assert!(is_told(&[&first, &overlapping]));
    assert!(is_told(&[&first, &first]));
    let days = "start_time,end_time,start_time_iso,end_time_iso,num_model_requests,input_tokens,\
                output_tokens\n1791158400,1791244800,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,\
                5,50,5\n";
    assert!(is_told(&[days, days]));
    // Rows with ids count once, and nothing is too high.
    let rows = "request_id,timestamp,input_tokens,output_tokens\n\
                a,2026-10-05T09:00:00Z,1,1\nb,2026-10-05T09:01:30Z,1,1\n";
    assert!(!is_told(&[rows, rows]));
}

/// Two models with 3 + 2 and 4 + 3 calls; their total stands under the bare name and counts once.
#[test]
fn the_total_beside_its_parts_counts_once() {
    let parts = [
        metric("one Invocations", [3, 4]),
        metric("two Invocations", [2, 3]),
    ];
    let total = metric("Invocations", [5, 7]);
    let both = [parts[0].clone(), total, parts[1].clone()];
    let found = read(&[&cloudwatch(&both, None)]);
    check(
        &found,
        &[
            ("/requests/answered", json!(12)),
            ("/rows/skipped/total", json!(2)),
        ],
    );
    // Another region's numbers are no total.
    let other = [parts[0].clone(), metric("Invocations", [9, 9])];
    check(
        &read(&[&cloudwatch(&other, None)]),
        &[("/requests/answered", json!(25))],
    );
}

/// A mean of 2 over 5 samples is a sum of 10. A mean alone is none.
#[test]
fn sums_come_from_means_with_their_number_or_are_asked_for() {
    let points = |count: Value| {
        let point = json!({
            "Timestamp": "2026-10-05T09:00:00Z",
            "Average": 2.0,
            "SampleCount": count,
            "Unit": "Count",
        });
        let mut later = point.clone();
        later["Timestamp"] = json!("2026-10-05T09:01:00Z");
        json!({ "Label": "Invocations", "Datapoints": [point, later] }).to_string()
    };
    check(
        &read(&[&points(json!(5.0))]),
        &[("/requests/answered", json!(20))],
    );
    assert_eq!(reason(&points(Value::Null)), "no_sums");
    assert_eq!(
        reason(&cloudwatch(&[metric("x", [1, 2])], None)),
        "unknown_metrics"
    );
    let moment = json!({ "status": "success", "data": { "resultType": "vector", "result": [
        { "metric": { "__name__": "kt_requests_total" }, "value": [1_791_158_400, "5"] },
    ] } });
    assert_eq!(reason(&moment.to_string()), "one_moment");
}

/// Nothing says by its name that it counts, so the reader is asked; a counter that is named
/// rises from 10 over 14 to 20, which are 10 requests.
#[test]
fn series_of_other_names_are_asked_for() {
    let file = json!({ "status": "success", "data": { "resultType": "matrix", "result": [{
        "metric": { "__name__": "llm_calls_count" },
        "values": [[1_791_158_400, "10"], [1_791_158_460, "14"], [1_791_158_520, "20"]],
    }] } })
    .to_string();
    assert_eq!(
        read(&[&file])["choices"],
        json!(["__name__=llm_calls_count"])
    );
    let answers = Answers {
        series: vec![kt_capacity::traffic::SeriesUse {
            labels: vec![("__name__".to_owned(), "llm_calls_count".to_owned())],
            measure: kt_capacity::traffic::Measure::Answered,
            unit: kt_capacity::traffic::Unit::PerSecond,
        }],
        ..Answers::default()
    };
    let found = super::outcome(&read_with(&[file.as_bytes()], &answers));
    check(&found, &[("/requests/answered", json!(10))]);
}

const HEAD: &str = "timestamp,input_tokens,output_tokens\n";

/// The quotation mark in the second row swallows the third; a row that is cut in a text has
/// lost only itself.
#[test]
fn an_open_quotation_mark_that_swallows_rows_is_refused() {
    let rows =
        |third: &str| format!("{HEAD}2026-10-05T09:00:00Z,1,1\n2026-10-05T09:01:00Z,1,{third}");
    assert_eq!(
        reason(&rows("\"1\n2026-10-05T09:02:00Z,1,1\n")),
        "open_quote"
    );
    check(
        &read(&[&rows("1\n2026-10-05T09:02:00Z,1,\"te")]),
        &[("/rows/read", json!(2))],
    );
    check(&read(&[&rows("\"1\"\n")]), &[("/rows/read", json!(2))]);
}

/// Cells that are all empty say nothing; one that is 0 does.
#[test]
fn a_column_of_empty_cells_is_unknown() {
    let rows = |output: &str| {
        let row = |minute: u32| format!("2026-10-05T09:0{minute}:00Z,100,{output}\n");
        (0..5).map(row).fold(HEAD.to_owned(), |all, row| all + &row)
    };
    check(
        &read(&[&rows("")]),
        &[
            ("/tokens/output", Value::Null),
            ("/scenario/avg-output-tokens/value", Value::Null),
            ("/scenario/avg-input-tokens/value", json!(100)),
        ],
    );
    check(&read(&[&rows("0")]), &[("/tokens/output", json!(0))]);
}

/// 500 cached of 100 input tokens is no share.
#[test]
fn more_cached_than_input_tokens_give_no_share() {
    let file = "timestamp,input_tokens,cached_input_tokens,output_tokens\n\
                2026-10-05T09:00:00Z,100,500,1\n2026-10-05T09:02:00Z,100,500,1\n";
    check(&read(&[file]), &[("/scenario/cached/value", Value::Null)]);
    assert!(flags(&[file]).contains(&Flag::CachedBeyondInput));
}

/// Three days with a busiest minute of 2, 3 and 4, and a year without rows between: the median
/// day is one of those three.
#[test]
fn days_in_a_gap_are_no_days() {
    let mut file = HEAD.to_owned();
    file.push_str("2025-10-04T23:00:00Z,1,1\n");
    for (day, count) in [("2025-10-05", 2), ("2026-10-06", 3), ("2026-10-07", 4)] {
        file.push_str(&format!("{day}T09:00:30Z,1,1\n").repeat(count));
    }
    file.push_str("2026-10-08T01:00:00Z,1,1\n");
    let Outcome::Read(observed) = read_with(&[file.as_bytes()], &Answers::default()) else {
        panic!("a file that is read");
    };
    let facts = facts(&observed);
    let found = fit(&observed, &facts, 0).peaks.get(PeakChoice::TypicalDay);
    let a_minute = facts.per_day.live_requests.unwrap() / 1440.0;
    assert!(
        (found.value.unwrap() * a_minute - 3.0).abs() < 1e-9,
        "{found:?}"
    );
}

/// The halves of a day in any writing: 9 in the morning and 9 in the evening.
#[test]
fn halves_of_a_day_are_read_in_any_writing() {
    for times in [
        ["10/13/2026, 09:00:00 AM", "10/13/2026, 09:00:00 PM"],
        ["10/13/2026 9:00 a.m.", "10/13/2026 9:00 p.m."],
        [
            "10/13/2026, 9:00:00\u{202f}am",
            "10/13/2026, 9:00:00\u{202f}pm",
        ],
    ] {
        let file = format!("{HEAD}\"{}\",1,1\n\"{}\",1,1\n", times[0], times[1]);
        check(&read(&[&file]), &[("/period/seconds", json!(43_200))]);
    }
}
