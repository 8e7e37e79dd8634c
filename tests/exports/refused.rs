//! Files rejected as a whole, each for its own reason.

use kt_capacity::traffic::{Answers, Measure, Outcome, Reason, Unit};
use serde_json::json;

use super::{NINE, check, column, outcome, read, read_with, series_use};

#[track_caller]
fn refused(file: &str, reason: &str) {
    check(&read(&[file]), &[("/reason", json!(reason))]);
}

#[test]
fn other_kinds_of_usage_are_no_completions() {
    let head = "start_time,end_time,start_time_iso,end_time_iso,num_model_requests";
    let row = "1791190800,1791190860,2026-10-05T09:00:00Z,2026-10-05T09:01:00Z,3";
    refused(&format!("{head},images\n{row},2\n"), "other_kind");
    refused(&format!("{head},input_tokens\n{row},2\n"), "other_kind");
}

#[test]
fn rows_that_cannot_be_read_are_no_empty_file() {
    let head = "timestamp,input_tokens,output_tokens\n";
    refused(head, "no_rows");
    refused(&format!("{head}soon,1,1\nlater,1,1\n"), "no_times");
    refused(&format!("{head}2026-10-05T09:00:00Z,n/a,1\n"), "no_numbers");
    refused("[]", "no_rows");
    refused("{\"data\":[],\"has_more\":false}", "no_rows");
    refused("{\"a\":1}", "unknown_format");
    refused("{\"a\":}", "broken_json");
}

#[test]
fn a_name_that_the_file_does_not_have_is_told() {
    let given = |name: &str| Answers {
        columns: vec![column(name, "answered", Unit::PerBucket)],
        ..Answers::default()
    };
    let panel = b"Time,Requests\n1791190800000,1\n1791190860000,1\n";
    let missing = [("/reason", json!("no_such_column"))];
    check(&outcome(&read_with(&[panel], &given("Request"))), &missing);
    let found = outcome(&read_with(&[panel], &given("Requests")));
    check(&found, &[("/requests/answered", json!(2))]);
    let table = b"when,prompt\n2026-10-05T09:00:00Z,1\n";
    check(&outcome(&read_with(&[table], &given("whence"))), &missing);
    let series = json!({ "metric": { "route": "llm" }, "values": [[NINE, "1"]] });
    let file =
        json!({ "status": "success", "data": { "resultType": "matrix", "result": [series] }});
    let answers = Answers {
        series: vec![series_use(("route", "lim"), Measure::Answered)],
        ..Answers::default()
    };
    check(
        &outcome(&read_with(&[file.to_string().as_bytes()], &answers)),
        &missing,
    );
}

#[test]
fn files_of_other_programs_are_named() {
    let of_bytes = |bytes: &[u8]| outcome(&read_with(&[bytes], &Answers::default()));
    for (bytes, reason) in [
        (&b"PAR1\x15\x04\x15\x00"[..], "parquet"),
        (b"%PDF-1.7\n", "picture"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"PK\x03\x04 and then nothing", "truncated_zip"),
    ] {
        check(&of_bytes(bytes), &[("/reason", json!(reason))]);
    }
}

/// The reason in words, with the rows that were looked at and the column, by hand.
#[test]
fn a_reason_names_the_rows_and_the_column() {
    let said = |file: &str| match read_with(&[file.as_bytes()], &Answers::default()) {
        Outcome::Refused(refusal) => kt_capacity::say::traffic::refusal(&refusal),
        other => panic!("{file} is no refusal: {other:?}"),
    };
    let plain = "timestamp,input_tokens,output_tokens\n";
    let row = |cells: &str| [plain, &cells.repeat(2)].concat();
    let bucket = r#"{"start_time":1761523200,"end_time":1761523260,"results":["#;
    let embedded = r#"{"object":"organization.usage.embeddings.result","input_tokens":5}"#;
    let cases = [
        (
            row("soon,1,2\n"),
            "The file has rows, and none has a time that can be read (2 rows, column \
             “timestamp”). Export times as 2026-10-05T09:00:00Z.",
        ),
        (
            row("2026-10-05T09:00:00Z,1,many\n"),
            "The file has rows, and none has numbers that can be read (2 rows, column \
             “output_tokens”). Export plain numbers.",
        ),
        (
            row("2026-10-05T09:00:00Z,-1,2\n"),
            "The file has rows, and none has numbers that can be read (2 rows, column \
             “input_tokens”). Export plain numbers.",
        ),
        (
            "Time,Requests\n1791190800000,1.2 K\n1791190860000,7\n".to_owned(),
            "The cells carry units and are rounded (2 rows, column “Requests”). Export raw \
             numbers: turn formatted data off.",
        ),
        (
            "usage_date_utc,model,cost_usd\n2026-10-05,m,1\n".to_owned(),
            "The file says what was paid, not what was used (column “cost_usd”). Export usage \
             instead of costs.",
        ),
        (
            format!("{{\"object\":\"page\",\"data\":[{bucket}{embedded}]}}]}}"),
            "The file has usage of another kind only, such as embeddings or images (1 row). \
             Export completions.",
        ),
        (
            format!("{{\"object\":\"page\",\"data\":[{bucket}]}},{bucket}]}},{bucket}"),
            "The file ends in the middle, so its totals would be too low (after 2 entries). \
             Download it again.",
        ),
        (
            "a,b\n1,x\n2,y\n3,z\n".to_owned(),
            "The file is of no known source (3 rows). A table needs a time, input tokens and \
             output tokens.",
        ),
        (
            plain.to_owned(),
            kt_capacity::say::traffic::reason(Reason::NoRows),
        ),
    ];
    for (file, expected) in cases {
        assert_eq!(said(&file), expected);
    }
}
