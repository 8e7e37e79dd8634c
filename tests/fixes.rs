//! Fixes have their stated effect: the whole plan is evaluated again with each.

use kt_capacity::catalog::date::date;
use kt_capacity::plan::{Change, Effect, Finding, FindingKind, Fix, Plan, Severity, evaluate};
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::scenario::{Scenario, Scope};

/// Scenarios that are drawn.
const SCENARIOS: u32 = 300;

/// Parts of links; a scenario takes one from each line.
const PARTS: [&[&str]; 9] = [
    &[
        "requests-per-day=2000",
        "requests-per-day=50000",
        "requests-per-day=400000",
        "requests-per-day=3000000",
    ],
    &[
        "avg-input-tokens=300",
        "avg-input-tokens=2500",
        "avg-input-tokens=20000",
    ],
    &[
        "avg-output-tokens=20",
        "avg-output-tokens=400",
        "avg-output-tokens=3000",
    ],
    &[
        "",
        "peak-multiplier=1&shape=flat",
        "peak-multiplier=6",
        "burstiness=4",
    ],
    &[
        "",
        "hpa-max=4",
        "hpa-min=6",
        "concurrency=4",
        "concurrency=64",
        "hpa-max=100",
    ],
    &[
        "",
        "queue-size=5",
        "queue-size=500",
        "wait-target=0.1",
        "growth=40",
    ],
    &["", "timeout=10", "pod-routing=fewest", "failures=10"],
    &[
        "",
        "events=text",
        "retention-days=365",
        "server-connections=100",
        "server-connections=60",
        "processes=4",
    ],
    &[
        "p=openai,gpt-4o,Build,100",
        "p=openai,gpt-4o,Build,60&p=anthropic,claude-sonnet-5-5,Build,40",
        "p=openai,gpt-4o-mini,Grow,10,order:0&p=anthropic,claude-sonnet-5-5,Scale,90,order:1",
        "p=azure-openai,gpt-4o,PTU,60,units:50&p=openai,gpt-4.1,Launch,40",
        "p=custom,x,,50,rpm:600,scope:gateway&p=openai,gpt-4o,Grow,50",
        "p=openai,gpt-4o,Build,50&p=openai,gpt-4.1,Build,50",
        "p=groq,,,50&p=mistral,,,50",
    ],
];

/// The scenario of a number, the same each time.
fn drawn(number: u32) -> (String, Scenario) {
    let mut state = u64::from(number);
    let mut one_of = |all: &[&'static str]| {
        state = state
            .wrapping_add(1)
            .wrapping_mul(6_364_136_223_846_793_005)
            .rotate_left(23);
        let at = usize::try_from(state >> 33).unwrap_or(0);
        all[at % all.len()]
    };
    let parts: Vec<&str> = PARTS.iter().map(|all| one_of(all)).collect();
    let fragment = parts.join("&");
    let (scenario, _) = from_fragment(&fragment);
    (fragment, scenario)
}

fn solve(scenario: &Scenario) -> Plan {
    evaluate(scenario, date(2026, 11, 26))
}

/// The plan after a fix.
fn after(scenario: &Scenario, fix: &Fix) -> Plan {
    let mut changed = scenario.clone();
    for edit in fix.edits() {
        edit.apply(&mut changed);
    }
    solve(&changed)
}

/// Severity of a finding, if it is there.
fn severity(plan: &Plan, id: &str) -> Option<Severity> {
    let found = plan.findings.iter().find(|found| found.kind.id() == id);
    found.map(|found| found.severity)
}

/// Whether a fix says that it is not enough alone.
fn says_too_little(fix: &Fix) -> bool {
    match &fix.effect {
        Effect::Holds(holds) => {
            holds.is_after_loss() || holds.scale.is_some_and(|scale| scale < 1.0)
        }
        Effect::Fleet { holds, .. } => holds.is_some_and(|scale| scale < 1.0),
        Effect::DiskFilled { ratio, .. } => 0.5 < *ratio,
        _ => false,
    }
}

/// Whether the constraint of a finding holds this multiple, where a plan has one for it.
fn is_held(plan: &Plan, found: &Finding, scale: Option<f64>) -> bool {
    match &found.kind {
        FindingKind::ProviderLimit(limit) => {
            let mut rows = plan.providers.iter();
            let row = rows.find(|row| row.row == limit.row);
            row.is_none_or(|row| is_same(scale, row.max_scale()))
        }
        FindingKind::Disk(_) => is_same(scale, plan.control_plane.disk_max_scale),
        _ => true,
    }
}

/// A change that moves the loads of several providers says what the first of them then holds.
fn is_of_all(change: &Change) -> bool {
    matches!(change, Change::Weight { .. } | Change::Weights { .. })
}

fn is_same(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-6 * one.abs(),
        (None, None) => true,
        _ => false,
    }
}

