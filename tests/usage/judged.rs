//! Measured minutes against limits, and the providers and workloads that a file says were
//! called, from outside.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use kt_capacity::scenario::property::REQUESTS;
use kt_capacity::scenario::{Scenario, link};
use kt_capacity::traffic::{Answers, Outcome, Reader, fullest_day};
use serde_json::{Value, json};

/// A file of this test, gone with it.
pub(crate) struct Held(PathBuf);

impl Held {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let name = format!("kt-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, text).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    pub(crate) fn run(&self, before: &[&str], after: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_kt-capacity"))
            .args(before)
            .arg(&self.0)
            .args(after)
            .output()
            .unwrap()
    }

    /// The limits of `estimate --trace` under a provider of its own.
    pub(crate) fn limits(&self, limits: &str, more: &[&str]) -> Vec<Value> {
        let own = format!("#v=1&p=custom,a,Own limits,1,{limits}");
        let output = self.run(&["estimate", "--json", "--link", &own, "--trace"], more);
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        found["measured"]["limits"].as_array().unwrap().clone()
    }

    /// The scenario in the link of `fit`.
    pub(crate) fn fitted(&self, more: &[&str]) -> Scenario {
        let output = self.run(&["fit", "--json"], more);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let share = found["link"].as_str().unwrap().trim_start_matches('#');
        link::from_fragment(share).0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Buckets of `OpenAI`'s usage API, each with these results: model, requests, input, output,
/// batch.
pub(crate) fn buckets(count: u64, width_s: u64, results: &[(&str, u64, u64, u64, bool)]) -> String {
    let result = |(model, requests, input, output, batch): &(&str, u64, u64, u64, bool)| {
        json!({
            "object": "organization.usage.completions.result",
            "model": model,
            "num_model_requests": requests,
            "input_tokens": input,
            "output_tokens": output,
            "batch": batch,
        })
    };
    let results: Vec<Value> = results.iter().map(result).collect();
    let bucket = |at: u64| {
        let start = 1_791_158_400 + at * width_s;
        json!({
            "object": "bucket",
            "start_time": start,
            "end_time": start + width_s,
            "results": results,
        })
    };
    let data: Vec<Value> = (0..count).map(bucket).collect();
    json!({ "object": "page", "has_more": false, "data": data }).to_string()
}

/// `LiteLLM`'s rows over an hour: each minute so many calls, and so many hits of the cache.
fn calls_and_hits(calls: u32, hits: u32) -> String {
    let mut rows = vec![
        "request_id,call_type,prompt_tokens,completion_tokens,startTime,model,cache_hit".to_owned(),
    ];
    for minute in 0..60 {
        for at in 0..calls + hits {
            let hit = if at < hits { "True" } else { "False" };
            rows.push(format!(
                "r{minute}-{at},acompletion,90,10,2026-10-05T09:{minute:02}:00Z,gpt-4o,{hit}"
            ));
        }
    }
    rows.push("end,acompletion,90,10,2026-10-05T10:00:00Z,gpt-4o,False".to_owned());
    rows.join("\n")
}

#[track_caller]
fn near(value: &Value, expected: f64) {
    let value = value.as_f64().unwrap();
    assert!(
        (value - expected).abs() < 1e-4 * expected,
        "{value} is not {expected}"
    );
}

/// Each minute 800 live requests of 1,500 tokens are 1.2 M, of a limit of 1 M 120 %; the 2,400
/// that go in batches count for neither limit. Of 1,000 requests a minute 800 are 80 %.
#[test]
fn batches_fill_no_limit_of_a_minute() {
    let live = ("gpt-4.1", 800, 1_120_000, 80_000, false);
    let batch = ("gpt-4.1", 2_400, 3_360_000, 240_000, true);
    let file = Held::new("batch.json", &buckets(120, 60, &[live, batch]));
    let limits = file.limits("tpm:1000000,rpm:1000", &[]);
    near(&limits[0]["worst"][0]["utilization_ratio"], 1.2);
    assert_eq!(limits[0]["over_100_percent"]["minutes"], 120.0);
    near(&limits[1]["worst"][0]["utilization_ratio"], 0.8);
}

/// Each minute 10 calls of 100 tokens reach the provider and 30 do not: of 800 tokens 125 %, of
/// 20 requests 50 %. Further tries that the plan expects are among the measured calls already.
#[test]
fn hits_of_the_gateway_reach_no_limit_and_tries_are_measured() {
    let file = Held::new("hits.csv", &calls_and_hits(10, 30));
    for more in [&[][..], &["--set", "failures=20", "--set", "calls=3"]] {
        let limits = file.limits("tpm:800,rpm:20", more);
        near(&limits[0]["worst"][0]["utilization_ratio"], 1.25);
        assert_eq!(limits[0]["over_100_percent"]["minutes"], 60.0);
        near(&limits[1]["worst"][0]["utilization_ratio"], 0.5);
    }
}

/// Hours of 42,000 requests with 120 tokens: a mean minute has 84,000 tokens, 70 % of 120,000. The
/// busiest minute may have had more; a limit of 70,000 was exceeded at least once.
#[test]
fn the_mean_of_an_hour_is_the_least_that_its_fullest_minute_had() {
    let hour = ("gpt-4o", 42_000, 4_200_000, 840_000, false);
    let file = Held::new("hours.json", &buckets(48, 3600, &[hour]));
    let limits = file.limits("tpm:120000", &[]);
    near(&limits[0]["worst"][0]["utilization_ratio"], 0.7);
    assert_eq!(limits[0]["at_least"], true);
    assert_eq!(
        limits[0]["over_80_percent"],
        json!({"minutes": 0.0, "at_least": true})
    );
    let own = "#v=1&p=custom,a,Own limits,1,tpm:120000";
    let output = file.run(&["estimate", "--link", own, "--trace"], &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("≥ 70 % from 2026-10-05 00:00"), "{text}");
    assert!(text.contains("not known"), "{text}");
    let over = file.limits("tpm:70000", &[]);
    assert_eq!(
        over[0]["over_100_percent"],
        json!({"minutes": 48.0, "at_least": true})
    );
}

/// 100 live requests of one model and 300 of another in batches; the first has 1,000 input
/// tokens, the other 4,000.
#[test]
fn batches_stay_with_their_model() {
    let live = ("gpt-4.1", 100, 100_000, 5_000, false);
    let batch = ("gpt-4o-mini", 300, 1_200_000, 15_000, true);
    let file = Held::new("models.json", &buckets(24, 3600, &[live, batch]));
    let scenario = file.fitted(&["--by", "model"]);
    let told = |name: &str| {
        let found = scenario.workloads.iter().find(|it| it.name == name);
        found.map(|it| (it.requests, it.input_tokens, it.batch_percent))
    };
    assert_eq!(told("gpt-4.1"), Some((2_400.0, 1_000.0, 0.0)));
    assert_eq!(told("gpt-4o-mini"), Some((7_200.0, 4_000.0, 100.0)));
    // The same without models: one workload of both would have 3,250 tokens.
    let apart = file.fitted(&["--by", "batch"]);
    let rows = apart.workloads.iter();
    let rows: Vec<_> = rows
        .map(|it| (&*it.name, it.input_tokens, it.batch_percent))
        .collect();
    assert_eq!(rows, [("Batch", 4_000.0, 100.0), ("Live", 1_000.0, 0.0)]);
    let said = String::from_utf8(file.run(&["fit"], &[]).stdout).unwrap();
    assert!(said.contains("Batch requests have other sizes"), "{said}");
    // Limits of a minute see the live requests only, which are all of one model.
    assert_eq!(called(&scenario), ["openai/gpt-4.1 100"]);
}

fn called(scenario: &Scenario) -> Vec<String> {
    let rows = scenario.providers.iter();
    rows.map(|it| format!("{}/{} {}", it.vendor, it.model, it.weight))
        .collect()
}

/// Each row one call; a prefix or the source says who was called, dates behind a model do not
/// matter, and a model that the catalogue lacks keeps its name.
#[test]
fn providers_are_those_that_were_called() {
    let trace = |models: &[&str]| {
        let mut rows = vec!["timestamp,input_tokens,output_tokens,request_model".to_owned()];
        for (at, model) in models.iter().enumerate() {
            rows.push(format!("2026-10-05T09:{at:02}:00Z,100,10,{model}"));
        }
        Held::new("called.csv", &rows.join("\n"))
    };
    let of = |models: &[&str]| called(&trace(models).fitted(&[]));
    assert_eq!(
        of(&["gpt-4o-2024-08-06", "gpt-4o", "gpt-4o", "claude-sonnet-4-5"]),
        ["anthropic/claude-sonnet-4-5 25", "openai/gpt-4o 75"]
    );
    assert_eq!(of(&["azure/gpt-4o"; 2]), ["azure-openai/gpt-4o 100"]);
    assert_eq!(
        of(&["bedrock/us.anthropic.claude-sonnet-5-5-20260101-v1:0"; 2]),
        ["aws-bedrock/anthropic.claude-sonnet-5-5 100"]
    );
    assert_eq!(
        of(&["eu.meta.llama3-1-70b-v1:0"; 2]),
        ["aws-bedrock/eu.meta.llama3-1-70b-v1:0 100"]
    );
    assert_eq!(
        of(&["groq/openai/gpt-oss-20b"; 2]),
        ["groq/openai/gpt-oss-20b 100"]
    );
    // Nobody is known to sell it, so the providers stay.
    let defaults = called(&Scenario::default());
    assert_eq!(of(&["our-own"; 2]), defaults);
}

/// Chosen providers stay, whether from a link or a flag.
#[test]
fn providers_that_were_chosen_stay() {
    let live = ("gpt-4.1", 100, 100_000, 5_000, false);
    let file = Held::new("chosen.json", &buckets(24, 3600, &[live]));
    let of = |more: &[&str]| {
        let output = file.run(&["estimate", "--link-only", "--trace"], more);
        let share = String::from_utf8(output.stdout).unwrap();
        called(&link::from_fragment(share.trim().trim_start_matches('#')).0)
    };
    assert_eq!(of(&[]), ["openai/gpt-4.1 100"]);
    let own = "#v=1&p=custom,a,Own limits,1,tpm:1000";
    assert_eq!(of(&["--link", own]), ["custom/a 1"]);
    assert_eq!(of(&["--provider", "anthropic"]).len(), 1);
    assert!(of(&["--provider", "anthropic"])[0].starts_with("anthropic/"));
}

/// `estimate` and `simulate` say of a file what `fit` says, and take the same answers.
#[test]
fn a_trace_is_told_and_answered_everywhere() {
    let text = "day;in;out\n03/04/2026 09:00;100;10\n04/04/2026 09:00;100;10\n";
    let file = Held::new("asked.csv", text);
    let answers = [
        "--column",
        "day=timestamp",
        "--column",
        "in=input_tokens",
        "--column",
        "out=output_tokens",
        "--date-order",
        "day_first",
    ];
    for command in ["estimate", "simulate"] {
        let asked = file.run(&[command, "--trace"], &[]);
        assert_eq!(asked.status.code(), Some(2), "{command}");
        let answered = file.run(&[command, "--trace"], &answers);
        let said = String::from_utf8(answered.stderr).unwrap();
        assert!(answered.status.success(), "{command}: {said}");
        assert!(said.contains("Times without a zone"), "{command}: {said}");
    }
    for wrong in [
        "in=foo:per_second",
        "in=inptu:per_second",
        "in=inptu_tokens",
    ] {
        let refused = file.run(&["fit"], &["--column", wrong]);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
        assert!(said.contains("--column cannot be used"), "{wrong}: {said}");
    }
}

/// Calls that come like a clock, 300 a minute and in three minutes 1,900: the busiest minute asks
/// for 190 % of a limit of 1,000. The differences between minutes are in the peak, and within a
/// minute nothing varies, so a limit that is judged over ten seconds is filled no more than that.
#[test]
fn a_peak_minute_is_not_counted_again_as_a_burst() {
    let mut rows = vec!["timestamp,input_tokens,output_tokens".to_owned()];
    for minute in 0..60_u64 {
        let count = if (30..33).contains(&minute) {
            1_900
        } else {
            300
        };
        for at in 0..count {
            let ms = 1_791_158_400_000 + minute * 60_000 + at * 60_000 / count;
            rows.push(format!("{ms},80,20"));
        }
    }
    let file = Held::new("clock.csv", &rows.join("\n"));
    let own = "#v=1&p=custom,a,Own limits,1,rpm:1000,window:10";
    let output = file.run(
        &["estimate", "--json", "--link", own, "--trace"],
        &["--set", "peak-multiplier=5"],
    );
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let burstiness = file.fitted(&[]).traffic.burstiness;
    assert!(burstiness < 0.05, "{burstiness}");
    // Of 22,800 requests an hour 380 a minute, five times as many at the peak: 1,900.
    let limits = found["providers"][0]["limits"].as_array().unwrap();
    let used = limits[0]["utilization_ratio"].as_f64().unwrap();
    assert!((1.9..2.2).contains(&used), "{used}");
}

/// Three of four requests of a minute are refused: 75 %, told as measured, also for programs.
#[test]
fn a_simulated_day_tells_the_measured_share_of_429s() {
    let mut rows = vec!["time,status,prompt tokens,completion tokens".to_owned()];
    for minute in 0..60 {
        for status in [200, 429, 429, 429] {
            rows.push(format!("2026-10-05T09:{minute:02}:00Z,{status},10,1"));
        }
    }
    let file = Held::new("refused.csv", &rows.join("\n"));
    let found = file.run(&["simulate", "--json", "--trace"], &[]);
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    near(&found["measured"]["throttled_ratio"], 0.75);
    let said = String::from_utf8(file.run(&["simulate", "--trace"], &[]).stdout).unwrap();
    assert!(
        said.contains("Measured: providers refused 75.0 %"),
        "{said}"
    );
}

/// A request a minute for a day and one more, of which 1,440 are on the fullest day. 14,410 a day
/// are asked for, so that each minute has 10.007, by chance 14,410 ± 5 · 120.
#[test]
fn flags_of_the_load_go_over_the_minutes_of_a_trace() {
    let mut rows = vec!["timestamp,input_tokens,output_tokens".to_owned()];
    for minute in 0..1440 {
        rows.push(format!(
            "2026-10-05T{:02}:{:02}:00Z,10,1",
            minute / 60,
            minute % 60
        ));
    }
    rows.push("2026-10-06T00:00:00Z,10,1".to_owned());
    let file = Held::new("a-minute.csv", &rows.join("\n"));
    let offered = |more: &[&str]| {
        let output = file.run(&["simulate", "--json", "--trace"], more);
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (found["totals"]["offered"].as_f64().unwrap(), said)
    };
    let (as_measured, said) = offered(&[]);
    assert!((as_measured - 1_440.0).abs() < 190.0, "{as_measured}");
    let said: Vec<&str> = said.lines().collect();
    assert!(
        matches!(said.as_slice(), [note] if note.contains("a minute of its own")),
        "{said:?}"
    );
    let (more, said) = offered(&["--requests-per-day", "14410"]);
    assert!((more - 14_410.0).abs() < 600.0, "{more}");
    assert!(said.contains("10.0 times"), "{said}");
    let (_, said) = offered(&["--set", "peak-multiplier=5"]);
    assert!(said.contains("do not change it"), "{said}");
}

/// Five requests a second over two minutes are 600, those after the last whole minute included; a
/// single one is a day of one.
#[test]
fn the_last_minute_of_a_trace_is_part_of_its_day() {
    let of_day = |rows: u32| {
        let row = |at: u32| {
            let (ms, minute) = (200 * at % 60_000, 200 * at / 60_000);
            format!(
                "2026-10-05T00:{minute:02}:{:02}.{:03}Z,10,1\n",
                ms / 1_000,
                ms % 1_000
            )
        };
        let text: String = (0..rows).map(row).collect();
        let mut reader = Reader::new(&Answers::default());
        reader.push(format!("timestamp,input_tokens,output_tokens\n{text}").as_bytes());
        let Outcome::Read(observed) = reader.finish() else {
            panic!("{rows} rows");
        };
        let minutes = fullest_day(&observed, 0).unwrap().minutes;
        (minutes[0], minutes.iter().flatten().sum::<f64>())
    };
    assert_eq!(of_day(600), (Some(300.0), 600.0));
    assert_eq!(of_day(1), (Some(1.0), 1.0));
}

/// A run in which all calls failed says nothing of a gateway's rate, and how many failed; one in
/// which none did has sent 5 a second, and says no more than that.
#[test]
fn a_load_test_says_what_it_cannot_tell() {
    let run = |failed: f64| {
        let metrics = json!({
            "http_reqs": { "count": 300, "rate": 5.0 },
            "http_req_failed": { "value": failed },
            "http_req_duration": { "avg": 4000.0 },
            "gateways": { "value": 2 },
        });
        let file = Held::new("k6.json", &json!({ "metrics": metrics }).to_string());
        String::from_utf8(file.run(&["fit"], &[]).stdout).unwrap()
    };
    let all = run(1.0);
    assert!(all.contains("none was answered"), "{all}");
    assert!(all.contains("100 % failed"), "{all}");
    assert!(!all.contains("gateway-rps"), "{all}");
    let none = run(0.0);
    assert!(none.contains("Measured rate, each: 2.5 rps"), "{none}");
    assert!(none.contains("the load that was sent"), "{none}");
}

/// Eight days of 1,000 and 2,718 requests by turns, each with 1,500 tokens in and 500 out. The
/// mean is 1,859; ln 2.718 is 1, so that the logarithms are 0, 1, 0, 1 …, whose noise is 0.25:
/// the mean of as many coming days lies within e^(1.644854 × √(0.25 × 2/8)) = 1.5086 of that,
/// between 1,232 and 2,804. The tokens of a request are the same every day, and have no range.
/// Seven days have none.
#[test]
fn a_file_of_eight_days_gives_ranges() {
    let file = |days: u64| {
        let day = |at: u64| {
            let requests = if at.is_multiple_of(2) { 1_000 } else { 2_718 };
            let start = 1_791_158_400 + at * 86_400;
            json!({
                "object": "bucket",
                "start_time": start,
                "end_time": start + 86_400,
                "results": [{
                    "object": "organization.usage.completions.result",
                    "model": "gpt-4.1",
                    "num_model_requests": requests,
                    "input_tokens": requests * 1_500,
                    "output_tokens": requests * 500,
                    "batch": false,
                }],
            })
        };
        let page = json!({
            "object": "page",
            "data": (0..days).map(day).collect::<Vec<_>>(),
            "has_more": false,
        });
        Held::new(&format!("days-{days}.json"), &page.to_string())
    };
    let (long, short) = (file(8), file(7));
    let read = |file: &Held, more: &[&str]| -> Value {
        let output = file.run(&["fit", "--json"], more);
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let found = read(&long, &[]);
    let range = &found["fit"]["values"]["requests-per-day"]["range"];
    let near = |found: &Value, known: f64| {
        let found = found.as_f64().unwrap();
        assert!((found / known - 1.0).abs() < 1e-3, "{found} is not {known}");
    };
    near(&range[0], 1_232.3);
    near(&range[1], 2_804.4);
    let link = found["link"].as_str().unwrap();
    assert!(link.contains("requests-per-day=1230..1859..2800"), "{link}");
    assert!(link.contains("avg-output-tokens=500&"), "{link}");
    // The number stays the one that was measured, with which everything else is planned.
    let points = long.fitted(&["--points"]);
    assert!((points.workloads[0].requests - 1_859.0).abs() < 1e-9);
    assert!(!points.has_ranges());
    let ranged = long.fitted(&[]);
    assert!(ranged.has_ranges());
    assert!((ranged.workloads[0].requests - 1_859.0).abs() < 1e-9);
    let said = String::from_utf8(long.run(&["fit"], &[]).stdout).unwrap();
    assert!(
        said.contains("1,230 to 2,800 over as many coming days, nine times in ten"),
        "{said}"
    );
    assert!(!short.fitted(&[]).has_ranges());
    let said = String::from_utf8(short.run(&["fit"], &[]).stdout).unwrap();
    assert!(
        said.contains("No ranges of the coming days: they take eight whole days"),
        "{said}"
    );
    // What `--trace` plans are the measured numbers.
    let output = long.run(&["estimate", "--json", "--trace"], &[]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["uncertainty"], Value::Null);
}

/// The same days of two models: 3,718 requests on average, within a factor of 1.5086. Each has half
/// of them, so that the squares of the shares come to a half: each by itself drifts by a factor of
/// 1.5086^√2 = 1.7888, from 1,039 to 3,325 requests around 1,859.
#[test]
fn workloads_of_a_file_are_together_as_wide_as_it_tells() {
    let day = |at: u64| {
        let requests = if at.is_multiple_of(2) { 1_000 } else { 2_718 };
        let results = ["gpt-4.1", "gpt-4o-mini"].map(|model| (model, requests, 0, 0, false));
        let page: Value = serde_json::from_str(&buckets(1, 86_400, &results)).unwrap();
        let mut bucket = page["data"][0].clone();
        for key in ["start_time", "end_time"] {
            bucket[key] = json!(bucket[key].as_u64().unwrap() + at * 86_400);
        }
        bucket
    };
    let page = json!({
        "object": "page",
        "data": (0..8).map(day).collect::<Vec<_>>(),
        "has_more": false,
    });
    let file = Held::new("two-models.json", &page.to_string());
    let scenario = file.fitted(&["--by", "model"]);
    assert_eq!(scenario.workloads.len(), 2);
    for row in &scenario.workloads {
        let range = REQUESTS.range(row).unwrap();
        let found = [range.low, row.requests, range.high];
        for (found, known) in found.into_iter().zip([1_040.0, 1_859.0, 3_330.0]) {
            assert!((found - known).abs() < 1e-9, "{found} is not {known}");
        }
    }
}
