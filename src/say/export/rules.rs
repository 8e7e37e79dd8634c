//! `prometheus-rules.yaml`: summary and description of each alert, reason for its threshold, and
//! gaps. `value`, `pod`, `provider` and `instance` are templates that Prometheus fills in, or their
//! values.

use crate::plan::LimitState;
use crate::say::words;
use crate::scenario::number::grouped;

/// Bound that decides the queue depth of the alert.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DepthReason {
    /// The guide's value.
    Guide,
    /// Half of the queue's length.
    HalfOfTheQueue {
        /// Queue length per instance.
        places: u32,
    },
    /// Half of the depth that keeps the stated wait.
    HalfOfTheWait {
        /// Stated wait, seconds.
        stated_s: f64,
        /// Whether it is a wait target rather than the clients' patience.
        is_target: bool,
    },
}

/// Reason for the queue threshold.
pub fn depth_why(reason: DepthReason, guide: u32) -> String {
    match reason {
        DepthReason::Guide => "the guide's, per instance".to_owned(),
        DepthReason::HalfOfTheQueue { places } => format!(
            "half of the queue_max_size of {places} per instance; the guide's {guide} comes too \
             late or never"
        ),
        DepthReason::HalfOfTheWait {
            stated_s,
            is_target,
        } => {
            let stated = words::seconds(stated_s);
            let stated = if is_target {
                format!("the wait target of {stated}")
            } else {
                format!("the {stated} that clients leave for waiting")
            };
            format!(
                "per instance; a request waits half of {stated} here, and longer at the guide's \
                 {guide}"
            )
        }
    }
}

/// Queue alert: summary.
pub fn depth_summary(depth: u32) -> String {
    format!("Gateway request queue depth > {depth}")
}

/// Queue alert: description; the last request in the queue waits `wait_s`.
pub fn depth_description(
    (value, pod): (&str, &str),
    depth: u32,
    wait_s: Option<f64>,
    timeout_s: f64,
) -> String {
    let timeout = words::seconds(timeout_s);
    let last = match wait_s {
        Some(wait) => format!(
            "The last of {depth} waits {}; clients give up after {timeout}.",
            words::seconds(wait)
        ),
        None => format!("Clients give up after {timeout}."),
    };
    format!("{value} requests wait in {pod}. {last}")
}

/// Fault: a queue threshold of 0.
pub const DEPTH_OF_NOTHING: &str = "HighQueueDepth needs a threshold of at least 1";

/// Reason for the overhead threshold; `modelled_s` if that decides.
pub fn overhead_why(modelled_s: Option<f64>) -> String {
    match modelled_s {
        Some(modelled) => format!("twice the {} of this plan", words::seconds(modelled)),
        None => "the guide scales at a P99 of 20 ms; a mean above it is worse, and can be measured"
            .to_owned(),
    }
}

/// Overhead alert: summary.
pub fn overhead_summary(limit_s: f64) -> String {
    format!(
        "Gateways add more than {} to a request",
        words::seconds(limit_s)
    )
}

/// Overhead alert: description.
pub fn overhead_description(modelled_s: f64) -> String {
    format!(
        "The plan counts on {} at the peak, the wait for a slot included; the rest is more waiting \
         or a slow policy chain.",
        words::seconds(modelled_s)
    )
}

/// Duration alert: summary.
pub fn slow_summary(quantile: f64, limit_s: f64) -> String {
    format!(
        "P{} of request duration > {}",
        words::significant(quantile * 100.0),
        words::seconds(limit_s)
    )
}

/// Duration alert: description.
pub fn slow_description(timeout_s: f64, held_s: f64) -> String {
    format!(
        "Clients give up after {}; this plan holds a request {} on average.",
        words::seconds(timeout_s),
        words::seconds(held_s)
    )
}

/// Reason for the duration threshold.
pub fn slow_why(ratio: f64, timeout_s: f64, planned_ratio: f64) -> String {
    format!(
        "{} of the clients' timeout of {}; as modelled {} take longer at the peak, with the wait \
         for a slot",
        words::plain_percent(ratio),
        words::seconds(timeout_s),
        words::percent(planned_ratio)
    )
}

/// Maximum alert: summary.
pub const MAXIMUM_SUMMARY: &str = "kt-gateway cannot grow any further";

/// Maximum alert: description.
pub fn maximum_description(allowed: u32, needed: u32) -> String {
    format!(
        "All {} run; the plan needs {needed} at the peak with headroom. Raise maxReplicas or find \
         what holds requests.",
        words::counted(allowed, "gateway")
    )
}

/// Source of the pod counts.
pub const MAXIMUM_WHY: &str = "kube-state-metrics";

/// Disk alert: summary.
pub fn disk_summary(days: f64) -> String {
    format!("Less than {days} days until the database's disk is full")
}

/// Disk alert: description.
pub fn disk_description(
    instance: &str,
    disk_gb: f64,
    bytes_per_day: f64,
    retention_days: u32,
) -> String {
    format!(
        "{instance} has {} GB in this plan, which adds {} a day and keeps {}.",
        grouped(disk_gb),
        words::bytes(bytes_per_day),
        words::counted(retention_days, "day")
    )
}

/// Source of the disk size.
pub fn disk_why(disk_gb: f64, size: &str) -> String {
    format!(
        "{} GB of the control plane's size “{size}”; postgres_exporter",
        grouped(disk_gb)
    )
}

