//! Measured day of a file: coverage, completion of the rest, and effect of flags.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fmt::Write as _;

use kt_capacity::catalog::date::date;
use kt_capacity::import::rows_called;
use kt_capacity::model::MeasuredDay;
use kt_capacity::plan::{Judged, LimitKind, evaluate, near_limits};
use kt_capacity::replay;
use kt_capacity::say;
use kt_capacity::say::in_short;
use kt_capacity::say::words::plain_spaces;
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::Arrivals;
use kt_capacity::traffic::{
    self, Answers, Digest, Observed, Outcome, PeakChoice, Reader, digest, facts,
};

/// A file of single requests: day of October 2026, hour, minute, second.
fn file(times: impl IntoIterator<Item = (u32, u32, u32, u32)>) -> Observed {
    let mut text = "timestamp,input_tokens,output_tokens\n".to_owned();
    for (day, hour, minute, second) in times {
        let time = format!("2026-10-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
        writeln!(text, "{time},10,1").unwrap();
    }
    let mut reader = Reader::new(&Answers::default());
    reader.push(text.as_bytes());
    let Outcome::Read(observed) = reader.finish() else {
        panic!("{text}");
    };
    *observed
}

/// One request in each minute of some hours of a day.
fn each_minute(
    day: u32,
    hours: std::ops::Range<u32>,
) -> impl Iterator<Item = (u32, u32, u32, u32)> {
    hours.flat_map(move |hour| (0..60).map(move |minute| (day, hour, minute, 0)))
}

fn minutes(digest: &Digest) -> &[Option<f64>] {
    digest.fullest_day.as_ref().unwrap()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
}

/// From 18:00 to 18:00 one request comes a minute, and three from 22:00 to 02:00. The day is joined
/// from both: 20 · 60 + 4 · 60 · 3 = 1,920. Asked for twice as many, each minute has twice its own.
#[test]
fn a_day_around_midnight_is_joined_from_its_hours() {
    let is_busy = |hour: u32| !(2..22).contains(&hour);
    let both = each_minute(5, 18..24).chain(each_minute(6, 0..18));
    let times = both.flat_map(|it| {
        let count = if is_busy(it.1) { 3 } else { 1 };
        std::iter::repeat_n(it, count)
    });
    let digest = digest(&file(times), 0);
    let day = minutes(&digest);
    assert_eq!(
        (day[0], day[2 * 60], day[18 * 60]),
        (Some(3.0), Some(1.0), Some(1.0))
    );
    assert_eq!((day[17 * 60], day[22 * 60]), (Some(1.0), Some(3.0)));
    near(day.iter().map(|it| it.unwrap()).sum(), 1_920.0);
    let (twice, times) = digest.fullest_day_of(3_840.0).unwrap();
    near(times, 2.0);
    near(twice.minutes.iter().map(|it| it.unwrap()).sum(), 3_840.0);
}

/// Of three days the second is whole, and fuller than the halves beside it; the third has more in
/// its half, and no whole day.
#[test]
fn a_whole_day_goes_before_a_fuller_part_of_one() {
    let first = each_minute(5, 12..24);
    let whole = each_minute(6, 0..24);
    let last = (0..4).flat_map(|_| each_minute(7, 0..12));
    let digest = digest(&file(first.chain(whole).chain(last)), 0);
    near(minutes(&digest).iter().map(|it| it.unwrap()).sum(), 1_440.0);
}

/// A minute of the clock has what came in it, also where the first request of the file came five
/// seconds after it began: nothing comes before 09:00.
#[test]
fn minutes_are_those_of_the_clock() {
    let rows = |day, second| {
        each_minute(day, 9..11).map(move |(day, hour, minute, _)| (day, hour, minute, second))
    };
    let digest = digest(&file(rows(5, 5).chain(rows(6, 1)).chain(rows(7, 1))), 0);
    let day = minutes(&digest);
    assert_eq!(
        (day[8 * 60 + 59], day[9 * 60], day[11 * 60]),
        (Some(0.0), Some(1.0), Some(0.0))
    );
}

/// Two hours of a request a minute are 120; the file says 120 · 86,400 ÷ 7,140 s = 1,452.1 a day.
/// The day has the 120, and what is left of 1,452 outside of them. Asked for ten times as many, the
/// two hours have 1,200 of 14,521.
#[test]
fn the_plan_fills_the_part_of_a_day_that_a_file_does_not_cover() {
    let digest = digest(&file(each_minute(5, 9..11)), 0);
    let day = minutes(&digest);
    assert_eq!(
        (day[9 * 60 - 1], day[9 * 60], day[11 * 60]),
        (None, Some(1.0), None)
    );
    let mean = digest.requests_per_day().unwrap();
    near(mean, 1_452.1);
    let (at_ten, times) = digest.fullest_day_of(14_521.0).unwrap();
    near(times, 10.0);
    let at_once = MeasuredDay {
        minutes: day.to_vec(),
        filled: 0,
    };
    for (minutes, requests, within) in [(at_once, "1452.1", 120_u32), (at_ten, "14521", 1_200)] {
        let scenario = scenario(&format!("v=2&requests-per-day={requests}"));
        let plan = evaluate(&scenario, date(2026, 1, 15));
        let asked = replay::asked_as(&scenario, &plan, Some(minutes)).unwrap();
        let Arrivals::Random(random) = &asked.question.config.arrivals else {
            panic!("no curve");
        };
        let all: u64 = random.requests.iter().sum();
        // Outside of these two hours as many come as planned there, and no more: what the plan has
        // beyond the 120 or 1,200 of those hours is not pressed into the others.
        let mean: f64 = requests.parse::<f64>().unwrap() / 288.0;
        let outside = plan.day.profile.iter().enumerate();
        let outside = outside.filter(|(sample, _)| !(9 * 12..11 * 12).contains(sample));
        let planned: f64 = outside.map(|(_, height)| mean * height).sum();
        let wanted = planned + f64::from(within);
        assert!((all as f64 - wanted).abs() <= 1.0, "{all} of {wanted}");
        let within = u64::from(within);
        let seen: u64 = random.requests[9 * 60..11 * 60].iter().sum();
        assert!(seen.abs_diff(within) <= 1, "{seen} of {within}");
        let lived = asked.lived().unwrap();
        let said = plain_spaces(&say::day::sentence(&lived.story(), &lived.facts));
        let part = "The file covers 2 hours of this day, from 09:00 to 11:00. At all other times \
                    requests arrive as planned";
        assert!(said.contains(part), "{said}");
        assert!(plain_spaces(&in_short::day(&lived)).contains(part));
    }
}

/// From half past to half past the first and last hours are half seen: the other halves count as
/// these, and that is told. 00:30 to 23:30 lacks an hour of the day; 08:30 to 17:30 are nine.
#[test]
fn what_is_filled_in_is_not_told_as_covered() {
    let said = |first: u32, last: u32| {
        let rows = each_minute(5, first..last + 1);
        let rows = rows.filter(|(_, hour, minute, _)| {
            let minute = hour * 60 + minute;
            (first * 60 + 30..last * 60 + 30).contains(&minute)
        });
        let digest = digest(&file(rows), 0);
        let (day, _) = digest.fullest_day_of(1_440.0).unwrap();
        assert_eq!(day.filled, 60);
        let scenario = scenario("v=2&requests-per-day=1440");
        let plan = evaluate(&scenario, date(2026, 1, 15));
        let asked = replay::asked_as(&scenario, &plan, Some(day)).unwrap();
        let lived = asked.lived().unwrap();
        plain_spaces(&say::day::sentence(&lived.story(), &lived.facts))
    };
    let whole = said(0, 23);
    let part = " The file lacks 1 hour of this day; the gaps are filled in from the rest of their \
                hours.";
    assert!(whole.contains(part), "{whole}");
    let some = said(8, 17);
    let part = " The file covers 9 hours of this day, from 08:00 to 18:00; the gaps are filled in \
                from the rest of their hours. At all other times";
    assert!(some.contains(part), "{some}");
}

/// A file of one request covers a minute, and says nothing of a day: the scenario's requests are
/// asked for, and come.
#[test]
fn a_single_request_leaves_the_day_to_the_plan() {
    let digest = digest(&file([(5, 10, 0, 30)]), 0);
    assert_eq!(digest.requests_per_day(), None);
    let (minutes, times) = digest.fullest_day_of(100_000.0).unwrap();
    near(times, 1.0);
    assert_eq!(minutes.minutes.iter().flatten().count(), 1);
    let scenario = scenario("v=2&requests-per-day=100000");
    let plan = evaluate(&scenario, date(2026, 1, 15));
    let asked = replay::asked_as(&scenario, &plan, Some(minutes)).unwrap();
    let Arrivals::Random(random) = &asked.question.config.arrivals else {
        panic!("no curve");
    };
    // All but those planned in the minute that is measured, and the one of it.
    let planned = 100_000.0 / 1_440.0 * plan.day.profile[120];
    let all = random.requests.iter().sum::<u64>() as f64;
    assert!((all - (100_001.0 - planned)).abs() <= 1.0, "{all}");
}

/// The burstiness of a file is that within its minutes, and its day keeps it: minutes of the file
/// alone would be Poisson, 1.
#[test]
fn a_measured_day_is_as_bursty_as_its_scenario() {
    let (day, _) = digest(&file(each_minute(5, 0..24)), 0)
        .fullest_day_of(1_440.0)
        .unwrap();
    let scenario = scenario("v=2&requests-per-day=1440&burstiness=50");
    let plan = evaluate(&scenario, date(2026, 1, 15));
    let asked = replay::asked_as(&scenario, &plan, Some(day)).unwrap();
    let Arrivals::Random(random) = &asked.question.config.arrivals else {
        panic!("no curve");
    };
    near(random.dispersion, 50.0);
}

/// A request at midnight and one at the next are 24 times the mean in their hour. No minute that
/// 0.1 % of all exceed has any, so that the file gives no peak by that definition; what is planned
/// has the measured shape all the same: nothing comes at noon.
#[test]
fn a_fit_keeps_the_shape_that_it_measured() {
    let observed = file([(5, 0, 0, 0), (6, 0, 0, 0)]);
    let fit = traffic::fit(&observed, &facts(&observed), 0);
    let pairs = fit.pairs(PeakChoice::P999).into_iter();
    let link: Vec<String> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
    let scenario = scenario(&format!("v=2&{}", link.join("&")));
    let plan = evaluate(&scenario, date(2026, 1, 15));
    let noon = plan.day.profile[144];
    assert!(noon < 1e-3, "{noon}");
}

fn scenario(link: &str) -> Scenario {
    let (scenario, notices) = from_fragment(link);
    assert_eq!(notices, [], "{link}");
    scenario
}

/// Three live requests a minute, and 2,880 in batches at night, are 7,200, of which 40 % go in
/// batches. The day has five a minute, so that three are live, as they were measured: 4,320. Asked
/// for twice as many, it has twice of both.
#[test]
fn live_requests_arrive_as_measured_beside_batches() {
    let mut text = "timestamp,service_tier,input_tokens,output_tokens\n".to_owned();
    let mut add = |(hour, minute, second): (u32, u32, u32), tier: &str| {
        let time = format!("2026-10-05T{hour:02}:{minute:02}:{second:02}Z");
        writeln!(text, "{time},{tier},10,1").unwrap();
    };
    for (hour, minute) in (0..24).flat_map(|hour| (0..60).map(move |minute| (hour, minute))) {
        for second in [0, 20, 59] {
            add((hour, minute, second), "default");
        }
        for second in 0..if hour == 2 { 48 } else { 0 } {
            add((hour, minute, second), "batch");
        }
    }
    let mut reader = Reader::new(&Answers::default());
    reader.push(text.as_bytes());
    let Outcome::Read(observed) = reader.finish() else {
        panic!("{text}");
    };
    let digest = digest(&observed, 0);
    assert!(minutes(&digest).iter().all(|it| *it == Some(3.0)));
    let mean = digest.requests_per_day().unwrap();
    for (wanted, each, times) in [(mean, 5.0, 1.0), (14_400.0, 10.0, 2.0)] {
        let (day, found) = digest.fullest_day_of(wanted).unwrap();
        near(found, times);
        near(day.minutes[600].unwrap(), each);
        let scenario = scenario(&format!("v=2&requests-per-day={wanted:.2}&batch=40"));
        let plan = evaluate(&scenario, date(2026, 1, 15));
        let asked = replay::asked_as(&scenario, &plan, Some(day)).unwrap();
        let config = asked.question.config;
        let Arrivals::Random(random) = &config.arrivals else {
            panic!("no curve");
        };
        let all: u64 = random.requests.iter().sum();
        let weight = |is_live: bool| -> u64 {
            let clients = config.clients.iter();
            let meant = clients.filter(|it| !is_live || !it.is_answered_here);
            meant.map(|it| it.weight).sum()
        };
        let live = all as f64 * weight(true) as f64 / weight(false) as f64;
        near(live, 4_320.0 * times);
    }
}

/// A minute with exactly as many requests as a limit allows fills it, and does not pass it.
#[test]
fn a_minute_that_fills_a_limit_is_not_over_it() {
    // Some of these quotients are just above 1 in binary.
    for limit in 5..=90 {
        let busy = (0..limit).map(|at| (5, 10, 0, at % 60));
        let calm = (5..7).flat_map(|day| each_minute(day, 0..24)).step_by(4);
        let digest = digest(
            &file(calm.filter(|it| (it.1, it.2) != (10, 0)).chain(busy)),
            0,
        );
        let link = format!("v=2&p=openai,gpt-4o,Own,1,rpm:{limit}");
        let scenario = &from_fragment(&link).0;
        let plan = &evaluate(scenario, date(2026, 11, 26));
        let limits = near_limits(Judged {
            scenario,
            plan,
            digest: &digest,
            rows: &rows_called(&digest, &scenario.providers),
        });
        let rpm = limits.iter().find(|it| it.kind == LimitKind::Rpm).unwrap();
        let (_, fullest) = rpm.worst[0];
        near(fullest, 1.0);
        assert!(
            rpm.over_100.count.abs() < 1e-9,
            "{limit}: {}",
            rpm.over_100.count
        );
    }
}
