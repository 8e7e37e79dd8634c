//! Requests that find no slot, providers that are lost, and limits that several hold together: each
//! figure worked out by hand, or simulated by another program.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::export;
use kt_capacity::plan::{
    Change, Effect, FindingKind, LimitKind, Plan, Severity, SlotsLoss, VerdictState, evaluate,
};
use kt_capacity::replay::{self, Options};
use kt_capacity::say::finding::status;
use kt_capacity::say::verdict::more;
use kt_capacity::say::{fix, verdict, words};
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::Scope;

/// A steady load: the peak is the mean.
const STEADY: &str = "v=2&peak-multiplier=1&shape=flat";
/// 15 pods of 16 slots, answers of 8 s: 240 slots, and 22 s are left for a wait.
const HELD: &str = "p=custom,x,,100,ttft:8,rpm:100000&avg-output-tokens=0&overhead=0&hpa-max=15";

fn scenario(fragment: &str) -> Scenario {
    let (scenario, notices) = from_fragment(&format!("{STEADY}&{fragment}"));
    assert_eq!(notices, [], "{fragment}");
    scenario
}

fn plan(fragment: &str) -> Plan {
    evaluate(&scenario(fragment), date(2026, 11, 26))
}

fn use_of(plan: &Plan, row: usize, kind: LimitKind) -> f64 {
    let limits = &plan.providers[row].limits;
    let used = limits.iter().find(|used| used.kind == kind).unwrap();
    used.state.ratio().unwrap()
}

fn finding<'a>(plan: &'a Plan, id: &str) -> Option<&'a kt_capacity::plan::Finding> {
    plan.findings.iter().find(|found| found.kind.id() == id)
}

#[track_caller]
fn assert_near(actual: f64, expected: f64, error: f64) {
    assert!(
        (actual - expected).abs() <= error,
        "{actual}, not {expected}"
    );
}

/// Simulated: M/M/16 with requests that leave after 22 s, 400,000 of them and two seeds.
#[test]
fn near_full_a_few_leave_and_the_plan_says_so() {
    for (per_minute, ratio, error) in [
        (1_620, 0.0007, 0.0003),
        (1_710, 0.006, 0.0015),
        (1_799, 0.0205, 0.0025),
        (1_800, 0.0215, 0.0025),
        (1_801, 0.022, 0.0025),
        (1_890, 0.051, 0.004),
    ] {
        let plan = plan(&format!("{HELD}&requests-per-minute={per_minute}"));
        assert_near(plan.queue.gave_up_ratio.unwrap(), ratio, error);
    }
    // 240 of 240 slots fit, and 2 % leave: more than the goal of 0.5 %.
    let full = plan(&format!("{HELD}&requests-per-minute=1800"));
    assert_eq!(full.verdict.state, VerdictState::FitsWithRisk);
    let found = finding(&full, "unserved").unwrap();
    assert_eq!(found.severity, Severity::Warning);
    let Change::HpaMinimum { to, .. } = found.fixes[0].change else {
        panic!("{:?}", found.fixes);
    };
    // At 17 pods each is 94 % full: 14.7 % of 16 slots are all taken, 0.15 ÷ (5.8 + 17) ≈ 0.5 %.
    assert!((16..=18).contains(&to), "{to}");
}

/// M/M/16 with 33 places under 15 of 16 slots: 0.00584 refused; with 44 places and clients that
/// leave after 22 of 8 s, 0.00149 refused and 0.00200 given up; P99 is 2.506 × 8 s = 20.0 s, not
/// the 37 s of a queue without an end. Simulated in C apart from this program.
#[test]
fn the_share_without_a_slot_is_one_number_and_waits_are_those_of_who_starts() {
    // 225 of 240 slots, 22 s of patience: 225 ÷ 8 s = 1,687.5 a minute.
    let load = "requests-per-minute=1687.5&hpa-min=15";
    for (queue, refused, gave_up, p99_s) in [
        ("33&timeout=300", 0.005_84, 0.0, 2.209 * 8.0),
        ("44", 0.001_74, 0.001_74, 2.506 * 8.0),
        ("100", 0.0, 0.003_09, 2.5615 * 8.0),
    ] {
        let plan = plan(&format!("{HELD}&{load}&queue-size={queue}"));
        let it = &plan.queue;
        assert_near(it.loss_ratio.unwrap(), refused, 0.0003);
        assert_near(it.gave_up_ratio.unwrap(), gave_up, 0.0003);
        assert_near(it.wait_p99_s.unwrap(), p99_s, 0.03 * p99_s);
        assert_near(it.p_wait.unwrap(), 0.71, 0.01);
    }
    for way in ["random", "in-turn", "fewest", "best-of-two", "pool"] {
        for queue in ["5", "33", "44", "100"] {
            for more in ["hpa-max=15", "hpa-max=15&burstiness=8"] {
                let base = format!("{HELD}&requests-per-minute=1800&queue-size={queue}");
                let plan = plan(&format!("{base}&pod-routing={way}&{more}"));
                let it = &plan.queue;
                let sum = it.loss_ratio.unwrap() + it.gave_up_ratio.unwrap();
                if let Some(found) = finding(&plan, "unserved") {
                    let FindingKind::Unserved(told) = &found.kind else {
                        panic!("{found:?}");
                    };
                    assert_near(told.ratio, sum, 1e-12);
                } else {
                    assert!(sum <= 0.005, "{way} {queue} {more}: {sum}");
                }
            }
        }
    }
}

/// Answers of 8 s, lognormal with σ² = ln 2, σ = 0.8326: 95 of 100 are there after
/// 8 × e^(1.645 × 0.8326 − 0.3466) = 22.25 s, 99 after 8 × e^(2.326 × 0.8326 − 0.3466) = 39.2 s;
/// after 30 s 2.25 % are not, after 60 s 0.23 %. 80 of 240 slots: nobody waits.
#[test]
fn a_load_test_passes_where_the_plan_comes_true() {
    let bounds = |timeout: &str| {
        let scenario = scenario(&format!(
            "{HELD}&requests-per-minute=600&hpa-min=15&timeout={timeout}"
        ));
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let file = export::file("load-test.js", &scenario, &plan, "").unwrap();
        let line = file.text.lines().find(|line| line.contains("const bounds"));
        line.unwrap().replace('"', "'")
    };
    // 2.25 % and half of it more: 3.4 %; 22.25 s × 1.25 = 27.8 s; 99 of 100 are not there in time.
    let tight = "{'http_req_duration':['p(95)<27900'],'http_req_failed':['rate<0.034']};";
    assert_eq!(bounds("30"), format!("const bounds = {tight}"));
    // 0.23 % and one in a hundred more; 39.2 s × 1.25 = 49.05 s.
    let times = "'http_req_duration':['p(95)<27900','p(99)<49100']";
    let wide = format!("const bounds = {{{times},'http_req_failed':['rate<0.013']}};");
    assert_eq!(bounds("60"), wide);
}

