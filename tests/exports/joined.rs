//! Files that are read together, and files that were joined before.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use kt_capacity::traffic::{Answers, Unit};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{NINE, check, column, openai_page, outcome, read, read_with};

const LINE: &str = "{\"timestamp\":\"2026-10-05T09:00:00Z\",\"input_tokens\":1,\
                    \"output_tokens\":3}\n";
const LIST: &str = "[{\"timestamp\":\"2026-10-05T09:10:00Z\",\"input_tokens\":500,\
                    \"output_tokens\":3}]";
const PLAIN: &str = "timestamp,input_tokens,output_tokens\n2026-10-05T09:00:00Z,1,3\n";
const LITELLM: &str = "[{\"request_id\":\"a\",\"call_type\":\"acompletion\",\
                       \"startTime\":\"2026-10-05T09:00:00Z\",\"prompt_tokens\":7}]";

/// Records of Portkey with 1, 2, 4 … input tokens.
fn portkey(count: u32) -> Vec<Value> {
    let record = |at: u32| {
        json!({
            "id": format!("r{at}"), "created_at": format!("2026-10-05T09:0{at}:00Z"),
            "ai_model": "m", "req_units": 1 << at, "res_units": 1, "is_success": true,
        })
    };
    (0..count).map(record).collect()
}

/// 1 + 500 input tokens, whichever file comes first.
#[test]
fn lines_and_an_array_of_records_go_together() {
    for files in [[LINE, LIST], [LIST, LINE]] {
        check(
            &read(&files),
            &[
                ("/rows/read", json!(2)),
                ("/tokens/input", json!(501)),
                ("/tokens/output", json!(6)),
            ],
        );
    }
}

/// 1 + 500 and 3 + 30 tokens.
#[test]
fn two_dialects_of_a_trace_go_together() {
    let azure = "TIMESTAMP,ContextTokens,GeneratedTokens\n2026-10-05 09:10:00,500,30\n";
    for files in [[PLAIN, azure], [azure, PLAIN]] {
        let expected = [("/tokens/input", json!(501)), ("/tokens/output", json!(33))];
        check(&read(&files), &expected);
        check(&read(&[&files.concat()]), &expected);
    }
}

/// 10 + 20 + 30 requests, 1 + 2 + 3 tokens; rates of 1 + 2 + 3 a second over 60 s each.
#[test]
fn columns_of_another_file_may_lie_elsewhere() {
    let first: &[u8] = b"Time,A,B\n1791190800000,10,1\n1791190860000,20,2\n";
    let second = b"Time,B,A\n1791190920000,3,30\n";
    let answers = Answers {
        columns: vec![
            column("A", "answered", Unit::PerBucket),
            column("B", "input", Unit::PerBucket),
        ],
        ..Answers::default()
    };
    check(
        &outcome(&read_with(&[first, second], &answers)),
        &[
            ("/requests/answered", json!(60)),
            ("/tokens/input", json!(6)),
        ],
    );
    let rates = [
        "window_start_s,rps\n0,1\n60,2\n",
        "rps,window_start_s\n3,120\n",
    ];
    check(&read(&rates), &[("/requests/answered", json!(360))]);
}

/// 1 + 4 and 2 + 30 tokens of one file that holds two headers.
#[test]
fn a_second_header_in_a_file_places_the_columns_anew() {
    let file = "timestamp,input_tokens,output_tokens\n2026-10-05T09:00:00Z,1,2\n\
                output_tokens,timestamp,input_tokens\n30,2026-10-05T09:01:00Z,4\n";
    check(
        &read(&[file]),
        &[
            ("/tokens/input", json!(5)),
            ("/tokens/output", json!(32)),
            ("/rows/skipped", json!({ "header_repeated": 1 })),
        ],
    );
    let other = "time,status,prompt tokens,completion tokens\n2026-10-05T09:00:00Z,200,1,1\n";
    check(
        &read(&[&format!("{PLAIN}{other}")]),
        &[("/reason", json!("other_source"))],
    );
}

#[test]
fn files_of_different_sources_are_refused() {
    let page = openai_page(&[(NINE, json!(NINE + 60), 1)], false);
    let refused = [("/reason", json!("other_source"))];
    for files in [[page.as_str(), LITELLM], [LITELLM, &page], [LITELLM, LIST]] {
        check(&read(&files), &refused);
    }
    check(&read(&[PLAIN, "Time,A\n1791190800000,1\n"]), &refused);
}