#[test]
fn a_fix_mends_its_finding_or_says_that_it_does_not() {
    let mut told = Vec::new();
    let mut tried = 0;
    for number in 0..SCENARIOS {
        let (fragment, scenario) = drawn(number);
        let before = solve(&scenario);
        for found in &before.findings {
            for fix in &found.fixes {
                // Known to be open: where pods count a limit each for itself, more pods always
                // running may say less than they then hold, or leave the loss of a zone.
                let counts_by_pods = scenario
                    .providers
                    .iter()
                    .any(|row| row.scope == Scope::Gateway);
                if counts_by_pods && matches!(fix.change, Change::HpaMinimum { .. }) {
                    continue;
                }
                tried += 1;
                let then = after(&scenario, fix);
                let case = || format!("{fragment}\n  {:?}", fix.change);
                let id = found.kind.id();
                let stays = severity(&then, &id).is_some_and(|now| now <= found.severity);
                if found.severity < Severity::Info && stays && !says_too_little(fix) {
                    told.push(format!("{id} stays: {}", case()));
                }
                if let Effect::Holds(holds) = &fix.effect
                    && !holds.is_after_loss()
                    && !is_of_all(&fix.change)
                    && !is_held(&then, found, holds.scale)
                {
                    told.push(format!("{id} holds not {:?}: {}", holds.scale, case()));
                }
                // No connections fail for a fix, and most answers are not late for it.
                for id in ["connections", "connections-surge"] {
                    if severity(&before, id).is_none() && severity(&then, id).is_some() {
                        let is_plane = matches!(fix.change, Change::ControlPlane { .. });
                        if is_plane {
                            told.push(format!("{id} is new: {}", case()));
                        }
                    }
                }
                let is_late = |plan: &Plan| severity(plan, "timeout") == Some(Severity::Critical);
                if is_of_all(&fix.change) && !is_late(&before) && is_late(&then) {
                    told.push(format!("most answers are late: {}", case()));
                }
            }
        }
    }
    assert!(1_000 < tried, "only {tried} fixes");
    assert!(
        told.is_empty(),
        "{} of {tried}: {:#?}",
        told.len(),
        &told[..told.len().min(12)]
    );
}

/// The first change of the finding of an id that goes to another tier.
fn tier_of<'a>(plan: &'a Plan, id: &str) -> Option<(&'static str, &'a Fix)> {
    let found = plan.findings.iter().find(|found| found.kind.id() == id)?;
    found.fixes.iter().find_map(|fix| match fix.change {
        Change::Tier { to, .. } => Some((to, fix)),
        _ => None,
    })
}

/// 200,000 requests a day of 900 and 350 tokens cost 200,000 × (900 × $2.50 + 350 × $10) ÷ 10⁶
/// = $1,150 a day, and 30.436875 × $1,150 = $35,002 a month. `OpenAI`’s tiers allow $500 (Build),
/// $5,000 (Launch) and $200,000 (Grow) a month: Launch would hold 5,000 ÷ 35,002 = 0.143×.
#[test]
fn a_tier_is_the_first_that_fits_and_not_the_next() {
    let (scenario, _) = from_fragment(
        "requests-per-day=200000&avg-input-tokens=900&avg-output-tokens=350\
         &p=openai,gpt-4o,Build,100",
    );
    let before = solve(&scenario);
    let id = before.findings[0].kind.id();
    let (to, fix) = tier_of(&before, &id).expect("another tier");
    assert_eq!(to, "Grow");
    assert!(fix.effect.is_enough());
    let then = after(&scenario, fix);
    let fits = then.providers[0]
        .max_scale()
        .is_none_or(|scale| 1.0 <= scale);
    assert!(fits, "{:?}", then.providers[0].max_scale());
}

/// A hundred times that load costs $3.5 M a month, 17.5 times the most that any tier allows.
#[test]
fn where_no_tier_fits_the_largest_is_offered_and_says_so() {
    let (scenario, _) = from_fragment(
        "requests-per-day=20000000&avg-input-tokens=900&avg-output-tokens=350\
         &p=openai,gpt-4o,Build,100",
    );
    let plan = solve(&scenario);
    let limits = plan.findings.iter().filter_map(|found| {
        let is_limit = matches!(found.kind, FindingKind::ProviderLimit(_));
        is_limit.then(|| tier_of(&plan, &found.kind.id()))?
    });
    let limits: Vec<(&str, &Fix)> = limits.collect();
    assert!(!limits.is_empty());
    for (to, fix) in limits {
        assert_eq!(to, "Grow");
        let said = kt_capacity::say::fix::effect(&fix.effect);
        assert!(said.contains("still does not fit"), "{said}");
    }
}

#[test]
fn what_is_enough_is_offered_before_what_is_not() {
    for number in 0..SCENARIOS {
        let (fragment, scenario) = drawn(number);
        for found in &solve(&scenario).findings {
            let enough = found.fixes.iter().map(|fix| fix.effect.is_enough());
            let enough: Vec<bool> = enough.collect();
            let order: Vec<bool> = enough.iter().rev().copied().collect();
            assert!(order.is_sorted(), "{fragment}: {:?}", found.kind.id());
        }
    }
}

/// A deployment of 100,000 tokens a minute gets 6 requests per 1,000 of them at any tier, 600, and
/// one of o3 with 500,000 gets 500. Bursts within ten seconds leave less than the 500 that come. No
/// tier is offered.
#[test]
fn no_tier_raises_requests_that_follow_from_own_tokens() {
    for (model, tier, tpm) in [
        ("gpt-4o", "Data+Zone+Tier+1", 100_000),
        ("gpt-4o", "Data+Zone+Tier+3", 100_000),
        ("o3", "Global+Tier+1", 500_000),
    ] {
        let (scenario, _) = from_fragment(&format!(
            "v=2&w=A,500/min,100,10&peak-multiplier=1&shape=flat\
             &p=azure-openai,{model},{tier},100,tpm:{tpm}"
        ));
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let full = plan.providers[0].tightest.and_then(|used| used.max_scale);
        assert!(full.is_some_and(|scale| scale < 1.0), "{model}: {full:?}");
        let fixes = plan.findings.iter().flat_map(|found| &found.fixes);
        for fix in fixes {
            assert!(!matches!(fix.change, Change::Tier { .. }), "{fix:?}");
        }
    }
}
