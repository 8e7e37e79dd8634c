//! Simulated day, event by event: every integer must match.

use std::sync::Mutex;
use std::thread;

use kt_capacity::simulation::{
    Fate, Lognormal, ProviderCounts, Random, Results, Simulation, Source, Status, TimeBucket,
};
use serde_json::{Value, json};

use crate::day_config::{arrivals, clients, config};
use crate::law_of_run::{COUNTS, broken_laws};
use crate::{Report, fields, list, only, text};

pub(crate) fn judge(file: &Value, report: &mut Report) {
    only(file, &["about", "format", "origin", "cases"]);
    // Some of these are whole days; the cases are shared out between two threads.
    let queue = Mutex::new(list(file, "cases").iter());
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = { queue.lock().unwrap().next() } {
                    only(case, &["id", "why", "in", "expect"]);
                    let faults = faults(case);
                    found.lock().unwrap().push((text(case, "id"), faults));
                }
            });
        }
    });
    let mut found = found.into_inner().unwrap();
    found.sort();
    for (id, faults) in found {
        for fault in faults {
            report.fault(id, fault);
        }
        report.count(if id.starts_with("draws") {
            "draws"
        } else {
            "run"
        });
    }
}

fn faults(case: &Value) -> Vec<String> {
    let input = &case["in"];
    if case["expect"].get("draws").is_some() {
        only(&case["expect"], &["draws"]);
        let draws = draws(input);
        let expected = &case["expect"]["draws"];
        return difference("draws", &draws, expected).into_iter().collect();
    }
    let providers = list(input, "providers").iter();
    let names: Vec<&str> = providers.map(|provider| text(provider, "id")).collect();
    let results = run(input, 1_000_000);
    let has_ghosts = input["gateway"]["notices_leaving"] == false;
    let mut faults = broken_laws(&results, has_ghosts);
    // However the run is cut into steps, it is the same run.
    if results.requests.len() < 1_000 && run(input, 1) != results {
        faults.push("differs when it is moved on step by step".to_owned());
    }
    for (name, expected) in fields(case, "expect") {
        let actual = match name.as_str() {
            "requests" => requests(&results, &names),
            "totals" => totals(&results, &names),
            "scale" => {
                let scale = results.scale.iter();
                scale
                    .map(|change| json!([change.at_ms, change.pods]))
                    .collect()
            }
            "buckets" => {
                let series = expected.as_object().unwrap().keys();
                let series = series.map(|name| {
                    let buckets = results.buckets.iter();
                    let values = buckets.map(|bucket| in_bucket(bucket, name, &names));
                    (name.clone(), values.collect::<Value>())
                });
                series.collect()
            }
            _ => panic!("no quantity is known as {name}"),
        };
        faults.extend(difference(name, &actual, expected));
    }
    faults
}

/// Runs a scenario to its end.
fn run(input: &Value, budget: u32) -> Results {
    let seed = input.get("seed").map_or(0, |seed| seed.as_u64().unwrap());
    let mut simulation = Simulation::new(config(input), seed).unwrap().logged();
    while simulation.step(budget) == Status::Running {}
    simulation.results()
}

/// The first difference between two values, found where it is.
fn difference(name: &str, actual: &Value, expected: &Value) -> Option<String> {
    match (actual, expected) {
        (Value::Array(actual), Value::Array(expected)) if actual.len() == expected.len() => {
            let pairs = actual.iter().zip(expected).enumerate();
            let mut pairs = pairs.filter(|(_, (actual, expected))| actual != expected);
            let (at, (actual, expected)) = pairs.next()?;
            let name = format!("{name}[{at}]");
            let rest = match pairs.count() {
                0 => String::new(),
                more => format!(" (and {more} more)"),
            };
            let inner = difference(&name, actual, expected)?;
            Some(inner + &rest)
        }
        (Value::Object(actual), Value::Object(expected)) if actual.keys().eq(expected.keys()) => {
            let all = expected.iter().filter_map(|(key, expected)| {
                difference(&format!("{name}.{key}"), &actual[key], expected)
            });
            let all: Vec<String> = all.collect();
            (!all.is_empty()).then(|| all.join("; "))
        }
        _ if actual == expected => None,
        _ => Some(format!("{name} is {actual}, expected {expected}")),
    }
}

