//! Documents of a text that affect each other, and those not taken.

use std::collections::BTreeMap;

use serde_json::Value;

use super::carried::unread;
use super::choose::{self, Chosen};
use super::container;
use super::fact::Facts;
use super::gateway;
use super::hcl;
use super::kind::{self, Kind};
use super::lines::Document;
use super::manifest::Around;
use super::patch;
use super::reading::Leftover;
use super::recording::Recordings;
use super::rules;
use super::told::told;
use super::typed;
use super::workers::{self, Workers};

/// Kinds that say something of a fleet and are not read, with the reason.
const UNREAD: [(&str, &str); 10] = [
    ("Pod", OF_DEPLOYMENT),
    ("ReplicaSet", OF_DEPLOYMENT),
    (
        "ReplicationController",
        "keeps pods as a Deployment does, and only a Deployment is read here",
    ),
    (
        "DaemonSet",
        "runs a pod on each node and is scaled by nothing, which is not modelled",
    ),
    ("Job", TO_ITS_END),
    ("CronJob", TO_ITS_END),
    ("ScaledJob", TO_ITS_END),
    (
        "HTTPScaledObject",
        "scales by the requests that a proxy of its own counts, which is not modelled",
    ),
    (
        "VerticalPodAutoscaler",
        "changes the requests of pods while they run, which is not modelled",
    ),
    (
        "PodDisruptionBudget",
        "says how many pods may go at once, and the plan writes one of its own",
    ),
];
const OF_DEPLOYMENT: &str = "is what a Deployment makes: give the Deployment, with kubectl get \
                             deployment NAME -o yaml";
const TO_ITS_END: &str = "runs pods to their end, which serve no requests";

/// Why an object of the cluster is not read, where its kind is known.
pub(super) fn unread_kind(value: &Value) -> Option<&'static str> {
    let mut kinds = UNREAD.iter();
    let found = kinds.find(|(kind, _)| value["kind"] == *kind);
    found.map(|(_, why)| *why)
}

/// Leftovers for the documents not taken.
pub(super) fn others(chosen: &Chosen, known: &[(Kind, &Document)]) -> Vec<Leftover> {
    let others = chosen.others.iter().map(|(place, why)| {
        let (kind, document) = known[*place];
        Leftover {
            place: choose::title(document, kind),
            value: None,
            ..told(document, "", why)
        }
    });
    others.collect()
}

/// Leftovers for documents of unknown kind.
pub(super) fn unknown<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Vec<Leftover> {
    let documents = documents.into_iter().flat_map(|document| {
        let why = if document.lent_to.is_some() {
            "holds values of a HelmRelease, which were read with it"
        } else if document.value["kind"] == "Kustomization" {
            "changes what stands elsewhere: kubectl kustomize DIR shows the result"
        } else if patch::is_step(&document.value) || patch::is_one(&document.value) {
            "is a patch of what stands elsewhere: read what it makes of that"
        } else if workers::is_compose(&document.value) {
            "says nothing this calculator models but the workers of a LiteLLM beside it"
        } else if let Some(title) = document.value[hcl::RESOURCE].as_str() {
            of_terraform(document, title)
        } else if document.carries {
            "carries a file that is read by itself"
        } else {
            unread_kind(&document.value).unwrap_or("says nothing this calculator models")
        };
        let whole = Leftover {
            place: kind::title(&document.value),
            value: None,
            ..told(document, "", why)
        };
        let name = document.value["metadata"]["name"].as_str();
        let parts = unread(document)
            .into_iter()
            .map(move |(place, why)| Leftover {
                object: format!(
                    "{} {}",
                    kind::title(&document.value),
                    name.unwrap_or_default()
                )
                .trim_end()
                .to_owned(),
                value: None,
                ..told(document, &place, &why)
            });
        [whole].into_iter().chain(parts)
    });
    documents.collect()
}

/// Outcome of a Terraform block.
fn of_terraform(document: &Document, title: &str) -> &'static str {
    let kind = title.split('.').next().unwrap_or_default();
    match kind {
        _ if document.carries => "makes what is read by itself",
        "variable" if document.value["default"].is_null() => {
            "is an input of the module, which has no value for it"
        }
        "variable" => "is an input of the module: its default stands where the module names it",
        "locals" => "stands where the module names its values",
        "output" | "provider" | "terraform" | "moved" | "import" | "check" | "removed"
        | "ephemeral" | "action" => "is for Terraform alone",
        _ if typed::is_switched_off(&document.value) => {
            "creates nothing: count is 0 or for_each is empty"
        }
        _ => "is of Terraform, which may make more of it: read what kubectl get -o yaml shows",
    }
}

/// Facts of other gateways' documents, read together per kind, in order.
pub(super) fn groups(
    chosen: &Chosen,
    known: &[(Kind, &Document)],
    workers: Option<&Workers>,
    asked: &[String],
) -> BTreeMap<Kind, std::vec::IntoIter<Facts>> {
    let mut groups: BTreeMap<Kind, Vec<&Value>> = BTreeMap::new();
    for place in &chosen.places {
        let (kind, document) = known[*place];
        if kind.is_gateway() {
            groups.entry(kind).or_default().push(&document.value);
        }
    }
    let groups = groups.into_iter();
    let read = |(kind, all): (Kind, Vec<&Value>)| {
        let facts = gateway::facts(kind, &all, workers, asked);
        (kind, facts.into_iter())
    };
    groups.map(read).collect()
}

/// Context for reading a document, from the other documents.
pub(super) fn around(chosen: &Chosen, known: &[(Kind, &Document)], asked: &[String]) -> Around {
    let mut taken = chosen.places.iter().map(|place| known[*place]);
    let has_autoscaler = taken
        .clone()
        .any(|(kind, _)| matches!(kind, Kind::Autoscaler | Kind::ScaledObject));
    let rules = taken.clone().filter(|(kind, _)| *kind == Kind::Rules);
    let rules = rules.map(|(_, document)| &document.value);
    let recordings = Recordings::of(rules, rules::is_known);
    let has_pool = taken.clone().any(|(kind, _)| kind == Kind::LiteLlm);
    let workload = taken.find(|(kind, _)| *kind == Kind::Deployment);
    let container = workload.and_then(|(_, workload)| {
        let (_, container) = container::of_gateway(&workload.value, asked).ok()??;
        container["name"].as_str().map(str::to_owned)
    });
    Around {
        asked: asked.to_vec(),
        container,
        has_autoscaler,
        has_pool,
        recordings,
    }
}

/// Number of the gateway's workers, from the object that starts it.
pub(super) fn workers(
    chosen: &Chosen,
    known: &[(Kind, &Document)],
    unknown: &[&Document],
    asked: &[String],
) -> Option<Workers> {
    let taken = chosen.places.iter().map(|place| known[*place]);
    let by_object = taken.filter_map(|(kind, document)| {
        let owner = match kind {
            Kind::Deployment => container::of_gateway(&document.value, asked).ok()??.1,
            Kind::HelmValues => &document.value,
            _ => return None,
        };
        Workers::of(owner, &choose::title(document, kind))
    });
    let composed = unknown.iter();
    let by_compose = composed.filter_map(|document| workers::of_compose(&document.value));
    by_object.chain(by_compose).next()
}
