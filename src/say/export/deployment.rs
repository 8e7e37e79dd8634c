//! `deployment.yaml`.

use crate::say::words;
use crate::scenario::number::grouped;

/// What the cluster must hold before: a Secret with these keys, and the pack.
pub fn needs(keys: &str, pack: &str) -> String {
    format!(
        "Needs a Secret kt-gateway-keys with {keys} and KEEPTRUSTS_GATEWAY_TOKEN, and the pack as \
         ConfigMap {pack}: kustomization.yaml makes the latter"
    )
}

/// Who decides how many pods run.
pub const NO_REPLICAS: &str = "It sets no replicas: hpa.yaml decides them";

/// What was checked.
pub const CHECKED: &str = "Valid for apps/v1";

/// Why an update may run more pods.
pub const SURGE_WHY: &str = "the connections of the plan allow for it";

/// Why a pod takes so long to stop.
pub const GRACE_WHY: &str = "clients wait this long for an answer, and the pod needs 10 s to stop";

/// How pods are spread.
pub fn spread_why(zones: u32) -> String {
    match zones {
        0 | 1 => "the plan knows one zone; more cost nothing".to_owned(),
        zones => format!("the plan counts on {zones} zones and the loss of one"),
    }
}

/// What to do about the image.
pub const IMAGE: &str = "pin the release you run";

/// Where the probes come from.
pub const PROBE: &str = "the gateway's monitoring page";

/// How many slots the peak needs; `default` is the gateway's own.
pub fn slots_why(needed: f64, own: u32, default: u32) -> String {
    let needed = words::significant(needed);
    if own == default {
        format!("the gateway's own default; the peak with headroom needs {needed}")
    } else {
        format!("the peak with headroom needs {needed}; the gateway's own default is {default}")
    }
}

/// Where a size comes from: the reader, or a row of the guide.
pub fn size_why(is_own: bool, row: &str) -> String {
    if is_own {
        "your own value".to_owned()
    } else {
        format!("the guide's row “{row}”")
    }
}

/// The same for CPU.
pub fn cpu_why(is_own: bool, row: &str) -> String {
    format!("{}; the HPA's percent is of this", size_why(is_own, row))
}

/// Why limits are above requests.
pub const LIMITS_WHY: &str = "twice the request, for bursts";

/// Who reads how long events are kept.
pub fn retention_why(days: u32) -> String {
    format!(
        "{} of events; the API's lifecycle worker reads it, with envFrom",
        words::counted(days, "day")
    )
}

/// What a gateway asks for.
pub fn size_note(vcpu: f64, memory_mb: f64, slots: u32) -> String {
    format!(
        "Each gateway asks for {} vCPU and {} MB and holds {} at once.",
        grouped(vcpu),
        grouped(memory_mb),
        words::counted(slots, "request"),
    )
}

/// Why it has a second document.
pub const RETENTION_NOTE: &str = "Event retention is a setting of the API, not of the gateway; it \
     is the second document here, so that nothing modelled is left out.";

/// What the reader has to set.
pub const OWN_NOTE: &str = "The image's release and the Secret with the keys are yours to set.";

/// What is not known about keeping nothing.
pub const NO_RETENTION: &str = "You keep no events. Whether 0 hours means none or forever is \
     documented nowhere: ask before you apply it.";
