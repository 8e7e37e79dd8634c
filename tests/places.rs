//! An order of providers by hand: whom batches go to, who is refused where requests of unlike sizes
//! meet, and what keys of several places count together.

use kt_capacity::catalog::date::date;
use kt_capacity::plan::{LimitKind, LimitUse, Plan, evaluate};
use kt_capacity::scenario::link::from_fragment;

const DAYS_A_MONTH: f64 = 365.2425 / 12.0;

/// A flat day of a scenario.
fn plan(fragment: &str) -> Plan {
    let link = format!("v=2&shape=flat&peak-multiplier=1&attempts=1&{fragment}");
    let (scenario, dropped) = from_fragment(&link);
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    evaluate(&scenario, date(2026, 11, 26))
}

#[track_caller]
fn assert_near(actual: f64, expected: f64) {
    let near = (actual - expected).abs() <= 1e-6 * expected.abs();
    assert!(near, "{actual}, not {expected}");
}

#[track_caller]
fn used(plan: &Plan, row: usize, kind: LimitKind) -> LimitUse {
    let found = plan.providers[row].limits.iter().find(|it| it.kind == kind);
    *found.expect("a limit of this kind")
}

/// Dollars a day at each provider.
fn usd_a_day(plan: &Plan) -> Vec<f64> {
    let usd = plan.cost.providers.iter();
    usd.map(|it| it.per_month_usd / DAYS_A_MONTH).collect()
}

/// Ten requests a minute of 1,000 tokens, half of them in batches. The first holds two of the five
/// live ones, at a dollar per million; the second takes three, at ten dollars.
const HALF_IN_BATCHES: &str = "w=A,14400/day,1000,0,batch:50";
const DEAR: &str = "p=custom,y,,1,order:1,price-input:10,price-cached:10,price-output:10";

fn batches(first: &str, second: &str) -> Plan {
    plan(&format!(
        "{HALF_IN_BATCHES}&p=custom,x,,1,rpm:2,price-input:1,price-cached:1,price-output:1{first}\
         &{DEAR}{second}"
    ))
}

#[test]
fn batches_go_to_the_first_place_whatever_the_live_requests_do() {
    // 7.2 M tokens live: 2.88 at one dollar, 4.32 at ten. 7.2 M in batches at one dollar.
    let found = batches("", "");
    let usd = usd_a_day(&found);
    assert_near(usd[0], 2.88 + 7.2);
    assert_near(usd[1], 43.2);
    let first = &found.providers[0];
    assert_near(first.share_of(0), 0.4);
    // 2 of 5 live ones and all of the others, of all.
    assert_near(first.share_ratio, 0.5 * 0.4 + 0.5);
    assert_near(first.rpm, 2.0);
    assert_near(found.providers[1].rpm, 3.0);
}

#[test]
fn batches_that_find_the_queue_full_go_on_alone() {
    // 1.8 M of 7.2 M wait at the first, 5.4 M at the second; live requests know nothing of it.
    let found = batches(",batch-queue:1800000", ",batch-queue:10800000");
    let usd = usd_a_day(&found);
    assert_near(usd[0], 2.88 + 1.8);
    assert_near(usd[1], 43.2 + 54.0);
    assert_near(found.providers[0].share_of(0), 0.4);
    let first = used(&found, 0, LimitKind::BatchQueue);
    assert_near(first.state.ratio().unwrap_or_default(), 1.0);
    assert_eq!(first.max_scale, None, "full by design");
    let second = used(&found, 1, LimitKind::BatchQueue);
    assert_near(second.state.ratio().unwrap_or_default(), 0.5);
    // s × 7.2 − 1.8 = 10.8.
    assert_near(second.max_scale.unwrap_or_default(), 1.75);
    // A queue that is over refuses no live request.
    let over = batches(",batch-queue:1800000", ",batch-queue:2700000");
    assert_near(used(&over, 1, LimitKind::BatchQueue).load, 5.4e6);
    assert_near(over.queue.limited_ratio, 0.0);
    let requests = batches(",batch-requests:1800", ",batch-requests:2700");
    assert_near(used(&requests, 1, LimitKind::BatchRequests).load, 5_400.0);
    assert_near(requests.queue.limited_ratio, 0.0);
}

