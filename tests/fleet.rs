//! Capacity of the gateways: slots in separate pools, mixtures, timeouts, losses, cost.
//!
//! Expected values are calculated in the comments, by other means than the model's, or taken from
//! the simulations of `tests/vectors/fleet-queue-cases.json`.

mod ask;

use ask::{assert_close, finding, plan};
use kt_capacity::catalog::date::date;
use kt_capacity::plan::{Change, FindingKind, Plan, RuleId, Severity, VerdictState, evaluate};
use kt_capacity::replay;
use kt_capacity::say::{fix, verdict};
use kt_capacity::scenario::link::from_fragment;

/// Within a share of a simulated value.
#[track_caller]
fn assert_near(actual: f64, expected: f64, share: f64) {
    let near = (actual - expected).abs() <= share * expected;
    assert!(near, "{actual}, expected {expected} ± {share}");
}

/// Flat, 10 s each: 1 s to the first token, 540 tokens at 60 a second, no overhead.
const TEN_SECONDS: &str = "peak-multiplier=1&shape=flat&avg-input-tokens=100\
    &avg-output-tokens=540&overhead=0&headroom=1&p=custom,,,1,rpm:none,tpm:none,ttft:1,tps:60";

/// Providers of ten seconds alone.
const BARE2: &str = "overhead=0&p=custom,,,1,rpm:none,tpm:none,ttft:1,tps:60";

/// Scenario without a daily shape, headroom and output.
const BARE: &str = "avg-input-tokens=100&overhead=0&p=custom,,,1,rpm:none,tpm:none,ttft:1,tps:60";

#[test]
fn pods_that_share_nothing_but_their_service_wait_alone() {
    // 12 pods of 16 slots at 90 %: 192 × 0.9 ÷ 10 s = 17.28 rps = 1,036.8 a minute. Simulated
    // (fq-25, fq-35, fq-49): with 16 to 64 pods P99 is 2.44 to 2.54 service times at random and
    // 1.25 to 1.33 in turn; 16 pods wait 0.24 with the better of two, and hardly otherwise. The
    // queue has no end there, and no client leaves.
    let endless = format!("{TEN_SECONDS}&requests-per-minute=1036.8&hpa-min=12&hpa-max=12");
    let endless = format!("{endless}&queue-size=10000&timeout=3600");
    let queue = |way: &str| plan(&format!("{endless}&pod-routing={way}")).queue;
    let p99 = |way| queue(way).wait_p99_s.expect("no overload");
    assert_near(p99("random"), 25.0, 0.05);
    assert_near(p99("in-turn"), 13.3, 0.10);
    assert!(p99("best-of-two") < p99("in-turn") / 3.0);
    assert!(p99("fewest") < p99("best-of-two"));
    assert!(p99("pool") <= p99("fewest"));
    // A Service spreads at random where nothing is said.
    let unsaid = plan(&endless);
    assert_eq!(unsaid.queue.wait_p99_s, queue("random").wait_p99_s);
}

#[test]
fn a_wait_target_takes_more_pods_where_they_do_not_help_each_other() {
    // One pod alone keeps the wait at the same load whatever their number: at random the need
    // is the rate over what one pod takes. With half a second of 10 s: Erlang C of 16 slots at
    // a, P e^(−(16 − a)/20) = 0.01. At a = 8.6: B = 0.0101, C = 0.0213, × e^−0.37 = 0.0147;
    // at 8.2: B = 0.0067, C = 0.0137, × e^−0.39 = 0.0093: 8.26 held by a pod. 172.8 ÷ 8.26 =
    // 20.9: 21 pods, where one pool of 12 keeps it.
    let needed = |way: &str| {
        let plan = plan(&format!(
            "{TEN_SECONDS}&requests-per-minute=1036.8&wait-target=0.5&gateway-rps=1000\
             &pod-routing={way}"
        ));
        let rule = plan
            .gateway
            .rules
            .iter()
            .find(|rule| rule.id == RuleId::WaitTarget);
        rule.expect("a wait target").instances
    };
    assert_eq!(needed("random"), 21);
    assert!(needed("in-turn") < 21);
    assert!(
        (12..=13).contains(&needed("fewest")),
        "{}",
        needed("fewest")
    );
    assert!(needed("best-of-two") < needed("in-turn"));
}

