//! Plain tables with aggregated rows, and traces whose times have no minutes.

use kt_capacity::traffic::{Answers, By, Flag, Outcome, PeakChoice, digest, facts, fit};
use serde_json::{Value, json};

use super::{check, read, read_with};

/// Rows `timestamp,input_tokens,output_tokens` at these times.
fn trace(times: impl IntoIterator<Item = String>) -> String {
    let rows = times.into_iter().map(|time| format!("{time},1000,100\n"));
    format!(
        "timestamp,input_tokens,output_tokens\n{}",
        rows.collect::<String>()
    )
}

fn day(at: u32) -> String {
    format!("2026-10-{:02}", at + 1)
}

fn hour(at: u32) -> String {
    format!("{}T{:02}:00:00Z", day(at / 24), at % 24)
}

fn flags(file: &str) -> Vec<Flag> {
    match read_with(&[file.as_bytes()], &Answers::default()) {
        Outcome::Read(observed) => digest(&observed, 0).flags,
        other => panic!("{other:?}"),
    }
}

/// 1,440 minutes of 20 and 26 requests by turns, 1,000 tokens in and 100 out of each: 23 × 1,440 =
/// 33,120 requests in the day, the busiest minute 26 ÷ 23 of the mean.
#[test]
fn a_column_that_counts_requests_makes_rows_sums() {
    let minutes = |count: &str, input: &str, output: &str| {
        let row = |at: u32| {
            let (time, requests) = (format!("{:02}:{:02}", at / 60, at % 60), 20 + at % 2 * 6);
            let time = format!("2026-10-05T{time}:00Z");
            (time, requests, requests * 1000, requests * 100)
        };
        let table = (0..1440)
            .map(row)
            .map(|(time, count, input, output)| format!("{time},{count},{input},{output}\n"));
        let lines = (0..1440)
            .map(row)
            .map(|(time, requests, tokens_in, tokens_out)| {
                let line = json!({
                    "timestamp": time, count: requests, input: tokens_in, output: tokens_out,
                });
                format!("{line}\n")
            });
        let header = format!("timestamp,{count},{input},{output}\n");
        [header + &table.collect::<String>(), lines.collect()]
    };
    let files = [
        minutes("requests", "input_tokens", "output_tokens"),
        minutes("num_requests", "prompt_tokens", "completion_tokens"),
        minutes("calls", "input_tokens", "output_tokens"),
    ];
    for file in files.as_flattened() {
        check(
            &read(&[file]),
            &[
                ("/format", json!("plain-sums")),
                ("/per_day/requests", json!(33_120)),
                ("/mean_per_request/input", json!(1000)),
                ("/mean_per_request/output", json!(100)),
                ("/peak_minute/requests/value", json!(26)),
                ("/peak_minute/requests/at_least", json!(false)),
            ],
        );
    }
}

/// Ten days of 1,000 tokens in and 100 out each: 1,100 tokens a day, and no requests.
#[test]
fn one_row_a_day_or_an_hour_is_a_sum() {
    let days = trace((0..10).map(day));
    check(
        &read(&[&days]),
        &[
            ("/width_s", json!(86_400)),
            ("/per_day/tokens", json!(1100)),
            ("/per_day/requests", Value::Null),
            ("/peak_minute/tokens", Value::Null),
        ],
    );
    let found = flags(&days);
    for flag in [Flag::DailyGrain, Flag::NoRequestCount, Flag::RowsAreSums] {
        assert!(found.contains(&flag), "{flag:?}: {found:?}");
    }
    // Two days of hours: 24 × 1,100 tokens a day.
    check(
        &read(&[&trace((0..48).map(hour))]),
        &[
            ("/width_s", json!(3600)),
            ("/per_day/tokens", json!(26_400)),
            ("/per_day/requests", Value::Null),
            ("/peak_minute/tokens/at_least", json!(true)),
        ],
    );
}