/// Every fix that raises the autoscaler's maximum raises it alike, and costs what the plan of the
/// changed scenario costs more.
#[test]
fn fixes_of_the_autoscaler_agree_with_each_other() {
    // 240 of 240 slots: 17 pods keep the goal, and half as many again as 15 leave room: 23.
    let asked = scenario(&format!("{HELD}&requests-per-minute=1800&zones=3"));
    let told = evaluate(&asked, date(2026, 11, 26));
    let mut most = Vec::new();
    for fix in told.findings.iter().flat_map(|found| &found.fixes) {
        match &fix.change {
            Change::HpaMaximum { to, .. } => most.push(*to),
            Change::HpaMinimum { maximum, to, .. } => {
                let (_, maximum) = maximum.unwrap();
                assert!(*to <= maximum);
                most.push(maximum);
            }
            _ => continue,
        }
        let mut changed = asked.clone();
        for edit in fix.edits() {
            edit.apply(&mut changed);
        }
        let then = evaluate(&changed, date(2026, 11, 26)).cost.per_month_usd;
        let more_usd = fix.effect.more_usd().unwrap();
        assert_near(more_usd, then - told.cost.per_month_usd, 1e-6);
    }
    assert!(2 < most.len(), "{most:?}");
    assert!(most.iter().all(|to| *to == most[0]), "{most:?}");
    let decisions = kt_capacity::say::brief::brief(&asked, &told, None).decisions;
    let changes = decisions.iter().map(|decision| &decision.change);
    let of_pods: Vec<_> = changes.filter(|said| said.starts_with("HPA")).collect();
    assert_eq!(of_pods.len(), 1, "{of_pods:?}");
}

#[test]
fn a_maximum_that_falls_is_no_part_of_one_that_rises() {
    let maximum = |to| Change::HpaMaximum { from: 20, to };
    assert!(maximum(30).includes(&maximum(25)));
    assert!(!maximum(30).includes(&maximum(5)));
    let both = Change::HpaMinimum {
        from: 2,
        to: 23,
        maximum: Some((20, 33)),
    };
    assert!(both.includes(&maximum(33)));
    assert!(!both.includes(&maximum(5)) && !both.includes(&maximum(40)));
}

/// 300 held in 240 slots: the queue grows by 37.5 − 30 = 7.5 a second whatever the patience.
#[test]
fn no_timeout_mends_an_overload() {
    let plan = plan(&format!("{HELD}&requests-per-minute=2250"));
    let late = finding(&plan, "timeout").unwrap();
    assert_eq!(late.fixes, []);
    let why = kt_capacity::say::finding::no_fix(late);
    assert!(why.contains("run more gateways first"), "{why}");
    assert!(finding(&plan, "hpa-max").is_some_and(|found| !found.fixes.is_empty()));
}

/// A pod of 16 slots finishes 16 ÷ time requests a second. Answers of 28 s leave 2 s: one request
/// in 1.75 s could wait, fewer than the √16 = 4 that come in excess by chance. Answers of 20 s
/// leave 10 s, in which 8 start.
#[test]
fn no_queue_is_advised_that_is_too_short_for_chance() {
    let queue = |time_s: u32| {
        let base = HELD.replace("ttft:8", &format!("ttft:{time_s}"));
        let plan = plan(&format!("{base}&requests-per-minute=60"));
        let found = finding(&plan, "queue-size").unwrap().clone();
        found.fixes.into_iter().find_map(|fix| match fix.change {
            Change::QueueSize { to, .. } => Some(to),
            _ => None,
        })
    };
    assert_eq!(queue(28), None);
    assert_eq!(queue(20), Some(8));
}

/// Erlang B of 16 slots under 13.33: 9.5 %.
#[test]
fn without_a_queue_nobody_waits_and_who_is_refused_is_told() {
    let plan = plan(&format!("{HELD}&requests-per-minute=1500&queue-size=0"));
    assert_near(plan.queue.loss_ratio.unwrap(), 0.0951, 0.0005);
    assert_near(plan.queue.gave_up_ratio.unwrap(), 0.0, 0.0);
    let found = finding(&plan, "unserved").unwrap();
    assert_eq!(found.severity, Severity::Critical);
    assert_eq!(plan.verdict.state, VerdictState::Fails);
    let text = verdict::text(&plan);
    assert!(text.contains("requests without a slot in time"), "{text}");
}

#[test]
fn a_limit_of_each_pod_is_simulated_in_each_pod() {
    let of = |fragment: &str| {
        let scenario = scenario(fragment);
        let plan = evaluate(&scenario, date(2026, 11, 26));
        replay::asked(&scenario, &plan).unwrap().question.config
    };
    let own = |fragment: &str| {
        let provider = &of(fragment).providers[0];
        assert_eq!((provider.rpm, provider.tpm), (None, None));
        let own = provider.gateway_limit.unwrap();
        assert_eq!(own.scope, Scope::Pod);
        own.rpm
    };
    let base = "requests-per-minute=500&avg-output-tokens=0&hpa-min=5&hpa-max=5";
    let each = format!("{base}&p=custom,x,,100,rpm:100,ttft:1,scope:gateway");
    assert_eq!(own(&each), Some(100));
    let divided = format!("{base}&p=custom,x,,100,rpm:500,ttft:1,scope:divided");
    assert_eq!(own(&divided), Some(100));
    // A day under such limits: five pods let 500 a minute through, less what chance makes uneven.
    let scenario = scenario(&format!(
        "{base}&p=custom,x,,100,rpm:200,ttft:1,scope:gateway"
    ));
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let files = ["deployment.yaml", "hpa.yaml"].map(|name| {
        let file = export::file(name, &scenario, &plan, "").unwrap();
        file.text
    });
    let texts: Vec<&str> = files.iter().map(|text| &**text).collect();
    let manifest = replay::manifest(&texts).unwrap();
    let results = replay::lived(&scenario, &plan, &manifest, &Options::default(), 1).unwrap();
    let counts = results.totals.counts;
    let limited = counts.of(kt_capacity::simulation::Count::Limited);
    assert!(limited < 72, "{limited} of 720,000");
}

