//! Traffic policies of Envoy Gateway that apply to the routes of a text.
//!
//! # Source
//!
//! gateway.envoyproxy.io, "`BackendTrafficPolicy`" (1.5): a rule's policy overrides its route's,
//! that of a listener, and that of the whole gateway, in this order. It takes over settings only
//! with a `mergeType`. Of two policies for one object only one applies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::limit::BY_LABEL;
use super::scope::{Object, Rule, Scope, objects};
use super::setting::Stands;
use crate::import::fact::Facts;
use crate::scenario::property::{ATTEMPTS, CLIENT_TIMEOUT, RETRY_DELAY};

const FOREIGN: &str = "is for a route, a rule, a gateway or a listener that is not in this text";
const BEFORE: &str =
    "the policy of the route or its rule goes before it, and has no mergeType to take it over";
const NOUN: &str = "traffic policies of one route";
/// Settings that only one policy of an object can have.
const SETTINGS: [&str; 3] = ["retry", "timeout", "rateLimit"];

/// Outcome for a document.
#[derive(Clone)]
pub(super) enum Standing {
    /// Applies to these rules of routes; `None` for all.
    Holds(Option<BTreeSet<Rule>>),
    /// Does not apply, with the reason.
    Not(String),
}

impl Standing {
    /// Whether the document applies at all.
    pub(super) fn holds(&self) -> bool {
        matches!(self, Self::Holds(_))
    }
}

/// Levels of nearness to a request: gateway, listener, route, rule.
const LEVELS: usize = 4;

/// Rules that a policy applies to, by level.
struct Reach {
    document: usize,
    rules: [BTreeSet<Rule>; LEVELS],
}

impl Reach {
    fn all(&self) -> BTreeSet<Rule> {
        self.rules.iter().flatten().copied().collect()
    }
}

/// Level of an object of a policy.
fn level(object: &Object) -> usize {
    2 * usize::from(object.kind != "Gateway") + usize::from(object.section.is_some())
}

/// Outcome for each document.
///
/// # Errors
///
/// The noun and names, if nothing decides which policy of an object applies.
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
    // Nearer policies replace those farther away.
    let merges = |reach: &&Reach| all[reach.document]["spec"]["mergeType"].is_string();
    let mut nearest: BTreeMap<Rule, usize> = BTreeMap::new();
    for reach in reaches.iter().filter(|reach| !merges(reach)) {
        for (level, rules) in reach.rules.iter().enumerate() {
            for rule in rules {
                let own = nearest.entry(*rule).or_insert(level);
                *own = level.max(*own);
            }
        }
    }
    for reach in &mut reaches {
        let policy = all[reach.document];
        let is_by_label =
            objects(policy).is_empty() && !policy["spec"]["targetSelectors"].is_null();
        let is_foreign = reach.all().is_empty();
        for (level, rules) in reach.rules.iter_mut().enumerate() {
            rules.retain(|rule| nearest.get(rule).is_none_or(|nearest| *nearest <= level));
        }
        let rules = reach.all();
        standings[reach.document] = match (is_by_label, is_foreign, rules.is_empty()) {
            (true, ..) => Standing::Not(BY_LABEL.to_owned()),
            (_, true, _) => Standing::Not(FOREIGN.to_owned()),
            (.., true) => Standing::Not(BEFORE.to_owned()),
            _ => Standing::Holds(Some(rules)),
        };
    }
    reaches.retain(|reach| standings[reach.document].holds());
    decide(&reaches, all, asked, &mut standings)?;
    Ok(standings)
}

fn reach((document, policy): (usize, &Value), scopes: &[Vec<Scope>]) -> Reach {
    let objects = objects(policy);
    let mut rules = [const { BTreeSet::new() }; LEVELS];
    for scope in scopes.iter().flatten() {
        let own = objects.iter().filter(|object| scope.is_of(object));
        // A policy without an object applies to every gateway.
        let whole = objects.is_empty().then_some(0);
        if let Some(level) = own.map(level).chain(whole).max() {
            rules[level].insert(scope.rule());
        }
    }
    Reach { document, rules }
}

/// Chooses between policies that differ for one route, as the user asked.
fn decide(
    reaches: &[Reach],
    all: &[&Value],
    asked: &[String],
    standings: &mut [Standing],
) -> Result<(), (&'static str, Vec<String>)> {
    let differ = |one: &Reach, other: &Reach| {
        let mut levels = one.rules.iter().zip(&other.rules);
        let meets = levels.any(|(one, other)| !one.is_disjoint(other));
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
    // Identical policies for the same routes count as one.
    let mut left: Vec<&Reach> = Vec::new();
    let mut known = BTreeSet::new();
    for reach in reaches
        .iter()
        .filter(|reach| standings[reach.document].holds())
    {
        let spec = &all[reach.document]["spec"];
        let said = SETTINGS.map(|key| spec[key].to_string());
        if known.insert((said, &reach.rules)) {
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

/// Names by which a policy can be selected.
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

/// Chooses one value per setting among documents of one kind, independent of their order.
pub(super) fn one_for_all(kind: &str, all: &[&Value], facts: &mut [Facts]) {
    for (property, stands) in [
        (&ATTEMPTS, Stands::Smallest),
        (&CLIENT_TIMEOUT, Stands::Longest),
        (&RETRY_DELAY, Stands::Smallest),
    ] {
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
        let first = all_said.reduce(|one, other| {
            if stands.goes_before(other.0, one.0) {
                other
            } else {
                one
            }
        });
        let Some((taken, first)) = first else {
            continue;
        };
        for at in of_kind {
            let is_other = |value: f64| stands.goes_before(taken, value);
            let Some((_, path)) = said(&facts[at]).filter(|(value, _)| is_other(*value)) else {
                continue;
            };
            let own = &mut facts[at];
            own.values.retain(|fact| fact.key() != Some(property.key));
            own.understood.retain(|place| *place != path);
            own.unused(path, stands.why(&title(all[first])));
        }
    }
}
