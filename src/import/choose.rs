//! Which of several objects is the gateway's. Nothing here depends on their order.

use serde_json::Value;

use super::kind::Kind;
use super::lines::Document;
use super::reading::Unreadable;
use super::score::{container_score, name_score, workload_score};

/// A document with its kind, and the names that lead to it.
struct Item {
    place: usize,
    kind: Kind,
    title: String,
    /// Its own name, with and without namespace and kind.
    names: Vec<String>,
    /// The workload that an autoscaler scales.
    target: Option<String>,
    score: i32,
}

/// The documents to read, by place.
pub(super) struct Chosen {
    /// Those that are the gateway's.
    pub(super) places: Vec<usize>,
    /// Those that another one was taken for, with its title.
    pub(super) others: Vec<(usize, String)>,
}

/// Chooses among documents of the same kind.
///
/// # Errors
///
/// The names where nothing decides.
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
    let workloads = of(&|kind| kind == Kind::Deployment);
    let scalers = of(&is_scaler);
    let workload = workload(&workloads, &scalers, asked, documents)?;
    chosen.put(&workloads, workload);
    let scaler = scaler(&scalers, &workloads, workload, asked, documents)?;
    chosen.put(&scalers, scaler);
    let mut rest: Vec<Kind> = items.iter().map(|item| item.kind).collect();
    rest.sort_unstable();
    rest.dedup();
    for kind in rest {
        if kind == Kind::Deployment || is_scaler(kind) {
            continue;
        }
        let same = of(&|other| other == kind);
        if kind.is_gateway() || kind == Kind::Rules {
            chosen.places.extend(same.iter().map(|item| item.place));
        } else {
            let one = only(&best(named(same.clone(), asked)), kind.name(), documents)?;
            chosen.put(&same, one);
        }
    }
    chosen.places.sort_unstable();
    Ok(chosen)
}

/// Every name that an object of the text can be asked for by.
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
    fn put(&mut self, among: &[&Item], one: Option<&Item>) {
        for item in among {
            match one {
                Some(one) if one.place == item.place => self.places.push(item.place),
                Some(one) => self.others.push((item.place, one.title.clone())),
                None => {}
            }
        }
    }
}

/// The gateway's Deployment: the one asked for, the likeliest, or the one that is scaled.
fn workload<'a>(
    workloads: &[&'a Item],
    scalers: &[&Item],
    asked: &[String],
    documents: &[(Kind, &Document)],
) -> Result<Option<&'a Item>, Unreadable> {
    let mut left = named(workloads.to_vec(), asked);
    let scaled = |item: &&Item, scalers: &[&Item]| {
        let mut targets = scalers.iter().filter_map(|scaler| scaler.target.as_ref());
        targets.any(|target| item.names.contains(target))
    };
    // An autoscaler that was asked for brings its Deployment.
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

/// The autoscaler of that Deployment.
fn scaler<'a>(
    scalers: &[&'a Item],
    workloads: &[&Item],
    workload: Option<&Item>,
    asked: &[String],
    documents: &[(Kind, &Document)],
) -> Result<Option<&'a Item>, Unreadable> {
    let mut left = named(scalers.to_vec(), asked);
    if let Some(workload) = workload {
        let is_its = |item: &&Item| {
            item.target
                .as_ref()
                .is_none_or(|target| workload.names.contains(target))
        };
        left = narrowed(left, is_its);
        let other = |item: &&Item| {
            let mut others = workloads
                .iter()
                .filter(|other| other.place != workload.place);
            !is_its(item)
                && others.any(|other| {
                    item.target
                        .as_ref()
                        .is_some_and(|target| other.names.contains(target))
                })
        };
        left.retain(|item| !other(item));
    } else {
        let by_target = narrowed(left.clone(), |item| item.targets(asked));
        left = by_target;
    }
    only(&best(left), "autoscalers", documents)
}

impl Item {
    fn is_asked(&self, asked: &[String]) -> bool {
        asked.iter().any(|name| self.names.contains(name))
    }

    fn targets(&self, asked: &[String]) -> bool {
        self.target
            .as_ref()
            .is_some_and(|target| asked.contains(target))
    }
}

/// Those that were asked for by name, if any were.
fn named<'a>(items: Vec<&'a Item>, asked: &[String]) -> Vec<&'a Item> {
    narrowed(items, |item| item.is_asked(asked))
}

/// Those for which something holds, or all where it holds for none.
fn narrowed<'a>(items: Vec<&'a Item>, holds: impl Fn(&&'a Item) -> bool) -> Vec<&'a Item> {
    let kept: Vec<&Item> = items.iter().copied().filter(|item| holds(item)).collect();
    if kept.is_empty() { items } else { kept }
}

fn best(items: Vec<&Item>) -> Vec<&Item> {
    let most = items.iter().map(|item| item.score).max();
    let kept = items.into_iter().filter(|item| Some(item.score) == most);
    kept.collect()
}

/// The only one; also where several say the same.
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
    let is_told_apart = short
        .iter()
        .enumerate()
        .all(|(at, name)| !short[..at].contains(name));
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
    let name = text(&value["metadata"]["name"]).or_else(|| text(&value["pack"]["name"]));
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
    }
    let target = text(&value["spec"]["scaleTargetRef"]["name"]);
    let by_name = name.as_deref().map_or(0, name_score);
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
        score,
    }
}

/// What a document is called in a list.
pub(super) fn title(document: &Document, kind: Kind) -> String {
    let value = &document.value;
    let name = value["metadata"]["name"]
        .as_str()
        .or(value["pack"]["name"].as_str());
    let noun = value["kind"].as_str().unwrap_or(kind.name());
    match name {
        Some(name) => format!("{noun} {name}"),
        None => noun.to_owned(),
    }
}

/// The gateway's container in a Deployment.
///
/// # Errors
///
/// The names where nothing decides.
pub(super) fn container<'a>(
    workload: &'a Value,
    asked: &[String],
) -> Result<Option<(usize, &'a Value)>, Vec<String>> {
    let pod = &workload["spec"]["template"];
    let all = pod["spec"]["containers"].as_array();
    let all: Vec<(usize, &Value)> = all.into_iter().flatten().enumerate().collect();
    let name = |container: &Value| container["name"].as_str().unwrap_or_default().to_owned();
    let narrowed = |list: Vec<(usize, &'a Value)>, holds: &dyn Fn(&Value) -> bool| {
        let kept: Vec<_> = list.iter().copied().filter(|(_, one)| holds(one)).collect();
        if kept.is_empty() { list } else { kept }
    };
    let default = &pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"];
    let owner = workload["metadata"]["name"].as_str().unwrap_or_default();
    let mut left = narrowed(all, &|one| asked.contains(&name(one)));
    let most = left.iter().map(|(_, one)| container_score(one)).max();
    left = narrowed(left, &|one| Some(container_score(one)) == most);
    left = narrowed(left, &|one| *default == one["name"] && default.is_string());
    left = narrowed(left, &|one| name(one) == owner);
    let says_same = |list: &[(usize, &Value)]| {
        list.windows(2)
            .all(|two| two[0].1["resources"] == two[1].1["resources"])
    };
    if says_same(&left) {
        return Ok(left.first().copied());
    }
    Err(left.iter().map(|(_, one)| name(one)).collect())
}
