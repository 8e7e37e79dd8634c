//! Simulated days at their edges: few requests, small limits, causes that are none, and the
//! changes that mend them. Each value is worked out by hand.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::lived::{DayFinding, DayFindingKind, Facts, Lived, Minute, Story, findings};
use kt_capacity::plan::{Change, evaluate};
use kt_capacity::replay::{self, Options, Problem, STEPS, Search, manifest_of};
use kt_capacity::say::day as say;
use kt_capacity::say::words::plain_spaces;
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::{
    Arrivals, Calls, Client, Config, Count, Gateway, Metrics, OutageKind, Planned, Provider,
    ProviderOutage, Regular, Results, Simulation, Status,
};

fn scenario(link: &str) -> Scenario {
    let (scenario, notices) = from_fragment(link);
    assert_eq!(notices, [], "{link}");
    scenario
}

fn run(config: Config, seed: u64) -> Results {
    let mut run = Simulation::new(config, seed).unwrap();
    while run.step(1_000_000) == Status::Running {}
    run.results()
}

/// The day of a scenario, with its limits or without, with the seed that it names.
fn day(scenario: &Scenario, has_limits: bool) -> Lived {
    let plan = evaluate(scenario, date(2026, 1, 15));
    let options = Options {
        has_limits,
        ..Options::of_day(scenario)
    };
    let asked = replay::asked(scenario, &plan).unwrap();
    if has_limits {
        return asked.lived().unwrap();
    }
    let names = ["deployment.yaml", "hpa.yaml"];
    let texts = names.map(|name| {
        let file = kt_capacity::export::file(name, scenario, &plan, "");
        file.unwrap().text
    });
    let manifest = replay::manifest(&[&texts[0], &texts[1]]).unwrap();
    let config = replay::config(scenario, &plan, &manifest, &options).unwrap();
    Lived {
        facts: Facts::of(&config, scenario, &plan),
        results: run(config, u64::from(scenario.day.seed)),
    }
}

fn offered(link: &str) -> f64 {
    let lived = day(&scenario(link), true);
    lived.results.totals.counts.of(Count::Offered) as f64
}

/// The number of requests matches the scenario within four standard deviations of a Poisson number.
#[test]
fn a_day_of_few_requests_has_as_many_as_the_scenario_says() {
    for requests in [30_u32, 100, 144, 432, 500, 1_000, 5_000] {
        for shape in ["shape=flat&peak-multiplier=1", "shape=office"] {
            let found = offered(&format!("v=2&requests-per-day={requests}&{shape}"));
            let expected = f64::from(requests);
            let most = 4.0 * expected.sqrt();
            assert!(
                (found - expected).abs() <= most,
                "{requests} {shape}: {found}"
            );
        }
    }
    // Twenty days of five: 100 with a standard deviation of 10.
    let sum: f64 = (1..=20)
        .map(|seed| offered(&format!("v=2&requests-per-day=5&seed={seed}")))
        .sum();
    assert!((60.0..=140.0).contains(&sum), "{sum}");
}

/// Half as many again of 1,000, all day: 1,500 with a standard deviation of 39; a fifth more is
/// 1,200.
#[test]
fn a_spike_of_a_few_requests_is_as_large_as_it_says() {
    for (times, expected) in [(1.5, 1_500.0), (1.2, 1_200.0_f64)] {
        let link = format!(
            "v=2&requests-per-day=1000&shape=flat&peak-multiplier=1&\
             happens=spike/00:00-24:00:{times}"
        );
        let found = offered(&link);
        assert!((found - expected).abs() <= 4.0 * expected.sqrt(), "{found}");
    }
}

