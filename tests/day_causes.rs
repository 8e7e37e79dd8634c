//! Causes of a bad day that are told as what they are: a fleet that may not grow, is off, or is at
//! none by its schedule; metrics that are lost; events that cannot happen together.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::lived::{DayFinding, DayFindingKind, Facts, Held, Lived, Look, Stuck, findings};
use kt_capacity::plan::evaluate;
use kt_capacity::replay::{self, Options, Problem, manifest_of};
use kt_capacity::say::day as say;
use kt_capacity::say::in_short;
use kt_capacity::say::words::plain_spaces;
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::{Arrivals, Change, Count, MetricName, Scaled};

fn scenario(link: &str) -> Scenario {
    let (scenario, notices) = from_fragment(link);
    assert_eq!(notices, [], "{link}");
    scenario
}

fn asked(link: &str) -> Result<replay::Asked, Problem> {
    let scenario = scenario(link);
    let plan = evaluate(&scenario, date(2026, 1, 15));
    replay::asked(&scenario, &plan)
}

fn day(link: &str) -> Lived {
    asked(link).unwrap().lived().unwrap()
}

/// The day of a scenario under files of others, minute by minute.
fn day_of(link: &str, file: &str) -> Lived {
    let scenario = scenario(link);
    let plan = evaluate(&scenario, date(2026, 1, 15));
    let names = ["deployment.yaml", "hpa.yaml"];
    let usual = names.map(|name| kt_capacity::export::file(name, &scenario, &plan, ""));
    let usual: Vec<&str> = usual.iter().flatten().map(|file| &*file.text).collect();
    let manifest = manifest_of(&[file], &[], &usual, 37).unwrap();
    let options = Options::of_day(&scenario);
    let config = replay::config(&scenario, &plan, &manifest, &options).unwrap();
    Lived {
        facts: Facts::of(&config, &scenario, &plan),
        results: replay::lived(&scenario, &plan, &manifest, &options, 1).unwrap(),
    }
}

fn first(lived: &Lived) -> DayFinding {
    findings(lived).into_iter().next().unwrap()
}

fn deployment(replicas: u32) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: kt}}\nspec:\n  replicas: \
         {replicas}\n  selector: {{matchLabels: {{app: kt}}}}\n  template:\n    metadata: \
         {{labels: {{app: kt}}}}\n    spec: {{containers: [{{name: kt, image: x, resources: \
         {{requests: {{cpu: 1}}}}}}]}}\n"
    )
}

/// Both zones of two cannot be lost at once, also one after the other; one may go as the other
/// comes back, and two of three may.
#[test]
fn one_zone_must_stay() {
    for (zones, events, is_refused) in [
        (2, "zone-loss/12:00:0,zone-loss/12:00:1", true),
        (2, "zone-loss/12:00:0,zone-loss/15:00-16:00:1", true),
        (2, "zone-loss/13:00:1,zone-loss/12:00-13:00:0", false),
        (2, "zone-loss/12:00:0,zone-loss/14:00:0", false),
        (3, "zone-loss/12:00:0,zone-loss/12:00:1", false),
        (
            3,
            "zone-loss/12:00:0,zone-loss/12:00:1,zone-loss/12:01:2",
            true,
        ),
    ] {
        let asked = asked(&format!("v=2&zones={zones}&happens={events}"));
        let refused = matches!(&asked, Err(Problem::Event(why)) if why.contains("must stay"));
        assert_eq!(refused, is_refused, "{zones}, {events}");
    }
}

/// A zone that several losses hold comes back with the last of them, be it lost again or still.
#[test]
fn a_zone_comes_back_with_the_end_of_its_last_loss() {
    for (events, back) in [
        (
            "zone-loss/12:00-13:00:1,zone-loss/12:30-15:00:1",
            &[900][..],
        ),
        ("zone-loss/12:30-15:00:1,zone-loss/12:00-16:00:1", &[960]),
        ("zone-loss/12:00-13:00:0,zone-loss/12:59:0", &[]),
        ("zone-loss/12:00-13:00,zone-loss/13:00-14:00:0", &[840]),
        (
            "zone-loss/12:00-13:00:1,zone-loss/13:01-14:00:1",
            &[780, 840],
        ),
        // Another zone is another matter.
        (
            "zone-loss/12:00-13:00:1,zone-loss/12:30-15:00:2",
            &[780, 900],
        ),
    ] {
        let config = asked(&format!("v=2&zones=3&happens={events}"))
            .unwrap()
            .question
            .config;
        let is_back = |change: &Change| matches!(change, Change::ZoneBack { .. });
        let times = config.events.iter().filter(|it| is_back(&it.change));
        let times: Vec<u64> = times.map(|it| it.at_ms / 60_000).collect();
        assert_eq!(times, back, "{events}");
    }
}

