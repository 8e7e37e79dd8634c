//! Which traffic policies of Envoy Gateway hold for the routes of a text.
//!
//! # Source
//!
//! gateway.envoyproxy.io, "`BackendTrafficPolicy`" (1.5): the policy of a route goes before that of
//! its gateway, and takes it over only where it has a `mergeType`; of two for one object one holds.

use std::collections::BTreeSet;

use serde_json::Value;

use super::limit::{BY_LABEL, Name, Scope, objects};
use super::setting::SMALLEST;
use crate::import::fact::Facts;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT, RETRY_DELAY};

const FOREIGN: &str = "is for a route or a gateway that is not in this text";
const BEFORE: &str = "the policy of the route goes before it, and has no mergeType to take it over";
const NOUN: &str = "traffic policies of one route";
/// Settings of which one policy of an object can hold.
const SETTINGS: [&str; 3] = ["retry", "timeout", "rateLimit"];

/// What becomes of a document.
#[derive(Clone)]
pub(super) enum Standing {
    /// It holds for the routes in these documents; without a list for all.
    Holds(Option<BTreeSet<usize>>),
    /// It does not, and why.
    Not(String),
}

impl Standing {
    /// Whether it counts at all.
    pub(super) fn holds(&self) -> bool {
        matches!(self, Self::Holds(_))
    }
}

/// The documents with the routes that a policy is for: by themselves, and by their gateway.
struct Reach {
    document: usize,
    near: BTreeSet<usize>,
    far: BTreeSet<usize>,
}

/// What becomes of each document.
///
/// # Errors
///
/// The noun and the names where nothing decides which policy of an object holds.
pub(super) fn standings(
    all: &[&Value],
    scopes: &[Vec<Scope>],
    asked: &[String],
) -> Result<Vec<Standing>, (&'static str, Vec<String>)> {
    let mut standings = vec![Standing::Holds(None); all.len()];
    if scopes.iter().all(Vec::is_empty) {
        return Ok(standings);
    }
    let policies = all.iter().enumerate();
    let policies = policies.filter(|(_, one)| one["kind"] == "BackendTrafficPolicy");
    let mut reaches: Vec<Reach> = policies
        .map(|(document, policy)| reach((document, policy), scopes))
        .collect();
    // What a route has itself replaces what its gateway has.
    let merges = |reach: &&Reach| all[reach.document]["spec"]["mergeType"].is_string();
    let own = reaches.iter().filter(|reach| !merges(reach));
    let own: BTreeSet<usize> = own.flat_map(|reach| reach.near.iter().copied()).collect();
    for reach in &mut reaches {
        let policy = all[reach.document];
        let is_by_label =
            objects(policy).is_empty() && !policy["spec"]["targetSelectors"].is_null();
        let is_foreign = reach.near.is_empty() && reach.far.is_empty();
        reach.far.retain(|route| !own.contains(route));
        let routes: BTreeSet<usize> = reach.near.union(&reach.far).copied().collect();
        standings[reach.document] = match (is_by_label, is_foreign, routes.is_empty()) {
            (true, ..) => Standing::Not(BY_LABEL.to_owned()),
            (_, true, _) => Standing::Not(FOREIGN.to_owned()),
            (.., true) => Standing::Not(BEFORE.to_owned()),
            _ => Standing::Holds(Some(routes)),
        };
    }
    reaches.retain(|reach| standings[reach.document].holds());
    decide(&reaches, all, asked, &mut standings)?;
    Ok(standings)
}

fn reach((document, policy): (usize, &Value), scopes: &[Vec<Scope>]) -> Reach {
    let objects = objects(policy);
    let of = |is_wanted: &dyn Fn(&(String, Name)) -> bool| -> BTreeSet<usize> {
        let all = scopes.iter().flatten();
        let is_its = |scope: &&Scope| {
            let mut wanted = objects.iter().filter(|object| is_wanted(object));
            wanted.any(|object| scope.is_of(object))
        };
        all.filter(is_its).map(|scope| scope.document).collect()
    };
    let all = || {
        scopes
            .iter()
            .flatten()
            .map(|scope| scope.document)
            .collect()
    };
    Reach {
        document,
        near: of(&|(kind, _)| kind != "Gateway"),
        far: if objects.is_empty() {
            all()
        } else {
            of(&|(kind, _)| kind == "Gateway")
        },
    }
}

