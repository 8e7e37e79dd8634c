//! The loss of a provider, told alike by drills, findings, verdict, checklist, tables and the plan
//! under that supposition: in many scenarios, and in a few worked out by hand.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::plan::what_if::supposed;
use kt_capacity::plan::{Answer, CheckId, Drill, FindingKind, Plan, VerdictState, evaluate};
use kt_capacity::say::{verdict, words};
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::scenario::{Scenario, WhatIf};

const NEAR: f64 = 1e-9;

fn scenario(fragment: &str) -> Scenario {
    let (scenario, notices) = from_fragment(&format!("v=2&{fragment}"));
    assert_eq!(notices, [], "{fragment}");
    scenario
}

fn plan(fragment: &str) -> Plan {
    evaluate(&scenario(fragment), date(2026, 11, 26))
}

/// Two models of one organization that may spend $500 a month. 5,000 requests a day of 1,000 and
/// 500 tokens cost $0.0075 each at gpt-4o and $0.00045 at gpt-4o-mini: half and half are $604.93 a
/// month, 0.827 of it allowed, and all at gpt-4o $1,141.38, 0.438. The loss adds to a month that is
/// overspent already, and breaks no limit else: it is told by the month, served and multiple alike.
#[test]
fn a_loss_that_adds_to_an_overspent_month_says_so() {
    let plan = plan(
        "requests-per-day=5000&avg-input-tokens=1000&avg-output-tokens=500&peak-multiplier=1\
         &shape=flat&failures=0&p=openai,gpt-4o-mini,Build,50&p=openai,gpt-4o,Build,50",
    );
    let allowed = 500.0 / (5_000.0 * 30.436_875 * 0.0075);
    let [dear, cheap] = &plan.drills[..] else {
        panic!("two losses: {:?}", plan.drills);
    };
    assert!((dear.max_scale.unwrap() - allowed).abs() < NEAR);
    assert!((dear.served_ratio - allowed).abs() < NEAR);
    // At gpt-4o-mini alone the month is no longer overspent, and the loss is told by the rest.
    assert!(1.0 < cheap.max_scale.unwrap());
    let told = verdict::more(&plan);
    assert!(
        told.contains("Losing OpenAI at the peak would not fit"),
        "{told}"
    );
}

/// Half of the requests are in batches, and the first place takes 10,000 of them a day. Nobody is
/// bound and nothing is too large: without the second place, the first takes what comes.
#[test]
fn batches_behind_a_limit_of_a_day_go_somewhere() {
    let plan = plan(
        "w=chat,86400/day,1000,500,batch:50&peak-multiplier=1&shape=flat\
         &p=custom,a,,50,name:A,rpd:10000,order:1&p=custom,b,,50,name:B,rpm:1000,order:2",
    );
    for drill in &plan.drills {
        assert!(drill.homeless_ratio < NEAR, "{drill:?}");
    }
}

/// 1,200 a minute fill the first place exactly, and 10 more fill the second: 1,210 ÷ 1,200.
#[test]
fn a_later_place_without_requests_is_a_limit_all_the_same() {
    let plan = plan(
        "requests-per-minute=1200&avg-output-tokens=100&retention-days=1&peak-multiplier=1\
         &shape=flat&p=custom,a,,50,rpm:1200,name:A,order:1&p=custom,b,,50,rpm:10,name:B,order:2",
    );
    let told = verdict::text(&plan);
    assert!(
        told.contains("B’s request limit is reached first, at 1.01 times"),
        "{told}"
    );
}

/// Numbers that look like chance, and are the same each time (Lehmer, modulus 2³¹ − 1).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 % most
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.below(all.len() as u64)).unwrap();
        all[at]
    }
}