#[test]
fn a_wait_target_asks_for_no_fewer_pods_beyond_any_load() {
    // One slot: P(wait > t) = ρ e^(−(1 − ρ) t ÷ 10 s), at a millisecond ρ but for 1 in 10,000. One
    // in a hundred may wait longer, so a pod holds a hundredth of a request: 100 pods for each
    // one held. 10, 600 and 30,000 requests per second of 10 s hold 100, 6,000 and 300,000.
    for (a_minute, pods) in [(600, 1e4), (36_000, 6e5), (1_800_000, 3e7)] {
        let plan = plan(&format!(
            "{TEN_SECONDS}&requests-per-minute={a_minute}&wait-target=0.001&concurrency=1"
        ));
        assert_near(f64::from(plan.gateway.instances), pods, 0.001);
    }
}

#[test]
fn one_rare_report_does_not_make_everyone_wait() {
    // 50,000 answers of 540 tokens (10 s) and one of 20,000 (334 s): the mean is 10.0065 s,
    // the mean square 2 × (100 + 334.33² ÷ 50,001) = 204.5: cv² = 1.042.
    let with = |rows: &str| plan(&format!("{TEN_SECONDS}{rows}&hpa-min=8&hpa-max=8"));
    let without = with("&w=chat,50000/day,100,540");
    let report = with("&w=chat,50000/day,100,540&w=report,1/day,100,20000");
    assert_near(report.gateway.time_in_flight_cv2, 1.042, 0.005);
    let p99 = |plan: &Plan| plan.queue.wait_p99_s.expect("no overload");
    assert_near(p99(&report) + 0.001, p99(&without) + 0.001, 0.05);
    // The same load as two workloads is the same load.
    let halves = with("&w=a,25000/day,100,540&w=b,25000/day,100,540");
    assert_close(p99(&halves), p99(&without));
    assert_close(halves.gateway.time_in_flight_cv2, 1.0);
}

#[test]
fn a_mixture_beyond_the_formulas_of_queues_is_still_a_number_of_pods() {
    // A hundred million requests of one second a day, and one of 10⁷ s: 1.1 s in the mean, the
    // squares 2 × 10⁶ ÷ 1.21 = 1.65 million times as much as the squared mean, where formulas
    // end at a million. 1,157 a second hold 1,273 of 16 slots each: 80 pods without a wait.
    let asked = |slow: u32| {
        plan(&format!(
            "peak-multiplier=1&shape=flat&overhead=0&headroom=1&gateway-rps=1000&wait-target=1000\
             &w=Fast,100000000/day,0,1&w=Slow,{slow}/day,0,10000000\
             &p=custom,,,1,rpm:none,tpm:none,ttft:0,tps:1"
        ))
        .gateway
    };
    let (one, ten) = (asked(1), asked(10));
    assert_near(one.in_flight, 1_273.1, 0.001);
    assert!(
        (80..1_000_000).contains(&one.instances),
        "{}",
        one.instances
    );
    assert!(
        one.instances <= ten.instances,
        "{} → {}",
        one.instances,
        ten.instances
    );
}

#[test]
fn answers_that_outlast_the_clients_are_told() {
    // Lognormal with cv 1: σ² = ln 2, so P(S > t) = Q((ln(t ÷ mean) + σ² ÷ 2) ÷ σ).
    // A mean of 563 s under 300 s: (−0.6295 + 0.3466) ÷ 0.8326 = −0.340: 63.3 %.
    let long = plan(&format!("{BARE}&avg-output-tokens=33720&timeout=300"));
    let told = finding(&long, "timeout").expect("a finding");
    assert_eq!(told.severity, Severity::Critical);
    assert_near(long.patience.over_ratio, 0.633, 0.002);
    assert_eq!(long.verdict.state, VerdictState::Fails);
    // 20 s to the first token under 15 s: (−0.2877 + 0.3466) ÷ 0.8326 = 0.0707: 47.2 %, and
    // the mean alone is too long.
    let first = plan("avg-output-tokens=0&timeout=15&overhead=0&p=custom,,,1,rpm:none,ttft:20");
    assert_near(first.patience.over_ratio, 0.472, 0.002);
    assert_eq!(first.verdict.state, VerdictState::Fails);
    // The guide's example: 9.68 s under 30 s, three providers: 3 to 5 %, a risk.
    let guide = plan("");
    assert!(
        (0.03..0.05).contains(&guide.patience.over_ratio),
        "{:?}",
        guide.patience
    );
    let told = finding(&guide, "timeout").expect("a finding");
    assert_eq!(told.severity, Severity::Warning);
    let [mended] = told.fixes.as_slice() else {
        panic!("{:?}", told.fixes)
    };
    assert!(matches!(mended.change, Change::Timeout { to, .. } if 40.0 < to && to < 60.0));
}

