//! Buckets and counters: widths, classes, pages, and times that are far off.

use std::time::{Duration, Instant};

use kt_capacity::traffic::{Answers, Fit, Outcome, digest, facts, fit};
use serde_json::{Value, json};

use super::{NINE, check, openai_page, outcome, read, read_with};

fn prometheus(series: &[(Value, Vec<(i64, &str)>)]) -> String {
    let one = |(metric, values): &(Value, Vec<(i64, &str)>)| {
        let values: Vec<Value> = values.iter().map(|(at, it)| json!([at, it])).collect();
        json!({ "metric": metric, "values": values })
    };
    let result: Vec<Value> = series.iter().map(one).collect();
    json!({ "status": "success", "data": { "resultType": "matrix", "result": result } }).to_string()
}

fn requests(status: &str, values: Vec<(i64, &'static str)>) -> (Value, Vec<(i64, &'static str)>) {
    let metric = json!({ "__name__": "kt_requests_total", "status": status });
    (metric, values)
}

/// 10 and 1 answered, 2 + 3 + 1 failed, 4 throttled.
#[test]
fn a_class_of_statuses_is_a_status() {
    let rises = [("2xx", "10"), ("success", "1"), ("4xx", "2"), ("5xx", "3")];
    let more = [("error", "1"), ("429", "4")];
    let all: Vec<_> = rises
        .iter()
        .chain(&more)
        .map(|(status, rise)| requests(status, vec![(NINE, "0"), (NINE + 60, rise)]))
        .collect();
    check(
        &read(&[&prometheus(&all)]),
        &[
            ("/requests/answered", json!(11)),
            ("/requests/failed", json!(6)),
            ("/requests/throttled", json!(4)),
        ],
    );
}

fn azure(interval: &str, status: &str, points: &[(&str, u32)]) -> String {
    let point = |(at, total): &(&str, u32)| {
        let at = format!("2026-10-05T{at}Z");
        json!({ "timeStamp": at, "total": total })
    };
    let points: Vec<Value> = points.iter().map(point).collect();
    let status = json!([{ "name": { "value": "statuscode" }, "value": status }]);
    let series = json!([{ "metadatavalues": status, "data": points }]);
    let value = json!([{ "name": { "value": "ModelRequests" }, "timeseries": series }]);
    json!({ "interval": interval, "value": value }).to_string()
}

/// 7 requests that failed; an hour, five minutes, and what the times have in common: 15 min.
#[test]
fn azure_says_a_width_in_several_ways() {
    let file = |interval| azure(interval, "5xx", &[("09:00:00", 3), ("10:00:00", 4)]);
    for (interval, width_s) in [("PT1H", 3600), ("1:00:00", 3600), ("0:05:00", 300)] {
        check(
            &read(&[&file(interval)]),
            &[("/width_s", json!(width_s)), ("/requests/failed", json!(7))],
        );
    }
    let points = [("09:00:00", 1), ("09:30:00", 1), ("10:15:00", 1)];
    for interval in ["FULL", ""] {
        check(
            &read(&[&azure(interval, "200", &points)]),
            &[("/width_s", json!(900))],
        );
    }
}

/// `FULL` is one sum of the timespan. 1,800 requests in six hours are 5 a minute and 7,200 a day;
/// a sum of two days knows no minute and has 900 a day.
#[test]
fn azure_may_give_one_sum_of_all() {
    let file = |to: &str| {
        let file = azure("FULL", "200", &[("09:00:00", 1800)]);
        let mut file: Value = serde_json::from_str(&file).unwrap();
        file["timespan"] = json!(format!("2026-10-05T09:00:00Z/{to}Z"));
        file.to_string()
    };
    check(
        &read(&[&file("2026-10-05T15:00:00")]),
        &[
            ("/width_s", json!(21_600)),
            ("/period/to", json!("2026-10-05T15:00:00Z")),
            ("/peak_minute/requests/value", json!(5)),
            ("/peak_minute/requests/at_least", json!(true)),
            ("/per_day/requests", json!(7200)),
        ],
    );
    check(
        &read(&[&file("2026-10-07T09:00:00")]),
        &[
            ("/width_s", json!(172_800)),
            ("/peak_minute/requests", Value::Null),
            ("/per_day/requests", json!(900)),
        ],
    );
}

fn fitted(file: &str, offset_min: i32) -> Fit {
    let Outcome::Read(observed) = read_with(&[file.as_bytes()], &Answers::default()) else {
        panic!("a file that is read");
    };
    fit(&observed, &facts(&observed), offset_min)
}