#[test]
fn the_loss_of_a_provider_leaves_bound_requests_without_a_place() {
    // 60 a minute only at OpenAI, 600 only at OpenAI 2: without the second 10 of 11 go nowhere.
    let plan = plan(
        "p=openai,gpt-4o,Grow,50&p=openai,text-embedding-3-small,Grow,50\
         &w=Chat,60/min,1000,200,to:openai&w=Emb,600/min,500,0,to:openai-2",
    );
    let found = finding(&plan, "failover-nowhere").unwrap();
    let FindingKind::LossNowhere {
        homeless_ratio,
        lost,
        ..
    } = &found.kind
    else {
        panic!("{:?}", found.kind);
    };
    assert_near(*homeless_ratio, 10.0 / 11.0, 1e-9);
    let more = words::plain_spaces(&verdict::more(&plan));
    assert!(
        more.contains(&format!(
            "If {lost} is lost, 91 % of the requests go nowhere."
        )),
        "{more}"
    );
    assert!(!more.contains("With any one provider lost"), "{more}");
}

#[test]
fn losses_fit_only_where_the_slots_hold_them_too() {
    // 17.36 a second for 14.33 s are 249 of 96 slots.
    let plan = plan(
        "p=custom,fast,,50,ttft:0.3,rpm:10000&p=custom,slow,,50,ttft:14.33,rpm:10000\
         &requests-per-minute=1041.6&avg-output-tokens=0&hpa-min=6&hpa-max=6",
    );
    let more = words::plain_spaces(&verdict::more(&plan));
    assert!(!more.contains("fits up to"), "{more}");
}

#[test]
fn no_offered_fix_lowers_the_first_limit() {
    for fragment in [
        // Half to the slow one would hold 127 of 96 slots.
        "p=custom,fast,,90,ttft:0.3,rpm:10000&p=custom,slow,,10,ttft:14.33,rpm:10000\
         &requests-per-minute=1041.6&avg-output-tokens=0&hpa-min=6&hpa-max=6",
        // A limit that is divided over at most 30 pods instead of 20 leaves less in each.
        "p=custom,x,,100,rpm:500,scope:divided,ttft:1&requests-per-minute=400\
         &avg-output-tokens=0&hpa-max=20",
    ] {
        let scenario = scenario(fragment);
        let before = evaluate(&scenario, date(2026, 11, 26));
        let first = |plan: &Plan| {
            let scales = plan.findings.iter().filter(|found| !found.kind.is_drill());
            let scales = scales.filter_map(|found| found.scale);
            scales.fold(f64::INFINITY, f64::min)
        };
        for fix in before.findings.iter().flat_map(|found| &found.fixes) {
            let saves = matches!(&fix.effect, Effect::Holds(holds) if holds.is_after_loss());
            let mut changed = scenario.clone();
            for edit in fix.edits() {
                edit.apply(&mut changed);
            }
            let after = evaluate(&changed, date(2026, 11, 26));
            let (old, new) = (first(&before), first(&after));
            assert!(
                saves || old * 0.99 < new,
                "{}: {old} to {new}",
                fix::label(&fix.change)
            );
        }
    }
}

#[test]
fn pods_that_count_for_themselves_are_changed_in_number() {
    // 3,000 a minute under 500 in each of 5: six pods let them through.
    let each = plan(
        "p=custom,x,,100,rpm:500,scope:gateway,ttft:1&requests-per-minute=3000\
         &avg-output-tokens=0&hpa-min=5&hpa-max=5",
    );
    let found = finding(&each, "provider-custom").unwrap();
    let wanted = |change: &Change| matches!(change, Change::HpaMinimum { to: 6, .. });
    assert!(
        found.fixes.iter().any(|fix| wanted(&fix.change)),
        "{:?}",
        found.fixes
    );
    assert!(finding(&each, "pods-in-vain").is_none());
    // Two of six pods are lost with a zone: 4 × 400 = 1,600 of 2,400 a minute.
    let zone = plan(
        "p=custom,x,,100,rpm:400,scope:gateway,ttft:1&requests-per-minute=2400\
         &avg-output-tokens=0&hpa-min=6&hpa-max=6",
    );
    let drill = zone.zone_drill.as_ref().unwrap();
    assert_near(drill.max_scale.unwrap(), 2.0 / 3.0, 1e-9);
    assert_eq!(drill.limited.as_deref(), Some(&*zone.providers[0].name));
    let said = words::plain_spaces(&verdict::more(&zone));
    assert!(
        said.contains("fails at the peak, the rest let 33 % too little through to"),
        "{said}"
    );
}

#[test]
fn a_part_of_a_limit_that_lets_nothing_through_is_no_file() {
    let scenario = scenario("p=custom,x,,100,rpm:3,scope:divided&requests-per-day=100&hpa-max=20");
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let pack = export::file("policy-config.yaml", &scenario, &plan, "").unwrap();
    let faults = pack.checked.unwrap_err();
    assert!(
        faults.iter().any(|fault| fault.field == Some("rpm")),
        "{faults:?}"
    );
}

#[test]
fn azure_pairs_requests_with_the_tokens_that_are_entered() {
    let rpm = |fragment: &str| {
        let plan = plan(&format!(
            "requests-per-minute=100&p=azure-openai,{fragment}"
        ));
        let limits = plan.providers[0].limits.iter();
        let used = limits.clone().find(|used| used.kind == LimitKind::Rpm);
        used.unwrap().published
    };
    // 10, 6 and 1 requests for each 1,000 tokens a minute.
    assert_near(rpm("gpt-5,,100,tpm:450000"), 4_500.0, 1e-6);
    assert_near(rpm("gpt-4o,,100,tpm:450000"), 2_700.0, 1e-6);
    assert_near(rpm("gpt-4.1,Global 1,100,tpm:5000000"), 5_000.0, 1e-6);
    // Who enters both means both.
    assert_near(rpm("gpt-4o,,100,tpm:450000,rpm:77"), 77.0, 1e-6);
}

