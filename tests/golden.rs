//! Exported files of whole scenarios, word for word, and their safety from names.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` rewrites `tests/golden/<scenario>/`; read the
//! difference before you commit it.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod scenes;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kt_capacity::export::File;
use kt_capacity::plan::evaluate;
use kt_capacity::say::{finding, words};
use kt_capacity::scenario::{Limits, Scenario, link};
use proptest::prelude::*;
use scenes::{TODAY, export, hostile_names, three_workloads};
use serde_json::Value;

/// Notes shown with the files on the page.
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
        for gap in &file.gaps {
            writeln!(text, "  gap: {gap}").unwrap();
        }
        let lines: Vec<&str> = file.text.lines().collect();
        let planned = file.planned_lines.iter();
        if file.media_type == "application/yaml" && file.planned_lines.len() < 40 {
            planned.for_each(|number| {
                writeln!(text, "  planned: {}", lines[*number].trim()).unwrap();
            });
        } else {
            writeln!(text, "  planned: {} lines", file.planned_lines.len()).unwrap();
        }
    }
    text
}

/// Files that differ from the default's in more than a few numbers.
const TELLING: [&str; 9] = [
    "policy-config.yaml",
    "policy-config.strict.yaml",
    "database.yaml",
    "kt-command.sh",
    "deployment.yaml",
    "hpa.yaml",
    "prometheus-rules.yaml",
    "prometheus-rules.test.yaml",
    "report.md",
];

fn check_golden(name: &str, scenario: &Scenario) {
    let folder = Path::new("tests/golden").join(name);
    let files = export(scenario);
    let notes = ("about.txt", about(&files));
    let telling = |file: &File| name == "default" || TELLING.contains(&file.name);
    let texts = files.into_iter().filter(telling);
    let texts = texts.map(|file| (file.name, file.text));
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

/// The whole set, in the order of the page.
const NAMES: [&str; 18] = [
    "policy-config.yaml",
    "policy-config.strict.yaml",
    "database.yaml",
    "kt-command.sh",
    "deployment.yaml",
    "service.yaml",
    "hpa.yaml",
    "pdb.yaml",
    "kustomization.yaml",
    "keda-scaledobject.yaml",
    "prometheus-rules.yaml",
    "prometheus-rules.test.yaml",
    "prometheusrule.yaml",
    "grafana-dashboard.json",
    "load-test.js",
    "report.md",
    "plan.csv",
    "scenario.json",
];

/// The one promise of each file: a title, a media type, notes a reader can take in.
#[test]
fn every_file_is_complete() {
    for (scene, scenario) in scenes::all() {
        let files = export(&scenario);
        let names: Vec<&str> = files.iter().map(|file| file.name).collect();
        assert_eq!(names, NAMES);
        for file in files {
            let name = file.name;
            assert!(file.checked.is_ok(), "{scene}, {name}: {:?}", file.checked);
            assert!(
                (1..=4).contains(&file.notes.len()),
                "{name}: {:?}",
                file.notes
            );
            let has_plan = !["service.yaml", "kustomization.yaml"].contains(&name);
            assert_eq!(!file.planned_lines.is_empty(), has_plan, "{name}");
            let lines = file.text.lines().count();
            assert!(
                file.planned_lines.iter().all(|line| *line < lines),
                "{name}"
            );
            let told = format!(
                "{} {} {}",
                file.text,
                file.notes.join(" "),
                file.gaps.join(" ")
            );
            let mut words = told.split(|c: char| !c.is_alphanumeric());
            let leaked = words.find(|word| ["NaN", "inf", "None", "Some"].contains(word));
            assert_eq!(leaked, None, "{name}");
        }
    }
}

type Pairs<T> = Vec<(String, T)>;

/// Parsed contents of the pack: `(id, model)` of each target, and weights.
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

/// Parsed contents of the YAML files that contain no names.
fn nameless(files: &[File]) -> Vec<Value> {
    let names = ["database.yaml", "deployment.yaml", "hpa.yaml", "pdb.yaml"];
    let files = files.iter().filter(|file| names.contains(&file.name));
    let documents = files.flat_map(|file| {
        let documents: Vec<Value> = serde_saphyr::from_multiple(&file.text).unwrap();
        documents
    });
    documents.collect()
}

/// Parsed contents of the rules: expressions, and providers with recorded limits.
fn recorded(files: &[File]) -> (Vec<Value>, Vec<String>) {
    let file = files
        .iter()
        .find(|file| file.name == "prometheus-rules.yaml");
    let read: Value = serde_saphyr::from_str(&file.unwrap().text).unwrap();
    let groups = read["groups"].as_array().unwrap().iter();
    let rules = groups.flat_map(|group| group["rules"].as_array().unwrap());
    let owners = rules
        .clone()
        .filter_map(|rule| rule["labels"]["provider"].as_str());
    let mut owners: Vec<String> = owners.map(str::to_owned).collect();
    owners.dedup();
    (rules.map(|rule| rule["expr"].clone()).collect(), owners)
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

/// A sentence of ours keeps its end in each file, however long it is; only a name is cut.
#[test]
fn sentences_stay_whole() {
    let (mixed, notices) = link::from_fragment(
        "v=2&p=openai,gpt-4o,Grow,50&p=custom,m,,50,rpm:500,scope:divided&hpa-max=20",
    );
    assert_eq!(notices, []);
    for scenario in [Scenario::default(), three_workloads(), mixed.clone()] {
        let plan = evaluate(&scenario, TODAY);
        let files = export(&scenario);
        let text = |name: &str| {
            let file = files.iter().find(|file| file.name == name);
            file.unwrap().text.replace('\\', "")
        };
        let (report, table) = (text("report.md"), text("plan.csv"));
        let longest = plan.findings.iter().map(|found| {
            let message = finding::message(&found.kind);
            let (told, quoted) = (message.replace('\\', ""), message.replace('"', "\"\""));
            // A space that does not break is written as one that does.
            let [told, quoted] = [told, quoted].map(|text| words::plain_spaces(&text));
            assert!(report.contains(&told), "{told}");
            assert!(table.contains(&quoted), "{quoted}");
            told.chars().count()
        });
        assert!(longest.max().is_some_and(|longest| 200 < longest));
    }
    let pack = &export(&mixed)[0].text;
    let head = pack.lines().map_while(|line| line.strip_prefix("# "));
    let head: Vec<&str> = head.collect();
    let end = "Limits of a limiter of your own hold in each gateway. Planned on 2026-11-23";
    assert!(head.join(" ").contains(end), "{head:?}");
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
        let plain = export(&scenario);
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
        let (expressions, owners) = recorded(&exported);
        prop_assert_eq!(expressions, recorded(&plain).0);
        prop_assert_eq!(&owners, &ids);
        let mut given: Vec<_> = ids.into_iter().zip([60, 25, 15]).collect();
        given.sort();
        weights.sort();
        prop_assert_eq!(weights, given);
        prop_assert_eq!(nameless(&exported), nameless(&plain));
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