/// One request a second, half to a provider that hangs for an hour: a quarter a second in each of
/// two pods. Ten seconds after the first call 3.5 of a pod hang; then one that tries every 30 and
/// 30 s and the 4 s until the next call: 56, in both pods 119. After 600 s 151 hang, and 47 tries
/// follow: 396. Without one 1,800 hang.
#[test]
fn a_breaker_opens_while_a_provider_hangs() {
    for (trip, least, most) in [(10, 95, 143), (600, 336, 456), (3_600, 1_650, 1_950)] {
        let lived = day(&format!(
            "v=2&requests-per-day=86400&shape=flat&peak-multiplier=1&burstiness=1&hpa-min=2\
             &hpa-max=2&trip={trip}&happens=provider-hangs/11:00-12:00:custom\
             &p=custom,x,,1,ttft:1&p=custom,y,,1,ttft:1"
        ));
        let first = lived.results.totals.providers[0];
        assert!(
            (least..=most).contains(&first.timeouts),
            "{trip}: {}",
            first.timeouts
        );
    }
}

/// Of 400 a day 15 days and a half take 6,200: on day 16 half a day is left, and the sentence says
/// which day it is. An allowance that lasts for the month has none.
#[test]
fn the_day_on_which_a_month_is_spent_says_so() {
    let said = |requests: u32, per_day: u32| {
        let fragment = format!(
            "v=2&requests-per-day={per_day}&shape=flat&peak-multiplier=1&avg-input-tokens=10\
             &avg-output-tokens=1&attempts=1&p=custom,x,,1,requests-month:{requests}"
        );
        let lived = asked(&fragment).unwrap().lived().unwrap();
        let story = lived.story();
        let sentence = plain_spaces(&say::sentence(&story, &lived.facts));
        let line = plain_spaces(&in_short::day(&lived));
        let part = "This is day 16 of the month, the day on which Other provider’s monthly \
                    request limit runs out";
        assert_eq!(sentence.contains(part), line.contains(part), "{line}");
        (sentence.contains(part), story.unanswered_ratio)
    };
    let (is_said, unanswered) = said(6_200, 400);
    // Of some 400 by chance 200 are answered.
    assert!(is_said && (unanswered - 0.5).abs() < 0.07, "{unanswered}");
    assert_eq!(said(12_300, 400), (false, 0.0));
    // Of 440 a day 14 take 6,160: it is day 15.
    assert!(!said(6_200, 440).0);
}

/// 288,000 requests a day, all day alike, are 200 a minute. Thirty times as many in one minute are
/// 6,000; those beside it stay 200. Two times as many for five whole windows change nothing else.
#[test]
fn a_spike_has_its_own_minutes() {
    let requests = |events: &str| {
        let link = format!("v=2&requests-per-day=288000&shape=flat&peak-multiplier=1{events}");
        let config = asked(&link).unwrap().question.config;
        let Arrivals::Random(random) = config.arrivals else {
            panic!("no curve");
        };
        (random.window_ms, random.requests)
    };
    let (window_ms, minutes) = requests("&happens=spike/10:04-10:05:30");
    assert_eq!((window_ms, minutes.len()), (60_000, 1_440));
    assert_eq!(minutes[603..606], [200, 6_000, 200]);
    let (window_ms, windows) = requests("&happens=spike/10:00-10:05:2");
    assert_eq!((window_ms, windows.len()), (300_000, 288));
    assert_eq!(windows[119..122], [1_000, 2_000, 1_000]);
    // Four minutes as ever, and six of ten times as many.
    let (_, cut) = requests("&happens=spike/10:04-10:10:10");
    assert_eq!(cut[600..610].iter().sum::<u64>(), 4 * 200 + 6 * 2_000);
}

