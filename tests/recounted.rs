//! Figures on which a second calculator and the plan differed, calculated by hand.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::export;
use kt_capacity::plan::{
    Change, FindingKind, LimitKind, LimitUse, Plan, TooLargeFor, VerdictState, evaluate,
};
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;

const STEADY: &str = "v=2&shape=flat&peak-multiplier=1";

fn scenario(fragment: &str) -> Scenario {
    let (scenario, notices) = from_fragment(fragment);
    assert_eq!(notices, [], "{fragment}");
    scenario
}

fn plan(fragment: &str) -> Plan {
    let fragment = format!("{STEADY}&{fragment}");
    evaluate(&scenario(&fragment), date(2026, 11, 26))
}

fn used(plan: &Plan, row: usize, kind: LimitKind) -> LimitUse {
    let mut limits = plan.providers[row].limits.iter();
    *limits.find(|used| used.kind == kind).unwrap()
}

#[track_caller]
fn assert_near(actual: f64, expected: f64) {
    let error = 1e-9 * expected.abs();
    assert!(
        (actual - expected).abs() <= error,
        "{actual}, not {expected}"
    );
}

fn file(name: &str, fragment: &str) -> String {
    let scenario = scenario(fragment);
    let plan = evaluate(&scenario, date(2026, 11, 26));
    export::file(name, &scenario, &plan, "").unwrap().text
}

/// A batch holds ordinary requests: 500,000 + 100 tokens in a context of 128,000, an answer of
/// 20,000 of at most 16,384, and 1,000 tokens in a queue of 500 are refused always.
#[test]
fn a_request_in_a_batch_is_judged_by_itself() {
    let cases = [
        (
            "w=A,100/day,500000,100,batch:100&p=openai,gpt-4o,Grow,60",
            (TooLargeFor::Context, 500_100.0, 128_000.0),
        ),
        (
            "w=A,100/day,1000,100,max:20000,batch:100&p=openai,gpt-4o,Grow,60",
            (TooLargeFor::Answer, 20_000.0, 16_384.0),
        ),
        (
            "w=A,1/day,1000,10,batch:100&p=custom,x,,60,batch-queue:500,batch-hours:1",
            (TooLargeFor::Queue, 1_000.0, 500.0),
        ),
    ];
    for (link, (what, counts, limit)) in cases {
        let plan = plan(link);
        let refused = plan.providers[0].too_large.unwrap();
        assert_eq!(refused.what, what, "{link}");
        assert_near(refused.counts, counts);
        assert_near(refused.limit, limit);
        assert_near(plan.providers[0].admitted_ratio, 0.0);
        assert_eq!(plan.verdict.state, VerdictState::Fails, "{link}");
    }
    // No minute counts a batch: 40,000 tokens are more than 30,000 a minute, and wait for nobody.
    let waits = plan("w=A,1/day,40000,10,batch:100&p=custom,x,,60,tpm:30000");
    assert_eq!(waits.providers[0].too_large, None);
    // Bought units replace the tier's queue.
    let bought =
        plan("w=A,1/day,1000,10,batch:100&p=azure-openai,gpt-5,,40,units:100,batch-queue:500");
    assert_eq!(bought.providers[0].too_large, None);
    // Beside 14,400 live requests a day that are taken, 100 in batches are not.
    let mixed = plan("w=A,100/day,500000,100,batch:100&w=B,10/min,100,10&p=openai,gpt-4o,Grow,60");
    assert_near(mixed.providers[0].admitted_ratio, 14_400.0 / 14_500.0);
}

/// Of 1,000 requests a minute the cache answers half: 500 go nowhere when their provider is lost,
/// of 2,000 in all.
#[test]
fn what_the_cache_answers_and_what_waits_in_batches_is_lost_with_no_provider() {
    for part in ["cache-hit:50", "batch:50"] {
        let plan = plan(&format!(
            "w=A,1000/min,100,10,{part},to:custom&w=B,1000/min,100,10,to:openai\
             &p=custom,x,,60,rpm:10000&p=openai,gpt-6-sol,Grow,40"
        ));
        let lost = plan
            .drills
            .iter()
            .find(|drill| drill.lost_row == 3)
            .unwrap();
        assert_near(lost.homeless_ratio, 0.25);
        assert_near(lost.served_ratio, 0.75);
    }
    // The other takes 410 of the 500 a minute that reach it.
    let alone = plan("w=A,1000/min,100,10,cache-hit:50&p=custom,x,,60&p=custom,y,,40,rpm:410");
    assert_near(alone.drills[0].served_ratio, 0.5 + 0.5 * 0.82);
}

