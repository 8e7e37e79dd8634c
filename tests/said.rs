//! Texts agree with the computed values, for every scenario.

mod any;

use any::{any_scenario, config};
use kt_capacity::catalog::date::{Date, date};
use kt_capacity::export::{brief_markdown, brief_text, files};
use kt_capacity::plan::{Plan, VerdictState, evaluate};
use kt_capacity::say::{brief, finding, verdict, wire};
use kt_capacity::scenario::Scenario;
use proptest::prelude::*;
use serde_json::Value;

const TODAY: Date = date(2026, 11, 23);
/// Loads within this of a limit fill it exactly, whatever their rounding.
const TOLERANCE: f64 = 1e-6;

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn the_verdict_is_one_answer_wherever_it_is_told(scenario in any_scenario()) {
        let plan = evaluate(&scenario, TODAY);
        check_verdict(&plan)?;
        check_brief(&scenario, &plan)?;
        check_manifests(&scenario, &plan)?;
    }

    #[test]
    fn every_sentence_agrees_with_its_number(scenario in any_scenario()) {
        let plan = evaluate(&scenario, TODAY);
        check_percentages(&plan)?;
        let told = serde_json::to_value(wire::plan(&scenario, &plan)).expect("JSON");
        for text in texts(&told) {
            check_grammar(text)?;
        }
    }
}

/// Label and sentence tell the state.
fn check_verdict(plan: &Plan) -> Result<(), TestCaseError> {
    let (label, text) = (verdict::label(&plan.verdict), verdict::text(plan));
    let begins = match plan.verdict.state {
        VerdictState::Fits | VerdictState::FitsWithRisk => "Fits",
        VerdictState::Fails => "Does not fit",
        VerdictState::Unknown => "Cannot be judged",
        VerdictState::Empty => "Give a workload",
    };
    prop_assert!(text.starts_with(begins), "{}: {}", label, text);
    if plan.verdict.state != VerdictState::Empty {
        prop_assert!(label.starts_with(begins), "{}: {}", label, text);
    }
    // "Fits with a date" is a promise of today.
    if let Some(until) = plan.verdict.until {
        prop_assert!(TODAY <= until, "{until} {text}");
    }
    Ok(())
}

/// The brief holds the verdict in both of its forms, and begins with what decides.
fn check_brief(scenario: &Scenario, plan: &Plan) -> Result<(), TestCaseError> {
    let link = "https://capacity.example/";
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = flat(&brief_text(scenario, plan, link));
    let marked = flat(&brief_markdown(scenario, plan, (None, None), link)).replace('\\', "");
    let (label, text) = (verdict::label(&plan.verdict), verdict::text(plan));
    // The sentence stands behind the word, and does not say it again.
    for told in [&*label, verdict::after_label(&text)] {
        let told = flat(told);
        prop_assert!(bare.contains(&told), "{} is not in {}", told, bare);
        prop_assert!(marked.contains(&told), "{} is not in {}", told, marked);
    }
    let brief = brief::brief(scenario, plan, None);
    if let Some(at) = plan.verdict.reason.finding() {
        let decides = finding::title(&plan.findings[at].kind);
        let first = brief.findings.first().map(|told| told.title.as_str());
        prop_assert_eq!(first, Some(decides.as_str()));
    }
    Ok(())
}

/// Manifests and plan have the same pods.
fn check_manifests(scenario: &Scenario, plan: &Plan) -> Result<(), TestCaseError> {
    for file in files(scenario, plan, "https://capacity.example/") {
        if file.name != "hpa.yaml" || file.checked.is_err() {
            continue;
        }
        let hpa: Value = serde_saphyr::from_str(&file.text).expect("our own YAML");
        let bounds = ["minReplicas", "maxReplicas"].map(|key| hpa["spec"][key].as_u64());
        let planned = [plan.gateway.instances_min, plan.gateway.instances_max];
        prop_assert_eq!(bounds, planned.map(|pods| Some(u64::from(pods))));
    }
    Ok(())
}