/// From 09:00 to 14:00 the depth of the queue is lost, and the CPU is read on.
#[test]
fn a_lost_metric_is_the_cause() {
    let link = "v=2&requests-per-day=100000&happens=metrics-out/09:00-14:00:queue_depth";
    let day = day(link);
    let found = first(&day);
    assert_eq!((found.from, found.to), (540, 840));
    let DayFindingKind::MetricLost { lost, left, .. } = &found.kind else {
        panic!("{found:?}");
    };
    assert_eq!(lost[..], [Look::Of(MetricName::QueueDepth)]);
    assert_eq!(left[..], [Look::Of(MetricName::Cpu)]);
    let said = plain_spaces(&say::message(&found, &day.facts));
    assert!(
        said.contains("From 09:00 to 14:00 the depth of the queue cannot be read"),
        "{said}"
    );
}

/// An autoscaler with only external load metrics is blind without them; losing a metric it does not
/// use has no effect.
#[test]
fn a_lost_load_is_the_cause() {
    let own = "v=2&requests-per-day=100000&hpa-metrics=external-average/rps/1/1&hpa-queue=none\
               &hpa-cpu=none";
    let found = first(&day(&format!("{own}&happens=metrics-out/09:00-14:00")));
    assert_eq!((found.from, found.to), (540, 840));
    assert!(
        matches!(found.kind, DayFindingKind::MetricsSilent { .. }),
        "{found:?}"
    );
    let others = findings(&day(&format!(
        "{own}&happens=metrics-out/09:00-14:00:in_flight"
    )));
    let is_lost = |found: &DayFinding| {
        matches!(
            found.kind,
            DayFindingKind::MetricsSilent { .. } | DayFindingKind::MetricLost { .. }
        )
    };
    assert!(!others.iter().any(is_lost), "{others:?}");
}

#[test]
fn a_fleet_that_may_not_grow_is_told() {
    let found = first(&day("v=2&requests-per-day=100000&hpa-up-select=disabled"));
    let DayFindingKind::GrowthHeld { why, pods } = found.kind else {
        panic!("{found:?}");
    };
    assert_eq!((why, pods), (Held::Disabled, 2));
}

/// At 0 replicas an autoscaler with a minimum of 2 does nothing: every request fails.
#[test]
fn an_autoscaler_is_off_at_no_replicas() {
    let day = day_of("v=2", &deployment(0));
    let all = day.results.totals.counts.of(Count::Offered);
    let found = first(&day);
    let DayFindingKind::NobodyThere { failed, stuck, .. } = found.kind else {
        panic!("{found:?}");
    };
    assert_eq!((failed, stuck), (all, Some(Stuck::Off { pods_min: 2 })));
}

/// KEDA takes the same Deployment to its minimum of 3 with its first look: 3 pods for 24 hours.
#[test]
fn keda_brings_a_deployment_of_none_to_its_minimum() {
    let object = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: kt}\nspec:\n  \
                  scaleTargetRef: {name: kt}\n  minReplicaCount: 3\n  maxReplicaCount: 10\n  \
                  triggers:\n  - {type: cpu, metricType: Utilization, metadata: {value: '70'}}\n";
    let day = day_of("v=2", &format!("{}---\n{object}", deployment(0)));
    assert_eq!(day.results.totals.pod_ms, 3 * 86_400_000);
}

/// Gateways from 08:00 to 19:00 alone: every request outside fails until the first is ready, and
/// all that fail are counted. The cooldown of 300 s ends within five minutes and two looks of 30 s.
#[test]
fn a_fleet_at_none_outside_its_schedule_is_told() {
    let day = day("v=2&requests-per-day=5000&hpa-min=0&hpa-schedule=08:00-19:00:2");
    let found = first(&day);
    let DayFindingKind::NobodyThere {
        failed,
        stuck,
        times,
    } = found.kind
    else {
        panic!("{found:?}");
    };
    assert_eq!((times, stuck), (2, Some(Stuck::Unscheduled)));
    assert_eq!(failed, day.results.totals.counts.of(Count::Failed));
    let worst = day.story().worst.unwrap();
    let night = worst.from < 30 && (470..=481).contains(&worst.to);
    let evening = (1_145..1_160).contains(&worst.from) && 1_400 < worst.to;
    assert!(night || evening, "{worst:?}");
    assert!((worst.unanswered_ratio - 1.0).abs() < 0.02, "{worst:?}");
}

