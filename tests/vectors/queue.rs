//! Queues: exact values, named formulas, and simulated truth.

use std::sync::Mutex;
use std::thread;

use kt_capacity::model::ModelError;
use kt_capacity::model::queueing::{
    self, BoundedQueue, System, Wait, allen_cunneen, hayward, kimura, loss_probability,
    markov_wait, peakedness, sakasegawa, single_server, wait_probability, whitt,
    with_bounded_queue,
};
use serde_json::Value;

use crate::chain::{self, TwoPhases};
use crate::course::{Course, moments};
use crate::erlang_a::impatient_wait;
use crate::fixed_service::fixed_service_wait;
use crate::law::Law;
use crate::queue_simulation::{Setup, Simulation};
use crate::{Found, Judge, Report, fields, list, number, only, text};

/// A simulation is taken further, a piece at a time, until it agrees with the record:
/// its own noise falls with every piece, an error does not. The recorded ones are as
/// long as thirteen pieces.
const PIECE: u32 = 2_500_000;
const PIECES_MAX: u32 = 40;

pub(crate) fn judge(file: &Value, report: &mut Report) {
    only(
        file,
        &[
            "about",
            "definitions",
            "reading",
            "cases",
            "staffing",
            "halfin_whitt",
            "transient",
            "published",
        ],
    );
    simulated(list(file, "cases"), report);
    let judges: [(&str, Judge); 5] = [
        ("cases", steady),
        ("staffing", staffing),
        ("halfin_whitt", halfin_whitt),
        ("transient", transient),
        ("published", published),
    ];
    for (key, judge) in judges {
        for case in list(file, key) {
            judge(case, report);
        }
    }
}

fn system(case: &Value) -> System {
    System {
        arrival_rate_rps: number(case, "lambda"),
        service_time_s: number(case, "service_time"),
        service_cv2: number(case, "cv2_service"),
        arrival_dispersion: number(case, "cv2_arrival"),
        servers: whole(case, "servers"),
    }
}

fn whole(case: &Value, key: &str) -> u32 {
    u32::try_from(
        case[key]
            .as_u64()
            .unwrap_or_else(|| panic!("{key} of {case}")),
    )
    .unwrap()
}

/// Requests that may wait; none where the queue has no end.
fn places(case: &Value) -> Option<u32> {
    (!case["K"].is_null()).then(|| whole(case, "K") - whole(case, "servers"))
}

/// Results of an exact method for a case.
struct Exact {
    wait: Wait,
    blocking: f64,
    abandon: Option<f64>,
    /// Wait that a share stays within; where the road gives the law of the wait.
    quantile: Option<Box<dyn Fn(f64) -> f64>>,
}

impl Exact {
    /// Only the chance and the mean are known.
    fn of(system: &System, p_wait: f64, mean_wait_s: f64) -> Self {
        Self {
            wait: Wait {
                utilization_ratio: system.offered_load().unwrap() / f64::from(system.servers),
                p_wait,
                mean_wait_s,
                wait_p95_s: f64::NAN,
                wait_p99_s: f64::NAN,
                mean_queue: system.arrival_rate_rps * mean_wait_s,
            },
            blocking: 0.0,
            abandon: None,
            quantile: None,
        }
    }

    fn value(&self, system: &System, name: &str) -> f64 {
        let carried = self.wait.utilization_ratio * f64::from(system.servers);
        let quantile = |share| {
            let of = self.quantile.as_ref();
            of.unwrap_or_else(|| panic!("{name} has no exact road"))(share)
        };
        match name {
            "utilization" => self.wait.utilization_ratio,
            "p_wait" => self.wait.p_wait,
            "mean_wait" => self.wait.mean_wait_s,
            "mean_queue" => self.wait.mean_queue,
            "mean_in_system" => self.wait.mean_queue + carried,
            "blocking" => self.blocking,
            "p_abandon" => self.abandon.unwrap(),
            "p50_wait" => quantile(0.5),
            "p95_wait" => quantile(0.95),
            "p99_wait" => quantile(0.99),
            _ => panic!("no quantity is known as {name}"),
        }
    }
}

