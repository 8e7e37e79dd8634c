//! Keys of one organization, each with a limit of its own or not, and limits of a month: each
//! figure worked out by hand.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::export;
use kt_capacity::plan::{
    CallLimit, Change, FindingKind, LimitKind, LimitUse, Plan, VerdictState, call_limits, evaluate,
};
use kt_capacity::say::{finding, verdict, words};
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;

/// Requests without tokens, which cost nothing, as many in every minute.
const STEADY: &str = "v=2&peak-multiplier=1&shape=flat";

fn scenario(fragment: &str) -> Scenario {
    let small = if fragment.contains("tokens") {
        ""
    } else {
        "&avg-input-tokens=0&avg-output-tokens=0"
    };
    let (scenario, notices) = from_fragment(&format!("{STEADY}{small}&{fragment}"));
    assert_eq!(notices, [], "{fragment}");
    scenario
}

fn plan(fragment: &str) -> Plan {
    evaluate(&scenario(fragment), date(2026, 11, 26))
}

/// The limits of a kind that a row has.
fn uses(plan: &Plan, row: usize, kind: LimitKind) -> Vec<LimitUse> {
    let limits = plan.providers[row].limits.iter();
    limits.filter(|used| used.kind == kind).copied().collect()
}

#[track_caller]
fn assert_near(actual: f64, expected: f64) {
    let error = 1e-9 * expected.abs();
    assert!(
        (actual - expected).abs() <= error,
        "{actual}, not {expected}"
    );
}

/// 5,800 a minute by two keys of 3,000 each: 2,900 of 3,000 for each, and 5,800 of the tier's 5,000
/// for the organization.
#[test]
fn the_limit_of_the_organization_holds_keys_with_limits_of_their_own() {
    for (first, second) in [("3000", "3000"), ("3000", "4000")] {
        let rows = format!(
            "p=openai,gpt-4o,Build,50,rpm:{first}&p=openai,gpt-4o,Build,50,rpm:{second}\
             &requests-per-minute=5800"
        );
        let plan = plan(&rows);
        for (row, own) in [(0, first), (1, second)] {
            let [key, all] = uses(&plan, row, LimitKind::Rpm)[..] else {
                panic!("{:?}", plan.providers[row].limits);
            };
            let own: f64 = own.parse().unwrap();
            assert_near(key.state.ratio().unwrap(), 2_900.0 / own);
            assert_near(all.state.ratio().unwrap(), 5_800.0 / 5_000.0);
            assert_near(all.max_scale.unwrap(), 5_000.0 / 5_800.0);
            assert!(all.of_organization && !key.of_organization);
            assert_near(all.beside, 2_900.0);
            assert_eq!(plan.providers[row].tightest, Some(all));
        }
        assert_eq!(plan.verdict.state, VerdictState::Fails);
        // One limit is told once, with the next tier for both.
        let told = plan.findings.iter().filter(|found| {
            matches!(&found.kind, FindingKind::ProviderLimit(limit) if limit.used.of_organization)
        });
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), 1, "{:?}", plan.findings);
        assert_eq!(
            finding::title(&told[0].kind),
            "OpenAI requests of the organization"
        );
        let why = words::plain_spaces(&finding::message(&told[0].kind));
        assert!(
            why.contains("5.80 K of 5,000 requests/min, 2.90 K of it by"),
            "{why}"
        );
        let said = words::plain_spaces(&verdict::text(&plan));
        assert!(
            said.contains("OpenAI’s request limit of the organization"),
            "{said}"
        );
    }
}

/// 3,500 of 3,000 for the first key, 5,800 of 5,000 for both: the key is full first, and the
/// organization's limit is told of the other one.
#[test]
fn a_key_may_be_full_before_its_organization() {
    let plan = plan(
        "p=openai,gpt-4o,Build,35,rpm:3000&p=openai,gpt-4o,Build,23,rpm:4000\
         &requests-per-minute=5800",
    );
    let first = plan.providers[0].tightest.unwrap();
    assert!(!first.of_organization);
    assert_near(first.state.ratio().unwrap(), 3_500.0 / 3_000.0);
    let second = plan.providers[1].tightest.unwrap();
    assert!(second.of_organization);
    assert_near(second.state.ratio().unwrap(), 1.16);
}

