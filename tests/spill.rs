//! Routing of requests over a day, and limits per day, month or account: calculated by hand, and
//! compared with the plan where every minute is equal.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use kt_capacity::catalog::date::date;
use kt_capacity::lived::{DayFinding, DayFindingKind, Lived, findings};
use kt_capacity::plan::{LimitKind, LimitState, Plan, VerdictState, evaluate};
use kt_capacity::replay::{self, Options, manifest};
use kt_capacity::scenario::Scenario;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::simulation::{
    Arrivals, Calls, Client, Config, Count, Counted, Counting, Fate, Gateway, Metrics, Planned,
    Provider, Quota, QuotaUse, Refill, Results, Routing, Scope, Simulation, Status, Weights,
};

const DAY_MS: u64 = 86_400_000;

/// A pod of many slots in front of these providers; each call is tried once.
fn config(providers: Vec<Provider>, arrivals: Vec<Planned>) -> Config {
    Config {
        duration_ms: DAY_MS,
        bucket_ms: DAY_MS,
        late_ms: 0,
        clients: vec![Client::default()],
        arrivals: Arrivals::List(arrivals),
        providers,
        quotas: Vec::new(),
        gateway: Gateway {
            slots: 100,
            ..Gateway::default()
        },
        calls: Calls::default(),
        metrics: Metrics::default(),
        hpa: None,
        events: Vec::new(),
        stop: None,
    }
}

/// A request a second, each answered after a second.
fn each_second(count: u64) -> Vec<Planned> {
    let one = |second| Planned {
        at_ms: 1_000 * second,
        service_ms: Some(1_000),
        ..Planned::default()
    };
    (0..count).map(one).collect()
}

fn run(config: &Config) -> Results {
    let mut run = Simulation::new(config.clone(), 1).unwrap().logged();
    while run.step(1_000) == Status::Running {}
    run.results()
}

/// Fate, last provider and calls of each request.
fn ends(config: &Config) -> Vec<(Fate, Option<u8>, u32)> {
    let requests = run(config).requests.into_iter();
    let ends = requests.map(|sent| sent.map(|sent| (sent.fate, sent.provider, sent.calls)));
    ends.map(Option::unwrap).collect()
}

fn provider(order: u32, weight: u32, rpm: Option<u64>) -> Provider {
    Provider {
        order,
        weight,
        rpm,
        ..Provider::default()
    }
}

#[test]
fn what_the_first_place_refuses_goes_to_the_next_and_is_no_further_try() {
    // Two at once fit a limit of two a minute; the third comes 2 s later, when 2/30 are back.
    let rows = vec![provider(0, 10, Some(2)), provider(1, 90, None)];
    let config = config(rows, each_second(4));
    let served = |provider, calls| (Fate::Served, Some(provider), calls);
    assert_eq!(
        ends(&config),
        [served(0, 1), served(0, 1), served(1, 2), served(1, 2)]
    );
    let totals = run(&config).totals;
    assert_eq!(totals.providers[0].rejected, 2);
    assert_eq!((totals.providers[0].ok, totals.providers[1].ok), (2, 2));
}

#[test]
fn a_later_place_shares_what_comes_by_its_weights() {
    // Nothing fits the first; 2 to 1 goes a b a, as nginx would.
    let rows = vec![
        provider(0, 1, Some(0)),
        provider(1, 2, None),
        provider(1, 1, None),
        provider(2, 9, None),
    ];
    let went = ends(&config(rows, each_second(6)));
    let went: Vec<_> = went.iter().map(|(_, provider, _)| *provider).collect();
    assert_eq!(went, [1, 2, 1, 1, 2, 1].map(Some));
}

#[test]
fn where_the_last_place_refuses_too_the_tries_count() {
    let rows = vec![provider(0, 1, Some(0)), provider(3, 1, Some(0))];
    let mut config = config(rows, each_second(1));
    assert_eq!(ends(&config), [(Fate::Limited, Some(1), 2)]);
    // Of three tries two more begin at the first place, after 0.5 s and 1 s.
    config.calls.attempts = 3;
    assert_eq!(ends(&config), [(Fate::Limited, Some(1), 6)]);
    let end = run(&config).requests[0].unwrap().end_ms;
    assert_eq!(end, 1_500);
}

