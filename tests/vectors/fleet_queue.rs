//! Waits in many pods behind one Service: the day's own engine, nothing but arrivals,
//! routing, slots and queues left in it.

use std::sync::Mutex;
use std::thread;

use kt_capacity::model::queueing::wait_probability;
use kt_capacity::simulation::{
    Arrivals, Calls, Client, Config, Gateway, Metrics, Planned, Provider, Random, RandomArrivals,
    Routing, Simulation, Source, Status,
};
use serde_json::Value;

use crate::{Found, Report, fields, fleet_formula, list, number, only, text};

/// Mean service time: so long that whole milliseconds do not show.
const SERVICE_MS: u32 = 20_000;
/// Requests of a run; a faulty engine differs from the first on.
const REQUESTS: usize = if cfg!(debug_assertions) {
    30_000
} else {
    300_000
};
/// A run is repeated with as many more requests before a difference counts.
const LONGER: [usize; 3] = [1, 4, 12];
/// Pieces from which the error of a mean is judged.
const PIECES: usize = 20;

pub(crate) fn judge(file: &Value, report: &mut Report) {
    let head = [
        "about",
        "definitions",
        "reading",
        "what comes near",
        "checked",
        "errors",
        "cases",
    ];
    only(file, &head);
    let queue = Mutex::new(list(file, "cases").iter());
    let found = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = { queue.lock().unwrap().next() } {
                    let mut differences = waits(case);
                    differences.extend(formulas(case));
                    differences.extend(fleet_formula::differences(case));
                    found.lock().unwrap().push((text(case, "id"), differences));
                }
            });
        }
    });
    for (id, differences) in found.into_inner().unwrap() {
        for (name, found) in differences {
            report.near(id, &name, found);
        }
        report.count("waits behind a Service");
    }
    for line in fleet_formula::published(list(file, "cases")) {
        println!("  {line}");
    }
    for row in list(file, "errors") {
        // How far formulas are off: a finding about formulas, nothing to be computed.
        let known = [
            "policy", "where", "formula", "of", "points", "p10", "median", "p90",
        ];
        only(row, &known);
        report.count("errors of formulas, for reading");
    }
}

/// Differences to the record, per policy and quantity.
fn waits(case: &Value) -> Vec<(String, Found)> {
    let known = [
        "id",
        "pods",
        "slots",
        "load",
        "dispersion",
        "service",
        "simulated",
        "formulas",
    ];
    only(case, &known);
    let mut differences = Vec::new();
    for (policy, expected) in fields(case, "simulated") {
        let routing = match policy.as_str() {
            "pool" => Routing::Pool,
            "random" => Routing::Random,
            "turn" => Routing::Turn,
            "fewest" => Routing::Fewest,
            "two" => Routing::Two,
            other => panic!("no policy is known as {other}"),
        };
        let mut far = Vec::new();
        for (seed, longer) in (1..).zip(LONGER) {
            far = compared(&measured(case, routing, seed, longer * REQUESTS), expected);
            far.retain(|(_, found)| !found.is_near());
            if far.is_empty() {
                break;
            }
        }
        let named = far
            .into_iter()
            .map(|(name, found)| (format!("{policy} {name}"), found));
        differences.extend(named);
    }
    differences
}

fn compared(waits: &[f64], expected: &Value) -> Vec<(String, Found)> {
    let compare = |(name, recorded): (&String, &Value)| {
        let of: fn(&[f64]) -> f64 = match name.as_str() {
            "p_wait" => |waits| {
                let waiting = waits.iter().filter(|wait| 0.0 < **wait).count();
                waiting as f64 / waits.len() as f64
            },
            "mean_wait" => |waits| waits.iter().sum::<f64>() / waits.len() as f64,
            "p95_wait" => |waits| quantile(waits, 0.95),
            "p99_wait" => |waits| quantile(waits, 0.99),
            other => panic!("no quantity is known as {other}"),
        };
        let (value, half_width) = (recorded[0].as_f64().unwrap(), recorded[1].as_f64().unwrap());
        let found = Found {
            actual: of(waits),
            expected: value,
            // Nothing is told apart below a few requests, or a millisecond.
            tolerance: 1.5 * half_width + 3.5 * error(waits, of) + 20.0 / waits.len() as f64,
        };
        (name.clone(), found)
    };
    expected.as_object().unwrap().iter().map(compare).collect()
}

/// Standard error of a quantity, from its values in pieces of the run.
fn error(waits: &[f64], of: fn(&[f64]) -> f64) -> f64 {
    let pieces = waits.chunks_exact(waits.len() / PIECES);
    let values: Vec<f64> = pieces.map(of).collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() as f64 * (values.len() as f64 - 1.0))).sqrt()
}

fn quantile(waits: &[f64], share: f64) -> f64 {
    let mut sorted = waits.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in the list"
    )]
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}

