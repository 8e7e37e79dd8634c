//! Findings of a simulated day, each with the cause and the time that a person reads off it.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::lived::{DayFinding, DayFindingKind, Lived, Minute, findings};
use kt_capacity::plan::evaluate;
use kt_capacity::replay;
use kt_capacity::say::day as say;
use kt_capacity::say::words::plain_spaces;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::MetricName;

fn day(link: &str) -> Lived {
    let (scenario, notices) = from_fragment(link);
    assert_eq!(notices, [], "{link}");
    let plan = evaluate(&scenario, date(2026, 1, 15));
    replay::asked(&scenario, &plan).unwrap().lived().unwrap()
}

fn found(lived: &Lived, is_it: impl Fn(&DayFindingKind) -> bool) -> Option<DayFinding> {
    findings(lived).into_iter().find(|one| is_it(&one.kind))
}

/// 60,000 requests of 1,000 tokens a day are 41.7 a minute, and two gateways let 20 of them through
/// each: 1.7 of 41.7 get no answer at least, 4 %, and more where chance gives one gateway more of
/// them. The provider refuses none.
#[test]
fn a_limit_that_gateways_count_is_told_where_it_holds_calls_back() {
    let lived = day("v=2&requests-per-day=60000&shape=flat&avg-input-tokens=500\
                     &avg-output-tokens=500&hpa-min=2&hpa-max=2\
                     &p=custom,x,,100,tpm:20000,scope:gateway");
    let held = found(&lived, |kind| {
        matches!(kind, DayFindingKind::HeldBack { .. })
    });
    let held = held.unwrap();
    assert_eq!(
        say::title(&held),
        "Gateways hold back calls to Other provider"
    );
    let refuses = |kind: &DayFindingKind| matches!(kind, DayFindingKind::ProviderRefuses { .. });
    assert_eq!(found(&lived, refuses), None);
    let lost = lived.story().unanswered_ratio;
    assert!((0.04..0.2).contains(&lost), "{lost}");
}

/// Five of a hundred calls fail by chance at every hour. Nobody waits before the morning's rise, so
/// the autoscaler is not late before it.
#[test]
fn failures_by_chance_do_not_make_the_autoscaler_late_at_night() {
    let link = |failures: u32| {
        format!(
            "v=2&requests-per-day=150000&attempts=1&failures={failures}\
             &p=custom,x,,100,tps:80,ttft:1"
        )
    };
    let is_late = |kind: &DayFindingKind| matches!(kind, DayFindingKind::LateAutoscaler { .. });
    let [calm, failing] = [0, 5].map(|failures| found(&day(&link(failures)), is_late));
    let minutes = |finding: &Option<DayFinding>| finding.as_ref().map(|one| one.from);
    let (calm, failing) = (minutes(&calm), minutes(&failing));
    assert_eq!(calm.is_some(), failing.is_some());
    if let Some((calm, failing)) = calm.zip(failing) {
        assert!(calm.abs_diff(failing) <= 15, "{calm}, {failing}");
    }
}

/// The autoscaler acts above its target × 1.1: 36 × 1.1 = 39.6 is within a queue of 40, and
/// 37 × 1.1 = 40.7 is not.
#[test]
fn a_queue_target_beyond_the_queue_is_out_of_reach() {
    for (target, is_out) in [(36, false), (37, true), (50, true)] {
        let lived = day(&format!(
            "v=2&requests-per-day=300000&queue-size=40&hpa-queue={target}&p=custom,x,,100"
        ));
        let title = found(&lived, |kind| {
            matches!(kind, DayFindingKind::CannotSee { .. })
        });
        let titles: Vec<String> = findings(&lived).iter().map(say::title).collect();
        let is_told = titles
            .iter()
            .any(|it| it == "The queue target is out of reach");
        assert_eq!(is_told, is_out, "{target}: {titles:?}, {title:?}");
        let changes = lived.results.scale.len();
        assert_eq!(changes == 0, is_out, "{target}: {changes}");
    }
}

/// Half of the calls of each of three providers fail by chance, be it just over or under a half.
#[test]
fn providers_that_fail_alike_are_all_named() {
    let lived = day("v=2&attempts=20&retry-delay=0&failures=50");
    let failing = findings(&lived);
    let failing = failing
        .iter()
        .filter(|one| matches!(one.kind, DayFindingKind::ProviderFails { .. }));
    assert_eq!(failing.count(), 3);
}

/// Four requests a minute, each for a fraction of a second, keep the only gateway at work in every
/// minute, although none is in flight at most minutes' ends.
#[test]
fn a_gateway_at_work_in_each_minute_is_not_too_much() {
    let lived = day(
        "v=2&requests-per-day=6000&hpa-min=0&hpa-max=5&hpa-cpu=&hpa-queue=\
                     &hpa-metrics=external-average/http_requests_per_second/1/1&seed=2\
                     &shape=flat&peak-multiplier=1",
    );
    assert_eq!(lived.story().pods_most, 1);
    let holds = |kind: &DayFindingKind| matches!(kind, DayFindingKind::HoldsTooMuch { .. });
    assert_eq!(found(&lived, holds), None);
    // Ten that always run for as many requests are nine too many: 216 pod-hours.
    let lived = day(
        "v=2&requests-per-day=6000&hpa-min=2&hpa-max=10&hpa-schedule=00:00-23:59:10&shape=flat\
         &peak-multiplier=1",
    );
    let held = found(&lived, holds);
    assert!(held.is_some_and(|held| 0.7 < held.share_ratio));
}

