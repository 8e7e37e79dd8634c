//! Equations and tables of the capacity planning guide, tested on the whole plan.
//!
//! Expected values are the guide's own words and numbers, quoted where they are used, or worked
//! out by hand in a comment; none was read off the program.

use kt_capacity::catalog::date::{Date, date};
use kt_capacity::catalog::guide::{
    CONTROL_PLANE, DATABASE_CONNECT_TIMEOUT, DATABASE_IDLE_TIMEOUT, DATABASE_MAX_LIFETIME,
    DATABASE_MIN_CONNECTIONS, FLEET, PROVIDER_LIMITS, TRIGGERS,
};
use kt_capacity::catalog::profile::PROFILES;
use kt_capacity::model::hpa::acts_at_percent;
use kt_capacity::plan::{Answer, CheckId, Finding, Plan, RuleId, Severity, VerdictState, evaluate};
use kt_capacity::say;
use kt_capacity::scenario::link::from_fragment;
use kt_capacity::scenario::{Edit, Scenario, Workload};

const TODAY: Date = date(2026, 11, 23);
/// Rounding of a handful of multiplications and divisions.
const EXACT: f64 = 1e-12;

#[track_caller]
fn scenario(fragment: &str) -> Scenario {
    let (scenario, notices) = from_fragment(fragment);
    assert_eq!(notices, [], "{fragment}");
    scenario
}

#[track_caller]
fn plan(fragment: &str) -> Plan {
    evaluate(&scenario(fragment), TODAY)
}

#[track_caller]
fn assert_close(actual: f64, expected: f64, relative: f64) {
    assert!(
        (actual - expected).abs() <= relative * expected.abs(),
        "{actual}, expected {expected}"
    );
}

fn finding<'a>(plan: &'a Plan, id: &str) -> Option<&'a Finding> {
    plan.findings.iter().find(|finding| finding.kind.id() == id)
}

/// Plan after the first fix of a finding, and the edits of that fix.
#[track_caller]
fn after_first_fix(scenario: &Scenario, id: &str) -> (Plan, Vec<Edit>) {
    let plan = evaluate(scenario, TODAY);
    let found = finding(&plan, id).unwrap_or_else(|| panic!("no finding {id}"));
    let edits = found.fixes.first().expect("a fix").edits();
    let mut fixed = scenario.clone();
    for edit in &edits {
        edit.apply(&mut fixed);
    }
    (evaluate(&fixed, TODAY), edits)
}

#[test]
fn the_example_of_the_command_works_out() {
    // kt capacity estimate --requests-per-day 50000 --avg-input-tokens 1500
    //   --avg-output-tokens 800 --peak-multiplier 3.0 --provider openai --model gpt-4o
    let plan = plan(
        "requests-per-day=50000&avg-input-tokens=1500&avg-output-tokens=800\
         &peak-multiplier=3.0&provider=openai&model=gpt-4o",
    );
    let demand = &plan.demand;
    // 50,000 × (1,500 + 800)
    assert_close(demand.tokens_per_day, 115_000_000.0, EXACT);
    // 50,000 ÷ 86,400 = 0.5787…, × 3 = 1.7361…, × 60 = 104.17 (exactly 50,000 × 3 ÷ 1,440)
    assert_close(demand.mean_rps, 0.578_703_703_703_703_7, EXACT);
    assert_close(demand.peak_rps, 1.736_111_111_111_111, EXACT);
    assert_close(demand.peak_rpm, 104.166_666_666_666_67, EXACT);
    // 104.166… × 2,300
    assert_close(demand.peak_tpm, 239_583.333_333_333_33, EXACT);
    assert_eq!(plan.gateway.size_class, "Small team");
    assert_eq!(plan.providers.len(), 1);
    assert_close(plan.providers[0].rpm, 104.166_666_666_666_67, EXACT);
    assert_close(plan.providers[0].tpm, 239_583.333_333_333_33, EXACT);
    // The reader who starts from nothing sees the same example.
    assert_eq!(evaluate(&Scenario::default(), TODAY).demand, plan.demand);
}