/// Limiters of the gateways' own let all of a key's 2,900 through: 4,000 in each of five pods, or
/// 800 of them in each. The organization has 5,000 for 5,800.
#[test]
fn limiters_of_gateways_count_towards_the_limit_of_the_organization() {
    for scope in ["gateway", "divided"] {
        let plan = plan(&format!(
            "p=openai,gpt-4o,Build,50,rpm:4000,scope:{scope}&p=openai,gpt-4o,Build,50\
             &requests-per-minute=5800&hpa-min=5&hpa-max=5"
        ));
        for row in [0, 1] {
            let all = plan.providers[row].tightest.unwrap();
            assert_near(all.state.ratio().unwrap(), 1.16);
            assert_near(all.published, 5_000.0);
        }
    }
}

/// A project that may spend $200 a month of the organization's $500: 100 requests a day of 1,971.33
/// tokens at $10 a million are $60 a month, and 600 are $360.
#[test]
fn the_spending_of_keys_is_summed_against_the_organization() {
    let plan = plan(
        "requests-per-day=1000&avg-input-tokens=0&avg-output-tokens=1971.33\
         &p=openai,gpt-4o,Build,10,spend-month:200&p=openai,gpt-4o,Build,90",
    );
    let month = 1_000.0 * 1_971.33 * 10.0 / 1e6 * 30.436_875;
    let [key, all] = uses(&plan, 0, LimitKind::SpendMonth)[..] else {
        panic!("{:?}", plan.providers[0].limits);
    };
    assert_near(key.state.ratio().unwrap(), month * 0.1 / 200.0);
    assert_near(all.state.ratio().unwrap(), month / 500.0);
    let [other] = uses(&plan, 1, LimitKind::SpendMonth)[..] else {
        panic!("{:?}", plan.providers[1].limits);
    };
    assert_near(other.state.ratio().unwrap(), month / 500.0);
}

/// Without the third provider all of 6,000 falls to keys of 5,000: 3,000 of 4,000 for each.
#[test]
fn a_loss_counts_what_the_organization_holds() {
    let plan = plan(
        "p=openai,gpt-4o,Build,25,rpm:4000&p=openai,gpt-4o,Build,25,rpm:4000\
         &p=custom,x,,50,rpm:100000&requests-per-minute=6000",
    );
    let drill = plan
        .drills
        .iter()
        .find(|drill| drill.lost == "Other provider")
        .unwrap();
    for row in &drill.providers {
        assert_near(row.state().ratio().unwrap(), 6_000.0 / 5_000.0);
    }
    assert_near(drill.max_scale.unwrap(), 5_000.0 / 6_000.0);
    assert_near(drill.served_ratio, 5_000.0 / 6_000.0);
}

/// 8,000 a minute on an organization of 5,000. Two keys of one place take 2,500 each and leave
/// 3,000; a key behind another one finds nothing left, and where it is the last 3,000 are refused.
#[test]
fn keys_of_earlier_places_leave_what_the_organization_has_left() {
    let key = "p=openai,gpt-4o,Build,50";
    let other = "p=custom,x,,50,rpm:100000";
    let cases = [
        (
            format!("{key}&{key}&{other},order:1"),
            vec![2.5, 2.5, 3.0],
            0.0,
        ),
        (
            format!("{key}&{key},order:1&{other},order:2"),
            vec![5.0, 0.0, 3.0],
            0.0,
        ),
        (
            format!("{key},rpm:1000&{key},order:1&{other},order:2"),
            vec![1.0, 4.0, 3.0],
            0.0,
        ),
        (format!("{key}&{key},order:1"), vec![5.0, 3.0], 3.0),
    ];
    for (rows, thousands, refused) in cases {
        let fleet = "hpa-min=50&hpa-max=50&attempts=1&requests-per-minute=8000";
        let plan = plan(&format!("{rows}&{fleet}"));
        for (row, expected) in plan.providers.iter().zip(thousands) {
            let off = (row.share_ratio - expected / 8.0).abs();
            assert!(off < 1e-9, "{rows}: {}", row.share_ratio);
        }
        let limited = plan.queue.limited_ratio;
        assert!((limited - refused / 8.0).abs() < 1e-9, "{rows}: {limited}");
    }
}

/// One key of 3,000 alone needs no limit beside it: 5,000 are never full first. Keys of two
/// organizations, and of two regions, share nothing.
#[test]
fn a_key_alone_has_its_own_limit() {
    let alone = plan("p=openai,gpt-4o,Build,100,rpm:3000&requests-per-minute=1000");
    assert_eq!(uses(&alone, 0, LimitKind::Rpm).len(), 1);
    let apart = plan(
        "p=openai,gpt-4o,Build,50,rpm:3000&p=openai,gpt-4o,Build,50,spend-month:600\
         &requests-per-minute=1000",
    );
    assert_eq!(uses(&apart, 0, LimitKind::Rpm).len(), 1);
    assert_near(
        uses(&apart, 1, LimitKind::Rpm)[0].state.ratio().unwrap(),
        500.0 / 5_000.0,
    );
    let regions = plan("p=azure-openai,,,50&p=azure-openai,,,50&requests-per-minute=1000");
    let used = uses(&regions, 0, LimitKind::Tpm);
    assert!(used[0].beside == 0.0, "{used:?}");
}

