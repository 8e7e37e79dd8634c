//! Workloads by key and by tag, without storing their texts.

use kt_capacity::say::traffic::workload_name;
use kt_capacity::traffic::{Answers, By, Outcome, digest};
use serde_json::json;

use super::{NINE, read_with};

/// The name, the share of the requests, and the mean tokens in and out of each workload.
#[track_caller]
fn shares(file: &str, by: By) -> Vec<(String, f64, f64, f64)> {
    let Outcome::Read(observed) = read_with(&[file.as_bytes()], &Answers::default()) else {
        panic!("the file is read");
    };
    let digest = digest(&observed, 0);
    let kept = format!("{observed:?}{}", serde_json::to_string(&digest).unwrap());
    for secret in ["alice", "bob", "carol", "sk-"] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
    let workloads = digest.workloads_by(by);
    let all: f64 = workloads.iter().map(|it| it.requests_per_day).sum();
    let share = |of: f64| (of / all * 1e9).round() / 1e9;
    let workloads = workloads.iter().map(|it| {
        let name = workload_name(it);
        (
            name,
            share(it.requests_per_day),
            it.input_tokens,
            it.output_tokens,
        )
    });
    workloads.collect()
}

fn named(expected: &[(&str, f64, f64, f64)]) -> Vec<(String, f64, f64, f64)> {
    let owned = |(name, a, b, c): &(&str, f64, f64, f64)| ((*name).to_owned(), *a, *b, *c);
    expected.iter().map(owned).collect()
}

/// Bob has 2 of 4 requests with (300 + 500) / 2 tokens in, so he is first by tokens; alice has
/// one of 100, and one request bears no key. Tags in another order are the same tags.
#[test]
fn spend_logs_tell_keys_and_tags() {
    let row = |id: u32, key: &str, tags: &str, input: u32| {
        format!("r{id},acompletion,{key},{input},20,2026-10-05T09:0{id}:00Z,\"{tags}\"\n")
    };
    let file = [
        "request_id,call_type,api_key,prompt_tokens,completion_tokens,startTime,request_tags\n",
        &row(1, "sk-alice", "[\"\"alice\"\",\"\"x\"\"]", 100),
        &row(2, "sk-bob", "[]", 300),
        &row(
            3,
            "sk-bob",
            "[\"\"x\"\", \"\"User-Agent: curl\"\", \"\"alice\"\"]",
            500,
        ),
        &row(4, "", "[\"\"User-Agent: curl\"\"]", 40),
    ]
    .concat();
    let keys = [
        ("Key 1", 0.5, 400.0, 20.0),
        ("Key 2", 0.25, 100.0, 20.0),
        ("Other keys", 0.25, 40.0, 20.0),
    ];
    assert_eq!(shares(&file, By::Key), named(&keys));
    // (100 + 500) / 2 in, and (300 + 40) / 2.
    let tags = [
        ("Tag 1", 0.5, 300.0, 20.0),
        ("Other tags", 0.5, 170.0, 20.0),
    ];
    assert_eq!(shares(&file, By::Tag), named(&tags));
}

/// Eight keys with 8, 7, … 1 requests of 10 tokens: the last two go together, 3 of 36.
#[test]
fn small_keys_go_together() {
    let result = |key: u32| {
        json!({
            "object": "organization.usage.completions.result", "num_model_requests": key,
            "input_tokens": 10 * key, "output_tokens": key, "api_key_id": format!("sk-{key}"),
            "project_id": if key == 8 { "alice" } else { "bob" },
        })
    };
    let results: Vec<_> = (1..=8).map(result).collect();
    let bucket = json!({ "object": "bucket", "start_time": NINE, "end_time": NINE + 60,
        "results": results });
    let page = json!({ "object": "page", "data": [bucket], "has_more": false }).to_string();
    let keys = shares(&page, By::Key);
    assert_eq!(keys.len(), 7);
    let rest = ("Other keys".to_owned(), 0.083_333_333, 10.0, 1.0);
    assert_eq!(keys.last(), Some(&rest));
    // Project 1 has 1 + … + 7 = 28 of the 36 requests.
    let projects = shares(&page, By::Tag);
    assert_eq!(projects[0], ("Tag 1".to_owned(), 0.777_777_778, 10.0, 1.0));
    assert_eq!(projects.len(), 2);
}

/// Keys stand beside models in the daily activity: 6 and 4 of 10 requests, whatever the models.
#[test]
fn the_daily_activity_tells_keys_beside_models() {
    let metrics = |requests: u32, tokens: u32| {
        json!({ "metrics": {
            "prompt_tokens": tokens, "completion_tokens": requests,
            "successful_requests": requests, "failed_requests": 0,
        } })
    };
    let day = json!({
        "date": "2026-10-04",
        "metrics": metrics(10, 1000)["metrics"],
        "breakdown": {
            "models": { "m-1": metrics(9, 900), "m-2": metrics(1, 100) },
            "api_keys": { "sk-alice": metrics(6, 300), "sk-bob": metrics(4, 700) },
        },
    });
    let file = json!({ "results": [day], "metadata": { "has_more": false } }).to_string();
    let keys = [("Key 1", 0.4, 175.0, 1.0), ("Key 2", 0.6, 50.0, 1.0)];
    assert_eq!(shares(&file, By::Key), named(&keys));
    let models = [("m-1", 0.9, 100.0, 1.0), ("m-2", 0.1, 100.0, 1.0)];
    assert_eq!(shares(&file, By::Model), named(&models));
}

/// Each row of the long form says a part of a key's hour.
#[test]
fn keys_of_a_long_form_are_put_together() {
    let row = |key: &str, of: &str, amount: u32| {
        format!("u,2026-10-05T09:00:00Z,2026-10-05T10:00:00Z,m,{key},sk-{key},{of},0,{amount}\n")
    };
    let mut file =
        "user_id,start_time_iso,end_time_iso,model,api_key_name,api_key,type,price,amount\n"
            .to_owned();
    for (key, times) in [("alice", 3), ("bob", 1)] {
        for (of, amount) in [
            ("input_cache_hit_tokens", 10),
            ("input_cache_miss_tokens", 30),
            ("output_tokens", 8),
            ("request_count", 2),
        ] {
            file.push_str(&row(key, of, amount * times));
        }
    }
    // 30 + 90 tokens in over 6 requests are 20, as 40 over 2.
    let keys = [("Key 1", 0.75, 20.0, 4.0), ("Key 2", 0.25, 20.0, 4.0)];
    assert_eq!(shares(&file, By::Key), named(&keys));
    assert_eq!(shares(&file, By::Tag), named(&[]));
}

/// A request without tokens counts, and its zeros are in no mean.
#[test]
fn classes_of_a_trace_are_tags() {
    let file = "timestamp,input_tokens,output_tokens,class_name\n\
                2026-10-05T09:00:00Z,100,10,alice\n\
                2026-10-05T09:01:00Z,300,30,alice\n\
                2026-10-05T09:02:00Z,0,0,bob\n\
                2026-10-05T09:03:00Z,50,5,bob\n";
    let tags = [("Tag 1", 0.5, 200.0, 20.0), ("Tag 2", 0.5, 50.0, 5.0)];
    assert_eq!(shares(file, By::Tag), named(&tags));
}
