//! Scenarios whose exports are read by people (`tests/golden`) and by the targets' own
//! tools (`tests/tools.rs`).

use kt_capacity::catalog::date::{Date, date};
use kt_capacity::catalog::{guide, profile::PROFILES, provider as catalog};
use kt_capacity::export::{File, files};
use kt_capacity::plan::evaluate;
use kt_capacity::scenario::{
    DayShape, Limits, Overflow, Period, Provider, Scenario, Workload, link,
};

const PAGE: &str = "https://capacity.example/";

/// The day of every plan here.
pub(crate) const TODAY: Date = date(2026, 11, 23);

/// The link that stands in a scene's files.
pub(crate) fn link_of(scenario: &Scenario) -> String {
    format!("{PAGE}#{}", link::to_fragment(scenario))
}

pub(crate) fn export(scenario: &Scenario) -> Vec<File> {
    files(scenario, &evaluate(scenario, TODAY), &link_of(scenario))
}

/// Three kinds of request on four targets, most numbers the reader's own.
pub(crate) fn three_workloads() -> Scenario {
    let mut scenario = Scenario {
        name: "Support desk".to_owned(),
        ..Scenario::default()
    };
    let profiles = PROFILES.iter().take(3);
    scenario.workloads = profiles
        .zip(1..)
        .map(|(p, id)| Workload::from_profile(id, p))
        .collect();
    scenario.workloads[1].requests = 200_000.0;
    scenario.workloads[1].period = Period::Day;
    scenario.workloads[1].cached_percent = 40.0;
    scenario.workloads[2].max_output_tokens = Some(2_000.0);
    scenario.traffic.peak_multiplier = 4.5;
    scenario
        .providers
        .push(Provider::first_of(8, "openai", 0.0));
    for (provider, weight) in scenario.providers.iter_mut().zip([62.5, 25.0, 12.5, 0.25]) {
        provider.weight = weight;
    }
    scenario.providers[1].limits = Limits {
        rpm: Some(2_400.5),
        ..Limits::default()
    };
    scenario.gateway.queue_max_size = 60;
    scenario.gateway.queue_overflow = Overflow::DropOldest;
    scenario.gateway.hpa.replicas_min = None;
    scenario.gateway.hpa.replicas_max = None;
    scenario.gateway.hpa.cpu_percent = Some(60);
    scenario.gateway.hpa.up_percent = Some(100);
    scenario.storage.audit_retention_days = 2_555;
    scenario.control_plane.api_replicas = Some(4);
    scenario
}

/// Names made to break out of a value, a comment or a line.
pub(crate) fn hostile_names() -> Scenario {
    let mut scenario = Scenario {
        name: "a\nkind: Secret # \u{2028}---\r\n\u{85}\u{202e}{{ x }}".to_owned(),
        ..Scenario::default()
    };
    "x\nreboot".clone_into(&mut scenario.workloads[0].name);
    let names = [
        ("#1: \"quoted\"\nid: evil", "gpt-4o # \t\tnot a comment"),
        ("🙂 {{ $labels.provider }}", "- !!str 'it''s'"),
        ("---\n...", "'; reboot; $(reboot) `reboot` \\"),
    ];
    for (provider, (name, model)) in scenario.providers.iter_mut().zip(names) {
        name.clone_into(&mut provider.name);
        model.clone_into(&mut provider.model);
    }
    "a: b\n- c \u{2029}\u{0}".clone_into(&mut scenario.providers[1].vendor);
    "<<".clone_into(&mut scenario.providers[2].vendor);
    scenario.providers[2].name = "long ".repeat(2_000);
    scenario
}

/// One of the guide's profiles on the default providers.
fn profile(index: usize) -> Scenario {
    Scenario {
        workloads: vec![Workload::from_profile(1, &PROFILES[index])],
        ..Scenario::default()
    }
}

fn single_provider() -> Scenario {
    Scenario {
        providers: vec![Provider::first_of(2, "anthropic", 1.0)],
        ..Scenario::default()
    }
}

/// Six vendors, one of them with two targets and one without any limit.
fn six_providers() -> Scenario {
    let mut scenario = Scenario::default();
    let vendors = catalog::vendors().iter().map(|vendor| vendor.id);
    let ids: Vec<&str> = vendors.filter(|id| *id != "custom").take(5).collect();
    let rows = ids.iter().copied().chain(["openai", "custom"]).zip(2..);
    scenario.providers = rows
        .map(|(vendor, id)| Provider::first_of(id, vendor, 10.0 + f64::from(id)))
        .collect();
    scenario
}

