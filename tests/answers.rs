//! Answers agree with each other, in scenarios with missing facts.

use kt_capacity::catalog::date::date;
use kt_capacity::plan::{
    Answer, Aside, Change, CheckId, Detail, Effect, FigureId, Finding, LimitKind, LimitState, Plan,
    Severity, Split, VerdictState, evaluate,
};
use kt_capacity::say;
use kt_capacity::say::brief::brief;
use kt_capacity::say::event::kind_name;
use kt_capacity::say::finding::{status, title};
use kt_capacity::say::verdict::{label, more, text};
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::scenario::{EventKind, Scenario, property};

fn scenario(fragment: &str) -> Scenario {
    let (scenario, notices) = from_fragment(fragment);
    assert_eq!(notices, [], "{fragment}");
    scenario
}

fn plan(fragment: &str) -> Plan {
    evaluate(&scenario(fragment), date(2026, 11, 26))
}

fn finding<'a>(plan: &'a Plan, id: &str) -> Option<&'a Finding> {
    plan.findings.iter().find(|finding| finding.kind.id() == id)
}

#[test]
fn where_limits_are_unknown_nothing_is_said_to_fit() {
    for link in ["p=custom,,,100", "p=openai,gpt-4o,Grow,60&p=custom,,,40"] {
        let plan = plan(link);
        assert_eq!(plan.verdict.state, VerdictState::Unknown, "{link}");
        assert_eq!(label(&plan.verdict), "Cannot be judged yet");
        let told = "Other provider’s limits are unknown";
        assert_eq!(text(&plan), format!("Cannot be judged: {told}."));
        assert!(!more(&plan).contains(told), "said twice");
        let carried = &brief(&scenario(link), &plan, None).figures[1];
        assert_eq!(
            (carried.value.as_str(), carried.sub.as_str()),
            ("–", "not all limits are known")
        );
    }
    // Losing OpenAI sends all to the one that nobody can judge.
    let plan_of_two = plan("p=openai,gpt-4o,Grow,60&p=custom,,,40");
    let more = more(&plan_of_two);
    assert!(!more.contains("Losing any"), "{more}");
    assert!(
        plan_of_two
            .routing
            .options
            .iter()
            .all(|option| option.fits.is_none())
    );
    let limits = plan_of_two
        .checklist
        .iter()
        .find(|check| check.id == CheckId::Limits);
    let limits = limits.expect("a check");
    assert_eq!(
        (limits.answer, &limits.detail),
        (Answer::Open, &Detail::LimitsPartlyKnown)
    );
    assert_eq!(say::checklist::detail(limits), "not all limits are known");
    // What does not fit does not, whatever else is unknown.
    let plan = plan("requests-per-day=9000000&p=openai,gpt-4o,Build,60&p=custom,,,40");
    assert_eq!(plan.verdict.state, VerdictState::Fails);
}

#[test]
fn a_provider_without_a_price_is_never_the_cheaper_one() {
    for link in [
        "p=openai,gpt-4o,Build,90&p=google-vertex,,,10",
        "p=openai,gpt-4o,Build,60&p=custom,,,40",
    ] {
        let plan = plan(link);
        assert!(
            finding(&plan, "unpriced").is_some(),
            "{link}: the price is known by now"
        );
        assert!(finding(&plan, "cheaper-weights").is_none(), "{link}");
        for option in &plan.routing.options {
            let (given, now) = (plan.providers[1].share_ratio, option.share_ratios[1]);
            assert!(
                option.split != Split::Cheapest || now <= given,
                "{link}: {now} of {given}"
            );
        }
    }
}