#[test]
fn a_place_that_fails_is_followed_by_the_next_as_a_try() {
    let mut first = provider(0, 1, None);
    first.failure_ppm = 1_000_000;
    let rows = vec![first, provider(1, 1, None)];
    let mut config = config(rows, each_second(1));
    assert_eq!(ends(&config), [(Fate::Failed, Some(0), 1)]);
    config.calls.attempts = 2;
    assert_eq!(ends(&config), [(Fate::Served, Some(1), 2)]);
}

#[test]
fn who_is_bound_goes_only_there_and_takes_turns_of_its_own() {
    let rows = vec![
        provider(0, 1, None),
        provider(0, 1, None),
        provider(0, 1, Some(1)),
    ];
    let mut arrivals = each_second(6);
    for (row, planned) in arrivals.iter_mut().enumerate() {
        planned.client = u32::try_from(row % 2).unwrap();
    }
    let mut config = config(rows, arrivals);
    config.calls.attempts = 1;
    // One may use the first two, the other the third alone, which takes one of its three.
    config.clients = [0b011, 0b100]
        .map(|to| Client {
            to: Some(to),
            ..Client::default()
        })
        .to_vec();
    let served = |provider| (Fate::Served, Some(provider), 1);
    let refused = (Fate::Limited, Some(2), 1);
    assert_eq!(
        ends(&config),
        [served(0), served(2), served(1), refused, served(0), refused]
    );
    // Who may go nowhere fails.
    config.clients[0].to = Some(0);
    assert_eq!(ends(&config)[0], (Fate::Failed, None, 0));
}

#[test]
fn what_the_gateway_answers_calls_nobody() {
    let mut config = config(vec![provider(0, 1, Some(0))], each_second(2));
    config.clients[0].is_answered_here = true;
    config.gateway.overhead_ms = 20;
    assert_eq!(ends(&config), [(Fate::Served, None, 0); 2]);
    let results = run(&config);
    assert_eq!(results.totals.providers[0].calls, 0);
    assert_eq!(results.totals.slot_ms, 40);
}

fn calls_a_day(limit: u64, scope: Scope) -> Quota {
    Quota {
        limit,
        period_ms: DAY_MS,
        refill: Refill::AtOnce,
        scope,
    }
}

/// Each call counts as one.
fn each_call() -> QuotaUse {
    let call = Weights {
        call: 1_000,
        ..Weights::default()
    };
    QuotaUse {
        quota: 0,
        counting: Counting::Reserve,
        by_client: vec![Counted {
            asked: call,
            used: call,
            answer_least: 0,
        }],
    }
}

#[test]
fn a_day_that_is_used_up_goes_on_at_the_next_place() {
    let mut first = provider(0, 1, None);
    first.quotas = vec![each_call()];
    let rows = vec![first, provider(1, 1, None)];
    let mut config = config(rows, each_second(5));
    config.quotas = vec![calls_a_day(3, Scope::Shared)];
    let went = ends(&config);
    let went: Vec<_> = went.iter().map(|(_, provider, _)| *provider).collect();
    assert_eq!(went, [0, 0, 0, 1, 1].map(Some));
    // Alone it refuses the rest until midnight.
    config.providers.pop();
    let Arrivals::List(list) = &mut config.arrivals else {
        return;
    };
    list.push(Planned {
        at_ms: DAY_MS,
        service_ms: Some(1),
        ..Planned::default()
    });
    config.duration_ms = 2 * DAY_MS;
    let fates: Vec<_> = ends(&config).into_iter().map(|(fate, ..)| fate).collect();
    let (served, refused) = (Fate::Served, Fate::Limited);
    assert_eq!(fates, [served, served, served, refused, refused, served]);
}

#[test]
fn what_each_pod_counts_holds_for_each_and_never_reaches_the_provider() {
    let mut row = provider(0, 1, None);
    row.quotas = vec![each_call()];
    let mut config = config(vec![row], each_second(6));
    config.quotas = vec![calls_a_day(2, Scope::Pod)];
    config.gateway.pods = 2;
    config.gateway.routing = Routing::Turn;
    let results = run(&config);
    assert_eq!(results.totals.counts.of(Count::Served), 4);
    assert_eq!(results.totals.providers[0].limited_here, 2);
    assert_eq!(results.totals.providers[0].calls, 4);
}