#[test]
fn the_last_place_of_a_queue_waits_and_is_answered_in_time() {
    // 16 slots finish 16 ÷ 9.6775 s = 1.6533 rps; 30 − 9.6775 = 20.3225 s are left: 33 places,
    // not 49.
    let plan = plan("");
    assert_eq!(plan.queue.size_for_wait, Some(33));
    let fixes = &finding(&plan, "queue-size").expect("100 wait longer").fixes;
    assert_eq!(fixes[0].change, Change::QueueSize { from: 100, to: 33 });
}

#[test]
fn a_bound_on_the_wait_is_one_thing_and_the_timeout_another() {
    // 1.6533 rps × 5 s = 8.27.
    let plan = plan("max-wait=5");
    assert_eq!(plan.queue.size_for_wait, Some(8));
    assert_close(plan.queue.longest_wait_s, 5.0);
    assert_close(plan.patience.timeout_s, 30.0);
    // The 100th would wait 100 ÷ 1.6533 = 60.5 s, and is told after 5 that it gets no slot.
    assert_eq!(plan.queue.wait_at_full_s, Some(5.0));
    assert!(finding(&plan, "queue-size").is_none());
}

#[test]
fn headroom_that_is_missed_breaks_nothing() {
    // 16.8 rps × 10 s = 168 held; 15 pods hold 240: 1.43 ×. With 1.5 × headroom 16 are needed.
    let plan = plan(&format!(
        "{BARE}&peak-multiplier=1&shape=flat&avg-output-tokens=540&requests-per-minute=1008\
         &headroom=1.5&hpa-max=15&zones=1&timeout=300&size=Small&retention-days=1"
    ));
    assert_close(plan.queue.in_flight, 168.0);
    assert_eq!(plan.gateway.instances, 16);
    let told = finding(&plan, "hpa-max").expect("a finding");
    assert_close(told.scale.expect("a multiple"), 240.0 / 168.0);
    assert_eq!(told.severity, Severity::Warning);
    assert!(
        !verdict::text(&plan).contains("Does not fit"),
        "{}",
        verdict::text(&plan)
    );
}

#[test]
fn what_always_runs_serves_and_is_paid_for() {
    let plan = plan("hpa-min=50&hpa-max=60");
    assert_eq!(plan.queue.running, 50);
    assert_close(plan.queue.slots, 800.0);
    // 50 × (vCPU × $0.04 + GB × $0.0045) × 24 h × 30.44 days.
    let gateway = &plan.gateway;
    let hour = gateway.vcpu_per_instance * 0.04 + gateway.memory_mb_per_instance / 1e3 * 0.0045;
    let month = 365.2425 / 12.0 * 24.0;
    assert_near(plan.cost.gateways_per_month_usd, 50.0 * hour * month, 1e-9);
    // Fewer would be enough, and that is said with what it saves.
}

#[test]
fn gateways_cost_the_hours_that_they_run() {
    // Twelve hours at 3 and twelve at 1 of any unit. One pod takes 1.6 rps: 24 rps at the peak
    // need 15, 8 rps need 5: 10 on average, and a little more for what is rounded up between.
    let day = "3,3,3,3,3,3,3,3,3,3,3,3,1,1,1,1,1,1,1,1,1,1,1,1";
    let plan = plan(&format!(
        "{BARE}&peak-multiplier=1.5&shape={day}&avg-output-tokens=540&headroom=1\
         &requests-per-minute=960&hpa-min=1&hpa-max=100"
    ));
    assert_eq!(plan.gateway.instances, 15);
    assert_near(plan.gateway.pod_hours, 240.0, 0.06);
    let pods = plan.cost.gateways_per_month_usd;
    let hour =
        plan.gateway.vcpu_per_instance * 0.04 + plan.gateway.memory_mb_per_instance / 1e3 * 0.0045;
    assert_near(pods, plan.gateway.pod_hours * hour * 365.2425 / 12.0, 1e-9);
    let sampled: f64 = plan
        .day
        .instances
        .iter()
        .map(|n| f64::from(*n) / 12.0)
        .sum();
    assert_near(plan.gateway.pod_hours, sampled, 1e-9);
}

#[test]
fn what_others_take_over_needs_slots() {
    // The survivor takes 1 s + 800 ÷ 60 s + 10 ms = 14.343 s. 17.36 rps hold 249 slots; the six
    // pods of the fast one have 96: 38.55 %.
    let plan = plan(
        "requests-per-day=500000&p=custom,fast,,99,ttft:1,tps:500,rpm:none,tpm:none\
         &p=custom,slow,,0.0001,ttft:1,tps:60,rpm:none,tpm:none&hpa-min=6&hpa-max=6",
    );
    assert_eq!(plan.queue.running, 6);
    let drill = plan
        .drills
        .iter()
        .find(|drill| drill.lost_row == 2)
        .expect("a drill");
    let held = 500_000.0 / 86_400.0 * 3.0 * (1.0 + 800.0 / 60.0 + 0.01);
    assert_near(drill.held, held, 1e-6);
    assert_near(drill.served_ratio, 96.0 / held, 1e-6);
    assert_near(drill.served_ratio, 0.385, 0.003);
    let told = finding(&plan, "failover-slots").expect("a finding");
    assert!(matches!(&told.kind, FindingKind::SlotsLoss(loss) if loss.lost_row == 2));
    // 249 ÷ 16 = 15.6 pods.
    assert_eq!(
        fix::label(&told.fixes[0].change),
        "HPA minimum 6 → 16, maximum 6 → 16"
    );
    assert!(told.fixes[0].effect.more_usd().is_some_and(|usd| 0.0 < usd));
}

