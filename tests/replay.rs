//! Simulated day under exported files, compared with another program's.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::export;
use kt_capacity::lived::{DayFinding, DayFindingKind, Facts, Lived, findings};
use kt_capacity::plan::{Change, Plan, evaluate};
use kt_capacity::replay::{self, Options, Problem, Search, lived, manifest, parse};
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::{
    Change as DayChange, Count, MetricName, Results, Room, Simulation, Status,
};

/// The guide's split and manifest, ten times its load.
fn busy() -> (Scenario, Plan) {
    let mut scenario = Scenario::default();
    scenario.workloads[0].requests = 500_000.0;
    let plan = evaluate(&scenario, date(2026, 11, 23));
    (scenario, plan)
}

/// The texts of the two files that a day runs.
fn files(scenario: &Scenario, plan: &Plan) -> [String; 2] {
    ["deployment.yaml", "hpa.yaml"].map(|name| export::file(name, scenario, plan, "").unwrap().text)
}

/// Share late in percent, share refused in percent, pod-hours, changes of the wanted number.
fn found(results: &Results) -> [f64; 4] {
    let counts = &results.totals.counts;
    let of = |count| counts.of(count) as f64;
    [
        100.0 * of(Count::Late) / of(Count::Started),
        100.0 * of(Count::Refused) / of(Count::Offered),
        results.totals.pod_ms as f64 / 3.6e6,
        results.scale.len() as f64,
    ]
}

/// The values are those of a simulator outside this crate on the same day: metrics 15 s
/// old, 30 s to start a pod, requests sent to pods at random, no provider limits.
#[test]
fn the_day_is_the_one_that_another_program_lived() {
    let (scenario, plan) = busy();
    let [deployment, hpa] = files(&scenario, &plan);
    let least = |pods| hpa.replace("minReplicas: 2", &format!("minReplicas: {pods}"));
    let third = "  behavior:";
    let in_flight = [
        "    - type: Pods",
        "      pods:",
        "        metric:",
        "          name: kt_requests_in_flight",
        "        target:",
        "          type: AverageValue",
        "          averageValue: \"13\"",
        third,
    ];
    let cases: [(&str, String, [f64; 4], [f64; 4]); 5] = [
        (
            "as exported",
            hpa.clone(),
            [27.0, 2.6, 112.0, 383.0],
            [4.0, 1.0, 6.0, 40.0],
        ),
        (
            "at least 11",
            least(11),
            [0.3, 0.0, 264.0, 0.0],
            [0.5, 0.1, 1.0, 0.0],
        ),
        (
            "at least 16",
            least(16),
            [0.0, 0.0, 384.0, 0.0],
            [0.1, 0.1, 1.0, 0.0],
        ),
        (
            "queue of two",
            hpa.replace("averageValue: \"50\"", "averageValue: \"2\""),
            [0.3, 0.0, 151.0, 223.0],
            [0.5, 0.1, 8.0, 40.0],
        ),
        (
            "requests in flight",
            hpa.replace(third, &in_flight.join("\n")),
            [0.0, 0.0, 132.0, 25.0],
            [0.2, 0.1, 6.0, 15.0],
        ),
    ];
    let options = Options {
        has_limits: false,
        ..Options::default()
    };
    for (name, hpa, expected, near) in cases {
        let manifest = manifest(&[&deployment, &hpa]).unwrap();
        assert_eq!(manifest.left_out, Vec::<String>::new(), "{name}");
        let results = lived(&scenario, &plan, &manifest, &options, 1).unwrap();
        let found = found(&results);
        for ((found, expected), near) in found.into_iter().zip(expected).zip(near) {
            assert!(
                (found - expected).abs() <= near,
                "{name}: {found}, there {expected}"
            );
        }
    }
}

#[test]
fn the_files_decide_and_not_the_scenario() {
    let (scenario, plan) = busy();
    let [deployment, hpa] = files(&scenario, &plan);
    let manifest = manifest(&[&deployment, &hpa]).unwrap();
    assert_eq!((manifest.limits.min, manifest.limits.max), (2, 20));
    assert_eq!(manifest.slots, Some(16));
    assert_eq!(
        (manifest.cpu_request_m, manifest.cpu_limit_m),
        (Some(1_000), Some(2_000))
    );
    assert_eq!((manifest.drain_ms, manifest.is_spread), (40_000, true));
    assert_eq!(manifest.rolling, (Room::Percent(25), Room::Pods(0)));
    let targets: Vec<_> = manifest
        .targets
        .iter()
        .map(|each| (each.name, each.target))
        .collect();
    let expected = [(MetricName::Cpu, 70), (MetricName::QueueDepth, 50_000)];
    assert_eq!(targets, expected);
    let behavior = manifest.limits.behavior.unwrap();
    assert_eq!(behavior.up.window_ms, Some(60_000));
    assert_eq!(behavior.down.policies[0].value, 25);
}

