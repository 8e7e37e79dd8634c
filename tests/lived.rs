//! Simulated days small enough to be calculated by hand.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::lived::{DayFinding, DayFindingKind, Facts, Lived, Minute, findings};
use kt_capacity::plan::evaluate;
use kt_capacity::replay::asked;
use kt_capacity::say::in_short;
use kt_capacity::say::words::plain_spaces;
use kt_capacity::scenario::{Goals, Scenario};
use kt_capacity::simulation::{
    Arrivals, Calls, Change, Client, Config, Count, Event, Gateway, Metrics, Planned, Provider,
    Question, Regular, Results, Routing, Simulation, Status,
};

const MINUTE_MS: u64 = 60_000;

/// An hour of one pod with one slot; each answer takes 50 s. So many requests come at once in
/// each minute of a span.
fn hour(from: u64, to: u64, size: u32) -> Config {
    Config {
        duration_ms: 60 * MINUTE_MS,
        bucket_ms: MINUTE_MS,
        late_ms: 30_000,
        clients: vec![Client {
            service_ms: Some(50_000),
            ..Client::default()
        }],
        arrivals: Arrivals::Regular(vec![Regular {
            from_ms: from * MINUTE_MS,
            to_ms: to * MINUTE_MS,
            gap_ms: MINUTE_MS,
            size,
            request: Planned::default(),
        }]),
        providers: vec![Provider::default()],
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
    }
}

fn lived(config: Config) -> Lived {
    let scenario = Scenario::default();
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let facts = Facts::of(&config, &scenario, &plan);
    let mut run = Simulation::new(config, 1).unwrap();
    while run.step(1_000) == Status::Running {}
    Lived {
        facts,
        results: run.results(),
    }
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
}

/// Eight come at once and nobody may wait: one is served, seven are refused.
#[test]
fn a_time_of_refusals_is_found_to_the_minute() {
    let mut config = hour(10, 20, 8);
    config.gateway.queue_max = 0;
    let story = lived(config).story();
    assert_eq!((story.offered, story.served), (80, 10));
    near(story.unanswered_ratio, 70.0 / 80.0);
    near(story.late_ratio, 0.0);
    let worst = story.worst.unwrap();
    assert_eq!((worst.from, worst.to), (10, 20));
    near(worst.unanswered_ratio, 7.0 / 8.0);
    assert!(!story.is_kept);
}

/// Two come a minute. The request i starts at 600 + 50 i and came at 600 + 60 ⌊i ÷ 2⌋ seconds: of
/// a pair j the first waits 40 j, the second 40 j + 50. All but the first pair's first wait
/// longer than 30 s, the last one 410 s.
#[test]
fn late_starts_are_counted_and_goals_are_held_against_them() {
    let story = lived(hour(10, 20, 2)).story();
    near(story.late_ratio, 19.0 / 20.0);
    near(story.unanswered_ratio, 0.0);
    let wait = story.wait_p99_s.unwrap();
    assert!((405.0..=415.0).contains(&wait), "{wait}");
    let goals = |late_percent, wait_p99_s| Goals {
        late_percent,
        wait_p99_s,
        ..Goals::default()
    };
    for (goals, is_kept) in [
        (goals(95.0, None), true),
        (goals(94.9, None), false),
        (goals(95.0, Some(420.0)), true),
        (goals(95.0, Some(400.0)), false),
    ] {
        assert_eq!(story.keeps(&goals), is_kept, "{goals:?}");
    }
}

/// The longest of 20 waits is 410 s, which exceeds a goal of 400 s.
#[test]
fn a_wait_above_its_goal_is_told_in_the_line_of_the_day() {
    let mut day = lived(hour(10, 20, 2));
    let line = |day: &Lived| plain_spaces(&in_short::day(day));
    day.facts.goals.wait_p99_s = Some(420.0);
    assert!(!line(&day).contains("above the goal"), "{}", line(&day));
    day.facts.goals.wait_p99_s = Some(400.0);
    assert!(
        line(&day).contains(", above the goal of 400 s"),
        "{}",
        line(&day)
    );
}