/// 4 + 5 and 2 tokens: the first record alone does not say what it is.
#[test]
fn records_before_the_one_that_says_the_source_count() {
    let first = r#"{"timestamp":"2026-10-05T09:00:00Z","input_tokens":4}"#;
    let second = r#"{"timestamp":"2026-10-05T09:01:00Z","input_tokens":5,"output_tokens":2}"#;
    for file in [
        format!("[{first},{second}]"),
        format!("{first}\n{second}\n"),
    ] {
        check(
            &read(&[&file]),
            &[
                ("/rows/read", json!(2)),
                ("/tokens/input", json!(9)),
                ("/tokens/output", json!(2)),
            ],
        );
    }
    let event = |id: &str, more: &str| {
        format!(
            r#"{{"id":"{id}","timestamp":"2026-10-05T09:00:00Z","decision":"block",
                "input_tokens":1,"output_tokens":1{more}}}"#
        )
    };
    let events = format!(
        "[{},{}]",
        event("a", ""),
        event("b", r#","gateway_id":"g""#)
    );
    check(
        &read(&[&events]),
        &[
            ("/format", json!("keeptrusts-events")),
            ("/requests/blocked", json!(2)),
        ],
    );
}

/// 1 + 2 + 4 tokens of three records, however they are written.
#[test]
fn records_may_be_spread_over_lines_or_glued() {
    let records = portkey(3);
    let lines = |line: fn(&Value) -> String| -> String {
        let lines: Vec<String> = records.iter().map(line).collect();
        lines.concat()
    };
    let pretty = lines(|it| format!("{it:#}\n"));
    let glued: String = records.iter().map(Value::to_string).collect();
    let marked = lines(|it| format!("\u{feff}{it}\n"));
    let commas = lines(|it| format!("{it},\n"));
    for file in [pretty, glued, marked, commas] {
        check(
            &read(&[&file]),
            &[
                ("/rows/read", json!(3)),
                ("/rows/skipped", json!({})),
                ("/tokens/input", json!(7)),
            ],
        );
    }
}

/// A bad line costs itself, be it the first.
#[test]
fn a_bad_first_line_costs_itself() {
    let lines: Vec<String> = portkey(2).iter().map(|it| format!("{it}\n")).collect();
    let lines = lines.concat();
    for bad in ["{\"id\":,}", "{\"id\":", "{\"id\":\"a}"] {
        check(
            &read(&[&format!("{bad}\n{lines}")]),
            &[
                ("/rows/read", json!(2)),
                ("/rows/skipped", json!({ "bad_json": 1 })),
                ("/tokens/input", json!(3)),
            ],
        );
    }
}

/// Two pages of one request each, in an array, as their buckets alone, or a bucket a line.
#[test]
fn parts_of_pages_are_read_as_pages() {
    let page = |at: i64| openai_page(&[(NINE + 60 * at, json!(NINE + 60 * at + 60), 1)], at == 0);
    let (first, last) = (page(0), page(1));
    let bucket = |page: &str| {
        let page: Value = serde_json::from_str(page).unwrap();
        page["data"][0].to_string()
    };
    let (a, b) = (bucket(&first), bucket(&last));
    let files = [
        format!("[{first},{last}]"),
        format!("{first}\n\u{feff}{last}"),
        format!("[{a},{b}]"),
        format!("{a}\n{b}\n"),
    ];
    for file in files {
        let found = read(&[&file]);
        check(
            &found,
            &[
                ("/requests/answered", json!(2)),
                ("/buckets/expected", json!(2)),
            ],
        );
        let flags = found["flags"].as_array().unwrap();
        assert!(!flags.contains(&json!("more_pages")), "{file}");
    }
    let flags = read(&[&first])["flags"].clone();
    assert!(flags.as_array().unwrap().contains(&json!("more_pages")));
    check(&read(&[&last, &first]), &[("/requests/answered", json!(2))]);
    let report = json!({
        "data": [{ "starting_at": "2026-10-05T09:00:00Z", "ending_at": "2026-10-05T09:01:00Z",
            "results": [{ "uncached_input_tokens": 3, "output_tokens": 1 }] }],
        "has_more": true,
    })
    .to_string();
    let found = read(&[&report, "{\"data\":[],\"has_more\":false}"]);
    check(&found, &[("/tokens/input", json!(3))]);
    assert!(
        !found["flags"]
            .as_array()
            .unwrap()
            .contains(&json!("more_pages"))
    );
}

/// 1 + 500 tokens, one of them in a table and the other in JSON.
#[test]
fn a_table_and_json_of_one_source_go_together() {
    for files in [[PLAIN, LIST], [LIST, PLAIN]] {
        let expected = [("/rows/read", json!(2)), ("/tokens/input", json!(501))];
        check(&read(&files), &expected);
    }
    check(
        &read(&[PLAIN, LITELLM]),
        &[("/reason", json!("other_source"))],
    );
}

