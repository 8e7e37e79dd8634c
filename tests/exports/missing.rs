//! Values missing from a file are unknown, not zero.

use serde_json::{Value, json};

use super::{check, read};

/// A CSV of one row without one of its columns.
fn without(columns: &[(&str, &str)], missing: &str) -> String {
    let kept = columns.iter().filter(|(name, _)| *name != missing);
    let (names, cells): (Vec<&str>, Vec<&str>) = kept.copied().unzip();
    format!("{}\n{}\n", names.join(","), cells.join(","))
}

/// Checks the facts lost without a column, which are known with it.
#[track_caller]
fn lost(columns: &[(&str, &str)], cases: &[(&str, &[&str])]) {
    let whole = read(&[&without(columns, "")]);
    for (missing, places) in cases {
        let found = read(&[&without(columns, missing)]);
        for place in *places {
            assert!(
                whole.pointer(place).is_some_and(Value::is_number),
                "{place}\n{whole:#}"
            );
            check(&found, &[(place, Value::Null)]);
        }
    }
}

const FAILED: &str = "/requests/failed";
const THROTTLED: &str = "/requests/throttled";
const BLOCKED: &str = "/requests/blocked";
const INPUT: &str = "/tokens/input";
const OUTPUT: &str = "/tokens/output";
const CACHED: &str = "/tokens/cached";
const WRITTEN: &str = "/tokens/cache_write";

#[test]
fn a_log_of_requests_without_a_column_does_not_say_it() {
    let litellm = [
        ("request_id", "a"),
        ("call_type", "acompletion"),
        ("startTime", "2026-10-05T09:00:00Z"),
        ("prompt_tokens", "7"),
        ("completion_tokens", "2"),
        ("metadata", "{}"),
        ("cache_hit", "False"),
        ("status", "success"),
    ];
    lost(
        &litellm,
        &[
            ("metadata", &[CACHED, WRITTEN, THROTTLED]),
            ("cache_hit", &["/requests/gateway_hits"]),
            ("status", &[FAILED, THROTTLED]),
            ("prompt_tokens", &[INPUT]),
            ("completion_tokens", &[OUTPUT]),
        ],
    );
    let helicone = [
        ("response_id", "a"),
        ("response_created_at", "2026-10-05T09:00:01Z"),
        ("request_created_at", "2026-10-05T09:00:00Z"),
        ("response_status", "200"),
        ("prompt_tokens", "7"),
        ("completion_tokens", "2"),
    ];
    lost(
        &helicone,
        &[
            ("response_status", &[FAILED, THROTTLED]),
            ("prompt_tokens", &[INPUT]),
            ("completion_tokens", &[OUTPUT]),
        ],
    );
    let portkey = [
        ("id", "a"),
        ("created_at", "2026-10-05T09:00:00Z"),
        ("ai_model", "m"),
        ("req_units", "7"),
        ("res_units", "2"),
        ("response_status_code", "200"),
    ];
    lost(
        &portkey,
        &[
            ("response_status_code", &[FAILED, THROTTLED, BLOCKED]),
            ("res_units", &[OUTPUT]),
        ],
    );
    let openrouter = [
        ("generation_id", "a"),
        ("created_at", "2026-10-05T09:00:00Z"),
        ("tokens_prompt", "7"),
        ("tokens_completion", "2"),
        ("finish_reason_normalized", "stop"),
    ];
    lost(
        &openrouter,
        &[
            ("finish_reason_normalized", &[FAILED]),
            ("tokens_completion", &[OUTPUT]),
        ],
    );
    let langfuse = [
        ("id", "a"),
        ("type", "GENERATION"),
        ("start_time", "2026-10-05 09:00:00"),
        ("provided_model_name", "m"),
        ("usage_details", "null"),
        ("level", "DEFAULT"),
    ];
    lost(&langfuse, &[("level", &[FAILED])]);
}

