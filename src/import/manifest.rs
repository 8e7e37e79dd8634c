//! Reads a Deployment, the API's settings and its database settings.

use serde_json::Value;

use super::container::{self, resources, slots};
use super::fact::{Facts, Of};
use super::kind::Kind;
use super::lines::join;
use super::recording::Recordings;
use super::surge::said_surge;
use super::value::{at, number};
use super::{
    autoscaler, env, helm, keda, open, pgbouncer, placeholder, postgres, rollout, rules, schema,
};
use super::{variables, workers};
use crate::scenario::property::{self, SURGE, SURGE_PODS};

/// Kubernetes' default `maxSurge`, in percent.
const SURGE_PERCENT: f64 = 25.0;
const DEFAULT: &str = "Kubernetes fills it in";
const UNKNOWN: &str = "holds a placeholder, and none of its other containers is surely the \
                       gateway's: read the rendered file";

/// Context from the other documents of a text.
pub(super) struct Around {
    /// Names selected by the user.
    pub(super) asked: Vec<String>,
    /// Gateway's container, if its Deployment is present.
    pub(super) container: Option<String>,
    /// Whether an autoscaler is present.
    pub(super) has_autoscaler: bool,
    /// Whether a configuration with a pool per worker is present.
    pub(super) has_pool: bool,
    /// The series that rules of the text record.
    pub(super) recordings: Recordings,
}

/// Facts of a document of this kind.
pub(super) fn facts(document: &Value, kind: Kind, around: &Around) -> Facts {
    let mut facts = Facts::default();
    let asked = &around.asked;
    let container = around.container.as_deref();
    let read = schema::as_read(document);
    let document = &*read;
    match kind {
        Kind::Autoscaler => autoscaler::facts(document, container, &mut facts),
        Kind::ScaledObject => keda::facts(document, container, &mut facts),
        Kind::Deployment => deployment(document, around, &mut facts),
        Kind::Settings => variables::facts(document, "data", &mut facts),
        Kind::Variables => variables::facts(document, env::NAME, &mut facts),
        Kind::Database => database(document, &mut facts),
        Kind::HelmValues => {
            helm::facts(document, asked, &mut facts);
            workers::account(document, "", around.has_pool, &mut facts);
        }
        Kind::Rules => rules::facts(document, &around.recordings, &mut facts),
        Kind::PgBouncer => pgbouncer::facts(document, &mut facts),
        Kind::Postgres => postgres::facts(document, &mut facts),
        _ => {}
    }
    open::settle(document, &mut facts);
    facts
}

fn database(document: &Value, facts: &mut Facts) {
    let place = "database.max_connections";
    match at(document, place).map(number) {
        Some(Some(value)) => facts.number(place.to_owned(), &property::MAX_CONNECTIONS, value),
        Some(None) => facts.refused(place, &property::MAX_CONNECTIONS),
        None => {}
    }
}

fn deployment(document: &Value, around: &Around, facts: &mut Facts) {
    if at(document, "spec.replicas").is_some() {
        let why = if around.has_autoscaler {
            "the autoscaler decides the replicas"
        } else {
            "counts only where no autoscaler scales it: for a fixed fleet set minimum and \
             maximum alike"
        };
        facts.unused("spec.replicas", why);
    }
    surge(document, facts);
    let pod = "spec.template.spec";
    let containers = "spec.template.spec.containers";
    if let Some(lender) = rollout::missing(document) {
        let why = format!("describes its pods in {lender}, which is not in this text");
        facts.unused(rollout::REFERENCE, why);
        return;
    }
    if document["kind"] == "Rollout" {
        let parts = ["apiVersion", "kind", "name"];
        facts
            .understood
            .extend(parts.map(|key| join(rollout::REFERENCE, key)));
    }
    let (index, container) = match container::of_gateway(document, &around.asked) {
        Ok(Some(found)) => found,
        Ok(None) => {
            // One that nobody knows is told with its place.
            if open::of(document, containers).is_none() {
                facts.unused(containers, "there is no container");
            } else {
                facts.unused(containers, UNKNOWN);
            }
            return;
        }
        Err(names) => {
            facts.ask = Some(("containers", names));
            return;
        }
    };
    let path = format!("{containers}.{index}");
    let own = join(&path, "resources");
    let whole = &document["spec"]["template"]["spec"]["resources"];
    let is_said = ["requests", "limits"]
        .iter()
        .any(|key| !whole[*key].is_null());
    // What nobody knows of the whole pod may count as well.
    if is_said || whole.is_string() {
        resources(whole, &join(pod, "resources"), facts);
        if container["resources"].is_object() {
            facts.unused(own, "the resources of the whole pod count");
        }
    } else {
        resources(&container["resources"], &own, facts);
    }
    slots(container, &path, facts);
    workers::account(container, &path, around.has_pool, facts);
}

/// Reads the pods an update adds: a share, a number, or none if all stop first.
fn surge(document: &Value, facts: &mut Facts) {
    let place = "spec.strategy.rollingUpdate.maxSurge";
    if at(document, "spec.strategy.type").is_some_and(|kind| kind == "Recreate") {
        let place = "spec.strategy.type".to_owned();
        facts.noted(
            place,
            &SURGE,
            0.0,
            "Recreate: all pods stop before new ones start",
        );
        facts.filled(
            place_of_surge(),
            &SURGE_PODS,
            None,
            "there is no rolling update",
        );
        return;
    }
    if document["kind"] == "StatefulSet" {
        let why = "a StatefulSet replaces its pods one by one";
        facts.filled("spec.updateStrategy", &SURGE, Some(0.0), why);
        facts.filled("spec.updateStrategy", &SURGE_PODS, None, why);
        return;
    }
    if at(document, "spec.strategy.blueGreen").is_some() {
        let place = "spec.strategy.blueGreen";
        facts.filled(
            place,
            &SURGE,
            Some(100.0),
            "blueGreen starts a second fleet",
        );
        facts.filled(place, &SURGE_PODS, None, "the share holds");
        return;
    }
    let is_canary = at(document, "spec.strategy.canary").is_some();
    let (place, default) = if is_canary {
        ("spec.strategy.canary.maxSurge", "Argo Rollouts fills it in")
    } else {
        (place, DEFAULT)
    };
    let Some(value) = at(document, place).filter(|value| !value.is_null()) else {
        let kind = "spec.strategy.type";
        let said = at(document, kind).unwrap_or(&Value::Null);
        if placeholder::holds_placeholder(said) {
            facts.unread(kind, Of::Number(&SURGE), placeholder::GAP);
            return;
        }
        facts.filled(place, &SURGE, Some(SURGE_PERCENT), default);
        facts.filled(place, &SURGE_PODS, None, "the share holds");
        return;
    };
    said_surge(value, place, true, facts);
}

fn place_of_surge() -> &'static str {
    "spec.strategy.rollingUpdate"
}