/// A bucket of 60 requests meets 90 at once.
#[test]
fn a_provider_that_refuses_is_named_with_its_time_and_share() {
    let mut config = hour(30, 31, 90);
    config.gateway.slots = 100;
    config.providers[0].rpm = Some(60);
    let found = findings(&lived(config));
    let refused = found
        .iter()
        .find(|each| matches!(each.kind, DayFindingKind::ProviderRefuses { .. }));
    let refused = refused.unwrap();
    assert_eq!((refused.from, refused.to), (30, 31));
    near(refused.share_ratio, 30.0 / 90.0);
    let DayFindingKind::ProviderRefuses { rejected, name, .. } = &refused.kind else {
        panic!("{refused:?}");
    };
    assert_eq!((*rejected, name.as_str()), (30, "OpenAI"));
}

/// Two requests a minute go to two pods in turn. The zone of the first is lost at 0:10: its next
/// request fails, it is noticed after 50 s, and replaced after five minutes more, at 0:15:50. From
/// 0:11 on one pod starts a request every 50 s: at 11:00, then, each more than 30 s after it came,
/// at 11:50, 12:40, 13:30 and 14:20. Of ten that come from 0:10 to 0:15 one fails and four are
/// late.
#[test]
fn lost_pods_are_told_until_they_are_replaced() {
    let with = |until: u64| {
        let mut config = hour(0, until, 2);
        config.gateway.pods = 2;
        config.gateway.zones = 2;
        config.gateway.routing = Routing::Turn;
        config.events = vec![Event {
            at_ms: 10 * MINUTE_MS,
            change: Change::ZoneLoss {
                zone: 0,
                grace_ms: 50_000,
                eviction_ms: 300_000,
            },
        }];
        let found = findings(&lived(config));
        let is_lost = |each: &DayFinding| matches!(each.kind, DayFindingKind::PodsLost { .. });
        found.into_iter().find(is_lost)
    };
    let found = with(60).unwrap();
    assert_eq!(found.kind, DayFindingKind::PodsLost { pods: 1 });
    assert_eq!((found.from, found.to), (10, 15));
    near(found.share_ratio, 0.5);
    // Nobody comes any more.
    assert_eq!(with(9), None);
}

#[test]
fn a_quiet_day_has_no_finding() {
    let quiet = lived(hour(10, 20, 1));
    assert_eq!(findings(&quiet), vec![]);
    let story = quiet.story();
    assert!(story.is_kept && story.worst.is_none());
    near(story.pod_hours, 1.0);
}

#[test]
fn steps_of_five_minutes_add_up_to_their_minutes() {
    let day = lived(hour(10, 20, 8));
    let strips = day.strips();
    assert_eq!(strips.steps.len(), 12);
    let offered: Vec<u64> = strips.steps.iter().map(|step| step.offered).collect();
    assert_eq!(offered[..5], [0, 0, 40, 40, 0]);
}

#[test]
fn question_and_answer_cross_as_they_are() {
    let mut scenario = Scenario::default();
    scenario.gateway.hpa.up_tolerance_percent = Some(5.0);
    scenario.day.happens = Some(
        "zone-loss/12:00-13:00:1,rollout/14:00,spike/10:00-10:30:3,metrics-out/09:00-10:00:cpu,\
         provider-hangs/10:00-11:00:anthropic"
            .to_owned(),
    );
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let question = asked(&scenario, &plan).unwrap().question;
    assert_eq!(question.config.events.len(), 3);
    let bytes = question.to_bytes();
    assert_eq!(Question::from_bytes(&bytes), Some(question));
    assert_eq!(Question::from_bytes(&bytes[1..]), None);
    let results = lived(hour(10, 20, 8)).results;
    let bytes = results.to_bytes();
    assert_eq!(Results::from_bytes(&bytes), Some(results));
}