/// Deleting and creating pods every quarter of a minute loses none with a zone.
#[test]
fn no_zone_is_lost_where_none_is() {
    let swinging = scenario(
        "v=2&requests-per-day=200000&hpa-queue=1&hpa-down-window=0&hpa-down-percent=100&\
         hpa-down-period=15&hpa-up-window=0",
    );
    let lived = day(&swinging, false);
    let is_lost = |found: &DayFinding| matches!(found.kind, DayFindingKind::PodsLost { .. });
    assert!(50 < lived.story().changes, "{:?}", lived.story());
    assert!(!findings(&lived).iter().any(is_lost));
    // A zone that is lost is: one of two pods, for 50 s and five minutes.
    let mut lost = scenario("v=2&requests-per-day=200000&hpa-min=4&hpa-max=4");
    lost.day.happens = Some("zone-loss/12:00:0".to_owned());
    let lived = day(&lost, true);
    let with: Vec<usize> = (0..)
        .zip(&lived.results.buckets)
        .filter(|(_, bucket)| 0 < bucket.lost)
        .map(|(minute, _)| minute)
        .collect();
    assert_eq!(with, [720, 721, 722, 723, 724]);
}

/// Two come a minute to one slot, and an answer takes 50 s. The request i starts at 600 + 50 i
/// seconds, until from 1,000 s on every call fails at once. By then eight have been answered, all
/// but the first after more than 30 s; six wait for 160, 160, 100, 100, 40 and 40 s and fail; six
/// more come and fail without a wait. So 7 + 6 are late, 6 + 6 unanswered, and 19 of 20 either.
#[test]
fn who_waits_too_long_and_then_fails_is_counted_once() {
    const MINUTE_MS: u64 = 60_000;
    let config = Config {
        duration_ms: 60 * MINUTE_MS,
        bucket_ms: MINUTE_MS,
        late_ms: 30_000,
        clients: vec![Client {
            service_ms: Some(50_000),
            ..Client::default()
        }],
        arrivals: Arrivals::Regular(vec![Regular {
            from_ms: 10 * MINUTE_MS,
            to_ms: 20 * MINUTE_MS,
            gap_ms: MINUTE_MS,
            size: 2,
            request: Planned::default(),
        }]),
        providers: vec![Provider {
            outages: vec![ProviderOutage {
                from_ms: 1_000_000,
                to_ms: 3_600_000,
                kind: OutageKind::Fail,
                over_ms: None,
            }],
            ..Provider::default()
        }],
        quotas: Vec::new(),
        gateway: Gateway {
            slots: 1,
            ..Gateway::default()
        },
        calls: Calls::default(),
        metrics: Metrics::default(),
        hpa: None,
        events: Vec::new(),
        stop: None,
    };
    let scenario = Scenario::default();
    let plan = evaluate(&scenario, date(2026, 1, 15));
    let lived = Lived {
        facts: Facts::of(&config, &scenario, &plan),
        results: run(config, 1),
    };
    let minutes = lived.minutes();
    let sum = |what: fn(&Minute) -> u64| -> u64 { minutes.iter().map(what).sum() };
    assert_eq!(
        (sum(|minute| minute.late), sum(|minute| minute.unanswered)),
        (13, 12)
    );
    assert_eq!(sum(|minute| minute.late_unanswered), 6);
    assert_eq!(sum(Minute::troubled), 19);
    assert_eq!(sum(|minute| minute.in_time), 1);
}

/// Twenty pods share a limit, and two run: each lets a twentieth through. 30 a minute are 1.5 for
/// each pod, so 2 × 1.5 × 1,440 = 4,320 a day and the three of the full buckets; 10 a minute are
/// one call of each pod in two minutes: 1,440 and two; one shared limit of 0.4 a minute is 576
/// and one.
#[test]
fn a_limit_of_a_part_of_a_request_lets_that_part_through() {
    let rest = "v=2&requests-per-day=50000&shape=flat&peak-multiplier=1&attempts=1&hpa-max=20";
    for (limit, expected) in [
        ("rpm:30,scope:divided", 4_323),
        ("rpm:10,scope:divided", 1_442),
        ("rpm:0.4", 577),
        ("rpm:3", 4_323),
    ] {
        let link = format!("{rest}&p=custom,,,100,tpm:none,{limit}");
        let lived = day(&scenario(&link), true);
        assert_eq!(lived.story().pods_most, 2, "{limit}");
        let calls = lived.results.totals.counts.of(Count::Served);
        // A call comes a little after there is room for it: 0.6 requests come a second.
        let least = expected - expected / 20;
        assert!((least..=expected).contains(&calls), "{limit}: {calls}");
    }
}