#[test]
fn a_split_is_in_whole_percents_of_a_hundred_and_another_than_the_given() {
    for link in [
        "p=custom,,,1,tpm:10000000&p=openai,gpt-4o,Launch,1&p=anthropic,,,1",
        "p=custom,,,14&p=custom,,,28&p=custom,,,56&p=custom,,,2&p=openai,gpt-4o,Launch,0",
        "p=openai,gpt-4o,Build,90&p=google-vertex,,,10",
    ] {
        let plan = plan(link);
        for option in plan
            .routing
            .options
            .iter()
            .filter(|option| option.split != Split::Given)
        {
            let percents: Vec<f64> = option
                .share_ratios
                .iter()
                .map(|share| share * 100.0)
                .collect();
            let is_whole = |percent: &f64| {
                (0.0..=100.0).contains(percent) && (percent - percent.round()).abs() < 1e-9
            };
            assert!(percents.iter().all(is_whole), "{link}: {percents:?}");
            assert!(
                (percents.iter().sum::<f64>() - 100.0).abs() < 1e-9,
                "{link}: {percents:?}"
            );
            assert_ne!(
                option.share_ratios, plan.routing.options[0].share_ratios,
                "{link}"
            );
        }
    }
}

#[test]
fn form_and_plan_call_a_kind_of_event_alike() {
    let names = (property::EVENTS.words)();
    for (kind, word) in EventKind::ALL.into_iter().zip(names) {
        assert_eq!((word.key, word.name), (kind.key(), kind_name(kind)));
    }
}

#[test]
fn each_unknown_provider_is_told() {
    let plan = plan("p=custom,,,50,name:Big Own&p=custom,,,50,name:Own");
    assert_eq!(
        text(&plan),
        "Cannot be judged: Big Own’s limits are unknown."
    );
    assert_eq!(more(&plan), "Own’s limits are unknown.");
}

/// The split is put into the scenario: only then is it known whether it fits.
#[test]
fn the_cheapest_split_that_fits_fits() {
    // 60 RPM, half of it to the cheap one: its 30 RPM are full, and 80 % of them is the target.
    let given = scenario(
        "requests-per-minute=60&peak-multiplier=1&avg-input-tokens=1000&avg-output-tokens=0\
         &p=custom,a,,50,rpm:30,price-input:1&p=custom,b,,50,rpm:600,price-input:3",
    );
    let plan = evaluate(&given, date(2026, 11, 26));
    let fits = |plan: &Plan| {
        plan.routing
            .option(Split::Given)
            .and_then(|option| option.fits)
    };
    assert_eq!(fits(&plan), Some(false));
    let cheapest = plan.routing.option(Split::Cheapest).expect("one that fits");
    let mut split = given.clone();
    for edit in &cheapest.edits() {
        edit.apply(&mut split);
    }
    assert_ne!(split, given, "the edits change the weights");
    let plan = evaluate(&split, date(2026, 11, 26));
    assert_eq!(fits(&plan), Some(true));
    // At 80 % of its limit there is room for 1 ÷ 0.8 of the load.
    assert!(text(&plan).contains("at 1.25 times"), "{}", text(&plan));
    // One request in a hundred more to the cheap one, and its target is passed.
    split.providers[0].weight = 41.0;
    split.providers[1].weight = 59.0;
    assert_eq!(fits(&evaluate(&split, date(2026, 11, 26))), Some(false));
}

#[test]
fn where_nothing_fits_no_split_claims_to() {
    let plan = plan(
        "w=Chat,960000/day,900,350&w=RAG,250/min,4500,500,cached:20,max:700&w=Code,120000/day,\
         1500,1600&p=openai,gpt-4o,Launch,60&p=azure-openai,gpt-4o,,25&p=anthropic,,Build,15",
    );
    assert_eq!(
        plan.routing.option(Split::Cheapest),
        None,
        "nothing fits this load"
    );
    let fits: Vec<_> = plan.routing.options.iter().map(|way| way.fits).collect();
    assert!(fits.iter().all(|fits| *fits == Some(false)), "{fits:?}");
}

#[test]
fn a_limit_of_nothing_is_told_everywhere() {
    let plan = plan("p=openai,gpt-4o,Build,60,tpm:0&p=anthropic,,,40");
    let text = text(&plan);
    assert!(
        text.starts_with("Does not fit. OpenAI’s token limit allows nothing."),
        "{text}"
    );
    let tightest = plan
        .figures
        .iter()
        .find(|figure| figure.id == FigureId::TightestLimit);
    let tightest = tightest.expect("a figure");
    assert!(
        matches!(tightest.aside, Aside::Closed { .. }),
        "{tightest:?}"
    );
    assert_eq!(say::figure::value(tightest), "–");
    assert_eq!(say::figure::sub(tightest), "OpenAI tokens: nothing allowed");
    let more = more(&plan);
    assert!(more.contains("OpenAI would allow nothing."), "{more}");
}

