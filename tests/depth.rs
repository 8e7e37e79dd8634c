//! Features beyond the guide: retries, agents, windows, units, zones, waits, events.
//!
//! Expected values are calculated in the comments, by other means than the model's.

mod ask;

use ask::{assert_close, finding, plan};
use kt_capacity::catalog::date::date;
use kt_capacity::plan::{Change, LimitKind, RuleId, Split};
use kt_capacity::say::finding::status;
use kt_capacity::say::words;
use kt_capacity::say::{fix, verdict};

#[test]
fn microsofts_worked_example_is_a_plan() {
    // 1,000 RPM of 200 in and 20 out: 360,000 weighted tokens, 105.88 units, sold as 110;
    // with half of the input cached 260,000, 76.47 and 80. The target use is put to 100 %.
    let example = "requests-per-minute=1000&avg-input-tokens=200&avg-output-tokens=20\
                   &peak-multiplier=1&p=azure-openai,gpt-5.2,PTU,1,target:100";
    for (cached, load, units) in [(0, 360_000.0, 110.0), (50, 260_000.0, 80.0)] {
        let plan = plan(&format!("{example}&cached={cached}"));
        let provider = &plan.providers[0];
        let kind = provider.tightest.map(|used| used.kind);
        assert_eq!(kind, Some(LimitKind::Units));
        assert_close(provider.limits[0].load, load);
        // The tier begins with the fewest units that are sold, which are too few here.
        assert_close(provider.limits[0].limit, 15.0 * 3_400.0);
        let offer = &plan.cost.reserved[0];
        assert_close(offer.units, units);
        assert_close(offer.reserved_per_month_usd, units * 260.0);
        let fixes = &finding(&plan, "provider-azure-openai")
            .expect("it breaks")
            .fixes;
        assert_eq!(
            fix::label(&fixes[0].change),
            format!("Azure OpenAI PTU 15 → {units}")
        );
    }
}

#[test]
fn agents_retries_caches_and_batches_change_what_reaches_the_providers() {
    // 86,400 tasks a day of 4 calls are 4 rps at the gateway, 12 at the peak. A quarter from
    // the cache and a fifth of the rest in batches leave 0.6; a failing tenth makes
    // 1 + 0.1 + 0.01 = 1.11 calls of each: 12 × 0.6 × 1.11 rps.
    let plan = plan(
        "requests-per-day=86400&avg-input-tokens=1000&avg-output-tokens=100&peak-multiplier=3\
         &calls=4&cache-hit=25&batch=20&failures=10&attempts=3&p=custom,,,1,rpm:1000,tpm:1e6",
    );
    assert_close(plan.demand.peak_rps, 12.0);
    let provider = &plan.providers[0];
    assert_close(provider.rps, 12.0 * 0.6 * 1.11);
    assert_close(provider.rpm, 12.0 * 0.6 * 1.11 * 60.0);
    assert_close(provider.tpm, 12.0 * 0.6 * 1.11 * 60.0 * 1_100.0);
    // Time: 0.6 × (1 s × 1.11 + 0.5 s × 0.1 + 1 s × 0.01 + 100 ÷ 60 of the 99.9 % that one of
    // three tries answers) + 10 ms.
    let time = 0.6 * (1.11 + 0.05 + 0.01 + 0.999 * 100.0 / 60.0) + 0.01;
    assert_close(plan.gateway.time_in_flight_s, time);
    // Events: each call is one.
    assert_close(plan.storage.events_per_day, 345_600.0);
}

#[test]
fn batches_cost_half_and_the_cache_nothing() {
    // gpt-4o: 1,000 × 2.5 + 100 × 10 = 3,500 µ$ a request; 0.75 × (0.8 + 0.2 × 0.5).
    let base = "requests-per-day=1000&avg-input-tokens=1000&avg-output-tokens=100\
                &provider=openai&model=gpt-4o";
    let month = 365.2425 / 12.0;
    let usd = |extra: &str| plan(&format!("{base}{extra}")).cost.tokens_per_month_usd;
    assert_close(usd(""), 3.5 * month);
    assert_close(usd("&cache-hit=25&batch=20"), 3.5 * month * 0.75 * 0.9);
    // A try that fails is not billed: half of the first, second and third try answer 87.5 %.
    assert_close(usd("&failures=50"), 3.5 * month * 0.875);
}

