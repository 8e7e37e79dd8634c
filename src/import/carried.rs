//! Files carried by an object: configurations in a `ConfigMap`, chart values in an object that
//! installs the chart, and the configuration in `LiteLLM`'s chart.

use serde_json::Value;

use super::chart;
use super::document::plain;
use super::hcl;
use super::held::{above, files, held, lines_of, object, text};
use super::kind::{self, Kind};
use super::lines::{Document, join};
use super::reading::Unreadable;
use super::release;
use super::told::collect;
use super::typed;
use super::value::at;

/// Value of `LiteLLM`'s chart that contains its configuration.
const CONFIGURATION: &str = "proxy_config";
const NO_FILE: &str = "is no file of a kind that is read here";
/// Maximum number of broken files reported with their error, per object.
const MOST_BROKEN: usize = 20;
/// Maximum depth of files in files.
const DEEPEST: usize = 4;

/// Adds the files carried by each document, recursively.
pub(super) fn carried(documents: &mut Vec<Document>) {
    release::join(documents);
    let mut found = Vec::new();
    for document in documents.iter_mut() {
        let own = all(document, 0);
        document.carries = !own.is_empty();
        found.extend(own);
    }
    documents.extend(found);
}

fn all(document: &Document, depth: usize) -> Vec<Document> {
    if depth == DEEPEST {
        return Vec::new();
    }
    let mut found = Vec::new();
    for mut own in of(document) {
        let inner = all(&own, depth + 1);
        own.carries = !inner.is_empty();
        let carrier = own.carrier.clone();
        found.push(own);
        found.extend(inner.into_iter().map(|inner| Document {
            carrier: inner.carrier.clone().or_else(|| carrier.clone()),
            ..inner
        }));
    }
    found
}