/// No finding told of the 128 %: the other taker, of which nothing is known, counted as fuller.
#[test]
fn a_loss_tells_of_the_fullest_that_is_known() {
    let link = "v=1&requests-per-day=150000&p=openai,gpt-4o,Build,40,spend-month:none\
                &p=anthropic,,,50,tpm:none,itpm:900000,otpm:none,rpm:none,spend-month:none\
                &p=custom,,,10";
    let plan = self::plan(link);
    // 150,000 × 3 ÷ 1,440 = 312.5 RPM of 2,300 tokens; without Anthropic's half OpenAI gets 40 of
    // 50: 575,000 of 450,000 tokens/min are 1.278.
    let drill = finding(&plan, "failover").expect("three providers");
    assert_eq!(title(&drill.kind), "OpenAI, if Anthropic is lost");
    assert_eq!(status(&drill.kind), "over by 28\u{a0}%");
    assert_eq!(drill.severity, Severity::Warning);
    let said = "Losing Anthropic at the peak would not fit: OpenAI would be over by 28\u{a0}%.";
    assert!(more(&plan).starts_with(said), "{}", more(&plan));
    // Nobody knows what the other one carries, so nobody says how much is served.
    let drill = plan.worst_drill().expect("three providers");
    assert!(!drill.is_known);
    // As published both spend more a month than they may, without any loss: that has findings of
    // its own, and the loss still tells of the 128 %.
    let plan = self::plan(&link.replace(",spend-month:none", ""));
    let told = finding(&plan, "failover").expect("three providers");
    assert_eq!(status(&told.kind), "over by 28\u{a0}%");
    let mut drills = plan.drills.iter();
    let drill = drills.find(|drill| drill.lost == "Anthropic");
    let openai = &drill.expect("it carries load").providers[0];
    let mut limits = openai.limits.iter();
    let tokens = limits.find(|used| used.kind == LimitKind::Tpm);
    let ratio = tokens.and_then(|used| used.state.ratio()).expect("a limit");
    assert!((ratio - 575.0 / 450.0).abs() < 1e-9, "{ratio}");
    // A limit of 0 is fuller than any that is in use.
    let plan = self::plan("p=openai,gpt-4o,Build,60,tpm:0&p=anthropic,,,30&p=custom,,,10");
    let first = plan.tightest_provider().expect("limits are known");
    assert_eq!(
        (first.name.as_str(), first.state()),
        ("OpenAI", LimitState::Closed)
    );
    // What is unknown is not 0: it is no candidate at all.
    assert_eq!(self::plan("p=custom,,,100").tightest_provider(), None);
}

#[test]
fn a_loss_names_the_lost_and_the_left_apart() {
    let plan = plan("requests-per-day=2000000&p=openai,gpt-4o,Launch,60&p=openai,gpt-4o,Grow,40");
    let names: Vec<&str> = plan.providers.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["OpenAI", "OpenAI 2"]);
    let drill = finding(&plan, "failover").expect("two providers");
    assert_eq!(title(&drill.kind), "OpenAI, if OpenAI 2 is lost");
    // A name that was emptied is the catalogue's.
    let plan = evaluate(
        &scenario("p=openai,gpt-4o,Build,60,name:&p=anthropic,,,40"),
        date(2026, 11, 26),
    );
    assert_eq!(plan.providers[0].name, "OpenAI");
}

#[test]
fn the_brief_and_the_list_say_the_same_about_ordering() {
    let link = "requests-per-day=200000&p=anthropic,,,100,spend-month:none&growth=30&zones=1";
    let plan = plan(link);
    let late = plan
        .findings
        .iter()
        .find(|finding| finding.when.order.is_some_and(|order| order.is_late))
        .expect("a late order");
    let told = brief(&scenario(link), &plan, None);
    let told = told
        .findings
        .iter()
        .find(|told| told.title == title(&late.kind))
        .expect("in the brief");
    assert!(
        told.message
            .ends_with(" Order more now: the lead time is longer than what is left.")
    );
}

