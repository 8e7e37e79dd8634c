//! Chooses the gateway among several objects, independent of their order.

use std::collections::BTreeSet;

use serde_json::Value;

use super::kind::Kind;
use super::lines::Document;
use super::placeholder::{is_placeholder, may_be};
use super::reading::Unreadable;
use super::score::{SURE, name_score, workload_score};

/// Prefix of the generated name of an unnamed object.
const LINE: &str = "line ";

/// Document with its kind and names.
struct Item {
    place: usize,
    kind: Kind,
    title: String,
    /// Own name, with and without namespace and kind.
    names: Vec<String>,
    /// Name and kind of the workload scaled by an autoscaler.
    target: Option<String>,
    target_kind: Option<String>,
    object: Option<String>,
    /// API group of the object or its target.
    group: Option<String>,
    namespace: Option<String>,
    /// `ScaledObject` that KEDA made the object from.
    maker: Option<String>,
    score: i32,
}

/// Documents to read, by place.
pub(super) struct Chosen {
    /// Documents of the gateway.
    pub(super) places: Vec<usize>,
    /// Documents not taken, with the reason.
    pub(super) others: Vec<(usize, String)>,
}

/// Chooses among documents of one kind.
///
/// # Errors
///
/// The candidate names, if nothing decides.
pub(super) fn choose(
    documents: &[(Kind, &Document)],
    asked: &[String],
) -> Result<Chosen, Unreadable> {
    let items = documents.iter().enumerate();
    let items: Vec<Item> = items
        .map(|(place, (kind, document))| item(place, *kind, document))
        .collect();
    let mut chosen = Chosen {
        places: Vec::new(),
        others: Vec::new(),
    };
    let of = |wanted: &dyn Fn(Kind) -> bool| -> Vec<&Item> {
        items.iter().filter(|item| wanted(item.kind)).collect()
    };
    let is_scaler = |kind| matches!(kind, Kind::Autoscaler | Kind::ScaledObject);
    let workloads = chosen.without_lent(of(&|kind| kind == Kind::Deployment), documents);
    let is_made = |item: &&Item| item.is_made(&items) && !item.is_asked(asked);
    let scalers = of(&is_scaler).into_iter();
    let (made, scalers): (Vec<&Item>, Vec<&Item>) = scalers.partition(is_made);
    chosen.others.extend(made.iter().map(|item| {
        let maker = item.maker.as_deref().unwrap_or_default();
        let why = format!("is the one that KEDA makes from ScaledObject {maker}, which was read");
        (item.place, why)
    }));
    let workload = workload(&workloads, &scalers, asked, documents)?;
    chosen.put(&workloads, workload);
    let (its, foreign) = its_scalers(&scalers, workload, asked);
    let scaler = only(&best(its), "autoscalers", documents)?;
    let is_foreign = |item: &Item| foreign.iter().any(|other| other.place == item.place);
    let its = scalers.iter().copied().filter(|one| !is_foreign(one));
    let its: Vec<&Item> = its.collect();
    chosen.put(&its, scaler);
    for item in foreign {
        let kind = item.target_kind.as_deref().unwrap_or("workload");
        let space = item.namespace.as_ref();
        let space = space.map_or_else(String::new, |space| format!(" in {space}"));
        let why = format!(
            "is another one: it scales {} ({kind}{space}), and not {}",
            item.target.as_deref().unwrap_or_default(),
            workload.map_or("", |workload| &*workload.title)
        );
        chosen.others.push((item.place, why));
    }
    let mut rest: Vec<Kind> = items.iter().map(|item| item.kind).collect();
    rest.sort_unstable();
    rest.dedup();
    for kind in rest {
        if kind == Kind::Deployment || is_scaler(kind) {
            continue;
        }
        let same = of(&|other| other == kind);
        if kind.is_whole() {
            let one = only(&best(named(same.clone(), asked)), kind.names(), documents)?;
            chosen.put(&same, one);
        } else {
            chosen.places.extend(same.iter().map(|item| item.place));
        }
    }
    chosen.places.sort_unstable();
    Ok(chosen)
}

