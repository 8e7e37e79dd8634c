//! Limits of Envoy's policies, and the routes, backends and models that each is for.

use serde_json::Value;

use super::quota::{Counts, Quota};
use super::setting::{CALLERS, seconds};
use crate::import::fact::Facts;
use crate::import::target::Target;
use crate::import::value::{at, number};

/// Header that names the model.
pub(super) const MODEL: &str = "x-ai-eg-model";
const BY_LABEL: &str = "is for routes chosen by their labels, which are not compared";

/// What a target is reached by.
pub(super) struct Scope {
    route: String,
    gateways: Vec<String>,
    backend: String,
    /// The model that callers ask for.
    pub(super) model: Option<String>,
    /// The model that the backend is asked for.
    sent: Option<String>,
}

impl Scope {
    /// Of a target of a route.
    pub(super) fn of(route: &Value, model: Option<&str>, target: &Target) -> Self {
        let parents = ["spec.parentRefs", "spec.targetRefs"].iter();
        let parents = parents.filter_map(|place| at(route, place)?.as_array());
        let names = parents.flatten().filter_map(|one| one["name"].as_str());
        Self {
            route: route["metadata"]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            gateways: names.map(str::to_owned).collect(),
            backend: target.id.clone(),
            model: model.map(str::to_owned),
            sent: target.model.clone(),
        }
    }
}

/// A limit and what it is for.
pub(super) struct Limit {
    pub(super) quota: Quota,
    /// Whether each model has a counter of its own.
    pub(super) is_of_each: bool,
    /// The one model that it is for.
    model: Option<String>,
    /// Kind and name of the objects that it is for; without any it is for all.
    objects: Vec<(String, String)>,
}

impl Limit {
    /// Whether it limits that target.
    pub(super) fn is_for(&self, scope: &Scope) -> bool {
        let is_object = |(kind, name): &(String, String)| match kind.as_str() {
            "Gateway" => scope.gateways.is_empty() || scope.gateways.contains(name),
            "HTTPRoute" | "AIGatewayRoute" => *name == scope.route,
            "AIServiceBackend" => *name == scope.backend,
            _ => false,
        };
        let is_model =
            self.model.is_none() || self.model == scope.model || self.model == scope.sent;
        is_model && (self.objects.is_empty() || self.objects.iter().any(is_object))
    }
}

/// The limits of a policy; what they are none of is told.
pub(super) fn limits(policy: &Value, document: usize, facts: &mut Facts) -> Vec<Limit> {
    let mut limits = match policy["kind"].as_str() {
        Some("BackendTrafficPolicy") => traffic(policy, document, facts),
        Some("QuotaPolicy") => quotas(policy, document),
        _ => return Vec::new(),
    };
    if at(policy, "spec.targetSelectors").is_some() && !limits.is_empty() {
        for limit in limits {
            facts.unused(limit.quota.place, BY_LABEL);
        }
        return Vec::new();
    }
    let many = at(policy, "spec.targetRefs").and_then(Value::as_array);
    let one = at(policy, "spec.targetRef").into_iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let objects = one.chain(many.into_iter().flatten());
    let objects: Vec<_> = objects
        .map(|object| (text(&object["kind"]), text(&object["name"])))
        .collect();
    for limit in &mut limits {
        limit.objects.clone_from(&objects);
    }
    limits
}

/// A rule of a `BackendTrafficPolicy` counts requests, or tokens where its cost is one.
fn traffic(policy: &Value, document: usize, facts: &mut Facts) -> Vec<Limit> {
    let rules = at(policy, "spec.rateLimit.global.rules").and_then(Value::as_array);
    let mut limits = Vec::new();
    for (index, rule) in rules.into_iter().flatten().enumerate() {
        let place = format!("spec.rateLimit.global.rules.{index}");
        let selectors: Vec<&Value> = rule["clientSelectors"]
            .as_array()
            .into_iter()
            .flatten()
            .collect();
        let headers = selectors.iter().filter_map(|one| one["headers"].as_array());
        let headers: Vec<&Value> = headers.flatten().collect();
        let is_other = |key: &str| key != "headers";
        let mut keys = selectors.iter().filter_map(|one| one.as_object());
        let names_callers = keys.any(|one| one.keys().any(|key| is_other(key)))
            || headers.iter().any(|header| header["name"] != MODEL);
        if names_callers {
            facts.unused(place, CALLERS);
            continue;
        }
        let Some(quota) = quota(rule, document, place) else {
            continue;
        };
        limits.push(Limit {
            quota,
            is_of_each: headers.iter().any(|header| header["type"] == "Distinct"),
            model: headers
                .iter()
                .find_map(|one| one["value"].as_str())
                .map(str::to_owned),
            objects: Vec::new(),
        });
    }
    limits
}

fn quota(rule: &Value, document: usize, place: String) -> Option<Quota> {
    let key = at(rule, "cost.response.metadata.key").and_then(Value::as_str);
    Some(Quota {
        document,
        place,
        counts: key.map_or(Some(Counts::Requests), Counts::of)?,
        limit: number(&rule["limit"]["requests"])?,
        window_s: match rule["limit"]["unit"].as_str()? {
            "Second" => 1.0,
            "Minute" => 60.0,
            "Hour" => 3_600.0,
            "Day" => 86_400.0,
            "Month" => 30.0 * 86_400.0,
            "Year" => 365.0 * 86_400.0,
            _ => return None,
        },
    })
}

/// Tokens that a model of a backend may use.
fn quotas(policy: &Value, document: usize) -> Vec<Limit> {
    let rows = at(policy, "spec.perModelQuotas").and_then(Value::as_array);
    let rows = rows.into_iter().flatten().enumerate();
    let read = |(index, row): (usize, &Value)| {
        let bucket = &row["quota"]["defaultBucket"];
        Some(Limit {
            quota: Quota {
                document,
                place: format!("spec.perModelQuotas.{index}"),
                counts: Counts::Tokens,
                limit: number(&bucket["limit"])?,
                window_s: seconds(&bucket["duration"]).filter(|window_s| 0.0 < *window_s)?,
            },
            is_of_each: false,
            model: row["modelName"].as_str().map(str::to_owned),
            objects: Vec::new(),
        })
    };
    rows.filter_map(read).collect()
}