/// 50,000 requests a day; from ten to half past, three times as many.
#[test]
fn a_spike_multiplies_what_comes_in_its_time_and_nothing_else() {
    let of = |happens: Option<&str>| {
        let mut scenario = Scenario::default();
        scenario.day.happens = happens.map(str::to_owned);
        let plan = evaluate(&scenario, date(2026, 11, 23));
        match asked(&scenario, &plan).unwrap().question.config.arrivals {
            Arrivals::Random(random) => random.requests,
            other => panic!("{other:?}"),
        }
    };
    let (plain, spiked) = (of(None), of(Some("spike/10:00-10:28:3")));
    // It cuts a window, so that its minutes are written.
    assert_eq!((plain.len(), spiked.len()), (288, 1_440));
    for (window, (plain, spiked)) in plain.iter().zip(spiked.chunks(5)).enumerate() {
        let times = match window {
            120..125 => 3.0,
            // Three of its five minutes.
            125 => 1.0 + 2.0 * 0.6,
            _ => 1.0,
        };
        let expected = *plain as f64 * times;
        assert!(
            (spiked.iter().sum::<u64>() as f64 - expected).abs() <= 1.0,
            "{window}: {spiked:?}"
        );
    }
}

/// Three hours of one pod, in which eight come at once in each minute from 100 to 110 and nobody
/// may wait. An hour has all of that trouble if it begins at minute 50 to 100; the middle of
/// these is 75.
#[test]
fn the_worst_hour_has_the_trouble_in_its_middle() {
    let mut config = hour(100, 110, 8);
    config.duration_ms = 180 * MINUTE_MS;
    config.gateway.queue_max = 0;
    let day = lived(config);
    let worst = day.worst_hour().unwrap();
    assert_eq!((worst.from, worst.minutes.len()), (75, 60));
    let lost: u64 = worst.minutes.iter().map(|minute| minute.unanswered).sum();
    assert_eq!(lost, 70);
    let said = plain_spaces(&in_short::hour(&worst, &day.facts));
    let expected = "From 01:15 to 02:15, 10 requests are answered in time, 0 wait longer than 30 \
                    s, 70 get no answer; 1 gateway ready.";
    assert_eq!(said, expected);
    // Seven of eight are 87.5 %.
    let told = plain_spaces(&in_short::day(&day));
    let expected = "Simulated day, goals broken. From 01:40 to 01:50, 88 % get no answer.";
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn a_quiet_day_has_no_worst_hour_and_says_so_in_a_line() {
    let day = lived(hour(10, 20, 1));
    assert_eq!(day.worst_hour(), None);
    let told = plain_spaces(&in_short::day(&day));
    let expected = "Simulated day, goals kept. All 10 requests are answered, and none waits \
                    longer than 30 s for a slot. 1 gateway all day, 1 pod-hour.";
    assert_eq!(told, expected);
}

/// A bucket of 60 requests meets 90 at once: 60 calls are taken, 30 refused. A minute later there
/// is nothing to share.
#[test]
fn a_moment_shows_who_takes_which_part_and_who_refuses() {
    let mut config = hour(30, 31, 90);
    config.gateway.slots = 100;
    config.providers[0].rpm = Some(60);
    let day = lived(config);
    let moment = day.moment(30).unwrap();
    assert_eq!(
        (moment.now.offered, moment.now.ready, moment.slots),
        (90, 1, 100)
    );
    let first = &moment.providers[0];
    assert_eq!((first.calls, first.rejected, first.failed), (90, 30, 0));
    near(first.share_ratio, 1.0);
    let later = day.moment(32).unwrap();
    near(later.providers[0].share_ratio, 0.0);
    assert_eq!(later.providers[0].calls_of_day, 90);
    assert_eq!(day.moment(60), None);
}

/// Four come at once and nobody waits longer than a minute: the first starts at once, the second
/// after 50 s, late; at 100 s the last two are dropped. One of two that started was late; two of
/// four have no answer.
#[test]
fn who_never_got_a_slot_did_not_start_late() {
    let mut config = hour(10, 11, 4);
    config.gateway.stale_ms = Some(60_000);
    let day = lived(config);
    let counts = &day.results.totals.counts;
    assert_eq!((counts.of(Count::Started), counts.of(Count::Late)), (2, 3));
    let story = day.story();
    near(story.late_ratio, 1.0 / 2.0);
    near(story.unanswered_ratio, 2.0 / 4.0);
    // Trouble counts each of the three once.
    let troubled: u64 = day.minutes().iter().map(Minute::troubled).sum();
    assert_eq!(troubled, 3);
}
