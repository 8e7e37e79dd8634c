//! Workloads that are bound to some of the providers: each provider has the answers, tokens,
//! calls and dollars of those that go there, not the mean of all. Every figure is worked out by
//! hand.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::export;
use kt_capacity::import;
use kt_capacity::plan::{LimitKind, Plan, ProviderPlan, Split, evaluate};
use kt_capacity::replay;
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use serde_json::json;

/// Days of a month: 365.2425 ÷ 12.
const DAYS: f64 = 30.436_875;

fn scenario(fragment: &str) -> Scenario {
    let link = format!("v=2&shape=flat&peak-multiplier=1&{fragment}");
    let (scenario, notices) = from_fragment(&link);
    assert_eq!(notices, [], "{fragment}");
    scenario
}

fn plan(fragment: &str) -> Plan {
    evaluate(&scenario(fragment), date(2026, 11, 26))
}

#[track_caller]
fn assert_near(actual: f64, expected: f64, error: f64) {
    let off = (actual - expected).abs();
    assert!(off <= error, "{actual}, not {expected}");
}

/// Ten a second of 3,000 tokens at 500 tokens a second, ten of 30 at 10.
const FAST_AND_SLOW: &str = "w=Fast,864000/day,100,3000,to:openai\
    &w=Slow,864000/day,100,30,to:groq\
    &p=openai,x,,50,ttft:0.5,tps:500,rpm:100000,tpm:100M\
    &p=groq,y,,50,ttft:1,tps:10,rpm:100000,tpm:100M";

/// The gateway's own time is 10 ms: 0.01 + 0.5 + 3000 ÷ 500 = 6.51 s and 0.01 + 1 + 30 ÷ 10 =
/// 4.01 s. Their mean is 5.26 s, and of lognormal times with a coefficient of 1 around each
/// 2 × (6.51² + 4.01²) ÷ 2 ÷ 5.26² − 1 = 1.1129.
#[test]
fn each_workload_takes_the_time_of_its_own_providers() {
    let plan = plan(FAST_AND_SLOW);
    let times = plan.providers.iter().map(|row| row.time_in_flight_s);
    assert_near(times.sum(), 6.51 + 4.01, 1e-9);
    assert_near(plan.gateway.time_in_flight_s, 5.26, 1e-9);
    assert_near(plan.gateway.time_in_flight_cv2, 1.112_947_996, 1e-8);
    // Longer than 30 s: ln(30 ÷ 6.51) + ln 2 ÷ 2 = 1.874 is 2.251 of √ln 2 above the middle,
    // 1.218 %; ln(30 ÷ 4.01) likewise 2.833, 0.230 %; 0.724 % together. The waits of 0.08 s add
    // a little.
    let patience = &plan.patience;
    assert_near(patience.over_ratio, 0.007_241, 0.000_15);
    assert_eq!(patience.worst.as_deref(), Some("Fast"));
    assert_near(patience.worst_ratio, 0.012_179, 0.000_25);
}

