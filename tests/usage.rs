//! Every file of `tests/usage`, or of the folder that `USAGE_DIR` names, against
//! `expected.json` beside it.
//!
//! A fact, an outcome or a source that this test does not know fails it: nothing is passed
//! over. `cargo test --test usage -- --nocapture` prints how many files of each source were
//! judged.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "the numbers of files are the report")]

#[cfg(feature = "cli")]
#[path = "usage/apart.rs"]
mod apart;
#[cfg(feature = "cli")]
#[path = "usage/audited.rs"]
mod audited;
#[cfg(feature = "cli")]
#[path = "usage/between.rs"]
mod between;
#[path = "usage/bomb.rs"]
mod bomb;
#[cfg(feature = "cli")]
#[path = "usage/command.rs"]
mod command;
#[path = "usage/judge.rs"]
mod judge;
#[cfg(feature = "cli")]
#[path = "usage/judged.rs"]
mod judged;
#[path = "usage/real.rs"]
mod real;
#[cfg(feature = "cli")]
#[path = "usage/times.rs"]
mod times;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use kt_capacity::say::traffic as say;
use kt_capacity::traffic::{Format, Outcome, PeakChoice, Reader, facts, fit};
use serde_json::Value;

/// The files to judge.
fn folder() -> PathBuf {
    env::var_os("USAGE_DIR").map_or_else(|| PathBuf::from("tests/usage"), PathBuf::from)
}

