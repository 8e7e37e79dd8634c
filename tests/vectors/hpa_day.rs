//! The autoscaler over days of real traffic.

use std::fs;

use serde_json::{Value, json};

use crate::hpa::replicas_of_syncs;
use crate::{Report, fields, list, only, shared_file, text};

const SYNC_S: f64 = 15.0;
const SYNCS_OF_A_DAY: u32 = 5_760;
/// Windows of the rate file.
const WINDOW_S: u32 = 600;
/// Usage that one pod is meant to carry, thousandths of a CPU.
const TARGET_M: i64 = 700;
const REQUEST_M: i64 = 1_000;

pub(crate) fn judge(file: &Value, report: &mut Report) {
    only(file, &["about", "origin", "cases"]);
    for case in list(file, "cases") {
        only(case, &["id", "data", "in", "expect"]);
        let id = text(case, "id");
        let data = &case["data"];
        only(data, &["file", "day", "rule", "milli_cpu_per_rps"]);
        let name = text(data, "file");
        let Some(path) = shared_file(name) else {
            report.skip(id, &format!("{name} is not here"));
            continue;
        };
        let text = fs::read_to_string(path).unwrap();
        let usage = match name {
            "servegen-m-large-rate.csv" => usage_of_rates(&text, data),
            "azure-llm-2023-conv.csv" => usage_of_requests(&text, data),
            _ => panic!("no data is known as {name}"),
        };
        let actual = lived(&case["in"], &usage);
        for (name, expected) in fields(case, "expect") {
            let Some(found) = actual.get(name) else {
                panic!("no quantity is known as {name}");
            };
            if found != expected {
                report.fault(id, format!("{name} is {found}, expected {expected}"));
            }
        }
        report.count(name);
    }
}

fn lived(input: &Value, usage: &[i64]) -> Value {
    let samples: Vec<Value> = usage.iter().map(|cpu| json!({"cpu": cpu})).collect();
    let replicas = replicas_of_syncs(input, &samples);
    let bound = |key: &str| input[key].as_i64().unwrap();
    let mut last = u32::try_from(bound("start")).unwrap();
    let mut changes = Vec::new();
    for (sync, now) in replicas.iter().enumerate() {
        if *now != last {
            changes.push(json!([15 * sync, now]));
            last = *now;
        }
    }
    let ideal = usage.iter().map(|usage| {
        let pods = (usage + TARGET_M - 1) / TARGET_M;
        15 * pods.clamp(bound("min"), bound("max"))
    });
    let is_short = |(replicas, next): (&u32, &i64)| REQUEST_M * i64::from(*replicas) < *next;
    let short = replicas.iter().zip(usage.iter().skip(1));
    json!({
        "syncs": replicas.len(),
        "changes": changes,
        "replica_seconds": 15 * replicas.iter().sum::<u32>(),
        "most": replicas.iter().max(),
        "ideal_replica_seconds": ideal.sum::<i64>(),
        "syncs_with_demand_above_all_requested_cpu": short.filter(|pair| is_short(*pair)).count(),
        "cpu_usage_checksum": usage.iter().sum::<i64>(),
    })
}

fn usage_of_rates(csv: &str, data: &Value) -> Vec<i64> {
    let rates: Vec<f64> = csv
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).unwrap().parse().unwrap())
        .collect();
    let day = u32::try_from(data["day"].as_u64().unwrap()).unwrap();
    let cost = data["milli_cpu_per_rps"].as_f64().unwrap();
    let usage = |sync: u32| {
        let second = 86_400 * day + 15 * sync;
        let rate = rates[usize::try_from(second / WINDOW_S).unwrap()];
        whole((rate * cost + 1e-9).floor())
    };
    (0..SYNCS_OF_A_DAY).map(usage).collect()
}

fn usage_of_requests(csv: &str, data: &Value) -> Vec<i64> {
    let times: Vec<f64> = csv.lines().skip(1).map(second_of_day).collect();
    let cost = data["milli_cpu_per_rps"].as_f64().unwrap();
    let first = times[0];
    let mut counts = vec![0.0];
    for time in times {
        let window = usize::try_from(whole(((time - first) / SYNC_S).floor())).unwrap();
        // Sync 0 has seen nothing; the requests of a window are seen at its end.
        if counts.len() <= window + 1 {
            counts.resize(window + 2, 0.0);
        }
        counts[window + 1] += 1.0;
    }
    let usage = |count: &f64| whole((count * cost / SYNC_S).floor());
    counts.iter().map(usage).collect()
}

/// Seconds since midnight of `YYYY-MM-DD HH:MM:SS.fffffff,…`, exact to a hundred nanoseconds.
fn second_of_day(line: &str) -> f64 {
    let clock = line.split(',').next().unwrap().split(' ').nth(1).unwrap();
    let parts: Vec<f64> = clock.split(':').map(|part| part.parse().unwrap()).collect();
    parts[0] * 3_600.0 + parts[1] * 60.0 + parts[2]
}

fn whole(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a small whole number")]
    let whole = value as i64;
    whole
}
