//! Objects of Envoy AI Gateway: routes, backends, and the policies for traffic and quotas.
//!
//! # Source
//!
//! aigateway.envoyproxy.io, API reference 1.1; gateway.envoyproxy.io, `BackendTrafficPolicy`.

use serde_json::Value;

use super::limit::{Limit, MODEL, Scope, limits};
use super::quota::{Given, account};
use super::setting::{in_order, once, retries, seconds, timeout};
use super::share::{cap, even};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::Target;
use crate::import::value::{at, number};
use crate::import::vendor::known;
use crate::scenario::number::grouped;
use crate::scenario::property::RETRY_DELAY;

const NO_ROUTE: &str = "no AIGatewayRoute in this text sends to a provider that it limits";
const NOBODY: &str = "limits a model, a backend or a route that is not in this text";
/// Words in the names of servers of one's own.
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

/// The facts of each object; those of a route have the limits of the others.
pub(super) fn facts(all: &[&Value]) -> Vec<Facts> {
    let mut facts: Vec<Facts> = all.iter().map(|_| Facts::default()).collect();
    let mut scopes: Vec<Vec<Scope>> = all.iter().map(|_| Vec::new()).collect();
    for (index, document) in all.iter().enumerate() {
        match document["kind"].as_str() {
            Some("AIGatewayRoute") => scopes[index] = route(document, all, &mut facts[index]),
            Some("AIServiceBackend") => {
                facts[index].understood.push("spec.schema.name".to_owned());
            }
            _ => policy(document, &mut facts[index]),
        }
    }
    cap(&mut facts);
    even(&mut facts);
    let has_route = scopes.iter().any(|scopes| !scopes.is_empty());
    let mut given = Vec::new();
    for (index, document) in all.iter().enumerate() {
        for limit in limits(document, index, &mut facts[index]) {
            given.push(give(limit, &scopes, has_route, &mut facts));
        }
    }
    account(given, &mut facts);
    facts
}

/// Gives a limit to the targets that it is for.
fn give(limit: Limit, scopes: &[Vec<Scope>], has_route: bool, facts: &mut [Facts]) -> Given {
    let targets = facts.iter_mut().zip(scopes).flat_map(|(facts, scopes)| {
        let targets = facts.targets.iter_mut();
        targets.zip(scopes)
    });
    let own = targets.filter(|(_, scope)| limit.is_for(scope));
    let mut own: Vec<(&Scope, &mut Target)> = own.map(|(target, scope)| (scope, target)).collect();
    let quota = limit.quota;
    if own.is_empty() {
        let a_minute = quota.limit * 60.0 / quota.window_s;
        let a_minute = grouped(libm::round(a_minute * 10.0) / 10.0);
        let noun = quota.counts.noun();
        let why = if has_route {
            NOBODY.to_owned()
        } else {
            format!("limits the whole gateway to {a_minute} {noun} a minute, but {NO_ROUTE}")
        };
        return (quota, Some(why));
    }
    if !limit.is_of_each {
        let mut own: Vec<&mut Target> = own.into_iter().map(|(_, target)| target).collect();
        quota.give(&mut own);
        return (quota, None);
    }
    // Each model has a counter of its own.
    while let Some((first, _)) = own.first() {
        let model = first.model.clone();
        let is_its = |(scope, _): &mut (&Scope, &mut Target)| scope.model == model;
        let same: Vec<_> = own.extract_if(.., is_its).collect();
        let mut same: Vec<&mut Target> = same.into_iter().map(|(_, target)| target).collect();
        quota.give(&mut same);
    }
    (quota, None)
}

fn route(document: &Value, all: &[&Value], facts: &mut Facts) -> Vec<Scope> {
    let mut scopes = Vec::new();
    let rules = at(document, "spec.rules").and_then(Value::as_array);
    for (index, rule) in rules.into_iter().flatten().enumerate() {
        let path = format!("spec.rules.{index}");
        let mut targets = Vec::new();
        let mut ranks = Vec::new();
        let refs = rule["backendRefs"].as_array().into_iter().flatten();
        for (place, backend) in refs.enumerate() {
            let place = join(&path, &format!("backendRefs.{place}"));
            ranks.push(number(&backend["priority"]));
            let target = Target {
                group: index,
                ..target(rule, backend, &place, all)
            };
            scopes.push(Scope::of(document, matched(rule), &target));
            targets.push(target);
            for key in ["name", "weight", "priority", "modelNameOverride"] {
                facts.understood.push(join(&place, key));
            }
        }
        in_order(&mut targets, &ranks, ("priority", 0.0));
        facts.targets.extend(targets);
        if let Some(value) = at(rule, "timeouts.request") {
            timeout(join(&path, "timeouts.request"), seconds(value), facts);
        }
    }
    scopes
}

/// A backend as a target: its vendor by the schema of its `AIServiceBackend`.
fn target(rule: &Value, backend: &Value, place: &str, all: &[&Value]) -> Target {
    let name = backend["name"].as_str().unwrap_or_default();
    let mut backends = all
        .iter()
        .filter(|other| other["kind"] == "AIServiceBackend");
    let own = backends.find(|other| other["metadata"]["name"] == name);
    let schema = own.and_then(|own| own["spec"]["schema"]["name"].as_str());
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let is_own = words
        .iter()
        .any(|word| OWN.contains(&word.to_lowercase().as_str()));
    // Without its backend the name is all there is to go by: what it begins or ends with.
    let ends = [words.first(), words.last()].into_iter().flatten();
    let by_name = || known(name).or_else(|| ends.into_iter().find_map(|word| known(word)));
    let guess = if is_own { None } else { by_name() };
    let vendor = schema.filter(|schema| !is_own || *schema != "OpenAI");
    let model = backend["modelNameOverride"]
        .as_str()
        .or_else(|| matched(rule));
    let mut target = Target {
        place: place.to_owned(),
        id: name.to_owned(),
        vendor: Some(vendor.or(guess).unwrap_or(name).to_owned()),
        model: model.map(str::to_owned),
        weight: number(&backend["weight"]),
        ..Target::default()
    };
    if vendor.is_none() && guess.is_some() {
        target.fill("provider", "by the name of the backend");
    }
    target
}

/// The model that a rule is for.
fn matched(rule: &Value) -> Option<&str> {
    let matches = rule["matches"].as_array()?.iter();
    let mut headers = matches
        .filter_map(|one| one["headers"].as_array())
        .flatten();
    let header = headers.find(|header| header["name"] == MODEL)?;
    header["value"].as_str()
}

/// Retries and timeouts of a policy.
fn policy(document: &Value, facts: &mut Facts) {
    if let Some(value) = at(document, "spec.retry.numRetries") {
        retries("spec.retry.numRetries".to_owned(), value, facts);
    }
    let base = "spec.retry.perRetry.backOff.baseInterval";
    if let Some(value) = at(document, base) {
        let delay_ms = seconds(value).map(|seconds| seconds * 1e3);
        once(base.to_owned(), &RETRY_DELAY, delay_ms, "", facts);
    }
    let whole = "spec.timeout.http.requestTimeout";
    if let Some(value) = at(document, whole) {
        timeout(whole.to_owned(), seconds(value), facts);
    }
}