/// A request in each hour of a week from Monday, two more at ten of each weekday, one more at
/// twenty of each day of the weekend, and the first of the next Monday. All times are whole hours:
/// a weekday has 23 hours of one request and one of three, 26; a day of the weekend 25. By hours
/// all days have (5 × 26 + 2 × 25) ÷ 7, but the shape is the weekdays': at ten 3 ÷ (26 ÷ 24).
#[test]
fn weekdays_and_weekends_are_told_apart() {
    let mut file = "timestamp,input_tokens,output_tokens\n".to_owned();
    for hour in 0..=168 {
        let (day, of_day) = (5 + hour / 24, hour % 24);
        let is_weekend = (10..12).contains(&day);
        let count = match (is_weekend, of_day) {
            (false, 10) => 3,
            (true, 20) => 2,
            _ => 1,
        };
        let row = format!("2026-10-{day:02}T{of_day:02}:00:00Z,1,1\n");
        file.push_str(&row.repeat(count));
    }
    let near = |found: f64, known: f64| assert!((found - known).abs() < 1e-9, "{found}: {known}");
    let found = fitted(&file, 0);
    let week = found.week.unwrap();
    near(week.weekdays.per_day, 26.0);
    near(week.weekend.per_day, 25.0);
    near(found.values.shape.value.unwrap()[10], 3.0 / (26.0 / 24.0));
    let said = "Weekdays have 26 requests a day (busiest from 10:00), weekends 25 requests a day \
                (busiest from 20:00). The shape of the day is that of weekdays.";
    assert_eq!(kt_capacity::say::traffic::week(&week), said);
    // Two hours east the same hours have other names; Sunday's last two are Monday's.
    let east = fitted(&file, 120).week.unwrap();
    let busiest = |shape: Option<[f64; 24]>| kt_capacity::model::day::busiest(&shape.unwrap());
    assert_eq!(
        (busiest(east.weekdays.shape), busiest(east.weekend.shape)),
        (12, 22)
    );
    // Five days have no weekend.
    let weekdays: Vec<&str> = file.lines().take(1 + 5 * 24 + 2 * 5).collect();
    assert!(fitted(&weekdays.join("\n"), 0).week.is_none());
}

/// Sixty days of 100 requests, and one of 60,000 in the last week: no two weeks but those with it
/// differ, so nothing grows, though the last month has 22 times the one before.
#[test]
fn one_odd_day_is_no_growth() {
    let bucket = |at: i64| {
        let start = 1_791_158_400 + at * 86_400;
        let requests = if at == 57 { 60_000 } else { 100 };
        (start, json!(start + 86_400), requests)
    };
    let days: Vec<_> = (0..60).map(bucket).collect();
    let found = fitted(&openai_page(&days, false), 0);
    let growth = found.growth.unwrap();
    assert!(growth.percent_per_month.abs() < 1e-9, "{growth:?}");
    assert_eq!(found.values.growth.value, Some(growth.percent_per_month));
    let shrinks = kt_capacity::traffic::Growth {
        percent_per_month: -5.0,
        low_percent: -9.0,
        high_percent: -1.0,
        weeks: 8,
    };
    let said = "−9 to −1 % over 8 weeks; the plan takes 0 for −5";
    assert_eq!(kt_capacity::say::traffic::growth(&shrinks).unwrap(), said);
}

/// A day of 24 live and 24 batch requests on each of eight days is 48 a day on weekdays and on
/// the weekend, as it is for all days.
#[test]
fn weekdays_count_batches_as_all_days_do() {
    let mut file = "timestamp,input_tokens,output_tokens,service_tier\n".to_owned();
    for hour in 0..=8 * 24 {
        let (day, of_day) = (5 + hour / 24, hour % 24);
        for tier in ["default", "batch"] {
            let row = format!("2026-10-{day:02}T{of_day:02}:00:00Z,1,1,{tier}\n");
            file.push_str(&row);
        }
    }
    let found = fitted(&file, 0);
    let week = found.week.unwrap();
    assert!((week.weekend.per_day - 48.0).abs() < 1e-9, "{week:?}");
    // Nine of the instants are of Monday's midnight, of which eight days have passed.
    assert!((week.weekdays.per_day - 48.0).abs() < 0.5, "{week:?}");
    let all = found.values.requests_per_day.value.unwrap();
    assert!((all - 48.0).abs() < 0.5, "{all}");
}