#[test]
fn keys_of_one_organization_share_the_limits_of_a_model() {
    // 300 a minute of 1,500 + 800 tokens on 450,000: 153 %, whatever key they come by.
    let tokens = |rows: &str| {
        let plan = plan(&format!("requests-per-minute=300&{rows}"));
        use_of(&plan, 0, LimitKind::Tpm)
    };
    let one = tokens("p=openai,gpt-4o,Build,100");
    assert_near(one, 690.0 / 450.0, 1e-9);
    assert_near(
        tokens("p=openai,gpt-4o,Build,50&p=openai,gpt-4o,Build,50"),
        one,
        1e-9,
    );
    // Another model has a limit of its own.
    let other = tokens("p=openai,gpt-4o,Build,50&p=openai,gpt-4.1,Build,50");
    assert_near(other, one / 2.0, 1e-9);
}

#[test]
fn a_reservation_stands_once_however_often_a_call_is_tried() {
    // 1,333 a minute and 24 % more tries: 1,333 × 1.24 × 1,000 tokens are settled, and 500 stand
    // for 1.24 × 1 s until the first token and, where one of three tries answers, 100 tokens at 60
    // a second: 1 − 0.2³ = 99.2 %.
    let plan = plan(
        "requests-per-minute=1333&avg-input-tokens=500&avg-output-tokens=100\
         &max-output-tokens=1000&failures=20\
         &p=aws-bedrock,anthropic.claude-opus-5-5,Own,1,tpm:2e6,ttft:1,tps:60",
    );
    let limits = plan.providers[0].limits.iter();
    let used = limits
        .clone()
        .find(|used| used.kind == LimitKind::Tpm)
        .unwrap();
    let standing = 1_333.0 / 60.0 * (1.24 + 0.992 * 100.0 / 60.0) * 500.0;
    assert_near(used.load, 1_333_000.0 * 1.24 + standing, 1.0);
}

#[test]
fn batches_wait_in_rounds() {
    // 500 batch requests of 1,500 tokens on a queue of 90,000: 8.3 rounds, twelve at 2 h each.
    let used = |hours: &str| {
        let plan = plan(&format!(
            "requests-per-day=500&batch=100&p=custom,x,,1,tpm:1e9,batch-queue:90000{hours}"
        ));
        use_of(&plan, 0, LimitKind::BatchQueue)
    };
    assert_near(used(""), 750.0 / 90.0, 1e-9);
    assert_near(used(",batch-hours:2"), 750.0 / 90.0 / 12.0, 1e-9);
}

#[test]
fn what_no_later_place_takes_stays_where_it_is_bound() {
    // 104.17 a minute, all bound to a limit of 10: nothing spills to a provider it may not use.
    let plan = evaluate(
        &from_fragment(
            "v=2&w=chat,50000/day,300,800,to:custom&p=custom,x,,50,rpm:10\
             &p=anthropic,claude-sonnet-5-5,Scale,50,order:1",
        )
        .0,
        date(2026, 11, 26),
    );
    assert_near(
        use_of(&plan, 0, LimitKind::Rpm),
        50_000.0 / 1_440.0 * 3.0 / 10.0,
        1e-9,
    );
    assert_eq!(plan.verdict.state, VerdictState::Fails);
    let shares: f64 = plan.providers.iter().map(|row| row.share_ratio).sum();
    assert_near(shares, 1.0, 1e-9);
}

#[test]
fn a_place_behind_several_is_full_where_each_of_them_has_its_part() {
    // A sixth of 104.17 to the first, five sixths to the second, which takes 10; the third holds
    // 60: s × 86.81 = 70.
    let plan = evaluate(
        &from_fragment(
            "v=2&p=custom,x,,10,name:R1,rpm:1000&p=custom,y,,50,name:R3,rpm:10\
             &p=custom,z,,50,name:R2,order:1,rpm:60",
        )
        .0,
        date(2026, 11, 26),
    );
    let peak = 50_000.0 / 1_440.0 * 3.0;
    assert_near(
        plan.providers[2].max_scale().unwrap(),
        70.0 / (peak * 5.0 / 6.0),
        1e-6,
    );
    assert_eq!(plan.verdict.state, VerdictState::Fails);
}

#[test]
fn a_day_or_a_month_that_is_used_up_passes_the_rest_on() {
    for (fragment, kind) in [
        (
            "p=custom,x,,50,rpd:1000&p=custom,y,,50,order:1,rpm:100000",
            LimitKind::Rpd,
        ),
        (
            "p=openai,gpt-4o,Build,50,order:0&p=anthropic,claude-sonnet-5-5,Scale,50,order:1",
            LimitKind::SpendMonth,
        ),
    ] {
        let plan = evaluate(
            &from_fragment(&format!("v=2&{fragment}")).0,
            date(2026, 11, 26),
        );
        assert_near(use_of(&plan, 0, kind), 1.0, 1e-6);
        let shares: f64 = plan.providers.iter().map(|row| row.share_ratio).sum();
        assert_near(shares, 1.0, 1e-9);
    }
}

#[test]
fn weights_within_one_organization_are_no_way_out() {
    // Whatever the weights, both rows count under one queue of batches.
    let batches = plan(
        "p=openai,gpt-4o,Grow,70,batch-queue:2000000,name:R1,batch-hours:2\
         &p=openai,gpt-4o,Grow,30,batch-queue:2000000,name:R2,batch-hours:2\
         &requests-per-day=60000&avg-input-tokens=1000&avg-output-tokens=200&batch=50",
    );
    let fixes = batches.findings.iter().flat_map(|found| &found.fixes);
    let weights =
        |change: &Change| matches!(change, Change::Weights { .. } | Change::Weight { .. });
    assert!(!fixes.clone().any(|fix| weights(&fix.change)));
    // The cheapest split would send both rows more than the one limit that they share.
    let split = plan(
        "p=openai,gpt-4o-mini,Build,10,name:R1,rpm:6000\
         &p=openai,gpt-4o-mini,Build,50,name:R2,rpm:6000\
         &p=anthropic,claude-opus-5-5,Scale,50,name:R3&requests-per-day=6000000\
         &avg-input-tokens=15&avg-output-tokens=3&hpa-max=100",
    );
    assert!(finding(&split, "cheaper-weights").is_none());
}