#[test]
fn a_short_window_leaves_less_than_the_limit_per_minute() {
    // 600 a minute over 1 s are 10 a window, a sixtieth of the peak's minute. With 2.32635 √(59 ÷
    // 60) = 2.30688, m + 2.30688 √m = 10 has √m = −1.15344 + √(1.33042 + 10) = 2.21263 and m =
    // 4.89573: 48.957 % of the limit.
    let plan = plan("requests-per-minute=100&p=custom,,,1,rpm:600,window:1&peak-multiplier=1");
    let used = &plan.providers[0].limits[0];
    assert!((used.usable_ratio - 0.489_573).abs() < 1e-5, "{used:?}");
    assert_close(used.limit, 600.0 * used.usable_ratio);
}

#[test]
fn each_kind_of_limit_can_bind() {
    // 1 rps mean, 2 at the peak; 100 tokens; 1 s to the first token and 1 ÷ 60 s for one more.
    let base = "requests-per-day=86400&avg-input-tokens=99&avg-output-tokens=1&peak-multiplier=2";
    let cases = [
        ("rpm:240", LimitKind::Rpm, 2.0),
        ("tpm:24000", LimitKind::Tpm, 2.0),
        ("itpm:23760", LimitKind::Itpm, 2.0),
        ("otpm:240", LimitKind::Otpm, 2.0),
        ("rpd:172800", LimitKind::Rpd, 2.0),
        ("tpd:17280000", LimitKind::Tpd, 2.0),
        // 30.436875 days of 86,400 requests, and of 8,640,000 tokens, twice.
        ("requests-month:5259492", LimitKind::RequestsMonth, 2.0),
        ("tokens-month:525949200", LimitKind::TokensMonth, 2.0),
        (
            // At 0.86942 erlangs four lose one in a hundred: a⁴ ÷ 24 = 0.023806 over
            // 1 + a + a² ÷ 2 + a³ ÷ 6 + that = 2.380697.
            "in-flight:4",
            LimitKind::Concurrency,
            0.869_42 / (2.0 * (1.0 + 1.0 / 60.0)),
        ),
        (
            "tpm:12240,output-weight:3",
            LimitKind::Tpm,
            12_240.0 / (120.0 * 102.0),
        ),
        (
            "units:24,unit-tpm:1000,unit-output:21",
            LimitKind::Units,
            24_000.0 / (120.0 * 120.0),
        ),
    ];
    for (limit, kind, scale) in cases {
        let plan = plan(&format!("{base}&p=custom,,,1,{limit}"));
        let provider = &plan.providers[0];
        assert_eq!(
            provider.tightest.map(|used| used.kind),
            Some(kind),
            "{limit}"
        );
        let found = provider.max_scale().expect("a limit");
        let digits = if kind == LimitKind::Concurrency {
            1e-5
        } else {
            1e-9
        };
        assert!(
            (found / scale - 1.0).abs() < digits,
            "{limit}: {found}, expected {scale}"
        );
    }
}

#[test]
fn a_wait_target_sizes_the_fleet_by_erlang_c() {
    // One pool: offered load 10 × 1.5 = 15 with S = 1 s and one slot each, exponential. By the
    // recursion of Erlang B, in another language: C(22, 15) = 0.06331, so P(W > t) =
    // 0.06331 e^(−7 t) and P99 = ln(6.331) ÷ 7 = 0.264 s. 23: C = 0.03797, 0.167 s. 24:
    // C = 0.02207, 0.088 s.
    let base = "requests-per-day=864000&peak-multiplier=1&concurrency=1&overhead=0\
                &avg-output-tokens=0&p=custom,,,1,ttft:1&hpa-max=none&pod-routing=pool";
    for (target, instances) in [("0.3", 22), ("0.2", 23), ("0.1", 24)] {
        let plan = plan(&format!("{base}&wait-target={target}"));
        assert_eq!(plan.gateway.decided_by, RuleId::WaitTarget, "{target}");
        assert_eq!(plan.gateway.instances, instances, "{target}");
        assert!(plan.queue.wait_p99_s.expect("no overload") < target.parse().expect("a number"));
    }
}

