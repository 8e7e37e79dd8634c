//! `policy-config.yaml` and `policy-config.strict.yaml`.

use crate::plan::LimitUse;
use crate::say::limit::amount;
use crate::say::words;
use crate::scenario::number::grouped;

/// How to validate the file.
pub const CHECK: &str = "Check before use: kt policy lint --file policy-config.yaml";

/// Documentation that the file follows.
pub const OF_GUIDE: &str = "The guide names these keys. Other pages of the gateway put rate \
     limits and routing elsewhere, so let the lint of your release decide; \
     policy-config.strict.yaml is the other reading.";

/// Counting of the limits: the providers' and the gateway's own.
pub fn limits(pods_most: u32, (has_shared, has_own): (bool, bool)) -> String {
    let shared = if pods_most < 2 {
        "Limits are the providers' own, in full.".to_owned()
    } else {
        format!(
            "Limits are the providers' own, in full. Each gateway counts by itself unless Redis or \
             Valkey is configured: {pods_most} of them let up to {pods_most} times as much \
             through, and the provider refuses the rest."
        )
    };
    let own = "Limits of a limiter of your own hold in each gateway.";
    match (has_shared, has_own) {
        (true, true) => [&shared, " ", own].concat(),
        (false, true) => own.to_owned(),
        _ => shared,
    }
}

/// Result of the check.
pub const CHECKED: &str = "Follows the guide's keys";

/// How to validate the strict file.
pub const CHECK_STRICT: &str = "Check before use: kt policy lint --file policy-config.strict.yaml";

/// Purpose of the strict file.
pub const OF_STRICT: &str = "For releases that refuse every top-level key but pack, providers, \
     policies, policy and agents: routing stands under providers, and what only the capacity \
     guide names is a comment.";

/// Queue settings that the strict file omits.
pub fn left_out(queue_size: u32, overflow: &str) -> String {
    format!(
        "Left out, since that schema has no place for it: queue_max_size {queue_size}, \
         queue_overflow {overflow}"
    )
}

/// Result of the check of the strict file.
pub const CHECKED_STRICT: &str = "Only keys of the strict schema";

/// Usage of the strict file.
pub const NOTE_STRICT: &str =
    "Use it as policy-config.yaml where the lint refuses the guide's keys.";

/// Values of the overflow key.
pub const OVERFLOW_WHY: &str = "reject or drop_oldest; the guide names the key, not its values";

/// Source of the audit retention.
pub fn days_why(days: u32, guide: u32) -> String {
    if days == guide {
        "the guide's".to_owned()
    } else {
        format!("your own value; the guide has {guide}")
    }
}

/// Placeholder for an address.
pub const ADDRESS: &str = "put your own address here";

/// Name of a target, and its limits without a key.
pub fn target_with_limits(name: &str, limits: &[String]) -> String {
    format!("{name}; rate_limits: {}", limits.join(", "))
}

/// Load of a target.
pub fn weight_why(peak_rpm: f64) -> String {
    format!("{} requests/min at the peak", words::significant(peak_rpm))
}

/// Wait of the last request in a full queue, at most that if newer requests push it out.
pub fn queue_why(wait_at_full_s: Option<f64>, drops_oldest: bool) -> String {
    match wait_at_full_s {
        Some(wait) if drops_oldest => format!(
            "each instance; the last in a full queue waits {} at most, or is dropped before",
            words::seconds(wait)
        ),
        Some(wait) => format!(
            "each instance; the last in a full queue waits {}",
            words::seconds(wait)
        ),
        None => "each instance".to_owned(),
    }
}

/// Source of a limit: tier, date and evidence.
pub fn limit_origin(tier: &str, as_of: &str, evidence: &str) -> String {
    format!("{tier}, {}, {evidence}", words::day_month_year(as_of))
}

/// A limit divided over the pods.
pub fn divided(limit: u64, pods: u32, why: &str) -> String {
    format!("each of at most {pods} pods holds its part of {limit}: {why}")
}

/// A limit counted in each pod, summed at the peak.
pub fn of_pods(running: u32, why: &str) -> String {
    let pods = words::counted(running, "pod");
    format!("all of {pods} at the peak; {why}")
}

/// Source of a request limit that follows from a token limit.
pub fn limit_derived(per_1000_tokens: f64) -> String {
    let requests = words::significant(per_1000_tokens);
    format!("{requests} for each 1,000 tokens/min, as the provider pairs them")
}

/// A limit shared with other targets.
pub fn shared(why: &str, used: &LimitUse) -> String {
    format!(
        "{why}; other targets count towards the organization’s {} too",
        amount(used)
    )
}

