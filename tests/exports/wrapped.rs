//! Nested records: in arrays under any key, as text in a log, or packed twice.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use kt_capacity::traffic::{Answers, Unit};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{check, outcome, read, read_with};

/// Two requests: 100 and 300 tokens in, 200 on average; 10 and 20 out, 15 on average.
fn plain() -> [Value; 2] {
    [("09:00:00", 100, 10), ("09:02:00", 300, 20)].map(|(time, input, output)| {
        json!({
            "timestamp": format!("2026-10-05T{time}Z"), "input_tokens": input,
            "output_tokens": output,
        })
    })
}

/// Two calls of the invocation log of Bedrock: 100 and 20 + 80 tokens in, 5 and 15 out.
fn bedrock() -> [Value; 2] {
    let call = |id: &str, time: &str, input: Value, output: u32| {
        json!({
            "schemaType": "ModelInvocationLog", "requestId": id,
            "timestamp": format!("2026-10-05T{time}Z"), "modelId": "amazon.nova-lite-v1:0",
            "identity": { "arn": "arn:aws:sts::1:assumed-role/alice" }, "input": input,
            "output": { "outputTokenCount": output },
        })
    };
    let cached = json!({ "inputTokenCount": 20, "cacheReadInputTokenCount": 80 });
    [
        call("a", "09:00:00", json!({ "inputTokenCount": 100 }), 5),
        call("b", "09:02:00", cached, 15),
    ]
}

#[track_caller]
fn is_read(file: &str, format: &str, [input, output]: [u32; 2]) {
    let found = read(&[file]);
    check(
        &found,
        &[
            ("/format", json!(format)),
            ("/rows/read", json!(2)),
            ("/mean_per_request/input", json!(input)),
            ("/mean_per_request/output", json!(output)),
        ],
    );
    assert!(!found.to_string().contains("alice"), "{found}");
}

#[test]
fn records_lie_in_an_array_under_any_key() {
    let whole = |value: &Value| is_read(&value.to_string(), "plain-trace", [200, 15]);
    for key in ["events", "data", "results", "records", "items", "spans"] {
        whole(&json!({ key: plain(), "count": 2 }));
        whole(&json!({ "count": 2, "response": { "page": 1, key: plain() } }));
        whole(&json!({ "data": { key: plain() } }));
    }
    let lines = plain().map(|record| json!({ "batch": [record] }).to_string());
    is_read(&lines.join("\n"), "plain-trace", [200, 15]);
    let sources = plain().map(|record| json!({ "_index": "i", "_source": record }));
    whole(&json!({ "took": 1, "hits": { "total": { "value": 2 }, "hits": sources } }));
}

/// An array in the first record of JSON Lines is a part of it, whatever its name.
#[test]
fn a_record_may_have_an_array_of_its_own() {
    let lines = plain().map(|mut record| {
        record["events"] = json!([{ "name": "start" }, { "name": "end" }]);
        record.to_string()
    });
    is_read(&lines.join("\n"), "plain-trace", [200, 15]);
}

#[test]
fn a_log_of_amazon_holds_records_as_texts() {
    let whole = |text: &str| is_read(text, "bedrock-invocation-log", [100, 10]);
    let events = |key: &str| {
        let events = bedrock().map(|call| {
            json!({ "id": "1", "timestamp": 1_791_190_800_000_u64, "message": call.to_string() })
        });
        json!({ "messageType": "DATA_MESSAGE", "logGroup": "g", key: events }).to_string()
    };
    whole(&events("events"));
    whole(&events("logEvents"));
    let insights = bedrock().map(|call| {
        json!([
            { "field": "@timestamp", "value": "2026-10-05 09:00:00.000" },
            { "field": "@message", "value": call.to_string() },
        ])
    });
    whole(&json!({ "results": insights, "status": "Complete" }).to_string());
    for header in ["timestamp,message", "@timestamp,@message"] {
        let rows = bedrock().map(|call| {
            let text = call.to_string().replace('"', "\"\"");
            format!("1791190800000,\"{text}\"\n")
        });
        whole(&format!("{header}\n{}", rows.concat()));
    }
    // A line of a log without a record is told.
    let lines = [
        json!({ "message": "START" }).to_string(),
        json!({ "message": format!("INFO {}", bedrock()[0]) }).to_string(),
        json!({ "message": bedrock()[1].to_string() }).to_string(),
    ];
    let found = read(&[&lines.join("\n")]);
    check(&found, &[("/rows/skipped/bad_json", json!(1))]);
    whole(&lines.join("\n"));
}

