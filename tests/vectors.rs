//! Every recorded case of `tests/vectors`, or of the folder that `VECTORS_DIR` names.
//!
//! A case that cannot be judged fails the test: an unknown kind, law or quantity is
//! never passed over. `cargo test --test vectors -- --nocapture` prints
//! how many cases of each kind ran.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "the numbers of cases are the report")]

#[path = "vectors/admission.rs"]
mod admission;
#[path = "vectors/bucket.rs"]
mod bucket;
#[path = "vectors/chain.rs"]
mod chain;
#[path = "vectors/course.rs"]
mod course;
#[path = "vectors/day.rs"]
mod day;
#[path = "vectors/day_config.rs"]
mod day_config;
#[path = "vectors/erlang_a.rs"]
mod erlang_a;
#[path = "vectors/fixed_service.rs"]
mod fixed_service;
#[path = "vectors/fleet_formula.rs"]
mod fleet_formula;
#[path = "vectors/fleet_queue.rs"]
mod fleet_queue;
#[path = "vectors/hpa.rs"]
mod hpa;
#[path = "vectors/hpa_day.rs"]
mod hpa_day;
#[path = "vectors/hpa_validation.rs"]
mod hpa_validation;
#[path = "vectors/law.rs"]
mod law;
#[path = "vectors/law_of_run.rs"]
mod law_of_run;
#[path = "vectors/pg_measured.rs"]
mod pg_measured;
#[path = "../src/model/queueing/poisson.rs"]
mod poisson;
#[path = "vectors/queue.rs"]
mod queue;
#[path = "vectors/queue_simulation.rs"]
mod queue_simulation;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Map, Value};

/// Judges a case, or all cases of a file.
pub(crate) type Judge = fn(&Value, &mut Report);

const FILES: [(&str, Judge); 8] = [
    ("bucket-cases.json", bucket::judge),
    ("day-cases.json", day::judge),
    ("fleet-queue-cases.json", fleet_queue::judge),
    ("hpa-cases.json", hpa::judge),
    ("hpa-day.json", hpa_day::judge),
    ("hpa-validation.json", hpa_validation::judge),
    ("pg-measured.json", pg_measured::judge),
    ("queue-cases.json", queue::judge),
];

/// Cases judged, and those that failed.
#[derive(Default)]
pub(crate) struct Report {
    judged: BTreeMap<String, u32>,
    faults: Vec<String>,
}

impl Report {
    /// Counts a case that has been judged.
    pub(crate) fn count(&mut self, kind: &str) {
        *self.judged.entry(kind.to_owned()).or_default() += 1;
    }

    /// Notes a case that needs a file which is not here. In a folder that was asked for
    /// by name that is a fault.
    pub(crate) fn skip(&mut self, case: &str, reason: &str) {
        println!("{case}: skipped, {reason}");
        if env::var_os("VECTORS_DIR").is_some() {
            self.fault(case, format!("passed over, {reason}"));
        }
        self.count("skipped");
    }

    /// Notes what did not hold.
    pub(crate) fn fault(&mut self, case: &str, message: impl AsRef<str>) {
        self.faults.push(format!("{case}: {}", message.as_ref()));
    }

    /// Notes a fault unless `|actual − expected| ≤ tolerance`.
    pub(crate) fn near(&mut self, case: &str, name: &str, found: Found) {
        if !found.is_near() {
            let Found {
                actual,
                expected,
                tolerance,
            } = found;
            self.fault(
                case,
                format!("{name} is {actual}, expected {expected} ± {tolerance:e}"),
            );
        }
    }
}

/// A number, what it should be, and how far it may be from that.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub(crate) actual: f64,
    pub(crate) expected: f64,
    pub(crate) tolerance: f64,
}

impl Found {
    /// NaN never is.
    pub(crate) fn is_near(&self) -> bool {
        (self.actual - self.expected).abs() <= self.tolerance
    }
}

pub(crate) fn number(owner: &Value, key: &str) -> f64 {
    let value = &owner[key];
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{key} is no number: {value} in {owner}"))
}

pub(crate) fn text<'a>(owner: &'a Value, key: &str) -> &'a str {
    let value = &owner[key];
    value
        .as_str()
        .unwrap_or_else(|| panic!("{key} is no text: {value} in {owner}"))
}

pub(crate) fn list<'a>(owner: &'a Value, key: &str) -> &'a [Value] {
    let value = &owner[key];
    value
        .as_array()
        .unwrap_or_else(|| panic!("{key} is no list: {value} in {owner}"))
}

pub(crate) fn fields<'a>(owner: &'a Value, key: &str) -> &'a Map<String, Value> {
    let value = &owner[key];
    value
        .as_object()
        .unwrap_or_else(|| panic!("{key} has no fields: {value} in {owner}"))
}

/// Panics at a key that no judge reads.
pub(crate) fn only(owner: &Value, known: &[&str]) {
    let owner = owner.as_object().unwrap();
    for key in owner.keys() {
        let known = known.contains(&key.as_str());
        assert!(known, "{key} is not judged: {:?}", owner.get("id"));
    }
}

/// A file too large for this repository: in the folder that `VECTORS_DIR` names, or in
/// `shared/data` beside the checkout.
pub(crate) fn shared_file(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let chosen = env::var_os("VECTORS_DIR").map(PathBuf::from);
    let folders = chosen.into_iter().chain([beside]);
    let mut paths = folders.map(|folder| folder.join(name));
    paths.find(|path| path.is_file())
}

#[test]
fn every_recorded_case_holds() {
    let chosen = env::var_os("VECTORS_DIR").map(PathBuf::from);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let folder = chosen.clone().unwrap_or(here);
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "json"))
        .collect();
    names.sort();
    let known = FILES.map(|(name, _)| name);
    if chosen.is_none() {
        assert_eq!(names, known, "the files of {}", folder.display());
    }
    assert!(!names.is_empty(), "no cases in {}", folder.display());

    let mut faults = Vec::new();
    for name in names {
        // A file that nobody judges would be passed over.
        let Some((_, judge)) = FILES.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name}: no judge knows this file"));
            continue;
        };
        let text = fs::read_to_string(folder.join(&name)).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        let mut report = Report::default();
        judge(&file, &mut report);
        // Each list of objects is a list of cases; each case must have been counted.
        let lists = file
            .as_object()
            .unwrap()
            .values()
            .filter_map(Value::as_array);
        let recorded: usize = lists
            .filter(|list| list.iter().all(Value::is_object))
            .map(Vec::len)
            .sum();
        let judged: u32 = report.judged.values().sum();
        assert_eq!(
            usize::try_from(judged).unwrap(),
            recorded,
            "cases of {name}"
        );
        println!("{name}: {judged} cases");
        for (kind, count) in &report.judged {
            println!("  {count:3}  {kind}");
        }
        assert!(!report.judged.is_empty(), "{name} holds no case");
        faults.extend(report.faults.iter().map(|fault| format!("{name} {fault}")));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