#[test]
fn an_account_holds_what_its_models_spend_together() {
    // Thousandths of a cent a token: 100 × 10 + 10 × 100 is 2 cents a call at one, 4 at the other.
    let spends = |input, output| QuotaUse {
        quota: 0,
        counting: Counting::Postpaid,
        by_client: vec![Counted {
            used: Weights {
                call: 0,
                input,
                output,
            },
            ..Counted::default()
        }],
    };
    let (mut one, mut other) = (provider(0, 1, None), provider(0, 1, None));
    one.quotas = vec![spends(10, 100)];
    other.quotas = vec![spends(20, 200)];
    let mut config = config(vec![one, other], each_second(12));
    config.clients[0].input_tokens = 100;
    config.clients[0].output_tokens = 10;
    let Arrivals::List(list) = &mut config.arrivals else {
        return;
    };
    for planned in list {
        // Answered before the next comes.
        planned.service_ms = Some(500);
        (planned.input_tokens, planned.output_tokens) = (Some(100), Some(10));
    }
    config.quotas = vec![calls_a_day(16, Scope::Shared)];
    // In turn 2, 4, 2, 4, 2, 4: after five 14 are spent, the sixth may still begin.
    let results = run(&config);
    assert_eq!(results.totals.counts.of(Count::Served), 6);
    assert_eq!(results.totals.counts.of(Count::Limited), 6);
}

/// Units of which 20,000 a minute are bought take 52 % of 38,194; the rest goes on and is served,
/// so that nothing goes wrong: no call is one too many, and no limit is in the way.
#[test]
fn what_spills_is_full_by_design() {
    let (scenario, plan, _) = flat(
        "avg-input-tokens=300&avg-output-tokens=200&p=custom,x,,1,units:20,unit-tpm:1000\
         &p=custom,y,,1,order:1,rpm:1000",
    );
    let asked = replay::asked(&scenario, &plan).unwrap();
    let mut run = Simulation::new(asked.question.config, asked.question.seed).unwrap();
    while run.step(1_000_000) == Status::Running {}
    let day = Lived {
        facts: asked.facts,
        results: run.results(),
    };
    let [first, second] = [0, 1].map(|place| day.results.totals.providers[place]);
    let share = first.ok as f64 / (first.ok + second.ok) as f64;
    assert!((share - 20.0 / 38.194).abs() < 0.01, "{share}");
    assert_eq!(
        (first.spilled, second.calls),
        (first.rejected, first.spilled)
    );
    // 20,000 carry 18.18 calls of 1,100, each of 500 tokens.
    let limits: Vec<_> = day.facts.providers.iter().map(|each| each.tpm).collect();
    assert_eq!(limits, [Some(9_091), None]);
    let found = findings(&day);
    let is_told = |each: &DayFinding| {
        matches!(
            each.kind,
            DayFindingKind::ProviderRefuses { .. } | DayFindingKind::RetriesAmplify { .. }
        )
    };
    assert!(!found.iter().any(is_told), "{found:?}");
}

/// A day of a scenario at one pace, and its plan.
fn flat(fragment: &str) -> (Scenario, Plan, Results) {
    let link =
        format!("v=2&shape=flat&peak-multiplier=1&hpa-min=40&hpa-max=40&attempts=1&{fragment}");
    let (scenario, dropped) = from_fragment(&link);
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let files = ["deployment.yaml", "hpa.yaml"];
    let files = files.map(|name| {
        kt_capacity::export::file(name, &scenario, &plan, "")
            .unwrap()
            .text
    });
    let manifest = manifest(&[&files[0], &files[1]]).unwrap();
    let left_out = replay::left_out(&scenario, &manifest);
    assert_eq!(left_out, Vec::<String>::new(), "{fragment}");
    let results = replay::lived(&scenario, &plan, &manifest, &Options::default(), 7).unwrap();
    (scenario, plan, results)
}

/// Share of the requests that the plan sees refused: what its rows are over their limits.
fn refused_by_plan(plan: &Plan) -> f64 {
    let over = |state: LimitState| match state {
        LimitState::Used(ratio) if 1.0 < ratio => 1.0 - 1.0 / ratio,
        LimitState::Closed => 1.0,
        _ => 0.0,
    };
    let rows = plan.providers.iter();
    rows.map(|row| row.share_ratio * over(row.state())).sum()
}