#[test]
fn the_pods_of_a_lost_zone_are_back_when_the_cluster_has_evicted_them() {
    // Noticed after 50 s, evicted 300 s later, started in 30 s.
    let drill = plan("").zone_drill.expect("three zones");
    assert_close(drill.recovery_s, 380.0);
}

#[test]
fn a_measurement_of_ones_own_wins() {
    // 40 rps × 1.5 = 60 rps at 8 rps each are 7.5: the table's 4.25 has no say.
    let base = "requests-per-minute=2400&peak-multiplier=1&avg-input-tokens=900\
                &avg-output-tokens=100&concurrency=10000&p=custom,,,1,tps:1000,ttft:0";
    let by_rate = plan(&format!("{base}&gateway-rps=8"));
    assert_eq!(by_rate.gateway.decided_by, RuleId::Throughput);
    assert_eq!(by_rate.gateway.instances, 8);
    let rules = &by_rate.gateway.rules;
    assert!(rules.iter().all(|rule| rule.id != RuleId::GuideTable));
    let faster = plan(&format!("{base}&gateway-rps=60"));
    assert_eq!(faster.gateway.instances, 2);
    // 60,000 tokens a second at 5,000 each: 12.
    let by_tokens = plan(&format!("{base}&gateway-tps=5000"));
    assert_eq!(by_tokens.gateway.decided_by, RuleId::Tokens);
    assert_eq!(by_tokens.gateway.instances, 12);
}

#[test]
fn people_can_be_the_unit() {
    // 200 people × 6 an hour × 24 = 28,800 a day.
    let plan = plan("requests-per-hour=6&users=200");
    assert_close(plan.demand.requests_per_day, 28_800.0);
}

#[test]
fn requests_without_an_answer_are_five_figures_with_one_sum() {
    // 40 % of the calls fail, three tries: 6.4 % of those that start and are not refused.
    let plan = plan("failures=40&timeout=600&attempts=3");
    let queue = &plan.queue;
    let taken = 1.0 - queue.limited_ratio;
    assert_near(queue.failed_ratio / taken, 0.064, 1e-3);
    let parts = [
        queue.loss_ratio,
        queue.gave_up_ratio,
        Some(queue.limited_ratio),
        Some(queue.failed_ratio),
        queue.timed_out_ratio,
    ];
    let sum: f64 = parts.into_iter().flatten().sum();
    assert_close(queue.unserved_ratio.expect("a load"), sum);
}

#[test]
fn a_disk_that_is_full_one_day_fits_until_then() {
    // 50,000 × 2,000 B a day fill 50 GB in 500 days, before the 730 are over: from the 23rd of
    // November 2026 that is the 6th of April 2028.
    let kept = plan("v=2&retention-days=730&size=Small&timeout=300");
    let told = finding(&kept, "disk").expect("a disk");
    assert_eq!(told.severity, Severity::Warning);
    assert_eq!(
        told.when.on.map(|day| day.to_string()).as_deref(),
        Some("2028-04-06")
    );
    assert_close(
        kept.control_plane.disk_full_in_days.expect("one day"),
        500.0,
    );
    assert_eq!(kept.verdict.until, told.when.on);
    assert!(
        verdict::text(&kept).starts_with("Fits until about"),
        "{}",
        verdict::text(&kept)
    );
    // One disk has one date, under growth too: finding, table and line.
    for fragment in [
        "growth=8&size=Small",
        "growth=20&retention-days=400&size=Small",
    ] {
        let plan = plan(fragment);
        let days = plan.control_plane.disk_full_in_days.expect("it grows");
        let disk = plan.storage.disks.iter().find(|disk| disk.size == "Small");
        assert_close(
            disk.and_then(|disk| disk.full_in_days).expect("it grows"),
            days,
        );
        let told = finding(&plan, "disk").expect("a disk");
        let months = told.when.in_months.expect("a date");
        assert_close(months * 365.2425 / 12.0, days);
        for point in &plan.storage.timeline {
            let is_full = plan.control_plane.postgres_disk_bytes < point.bytes_with_growth;
            assert_eq!(is_full, days < point.day, "{fragment} {point:?} {days}");
        }
    }
}