/// Days alone: 10 on each weekday, 3 and 5 on Saturday and Sunday.
#[test]
fn days_of_a_week_are_told_apart_without_hours() {
    let bucket = |at: i64, requests: u32| {
        let start = 1_791_158_400 + at * 86_400;
        (start, json!(start + 86_400), requests)
    };
    let requests = [10, 10, 10, 10, 10, 3, 5];
    let buckets: Vec<_> = (0..)
        .zip(requests)
        .map(|(at, each)| bucket(at, each))
        .collect();
    let found = fitted(&openai_page(&buckets, false), 0);
    let week = found.week.unwrap();
    assert_eq!((week.weekdays.per_day, week.weekend.per_day), (10.0, 4.0));
    let said = "Weekdays have 10 requests a day, weekends 4 requests a day.";
    assert_eq!(kt_capacity::say::traffic::week(&week), said);
}

/// From 0 over 5 and 9 to 15: all 15 requests, 4 of them between the pages; the sample that
/// both pages hold counts once.
#[test]
fn a_counter_goes_on_over_pages() {
    let page = |values| prometheus(&[requests("200", values)]);
    let first = page(vec![(NINE, "0"), (NINE + 60, "5")]);
    let second = page(vec![(NINE + 120, "9"), (NINE + 180, "15")]);
    let overlapping = page(vec![
        (NINE + 60, "5"),
        (NINE + 120, "9"),
        (NINE + 180, "15"),
    ]);
    for files in [
        [first.as_str(), &second],
        [&second, &first],
        [&first, &overlapping],
    ] {
        check(
            &read(&files),
            &[
                ("/requests/answered", json!(15)),
                ("/buckets/expected", json!(3)),
                ("/buckets/missing", json!(0)),
            ],
        );
    }
    let skipped = read(&[&first, &overlapping])["rows"].clone();
    check(
        &skipped,
        &[("/read", json!(4)), ("/skipped/duplicate", json!(1))],
    );
}

/// Minutes with 1 and 2 requests and an hour with 6: two hours, the peak 6 ÷ 60 a minute.
#[test]
fn buckets_of_two_lengths_are_read_as_the_longer() {
    let minutes = openai_page(
        &[
            (NINE, json!(NINE + 60), 1),
            (NINE + 300, json!(NINE + 360), 2),
        ],
        false,
    );
    let hours = openai_page(&[(NINE + 3600, json!(NINE + 7200), 6)], false);
    for files in [[minutes.as_str(), &hours], [&hours, &minutes]] {
        let found = read(&files);
        check(
            &found,
            &[
                ("/width_s", json!(3600)),
                ("/buckets/expected", json!(2)),
                ("/requests/answered", json!(9)),
                ("/peak_minute/requests/value", json!(0.1)),
            ],
        );
        assert!(
            found["flags"]
                .as_array()
                .unwrap()
                .contains(&json!("mixed_widths"))
        );
    }
    let open = openai_page(
        &[(NINE, Value::Null, 1), (NINE + 60, Value::Null, 1)],
        false,
    );
    check(&read(&[&open]), &[("/width_s", json!(60))]);
}

/// A row of 1970 is none of this export. Of a request in 2016 and one in 2026 lie 3653 days of
/// 1440 minutes apart, and both ends are days of their own; so does one in 2099.
#[test]
fn a_time_that_is_far_off_does_not_stop_the_reading() {
    let began = Instant::now();
    let file = |first: &str| {
        format!("timestamp,input_tokens,output_tokens\n{first},1,1\n2026-01-01T00:00:00Z,1,1\n")
    };
    let skipped = read(&[&file("1970-01-01T00:00:00Z")]);
    check(
        &skipped,
        &[
            ("/rows/read", json!(1)),
            ("/rows/skipped", json!({ "no_time": 1 })),
        ],
    );
    let found = read_with(
        &[file("2016-01-01T00:00:00Z").as_bytes()],
        &kt_capacity::traffic::Answers::default(),
    );
    check(
        &outcome(&found),
        &[("/buckets/expected", json!(3653 * 1440))],
    );
    let Outcome::Read(observed) = found else {
        panic!("two rows are read");
    };
    let band = digest(&observed, 0).band.unwrap();
    assert_eq!(band.days, 3653);
    assert_eq!(band.median, vec![Some(0.0); 288]);
    // Two tokens in the first minute of the day that has one; the other is in no minute.
    assert_eq!(band.worst[0], Some(2.0));
    let far = read_with(
        &[file("2099-12-31T00:00:00Z").as_bytes()],
        &kt_capacity::traffic::Answers::default(),
    );
    let Outcome::Read(observed) = far else {
        panic!("two rows are read");
    };
    assert_eq!(digest(&observed, 90).band.unwrap().days, 27_028);
    assert!(began.elapsed() < Duration::from_secs(5));
}

