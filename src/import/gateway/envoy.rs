//! Objects of Envoy AI Gateway: routes, backends, and the policies for traffic and quotas.
//!
//! # Source
//!
//! aigateway.envoyproxy.io, API reference 1.1; gateway.envoyproxy.io, `BackendTrafficPolicy`.

use serde_json::Value;

use super::quota::{Counts, Quota};
use super::setting::{once, retries, seconds, stand_by, timeout};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::target::{Target, known};
use crate::import::value::{at, number};
use crate::scenario::number::grouped;
use crate::scenario::property::RETRY_DELAY;

/// Header that names the model.
const MODEL: &str = "x-ai-eg-model";
const NO_ROUTE: &str = "no AIGatewayRoute in this text sends to a provider that it limits";

/// The facts of one object; the route has the limits of the others.
pub(super) fn facts(document: &Value, all: &[&Value], facts: &mut Facts) {
    match document["kind"].as_str() {
        Some("AIGatewayRoute") => route(document, all, facts),
        Some("AIServiceBackend") => facts.understood.push("spec.schema.name".to_owned()),
        Some(_) => policy(document, all, facts),
        None => {}
    }
}

fn route(document: &Value, all: &[&Value], facts: &mut Facts) {
    let rules = at(document, "spec.rules").and_then(Value::as_array);
    for (index, rule) in rules.into_iter().flatten().enumerate() {
        let path = format!("spec.rules.{index}");
        let mut targets = Vec::new();
        let mut ranks = Vec::new();
        let refs = rule["backendRefs"].as_array().into_iter().flatten();
        for (place, backend) in refs.enumerate() {
            let place = join(&path, &format!("backendRefs.{place}"));
            ranks.push(number(&backend["priority"]).unwrap_or(0.0));
            targets.push(target(rule, backend, &place, all));
            for key in ["name", "weight", "priority", "modelNameOverride"] {
                facts.understood.push(join(&place, key));
            }
        }
        stand_by(&mut targets, &ranks, "priority");
        facts.targets.extend(targets);
        if let Some(value) = at(rule, "timeouts.request") {
            timeout(join(&path, "timeouts.request"), seconds(value), facts);
        }
    }
    let policies = all.iter().filter(|other| !std::ptr::eq(**other, document));
    for policy in policies {
        for limit in limits(policy) {
            let mut own: Vec<&mut Target> = facts
                .targets
                .iter_mut()
                .filter(|target| limit.is_for(target))
                .collect();
            limit.quota.give(&mut own);
        }
    }
}

/// A backend as a target: its vendor by the schema of its `AIServiceBackend`.
fn target(rule: &Value, backend: &Value, place: &str, all: &[&Value]) -> Target {
    let name = backend["name"].as_str().unwrap_or_default();
    let mut backends = all
        .iter()
        .filter(|other| other["kind"] == "AIServiceBackend");
    let own = backends.find(|other| other["metadata"]["name"] == name);
    let schema = own.and_then(|own| own["spec"]["schema"]["name"].as_str());
    // Without its backend the name is all there is to go by.
    let words = name.split(|c: char| !c.is_alphanumeric());
    let by_name = || known(name).or_else(|| words.into_iter().find_map(known));
    let vendor = schema
        .map(str::to_owned)
        .or_else(|| by_name().map(str::to_owned));
    let model = backend["modelNameOverride"]
        .as_str()
        .or_else(|| matched(rule));
    Target {
        place: place.to_owned(),
        id: name.to_owned(),
        vendor: vendor.or_else(|| Some(name.to_owned())),
        model: model.map(str::to_owned),
        weight: number(&backend["weight"]).or(Some(1.0)),
        ..Target::default()
    }
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

/// A limit and the model it is for, if it is for one alone.
struct Limit {
    quota: Quota,
    model: Option<String>,
}

impl Limit {
    fn is_for(&self, target: &Target) -> bool {
        self.model.is_none() || self.model == target.model
    }
}

fn limits(policy: &Value) -> Vec<Limit> {
    match policy["kind"].as_str() {
        Some("BackendTrafficPolicy") => traffic(policy),
        Some("QuotaPolicy") => quotas(policy),
        _ => Vec::new(),
    }
}

/// A rule of a `BackendTrafficPolicy` counts requests, or tokens where its cost is one.
fn traffic(policy: &Value) -> Vec<Limit> {
    let rules = at(policy, "spec.rateLimit.global.rules").and_then(Value::as_array);
    let rules = rules.into_iter().flatten().enumerate();
    let read = |(index, rule): (usize, &Value)| {
        let key = at(rule, "cost.response.metadata.key").and_then(Value::as_str);
        let counts = key.map_or(Some(Counts::Requests), Counts::of)?;
        let selectors = rule["clientSelectors"].as_array().into_iter().flatten();
        let mut headers = selectors
            .filter_map(|one| one["headers"].as_array())
            .flatten();
        let header = headers.find(|header| header["name"] == MODEL);
        let model = header.and_then(|header| header["value"].as_str());
        let window_s = match rule["limit"]["unit"].as_str()? {
            "Second" => 1.0,
            "Minute" => 60.0,
            "Hour" => 3_600.0,
            "Day" => 86_400.0,
            "Month" => 30.0 * 86_400.0,
            "Year" => 365.0 * 86_400.0,
            _ => return None,
        };
        Some(Limit {
            quota: Quota {
                place: format!("spec.rateLimit.global.rules.{index}"),
                counts,
                limit: number(&rule["limit"]["requests"])?,
                window_s,
            },
            model: model.map(str::to_owned),
        })
    };
    rules.filter_map(read).collect()
}

/// Tokens that a model of a backend may use.
fn quotas(policy: &Value) -> Vec<Limit> {
    let rows = at(policy, "spec.perModelQuotas").and_then(Value::as_array);
    let rows = rows.into_iter().flatten().enumerate();
    let read = |(index, row): (usize, &Value)| {
        let bucket = &row["quota"]["defaultBucket"];
        Some(Limit {
            quota: Quota {
                place: format!("spec.perModelQuotas.{index}"),
                counts: Counts::Tokens,
                limit: number(&bucket["limit"])?,
                window_s: seconds(&bucket["duration"]).filter(|window_s| 0.0 < *window_s)?,
            },
            model: row["modelName"].as_str().map(str::to_owned),
        })
    };
    rows.filter_map(read).collect()
}

/// Retries and timeouts of a policy; its limits are the route's, which is told where there is none.
fn policy(document: &Value, all: &[&Value], facts: &mut Facts) {
    let mut routes = all.iter().filter(|other| other["kind"] == "AIGatewayRoute");
    let has_route = routes.next().is_some();
    for limit in limits(document) {
        let place = limit.quota.place;
        if has_route {
            facts.understood.push(place);
            continue;
        }
        let noun = match limit.quota.counts {
            Counts::Requests => "requests",
            Counts::Tokens => "tokens",
            Counts::Input => "input tokens",
            Counts::Output => "output tokens",
        };
        let a_minute = limit.quota.limit * 60.0 / limit.quota.window_s;
        let a_minute = grouped(libm::round(a_minute * 10.0) / 10.0);
        let why = format!("limits the whole gateway to {a_minute} {noun} a minute, but {NO_ROUTE}");
        facts.unused(place, why);
    }
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