/// 100 MB a day that grow by a tenth a month, q = 1.1^(1 ÷ 30.4369) = 1.003136 a day: 50 GB are
/// full when qⁿ = 1 + 500 (q − 1) = 2.568, on day 301. That is the load then, and with one
/// multiple the disk stands where its date stands: before what is full at 3 times today's load,
/// behind what is at 2 times. Kept for 320 days at
/// today's load the disk would hold it.
#[test]
fn under_growth_a_disk_has_the_load_of_its_day() {
    for days in [730, 320] {
        let link = |rpm: f64| {
            plan(&format!(
                "v=2&retention-days={days}&size=Small&timeout=300&growth=10&hpa-max=200\
                 &p=custom,x,,100,rpm:{rpm}"
            ))
        };
        // 50,000 a day, three times that at the peak: 104.17 a minute.
        for (times, is_disk_first) in [(2.0, false), (3.0, true)] {
            let plan = link(f64::round(times * 50_000.0 * 3.0 / 1_440.0));
            let told = finding(&plan, "disk").expect("a disk");
            let scale = told.scale.expect("growth fills it");
            assert_near(scale, 2.568, 0.01);
            let months = told.when.in_months.expect("a date");
            assert_close(scale, 1.1_f64.powf(months));
            let first = plan.first().expect("a limit");
            assert_eq!(first.kind.is_disk(), is_disk_first, "{times}");
        }
    }
}

#[test]
fn dead_rows_are_a_factor_of_their_own() {
    // 18 days × 100 MB are 1.8 GB live; with 67 times as many dead ones 122.4 GB.
    let deleted = plan("retention-days=18&dead-rows=6700&size=Small");
    assert_close(deleted.storage.retained_bytes, 1.8e9);
    assert_close(deleted.storage.disk_bytes, 1.8e9 * 68.0);
    let told = finding(&deleted, "disk").expect("a disk");
    assert!(
        told.fixes
            .iter()
            .any(|fix| fix.change == Change::Partitions)
    );
    // Most of the disk is dead rows also where it is large: 122.4 GB of 1 TB, and first of all.
    let large = plan("retention-days=18&dead-rows=6700&size=Large");
    let told = finding(&large, "disk").expect("a disk");
    assert_eq!(told.fixes[0].change, Change::Partitions);
    // A fifth of dead rows is what vacuum leaves anyway.
    let few = plan("retention-days=18&dead-rows=20&size=Large");
    let told = finding(&few, "disk").expect("a disk");
    assert!(
        told.fixes
            .iter()
            .all(|fix| fix.change != Change::Partitions)
    );
    let dropped = plan("retention-days=18&dead-rows=6700&size=Small&cleanup=partitions");
    assert_close(dropped.storage.disk_bytes, 1.8e9);
}

#[test]
fn the_plan_does_not_fail_on_its_own_choice() {
    // 1,320,000 events a day for 90 days are 237.6 GB: the Large disk, but the API of the size
    // that the rate needs: below 50 rps that is Small, 2 × 10 + 15 + 10 = 45 of 97.
    let plan = plan("requests-per-day=1320000");
    assert_eq!(plan.control_plane.size, "Large");
    assert_eq!(plan.control_plane.api_replicas, 2);
    assert_eq!(plan.database.connections_needed, 45);
    assert!(plan.database.connections_needed <= plan.database.connections_usable);
}

/// Ten connections of each replica, 15 of workers, 10 spare, and 97 that the server lets in.
#[test]
fn the_plan_does_not_fail_on_the_size_that_it_chose() {
    let steady = |more: &str| plan(&format!("peak-multiplier=1&shape=flat&{more}"));
    // 116 rps: Medium, 4 replicas: 65 connections, more than the guide's sample of 50.
    let medium = steady("requests-per-day=10000000");
    let of = |plan: &Plan| {
        let database = &plan.database;
        (database.connections_needed, database.connections_configured)
    };
    assert_eq!(of(&medium), (65, 65));
    // 694 rps: Large has 8. An update adds a quarter, so 5 + 2 of 10 each, 95, are let in.
    let large = steady("requests-per-day=60000000");
    assert_eq!(large.control_plane.api_replicas, 5);
    assert_eq!(of(&large), (75, 75));
    assert_eq!(large.database.connections_at_full_scale, 95);
    for plan in [&medium, &large] {
        let ids: Vec<_> = plan.findings.iter().map(|it| it.kind.id()).collect();
        assert!(
            !ids.iter().any(|id| id.starts_with("connections")),
            "{ids:?}"
        );
    }
    // Choices of the reader are told.
    for more in [
        "max-connections=60",
        "max-connections=50",
        "api-replicas=4",
        "size=Medium",
    ] {
        let told = steady(&format!("requests-per-day=10000000&{more}"));
        let is_told = told.findings.iter().any(|it| it.kind.id() == "connections");
        assert!(is_told, "{more}");
    }
}