/// Ten requests a second, each answered in exactly 10 s. Of a Deployment that is recreated the last
/// old pod is gone 10 s after the rollout begins, and new ones are ready 30 s later: 400 fail.
/// Where all may be missing at once new ones start at once: 300.
#[test]
fn a_recreated_deployment_starts_once_the_old_pods_are_gone() {
    let failed = |strategy: &str| {
        let link = "v=2&requests-per-day=864000&shape=flat&peak-multiplier=1&burstiness=1\
                    &hpa-min=40&hpa-max=40&avg-input-tokens=0&avg-output-tokens=0&overhead=0\
                    &happens=rollout/12:00&p=custom,x,,1,ttft:10";
        let object = deployment(40).replace(
            "spec:\n  replicas",
            &format!("spec:\n  strategy: {strategy}\n  replicas"),
        );
        let lived = day_of(link, &object);
        lived.results.totals.counts.of(Count::Failed)
    };
    for (strategy, expected) in [
        ("{type: Recreate}", 400),
        ("{rollingUpdate: {maxSurge: 0, maxUnavailable: 100%}}", 300),
    ] {
        let failed = failed(strategy);
        assert!(failed.abs_diff(expected) < 60, "{strategy}: {failed}");
    }
}

/// A schedule of the night alone leaves two gateways by day, whatever comes.
#[test]
fn an_autoscaler_of_schedules_alone_does_not_see_the_load() {
    let object = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: kt}\nspec:\n  \
                  scaleTargetRef: {name: kt}\n  minReplicaCount: 2\n  maxReplicaCount: 20\n  \
                  triggers:\n  - {type: cron, metadata: {timezone: UTC, start: 0 20 * * *, end: \
                  0 6 * * *, desiredReplicas: '12'}}\n";
    let found = first(&day_of("v=2&requests-per-day=300000", object));
    let DayFindingKind::GrowthHeld { why, pods } = found.kind else {
        panic!("{found:?}");
    };
    assert_eq!((why, pods), (Held::Unseen, 2));
}

/// Five pods at first: 5 → 3 → 2 → 3 is one turn, not two.
#[test]
fn turns_begin_at_the_pods_of_the_morning() {
    let day = day_of("v=2&requests-per-day=100000", &deployment(5));
    let mut before = 5;
    let mut ways = Vec::new();
    for Scaled { pods, .. } in &day.results.scale {
        ways.push(before < *pods);
        before = *pods;
    }
    let turned = ways.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let flaps = findings(&day)
        .into_iter()
        .find_map(|found| match found.kind {
            DayFindingKind::Flaps { turns, .. } => Some(turns),
            _ => None,
        });
    assert_eq!(flaps, Some(turned));
}

/// The fields of a refusal are those of the file.
#[test]
fn bounds_of_a_scaled_object_have_its_own_names() {
    let text = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: kt}\nspec:\n  \
                scaleTargetRef: {name: kt}\n  minReplicaCount: 12\n  maxReplicaCount: 10\n  \
                triggers:\n  - type: cron\n    metadata: {timezone: UTC, start: 0 8 * * *, end: 0 \
                18 * * *, desiredReplicas: \"4\"}\n";
    let Err(Problem::Missing(why)) = manifest_of(&[text], &[], &[], 37) else {
        panic!("taken");
    };
    assert_eq!(why, "minReplicaCount, 12, is above maxReplicaCount, 10");
}