/// Of `OpenAI` 100 of 200 input tokens were cached and are inside; of Anthropic 150 stand beside
/// 40, and 10 were written: 200 too.
#[test]
fn counts_may_lie_in_an_object_of_the_record() {
    let of = |usage: &Value, time: Value| {
        let mut record = json!({ "id": time.to_string(), "model": "m", "usage": usage });
        let key = if time.is_number() {
            "created"
        } else {
            "timestamp"
        };
        record[key] = time;
        record.to_string()
    };
    let openai = json!({
        "prompt_tokens": 200, "completion_tokens": 15, "total_tokens": 215,
        "prompt_tokens_details": { "cached_tokens": 150 },
    });
    let responses = json!({
        "input_tokens": 200, "output_tokens": 15, "input_tokens_details": { "cached_tokens": 150 },
    });
    let anthropic = json!({
        "input_tokens": 40, "output_tokens": 15, "cache_read_input_tokens": 150,
        "cache_creation_input_tokens": 10,
    });
    for usage in [openai, responses, anthropic] {
        let times = [json!("2026-10-05T09:00:01Z"), json!("2026-10-05T09:00:12Z")];
        let epochs = [json!(1_791_190_800), json!(1_791_190_812)];
        for times in [times, epochs] {
            let file = times.map(|time| of(&usage, time)).join("\n");
            is_read(&file, "plain-trace", [200, 15]);
            check(
                &read(&[&file]),
                &[("/mean_per_request/cached_share", json!(0.75))],
            );
        }
    }
    // A level deeper, beside lines without counts.
    let lines = ["2026-10-05T09:00:01Z", "2026-10-05T09:00:12Z"].map(|time| {
        let usage = json!({ "input_tokens": 200, "output_tokens": 15 });
        let line = json!({ "timestamp": time, "message": { "id": time, "usage": usage } });
        let other = json!({ "timestamp": time, "message": { "content": "{alice}" } });
        format!("{other}\n{line}\n")
    });
    is_read(&lines.concat(), "plain-trace", [200, 15]);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn a_file_may_be_packed_more_than_once() {
    let text = plain().map(|record| record.to_string()).join("\n");
    let twice = gzip(&gzip(text.as_bytes()));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.jsonl.gz", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(&gzip(text.as_bytes())).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    for packed in [twice, zip] {
        let found = outcome(&read_with(&[&packed], &Answers::default()));
        check(
            &found,
            &[
                ("/rows/read", json!(2)),
                ("/mean_per_request/input", json!(200)),
            ],
        );
    }
}

/// The third row ends in its middle: two count.
#[test]
fn a_row_that_the_file_cuts_is_told() {
    let rows = "timestamp,model,input_tokens,output_tokens\n2026-10-05T09:00:00Z,m,100,10\n\
                2026-10-05T09:02:00Z,m,300,20\n2026-10-05T09:0";
    is_read(rows, "plain-trace", [200, 15]);
    check(&read(&[rows]), &[("/rows/skipped/cut_off", json!(1))]);
    let whole = rows.rsplit_once('\n').unwrap().0;
    check(&read(&[whole]), &[("/rows/skipped", json!({}))]);
}

/// Lines of a log: an object behind a time, a container's name or a pod's.
#[test]
fn objects_behind_the_words_of_a_log_are_records() {
    for before in [
        "2026-10-05T10:00:00Z ",
        "2026-10-05 10:00:00 INFO ",
        "gateway-1  | ",
        "[pod/gateway-7f/litellm] ",
    ] {
        let lines = plain().map(|record| format!("{before}{record}"));
        is_read(&lines.join("\n"), "plain-trace", [200, 15]);
        // In pieces of any length, and with a line that holds none.
        let mut reader = kt_capacity::traffic::Reader::new(&Answers::default());
        let text = format!("{}\n{before}started\n{}\r\n", lines[0], lines[1]);
        for piece in text.as_bytes().chunks(7) {
            reader.push(piece);
        }
        let found = outcome(&reader.finish());
        check(
            &found,
            &[
                ("/rows/read", json!(2)),
                ("/mean_per_request/input", json!(200)),
            ],
        );
    }
    // What a program says as it starts comes before.
    let lines = plain().map(|record| format!("gw  | {record}"));
    is_read(
        &["gw  | starting", &lines[0], &lines[1]].join("\n"),
        "plain-trace",
        [200, 15],
    );
    // Loggers have names of their own for the time.
    for name in ["ts", "@timestamp"] {
        let lines = plain().map(|record| record.to_string().replace("timestamp", name));
        is_read(&lines.join("\n"), "plain-trace", [200, 15]);
    }
    // Where the record has no time, that of its line is taken: 09:00 and 09:02 are three minutes.
    let lines = plain().map(|mut record| {
        let time = record["timestamp"].take();
        record.as_object_mut().unwrap().remove("timestamp");
        format!("{} {record}", time.as_str().unwrap())
    });
    is_read(&lines.join("\n"), "plain-trace", [200, 15]);
    let calls = bedrock().map(|call| format!("2026-10-05T10:00:00.123Z {call}"));
    is_read(&calls.join("\n"), "bedrock-invocation-log", [100, 10]);
}