#[test]
fn what_takes_over_without_a_known_limit_is_told_and_bounds_no_loss() {
    let rows = "p=openai,gpt-4o,Grow,1,order:0&p=custom,x,,1,order:1";
    let plan = plan(&["requests-per-day=288000", rows].join("&"));
    let kinds = plan.findings.iter();
    let mut unknown = kinds.filter(|it| it.kind.id().starts_with("unknown-"));
    let spare = unknown.next().expect("its limits are unknown");
    assert!(!spare.kind.is_unknown_limit(), "it carries nothing today");
    let told = more(&plan);
    assert!(!told.contains("With any one provider lost"), "{told}");
}

#[test]
fn rows_of_one_vendor_are_lost_together() {
    let rows = "p=openai,gpt-4o,Grow,50&p=openai,gpt-4o-mini,Grow,50";
    let plan = plan(&["requests-per-day=86400", rows].join("&"));
    assert!(finding(&plan, "failover-none").is_some());
    assert!(!more(&plan).contains("With any one provider lost"));
    let rows = "p=openai,gpt-4o,Grow,50&p=custom,x,,50,rpm:1000";
    let plan = self::plan(&["requests-per-day=86400", rows].join("&"));
    assert!(finding(&plan, "failover-none").is_none());
}

#[test]
fn a_lack_is_a_share_of_the_need() {
    // 61 of 100 slots that are needed: 39 % short, not 63.
    let held = |held: f64, slots: f64| {
        let loss = SlotsLoss {
            held,
            slots,
            lost_row: 1,
            lost: "OpenAI".to_owned(),
            served_ratio: 1.0,
            admitted_rps: 1.0,
            time_in_flight_s: 1.0,
        };
        status(&FindingKind::SlotsLoss(loss))
    };
    assert_eq!(held(100.0, 61.0), "the slots are 39\u{a0}% short");
    assert_eq!(held(526.0, 100.0), "the slots are 81\u{a0}% short");
    // 1 − 100 ÷ 105 = 4.76 %, and 1 − 100 ÷ 100.2 = 0.2 %: the others carry the rest of 100 %.
    assert_eq!(held(100.2, 100.0), "the slots are 0.2\u{a0}% short");
    assert_eq!(held(105.0, 100.0), "the slots are 4.8\u{a0}% short");
    assert_eq!(held(100.0, 100.0), "the slots are 100\u{a0}% full");
}

/// Erlang B(2, 2) = 2 ÷ (1 + 2 + 2); of Poisson counts of 2 a second a window of 2 takes
/// 2 − 4 e⁻² = 1.46.
#[test]
fn what_few_places_refuse_goes_on_and_no_more() {
    let then = "p=openai,gpt-4o,Grow,1,order:1&requests-per-minute=120\
                &avg-input-tokens=500&avg-output-tokens=0";
    for (limit, taken, error) in [
        ("in-flight:2", 0.6, 1e-9),
        ("rpm:120,window:1", 0.729, 0.004),
    ] {
        let plan = plan(&format!(
            "p=custom,x,,1,{limit},ttft:1,tps:1000,order:0&{then}"
        ));
        assert_near(plan.providers[0].share_ratio, taken, error);
        assert_near(plan.providers[1].share_ratio, 1.0 - taken, error);
        // What goes on breaks nothing.
        assert!(plan.providers[0].state().ratio().unwrap() < 1.0);
    }
}

/// Erlang B(5, 10) = 0.564 and B(5, 5) = 0.285, summed in Python.
#[test]
fn after_a_loss_few_places_serve_what_they_do_not_refuse() {
    let plan = plan(
        "p=deepseek,,,50,in-flight:5,ttft:1,tps:100&p=openai,gpt-4o,Grow,50\
         &requests-per-minute=600&avg-input-tokens=10&avg-output-tokens=0",
    );
    let lost = plan.drills.iter().find(|drill| drill.lost == "OpenAI");
    assert_near(lost.unwrap().served_ratio, 0.436, 0.0005);
    let used = plan.providers[0].tightest.unwrap();
    assert_near(used.taken_at_once(), 5.0 * (1.0 - 0.2849), 0.001);
}

/// 60 a minute of 250 + 100 × 4 settle 39,000; for 2.667 s each 15,900 × 4 more stand reserved.
#[test]
fn units_take_the_longest_answer_until_the_call_ends() {
    let of = |longest| {
        let plan = plan(&format!(
            "p=azure-openai,gpt-4o,,100,units:100&requests-per-minute=60&avg-input-tokens=500\
             &avg-output-tokens=100&cached=50&max-output-tokens={longest}"
        ));
        use_of(&plan, 0, LimitKind::Units)
    };
    assert_near(of(16_000), 208_600.0 / 250_000.0, 0.0005);
    assert_near(of(100), 39_000.0 / 250_000.0, 1e-9);
}

/// Pods of 16 slots at random, lognormal answers with a squared deviation of 1, clients who give
/// up after 30 s: the share of those who start that is late, of 3 to 10 million simulated
/// requests (C, apart from this program).
#[test]
fn an_answer_is_late_with_its_wait() {
    let late = |rps: f64, pods: u32, answer_s: f64, more: &str| {
        let plan = plan(&format!(
            "p=custom,x,,100,ttft:{answer_s},rpm:100000&avg-output-tokens=0&overhead=0\
             &hpa-min={pods}&hpa-max={pods}&requests-per-minute={}{more}",
            rps * 60.0
        ));
        plan.patience.over_ratio
    };
    for (rps, pods, answer_s, simulated, error) in [
        (12.0, 6, 6.0, 0.0097, 0.0005),
        (15.0, 6, 6.0, 0.0208, 0.001),
        (16.0, 6, 6.0, 0.0713, 0.002),
        (17.37, 6, 6.0, 0.186, 0.008),
        (20.0, 6, 6.0, 0.263, 0.008),
        (40.0, 40, 14.3, 0.126, 0.003),
    ] {
        assert_near(late(rps, pods, answer_s, ""), simulated, error);
    }
    // A short queue turns away who would wait long.
    assert_near(late(17.37, 6, 6.0, "&queue-size=20"), 0.0168, 0.002);
}