/// Groq holds an organization to its tier, whatever key sends the requests.
#[test]
fn an_organization_without_a_spending_limit_shares_its_limits_too() {
    let plan = plan(
        "p=groq,openai/gpt-oss-20b,Developer,50&p=groq,openai/gpt-oss-20b,Developer,50\
         &requests-per-minute=900",
    );
    for row in [0, 1] {
        let used = uses(&plan, row, LimitKind::Rpm)[0];
        assert_near(used.state.ratio().unwrap(), 0.9);
    }
}

/// The simulated day counts each call for its key and for the organization.
#[test]
fn a_lived_day_counts_keys_and_organization() {
    let scenario = scenario(
        "p=openai,gpt-4o,Build,50,rpm:3000&p=openai,gpt-4o,Build,50,rpm:4000\
         &requests-per-minute=5800",
    );
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let limits = call_limits(&scenario, &plan.demand).all;
    let of_calls = limits.iter().filter(|limit| limit.kind == LimitKind::Rpm);
    let found: Vec<(f64, usize)> = of_calls.map(|it| (it.limit, it.rows.len())).collect();
    assert_eq!(found, [(3_000.0, 1), (5_000.0, 2), (4_000.0, 1)]);
}

/// The pack says what else counts, and the alert watches each target's part: half of 5,000.
#[test]
fn pack_and_alerts_know_the_organization() {
    let scenario = scenario(
        "p=openai,gpt-4o,Build,50,rpm:3000&p=openai,gpt-4o,Build,50,rpm:4000\
         &requests-per-minute=4000",
    );
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let text = |name| export::file(name, &scenario, &plan, "").unwrap().text;
    let pack = words::plain_spaces(&text("policy-config.yaml"));
    assert!(
        pack.contains("count towards the organization’s 5,000 requests/min"),
        "{pack}"
    );
    let rules = text("prometheus-rules.yaml");
    assert_eq!(
        rules.matches("expr: 2500").count() + rules.matches("vector(2500)").count(),
        2,
        "{rules}"
    );
}

/// Three quarters of 450,000 tokens a minute are one key's part, 337,500, and a quarter is the
/// other's, 112,500: alerts and dashboard judge by these what each target has used.
#[test]
fn token_alerts_know_the_organization() {
    let fragment = |keys: &str| format!("{keys}&requests-per-minute=4000&avg-input-tokens=100");
    let scenario = scenario(&fragment(
        "p=openai,gpt-4o,Build,75,rpm:3000&p=openai,gpt-4o,Build,25,rpm:4000",
    ));
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let text = |name| export::file(name, &scenario, &plan, "").unwrap().text;
    let rules = text("prometheus-rules.yaml");
    for part in ["expr: vector(337500)", "expr: vector(112500)"] {
        assert_eq!(rules.matches(part).count(), 1, "{part}: {rules}");
    }
    assert_eq!(rules.matches("expr: vector(450000)").count(), 2, "{rules}");
    // Both alerts, and the panel of what is left, compare with the part.
    let divided = "/ on (provider) provider:kt_tokens_per_minute:part";
    assert_eq!(rules.matches(divided).count(), 2, "{rules}");
    assert_eq!(text("grafana-dashboard.json").matches(divided).count(), 1);
}

/// Cohere's trial: 100 requests a day are 3,043.7 of 1,000 a month; production has no such limit.
#[test]
fn a_trial_key_ends_with_its_calls_of_the_month() {
    let plan = plan("p=cohere,command-a-03-2025,Trial,100&requests-per-day=100");
    let used = plan.providers[0].tightest.unwrap();
    assert_eq!(used.kind, LimitKind::RequestsMonth);
    assert_near(used.state.ratio().unwrap(), 3.043_687_5);
    assert_eq!(plan.verdict.state, VerdictState::Fails);
    let said = words::plain_spaces(&verdict::text(&plan));
    assert!(
        said.contains(
            "Cohere’s monthly request limit is reached first: a month of this load is 3.04"
        ),
        "{said}"
    );
    let found = &plan.findings[0];
    let fixes = found.fixes.iter();
    let tier = |change: &Change| {
        matches!(
            change,
            Change::Tier {
                to: "Production",
                ..
            }
        )
    };
    assert!(
        fixes.clone().any(|fix| tier(&fix.change)),
        "{:?}",
        found.fixes
    );
}