/// The other program lived this day with a minimum of 11 (0.3 % late), a queue target of 2 (0.3 %)
/// and a target of 13 requests in flight (none): each keeps the goals of 1 % late and 0.5 %
/// unanswered, so that no gentler value may be missed, and none that is offered may fail.
#[test]
fn what_goes_wrong_is_told_and_what_mends_it_is_found() {
    let (scenario, plan) = busy();
    let options = Options {
        has_limits: false,
        ..Options::of_day(&scenario)
    };
    let files = files(&scenario, &plan);
    let manifest = manifest(&[&files[0], &files[1]]).unwrap();
    let config = replay::config(&scenario, &plan, &manifest, &options).unwrap();
    let day = Lived {
        facts: Facts::of(&config, &scenario, &plan),
        results: lived(&scenario, &plan, &manifest, &options, 1).unwrap(),
    };
    let story = day.story();
    assert!(
        (23.0..31.0).contains(&(story.late_ratio * 100.0)),
        "{story:?}"
    );
    assert!(
        (1.6..3.6).contains(&(story.refused_ratio * 100.0)),
        "{story:?}"
    );
    let found = findings(&day);
    let has = |is: fn(&DayFindingKind) -> bool| found.iter().any(|each| is(&each.kind));
    assert!(has(|kind| matches!(
        kind,
        DayFindingKind::LateAutoscaler { pods_from: 2, .. }
    )));
    assert!(has(|kind| matches!(kind, DayFindingKind::Flaps { .. })));
    let blind = |metric: MetricName| {
        found.iter().any(|each| {
            matches!(each.kind, DayFindingKind::CannotSee { metric: of, .. } if of == metric)
        })
    };
    assert!(blind(MetricName::Cpu) && blind(MetricName::QueueDepth));

    let today = date(2026, 11, 23);
    let mut search = Search::new(&scenario, &plan, today, options.clone(), story);
    while let Some(asked) = search.next_day() {
        let mut run = Simulation::new(asked.question.config, asked.question.seed).unwrap();
        while run.step(1_000_000) == Status::Running {}
        search.hear(&run.results());
    }
    let mut found = [None; 3];
    let mut hours = [f64::NAN; 2];
    let mut scheduled = None;
    for mend in search.found() {
        assert!(
            mend.late_ratio <= 0.01 && mend.unanswered_ratio <= 0.005,
            "{mend:?}"
        );
        assert_eq!(mend.seeds, 3);
        match mend.change {
            Change::HpaMinimum { from: 2, to, .. } => {
                found[0] = Some(to);
                hours[0] = mend.after.pod_hours;
            }
            Change::Schedule { added, .. } => {
                scheduled = Some(added);
                hours[1] = mend.after.pod_hours;
            }
            Change::QueueTarget { from: 50.0, to } => found[1] = Some(to),
            Change::InFlightTarget { from: None, to } => found[2] = Some(to),
            _ => {}
        }
    }
    let [minimum, queue, in_flight] = found.map(Option::unwrap);
    assert!((9..=11).contains(&minimum), "{minimum}");
    // The same fleet, but for the night: where the minimum stands all day, the schedule saves.
    let added = scheduled.unwrap();
    assert!(added.pods.abs_diff(minimum) <= 2, "{added:?}");
    let on = f64::from(added.to_min - added.from_min) / 60.0;
    let least = on * f64::from(added.pods) + (24.0 - on) * 2.0;
    assert!(
        least - 2.0 <= hours[1] && hours[1] < hours[0],
        "{hours:?} {added:?}"
    );
    assert!((2..=5).contains(&queue), "{queue}");
    // 16 slots ÷ 1.1 is 14.5.
    assert!((13..=14).contains(&in_flight), "{in_flight}");
}