#[test]
fn pools_the_other_way_round_and_behind_a_pooler() {
    // 225 connections, 3 of them reserved, 10 apps: 22 each.
    let asked = plan("server-connections=225&api-replicas=10&workers=0&connection-headroom=0");
    assert_eq!(asked.database.pool_that_fits, Some(22));
    // 4 processes × (5 + 10) × 2 replicas = 120, and 15 + 10.
    let many = "processes=4&connections-per-replica=5&pool-overflow=10&api-replicas=2";
    let direct = plan(many);
    assert_eq!(direct.database.connections_needed, 145);
    // A pooler takes them all and opens 20.
    let pooled = plan(&format!("{many}&pooler-connections=20"));
    assert_eq!(pooled.database.connections_needed, 20);
    assert_eq!(pooled.database.client_connections, 145);
}

#[test]
fn requests_that_fail_after_all_tries_are_a_figure() {
    // 0.4³ = 6.4 %.
    let plan = plan("failures=40&attempts=3");
    let failed = plan
        .figures
        .iter()
        .find(|figure| figure.id.key() == "failed-requests");
    assert_close(failed.expect("a figure").result, 0.064);
}

#[test]
fn a_load_test_keeps_users_for_the_time_of_their_own_part() {
    // A report of 20,000 tokens takes 1 + 20,000 ÷ 60 = 334.3 s. 10 an hour of 3,610: at the
    // peak of 1.0028 rps it gets 10 ÷ 3,600 rps × 334.3 s = 0.93 open, and at
    // times 0.93 + 5 × √0.93 = 5.8: 6 users; the chats' 540 tokens 10 s: 1 rps × 10 s = 10, and
    // 10 + 5 × √10 = 25.8: 26 users.
    let (scenario, _) = from_fragment(&format!(
        "{BARE2}&peak-multiplier=1&shape=flat&headroom=1&w=chat,3600/hour,100,540\
         &w=report,10/hour,100,20000"
    ));
    let plan = evaluate(&scenario, date(2026, 11, 23));
    let file = kt_capacity::export::file("load-test.js", &scenario, &plan, "").expect("a file");
    let users: Vec<&str> = file.text.split("\"users\":").skip(1).collect();
    let users: Vec<&str> = users
        .iter()
        .filter_map(|rest| rest.split(',').next())
        .collect();
    assert_eq!(users, ["26", "6"]);
}

#[test]
fn a_vendors_rule_gives_a_second_opinion() {
    // Kong's own example: (80 M ÷ 4 + 10 M) ÷ 1 M = 30 workers, 60 to 120 with redundancy.
    // 10,000 rps of 8,000 in and 1,000 out.
    let plan = plan(
        "requests-per-minute=600000&peak-multiplier=1&avg-input-tokens=8000&avg-output-tokens=1000",
    );
    assert_close(plan.gateway.vendor_workers[0], 60.0);
    assert_close(plan.gateway.vendor_workers[1], 120.0);
}

/// Counted over a tenth of the time that a request is held, an excess of 2 can be 20 there:
/// 1 + (3 − 1) × 10 = 21. Over longer it is at most what was counted.
#[test]
fn burstiness_counted_over_less_than_a_request_can_be_more_for_it() {
    let load = "requests-per-day=1000000&pod-routing=pool&hpa-min=24&hpa-max=24";
    let held_s = plan(load).gateway.time_in_flight_s;
    let wait = |more: String| {
        plan(&format!("{load}&{more}"))
            .queue
            .wait_p99_s
            .expect("it waits")
    };
    let short = wait(format!("burstiness=3&burstiness-window={}", held_s / 10.0));
    let same = wait("burstiness=21".to_owned());
    assert!((short - same).abs() <= 1e-6 * same, "{short}, {same}");
    let long = wait(format!("burstiness=3&burstiness-window={}", held_s * 10.0));
    let counted = wait("burstiness=3".to_owned());
    assert!(
        (long - counted).abs() <= 1e-9 * counted,
        "{long}, {counted}"
    );
    assert!(long < same);
}