/// Half a million chats a day, and embeddings: a model that makes vectors answers no chat, whatever
/// its weight.
#[test]
fn an_embedding_model_answers_no_chat() {
    let rows = "p=openai,gpt-4o,Grow,60&p=openai,text-embedding-3-small,Grow,40";
    let shares = |plan: &Plan| -> Vec<f64> {
        let rows = plan.providers.iter();
        rows.map(|row| row.share_ratio).collect()
    };
    let alone = plan(&format!("{rows}&requests-per-day=500000"));
    assert_eq!(shares(&alone), [1.0, 0.0]);
    let told = finding(&alone, "kind-openai-2").unwrap();
    assert_eq!(told.severity, Severity::Warning);
    // It is no way to pay less, and takes nothing over.
    assert!(finding(&alone, "cheaper-weights").is_none());
    assert_eq!(alone.routing.options.len(), 1);
    let lost = alone
        .drills
        .iter()
        .find(|drill| drill.lost_row == alone.providers[0].row);
    assert_near(lost.unwrap().served_ratio, 0.0, 1e-12);
    assert_near(lost.unwrap().homeless_ratio, 1.0, 1e-12);
    assert!(finding(&alone, "failover-none").is_some());

    // 1,000 chats and 3,000 embeddings: each to its own, and nothing to tell.
    let both = "w=chat,1000/day,200,150&w=embeddings,3000/day,500,0";
    let each = plan(&format!("{rows}&{both}"));
    assert_eq!(shares(&each), [0.25, 0.75]);
    assert!(
        !each
            .findings
            .iter()
            .any(|found| found.kind.id().starts_with("kind-"))
    );
    // A day that is lived sends them alike.
    let scenario = scenario(&format!("{rows}&{both}"));
    assert_eq!(scenario.ways(), [[true, false], [false, true]]);

    // Who binds a chat to it, or embeddings to a chat model, is told that it fails.
    for (workload, id) in [
        ("w=chat,1000/day,200,150,to:openai-2", "kind-openai-2"),
        ("w=embeddings,1000/day,500,0,to:openai", "kind-openai"),
    ] {
        let bound = plan(&format!("{rows}&{workload}"));
        let told = finding(&bound, id).unwrap();
        assert_eq!(told.severity, Severity::Critical, "{workload}");
        assert_eq!(bound.verdict.state, VerdictState::Fails);
    }
    // A model that the catalogue does not know tells by its name.
    let own = plan("p=custom,embed-v4.0,,50,rpm:1000&p=custom,x,,50,rpm:1000");
    assert_eq!(shares(&own), [0.0, 1.0]);
    // Where no other model is chosen it gets what there is, and that fails.
    let only = plan("p=openai,text-embedding-3-small,Grow,100");
    assert_eq!(
        finding(&only, "kind-openai").unwrap().severity,
        Severity::Critical
    );
    // Embeddings where there is no model for them go on as before, with a word about it.
    let none = plan("p=openai,gpt-4o,Grow,100&w=embeddings,1000/day,500,0");
    assert_eq!(shares(&none), [1.0]);
    assert_eq!(
        finding(&none, "kind-openai").unwrap().severity,
        Severity::Warning
    );
}

/// A request of a million input tokens at a dollar: 10 a day are 304.37 dollars a month. Each of
/// two rows spends 152.18 of 160; after the loss of the one the other’s cap lasts for 52.6 %.
#[test]
fn after_a_loss_the_other_cap_is_spent_sooner() {
    let rows = |cap: u32| {
        format!(
            "requests-per-day=10&avg-input-tokens=1000000&avg-output-tokens=0\
             &p=custom,x,,50,price-input:1,spend-month:100000\
             &p=custom,y,,50,price-input:1,spend-month:{cap}"
        )
    };
    let month = 10.0 * 365.2425 / 12.0;
    for (cap, over_today) in [(160, false), (100, true)] {
        let plan = plan(&rows(cap));
        assert_eq!(use_of(&plan, 1, LimitKind::SpendMonth) > 1.0, over_today);
        let lost = plan
            .drills
            .iter()
            .find(|drill| drill.lost_row == plan.providers[0].row);
        let lost = lost.unwrap();
        assert_near(lost.served_ratio, f64::from(cap) / month, 1e-9);
        assert_eq!(
            lost.tightest().unwrap().tightest.unwrap().kind,
            LimitKind::SpendMonth
        );
        assert_near(lost.max_scale.unwrap(), f64::from(cap) / month, 1e-9);
    }
}

/// Batches of 600,000 tokens a day that take two hours wait in twelfths of that: 50,000; those that
/// take a day all at once. Of a queue of a million 650,000 are taken, whichever row is asked.
#[test]
fn batches_of_unlike_hours_wait_in_one_queue() {
    let plan = plan(
        "requests-per-day=1200&avg-input-tokens=1000&avg-output-tokens=0&batch=100\
         &p=openai,gpt-4o,Grow,50,batch-queue:1000000,name:R1,batch-hours:2\
         &p=openai,gpt-4o,Grow,50,batch-queue:1000000,name:R2,batch-hours:24",
    );
    for row in [0, 1] {
        assert_near(use_of(&plan, row, LimitKind::BatchQueue), 0.65, 1e-9);
    }
}

/// Two rows of one organization share 6,000 requests a minute, more than the tier's 5,000, however
/// the requests are split.
#[test]
fn ways_to_split_know_what_one_organization_shares() {
    let plan = plan(
        "p=openai,gpt-4o-mini,Build,10,name:R1,rpm:6000\
         &p=openai,gpt-4o-mini,Build,50,name:R2,rpm:6000\
         &p=anthropic,claude-opus-5-5,Scale,40,name:R3&requests-per-day=12000000\
         &avg-input-tokens=15&avg-output-tokens=3&hpa-max=100",
    );
    // 8,333 a minute: the two rows together hold 6,000 of them, be they split as they are.
    for option in &plan.routing.options {
        let shared = option.share_ratios[0] + option.share_ratios[1];
        let most = 6_000.0 / (12e6 / 1_440.0 * shared);
        assert!(
            option.max_scale.unwrap() <= most * (1.0 + 1e-9),
            "{option:?}"
        );
        assert!(option.fits != Some(true) || 1.0 <= most * 0.8, "{option:?}");
    }
    assert!(1 < plan.routing.options.len());
}

