//! Limits of Envoy's policies, with the routes, backends and models they apply to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::cost::{Cost, expression};
use super::pattern::{Pattern, is_pattern};
use super::quota::{Counts, Quota, not_modelled};
use super::scope::{Object, Rule, Scope, objects, references};
use super::setting::{CALLERS, seconds};
use crate::import::fact::Facts;
use crate::import::lines::join;
use crate::import::value::{at, number};

/// Header with the model name.
pub(super) const MODEL: &str = "x-ai-eg-model";
pub(super) const BY_LABEL: &str = "is for routes chosen by their labels, which are not compared";
const BY_PATTERN: &str = "is for models by a pattern, which is not compared";
const NOBODY: &str = "limits a model, a backend or a route that is not in this text";
const NOT_SENT: &str = "names no model that its backend is sent, that is modelNameOverride, or the \
                        model of the route: Envoy ignores it";
const NO_LIMIT: &str = "has no limit by a number and a span of time";
const NOTHING: &str = "counts nothing for a request";
const OTHERS: &str = "is for all models but one, which no limit of a model can say";
const SHADOW: &str = "only counts, and refuses nothing: shadowMode is on";
const NOT_ENFORCED: &str = "is not enforced yet by Envoy AI Gateway 1.1";
/// Filter that counts tokens.
const COUNTER: &str = "io.envoy.ai_gateway";

/// Limit and its scope.
pub(super) struct Limit {
    pub(super) quota: Quota,
    /// Key under which a route writes the counted amount.
    pub(super) key: Option<String>,
    /// Whether each model has a separate counter.
    pub(super) is_of_each: bool,
    /// Models the limit applies to.
    model: Named,
    /// Objects the limit applies to; empty for all.
    objects: Vec<Object>,
    /// Rules the limit applies to; `None` for all.
    pub(super) rules: Option<BTreeSet<Rule>>,
}

/// Models that a limit names.
enum Named {
    All,
    /// Model that callers ask for.
    Asked(String),
    /// Pattern of models that callers ask for.
    Like(Pattern),
    /// Model that a backend is sent.
    Sent(String),
}

impl Named {
    fn is_of(&self, scope: &Scope) -> bool {
        let is_any = |is_its: &dyn Fn(&str) -> bool| {
            let mut models = scope.models.iter().chain(&scope.sent);
            models.any(|model| is_its(model))
        };
        match self {
            Self::All => true,
            Self::Asked(name) => is_any(&|model| model == name),
            Self::Like(pattern) => is_any(&|model| pattern.is_of(model)),
            Self::Sent(name) => scope.sent.as_ref() == Some(name),
        }
    }

    /// Model of a rule by its header, or the reason that it cannot be compared.
    fn read(headers: &[&Value]) -> Result<Self, &'static str> {
        let mut headers = headers.iter();
        let named = headers.find_map(|one| Some((*one, one["value"].as_str()?)));
        match named {
            None => Ok(Self::All),
            Some((header, value)) if is_pattern(header) => {
                Pattern::read(value).map(Self::Like).ok_or(BY_PATTERN)
            }
            Some((_, value)) => Ok(Self::Asked(value.to_owned())),
        }
    }
}

impl Limit {
    /// Whether the limit applies to a target.
    pub(super) fn is_for(&self, scope: &Scope) -> bool {
        let is_model = self.model.is_of(scope);
        let is_rule = self
            .rules
            .as_ref()
            .is_none_or(|rules| rules.contains(&scope.rule()));
        let is_object = |object: &Object| scope.is_of(object);
        is_model && is_rule && (self.objects.is_empty() || self.objects.iter().any(is_object))
    }

    /// Reason that the limit applies to no target.
    pub(super) fn why_nobody<'s>(
        &self,
        mut scopes: impl Iterator<Item = &'s Scope>,
    ) -> &'static str {
        let is_its = |scope: &Scope| self.objects.iter().any(|object| scope.is_of(object));
        if matches!(self.model, Named::Sent(_)) && scopes.any(is_its) {
            NOT_SENT
        } else {
            NOBODY
        }
    }
}

/// Limits of a policy; other parts are reported.
pub(super) fn limits(policy: &Value, document: usize, facts: &mut Facts) -> Vec<Limit> {
    let mut limits = match policy["kind"].as_str() {
        Some("BackendTrafficPolicy") => traffic(policy, document, facts),
        Some("QuotaPolicy") => quotas(policy, document, facts),
        _ => return Vec::new(),
    };
    if at(policy, "spec.targetSelectors").is_some() && !limits.is_empty() {
        for limit in limits {
            facts.unused(limit.quota.whole, BY_LABEL);
        }
        return Vec::new();
    }
    for (place, _) in references(policy) {
        let parts = ["group", "kind", "name", "namespace", "sectionName"];
        facts.understood.extend(parts.map(|key| join(&place, key)));
    }
    let objects = objects(policy);
    for limit in &mut limits {
        limit.objects.clone_from(&objects);
    }
    limits
}

/// Limits of a `BackendTrafficPolicy`: requests, or tokens if the rule has such a cost.
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
        let mut keys = selectors.iter().filter_map(|one| one.as_object());
        let names_callers = keys.any(|one| one.keys().any(|key| key != "headers"))
            || headers.iter().any(|header| header["name"] != MODEL);
        let is_inverse = headers.iter().any(|one| one["invert"] == true);
        let model = match (names_callers, is_inverse) {
            (true, _) => Err(CALLERS),
            (_, true) => Err(OTHERS),
            _ => Named::read(&headers),
        };
        let found = model.map_err(str::to_owned).and_then(|model| {
            let (quota, key) = quota(rule, (document, &place))?;
            Ok((quota, key, model))
        });
        let (quota, key, model) = match found {
            Ok(found) => found,
            Err(why) => {
                facts.unused(place, why);
                continue;
            }
        };
        facts.understood.push("spec.rateLimit.type".to_owned());
        limits.push(Limit {
            quota,
            key,
            is_of_each: headers.iter().any(|header| header["type"] == "Distinct"),
            model,
            objects: Vec::new(),
            rules: None,
        });
    }
    limits
}

