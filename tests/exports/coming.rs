//! Load and ranges of the days that follow a file.

use kt_capacity::say::traffic as say;
use kt_capacity::traffic::{Answers, Fit, Outcome, facts, fit};
use serde_json::json;

use super::{openai_page, read_with};

/// 2026-10-05T00:00:00Z, a Monday.
const MONDAY: i64 = 1_791_158_400;

/// The values of a file with so many requests on each day from a Monday on.
fn of_days(days: &[u32]) -> Fit {
    let day = |(at, requests): (i64, &u32)| {
        let start = MONDAY + at * 86_400;
        (start, json!(start + 86_400), *requests)
    };
    let days: Vec<_> = (0..).zip(days).map(day).collect();
    let page = openai_page(&days, false);
    let outcome = read_with(&[page.as_bytes()], &Answers::default());
    let Outcome::Read(observed) = outcome else {
        panic!("a file that is read: {outcome:?}");
    };
    fit(&observed, &facts(&observed), 0)
}

#[track_caller]
fn assert_near(found: f64, known: f64, within: f64) {
    assert!(
        (found / known - 1.0).abs() < within,
        "{found} is not {known}"
    );
}

/// The requests a day, which have no range.
#[track_caller]
fn assert_sure(fit: &Fit, known: f64) {
    let requests = fit.values.requests_per_day;
    assert_near(requests.value.unwrap(), known, 1e-9);
    for end in requests.range.unwrap() {
        assert_near(end, known, 1e-9);
    }
    let said = say::range("requests-per-day", requests.range.unwrap());
    assert_eq!(said, None);
}

/// 1,000 requests on weekdays and 100 on the others: (5 × 1,000 + 2 × 100) ÷ 7 on each of as many
/// days that follow, which have the same weekdays.
#[test]
fn the_week_of_an_office_is_no_drift() {
    let days = [1_000, 1_000, 1_000, 1_000, 1_000, 100, 100].into_iter();
    for weeks in [2, 4] {
        let days: Vec<u32> = days.clone().cycle().take(7 * weeks).collect();
        assert_sure(&of_days(&days), 5_200.0 / 7.0);
    }
    let eight: Vec<u32> = days.cycle().take(8).collect();
    assert_sure(&of_days(&eight), 6_200.0 / 8.0);
}

/// Of 1,000 a day, 100 were counted on an end that was cut off; a weekend of 100 is whole.
#[test]
fn a_day_cut_off_counts_for_nothing() {
    let mut days = [1_000; 14];
    days[13] = 100;
    let last = of_days(&days);
    assert_sure(&last, 1_000.0);
    let [day] = last.unfinished[..] else {
        panic!("one day: {last:?}");
    };
    assert!(say::unfinished(&day).starts_with(
        "The last day may be unfinished, 100 requests against 1,000 or more: the values of a day \
         and the ranges leave it out."
    ));
    days[0] = 100;
    let both = of_days(&days);
    assert_sure(&both, 1_000.0);
    assert_eq!(both.unfinished.len(), 2);
    let office = [1_000, 1_000, 1_000, 1_000, 1_000, 100, 100].repeat(2);
    assert_eq!(of_days(&office).unfinished, []);
}

/// 5 % a week from 1,000 on, in whole requests, over nine weeks: their mean is 1,250.7, and the
/// level at the end of the last day, between its 1,540 and the 1,551 of the next, 1,545. The plan's
/// growth counts from there; what is left of the days does not drift.
#[test]
fn growth_counts_from_the_load_at_the_end() {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole requests, as a file has them"
    )]
    let day = |at: i32| (1_000.0 * 1.05_f64.powf(f64::from(at) / 7.0)) as u32;
    let days: Vec<u32> = (0..63).map(day).collect();
    let found = of_days(&days);
    let requests = found.values.requests_per_day;
    assert_near(requests.value.unwrap(), 1_545.5, 1e-3);
    let [low, high] = requests.range.unwrap();
    assert!(1_540.0 < low && high < 1_552.0, "{low} to {high}");
    assert_eq!(
        found.level.map(|level| say::level(&level)).unwrap(),
        "1,251 requests a day on average, 1,545 at the end, with 23.6 % a month"
    );
    // Equal ends are no interval.
    assert_eq!(say::growth(&found.growth.unwrap()), None);
    assert_eq!(of_days(&[1_000; 28]).level, None);
}