#[test]
fn the_throughput_calculation_works_out() {
    // "10,000 requests/day × 2,000 avg tokens = 20M tokens/day", "Peak: 50 RPS × 2,000 tokens
    // × 60 = 6M tokens/min". 50 rps are 50 × 86,400 ÷ 10,000 = 432 times the mean.
    let plan = plan(
        "requests-per-day=10000&avg-input-tokens=1200&avg-output-tokens=800&peak-multiplier=432",
    );
    assert_close(plan.demand.tokens_per_day, 20_000_000.0, EXACT);
    assert_close(plan.demand.tokens_per_request, 2_000.0, EXACT);
    assert_close(plan.demand.peak_rps, 50.0, EXACT);
    assert_close(plan.demand.peak_tpm, 6_000_000.0, EXACT);
}

/// "Workload Profiles": key, name, input, output, requests/min, tokens/min.
#[rustfmt::skip]
const GUIDE_PROFILES: [(&str, &str, f64, f64, f64, f64); 5] = [
    ("chat",          "Chat (short)",          200.0,   150.0, 100.0,  35_000.0),
    ("chat-long",     "Chat (long context)", 4_000.0, 1_000.0,  20.0, 100_000.0),
    ("summarization", "Summarization",       8_000.0,   500.0,  10.0,  85_000.0),
    ("embeddings",    "Embeddings",            500.0,     0.0, 500.0, 250_000.0),
    ("code",          "Code generation",     1_500.0, 2_000.0,  30.0, 105_000.0),
];

#[test]
fn the_profiles_are_the_guides_and_give_its_tokens_per_minute() {
    assert_eq!(PROFILES.len(), GUIDE_PROFILES.len());
    for (profile, row) in PROFILES.iter().zip(GUIDE_PROFILES) {
        let (key, name, input, output, rpm, tpm) = row;
        assert_eq!((profile.key, profile.name), (key, name));
        let got = [
            profile.input_tokens,
            profile.output_tokens,
            profile.requests_rpm,
        ];
        for (got, expected) in got.into_iter().zip([input, output, rpm]) {
            assert_close(got, expected, 0.0);
        }
        let mut scenario = scenario("peak-multiplier=1");
        scenario.workloads = vec![Workload::from_profile(1, profile)];
        let demand = evaluate(&scenario, TODAY).demand;
        assert_close(demand.mean_tpm, tpm, EXACT);
        assert_close(demand.peak_tpm, tpm, EXACT);
    }
}

#[test]
fn the_profiles_together_need_what_each_needs() {
    let mut scenario = scenario("peak-multiplier=1");
    scenario.workloads = PROFILES
        .iter()
        .zip(1..)
        .map(|(profile, id)| Workload::from_profile(id, profile))
        .collect();
    let demand = evaluate(&scenario, TODAY).demand;
    // 35 + 100 + 85 + 250 + 105 = 575 thousand, 100 + 20 + 10 + 500 + 30 = 660 requests a minute.
    assert_close(demand.peak_tpm, 575_000.0, EXACT);
    assert_close(demand.peak_rpm, 660.0, EXACT);
    for (workload, (_, name, _, _, _, tpm)) in demand.workloads.iter().zip(GUIDE_PROFILES) {
        assert_eq!(workload.name, name);
        assert_close(workload.peak_tpm, tpm, EXACT);
        assert_close(workload.token_share_ratio, tpm / 575_000.0, EXACT);
    }
}