/// 500 RPM in each pod: 20 pods let 10,000 a minute through, and as many come at 8⅓ times 1,200. At
/// 1,200 only some of the pods run, but a higher load brings more of them. Divided by 20 pods, 500
/// in all are held by each one's 25: at twice 200 a minute 20 pods are not yet needed.
#[test]
fn a_limit_counted_in_each_pod_grows_with_the_pods() {
    let base = "peak-multiplier=1&shape=flat&avg-input-tokens=500&avg-output-tokens=100&hpa-max=20";
    let scale = |rest: &str| {
        let (scenario, _) = from_fragment(&format!("v=1&{base}&{rest}"));
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let full = plan.providers[0].tightest.and_then(|used| used.max_scale);
        (full.unwrap(), plan.gateway.running())
    };
    let own = "p=custom,x,,100,rpm:500,scope:gateway";
    let (full, running) = scale(&format!("requests-per-minute=1200&{own}"));
    assert!(running < 20);
    assert_near(full, 10_000.0 / 1_200.0, 1e-9);
    // Without an autoscaler's room it is the pods that run: 5 × 500 ÷ 1,200.
    let (full, _) = scale(&format!(
        "requests-per-minute=1200&hpa-min=5&hpa-max=5&{own}"
    ));
    assert_near(full, 2_500.0 / 1_200.0, 1e-9);
    // 1,990 a minute are over: two pods always run, and hold 200.
    let each = own.replace("500", "100");
    let (full, _) = scale(&format!("requests-per-minute=1990&{each}"));
    assert_near(full, 200.0 / 1_990.0, 1e-9);
    // A later place gets what 20 × 500 leave: 300 of it are full at (10,000 + 300) ÷ 1,200.
    let later = "p=custom,y,,100,rpm:300,order:2,name:Later";
    let behind = |rest: &str| {
        let (scenario, _) = from_fragment(&format!("v=1&{base}&{rest}&{own}&{later}"));
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let full = plan.providers[1].tightest.and_then(|used| used.max_scale);
        full.unwrap()
    };
    assert_near(behind("requests-per-minute=1200"), 10_300.0 / 1_200.0, 1e-9);
    // Five pods whatever the load: (2,500 + 300) ÷ 1,200.
    assert_near(
        behind("requests-per-minute=1200&hpa-min=5&hpa-max=5"),
        2_800.0 / 1_200.0,
        1e-9,
    );
    // The organization's own limit still bounds all of them.
    let tier = "p=openai,gpt-4o,Build,100,rpm:100,scope:gateway,tpm:none,spend-month:none";
    let (scenario, _) = from_fragment(&format!("v=1&{base}&requests-per-minute=60&{tier}"));
    let published = scenario.providers[0]
        .tier_row()
        .and_then(|row| row.rpm)
        .unwrap();
    let (full, _) = scale(&format!("requests-per-minute=60&{tier}"));
    assert!(
        full <= published / 60.0 * (1.0 + 1e-9),
        "{full}, {published}"
    );
}

/// Forty gateways are kept from 8 to 19 o'clock, and the busiest five minutes lie within: all of
/// them run and count their limits, and a zone leaves 26 × 50 = 1,300 a minute of 1,042.
#[test]
fn gateways_of_a_schedule_run_at_the_peak() {
    let link = "v=2&requests-per-day=500000&hpa-max=40&hpa-schedule=08:00-19:00:40\
                &p=custom,x,,100,rpm:50,scope:gateway,name:X,ttft:1,tps:60";
    let plan = evaluate(&from_fragment(link).0, date(2026, 11, 26));
    assert_eq!(plan.gateway.running(), 40);
    let rpm = 500_000.0 / 1_440.0 * 3.0;
    let used = plan.providers[0]
        .tightest
        .and_then(|used| used.state.ratio());
    assert_near(used.unwrap(), rpm / 2_000.0, 1e-9);
    let drill = plan.zone_drill.unwrap();
    assert_eq!(drill.pods_left, 26);
    assert_near(drill.served_ratio, 1.0, 1e-9);
    // Outside of it, nobody keeps them.
    let night = link.replace("08:00-19:00", "20:00-06:00");
    let plan = evaluate(&from_fragment(&night).0, date(2026, 11, 26));
    assert!(plan.gateway.running() < 40);
}

/// Two gateways that were measured to pass 1.5 requests a second each, or 3,000 tokens at
/// 2,000 a request, pass 3 ÷ 3.4722 = 86.4 % of 300,000 a day; the day that is lived loses as many.
#[test]
fn a_measured_gateway_passes_no_more_in_plan_and_day() {
    for measured in ["gateway-rps=1.5", "gateway-tps=3000"] {
        let scenario = scenario(&format!(
            "requests-per-day=300000&hpa-min=2&hpa-max=2&leaving=leave&{measured}\
             &avg-input-tokens=1900&avg-output-tokens=100&timeout=60\
             &p=custom,x,,100,ttft:1,rpm:none,tpm:none,name:X"
        ));
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let queue = &plan.queue;
        let lost = queue.loss_ratio.unwrap() + queue.gave_up_ratio.unwrap();
        assert_near(lost, 0.136, 1e-3);
        let lived = replay::asked(&scenario, &plan).unwrap().lived().unwrap();
        assert_near(lived.story().unanswered_ratio, 0.136, 0.02);
    }
}