/// 20 rps at random over pods that were measured to take up 3 rps each, one request after another,
/// and hold each for 2 s in 16 slots: before each pod requests wait as before one server of ⅓ s.
/// With n pods ρ = 20 ÷ 3n, and the mean wait is ρ ÷ (2 × 3 × (1 − ρ)) (Pollaczek–Khinchine). The
/// 95th and 99th percentiles are those of 8 million requests, replayed by Lindley's recursion.
#[test]
fn before_a_measured_rate_requests_wait_as_before_one_server() {
    let base = "requests-per-minute=1200&peak-multiplier=1&shape=flat&overhead=0\
                &avg-input-tokens=10&avg-output-tokens=50&gateway-rps=3\
                &p=custom,x,,100,rpm:100000,ttft:1,tps:50";
    for (pods, mean_s, p95_s, p99_s) in [(7, 10.0 / 3.0, 10.14, 15.74), (8, 5.0 / 6.0, 2.71, 4.20)]
    {
        let plan = plan(&format!("{base}&hpa-min={pods}&hpa-max={pods}"));
        let queue = &plan.queue;
        assert_near(queue.mean_wait_s.expect("it is known"), mean_s, 0.01);
        assert_near(queue.wait_p95_s.expect("it is known"), p95_s, 0.06);
        assert_near(queue.wait_p99_s.expect("it is known"), p99_s, 0.06);
        // A full slot waits for nothing, and 16 − 3 × 2 more requests wait in slots.
        let full_s = queue.wait_at_full_s.expect("it is known");
        assert_near(full_s, (f64::from(100) + 10.0) / 3.0, 1e-9);
    }
    // Seven keep 20 s for 99 of 100, and eight 5 s: so many are planned.
    for (target_s, pods) in [(20, 7), (5, 8)] {
        let asked = format!("{base}&headroom=1&wait-target={target_s}");
        assert_eq!(plan(&asked).gateway.instances, pods, "{target_s}");
    }
    // In overload all wait as long as clients do: 30 s less a mean answer of 2 s.
    let over = plan(&format!("{base}&hpa-min=6&hpa-max=6"));
    let p99_s = over.queue.wait_p99_s.expect("it is known");
    assert!((27.0..=28.0).contains(&p99_s), "{p99_s}");
}

/// A request waits in its slot to be taken up, so that 16 slots of 2 s, 8 rps, and 7.9 rps taken up
/// carry 7.23 rps together, by simulation of a pod that is never without requests: 7.5 rps are too
/// many for it, and 7.0 wait long.
#[test]
fn slots_and_a_measured_rate_carry_less_together() {
    let at = |rate: f64, rpm: u32| {
        plan(&format!(
            "requests-per-minute={rpm}&peak-multiplier=1&shape=flat&overhead=0\
             &avg-input-tokens=10&avg-output-tokens=50&gateway-rps={rate}&hpa-min=2&hpa-max=2\
             &p=custom,x,,100,rpm:100000,ttft:1,tps:50"
        ))
    };
    for (rate, carried) in [
        (7.9, 7.227),
        (8.1, 7.294),
        (6.0, 5.979),
        (20.0, 7.945),
        (3.0, 3.0),
    ] {
        let queue = at(rate, 840).queue;
        assert_near(
            queue.capacity_rps.expect("it is known"),
            2.0 * carried,
            0.04,
        );
    }
    // Both waits of 7.0 rps a pod: 14.3 s for 99 of 100, simulated.
    let p99_s = at(7.9, 840).queue.wait_p99_s.expect("it is known");
    assert!((8.0..=16.0).contains(&p99_s), "{p99_s}");
    assert!(0.0 < at(7.9, 900).queue.backlog_per_minute);
    // 44 rps are six pods by either alone, 5.5 and 5.57, but 44 ÷ 7.227 = 6.09 together.
    let planned = plan(
        "requests-per-minute=2640&peak-multiplier=1&shape=flat&overhead=0&headroom=1\
         &avg-input-tokens=10&avg-output-tokens=50&gateway-rps=7.9\
         &p=custom,x,,100,rpm:100000,ttft:1,tps:50",
    );
    assert_eq!(planned.gateway.instances, 7);
    assert_eq!(planned.gateway.decided_by, RuleId::SlotsAndThroughput);
    assert!(planned.queue.backlog_per_minute <= 0.0);
}

/// Fewest held, of which most are in service: a pod's queue to be taken up is hardly seen.
/// Simulated (2 million requests): 61 % wait, and 99 of 100 within 0.94 s; at random 67 % wait, and
/// 99 of 100 within 1.7 s.
#[test]
fn a_choice_of_pods_does_not_see_who_waits_to_be_taken_up() {
    let plan = plan(
        "requests-per-minute=1200&peak-multiplier=1&shape=flat&overhead=0&avg-input-tokens=10\
         &avg-output-tokens=50&gateway-rps=3&hpa-min=10&hpa-max=10&pod-routing=fewest\
         &p=custom,x,,100,rpm:100000,ttft:1,tps:50",
    );
    let queue = &plan.queue;
    assert_near(queue.p_wait.expect("it is known"), 0.61, 0.12);
    let p99_s = queue.wait_p99_s.expect("it is known");
    assert!((0.94..=1.8).contains(&p99_s), "{p99_s}");
}

