//! Objects of Envoy AI Gateway: routes, backends, and traffic and quota policies.
//!
//! # Source
//!
//! aigateway.envoyproxy.io, API reference 1.1; gateway.envoyproxy.io, `BackendTrafficPolicy`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::cost::{self, Cost, costs};
use super::limit::{Limit, MODEL, limits};
use super::pattern::is_pattern;
use super::policy::{Standing, one_for_all, standings};
use super::quota::{Counts, Given, Quota, account, not_modelled};
use super::scope::{Scope, is_same, referred};
use super::setting::{Stands, default, default_of_some, once, one_of, retries, seconds, timeout};
use super::share::{cap, even};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::order::in_order;
use crate::import::target::Target;
use crate::import::value::{at, number};
use crate::import::vendor::known;
use crate::scenario::number::grouped;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT, ORDER, QUEUE_SIZE};
use crate::scenario::property::{RETRY_DELAY, WEIGHT};

const NO_ROUTE: &str = "no AIGatewayRoute in this text sends to a provider that it limits";
const PATTERN: &str = "is a pattern, and names no model";
/// Default attempts: the first call and its retries.
const CALLS_MADE: f64 = 3.0;
/// Default timeout per request, in seconds.
const TIMEOUT_S: f64 = 60.0;
const RETRY: &str = "Envoy Gateway's default: 2 retries";
const NO_RETRY: &str = "Envoy Gateway's default: without a policy that says so it does not retry";
const TIMEOUT: &str = "Envoy AI Gateway's default";
const PENDING: &str = "of each backend; a gateway has one queue here";
const AT_ONCE: &str = "bounds what each Envoy sends to a backend at once: times the pods it is At \
                       once of that provider";
/// Words that occur in names of self-hosted servers.
const OWN: [&str; 8] = [
    "vllm",
    "ollama",
    "tgi",
    "sglang",
    "triton",
    "llamacpp",
    "local",
    "selfhosted",
];

/// Facts of each object; those of a route include the limits from other objects.
pub(super) fn facts(all: &[&Value], asked: &[String]) -> Vec<Facts> {
    let mut facts: Vec<Facts> = all.iter().map(|_| Facts::default()).collect();
    let mut scopes: Vec<Vec<Scope>> = all.iter().map(|_| Vec::new()).collect();
    for (index, document) in all.iter().enumerate() {
        match document["kind"].as_str() {
            Some("AIGatewayRoute") => {
                scopes[index] = route((index, document), all, &mut facts[index]);
            }
            Some("AIServiceBackend") => {
                facts[index].understood.push("spec.schema.name".to_owned());
            }
            _ => {}
        }
    }
    let standings = match standings(all, &scopes, asked) {
        Ok(standings) => standings,
        Err(several) => {
            if let Some(first) = facts.first_mut() {
                first.ask = Some(several);
            }
            return facts;
        }
    };
    for (index, document) in all.iter().enumerate() {
        match &standings[index] {
            Standing::Holds(_) => policy(document, &mut facts[index]),
            Standing::Not(why) => facts[index].unused("spec", why.clone()),
        }
    }
    for kind in ["AIGatewayRoute", "BackendTrafficPolicy"] {
        one_for_all(kind, all, &mut facts);
    }
    cap(&mut facts);
    even(&mut facts);
    let has_route = scopes.iter().any(|scopes| !scopes.is_empty());
    let costs: Costs = all.iter().map(|document| costs(document)).collect();
    let mut used = BTreeSet::new();
    let mut given = Vec::new();
    for (index, document) in all.iter().enumerate() {
        let Standing::Holds(for_rules) = &standings[index] else {
            continue;
        };
        for mut limit in limits(document, index, &mut facts[index]) {
            limit.rules.clone_from(for_rules);
            used.extend(limit.key.clone());
            let routes = (scopes.as_slice(), &costs, has_route);
            given.push(give(&limit, routes, &mut facts));
        }
    }
    account(given, &mut facts);
    for (facts, document) in facts.iter_mut().zip(all) {
        cost::account(document, &used, facts);
    }
    if has_route {
        let held = all.iter().zip(&standings).filter(|(_, one)| one.holds());
        let held: Vec<&Value> = held.map(|(document, _)| *document).collect();
        let is_route = |document: &&Value| document["kind"] == "AIGatewayRoute";
        if let Some(route) = all.iter().position(is_route) {
            defaults(&held, route, &mut facts);
        }
    }
    facts
}

/// Costs per document, by key.
type Costs = Vec<BTreeMap<String, Cost>>;

