//! Reads Helm chart values by the names common to charts, at the top or under the gateway's key.

use serde_json::{Value, json};

use super::behavior::behavior;
use super::carried::configurations;
use super::component::{KEYS, owners};
use super::container::{resources, slots};
use super::fact::Facts;
use super::lines::join;
use super::metric::{Measure, SLOTS, Targets};
use super::score::{SURE, name_score};
use super::surge::said_surge;
use super::value::{at, number};
use super::{autoscaler, keda, placeholder};
use crate::scenario::property::{HPA_MAX, HPA_MIN, SURGE, SURGE_PODS};

const RECREATE: &str = "Recreate: all pods stop before new ones start";
/// Names for the utilization targets of CPU and memory in charts.
const OF_CPU: [&str; 11] = [
    "targetCPUUtilizationPercentage",
    "targetCPUUtilization",
    "targetCPU",
    "averageCpuUtilization",
    "averageCPUUtilization",
    "cpuUtilization",
    "targets.cpu",
    "target.cpu",
    "cpu.targetAverageUtilization",
    "cpu.averageUtilization",
    "cpu",
];
const OF_MEMORY: [&str; 10] = [
    "targetMemoryUtilizationPercentage",
    "targetMemoryUtilization",
    "targetMemory",
    "averageMemoryUtilization",
    "memoryUtilization",
    "targets.memory",
    "target.memory",
    "memory.targetAverageUtilization",
    "memory.averageUtilization",
    "memory",
];
/// Keys that set a component's own size.
const SIZES: [&str; 3] = ["replicaCount", "replicas", "resources"];
const MAYBE_SCALED: &str = "counts only where no autoscaler runs, and whether one does is a \
                            placeholder: read the rendered file";
const CHART: &str = "the chart decides it: helm template shows the whole";

/// Reads bounds, targets and sizes.
pub(super) fn facts(document: &Value, asked: &[String], facts: &mut Facts) {
    let all = owners(document);
    let below = |owner: &str| match owner {
        "" => document,
        owner => at(document, owner).unwrap_or(&Value::Null),
    };
    let is_off = |owner: &String| !owner.is_empty() && below(owner)["enabled"] == false;
    let (off, on): (Vec<String>, Vec<String>) = all.iter().cloned().partition(is_off);
    // Disabled components are skipped, unless selected or the only ones.
    let is_asked = off.iter().any(|name| asked.contains(name));
    let candidates = if on.is_empty() || is_asked { &all } else { &on };
    let owner = match owner(candidates, asked) {
        Ok(Some(owner)) => owner,
        Ok(None) => return,
        Err(names) => {
            facts.ask = Some(("components", names));
            return;
        }
    };
    let scales = |other: &str, key: &str| other.is_empty() && !SIZES.contains(&key);
    let is_bare = !owner.is_empty() && SIZES.iter().all(|key| is_nothing(&document[*key]));
    for other in all.iter().filter(|other| *other != owner) {
        let taken = if owner.is_empty() { "the top" } else { owner };
        let why = format!("belongs to another component than {taken}, which was taken");
        let keys = KEYS.iter().filter(|key| below(other).get(**key).is_some());
        // A top-level autoscaler without a sized component beside it scales this one.
        for key in keys.filter(|key| !is_bare || !scales(other, key)) {
            facts.unused(join(other, key), why.clone());
        }
    }
    // Configurations carried by `LiteLLM`'s chart are read separately.
    facts.understood.extend(configurations(document));
    let values = below(owner);
    resources(&values["resources"], &join(owner, "resources"), facts);
    slots(values, owner, facts);
    for key in ["strategy", "updateStrategy", "deploymentStrategy"] {
        if values[key]["type"] == "Recreate" {
            let place = join(owner, &format!("{key}.type"));
            facts.noted(place, &SURGE, 0.0, RECREATE);
            facts.filled(join(owner, key), &SURGE_PODS, None, RECREATE);
        }
        let value = &values[key]["rollingUpdate"]["maxSurge"];
        if !value.is_null() {
            said_surge(
                value,
                &join(owner, &format!("{key}.rollingUpdate.maxSurge")),
                false,
                facts,
            );
        }
    }
    size(values, owner, is_bare.then_some(document), facts);
}