/// Mistral's free tier: 50,000 requests of 2,300 tokens in 30.436875 days are 3.5 times 1,000 M.
#[test]
fn a_free_tier_ends_with_its_tokens_of_the_month() {
    let plan = plan(
        "p=mistral,mistral-large-4,Free,100&requests-per-day=50000&avg-input-tokens=1500\
         &avg-output-tokens=800",
    );
    let used = uses(&plan, 0, LimitKind::TokensMonth)[0];
    assert_near(
        used.state.ratio().unwrap(),
        50_000.0 * 2_300.0 * 30.436_875 / 1e9,
    );
    assert!(used.kind.is_of_month());
}

/// A month is spent on one of its days, as the plan has it: of 1,000 calls, 100 a day, ten whole
/// days take all, and on day 11 nothing is left. Of 1,050 it has 50; 3,100 last for 30.4 days.
#[test]
fn a_lived_day_is_the_one_on_which_the_month_is_spent() {
    for (provider, day, left) in [
        ("requests-month:1000", Some(11), 0.0),
        ("requests-month:1050", Some(11), 50.0),
        ("requests-month:30", Some(1), 30.0),
        ("requests-month:3100", None, 3_100.0),
        // Of 100 a day 40 are allowed: 26 days take 1,040.
        ("requests-month:1050,rpd:40", Some(27), 10.0),
        // The first of two places takes all of a day until its month is spent, on average 34.5.
        ("requests-month:1050&p=custom,y,,1,order:1", Some(11), 50.0),
    ] {
        let link = format!("p=custom,x,,1,{provider}&requests-per-day=100");
        let scenario = scenario(&link);
        let plan = evaluate(&scenario, date(2026, 11, 26));
        let limits = call_limits(&scenario, &plan.demand);
        let is_of_month = |it: &&CallLimit| it.kind == LimitKind::RequestsMonth;
        let month = limits.all.iter().find(is_of_month).unwrap();
        assert_eq!(limits.spent.map(|spent| spent.day), day, "{provider}");
        assert_near(month.limit, left);
    }
}

/// Half of 400 requests a day are 6,087 of 10,000 a month; after the loss of the other provider all
/// of them are 12,175. A request of 3,000 tokens never fits into a month of 2,000.
#[test]
fn a_loss_is_held_to_what_the_month_allows() {
    let plan =
        plan("p=custom,x,,50,requests-month:10000&p=custom,y,,50,rpm:100000&requests-per-day=400");
    assert_eq!(plan.verdict.state, VerdictState::FitsWithRisk);
    let drill = plan
        .drills
        .iter()
        .find(|drill| drill.lost_row == plan.providers[1].row)
        .unwrap();
    assert_near(
        drill.state().ratio().unwrap(),
        400.0 * 30.436_875 / 10_000.0,
    );
    let request = self::plan(
        "p=custom,x,,100,tokens-month:2000&requests-per-day=1&avg-input-tokens=3000\
         &avg-output-tokens=0",
    );
    let refused = request.providers[0].too_large.unwrap();
    assert_near(refused.counts, 3_000.0);
    assert_near(refused.limit, 2_000.0);
}

/// Gemini 3.5 Flash has $10 in ten minutes and a queue of batches at Tier 1, and no limit on
/// requests that is published: nobody can say that it fits.
#[test]
fn a_tier_of_which_no_rate_is_published_is_unsure() {
    let finding = |fragment: &str| {
        let plan = plan(fragment);
        let mut found = plan.findings.iter();
        let found = found.any(|it| it.kind.id().starts_with("unsure-unpublished"));
        (found, plan.verdict.state)
    };
    let rows = "p=google-gemini-api,gemini-3.5-flash,Tier+1,100&requests-per-minute=10";
    assert_eq!(finding(rows), (true, VerdictState::FitsWithRisk));
    let entered = rows.replace(",100&", ",100,rpm:1000&");
    assert!(!finding(&entered).0);
    assert!(!finding("p=openai,gpt-4o,Build,100&requests-per-minute=10").0);
    // Half of 100 M tokens a day wait as batches: 16.7 times the 3 M of Tier 1.
    let batches = plan(
        "p=google-gemini-api,gemini-3.7-flash,Tier+1,100&requests-per-day=100000&batch=50\
         &avg-input-tokens=1000&avg-output-tokens=1",
    );
    let used = uses(&batches, 0, LimitKind::BatchQueue)[0];
    assert_near(used.state.ratio().unwrap(), 50.0 / 3.0);
}

