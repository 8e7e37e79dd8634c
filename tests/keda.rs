//! KEDA and the autoscaler's own way to nothing: schedules, polling, cooldown and fallback, each
//! worked out by hand from `pkg/scaling/executor`, `pkg/fallback` and `pkg/scalers` of KEDA 2.20
//! and from KEP-2021.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::export;
use kt_capacity::import;
use kt_capacity::lived::{DayFinding, DayFindingKind, Facts, Lived, Stuck, findings};
use kt_capacity::model::hpa::{Limits, Timing};
use kt_capacity::plan::evaluate;
use kt_capacity::replay::{self, Options, lived, manifest};
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::{
    Activation, Arrivals, Calls, Change, Client, Config, Count, Event, Fallback, Further,
    FurtherKind, Gateway, Hpa, Keeps, Load, MetricName, MetricOutage, Metrics, Planned, Provider,
    Results, Routing, Schedule, Simulation, Status, Target, Trigger,
};

/// One pod at first, metrics read at once, an autoscaler of 1 to 10 without a behavior.
fn config(duration_ms: u64, arrivals: &[u64]) -> (Config, Hpa) {
    let planned = |at_ms: &u64| Planned {
        at_ms: *at_ms,
        service_ms: Some(1_000),
        ..Planned::default()
    };
    let config = Config {
        duration_ms,
        bucket_ms: duration_ms,
        late_ms: 0,
        clients: vec![Client::default()],
        arrivals: Arrivals::List(arrivals.iter().map(planned).collect()),
        providers: vec![Provider::default()],
        quotas: Vec::new(),
        gateway: Gateway::default(),
        calls: Calls::default(),
        metrics: Metrics::default(),
        hpa: None,
        events: Vec::new(),
        stop: None,
    };
    let hpa = Hpa {
        limits: Limits::new(1, 10, None),
        metrics: Vec::new(),
        further: Vec::new(),
        schedules: Vec::new(),
        activation: None,
        fallback: None,
        sync_ms: 15_000,
        offset_ms: 0,
        timing: Timing::default(),
    };
    (config, hpa)
}

fn run(config: Config, hpa: Hpa) -> Results {
    let config = Config {
        hpa: Some(hpa),
        ..config
    };
    let mut run = Simulation::new(config, 1).unwrap();
    while run.step(1_000) == Status::Running {}
    run.results()
}

/// When the wanted number changed, in seconds, and to what.
fn changes(results: &Results) -> Vec<(u64, u32)> {
    let scale = results.scale.iter();
    scale
        .map(|each| {
            assert_eq!(each.at_ms % 1_000, 0);
            (each.at_ms / 1_000, each.pods)
        })
        .collect()
}

fn activation(triggers: Vec<Trigger>) -> Activation {
    Activation {
        polling_ms: 30_000,
        offset_ms: 0,
        cooldown_ms: 60_000,
        initial_cooldown_ms: 0,
        idle: 0,
        least: 1,
        triggers,
    }
}

fn requests_above(above_m: i64) -> Trigger {
    Trigger::Above {
        load: Load::PerRps(1_000),
        above_m,
    }
}

/// Never active, it goes down at the first look after the start. What arrives at 100 s fails, and
/// is past when KEDA looks at 120 s; what arrives at 119 s fails and wakes it. The pod is ready at
/// 150 s, just too late for a third. Active last at 150 s, for that one, it cools down until 210 s,
/// itself too early.
#[test]
fn the_fleet_goes_to_nothing_and_wakes_at_the_next_look() {
    let (config, mut hpa) = config(300_000, &[100_000, 119_000, 149_999, 151_000]);
    hpa.activation = Some(activation(vec![requests_above(0)]));
    let results = run(config.clone(), hpa.clone());
    assert_eq!(changes(&results), [(30, 0), (120, 1), (240, 0)]);
    let counts = &results.totals.counts;
    assert_eq!((counts.of(Count::Served), counts.of(Count::Failed)), (1, 3));
    // One in 15 s is 0.066 a second: not above itself.
    hpa.activation = Some(activation(vec![requests_above(66)]));
    assert_eq!(changes(&run(config.clone(), hpa.clone())), [(30, 0)]);
    // A first cooldown is waited for where nothing ever was active.
    let waits = Activation {
        initial_cooldown_ms: 90_000,
        ..activation(vec![requests_above(66)])
    };
    hpa.activation = Some(waits);
    // A look at 90 s is too early, the next is not.
    assert_eq!(changes(&run(config, hpa)), [(120, 0)]);
}