/// Two days of hours, two requests in each and four at noon: 24 × 2 + 2 = 50 a day. The hour of
/// noon has 4 ÷ (50 ÷ 24) of the mean, and minutes may have more.
#[test]
fn requests_at_whole_hours_tell_no_minutes() {
    let times = (0..48).flat_map(|at| vec![hour(at); if at % 24 == 12 { 4 } else { 2 }]);
    let file = trace(times);
    let Outcome::Read(observed) = read_with(&[file.as_bytes()], &Answers::default()) else {
        panic!("requests are read");
    };
    let facts = facts(&observed);
    let fit = fit(&observed, &facts, 0);
    let peak = fit.peaks.get(PeakChoice::Busiest);
    assert!(
        (peak.value.unwrap() - 4.0 / (50.0 / 24.0)).abs() < 1e-9,
        "{peak:?}"
    );
    assert_eq!(peak.status, kt_capacity::traffic::Status::AtLeast);
    assert_eq!(fit.values.burstiness.value, None);
    let per_day = fit.values.requests_per_day.value.unwrap();
    assert!((per_day - 50.0).abs() < 1e-9, "{per_day}");
    assert!(fit.workloads.get(By::Model).is_empty());
    assert!(observed.flags.contains(&Flag::CoarseTimes));
}

/// Requests of every minute or of odd seconds stay requests; the former are told.
#[test]
fn other_times_are_those_of_requests() {
    let minute = |at: u32| format!("2026-10-05T{:02}:{:02}:00Z", 9 + at / 60, at % 60);
    let file = trace((0..90).map(minute));
    check(&read(&[&file]), &[("/requests/answered", json!(90))]);
    assert!(flags(&file).contains(&Flag::OneRowAMinute));
    let second = |at: u32| format!("2026-10-05T09:{:02}:{:02}Z", at % 60, at * 7 % 60);
    let file = trace((0..90).map(second));
    check(&read(&[&file]), &[("/format", json!("plain-trace"))]);
    assert!(!flags(&file).contains(&Flag::OneRowAMinute));
    // A spreadsheet has rounded these to hours.
    let file = trace((0..9).map(|_| "1.79116E+12".to_owned()));
    check(&read(&[&file]), &[("/reason", json!("no_times"))]);
}

/// A table as people keep it: of four requests one was refused with 429 and one failed; 100 of the
/// 200 input tokens of the other two were cached, and they took 1 and 3 seconds.
#[test]
fn usual_columns_of_a_trace_are_read() {
    let file = "time,model,input_tokens,output_tokens,cached_tokens,latency_ms,status\n\
                2026-10-05T09:00:01Z,m,100,10,0,1000,200\n\
                2026-10-05T09:00:12Z,m,100,10,100,3000,200\n\
                2026-10-05T09:00:23Z,m,0,0,0,50,429\n\
                2026-10-05T09:00:35Z,m,0,0,0,70,500\n";
    for header in ["time", "timestamp", "created_at"] {
        check(
            &read(&[&file.replace("time,", &format!("{header},"))]),
            &[
                ("/requests/answered", json!(2)),
                ("/requests/throttled", json!(1)),
                ("/requests/failed", json!(1)),
                ("/mean_per_request/input", json!(100)),
                ("/mean_per_request/cached_share", json!(0.5)),
                ("/latency_s/mean", json!(2)),
                ("/models/0/model", json!("m")),
            ],
        );
    }
}

/// Two hours with eight days between them: in one file they had no traffic; between two files
/// nobody exported them.
#[test]
fn days_without_traffic_are_told() {
    let times = |day: u32| (0..60).map(move |at| format!("2026-10-{day:02}T09:{at:02}:07Z"));
    let part = |day: u32| trace(times(day));
    let found = |files: &[String]| {
        let files: Vec<&[u8]> = files.iter().map(String::as_bytes).collect();
        match read_with(&files, &Answers::default()) {
            Outcome::Read(observed) => digest(&observed, 0).flags,
            other => panic!("{other:?}"),
        }
    };
    let one = |days: [u32; 2]| [trace(days.into_iter().flat_map(times))];
    assert!(found(&one([5, 14])).contains(&Flag::LongSilence));
    // From Friday to Monday is a weekend.
    assert!(!found(&one([9, 12])).contains(&Flag::LongSilence));
    let apart = found(&[part(5), part(14)]);
    assert!(apart.contains(&Flag::DaysBetweenFiles));
    assert!(!apart.contains(&Flag::LongSilence));
}