/// Whether a value is absent or empty.
fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// Gateway's component: the selected one, the one with a matching name, or the top.
fn owner<'a>(all: &'a [String], asked: &[String]) -> Result<Option<&'a String>, Vec<String>> {
    let of = |holds: &dyn Fn(&String) -> bool| -> Vec<&'a String> {
        all.iter().filter(|one| holds(one)).collect()
    };
    let wanted = of(&|one| asked.contains(one));
    let sure = of(&|one| SURE <= name_score(one));
    let top = of(&|one| one.is_empty());
    let likely = of(&|one| 0 < name_score(one));
    // Components that are clearly not gateways are excluded.
    let open = of(&|one| 0 <= name_score(one));
    let lists = [wanted, sure, top, likely, open, all.iter().collect()];
    let first = lists.into_iter().find(|list| !list.is_empty());
    match first.as_deref() {
        None => Ok(None),
        Some([one]) => Ok(Some(one)),
        Some(several) => Err(several.iter().map(|name| (*name).clone()).collect()),
    }
}

/// Reads the component's scaling, from here or the top, or its fixed size.
fn size(values: &Value, owner: &str, top: Option<&Value>, facts: &mut Facts) {
    let has_none = |values: &Value| {
        let mut scalers = KEYS.iter().filter(|key| !SIZES.contains(key));
        scalers.all(|key| is_nothing(&values[*key]))
    };
    let (scaled, at_scaled) = match top.filter(|_| has_none(values)) {
        Some(top) => (top, ""),
        None => (values, owner),
    };
    let own = [
        ("autoscaling", "hpa"),
        ("autoscaling", ""),
        ("hpa", ""),
        ("horizontalPodAutoscaler", ""),
        ("keda", ""),
    ];
    let found = own.into_iter().find_map(|(key, inner)| {
        let scaling = if inner.is_empty() {
            &scaled[key]
        } else {
            &scaled[key][inner]
        };
        is_on(scaling).then(|| (key, scaling, join(at_scaled, &[key, inner].join("."))))
    });
    for key in ["autoscaling", "hpa", "horizontalPodAutoscaler", "keda"] {
        let other = found.as_ref().filter(|(on, ..)| *on != key);
        if scaled[key]["enabled"] == false && found.as_ref().is_none_or(|(on, ..)| *on != key) {
            facts.unused(join(at_scaled, key), "is switched off");
        } else if let Some((on, ..)) = other.filter(|_| is_on(&scaled[key])) {
            let why = format!("is on as well: two autoscalers of one fleet, and {on} was taken");
            facts.unused(join(at_scaled, key), why);
        }
    }
    let is_open = switches(scaled, at_scaled, facts);
    let counts = ["replicaCount", "replicas"];
    let count = counts.into_iter().find(|key| values.get(*key).is_some());
    let replicas = join(owner, count.unwrap_or_default());
    let count = count.map(|key| &values[key]);
    if let Some((key, scaling, place)) = found {
        let place = place.trim_end_matches('.');
        if key == "keda" {
            scaled_object(scaling, place, facts);
        } else {
            self::scaling(scaling, place, facts);
        }
        if count.is_some() {
            facts.unused(replicas, "the autoscaler decides the replicas");
        }
    } else if count.is_some() && is_open {
        facts.unused(replicas, MAYBE_SCALED);
    } else if let Some(count) = count {
        match number(count) {
            Some(count) => {
                let note = "there is no autoscaler: the fleet keeps this size";
                facts.noted(replicas.clone(), &HPA_MIN, count, note);
                facts.noted(replicas, &HPA_MAX, count, note);
            }
            None => facts.refused(replicas, &HPA_MIN),
        }
    }
}

/// Tells the switches of autoscalers that nobody knows, and whether there is one.
fn switches(scaled: &Value, at_scaled: &str, facts: &mut Facts) -> bool {
    let mut is_open = false;
    for key in ["autoscaling", "hpa", "horizontalPodAutoscaler", "keda"] {
        let of = &scaled[key];
        let (switch, place) = if of.is_object() {
            (&of["enabled"], join(key, "enabled"))
        } else {
            (of, key.to_owned())
        };
        if placeholder::holds_placeholder(switch) {
            is_open = true;
            facts.unused(join(at_scaled, &place), placeholder::GAP);
        }
    }
    is_open
}

/// Helm reads the older YAML, in which `yes` and `on` are true.
fn is_on(scaling: &Value) -> bool {
    match scaling.get("enabled") {
        Some(Value::Bool(is_on)) => *is_on,
        Some(Value::String(text)) => {
            let text = text.to_ascii_lowercase();
            ["true", "yes", "on", "y"].contains(&text.as_str())
        }
        _ => ["maxReplicas", "max"]
            .iter()
            .any(|key| scaling.get(*key).is_some()),
    }
}