#[test]
fn sums_without_a_column_do_not_say_it() {
    let anthropic = [
        ("usage_date_utc", "2026-10-05"),
        ("usage_input_tokens_no_cache", "7"),
        ("usage_input_tokens_cache_write_5m", "1"),
        ("usage_input_tokens_cache_read", "1"),
        ("usage_output_tokens", "2"),
    ];
    lost(
        &anthropic,
        &[
            ("usage_input_tokens_cache_read", &[CACHED]),
            ("usage_input_tokens_cache_write_5m", &[WRITTEN]),
            ("usage_input_tokens_no_cache", &[INPUT]),
        ],
    );
    let openai = [
        ("start_time", "1791190800"),
        ("end_time", "1791190860"),
        ("start_time_iso", "2026-10-05T09:00:00Z"),
        ("end_time_iso", "2026-10-05T09:01:00Z"),
        ("num_model_requests", "3"),
        ("batch", "False"),
        ("input_tokens", "7"),
        ("output_tokens", "2"),
    ];
    lost(
        &openai,
        &[("input_tokens", &[INPUT]), ("output_tokens", &[OUTPUT])],
    );
    let daily = [
        ("Date", "2026-10-05"),
        ("Successful Requests", "3"),
        ("Failed Requests", "1"),
        ("Prompt Tokens", "7"),
        ("Completion Tokens", "2"),
    ];
    lost(
        &daily,
        &[
            ("Failed Requests", &[FAILED]),
            ("Completion Tokens", &[OUTPUT]),
        ],
    );
}

/// The share of the cache is known by no model, so it cannot be laid over tokens of two models;
/// of one model's 100 tokens it is 50, whether or not the share names it too.
#[test]
fn a_share_of_the_cache_needs_the_models_of_the_tokens() {
    let metric = |name: &str, models: &[&str], point: &Value| {
        let series = |model: &&str| {
            let model = match *model {
                "" => json!([]),
                model => json!([{ "name": { "value": "modeldeploymentname" }, "value": model }]),
            };
            json!({ "metadatavalues": model, "data": [point] })
        };
        let series: Vec<Value> = models.iter().map(series).collect();
        json!({ "name": { "value": name }, "timeseries": series })
    };
    let file = |of_tokens: &[&str], of_share: &str| {
        let at = "2026-10-05T09:00:00Z";
        let tokens = json!({ "timeStamp": at, "total": 100 });
        let share = json!({ "timeStamp": at, "average": 50 });
        let value = [
            metric("ProcessedPromptTokens", of_tokens, &tokens),
            metric(
                "AzureOpenAIContextTokensCacheMatchRate",
                &[of_share],
                &share,
            ),
        ];
        json!({ "interval": "PT1M", "value": value }).to_string()
    };
    check(
        &read(&[&file(&["chat", "code"], "")]),
        &[(INPUT, json!(200)), (CACHED, Value::Null)],
    );
    for of_share in ["chat", ""] {
        check(&read(&[&file(&["chat"], of_share)]), &[(CACHED, json!(50))]);
    }
}

/// 30 cached tokens in the usage object where the other place is empty; an odd part of the
/// metadata leaves the class of the error as it is.
#[test]
fn metadata_are_read_part_by_part() {
    let file = |metadata: &str| {
        format!(
            r#"[{{"request_id":"a","call_type":"acompletion","status":"failure",
                "startTime":"2026-10-05T09:00:00Z","prompt_tokens":70,"metadata":{metadata}}}]"#
        )
    };
    let usage = r#"{"additional_usage_values":{},
                    "usage_object":{"prompt_tokens_details":{"cached_tokens":30}}}"#;
    check(&read(&[&file(usage)]), &[(CACHED, json!(30))]);
    let odd = r#"{"usage_object":"none","additional_usage_values":[1],
                  "error_information":{"error_code":"429"}}"#;
    check(
        &read(&[&file(odd)]),
        &[(THROTTLED, json!(1)), (FAILED, json!(0))],
    );
}

/// A table of days: 3 and 1 requests, 7 tokens; and what callbacks are given, refused with 429.
#[test]
fn other_records_of_litellm_are_known() {
    let daily = "date,api_key,model,successful_requests,failed_requests,prompt_tokens\n\
                 2026-10-05,k,m,3,1,7\n";
    check(
        &read(&[daily]),
        &[
            ("/format", json!("litellm-daily-csv")),
            ("/requests/all", json!(4)),
            ("/models/0/model", json!("m")),
            (INPUT, json!(7)),
            (OUTPUT, Value::Null),
        ],
    );
    let payload = json!({
        "id": "a", "call_type": "acompletion", "startTime": 1_791_190_800.25,
        "endTime": 1_791_190_801.75, "model": "m", "prompt_tokens": 7, "status": "failure",
        "error_information": { "error_code": "429" },
    });
    let answered = json!({
        "id": "b", "call_type": "acompletion", "startTime": 1_791_190_800.25,
        "endTime": 1_791_190_801.75, "model": "m", "prompt_tokens": 7, "status": "success",
        "error_information": null,
    });
    check(
        &read(&[&format!("{payload}\n{answered}\n")]),
        &[
            ("/format", json!("litellm-spend-logs")),
            (THROTTLED, json!(1)),
            ("/latency_s/mean", json!(1.5)),
        ],
    );
}