/// 20 requests a minute all day. Of one provider that takes 10 a minute half are refused. Of two
/// with a weight each 10 a minute come to the first, which takes 4: six go on to the second, which
/// has room for all of them, for four of them, (6 − 4) ÷ 20 left, or is not asked, 6 ÷ 20 left. The
/// day that is lived says the same.
#[test]
fn what_providers_refuse_gets_no_answer_in_plan_and_day() {
    let flat = "requests-per-day=28800&timeout=600&overhead=0&avg-output-tokens=0\
         &avg-input-tokens=100";
    let two = "p=custom,x,,50,ttft:1,rpm:4,name:A&p=custom,y,,50,ttft:1,name:B";
    for (asked, expected) in [
        ("p=custom,x,,100,ttft:1,rpm:10".to_owned(), 0.5),
        (format!("{two},rpm:100"), 0.0),
        (format!("{two},rpm:14"), 0.1),
        (format!("{two},rpm:100&attempts=1"), 0.3),
    ] {
        let scenario = scenario(&format!("{flat}&{asked}"));
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let queue = &plan.queue;
        assert_near(queue.limited_ratio, expected, 1e-6);
        let sum = queue.unserved_ratio.unwrap();
        assert_near(sum, expected, 1e-3);
        let lived = replay::asked(&scenario, &plan).unwrap().lived().unwrap();
        assert_near(lived.story().unanswered_ratio, sum, 0.025);
    }
}

/// Half of the calls fail and two are made: 1.5 calls of a second on average, the second one half
/// a second after the first in one of two requests. Beside one call of a second the gateway takes
/// 0.01 s of its own, 0.25 s between the calls and 0.5 s for those that fail: 0.76 s, twice that is
/// told. Where slots are 94 % full, twice the wait for one is.
#[test]
fn the_alert_on_the_gateways_own_time_sleeps_as_planned() {
    let limit_s = |fragment: &str| {
        let scenario = scenario(fragment);
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let file = export::file("prometheus-rules.yaml", &scenario, &plan, "").unwrap();
        let (_, rest) = file.text.split_once("alert: GatewayOverheadHigh").unwrap();
        let (_, rest) = rest.split_once("> ").unwrap();
        let end = rest.find(|c: char| c != '.' && !c.is_ascii_digit());
        rest[..end.unwrap()].parse::<f64>().unwrap()
    };
    let tried = "requests-per-day=1000&failures=50&attempts=2&retry-delay=500&overhead=10\
         &avg-output-tokens=0&p=custom,x,,100,ttft:1,rpm:100000";
    assert_near(limit_s(tried), 1.52, 0.01);
    let quiet = "requests-per-day=1000&overhead=10&avg-output-tokens=0\
         &p=custom,x,,100,ttft:1,rpm:100000";
    assert_near(limit_s(quiet), 0.02, 1e-9);
    // M/M/16 under 15, of which none is refused: Erlang C 0.729 and a wait of 0.729 ÷ (16 − 15)
    // service times of 8 s, less what leaves after 22 s; simulated 0.5757 of 8 s.
    let full = "requests-per-day=2430000&timeout=30&queue-size=1000&overhead=0&avg-output-tokens=0\
         &hpa-min=15&hpa-max=15&p=custom,x,,100,ttft:8,rpm:100000";
    assert_near(limit_s(full), 2.0 * 0.5757 * 8.0, 0.06 * 2.0 * 0.5757 * 8.0);
}

/// Two rows of one account share eight requests at once: in the day that is lived too. 0.6 a second
/// for 8 s are 4.8 at once. Erlang B, b = a b ÷ (k + a b) from 1, of 8 under 4.8 is 0.0609; where
/// each row has eight of its own under 2.4 it is 0.0025.
#[test]
fn requests_at_once_of_one_account_count_together_in_the_day() {
    let own = "openai,gpt-4o,Grow,50,ttft:8,in-flight:8,rpm:none,tpm:none,name";
    let link = |second: &str| {
        scenario(&format!(
            "requests-per-day=51840&avg-output-tokens=0&overhead=0&attempts=1&timeout=600\
             &p={own}:R1&p={second}"
        ))
    };
    let refused = |scenario: &Scenario| {
        let plan = evaluate(scenario, date(2026, 11, 26));
        let lived = replay::asked(scenario, &plan).unwrap().lived().unwrap();
        lived.story().unanswered_ratio
    };
    assert_near(refused(&link(&format!("{own}:R2"))), 0.0609, 0.01);
    let other = "custom,x,,50,ttft:8,in-flight:8,rpm:none,tpm:none";
    assert_near(refused(&link(other)), 0.0025, 0.0025);
}

/// Without A, ten requests a second take 5 s and 200 ÷ 25 more: 130 are held in 160 slots, all
/// that the autoscaler may bring.
#[test]
fn what_the_others_carry_counts_their_slots() {
    let plan = plan(
        "peak-multiplier=1&shape=flat&requests-per-minute=600&avg-input-tokens=10\
         &avg-output-tokens=200&hpa-min=10&hpa-max=10&retention-days=10&overhead=0\
         &p=custom,a,,50,name:A,rpm:100000,ttft:1,tps:50\
         &p=custom,b,,50,name:B,rpm:100000,ttft:5,tps:25",
    );
    let more = words::plain_spaces(&more(&plan));
    let told = "With any one provider lost, the others carry up to 1.23 times today’s peak.";
    assert!(more.contains(told), "{more}");
}

/// 1.5 million batches a day on a queue that holds a third of them: no request is refused.
#[test]
fn batches_that_wait_do_not_fill_the_gateways() {
    let plan = plan(
        "requests-per-day=1500000&avg-input-tokens=100&avg-output-tokens=10&batch=100\
         &p=anthropic,claude-sonnet-5-5,Scale,100",
    );
    assert!(plan.providers[0].max_scale().unwrap() < 1.0);
    assert!(finding(&plan, "pods-in-vain").is_none());
}

/// One report a day takes 401 s on average; of all answers, 99.99 % are there within 30 s, and no
/// timeout of some seconds more brings the report.
#[test]
fn a_timeout_that_99_of_100_keep_is_not_raised() {
    let plan = plan(
        "peak-multiplier=1&shape=flat&w=a,1200/min,100,50&w=b,1/day,100,20000&hpa-min=3&hpa-max=3\
         &overhead=0&p=custom,x,,100,ttft:1,tps:50",
    );
    assert!(plan.patience.over_ratio < 0.01 && 0.9 < plan.patience.worst_ratio);
    let fixes = plan.findings.iter().flat_map(|found| &found.fixes);
    let raised = |fix: &&kt_capacity::plan::Fix| matches!(fix.change, Change::Timeout { .. });
    assert_eq!(fixes.filter(raised).count(), 0);
}