/// Two models of 1,000 and 100 tokens each day: two sums of a day, and no requests.
#[test]
fn a_row_of_each_model_and_day_is_a_sum() {
    let rows = |at: u32| format!("{0},a,1000,100\n{0},b,1000,100\n", day(at));
    let table: String = (0..10).map(rows).collect();
    let file = format!("timestamp,model,input_tokens,output_tokens\n{table}");
    check(&read(&[&file]), &[("/per_day/requests", json!(null))]);
}

/// Two requests at each hour of four days, one answered and one refused: 24 a day of each.
#[test]
fn requests_at_whole_hours_end_as_their_rows_say() {
    for (status, throttled) in [("429 Too Many Requests", 24), ("500", 0), ("cancelled", 0)] {
        let rows = |at: u32| format!("{0},50,5,200\n{0},0,0,{status}\n", hour(at));
        let table: String = (0..96).map(rows).collect();
        let file = format!("timestamp,input_tokens,output_tokens,status\n{table}");
        let found = read(&[&file]);
        check(
            &found,
            &[
                ("/mean_per_request/input", json!(50)),
                ("/requests/answered", json!(96)),
                ("/requests/throttled", json!(throttled * 4)),
                ("/requests/failed", json!(96 - throttled * 4)),
            ],
        );
    }
}

/// Numbers of rows and names of conversations repeat; the ids of answers do not.
#[test]
fn only_the_id_of_an_answer_tells_a_request_again() {
    let page = |from: u32, id: fn(u32) -> String| {
        let rows = (0..30).map(|at| {
            let time = format!("2026-10-05T09:{:02}:07Z", from + at);
            format!("{},{time},1000,100\n", id(at))
        });
        format!(
            "id,timestamp,input_tokens,output_tokens\n{}",
            rows.collect::<String>()
        )
    };
    let told_of = |id: fn(u32) -> String, rows: u32| {
        let found = read(&[&page(0, id), &page(30, id)]);
        check(&found, &[("/models/0/requests", json!(rows))]);
    };
    told_of(|at| at.to_string(), 60);
    told_of(|at| format!("conversation-{}", at % 6), 60);
    told_of(|at| format!("chatcmpl-{at}"), 30);
}

/// Tools that a request called are no requests beside what is said of it alone.
#[test]
fn calls_beside_a_latency_are_those_of_tools() {
    let rows = (0..60).map(|at| format!("2026-10-05T09:{at:02}:07Z,{},1000,100,250\n", at % 3));
    let header = "timestamp,calls,input_tokens,output_tokens,latency_ms\n";
    let file = header.to_owned() + &rows.collect::<String>();
    check(
        &read(&[&file]),
        &[
            ("/format", json!("plain-trace")),
            ("/models/0/requests", json!(60)),
        ],
    );
}

/// Sums may have any time of a trace.
#[test]
fn sums_are_read_by_any_name_of_their_time() {
    for time in ["created_at", "created", "date", "time"] {
        let rows = (0..60).map(|at| format!("2026-10-05T09:{at:02}:00Z,m,20,20000,2000\n"));
        let header = format!("{time},model,num_requests,input_tokens,output_tokens\n");
        let found = read(&[&(header + &rows.collect::<String>())]);
        check(
            &found,
            &[
                ("/format", json!("plain-sums")),
                ("/mean_per_request/input", json!(1000)),
            ],
        );
    }
}

/// A last row may leave its optional cell out as others do.
#[test]
fn a_last_row_as_short_as_another_is_whole() {
    let file = "timestamp,input_tokens,output_tokens,note\n\
                2026-10-05T09:00:07Z,1000,100,a\n2026-10-05T09:01:07Z,1000,100\n\
                2026-10-05T09:02:07Z,1000,100";
    check(&read(&[file]), &[("/models/0/requests", json!(3))]);
}