fn exact(case: &Value, system: &System) -> Exact {
    match text(case, "model") {
        "M/M/c" => {
            let wait = markov_wait(system).unwrap();
            Exact {
                quantile: Some(Box::new(move |share| wait.quantile_s(share).unwrap())),
                ..Exact::of(system, wait.p_wait, wait.mean_wait_s)
            }
        }
        "M/M/c/K" | "M/M/c/c" => {
            let places = places(case).unwrap();
            let queue = BoundedQueue::markov(system, places).unwrap();
            let bounded = with_bounded_queue(system, places).unwrap();
            Exact {
                wait: bounded.wait,
                blocking: bounded.loss_ratio,
                abandon: None,
                quantile: Some(Box::new(move |share| queue.quantile_s(share).unwrap())),
            }
        }
        "M/M/c+M" => {
            let impatient = impatient_wait(system, number(case, "patience_mean"));
            let known = Exact::of(system, impatient.p_wait, impatient.mean_wait_s);
            Exact {
                wait: Wait {
                    utilization_ratio: impatient.utilization_ratio,
                    mean_queue: impatient.mean_queue,
                    ..known.wait
                },
                abandon: Some(impatient.abandon_ratio),
                ..known
            }
        }
        "M/G/1" => {
            let chance = wait_probability(1.0, system.offered_load().unwrap()).unwrap();
            Exact::of(system, chance, single_server(system).unwrap())
        }
        "M/D/c" => {
            let (p_wait, mean_wait_s) = fixed_service_wait(system).unwrap();
            Exact::of(system, p_wait, mean_wait_s)
        }
        "M/G/c" => {
            let service = match (text(case, "service_dist"), system.service_cv2) {
                ("erlang", cv2) if (cv2 - 0.5).abs() < 1e-12 => {
                    TwoPhases::erlang(system.service_time_s)
                }
                ("hyperexponential_balanced", cv2) => {
                    TwoPhases::balanced(system.service_time_s, cv2)
                }
                (other, cv2) => panic!("no exact road for {other} with {cv2}"),
            };
            let servers = usize::try_from(system.servers).unwrap();
            let solved = chain::solve(system.arrival_rate_rps, servers, service);
            let mean_wait = solved.mean_queue / system.arrival_rate_rps;
            Exact::of(system, solved.p_wait, mean_wait)
        }
        other => panic!("no exact road for {other}"),
    }
}

/// A case with exact values, with named formulas, or with both.
fn steady(case: &Value, report: &mut Report) {
    only(
        case,
        &[
            "id",
            "model",
            "lambda",
            "service_time",
            "servers",
            "K",
            "cv2_arrival",
            "cv2_service",
            "arrival_dist",
            "service_dist",
            "patience_mean",
            "method",
            "expect",
            "tolerance",
            "formulas",
            "formula_error",
            "simulated",
        ],
    );
    let (id, model) = (text(case, "id"), text(case, "model"));
    let known = [
        "M/M/c", "M/M/c/K", "M/M/c/c", "M/M/c+M", "M/G/1", "M/D/c", "M/G/c", "G/G/c", "G/G/c/K",
    ];
    assert!(known.contains(&model), "{id}: no model is known as {model}");
    let judged = ["expect", "simulated"]
        .iter()
        .any(|key| case.get(key).is_some());
    assert!(judged, "{id} expects nothing");
    let system = system(case);
    if case.get("expect").is_some() {
        let exact = exact(case, &system);
        let tolerance = &case["tolerance"];
        for (name, expected) in fields(case, "expect") {
            let expected = expected.as_f64().unwrap();
            let found = Found {
                actual: exact.value(&system, name),
                expected,
                tolerance: number(tolerance, "abs") + number(tolerance, "rel") * expected.abs(),
            };
            report.near(id, name, found);
        }
    }
    if case.get("formulas").is_some() {
        formulas(case, &system, report);
    }
    let road = if case.get("simulated").is_some() {
        "simulated"
    } else {
        "exact"
    };
    report.count(&format!("steady state, {model}, {road}"));
}