/// A pod without a CPU request has no share of it to read: the metric fails, and the fleet stays.
/// So it does for a sidecar without one, unless the autoscaler watches the gateway's container.
#[test]
fn a_cpu_target_without_a_request_moves_nothing() {
    let gateway = deployment(6).replace("name: kt, image: x", "name: gateway, image: kt");
    let resources = |of: &str| gateway.replace("resources: {requests: {cpu: 1}}", of);
    let hpa = |kind: &str, source: &str| {
        format!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: kt}}\n\
             spec:\n  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: kt}}\n  \
             minReplicas: 2\n  maxReplicas: 10\n  metrics:\n  - type: {kind}\n    {source}: \
             {{name: cpu, CONTAINER target: {{type: Utilization, averageUtilization: 70}}}}\n"
        )
    };
    let whole = hpa("Resource", "resource").replace("CONTAINER ", "");
    let own =
        hpa("ContainerResource", "containerResource").replace("CONTAINER", "container: gateway,");
    let sidecar = resources("resources: {requests: {cpu: 1}}}, {name: proxy, image: y");
    for (deployment, hpa, is_moved) in [
        (resources("ports: []"), &whole, false),
        (sidecar.clone(), &whole, false),
        (sidecar, &own, true),
        (gateway.clone(), &whole, true),
    ] {
        let text = format!("{deployment}---\n{hpa}");
        let manifest = manifest_of(&[&text], &[], &[], 37).unwrap();
        let is_told = manifest
            .left_out
            .iter()
            .any(|note| note.contains("no CPU request"));
        assert_eq!(is_told, !is_moved, "{:?}", manifest.left_out);
        let day = day_of("v=2&requests-per-day=1000", &text);
        assert_eq!(!day.results.scale.is_empty(), is_moved, "{text}");
        if !is_moved {
            assert_eq!(day.results.totals.pod_ms, 6 * 24 * 3_600_000);
        }
    }
}

/// 80 vCPU a pod are never used, so that two gateways stay, whatever comes: no metric asks for a
/// third.
#[test]
fn a_fleet_that_nothing_asks_to_grow_is_told() {
    let object = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: kt}\nspec:\n  \
                  scaleTargetRef: {name: kt}\n  minReplicaCount: 2\n  maxReplicaCount: 10\n  \
                  triggers:\n  - {type: cpu, metricType: AverageValue, metadata: {value: '80'}}\n";
    let found = first(&day_of("v=2&requests-per-day=300000", object));
    let DayFindingKind::GrowthHeld { why, pods } = found.kind else {
        panic!("{found:?}");
    };
    assert_eq!((why, pods), (Held::Unasked, 2));
}

/// Two zones are lost one after the other; the Deployment replaces the pods, the autoscaler wants
/// two all day and is not late.
#[test]
fn pods_that_a_deployment_replaces_are_no_late_autoscaler() {
    let link = "v=2&requests-per-day=90000&happens=zone-loss/11:00-11:10,zone-loss/11:05-11:20:1";
    let day = day(link);
    assert_eq!(day.results.scale, []);
    let is_late = |found: &DayFinding| matches!(found.kind, DayFindingKind::LateAutoscaler { .. });
    assert!(!findings(&day).iter().any(is_late));
}

/// Requests before midnight keep a fleet that may go to nothing: with a cooldown of an hour and
/// requests all day, it never does.
#[test]
fn a_fleet_of_midnight_is_not_idle() {
    let object = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: kt}\nspec:\n  \
                  scaleTargetRef: {name: kt}\n  idleReplicaCount: 0\n  minReplicaCount: 1\n  \
                  maxReplicaCount: 10\n  cooldownPeriod: 3600\n  triggers:\n  - {type: \
                  prometheus, metadata: {serverAddress: 'http://prom:9090', query: \
                  'sum(rate(http_requests_total[2m]))', threshold: '100'}}\n";
    let day = day_of("v=2&requests-per-day=100000", object);
    let none = |scaled: &Scaled| scaled.pods == 0;
    assert!(
        !day.results.scale.iter().any(none),
        "{:?}",
        day.results.scale
    );
}