#[test]
fn the_weights_are_shares() {
    // weights: openai: 60, azure-openai: 25, anthropic: 15; of 104.17 requests/min.
    let plan = plan("");
    let expected = [
        ("openai", 0.60, 62.5),
        ("azure-openai", 0.25, 26.041_666_666_666_668),
        ("anthropic", 0.15, 15.625),
    ];
    assert_eq!(plan.providers.len(), expected.len());
    for (row, (id, share, rpm)) in plan.providers.iter().zip(expected) {
        assert_eq!(row.id, id);
        assert_close(row.share_ratio, share, EXACT);
        assert_close(row.rpm, rpm, EXACT);
    }
    // Without OpenAI the others share by 25 : 15.
    let drill = plan
        .drills
        .iter()
        .find(|drill| drill.lost == "OpenAI")
        .expect("a drill");
    let shares: Vec<f64> = drill.providers.iter().map(|row| row.share_ratio).collect();
    assert_close(shares[0], 0.625, EXACT);
    assert_close(shares[1], 0.375, EXACT);
}

#[test]
fn use_of_a_limit_is_told_from_the_target_of_80_percent_on() {
    // "Check provider rate limit utilization (target < 80%)": requests a minute against 1,000.
    let cases = [
        (799, 0.799, Severity::Info),
        (801, 0.801, Severity::Warning),
        (999, 0.999, Severity::Warning),
        (1_001, 1.001, Severity::Critical),
    ];
    for (rpm, ratio, severity) in cases {
        let plan = plan(&format!(
            "requests-per-minute={rpm}&avg-input-tokens=1&avg-output-tokens=1&peak-multiplier=1\
             &retention-days=1&p=openai,own,own,1,rpm:1000"
        ));
        let row = &plan.providers[0];
        assert_close(row.state().ratio().expect("a limit"), ratio, EXACT);
        assert_close(row.max_scale().expect("a limit"), 1.0 / ratio, EXACT);
        let found = finding(&plan, "provider-openai").expect("a finding");
        assert_eq!(found.severity, severity, "{rpm}");
        let fails = plan.verdict.state == VerdictState::Fails;
        assert_eq!(fails, severity == Severity::Critical, "{rpm}");
    }
}

/// A limit of nothing has no ratio, and the line was answered by the next tightest limit.
#[test]
fn a_provider_that_allows_nothing_does_not_match_demand() {
    let plan = plan("p=openai,own,own,50,rpm:0&p=anthropic,own,own,50,rpm:1000");
    let line = plan
        .checklist
        .iter()
        .find(|check| check.id == CheckId::Limits)
        .expect("a line");
    assert_eq!(line.answer, Answer::No);
    assert_eq!(say::checklist::detail(line), "OpenAI allows nothing");
    assert_eq!(
        finding(&plan, "provider-openai")
            .expect("a finding")
            .severity,
        Severity::Critical
    );
}

