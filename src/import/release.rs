//! A `HelmRelease` of Flux whose values stand in other objects of the same text.
//!
//! # Source
//!
//! fluxcd.io, "Helm Releases" (2.6): `valuesFrom` in order, `spec.values` over all of them. An
//! entry names a `ConfigMap` or a `Secret`, its key (`values.yaml`), and perhaps the one value
//! that it is.

use serde_json::Value;

use super::chart;
use super::held;
use super::lines::Document;

const VALUES: &str = "spec.values";
const USUAL_KEY: &str = "values.yaml";

/// Lays the values of each release over those of the objects that it names and that are here.
pub(super) fn join(documents: &mut [Document]) {
    let is_release = |document: &Document| document.value["kind"] == "HelmRelease";
    let releases: Vec<usize> = (0..documents.len())
        .filter(|index| is_release(&documents[*index]))
        .collect();
    for release in releases {
        let rows = documents[release].value["spec"]["valuesFrom"].clone();
        let mut values = chart::none();
        let mut found = Vec::new();
        for (place, row) in rows.as_array().into_iter().flatten().enumerate() {
            let own = &documents[release].value;
            let holder = documents.iter().position(|one| holds(&one.value, row, own));
            let Some(holder) = holder.filter(|_| row["targetPath"].is_null()) else {
                continue;
            };
            let key = row["valuesKey"].as_str().unwrap_or(USUAL_KEY);
            for one in held::documents(&documents[holder], key) {
                if one.value.is_object() {
                    chart::over(&mut values, &one);
                    found.push((place, holder));
                }
            }
        }
        if found.is_empty() {
            continue;
        }
        let title = documents[release].value["metadata"]["name"].as_str();
        let title = format!("HelmRelease {}", title.unwrap_or_default());
        let own = &mut documents[release];
        let above = Document {
            value: own.value["spec"]["values"].clone(),
            lines: own.lines.below(VALUES),
            ..Document::default()
        };
        if above.value.is_object() {
            chart::over(&mut values, &above);
        }
        own.value["spec"]["values"] = values.value;
        own.lines.graft(VALUES, &values.lines);
        for (place, holder) in found {
            // What was found is no name of something elsewhere any more.
            documents[release].value["spec"]["valuesFrom"][place] = Value::Null;
            documents[holder].lent_to = Some(title.clone());
        }
    }
}

/// Whether an object is the one that a row of a release names, in the namespace of the release.
fn holds(object: &Value, row: &Value, release: &Value) -> bool {
    let space = |one: &Value| one["metadata"]["namespace"].as_str().map(str::to_owned);
    let is_near = match (space(object), space(release)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    is_near && object["kind"] == row["kind"] && object["metadata"]["name"] == row["name"]
}