#[test]
fn a_month_that_is_spent_sends_batches_on_as_well() {
    // Half of what 10.08 dollars a day come to: half of all days are without the first.
    let month = 5.04 * DAYS_A_MONTH;
    let usd = usd_a_day(&batches(&format!(",spend-month:{month}"), ""));
    assert_near(usd[0], 5.04);
    // 43.2 on one half, 72 live and 72 in batches on the other.
    assert_near(usd[1], f64::midpoint(43.2, 144.0));
}

#[test]
fn batches_alone_reach_a_place_that_no_live_request_comes_to() {
    // The first takes all live ones and no batch.
    let link = format!("{HALF_IN_BATCHES}&p=custom,x,,1,rpm:100,batch-queue:0&{DEAR}");
    let found = plan(&link);
    assert_near(usd_a_day(&found)[1], 72.0);
    assert_near(found.providers[1].share_ratio, 0.5);
    assert_near(found.providers[1].rpm, 0.0);
    assert_near(found.providers[0].rpm, 5.0);
}

#[test]
fn a_workload_that_is_bound_keeps_its_batches() {
    // Bound to the second: 7.2 M live and 7.2 M in batches at ten dollars.
    let link = format!("{HALF_IN_BATCHES},to:custom-2&p=custom,x,,1,rpm:2&{DEAR}");
    assert_near(usd_a_day(&plan(&link))[1], 144.0);
}

/// A: 600 a minute of 2,000 tokens, bound to the first. B: 600 of 100 tokens that may go on. 1.26 M
/// tokens come to the first, which holds 600,000: 47.619 % of each.
const UNLIKE: &str = "w=A,600/min,2000,0,to:custom&w=B,600/min,100,0";
const SERVED: f64 = 0.6 / 1.26;

#[test]
fn a_row_refuses_and_passes_on_by_its_own_mix() {
    let found = plan(&format!(
        "{UNLIKE}&p=custom,x,,1,tpm:600000&p=custom,y,,1,order:1,tpm:100000"
    ));
    let first = used(&found, 0, LimitKind::Tpm);
    assert_near(first.load, 1.26e6);
    assert_near(first.max_scale.unwrap_or_default(), SERVED);
    // Half of all requests are bound, and refused as often as the others go on.
    assert_near(found.queue.limited_ratio, 0.5 * (1.0 - SERVED));
    let second = used(&found, 1, LimitKind::Tpm);
    assert_near(second.load, 60_000.0 * (1.0 - SERVED));
    assert_near(found.providers[1].share_ratio, 0.5 * (1.0 - SERVED));
    // It takes 28,571 of B's tokens besides all of A's.
    assert_near(found.providers[0].tpm, 1.2e6 + 60_000.0 * SERVED);
    // s × 60,000 − 28,571 = 100,000.
    let scale = second.max_scale.unwrap_or_default();
    assert_near(scale, (100_000.0 + 60_000.0 * SERVED) / 60_000.0);
}

#[test]
fn each_place_adds_its_own_refusals() {
    let found = plan(&format!(
        "{UNLIKE}&p=custom,x,,1,tpm:600000&p=custom,y,,1,order:1,tpm:20000"
    ));
    // Of B's 31,429 tokens a minute that go on 20,000 fit.
    let passed = 0.5 * (1.0 - SERVED);
    let refused = passed * (1.0 - 20_000.0 / (60_000.0 * (1.0 - SERVED)));
    assert_near(found.queue.limited_ratio, passed + refused);
}

#[test]
fn the_loss_of_the_last_place_counts_each_workload_by_itself() {
    let found = plan(&format!(
        "{UNLIKE}&p=custom,x,,1,tpm:600000&p=custom,y,,1,order:1,tpm:100000\
         &p=custom,z,,1,order:2,tpm:100000"
    ));
    // Without the third nothing changes; without the first A has nowhere to go, and of B's 60,000
    // all fit the second.
    let served = |row: usize| found.drills[row].served_ratio;
    assert_near(served(2), 1.0 - 0.5 * (1.0 - SERVED));
    assert_near(found.drills[0].homeless_ratio, 0.5);
    assert_near(served(0), 0.5);
}

