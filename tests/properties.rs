//! Invariants of every scenario, including absurd ones.

mod any;

use std::collections::BTreeSet;
use std::path::Path;

use any::{any_scenario, config, number_rows, scenario};
use kt_capacity::catalog::date::{Date, date};
use kt_capacity::catalog::{guide, profile::PROFILES, provider as catalog};
use kt_capacity::export::{File, files};
use kt_capacity::import;
use kt_capacity::plan::{FigureId, FindingKind, LimitState, Plan, evaluate, formula, outline};
use kt_capacity::say::{self, wire};
use kt_capacity::scenario::link::{
    LONGEST, LONGEST_NAME, MOST_ROWS, Notice, from_fragment, to_fragment,
};
use kt_capacity::scenario::property::{self, Kind, Number};
use kt_capacity::scenario::validate::problems;
use kt_capacity::scenario::{Limits, Provider, Scenario, Workload, property::WORKLOAD};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const TODAY: Date = date(2026, 11, 23);
/// Sums of shares differ from 1 by rounding, and by nothing else.
const ROUNDING: f64 = 1e-9;

/// Every file has a text of its own that ends in one line break, JSON is JSON, and no number
/// in it went wrong. A letter in a name may spell anything, so a number is looked for where
/// one begins.
fn check_files(files: &[File]) -> Result<(), TestCaseError> {
    let mut texts = BTreeSet::new();
    for file in files {
        let (name, text) = (file.name, file.text.as_str());
        prop_assert!(
            text.ends_with('\n') && !text.ends_with("\n\n"),
            "{}: its end",
            name
        );
        prop_assert!(80 < text.trim().len(), "{} says nothing: {}", name, text);
        prop_assert!(texts.insert(text), "{} is a copy of another file", name);
        let is_json = Path::new(name)
            .extension()
            .is_some_and(|kind| kind == "json");
        if is_json {
            let read = serde_json::from_str::<serde_json::Value>(text);
            prop_assert!(read.is_ok(), "{}: {:?}", name, read);
        }
        for wrong in [
            ": NaN", ": .nan", ": inf", ": .inf", " NaN ", ",NaN", ",inf,",
        ] {
            prop_assert!(!text.contains(wrong), "{} has {}", name, wrong);
        }
    }
    Ok(())
}

/// Every number within the range its row states, every word one of those allowed.
fn check_fields(scenario: &Scenario) -> Result<(), TestCaseError> {
    fn check<S>(table: &[&Number<S>], owner: &S) -> Result<(), TestCaseError> {
        for number in table {
            match (number.get)(owner) {
                Some(value) => prop_assert_eq!(
                    number.spec().check(value),
                    Ok(value),
                    "{} = {}",
                    number.key,
                    value
                ),
                None => prop_assert!(number.kind.may_be_empty(), "{} is empty", number.key),
            }
        }
        Ok(())
    }
    check(property::SCENARIO, scenario)?;
    for workload in &scenario.workloads {
        check(WORKLOAD, workload)?;
    }
    for provider in &scenario.providers {
        check(property::PROVIDER, provider)?;
        prop_assert!(catalog::vendor(&provider.vendor).is_some());
    }
    let rows = 1..=MOST_ROWS;
    prop_assert!(rows.contains(&scenario.workloads.len()));
    prop_assert!(rows.contains(&scenario.providers.len()));
    let chain = &scenario.gateway.chain;
    prop_assert!(guide::CHAINS.iter().any(|row| row.key == chain));
    let size = &scenario.control_plane.size;
    prop_assert!(
        size.is_none()
            || guide::CONTROL_PLANE
                .iter()
                .any(|row| Some(row.name) == size.as_deref())
    );
    let names = scenario.workloads.iter().map(|row| &row.name);
    let names = names.chain(scenario.providers.iter().map(|row| &row.name));
    for name in names.chain([&scenario.name]) {
        prop_assert!(name.chars().count() <= LONGEST_NAME, "{name}");
        prop_assert!(!name.contains(char::is_control), "{name:?}");
    }
    Ok(())
}