/// A minute of eight times the load on a small fleet: 1.85 requests a second of 9.7 s hold 18 of
/// 32 slots. Clients leave after 30 s and send three times, and the gateway answers those who
/// have left: nobody is answered in time for the rest of the day. A queue that a pod empties
/// within 30 s (16 slots ÷ 9.7 s × 30 s: 50) holds hardly anybody who has left, and neither does
/// a bound on the wait.
#[test]
fn a_retry_storm_does_not_recover_and_a_shorter_queue_mends_it() {
    let link = "v=2&requests-per-day=160000&shape=flat&peak-multiplier=1&hpa-min=2&hpa-max=2\
                &leaving=unnoticed&sends=3&happens=spike/12:00-12:01:8";
    let (mut scenario, _) = from_fragment(link);
    let today = date(2026, 11, 23);
    let options = |scenario: &Scenario| Options {
        has_limits: false,
        ..Options::of_day(scenario)
    };
    let day = |scenario: &Scenario| {
        let plan = evaluate(scenario, today);
        let texts = files(scenario, &plan);
        let manifest = manifest(&[&texts[0], &texts[1]]).unwrap();
        let options = options(scenario);
        let config = replay::config(scenario, &plan, &manifest, &options).unwrap();
        Lived {
            facts: Facts::of(&config, scenario, &plan),
            results: lived(scenario, &plan, &manifest, &options, 1).unwrap(),
        }
    };
    let storm = day(&scenario);
    let served = |day: &Lived, from: usize| -> u64 {
        let last = &day.results.buckets[from..];
        last.iter().map(|each| each.counts.of(Count::Served)).sum()
    };
    // From 13:00 on; 6,667 an hour arrive.
    assert!(served(&storm, 13 * 60) < 100, "{}", served(&storm, 13 * 60));
    assert!((0.45..0.52).contains(&storm.story().unanswered_ratio));
    let kinds: Vec<DayFindingKind> = findings(&storm).into_iter().map(|each| each.kind).collect();
    let sends = kinds.iter().find_map(|kind| match kind {
        DayFindingKind::RetriesAmplify { sends_each, .. } => Some(*sends_each),
        _ => None,
    });
    // From the spike on each question is sent three times.
    assert!((2.9..3.05).contains(&sends.unwrap()), "{sends:?}");
    assert!(
        kinds
            .iter()
            .any(|kind| matches!(kind, DayFindingKind::AnswersUnheard { .. }))
    );

    let plan = evaluate(&scenario, today);
    let mut search = Search::new(&scenario, &plan, today, options(&scenario), storm.story());
    while let Some(asked) = search.next_day() {
        let mut run = Simulation::new(asked.question.config, asked.question.seed).unwrap();
        while run.step(1_000_000) == Status::Running {}
        search.hear(&run.results());
    }
    let offered = |is: fn(&Change) -> bool| search.found().iter().any(|mend| is(&mend.change));
    assert!(offered(|change| matches!(
        change,
        Change::QueueSize { to: 25..=50, .. }
    )));
    assert!(offered(|change| matches!(
        change,
        Change::MaxWait { from: None, .. }
    )));
    scenario.gateway.queue_max_size = 40;
    let mended = day(&scenario);
    assert!(mended.story().is_kept, "{:?}", mended.story());
    // Eleven hours of 6,667.
    assert!((71_000..76_000).contains(&served(&mended, 13 * 60)));
}

#[test]
fn what_no_cluster_could_run_is_said() {
    for (text, part) in [
        ("kind: Deployment", "no HorizontalPodAutoscaler"),
        ("kind: HorizontalPodAutoscaler\nspec: {}", "no maxReplicas"),
        ("a: [", "neither YAML nor JSON"),
    ] {
        let problem = manifest(&[text]).unwrap_err();
        assert!(problem.to_string().contains(part), "{problem}");
    }
    let external = "kind: HorizontalPodAutoscaler\nspec:\n  maxReplicas: 3\n  metrics:\n    \
                    - type: External\n";
    assert_eq!(manifest(&[external]).unwrap().left_out.len(), 1);
    // A patch says nothing of what it leaves as it is.
    let patch = "kind: HorizontalPodAutoscaler\nmetadata: {name: gateway}\nspec: {maxReplicas: 9, \
                 behavior: {scaleDown: {$patch: delete}}}\n";
    let told = manifest(&[patch]).map(drop).unwrap_err().to_string();
    assert!(told.contains("is a patch"), "{told}");
}