/// "Gateway Instances per Workload": name, from and to rps, from and to instances, vCPU, MB.
type FleetText = (&'static str, f64, Option<f64>, u32, Option<u32>, f64, f64);
#[rustfmt::skip]
const GUIDE_FLEET: [FleetText; 5] = [
    ("Small team",       0.0, Some(10.0),     1, Some(2),  0.5,   128.0),
    ("Department",      10.0, Some(50.0),     2, Some(4),  1.0,   256.0),
    ("Organization",    50.0, Some(500.0),    4, Some(10), 2.0,   512.0),
    ("Enterprise",     500.0, Some(5_000.0), 10, Some(50), 4.0, 1_000.0),
    ("Platform",     5_000.0, None,          50, None,     4.0, 1_000.0),
];

#[test]
fn the_fleet_table_is_the_guides() {
    let rows = FLEET.map(|row| {
        let (from, to) = (row.instances_from, row.instances_to);
        (
            row.name,
            row.rps_from,
            row.rps_to,
            from,
            to,
            row.vcpu,
            row.memory_mb,
        )
    });
    assert_eq!(rows.to_vec(), GUIDE_FLEET.to_vec());
}

#[test]
fn the_fleet_table_is_read_straight_between_the_ends_of_a_row() {
    // Sized rate, row, need by hand (from + (rate − begin) ÷ width × (to − from)), instances.
    #[rustfmt::skip]
    let cases = [
        (    5.0,  "Small team",    1.5,    2), // 1 + 5 ÷ 10
        (    9.99, "Small team",    1.999,  2), // 1 + 9.99 ÷ 10
        (   10.0,  "Department",    2.0,    2),
        (   30.0,  "Department",    3.0,    3), // 2 + 20 ÷ 40 × 2
        (   49.9,  "Department",    3.995,  4), // 2 + 39.9 ÷ 40 × 2
        (   50.0,  "Organization",  4.0,    4),
        (  275.0,  "Organization",  7.0,    7), // 4 + 225 ÷ 450 × 6
        (  500.0,  "Enterprise",   10.0,   10),
        (2_750.0,  "Enterprise",   30.0,   30), // 10 + 2,250 ÷ 4,500 × 40
        (5_000.0,  "Platform",     50.0,   50),
        (7_500.0,  "Platform",     75.0,   75), // ours: on at 100 rps each
    ];
    for (rps, name, need, instances) in cases {
        // Enough slots and throughput that the table decides.
        let plan = plan(&format!(
            "requests-per-day={}&peak-multiplier=1&headroom=1&concurrency=100000\
             &chain=passthrough",
            rps * 86_400.0
        ));
        let gateway = &plan.gateway;
        assert_close(gateway.sizing_rps, rps, EXACT);
        assert_eq!(gateway.size_class, name, "{rps}");
        assert_eq!(gateway.decided_by, RuleId::GuideTable, "{rps}");
        assert_close(gateway.rules[0].need, need, EXACT);
        assert_eq!(gateway.instances, instances, "{rps}");
        let row = GUIDE_FLEET.iter().find(|row| row.0 == name).expect("a row");
        assert_close(gateway.vcpu_per_instance, row.5, 0.0);
        assert_close(gateway.memory_mb_per_instance, row.6, 0.0);
    }
}

#[test]
fn the_fleet_is_sized_for_the_peak_with_headroom() {
    // "Size gateway fleet for peak × 1.5 headroom": 576,000 a day are 6.67 rps, × 3 at the peak
    // 20, × 1.5 sized for 30: row Department, half way between 2 and 4.
    let plan = plan("requests-per-day=576000&concurrency=100000&chain=passthrough");
    assert_close(plan.demand.peak_rps, 20.0, EXACT);
    assert_close(plan.gateway.sizing_rps, 30.0, EXACT);
    assert_eq!(plan.gateway.size_class, "Department");
    assert_eq!(plan.gateway.instances, 3);
}

#[test]
fn an_hpa_of_twenty_is_told_when_the_table_needs_more() {
    // maxReplicas: 20 of the manifest against 30 of the row Enterprise at 2,750 rps.
    let requests = 2_750.0 * 86_400.0;
    let scenario = scenario(&format!(
        "requests-per-day={requests}&peak-multiplier=1&headroom=1&concurrency=100000\
         &chain=passthrough"
    ));
    let before = evaluate(&scenario, TODAY);
    assert_eq!(
        (before.gateway.instances, before.gateway.instances_max),
        (30, 20)
    );
    let found = finding(&before, "hpa-max").expect("a finding");
    // The table is a rule of thumb for the size: what it asks for and does not get is a risk.
    assert_eq!(found.severity, Severity::Warning);
    // Measured without policies one gateway passes 5,000 rps.
    let breaks = |gateways: f64| gateways * 5_000.0 / 2_750.0;
    assert_close(found.scale.expect("a multiple"), breaks(20.0), 1e-6);
    // A third of the pods may be lost: 30 × 1.5 = 45.
    let (after, edits) = after_first_fix(&scenario, "hpa-max");
    let edit = Edit::Number {
        key: "hpa-max",
        value: Some(45.0),
    };
    assert_eq!(edits, [edit]);
    assert_close(
        after.gateway.max_scale.expect("a multiple"),
        breaks(45.0),
        1e-6,
    );
    assert!(finding(&after, "hpa-max").is_none_or(|found| found.severity == Severity::Info));
}

#[test]
fn the_sizes_of_the_control_plane_are_the_guides() {
    // API replicas, vCPU and MB of each; vCPU, GB of memory and GB of disk of PostgreSQL.
    #[rustfmt::skip]
    let columns = [
        ("Small",  2, 1.0,   512.0, 2.0,  4.0,    50.0),
        ("Medium", 4, 2.0, 1_000.0, 4.0, 16.0,   200.0),
        ("Large",  8, 4.0, 2_000.0, 8.0, 32.0, 1_000.0),
    ];
    assert_eq!(CONTROL_PLANE.len(), columns.len());
    for (name, replicas, vcpu, memory, db_vcpu, db_memory, db_disk) in columns {
        let plan = plan(&format!("size={name}"));
        let plane = &plan.control_plane;
        assert_eq!((plane.size, plane.api_replicas), (name, replicas));
        assert_close(plane.vcpu_per_replica, vcpu, 0.0);
        assert_close(plane.memory_mb_per_replica, memory, 0.0);
        assert_close(plane.postgres_vcpu, db_vcpu, 0.0);
        assert_close(plane.postgres_memory_gb, db_memory, 0.0);
        assert_close(plane.postgres_disk_bytes, db_disk * 1e9, 0.0);
    }
}

#[test]
fn the_example_of_event_storage_works_out() {
    // "100,000 events/day × 2 KB = 200 MB/day; 30-day retention = 6 GB; 90-day retention = 18 GB"
    for (days, bytes) in [(30, 6e9), (90, 18e9)] {
        let storage = plan(&format!("requests-per-day=100000&retention-days={days}")).storage;
        assert_close(storage.events_per_day, 100_000.0, EXACT);
        assert_close(storage.bytes_per_day, 200e6, EXACT);
        assert_close(storage.retained_bytes, bytes, EXACT);
        assert_close(storage.bytes_30_days, 6e9, EXACT);
        assert_close(storage.bytes_90_days, 18e9, EXACT);
        let full = storage.timeline.last().expect("a line");
        assert_close(full.bytes, bytes, EXACT);
    }
}

#[test]
fn the_connection_formula_gives_65_against_the_50_of_the_sample() {
    // (4 × 10) + (3 × 5) + 10 = 65; max_connections: 50.
    let scenario = scenario("api-replicas=4");
    let before = evaluate(&scenario, TODAY);
    assert_eq!(before.database.connections_needed, 65);
    assert_eq!(before.database.connections_configured, 50);
    let found = finding(&before, "connections").expect("a finding");
    assert_eq!(found.severity, Severity::Warning);
    let (after, edits) = after_first_fix(&scenario, "connections");
    let edit = Edit::Number {
        key: "max-connections",
        value: Some(65.0),
    };
    assert_eq!(edits, [edit]);
    assert_eq!(after.database.connections_configured, 65);
    assert_eq!(finding(&after, "connections"), None);
}

#[test]
fn the_sample_of_the_database_block_is_the_default() {
    // max_connections: 50, min_connections: 5, connect_timeout: 5s, idle_timeout: 300s,
    // max_lifetime: 1800s
    let plan = evaluate(&Scenario::default(), TODAY);
    assert_eq!(plan.database.connections_configured, 50);
    assert_eq!(DATABASE_MIN_CONNECTIONS, 5);
    let times = [
        DATABASE_CONNECT_TIMEOUT,
        DATABASE_IDLE_TIMEOUT,
        DATABASE_MAX_LIFETIME,
    ];
    assert_eq!(times, ["5s", "300s", "1800s"]);
}

#[test]
fn the_manifest_of_the_autoscaler_is_the_default() {
    let hpa = Scenario::default().gateway.hpa;
    // minReplicas: 2, maxReplicas: 20, averageUtilization: 70, averageValue: "50"
    assert_eq!((hpa.replicas_min, hpa.replicas_max), (Some(2), Some(20)));
    assert_eq!((hpa.cpu_percent, hpa.queue_depth), (Some(70), Some(50.0)));
    // scaleUp: 60 s, 50 % every 60 s; scaleDown: 300 s, 25 % every 120 s
    assert_eq!(
        (hpa.up_window_s, hpa.up_percent, hpa.up_period_s),
        (60, Some(50), 60)
    );
    assert_eq!(
        (hpa.down_window_s, hpa.down_percent, hpa.down_period_s),
        (300, Some(25), 120)
    );
}

#[test]
fn the_scaling_triggers_are_the_guides_and_told_as_the_controller_acts() {
    let guide = [
        ("> 70% for 3 min", "< 30% for 10 min"),
        ("> 100 for 1 min", "< 10 for 5 min"),
        ("> 80% of max", "< 20% of max"),
        ("> 20 ms for 5 min", "< 5 ms for 10 min"),
    ];
    let written = TRIGGERS.map(|row| (row.up.replace(" %", "%"), row.down.replace(" %", "%")));
    for (row, (up, down)) in written.iter().zip(guide) {
        assert_eq!((row.0.as_str(), row.1.as_str()), (up, down));
    }
    // 70 with a tolerance of a tenth: nothing from 63 to 77, so whole percents act at 62 and 78.
    let (shrinks, grows) = acts_at_percent(70);
    assert_eq!((shrinks, grows), (62, 78));
    let [cpu, queue, ..] = TRIGGERS;
    for told in [
        format!("up from {grows} % after 60 s"),
        format!("down from {shrinks} % after 300 s"),
    ] {
        assert!(
            cpu.manifest.contains(&told),
            "“{}” lacks “{told}”",
            cpu.manifest
        );
    }
    // 50 × 1.1 = 55 and 50 × 0.9 = 45.
    for told in ["up above 55 after 60 s", "down below 45 after 300 s"] {
        assert!(
            queue.manifest.contains(told),
            "“{}” lacks “{told}”",
            queue.manifest
        );
    }
}

#[test]
fn the_provider_limits_are_the_guides() {
    // "500–10,000 | 30K–10M", "500–30,000 | 200K–150M", "50–4,000 | 20K–400K", per deployment.
    #[rustfmt::skip]
    let rows = [
        ("OpenAI",       "gpt-4o",      Some((500.0, 10_000.0)), Some((30e3, 10e6))),
        ("OpenAI",       "gpt-4o-mini", Some((500.0, 30_000.0)), Some((200e3, 150e6))),
        ("Anthropic",    "claude-sonnet-4-20250514", Some((50.0, 4_000.0)), Some((20e3, 400e3))),
        ("Azure OpenAI", "gpt-4o",      None,                    None),
    ];
    let written = PROVIDER_LIMITS.map(|row| (row.provider, row.model, row.rpm, row.tpm));
    assert_eq!(written.to_vec(), rows.to_vec());
    let daily = PROVIDER_LIMITS.map(|row| row.rpd);
    assert_eq!(
        daily,
        ["varies by tier", "varies by tier", "varies by tier", "N/A"]
    );
}

#[test]
fn both_checklists_have_every_line_of_the_guide() {
    // The words that tell the guide's lines apart, in its order.
    let before_launch = [
        "token throughput",
        "provider limits",
        "fleet",
        "autoscaling",
        "queue depth",
        "postgresql",
        "failover",
    ];
    let ongoing = [
        "weekly token consumption",
        "p99 gateway overhead",
        "provider limits",
        "queue depth",
        "quarter",
    ];
    let checklist = plan("").checklist;
    for (before, lines) in [(true, &before_launch[..]), (false, &ongoing[..])] {
        let checks: Vec<_> = checklist
            .iter()
            .filter(|c| c.id.is_before_launch() == before)
            .collect();
        assert_eq!(checks.len(), lines.len());
        for (check, words) in checks.iter().zip(lines) {
            let text = say::checklist::text(check.id).to_lowercase();
            assert!(text.contains(words), "“{text}” lacks “{words}”");
        }
    }
    let overhead = say::checklist::text(CheckId::Overhead);
    assert!(overhead.contains("under 10 ms"), "{overhead}");
}