fn of(document: &Document) -> Vec<Document> {
    let value = &document.value;
    let carrier = value["metadata"]["name"].as_str();
    let named = |key: &str, inner: Vec<Document>, is_wanted: &dyn Fn(Kind) -> bool| {
        let inner = inner.into_iter();
        let known = inner.filter(|inner| kind::of(&inner.value).is_some_and(is_wanted));
        let named = known.map(|inner| Document {
            carrier: carrier.map(|carrier| (carrier.to_owned(), key.to_owned())),
            ..inner
        });
        named.collect::<Vec<_>>()
    };
    let is_values = |kind| kind == Kind::HelmValues;
    match value["kind"].as_str() {
        Some("ConfigMap" | "Secret") => {
            let files = files(value).into_iter();
            let inner =
                files.map(|(place, name)| named(&name, file(document, &place), &Kind::is_carried));
            inner.flatten().collect()
        }
        Some("HelmRelease") => {
            let place = "spec.values";
            let inner = object(document, place).unwrap_or_else(|| text(document, place));
            let chart = at(value, "spec.chart.spec.chart").and_then(Value::as_str);
            named(chart.unwrap_or(place), inner, &is_values)
        }
        Some("Application") => {
            let sources = value["spec"]["sources"].as_array().map_or(0, Vec::len);
            let sources = (0..sources).map(|index| format!("spec.sources.{index}"));
            let all = sources.chain(["spec.source".to_owned()]);
            let inner = all.map(|source| {
                let chart = at(value, &source).and_then(|source| source["chart"].as_str());
                let inner = installed(document, &join(&source, "helm"));
                named(chart.unwrap_or(&source), inner, &is_values)
            });
            inner.flatten().collect()
        }
        None if value[hcl::RESOURCE].is_string() => resource(document),
        None => {
            let places = configurations(value).into_iter();
            let inner = places.map(|place| {
                let inner = object(document, &place).unwrap_or_default();
                named(&place, inner, &|kind| kind == Kind::LiteLlm)
            });
            inner.flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// Documents of a file in an object, given as text or as a parsed object.
fn file(document: &Document, place: &str) -> Vec<Document> {
    object(document, place).unwrap_or_else(|| {
        let held = held(&document.value, place);
        lines_of(document, place, held.as_deref().unwrap_or_default())
    })
}

/// Documents made by a Terraform resource: an object, those of a manifest, or chart values.
fn resource(document: &Document) -> Vec<Document> {
    let value = &document.value;
    let name = value[hcl::RESOURCE].as_str().unwrap_or_default();
    if typed::is_switched_off(value) {
        return Vec::new();
    }
    if let Some(made) = typed::object(document) {
        return vec![made];
    }
    let kind = name.split('.').next().unwrap_or_default();
    let made = match kind {
        "helm_release" => {
            let made = released(document);
            let is_values = |one: &Document| kind::of(&one.value) == Some(Kind::HelmValues);
            let mut made: Vec<Document> = made.into_iter().filter(is_values).collect();
            for one in &mut made {
                let chart = value["chart"].as_str().unwrap_or(name);
                one.carrier = Some((name.to_owned(), chart.to_owned()));
            }
            made
        }
        "kubernetes_manifest" => object(document, "manifest").unwrap_or_default(),
        "kubectl_manifest" => text(document, "yaml_body"),
        _ => Vec::new(),
    };
    let is_known = |one: &Document| kind::of(&one.value).is_some() || !of(one).is_empty();
    made.into_iter().filter(is_known).collect()
}

/// Unread contents of a carrier, as places and reasons.
pub(super) fn unread(document: &Document) -> Vec<(String, String)> {
    let value = &document.value;
    let mut found = Vec::new();
    for (place, name) in files(value) {
        if file(document, &place)
            .iter()
            .any(|inner| is_carried(&inner.value))
        {
            continue;
        }
        let held = held(value, &place);
        let held = held.as_deref().unwrap_or_default();
        let ends = [".yaml", ".yml", ".json"];
        let is_file = held.contains('\n') && ends.iter().any(|end| name.ends_with(end));
        match plain(held) {
            Err(Unreadable::Syntax(_)) if is_file && found.len() < MOST_BROKEN => {
                // Parsed again below empty lines, for the line in the outer text.
                let above = above(document, &place);
                let moved = format!("{}{held}", "\n".repeat(above));
                let problem = plain(&moved).err();
                let problem = problem
                    .map(|problem| problem.to_string())
                    .unwrap_or_default();
                found.push((place, problem));
            }
            _ if document.carries => found.push((place, NO_FILE.to_owned())),
            _ => {}
        }
    }
    found.extend(installing(value));
    found.extend(unmade(document));
    let helms = ["spec.source".to_owned()].into_iter();
    let sources = value["spec"]["sources"].as_array().map_or(0, Vec::len);
    let helms = helms.chain((0..sources).map(|index| format!("spec.sources.{index}")));
    for helm in helms.map(|source| join(&source, "helm")) {
        let [values, text] = ["valuesObject", "values"].map(|key| join(&helm, key));
        let has = |place: &str| at(value, place).is_some_and(|value| !value.is_null());
        if value["kind"] == "Application" && has(&values) && has(&text) {
            found.push((text, format!("does nothing: {values} goes before it")));
        }
    }
    found
}

/// Unread parts of a Terraform resource.
fn unmade(document: &Document) -> Vec<(String, String)> {
    const FILLED_IN: &str = "is filled in by Terraform: read what helm get values NAME or \
                             kubectl get -o yaml shows";
    const OWN: &str = "is for Terraform alone";
    let value = &document.value;
    let title = value[hcl::RESOURCE].as_str();
    let Some(title) = title.filter(|_| document.carries) else {
        return Vec::new();
    };
    let is_release = title.starts_with("helm_release.");
    let is_typed = title.starts_with("kubernetes_") && !title.starts_with("kubernetes_manifest.");
    let mut leaves = Vec::new();
    collect(value, None, "", &mut leaves);
    let told = leaves.into_iter().filter_map(|(place, _)| {
        let text = at(value, &place).and_then(Value::as_str);
        let is_open = text.is_some_and(hcl::is_expression) || place.contains("dynamic ");
        let is_read = if is_typed {
            typed::is_read(&place)
        } else {
            place == hcl::RESOURCE || place.starts_with("manifest.") || place == "yaml_body"
        };
        match is_open {
            _ if is_read => None,
            true => Some((place, FILLED_IN.to_owned())),
            false if is_release || place == hcl::RESOURCE => None,
            false => Some((place, OWN.to_owned())),
        }
    });
    told.collect()
}

/// Chart values that an object refers to but does not contain.
fn installing(value: &Value) -> Vec<(String, String)> {
    const BELOW: &str = "names values in another object, which stand below spec.values: read what \
                         helm get values NAME --all shows";
    const PATCHES: &str = "changes what the chart makes: read what helm get manifest NAME shows";
    const FILES: &str = "names files that are not in this text, and spec.values or the files may \
                         say other values: read what argocd app manifests NAME shows";
    let mut rows = Vec::new();
    match value["kind"].as_str() {
        Some("HelmRelease") => {
            rows.extend([
                ("spec.valuesFrom".to_owned(), BELOW),
                ("spec.postRenderers".to_owned(), PATCHES),
                ("spec.chart.spec.valuesFiles".to_owned(), FILES),
            ]);
        }
        Some("Application") => {
            let sources = value["spec"]["sources"].as_array().map_or(0, Vec::len);
            let sources = (0..sources).map(|index| format!("spec.sources.{index}"));
            for source in sources.chain(["spec.source".to_owned()]) {
                for list in [
                    "helm.valueFiles",
                    "helm.fileParameters",
                    "kustomize.patches",
                ] {
                    rows.push((join(&source, list), FILES));
                }
            }
        }
        _ => {}
    }
    let holds = |place: &str| at(value, place).is_some_and(|whole| !is_empty(whole));
    rows.retain(|(place, _)| holds(place));
    rows.into_iter()
        .map(|(place, why)| (place, why.to_owned()))
        .collect()
}

fn is_empty(value: &Value) -> bool {
    let list = value.as_array();
    value.is_null() || list.is_some_and(|list| list.iter().all(Value::is_null))
}

fn is_carried(value: &Value) -> bool {
    kind::of(value).is_some_and(Kind::is_carried)
}

/// Paths of `LiteLLM`'s configuration in chart values: at the top, or below the key of a subchart.
pub(super) fn configurations(values: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut owners = vec![(String::new(), values, 0)];
    while let Some((path, owner, depth)) = owners.pop() {
        let fields = owner.as_object().into_iter().flatten();
        for (key, inner) in fields.filter(|(_, inner)| inner.is_object()) {
            let place = join(&path, key);
            if key == CONFIGURATION {
                found.push(place);
            } else if depth + 1 < DEEPEST {
                owners.push((place, inner, depth + 1));
            }
        }
    }
    found.sort();
    found
}

/// Values from Argo CD: an object overrides a text, and parameters override both.
fn installed(document: &Document, place: &str) -> Vec<Document> {
    let values = join(place, "valuesObject");
    let base = object(document, &values).unwrap_or_else(|| text(document, &join(place, "values")));
    let parameters = at(&document.value, &join(place, "parameters")).and_then(Value::as_array);
    let parameters = parameters.map(Vec::as_slice).unwrap_or_default();
    if parameters.is_empty() {
        return base;
    }
    let mut values = base.into_iter().next().unwrap_or_else(chart::none);
    for (index, parameter) in parameters.iter().enumerate() {
        let own = join(place, &format!("parameters.{index}"));
        let line = document.lines.at(&own).unwrap_or_default();
        let forced = parameter["forceString"] == true;
        if let (Some(name), Some(text)) = (parameter["name"].as_str(), parameter["value"].as_str())
        {
            chart::set(&mut values, name, (text, forced), line);
        }
    }
    vec![values]
}

/// Values of a Terraform `helm_release`: its list in order, then single settings.
fn released(document: &Document) -> Vec<Document> {
    let mut values = chart::none();
    let count = document.value["values"].as_array().map_or(0, Vec::len);
    for place in (0..count).map(|index| format!("values.{index}")) {
        let held = object(document, &place).unwrap_or_else(|| text(document, &place));
        for one in held.iter().filter(|one| one.value.is_object()) {
            chart::over(&mut values, one);
        }
    }
    for (index, row) in document.value["set"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        let line = document
            .lines
            .at(&format!("set.{index}"))
            .unwrap_or_default();
        let forced = row["type"] == "string";
        let said = match &row["value"] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        // What only Terraform knows goes before the values as well.
        if let Some(name) = row["name"].as_str() {
            chart::set(&mut values, name, (&said, forced), line);
            let why = document.remarks.get(&format!("set.{index}.value"));
            let place = chart::steps(name).join(".");
            values.remarks.extend(why.map(|why| (place, why.clone())));
        }
    }
    vec![values]
}