/// A percentage lies on the side of 100 that the load does.
fn check_percentages(plan: &Plan) -> Result<(), TestCaseError> {
    for told in &plan.findings {
        let status = finding::status(&told.kind);
        let percent = status.strip_suffix(" %").map(|text| text.replace(',', ""));
        let percent = percent.and_then(|text| text.parse::<f64>().ok());
        let (Some(percent), Some(scale)) = (percent, told.scale) else {
            continue;
        };
        let title = finding::title(&told.kind);
        if scale < 1.0 - TOLERANCE {
            prop_assert!(100.0 < percent, "{}: {} at {}", title, status, scale);
        }
        if 1.0 + TOLERANCE < scale {
            prop_assert!(percent < 100.0, "{}: {} at {}", title, status, scale);
        }
    }
    Ok(())
}

/// Every text of a document.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// No hole where a name or a number should stand, and each count with the right number.
fn check_grammar(text: &str) -> Result<(), TestCaseError> {
    for hole in [
        "  ", " .", " ,", "()", "( ", "..", ",,", " :", "NaN", "inf ",
    ] {
        prop_assert!(!text.contains(hole), "{:?} in {:?}", hole, text);
    }
    let words: Vec<&str> = text.split([' ', '\u{a0}', '\u{202f}']).collect();
    for pair in words.windows(2) {
        let word = pair[1].trim_end_matches(['.', ',', ';', ':', ')']);
        let is_one = pair[0] == "1";
        if is_one {
            prop_assert!(!PLURALS.contains(&word), "{:?} in {:?}", pair, text);
        }
        if !is_one && pair[0].replace(',', "").parse::<f64>().is_ok() {
            let is_noun = PLURALS
                .iter()
                .any(|many| many.strip_suffix('s') == Some(word));
            prop_assert!(!is_noun, "{:?} in {:?}", pair, text);
        }
    }
    Ok(())
}

const PLURALS: &[&str] = &[
    "attempts",
    "clients",
    "connections",
    "days",
    "gateways",
    "hours",
    "instances",
    "minutes",
    "months",
    "places",
    "pods",
    "providers",
    "replicas",
    "requests",
    "risks",
    "seconds",
    "slots",
    "tokens",
    "tries",
    "units",
    "users",
    "weeks",
    "workers",
    "workloads",
    "years",
    "zones",
];

fn plan_of(fragment: &str) -> (Scenario, Plan) {
    let (scenario, _) = kt_capacity::scenario::link::from_fragment(fragment);
    let plan = evaluate(&scenario, TODAY);
    (scenario, plan)
}

/// Ten requests a day use less than a thousandth of disk, slots and limits: only clients who leave
/// before their answer, and a model that ends, are left to decide on.
#[test]
fn a_brief_of_hardly_any_load_asks_for_no_larger_limits() {
    let (scenario, plan) = plan_of("requests-per-day=10");
    let decisions = brief::brief(&scenario, &plan, None).decisions;
    let asked: Vec<&str> = decisions.iter().map(|one| &*one.change).collect();
    assert!(
        asked
            .iter()
            .all(|change| change.starts_with("Client timeout") || change.starts_with("Pick a")),
        "{asked:?}"
    );
}

#[test]
fn a_brief_of_no_requests_has_no_tokens_of_one() {
    let (scenario, plan) = plan_of("requests-per-day=0");
    let said = brief::brief(&scenario, &plan, None).assumptions.join(" ");
    assert!(!said.contains("A request has"), "{said}");
}

#[test]
fn a_brief_says_once_that_it_does_not_fit() {
    let (scenario, plan) = plan_of("requests-per-day=200000&p=openai,gpt-4o,Build,100");
    let told = brief_text(&scenario, &plan, "https://capacity.example/");
    assert_eq!(told.matches("Does not fit").count(), 1, "{told}");
}
