//! `policy-config.yaml` and `policy-config.strict.yaml`.

use crate::plan::LimitUse;
use crate::say::limit::amount;
use crate::say::words;
use crate::scenario::number::grouped;

/// How to check the file before it is used.
pub const CHECK: &str = "Check before use: kt policy lint --file policy-config.yaml";

/// Which of the gateway's pages it follows.
pub const OF_GUIDE: &str = "The guide names these keys. Other pages of the gateway put rate \
     limits and routing elsewhere, so let the lint of your release decide; \
     policy-config.strict.yaml is the other reading.";

/// How limits are counted: those of the providers, and those of the gateway's own.
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

/// What was checked.
pub const CHECKED: &str = "Follows the guide's keys";

/// How to check the strict file before it is used.
pub const CHECK_STRICT: &str = "Check before use: kt policy lint --file policy-config.strict.yaml";

/// What the strict file is for.
pub const OF_STRICT: &str = "For releases that refuse every top-level key but pack, providers, \
     policies, policy and agents: routing stands under providers, and what only the capacity \
     guide names is a comment.";

/// What of the queue is left out of the strict file.
pub fn left_out(queue_size: u32, overflow: &str) -> String {
    format!(
        "Left out, since that schema has no place for it: queue_max_size {queue_size}, \
         queue_overflow {overflow}"
    )
}

/// What was checked in the strict file.
pub const CHECKED_STRICT: &str = "Only keys of the strict schema";

/// When to use the strict file.
pub const NOTE_STRICT: &str =
    "Use it as policy-config.yaml where the lint refuses the guide's keys.";

/// Which values a full queue's key may have.
pub const OVERFLOW_WHY: &str = "reject or drop_oldest; the guide names the key, not its values";

/// Where the days of the audit log come from.
pub fn days_why(days: u32, guide: u32) -> String {
    if days == guide {
        "the guide's".to_owned()
    } else {
        format!("your own value; the guide has {guide}")
    }
}

/// An address that only the reader knows.
pub const ADDRESS: &str = "put your own address here";

/// A target's name, and the limits that have no key.
pub fn target_with_limits(name: &str, limits: &[String]) -> String {
    format!("{name}; rate_limits: {}", limits.join(", "))
}

/// What a target takes.
pub fn weight_why(peak_rpm: f64) -> String {
    format!("{} requests/min at the peak", words::significant(peak_rpm))
}

/// How long the last in a full queue waits, at most where newer requests push it out.
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

/// Where a limit of the pack comes from: a tier's name, its date, and how sure it is.
pub fn limit_origin(tier: &str, as_of: &str, evidence: &str) -> String {
    format!("{tier}, {}, {evidence}", words::day_month_year(as_of))
}

/// A limit of which each pod holds a part.
pub fn divided(limit: u64, pods: u32, why: &str) -> String {
    format!("each of at most {pods} pods holds its part of {limit}: {why}")
}

/// A limit that pods count each for itself, at the peak.
pub fn of_pods(running: u32, why: &str) -> String {
    let pods = words::counted(running, "pod");
    format!("all of {pods} at the peak; {why}")
}

/// Where a limit on requests comes from that the one on tokens brings along.
pub fn limit_derived(per_1000_tokens: f64) -> String {
    let requests = words::significant(per_1000_tokens);
    format!("{requests} for each 1,000 tokens/min, as the provider pairs them")
}

/// A limit that holds other targets too.
pub fn shared(why: &str, used: &LimitUse) -> String {
    format!(
        "{why}; other targets count towards the organization’s {} too",
        amount(used)
    )
}

/// A part of a limit that holds other targets too.
pub fn part(used: &LimitUse) -> String {
    format!("the plan’s part of the organization’s {}", amount(used))
}

/// A total at which the first of two limits is full.
pub fn first_full(used: &LimitUse) -> String {
    format!("in this mix {} are full here", amount(used))
}

/// The smaller of two limits.
pub fn smallest(used: &LimitUse) -> String {
    format!("the limit is {}", amount(used))
}

/// There is nowhere to send requests.
pub const NO_TARGET: &str = "No target: give at least one provider a weight above 0";

/// Two targets cannot be told apart.
pub fn same_id(id: &str) -> String {
    format!("Two targets have the id {id}")
}

/// A target, counted from 1, has no id or model.
pub fn nameless(number: usize, what: &str) -> String {
    format!("Target {number} has no {what}")
}

/// A key's variable that no shell can hold.
pub fn bad_variable(name: &str) -> String {
    format!("{name} cannot be the name of an environment variable")
}

/// A limit of nothing.
pub fn takes_nothing(id: &str) -> String {
    format!("{id} may take nothing: give it a limit of at least 1, or a weight of 0")
}

/// Days of the audit log out of range.
pub fn bad_days(from: u32, to: u32) -> String {
    format!("retention_days must be from {from} to {to}")
}

/// How the requests are split: ids with their shares.
pub fn split_note(peak_rpm: f64, shares: impl ExactSizeIterator<Item = (String, f64)>) -> String {
    let shares = shares.map(|(id, ratio)| format!("{id} {}", words::plain_percent(ratio)));
    format!(
        "Splits {} requests/min at the peak: {}.",
        words::significant(peak_rpm),
        listed(shares)
    )
}

/// What several gateways let through that count apart.
pub fn counts_apart_note(instances: u32) -> String {
    format!(
        "Each gateway counts limits by itself unless Redis or Valkey is configured: {} could let \
         through {} times a limit.",
        words::counted(instances, "instance"),
        grouped(f64::from(instances))
    )
}

/// Providers without weight.
pub fn unused_note(count: u32) -> String {
    format!(
        "{} with weight 0 left out.",
        words::counted(count, "provider")
    )
}

/// The strict schema is silent about limits.
pub const NO_LIMITS: &str = "The strict schema has no key for rate limits and the queue: set them \
     where your release documents them.";

/// Two limits in one number, at these targets.
pub fn limited_apart(ids: Vec<String>) -> String {
    format!(
        "Input and output are limited apart at {}; the pack has one number, so it holds the total \
         at which the first of them is full.",
        listed(ids.into_iter())
    )
}

/// Reserved throughput has no key.
pub const NO_UNITS: &str =
    "Reserved throughput is bought, not configured: the pack has no key for its units.";

/// Other limits have no key.
pub const NO_OTHER_LIMITS: &str = "Limits per day, in flight and over windows shorter than a \
     minute have no key in the pack; watch them elsewhere.";

/// An order of providers has no key.
pub const NO_ORDER: &str = "The plan sends to later providers only what the earlier ones refuse. \
     The pack has weights alone: applied as it is, all of them answer at once. Set the order in \
     your release's failover before you apply it.";

/// Workloads that go to some providers only have no key.
pub const NO_BINDING: &str = "Some workloads go to certain providers only. The pack spreads all \
     requests by the same weights: give those workloads a gateway or a route of their own.";

/// Retries and cache have no key.
pub const NO_RETRIES: &str = "Retries and the response cache are modelled; the gateway's pages \
     disagree about their keys, so the pack has none.";

/// Weights were rounded.
pub const WHOLE_WEIGHTS: &str = "Weights in the pack are whole: yours are rounded in proportion.";

/// A queue that outlasts its clients.
pub fn no_queue_timeout(timeout_s: f64) -> String {
    format!(
        "The queue has no timeout key: requests wait on after clients gave up at {}.",
        words::seconds(timeout_s)
    )
}

/// The first few, so that a note stays short.
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
