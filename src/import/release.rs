//! Flux `HelmRelease` with values in other objects of the text.
//!
//! # Source
//!
//! fluxcd.io, "Helm Releases" (2.6): `valuesFrom` in order, then `spec.values`. An entry names a
//! `ConfigMap` or `Secret`, its key (default `values.yaml`), and optionally the single value it
//! sets.

use serde_json::Value;

use super::chart;
use super::held;
use super::lines::Document;

const VALUES: &str = "spec.values";
const USUAL_KEY: &str = "values.yaml";

/// Merges the values of each release with those of the objects it refers to, if present.
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
            // Resolved entries no longer refer to other objects.
            documents[release].value["spec"]["valuesFrom"][place] = Value::Null;
            documents[holder].lent_to = Some(title.clone());
        }
    }
}

/// Whether an entry of a release refers to the object, in the release's namespace.
fn holds(object: &Value, row: &Value, release: &Value) -> bool {
    let space = |one: &Value| one["metadata"]["namespace"].as_str().map(str::to_owned);
    let is_near = match (space(object), space(release)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    is_near && object["kind"] == row["kind"] && object["metadata"]["name"] == row["name"]
}
