//! Exported files of every scene, checked with the targets' own tools.
//!
//! `make test` installs the tools and puts them on the path. A tool that is not there is
//! named and skipped, except in CI, where none may be missing.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod scenes;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use kt_capacity::compare::{Side, compare};
use kt_capacity::scenario::Scenario;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser as Markdown, Tag, TagEnd};
use serde_json::{Value, json};

const MANIFESTS: [&str; 4] = ["deployment.yaml", "service.yaml", "hpa.yaml", "pdb.yaml"];
/// The oldest release whose rules `export::check` follows.
const KUBERNETES: &str = "1.33";

/// A folder for each scene with its files in it.
fn folders() -> &'static [PathBuf] {
    static FOLDERS: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FOLDERS.get_or_init(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
        let write = |(name, scenario)| {
            let folder = root.join(name);
            fs::create_dir_all(&folder).unwrap();
            for file in scenes::export(&scenario) {
                fs::write(folder.join(file.name), file.text).unwrap();
            }
            folder
        };
        scenes::all().into_iter().map(write).collect()
    })
}

/// Whether a tool can be run; says so where it cannot.
fn has(tool: &str) -> bool {
    let found = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .any(|folder| folder.join(tool).is_file());
    if !found {
        let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
        assert!(!is_ci, "{tool} is missing: .ci/tools.sh test installs it");
        eprintln!("skipped for a missing tool: {tool}");
    }
    found
}

#[track_caller]
fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{command:?}\n{}{}",
        told(&output.stdout),
        told(&output.stderr)
    );
    output
}

fn each(names: &[&str]) -> Vec<PathBuf> {
    let folders = folders().iter();
    let paths = folders.flat_map(|folder| names.iter().map(|name| folder.join(name)));
    paths.collect()
}

#[test]
fn at_least_twelve_scenes_are_tried() {
    assert!(12 <= folders().len());
}

#[test]
fn prometheus_takes_the_rules_and_each_alert_fires_and_is_silent_when_it_should() {
    if !has("promtool") {
        return;
    }
    for folder in folders() {
        let promtool = |arguments: [&str; 3]| {
            run(Command::new("promtool").args(arguments).current_dir(folder));
        };
        promtool(["check", "rules", "prometheus-rules.yaml"]);
        promtool(["test", "rules", "prometheus-rules.test.yaml"]);
    }
}

/// Every alert in the rules has a case that fires it and one that does not.
#[test]
fn each_alert_has_a_firing_and_a_silent_series() {
    for folder in folders() {
        let read = |name: &str| -> Value {
            serde_saphyr::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
        };
        let (rules, tests) = (
            read("prometheus-rules.yaml"),
            read("prometheus-rules.test.yaml"),
        );
        let cases = tests["tests"].as_array().unwrap().iter();
        let cases: Vec<&Value> = cases.map(|test| &test["alert_rule_test"][0]).collect();
        let alerts = rules["groups"][1]["rules"].as_array().unwrap();
        assert!(6 < alerts.len(), "{folder:?}");
        for alert in alerts {
            let own = cases
                .iter()
                .filter(|case| case["alertname"] == alert["alert"]);
            let fires = own.map(|case| !case["exp_alerts"].as_array().unwrap().is_empty());
            let fires: Vec<bool> = fires.collect();
            assert!(
                fires.contains(&true) && fires.contains(&false),
                "{folder:?}: {alert}"
            );
        }
    }
}

/// A test that cannot fail proves nothing: with one threshold moved, promtool objects.
#[test]
fn the_alerts_test_notices_a_threshold_that_moved() {
    if !has("promtool") {
        return;
    }
    let from = &folders()[0];
    let folder = from.join("moved");
    fs::create_dir_all(&folder).unwrap();
    let test = "prometheus-rules.test.yaml";
    fs::copy(from.join(test), folder.join(test)).unwrap();
    let rules = fs::read_to_string(from.join("prometheus-rules.yaml")).unwrap();
    for (threshold, moved) in [
        ("queue_depth > 16", "queue_depth > 100"),
        ("> 0.1)", "> 0.01)"),
        ("> 10 / 300", "> 0"),
        ("vector(30000000)", "vector(3000000)"),
        ("vector(10000)", "vector(100000)"),
        (":limit < 0.1", ":limit < 0.01"),
        ("> 0.056\n", "> 0.56\n"),
        ("current_replicas{", "desired_replicas{"),
        ("14 * 86400", "140 * 86400"),
        ("_bucket[5m]))) > 24", "_bucket[5m]))) > 240"),
        ("for: 2m", "for: 0m"),
    ] {
        assert!(rules.contains(threshold), "{threshold}");
        let rules = rules.replace(threshold, moved);
        fs::write(folder.join("prometheus-rules.yaml"), rules).unwrap();
        let mut promtool = Command::new("promtool");
        let status = promtool.args(["test", "rules", test]).current_dir(&folder);
        assert!(!status.output().unwrap().status.success(), "{threshold}");
    }
}