fn formulas(case: &Value, system: &System, report: &mut Report) {
    let id = text(case, "id");
    for (name, expected) in fields(case, "formulas") {
        let expected = expected.as_f64().unwrap();
        let actual = formula(name, case, system).unwrap();
        let found = Found {
            actual,
            expected,
            tolerance: 1e-9 * expected.abs(),
        };
        report.near(id, name, found);
        let error = &case["formula_error"][name];
        if let Some(recorded) = error.as_f64() {
            let of = if name.ends_with("p_wait") {
                "p_wait"
            } else {
                "mean_wait"
            };
            let truth = case["simulated"][of][0].as_f64().unwrap();
            let found = Found {
                actual: actual / truth - 1.0,
                expected: recorded,
                // The file gives four digits.
                tolerance: 0.000_051,
            };
            report.near(id, &format!("error of {name}"), found);
        }
    }
    chosen(case, system, report);
}

fn formula(name: &str, case: &Value, system: &System) -> Result<f64, ModelError> {
    let service = Law::shape(text(case, "service_dist"), system.service_cv2);
    match name {
        "allen_cunneen" => allen_cunneen(system),
        "sakasegawa" => sakasegawa(system),
        "kimura_1986" => kimura(system),
        "whitt_1993" => whitt(system),
        "hayward_cond_heavy_traffic" => Ok(hayward(system, service)?.mean_wait_s),
        "hayward_p_wait" => Ok(hayward(system, service)?.p_wait),
        "allen_cunneen_p_wait" => Ok(markov_wait(system)?.p_wait),
        "eta" => service.overlap_ratio(),
        "peakedness_z" => peakedness(system, service),
        _ => panic!("no formula is known as {name}"),
    }
}

/// Checks that the plan's formula is the one claimed by `queueing::wait`, and as accurate as
/// claimed.
fn chosen(case: &Value, system: &System, report: &mut Report) {
    let id = text(case, "id");
    let chosen = queueing::wait(system).unwrap();
    let truth = |name: &str| {
        let exact = case["expect"][name].as_f64();
        exact.or(case["simulated"][name][0].as_f64()).unwrap()
    };
    for (name, actual, error) in [
        ("p_wait", chosen.p_wait, 0.12),
        ("mean_wait", chosen.mean_wait_s, 0.15),
    ] {
        let expected = truth(name);
        let found = Found {
            actual,
            expected,
            tolerance: error * expected,
        };
        report.near(id, &format!("chosen {name}"), found);
    }
    let poisson = text(case, "arrival_dist") == "exponential";
    let rule = match (poisson, system.service_cv2 <= 6.0) {
        (true, true) => "kimura_1986",
        (true, false) => "whitt_1993",
        (false, _) if text(case, "service_dist") == "lognormal" => "hayward_cond_heavy_traffic",
        // The plan knows no law but takes a lognormal; there is no such value here.
        (false, _) => return,
    };
    let expected = number(&case["formulas"], rule);
    let found = Found {
        actual: chosen.mean_wait_s,
        expected,
        tolerance: 1e-9 * expected,
    };
    report.near(id, &format!("choice of {rule}"), found);
}

/// Simulates the cases that were simulated, as many at once as there are processors.
fn simulated(cases: &[Value], report: &mut Report) {
    let waiting: Vec<&Value> = cases
        .iter()
        .filter(|case| case.get("simulated").is_some())
        .collect();
    let queue = Mutex::new(waiting.iter());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let found = Mutex::new(report);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(case) = { queue.lock().unwrap().next() } {
                    let differences = differences(case);
                    let report = &mut found.lock().unwrap();
                    for (name, difference) in differences {
                        report.near(text(case, "id"), &name, difference);
                    }
                    if text(case, "model") == "G/G/c/K" {
                        bounded_is_near(case, report);
                    }
                }
            });
        }
    });
}

