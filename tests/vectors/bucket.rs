//! Provider admission, to the last digit that the file gives.

use kt_capacity::simulation::{
    Admission, Config, Failover, Fate, Outcome, Overflow, Provider, Refusal, Request, Settlement,
    Status,
};
use serde_json::{Value, json};

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
    let config = config(&case["in"]);
    // However the run is cut into steps, it is the same run.
    for budget in [1, 3, 1_000_000] {
        let mut run = Admission::new(config.clone()).unwrap();
        let done = (0..10_000).any(|_| run.step(budget) == Status::Done);
        assert!(done, "{id} does not end");
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
}

fn config(input: &Value) -> Config {
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
    Config {
        providers: list(input, "providers").iter().map(provider).collect(),
        requests: list(input, "requests").iter().map(request).collect(),
        failover: match input["failover"].as_str() {
            None | Some("ordered") => Failover::Ordered,
            Some("none") => Failover::None,
            Some(other) => panic!("no failover is known as {other}"),
        },
        queue_max: input.get("queue_max").map_or(0, whole).try_into().unwrap(),
        overflow: match input["overflow"].as_str() {
            None | Some("reject_new") => Overflow::RejectNew,
            Some("drop_oldest") => Overflow::DropOldest,
            Some(other) => panic!("no overflow is known as {other}"),
        },
        timeout_ns: present(input, "timeout_s").map(nanos),
    }
}

fn provider(provider: &Value) -> Provider {
    only(provider, &["id", "weight", "rpm", "tpm", "burst_s", "down"]);
    let outages = present(provider, "down").map(|down| down.as_array().unwrap());
    let outage = |outage: &Value| (nanos(&outage[0]), nanos(&outage[1]));
    Provider {
        weight: whole(&provider["weight"]).try_into().unwrap(),
        requests_per_min: present(provider, "rpm").map(whole),
        tokens_per_min: present(provider, "tpm").map(whole),
        burst_ns: present(provider, "burst_s").map_or(60_000_000_000, nanos),
        down_ns: outages.into_iter().flatten().map(outage).collect(),
    }
}

fn request(request: &Value) -> Request {
    only(request, &["t", "tokens", "actual", "latency_s"]);
    let settlement = present(request, "actual").map(|actual| Settlement {
        actual_tokens: whole(actual),
        latency_ns: nanos(&request["latency_s"]),
    });
    Request {
        at_ns: nanos(&request["t"]),
        tokens: whole(&request["tokens"]),
        settlement,
    }
}

fn present<'a>(owner: &'a Value, key: &str) -> Option<&'a Value> {
    owner.get(key).filter(|value| !value.is_null())
}

fn whole(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no whole number"))
}

/// Seconds as written, at most nine digits after the point.
fn nanos(seconds: &Value) -> u64 {
    let seconds = seconds.as_f64().unwrap();
    assert!((0.0..1e6).contains(&seconds), "{seconds} s");
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within 0..10^15 by the line above"
    )]
    let nanos = (seconds * 1e9).round() as u64;
    nanos
}

/// The same value with every number in billionths, so that 1 and 1.0 are equal and
/// the nine digits of the file are compared, no more and no fewer.
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

fn nano(ns: u64) -> Value {
    json!(ns.to_string())
}

fn outcomes(run: &Admission, names: &[&str]) -> Value {
    let outcome = |(id, outcome): (usize, &Option<Outcome>)| {
        let Some(outcome) = outcome else {
            return json!("waits for good");
        };
        let (key, value) = match outcome.fate {
            Fate::Sent(provider) => ("provider", names[provider]),
            Fate::Refused(refusal) => ("refused", refusal_name(refusal)),
        };
        json!({
            "id": whole_nanos(&json!(id)),
            key: value,
            "at": nano(outcome.at_ns),
            "waited": nano(outcome.waited_ns),
        })
    };
    run.outcomes().iter().enumerate().map(outcome).collect()
}

fn refusal_name(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::RateLimited => "rate_limited",
        Refusal::QueueFull => "queue_full",
        Refusal::Dropped => "dropped",
        Refusal::Timeout => "timeout",
        Refusal::TooLarge => "too_large",
    }
}

fn depths(run: &Admission) -> Value {
    let depth = |(at, depth): &(u64, usize)| json!([nano(*at), whole_nanos(&json!(depth))]);
    run.queue_depths().iter().map(depth).collect()
}

fn levels(run: &Admission, names: &[&str]) -> Value {
    let levels = run.levels();
    names
        .iter()
        .zip(levels)
        .map(|(name, levels)| {
            let levels = json!({"requests": levels.requests, "tokens": levels.tokens});
            ((*name).to_owned(), whole_nanos(&levels))
        })
        .collect()
}

fn totals(run: &Admission, names: &[&str]) -> Value {
    let mut totals = std::collections::BTreeMap::<&str, u32>::new();
    for outcome in run.outcomes().iter().flatten() {
        let name = match outcome.fate {
            Fate::Sent(provider) => names[provider],
            Fate::Refused(refusal) => refusal_name(refusal),
        };
        *totals.entry(name).or_default() += 1;
    }
    whole_nanos(&json!(totals))
}