/// With equal minutes, plan and day reject an equal share; the day differs by chance, and by the
/// minute of limits its full buckets hold at the start.
#[test]
fn plan_and_day_refuse_the_same_share_of_a_flat_overload() {
    let tokens = "avg-input-tokens=300&avg-output-tokens=200";
    // (scenario, share that is refused, by hand)
    let cases: [(String, f64); 8] = [
        // 50,000 a day are 34.72 a minute: a limit of 25 takes 72 %.
        ("p=custom,x,,1,rpm:25".to_owned(), 0.28),
        // 500 tokens each: 17,361 a minute, of which 10,000 fit.
        (format!("{tokens}&p=custom,x,,1,tpm:10000"), 0.424),
        // 20,000 of 50,000.
        ("p=custom,x,,1,rpd:20000".to_owned(), 0.6),
        // 25,000,000 a day, of which 15,000,000 fit.
        (format!("{tokens}&p=custom,x,,1,tpd:15000000"), 0.4),
        // 10 and 20 of 34.72.
        (
            "p=custom,x,,1,rpm:10&p=custom,y,,1,order:1,rpm:20".to_owned(),
            0.136,
        ),
        // Half is bound to 10 of 17.36 a minute, half to one without a limit.
        (
            "w=chat,25000/day,300,200,to:custom&w=agent,25000/day,300,200,to:custom-2\
             &p=custom,x,,1,rpm:10&p=custom,y,,1,rpm:1000"
                .to_owned(),
            0.212,
        ),
        // Reserved units of 1,000 with four for an output token: 300 + 800 each, 38,194 a minute,
        // of which 20,000 fit; the next takes 10 of the 16.54 that are left.
        (
            format!("{tokens}&p=custom,x,,1,units:20,unit-tpm:1000&p=custom,y,,1,order:1,rpm:10"),
            0.188_4,
        ),
        // 300 × 34.72 of 5,000.
        (
            format!("{tokens}&p=custom,x,,1,itpm:5000,otpm:100000"),
            0.52,
        ),
    ];
    for (fragment, expected) in cases {
        let (_, plan, results) = flat(&fragment);
        let planned = refused_by_plan(&plan);
        assert!((planned - expected).abs() < 1e-3, "{fragment}: {planned}");
        let counts = &results.totals.counts;
        let lived = counts.of(Count::Limited) as f64 / counts.of(Count::Offered) as f64;
        assert_eq!(counts.of(Count::Refused) + counts.of(Count::Failed), 0);
        assert!((lived - expected).abs() < 0.015, "{fragment}: {lived}");
    }
}

/// 30 a minute over a second are one every two seconds: of as many by chance, one server without a
/// queue takes half (Erlang B of 1 at 1); of twice as many a third.
#[test]
fn a_window_of_less_than_one_request_takes_one_at_a_time() {
    for (asked, refused) in [(43_200, 0.5), (86_400, 2.0 / 3.0)] {
        let (_, plan, results) = flat(&format!(
            "requests-per-day={asked}&p=custom,x,,1,rpm:30,window:1"
        ));
        let planned = plan.queue.limited_ratio;
        assert!((planned - refused).abs() < 1e-9, "{planned}");
        let lived = refused_in_day(&results);
        assert!((lived - refused).abs() < 0.015, "{lived}");
    }
}

/// A day that is used up sends all that follows to the next place, and a day that is lived does
/// likewise: 10,000 are gone after 288 minutes of 34.72, and 20 a minute fit for the other 1,152.
#[test]
fn what_a_day_allows_is_used_up_early() {
    let (_, plan, results) = flat("p=custom,x,,1,rpd:10000&p=custom,y,,1,order:1,rpm:20");
    let by_hand = 1_152.0 * (34.722 - 20.0) / 50_000.0;
    let planned = refused_by_plan(&plan);
    assert!((planned - by_hand).abs() < 1e-3, "{planned}");
    // From then on the second gets all of it.
    let second = &plan.providers[1];
    assert!((second.share_ratio - 0.8).abs() < 1e-9);
    assert!((second.rpm - 34.722).abs() < 1e-3, "{}", second.rpm);
    // It holds 20 of that, but the first lets nothing through only from 10,000 a day on: a fifth.
    let scale = second.max_scale().unwrap();
    assert!((scale - 20.0 / 34.722).abs() < 1e-3, "{scale}");
    let lived = refused_in_day(&results);
    assert!((lived - by_hand).abs() < 0.015, "{lived}");
    let first = (0..1_440).find(|minute| {
        let hour = &results.buckets[minute / 60];
        0 < hour.providers[0].rejected
    });
    // In the hour of minute 288.
    assert_eq!(first, Some(240));
}