/// Two to four providers with limits, places and weights of their own, and workloads that may be
/// bound to some of them.
fn fragment(chance: &mut Chance) -> String {
    let rows = 2 + chance.below(3);
    let ids = ["custom", "custom-2", "custom-3", "custom-4"];
    let mut parts = vec![format!(
        "shape={}&peak-multiplier={}&hpa-max={}",
        chance.of(&["flat", "office"]),
        2 + chance.below(3),
        chance.of(&["2", "20", "60"])
    )];
    for row in 0..rows {
        let weight = chance.of(&["0", "10", "30", "60"]);
        let limit = chance.of(&[
            "",
            ",rpm:60",
            ",rpm:400",
            ",rpm:3000",
            ",tpm:300000",
            ",tpm:4000000",
            ",rpd:20000",
            ",in-flight:4",
            ",spend-month:900,price-input:2",
            ",rpm:0",
            ",context:900,rpm:900",
        ]);
        let order = chance.of(&["", "", ",order:1", ",order:2"]);
        let ttft = chance.of(&["", ",ttft:8"]);
        parts.push(format!("p=custom,m{row},,{weight}{limit}{order}{ttft}"));
    }
    for workload in 0..=chance.below(2) {
        let (requests, tokens) = (2_000 + chance.below(60_000), 100 + chance.below(1_500));
        let first = usize::try_from(chance.below(rows)).unwrap();
        let second = usize::try_from(chance.below(rows)).unwrap();
        let bound = match chance.below(3) {
            0 => format!(",to:{}", ids[first]),
            1 if first != second => format!(",to:{}/{}", ids[first], ids[second]),
            _ => String::new(),
        };
        parts.push(format!("w=W{workload},{requests}/day,{tokens},100{bound}"));
    }
    parts.join("&")
}

/// Share of the requests that only the lost row takes: bound to it, and to nobody else with weight.
fn bound_to(scenario: &Scenario, lost: usize) -> f64 {
    let ids = scenario.target_ids();
    let all: f64 = scenario.workloads.iter().map(|it| it.requests).sum();
    let of_lost = scenario.workloads.iter().filter(|workload| {
        let open = |row: usize| 0.0 < scenario.providers[row].weight && workload.may_go(&ids[row]);
        open(lost) && !(0..ids.len()).any(|row| row != lost && open(row))
    });
    of_lost.map(|it| it.requests).sum::<f64>() / all
}

/// The lowest of the multiples of the drills.
fn least(plan: &Plan, scale: impl Fn(&Drill) -> Option<f64>) -> f64 {
    let scales = plan.drills.iter().filter_map(scale);
    scales.fold(f64::INFINITY, f64::min)
}

fn checked(fragment: &str) {
    let scenario = scenario(fragment);
    let plan = evaluate(&scenario, date(2026, 11, 26));
    found(fragment, &plan);
    said(fragment, &plan);
    for drill in &plan.drills {
        let mut rows = scenario.providers.iter();
        let lost = rows.position(|row| row.id == drill.lost_row).unwrap();
        // A later place may take what is too large for a row, until it is lost.
        let is_too_large = plan.providers.iter().any(|row| row.too_large.is_some())
            || drill.providers.iter().any(|row| row.admitted_ratio < 1.0);
        if !has_nowhere(&plan) && !is_too_large {
            held(fragment, &scenario, drill);
        }
        if !is_too_large {
            let (told, bound) = (drill.homeless_ratio, bound_to(&scenario, lost));
            assert!((told - bound).abs() < 1e-6, "{fragment}: {drill:?} {bound}");
        }
        assumed(fragment, &scenario, &plan, (drill, lost));
    }
}

/// The findings: requests without a place, and the limit that a loss fills first.
fn found(fragment: &str, plan: &Plan) {
    let homeless = plan.drills.iter().map(|drill| drill.homeless_ratio);
    let homeless = homeless.fold(0.0, f64::max);
    let nowhere = plan.findings.iter().find_map(|found| match found.kind {
        FindingKind::LossNowhere { homeless_ratio, .. } => Some(homeless_ratio),
        _ => None,
    });
    let nowhere = nowhere.unwrap_or(0.0);
    assert_eq!(nowhere.to_bits(), homeless.to_bits(), "{fragment}");
    // A limit that a loss breaks is told before a month that was overspent without it.
    let is_of_before = |drill: &Drill| drill.tightest().is_some_and(|row| row.is_of_before);
    let breaks = |drill: &Drill| drill.state().is_over() && !is_of_before(drill);
    let is_breaking = plan.drills.iter().any(breaks);
    let is_told = |drill: &Drill| !is_breaking || breaks(drill);
    let fullest = least(plan, |drill| drill.max_scale.filter(|_| is_told(drill)));
    for told in &plan.findings {
        let FindingKind::ProviderLoss(loss) = &told.kind else {
            continue;
        };
        let scale = told.scale.unwrap();
        let error = (scale - fullest).abs();
        assert!(error <= NEAR * fullest, "{fragment}: {scale} {fullest}");
        assert_eq!(loss.used.max_scale, Some(scale), "{fragment}");
        let mut drills = plan.drills.iter();
        let drill = drills.find(|it| it.lost_row == loss.lost_row).unwrap();
        let takes = drill.providers.iter().any(|row| row.row == loss.row);
        assert!(takes && loss.row != loss.lost_row, "{fragment}");
    }
}