/// One of four calls, and ten of 24.
#[test]
fn small_weights_share_the_requests_as_large_ones_do() {
    for (weights, first) in [([0.001, 0.003], 0.25), ([0.01, 0.014], 10.0 / 24.0)] {
        let rows = weights.map(|weight| format!("p=custom,,,{weight},tpm:none"));
        let link = format!("v=2&requests-per-day=20000&{}", rows.join("&"));
        let lived = day(&scenario(&link), true);
        let calls = |place: usize| lived.results.totals.providers[place].calls as f64;
        let found = calls(0) / (calls(0) + calls(1));
        assert!((found - first).abs() < 0.001, "{weights:?}: {found}");
    }
}

/// The changes that are found to mend a day.
fn mends(scenario: &Scenario) -> Vec<Change> {
    let today = date(2026, 1, 15);
    let plan = evaluate(scenario, today);
    let story = day(scenario, true).story();
    assert!(!story.is_kept, "{story:?}");
    let options = Options::of_day(scenario);
    let mut search = Search::new(scenario, &plan, today, options, story);
    while let Some(asked) = search.next_day() {
        search.hear(&run(asked.question.config, asked.question.seed));
    }
    let found = search.found().iter();
    found.map(|mend| mend.change.clone()).collect()
}

/// Twenty times the requests for four or five minutes: gateways are needed around noon, be the end
/// of the spike on a mark of the day's five minutes or not.
#[test]
fn a_spike_that_ends_between_marks_gets_a_schedule() {
    for end in ["12:05", "12:04"] {
        let found = mends(&scenario(&format!("v=2&happens=spike/12:00-{end}:20")));
        let schedule = |change: &Change| match change {
            Change::Schedule { added, .. } => Some((added.from_min, added.to_min)),
            _ => None,
        };
        let (from, to) = found.iter().find_map(schedule).expect("a schedule");
        assert!(
            (660..720).contains(&from) && (725..780).contains(&to),
            "{from}, {to}"
        );
    }
}

/// A search for a day that breaks its goals, as if the day had so many requests.
fn search_of(requests: u64) -> Search {
    let broken = scenario("v=2&requests-per-day=20000&happens=spike/10:00-10:30:20");
    let today = date(2026, 1, 15);
    let plan = evaluate(&broken, today);
    let story = day(&broken, true).story();
    assert!(!story.is_kept, "{story:?}");
    let before = Story {
        offered: requests,
        ..story
    };
    Search::new(&broken, &plan, today, Options::of_day(&broken), before)
}

/// Days of 60 million calls each: the third brings the search beyond its 150 million steps, and
/// most kinds of change are left.
#[test]
fn a_search_ends_after_its_steps_and_says_so() {
    assert_eq!(STEPS, 150_000_000);
    let mut search = search_of(20_000);
    while let Some(asked) = search.next_day() {
        let mut results = run(asked.question.config, asked.question.seed);
        results.totals.providers[0].calls = 60_000_000;
        search.hear(&results);
    }
    let searched = search.searched();
    assert_eq!((searched.days, searched.is_cut), (3, true));
    let said = say::searched(&searched).unwrap();
    assert!(said.contains("3 days"), "{said}");
    assert!(
        said.ends_with("before it had tried every kind of change."),
        "{said}"
    );
}

/// A change is told from three days. Each request is an arrival, a start and a call: 3 × 3 × 17
/// million are more than 150 million, 3 × 3 × 16 million are not.
#[test]
fn a_day_too_long_for_three_of_its_kind_is_not_searched() {
    let mut search = search_of(17_000_000);
    assert_eq!(search.next_day(), None);
    let searched = search.searched();
    assert_eq!((searched.days, searched.is_cut), (0, true));
    let said = say::searched(&searched).unwrap();
    assert!(said.contains("too many requests"), "{said}");
    assert!(search_of(16_000_000).next_day().is_some());
}