/// The rush at noon ends in the minutes after it: of the 398 questions that come from 12:01 on, and
/// of those that came before, 348 are answered and 522 lost: 60 % of the 870 that end.
#[test]
fn a_share_without_an_answer_is_of_those_that_end() {
    let lived = day(
        "v=2&requests-per-day=160000&shape=flat&hpa-schedule=11:30-12:35:4\
         &happens=spike/12:00-12:01:8&leaving=unnoticed&peak-multiplier=1&hpa-max=4&sends=3",
    );
    let worst = lived.story().worst.unwrap();
    let span = &lived.minutes()[worst.from..worst.to];
    let sum = |what: fn(&Minute) -> u64| span.iter().map(what).sum::<u64>();
    let ended = sum(|minute| minute.served + minute.unanswered);
    assert!(sum(|minute| minute.offered) < ended);
    let lost = sum(|minute| minute.unanswered) as f64 / ended as f64;
    assert!((worst.unanswered_ratio - lost).abs() < 1e-12);
    assert!((0.5..0.7).contains(&lost), "{lost}");
}

/// A gateway that carries 10 requests a second at full CPU spends 0.1 s of it on each. With answers
/// of 4 s its 16 slots let 4 a second through: 40 % of the CPU, and a target of 70 % is out of
/// reach while ten a second come to two gateways. One that carries 1,000 a second uses 0.4 %.
#[test]
fn slots_that_are_full_before_the_cpu_keep_its_target_out_of_reach() {
    for (rps_each, title, cause) in [
        (
            10,
            "The CPU target is out of reach",
            "the 16 slots of a gateway are full before",
        ),
        (
            1_000,
            "The CPU target cannot see this load",
            "uses almost no CPU",
        ),
    ] {
        let lived = day(&format!(
            "v=2&requests-per-day=864000&shape=flat&peak-multiplier=1&overhead=0&hpa-min=2\
             &hpa-cpu=70&hpa-queue=&vcpu=1&gateway-rps={rps_each}&avg-input-tokens=0\
             &avg-output-tokens=0&p=custom,x,,1,ttft:4"
        ));
        let is_blind = |kind: &DayFindingKind| matches!(kind, DayFindingKind::CannotSee { .. });
        let blind = found(&lived, is_blind).unwrap();
        assert_eq!(say::title(&blind), title);
        let said = plain_spaces(&say::message(&blind, &lived.facts));
        assert!(said.contains(cause), "{said}");
    }
}

/// A metric of 0 at every reading is no proof that nobody waits.
#[test]
fn a_queue_between_two_readings_is_told() {
    let facts = day("v=2&requests-per-day=1000").facts;
    let said = |waited: u64| {
        let blind = DayFinding {
            kind: DayFindingKind::CannotSee {
                metric: MetricName::QueueDepth,
                highest: 0.0,
                target: 50.0,
                out_of_reach: None,
                waited,
            },
            from: 600,
            to: 610,
            share_ratio: 1.0,
        };
        plain_spaces(&say::message(&blind, &facts))
    };
    assert!(said(0).contains("nobody waits in any gateway"));
    assert!(said(44).contains("although 44 requests leave while they wait or start too late"));
}

/// Six requests a second of 3 s each keep 18 of the 80 slots of five gateways; of 6 s, 36; of 18 s,
/// 108 would, so that a quarter waits too long or gets no answer.
#[test]
fn a_slow_provider_is_named_where_it_takes_the_slots() {
    for (times, is_named) in [(2, false), (6, true)] {
        let lived = day(&format!(
            "v=2&requests-per-day=518400&shape=flat&peak-multiplier=1&overhead=0&hpa-min=5\
             &hpa-max=5&happens=provider-slow/10:00-12:00:custom:{times}&avg-input-tokens=0\
             &avg-output-tokens=0&p=custom,x,,1,ttft:3"
        ));
        let is_slow = |kind: &DayFindingKind| matches!(kind, DayFindingKind::ProviderSlow { .. });
        let slow = found(&lived, is_slow);
        assert_eq!(slow.is_some(), is_named, "{times}: {:?}", findings(&lived));
        let Some(slow) = slow else { continue };
        assert_eq!((slow.from, slow.to), (600, 720));
        assert!(0.2 < slow.share_ratio, "{slow:?}");
        assert_eq!(say::title(&slow), "Other provider is slow");
        let said = plain_spaces(&say::message(&slow, &lived.facts));
        assert!(said.contains("take 6 times as long"), "{said}");
    }
}
