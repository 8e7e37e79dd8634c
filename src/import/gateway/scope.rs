//! What a target of Envoy is reached by, and the objects that a policy is for.

use serde_json::Value;

use crate::import::target::Target;
use crate::import::value::at;

/// The namespace of an object and its name.
pub(super) type Name = (Option<String>, String);

/// The name of an object that another one refers to: without a namespace it is in the same one.
pub(super) fn referred(reference: &Value, owner: &Value) -> Name {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let own = text(&reference["namespace"]);
    let namespace = own.or_else(|| text(&owner["metadata"]["namespace"]));
    (namespace, text(&reference["name"]).unwrap_or_default())
}

/// Whether two names may be of one object: a text may leave the namespace to the command.
pub(super) fn is_same(one: &Name, other: &Name) -> bool {
    let is_namespace = match (&one.0, &other.0) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    is_namespace && one.1 == other.1
}

/// The rule of a route: the document of the route, and the place of the rule in it.
pub(super) type Rule = (usize, usize);

/// An object that a policy is for.
#[derive(Clone)]
pub(super) struct Object {
    pub(super) kind: String,
    name: Name,
    /// The listener of a gateway, or the rule of a route, that the policy is for alone.
    pub(super) section: Option<String>,
}

/// What a target is reached by.
pub(super) struct Scope {
    /// The document of its route.
    pub(super) document: usize,
    /// Its rule there.
    rule: usize,
    rule_name: Option<String>,
    route: Name,
    /// Its gateways, each with the listener that the route names.
    gateways: Vec<(Name, Option<String>)>,
    backend: Name,
    /// The models that callers ask for.
    pub(super) models: Vec<String>,
    /// The model that the backend is asked for.
    pub(super) sent: Option<String>,
}

impl Scope {
    /// Of a target of a route.
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

    /// The rule that its target stands in.
    pub(super) fn rule(&self) -> Rule {
        (self.document, self.rule)
    }

    /// Whether an object is one that it is reached by.
    pub(super) fn is_of(&self, object: &Object) -> bool {
        let Object {
            kind,
            name,
            section,
        } = object;
        match kind.as_str() {
            "Gateway" => {
                // A route that names no listener is at each.
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

/// The references of a policy with their places.
pub(super) fn references(policy: &Value) -> Vec<(String, &Value)> {
    let many = at(policy, "spec.targetRefs").and_then(Value::as_array);
    let many = many.into_iter().flatten().enumerate();
    let many = many.map(|(index, one)| (format!("spec.targetRefs.{index}"), one));
    let one = at(policy, "spec.targetRef").map(|one| ("spec.targetRef".to_owned(), one));
    one.into_iter().chain(many).collect()
}

/// The objects that a policy is for.
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

/// The part of an object that a reference names.
fn section(reference: &Value) -> Option<String> {
    reference["sectionName"].as_str().map(str::to_owned)
}