/// Of two policies that say different things of one route the reader's holds.
fn decide(
    reaches: &[Reach],
    all: &[&Value],
    asked: &[String],
    standings: &mut [Standing],
) -> Result<(), (&'static str, Vec<String>)> {
    let differ = |one: &Reach, other: &Reach| {
        let meets = !one.near.is_disjoint(&other.near) || !one.far.is_disjoint(&other.far);
        let [one, other] = [one, other].map(|reach| &all[reach.document]["spec"]);
        let mut settings = SETTINGS.iter().map(|key| (&one[*key], &other[*key]));
        meets && settings.any(|(one, other)| !one.is_null() && !other.is_null() && one != other)
    };
    let is_asked = |reach: &&Reach| {
        let names = names(all[reach.document]);
        asked.iter().any(|name| names.contains(name))
    };
    for wanted in reaches.iter().filter(is_asked) {
        let title = title(all[wanted.document]);
        let others = reaches
            .iter()
            .filter(|other| !is_asked(other) && differ(wanted, other));
        for other in others {
            let why =
                format!("is another one than {title}, which was taken; ask for it by its name");
            standings[other.document] = Standing::Not(why);
        }
    }
    // Many that say the same of the same routes are one.
    let mut left: Vec<&Reach> = Vec::new();
    let mut known = BTreeSet::new();
    for reach in reaches
        .iter()
        .filter(|reach| standings[reach.document].holds())
    {
        let spec = &all[reach.document]["spec"];
        let said = SETTINGS.map(|key| spec[key].to_string());
        if known.insert((said, &reach.near, &reach.far)) {
            left.push(reach);
        }
    }
    let is_open = |reach: &&&Reach| {
        let mut others = left.iter().filter(|other| other.document != reach.document);
        others.any(|other| differ(reach, other))
    };
    let open = left.iter().filter(is_open);
    let open: Vec<&Value> = open.map(|one| all[one.document]).collect();
    if open.is_empty() {
        return Ok(());
    }
    let short: BTreeSet<String> = open
        .iter()
        .filter_map(|one| names(one).first().cloned())
        .collect();
    let is_told_apart = short.len() == open.len();
    let name = |policy: &&Value| {
        let names = names(policy);
        let name = if is_told_apart {
            names.first()
        } else {
            names.last()
        };
        name.cloned().unwrap_or_default()
    };
    let mut names: Vec<String> = open.iter().map(name).collect();
    names.sort();
    Err((NOUN, names))
}

/// The names that a policy can be asked for by.
fn names(policy: &Value) -> Vec<String> {
    let name = policy["metadata"]["name"].as_str().unwrap_or_default();
    let mut names = vec![name.to_owned(), title(policy).replace(' ', "/")];
    if let Some(namespace) = policy["metadata"]["namespace"].as_str() {
        names.push(format!("{namespace}/{name}"));
    }
    names
}

fn title(document: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (kind, name) = (text(&document["kind"]), text(&document["metadata"]["name"]));
    format!("{kind} {name}").trim().to_owned()
}

/// Of several documents of one kind the smallest of each setting is taken, whatever their order.
pub(super) fn least(kind: &str, all: &[&Value], facts: &mut [Facts]) {
    for property in [&ATTEMPTS, &CLIENT_TIMEOUT, &RETRY_DELAY] {
        let said = |facts: &Facts| {
            let mut own = facts.values.iter();
            let own = own.find(|fact| fact.key() == Some(property.key) && fact.because.is_none());
            own.and_then(|fact| Some((fact.number()?, fact.path.clone())))
        };
        let of_kind: Vec<usize> = (0..all.len())
            .filter(|at| all[*at]["kind"] == kind)
            .collect();
        let all_said = of_kind
            .iter()
            .filter_map(|at| Some((said(&facts[*at])?.0, *at)));
        let first = all_said.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let Some((least, first)) = first else {
            continue;
        };
        for at in of_kind {
            let Some((_, path)) = said(&facts[at]).filter(|(value, _)| least < *value) else {
                continue;
            };
            let own = &mut facts[at];
            own.values.retain(|fact| fact.key() != Some(property.key));
            own.understood.retain(|place| *place != path);
            let title = title(all[first]);
            let why = format!("is more than {title} has, and {SMALLEST}");
            own.unused(path, why);
        }
    }
}