/// One request a day.
fn tiny() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.workloads[0].requests = 1.0;
    scenario
}

/// Ten thousand requests a second at the peak.
fn huge() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.workloads[0].requests = 10_000.0 / 3.0 * 86_400.0;
    scenario.gateway.concurrency = 256;
    for provider in &mut scenario.providers {
        provider.limits = Limits {
            rpm: Some(2e6),
            tpm: Some(5e9),
            ..Limits::default()
        };
    }
    scenario
}

/// The longest names a file can carry: a vendor, a model and the scenario's own.
fn long_names() -> Scenario {
    let mut scenario = Scenario::default();
    let long = "long # name: \"é🙂\" {{ $x }} ".repeat(400);
    scenario.name.clone_from(&long);
    scenario.workloads[0].name.clone_from(&long);
    scenario.providers[0].vendor.clone_from(&long);
    scenario.providers[0].model.clone_from(&long);
    scenario.providers[1].name = long;
    scenario
}

fn zero_retention() -> Scenario {
    let mut scenario = Scenario::default();
    scenario.storage.retention_days = 0;
    scenario
}

/// Every input away from its default.
fn every_option() -> Scenario {
    let mut scenario = three_workloads();
    let traffic = &mut scenario.traffic;
    (traffic.headroom, traffic.burstiness, traffic.growth_percent) = (2.0, 4.0, 15.0);
    traffic.shape = DayShape::Global;
    (
        scenario.workloads[0].calls,
        scenario.workloads[1].batch_percent,
    ) = (3.0, 20.0);
    for provider in &mut scenario.providers {
        provider.limits = Limits {
            rpm: Some(1_234.0),
            tpm: None,
            itpm: Some(400_000.5),
            otpm: Some(90_000.0),
            rpd: Some(1e6),
            tpd: Some(5e9),
            concurrency: Some(500.0),
            window_s: Some(10.0),
            ..Limits::default()
        };
        (
            provider.ttft_s,
            provider.output_tps,
            provider.target_percent,
        ) = (0.4, 90.0, 100.0);
    }
    let gateway = &mut scenario.gateway;
    guide::CHAINS[3].key.clone_into(&mut gateway.chain);
    (
        gateway.concurrency,
        gateway.overhead_ms,
        gateway.client_timeout_s,
    ) = (64, 35.0, 12.5);
    (gateway.vcpu, gateway.memory_mb) = (Some(0.75), Some(384.5));
    (gateway.wait_target_s, gateway.zones) = (Some(2.5), 2);
    let hpa = &mut gateway.hpa;
    (hpa.replicas_min, hpa.replicas_max, hpa.queue_depth) = (Some(7), Some(40), Some(20.0));
    (hpa.up_window_s, hpa.up_period_s, hpa.down_window_s) = (0, 30, 600);
    (hpa.down_percent, hpa.down_period_s) = (Some(10), 300);
    scenario.control_plane.size = Some("Large".to_owned());
    scenario.storage.copies = 3;
    scenario.database.max_connections = Some(120);
    scenario
}

/// All of them by name.
/// A first place that is full by design, and two behind it.
fn in_order() -> Scenario {
    let link = "v=2&requests-per-day=50000&p=custom,x,,1,rpm:20,tpm:40000&p=openai,gpt-4o,Grow,1,\
                order:1&p=custom,y,,1,order:2,rpm:500";
    let (mut scenario, dropped) = link::from_fragment(link);
    assert_eq!(dropped.len(), 0, "{dropped:?}");
    "In order".clone_into(&mut scenario.name);
    scenario
}

pub(crate) fn all() -> Vec<(&'static str, Scenario)> {
    let mut all = vec![
        ("default", Scenario::default()),
        ("three-workloads", three_workloads()),
        ("hostile-names", hostile_names()),
        ("long-names", long_names()),
        ("single-provider", single_provider()),
        ("six-providers", six_providers()),
        ("tiny", tiny()),
        ("huge", huge()),
        ("zero-retention", zero_retention()),
        ("every-option", every_option()),
        ("in-order", in_order()),
    ];
    let profiles = PROFILES.iter().enumerate();
    all.extend(profiles.map(|(index, row)| (row.key, profile(index))));
    all
}