/// KEDA's own object of the same plan says the same: least, most, targets and steps.
#[test]
fn a_scaled_object_is_the_autoscaler_that_keda_makes_of_it() {
    let (scenario, plan) = busy();
    let [deployment, hpa] = files(&scenario, &plan);
    let keda = export::file("keda-scaledobject.yaml", &scenario, &plan, "").unwrap();
    let mut scaled = manifest(&[&deployment, &keda.text]).unwrap();
    assert_eq!(scaled.left_out, Vec::<String>::new());
    let mut expected = manifest(&[&deployment, &hpa]).unwrap();
    // KEDA hands over the sum of the queues, where the other file reads the queue of each pod.
    for target in &mut expected.targets {
        target.is_summed = target.name == MetricName::QueueDepth;
    }
    scaled.targets.sort_by_key(|target| target.name as u8);
    assert_eq!(scaled, expected);

    // KEDA's defaults: 0 to 100 pods, of which one stays here; a share of a queue is not known.
    let bare = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: gateway}\n\
                spec:\n  scaleTargetRef: {name: gateway}\n  triggers:\n  - type: kafka\n    \
                metadata: {}\n";
    let bare = manifest(&[bare]).unwrap();
    assert_eq!((bare.limits.min, bare.limits.max), (1, 100));
    assert_eq!(bare.left_out.len(), 1, "{:?}", bare.left_out);
    let scenario = Scenario::default();
    assert_eq!(replay::left_out(&scenario, &bare).len(), 2);
    assert!(bare.targets.is_empty());
}

/// Of simultaneous limit cuts on one provider the deepest applies, in any order.
#[test]
fn overlapping_cuts_leave_the_least() {
    let (scenario, plan) = busy();
    let [deployment, hpa] = files(&scenario, &plan);
    let manifest = manifest(&[&deployment, &hpa]).unwrap();
    let steps = |events: &[&str]| -> Vec<(u64, u32)> {
        let options = Options {
            happenings: events.iter().map(|event| parse(event).unwrap()).collect(),
            ..Options::default()
        };
        let config = replay::config(&scenario, &plan, &manifest, &options).unwrap();
        let mut steps: Vec<(u64, u32)> = config
            .events
            .iter()
            .filter_map(|event| match event.change {
                DayChange::Limits { permille, .. } => Some((event.at_ms / 3_600_000, permille)),
                _ => None,
            })
            .collect();
        steps.sort_unstable();
        steps
    };
    let (wide, deep) = (
        "limit-cut@10:00-14:00:openai:50",
        "limit-cut@11:00-12:00:openai:25",
    );
    let both = [(10, 500), (11, 250), (12, 500), (14, 1_000)];
    assert_eq!(steps(&[wide, deep]), both);
    assert_eq!(steps(&[deep, wide]), both);
    let before = "limit-cut@10:00-11:00:openai:50";
    let next = [(10, 500), (11, 250), (12, 1_000)];
    assert_eq!(steps(&[deep, before]), next);
    assert_eq!(steps(&[before, deep]), next);
}

/// Nothing waits where the only provider fails: neither pods nor queue are to blame.
#[test]
fn a_failing_provider_is_named_and_the_autoscaler_is_not_blamed() {
    let link = "v=2&requests-per-day=100000&shape=flat&peak-multiplier=1&provider=openai&hpa-min=4\
                &hpa-max=4&happens=provider-fails/12:00-13:00:openai";
    let (scenario, _) = from_fragment(link);
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let asked = replay::asked(&scenario, &plan).unwrap();
    let mut run = Simulation::new(asked.question.config, asked.question.seed).unwrap();
    while run.step(1_000_000) == Status::Running {}
    let day = Lived {
        facts: asked.facts,
        results: run.results(),
    };
    let found = findings(&day);
    let fails = found
        .iter()
        .find(|each| matches!(each.kind, DayFindingKind::ProviderFails { .. }));
    let fails = fails.expect("the provider that fails");
    assert_eq!((fails.from, fails.to), (720, 780));
    assert!(0.99 < fails.share_ratio, "{}", fails.share_ratio);
    let is_blamed = |each: &DayFinding| {
        matches!(
            each.kind,
            DayFindingKind::AtMaximum { .. }
                | DayFindingKind::CannotSee { .. }
                | DayFindingKind::LateAutoscaler { .. }
        )
    };
    assert!(!found.iter().any(is_blamed), "{found:?}");
}