#[test]
fn queue_and_autoscaler_targets_keep_the_stated_wait() {
    // 16 slots of 2 s each finish 8 a second: within 5 s forty are served; the autoscaler acts
    // a tenth above its target: 40 ÷ 1.1 = 36.4.
    let base = "requests-per-day=864000&peak-multiplier=1&overhead=0&avg-output-tokens=0\
                &p=custom,,,1,ttft:2";
    let kept = plan(&format!("{base}&wait-target=5"));
    assert_eq!(kept.queue.size_for_wait, Some(40));
    assert_eq!(kept.queue.hpa_target_for_wait, Some(36));
    let fixes = &finding(&kept, "queue-size").expect("100 wait 12.5 s").fixes;
    assert_eq!(fixes[0].change, Change::QueueSize { from: 100, to: 40 });
    assert_eq!(fixes[1].change, Change::QueueTarget { from: 50.0, to: 36 });
    // Without a target the clients' patience is: 30 s less the answer's 2 s, 8 × 28 = 224.
    assert_eq!(plan(base).queue.size_for_wait, Some(224));
}

#[test]
fn losing_a_zone_takes_its_share_of_the_pods() {
    // 10 rps × 2 s = 20 in flight, × 1.5 = 30 in slots of 5: six pods. One of three zones takes
    // two; four hold 20: exactly the peak. Of two zones three are left, which hold 15 of 20.
    let base = "requests-per-day=864000&peak-multiplier=1&overhead=0&avg-output-tokens=0\
                &concurrency=5&chain=passthrough&p=custom,,,1,ttft:2&hpa-max=none";
    let three = plan(base).zone_drill.expect("three zones");
    assert_eq!((three.pods_lost, three.pods_left), (2, 4));
    assert_close(three.served_ratio, 1.0);
    let two = plan(&format!("{base}&zones=2"));
    let drill = two.zone_drill.as_ref().expect("two zones");
    assert_eq!((drill.pods_lost, drill.pods_left), (3, 3));
    assert_close(drill.served_ratio, 0.75);
    // Four must be left of eight.
    assert_eq!(drill.pods_for_peak, 8);
    let fix = &finding(&two, "zone").expect("it does not fit").fixes[0];
    assert_eq!(fix::label(&fix.change), "HPA minimum 2 → 8");
    assert_eq!(plan(&format!("{base}&zones=1")).zone_drill, None);
}

#[test]
fn the_cheapest_split_stays_within_the_targets() {
    // 60 RPM. The cheap one is full at 30, its target 80 % of that: 40 % of the requests.
    let plan = plan(
        "requests-per-minute=60&peak-multiplier=1&avg-input-tokens=1000&avg-output-tokens=0\
         &p=custom,a,,50,rpm:30,price-input:1&p=custom,b,,50,rpm:600,price-input:3",
    );
    let option = plan.routing.option(Split::Cheapest).expect("two providers");
    assert_eq!(option.share_ratios, [0.4, 0.6]);
    assert_eq!(option.fits, Some(true));
    // 86,400 requests × 1,000 tokens × (0.4 × 1 + 0.6 × 3) $/M × 30.44 days.
    assert_close(option.tokens_per_month_usd, 86.4 * 2.2 * 365.2425 / 12.0);
    let level = plan.routing.option(Split::Level).expect("two providers");
    // 30 and 600 of 630: 5 and 95 %.
    assert_eq!(level.share_ratios, [0.05, 0.95]);
}

#[test]
fn growth_says_when_to_order() {
    // 1.15^n = scale; the order comes 30 days before that date.
    let plan = plan("requests-per-day=100000&growth=15&lead-days=30");
    let mut judged = 0;
    for finding in plan.findings.iter().filter(|f| f.when.on.is_some()) {
        // A disk has a date of its own: it fills from empty.
        let Some(scale) = finding.scale.filter(|_| !finding.kind.is_disk()) else {
            continue;
        };
        // A setting is changed on the day; nobody has to order it.
        if scale <= 1.0 || !finding.kind.id().starts_with("provider") {
            assert_eq!(finding.when.order, None, "{}", finding.kind.id());
            continue;
        }
        let months = scale.ln() / 1.15_f64.ln();
        let days = months * 365.2425 / 12.0 - 30.0;
        let mut order = date(2026, 11, 23);
        for _ in 0..4_000 {
            let passed = (order - date(2026, 11, 23)).num_days();
            if days.round() <= f64::from(i32::try_from(passed).expect("some years")) {
                break;
            }
            order = order.succ_opt().expect("within the calendar");
        }
        let by = finding.when.order.expect("an order date").by;
        assert_eq!(by, order, "{}", finding.kind.id());
        judged += 1;
    }
    assert!(0 < judged, "no finding has a date to order by");
}

