//! Tables and constants of the guide, under its names.
//!
//! Source: the gateway's capacity planning guide, read on 23 November 2026. Boundaries that the
//! guide leaves open are marked as ours.

/// Row of "Gateway Instances per Workload".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FleetRow {
    /// Name of the size class.
    pub name: &'static str,
    /// Lowest peak rate of the row, in requests per second.
    pub rps_from: f64,
    /// Lowest rate of the next row; `None` in the last row.
    pub rps_to: Option<f64>,
    /// Minimum instances.
    pub instances_from: u32,
    /// Maximum instances; `None` in the last row.
    pub instances_to: Option<u32>,
    /// vCPU per instance.
    pub vcpu: f64,
    /// Memory per instance, in MB.
    pub memory_mb: f64,
}

/// "Gateway Instances per Workload".
pub static FLEET: [FleetRow; 5] = [
    fleet_row("Small team", (0.0, Some(10.0)), (1, Some(2)), (0.5, 128.0)),
    fleet_row("Department", (10.0, Some(50.0)), (2, Some(4)), (1.0, 256.0)),
    fleet_row(
        "Organization",
        (50.0, Some(500.0)),
        (4, Some(10)),
        (2.0, 512.0),
    ),
    fleet_row(
        "Enterprise",
        (500.0, Some(5_000.0)),
        (10, Some(50)),
        (4.0, 1_000.0),
    ),
    fleet_row("Platform", (5_000.0, None), (50, None), (4.0, 1_000.0)),
];

const fn fleet_row(
    name: &'static str,
    (rps_from, rps_to): (f64, Option<f64>),
    (instances_from, instances_to): (u32, Option<u32>),
    (vcpu, memory_mb): (f64, f64),
) -> FleetRow {
    FleetRow {
        name,
        rps_from,
        rps_to,
        instances_from,
        instances_to,
        vcpu,
        memory_mb,
    }
}

/// Column of "Control-Plane API".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ControlPlaneSize {
    /// Small, Medium or Large.
    pub name: &'static str,
    /// Replicas of the API.
    pub api_replicas: u32,
    /// vCPU per replica.
    pub vcpu: f64,
    /// Memory per replica, in MB.
    pub memory_mb: f64,
    /// vCPU of PostgreSQL.
    pub postgres_vcpu: f64,
    /// Memory of PostgreSQL, in GB.
    pub postgres_memory_gb: f64,
    /// Disk of PostgreSQL, in GB.
    pub postgres_disk_gb: f64,
    /// Highest peak rate it serves, in requests per second. Ours: the guide gives no boundary, so
    /// it follows the fleet table (Department ends at 50, Organization at 500).
    pub peak_rps_to: Option<f64>,
}

/// "Control-Plane API".
pub static CONTROL_PLANE: [ControlPlaneSize; 3] = [
    ControlPlaneSize {
        name: "Small",
        api_replicas: 2,
        vcpu: 1.0,
        memory_mb: 512.0,
        postgres_vcpu: 2.0,
        postgres_memory_gb: 4.0,
        postgres_disk_gb: 50.0,
        peak_rps_to: Some(50.0),
    },
    ControlPlaneSize {
        name: "Medium",
        api_replicas: 4,
        vcpu: 2.0,
        memory_mb: 1_000.0,
        postgres_vcpu: 4.0,
        postgres_memory_gb: 16.0,
        postgres_disk_gb: 200.0,
        peak_rps_to: Some(500.0),
    },
    ControlPlaneSize {
        name: "Large",
        api_replicas: 8,
        vcpu: 4.0,
        memory_mb: 2_000.0,
        postgres_vcpu: 8.0,
        postgres_memory_gb: 32.0,
        postgres_disk_gb: 1_000.0,
        peak_rps_to: None,
    },
];