/// The metric that asks for the most pods decides. At 13 requests in flight the autoscaler acts
/// from 14.3 on, at 14 from 15.4 on, both below the 16 slots; at 15 it would from 16.5 on, and
/// never does.
#[test]
fn only_an_autoscaler_that_never_acts_is_called_blind() {
    let told = |link: &str| {
        let (scenario, dropped) = from_fragment(&format!("v=2&requests-per-day=500000&{link}"));
        assert_eq!(dropped, [], "{link}");
        let plan = evaluate(&scenario, date(2026, 11, 23));
        let day = replay::asked(&scenario, &plan).unwrap().lived().unwrap();
        findings(&day)
    };
    let is_blind = |each: &DayFinding| matches!(each.kind, DayFindingKind::CannotSee { .. });
    let large = "p=openai,gpt-4o,Grow,100&hpa-max=40";
    let lost = told(&format!(
        "{large}&hpa-in-flight=13&happens=zone-loss/12:00-13:00:1"
    ));
    assert!(!lost.iter().any(is_blind), "{lost:?}");
    let is_lost = |each: &&DayFinding| matches!(each.kind, DayFindingKind::PodsLost { .. });
    let lost = lost.iter().find(is_lost).expect("the zone that is lost");
    // Noticed after 50 s and replaced after five minutes more, in the sixth minute.
    assert_eq!(lost.from, 720);
    assert!((725..=726).contains(&lost.to), "{lost:?}");
    let within = told(&format!("{large}&hpa-in-flight=14"));
    assert!(!within.iter().any(is_blind), "{within:?}");
    let beyond = told(&format!("{large}&hpa-in-flight=15&leaving=leave"));
    let is_beyond = |each: &DayFinding| {
        let kind = &each.kind;
        matches!(kind, DayFindingKind::CannotSee { metric, .. } if *metric == MetricName::InFlight)
    };
    assert!(beyond.iter().any(is_beyond), "{beyond:?}");
}

/// One call in twenty fails by chance, also at night, when a minute has one or two: no provider
/// fails for that.
#[test]
fn failures_by_chance_are_no_failing_provider() {
    let (scenario, _) = from_fragment("v=2&failures=5");
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let asked = replay::asked(&scenario, &plan).unwrap();
    let mut run = Simulation::new(asked.question.config, asked.question.seed).unwrap();
    while run.step(1_000_000) == Status::Running {}
    let day = Lived {
        facts: asked.facts,
        results: run.results(),
    };
    assert!(1_000 < day.results.totals.providers[0].errors);
    let found = findings(&day);
    let fails = |each: &DayFinding| matches!(each.kind, DayFindingKind::ProviderFails { .. });
    assert!(!found.iter().any(fails), "{found:?}");
}

/// Of 100 calls ten fail, and each is tried once: 10 % of the requests get no answer all day, 20
/// times the goal. Both providers are named for the whole day, with a tenth of their calls.
#[test]
fn failures_that_break_the_goal_all_day_are_named() {
    let (scenario, _) =
        from_fragment("v=2&requests-per-day=100000&failures=10&attempts=1&hpa-min=8");
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let day = replay::asked(&scenario, &plan).unwrap().lived().unwrap();
    assert!(!day.story().is_kept);
    let found = findings(&day);
    let of_provider =
        |each: &&DayFinding| matches!(each.kind, DayFindingKind::ProviderFails { .. });
    let fails: Vec<&DayFinding> = found.iter().filter(of_provider).collect();
    assert_eq!(fails.len(), scenario.providers.len(), "{found:?}");
    for one in fails {
        assert!((one.share_ratio - 0.1).abs() < 0.01, "{one:?}");
        assert!(one.from < 60 && 1_380 < one.to, "{one:?}");
    }
}

#[test]
fn bounds_that_cross_are_refused() {
    let text = "kind: HorizontalPodAutoscaler\nspec:\n  minReplicas: 5\n  maxReplicas: 3\n";
    let problem = manifest(&[text]).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "minReplicas, 5, is above maxReplicas, 3"
    );
}

