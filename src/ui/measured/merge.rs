//! Workloads and providers of a file, as merged by the user.

use leptos::prelude::*;

use super::models::{MOST, Split};
use super::take::Taken;
use crate::import::{called_providers, called_workloads, merged_workload};
use crate::say::measured;
use crate::scenario::Scenario;
use crate::traffic::{self, Digest, Status};

/// Values specific to each workload.
const BY_MODEL: [&str; 6] = [
    "requests-per-day",
    "avg-input-tokens",
    "avg-output-tokens",
    "cached",
    "cache-hit",
    "batch",
];

/// Workloads as merged by the user, and one for the rest.
pub(super) fn one_or_many(
    mut scenario: Scenario,
    digest: &Digest,
    split: Split,
    taken: &mut Vec<Taken>,
) -> Scenario {
    let places = split.places.get_untracked();
    let is_split = places.iter().any(|place| 0 < *place);
    if !is_split {
        return scenario;
    }
    let workloads = digest.workloads_by(split.by.get_untracked());
    let at = |wanted: usize| -> Vec<&traffic::Workload> {
        let all = workloads.iter().zip(&places);
        let own = all.filter(|(_, place)| **place == wanted);
        own.map(|(it, _)| it).collect()
    };
    let mut groups: Vec<traffic::Workload> = (1..=MOST)
        .filter_map(|place| merged_workload(&at(place)))
        .collect();
    groups.extend(traffic::joined(&at(0)));
    taken.retain(|it| !BY_MODEL.contains(&it.key.as_str()));
    let about = measured::mark(digest, Status::Measured);
    for (at, group) in groups.iter().enumerate() {
        let mut keys = vec!["requests-per-day", "avg-input-tokens", "avg-output-tokens"];
        keys.extend(group.cached_percent.map(|_| "cached"));
        keys.extend(group.cache_hit_percent.map(|_| "cache-hit"));
        keys.extend(group.batch_percent.map(|_| "batch"));
        taken.extend(keys.into_iter().map(|key| Taken {
            key: key.to_owned(),
            at,
            about: about.clone(),
        }));
    }
    scenario.workloads = called_workloads(groups.iter(), digest, &scenario);
    scenario
}

/// Providers called, with weights, if selected.
pub(super) fn called(
    mut scenario: Scenario,
    digest: &Digest,
    split: Split,
    taken: &mut Vec<Taken>,
) -> Scenario {
    let providers = called_providers(digest);
    if !split.providers.get_untracked() || providers.is_empty() {
        return scenario;
    }
    let about = measured::mark(digest, Status::Measured);
    taken.extend((0..providers.len()).map(|at| Taken {
        key: "weight".to_owned(),
        at,
        about: about.clone(),
    }));
    scenario.providers = providers;
    scenario
}