#[test]
fn the_brief_decides_a_setting_once() {
    let link = "w=Chat,140000/day,900,350&w=RAG,60000/day,4500,500&headroom=1.2&hpa-max=11\
        &p=custom,a,,60,tps:60&p=custom,b,,40,tps:15&growth=15";
    let scenario = scenario(link);
    let told = brief(&scenario, &evaluate(&scenario, date(2026, 11, 27)), None);
    let minimums: Vec<_> = told
        .decisions
        .iter()
        .filter(|decision| decision.change.starts_with("HPA minimum"))
        .collect();
    // Two findings ask for a minimum; the larger answers both, and the maximum beside it is the one
    // that the autoscaler's own finding asks for.
    let [minimum] = minimums[..] else {
        panic!("{:?}", told.decisions);
    };
    let both = "the slots hold what the others take over; the pods left carry the peak; holds ";
    assert!(minimum.brings.starts_with(both), "{}", minimum.brings);
    assert_eq!(minimum.by, "now");
    let maximum = |change: &str| change.starts_with("HPA maximum");
    assert!(!told.decisions.iter().any(|it| maximum(&it.change)));
}

#[test]
fn more_gateways_say_where_the_first_limit_then_is() {
    // 2 million requests of a flat day are 1,388.9 RPM: a limit of 5,000 RPM holds 3.6 times that.
    let limits = "p=custom,x,,100,rpm:5000,tpm:none,itpm:none,otpm:none";
    let load = "requests-per-day=2000000&shape=flat&peak-multiplier=1&retention-days=1";
    let plan = plan(&[load, limits, "hpa-max=3"].join("&"));
    let fleet = finding(&plan, "hpa-max").expect("the autoscaler's maximum");
    let now = fleet.scale.expect("a multiple");
    assert!(now < 1.0, "the fleet gives way first: {now}");
    let second = 5_000.0 / (2e6 / 1_440.0);
    for fix in &fleet.fixes {
        let Effect::Fleet {
            holds,
            first_moves_to,
            instances,
            ..
        } = fix.effect
        else {
            panic!("{:?}", fix.effect);
        };
        let then = holds.map_or(second, |holds| holds.min(second));
        let moved = first_moves_to.expect("it moves");
        assert!((moved / then - 1.0).abs() < 1e-9, "{moved} {then}");
        if let Change::HpaMaximum { to, .. } = fix.change {
            assert!(instances <= to, "{instances} of {to}");
        }
    }
    assert!(!fleet.fixes.is_empty());
}