/// One pod of them lives through a day of 20 ÷ 7 rps. Its waits are those for a slot: 99 of 100 are
/// within 12.3 to 13.1 s in three replays of 8 million requests by another program, some
/// (16 − 3 × 2) ÷ 3 s less than until the request is taken up.
#[test]
fn a_day_before_a_measured_rate_waits_for_slots_less() {
    let (scenario, _) = from_fragment(
        "v=2&requests-per-day=246857&peak-multiplier=1&shape=flat&overhead=0&hpa-min=1&hpa-max=1\
         &avg-input-tokens=10&avg-output-tokens=50&gateway-rps=3\
         &p=custom,x,,100,rpm:100000,ttft:1,tps:50",
    );
    let plan = evaluate(&scenario, date(2026, 11, 26));
    let lived = replay::asked(&scenario, &plan)
        .expect("it is valid")
        .lived();
    let p99_s = lived
        .expect("it ends")
        .story()
        .wait_p99_s
        .expect("requests start");
    // A day holds some 600 busy periods of two minutes and a half.
    assert_near(p99_s, 12.6, 0.2);
}

#[test]
fn a_measured_rate_bounds_the_queue_and_what_a_zone_leaves() {
    // 100 rps of 11 s each on gateways that were measured to pass 40 rps each, with slots enough
    // for 1,000 requests: two of them pass 80 and leave a fifth.
    let measured = "peak-multiplier=1&shape=flat&requests-per-day=8640000&concurrency=1000\
                    &gateway-rps=40&retention-days=5\
                    &p=custom,x,,100,tpm:none,rpm:100000000,ttft:1,tps:100";
    let two = plan(&format!("{measured}&hpa-max=2"));
    assert_near(two.queue.capacity_rps.expect("it is known"), 80.0, 1e-9);
    assert_near(two.queue.backlog_per_minute, 20.0 * 60.0, 1e-9);
    assert_near(two.queue.overflow_rps, 20.0, 1e-9);
    let lost =
        two.queue.loss_ratio.expect("it is known") + two.queue.gave_up_ratio.expect("it is known");
    assert_near(lost, 0.2, 1e-9);
    // The peak needs 100 × 1.5 ÷ 40 = 4 with headroom, of which a zone leaves two: 100 on 80.
    let three = plan(measured);
    let drill = three.zone_drill.expect("it is known");
    assert_eq!((drill.pods_lost, drill.pods_left), (2, 2));
    assert_near(drill.utilization_ratio.expect("it is known"), 1.25, 1e-9);
    assert_near(drill.served_ratio, 0.8, 1e-9);
}

/// In an order the load decides who answers. A takes 700 a minute, each for 0.51 s, and B the rest
/// for 20.01 s: 320 slots of 20 pods are full at 700 ÷ 60 × 0.51 + (L − 700) ÷ 60 × 20.01 = 320,
/// L = 1,641.7 a minute. The other way round 600 ÷ 60 × 20.01 + (L − 600) ÷ 60 × 0.51 = 320,
/// L = 14,705.9. After the loss of a zone, two of three pods have 32 slots: L = 778.1.
#[test]
fn the_maximum_follows_the_mix_that_a_higher_load_brings() {
    let of = |(first, first_s): (u32, f64), second_s: f64| {
        plan(&format!(
            "requests-per-minute=600&peak-multiplier=1&shape=flat&avg-output-tokens=0&hpa-max=20\
             &p=custom,a,,50,rpm:{first},ttft:{first_s},tps:1000,order:1\
             &p=custom,b,,50,rpm:100000,ttft:{second_s},tps:1000,order:2"
        ))
    };
    let fast_first = of((700, 0.5), 20.0);
    assert_near(
        fast_first.gateway.max_scale.expect("it is known"),
        1_641.7 / 600.0,
        1e-3,
    );
    let zone = fast_first.zone_drill.expect("it is known");
    assert_eq!((zone.pods_left, zone.pods_lost), (2, 1));
    assert_near(zone.max_scale.expect("it is known"), 778.1 / 600.0, 1e-3);
    let slow_first = of((600, 20.0), 0.5);
    assert_near(
        slow_first.gateway.max_scale.expect("it is known"),
        14_705.9 / 600.0,
        1e-2,
    );
}