/// `Debug` shows a number that is not finite; JSON would write null, as for an absent value.
fn check_finite(scenario: &Scenario, plan: &Plan) -> Result<(), TestCaseError> {
    let told = wire::plan(scenario, plan);
    let text = format!("{plan:?} {told:?}");
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let bad = words.find(|word| ["NaN", "inf"].contains(word));
    let place = text.find("NaN").or_else(|| text.find("inf,")).unwrap_or(0);
    let near: String = text
        .chars()
        .skip(place.saturating_sub(150))
        .take(200)
        .collect();
    prop_assert_eq!(bad, None, "{}", near);
    // A number at the end of its range stands for one that is not there.
    let far = text
        .split(|c: char| !c.is_alphanumeric() && !"+-.".contains(c))
        .filter_map(|word| word.parse::<f64>().ok())
        .find(|value| 1e100 < value.abs());
    prop_assert_eq!(far, None);
    prop_assert!(serde_json::to_value(&told).is_ok());
    Ok(())
}

fn check_shares(scenario: &Scenario, plan: &Plan) -> Result<(), TestCaseError> {
    let sum: f64 = plan.providers.iter().map(|row| row.share_ratio).sum();
    prop_assert!(
        sum == 0.0 || (sum - 1.0).abs() < ROUNDING,
        "shares sum to {sum}"
    );
    for row in &plan.providers {
        prop_assert!(
            (0.0..=1.0).contains(&row.share_ratio),
            "{}",
            row.share_ratio
        );
    }
    for drill in &plan.drills {
        let served = drill.served_ratio;
        prop_assert!(
            (0.0..=1.0).contains(&served),
            "without {}: {served}",
            drill.lost
        );
        // Where a model answers no chat, the loss may leave requests without a place.
        let may_all = scenario.ways().iter().flatten().all(|way| *way);
        let sum: f64 = drill.providers.iter().map(|row| row.share_ratio).sum();
        prop_assert!(
            (sum - 1.0).abs() < ROUNDING || !may_all && sum < 1.0,
            "without {}: {sum}",
            drill.lost
        );
    }
    // What the autoscaler's maximum takes and what it cannot are all that is offered.
    let most = plan.queue.capacity_rps.map(|rps| {
        let pods = plan.gateway.instances_max.max(plan.gateway.instances_min);
        rps / f64::from(plan.queue.running.max(1)) * f64::from(pods)
    });
    if let Some(most) = most {
        let offered = plan.demand.peak_rps;
        let sum = most.min(offered) + plan.queue.overflow_rps;
        prop_assert!(
            (sum - offered).abs() <= ROUNDING * offered,
            "{sum} of {offered}"
        );
    }
    let zone = plan.zone_drill.iter().map(|drill| drill.served_ratio);
    for ratio in plan.queue.loss_ratio.into_iter().chain(zone) {
        prop_assert!((0.0..=1.0).contains(&ratio), "{ratio}");
    }
    for option in &plan.routing.options {
        let sum: f64 = option.share_ratios.iter().sum();
        let whole = sum == 0.0 || (sum - 1.0).abs() < ROUNDING;
        prop_assert!(whole, "{:?}: {sum}", option.split);
    }
    for point in &plan.cost.curve {
        prop_assert!(
            (0.0..=1.0).contains(&point.lost_ratio),
            "{}",
            point.lost_ratio
        );
    }
    Ok(())
}

