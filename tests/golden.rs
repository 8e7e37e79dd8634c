//! The exported files of whole scenarios, word for word, and what no name may do to them.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` rewrites `tests/golden/<scenario>/`; read the
//! difference before you commit it.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use kt_capacity::export::{File, files};
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::{Limits, Overflow, Period, Provider, Scenario, Workload, link};
use proptest::prelude::*;
use serde_json::Value;

const PAGE: &str = "https://capacity.example/";

fn export(scenario: &Scenario) -> Vec<File> {
    let plan = evaluate(scenario, date(2026, 11, 23));
    let link = format!("{PAGE}#{}", link::to_fragment(scenario));
    files(scenario, &plan, &link)
}

/// Three kinds of request on four targets, most numbers the reader's own.
fn three_workloads() -> Scenario {
    let mut scenario = Scenario {
        name: "Support desk".to_owned(),
        ..Scenario::default()
    };
    let profiles = kt_capacity::catalog::profile::PROFILES.iter().take(3);
    scenario.workloads = profiles
        .zip(1..)
        .map(|(p, id)| Workload::from_profile(id, p))
        .collect();
    scenario.workloads[1].requests = 200_000.0;
    scenario.workloads[1].period = Period::Day;
    scenario.workloads[1].cached_percent = 40.0;
    scenario.workloads[2].max_output_tokens = Some(2_000.0);
    scenario.traffic.peak_multiplier = 4.5;
    scenario
        .providers
        .push(Provider::first_of(8, "openai", 0.0));
    for (provider, weight) in scenario.providers.iter_mut().zip([62.5, 25.0, 12.5, 0.25]) {
        provider.weight = weight;
    }
    scenario.providers[1].limits = Limits {
        rpm: Some(2_400.5),
        ..Limits::default()
    };
    scenario.gateway.queue_max_size = 60;
    scenario.gateway.queue_overflow = Overflow::DropOldest;
    scenario.gateway.hpa.replicas_min = None;
    scenario.gateway.hpa.replicas_max = None;
    scenario.gateway.hpa.cpu_percent = 60;
    scenario.gateway.hpa.up_percent = 100;
    scenario.storage.audit_retention_days = 2_555;
    scenario.control_plane.api_replicas = Some(4);
    scenario
}

/// Names made to break out of a value, a comment or a line.
fn hostile_names() -> Scenario {
    let mut scenario = Scenario {
        name: "a\nkind: Secret # \u{2028}---\r\n\u{85}\u{202e}{{ x }}".to_owned(),
        ..Scenario::default()
    };
    "x\nreboot".clone_into(&mut scenario.workloads[0].name);
    let names = [
        ("#1: \"quoted\"\nid: evil", "gpt-4o # \t\tnot a comment"),
        ("🙂 {{ $labels.provider }}", "- !!str 'it''s'"),
        ("---\n...", "'; reboot; $(reboot) `reboot` \\"),
    ];
    for (provider, (name, model)) in scenario.providers.iter_mut().zip(names) {
        name.clone_into(&mut provider.name);
        model.clone_into(&mut provider.model);
    }
    "a: b\n- c \u{2029}\u{0}".clone_into(&mut scenario.providers[1].vendor);
    "<<".clone_into(&mut scenario.providers[2].vendor);
    scenario.providers[2].name = "long ".repeat(2_000);
    scenario
}

/// What stands beside the files on the page.
fn about(files: &[File]) -> String {
    let mut text = String::new();
    for file in files {
        writeln!(text, "{} ({}, {})", file.name, file.title, file.media_type).unwrap();
        match &file.checked {
            Ok(verdict) => writeln!(text, "  {verdict}").unwrap(),
            Err(faults) => faults.iter().for_each(|fault| {
                writeln!(text, "  refused: {} ({:?})", fault.message, fault.field).unwrap();
            }),
        }
        for note in &file.notes {
            writeln!(text, "  note: {note}").unwrap();
        }
        let lines: Vec<&str> = file.text.lines().collect();
        for number in &file.planned_lines {
            writeln!(text, "  planned: {}", lines[*number].trim()).unwrap();
        }
    }
    text
}

fn check_golden(name: &str, scenario: &Scenario) {
    let folder = Path::new("tests/golden").join(name);
    let files = export(scenario);
    let notes = ("about.txt", about(&files));
    let texts = files.into_iter().map(|file| (file.name, file.text));
    for (file, text) in texts.chain([notes]) {
        assert!(
            text.ends_with('\n') && !text.ends_with("\n\n"),
            "{name}/{file}: its end"
        );
        let path = folder.join(file);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, golden, "{}", path.display());
    }
}

#[test]
fn the_default_scenario_exports_as_reviewed() {
    check_golden("default", &Scenario::default());
}

#[test]
fn own_values_export_as_reviewed() {
    check_golden("three-workloads", &three_workloads());
}

#[test]
fn hostile_names_export_as_reviewed() {
    check_golden("hostile-names", &hostile_names());
}

