//! The exported alerts over a lived day: they sleep on a day that keeps its goals, and wake on one
//! that breaks them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::export;
use kt_capacity::lived::Lived;
use kt_capacity::plan::evaluate;
use kt_capacity::replay::asked;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::TimeBucket;

/// The number behind a text in the rules.
fn threshold(rules: &str, before: &str) -> f64 {
    let (_, rest) = rules.split_once(before).unwrap();
    let end = rest.find(|c: char| c != '.' && !c.is_ascii_digit());
    rest[..end.unwrap_or(rest.len())].parse().unwrap()
}

/// Whether a condition holds at so many minutes in a row and one more, as `for` asks.
fn holds_for(minutes: usize, count: usize, holds: impl Fn(usize) -> bool) -> bool {
    let mut run = 0;
    (0..count).any(|at| {
        run = if holds(at) { run + 1 } else { 0 };
        minutes < run
    })
}

/// A limit or target that is recorded for a provider, if it is.
fn recorded(rules: &str, record: &str, id: &str) -> Option<f64> {
    let each = rules.split("- record: ").skip(1);
    let of_it = each.filter(|rule| rule.starts_with(record));
    let mut of_it = of_it.filter(|rule| rule.contains(&format!("provider: {id}\n")));
    of_it.next().map(|rule| threshold(rule, "vector("))
}

/// The alerts that fire on a day, by the rules' own thresholds. A pod's queue is taken as the mean
/// of the ready ones.
fn fired(rules: &str, day: &Lived, ids: &[String]) -> Vec<&'static str> {
    let buckets = &day.results.buckets;
    let depth = threshold(rules, "kt_request_queue_depth > ");
    let share = threshold(rules, "kt_requests_total[5m])) > ");
    let most = day.facts.pods_max;
    let queue = |at: usize| {
        let bucket = &buckets[at];
        depth * f64::from(bucket.ready.max(1)) < bucket.waiting as f64
    };
    let span = |at: usize| &buckets[at.saturating_sub(4)..=at];
    let target = |place: usize| recorded(rules, "provider:kt_utilization:target", &ids[place]);
    let is_held = rules.contains("10 / 300\n          and on (provider)");
    let is_watched = |place: &usize| !is_held || target(*place).is_some();
    let near = |at: usize| {
        (0..ids.len()).any(|place| {
            let limit = recorded(rules, "provider:kt_requests_per_minute:limit", &ids[place]);
            let Some((limit, target)) = limit.zip(target(place)) else {
                return false;
            };
            let calls: u64 = span(at).iter().map(|it| it.providers[place].calls).sum();
            limit * target < calls as f64 / span(at).len() as f64
        })
    };
    let refused = |at: usize| {
        (0..day.facts.providers.len())
            .filter(is_watched)
            .any(|place| {
                let sum = |of: fn(&TimeBucket, usize) -> u64| -> u64 {
                    span(at).iter().map(|bucket| of(bucket, place)).sum()
                };
                let calls = sum(|bucket, place| bucket.providers[place].calls);
                let rejected = sum(|bucket, place| bucket.providers[place].rejected);
                10 < calls && share * (calls as f64) < rejected as f64
            })
    };
    let full = |at: usize| most <= buckets[at].existing;
    let count = buckets.len();
    [
        ("HighQueueDepth", holds_for(2, count, queue)),
        ("ProviderRateLimited", holds_for(5, count, refused)),
        ("ProviderNearRequestLimit", holds_for(10, count, near)),
        ("AutoscalerAtMaximum", holds_for(15, count, full)),
    ]
    .into_iter()
    .filter_map(|(name, fires)| fires.then_some(name))
    .collect()
}

#[test]
fn alerts_sleep_on_a_day_that_keeps_its_goals_and_wake_on_one_that_does_not() {
    let large = "p=openai,gpt-4o,Grow,100&hpa-max=40&requests-per-day=500000";
    for (link, is_kept) in [
        ("v=2".to_owned(), true),
        ("v=2&requests-per-day=160000&hpa-min=8".to_owned(), true),
        (format!("v=2&{large}&hpa-min=16"), true),
        (format!("v=2&{large}&hpa-in-flight=13"), true),
        // The first place is full by design from morning till evening.
        (
            "v=2&p=custom,x,,1,rpm:20&p=custom,y,,1,order:1,rpm:1000&requests-per-day=50000\
             &hpa-min=8&attempts=1"
                .to_owned(),
            true,
        ),
        // Late by little, late by much, limits met, the maximum met, and nobody heard.
        ("v=2&requests-per-day=100000".to_owned(), false),
        (format!("v=2&{large}"), false),
        ("v=2&requests-per-day=500000&hpa-max=6".to_owned(), false),
        (
            "v=2&requests-per-day=160000&shape=flat&peak-multiplier=1&hpa-min=2&hpa-max=2\
             &leaving=unnoticed&sends=3&happens=spike/12:00-12:01:8"
                .to_owned(),
            false,
        ),
    ] {
        let (scenario, dropped) = from_fragment(&link);
        assert_eq!(dropped, [], "{link}");
        let plan = evaluate(&scenario, date(2026, 11, 23));
        let rules = export::file("prometheus-rules.yaml", &scenario, &plan, "");
        let rules = rules.unwrap().text;
        let day = asked(&scenario, &plan).unwrap().lived().unwrap();
        assert_eq!(day.story().is_kept, is_kept, "{link}");
        let fired = fired(&rules, &day, &scenario.target_ids());
        assert_eq!(fired.is_empty(), is_kept, "{link}: {fired:?}");
    }
}