/// Applied, a fix leaves every field in range and nothing newly contradicted.
fn check_fixes(scenario: &Scenario, plan: &Plan) -> Result<(), TestCaseError> {
    let before = problems(scenario);
    for fix in plan.findings.iter().flat_map(|finding| &finding.fixes) {
        let mut fixed = scenario.clone();
        for edit in fix.edits() {
            edit.apply(&mut fixed);
        }
        prop_assert_ne!(&fixed, scenario, "{:?} changes nothing", fix.change);
        check_fields(&fixed)?;
        for problem in problems(&fixed) {
            prop_assert!(before.contains(&problem), "{:?}: {:?}", fix.change, problem);
        }
    }
    Ok(())
}

/// Takes away what only explains, helps, or draws a line.
fn without_reasons(plan: &mut Plan) {
    plan.figures
        .retain(|figure| !matches!(figure.id, FigureId::Use(_)));
    plan.findings.retain(|finding| {
        let kind = &finding.kind; // these two rest on offers and ways to split
        !matches!(
            kind,
            FindingKind::Reserve(_) | FindingKind::CheaperSplit { .. }
        )
    });
    for finding in &mut plan.findings {
        finding.fixes.clear();
    }
    plan.notes.clear();
    plan.checklist.clear();
    plan.routing.options.clear();
    plan.cost.curve.clear();
    plan.cost.reserved.clear();
    plan.storage.kinds.clear();
    plan.storage.timeline.clear();
    plan.day.instances.clear();
    plan.patience.near_ratio = 0.0;
    let queue = &mut plan.queue;
    for wait in [
        &mut queue.p_wait,
        &mut queue.mean_wait_s,
        &mut queue.wait_p95_s,
        &mut queue.wait_p99_s,
        &mut queue.mean_queue,
        &mut queue.mean_queue_per_instance,
        &mut queue.loss_ratio,
        &mut queue.gave_up_ratio,
        &mut queue.timed_out_ratio,
        &mut queue.unserved_ratio,
    ] {
        *wait = None;
    }
    queue.limited_ratio = 0.0;
    queue.failed_ratio = 0.0;
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn every_scenario_has_a_plan_of_finite_numbers(scenario in any_scenario()) {
        let plan = evaluate(&scenario, TODAY);
        check_finite(&scenario, &plan)?;
        check_shares(&scenario, &plan)?;
        check_fixes(&scenario, &plan)?;
        check_files(&files(&scenario, &plan, "https://capacity.example/"))?;
    }

    #[test]
    fn what_is_shown_first_is_the_plan_without_its_reasons(scenario in any_scenario()) {
        let (first, mut whole) = (outline(&scenario, TODAY), evaluate(&scenario, TODAY));
        without_reasons(&mut whole);
        prop_assert_eq!(first, whole);
    }

    #[test]
    fn every_formula_comes_to_its_figure_and_every_figure_has_words(scenario in any_scenario()) {
        let plan = evaluate(&scenario, TODAY);
        for figure in &plan.figures {
            let formula = formula(&scenario, &plan, &figure.id).expect("a formula");
            let (value, result) = (formula.value(), figure.result);
            let close = (value - result).abs() <= 1e-9 * result.abs().max(1e-3);
            prop_assert!(close, "{:?}: {} is not {}", figure.id, value, result);
            prop_assert!(!say::figure::label(figure).is_empty());
            prop_assert!(!say::figure::in_words(figure).is_empty());
            prop_assert!(!say::figure::value(figure).is_empty());
            prop_assert!(!say::figure::parts(&formula).is_empty());
        }
    }

    #[test]
    fn more_load_never_needs_fewer_machines(
        scenario in any_scenario(), row in any::<Index>(), more in 1.0..100.0_f64,
    ) {
        let mut busier = scenario.clone();
        let order = scenario.providers[0].order;
        // Where one place spills to the next, more of one kind takes room there from another, and
        // what is pushed to a faster provider is held for less time; and more of one kind makes a
        // mixture vary less, so that a wait target needs fewer. Then all grow alike.
        let all_grow = scenario.gateway.wait_target_s.is_some()
            || scenario.providers.iter().any(|provider| provider.order != order);
        let row = row.index(busier.workloads.len());
        let most = busier.workloads.iter().map(|row| property::REQUESTS.high / row.requests);
        let more = if all_grow { most.fold(more, f64::min).max(1.0) } else { more };
        for (index, workload) in busier.workloads.iter_mut().enumerate() {
            if all_grow || index == row {
                let requests = &mut workload.requests;
                *requests = (*requests * more).min(property::REQUESTS.high);
            }
        }
        let (a, b) = (evaluate(&scenario, TODAY), evaluate(&busier, TODAY));
        let (few, many) = (&a.gateway, &b.gateway);
        // Beyond a million pods a share of them, since the mix of kinds moves the last digits.
        let most = f64::from(many.instances) * (1.0 + 1e-6);
        prop_assert!(f64::from(few.instances) <= most, "{} → {}", few.instances, many.instances);
        prop_assert!(few.in_flight <= many.in_flight * (1.0 + ROUNDING));
        prop_assert!(a.control_plane.postgres_disk_bytes <= b.control_plane.postgres_disk_bytes);
        prop_assert!(a.storage.retained_bytes <= b.storage.retained_bytes * (1.0 + ROUNDING));
    }

    #[test]
    fn a_higher_limit_never_leaves_less_room(
        scenario in any_scenario(), row in any::<Index>(), kind in 0_usize..8,
        more in 1.0..100.0_f64,
    ) {
        let mut wider = scenario.clone();
        let row = row.index(wider.providers.len());
        let provider = &mut wider.providers[row];
        let units = &mut provider.units;
        // A longer window is no higher limit, but leaves no less room either.
        let Limits { rpm, tpm, itpm, otpm, rpd, tpd, concurrency, .. } =
            &mut provider.limits;
        let limits = [rpm, tpm, itpm, otpm, rpd, tpd, concurrency, units];
        let limit = limits.into_iter().nth(kind).expect("eight kinds");
        *limit = limit.map(|limit| limit * more);
        let plans = [&scenario, &wider].map(|scenario| evaluate(scenario, TODAY));
        // A limit of nothing is above every other.
        let used = plans.each_ref().map(|plan| match plan.providers[row].state() {
            LimitState::Unknown => 0.0,
            LimitState::Closed => f64::INFINITY,
            LimitState::Used(ratio) => ratio,
        });
        // One that passes on what it refuses is full by design once it takes anything.
        let is_full_by_design = plans[1].providers[row].spills;
        prop_assert!(is_full_by_design || used[1] <= used[0], "{} → {}", used[0], used[1]);
        let first = plans.map(|plan| plan.providers[row].max_scale().unwrap_or(f64::INFINITY));
        prop_assert!(first[0] <= first[1], "{} → {}", first[0], first[1]);
    }

    #[test]
    fn a_link_gives_back_the_scenario_it_was_made_from(scenario in scenario(|| ".{0,150}")) {
        let link = to_fragment(&scenario);
        prop_assume!(link.len() <= LONGEST);
        let (again, notices) = from_fragment(&link);
        prop_assert_eq!(unread(notices), vec![], "{}", link);
        prop_assert_eq!(&again, &cleaned(scenario), "{}", link);
        prop_assert_eq!(to_fragment(&again), link);
    }

    #[test]
    fn any_text_is_a_link(text in ".{0,200}") {
        check_link(&text)?;
    }

    #[test]
    fn any_keys_with_any_values_are_a_link(pairs in vec((key(), words()), 0..12)) {
        let pairs = pairs.into_iter().map(|(key, value)| format!("{key}={value}"));
        check_link(&pairs.collect::<Vec<_>>().join("&"))?;
    }
}