/// The one promise of each file: a title, a media type, notes a reader can take in.
#[test]
fn every_file_is_complete() {
    for scenario in [Scenario::default(), three_workloads(), hostile_names()] {
        let files = export(&scenario);
        let names: Vec<&str> = files.iter().map(|file| file.name).collect();
        let expected = [
            "policy-config.yaml",
            "hpa.yaml",
            "prometheus-rules.yaml",
            "database.yaml",
            "kt-command.sh",
        ];
        assert_eq!(names, expected);
        for file in files {
            let name = file.name;
            assert!(file.checked.is_ok(), "{name}: {:?}", file.checked);
            assert!(
                (1..=4).contains(&file.notes.len()),
                "{name}: {:?}",
                file.notes
            );
            assert!(!file.planned_lines.is_empty(), "{name}");
            let lines = file.text.lines().count();
            assert!(
                file.planned_lines.iter().all(|line| *line < lines),
                "{name}"
            );
            for word in ["NaN", "inf", "None", "Some("] {
                let told = file.text.contains(word) || file.notes.join(" ").contains(word);
                assert!(!told, "{name}: {word}");
            }
        }
    }
}

type Pairs<T> = Vec<(String, T)>;

/// What a reader's YAML parser finds in the pack: `(id, model)` of each target, then its weights.
fn structure(pack: &File) -> (Pairs<String>, Pairs<u64>) {
    let read: Value = serde_saphyr::from_str(&pack.text).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let targets = read["providers"]["targets"].as_array().unwrap().iter();
    let targets = targets
        .map(|t| (text(&t["id"]), text(&t["model"])))
        .collect();
    let weights = read["routing"]["weights"].as_object().unwrap().iter();
    let weights = weights
        .map(|(id, weight)| (id.clone(), weight.as_u64().unwrap()))
        .collect();
    (targets, weights)
}

/// What a parser finds in the other YAML files; the last one is no YAML.
fn others(files: &[File]) -> Vec<Value> {
    let yaml = files[1..files.len() - 1].iter();
    yaml.map(|file| serde_saphyr::from_str(&file.text).unwrap())
        .collect()
}

#[test]
fn a_name_of_ten_thousand_characters_stays_whole() {
    for name in [
        "x".repeat(10_000),
        "long # name: ".repeat(770),
        "é🙂".repeat(5_000),
    ] {
        let mut scenario = Scenario::default();
        scenario.providers[0].vendor.clone_from(&name);
        scenario.providers[0].model.clone_from(&name);
        let (targets, weights) = structure(&export(&scenario)[0]);
        assert_eq!(targets[0], (name.clone(), name.clone()));
        assert!(weights.contains(&(name, 60)));
    }
}

proptest! {
    #[test]
    fn no_name_changes_what_a_parser_finds(
        names in prop::array::uniform4(any::<String>()),
        vendors in prop::array::uniform3("[^a-z]{1,20}|.{1,1200}|[\\-#:'\"\t\n{}&*!|>%@` ]{1,9}"),
        models in prop::array::uniform3(any::<String>()),
    ) {
        let mut scenario = Scenario::default();
        // With the vendor goes the way tokens are counted, so the limits are fixed here.
        for provider in &mut scenario.providers {
            "custom".clone_into(&mut provider.vendor);
            provider.limits = Limits { rpm: Some(100.0), tpm: Some(2e6), ..Limits::default() };
        }
        let plain = others(&export(&scenario));
        scenario.name.clone_from(&names[3]);
        for (index, provider) in scenario.providers.iter_mut().enumerate() {
            provider.name.clone_from(&names[index]);
            provider.vendor.clone_from(&vendors[index]);
            provider.model.clone_from(&models[index]);
        }
        let exported = export(&scenario);
        let ids = scenario.target_ids();
        let (targets, mut weights) = structure(&exported[0]);
        let expected: Vec<_> = ids.iter().cloned().zip(models).collect();
        prop_assert_eq!(targets, expected);
        let mut given: Vec<_> = ids.into_iter().zip([60, 25, 15]).collect();
        given.sort();
        weights.sort();
        prop_assert_eq!(weights, given);
        prop_assert_eq!(others(&exported), plain);
    }
}

/// A real shell runs the command with these words and nothing else.
#[cfg(unix)]
#[test]
fn a_shell_reads_the_command_as_meant() {
    let scenario = hostile_names();
    let exported = export(&scenario);
    let command = exported
        .iter()
        .find(|file| file.name == "kt-command.sh")
        .unwrap();
    let script = format!("kt() {{ printf '%s\\n' \"$@\"; }}\n{}", command.text);
    let run = std::process::Command::new("sh")
        .args(["-c", &script])
        .output()
        .unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{run:?}");
    let printed = String::from_utf8(run.stdout).unwrap();
    let words: Vec<&str> = printed.lines().collect();
    let expected = [
        "capacity",
        "estimate",
        "--requests-per-day",
        "50000",
        "--avg-input-tokens",
        "1500",
        "--avg-output-tokens",
        "800",
        "--peak-multiplier",
        "3.0",
        "--provider",
        "openai",
        "--model",
        "gpt-4o #   not a comment",
    ];
    assert_eq!(words, expected);
}