/// The verdict and the checklist.
fn said(fragment: &str, plan: &Plan) {
    let (all, limits) = (
        least(plan, Drill::scale),
        least(plan, |drill| drill.max_scale),
    );
    let more = words::plain_spaces(&verdict::more(plan));
    if let Some((_, said)) = more.split_once("Losing any one provider fits up to ") {
        assert!(1.0 - NEAR <= all, "{fragment}: {more} {all}");
        let times = said.split(' ').next().unwrap().replace(',', "");
        let times: f64 = times.parse().unwrap();
        assert!(times <= limits * 1.006, "{fragment}: {more} {limits}");
        assert_ne!(plan.verdict.state, VerdictState::Fails, "{fragment}");
    }
    let mut lines = plan.checklist.iter();
    let line = lines.find(|line| line.id == CheckId::Failover).unwrap();
    let fits = 1.0 - NEAR <= all;
    let is_open = line.answer == Answer::Open;
    assert!(
        plan.drills.is_empty() || is_open == fits,
        "{fragment}: {line:?} {all}"
    );
}

/// Checks a drill's own figures.
fn held(fragment: &str, scenario: &Scenario, drill: &Drill) {
    let served = drill.served_ratio;
    assert!((0.0..=1.0).contains(&served), "{fragment}: {served}");
    assert!(
        served <= 1.0 - drill.homeless_ratio + 1e-6,
        "{fragment}: {drill:?}"
    );
    // Chance refuses some of what holds on average; a month that is over today, and what is too
    // large for a provider, are told elsewhere.
    let is_of_month = scenario
        .providers
        .iter()
        .any(|row| row.limits.usd_per_month.is_some());
    if served < 0.9 && !is_of_month {
        let scale = drill.scale().unwrap_or(f64::INFINITY);
        assert!(
            scale < 1.0,
            "{fragment}: {served} served at {scale}: {drill:?}"
        );
    }
    // Few at once refuse one in a hundred before they are full on average.
    let is_few = fragment.contains("in-flight");
    if drill.scale().is_some_and(|scale| scale < 0.9) && !is_few {
        assert!(served < 1.0, "{fragment}: {drill:?}");
    }
}

/// The plan without the provider: the same shares, and workloads without a place.
fn assumed(fragment: &str, scenario: &Scenario, plan: &Plan, (drill, lost): (&Drill, usize)) {
    let what_if = WhatIf {
        lost: Some(scenario.target_ids()[lost].clone()),
        months: 0,
    };
    let Some(then) = supposed(scenario, plan, &what_if, date(2026, 11, 26)) else {
        panic!("{fragment}: no loss of {}", drill.lost);
    };
    for row in &drill.providers {
        let mut rows = then.plan.providers.iter();
        let same = rows.find(|other| other.row == row.row).unwrap();
        assert!(
            (same.share_ratio - row.share_ratio).abs() < 1e-6,
            "{fragment}: {row:?}"
        );
    }
    let mut kinds = then.plan.findings.iter().map(|found| &found.kind);
    let is_nowhere = kinds.any(|kind| matches!(kind, FindingKind::Nowhere { .. }));
    assert!(
        !is_nowhere || 0.0 < bound_to(scenario, lost) || has_nowhere(plan),
        "{fragment}"
    );
}