fn check_link(text: &str) -> Result<(), TestCaseError> {
    let (scenario, notices) = from_fragment(text);
    for notice in notices {
        // One sentence on one line, however long the text is that it is about.
        let told = say::notice::text(&notice);
        prop_assert!(told.chars().count() < 400, "{told}");
        prop_assert!(!told.contains('\n'), "{told}");
    }
    check_fields(&scenario)?;
    let (again, notices) = from_fragment(&to_fragment(&scenario));
    prop_assert_eq!(unread(notices), vec![]);
    prop_assert_eq!(again, scenario);
    Ok(())
}

/// Notices of what was lost; a name that no table has is told, and kept.
fn unread(mut notices: Vec<Notice>) -> Vec<Notice> {
    notices.retain(|notice| !notice.is_advice());
    notices
}

fn key() -> impl Strategy<Value = String> {
    let words = "v name w p provider model tier shape chain overflow events size workload profile \
                 requests-per-day requests-per-minute";
    let tables = property::SCENARIO.iter().map(|number| number.key);
    let tables = tables.chain(WORKLOAD.iter().map(|number| number.key));
    let known: Vec<String> = words.split(' ').chain(tables).map(str::to_owned).collect();
    prop_oneof![8 => select(known), 1 => ".{0,8}"]
}

