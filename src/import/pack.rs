//! Reads a pack: targets with limits and weights, the queue, the audit log.
//!
//! Paths come from the table used for writing packs, in both dialects. Provider forms from the
//! gateway's other pages are supported as well.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fact::Facts;
use super::lines::Document;
use super::order::in_order;
use super::reading::{Leftover, Reading, Taken};
use super::target::Target;
use super::told::told;
use super::value::{allowed, at, number, seconds, stays, words_of};
use super::vendor::{by_address, known};
use crate::catalog::provider as catalog;
use crate::export::place::{self, Fact, Place};
use crate::scenario::number::grouped;
use crate::scenario::property::{self, Number};
use crate::scenario::{Overflow, Provider, Scenario};

/// Where a list stands in place of the object with the list of targets.
const LIST: &str = "providers";
const AS_LIST: &str = "is a list, which was read as its targets: the gateway has them below \
                       providers.targets";

/// The facts of a pack.
pub(super) fn facts(document: &Value) -> Facts {
    let mut facts = Facts::default();
    let mut weights = BTreeMap::new();
    for place in &place::PACK {
        let Some((path, value)) = find(document, place) else {
            continue;
        };
        match place.fact {
            Fact::Targets => {
                facts.targets = targets(value, path, &mut facts.understood);
                if path == LIST {
                    facts.unused(path, AS_LIST);
                }
            }
            Fact::Weights => weights = read_weights(value, path, &mut facts),
            Fact::Strategy => match value.as_str() {
                Some("weighted" | "priority" | "ordered") => facts.understood.push(path.to_owned()),
                _ => facts.unused(path, "only weights and an order of targets are modelled"),
            },
            Fact::QueueSize => whole(value, path, &property::QUEUE_SIZE, &mut facts),
            Fact::AuditDays => whole(value, path, &property::AUDIT_RETENTION, &mut facts),
            Fact::QueueOverflow => match value.as_str().and_then(Overflow::parse) {
                Some(rule) => facts.word(path.to_owned(), &property::OVERFLOW, rule.key()),
                None => facts.unused(path, words_of(&property::OVERFLOW)),
            },
            Fact::Chain => chain(value, path, &mut facts),
            Fact::Name | Fact::Version | Fact::Enabled => facts.understood.push(path.to_owned()),
            _ => {}
        }
    }
    retry(document, &mut facts);
    for target in &mut facts.targets {
        target.weight = weights.remove(&target.id);
    }
    for id in weights.into_keys() {
        let why = "has a weight but is no target of the pack";
        facts.unused(format!("routing.weights.{id}"), why);
    }
    facts
}

/// Fact at its path in either dialect.
fn find<'a>(document: &'a Value, place: &Place) -> Option<(&'static str, &'a Value)> {
    // A list of providers stands for that of their targets.
    let is_list = place.fact == Fact::Targets && document[LIST].is_array();
    let paths = [is_list.then_some(LIST), Some(place.guide), place.strict];
    let mut paths = paths.into_iter().flatten();
    paths.find_map(|path| Some((path, at(document, path)?)))
}

fn whole(value: &Value, path: &str, property: &'static Number<Scenario>, facts: &mut Facts) {
    match number(value) {
        Some(value) => facts.number(path.to_owned(), property, value),
        None => facts.refused(path, property),
    }
}

/// Reads attempts and backoff, as on the gateway's resilience page.
fn retry(document: &Value, facts: &mut Facts) {
    let place = "gateway.retry.max_attempts";
    if let Some(value) = at(document, place).filter(|value| !value.is_null()) {
        whole(value, place, &property::ATTEMPTS, facts);
    }
    let place = "gateway.retry.initial_delay";
    if let Some(value) = at(document, place).filter(|value| !value.is_null()) {
        match value.as_str().and_then(seconds) {
            Some(delay_s) => facts.number(place.to_owned(), &property::RETRY_DELAY, delay_s * 1e3),
            None => whole(value, place, &property::RETRY_DELAY, facts),
        }
    }
}

/// Reports policies: they cost throughput, which the scenario has as one choice, not by name.
fn chain(value: &Value, path: &str, facts: &mut Facts) {
    for (index, policy) in value.as_array().into_iter().flatten().enumerate() {
        let place = format!("{path}.{index}");
        if policy == "audit-logger" {
            facts.understood.push(place);
        } else {
            let why = "policies are not read by name: choose the chain under Gateway";
            facts.unused(place, why);
        }
    }
}

fn read_weights(value: &Value, path: &str, facts: &mut Facts) -> BTreeMap<String, f64> {
    facts.understood.push(path.to_owned());
    let mut weights = BTreeMap::new();
    for (id, value) in value.as_object().into_iter().flatten() {
        let spec = property::WEIGHT.spec();
        match number(value).and_then(|value| spec.check(value).ok()) {
            Some(weight) => {
                weights.insert(id.clone(), weight);
            }
            None => facts.unused(format!("{path}.{id}"), allowed(&property::WEIGHT)),
        }
    }
    weights
}

