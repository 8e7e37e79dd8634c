//! Route, rule and models of an Envoy target, and the objects of a policy.

use serde_json::Value;

use crate::import::target::Target;
use crate::import::value::at;

/// Namespace and name of an object.
pub(super) type Name = (Option<String>, String);

/// Name in a reference; the default namespace is the owner's.
pub(super) fn referred(reference: &Value, owner: &Value) -> Name {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let own = text(&reference["namespace"]);
    let namespace = own.or_else(|| text(&owner["metadata"]["namespace"]));
    (namespace, text(&reference["name"]).unwrap_or_default())
}

/// Whether two names may refer to one object: a namespace may be left to the command.
pub(super) fn is_same(one: &Name, other: &Name) -> bool {
    let is_namespace = match (&one.0, &other.0) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    is_namespace && one.1 == other.1
}

/// Rule of a route: index of the document, and of the rule in it.
pub(super) type Rule = (usize, usize);

/// Object that a policy applies to.
#[derive(Clone)]
pub(super) struct Object {
    pub(super) kind: String,
    name: Name,
    /// Listener or rule the policy is restricted to.
    pub(super) section: Option<String>,
}

/// Route, rule, gateways and models of a target.
pub(super) struct Scope {
    /// Document of the route.
    pub(super) document: usize,
    /// Rule in the route.
    rule: usize,
    rule_name: Option<String>,
    route: Name,
    /// Gateways of the route, each with the listener it names.
    gateways: Vec<(Name, Option<String>)>,
    backend: Name,
    /// Models that callers ask for.
    pub(super) models: Vec<String>,
    /// Model requested from the backend.
    pub(super) sent: Option<String>,
}

impl Scope {
    /// Scope of a route's target.
    pub(super) fn of(
        (document, route): (usize, &Value),
        (backend, models): (&Value, Vec<String>),
        target: &Target,
    ) -> Self {
        let parents = ["spec.parentRefs", "spec.targetRefs"].iter();
        let parents = parents.filter_map(|place| at(route, place)?.as_array());
        let gateways = parents.flatten();
        let rule = target.group;
        let name = &route["spec"]["rules"][rule]["name"];
        Self {
            document,
            rule,
            rule_name: name.as_str().map(str::to_owned),
            route: referred(&route["metadata"], route),
            gateways: gateways
                .map(|one| (referred(one, route), section(one)))
                .collect(),
            backend: referred(backend, route),
            models,
            sent: target.model.clone(),
        }
    }

    /// Rule of the target.
    pub(super) fn rule(&self) -> Rule {
        (self.document, self.rule)
    }

    /// Whether the target is reached through an object.
    pub(super) fn is_of(&self, object: &Object) -> bool {
        let Object {
            kind,
            name,
            section,
        } = object;
        match kind.as_str() {
            "Gateway" => {
                // A route without a listener is attached to all of them.
                let is_its = |(gateway, listener): &(Name, Option<String>)| {
                    let is_listener = match (section, listener) {
                        (Some(wanted), Some(own)) => wanted == own,
                        _ => true,
                    };
                    is_same(gateway, name) && is_listener
                };
                self.gateways.is_empty() || self.gateways.iter().any(is_its)
            }
            "HTTPRoute" | "AIGatewayRoute" => {
                let is_rule = section.is_none() || *section == self.rule_name;
                is_same(&self.route, name) && is_rule
            }
            "AIServiceBackend" => is_same(&self.backend, name),
            _ => false,
        }
    }
}

/// References of a policy, with their places.
pub(super) fn references(policy: &Value) -> Vec<(String, &Value)> {
    let many = at(policy, "spec.targetRefs").and_then(Value::as_array);
    let many = many.into_iter().flatten().enumerate();
    let many = many.map(|(index, one)| (format!("spec.targetRefs.{index}"), one));
    let one = at(policy, "spec.targetRef").map(|one| ("spec.targetRef".to_owned(), one));
    one.into_iter().chain(many).collect()
}

/// Objects that a policy applies to.
pub(super) fn objects(policy: &Value) -> Vec<Object> {
    let references = references(policy).into_iter();
    references
        .map(|(_, object)| Object {
            kind: object["kind"].as_str().unwrap_or_default().to_owned(),
            name: referred(object, policy),
            section: section(object),
        })
        .collect()
}

/// Section named by a reference.
fn section(reference: &Value) -> Option<String> {
    reference["sectionName"].as_str().map(str::to_owned)
}