/// The operator reads the same groups, so promtool speaks for its object too.
#[test]
fn the_operators_rule_holds_the_same_groups() {
    for folder in folders() {
        let read = |name: &str| -> Value {
            serde_saphyr::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
        };
        let rule = read("prometheusrule.yaml");
        assert_eq!(rule["spec"], read("prometheus-rules.yaml"), "{folder:?}");
    }
}

#[test]
fn the_manifests_have_the_schema_of_their_kinds_without_a_warning() {
    if !has("kubernetes-validate") {
        return;
    }
    let mut validate = Command::new("kubernetes-validate");
    let validate = validate.args(["--strict", "-k", KUBERNETES]);
    let output = run(validate.args(each(&MANIFESTS)));
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert!(!told.contains("WARN"), "{told}");
}

#[test]
fn the_yaml_is_tidy() {
    if !has("yamllint") {
        return;
    }
    let rules = "{extends: default, rules: {document-start: disable, line-length: disable}}";
    let paths = folders().iter().flat_map(|folder| {
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
    });
    run(Command::new("yamllint")
        .args(["--strict", "-d", rules])
        .args(paths));
}

#[test]
fn kustomize_ties_the_manifests_and_carries_the_pack() {
    if !has("kubectl") {
        return;
    }
    for folder in folders() {
        let output = run(Command::new("kubectl").arg("kustomize").arg(folder));
        let text = String::from_utf8(output.stdout).unwrap();
        let objects: Vec<Value> = serde_saphyr::from_multiple(&text).unwrap();
        let find = |kind: &str, name: &str| {
            let is_it = |object: &&Value| {
                let own = object["metadata"]["name"].as_str().unwrap_or_default();
                object["kind"] == kind && own.starts_with(name)
            };
            objects.iter().find(is_it).unwrap()
        };
        let pack = fs::read_to_string(folder.join("policy-config.yaml")).unwrap();
        let carried = find("ConfigMap", "kt-gateway-pack");
        assert_eq!(carried["data"]["policy-config.yaml"], pack, "{folder:?}");
        let pod = &find("Deployment", "kt-gateway")["spec"]["template"]["spec"];
        let mounted = &pod["volumes"][0]["configMap"]["name"];
        assert_eq!(mounted, &carried["metadata"]["name"], "{folder:?}");
        find("HorizontalPodAutoscaler", "kt-gateway-hpa");
        find("PodDisruptionBudget", "kt-gateway");
        find("Service", "kt-gateway");
    }
}

/// Node runs the script with k6's modules stood in for, and reads the operators' objects with
/// the types generated from their definitions.
#[test]
fn the_load_test_sends_the_planned_mix_and_operators_take_their_objects() {
    if !has("node") || !Path::new("node_modules").is_dir() {
        eprintln!("skipped for a missing tool: node with its packages");
        return;
    }
    run(Command::new("node").arg("tests/tools.mjs").args(folders()));
}

#[test]
fn the_dashboard_is_one_that_grafana_imports_as_it_is() {
    for folder in folders() {
        let text = fs::read_to_string(folder.join("grafana-dashboard.json")).unwrap();
        let dashboard: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(dashboard["schemaVersion"], 39);
        let uid = dashboard["uid"].as_str().unwrap();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(uid.len() <= 40 && uid.chars().all(is_plain), "{uid}");
        assert_eq!(
            dashboard.get("id"),
            None,
            "an id would overwrite another dashboard"
        );
        check_panels(dashboard["panels"].as_array().unwrap());
    }
}

fn check_panels(panels: &[Value]) {
    let mut taken = std::collections::BTreeSet::new();
    for (number, panel) in panels.iter().enumerate() {
        assert_eq!(panel["id"], json!(number + 1));
        assert_eq!(panel["type"], "timeseries");
        let place = |key: &str| panel["gridPos"][key].as_u64().unwrap();
        assert!(place("x") + place("w") <= 24, "{panel}");
        for x in place("x")..place("x") + place("w") {
            for y in place("y")..place("y") + place("h") {
                assert!(taken.insert((x, y)), "{panel}: overlaps");
            }
        }
        let defaults = &panel["fieldConfig"]["defaults"];
        let steps = defaults["thresholds"]["steps"].as_array().unwrap();
        assert_eq!(
            steps[0]["value"],
            Value::Null,
            "the first step begins nowhere"
        );
        assert!(steps[1..].iter().all(|step| step["value"].is_number()));
        let mut ids = std::collections::BTreeSet::new();
        for target in panel["targets"].as_array().unwrap() {
            assert_eq!(target["datasource"]["uid"], "${datasource}");
            assert!(ids.insert(target["refId"].as_str().unwrap()));
        }
    }
}