/// Parts that mean something somewhere, in any order.
fn words() -> impl Strategy<Value = String> {
    let parts = "0 1 -1 1e999 1e308M NaN -0 0.5 50k 1,5 none , : /day /min openai anthropic \
                 custom gpt-4o Build chat Small five flat office reject rpm:0 cached:50 \
                 max-output-tokens:none %00 %2C %f0%9f + é from:chat name:x";
    let parts: Vec<_> = parts.split(' ').chain([""]).map(str::to_owned).collect();
    let part = prop_oneof![9 => select(parts), 1 => ".{0,6}"];
    vec(part, 0..9).prop_map(|parts| parts.join(","))
}

/// The scenario with its names as a link carries them.
fn cleaned(mut scenario: Scenario) -> Scenario {
    let workloads = scenario.workloads.iter_mut().map(|row| &mut row.name);
    let rows = scenario.providers.iter_mut();
    let providers = rows.flat_map(|row| [&mut row.name, &mut row.model, &mut row.tier]);
    for name in workloads.chain(providers).chain([&mut scenario.name]) {
        let kept = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME);
        *name = kept.collect();
    }
    scenario
}

#[test]
fn two_hundred_rows_of_each_kind_have_a_plan() {
    let profile = &PROFILES[0];
    let vendors = catalog::vendors();
    let workloads = (0..200).map(|id| Workload::from_profile(id, profile));
    let providers = (0..200).map(|id: u32| {
        let vendor = &vendors[usize::try_from(id).expect("small") % vendors.len()];
        Provider::first_of(id, vendor.id, 1.0)
    });
    let scenario = number_rows(Scenario {
        workloads: workloads.collect(),
        providers: providers.collect(),
        ..Scenario::default()
    });
    let plan = evaluate(&scenario, TODAY);
    let checked = check_finite(&scenario, &plan)
        .and_then(|()| check_shares(&scenario, &plan))
        .and_then(|()| check_fixes(&scenario, &plan));
    assert_eq!(checked.map_err(|error| error.to_string()), Ok(()));
    assert_eq!(from_fragment(&to_fragment(&scenario)), (scenario, vec![]));
}

