//! The default scenario: the guide's example, with tiers that carry it.
//!
//! A link contains only differences from it, so the defaults of a link version are frozen: new
//! defaults need a new version (`link::VERSION`).

use super::names;
use super::scaling::List;
use super::{
    Cleanup, ControlPlane, Costs, Database, Day, DayShape, EventKind, Gateway, Hpa, Kubernetes,
    Overflow, Period, Provider, Ranges, Retry, Scenario, Select, Storage, Traffic, Workload,
};
use crate::catalog::{guide, profile::Profile};
use crate::model::queueing::Routing;

impl Default for Scenario {
    /// 50,000 requests per day of 1,500 and 800 tokens, peak × 3, split 60/25/15.
    fn default() -> Self {
        Self {
            name: String::new(),
            workloads: vec![Workload {
                id: 1,
                name: names::ALL_REQUESTS.to_owned(),
                profile: None,
                requests: 50_000.0,
                period: Period::Day,
                users: 1.0,
                input_tokens: 1_500.0,
                output_tokens: 800.0,
                cached_percent: 0.0,
                cache_write_percent: 0.0,
                max_output_tokens: None,
                calls: 1.0,
                cache_hit_percent: 0.0,
                batch_percent: 0.0,
                to: None,
                token_correlation: 0.0,
                ranges: Ranges::default(),
            }],
            traffic: Traffic {
                peak_multiplier: 3.0,
                headroom: guide::HEADROOM,
                burstiness: 1.0,
                burstiness_window_s: None,
                shape: DayShape::Office,
                growth_percent: 0.0,
                lead_days: 30,
            },
            providers: providers(DEFAULT_TIERS),
            gateway: default_gateway(),
            control_plane: ControlPlane {
                size: None,
                api_replicas: None,
                api_size: None,
            },
            storage: Storage {
                event_kind: EventKind::Flat,
                event_bytes: guide::EVENT_BYTES,
                cleanup: Cleanup::Delete,
                dead_percent: guide::DEAD_ROWS_PERCENT,
                retention_days: 90,
                copies: 1,
                audit_retention_days: guide::AUDIT_RETENTION_DAYS,
            },
            database: Database {
                processes: 1,
                pool_overflow: 0,
                pooler_connections: None,
                connections_per_replica: 10,
                workers: 3,
                connections_per_worker: 5,
                connections_per_gateway: 0,
                surge_percent: 25.0, // maxSurge of a Deployment that sets none
                surge_pods: None,
                headroom: 10,
                max_connections: None,
                server_max_connections: guide::POSTGRES_MAX_CONNECTIONS,
            },
            costs: default_costs(),
            day: Day::default(),
            draw_seed: 1,
            ranges: Ranges::default(),
        }
    }
}

/// Tiers of the three providers whose limits, including spending, carry the example.
const DEFAULT_TIERS: [&str; 3] = ["Grow", names::AZURE_TIER, "Scale"];
/// Tiers of the three providers in the first version of links.
const FIRST_TIERS: [&str; 3] = ["Build", names::AZURE_TIER, "Start"];

fn providers([openai, azure, anthropic]: [&str; 3]) -> Vec<Provider> {
    vec![
        Provider::from_catalog(2, "openai", "gpt-4o", openai, 60.0),
        Provider::from_catalog(3, "azure-openai", "gpt-4o", azure, 25.0),
        Provider::from_catalog(4, "anthropic", "claude-sonnet-5-5", anthropic, 15.0),
    ]
}

impl Scenario {
    /// Default scenario of a link version.
    pub fn of_version(version: u32) -> Self {
        let mut scenario = Self::default();
        if version < 2 {
            scenario.providers = providers(FIRST_TIERS);
        }
        scenario
    }
}

/// Round figures near the list prices of large clouds, for the reader to replace.
fn default_costs() -> Costs {
    Costs {
        vcpu_usd_per_hour: 0.04,
        memory_usd_per_gb_hour: 0.0045,
        disk_usd_per_gb_month: 0.115,
        lost_request_usd: 0.01,
    }
}

fn default_gateway() -> Gateway {
    Gateway {
        chain: "five".to_owned(),
        concurrency: guide::CONCURRENCY_DEFAULT,
        routing: Routing::Random,
        rps_each: None,
        tps_each: None,
        overhead_ms: 10.0,
        vcpu: None,
        memory_mb: None,
        queue_max_size: 100,
        queue_overflow: Overflow::Reject,
        client_timeout_s: 30.0,
        wait_most_s: None,
        wait_target_s: None,
        zones: 3,
        startup_s: 30.0,
        // The gateway's own sample makes three attempts, the second after 500 ms.
        retry: Retry {
            failure_percent: 0.0,
            attempts: 3,
            delay_ms: 500.0,
            trip_s: 10.0,
        },
        hpa: Hpa {
            replicas_min: Some(2),
            replicas_max: Some(20),
            cpu_percent: Some(70),
            cpu_average: None,
            memory_percent: None,
            memory_average_mb: None,
            queue_depth: Some(50.0),
            in_flight: None,
            metrics: List::default(),
            schedules: List::default(),
            up_window_s: 60,
            up_percent: Some(50),
            up_period_s: 60,
            up_pods: None,
            up_pods_period_s: 60,
            up_more: List::default(),
            up_select: Select::Max,
            up_tolerance_percent: None,
            down_window_s: 300,
            down_percent: Some(25),
            down_period_s: 120,
            down_pods: None,
            down_pods_period_s: 60,
            down_more: List::default(),
            down_select: Select::Max,
            down_tolerance_percent: None,
            kubernetes: Kubernetes::NEWEST,
        },
    }
}

impl Workload {
    /// A workload with the numbers of a profile of the guide.
    pub fn from_profile(id: u32, profile: &Profile) -> Self {
        Self {
            name: profile.name.to_owned(),
            profile: Some(profile.key.to_owned()),
            requests: profile.requests_rpm,
            period: Period::Minute,
            input_tokens: profile.input_tokens,
            output_tokens: profile.output_tokens,
            ..Self::empty(id)
        }
    }

    /// A workload to fill in.
    pub fn empty(id: u32) -> Self {
        Self {
            id,
            name: names::NEW_WORKLOAD.to_owned(),
            profile: None,
            requests: 0.0,
            users: 1.0,
            period: Period::Day,
            input_tokens: 0.0,
            output_tokens: 0.0,
            cached_percent: 0.0,
            cache_write_percent: 0.0,
            max_output_tokens: None,
            calls: 1.0,
            cache_hit_percent: 0.0,
            batch_percent: 0.0,
            to: None,
            token_correlation: 0.0,
            ranges: Ranges::default(),
        }
    }
}