/// 10 a second × 6.51 s and × 4.01 s are open: 65.1 and 40.1. At times five roots more are:
/// 65.1 + 40.3 = 105.4 and 40.1 + 31.7 = 71.8, more than one and a half times as many.
#[test]
fn a_load_test_holds_each_workload_for_its_own_time() {
    let scenario = scenario(FAST_AND_SLOW);
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let files = export::files(&scenario, &plan, "");
    let script = files.iter().find(|file| file.name == "load-test.js");
    let text = &script.unwrap().text;
    for part in [
        "\"Fast\",\"rate\":600,\"unit\":\"1m\",\"users\":106",
        "\"users\":72",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // 0.7 % fail, and the test allows one percent more.
    let failed = text.split("rate<").nth(1).unwrap();
    let failed: f64 = failed.split('"').next().unwrap().parse().unwrap();
    assert_near(failed, 0.017_5, 0.000_6);
    // A test that took 5.26 s on average leaves the speeds as they are.
    let summary = json!({
        "metrics": {
            "http_reqs": { "count": 1_000, "rate": 40.0 },
            "http_req_failed": { "value": 0 },
            "http_req_duration": { "avg": 5_260.0 },
        },
    });
    let reading = import::read(&summary.to_string(), &scenario, date(2026, 11, 26)).unwrap();
    let speeds = reading.scenario.providers.iter();
    let speeds: Vec<(f64, f64)> = speeds.map(|row| (row.ttft_s, row.output_tps)).collect();
    assert_eq!(speeds, [(0.5, 500.0), (1.0, 10.0)]);
}

/// One that goes to two of three keeps their weights: A to both alike, B to all.
#[test]
fn shares_of_a_workload_are_those_of_its_own_providers() {
    let plan = plan(
        "w=A,43200/day,100,0,to:openai/groq&w=B,43200/day,100,0\
         &p=openai,x,,25,rpm:100000&p=groq,y,,25,rpm:100000&p=custom,z,,50,rpm:100000",
    );
    let shares = |of: usize| -> Vec<f64> {
        let rows = plan.providers.iter();
        rows.map(|row: &ProviderPlan| row.share_of(of)).collect()
    };
    assert_eq!(shares(0), [0.5, 0.5, 0.0]);
    assert_eq!(shares(1), [0.25, 0.25, 0.5]);
    let all: Vec<f64> = plan.providers.iter().map(|row| row.share_ratio).collect();
    assert_eq!(all, [0.375, 0.375, 0.25]);
}

/// Prompts of 3,000 tokens into a window of 2,000: the provider gets half of all requests of A,
/// and a quarter of B, and refuses 0.5 ÷ 0.75 of them. Nobody loses more without either.
#[test]
fn a_provider_refuses_by_what_goes_there() {
    let plan = plan(
        "w=A,43200/day,3000,100,to:custom&w=B,43200/day,100,100\
         &p=custom,m,,50,context:2000,rpm:10000&p=openai,gpt-4o,Grow,50",
    );
    assert_near(plan.providers[0].admitted_ratio, 1.0 / 3.0, 1e-12);
    assert_near(plan.queue.limited_ratio, 0.5, 1e-9);
    for drill in &plan.drills {
        assert_near(drill.homeless_ratio, 0.0, 1e-12);
        assert_near(drill.served_ratio, 0.5, 1e-9);
    }
}

/// Half of A is answered from the cache: a quarter of all requests goes on from A, a half from B.
/// All of A's are refused, which is a quarter of all requests and a third of those that go on.
#[test]
fn what_the_cache_answers_is_refused_by_nobody() {
    let plan = plan(
        "w=A,43200/day,3000,100,to:custom,cache-hit:50&w=B,43200/day,100,100,to:openai\
         &p=custom,m,,50,context:2000,rpm:10000&p=openai,gpt-4o,Grow,50",
    );
    assert_near(plan.queue.limited_ratio, 0.25, 1e-9);
    let direct: Vec<f64> = plan
        .providers
        .iter()
        .map(|row| row.direct_share_ratio)
        .collect();
    assert_near(direct[0], 1.0 / 3.0, 1e-12);
    assert_near(direct[1], 2.0 / 3.0, 1e-12);
}

/// 1,000 × $2.75 + 900 × $11 in a million tokens are $0.01265, 864,000 times a day. The peak fills
/// 1,104 units: at 80 % of their use 1,380 × $200 = $276,000 a month, which is less, so that there
/// is a load from which on they pay: 15 units are $3,000.
#[test]
fn units_stand_beside_the_tokens_that_go_there() {
    let plan = plan(
        "w=Small,864000/day,1,1,to:openai&w=Big,864000/day,1000,900,to:azure-openai\
         &p=openai,gpt-4o,Grow,50&p=azure-openai,gpt-4o,Data Zone Tier 6,50,unit-usd:200",
    );
    let usd = 0.012_65 * 864_000.0 * DAYS;
    let offers = &plan.cost.reserved;
    let offer = offers.iter().find(|offer| offer.unit == "PTU").unwrap();
    assert_near(offer.pay_as_you_go_per_month_usd, usd, 1e-3);
    assert_near(plan.cost.providers[1].per_month_usd, usd, 1e-3);
    assert_near(offer.reserved_per_month_usd, 276_000.0, 1e-6);
    assert_near(offer.break_even_scale.unwrap(), 3_000.0 / usd, 1e-9);
    // The split as given costs the same: (1 × $2.50 + 1 × $10) ÷ 10⁶ for each small one.
    let small = 0.000_012_5 * 864_000.0 * DAYS;
    let given = plan.routing.option(Split::Given).unwrap();
    assert_near(given.tokens_per_month_usd, usd + small, 1e-3);
}

/// A tier of 600 a minute takes half of what comes, 600 of A and 600 of B a minute, whoever comes
/// first: half of A, which is bound, is refused, and half of B goes on.
#[test]
fn an_offer_counts_what_earlier_places_leave() {
    let plan = plan(
        "w=A,864000/day,100,0,to:custom&w=B,864000/day,1000,100\
         &p=custom,m,,100,rpm:600,order:1\
         &p=azure-openai,gpt-4o,Data Zone Tier 6,100,unit-usd:200,order:2",
    );
    let shares: Vec<f64> = [0, 1].map(|of| plan.providers[1].share_of(of)).to_vec();
    assert_near(shares[0], 0.0, 1e-12);
    assert_near(shares[1], 0.5, 1e-9);
    // B costs 1,000 × $2.75 + 100 × $11 in a million: $0.00385, 432,000 times a day.
    let usd = 0.003_85 * 432_000.0 * DAYS;
    let offer = plan.cost.reserved.last().unwrap();
    assert_near(offer.pay_as_you_go_per_month_usd, usd, 1e-3);
    // Of the 900 a minute that stay with the first one, refused or not, 300 have 100 tokens.
    let held = plan.providers[0].time_in_flight_s;
    let own = &scenario("p=custom,m,,100").providers[0];
    assert_near(held, own.ttft_s + 100.0 / 3.0 / own.output_tps + 0.01, 1e-9);
}

/// 86,400 a day at (1,000 × $2.50 + 100 × $10) ÷ 10⁶ = $0.0035, and 50 units for $260.
#[test]
fn units_are_paid_by_the_workloads_that_use_them() {
    let plan = plan(
        "w=Chat,86400/day,1000,100,to:openai&w=Embed,86400/day,1000,100,to:azure-openai\
         &p=openai,gpt-4o,Grow,50&p=azure-openai,gpt-4o,,50,units:50,unit-usd:260",
    );
    let [chat, embed] = [0, 1].map(|of| plan.cost.workloads[of].per_month_usd);
    assert_near(chat, 0.003_5 * 86_400.0 * DAYS, 1e-3);
    assert_near(embed, 13_000.0, 1e-9);
}

/// Half of the tries fail, two are made: 1.5 tries of 1 s, and 0.75 answers of 1 s. The pause of
/// 10 s, which half of the requests make, holds a slot of the gateway, and nothing at the provider.
#[test]
fn a_pause_between_tries_holds_a_slot_and_no_provider() {
    let plan = plan(
        "requests-per-minute=60&avg-output-tokens=100\
         &p=deepseek,x,,100,in-flight:100,ttft:1,tps:100\
         &failures=50&attempts=2&retry-delay=60000",
    );
    let limits = plan.providers[0].limits.iter();
    let mut held = limits.filter(|used| used.kind == LimitKind::Concurrency);
    assert_near(held.next().unwrap().load, 2.25, 1e-9);
    assert_near(plan.gateway.time_in_flight_s, 2.25 + 5.0 + 0.01, 1e-9);
}

/// 600 a minute, 360 of them under 1,000 that 12 pods divide: 83.3 each. Of 6 pods 4 are left,
/// which hold 333.3 of 360: 92.6 % of 60 %, and all of the other 40 %.
#[test]
fn a_zone_takes_from_the_provider_that_pods_count_alone() {
    let of = |fragment: &str| {
        let plan = plan(&format!(
            "requests-per-day=864000&avg-input-tokens=100&avg-output-tokens=100\
             &hpa-min=6&hpa-max=12&{fragment}"
        ));
        plan.zone_drill.unwrap()
    };
    let drill = of("p=custom,m,,60,rpm:1000,scope:divided\
                    &p=anthropic,claude-sonnet-5-5,Scale,40,spend-month:none");
    assert_near(drill.served_ratio, 0.6 * 1_000.0 / 3.0 / 360.0 + 0.4, 1e-9);
    assert_eq!(drill.limited.as_deref(), Some("Other provider"));
    // One that passes on what it refuses loses nothing.
    let drill = of("p=custom,m,,60,rpm:1000,scope:divided,order:1\
                    &p=anthropic,claude-sonnet-5-5,Scale,40,spend-month:none,order:2");
    assert_near(drill.served_ratio, 1.0, 1e-9);
}

/// A breaker opens after 10 s: 0.1 a second that the cache does not answer, and 10 of the others.
#[test]
fn calls_until_the_breaker_opens_are_those_of_the_lost_provider() {
    let plan = plan(
        "w=Cached,864000/day,1000,100,to:openai,cache-hit:99&w=B,864000/day,1000,100,to:anthropic\
         &p=openai,gpt-4o,Grow,50,rpm:none\
         &p=anthropic,claude-sonnet-5-5,Scale,50,spend-month:none",
    );
    let hit: Vec<f64> = plan
        .drills
        .iter()
        .map(|drill| drill.hit_before_trip)
        .collect();
    assert_near(hit[0], 1.0, 1e-9);
    assert_near(hit[1], 100.0, 1e-9);
}

/// 100,000 input tokens a minute are 200,000 of both, where half of a request is its answer; of
/// all requests together two thirds are input.
#[test]
fn a_day_tells_a_limit_at_the_mix_that_goes_there() {
    let scenario = scenario(
        "w=A,8640/day,1000,1000,to:custom&w=B,8640/day,1000,0,to:openai\
         &p=custom,m,,50,tpm:none,itpm:100000&p=openai,gpt-4o,Grow,50",
    );
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let asked = replay::asked(&scenario, &plan).unwrap();
    assert_eq!(asked.facts.providers[0].tpm, Some(200_000));
}