/// Waits in mean service times, the beginning of the run left out.
fn measured(case: &Value, routing: Routing, seed: u64, requests: usize) -> Vec<f64> {
    let slots = number(case, "pods") * number(case, "slots");
    let per_ms = number(case, "load") * slots / f64::from(SERVICE_MS);
    let duration_ms = whole(requests as f64 / per_ms);
    let (cv, is_exponential) = match text(case, "service").strip_prefix("cv ") {
        Some(cv) => (cv.parse().unwrap(), false),
        None => (0.0, text(case, "service") == "exponential"),
    };
    let client = Client {
        service_ms: Some(SERVICE_MS),
        service_cv: cv,
        ..Client::default()
    };
    let mut arrivals = Arrivals::Random(RandomArrivals {
        window_ms: duration_ms,
        requests: vec![requests as u64],
        dispersion: number(case, "dispersion"),
        spread_ms: 0,
    });
    let clients = vec![client];
    if is_exponential {
        let mut services = Random::numbered(seed, 7);
        let planned = Source::new(&arrivals, &clients, seed).map(|arrival| Planned {
            at_ms: arrival.at_ms,
            service_ms: Some(exponential_ms(&mut services)),
            ..Planned::default()
        });
        arrivals = Arrivals::List(planned.collect());
    }
    let count = |key| u32::try_from(case[key].as_u64().unwrap()).unwrap();
    let config = Config {
        duration_ms,
        bucket_ms: duration_ms,
        late_ms: 0,
        clients,
        arrivals,
        providers: vec![Provider::default()],
        quotas: Vec::new(),
        gateway: Gateway {
            pods: count("pods"),
            slots: count("slots"),
            queue_max: u32::MAX,
            routing,
            ..Gateway::default()
        },
        calls: Calls::default(),
        metrics: Metrics::default(),
        hpa: None,
        events: Vec::new(),
        stop: None,
    };
    let mut run = Simulation::new(config, seed).unwrap().logged();
    while run.step(1_000_000) == Status::Running {}
    let results = run.results();
    let started = results.requests.iter().flatten();
    let waits = started.map(|sent| (sent.start_ms.unwrap() - sent.arrival_ms) as f64);
    let waits: Vec<f64> = waits.map(|wait| wait / f64::from(SERVICE_MS)).collect();
    // It starts empty.
    waits[waits.len() / 5..].to_vec()
}

fn exponential_ms(random: &mut Random) -> u32 {
    let drawn = u128::from(random.exponential()) * u128::from(SERVICE_MS);
    u32::try_from((drawn >> 32).max(1)).unwrap()
}

/// The formulas that the head of the file states and this crate computes.
fn formulas(case: &Value) -> Vec<(String, Found)> {
    let (pods, slots) = (number(case, "pods"), number(case, "slots"));
    let (load, dispersion) = (number(case, "load"), number(case, "dispersion"));
    let mut differences = Vec::new();
    for (policy, formulas) in fields(case, "formulas") {
        // Servers and dispersion that one queue sees.
        let (servers, dispersion) = match policy.as_str() {
            "pool" => (pods * slots, dispersion),
            "random" => (slots, 1.0 + (dispersion - 1.0) / pods),
            "turn" => (slots, dispersion / pods),
            "fewest" | "two" => continue,
            other => panic!("no policy is known as {other}"),
        };
        for (name, expected) in formulas.as_object().unwrap() {
            let (cs2, eta) = service(text(case, "service"));
            let peakedness = match name.as_str() {
                "Hayward" => 1.0 + (dispersion - 1.0) * eta,
                "Allen-Cunneen" | "Erlang C" => 1.0,
                "Hayward, mean by Kimura" | "Kimura" => continue,
                other => panic!("no formula is known as {other}"),
            };
            let busy = load * servers;
            let chance = wait_probability(servers / peakedness, busy / peakedness).unwrap();
            let mean = chance * f64::midpoint(dispersion, cs2) / (servers - busy);
            for (place, actual, what) in [(0, chance, "P(wait)"), (1, mean, "mean wait")] {
                let expected = expected[place].as_f64().unwrap();
                let found = Found {
                    actual,
                    expected,
                    tolerance: 1e-6 * expected.abs(),
                };
                differences.push((format!("{policy} {name}, {what}"), found));
            }
        }
    }
    differences
}

/// Squared coefficient of variation of the service, and what Hayward makes of its law.
fn service(name: &str) -> (f64, f64) {
    let Some(cv) = name.strip_prefix("cv ") else {
        assert_eq!(name, "exponential");
        return (1.0, 0.5);
    };
    let cv: f64 = cv.parse().unwrap();
    let sigma = (1.0 + cv * cv).ln().sqrt();
    (cv * cv, 1.0 - libm::erf(sigma / 2.0))
}

fn whole(value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a length in milliseconds"
    )]
    let whole = value.round() as u64;
    whole
}
