//! `deployment.yaml`.

use crate::say::words;
use crate::scenario::number::grouped;

/// Prerequisites: a Secret with these keys, and the pack.
pub fn needs(keys: &str, pack: &str) -> String {
    format!(
        "Needs a Secret kt-gateway-keys with {keys} and KEEPTRUSTS_GATEWAY_TOKEN, and the pack as \
         ConfigMap {pack}: kustomization.yaml makes the latter"
    )
}

/// Owner of the number of replicas.
pub const NO_REPLICAS: &str = "It sets no replicas: hpa.yaml decides them";

/// Result of the check.
pub const CHECKED: &str = "Valid for apps/v1";

/// Reason for the surge.
pub const SURGE_WHY: &str = "the connections of the plan allow for it";

/// Reason for the grace period.
pub const GRACE_WHY: &str = "clients wait this long for an answer, and the pod needs 10 s to stop";

/// Reason for the spread over zones.
pub fn spread_why(zones: u32) -> String {
    match zones {
        0 | 1 => "the plan knows one zone; more cost nothing".to_owned(),
        zones => format!("the plan counts on {zones} zones and the loss of one"),
    }
}

/// Advice about the image.
pub const IMAGE: &str = "pin the release you run";

/// Source of the probes.
pub const PROBE: &str = "the gateway's monitoring page";

/// Slots needed at the peak; `default` is the gateway's default.
pub fn slots_why(needed: f64, own: u32, default: u32) -> String {
    let needed = words::significant(needed);
    if own == default {
        format!("the gateway's own default; the peak with headroom needs {needed}")
    } else {
        format!("the peak with headroom needs {needed}; the gateway's own default is {default}")
    }
}

/// Source of a size: the reader, or a row of the guide.
pub fn size_why(is_own: bool, row: &str) -> String {
    if is_own {
        "your own value".to_owned()
    } else {
        format!("the guide's row “{row}”")
    }
}

/// Source of the CPU size.
pub fn cpu_why(is_own: bool, row: &str) -> String {
    format!("{}; the HPA's percent is of this", size_why(is_own, row))
}

/// Reason for the limits.
pub const LIMITS_WHY: &str = "twice the request, for bursts";

/// Reader of the event retention.
pub fn retention_why(days: u32) -> String {
    format!(
        "{} of events; the API's lifecycle worker reads it, with envFrom",
        words::counted(days, "day")
    )
}

/// Resources per gateway.
pub fn size_note(vcpu: f64, memory_mb: f64, slots: u32) -> String {
    format!(
        "Each gateway asks for {} vCPU and {} MB and holds {} at once.",
        grouped(vcpu),
        grouped(memory_mb),
        words::counted(slots, "request"),
    )
}

/// Reason for the second document.
pub const RETENTION_NOTE: &str = "Event retention is a setting of the API, not of the gateway; it \
     is the second document here, so that nothing modelled is left out.";

/// Values left to the reader.
pub const OWN_NOTE: &str = "The image's release and the Secret with the keys are yours to set.";

/// Warning about a retention of 0.
pub const NO_RETENTION: &str = "You keep no events. Whether 0 hours means none or forever is \
     documented nowhere: ask before you apply it.";
