//! Calculator's own files: the scenario file, and the exports a text is compared with.

use serde_json::Value;

use super::kind::Kind;
use super::lines::Document;
use super::reading::{Leftover, Reading, Taken};
use super::told::told;
use super::value;
use crate::catalog::date::Date;
use crate::export::{self, File};
use crate::plan::evaluate;
use crate::say::document as say;
use crate::scenario::property::{self, Spec};
use crate::scenario::{Scenario, file};

/// Exports of a scenario.
pub(super) fn files(base: &Scenario, today: Date) -> Vec<File> {
    export::files(base, &evaluate(base, today), "")
}

/// Own document of the same kind.
pub(super) fn like(files: &[File], document: &Value, kind: Kind) -> Option<Value> {
    let name = match kind {
        // The strict dialect has routing below providers.
        Kind::Pack if document["providers"].get("routing").is_some() => "policy-config.strict.yaml",
        Kind::Pack => "policy-config.yaml",
        Kind::Autoscaler => "hpa.yaml",
        Kind::ScaledObject => "keda-scaledobject.yaml",
        Kind::Deployment | Kind::Settings => "deployment.yaml",
        Kind::Database => "database.yaml",
        Kind::Rules if document.get("kind").is_some() => "prometheusrule.yaml",
        Kind::Rules => "prometheus-rules.yaml",
        _ => return None,
    };
    let file = files.iter().find(|file| file.name == name)?;
    let own = super::document::documents(&file.text, |_| ())
        .ok()?
        .into_iter();
    let mut own = own.map(|own| own.value);
    own.find(|own| own.get("kind") == document.get("kind"))
}

/// Scenario from a file, without invalid values; inputs missing from the file stay.
pub(super) fn from_file(document: &Document, base: &Scenario) -> Reading {
    let before = file::to_json(base);
    let mut whole = before.clone();
    if let (Some(whole), Some(said)) = (whole.as_object_mut(), document.value.as_object()) {
        whole.extend(said.clone());
    }
    for (key, same) in [
        ("workloads", &[][..]),
        ("providers", &["provider", "model", "tier"]),
    ] {
        fill_rows(&mut whole[key], &before[key], same);
    }
    let mut left = Vec::new();
    let mut scenario = base.clone();
    // Removing invalid values may reveal further ones.
    for _ in 0..4 {
        let problems = match file::from_json(&whole) {
            Ok(read) => {
                scenario = read;
                break;
            }
            Err(problems) => problems,
        };
        for problem in problems {
            match before.get(&problem.field) {
                Some(kept) => whole[&problem.field] = kept.clone(),
                None => value::remove(&mut whole, &problem.field),
            }
            let why = say::refused(&problem);
            let place = problem.field.replace('[', ".").replace(']', "");
            left.push(Leftover {
                place: problem.field,
                ..told(document, &place, &why)
            });
        }
    }
    let after = file::to_json(&scenario);
    for left in &mut left {
        let place = left.place.replace('[', ".").replace(']', "");
        let now = value::at(&after, &place).filter(|now| !now.is_null());
        if let Some(now) = now.filter(|now| !now.is_object() && !now.is_array()) {
            left.why = format!("{}; {now} stands instead", left.why);
        }
    }
    let is_whole = left.is_empty();
    let is_lost = |key: &str| left.iter().any(|left: &Leftover| left.place == key);
    let said = document.value.as_object().into_iter().flatten();
    let said = said.filter(|(key, _)| key.as_str() != "version" && !is_lost(key));
    let taken = said
        .map(|(key, value)| taken(document, key, value))
        .collect();
    Reading {
        is_ours: is_whole,
        taken,
        left,
        ..Reading::of(Some(Kind::Scenario), scenario)
    }
}

/// Completes rows with the values of the row at the same position, if both are of the same kind.
fn fill_rows(rows: &mut Value, before: &Value, same: &[&str]) {
    let rows = rows.as_array_mut().into_iter().flatten();
    for (index, row) in rows.enumerate() {
        let before = before[index].as_object();
        let (Some(row), Some(before)) = (row.as_object_mut(), before) else {
            continue;
        };
        let is_same = |key: &&str| row.get(*key).is_none_or(|value| *value == before[*key]);
        if !same.iter().all(is_same) {
            continue;
        }
        for (key, value) in before {
            row.entry(key).or_insert_with(|| value.clone());
        }
    }
}

fn taken(document: &Document, key: &str, value: &Value) -> Taken {
    let spec: Option<Spec> = property::SCENARIO
        .iter()
        .map(|number| number.spec())
        .find(|spec| spec.key == key);
    let mut choices = property::SCENARIO_CHOICES.iter();
    let choice = choices.find(|choice| choice.key == key);
    let label = spec
        .map(|spec| spec.label)
        .or(choice.map(|choice| choice.title));
    let unit = spec.map_or("", |spec| spec.unit);
    let shown = match value {
        Value::Array(rows) => format!("{} of them", rows.len()),
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        other => format!("{other} {unit}").trim().to_owned(),
    };
    Taken {
        object: String::new(),
        place: key.to_owned(),
        line: document.lines.at(key),
        label: label.unwrap_or(key).to_owned(),
        value: shown,
        note: None,
    }
}