/// A part of a shared limit.
pub fn part(used: &LimitUse) -> String {
    format!("the plan’s part of the organization’s {}", amount(used))
}

/// A combined token limit at which the first of two limits is full.
pub fn first_full(used: &LimitUse) -> String {
    format!("in this mix {} are full here", amount(used))
}

/// The smaller of two limits.
pub fn smallest(used: &LimitUse) -> String {
    format!("the limit is {}", amount(used))
}

/// Fault: there is no target.
pub const NO_TARGET: &str = "No target: give at least one provider a weight above 0";

/// Fault: two targets have one id.
pub fn same_id(id: &str) -> String {
    format!("Two targets have the id {id}")
}

/// Fault: a target, counted from 1, lacks an id or model.
pub fn nameless(number: usize, what: &str) -> String {
    format!("Target {number} has no {what}")
}

/// Fault: an invalid name of a key's environment variable.
pub fn bad_variable(name: &str) -> String {
    format!("{name} cannot be the name of an environment variable")
}

/// Fault: a limit of 0.
pub fn takes_nothing(id: &str) -> String {
    format!("{id} may take nothing: give it a limit of at least 1, or a weight of 0")
}

/// Fault: the audit retention is out of range.
pub fn bad_days(from: u32, to: u32) -> String {
    format!("retention_days must be from {from} to {to}")
}

/// Split of the requests: ids and shares.
pub fn split_note(peak_rpm: f64, shares: impl ExactSizeIterator<Item = (String, f64)>) -> String {
    let shares = shares.map(|(id, ratio)| format!("{id} {}", words::plain_percent(ratio)));
    format!(
        "Splits {} requests/min at the peak: {}.",
        words::significant(peak_rpm),
        listed(shares)
    )
}

/// Gap: gateways with separate counters exceed a shared limit.
pub fn counts_apart_note(instances: u32) -> String {
    format!(
        "Each gateway counts limits by itself unless Redis or Valkey is configured: {} could let \
         through {} times a limit.",
        words::counted(instances, "instance"),
        grouped(f64::from(instances))
    )
}

/// Gap: providers without weight.
pub fn unused_note(count: u32) -> String {
    format!(
        "{} with weight 0 left out.",
        words::counted(count, "provider")
    )
}

/// Gap: limits in the strict schema.
pub const NO_LIMITS: &str = "The strict schema has no key for rate limits and the queue: set them \
     where your release documents them.";

/// Gap: separate input and output limits at these targets.
pub fn limited_apart(ids: Vec<String>) -> String {
    format!(
        "Input and output are limited apart at {}; the pack has one number, so it holds the total \
         at which the first of them is full.",
        listed(ids.into_iter())
    )
}

/// Gap: reserved throughput.
pub const NO_UNITS: &str =
    "Reserved throughput is bought, not configured: the pack has no key for its units.";

/// Gap: other kinds of limits.
pub const NO_OTHER_LIMITS: &str = "Limits per day, in flight and over windows shorter than a \
     minute have no key in the pack; watch them elsewhere.";

/// Comment on the strategy where the plan has an order of providers.
pub const STRATEGY_ORDER: &str = "the plan has an order: set it in your release's failover first";

/// Comment on the strategy where workloads are bound to providers.
pub const STRATEGY_BINDING: &str =
    "the plan binds workloads to providers: give them a route of their own";

/// Gap: an order of providers.
pub const NO_ORDER: &str = "The plan sends to later providers only what the earlier ones refuse. \
     The pack has weights alone: applied as it is, all of them answer at once. Set the order in \
     your release's failover before you apply it.";

/// Gap: workloads bound to providers.
pub const NO_BINDING: &str = "Some workloads go to certain providers only. The pack spreads all \
     requests by the same weights: give those workloads a gateway or a route of their own.";

/// Gap: retries and cache.
pub const NO_RETRIES: &str = "Retries and the response cache are modelled; the gateway's pages \
     disagree about their keys, so the pack has none.";

/// Gap: rounded weights.
pub const WHOLE_WEIGHTS: &str = "Weights in the pack are whole: yours are rounded in proportion.";

/// Gap: the queue has no timeout.
pub fn no_queue_timeout(timeout_s: f64) -> String {
    format!(
        "The queue has no timeout key: requests wait on after clients gave up at {}.",
        words::seconds(timeout_s)
    )
}

/// First few items, to keep notes short.
fn listed(items: impl ExactSizeIterator<Item = String>) -> String {
    const SHOWN: usize = 4;
    let more = items.len().saturating_sub(SHOWN);
    let shown: Vec<String> = items.take(SHOWN).collect();
    let shown = shown.join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} and {more} more")
    }
}