/// Back from idle it has its least number at once.
#[test]
fn from_idle_the_least_number_comes_back() {
    let (config, mut hpa) = config(200_000, &[119_000]);
    hpa.limits = Limits::new(3, 10, None);
    hpa.activation = Some(Activation {
        least: 3,
        ..activation(vec![requests_above(0)])
    });
    // The first look of the autoscaler brings its own minimum.
    let found = changes(&run(config, hpa));
    assert_eq!(found, [(0, 3), (30, 0), (120, 3)]);
}

/// A trigger that cannot be read may be active: nothing is taken down for it.
#[test]
fn what_cannot_be_read_keeps_the_fleet() {
    let (mut config, mut hpa) = config(200_000, &[]);
    hpa.activation = Some(activation(vec![requests_above(0)]));
    config.metrics.outages = vec![MetricOutage {
        metric: None,
        from_ms: 0,
        to_ms: 100_000,
    }];
    assert_eq!(changes(&run(config, hpa)), [(120, 0)]);
}

/// Asleep since 30 s. Polls at 60, 90 and 120 s fail, and the one at 150 s is above three: six
/// pods, which the fallback of the metric keeps. From 300 s on the triggers are read again and
/// idle: none was ever active, so that the poll at 300 s takes the fleet down at once.
#[test]
fn a_fallback_wakes_a_fleet_of_none() {
    let (mut config, mut hpa) = config(400_000, &[]);
    hpa.activation = Some(activation(vec![requests_above(0)]));
    hpa.further = vec![Further {
        kind: FurtherKind::Divided,
        target_m: 1_000,
        per_rps_m: 1_000,
    }];
    hpa.fallback = Some(Fallback {
        failures: 3,
        pods: 6,
        keeps: Keeps::Own,
    });
    config.metrics.outages = vec![MetricOutage {
        metric: None,
        from_ms: 60_000,
        to_ms: 300_000,
    }];
    let found = changes(&run(config.clone(), hpa.clone()));
    assert_eq!(found, [(30, 0), (150, 6), (300, 0)]);
    // Fewer failed polls than its threshold, or no fallback: the fleet stays asleep.
    hpa.fallback = Some(Fallback {
        failures: 8,
        pods: 6,
        keeps: Keeps::Own,
    });
    assert_eq!(changes(&run(config.clone(), hpa.clone())), [(30, 0)]);
    hpa.fallback = None;
    assert_eq!(changes(&run(config, hpa)), [(30, 0)]);
}

/// Eight pods at a target of one each: four at once, as without a behavior, then eight. The
/// highest of 300 s holds: eight were asked for last at 105 s, so until 405 s.
#[test]
fn a_schedule_asks_for_its_pods_and_for_one_otherwise() {
    let (config, mut hpa) = config(500_000, &[]);
    hpa.schedules = vec![Schedule {
        from_ms: 60_000,
        to_ms: 120_000,
        pods: 8,
    }];
    let found = changes(&run(config.clone(), hpa.clone()));
    assert_eq!(found, [(60, 4), (75, 8), (420, 1)]);
    // It wakes a fleet that is down; active last at 90 s, cooled down after 150 s.
    hpa.activation = Some(activation(vec![Trigger::Scheduled(0)]));
    let found = changes(&run(config, hpa));
    assert_eq!(found, [(30, 0), (60, 1), (75, 4), (90, 8), (180, 0)]);
}

/// Over midnight: from 23:59 to 0:01.
#[test]
fn a_schedule_may_end_on_the_next_day() {
    let (config, mut hpa) = config(86_400_000, &[]);
    hpa.schedules = vec![Schedule {
        from_ms: 86_340_000,
        to_ms: 60_000,
        pods: 3,
    }];
    let found = changes(&run(config, hpa));
    // Asked for last at 45 s, held for 300 s.
    assert_eq!(found, [(0, 3), (360, 1), (86_340, 3)]);
}