/// Row of "Scaling Triggers", and its counterpart in an HPA.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trigger {
    /// Metric name.
    pub metric: &'static str,
    /// Condition in the guide for scaling up.
    pub up: &'static str,
    /// Condition in the guide for scaling down.
    pub down: &'static str,
    /// Behavior of the guide's own manifest.
    pub manifest: &'static str,
}

/// "Scaling Triggers", compared with the manifest.
pub static TRIGGERS: [Trigger; 4] = [
    Trigger {
        metric: "CPU utilization",
        up: "> 70 % for 3 min",
        down: "< 30 % for 10 min",
        manifest: "target 70 % with the usual tolerance of 10 %: up from 78 % after 60 s, \
                   down from 62 % after 300 s",
    },
    Trigger {
        metric: "Request queue depth",
        up: "> 100 for 1 min",
        down: "< 10 for 5 min",
        manifest: "an average of 50 per pod: up above 55 after 60 s, down below 45 after 300 s",
    },
    Trigger {
        metric: "Active connections",
        up: "> 80 % of max",
        down: "< 20 % of max",
        manifest: "not a metric of the manifest",
    },
    Trigger {
        metric: "P99 gateway overhead",
        up: "> 20 ms for 5 min",
        down: "< 5 ms for 10 min",
        manifest: "not a metric of the manifest",
    },
];

/// Row of "Common Provider Limits".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProviderRow {
    /// Provider name.
    pub provider: &'static str,
    /// Model name.
    pub model: &'static str,
    /// Requests per minute, lowest and highest; `None` if set per deployment.
    pub rpm: Option<(f64, f64)>,
    /// Tokens per minute, lowest and highest.
    pub tpm: Option<(f64, f64)>,
    /// Requests per day, in words.
    pub rpd: &'static str,
    /// Limits published today.
    pub today: &'static str,
}

/// "Common Provider Limits".
pub static PROVIDER_LIMITS: [ProviderRow; 4] = [
    ProviderRow {
        provider: "OpenAI",
        model: "gpt-4o",
        rpm: Some((500.0, 10_000.0)),
        tpm: Some((30_000.0, 10_000_000.0)),
        rpd: "varies by tier",
        today: "Build 5,000 RPM and 450 K TPM to Grow 10,000 RPM and 30 M TPM (October 2026)",
    },
    ProviderRow {
        provider: "OpenAI",
        model: "gpt-4o-mini",
        rpm: Some((500.0, 30_000.0)),
        tpm: Some((200_000.0, 150_000_000.0)),
        rpd: "varies by tier",
        today: "Build 5,000 RPM and 2 M TPM to Grow 30,000 RPM and 150 M TPM (October 2026)",
    },
    ProviderRow {
        provider: "Anthropic",
        model: "claude-sonnet-4-20250514",
        rpm: Some((50.0, 4_000.0)),
        tpm: Some((20_000.0, 400_000.0)),
        rpd: "varies by tier",
        today: "retired on 15 June 2026; its successors limit input and output apart",
    },
    ProviderRow {
        provider: "Azure OpenAI",
        model: "gpt-4o",
        rpm: None,
        tpm: None,
        rpd: "N/A",
        today: "per deployment: Data Zone Tier 1 has 300 requests per 10 s and 300 K TPM",
    },
];

/// Bytes per stored event: "≈ 2 KB", in decimal units as in the guide's example.
pub const EVENT_BYTES: f64 = 2_000.0;
/// Headroom over the peak, from the pre-launch list.
pub const HEADROOM: f64 = 1.5;
/// Target utilization of a provider's limit, from the ongoing list.
pub const TARGET_UTILIZATION_RATIO: f64 = 0.8;
/// Queue depth of the alert and the scaling trigger.
pub const QUEUE_DEPTH_ALERT: u32 = 100;
/// Threshold of the token budget alert.
pub const TOKENS_REMAINING_ALERT: u32 = 100_000;
/// Share of rejected requests in the alert's summary.
pub const RATE_LIMITED_RATIO: f64 = 0.1;
/// Retention of the audit log in the guide's pack.
pub const AUDIT_RETENTION_DAYS: u32 = 365;
/// `min_connections` of the sample database block.
pub const DATABASE_MIN_CONNECTIONS: u32 = 5;
/// `connect_timeout` of the sample database block.
pub const DATABASE_CONNECT_TIMEOUT: &str = "5s";
/// `idle_timeout` of the sample database block.
pub const DATABASE_IDLE_TIMEOUT: &str = "300s";
/// `max_lifetime` of the sample database block.
pub const DATABASE_MAX_LIFETIME: &str = "1800s";