/// Differences to the record regardless of the simulation's length; empty if all agrees.
fn differences(case: &Value) -> Vec<(String, Found)> {
    let mut simulation = Simulation::new(setup(case), PIECE / 5);
    let mut found = Vec::new();
    for _ in 0..PIECES_MAX {
        simulation.run(PIECE);
        found = compared(case, &simulation);
        found.retain(|(_, found)| !found.is_near());
        if found.is_empty() {
            break;
        }
    }
    found
}

fn compared(case: &Value, simulation: &Simulation) -> Vec<(String, Found)> {
    let compare = |(name, recorded): (&String, &Value)| {
        let (mean, half_width) = (recorded[0].as_f64().unwrap(), recorded[1].as_f64().unwrap());
        let (actual, extra) = match name.as_str() {
            "p_wait" => (simulation.p_wait(), 0.005),
            "mean_wait" => (simulation.mean_wait(), 0.005),
            "mean_queue" => (simulation.mean_queue(), 0.005),
            "blocking" => (simulation.blocking(), 0.0),
            "p50_wait" => (simulation.quantile(0.5), 0.0),
            "p95_wait" => (simulation.quantile(0.95), 0.0),
            "p99_wait" => (simulation.quantile(0.99), 0.0),
            _ => panic!("no quantity is known as {name}"),
        };
        let found = Found {
            actual,
            expected: mean,
            tolerance: 3.0 * half_width + extra * mean,
        };
        (name.clone(), found)
    };
    fields(case, "simulated").iter().map(compare).collect()
}

fn setup(case: &Value) -> Setup {
    let system = system(case);
    Setup {
        arrival_rate: system.arrival_rate_rps,
        service_time: system.service_time_s,
        servers: usize::try_from(system.servers).unwrap(),
        places: places(case).map(|places| usize::try_from(places).unwrap()),
        arrivals: Law::of(text(case, "arrival_dist"), system.arrival_dispersion),
        service: Law::of(text(case, "service_dist"), system.service_cv2),
        long_wait: case["simulated"]["p99_wait"][0].as_f64().unwrap(),
    }
}

/// The plan's approximation of a bounded queue is as near as it claims.
fn bounded_is_near(case: &Value, report: &mut Report) {
    let bounded = with_bounded_queue(&system(case), places(case).unwrap()).unwrap();
    for (name, actual, error) in [
        ("blocking", bounded.loss_ratio, 0.10),
        ("p_wait", bounded.wait.p_wait, 0.10),
        ("mean_wait", bounded.wait.mean_wait_s, 0.10),
        ("p99_wait", bounded.wait.wait_p99_s, 0.10),
    ] {
        let expected = case["simulated"][name][0].as_f64().unwrap();
        let found = Found {
            actual,
            expected,
            tolerance: error * expected,
        };
        report.near(text(case, "id"), &format!("chosen {name}"), found);
    }
}

fn staffing(case: &Value, report: &mut Report) {
    only(
        case,
        &["id", "kind", "offered_load", "target", "T", "servers"],
    );
    let (load, target) = (number(case, "offered_load"), number(case, "target"));
    let kind = text(case, "kind");
    let servers = match kind {
        "fewest servers with P(wait) <= target" => {
            queueing::servers_for_wait_probability(load, target)
        }
        "fewest servers with Erlang-B blocking <= target" => {
            queueing::servers_for_loss(load, target)
        }
        "fewest servers with P(W <= T) >= target, service time 1" => {
            queueing::servers_for_wait_within(load, number(case, "T"), target)
        }
        _ => panic!("no staffing rule is known as {kind}"),
    };
    let (servers, expected) = (servers.unwrap(), whole(case, "servers"));
    if servers != expected {
        report.fault(
            text(case, "id"),
            format!("{servers} servers, expected {expected}"),
        );
    }
    report.count(&format!("staffing, {kind}"));
}

