//! Provider admission, to the last digit given by the file.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::admission::{Admission, Fate, Outcome, Provider, Request, Setup};
use crate::{Report, fields, list, only, text};

pub(crate) fn judge(file: &Value, report: &mut Report) {
    only(file, &["about", "semantics", "cases"]);
    for case in list(file, "cases") {
        only(case, &["id", "note", "in", "expect"]);
        judge_case(case, report);
        report.count("admission");
    }
}

fn judge_case(case: &Value, report: &mut Report) {
    let id = text(case, "id");
    let mut run = Admission::new(setup(&case["in"]));
    run.run();
    let names: Vec<&str> = list(&case["in"], "providers")
        .iter()
        .map(|provider| text(provider, "id"))
        .collect();
    for (name, expected) in fields(case, "expect") {
        let actual = match name.as_str() {
            "outcomes" => outcomes(&run, &names),
            "queue_depth" => depths(&run),
            "levels_at_end" => levels(&run, &names),
            "end" => nano(run.now_ns()),
            "totals" => totals(&run, &names),
            _ => panic!("no quantity is known as {name}"),
        };
        let expected = whole_nanos(expected);
        if actual != expected {
            let message = format!("{name} is {actual}, expected {expected}");
            report.fault(id, message);
        }
    }
}

fn setup(input: &Value) -> Setup {
    only(
        input,
        &[
            "providers",
            "requests",
            "failover",
            "queue_max",
            "overflow",
            "timeout_s",
        ],
    );
    Setup {
        providers: list(input, "providers").iter().map(provider).collect(),
        requests: list(input, "requests").iter().map(request).collect(),
        is_ordered: match input["failover"].as_str() {
            None | Some("ordered") => true,
            Some("none") => false,
            Some(other) => panic!("no failover is known as {other}"),
        },
        queue_max: input.get("queue_max").map_or(0, whole).try_into().unwrap(),
        drops_oldest: match input["overflow"].as_str() {
            None | Some("reject_new") => false,
            Some("drop_oldest") => true,
            Some(other) => panic!("no overflow is known as {other}"),
        },
        timeout_us: present(input, "timeout_s").map(micros),
    }
}

fn provider(provider: &Value) -> Provider {
    only(provider, &["id", "weight", "rpm", "tpm", "burst_s", "down"]);
    let outages = present(provider, "down").map(|down| down.as_array().unwrap());
    let outage = |outage: &Value| (micros(&outage[0]), micros(&outage[1]));
    Provider {
        weight: whole(&provider["weight"]).try_into().unwrap(),
        rpm: present(provider, "rpm").map(whole),
        tpm: present(provider, "tpm").map(whole),
        burst_us: present(provider, "burst_s").map_or(60_000_000, micros),
        down_us: outages.into_iter().flatten().map(outage).collect(),
    }
}

fn request(request: &Value) -> Request {
    only(request, &["t", "tokens", "actual", "latency_s"]);
    let actual = present(request, "actual").map(whole);
    Request {
        at_us: micros(&request["t"]),
        tokens: whole(&request["tokens"]),
        settlement: actual.map(|actual| (actual, micros(&request["latency_s"]))),
    }
}

fn present<'a>(owner: &'a Value, key: &str) -> Option<&'a Value> {
    owner.get(key).filter(|value| !value.is_null())
}

fn whole(value: &Value) -> i64 {
    value
        .as_i64()
        .unwrap_or_else(|| panic!("{value} is no whole number"))
}

/// Seconds as written, at most six digits after the point.
fn micros(seconds: &Value) -> i64 {
    let micros = seconds.as_f64().unwrap() * 1e6;
    assert!((0.0..1e12).contains(&micros), "{seconds} s");
    assert!((micros - micros.round()).abs() < 1e-3, "{seconds} s");
    #[expect(clippy::cast_possible_truncation, reason = "within 0..10^12")]
    let micros = micros.round() as i64;
    micros
}

/// Value with every number in billionths, so that 1 and 1.0 are equal, and exactly the nine digits
/// of the file are compared.
fn whole_nanos(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(format!("{:.0}", number.as_f64().unwrap() * 1e9)),
        Value::Array(items) => items.iter().map(whole_nanos).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), whole_nanos(value)))
            .collect(),
        other => other.clone(),
    }
}

fn nano(ns: i64) -> Value {
    json!(ns.to_string())
}

fn outcomes(run: &Admission, names: &[&str]) -> Value {
    let outcome = |(id, outcome): (usize, &Outcome)| {
        let Some((fate, at_ns, waited_ns)) = outcome else {
            return json!("waits for good");
        };
        let (key, value) = match fate {
            Fate::Sent(provider) => ("provider", names[*provider]),
            Fate::Refused(reason) => ("refused", *reason),
        };
        json!({
            "id": whole_nanos(&json!(id)),
            key: value,
            "at": nano(*at_ns),
            "waited": nano(*waited_ns),
        })
    };
    run.outcomes.iter().enumerate().map(outcome).collect()
}

fn depths(run: &Admission) -> Value {
    let depth = |(at, depth): &(i64, usize)| json!([nano(*at), whole_nanos(&json!(depth))]);
    run.depths.iter().map(depth).collect()
}

fn levels(run: &Admission, names: &[&str]) -> Value {
    names
        .iter()
        .zip(run.levels())
        .map(|(name, [requests, tokens])| {
            let levels = json!({"requests": requests, "tokens": tokens});
            ((*name).to_owned(), whole_nanos(&levels))
        })
        .collect()
}

fn totals(run: &Admission, names: &[&str]) -> Value {
    let mut totals = BTreeMap::<&str, u32>::new();
    for (fate, ..) in run.outcomes.iter().flatten() {
        let name = match fate {
            Fate::Sent(provider) => names[*provider],
            Fate::Refused(reason) => reason,
        };
        *totals.entry(name).or_default() += 1;
    }
    whole_nanos(&json!(totals))
}