fn has_nowhere(plan: &Plan) -> bool {
    let mut kinds = plan.findings.iter().map(|found| &found.kind);
    kinds.any(|kind| matches!(kind, FindingKind::Nowhere { .. }))
}

/// One row serves 100 a minute and passes the rest on to two others. Without the third of 400 the
/// second takes 300 + 100 of its 500: the first is full by design, and no limit of the loss.
#[test]
fn who_passes_on_what_it_refuses_is_no_limit_of_a_loss() {
    let plan = plan(
        "shape=flat&peak-multiplier=1&p=custom,a,,50,rpm:100&p=custom,b,,50,order:1,rpm:500\
         &p=custom,c,,50,order:1,rpm:500&requests-per-minute=500",
    );
    let drill = plan
        .drills
        .iter()
        .find(|drill| drill.lost_row == plan.providers[2].row)
        .unwrap();
    let found = plan.findings.iter().find_map(|found| match &found.kind {
        FindingKind::ProviderLoss(loss) => Some((found.scale.unwrap(), loss)),
        _ => None,
    });
    assert_eq!(drill.tightest().unwrap().row, plan.providers[1].row);
    // 100 + 500 of 500 x: full at 1.2 times; without the first 1,000 of 500.
    assert!((drill.max_scale.unwrap() - 1.2).abs() < 1e-9, "{drill:?}");
    let (scale, loss) = found.unwrap();
    assert!((scale - 1.2).abs() < 1e-9);
    assert_ne!(loss.row, plan.providers[0].row);
}

/// Chat may go to both, embeddings to the second alone: 600 of 660 a minute go nowhere without it,
/// so that nothing holds on paper.
#[test]
fn requests_without_a_place_are_told_in_every_list() {
    let plan = plan(
        "shape=flat&peak-multiplier=1&p=custom,a,,50,rpm:5000&p=custom,b,,50,rpm:5000\
         &w=Chat,60/min,100,20&w=Emb,600/min,100,0,to:custom-2",
    );
    let line = plan
        .checklist
        .iter()
        .find(|line| line.id == CheckId::Failover)
        .unwrap();
    assert_eq!(line.answer, Answer::No);
    let said = kt_capacity::say::checklist::detail(line);
    assert_eq!(
        words::plain_spaces(&said),
        "Requests of Other provider 2, if it is lost: 91 % go nowhere"
    );
}

#[test]
fn a_loss_is_told_alike_wherever_it_is_told() {
    let mut chance = Chance(20_261_128);
    for _ in 0..400 {
        checked(&fragment(&mut chance));
    }
}

/// After the loss of a provider for 200 requests a minute, another admits 10 of them, each for 20 s
/// until its first token and a little more: 10 ÷ 60 × 20.2 hold 3.4 slots, and 5 % are served.
/// Refused requests hold none, and more gateways would serve no more.
#[test]
fn slots_are_not_short_for_what_limits_refuse() {
    let link = |rpm: u32| {
        plan(&format!(
            "w=A,200/min,100,10&peak-multiplier=1&shape=flat&timeout=60\
             &p=openai,gpt-4o,Grow,99&p=custom,x,,1,rpm:{rpm},ttft:20"
        ))
    };
    let is_told = |plan: &Plan| {
        let mut found = plan.findings.iter();
        found.any(|found| matches!(found.kind, FindingKind::SlotsLoss(_)))
    };
    let tight = link(10);
    let drill = &tight.drills[0];
    assert!((drill.held - 10.0 / 60.0 * 20.2).abs() < 0.05, "{drill:?}");
    assert!((drill.served_ratio - 0.05).abs() < 1e-6, "{drill:?}");
    assert!(!is_told(&tight));
    // With a wide limit the slots are short: 200 ÷ 60 × 20.2 = 67 of the 32.
    let wide = link(100_000);
    let drill = &wide.drills[0];
    assert!((drill.held - 200.0 / 60.0 * 20.2).abs() < 1.0, "{drill:?}");
    assert!((drill.served_ratio - 32.0 / drill.held).abs() < 1e-9);
    assert!(is_told(&wide));
}