/// Gap: no metric of the overhead's 99th percentile.
pub const NO_OVERHEAD_P99: &str = "The guide watches the P99 of the gateway's overhead. No metric \
     gives it: GatewayOverheadHigh takes the mean, as duration less the provider's latency.";

/// Gap: the queue cannot exceed the alert's depth.
pub fn depth_never(places: u32, depth: u32) -> String {
    format!(
        "HighQueueDepth cannot fire: a queue of {} never holds more than {}.",
        grouped(f64::from(places)),
        grouped(f64::from(depth))
    )
}

/// Gap: minimum and maximum are equal.
pub const NO_MAXIMUM: &str =
    "AutoscalerAtMaximum is left out: with minimum and maximum equal it would always fire.";

/// Source of a recorded target.
pub const TARGET_WHY: &str = "share of a limit you are ready to use; the guide aims below 80 %";

/// Refusal alert: summary.
pub fn refused_summary(provider: &str, percent: &str) -> String {
    format!("Provider {provider} rate limiting > {percent}%")
}

/// Refusal alert: description.
pub fn refused_description(value: &str, provider: &str) -> String {
    format!("{value} of the requests to {provider} were refused with 429 in the last five minutes.")
}

/// Reason for a threshold as a share.
pub const REFUSED_WHY: &str = "the guide's rate(...) > 0.1 is 0.1 refused requests a second, \
     whatever the traffic; this is the share its summary names, where at least ten requests were \
     made";

/// Request limit alert: summary.
pub fn near_requests_summary(provider: &str) -> String {
    format!("{provider} is above its target share of requests per minute")
}

/// Token limit alert: summary.
pub fn near_tokens_summary(provider: &str) -> String {
    format!("{provider} is above its target share of tokens per minute")
}

/// Description of an alert near a limit; `planned` is the plan's utilization.
pub fn near_description(value: &str, planned: Option<LimitState>) -> String {
    let planned = match planned {
        Some(LimitState::Closed) => "a limit of nothing".to_owned(),
        state => words::plain_percent(state.and_then(LimitState::ratio).unwrap_or(0.0)),
    };
    format!("{value} of its limit is in use; the plan has {planned} at the busiest provider.")
}

/// Source of limits and targets.
pub const NEAR_WHY: &str = "limits and targets are recorded above";

/// Token budget alert: summary.
pub fn budget_summary(provider: &str) -> String {
    format!("Token budget nearly exhausted for {provider}")
}

/// Token budget alert: description.
pub fn budget_description(left_ratio: f64, provider: &str) -> String {
    format!(
        "Less than {} of the tokens per minute of {provider} are left; the next requests are \
         refused.",
        words::plain_percent(left_ratio)
    )
}

/// Reason for a threshold as a share, and for its duration.
pub fn budget_why(guide: u32) -> String {
    format!(
        "of each provider's own limit; the guide's {} is always passed by a limit below it, and \
         without a for a single sample would fire",
        grouped(f64::from(guide))
    )
}

/// Gap: providers without a request limit.
pub fn no_request_limit(providers: &[String]) -> String {
    format!(
        "No alert near a request limit for {}: there is none in this plan.",
        providers.join(", ")
    )
}

/// Gap: providers without a token limit.
pub fn no_token_limit(providers: &[String]) -> String {
    format!(
        "No alert on tokens for {}: there is no token limit in this plan.",
        providers.join(", ")
    )
}

/// Gap: a target of 100 %.
pub const NO_NEAR_TOKENS: &str =
    "ProviderNearTokenLimit is left out: a target of 100 % of a limit is never passed.";

/// Gap: providers with too few requests for a share.
pub fn too_few_for_a_share(providers: &[String]) -> String {
    format!(
        "ProviderRateLimited stays silent for {}: fewer than ten requests in five minutes make no \
         share.",
        providers.join(", ")
    )
}

/// Providers that are meant to be full.
pub fn full_by_design(providers: &[String]) -> String {
    format!(
        "No alert on refusals and limits of {}: the plan fills it and sends the rest to the next \
         place.",
        providers.join(", ")
    )
}

/// How to check the file before it is used.
pub const CHECK: &str = "Check before use: promtool check rules prometheus-rules.yaml && promtool \
     test rules prometheus-rules.test.yaml";

/// Meaning of the provider label.
pub const PROVIDER_LABEL: &str =
    "A series' provider is the target id of the pack, as in kt_requests_total.";

/// Result of the check.
pub const CHECKED: &str = "Each alert comes with its test";

/// Threshold of the queue alert; a full queue waits `full_s`.
pub fn depth_note(depth: u32, places: u32, full_s: Option<f64>) -> String {
    let full = full_s.map_or(String::new(), |wait| {
        format!("; a full queue waits {}", words::seconds(wait))
    });
    format!(
        "HighQueueDepth fires above {} of {} places per instance{full}.",
        grouped(f64::from(depth)),
        grouped(f64::from(places)),
    )
}

/// Recorded limits, with some target ids.
pub fn recorded_note(ids: &[String]) -> String {
    format!(
        "Limits are recorded as series by target id ({}), so that a new limit is one line.",
        ids.join(", ")
    )
}

/// Correction of the guide's alert.
pub const REFUSED_NOTE: &str = "ProviderRateLimited compares refused with all requests of a \
     provider: the guide's expression has no ratio in it.";