/// Every query of the dashboard, as a rule that promtool can read.
#[test]
fn prometheus_reads_every_query_of_the_dashboard() {
    if !has("promtool") {
        return;
    }
    let folder = &folders()[0];
    let text = fs::read_to_string(folder.join("grafana-dashboard.json")).unwrap();
    let dashboard: Value = serde_json::from_str(&text).unwrap();
    let panels = dashboard["panels"].as_array().unwrap().iter();
    let targets = panels.flat_map(|panel| panel["targets"].as_array().unwrap());
    let rules = targets.enumerate().map(
        |(number, target)| json!({"record": format!("query:{number}"), "expr": target["expr"]}),
    );
    let groups = json!({"groups": [{"name": "queries", "rules": rules.collect::<Vec<_>>()}]});
    let path = folder.join("queries.json");
    fs::write(&path, groups.to_string()).unwrap();
    run(Command::new("promtool").args(["check", "rules"]).arg(path));
}

/// The patch between two scenes makes the files of the one into those of the other.
#[test]
fn git_applies_a_patch_between_two_scenes() {
    if !has("git") {
        return;
    }
    let scenes = scenes::all();
    let [before, after] = ["default", "every-option"].map(|name| {
        let (_, scenario) = scenes.iter().find(|(scene, _)| *scene == name).unwrap();
        scenario
    });
    let [one, two] = [before, after].map(scenes::link_of);
    let side = |scenario, link| Side { scenario, link };
    let compared = compare(&side(before, &one), &side(after, &two), scenes::TODAY);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("patched");
    fs::create_dir_all(&folder).unwrap();
    for file in scenes::export(before) {
        fs::write(folder.join(file.name), file.text).unwrap();
    }
    fs::write(folder.join("plan.patch"), compared.patch()).unwrap();
    run(Command::new("git")
        .args(["apply", "plan.patch"])
        .env("GIT_CEILING_DIRECTORIES", env!("CARGO_TARGET_TMPDIR"))
        .current_dir(&folder));
    for file in scenes::export(after) {
        let is_same = !compared.files.iter().any(|patch| patch.name == file.name);
        let text = fs::read_to_string(folder.join(file.name)).unwrap();
        assert!(is_same || text == file.text, "{}", file.name);
    }
    assert!(10 < compared.files.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Ids stand in labels, series and expanded templates: promtool compares all of them.
    #[test]
    fn prometheus_reads_any_name_as_it_was_typed(
        ids in prop::array::uniform3("[^a-z]{1,20}|.{1,200}|[\\-#:'\"\t\n{}&*!|>%@`$ ]{1,9}"),
    ) {
        if !has("promtool") {
            return Ok(());
        }
        let mut scenario = Scenario::default();
        for (provider, id) in scenario.providers.iter_mut().zip(ids) {
            provider.vendor = id;
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("names");
        fs::create_dir_all(&folder).unwrap();
        for file in scenes::export(&scenario) {
            fs::write(folder.join(file.name), file.text).unwrap();
        }
        let promtool = |arguments: [&str; 3]| {
            run(Command::new("promtool").args(arguments).current_dir(&folder));
        };
        promtool(["check", "rules", "prometheus-rules.yaml"]);
        promtool(["test", "rules", "prometheus-rules.test.yaml"]);
    }
}

/// Headings, one link and no HTML, whatever was typed.
#[test]
fn a_markdown_reader_finds_the_reports_own_structure_and_nothing_typed() {
    for folder in folders() {
        let text = fs::read_to_string(folder.join("report.md")).unwrap();
        let mut headings = Vec::new();
        let mut in_heading = false;
        for event in Markdown::new_ext(&text, Options::all()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("{folder:?}: {html}"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(
                        dest_url.starts_with("https://capacity.example/#v="),
                        "{dest_url}"
                    );
                }
                Event::Code(_)
                | Event::Rule
                | Event::InlineMath(_)
                | Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => {
                    panic!("{folder:?}: {event:?}")
                }
                Event::Start(Tag::Heading { .. }) => in_heading = true,
                Event::End(TagEnd::Heading(_)) => in_heading = false,
                Event::Text(text) if in_heading => headings.push(text.to_string()),
                _ => {}
            }
        }
        assert!(headings[0].starts_with("Capacity plan"), "{headings:?}");
        assert!(
            headings.contains(&"Checklist".to_owned()),
            "{folder:?}: {headings:?}"
        );
    }
}

#[test]
fn a_spreadsheets_reader_finds_five_cells_in_every_row_and_no_formula() {
    for folder in folders() {
        let mut reader = csv::Reader::from_path(folder.join("plan.csv")).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(30 < rows.len());
        for row in &rows {
            assert_eq!(row.len(), 5, "{row:?}");
            let is_formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!row.iter().any(is_formula), "{row:?}");
        }
    }
}
