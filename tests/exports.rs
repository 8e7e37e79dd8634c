//! Usage exports as people hold them: joined, cut, without columns, with odd times. Each
//! expected number is worked out by hand beside its case.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

#[path = "exports/audited.rs"]
mod audited;
#[path = "exports/canary.rs"]
mod canary;
#[path = "exports/coarse.rs"]
mod coarse;
#[path = "exports/coming.rs"]
mod coming;
#[path = "exports/groups.rs"]
mod groups;
#[path = "exports/joined.rs"]
mod joined;
#[path = "exports/missing.rs"]
mod missing;
#[path = "exports/partial.rs"]
mod partial;
#[path = "exports/private.rs"]
mod private;
#[path = "exports/refused.rs"]
mod refused;
#[path = "exports/sellers.rs"]
mod sellers;
#[path = "exports/series.rs"]
mod series;
#[path = "exports/wrapped.rs"]
mod wrapped;

use kt_capacity::traffic::{Answers, Column, Measure, Outcome, Reader, SeriesUse, Unit, facts};
use serde_json::{Value, json};

/// Files that are read together, as JSON.
fn read(files: &[&str]) -> Value {
    let files: Vec<&[u8]> = files.iter().map(|file| file.as_bytes()).collect();
    outcome(&read_with(&files, &Answers::default()))
}

fn read_with(files: &[&[u8]], answers: &Answers) -> Outcome {
    let mut reader = Reader::new(answers);
    for (at, file) in files.iter().enumerate() {
        if 0 < at {
            reader.next_file();
        }
        reader.push(file);
    }
    reader.finish()
}

fn outcome(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Read(observed) => serde_json::to_value(facts(observed)).unwrap(),
        Outcome::Ask { choices, .. } => json!({ "choices": choices }),
        Outcome::Refused(refusal) => json!({ "reason": refusal.reason }),
    }
}

/// Compares the values at some places of the facts.
#[track_caller]
fn check(found: &Value, expected: &[(&str, Value)]) {
    for (place, value) in expected {
        let at = found.pointer(place);
        let is_near = at
            .and_then(Value::as_f64)
            .zip(value.as_f64())
            .is_some_and(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0));
        assert!(
            is_near || at == Some(value),
            "{place} is {at:?}, not {value}: {found}"
        );
    }
}

fn column(name: &str, means: &str, unit: Unit) -> Column {
    Column {
        name: name.to_owned(),
        means: means.to_owned(),
        unit,
    }
}

fn series_use(label: (&str, &str), measure: Measure) -> SeriesUse {
    SeriesUse {
        labels: vec![(label.0.to_owned(), label.1.to_owned())],
        measure,
        unit: Unit::PerBucket,
    }
}

/// A page of `OpenAI`'s usage API with buckets of a start, an end and requests.
fn openai_page(buckets: &[(i64, Value, u32)], has_more: bool) -> String {
    let bucket = |(start, end, requests): &(i64, Value, u32)| {
        json!({
            "object": "bucket", "start_time": start, "end_time": end,
            "results": [{
                "object": "organization.usage.completions.result",
                "num_model_requests": requests, "input_tokens": 5, "output_tokens": 2,
            }],
        })
    };
    let data: Vec<Value> = buckets.iter().map(bucket).collect();
    json!({ "object": "page", "data": data, "has_more": has_more }).to_string()
}

/// 2026-10-05T09:00:00Z.
const NINE: i64 = 1_791_190_800;