/// Two requests a millisecond apart say nothing of a day.
#[test]
fn a_moment_is_not_scaled_to_a_day() {
    let file = "timestamp,input_tokens,output_tokens\n\
                2026-10-05T09:00:00.000Z,1,1\n2026-10-05T09:00:00.001Z,1,1\n";
    check(&read(&[file]), &[("/per_day/requests", Value::Null)]);
}

/// 2 + 3 requests, at times that are numbers of seconds.
#[test]
fn cloudwatch_may_write_times_as_numbers() {
    let result = json!({
        "Label": "amazon.nova-lite-v1:0 Invocations",
        "Timestamps": [NINE + 60, NINE as f64],
        "Values": [2, 3],
    });
    let file = json!({ "MetricDataResults": [result] }).to_string();
    check(
        &read(&[&file]),
        &[
            ("/requests/answered", json!(5)),
            ("/width_s", json!(60)),
            ("/models/0/model", json!("amazon.nova-lite-v1:0")),
        ],
    );
}

/// 3 + 5 answered, 2 refused and 1 failed; the labels say which.
#[test]
fn vertex_says_refused_and_failed_calls_by_their_code() {
    let series = |code: &str, counts: &[(i64, u32)]| {
        let point = |(minute, count): &(i64, u32)| {
            let at = |minute: i64| format!("2026-10-05T09:{minute:02}:00Z");
            json!({
                "interval": { "startTime": at(*minute), "endTime": at(minute + 1) },
                "value": { "int64Value": count.to_string() },
            })
        };
        let kind = "aiplatform.googleapis.com/publisher/online_serving/model_invocation_count";
        json!({
            "metric": { "type": kind, "labels": { "response_code": code } },
            "points": counts.iter().map(point).collect::<Vec<_>>(),
        })
    };
    let all = [
        series("200", &[(2, 5), (0, 3)]),
        series("429", &[(2, 2)]),
        series("500", &[(1, 1)]),
    ];
    let file = json!({ "timeSeries": all }).to_string();
    check(
        &read(&[&file]),
        &[
            ("/requests/all", json!(11)),
            ("/requests/answered", json!(8)),
            ("/requests/throttled", json!(2)),
            ("/requests/failed", json!(1)),
            ("/peak_minute/requests/value", json!(7)),
        ],
    );
}

/// A call that failed is logged with the name of its error.
#[test]
fn the_log_of_bedrock_says_refused_and_failed_calls() {
    let line = |id: u32, error: &str| {
        let at = format!("2026-10-05T09:00:0{id}Z");
        let mut line = json!({
            "requestId": id.to_string(), "timestamp": at, "modelId": "m",
            "input": { "inputTokenCount": 5 }, "output": { "outputTokenCount": 1 },
        });
        if !error.is_empty() {
            line["errorCode"] = json!(error);
        }
        line.to_string()
    };
    let codes = ["", "ThrottlingException", "InternalServerException", ""];
    let lines: Vec<String> = (0..).zip(codes).map(|(id, code)| line(id, code)).collect();
    check(
        &read(&[&lines.join("\n")]),
        &[
            ("/requests/answered", json!(2)),
            ("/requests/throttled", json!(1)),
            ("/requests/failed", json!(1)),
            ("/throttled_share", json!(0.25)),
        ],
    );
}

/// Days with dots come first in every language that writes them: 09:00 to 09:01 on 5 October.
#[test]
fn dates_with_dots_are_read_with_their_decimal_commas() {
    let file = "timestamp;input_tokens;output_tokens;latency_s\n\
                05.10.2026 09:00:00;1.234;10;0,5\n\
                05.10.2026 09:01:00;2.000;20;1,5\n";
    check(
        &read(&[file]),
        &[
            ("/period/from", json!("2026-10-05T09:00:00Z")),
            ("/period/seconds", json!(60)),
            ("/tokens/input", json!(3234)),
            ("/latency_s/mean", json!(1)),
        ],
    );
}