#[test]
fn keys_of_two_places_count_once_where_the_first_is_spent() {
    // 34.72 a minute of 2,300 tokens: the first key is spent after 40,000 of 50,000 a day, then
    // all of it comes to the second. Both count under one limit of the organization.
    let found = plan(
        "requests-per-day=50000&avg-input-tokens=1500&avg-output-tokens=800\
         &p=openai,gpt-4o,Grow,1,rpd:40000&p=openai,gpt-4o,Grow,1,order:1",
    );
    let by_hand = 50_000.0 / 1_440.0 * 2_300.0;
    for row in [0, 1] {
        assert_near(used(&found, row, LimitKind::Tpm).load, by_hand);
    }
    let second = used(&found, 1, LimitKind::Tpm);
    assert_near(second.max_scale.unwrap_or_default(), second.limit / by_hand);
}

/// W is half in batches, and bound to the last place; V goes on once the first has had its 7,200 of
/// 14,400 a day. Live ones of a day at the last place: 7,200 of W and 7,200 of V, though the mix of
/// its busiest hours, when all of V comes, has more of them.
#[test]
fn a_day_counts_the_calls_of_its_own_mix() {
    let found = plan(
        "w=W,14400/day,100,0,batch:50,to:custom-2&w=V,14400/day,100,0\
         &p=custom,x,,1,rpd:7200&p=custom,y,,1,order:1,rpd:10800",
    );
    assert_near(used(&found, 0, LimitKind::Rpd).load, 7_200.0);
    assert_near(used(&found, 1, LimitKind::Rpd).load, 14_400.0);
    // 3,600 of 28,800 are refused.
    assert_near(found.queue.limited_ratio, 0.125);
}

/// Two keys of one organization stand behind a first place that holds 5 of 34.72 requests a minute.
/// A request costs 1,500 × 2.5 + 800 × 10 millionths = 0.01175 dollars, so 29.72 a minute cost
/// 15,306.7 a month, of 200,000: s × 34.72 − 5 = 29.72 × 200,000 ÷ 15,306.7.
#[test]
fn keys_in_one_later_place_fill_their_limit_together() {
    let found = plan(
        "requests-per-day=50000&avg-input-tokens=1500&avg-output-tokens=800&p=custom,x,,1,rpm:5\
         &p=openai,gpt-4o,Grow,1,order:1&p=openai,gpt-4o,Grow,1,order:1",
    );
    let a_minute = 50_000.0 / 1_440.0;
    let usd = (a_minute - 5.0) * 1_440.0 * 0.01175 * DAYS_A_MONTH;
    let spent = used(&found, 1, LimitKind::SpendMonth);
    assert_near(spent.load, usd);
    let full = ((a_minute - 5.0) * 200_000.0 / usd + 5.0) / a_minute;
    let scale = spent.max_scale.unwrap_or_default();
    assert!((scale / full - 1.0).abs() < 1e-3, "{scale}, not {full}");
}

/// 650,000 requests a day, half in batches at half the price: 650,000 × 0.0125 × 0.75 = 6,093.75
/// dollars a day, 185,475 a month of 200,000. Both keys take all of them.
#[test]
fn dollars_of_live_requests_and_batches_count_once() {
    let found = plan(
        "w=A,650000/day,1000,1000,batch:50&p=openai,gpt-4o,Grow,1&p=openai,gpt-4o,Grow,1\
         &p=custom,y,,1,order:1",
    );
    let shares: Vec<f64> = found.providers.iter().map(|row| row.share_ratio).collect();
    assert_near(shares[0], 0.5);
    assert_near(shares[1], 0.5);
    assert_near(shares[2], 0.0);
}

/// 1,200 requests a minute reach an organization whose first key holds 600 of them and passes on
/// the rest: in all its limit counts 1,200, at either key.
#[test]
fn requests_that_move_within_an_organization_count_once() {
    let found = plan(
        "w=A,600/min,2000,0,to:openai&w=B,600/min,2000,0&p=openai,gpt-4o,Grow,1,rpm:600\
         &p=openai,gpt-4o,Grow,1,order:1",
    );
    let shared = |row: usize| {
        let limits = found.providers[row].limits.iter();
        let of_both = limits.filter(|it| it.kind == LimitKind::SpendMonth);
        of_both.map(|it| it.load).fold(0.0, f64::max)
    };
    // 1,200 × 2,000 × 2.5 millionths = 6 dollars a minute.
    let usd = 6.0 * 1_440.0 * DAYS_A_MONTH;
    assert_near(shared(1), usd);
    assert_near(shared(0), usd);
}