fn targets(value: &Value, path: &str, understood: &mut Vec<String>) -> Vec<Target> {
    let rows = value.as_array().into_iter().flatten().enumerate();
    let read = rows.map(|(index, row)| target(row, &format!("{path}.{index}"), understood));
    let mut targets: Vec<Target> = read.collect();
    let rows = value.as_array().into_iter().flatten();
    let each = rows.zip(&mut targets);
    let ranks: Vec<Option<f64>> = each
        .map(|(row, target)| {
            let place = format!("{}.priority", target.place);
            understood.push(place.clone());
            target.read(property::ORDER.key, place, &row["priority"])
        })
        .collect();
    in_order(&mut targets, &ranks, ("priority", f64::INFINITY));
    targets
}

fn target(row: &Value, path: &str, understood: &mut Vec<String>) -> Target {
    let mut target = Target {
        place: path.to_owned(),
        ..Target::default()
    };
    for place in &place::TARGET {
        let Some((key, value)) = find(row, place) else {
            continue;
        };
        let text = || value.as_str().map(str::to_owned);
        let at_row = |key: &str| format!("{path}.{key}");
        match place.fact {
            Fact::Id => target.id = text().unwrap_or_default(),
            Fact::Vendor => vendor(value, &mut target),
            Fact::Model => target.model = text().or(target.model.take()),
            Fact::RequestsPerMinute => target.rpm = target.read("rpm", at_row(key), value),
            Fact::TokensPerMinute => target.tpm = target.read("tpm", at_row(key), value),
            // The address and the key's name follow from the vendor.
            _ => {}
        }
        if value.is_object() {
            // Form with the address inside.
            let inner = ["base_url", "name", "model"];
            understood.extend(inner.map(|inner| format!("{path}.{key}.{inner}")));
        } else if !matches!(place.fact, Fact::Address | Fact::KeyEnv) {
            understood.push(format!("{path}.{key}"));
        }
    }
    if target.vendor.is_none() {
        let address = row["base_url"]
            .as_str()
            .or(row["provider"]["base_url"].as_str());
        target.vendor = address.and_then(by_address).map(str::to_owned);
    }
    // An address and a key's name that follow from the vendor carry no information.
    let vendor = target.vendor.as_deref().and_then(catalog::vendor);
    for (key, own) in [
        ("base_url", vendor.map(|row| row.base_url)),
        ("secret_key_ref.env", vendor.map(|row| row.key_env)),
    ] {
        if own.is_some() && at(row, key).and_then(Value::as_str) == own {
            understood.push(format!("{path}.{key}"));
        }
    }
    if target.id.is_empty() {
        target.id = target.vendor.clone().unwrap_or_default();
    }
    target
}

/// Reads `openai`, `openai:chat:gpt-4o`, or an object with the address.
fn vendor(value: &Value, target: &mut Target) {
    if value.is_object() {
        let name = value["name"].as_str();
        target.vendor = name.map(|name| known(name).unwrap_or(name).to_owned());
        target.model = value["model"].as_str().map(str::to_owned);
    }
    let Some(text) = value.as_str() else {
        return;
    };
    match text.split(':').collect::<Vec<_>>().as_slice() {
        [vendor, _kind, model] if known(vendor).is_some() => {
            target.vendor = known(vendor).map(str::to_owned);
            target.model = Some((*model).to_owned());
        }
        _ => target.vendor = Some(known(text).unwrap_or(text).to_owned()),
    }
}

/// Makes the pack's targets the providers of the scenario. Providers without weight are in no pack
/// and stay.
pub(super) fn lay_over(targets: &[Target], known: &[Target], reading: &mut Reading) {
    let ids = reading.scenario.target_ids();
    let rows = ids.iter().zip(&reading.scenario.providers);
    let mut had: BTreeMap<&String, Provider> = rows.map(|(id, row)| (id, row.clone())).collect();
    let mut providers = Vec::new();
    let mut next = reading.scenario.next_id();
    let mut left = Vec::new();
    // Weights are relative, so if one differs, all are taken.
    let is_reweighed = weights(targets) != weights(known);
    for target in targets {
        let before = known.iter().find(|known| known.id == target.id);
        let mut before = before.cloned();
        if let Some(before) = before.as_mut().filter(|_| is_reweighed) {
            before.weight = None;
        }
        let before = before.as_ref();
        if before.is_some_and(|before| same(before, target))
            && let Some(row) = had.remove(&target.id)
        {
            providers.push(row);
            continue;
        }
        let is_its = |row: &Provider| target.vendor.as_ref().is_none_or(|v| *v == row.vendor);
        let row = had.remove(&target.id).filter(is_its);
        let row = row.unwrap_or_else(|| {
            next += 1;
            new(target, next - 1, &mut left)
        });
        providers.push(changed(row, target, before));
    }
    let unweighted = had.into_values().filter(|row| row.weight <= 0.0);
    providers.extend(unweighted);
    if !providers.is_empty() {
        reading.scenario.providers = providers;
    }
    let ids = reading.scenario.target_ids();
    for (target, id) in targets.iter().zip(ids) {
        if target.id != id {
            let why = format!("the calculator names targets by vendor: {id}");
            left.push(Leftover::new(format!("{}.id", target.place), why));
        }
    }
    reading.left.extend(left);
}

