//! Load balancing of Kong across the targets of a plugin or model: by weight or in order.
//!
//! # Source
//!
//! developer.konghq.com, "Load balancing with AI Proxy Advanced" (3.10 to 2.2): with `priority`,
//! targets of equal weight form a group; the heaviest group comes first, and the next takes over on
//! failure. Defaults of balancer and service: 5 retries, 60 s.

use serde_json::{Map, Value};

use super::kong_list::Model;
use super::kong_owner::{Balancer, Plugin};
use super::setting::{Stands, across, default, default_of_some, retries, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::order::in_order;
use crate::import::target::Target;
use crate::import::value::{at, number};
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT};

/// Default weight of a target.
const WEIGHT: f64 = 100.0;
/// Default attempts: the first call and its retries.
const CALLS_MADE: f64 = 6.0;
const TIMEOUT_S: f64 = 60.0;
const DEFAULT: &str = "Kong's default";
const RETRIES: &str = "Kong's default: 5 retries";
const NOT_BY_WEIGHT: &str = "does not send by weights, and they are taken as shares all the same";
/// Balancers that send by weight; the first is a plugin's default.
const BY_WEIGHT: [&str; 3] = ["round-robin", "consistent-hashing", "least-connections"];
const ALIKE: &str = "with priority the weight is a rank, and targets of one rank share alike";
const IN_ORDER: &str = "priority";
/// Failover criterion for requests over a provider's limits.
const TOO_MANY: &str = "http_429";
const NOT_AT_LIMITS: &str = "failover_criteria has no http_429, so that Kong hands on failures, \
                             and not what a provider's limits refuse as the plan has it";
const LABEL: &str = "Balancer";

/// Reads a balancer and sets the weights or the order of the targets.
pub(super) fn balance(balancer: &Balancer, targets: &mut [Target], facts: &mut Facts) {
    calls(balancer.own, &balancer.place, facts);
    let place = join(&balancer.place, "algorithm");
    let said = balancer.own["algorithm"].as_str();
    let named = balancer.named.as_deref();
    let name = said.or(named).unwrap_or(BY_WEIGHT[0]);
    let weights: Vec<Option<f64>> = targets.iter().map(|target| target.weight).collect();
    for target in targets.iter_mut().filter(|target| target.weight.is_none()) {
        target.weight = Some(WEIGHT);
        target.fill("weight", "Kong fills it in");
    }
    if name == IN_ORDER {
        for target in targets.iter_mut() {
            target.weight = Some(1.0);
            target.filled.clear();
            target.fill("weight", ALIKE);
        }
        // The heaviest comes first.
        let ranks = weights
            .iter()
            .map(|weight| weight.map(|weight| 0.0 - weight));
        in_order(
            targets,
            &ranks.collect::<Vec<_>>(),
            ("weight", 0.0 - WEIGHT),
        );
        let read = targets.iter().map(|target| join(&target.place, "weight"));
        facts.understood.extend(read);
    }
    match said {
        Some(name) if name == IN_ORDER => {
            facts.also(
                place,
                LABEL,
                "priority: the heaviest target first".to_owned(),
            );
            let criteria = balancer.own["failover_criteria"].as_array();
            let mut criteria = criteria.into_iter().flatten();
            if !criteria.any(|one| one == TOO_MANY)
                && let Some(fact) = facts.values.last_mut()
            {
                fact.note = Some(NOT_AT_LIMITS.to_owned());
            }
        }
        Some(name) if BY_WEIGHT.contains(&name) => {
            facts.also(place, LABEL, format!("{name}: by weights"));
        }
        Some(_) => facts.unused(place, NOT_BY_WEIGHT),
        None if named.is_some_and(|name| name != IN_ORDER && !BY_WEIGHT.contains(&name)) => {
            facts.unused(balancer.place.clone(), NOT_BY_WEIGHT);
        }
        None => {}
    }
}

/// Reads the service of a plugin: without a balancer, its retries and timeout apply.
pub(super) fn service(document: &Value, owner: &str, facts: &mut Facts) {
    let mut steps = owner.split('.');
    let (Some("services"), Some(index)) = (steps.next(), steps.next()) else {
        return;
    };
    let place = join("services", index);
    let is_new = |key: &str, facts: &Facts| !facts.understood.contains(&join(&place, key));
    if let Some(service) = at(document, &place) {
        let own = ["retries", "read_timeout"];
        let own = own.into_iter().filter(|key| is_new(key, facts));
        let own: Map<String, Value> = own
            .filter_map(|key| Some((key.to_owned(), service.get(key)?.clone())))
            .collect();
        calls(&Value::Object(own), &place, facts);
    }
}

fn calls(balancer: &Value, place: &str, facts: &mut Facts) {
    if let Some(value) = balancer.get("retries") {
        retries(join(place, "retries"), value, facts);
    }
    for key in ["read_timeout", "readTimeout"] {
        if let Some(value) = balancer.get(key) {
            let seconds = number(value).map(|ms| ms / 1e3);
            timeout(join(place, key), seconds, facts);
        }
    }
}

/// Whether one of several balancers or services says nothing of the retries, or of the timeout.
#[derive(Default)]
pub(super) struct Silent {
    retries: bool,
    timeout: bool,
}

impl Silent {
    /// Looks at the balancer of a plugin, or at the service of one that has none.
    pub(super) fn note_plugin(&mut self, plugin: &Plugin, document: &Value) {
        match plugin.name {
            "ai-proxy" => self.note(service_of(document, &plugin.owner)),
            _ => self.note(&plugin.config["balancer"]),
        }
    }

    /// Looks at the balancer of a model that answers.
    pub(super) fn note_model(&mut self, model: &Model) {
        if !model.is_off() && model.answers() {
            self.note(model.balancer().own);
        }
    }

    fn note(&mut self, owner: &Value) {
        let says = |key: &str| owner.get(key).is_some_and(|value| !value.is_null());
        self.retries |= !says("retries");
        self.timeout |= !says("read_timeout") && !says("readTimeout");
    }
}

/// The service that a plugin of an owner goes by; nothing where there is none.
fn service_of<'d>(document: &'d Value, owner: &str) -> &'d Value {
    let mut steps = owner.split('.');
    match (steps.next(), steps.next()) {
        (Some("services"), Some(index)) => {
            at(document, &join("services", index)).unwrap_or(&Value::Null)
        }
        _ => &Value::Null,
    }
}

/// Fills in what Kong does where a balancer or a service does not say it: it counts beside the
/// numbers of the others.
pub(super) fn defaults(facts: &mut [Facts], silent: &Silent) {
    for (property, stands, key, value, why, is_silent) in [
        (
            &ATTEMPTS,
            Stands::Smallest,
            "retries",
            CALLS_MADE,
            RETRIES,
            silent.retries,
        ),
        (
            &CLIENT_TIMEOUT,
            Stands::Longest,
            "read_timeout",
            TIMEOUT_S,
            DEFAULT,
            silent.timeout,
        ),
    ] {
        across(stands, property, facts);
        let place = key.to_owned();
        let says = facts.iter().position(|facts| facts.says(property));
        let first = facts.iter().position(|facts| !facts.targets.is_empty());
        match (says, first) {
            (Some(own), Some(_)) if is_silent => {
                let filled = (property, value);
                default_of_some(stands, place, filled, why, &mut facts[own]);
            }
            (None, Some(first)) => default(place, property, value, why, &mut facts[first]),
            _ => {}
        }
    }
}