#[test]
fn nothing_asked_of_nobody_is_a_plan_of_zeros() {
    let mut scenario = Scenario::default();
    let zero = |kind: Kind| if kind.may_be_empty() { None } else { Some(0.0) };
    for number in WORKLOAD {
        (number.set)(&mut scenario.workloads[0], zero(number.kind));
    }
    for provider in &mut scenario.providers {
        provider.weight = 0.0;
        provider.limits = Limits {
            rpm: Some(0.0),
            ..Limits::default()
        };
    }
    scenario.storage.retention_days = 0;
    let plan = evaluate(&scenario, TODAY);
    let checked = check_finite(&scenario, &plan)
        .and_then(|()| check_shares(&scenario, &plan))
        .and_then(|()| check_fixes(&scenario, &plan));
    assert_eq!(checked.map_err(|error| error.to_string()), Ok(()));
    let demand = &plan.demand;
    let sums = [
        demand.tokens_per_day,
        demand.peak_rps,
        plan.storage.retained_bytes,
    ];
    assert!(sums.iter().all(|sum| *sum == 0.0), "{sums:?}");
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn a_file_read_back_gives_the_scenario_it_was_made_from(
        scenario in scenario(|| ".{0,150}"),
    ) {
        check_read_back(&cleaned(scenario))?;
    }

    /// Without its comments it is anybody's: then it says its own values and nothing else.
    #[test]
    fn a_manifest_read_onto_another_scenario_exports_as_it_was(
        theirs in scenario(|| ".{0,20}"),
        ours in scenario(|| ".{0,20}"),
    ) {
        check_carried_over(&cleaned(theirs), &cleaned(ours))?;
    }

    #[test]
    fn a_pack_read_onto_another_scenario_brings_its_targets_weights_and_limits(
        theirs in scenario(|| ".{0,20}"),
        ours in scenario(|| ".{0,20}"),
    ) {
        check_pack_carried_over(&weighted(theirs), &weighted(ours))?;
    }

    #[test]
    fn any_text_can_be_pasted(text in "(kind: |providers: |kt capacity estimate )?.{0,200}") {
        // Whatever it is, it is an answer and no panic.
        drop(import::read(&text, &Scenario::default(), TODAY));
    }
}

/// Each file that carries inputs, read onto another scenario.
fn check_read_back(scenario: &Scenario) -> Result<(), TestCaseError> {
    let exported = |scenario: &Scenario| {
        let link = format!("https://capacity.example/#{}", to_fragment(scenario));
        files(scenario, &evaluate(scenario, TODAY), &link)
    };
    let originals = exported(scenario);
    // A link that is too long for a comment leaves only what the file itself says.
    let has_link = originals[0]
        .text
        .contains("\n# https://capacity.example/#v=");
    let other = if has_link {
        &Scenario::default()
    } else {
        scenario
    };
    for file in &originals {
        if !READ_BACK.contains(&file.name) || file.checked.is_err() {
            continue;
        }
        let reading = import::read(&file.text, other, TODAY);
        let reading = reading.map_err(|e| TestCaseError::fail(format!("{}: {e}", file.name)))?;
        prop_assert_eq!(&reading.left, &[], "{}", file.name);
        prop_assert_eq!(&reading.scenario, scenario, "{}", file.name);
        let again = exported(&reading.scenario);
        let again = again.iter().find(|again| again.name == file.name);
        prop_assert_eq!(Some(file), again);
    }
    Ok(())
}

/// Manifests of one scenario, read onto another: what the second then exports is the same,
/// and no input changed that the manifest does not hold.
fn check_carried_over(theirs: &Scenario, ours: &Scenario) -> Result<(), TestCaseError> {
    let exported = |scenario: &Scenario| files(scenario, &evaluate(scenario, TODAY), "");
    for file in exported(theirs) {
        let kinds = [
            "hpa.yaml",
            "keda-scaledobject.yaml",
            "deployment.yaml",
            "database.yaml",
        ];
        if !kinds.contains(&file.name) || file.checked.is_err() {
            continue;
        }
        let values = |text: &str| -> Vec<serde_json::Value> {
            serde_saphyr::from_multiple(text).expect("our own YAML")
        };
        let plain: Vec<&str> = file
            .text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        let reading = import::read(&plain.join("\n"), ours, TODAY);
        let reading = reading.map_err(|e| TestCaseError::fail(format!("{}: {e}", file.name)))?;
        // An absurd load plans more pods than the field takes, which is told.
        if reading.left.iter().any(|left| left.why.contains(" takes ")) {
            continue;
        }
        // Limits and the grace period follow from other inputs and are none of their own.
        if file.name != "deployment.yaml" {
            prop_assert_eq!(&reading.left, &[], "{}", file.name);
        }
        let again = exported(&reading.scenario);
        let again = again.iter().find(|again| again.name == file.name);
        let again = values(&again.expect("the same set").text);
        let expected = without_grace(values(&file.text));
        prop_assert_eq!(without_grace(again), expected, "{}", file.name);
        prop_assert_eq!(&reading.scenario.workloads, &ours.workloads);
        prop_assert_eq!(&reading.scenario.providers, &ours.providers);
        prop_assert_eq!(&reading.scenario.traffic, &ours.traffic);
    }
    Ok(())
}