fn draws(input: &Value) -> Value {
    let count = usize::try_from(input["count"].as_u64().unwrap()).unwrap();
    let seed = input["seed"].as_u64().unwrap();
    if input.get("arrivals").is_some() {
        only(input, &["count", "seed", "clients", "arrivals"]);
        let source = Source::new(&arrivals(&input["arrivals"]), &clients(input), seed);
        let row = |arrival: kt_capacity::simulation::Arrival| {
            json!([
                arrival.at_ms,
                arrival.client,
                arrival.input_tokens,
                arrival.output_tokens,
                arrival.service_ms,
            ])
        };
        return source.take(count).map(row).collect();
    }
    only(input, &["count", "seed", "what", "stream", "args"]);
    let mut random = Random::numbered(seed, input["stream"].as_u64().unwrap());
    let argument = |at: usize| input["args"][at].as_f64().unwrap();
    let lognormal = || Lognormal::new(argument(0), argument(1));
    let draw = || match text(input, "what") {
        "next" => json!(random.word().to_string()),
        "below" => json!(random.below(input["args"][0].as_u64().unwrap())),
        "exponential" => json!(random.exponential()),
        "lognormal" => json!(lognormal().sample(&mut random)),
        other => panic!("nothing is drawn as {other}"),
    };
    std::iter::repeat_with(draw).take(count).collect()
}

fn requests(results: &Results, names: &[&str]) -> Value {
    let row = |sent: &Option<kt_capacity::simulation::Sent>| {
        let Some(sent) = sent else {
            return Value::Null;
        };
        let fate = match sent.fate {
            Fate::Served => "served",
            Fate::Refused => "refused",
            Fate::GaveUp => "gave_up",
            Fate::TimedOut => "timed_out",
            Fate::Limited => "limited",
            Fate::Failed => "failed",
        };
        json!([
            sent.question,
            sent.arrival_ms,
            sent.pod,
            sent.start_ms,
            sent.end_ms,
            fate,
            sent.calls,
            sent.provider.map(|place| names[usize::from(place)]),
        ])
    };
    results.requests.iter().map(row).collect()
}

fn totals(results: &Results, names: &[&str]) -> Value {
    let totals = &results.totals;
    let mut all = json!({
        "open": totals.open,
        "waiting": totals.waiting,
        "in_flight": totals.in_flight,
        "questions_answered": totals.questions_answered,
        "questions_lost": totals.questions_lost,
        "questions_open": totals.questions_open,
        "wait_ms": totals.wait_ms,
        "wait_ms_sum": totals.wait_ms_sum,
        "total_ms": totals.total_ms,
        "total_ms_sum": totals.total_ms_sum,
        "slot_ms": totals.slot_ms,
        "pod_ms": totals.pod_ms,
        "most_pods": totals.most_pods,
    });
    for (name, count) in COUNTS {
        all[name] = json!(totals.counts.of(count));
    }
    let provider = |(name, counts): (&&str, &ProviderCounts)| {
        let ProviderCounts {
            calls,
            ok,
            rejected,
            errors,
            timeouts,
            cancelled,
            limited_here,
            spilled: _,
            tokens,
        } = counts;
        let counts = json!({
            "calls": calls,
            "ok": ok,
            "rejected": rejected,
            "errors": errors,
            "timeouts": timeouts,
            "cancelled": cancelled,
            "limited_here": limited_here,
            "tokens": tokens,
        });
        ((*name).to_owned(), counts)
    };
    all["providers"] = names.iter().zip(&totals.providers).map(provider).collect();
    all
}

fn in_bucket(bucket: &TimeBucket, name: &str, names: &[&str]) -> Value {
    if let Some((_, count)) = COUNTS.iter().find(|(known, _)| *known == name) {
        return json!(bucket.counts.of(*count));
    }
    if let Some((provider, what)) = name.rsplit_once('.') {
        let place = names.iter().position(|known| *known == provider).unwrap();
        let counts = &bucket.providers[place];
        return match what {
            "calls" => json!(counts.calls),
            "rejected" => json!(counts.rejected),
            "tokens" => json!(counts.tokens),
            _ => panic!("no series is known as {name}"),
        };
    }
    match name {
        "pod_ms" => json!(bucket.pod_ms),
        "wait_ms" => json!(bucket.wait_ms),
        "total_ms" => json!(bucket.total_ms),
        "waiting" => json!(bucket.waiting),
        "in_flight" => json!(bucket.in_flight),
        "desired" => json!(bucket.desired),
        "existing" => json!(bucket.existing),
        "ready" => json!(bucket.ready),
        "ending" => json!(bucket.ending),
        "cpu_percent" => json!(bucket.cpu_percent),
        "queue_m" => json!(bucket.queue_m),
        "in_flight_m" => json!(bucket.in_flight_m),
        _ => panic!("no series is known as {name}"),
    }
}