/// Commands that show the queue.
pub static QUEUE_COMMANDS: [(&str, &str); 2] = [
    ("now", "kt gateway status --metrics | grep queue"),
    (
        "the last hour",
        "kt events stats --metric queue_depth --last 1h",
    ),
];

/// Measured throughput per instance by policy chain, from the table of gateway throughput on the
/// gateway's capacity sizing page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChainRow {
    /// Key in links.
    pub key: &'static str,
    /// Display name.
    pub name: &'static str,
    /// Requests per second per instance.
    pub rps_per_instance: f64,
}

/// Policy chains, lightest first.
pub static CHAINS: [ChainRow; 4] = [
    ChainRow {
        key: "passthrough",
        name: "No policies",
        rps_per_instance: 5_000.0,
    },
    ChainRow {
        key: "one",
        name: "One policy",
        rps_per_instance: 3_000.0,
    },
    ChainRow {
        key: "five",
        name: "Five policies",
        rps_per_instance: 1_000.0,
    },
    ChainRow {
        key: "knowledge",
        name: "Chain and knowledge base",
        rps_per_instance: 500.0,
    },
];

/// Maximum wait between two attempts, in seconds: `max_delay` in the retry block of the gateway's
/// resilience page.
pub const RETRY_DELAY_MAX_S: f64 = 10.0;
/// Default of `--max-concurrency` in `kt gateway run`.
pub const CONCURRENCY_DEFAULT: u32 = 16;
/// Connections that PostgreSQL reserves for superusers.
pub const POSTGRES_RESERVED: u32 = 3;
/// `max_connections` of the API's database block in the guide's sample.
pub const DATABASE_MAX_CONNECTIONS: u32 = 50;
/// Default of PostgreSQL's `max_connections`.
pub const POSTGRES_MAX_CONNECTIONS: u32 = 100;

/// Dead rows at which PostgreSQL's autovacuum starts, in percent of live rows:
/// `autovacuum_vacuum_scale_factor` is 0.2 (PostgreSQL documentation, "Automatic Vacuuming").
pub const DEAD_ROWS_PERCENT: f64 = 20.0;

/// Seconds until an unresponsive node counts as lost: `--node-monitor-grace-period` (Kubernetes
/// documentation, kube-controller-manager; 40 s before 1.32).
pub const NODE_GRACE_S: f64 = 50.0;
/// Seconds until the pods of a lost node are evicted and replaced: `tolerationSeconds` of
/// `node.kubernetes.io/unreachable` (Kubernetes documentation, "Taint based Evictions").
pub const EVICTION_S: f64 = 300.0;

/// Input tokens with the gateway cost of one output token, by Kong's sizing guide for its AI
/// Gateway (developer.konghq.com, "AI Gateway resource sizing guidelines", read on 27 November
/// 2026).
pub const KONG_INPUT_PER_OUTPUT: f64 = 4.0;
/// Output tokens per second per gateway worker, the rule of thumb in Kong's sizing guide; it
/// measured 1.05 million for `OpenAI` and 0.78 million for Gemini.
pub const KONG_OUTPUT_TPS: f64 = 1e6;
/// Redundancy recommended by Kong's sizing guide, lowest and highest.
pub const KONG_REDUNDANCY: [f64; 2] = [2.0, 4.0];