/// Looks at 60, 75 and 90 s fail, the fourth is above three. Six pods at a target of 1 each: four
/// at once, then six. Asked for last at 285 s, held until 585 s.
#[test]
fn a_fallback_holds_after_more_looks_than_its_threshold() {
    let (mut config, mut hpa) = config(700_000, &[]);
    hpa.metrics = vec![Target {
        name: MetricName::InFlight,
        target: 1_000,
        is_summed: false,
    }];
    config.metrics.outages = vec![MetricOutage {
        metric: None,
        from_ms: 60_000,
        to_ms: 300_000,
    }];
    let with = |pods, keeps| {
        let fallback = Fallback {
            failures: 3,
            pods,
            keeps,
        };
        let hpa = Hpa {
            fallback: Some(fallback),
            ..hpa.clone()
        };
        changes(&run(config.clone(), hpa))
    };
    let held = [(105, 4), (120, 6), (600, 1)];
    assert_eq!(with(6, Keeps::Own), held);
    assert_eq!(with(6, Keeps::Higher), held);
    assert_eq!(with(6, Keeps::Lower), []);
    assert_eq!(with(6, Keeps::Current), []);
    // The CPU is read past KEDA: it has no fallback.
    hpa.metrics[0] = Target {
        name: MetricName::Cpu,
        target: 70,
        is_summed: false,
    };
    hpa.fallback = Some(Fallback {
        failures: 3,
        pods: 6,
        keeps: Keeps::Own,
    });
    assert_eq!(changes(&run(config, hpa)), []);
}

/// Four requests in each of three pods at a target of 5: 0.8 × 3 = 2.4, three pods. A lost zone
/// leaves 8 in two. As a metric of pods the third is missing and counts as 5: 13 ÷ 3 is 0.87 of the
/// target, and 0.87 × 3 = 2.6 keeps three. As a sum none is missing: 8 ÷ 5 = 1.6, two pods.
#[test]
fn a_sum_of_the_pods_misses_none_that_is_lost() {
    let (mut config, mut hpa) = config(40_000, &[0; 12]);
    let Arrivals::List(list) = &mut config.arrivals else {
        unreachable!("a list");
    };
    for planned in list {
        planned.service_ms = Some(100_000);
    }
    config.gateway.pods = 3;
    config.gateway.zones = 3;
    config.gateway.routing = Routing::Turn;
    config.events = vec![Event {
        at_ms: 20_000,
        change: Change::ZoneLoss {
            zone: 0,
            grace_ms: 40_000,
            eviction_ms: 300_000,
        },
    }];
    hpa.limits.down_window_ms = 0;
    hpa.offset_ms = 16_000;
    let wanted = |is_summed| {
        let mut hpa = hpa.clone();
        hpa.metrics = vec![Target {
            name: MetricName::InFlight,
            target: 5_000,
            is_summed,
        }];
        changes(&run(config.clone(), hpa))
    };
    assert_eq!(wanted(false), []);
    assert_eq!(wanted(true), [(31, 2)]);
    // Of files, those of KEDA and of an External metric read the sum.
    let hpa = "kind: HorizontalPodAutoscaler\nspec:\n  maxReplicas: 9\n  metrics:\n  - type: \
               TYPE\n    PLACE: {metric: {name: kt_requests_in_flight}, target: {averageValue: \
               \"13\"}}\n";
    let from = SCALED.find("  - type: cron").unwrap();
    let keda = format!(
        "{}  - type: prometheus\n    metadata: {{query: sum(kt_requests_in_flight), threshold: \
         \"13\"}}\n",
        &SCALED[..from]
    );
    let of = |kind: &str, place: &str| hpa.replace("TYPE", kind).replace("PLACE", place);
    for (text, is_summed) in [
        (of("Pods", "pods"), false),
        (of("External", "external"), true),
        (of("Object", "object"), true),
        (keda, true),
    ] {
        let expected = Target {
            name: MetricName::InFlight,
            target: 13_000,
            is_summed,
        };
        assert_eq!(manifest(&[&text]).unwrap().targets, [expected], "{text}");
    }
}