fn refused_in_day(results: &Results) -> f64 {
    let counts = &results.totals.counts;
    counts.of(Count::Limited) as f64 / counts.of(Count::Offered) as f64
}

/// For any allowance, of tokens, of dollars per month or per ten minutes, in a failover order: plan
/// and day reject an equal share.
#[test]
fn whatever_is_spent_the_plan_and_the_day_refuse_the_same_share() {
    let tokens = "avg-input-tokens=300&avg-output-tokens=200";
    // A dollar per million of either: 0.05 cents a request, 25 dollars a day, 760.9 a month.
    let priced = format!("{tokens}&p=custom,x,,1,price-input:1,price-cached:1,price-output:1");
    // (scenario, share that is refused by hand, and of it what the day that is lived does not)
    let cases = [
        // 500 tokens each: 6,000,000 are 12,000 requests, the first 24 % of the day.
        (
            format!("{tokens}&p=custom,x,,1,tpd:6000000&p=custom,y,,1,order:1,rpm:20"),
            0.76 * (1.0 - 20.0 / 34.722),
            0.0,
        ),
        // Half a month's money is spent after 15.2184 days: half of all days are without it, and
        // the 16th, which is the one that is lived, from 21.84 % on.
        (
            format!("{priced},spend-month:380.46&p=custom,y,,1,order:1,rpm:20"),
            0.5 * (1.0 - 20.0 / 34.722),
            (0.5 - (1.0 - 0.218_4)) * (1.0 - 20.0 / 34.722),
        ),
        // Ten minutes cost 17.36 cents: ten are spent after 5.76 minutes. In these the second’s
        // bucket fills again, with a minute’s 20.
        (
            format!("{priced},spend-10-min:0.1&p=custom,y,,1,order:1,rpm:20"),
            0.424 * (1.0 - 20.0 / 34.722),
            20.0 / 347.22,
        ),
        // The first holds 10 a minute until 5,000 are spent, after 500 minutes; the second takes
        // 24.72 and then all until 20,000 are spent, after 500 + 7,639 ÷ 34.72 = 720 minutes.
        (
            "p=custom,x,,1,rpm:10,rpd:5000&p=custom,y,,1,order:1,rpd:20000\
             &p=custom,z,,1,order:2,rpm:20"
                .to_owned(),
            0.5 * (1.0 - 20.0 / 34.722),
            0.0,
        ),
    ];
    for (fragment, expected, saved) in cases {
        let (_, plan, results) = flat(&fragment);
        let planned = refused_by_plan(&plan);
        assert!(
            (planned - expected).abs() < 2e-3,
            "{fragment}: {planned}, by hand {expected}"
        );
        let lived = refused_in_day(&results);
        assert!(
            (lived - expected + saved).abs() < 0.015,
            "{fragment}: {lived}, by hand {expected}"
        );
    }
}

/// Bound requests are rejected as often as those that may fail over: half of 50,000 requests are
/// bound to the first, and of the other half the rest goes on.
#[test]
fn bound_requests_share_the_refusals_of_those_that_go_on() {
    let workloads = "w=chat,25000/day,0,0&w=agent,25000/day,0,0,to:custom";
    let cases = [
        // 20 of 34.72 a minute: 42.4 % of both halves.
        ("rpm:20", 0.5 * (1.0 - 20.0 / 34.722)),
        // 20,000 of the day's.
        ("rpd:20000", 0.5 * 0.6),
        // 11.57 at once on eight: Erlang B is 0.4062, summed in Python.
        ("in-flight:8,ttft:20", 0.5 * 0.406_2),
    ];
    for (limit, expected) in cases {
        let (_, plan, results) = flat(&format!(
            "{workloads}&p=custom,x,,1,{limit}&p=custom,y,,1,order:1,rpm:1000"
        ));
        let planned = plan.queue.limited_ratio;
        assert!((planned - expected).abs() < 1e-3, "{limit}: {planned}");
        let lived = refused_in_day(&results);
        assert!((lived - expected).abs() < 0.015, "{limit}: {lived}");
        // What is refused of one half is served of the other by the second.
        let second = plan.providers[1].share_ratio;
        assert!((second - expected).abs() < 1e-3, "{limit}: {second}");
        assert_eq!(plan.verdict.state, VerdictState::Fails, "{limit}");
        assert!(!plan.providers[0].spills, "{limit}");
    }
    // As many as fit: 20 of them are 0.576 of today's.
    let (_, plan, _) = flat(&format!(
        "{workloads}&p=custom,x,,1,rpm:20&p=custom,y,,1,order:1,rpm:1000"
    ));
    let scale = plan.providers[0].max_scale().unwrap();
    assert!((scale - 20.0 / 34.722).abs() < 1e-4, "{scale}");
}