/// 3,000 a minute by two keys of one organization; one has 12,000 where the tier has 10,000, so all
/// have 12,000 together: 25 %. A key's own 9,000 stands beside it.
#[test]
fn a_limit_above_the_tiers_holds_all_keys_of_the_organization() {
    let load = "w=A,3000/min,500,100&p=openai,gpt-4o,Launch,50,rpm:12000";
    let plain = plan(&format!("{load}&p=openai,gpt-4o,Launch,30"));
    for row in 0..2 {
        assert_near(
            used(&plain, row, LimitKind::Rpm).state.ratio().unwrap(),
            0.25,
        );
        assert_near(used(&plain, row, LimitKind::Rpm).max_scale.unwrap(), 4.0);
    }
    let keyed = plan(&format!("{load}&p=openai,gpt-4o,Launch,30,rpm:9000"));
    let limits = keyed.providers[1].limits.iter();
    let [key, all] = limits
        .filter(|used| used.kind == LimitKind::Rpm)
        .collect::<Vec<_>>()[..]
    else {
        panic!("{:?}", keyed.providers[1].limits);
    };
    assert_near(key.state.ratio().unwrap(), 3_000.0 * 30.0 / 80.0 / 9_000.0);
    assert_near(all.state.ratio().unwrap(), 0.25);
}

/// 40,000 tokens in one request: too many for the tier's 30,000 a minute, and not for the 100,000
/// that the organization has.
#[test]
fn one_request_is_judged_by_what_the_organization_agreed_on() {
    let row = "p=openai,gpt-4o,Guide lowest,50";
    let load = "w=A,1/day,40000,100";
    let tier = plan(&format!("{load}&{row}&{row}"));
    let agreed = plan(&format!("{load}&{row}&{row},tpm:100000"));
    for index in 0..2 {
        assert_near(tier.providers[index].admitted_ratio, 0.0);
        assert_near(agreed.providers[index].admitted_ratio, 1.0);
    }
}

/// The two pods that a lost zone leaves have their whole day each, however full it is by midnight:
/// 600 a minute are 864,000 a day, 288,000 of 300,000 for each of three.
#[test]
fn a_zone_that_is_lost_for_minutes_spends_no_day() {
    let plan = plan(
        "w=A,600/min,500,100&headroom=1&p=custom,x,,60,rpd:300000,scope:gateway\
         &hpa-min=3&hpa-max=9",
    );
    let zone = plan.zone_drill.unwrap();
    assert_eq!(zone.limited, None);
    assert_near(zone.served_ratio, 1.0);
}

/// The output is 800 of 2,300 tokens: 400 K of it are full at 1.15 M in all, whatever goes on to
/// the next place. Bought units replace the tier's limits, and the pack has no key for them.
#[test]
fn the_pack_has_the_total_at_which_the_first_limit_is_full() {
    let load = "v=2&shape=office&peak-multiplier=3&requests-per-day=600000";
    let order = format!(
        "{load}&p=anthropic,claude-sonnet-5-5,Scale,60,otpm:400000\
         &p=openai,gpt-6-sol,Grow,40,order:1"
    );
    let pack = file("policy-config.yaml", &order);
    assert!(pack.contains("tokens_per_minute: 1150000"), "{pack}");
    assert!(file("prometheus-rules.yaml", &order).contains("vector(1150000)"));
    let units = format!("{load}&p=azure-openai,gpt-5,PTU,40,units:100");
    let pack = file("policy-config.yaml", &units);
    for key in ["requests_per_minute", "tokens_per_minute"] {
        assert!(!pack.contains(key), "{pack}");
    }
}

/// Traffic kept by the first provider costs its price: the change gives the cost of the plan with
/// it.
#[test]
fn a_fix_of_a_loss_states_what_it_costs_every_day() {
    let link = "v=2&shape=flat&peak-multiplier=2&w=W0,2000000/day,800,900,batch:20\
                &w=W1,2000000/day,6000,0,batch:20&w=W2,500/day,800,40\
                &p=google-gemini-api,gemini-2.5-flash,Tier 1,50\
                &p=deepseek,deepseek-flash,,50,order:1\
                &hpa-min=2&hpa-max=40";
    let before = evaluate(&scenario(link), date(2026, 11, 26));
    let after = link.replace("Tier 1", "Tier 3");
    let after = evaluate(&scenario(&after), date(2026, 11, 26));
    let more_usd = after.cost.per_month_usd - before.cost.per_month_usd;
    assert!(1_000.0 < more_usd, "{more_usd}");
    let fixes = before
        .findings
        .iter()
        .filter(|found| matches!(&found.kind, FindingKind::ProviderLoss(_)));
    let fixes: Vec<_> = fixes.flat_map(|found| &found.fixes).collect();
    let tier = fixes
        .iter()
        .find(|fix| matches!(&fix.change, Change::Tier { to, .. } if *to == "Tier 3"));
    assert_near(tier.unwrap().effect.more_usd().unwrap(), more_usd);
}