/// 1 token before and 2 after; the lines of an old spreadsheet end in CR alone.
#[test]
fn lines_may_end_in_any_way() {
    let rows = "2026-10-05T09:00:00Z,1,3\n2026-10-05T09:01:00Z,2,3\n";
    let file = format!("timestamp,input_tokens,output_tokens\n{rows}");
    for end in ["\n", "\r\n", "\r"] {
        let found = read(&[&file.replace('\n', end)]);
        check(
            &found,
            &[("/rows/read", json!(2)), ("/tokens/input", json!(3))],
        );
    }
}

/// Two gzips, one after another, and zeros that fill up a block: 1 + 1 tokens.
#[test]
fn a_gzip_may_be_filled_up_with_zeros() {
    let packed = |text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let mut file = packed(PLAIN);
    file.extend(packed("2026-10-05T09:01:00Z,1,3\n"));
    file.extend([0; 1000]);
    let found = read_with(&[&file], &Answers::default());
    check(
        &outcome(&found),
        &[("/rows/read", json!(2)), ("/tokens/input", json!(2))],
    );
}

/// Two tables of an archive, whatever their names: 1 + 500 tokens.
#[test]
fn an_archive_is_read_by_what_it_holds() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("a/", ""),
        ("a/one.txt", PLAIN),
        ("two.json", LIST),
        (".three", "x"),
    ] {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let file = zip.finish().unwrap().into_inner();
    let found = read_with(&[&file], &Answers::default());
    check(
        &outcome(&found),
        &[("/rows/read", json!(2)), ("/tokens/input", json!(501))],
    );
    let cut = outcome(&read_with(&[&file[..file.len() / 2]], &Answers::default()));
    check(&cut, &[("/reason", json!("truncated_zip"))]);
}

/// A ZIP of these files.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A note, a page of costs, a picture and an archive beside 1 token are left out, wherever they
/// stand, and that is told. Where nothing else is there, one of them says why.
#[test]
fn other_files_of_an_archive_are_left_out_and_told() {
    let note = "# Export of October, for ops\n\nTokens, 2026-10-05: see [the wiki](x).\n";
    let costs = "usage_date_utc,model,token_type,cost_usd\n2026-10-05,m,output,1.25\n";
    let inner = zip_of(&[("x.csv", PLAIN.as_bytes())]);
    let others: [(&str, &[u8]); 5] = [
        ("README.md", note.as_bytes()),
        ("schema.json", b"{\"title\": \"usage\"}"),
        ("costs.csv", costs.as_bytes()),
        ("chart.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("inner.zip", &inner),
    ];
    let usage = ("usage.csv", PLAIN.as_bytes());
    let alone = outcome(&read_with(&[&zip_of(&[usage])], &Answers::default()));
    let told = |found: &Value| found["flags"].to_string().contains("other_files");
    assert!(!told(&alone), "{alone}");
    for at in 0..=others.len() {
        let mut files = others.to_vec();
        files.insert(at, usage);
        let mut found = outcome(&read_with(&[&zip_of(&files)], &Answers::default()));
        assert!(told(&found), "{found}");
        let flags = found["flags"].as_array_mut().unwrap();
        flags.retain(|flag| flag != "other_files");
        assert_eq!(found, alone, "usage stands at {at}");
    }
    for (count, reason) in [(1, "unknown_format"), (3, "costs_not_usage")] {
        let found = outcome(&read_with(
            &[&zip_of(&others[..count])],
            &Answers::default(),
        ));
        check(&found, &[("/reason", json!(reason))]);
    }
    let found = outcome(&read_with(&[&zip_of(&others[3..])], &Answers::default()));
    check(&found, &[("/reason", json!("no_usage_in_archive"))]);
}

/// 1 + 2 tokens; a decimal comma in the second file is of that file alone.
#[test]
fn files_may_divide_their_cells_differently() {
    let semicolons = "timestamp;input_tokens;output_tokens;latency_s\n\
                      2026-10-05T09:01:00Z;2;1;0,85\n";
    let tabs = "sep=\t\ntimestamp\tinput_tokens\toutput_tokens\n2026-10-05T09:01:00Z\t2\t1\n";
    for second in [semicolons, tabs] {
        for files in [[PLAIN, second], [second, PLAIN]] {
            check(
                &read(&files),
                &[("/rows/read", json!(2)), ("/tokens/input", json!(3))],
            );
        }
    }
}