/// Of several columns with JSON the one counts whose records are known, wherever it stands.
#[test]
fn the_column_with_records_is_found_beside_others_with_json() {
    let quoted = |value: &Value| format!("\"{}\"", value.to_string().replace('"', "\"\""));
    let labels = json!({ "app": "a" });
    for order in [[0, 1], [1, 0]] {
        let row = |record: &Value| {
            let cells = [quoted(&labels), quoted(record)];
            format!("x,{},{}", cells[order[0]], cells[order[1]])
        };
        let rows = plain().map(|record| row(&record)).join("\n");
        is_read(&format!("id,one,two\n{rows}\n"), "plain-trace", [200, 15]);
    }
}

/// A panel whose rows name their series: 2 + 4 requests of two minutes, and 300 tokens a request.
#[test]
fn a_panel_with_a_row_for_each_value_is_read() {
    let answers = Answers {
        columns: vec![
            super::column("Requests", "requests", Unit::PerMinute),
            super::column("Input", "input_tokens", Unit::PerMinute),
        ],
        ..Answers::default()
    };
    for (header, row) in [
        ("Time,Metric,Value", ["T", "S", "V"]),
        ("metric,value,time", ["S", "V", "T"]),
        ("Series;Time;Value", ["S", "T", "V"]),
    ] {
        let mark = if header.contains(';') { ";" } else { "," };
        let mut text = format!("{header}\n");
        for (time, series, value) in [
            ("1791190800000", "Requests", "2"),
            ("1791190800000", "Input", "600"),
            ("1791190860000", "Requests", "4"),
            ("1791190860000", "Input", "1200"),
        ] {
            let cells = row.map(|cell| match cell {
                "T" => time,
                "S" => series,
                _ => value,
            });
            text += &(cells.join(mark) + "\n");
        }
        let asked = outcome(&read_with(&[text.as_bytes()], &Answers::default()));
        assert_eq!(asked["choices"], json!(["Requests", "Input"]), "{asked}");
        let found = outcome(&read_with(&[text.as_bytes()], &answers));
        check(
            &found,
            &[
                ("/format", json!("grafana-csv")),
                ("/requests/answered", json!(6)),
                ("/tokens/input", json!(1_800)),
            ],
        );
    }
}

/// A text that is pasted is an export by what it says, however long it is.
#[test]
fn a_pasted_text_is_known_by_its_content() {
    use kt_capacity::traffic::may_be_export;
    for text in [
        "a,b\n1,2",
        "{\"a\": 1}",
        "  [1]",
        "2026-10-05T09:00:00Z {\"input_tokens\": 1}\n",
        "a;b\n1;2\n",
    ] {
        assert!(may_be_export(text), "{text}");
    }
    let manifest = format!(
        "apiVersion: apps/v1\nkind: Deployment\n{}",
        "# more\n".repeat(20)
    );
    for text in [
        "",
        "a,b",
        &manifest,
        "#v=2&requests-per-day=5",
        "kt capacity estimate --x 1",
    ] {
        assert!(!may_be_export(text), "{text}");
    }
}

/// A program's own first words may have a comma, and its records a key that only sounds like time.
#[test]
fn a_log_is_one_whatever_its_first_line_says() {
    for head in ["INFO: Started server, listening on 4000\n", ""] {
        for stamp in ["2026-10-05T09:00:00Z", "2026-10-05 09:00:00,123 INFO"] {
            let record =
                r#"{"model":"m","input_tokens":10,"output_tokens":5,"response_time_ms":5}"#;
            let text = head.to_owned() + &format!("{stamp} {record}\n").repeat(30);
            let found = read(&[&text]);
            check(&found, &[("/models/0/requests", json!(30))]);
        }
    }
}

/// One file has its series as columns, the next in rows: 3 + 1,000 requests, 600 + 600 + 5 tokens.
#[test]
fn series_in_rows_join_those_in_columns() {
    let answers = Answers {
        columns: vec![
            super::column("Requests", "requests", Unit::PerMinute),
            super::column("Input", "input_tokens", Unit::PerMinute),
        ],
        ..Answers::default()
    };
    let wide = "Time,Input,Requests\n1791190800000,600,1\n1791190860000,600,2\n";
    let long = "Time,Metric,Value\n1791190920000,Requests,1000\n1791190920000,Input,5\n";
    let found = outcome(&read_with(&[wide.as_bytes(), long.as_bytes()], &answers));
    check(
        &found,
        &[
            ("/requests/answered", json!(1_003)),
            ("/tokens/input", json!(1_205)),
        ],
    );
}