/// 500,000 requests a day need more than two gateways at the peak. A step in percent allows
/// ⌈0 × 2⌉ = 0 from nothing; a target of 15 acts above 15 × 1.1 = 16.5 of 16 slots, one of 14
/// above 15.4.
#[test]
fn an_autoscaler_that_never_grows_is_told_and_none_else() {
    let zero = "v=2&requests-per-day=500000&hpa-min=0&hpa-cpu=&hpa-queue=\
                &hpa-metrics=external-average/rps/10/1&kubernetes=1.37";
    let reach = "v=2&requests-per-day=500000&hpa-min=2&hpa-cpu=&concurrency=16&hpa-queue=";
    for (link, first) in [
        (zero.to_owned(), Some("HPA minimum 0 → 1")),
        (format!("{zero}&hpa-up-pods=4"), None),
        (format!("{zero}&hpa-up-more=pods:4:15"), None),
        (
            format!("{zero}&hpa-up-pods=4&hpa-up-select=min"),
            Some("HPA minimum 0 → 1"),
        ),
        (zero.replace("1.37", "1.35"), None),
        (format!("{zero}&hpa-schedule=08:00-19:00:12"), None),
        (
            format!("{reach}&hpa-in-flight=15&hpa-schedule=08:00-19:00:12"),
            None,
        ),
        (zero.replace("hpa-min=0", "hpa-min=1"), None),
        (
            format!("{reach}&hpa-in-flight=15"),
            Some("Autoscaler’s target of requests in flight 15 → 14"),
        ),
        (format!("{reach}&hpa-in-flight=14"), None),
        (
            format!("{reach}&hpa-in-flight=15").replace("hpa-cpu=", "hpa-cpu=70"),
            None,
        ),
        (
            format!("{reach}&hpa-in-flight=15&queue-size=40").replace("hpa-queue=", "hpa-queue=50"),
            Some("Autoscaler’s target of requests in flight 15 → 14"),
        ),
        (
            format!("{reach}&queue-size=40").replace("hpa-queue=", "hpa-queue=50"),
            Some("Autoscaler’s queue target 50 → 36"),
        ),
    ] {
        let plan = plan(&link);
        let found = finding(&plan, "hpa-stuck");
        let fix = found.map(|found| say::fix::label(&found.fixes[0].change));
        assert_eq!(fix.as_deref(), first, "{link}");
    }
    let off = plan("v=2&requests-per-day=500000&hpa-min=2&hpa-up-select=disabled");
    let found = finding(&off, "hpa-stuck").expect("a finding");
    assert_eq!(found.severity, Severity::Warning);
    let needed = off.gateway.instances;
    let text = say::finding::message(&found.kind);
    let begin = format!("It stays at 2 gateways; the peak needs {needed}. selectPolicy: Disabled");
    assert!(text.starts_with(&begin), "{text}");
    let held = "v=2&requests-per-day=500000&hpa-min=40&hpa-max=40&hpa-up-select=disabled";
    assert!(finding(&plan(held), "hpa-stuck").is_none());
}

#[test]
fn load_that_moves_to_a_provider_without_a_price_is_no_saving() {
    // A month of 150,000 requests a day at OpenAI is dear; “mine” has limits and no price. Weights
    // that level the use move load there, which saves dollars only as long as nothing is charged.
    let base = "requests-per-day=150000&shape=flat&peak-multiplier=1&p=openai,gpt-4o,Build,90";
    let unpriced = plan(&format!("{base}&p=custom,mine,,10,rpm:5000"));
    let moves = |plan: &Plan| {
        let fixes = plan.findings.iter().flat_map(|found| &found.fixes);
        let weights = fixes.filter(|fix| matches!(fix.change, Change::Weights { .. }));
        weights.cloned().collect::<Vec<_>>()
    };
    let found = moves(&unpriced);
    assert!(!found.is_empty());
    for fix in found {
        assert_eq!(fix.effect.more_usd(), None, "{fix:?}");
        let said = say::fix::effect(&fix.effect);
        assert!(
            said.ends_with("; its cost is unknown, as a price is missing"),
            "{said}"
        );
        assert_eq!(say::fix::cost_in_short(&fix.effect), "unknown");
    }
    let level = unpriced
        .routing
        .options
        .iter()
        .find(|it| it.split == Split::Level);
    assert!(level.is_some_and(|it| !it.is_priced));
    // With a price the same move has a cost.
    let priced = plan(&format!(
        "{base}&p=custom,mine,,10,rpm:5000,price-input:1,price-output:4"
    ));
    let found = moves(&priced);
    assert!(!found.is_empty());
    assert!(found.iter().all(|fix| fix.effect.more_usd().is_some()));
}

#[test]
fn units_without_a_price_cost_nobody_knows_how_much() {
    // Vertex sells GSU; no price of one is published in the catalogue.
    let plan =
        plan("requests-per-day=3000000&p=google-vertex,gemini-3.1-pro-preview,GSU,1,units:1");
    assert_eq!(plan.cost.unpriced.len(), 1, "{:?}", plan.cost.unpriced);
    let fixes = plan.findings.iter().flat_map(|found| &found.fixes);
    let more: Vec<_> = fixes
        .filter(|fix| matches!(fix.change, Change::Units { .. }))
        .collect();
    assert_eq!(more.len(), 1);
    assert_eq!(more[0].effect.more_usd(), None);
}
