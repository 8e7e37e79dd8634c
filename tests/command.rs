//! Black-box test of the command: output, stream and exit status.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use kt_capacity::scenario::link;
use serde_json::Value;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kt-capacity"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

#[track_caller]
fn json(arguments: &[&str]) -> Value {
    let output = run(&[&["estimate", "--json"], arguments].concat(), "");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[track_caller]
fn refused(arguments: &[&str], input: &str) -> String {
    let output = run(arguments, input);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert_eq!(output.stdout, b"", "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

const GUIDE: [&str; 12] = [
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
    "gpt-4o",
];

#[test]
fn the_guides_own_command_gives_the_guides_numbers() {
    let plan = json(&GUIDE);
    // 50,000 × 2,300; 50,000 × 3 ÷ 1,440 a minute; that × 2,300.
    let near = |value: &Value, want: f64| (value.as_f64().unwrap() / want - 1.0).abs() < 1e-9;
    assert!(near(&plan["demand"]["tokens_per_day"], 115_000_000.0));
    assert!(near(&plan["demand"]["peak_rpm"], 104.166_666_666_667));
    assert!(near(&plan["demand"]["peak_tpm"], 239_583.333_333_333));
    assert_eq!(plan["gateway"]["size_class"], "Small team");
    assert_eq!(plan["providers"].as_array().unwrap().len(), 1);
    assert_eq!(plan["providers"][0]["id"], "openai");
}

#[test]
fn a_link_a_file_and_flags_say_the_same() {
    let fragment = "v=1&w=a,100/min,200,150&w=b,5000/day,8000,500&growth=15";
    let (scenario, _) = link::from_fragment(fragment);
    let by_link = json(&[
        "--today",
        "2026-11-23",
        "--link",
        &format!("https://x.example/#{fragment}"),
    ]);
    let document = kt_capacity::scenario::file::to_json(&scenario).to_string();
    let output = run(
        &[
            "estimate",
            "--json",
            "--today",
            "2026-11-23",
            "--scenario",
            "-",
        ],
        &document,
    );
    let by_file: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(by_link, by_file);
    let printed = run(&["estimate", "--link-only", "--scenario", "-"], &document);
    assert_eq!(
        String::from_utf8(printed.stdout).unwrap(),
        format!("#{fragment}\n")
    );
    let set = json(&["--set", "growth=15", "--today", "2026-11-23"]);
    assert!(set["findings"][0]["breaks_in_months"].is_number());
}

#[test]
fn bad_input_is_named_with_what_is_allowed() {
    let range = "Enter 0 to 1,000,000,000,000";
    let stderr = refused(&["estimate", "--requests-per-day", "-5"], "");
    assert!(
        stderr.contains("requests-per-day: “-5”") && stderr.contains(range),
        "{stderr}"
    );
    let stderr = refused(&["estimate", "--provider", "nobody"], "");
    assert!(
        stderr.contains("provider: “nobody”") && stderr.contains("anthropic"),
        "{stderr}"
    );
    let stderr = refused(
        &["estimate", "--scenario", "-"],
        "{\"growht\": 1, \"growth\": \"x\"}",
    );
    assert!(
        stderr.contains("growht") && stderr.contains("growth: \"x\""),
        "{stderr}"
    );
    assert!(refused(&["estimate", "--scenario", "-"], "{").contains("not JSON"));
    assert!(refused(&["estimate", "--scenario", "/no/such/file"], "").contains("cannot be read"));
    assert!(refused(&["estimate", "--link", "#growth=NaN"], "").contains("growth"));
    // A mailer may have put a ? before the scenario; the command reads it as the page does.
    let asked = "https://example.com/?utm_source=mail&v=1&growth=NaN";
    let told = refused(&["estimate", "--link", asked], "");
    assert!(told.contains("growth") && !told.contains("utm"), "{told}");
    assert!(refused(&["estimate", "--today", "tomorrow"], "").contains("2026-11-23"));
    assert!(refused(&["estimate", "--set", "hpa-min=30"], "").contains("hpa-max"));
    refused(&["estimate", "--no-such-flag"], "");
}

#[test]
fn links_encoded_as_a_whole_and_standard_input_are_read() {
    let growth = |arguments: &[&str]| json(arguments)["growth"].clone();
    let plain = growth(&["--link", "#v=1&growth=15"]);
    assert_eq!(growth(&["--link", "%23v%3D1%26growth%3D15"]), plain);
    let output = run(&["diff", "#v=1", "-"], "#v=1&growth=15");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("15 % / month"), "{text}");
    assert!(refused(&["diff", "-", "-"], "").contains("Only one of the two"));
    assert!(
        refused(&["estimate", "--scenario", "-"], "{\"growth\": 1,}")
            .contains("a comma stands before a closing bracket in line 1")
    );
}

#[test]
fn the_status_tells_a_ci_how_bad_it_is() {
    let status = |arguments: &[&str]| run(arguments, "").status.code();
    // 60 % of 50 M requests a day are far over the lowest tier.
    let over = ["estimate", "--requests-per-day", "50M"];
    assert_eq!(status(&over), Some(0));
    assert_eq!(
        status(&[&over[..], &["--fail-on", "critical"]].concat()),
        Some(1)
    );
    let calm = [
        "estimate",
        "--requests-per-day",
        "10",
        "--set",
        "timeout=1000",
    ];
    assert_eq!(
        status(&[&calm[..], &["--fail-on", "critical"]].concat()),
        Some(0)
    );
}

/// More than one in a hundred futures of 200,000 to 600,000 requests a day does not fit today, so
/// that no day to order is in time in 99 of 100: today is told, as too late.
#[test]
fn a_day_to_order_that_has_passed_is_told_as_too_late() {
    let of = |requests: &str| {
        let link = format!(
            "#v=2&requests-per-day={requests}&growth=5..15&avg-output-tokens=300..400..800\
             &peak-multiplier=2..6"
        );
        json(&["--today", "2026-11-29", "--link", &link])["uncertainty"].clone()
    };
    let late = of("200k..600k");
    assert_eq!(late["order_is_late"], true, "{late}");
    let first = &late["orders"][0];
    assert_eq!(
        (&first["by"], &first["is_late"]),
        (&"2026-11-29".into(), &true.into())
    );
    let in_time = of("200..600");
    assert_eq!(in_time["order_is_late"], false);
    assert_eq!(in_time["orders"][0]["is_late"], false);
}

/// A pack has weights alone: a plan with an order, or with bound workloads, says so in the file and
/// beside its name.
#[test]
fn a_pack_that_lacks_the_order_or_the_binding_says_so() {
    let folder = std::env::temp_dir().join(format!("kt-capacity-order-{}", std::process::id()));
    let out = folder.to_str().unwrap();
    let exported = |link: &str| {
        let link = format!("#v=2&requests-per-minute=100&{link}");
        let output = run(&["export", "--out", out, "--link", &link], "");
        let said = String::from_utf8(output.stdout).unwrap();
        let pack = std::fs::read_to_string(folder.join("policy-config.yaml")).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let strategy = pack.lines().find(|line| line.contains("strategy:"));
        (said, strategy.unwrap().to_owned())
    };
    let rows = |order: &str| format!("p=openai,gpt-4o,Grow,60{order}&p=custom,x,,40,rpm:900");
    let (said, strategy) = exported(&rows(",order:1"));
    assert!(said.contains("  cannot express: The plan sends to later providers only"));
    assert!(strategy.contains("# the plan has an order"), "{strategy}");
    let bound = "w=a,50/min,100,10,to:openai&w=b,50/min,100,10";
    let (said, strategy) = exported(&format!("{bound}&{}", rows("")));
    assert!(said.contains("  cannot express: Some workloads go to certain providers only"));
    assert!(
        strategy.contains("# the plan binds workloads"),
        "{strategy}"
    );
    let (said, strategy) = exported(&rows(""));
    assert!(!said.contains("later providers only") && !strategy.contains('#'));
}

#[test]
fn the_exported_command_line_means_the_same_load() {
    let folder = std::env::temp_dir().join(format!("kt-capacity-{}", std::process::id()));
    let out = folder.to_str().unwrap();
    let output = run(
        &["export", "--out", out, "--set", "w=a,60000/day,900,350"],
        "",
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let script = std::fs::read_to_string(folder.join("kt-command.sh")).unwrap();
    assert!(folder.join("hpa.yaml").exists() && folder.join("policy-config.yaml").exists());
    std::fs::remove_dir_all(&folder).unwrap();
    let command: Vec<&str> = script
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    let words = shlex::split(&command.join("\n").replace("\\\n", " ")).unwrap();
    assert_eq!(words[..3], ["kt", "capacity", "estimate"]);
    let flags: Vec<&str> = words[3..].iter().map(String::as_str).collect();
    let demand = &json(&flags)["demand"];
    assert_eq!(demand["requests_per_day"], 60_000.0);
    assert_eq!(demand["tokens_per_request"], 1_250.0);
}

fn schema(arguments: &[&str]) -> Value {
    let output = run(&[&["schema"], arguments].concat(), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_schemas_describe_every_number_of_a_scenario_and_of_a_plan() {
    let both = schema(&[]);
    assert_eq!(both["scenario"], schema(&["scenario"]));
    assert_eq!(both["plan"], schema(&["plan"]));
    let growth = &both["scenario"]["properties"]["growth"];
    assert_eq!(growth["maximum"], 1_000.0);
    let described = &both["plan"]["$defs"]["QueuePlan"]["properties"]["wait_p99_s"];
    assert_eq!(
        described["description"],
        "Wait that 99 of 100 of them stay within, seconds."
    );
}

#[test]
fn every_printed_plan_fits_the_printed_schema() {
    let schema = schema(&["plan"]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let scenarios = [
        "requests-per-day=0",
        "requests-per-day=50000",
        "requests-per-day=1e12",
        "w=a,9e11/min,1e7,1e7&p=custom,,,1,rpm:0&p=groq,,,2&wait-target=1&zones=1",
        "p=azure-openai,gpt-5.2,PTU,1,units:15&growth=15&events=text",
    ];
    for link in scenarios {
        let plan = json(&["--link", link]);
        let faults: Vec<String> = validator
            .iter_errors(&plan)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert_eq!(faults, Vec::<String>::new(), "{link}");
    }
    // A validator that lets everything pass would prove nothing.
    let mut broken = json(&[]);
    broken["demand"]["peak_rps"] = Value::from("many");
    assert!(!validator.is_valid(&broken));
}

/// Two links, a manifest over a scenario file, and what cannot be read.
#[test]
fn diff_tells_files_and_links_apart_and_gives_a_patch() {
    let (before, after) = ("#v=1", "#v=1&hpa-max=33&growth=5");
    let output = run(&["diff", before, after, "--today", "2026-11-23"], "");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    for line in [
        "  Growth: 0 % / month → 5 % / month\n",
        "  HPA maximum: 20 pods → 33 pods\n",
        "hpa.yaml  +",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    let output = run(&["diff", before, after, "--patch"], "");
    let patch = String::from_utf8(output.stdout).unwrap();
    assert!(patch.contains("\n+  maxReplicas: 33"), "{patch}");
    assert_eq!(run(&["diff", before, before], "").status.code(), Some(0));
    assert!(refused(&["diff", before, "nowhere.yaml"], "").contains("“nowhere.yaml”: "));
}

#[test]
fn diff_lists_all_of_it_as_json() {
    let text = "kind: HorizontalPodAutoscaler\nspec:\n  maxReplicas: 33\n  other: 1\n";
    let output = run(&["diff", "#v=1", "-", "--json"], text);
    assert_eq!(output.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let file = &told["files"][1];
    assert_eq!(file["kinds"][0], "HorizontalPodAutoscaler");
    let row = |list: &Value, key: &str, name: &str| -> Value {
        let mut rows = list.as_array().unwrap().iter();
        rows.find(|row| row[key] == name).unwrap().clone()
    };
    let most = row(&file["taken"], "place", "spec.maxReplicas");
    assert_eq!(
        (&most["value"], &most["line"]),
        (&"33 pods".into(), &3.into())
    );
    let least = row(&file["filled_in"], "place", "spec.minReplicas");
    assert_eq!(least["value"], "1 pod");
    assert_eq!(row(&file["not_used"], "place", "spec.other")["value"], "1");
    let changed = row(&told["inputs"], "label", "HPA maximum");
    assert_eq!(
        (&changed["before"], &changed["after"]),
        (&"20 pods".into(), &"33 pods".into())
    );
    row(&told["generated"], "name", "hpa.yaml");
    assert!(told["link"].as_str().unwrap().contains("hpa-max=33"));
}

#[test]
fn a_model_without_a_row_is_advice_and_no_error() {
    let link = "https://capacity.example/#v=1&p=openai,gpt-9,Any,60";
    let output = run(&["estimate", "--json", "--link", link], "");
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("note: “gpt-9” is no model of"), "{said}");
}

/// A day without an event is answered. On the other one the only provider fails from ten to eleven
/// and a call is made once, so that all requests of that hour, and of no other, get no answer.
#[test]
fn the_brief_tells_the_day_in_a_line() {
    let brief = |further: &[&str]| {
        let load = ["estimate", "--brief", "--requests-per-day", "20000"];
        let output = run(&[&load, further].concat(), "");
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    let text = brief(&[]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("### ["), "{text}");
    let day = lines
        .iter()
        .find(|line| line.starts_with("Simulated day, "));
    assert!(day.unwrap().contains("goals kept. "), "{text}");
    assert!(lines.contains(&"| Figure | Value | |"), "{text}");
    let fails = "happens=provider-fails/10:00-11:00:openai";
    let alone = [
        "--provider",
        "openai",
        "--tier",
        "Grow",
        "--set",
        "attempts=1",
    ];
    let text = brief(&[&alone[..], &["--set", fails]].concat());
    let line = text
        .lines()
        .find(|line| line.starts_with("Simulated day, "));
    let line = line.unwrap();
    // The breaker is open for up to 30 s more, and then waits for the answer to one call.
    let ends = ["11:00", "11:01", "11:02"];
    let begins = ends.map(|end| format!("Simulated day, goals broken. From 10:00 to {end}, "));
    let begins = begins.iter().any(|begin| line.starts_with(begin));
    assert!(begins, "{line}");
    assert!(line.ends_with(" get no answer. OpenAI fails."), "{line}");
}

#[test]
fn a_day_that_breaks_its_goals_does_not_fit() {
    // Its peak fits, and the exported autoscaler is too late for its morning: more than half of a
    // percent wait longer than the clients, as the same day says by `simulate`.
    let late = ["--requests-per-day", "200000"];
    let plan = json(&late);
    let verdict = &plan["verdict"];
    assert_eq!(verdict["state"], "fails");
    assert_eq!(verdict["label"], "Fits the peak, not the day");
    assert!(
        verdict["text"]
            .as_str()
            .unwrap()
            .starts_with("The peak load fits")
    );
    assert!(verdict["day"].as_str().unwrap().contains("goals broken"));
    let status = |arguments: &[&str]| run(&[arguments, &late].concat(), "").status.code();
    assert_eq!(status(&["estimate", "--fail-on", "critical"]), Some(1));
    assert_eq!(status(&["simulate", "--fail-on", "critical"]), Some(1));
    let brief = run(&[&["estimate", "--brief"], &late[..]].concat(), "").stdout;
    let brief = String::from_utf8(brief).unwrap();
    assert!(
        brief.contains("**Fits the peak, not the day.** The peak load fits"),
        "{brief}"
    );
    // The example's day keeps them.
    let kept = json(&[]);
    assert_eq!(kept["verdict"]["day"], Value::Null);
    assert_eq!(kept["verdict"]["state"], "fits_with_risk");
}

/// Twelve percent a month from November to May are 1.12⁶ = 1.9738: 20,000 requests become 39,476,
/// within six standard deviations of bursts of three: √(3 × 39,476) = 344.
#[test]
fn a_day_is_lived_with_the_load_of_a_later_month() {
    let day = |more: &[&str]| {
        let usual = ["simulate", "--json", "--today", "2026-11-28"];
        let load = ["--requests-per-day", "20000"];
        run(&[&usual[..], &load, more].concat(), "")
    };
    let offered = |more: &[&str]| {
        let output = day(more);
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (found["totals"]["offered"].as_f64().unwrap(), said)
    };
    let growth = ["--set", "growth=12"];
    let (grown, said) = offered(&[&growth[..], &["--on", "2027-05"]].concat());
    assert!((grown - 39_476.0).abs() < 6.0 * 344.0, "{grown}");
    assert!(said.contains("1.97× today’s load"), "{said}");
    let (today, said) = offered(&[&growth[..], &["--on", "2026-11"]].concat());
    assert!((today - 20_000.0).abs() < 6.0 * 245.0, "{today}");
    assert_eq!(said, "");
    let (alike, said) = offered(&["--on", "2027-05"]);
    assert!(alike.total_cmp(&today).is_eq(), "{alike}");
    assert!(said.contains("No growth is given"), "{said}");
    // Of 18 months the last is May 2028.
    for month in ["2026-10", "2028-06", "2027-13", "May"] {
        let output = day(&["--on", month]);
        assert_eq!(output.status.code(), Some(2), "{month}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("--on: “"), "{said}");
    }
    assert_eq!(day(&["--on", "2028-05"]).status.code(), Some(0));
}

/// A plan refuses a happening that nobody can read, as the simulated day does.
#[test]
fn an_unreadable_happening_is_refused_alike() {
    for command in ["estimate", "simulate"] {
        let said = refused(&[command, "--set", "happens=bogus"], "");
        assert!(said.contains("happens: “bogus” cannot be used"), "{said}");
    }
}

/// A reader that leaves before the end hears no judgement: the status is that of a broken pipe.
#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_gives_no_success() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kt-capacity"))
        .args(["schema", "plan"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(141));
    assert_eq!(output.stderr, b"");
}

/// A day too long to be simulated on the side is told, whether it decides the status or not.
#[test]
fn a_day_that_is_left_out_is_told() {
    let large = ["estimate", "--requests-per-day", "200000000"];
    for more in [&[][..], &["--fail-on", "critical"], &["--brief"]] {
        let output = run(&[&large[..], more].concat(), "");
        let notes = String::from_utf8(output.stderr).unwrap();
        assert!(
            notes.contains("The day is not simulated"),
            "{more:?}: {notes}"
        );
    }
}