fn expectations(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_file_says_what_is_expected() {
    let folder = folder();
    let expected = expectations(&folder);
    for format in expected["formats"].as_object().unwrap().keys() {
        assert!(
            Format::ALL.iter().any(|each| each.key() == format),
            "{format} is not known"
        );
    }
    let mut judged: BTreeMap<String, u32> = BTreeMap::new();
    let mut faults = Vec::new();
    for case in expected["files"].as_array().unwrap() {
        let name = case["file"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        for (format, found) in judge::file(case, &bytes) {
            *judged.entry(format).or_default() += 1;
            faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    for (format, count) in &judged {
        println!("{count:>3} readings of {format}");
    }
    let formats = expected["formats"].as_object().unwrap();
    for format in formats.keys().filter(|format| *format != "rate-table") {
        assert!(
            judged.contains_key(format),
            "no file of {format} was judged"
        );
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// Names, addresses, keys and prompts of a file are in nothing that is kept or said.
#[test]
fn no_text_of_a_person_survives() {
    let folder = folder();
    let expected = expectations(&folder);
    let mut markers = 0;
    for case in expected["files"].as_array().unwrap() {
        let name = case["file"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        let forbidden = case["must_not_appear"].as_array().into_iter().flatten();
        let forbidden: Vec<&str> = forbidden.filter_map(Value::as_str).collect();
        markers += forbidden.len();
        let outcome = Reader::read(&bytes, &judge::answers(&case["expect"]["given"]));
        let mut kept = format!("{outcome:?}");
        if let Outcome::Read(observed) = &outcome {
            let facts = facts(observed);
            kept.push_str(&serde_json::to_string(&facts).unwrap());
            kept.push_str(
                &serde_json::to_string(&fit(observed, &facts, 0).pairs(PeakChoice::Busiest))
                    .unwrap(),
            );
            kept.push_str(&say::unused(&observed.unused));
        }
        for text in forbidden {
            assert!(!kept.contains(text), "{name} gives away {text}");
        }
    }
    assert!(0 < markers, "no file has a marker");
}

/// However a file is cut, it says the same.
#[test]
fn pieces_of_any_length_give_the_same() {
    let folder = folder();
    let expected = expectations(&folder);
    for case in expected["files"].as_array().unwrap() {
        let name = case["file"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        let answers = judge::answers(&case["expect"]["given"]);
        let whole = judge::outcome(&Reader::read(&bytes, &answers));
        for length in [1, 7, 1000] {
            let mut reader = Reader::new(&answers);
            for piece in bytes.chunks(length) {
                reader.push(piece);
            }
            assert_eq!(reader.bytes(), bytes.len() as u64);
            assert_eq!(
                judge::outcome(&reader.finish()),
                whole,
                "{name} in pieces of {length}"
            );
        }
    }
}

/// A sentence ends in a full stop, begins with a capital, and no two reasons share one.
#[test]
fn every_reason_has_one_sentence_of_its_own() {
    let expected = expectations(&folder());
    let mut said = BTreeMap::new();
    for reason in kt_capacity::traffic::Reason::ALL {
        let sentence = say::reason(*reason);
        assert!(
            sentence.ends_with('.') && sentence.starts_with("The ") || sentence.starts_with('A')
        );
        assert_eq!(said.insert(sentence, reason.key()), None, "{sentence}");
    }
    for reason in expected["reasons"].as_object().unwrap().keys() {
        assert!(
            said.values().any(|known| known == reason),
            "{reason} has no sentence"
        );
    }
}

/// Pages of one export are read together; files of two sources are not.
#[test]
fn several_files_are_pages_of_one_export() {
    let folder = folder();
    let read = |names: &[&str]| {
        let mut reader = Reader::new(&judge::answers(&Value::Null));
        for (at, name) in names.iter().enumerate() {
            if 0 < at {
                reader.next_file();
            }
            reader.push(&fs::read(folder.join(name)).unwrap());
        }
        judge::outcome(&reader.finish())
    };
    let once = read(&["plain-min.csv"]);
    let twice = read(&["plain-min.csv", "plain-min.csv"]);
    // 737 requests, and 737 more.
    assert_eq!(once["requests"]["all"], 737.0);
    assert_eq!(twice["requests"]["all"], 1474.0);
    assert_eq!(twice["rows"]["skipped"], serde_json::json!({}));
    // 195 requests and 11 of another page.
    let pages = read(&["openai-usage-1m.json", "openai-usage-1m-first-page.json"]);
    assert_eq!(pages["requests"]["all"], serde_json::json!(206.0));
    // The archive's own rows and those of its CSV: 308 and 130 requests.
    let packed = read(&["deepseek.zip", "deepseek-amount.csv"]);
    assert_eq!(packed["requests"]["all"], serde_json::json!(438.0));
    for mixed in [
        ["plain-min.csv", "openrouter.csv"],
        ["openai-usage-1m.json", "plain-min.csv"],
    ] {
        assert_eq!(read(&mixed)["reason"], "other_source", "{mixed:?}");
    }
}

/// A part that is no JSON spoils the sums, so nothing is taken over; a bad line costs itself.
#[test]
fn broken_json_is_never_passed_over() {
    let read = |text: &str| {
        judge::outcome(&Reader::read(
            text.as_bytes(),
            &judge::answers(&Value::Null),
        ))
    };
    let page = r#"{"data":[{"start_time":0,"end_time":60,"results":[]},{"start_time":}]}"#;
    assert_eq!(read(page)["reason"], "broken_json");
    let line = |id: u32| {
        let head = format!(r#"{{"id":"{id}","created_at":"2026-10-05T09:0{id}:00Z","#);
        head + r#""ai_model":"m","req_units":7,"res_units":2,"is_success":true}"#
    };
    let lines = format!("{}\n{{\"id\":,}}\n{}\n", line(1), line(2));
    let rows = serde_json::json!({ "read": 2, "skipped": { "bad_json": 1 } });
    assert_eq!(read(&lines)["rows"], rows);
    assert_eq!(read(&"[".repeat(100_000))["reason"], "row_too_long");
}

/// A usage export is no configuration: the page tries small files as one of those first.
#[test]
fn no_usage_export_is_taken_for_a_configuration() {
    let folder = folder();
    let today = kt_capacity::catalog::date::date(2026, 11, 23);
    let scenario = kt_capacity::scenario::Scenario::default();
    for case in expectations(&folder)["files"].as_array().unwrap() {
        let name = case["file"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        let Ok(text) = kt_capacity::import::text(&bytes) else {
            continue;
        };
        let read = kt_capacity::import::read(&text, &scenario, today);
        assert!(read.is_err(), "{name} is read as a configuration");
    }
}

/// Data leaving the worker contains nothing personal, and survives a round trip.
#[test]
fn the_digest_is_whole_and_has_no_text_of_a_person() {
    let folder = folder();
    for case in expectations(&folder)["files"].as_array().unwrap() {
        let name = case["file"].as_str().unwrap();
        let bytes = fs::read(folder.join(name)).unwrap();
        let given = judge::answers(&case["expect"]["given"]);
        let Outcome::Read(observed) = Reader::read(&bytes, &given) else {
            continue;
        };
        let digest = kt_capacity::traffic::digest(&observed, 120);
        let text = serde_json::to_string(&digest).unwrap();
        let back: kt_capacity::traffic::Digest = serde_json::from_str(&text).unwrap();
        assert_eq!(back, digest, "{name}");
        assert!(text.len() < 400_000, "{name}: {} bytes", text.len());
        let forbidden = case["must_not_appear"].as_array().into_iter().flatten();
        for marker in forbidden.filter_map(Value::as_str) {
            assert!(!text.contains(marker), "{name} gives away {marker}");
        }
    }
}