/// Reads KEDA values as the object that the chart makes of them.
fn scaled_object(values: &Value, path: &str, facts: &mut Facts) {
    let either = |long: &str, short: &str| {
        let value = values.get(long).or_else(|| values.get(short));
        value.cloned().unwrap_or_default()
    };
    let config = "advanced.horizontalPodAutoscalerConfig.behavior";
    let inner = &values["advanced"]["horizontalPodAutoscalerConfig"]["behavior"];
    let behavior = values.get("behavior").unwrap_or(inner);
    let object = json!({"spec": {
        "minReplicaCount": either("minReplicaCount", "minReplicas"),
        "maxReplicaCount": either("maxReplicaCount", "maxReplicas"),
        "pollingInterval": either("pollingInterval", "pollingInterval"),
        "cooldownPeriod": either("cooldownPeriod", "cooldownPeriod"),
        "triggers": values["triggers"],
        "advanced": {"horizontalPodAutoscalerConfig": {"behavior": behavior}},
    }});
    let place = |inner: &str| {
        let inner = inner.strip_prefix("spec.").unwrap_or(inner);
        let mut inner = inner.to_owned();
        for (long, short) in [
            ("minReplicaCount", "minReplicas"),
            ("maxReplicaCount", "maxReplicas"),
            (config, "behavior"),
        ] {
            if inner.starts_with(long) && values.get(short).is_some() {
                inner = inner.replacen(long, short, 1);
            }
        }
        join(path, &inner)
    };
    facts.moved(|facts| keda::facts(&object, None, facts), place);
    facts.understood.push(join(path, "enabled"));
}

fn scaling(scaling: &Value, path: &str, facts: &mut Facts) {
    if scaling.get("enabled").is_some() {
        facts.understood.push(join(path, "enabled"));
    }
    for (key, property) in [
        ("minReplicas", &HPA_MIN),
        ("min", &HPA_MIN),
        ("maxReplicas", &HPA_MAX),
        ("max", &HPA_MAX),
    ] {
        let said = scaling.get(key).filter(|value| !value.is_null());
        match said.map(number) {
            Some(Some(value)) => facts.number(join(path, key), property, value),
            Some(None) => facts.refused(join(path, key), property),
            None => {}
        }
    }
    facts.check_bounds("minReplicas", "an API server");
    let mut targets = Targets::default();
    let of_cpu = OF_CPU.map(|place| (place, "cpu")).into_iter();
    let of_memory = OF_MEMORY.map(|place| (place, "memory"));
    for (place, name) in of_cpu.chain(of_memory) {
        let said = at(scaling, place).filter(|value| !value.is_null() && *value != "");
        let place = join(path, place);
        match said.filter(|value| !value.is_object()).map(number) {
            Some(Some(value)) => {
                let whole = (place.as_str(), place.clone());
                targets.resource(whole, (name, Measure::Share), value, None, facts);
            }
            Some(None) => match Targets::slot(name, Measure::Share) {
                Some(slot) => facts.refused(place, slot),
                None => facts.unused(place, "is no percentage"),
            },
            None => {}
        }
    }
    lists(scaling, path, &mut targets, facts);
    let mut slots = SLOTS.iter();
    let is_tried = slots.any(|slot| facts.tries(slot.key));
    // What cannot be read is told, and nothing is known to be absent.
    if targets.is_empty() && !is_tried {
        facts.beside(
            path,
            "Targets of the autoscaler",
            "not in these values",
            CHART,
        );
    } else if !targets.is_empty() {
        targets.say(path, "the values have no such target", facts);
    }
    let place = join(path, "behavior");
    if scaling["behavior"].is_object() {
        let inner = json!({ "behavior": scaling["behavior"] });
        let place = |inner: &str| join(path, inner);
        facts.moved(|facts| behavior(&inner, "behavior", facts), place);
    } else {
        facts.beside(
            place,
            "Behavior of the autoscaler",
            "not in these values",
            CHART,
        );
    }
}

/// The metrics of a block of values as the API has them.
fn lists(scaling: &Value, path: &str, targets: &mut Targets, facts: &mut Facts) {
    for list in ["metrics", "customMetrics"] {
        let metrics = scaling[list].as_array().map(Vec::as_slice);
        let place = join(path, list);
        if placeholder::holds_placeholder(&scaling[list]) && metrics.is_none() {
            targets.open();
            facts.unused(&place, placeholder::GAP);
        }
        autoscaler::metrics(metrics.unwrap_or_default(), &place, targets, facts);
    }
}