/// All names by which an object of the text can be selected.
pub(super) fn names(documents: &[(Kind, &Document)]) -> Vec<String> {
    let items = documents.iter().enumerate();
    let mut names: Vec<String> = items
        .flat_map(|(place, (kind, document))| {
            let item = item(place, *kind, document);
            item.names.into_iter().chain(item.target)
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

impl Chosen {
    /// Removes workloads whose pods another workload runs.
    fn without_lent<'a>(
        &mut self,
        workloads: Vec<&'a Item>,
        documents: &[(Kind, &Document)],
    ) -> Vec<&'a Item> {
        let mut own = Vec::new();
        for item in workloads {
            match &documents[item.place].1.lent_to {
                Some(rollout) => {
                    let why =
                        format!("describes the pods of {rollout}, which runs them in its own way");
                    self.others.push((item.place, why));
                }
                None => own.push(item),
            }
        }
        own
    }

    fn put(&mut self, among: &[&Item], one: Option<&Item>) {
        for item in among {
            match one {
                Some(one) if one.place == item.place => self.places.push(item.place),
                Some(one) => {
                    let taken = &one.title;
                    let why = "which was taken; ask for it by its name";
                    let why = format!("is another one than {taken}, {why}");
                    self.others.push((item.place, why));
                }
                None => {}
            }
        }
    }
}

/// Gateway's Deployment: the selected, likeliest or scaled one.
fn workload<'a>(
    workloads: &[&'a Item],
    scalers: &[&Item],
    asked: &[String],
    documents: &[(Kind, &Document)],
) -> Result<Option<&'a Item>, Unreadable> {
    let mut left = named(workloads.to_vec(), asked);
    let scaled = |item: &&Item, scalers: &[&Item]| {
        let mut scalers = scalers.iter().filter(|scaler| scaler.target.is_some());
        scalers.any(|scaler| scaler.scales(item))
    };
    // A selected autoscaler implies its Deployment.
    let wanted: Vec<&Item> = scalers
        .iter()
        .copied()
        .filter(|one| one.is_asked(asked))
        .collect();
    left = narrowed(left, |item| scaled(item, &wanted));
    left = best(left);
    left = narrowed(left, |item| scaled(item, scalers));
    only(&left, "Deployments", documents)
}

/// Autoscalers that may scale the Deployment, and those that scale something else. An autoscaler's
/// target matters more than its name.
fn its_scalers<'a>(
    scalers: &[&'a Item],
    workload: Option<&Item>,
    asked: &[String],
) -> (Vec<&'a Item>, Vec<&'a Item>) {
    let Some(workload) = workload.filter(|workload| workload.has_name()) else {
        let targets = scalers.iter().copied().filter(|item| item.targets(asked));
        let targets: Vec<&Item> = targets.collect();
        let own = if targets.is_empty() {
            scalers.to_vec()
        } else {
            targets
        };
        return (named(own, asked), Vec::new());
    };
    let (its, foreign): (Vec<&Item>, Vec<&Item>) = scalers
        .iter()
        .copied()
        .partition(|item| item.scales(workload));
    if its.is_empty() && !workload.is_asked(asked) {
        // A selected autoscaler is kept whatever it scales.
        let (its, foreign) = foreign.into_iter().partition(|item| item.is_asked(asked));
        return (its, foreign);
    }
    let left = named(its.clone(), asked);
    (left, foreign)
}

impl Item {
    fn is_asked(&self, asked: &[String]) -> bool {
        asked.iter().any(|name| self.names.contains(name))
    }

    /// Whether the object's source is present as well.
    fn is_made(&self, items: &[Self]) -> bool {
        let is_it = |maker: &String, item: &Self| {
            item.kind == Kind::ScaledObject && item.names.contains(maker)
        };
        let maker = self.maker.as_ref();
        maker.is_some_and(|maker| items.iter().any(|item| is_it(maker, item)))
    }

    /// Whether the object has a name, not only a line number.
    fn has_name(&self) -> bool {
        self.object.is_some() && self.names.iter().any(|name| !name.starts_with(LINE))
    }

    /// Whether this autoscaler may scale the workload, as any without a target may.
    fn scales(&self, workload: &Self) -> bool {
        let is_kind = match (&self.target_kind, &workload.object) {
            (Some(wanted), Some(kind)) => wanted == kind || is_placeholder(wanted),
            _ => true,
        };
        let is_alike = |own: &Option<String>, other: &Option<String>| match (own, other) {
            (Some(own), Some(other)) => own == other || may_be(own, other),
            _ => true,
        };
        let is_there = is_alike(&self.group, &workload.group)
            && is_alike(&self.namespace, &workload.namespace);
        let target = self.target.as_ref();
        let is_its = |target: &String| {
            let mut names = workload.names.iter();
            let is_named = names.clone().any(|name| !name.starts_with(LINE));
            workload.names.contains(target) || is_named && names.any(|name| may_be(target, name))
        };
        is_kind && is_there && target.is_none_or(is_its)
    }

    fn targets(&self, asked: &[String]) -> bool {
        let target = self.target.as_ref();
        target.is_some_and(|target| asked.contains(target))
    }
}

/// Objects selected by name, or all if none was.
fn named<'a>(items: Vec<&'a Item>, asked: &[String]) -> Vec<&'a Item> {
    narrowed(items, |item| item.is_asked(asked))
}