/// Records the gateway's defaults for settings that no route or policy has.
fn defaults(held: &[&Value], route: usize, facts: &mut [Facts]) {
    let retry = |document: &&Value| !document["spec"]["retry"].is_null();
    let says_retries = held.iter().any(retry) || facts.iter().any(|facts| facts.says(&ATTEMPTS));
    if !says_retries {
        let place = "spec.retry.numRetries".to_owned();
        default(place, &ATTEMPTS, 1.0, NO_RETRY, &mut facts[route]);
    }
    // A policy may set the time for rules without their own.
    let whole = |document: &&Value| at(document, "spec.timeout.http.requestTimeout").is_some();
    let mut rules = held
        .iter()
        .filter_map(|document| document["spec"]["rules"].as_array())
        .flatten();
    let is_silent = rules.any(|rule| at(rule, "timeouts.request").is_none());
    if is_silent && !held.iter().any(whole) {
        let own = facts.iter().position(|facts| facts.says(&CLIENT_TIMEOUT));
        let facts = &mut facts[own.unwrap_or(route)];
        let (place, said) = ("spec.rules.timeouts.request", (&CLIENT_TIMEOUT, TIMEOUT_S));
        default_of_some(Stands::Longest, place.to_owned(), said, TIMEOUT, facts);
    }
}

/// Unit of a limit for a target: by the costs of its route, or by the key's name if no route
/// defines the key.
fn counted(key: &str, scope: &Scope, costs: &Costs) -> Option<Result<Counts, String>> {
    match costs[scope.document].get(key) {
        Some(Cost::Known(counts)) => Some(Ok(*counts)),
        Some(Cost::Other(what)) => Some(Err(not_modelled(what))),
        // A route without the key adds nothing to the counter.
        None if costs.iter().any(|costs| costs.contains_key(key)) => None,
        None => {
            let why = || format!("no route in this text says what {key} counts");
            Some(Counts::of(key).ok_or_else(why))
        }
    }
}

/// Applies a limit to its targets.
fn give(
    limit: &Limit,
    (scopes, costs, has_route): (&[Vec<Scope>], &Costs, bool),
    facts: &mut [Facts],
) -> Given {
    let targets = facts.iter_mut().zip(scopes).flat_map(|(facts, scopes)| {
        let targets = facts.targets.iter_mut();
        targets.zip(scopes)
    });
    let own = targets.filter(|(_, scope)| limit.is_for(scope));
    let mut own: Vec<(&Scope, &mut Target)> = own.map(|(target, scope)| (scope, target)).collect();
    let mut quota = limit.quota.clone();
    if own.is_empty() {
        let a_minute = quota.limit * 60.0 / quota.window_s;
        let a_minute = grouped(libm::round(a_minute * 10.0) / 10.0);
        let counts = limit.key.as_deref().map_or(Some(quota.counts), Counts::of);
        let noun = counts.map_or("units", Counts::noun);
        let why = if has_route {
            limit.why_nobody(scopes.iter().flatten()).to_owned()
        } else {
            format!("limits the whole gateway to {a_minute} {noun} a minute, but {NO_ROUTE}")
        };
        return (quota, Some(why));
    }
    let Some(key) = &limit.key else {
        share(&quota, own, limit.is_of_each);
        return (quota, None);
    };
    let mut why = format!("no route that it is for writes {key}");
    let mut is_given = false;
    let mut kinds: BTreeMap<Counts, Vec<(&Scope, &mut Target)>> = BTreeMap::new();
    for (scope, target) in own.drain(..) {
        match counted(key, scope, costs) {
            Some(Ok(counts)) => kinds.entry(counts).or_default().push((scope, target)),
            Some(Err(other)) => why = other,
            None => {}
        }
    }
    for (counts, own) in kinds {
        quota.counts = counts;
        share(&quota, own, limit.is_of_each);
        is_given = true;
    }
    (quota, (!is_given).then_some(why))
}

/// Applies a limit to targets: to all together, or per model.
fn share(quota: &Quota, mut own: Vec<(&Scope, &mut Target)>, is_of_each: bool) {
    if !is_of_each {
        let mut own: Vec<&mut Target> = own.into_iter().map(|(_, target)| target).collect();
        return quota.give(&mut own);
    }
    // Each model has a separate counter.
    while let Some((first, _)) = own.first() {
        let models = first.models.clone();
        let is_its = |(scope, _): &mut (&Scope, &mut Target)| scope.models == models;
        let same: Vec<_> = own.extract_if(.., is_its).collect();
        let mut same: Vec<&mut Target> = same.into_iter().map(|(_, target)| target).collect();
        quota.give(&mut same);
    }
}