/// Limit of a rule and its key, or the reason it has none.
fn quota(
    rule: &Value,
    (document, place): (usize, &str),
) -> Result<(Quota, Option<String>), String> {
    let response = &rule["cost"]["response"];
    let metadata = &response["metadata"];
    let key = metadata["key"].as_str().map(str::to_owned);
    // The default cost of a request is 1.
    let cost = at(rule, "cost.request.number").and_then(number);
    let cost = if key.is_some() {
        1.0
    } else {
        cost.unwrap_or(1.0)
    };
    if cost <= 0.0 {
        return Err(NOTHING.to_owned());
    }
    let space = metadata["namespace"].as_str();
    if let Some(other) = space.filter(|space| *space != COUNTER) {
        return Err(not_modelled(&format!("metadata of {other}")));
    }
    let window_s = match rule["limit"]["unit"].as_str() {
        Some("Second") => 1.0,
        Some("Minute") => 60.0,
        Some("Hour") => 3_600.0,
        Some("Day") => 86_400.0,
        Some("Month") => 30.0 * 86_400.0,
        Some("Year") => 365.0 * 86_400.0,
        _ => return Err(NO_LIMIT.to_owned()),
    };
    let limit = number(&rule["limit"]["requests"]).ok_or(NO_LIMIT)?;
    let mut parts = [
        "limit.unit",
        "cost.request.from",
        "cost.request.number",
        "cost.response.from",
        "cost.response.metadata.namespace",
        "cost.response.metadata.key",
    ]
    .map(|key| join(place, key))
    .to_vec();
    let selectors = rule["clientSelectors"].as_array().into_iter().flatten();
    for (index, selector) in selectors.enumerate() {
        let headers = selector["headers"].as_array().map_or(0, Vec::len);
        for header in 0..headers {
            let place = format!("{place}.clientSelectors.{index}.headers.{header}");
            parts.extend(["name", "type", "value"].map(|key| join(&place, key)));
        }
    }
    let quota = Quota {
        document,
        place: join(place, "limit.requests"),
        parts,
        whole: place.to_owned(),
        counts: Counts::Requests,
        limit: limit / cost,
        window_s,
    };
    Ok((quota, key))
}

/// Token quotas of a backend's models.
fn quotas(policy: &Value, document: usize, facts: &mut Facts) -> Vec<Limit> {
    let rows = at(policy, "spec.perModelQuotas").and_then(Value::as_array);
    let mut limits = Vec::new();
    for (index, row) in rows.into_iter().flatten().enumerate() {
        let place = format!("spec.perModelQuotas.{index}");
        let model = row["modelName"].as_str();
        let quota = &row["quota"];
        limits.extend(buckets(quota, (document, &place), model, facts));
    }
    if at(policy, "spec.serviceQuota").is_some() {
        facts.unused("spec.serviceQuota", NOT_ENFORCED);
    }
    limits
}

/// Limits of a model; only those for all requests count, with or without rules.
fn buckets(
    quota: &Value,
    (document, place): (usize, &str),
    model: Option<&str>,
    facts: &mut Facts,
) -> Vec<Limit> {
    let mut rows = Vec::new();
    if !quota["defaultBucket"].is_null() {
        rows.push((
            quota["defaultBucket"].clone(),
            "quota.defaultBucket".to_owned(),
        ));
    }
    let rules = quota["bucketRules"].as_array().into_iter().flatten();
    for (index, rule) in rules.enumerate() {
        let inner = format!("quota.bucketRules.{index}");
        let selectors = rule["clientSelectors"].as_array();
        if selectors.is_some_and(|list| !list.is_empty()) {
            facts.unused(join(place, &inner), CALLERS);
        } else if rule["shadowMode"] == true {
            facts.unused(join(place, &inner), SHADOW);
        } else {
            rows.push((rule["quota"].clone(), join(&inner, "quota")));
        }
    }
    let cost = match quota["costExpression"].as_str() {
        None => Cost::Known(Counts::Tokens),
        Some(text) => expression(text),
    };
    let counts = match cost {
        Cost::Known(counts) => counts,
        Cost::Other(what) => {
            facts.unused(place, not_modelled(&what));
            return Vec::new();
        }
    };
    let mut limits = Vec::new();
    for (bucket, inner) in rows {
        let limit = number(&bucket["limit"]);
        let window_s = seconds(&bucket["duration"]).filter(|window_s| 0.0 < *window_s);
        let (Some(limit), Some(window_s)) = (limit, window_s) else {
            facts.unused(join(place, &inner), NO_LIMIT);
            continue;
        };
        let parts = ["modelName", "quota.costExpression"].map(|key| join(place, key));
        let whole = join(place, &inner);
        let duration = join(&whole, "duration");
        limits.push(Limit {
            quota: Quota {
                document,
                place: join(&whole, "limit"),
                parts: parts.into_iter().chain([duration]).collect(),
                whole,
                counts,
                limit,
                window_s,
            },
            key: None,
            is_of_each: false,
            model: model.map_or(Named::All, |model| Named::Sent(model.to_owned())),
            objects: Vec::new(),
            rules: None,
        });
    }
    limits
}