/// Five times the requests of a minute need more than twice the gateways of the plan.
#[test]
fn a_minimum_and_a_schedule_are_found_for_a_spike() {
    let found = mends(&scenario(
        "v=2&requests-per-day=50000&happens=spike/10:00-10:30:5",
    ));
    let minimum = found.iter().find_map(|change| match change {
        Change::HpaMinimum { to, .. } => Some(*to),
        _ => None,
    });
    assert!(minimum.is_some_and(|to| (5..=8).contains(&to)), "{found:?}");
    let schedule = found.iter().find_map(|change| match change {
        Change::Schedule { added, .. } => Some(*added),
        _ => None,
    });
    // Half an hour before and after the time from 10:00 to 10:30.
    let schedule = schedule.unwrap();
    assert_eq!((schedule.from_min, schedule.to_min), (570, 660));
}

/// A fifth of the calls fail, so that of three tries all do in 0.2³ = 0.8 % of the requests, all
/// day alike; of four in 0.16 %.
#[test]
fn failures_by_chance_have_no_worst_minute_and_a_further_try_mends_them() {
    let failing = scenario("v=2&requests-per-day=50000&failures=20");
    let story = day(&failing, true).story();
    assert!((0.006..0.01).contains(&story.unanswered_ratio), "{story:?}");
    assert_eq!(story.worst, None);
    let found = mends(&failing);
    let expected = Change::Attempts { from: 3, to: 4 };
    assert!(found.contains(&expected), "{found:?}");
    // Half of them fail: 0.5⁷ = 0.8 % are too many, 0.5⁸ = 0.4 % are not, within the chance of
    // three days of 20,000.
    let found = mends(&scenario(
        "v=2&requests-per-day=20000&failures=50&attempts=1",
    ));
    let tries = found.iter().find_map(|change| match change {
        Change::Attempts { to, .. } => Some(*to),
        _ => None,
    });
    assert!(matches!(tries, Some(8 | 9)), "{found:?}");
}

/// Every manifest that the API server refuses is refused here.
#[test]
fn a_manifest_that_kubernetes_refuses_is_not_tried() {
    let text = include_str!("vectors/hpa-validation.json");
    let file: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut refused = 0;
    for case in file["cases"].as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let tried = manifest_of(&[&edited(&file["base"], case).to_string()], &[], &[], 37);
        let is_tried = case["valid"] == true;
        assert_eq!(tried.is_ok(), is_tried, "{id}: {tried:?}");
        refused += u32::from(tried.is_err());
    }
    assert_eq!(refused, 14);
    let with = |version: &str, average: &str| {
        let text = format!(
            "apiVersion: autoscaling/{version}\nkind: HorizontalPodAutoscaler\nmetadata: {{name: \
             kt-gateway}}\nspec:\n  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, \
             name: kt-gateway}}\n  maxReplicas: 20\n  metrics:\n  - type: Pods\n    pods:\n      \
             metric: {{name: kt_request_queue_depth}}\n      target: {{type: AverageValue, \
             averageValue: \"{average}\"}}\n"
        );
        manifest_of(&[&text], &[], &[], 37)
    };
    assert!(with("v2", "5").is_ok());
    for (version, average, part) in [
        ("v2beta2", "5", "gone since Kubernetes 1.26"),
        ("v2beta1", "5", "gone since Kubernetes 1.25"),
        ("v2", "0", "averageValue must be a quantity above 0"),
    ] {
        let Err(Problem::Missing(why)) = with(version, average) else {
            panic!("{version} {average}");
        };
        assert!(why.contains(part), "{why}");
    }
    let keda = |window: &str| {
        let text = format!(
            "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {{name: \
             kt-gateway}}\nspec:\n  scaleTargetRef: {{name: kt-gateway}}\n  minReplicaCount: \
             1\n  maxReplicaCount: 9\n  advanced: {{horizontalPodAutoscalerConfig: {{behavior: \
             {{scaleDown: {{stabilizationWindowSeconds: {window}}}}}}}}}\n  triggers:\n  - \
             {{type: cpu, metricType: Utilization, metadata: {{value: \"60\"}}}}\n"
        );
        manifest_of(&[&text], &[], &[], 37)
    };
    assert!(keda("3600").is_ok());
    let why = keda("3601").unwrap_err().to_string();
    let place = "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.";
    assert!(why.contains(place), "{why}");
}