#[test]
fn connections_at_full_scale_count_the_surge_of_gateways_too() {
    // Small: 2 API replicas, one more of a 25 % surge, × 10; 3 × 5 workers; 10 spare; 20 pods
    // and 5 of their surge × 4.
    let plan = plan("connections-per-gateway=4");
    assert_eq!(
        plan.database.connections_at_full_scale,
        3 * 10 + 15 + 10 + 25 * 4
    );
    let finding = finding(&plan, "connections-surge").expect("97 are let in");
    assert_eq!(status(&finding.kind), "155 possible, 97 allowed");
}

#[test]
fn events_with_their_text_take_what_was_measured() {
    // 2,300 tokens × 4.4 B + 897 B of JSON; about half of it after compression, and 170 B of
    // row and 92 B of indexes: between 5.5 and 6.5 kB. Metadata alone was measured at 263 B.
    let text = plan("events=text").storage;
    assert!(
        (5_500.0..6_500.0).contains(&text.event_bytes),
        "{}",
        text.event_bytes
    );
    let metadata = plan("events=metadata").storage.event_bytes;
    assert!((metadata / 263.0 - 1.0).abs() < 0.15, "{metadata}");
    assert_close(plan("").storage.event_bytes, 2_000.0);
    let kinds: Vec<&str> = text.kinds.iter().map(|size| size.kind.key()).collect();
    assert_eq!(kinds, ["flat", "metadata", "attributes", "text"]);
}

#[test]
fn a_breaker_that_opens_late_matters_where_slots_are_few() {
    // 10 rps, half to each; held 10 s on the lost one: 50 requests hang. 6 pods of 5 slots
    // have 30 − 20 = 10 free.
    let base = "requests-per-day=864000&peak-multiplier=1&overhead=0&avg-output-tokens=0\
                &concurrency=5&p=custom,a,,1,ttft:2&p=custom,b,,1,ttft:2";
    let late = &plan(base).drills[0];
    assert_close(late.hit_before_trip, 50.0);
    assert_close(late.held_before_trip, 50.0);
    assert!(late.trip_matters);
    assert!(!plan(&format!("{base}&trip=1")).drills[0].trip_matters);
}

/// The verdict said "Fits, first at 3.13×", and the list below it began with 0.952×.
#[test]
fn the_verdict_tells_of_a_zone_whose_loss_does_not_fit() {
    let plan = plan("");
    let zone = finding(&plan, "zone").expect("pods are spread over three zones");
    // 1.736 rps × 9.6775 s are 16.8 requests in flight; of two pods one is left, with 16 slots:
    // 1 − 16 ÷ 16.8 = 4.8 % are short.
    assert!(zone.scale.is_some_and(|scale| scale < 1.0));
    assert_eq!(status(&zone.kind), "the rest are 4.8\u{a0}% short");
    let told = "If one of 3 zones fails at the peak, the rest are 4.8\u{a0}% short.";
    let more = verdict::more(&plan);
    assert!(more.contains(told), "{more}");
    let roomy = verdict::more(&self::plan("hpa-min=6"));
    assert!(!roomy.contains("zone"), "{roomy}");
}

/// "Over by 1,202 %" and "0.0768× today's peak" are the same as these, and nobody reads them.
#[test]
fn what_is_far_too_much_is_told_as_times() {
    let providers = "p=openai,gpt-4o,Build,60,spend-month:none&p=azure-openai,gpt-4o,,25\
                     &p=anthropic,claude-sonnet-5-5,,15,spend-month:none";
    let busy = plan(&format!("requests-per-day=2000000&{providers}"));
    let first = finding(&busy, "provider-openai").expect("it has limits");
    let scale = first.scale.expect("a limit is full");
    let times = words::significant(1.0 / scale);
    assert_eq!(status(&first.kind), format!("at {times} times its limit"));
    assert_eq!(
        verdict::text(&busy),
        format!(
            "Does not fit. OpenAI’s token limit is reached first: today’s peak is {times} times \
             what fits."
        )
    );
    // A little too much is an excess.
    let full = plan(&format!("requests-per-day=200000&{providers}"));
    let first = finding(&full, "provider-openai").expect("it has limits");
    assert_eq!(status(&first.kind), "over by 28\u{a0}%");
    assert!(verdict::text(&full).ends_with("is reached first, at 0.783 times today’s peak."));
}

#[test]
fn a_limit_of_nothing_is_said_as_it_is() {
    let plan = plan("v=1&p=custom,mine,Own,1,rpm:0");
    assert_eq!(
        verdict::text(&plan),
        "Does not fit. Other provider’s request limit allows nothing."
    );
}