/// Lists the targets, each number with its place.
pub(super) fn list(
    (document, object): (&Document, &str),
    targets: &[Target],
    known: &[Target],
    reading: &mut Reading,
) {
    for (index, target) in targets.iter().enumerate() {
        let own = reading.scenario.providers.get(index).cloned();
        let own = own.unwrap_or_else(|| Provider::first_of(0, "custom", 1.0));
        let leave = |place: &str, why: &str| Leftover {
            object: object.to_owned(),
            ..told(document, place, why)
        };
        for (key, place) in &target.refused {
            let mut numbers = property::PROVIDER.iter();
            if let Some(number) = numbers.find(|number| number.key == *key) {
                let why = format!("is no number: {}", stays(number, &own));
                reading.left.push(leave(place, &why));
            }
        }
        let name = target.vendor.as_deref().unwrap_or(&target.id);
        let model = target.model.as_deref().unwrap_or_default();
        let numbers = [
            (
                "rate_limits.requests_per_minute",
                &property::RPM,
                target.rpm,
            ),
            ("rate_limits.tokens_per_minute", &property::TPM, target.tpm),
            ("weight", &property::WEIGHT, target.weight),
            ("priority", &property::ORDER, place_of(target)),
        ];
        let taken = |place: String, label: String, value: String| Taken {
            object: object.to_owned(),
            line: document.lines.at(&place),
            note: document.remark(&place).cloned(),
            place,
            label,
            value,
        };
        let row = format!("{name} {model}").trim().to_owned();
        let whole = taken(target.place.clone(), "Provider".to_owned(), row.clone());
        reading.taken.push(whole);
        for (key, number, value) in numbers {
            let Some(value) = value else { continue };
            let place = format!("{}.{key}", target.place);
            // Values equal to our own pack are already in the scenario.
            let is_own = || known.iter().any(|known| same(known, target));
            if number.spec().check(value).is_err() && !is_own() {
                reading.left.push(leave(&place, &stays(number, &own)));
                continue;
            }
            let label = format!("{row}: {}", number.label);
            reading.taken.push(taken(place, label, grouped(value)));
        }
    }
}

/// Order of a target, if the pack gives one.
fn place_of(target: &Target) -> Option<f64> {
    let mut more = target.more.iter();
    let order = more.find(|more| more.key == property::ORDER.key)?;
    Some(order.value)
}

fn weights(targets: &[Target]) -> BTreeMap<&str, Option<f64>> {
    let targets = targets.iter();
    targets.map(|one| (one.id.as_str(), one.weight)).collect()
}

fn same(one: &Target, other: &Target) -> bool {
    let mut one = one.clone();
    one.place.clone_from(&other.place);
    one == *other
}

/// Row for a target new to the scenario.
fn new(target: &Target, id: u32, left: &mut Vec<Leftover>) -> Provider {
    let vendor = target.vendor.as_deref().unwrap_or("custom");
    let weight = target.weight.unwrap_or(1.0);
    if catalog::vendor(vendor).is_some() {
        return Provider::first_of(id, vendor, weight);
    }
    let why = format!("{vendor} is not in the catalogue: a provider of your own takes its place");
    left.push(Leftover::new(format!("{}.provider", target.place), why));
    let mut row = Provider::first_of(id, "custom", weight);
    let name = if target.id.is_empty() {
        vendor
    } else {
        &target.id
    };
    row.name = name.chars().filter(|c| !c.is_control()).take(120).collect();
    row
}

/// Row updated with values that differ from our own export.
fn changed(mut row: Provider, target: &Target, before: Option<&Target>) -> Provider {
    let model = target.model.as_deref().unwrap_or_default();
    let known = before.and_then(|before| before.model.as_deref());
    let is_other_model = !model.is_empty() && known != Some(model);
    if is_other_model {
        row.choose_model(model);
    }
    // The tier and so the known limits belong to the former model.
    let limits = before.filter(|_| !is_other_model);
    for (property, value, known) in [
        (
            &property::RPM,
            target.rpm,
            limits.and_then(|before| before.rpm),
        ),
        (
            &property::TPM,
            target.tpm,
            limits.and_then(|before| before.tpm),
        ),
        (
            &property::WEIGHT,
            target.weight,
            before.and_then(|before| before.weight),
        ),
        (&property::ORDER, place_of(target), None),
    ] {
        let Some(value) = value.filter(|_| value != known) else {
            continue;
        };
        if let Ok(value) = property.spec().check(value) {
            (property.set)(&mut row, Some(value));
        }
    }
    let is_same = |before: &Target| before.rpm == target.rpm && before.tpm == target.tpm;
    let is_said = target.rpm.is_some() && target.tpm.is_some();
    if is_said && !before.is_some_and(is_same) {
        row.keep_said_pair();
    }
    row
}