/// Items that match, or all if none does.
fn narrowed<'a>(items: Vec<&'a Item>, holds: impl Fn(&&'a Item) -> bool) -> Vec<&'a Item> {
    let kept: Vec<&Item> = items.iter().copied().filter(|item| holds(item)).collect();
    if kept.is_empty() { items } else { kept }
}

fn best(items: Vec<&Item>) -> Vec<&Item> {
    let most = items.iter().map(|item| item.score).max();
    let kept = items.into_iter().filter(|item| Some(item.score) == most);
    kept.collect()
}

/// Only candidate, or the first of equivalent ones.
fn only<'a>(
    items: &[&'a Item],
    noun: &'static str,
    documents: &[(Kind, &Document)],
) -> Result<Option<&'a Item>, Unreadable> {
    let Some(first) = items.first().copied() else {
        return Ok(None);
    };
    let says = |item: &Item| &documents[item.place].1.value;
    if items.iter().all(|item| says(item) == says(first)) {
        return Ok(Some(first));
    }
    let short: Vec<&String> = items.iter().filter_map(|item| item.names.first()).collect();
    let apart: BTreeSet<&String> = short.iter().copied().collect();
    let is_told_apart = apart.len() == short.len();
    let name = |item: &&Item| match item.names.as_slice() {
        [] => item.title.clone(),
        [first, ..] if is_told_apart => first.clone(),
        [.., last] => last.clone(),
    };
    let mut names: Vec<String> = items.iter().map(name).collect();
    names.sort();
    Err(Unreadable::Several(noun, names))
}

fn item(place: usize, kind: Kind, document: &Document) -> Item {
    let value = &document.value;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let name = own_name(document).map(str::to_owned);
    let object = value["kind"].as_str();
    let namespace = value["metadata"]["namespace"].as_str();
    let mut names = Vec::new();
    if let Some(name) = &name {
        names.push(name.clone());
        names.extend(namespace.map(|namespace| format!("{namespace}/{name}")));
        names.extend(object.map(|object| format!("{object}/{name}")));
        if let (Some(object), Some(namespace)) = (object, namespace) {
            names.push(format!("{object}/{namespace}/{name}"));
        }
        let key = document.carrier.as_ref().map(|(_, key)| key);
        names.extend(key.map(|key| format!("{name}/{key}")));
    } else if let Some(line) = document.lines.at("") {
        names.push(format!("{LINE}{line}"));
    }
    let target = text(&value["spec"]["scaleTargetRef"]["name"]);
    let scaled = &value["spec"]["scaleTargetRef"];
    // KEDA's default is a Deployment.
    let usual = (kind == Kind::ScaledObject).then(|| "Deployment".to_owned());
    let target_kind = text(&scaled["kind"]).or(usual);
    let version = match kind {
        Kind::Deployment => &value["apiVersion"],
        _ => &scaled["apiVersion"],
    };
    let by_name = name.as_deref().map_or(0, name_score);
    // The name of a carried chart or file may say more than its carrier's.
    let key = document.carrier.as_ref().map(|(_, key)| name_score(key));
    // Between two files in one object a weak word does not decide.
    let key = key.map(|key| if (1..SURE).contains(&key) { 0 } else { key });
    let by_name = match key {
        Some(key) if key < 0 || by_name <= 0 => key,
        Some(key) => key.max(by_name),
        None => by_name,
    };
    let score = match kind {
        Kind::Deployment => workload_score(value, by_name),
        Kind::Autoscaler | Kind::ScaledObject => {
            by_name.max(target.as_deref().map_or(i32::MIN, name_score))
        }
        _ => by_name,
    };
    Item {
        place,
        kind,
        title: title(document, kind),
        names,
        target,
        target_kind,
        object: object.map(str::to_owned),
        group: version.as_str().and_then(group),
        namespace: namespace.map(str::to_owned),
        maker: maker(value),
        score,
    }
}

fn maker(value: &Value) -> Option<String> {
    let owners = value["metadata"]["ownerReferences"].as_array()?;
    let owner = owners
        .iter()
        .find(|owner| owner["kind"] == "ScaledObject")?;
    owner["name"].as_str().map(str::to_owned)
}

/// API group of a version, such as `apps` of `apps/v1`; the former group of Deployments counts too.
fn group(version: &str) -> Option<String> {
    let (group, _) = version.split_once('/')?;
    Some(if group == "extensions" { "apps" } else { group }.to_owned())
}

/// Name of the object, or of the `ConfigMap` that carries it.
fn own_name(document: &Document) -> Option<&str> {
    let value = &document.value;
    let name = value["metadata"]["name"].as_str();
    let name = name.or(value["pack"]["name"].as_str());
    let name = name.or_else(|| value["name"].as_str().filter(|name| !name.is_empty()));
    name.or(document.carrier.as_ref().map(|(carrier, _)| &**carrier))
}

/// Title of a document in a list.
pub(super) fn title(document: &Document, kind: Kind) -> String {
    let noun = document.value["kind"].as_str().unwrap_or(kind.name());
    let ends = [".yaml", ".yml", ".json", ".ini", ".conf"];
    let is_file = |key: &str| ends.iter().any(|end| key.ends_with(end));
    let carrier = document.carrier.as_ref().filter(|(_, key)| is_file(key));
    match (own_name(document), carrier) {
        // Files in one object are distinguished by key.
        (Some(name), Some((carrier, key))) if name == carrier => format!("{noun} {name}/{key}"),
        (Some(name), _) => format!("{noun} {name}"),
        (None, _) => noun.to_owned(),
    }
}