fn halfin_whitt(case: &Value, report: &mut Report) {
    only(case, &["beta", "alpha"]);
    let expected = number(case, "alpha");
    let found = Found {
        actual: queueing::halfin_whitt(number(case, "beta")).unwrap(),
        expected,
        // The file gives no tolerance of its own here; this is that of its exact values.
        tolerance: 1e-12 + 1e-9 * expected,
    };
    report.near(&format!("Halfin-Whitt {}", case["beta"]), "alpha", found);
    report.count("Halfin-Whitt");
}

fn transient(case: &Value, report: &mut Report) {
    only(
        case,
        &[
            "id",
            "model",
            "servers",
            "lambda",
            "service_time",
            "K",
            "method",
            "tolerance",
            "at",
        ],
    );
    let id = text(case, "id");
    assert!(
        text(case, "model").starts_with("M(t)/M/c(t)/K, starts empty"),
        "{id}"
    );
    let pair = |pair: &Value| (pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap());
    let rates: Vec<(f64, f64)> = list(case, "lambda").iter().map(pair).collect();
    let servers: Vec<(f64, u32)> = list(case, "servers")
        .iter()
        .map(|step| {
            let count = u32::try_from(step[1].as_u64().unwrap()).unwrap();
            (step[0].as_f64().unwrap(), count)
        })
        .collect();
    let course = Course {
        arrival_rates_rps: &rates,
        servers: &servers,
        service_time_s: number(case, "service_time"),
        places_total: whole(case, "K"),
    };
    let at = list(case, "at");
    let times: Vec<f64> = at.iter().map(|moment| number(moment, "t")).collect();
    let found = moments(&course, &times).unwrap();
    assert_eq!(found.len(), at.len(), "{id}");
    let tolerance = &case["tolerance"];
    for (expected, moment) in at.iter().zip(found) {
        for (name, expected) in expected.as_object().unwrap() {
            let actual = match name.as_str() {
                "t" => moment.time_s,
                "mean_in_system" => moment.mean_in_system,
                "mean_queue" => moment.mean_queue,
                "p_all_busy" => moment.p_all_busy,
                "p_full" => moment.p_full,
                "expected_blocked_so_far" => moment.lost_so_far,
                _ => panic!("no quantity is known as {name}"),
            };
            let expected = expected.as_f64().unwrap();
            let found = Found {
                actual,
                expected,
                tolerance: number(tolerance, "abs") + number(tolerance, "rel") * expected.abs(),
            };
            report.near(id, &format!("{name} at {} s", moment.time_s), found);
        }
    }
    report.count("time-dependent");
}

/// Printed tables: the load that gives a loss, to the digits printed.
fn published(case: &Value, report: &mut Report) {
    only(
        case,
        &[
            "id",
            "source",
            "quantity",
            "servers",
            "blocking_percent",
            "offered",
            "tolerance_abs",
        ],
    );
    let id = text(case, "id");
    let quantity = "offered Erlangs that give this blocking with this many servers";
    assert_eq!(text(case, "quantity"), quantity, "{id}");
    let servers = number(case, "servers");
    let (percents, loads) = (list(case, "blocking_percent"), list(case, "offered"));
    assert_eq!(percents.len(), loads.len(), "{id}");
    for (percent, load) in percents.iter().zip(loads) {
        let blocking = percent.as_f64().unwrap() / 100.0;
        let (mut low, mut high) = (0.0, 10.0 * servers + 10.0);
        for _ in 0..100 {
            let middle = f64::midpoint(low, high);
            if loss_probability(servers, middle).unwrap() < blocking {
                low = middle;
            } else {
                high = middle;
            }
        }
        let found = Found {
            actual: low,
            expected: load.as_f64().unwrap(),
            tolerance: number(case, "tolerance_abs"),
        };
        report.near(id, &format!("load at {percent} %"), found);
    }
    report.count("published table");
}