/// Half of the days are left once half a month's requests are spent; on these the second place
/// takes 25 of 34.72 a minute, so that 14 % of all come to the third, though 25 is more than the
/// mean that is left.
#[test]
fn a_third_place_gets_what_the_days_without_the_first_leave() {
    let (scenario, dropped) = from_fragment(
        "v=2&shape=flat&peak-multiplier=1&avg-input-tokens=0&avg-output-tokens=0\
         &p=custom,x,,1,requests-month:760921.875&p=custom,y,,1,order:1,rpm:25\
         &p=custom,z,,1,order:2,rpm:5,rpd:1000000",
    );
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let third = &plan.providers[2];
    let by_hand = 0.5 * (1.0 - 25.0 / 34.722_222);
    assert!(
        (third.share_ratio - by_hand).abs() < 1e-6,
        "{}",
        third.share_ratio
    );
    assert!((third.rpm - 9.722_222).abs() < 1e-5, "{}", third.rpm);
    // s × 34.72 − 25 = 5, on the days after the month is spent: there are any from half of today's
    // load on.
    let scale = third.max_scale().unwrap();
    assert!((scale - 30.0 / 34.722_222).abs() < 1e-6, "{scale}");
}

/// On a day of office hours the second place is judged by the hours after the first has spent its
/// day: by the whole peak if that is still to come, else by the busiest of the hours left.
#[test]
fn a_later_place_is_judged_by_the_hours_after_the_day_is_spent() {
    let of = |rpd: u32| {
        let (scenario, dropped) = from_fragment(&format!(
            "v=2&shape=office&peak-multiplier=2.5&requests-per-day=50000&p=custom,x,,1,rpd:{rpd}\
             &p=custom,y,,1,order:1,rpm:100"
        ));
        assert_eq!(dropped.len(), 0, "{dropped:?}");
        evaluate(&scenario, date(2026, 11, 26))
    };
    let peak = 50_000.0 / 1_440.0 * 2.5;
    let early = of(10_000);
    assert!(
        (early.providers[1].rpm - peak).abs() < 1e-6,
        "{}",
        early.providers[1].rpm
    );
    let shares: f64 = early.providers.iter().map(|row| row.share_ratio).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    // Spent late: summed up here, from the day's own profile.
    let late = of(45_000);
    let profile = &late.day.profile;
    let each = 50_000.0 / profile.len() as f64;
    let mut left = 45_000.0;
    let after = profile.iter().skip_while(|pace| {
        left -= *pace * each;
        0.0 <= left
    });
    let busiest = after.fold(0.0_f64, |most, pace| most.max(*pace));
    let expected = 50_000.0 / 1_440.0 * busiest;
    assert!(expected < peak * 0.9, "{expected} of {peak}");
    let second = &late.providers[1];
    assert!(
        (second.rpm - expected).abs() < 1e-6,
        "{}: {expected}",
        second.rpm
    );
    assert!(
        (second.share_ratio - 0.1).abs() < 1e-6,
        "{}",
        second.share_ratio
    );
}