/// A row without a tier begins where it began before there was a free one; from there it may rise.
#[test]
fn a_free_tier_is_chosen_by_name_alone() {
    let tier = |fragment: &str| scenario(fragment).providers[0].tier.clone();
    assert_eq!(tier("p=google-gemini-api,gemini-2.5-flash,,100"), "Tier 1");
    let free = plan("p=google-gemini-api,gemini-2.5-flash,Free,100&requests-per-day=300");
    let used = free.providers[0].tightest.unwrap();
    assert_eq!(used.kind, LimitKind::Rpd);
    assert_near(used.state.ratio().unwrap(), 300.0 / 250.0);
    let fixes = &free.findings[0].fixes;
    let tier = |change: &Change| matches!(change, Change::Tier { to: "Tier 1", .. });
    assert!(fixes.iter().any(|fix| tier(&fix.change)), "{fixes:?}");
}

/// Anthropic queues 200,000 requests of batches at Start, whatever the model: half of 900,000 a day
/// by two models are 2.25 times that, and in rounds of six hours 0.5625.
#[test]
fn requests_of_batches_wait_in_one_queue_of_the_organization() {
    for (hours, ratio) in [("", 2.25), (",batch-hours:6", 0.562_5)] {
        let plan = plan(&format!(
            "p=anthropic,claude-opus-5-5,Start,40{hours}\
             &p=anthropic,claude-haiku-4-5,Start,60{hours}&requests-per-day=900000&batch=50\
             &avg-input-tokens=0&avg-output-tokens=0"
        ));
        for row in [0, 1] {
            let used = uses(&plan, row, LimitKind::BatchRequests)[0];
            assert_near(used.state.ratio().unwrap(), ratio);
        }
    }
    let direct = plan("p=anthropic,claude-opus-5-5,Start,100&requests-per-day=1000");
    assert_eq!(uses(&direct, 0, LimitKind::BatchRequests), []);
}

/// A row whose day allows nothing passes all on, all but what rounding leaves it of a day: at its
/// busiest it is offered all and counts none of it, in a window too.
#[test]
fn a_row_that_is_closed_counts_nothing_of_all_that_it_is_offered() {
    let (scenario, notices) = from_fragment(
        "v=2&p=groq,openai/gpt-oss-120b,Free,1000000,tpd:0,window:0.1\
         &p=openai,gpt-6.1-sol,Build,10,order:100\
         &avg-input-tokens=200&avg-output-tokens=150&requests-per-minute=1000000000000\
         &calls=3347.854232380417&users=1550.895003222718\
         &peak-multiplier=3&shape=office&burstiness=193.09514417962257&burstiness-window=0.001",
    );
    assert_eq!(notices, []);
    let plan = evaluate(&scenario, date(2026, 11, 26));
    // Three times the mean of so many people, each with so many calls.
    let all = 3.0 * 1_550.895_003_222_718 * 1e12 * 3_347.854_232_380_417;
    assert_near(uses(&plan, 0, LimitKind::Rpm)[0].load, 0.0);
    assert_near(uses(&plan, 1, LimitKind::Rpm)[0].load, all);
    assert!(!format!("{plan:?}").contains("NaN"));
}

/// Two keys of one account, one behind the other, with the model’s 5,000 a minute in common: the
/// first takes up to its own limit of 3,000, and the second is full as both take 5,000 of the load.
#[test]
fn a_key_behind_another_of_its_account_is_full_with_the_account() {
    for (first, per_min, scale) in [
        ("rpm:3000", 8_000, 0.625),
        ("rpm:3000", 4_000, 1.25),
        // The first has not yet spent its own today.
        ("rpm:3000", 2_000, 2.5),
        // Half of a day’s load is left after its own limit of a minute is full.
        ("rpm:1000", 10_000, 0.5),
        // A third key, of another place, changes nothing of that.
        (
            "rpm:1000&p=openai,gpt-4o,Build,1,rpm:500,order:1",
            10_000,
            0.5,
        ),
    ] {
        let last = if first.contains("order:1") { 2 } else { 1 };
        let plan = plan(&format!(
            "p=openai,gpt-4o,Build,1,{first}&p=openai,gpt-4o,Build,1,order:{last}\
             &requests-per-minute={per_min}"
        ));
        let used = uses(&plan, last, LimitKind::Rpm);
        let found = used.iter().filter_map(|used| used.max_scale);
        let found = found.fold(f64::INFINITY, f64::min);
        assert_near(found, scale);
    }
}