#[test]
fn a_lost_zone_and_a_lost_provider_are_felt() {
    let (scenario, plan) = (
        Scenario::default(),
        evaluate(&Scenario::default(), date(2026, 11, 23)),
    );
    let [deployment, hpa] = files(&scenario, &plan);
    let manifest = manifest(&[&deployment, &hpa]).unwrap();
    let all = |events: &[&str]| {
        let options = Options {
            happenings: events.iter().map(|event| parse(event).unwrap()).collect(),
            ..Options::default()
        };
        lived(&scenario, &plan, &manifest, &options, 1)
    };
    let with = |event: &str| all(&[event]);
    let quiet = lived(&scenario, &plan, &manifest, &Options::default(), 1).unwrap();
    assert_eq!(quiet.totals.counts.of(Count::Failed), 0);
    // The first of two pods is in zone 0, and half the requests go on to it until it is noticed.
    let lost = with("zone-loss@10:30:0").unwrap();
    assert!(0 < lost.totals.counts.of(Count::Failed));
    let outage = with("provider-fails@10:00-11:00:openai").unwrap();
    assert!(0 < outage.totals.providers[0].errors);
    // A hanging call is over when its client would have left; none holds its slot for ever.
    let hung = with("provider-hangs@10:00-11:00:openai").unwrap();
    assert!(0 < hung.totals.providers[0].timeouts);
    assert!(hung.totals.open < 100, "{}", hung.totals.open);
    // Three times as long in each of a hundred minutes, and a thousandth of the limits for an hour.
    let tokens = |results: &Results| results.totals.slot_ms as f64;
    let slow = with("provider-slow@10:00-11:40:openai:3").unwrap();
    assert!(1.02 * tokens(&quiet) < tokens(&slow));
    // Twice of three times as long is six times.
    let twice = ["3", "2"].map(|by| format!("provider-slow@10:00-11:40:openai:{by}"));
    let both = all(&twice.each_ref().map(String::as_str)).unwrap();
    let slower = with("provider-slow@10:00-11:40:openai:6").unwrap();
    assert_eq!(both.totals, slower.totals);
    let cut = with("limit-cut@10:00-11:00:openai:0.1").unwrap();
    assert!(quiet.totals.providers[0].rejected < cut.totals.providers[0].rejected);
    for text in [
        "provider-slow@10:00-11:00:openai:x",
        "limit-cut@10:00-11:00:openai:101",
        "limit-cut@10:00-11:00",
    ] {
        assert!(matches!(with(text), Err(Problem::Event(_))), "{text}");
    }
    let unknown = with("provider-fails@10:00-11:00:nobody");
    assert!(matches!(unknown, Err(Problem::Event(_))));
}

#[cfg(feature = "cli")]
mod command {
    use std::process::{Command, Output};

    use serde_json::Value;

    fn simulate(arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_kt-capacity"))
            .arg("simulate")
            .args(arguments)
            .output()
            .unwrap()
    }

    fn printed(arguments: &[&str]) -> String {
        let output = simulate(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {told}");
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn the_same_day_is_printed_in_three_ways() {
        let json: Value = serde_json::from_str(&printed(&["--json", "--seed", "3"])).unwrap();
        let offered = json["totals"]["offered"].as_u64().unwrap();
        assert!((48_000..52_000).contains(&offered), "{offered}");
        let hours = json["hours"].as_array().unwrap();
        let by_hour = hours.iter().map(|hour| hour["offered"].as_u64().unwrap());
        assert_eq!(by_hour.sum::<u64>(), offered);
        let csv = printed(&["--csv", "--seed", "3"]);
        let rows = csv.lines().skip(1);
        let column = rows.map(|row| row.split(',').nth(1).unwrap().parse::<u64>().unwrap());
        assert_eq!(column.sum::<u64>(), offered);
        let table = printed(&["--seed", "3"]);
        assert!(
            table.contains(&format!("\n{offered} requests, ")),
            "{table}"
        );
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        for (arguments, part) in [
            (["--event", "flood@12:00"], "Allowed"),
            (["--event", "provider-fails@10:00-11:00:nobody"], "openai"),
            (["--manifest", "/no/such/file"], "/no/such/file"),
            (["--set", "happens=flood/12:00"], "flood/12:00"),
        ] {
            let output = simulate(&arguments);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(told.contains(part), "{told}");
        }
    }
}

/// Pods there are at the ends of the run's pieces, at most.
fn most_existing(link: &str) -> u32 {
    let (scenario, _) = from_fragment(link);
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let asked = replay::asked(&scenario, &plan).unwrap();
    let mut run = Simulation::new(asked.question.config, asked.question.seed).unwrap();
    while run.step(1_000_000) == Status::Running {}
    let buckets = run.results().buckets;
    buckets.iter().map(|bucket| bucket.existing).max().unwrap()
}

/// Of 12 pods a quarter is three, whereas one pod is one pod: 15 and 13 in the update.
#[test]
fn an_update_adds_as_many_pods_as_the_file_counts() {
    let link = "v=2&requests-per-day=20000&shape=flat&hpa-min=12&hpa-max=12&\
                happens=rollout/12:00";
    assert_eq!(most_existing(&format!("{link}&surge=25")), 15);
    assert_eq!(most_existing(&format!("{link}&surge=25&surge-pods=1")), 13);
}