/// Half of 34.72 requests a minute are reports of 20,000 tokens, more than a whole minute of
/// 10,000: each is refused, and counts as a call alone. Chats of 500 tokens are 17.36 a minute,
/// 8,681 tokens; at a dollar per million 12.50 dollars a day, 380.46 a month.
#[test]
fn what_is_too_large_counts_as_a_call_and_nothing_else() {
    let workloads = "w=chat,25000/day,300,200&w=report,25000/day,20000,0";
    let provider = "p=custom,x,,1,tpm:10000,price-input:1,price-cached:1,price-output:1";
    for (limit, kind, used, refused) in [
        ("spend-month:none", LimitKind::Tpm, 0.868_06, 0.5),
        ("rpm:50", LimitKind::Rpm, 0.694_44, 0.5),
        ("spend-month:760.92", LimitKind::SpendMonth, 0.5, 0.5),
        ("itpm:10000", LimitKind::Itpm, 0.520_83, 0.5),
        // 30 of the 34.72 calls get through, and of these the chats are half.
        (
            "rpm:30",
            LimitKind::Rpm,
            1.157_41,
            0.5 + 0.5 * (1.0 - 0.864),
        ),
        // 20,000 of 50,000 calls a day.
        ("rpd:20000", LimitKind::Rpd, 2.5, 0.8),
    ] {
        let (_, plan, results) = flat(&format!("{workloads}&{provider},{limit}"));
        let limits = plan.providers[0].limits.iter();
        let found: Vec<f64> = limits
            .filter(|used| used.kind == kind)
            .filter_map(|used| used.state.ratio())
            .collect();
        assert_eq!(found.len(), 1, "{limit}");
        assert!((found[0] - used).abs() < 1e-4, "{limit}: {found:?}");
        let planned = plan.queue.limited_ratio;
        assert!((planned - refused).abs() < 1e-3, "{limit}: {planned}");
        let lived = refused_in_day(&results);
        assert!((lived - refused).abs() < 0.015, "{limit}: {lived}");
    }
}

/// Fifty units carry 125,000 weighted tokens a minute. Half of them for the day let half through of
/// a load that fills them: 300 + 4 × 200 each, 113.6 a minute of 125,000 ÷ 1,100.
#[test]
fn a_cut_takes_reserved_units_as_any_limit_of_a_minute() {
    let link = "p=custom,x,,1,units:50,unit-tpm:2500&requests-per-day=163636&avg-input-tokens=300\
                &avg-output-tokens=200&happens=limit-cut/00:00-24:00:custom:50";
    let (scenario, _) = from_fragment(&format!(
        "v=2&shape=flat&peak-multiplier=1&hpa-min=40&hpa-max=40&attempts=1&{link}"
    ));
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let lived = replay::asked(&scenario, &plan).unwrap().lived().unwrap();
    let refused = refused_in_day(&lived.results);
    assert!((refused - 0.5).abs() < 0.03, "{refused}");
}

/// A provider of longer answers than another takes what that one refuses for its size.
#[test]
fn another_provider_takes_what_is_too_large() {
    let link = "w=chat,25000/day,300,200&w=report,25000/day,20000,0&attempts=2\
                &p=custom,x,,1,tpm:10000&p=custom,y,,1,order:1,tpm:1000000";
    let (scenario, _) = from_fragment(&format!(
        "v=2&shape=flat&peak-multiplier=1&hpa-min=40&hpa-max=40&{link}"
    ));
    let plan = evaluate(&scenario, date(2026, 11, 26));
    assert!(
        plan.queue.limited_ratio < 1e-9,
        "{}",
        plan.queue.limited_ratio
    );
    let lived = replay::asked(&scenario, &plan).unwrap().lived().unwrap();
    let counts = &lived.results.totals.counts;
    assert_eq!(counts.of(Count::Limited), 0);
    let calls = lived.results.totals.providers.iter();
    let calls: Vec<f64> = calls.map(|it| it.calls as f64 / 50_000.0).collect();
    assert!(
        (calls[0] - 1.0).abs() < 0.02 && (calls[1] - 0.5).abs() < 0.02,
        "{calls:?}"
    );
}

/// Ten requests a day are spent just after midnight, so that at the peak all go to the second
/// place, each for 0.46 s: 100,000 × 3 ÷ 86,400 × 0.46 = 1.60 in flight. A cap per ten minutes
/// beside the day's limit closes a place within each ten minutes, and opens none.
#[test]
fn a_day_that_is_spent_stays_so_after_ten_minutes() {
    let plan = |cap: &str| {
        let (scenario, _) = from_fragment(&format!(
            "v=2&w=A,100000/day,1000,0&p=custom,x,,100,rpd:10,price-input:1,ttft:10{cap}\
             &p=openai,gpt-4o,Grow,100,order:1"
        ));
        evaluate(&scenario, date(2026, 11, 26))
    };
    let (with, without) = (plan(",spend-10-min:0.5"), plan(""));
    for plan in [&with, &without] {
        let in_flight = plan.gateway.in_flight;
        assert!((in_flight - 1.60).abs() < 0.02, "{in_flight}");
        assert!(plan.providers[0].share_ratio < 1e-3);
    }
}