/// A manifest with the edits of a case: paths are divided by dots, numbers are places.
fn edited(base: &serde_json::Value, case: &serde_json::Value) -> serde_json::Value {
    let mut manifest = base.clone();
    let at = |path: &str| format!("/{}", path.replace('.', "/"));
    for (path, value) in case["set"].as_object().into_iter().flatten() {
        let (parent, name) = path.rsplit_once('.').unwrap();
        let parent = manifest.pointer_mut(&at(parent)).unwrap();
        match (parent, name.parse::<usize>()) {
            (serde_json::Value::Array(items), Ok(place)) => items[place] = value.clone(),
            (parent, _) => parent[name] = value.clone(),
        }
    }
    if let Some(path) = case["remove"].as_str() {
        let (parent, name) = path.rsplit_once('.').unwrap();
        let parent = manifest.pointer_mut(&at(parent)).unwrap();
        parent.as_object_mut().unwrap().remove(name).unwrap();
    }
    manifest
}

/// Without a queue nobody waits, and the target of the queue reads nothing all day.
#[test]
fn a_queue_of_none_is_no_queue_that_fills_too_late() {
    let lived = day(&scenario("v=2&requests-per-day=500000&queue-size=0"), true);
    let found = findings(&lived);
    let queue = found
        .iter()
        .find(|found| say::title(found).contains("queue target"));
    let queue = queue.unwrap();
    assert_eq!(say::title(queue), "The queue target never acts");
    assert!(!say::message(queue, &lived.facts).contains("at most"));
}

/// Errors repeat the notation of the source: a slash in links, `@` on the command line.
#[test]
fn an_event_that_cannot_be_read_is_taught_as_it_was_written() {
    let of_link = replay::parse("zone/11:00-13:00").unwrap_err();
    assert!(
        of_link.contains("zone-loss/12:00") && !of_link.contains('@'),
        "{of_link}"
    );
    let of_command = replay::parse("zone@11:00-13:00").unwrap_err();
    assert!(of_command.contains("zone-loss@12:00"), "{of_command}");
}

/// Two providers, of which the first allows nothing and the second's budget is spent in the
/// morning: the trouble is the second's.
#[test]
fn the_trouble_is_told_with_the_provider_with_which_it_begins() {
    let lived = day(
        &scenario(
            "v=2&requests-per-day=70000&p=custom,llama,Own+limits,60,name:In-house,rpm:0,tpm:0&\
             p=openai,gpt-4o,Build,40",
        ),
        true,
    );
    let told = plain_spaces(&kt_capacity::say::in_short::day(&lived));
    assert!(told.contains(". OpenAI refuses calls. "), "{told}");
    // Of 28,000 requests of 1.175 cents a day it has had one day’s $329 of its $500.
    let part = "day 2 of the month, the day on which OpenAI’s monthly spend limit runs out";
    assert!(told.contains(part), "{told}");
}

/// Three times the few requests of three at night still fit the two gateways of the minimum: the
/// schedule begins with the morning's rise.
#[test]
fn a_spike_that_the_minimum_carries_needs_no_schedule() {
    let spike = "v=2&requests-per-day=150000&happens=spike/03:00-03:30:3";
    let found = mends(&scenario(spike));
    let schedule = found.iter().find_map(|change| match change {
        Change::Schedule { added, .. } => Some(added.from_min),
        _ => None,
    });
    assert!(schedule.is_some_and(|from| 420 < from), "{found:?}");
}