/// Two requests a second at a target of one for each pod. It is empty once the size that it began
/// with is older than 300 s; from nothing it asks for two at the first scrape of the load, ready
/// 30 s later; two are asked for last at 630 s and held until 930 s.
#[test]
fn the_autoscaler_itself_goes_to_nothing_and_comes_back() {
    let arrivals: Vec<u64> = (0..60).map(|place| 600_000 + 500 * place).collect();
    let (config, mut hpa) = config(1_000_000, &arrivals);
    hpa.limits = Limits::new(0, 10, None);
    hpa.further = vec![Further {
        kind: FurtherKind::Divided,
        target_m: 1_000,
        per_rps_m: 1_000,
    }];
    let results = run(config.clone(), hpa.clone());
    assert_eq!(changes(&results), [(315, 0), (615, 2), (945, 0)]);
    // A Service holds nothing: those who come meanwhile fail.
    assert_eq!(results.totals.counts.of(Count::Failed), 60);
    // Beside a metric of the pods, which have none at nothing, it comes back as well.
    hpa.metrics = vec![Target {
        name: MetricName::Cpu,
        target: 70,
        is_summed: false,
    }];
    assert_eq!(changes(&run(config, hpa)), [(315, 0), (615, 2), (945, 0)]);
}

const SCALED: &str = "apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: gateway}
spec:
  scaleTargetRef: {name: gateway}
  maxReplicaCount: 20
  cooldownPeriod: 300
  fallback: {failureThreshold: 2, replicas: 5, behavior: currentReplicasIfHigher}
  triggers:
  - type: cron
    metadata: {timezone: UTC, start: 0 8 * * 1-5, end: 0 20 * * 1-5, desiredReplicas: \"6\"}
";

fn example() -> Scenario {
    let (scenario, dropped) =
        from_fragment("v=2&requests-per-day=20000&shape=flat&peak-multiplier=1");
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    scenario
}

/// The first look after the start finds nothing active. At eight KEDA wakes one pod; without a
/// behavior four, then six follow. Six are asked for last at 19:59:45 and held for 300 s, so that
/// at 20:05 the autoscaler wants one; the last look that is active came at 19:59:30, so that KEDA
/// wants none right after. Of 20,000 a day the other twelve hours' fail, but for those of a minute
/// or so.
#[test]
fn a_scaled_object_of_a_schedule_is_lived_as_it_is_written() {
    let scenario = example();
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let read = manifest(&[SCALED]).unwrap();
    assert_eq!(
        read.keda.schedules,
        [Schedule {
            from_ms: 28_800_000,
            to_ms: 72_000_000,
            pods: 6
        }]
    );
    let fallback = Fallback {
        failures: 2,
        pods: 5,
        keeps: Keeps::Higher,
    };
    assert_eq!(read.keda.fallback, Some(fallback));
    assert_eq!((read.limits.min, read.limits.max), (1, 20));
    assert_eq!(replay::left_out(&scenario, &read), Vec::<String>::new());
    let options = Options {
        has_limits: false,
        ..Options::default()
    };
    let results = lived(&scenario, &plan, &read, &options, 1).unwrap();
    let eight = 8 * 3_600;
    let expected = [
        (30, 0),
        (eight, 1),
        (eight + 15, 4),
        (eight + 30, 6),
        (20 * 3_600 + 300, 1),
        (20 * 3_600 + 300, 0),
    ];
    assert_eq!(changes(&results), expected);
    let failed = results.totals.counts.of(Count::Failed) as f64;
    assert!((9_700.0..10_300.0).contains(&failed), "{failed}");
}

/// A fleet at zero needs a known trigger other than its own pods.
#[test]
fn a_fleet_that_nothing_known_would_wake_keeps_a_pod() {
    let trigger = |text: &str| {
        let from = SCALED.find("  - type: cron").unwrap();
        manifest(&[&format!("{}{text}", &SCALED[..from])]).unwrap()
    };
    let scenario = example();
    let kept = |text: &str| {
        let read = trigger(text);
        let said = replay::left_out(&scenario, &read);
        said.iter().any(|each| each.contains("pods stay"))
    };
    let query = |query: &str| {
        format!(
            "  - type: prometheus\n    metadata: {{query: {query}, threshold: \"5\", \
             activationThreshold: \"0.5\"}}\n"
        )
    };
    assert!(kept("  - type: kafka\n    metadata: {}\n"));
    assert!(kept(
        "  - type: cpu\n    metricType: Utilization\n    metadata: {value: \"70\"}\n"
    ));
    assert!(kept(&query("own_load")));
    assert!(!kept(&query("sum(kt_request_queue_depth)")));
    let read = trigger(&query("sum(http_requests_per_second)"));
    let wakes = &read.keda.zero.as_ref().unwrap().wakes;
    let named = replay::Wake::Named("http_requests_per_second".to_owned(), 0.5);
    assert_eq!(wakes.as_slice(), [named]);
    // A day of other times than a minute and an hour is not known.
    let odd = SCALED.replace("start: 0 8 * * 1-5", "start: 0 8-9 * * *");
    let read = manifest(&[&odd]).unwrap();
    assert_eq!(read.left_out.len(), 1, "{:?}", read.left_out);
    let wrong = SCALED.replace("cooldownPeriod", "idleReplicaCount: 0\n  cooldownPeriod");
    assert!(manifest(&[&wrong]).is_err());
}

/// KEDA's cron scaler takes no schedule that ends when it starts, and none of no pods.
#[test]
fn schedules_that_keda_refuses_are_refused() {
    let refused = |from: &str, to: &str| {
        let text = SCALED.replace(from, to);
        let object = text.replace("spec:", "spec:\n  minReplicaCount: 1");
        replay::manifest_of(&[&object], &[], &[], 37)
            .err()
            .map(|why| why.to_string())
    };
    let pods = "desiredReplicas must be a whole number above 0";
    for (from, to, why) in [
        ("\"6\"", "\"6\"", None),
        ("\"6\"", "\"0\"", Some(pods)),
        ("\"6\"", "x", Some(pods)),
        ("\"6\"", "\"2.5\"", Some(pods)),
        (
            "end: 0 20 * * 1-5",
            "end: 0 8 * * 1-5",
            Some("end must not be the same time as start"),
        ),
    ] {
        let found = refused(from, to);
        let holds = match (why, &found) {
            (None, None) => true,
            (Some(why), Some(found)) => found.contains(why),
            _ => false,
        };
        assert!(holds, "{to}: {found:?}");
    }
}

/// From 1.37 on, and with a metric from outside that follows the requests.
#[test]
fn minimum_zero_holds_where_the_cluster_takes_it() {
    let text = |metric: &str| {
        format!(
            "kind: HorizontalPodAutoscaler\nspec:\n  minReplicas: 0\n  maxReplicas: 9\n  metrics:\n\
             \x20 - type: {metric}\n"
        )
    };
    let outside = "External\n    external: {metric: {name: http_requests_per_second}, \
                   target: {type: AverageValue, averageValue: \"5\"}}";
    let cpu = "Resource\n    resource: {name: cpu, target: {averageUtilization: 70}}";
    for (metric, kubernetes, is_kept) in [
        (outside, "1.37", false),
        (outside, "1.36", true),
        (cpu, "1.37", true),
    ] {
        let link = format!("v=2&requests-per-day=100&kubernetes={kubernetes}");
        let (scenario, dropped) = from_fragment(&link);
        assert_eq!(dropped.len(), 0, "{dropped:?}");
        let plan = evaluate(&scenario, date(2026, 11, 23));
        let read = manifest(&[&text(metric)]).unwrap();
        let said = replay::left_out(&scenario, &read);
        let has_told = said.iter().any(|each| each.contains("one pod stays"));
        assert_eq!(has_told, is_kept, "{metric} {kubernetes}: {said:?}");
        let results = lived(&scenario, &plan, &read, &Options::default(), 1).unwrap();
        let is_empty = results.scale.iter().any(|each| each.pods == 0);
        assert_eq!(is_empty, !is_kept, "{metric} {kubernetes}");
    }
}

/// The named day: at night a scrape often finds nobody, and after five minutes of that the fleet
/// is down. Whoever comes first fails, and what is to be read of pods is not missed where there is
/// none.
#[test]
fn a_cold_start_is_told_and_a_pod_mends_it() {
    let link = "v=2&requests-per-day=3000&hpa-min=0&hpa-max=5&hpa-cpu=&hpa-queue=&sends=3\
                &hpa-up-more=pods:4:15\
                &hpa-metrics=external-average/http_requests_per_second/1/1";
    let (scenario, dropped) = from_fragment(link);
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    let day = |scenario: &Scenario| {
        let plan = evaluate(scenario, date(2026, 11, 23));
        let asked = replay::asked(scenario, &plan).unwrap();
        assert_eq!(asked.left_out, Vec::<String>::new());
        let mut run = Simulation::new(asked.question.config, asked.question.seed).unwrap();
        while run.step(1_000_000) == Status::Running {}
        Lived {
            facts: asked.facts,
            results: run.results(),
        }
    };
    let cold = day(&scenario);
    let found = findings(&cold);
    let times = found.iter().find_map(|each| match each.kind {
        DayFindingKind::NobodyThere { times, failed, .. } => Some((times, failed)),
        _ => None,
    });
    let (times, failed) = times.expect("a time without a gateway");
    let all = cold.results.totals.counts.of(Count::Failed);
    assert!(2 <= times && 9 * all <= 10 * failed && failed <= all);
    let is_silent = |each: &DayFinding| matches!(each.kind, DayFindingKind::MetricsSilent { .. });
    assert!(!found.iter().any(is_silent), "{found:?}");
    let mut warm = scenario;
    warm.gateway.hpa.replicas_min = Some(1);
    assert!(day(&warm).story().is_kept);
}

/// A growth of 50 % of no pods is none: once the night has emptied the fleet, no request is
/// answered any more, and the finding names the policy. The same holds where KEDA looks at the
/// requests of the gateway's own pods.
#[test]
fn a_fleet_that_cannot_come_back_is_told_with_its_cause() {
    let link = "v=2&requests-per-day=3000&hpa-min=0&hpa-max=5&hpa-cpu=&hpa-queue=\
                &hpa-metrics=external-average/http_requests_per_second/1/1";
    let (scenario, dropped) = from_fragment(link);
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let stuck = |found: &[DayFinding]| {
        found.iter().find_map(|each| match each.kind {
            DayFindingKind::NobodyThere { stuck, .. } => Some(stuck),
            _ => None,
        })
    };
    let day = replay::asked(&scenario, &plan).unwrap().lived().unwrap();
    assert_eq!(stuck(&findings(&day)), Some(Some(Stuck::Shares)));
    let from = SCALED.find("  - type: cron").unwrap();
    let own = format!(
        "{}  - type: prometheus\n    metadata: {{query: sum(kt_requests_in_flight), threshold: \
         \"8\"}}\n",
        &SCALED[..from]
    );
    let read = manifest(&[&own]).unwrap();
    let options = Options::of_day(&scenario);
    let config = replay::config(&scenario, &plan, &read, &options).unwrap();
    let facts = Facts::of(&config, &scenario, &plan);
    let results = lived(&scenario, &plan, &read, &options, 1).unwrap();
    let found = findings(&Lived { facts, results });
    assert_eq!(stuck(&found), Some(Some(Stuck::OwnPods)));
}

/// A schedule of the scenario goes into the `ScaledObject` and its kustomization, is lived, and
/// comes back from the file. Two pods are the minimum and carry 20,000 requests of a flat day: six
/// run from eight to eight, and two once the window of 300 s and the steps down are over.
#[test]
fn a_schedule_of_the_scenario_is_exported_lived_and_read_back() {
    let link = "v=2&requests-per-day=20000&shape=flat&peak-multiplier=1&hpa-min=2\
                &hpa-schedule=08:00-20:00:6";
    let (scenario, dropped) = from_fragment(link);
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let text = |name| export::file(name, &scenario, &plan, "").unwrap().text;
    let object = text("keda-scaledobject.yaml");
    for line in [
        "start: \"0 8 * * *\"",
        "end: \"0 20 * * *\"",
        "desiredReplicas: \"6\"",
    ] {
        assert!(object.contains(line), "{object}");
    }
    let tied = text("kustomization.yaml");
    assert!(
        tied.contains("- keda-scaledobject.yaml") && !tied.contains("- hpa.yaml"),
        "{tied}"
    );
    let read = manifest(&[&object]).unwrap();
    let eight = Schedule {
        from_ms: 28_800_000,
        to_ms: 72_000_000,
        pods: 6,
    };
    assert_eq!(read.keda.schedules, [eight]);
    let asked = replay::asked(&scenario, &plan).unwrap();
    assert_eq!(asked.left_out, Vec::<String>::new());
    let day = asked.lived().unwrap();
    let wanted = |hour: usize| day.results.buckets[60 * hour].desired;
    assert_eq!([7, 9, 19, 23].map(wanted), [2, 6, 6, 2]);
    // Twelve hours of four more than two.
    let hours = day.story().pod_hours;
    assert!((96.0..98.0).contains(&hours), "{hours}");
    assert!(
        (plan.gateway.pod_hours - 96.0).abs() < 1e-9,
        "{}",
        plan.gateway.pod_hours
    );
    let without = from_fragment(&link.replace("&hpa-schedule=08:00-20:00:6", "")).0;
    let own = object.lines().filter(|line| !line.starts_with('#'));
    let own: Vec<&str> = own.collect();
    let reading = import::read(&own.join("\n"), &without, date(2026, 11, 23)).unwrap();
    assert_eq!(
        reading.scenario.gateway.hpa.schedules,
        scenario.gateway.hpa.schedules
    );
}

/// KEDA scales to nothing by a trigger that exists without pods: CPU and memory are none.
#[test]
fn a_file_that_the_webhook_refuses_is_not_written() {
    let checked = |link: &str| {
        let (scenario, notices) = from_fragment(link);
        assert!(notices.is_empty(), "{notices:?}");
        let plan = evaluate(&scenario, date(2026, 11, 23));
        let file = export::file("keda-scaledobject.yaml", &scenario, &plan, link);
        file.unwrap().checked
    };
    for own in [
        "hpa-cpu=60",
        "hpa-cpu=60&hpa-memory=80",
        "hpa-cpu=&hpa-cpu-average=0.5",
    ] {
        let least = |pods: u32| format!("v=2&hpa-min={pods}&hpa-queue=&{own}");
        let faults = checked(&least(0)).unwrap_err();
        let fields: Vec<_> = faults.iter().map(|fault| fault.field).collect();
        assert_eq!(fields, [Some("hpa-min")], "{own}");
        assert!(faults[0].message.contains("KEDA's webhook refuses 0"));
        assert!(checked(&least(1)).is_ok(), "{own}");
        for outside in ["&hpa-schedule=08:00-19:00:2", "&hpa-in-flight=12"] {
            assert!(checked(&(least(0) + outside)).is_ok(), "{own}{outside}");
        }
    }
}

/// A schedule is a trigger: KEDA takes an object of nothing else, where an HPA needs a metric.
#[test]
fn a_schedule_alone_is_a_trigger_of_keda() {
    let link = "v=2&hpa-cpu=&hpa-queue=&hpa-schedule=08:00-18:00:5";
    let (scenario, _) = from_fragment(link);
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let file = |name: &str| export::file(name, &scenario, &plan, link).unwrap();
    assert!(file("keda-scaledobject.yaml").checked.is_ok());
    assert!(file("hpa.yaml").checked.is_err());
    let (scenario, _) = from_fragment("v=2&hpa-cpu=&hpa-queue=");
    let none = export::file("keda-scaledobject.yaml", &scenario, &plan, link);
    assert!(none.unwrap().checked.is_err());
}

/// A fraction is written as each target writes it: in thousandths, or with a point.
#[test]
fn a_fraction_of_a_request_is_exported_as_it_is() {
    let link = "v=2&hpa-min=1&hpa-cpu=&hpa-queue=7.5&hpa-in-flight=0.25";
    let (scenario, notices) = from_fragment(link);
    assert!(notices.is_empty(), "{notices:?}");
    let plan = evaluate(&scenario, date(2026, 11, 23));
    for (name, targets) in [
        (
            "hpa.yaml",
            ["averageValue: \"7500m\"", "averageValue: \"250m\""],
        ),
        (
            "keda-scaledobject.yaml",
            ["threshold: \"7.5\"", "threshold: \"0.25\""],
        ),
    ] {
        let file = export::file(name, &scenario, &plan, link).unwrap();
        assert!(file.checked.is_ok());
        for target in targets {
            assert!(file.text.contains(target), "{target} in {}", file.text);
        }
        // The day asks for the same.
        let read = manifest(&[&file.text]).unwrap();
        let thousandths: Vec<i64> = read.targets.iter().map(|own| own.target).collect();
        assert_eq!(thousandths, [7_500, 250], "{name}");
    }
}