fn route((document, route): (usize, &Value), all: &[&Value], facts: &mut Facts) -> Vec<Scope> {
    for list in ["spec.parentRefs", "spec.targetRefs"] {
        let count = at(route, list)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for index in 0..count {
            let parts = ["group", "kind", "name", "namespace", "sectionName"];
            let parts = parts.map(|key| format!("{list}.{index}.{key}"));
            facts.understood.extend(parts);
        }
    }
    let mut scopes = Vec::new();
    let rules = at(route, "spec.rules").and_then(Value::as_array);
    for (index, rule) in rules.into_iter().flatten().enumerate() {
        let path = format!("spec.rules.{index}");
        facts.understood.push(join(&path, "name"));
        let mut targets = Vec::new();
        let mut ranks = Vec::new();
        let refs = rule["backendRefs"].as_array().into_iter().flatten();
        for (place, backend) in refs.enumerate() {
            let place = join(&path, &format!("backendRefs.{place}"));
            let mut target = Target {
                group: index,
                ..target((rule, route), backend, &place, all)
            };
            let at = join(&place, "priority");
            ranks.push(target.read(ORDER.key, at, &backend["priority"]));
            let asked = matched(rule).into_iter().map(|(_, model)| model);
            let asked = (backend, asked.map(str::to_owned).collect());
            scopes.push(Scope::of((document, route), asked, &target));
            targets.push(target);
            for key in ["name", "namespace", "priority", "modelNameOverride"] {
                facts.understood.push(join(&place, key));
            }
        }
        for (place, _) in headers(rule).filter(|(_, row)| is_pattern(row)) {
            facts.unused(join(&join(&path, &place), "value"), PATTERN);
        }
        for (place, _) in matched(rule) {
            let parts = ["name", "type", "value"];
            let place = join(&path, &place);
            facts.understood.extend(parts.map(|key| join(&place, key)));
        }
        in_order(&mut targets, &ranks, ("priority", 0.0));
        facts.targets.extend(targets);
        if let Some(value) = at(rule, "timeouts.request") {
            timeout(join(&path, "timeouts.request"), seconds(value), facts);
        }
    }
    scopes
}

/// Backend as a target, with the vendor from the schema of its `AIServiceBackend`.
fn target((rule, route): (&Value, &Value), backend: &Value, place: &str, all: &[&Value]) -> Target {
    let name = backend["name"].as_str().unwrap_or_default();
    let wanted = referred(backend, route);
    let backends = all.iter().filter(|other| {
        other["kind"] == "AIServiceBackend"
            && is_same(&referred(&other["metadata"], other), &wanted)
    });
    // Across namespaces the first by name is used, to be independent of order.
    let own = backends.min_by_key(|other| other["metadata"]["namespace"].as_str());
    let schema = own.and_then(|own| own["spec"]["schema"]["name"].as_str());
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let is_own = words
        .iter()
        .any(|word| OWN.contains(&word.to_ascii_lowercase().as_str()));
    // Without the backend, the vendor can only be guessed from the start or end of its name.
    let ends = [words.first(), words.last()].into_iter().flatten();
    let by_name = || known(name).or_else(|| ends.into_iter().find_map(|word| known(word)));
    let guess = if is_own { None } else { by_name() };
    let vendor = schema.filter(|schema| !is_own || *schema != "OpenAI");
    let model = backend["modelNameOverride"]
        .as_str()
        .or_else(|| matched(rule).first().map(|(_, model)| *model));
    let mut target = Target {
        place: place.to_owned(),
        id: name.to_owned(),
        vendor: Some(vendor.or(guess).unwrap_or(name).to_owned()),
        model: model.map(str::to_owned),
        ..Target::default()
    };
    target.weight = target.read(WEIGHT.key, join(place, "weight"), &backend["weight"]);
    if vendor.is_none() && guess.is_some() {
        target.fill("provider", "by the name of the backend");
    }
    target
}

/// Models matched by a rule, with the place of each header.
fn matched(rule: &Value) -> Vec<(String, &str)> {
    let names = headers(rule).filter(|(_, row)| !is_pattern(row));
    let names = names.filter_map(|(place, row)| Some((place, row["value"].as_str()?)));
    names.collect()
}

/// Headers of a rule that choose by the model, with their places.
fn headers(rule: &Value) -> impl Iterator<Item = (String, &Value)> {
    let matches = rule["matches"].as_array().into_iter().flatten();
    matches.enumerate().flat_map(|(index, one)| {
        let headers = one["headers"].as_array().into_iter().flatten();
        let own = headers.enumerate().filter(|(_, row)| row["name"] == MODEL);
        own.map(move |(header, row)| (format!("matches.{index}.headers.{header}"), row))
    })
}

/// Reads retries and timeouts of a policy.
fn policy(document: &Value, facts: &mut Facts) {
    if document["kind"] != "BackendTrafficPolicy" {
        return;
    }
    if let Some(value) = at(document, "spec.retry.numRetries") {
        retries("spec.retry.numRetries".to_owned(), value, facts);
    } else if at(document, "spec.retry").is_some_and(Value::is_object) {
        let place = "spec.retry.numRetries".to_owned();
        default(place, &ATTEMPTS, CALLS_MADE, RETRY, facts);
    }
    let base = "spec.retry.perRetry.backOff.baseInterval";
    if let Some(value) = at(document, base) {
        let delay_ms = seconds(value).map(|seconds| seconds * 1e3);
        once(base.to_owned(), &RETRY_DELAY, delay_ms, "", facts);
    }
    let queue = "spec.circuitBreaker.maxPendingRequests";
    if let Some(value) = at(document, queue) {
        let said = (&QUEUE_SIZE, number(value));
        one_of(Stands::Longest, queue.to_owned(), said, PENDING, facts);
    }
    for key in ["maxParallelRequests", "maxConnections"] {
        let place = format!("spec.circuitBreaker.{key}");
        if at(document, &place).is_some() {
            facts.unused(place, AT_ONCE);
        }
    }
    let whole = "spec.timeout.http.requestTimeout";
    if let Some(value) = at(document, whole) {
        timeout(whole.to_owned(), seconds(value), facts);
    }
}
