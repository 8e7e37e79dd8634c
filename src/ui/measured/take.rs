//! Applies measured values to the scenario, and marks their fields.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::mark::{Mark, Marks, is_same, shape_sum};
use super::super::store::ScenarioStore;
use crate::first::storage;
use crate::scenario::property::{self, Number};
use crate::scenario::{Provider, Scenario, Workload};

/// Storage key of the marks.
const KEPT: &str = "kt-capacity:measured";
/// Field of the shape.
const SHAPE: &str = "shape";

/// Owner of a measured value, without row ids.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Owner {
    /// Scenario itself.
    Whole,
    /// Workload, by index.
    Workload(usize),
    /// Provider, by index.
    Provider(usize),
}

/// A mark as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    owner: Owner,
    key: String,
    value: f64,
    about: String,
}

/// Numbers of a workload, by key in links and by field.
const OF_WORKLOAD: [(&str, &str, &Number<Workload>); 7] = [
    ("requests-per-day", "requests", &property::REQUESTS),
    ("avg-input-tokens", "input", &property::INPUT_TOKENS),
    ("avg-output-tokens", "output", &property::OUTPUT_TOKENS),
    ("cached", "cached", &property::CACHED),
    (
        "max-output-tokens",
        "max-output-tokens",
        &property::MAX_OUTPUT,
    ),
    ("batch", "batch", &property::BATCH),
    ("cache-hit", "cache-hit", &property::CACHE_HIT),
];
/// Numbers of the scenario.
const OF_WHOLE: [&Number<Scenario>; 3] = [
    &property::PEAK_MULTIPLIER,
    &property::BURSTINESS,
    &property::GROWTH,
];

/// Numbers of a provider.
const OF_PROVIDER: [&Number<Provider>; 3] =
    [&property::WEIGHT, &property::TTFT, &property::OUTPUT_TPS];

/// Applied value: key, index and source.
pub(super) struct Taken {
    /// Key in a link.
    pub(super) key: String,
    /// Index of the workload or provider.
    pub(super) at: usize,
    /// Source, period and rows.
    pub(super) about: String,
}

/// Puts a scenario with measured values in the place of the one here, as one step to undo, and
/// marks its fields; all the values that were taken so far.
pub(super) fn take(
    store: ScenarioStore,
    marks: Option<Marks>,
    scenario: &Scenario,
    taken: &[Taken],
) -> Vec<Kept> {
    let kept: Vec<Kept> = taken.iter().filter_map(|it| kept(scenario, it)).collect();
    store.replace(scenario.clone());
    let fresh: Vec<Mark> = kept.iter().filter_map(|it| mark(scenario, it)).collect();
    let mut all = stored();
    all.retain(|old| {
        !kept
            .iter()
            .any(|new| new.owner == old.owner && new.key == old.key)
    });
    all.extend(kept);
    let Some(marks) = marks else { return all };
    storage::write(KEPT, serde_json::to_string(&all).ok().as_deref());
    marks.of.update(|marks| {
        marks.retain(|old| !fresh.iter().any(|new| new.id == old.id));
        marks.extend(fresh);
    });
    all
}

/// Restores the saved marks.
pub(super) fn read_marks(store: ScenarioStore, marks: Marks) {
    let kept = stored();
    let found: Vec<Mark> = store.with(|scenario| {
        let marks = kept.iter().filter_map(|it| mark(scenario, it));
        marks.collect()
    });
    marks.of.set(found);
}

/// The values that were taken, as they are kept.
pub(super) fn stored() -> Vec<Kept> {
    let text = storage::read(KEPT);
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

fn kept(scenario: &Scenario, taken: &Taken) -> Option<Kept> {
    let key = taken.key.as_str();
    let (owner, key, value) = if key == SHAPE {
        (Owner::Whole, SHAPE, Some(shape_sum(scenario)))
    } else if let Some(number) = of_provider(key) {
        let row = scenario.providers.get(taken.at)?;
        (Owner::Provider(taken.at), key, (number.get)(row))
    } else if let Some(number) = OF_WHOLE.iter().find(|number| number.key == key) {
        (Owner::Whole, key, (number.get)(scenario))
    } else {
        let (_, field, number) = OF_WORKLOAD.iter().find(|(link, ..)| *link == key)?;
        let row = scenario.workloads.get(taken.at)?;
        (Owner::Workload(taken.at), *field, (number.get)(row))
    };
    Some(Kept {
        owner,
        key: key.to_owned(),
        value: value?,
        about: taken.about.clone(),
    })
}

/// Whether the scenario holds one of the values that were taken.
pub(super) fn holds_any(scenario: &Scenario, taken: &[Kept]) -> bool {
    let holds = |it: &Kept| value(scenario, it).is_some_and(|now| is_same(now, it.value));
    taken.iter().any(holds)
}

/// What the scenario holds in the field of a value that was taken.
fn value(scenario: &Scenario, kept: &Kept) -> Option<f64> {
    match kept.owner {
        Owner::Whole if kept.key == SHAPE => Some(shape_sum(scenario)),
        Owner::Whole => {
            let number = OF_WHOLE.iter().find(|number| number.key == kept.key)?;
            (number.get)(scenario)
        }
        Owner::Workload(at) => {
            let (.., number) = OF_WORKLOAD
                .iter()
                .find(|(_, field, _)| *field == kept.key)?;
            (number.get)(scenario.workloads.get(at)?)
        }
        Owner::Provider(at) => (of_provider(&kept.key)?.get)(scenario.providers.get(at)?),
    }
}

fn of_provider(key: &str) -> Option<&'static Number<Provider>> {
    let mut numbers = OF_PROVIDER.iter();
    numbers.find(|number| number.key == key).copied()
}

fn mark(scenario: &Scenario, kept: &Kept) -> Option<Mark> {
    let id = match kept.owner {
        Owner::Whole if kept.key == SHAPE => SHAPE.to_owned(),
        Owner::Whole => ["s-", &kept.key].concat(),
        Owner::Workload(at) => format!("w{}-{}", scenario.workloads.get(at)?.id, kept.key),
        Owner::Provider(at) => format!("p{}-{}", scenario.providers.get(at)?.id, kept.key),
    };
    Some(Mark {
        id,
        value: kept.value,
        about: kept.about.clone(),
    })
}