/// Five requests a second are half of a target of ten: one gateway is wanted all day, and the spike
/// of none lets KEDA take it away and bring it back. Of 300 a minute one gateway of 16 slots
/// answers a part, and the autoscaler asks for no second one. The step from none to one is no
/// growth that comes late.
#[test]
fn a_gateway_that_comes_back_alone_is_not_enough() {
    let object = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: kt}\nspec:\n  \
                  scaleTargetRef: {name: kt}\n  minReplicaCount: 0\n  maxReplicaCount: 20\n  \
                  triggers:\n  - {type: prometheus, metadata: {serverAddress: 'http://prom:9090', \
                  query: 'sum(rate(http_requests_total[1m]))', threshold: '10'}}\n";
    let link = "v=2&requests-per-day=432000&shape=flat&peak-multiplier=1\
                &happens=spike/02:00-06:00:0&p=custom,x,,100,tps:80,ttft:1";
    let day = day_of(link, object);
    let found = first(&day);
    let DayFindingKind::GrowthHeld { why, pods } = found.kind else {
        panic!("{found:?}");
    };
    assert_eq!((why, pods), (Held::Unasked, 1));
    assert!(
        (360..=365).contains(&found.from) && 1_430 < found.to,
        "{found:?}"
    );
    assert_eq!(
        say::title(&found),
        "The autoscaler asks for no more gateways"
    );
}

/// Fifty requests a second at a target of ten a gateway are five gateways, six where chance sends
/// more than 55. Each needs 16 slots for the 1.5 s and more of a request; the queues stay full all
/// day, with five as with six: the growth is too small, and not late.
#[test]
fn a_growth_that_leaves_the_trouble_is_not_late() {
    let object = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: kt}\n\
                  spec:\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: kt}\n  \
                  minReplicas: 2\n  maxReplicas: 40\n  metrics:\n  - type: External\n    external: \
                  {metric: {name: http_requests_per_second}, target: {type: AverageValue, \
                  averageValue: '10'}}\n";
    let link =
        "v=2&requests-per-day=4320000&shape=flat&peak-multiplier=1&p=custom,x,,100,tps:80,ttft:1";
    let found = findings(&day_of(link, object));
    let is_late = |found: &DayFinding| matches!(found.kind, DayFindingKind::LateAutoscaler { .. });
    assert!(!found.iter().any(is_late), "{found:?}");
    let few = found.iter().find_map(|found| match found.kind {
        DayFindingKind::GrowthHeld { why, pods } => Some((why, pods)),
        _ => None,
    });
    let (why, pods) = few.unwrap();
    assert!(why == Held::Unasked && (5..=7).contains(&pods), "{found:?}");
}

/// Ten requests a second of 10 s each are 100 in 40 gateways. A rollout deletes each gateway once
/// with 2.5 of them, of which a tenth ends within a grace period of 1 s: 90 are cut off, and 6,480
/// by 72 rollouts. Within 30 s all end.
#[test]
fn answers_that_end_with_their_gateway_are_told() {
    let rollouts: Vec<String> = (0..72)
        .map(|place| 10 + 20 * place)
        .map(|minute| format!("rollout/{:02}:{:02}", minute / 60, minute % 60))
        .collect();
    let link = format!(
        "v=2&requests-per-day=864000&shape=flat&peak-multiplier=1&burstiness=1&hpa-min=40\
         &hpa-max=40&avg-input-tokens=0&avg-output-tokens=0&overhead=0&happens={}\
         &p=custom,x,,1,ttft:10",
        rollouts.join(",")
    );
    for (grace_s, is_told) in [(1, true), (30, false)] {
        let strategy = "strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 0}}";
        let object = deployment(40)
            .replace(
                "spec:\n  replicas",
                &format!("spec:\n  {strategy}\n  replicas"),
            )
            .replace(
                "spec: {containers",
                &format!("spec: {{terminationGracePeriodSeconds: {grace_s}, containers"),
            );
        let day = day_of(&link, &object);
        let cut = findings(&day)
            .into_iter()
            .find_map(|found| match found.kind {
                DayFindingKind::AnswersCut { cut, grace_s } => Some((cut, grace_s)),
                _ => None,
            });
        assert_eq!(cut.is_some(), is_told, "{:?}", findings(&day));
        let Some((cut, grace_s)) = cut else { continue };
        assert!((6_000..7_000).contains(&cut), "{cut}");
        assert!((grace_s - 1.0).abs() < 1e-9, "{grace_s}");
    }
}
