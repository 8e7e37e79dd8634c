//! Check of one file.

use kt_capacity::traffic::{
    Answers, Column, DateOrder, DecimalMark, Measure, Outcome, Reader, SeriesUse, Unit, Window,
    facts,
};
use serde_json::{Map, Value, json};

/// Relative, and absolute below 1.
const TOLERANCE: f64 = 1e-9;

/// The sources of all readings of a file, each with what does not hold.
pub(crate) fn file(case: &Value, bytes: &[u8]) -> Vec<(String, Vec<String>)> {
    for key in case.as_object().unwrap().keys() {
        let is_known = [
            "file",
            "note",
            "bytes",
            "sha256",
            "must_not_appear",
            "expect",
            "if_window",
        ]
        .contains(&key.as_str());
        assert!(is_known, "a case has {key}, which this test does not know");
    }
    let mut readings = vec![reading(&case["expect"], bytes, &Answers::default())];
    if let Some(given) = case["expect"].get("given") {
        readings.push(reading(&case["expect"]["then"], bytes, &answers(given)));
    }
    for windowed in case
        .get("if_window")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let given = &windowed["given"];
        let (from, to) = (
            given["from"].as_str().unwrap(),
            given["to"].as_str().unwrap(),
        );
        let answers = Answers {
            window: Window::parse(from, to),
            ..Answers::default()
        };
        readings.push(reading(&windowed["then"], bytes, &answers));
    }
    readings
}

/// One reading of a file: its source and what does not hold.
pub(crate) fn reading(expected: &Value, bytes: &[u8], answers: &Answers) -> (String, Vec<String>) {
    let found = outcome(&Reader::read(bytes, answers));
    let mut expected = expected.as_object().unwrap().clone();
    expected.remove("given");
    expected.remove("then");
    let mut faults = Vec::new();
    compare("", &Value::Object(expected.clone()), &found, &mut faults);
    let format = expected["format"].as_str().unwrap_or("no source");
    (format.to_owned(), faults)
}

/// The outcome as the expectations write it.
pub(crate) fn outcome(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Read(observed) => {
            let mut value = serde_json::to_value(facts(observed)).unwrap();
            value["outcome"] = json!("read");
            value
        }
        Outcome::Ask {
            question, format, ..
        } => {
            json!({ "outcome": "ask", "question": question, "format": format })
        }
        Outcome::Refused(refusal) => {
            let (reason, format) = (refusal.reason, refusal.format);
            json!({ "outcome": "refused", "reason": reason, "format": format })
        }
    }
}

fn compare(path: &str, expected: &Value, found: &Value, faults: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => objects(path, expected, found, faults),
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (at, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{path}[{at}]"), expected, found, faults);
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if TOLERANCE * a.abs().max(1.0) < (a - b).abs() {
                faults.push(format!("{path} is {b}, not {a}"));
            }
        }
        _ if expected == found => {}
        _ => faults.push(format!("{path} is {found}, not {expected}")),
    }
}

fn objects(
    path: &str,
    expected: &Map<String, Value>,
    found: &Map<String, Value>,
    faults: &mut Vec<String>,
) {
    for (key, value) in expected {
        let path = format!("{path}.{key}");
        match found.get(key) {
            Some(found) => compare(&path, value, found, faults),
            None => faults.push(format!("{path} is not known")),
        }
    }
    for key in found.keys().filter(|key| !expected.contains_key(*key)) {
        faults.push(format!("{path}.{key} is not expected"));
    }
}

/// The answers of a case, as the expectations write them.
pub(crate) fn answers(given: &Value) -> Answers {
    let mut answers = Answers::default();
    for (key, value) in given.as_object().into_iter().flatten() {
        match key.as_str() {
            "decimal_mark" => answers.decimal_mark = Some(word(DecimalMark::ALL, value)),
            "date_order" => answers.date_order = Some(word(DateOrder::ALL, value)),
            "time" => answers.time_ends_bucket = value == "bucket_ends",
            "columns" => answers.columns = columns(value),
            "series" => answers.series = series(value),
            _ => panic!("an answer has {key}, which this test does not know"),
        }
    }
    answers
}

fn columns(value: &Value) -> Vec<Column> {
    let column = |(name, means): (&String, &Value)| match means {
        Value::String(means) => Column {
            name: name.clone(),
            means: means.clone(),
            unit: Unit::PerBucket,
        },
        _ => Column {
            name: name.clone(),
            means: means["as"].as_str().unwrap().to_owned(),
            unit: word(Unit::ALL, &means["unit"]),
        },
    };
    value.as_object().unwrap().iter().map(column).collect()
}

fn series(value: &Value) -> Vec<SeriesUse> {
    let labels = |labels: &Value| {
        let labels = labels.as_object().unwrap().iter();
        labels
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect()
    };
    let one = |each: &Value| SeriesUse {
        labels: labels(&each["match"]),
        measure: Measure::from_key(each["as"].as_str().unwrap()).unwrap(),
        unit: word(Unit::ALL, &each["unit"]),
    };
    value.as_array().unwrap().iter().map(one).collect()
}

fn word<T: Copy + serde::Serialize>(all: &[T], value: &Value) -> T {
    let found = all
        .iter()
        .find(|each| serde_json::to_value(each).unwrap() == *value);
    *found.unwrap_or_else(|| panic!("{value} is no answer that this test knows"))
}