/// Targets are numbered over all rows of a vendor, so each takes part.
fn weighted(scenario: Scenario) -> Scenario {
    let mut scenario = cleaned(scenario);
    for row in scenario
        .providers
        .iter_mut()
        .filter(|row| row.weight <= 0.0)
    {
        row.weight = 1.0;
    }
    scenario
}

/// A pack of one scenario, read onto another. What it leaves open stays as it is there, so
/// only the limits it names are compared.
fn check_pack_carried_over(theirs: &Scenario, ours: &Scenario) -> Result<(), TestCaseError> {
    for name in ["policy-config.yaml", "policy-config.strict.yaml"] {
        let pack = |scenario: &Scenario| {
            let files = files(scenario, &evaluate(scenario, TODAY), "");
            files
                .into_iter()
                .find(|file| file.name == name)
                .expect("the same set")
        };
        let file = pack(theirs);
        if file.checked.is_err() {
            continue;
        }
        let plain: Vec<&str> = file
            .text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        let reading = import::read(&plain.join("\n"), ours, TODAY);
        let reading = reading.map_err(|e| TestCaseError::fail(format!("{name}: {e}")))?;
        // A total worked out from absurd limits may be more than the field takes, which is told.
        if reading.left.iter().any(|left| left.why.contains(" takes ")) {
            continue;
        }
        prop_assert_eq!(&reading.left, &[], "{}", name);
        let values = |text: &str| -> serde_json::Value {
            serde_saphyr::from_str(text).expect("our own YAML")
        };
        let (mut again, expected) = (values(&pack(&reading.scenario).text), values(&file.text));
        let targets = expected["providers"]["targets"]
            .as_array()
            .expect("targets");
        for (index, target) in targets.iter().enumerate() {
            let own = &mut again["providers"]["targets"][index];
            if let Some(own) = own.as_object_mut() {
                let limits = target["rate_limits"].as_object();
                match (
                    limits,
                    own.get_mut("rate_limits").and_then(|v| v.as_object_mut()),
                ) {
                    (Some(limits), Some(own)) => own.retain(|key, _| limits.contains_key(key)),
                    (None, _) => drop(own.remove("rate_limits")),
                    (Some(_), None) => {}
                }
            }
        }
        prop_assert_eq!(again, expected, "{}", name);
        prop_assert_eq!(&reading.scenario.workloads, &ours.workloads);
    }
    Ok(())
}

/// The grace period follows from the clients' timeout, which a Deployment does not hold.
fn without_grace(mut documents: Vec<serde_json::Value>) -> Vec<serde_json::Value> {
    for document in &mut documents {
        let pod = document.pointer_mut("/spec/template/spec");
        if let Some(pod) = pod.and_then(serde_json::Value::as_object_mut) {
            pod.remove("terminationGracePeriodSeconds");
            pod["containers"][0]["envFrom"] = serde_json::Value::Null;
        }
    }
    documents
}

const READ_BACK: [&str; 8] = [
    "policy-config.yaml",
    "policy-config.strict.yaml",
    "database.yaml",
    "kt-command.sh",
    "deployment.yaml",
    "hpa.yaml",
    "keda-scaledobject.yaml",
    "scenario.json",
];
