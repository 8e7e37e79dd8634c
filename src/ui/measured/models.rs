//! Models, keys or tags of a file as workloads of their own, and the providers that were called.

use std::sync::Arc;

use leptos::prelude::*;

use super::take::Taken;
use crate::import::{called_providers, called_workload};
use crate::say::measured;
use crate::say::page::traffic as say;
use crate::scenario::Scenario;
use crate::traffic::{self, By, Digest, Status};

/// Which workloads of a file stay alone, and whether the providers follow the calls.
#[derive(Clone, Copy)]
pub(super) struct Split {
    /// The property by which requests are one workload.
    by: RwSignal<By>,
    /// For each workload of the file whether it stays alone; none of them: one workload.
    alone: RwSignal<Vec<bool>>,
    /// Whether the providers are those that were called.
    providers: RwSignal<bool>,
}

impl Split {
    pub(super) fn of(digest: &Digest) -> Self {
        let by = told(digest).first().copied().unwrap_or(By::Model);
        Self {
            by: RwSignal::new(by),
            alone: RwSignal::new(vec![false; digest.workloads_by(by).len()]),
            providers: RwSignal::new(false),
        }
    }
}

/// The properties by which the file tells workloads.
fn told(digest: &Digest) -> Vec<By> {
    let is_told = |by: &By| !digest.workloads_by(*by).is_empty();
    By::ALL.iter().copied().filter(is_told).collect()
}

/// The models, keys or tags, each to be a workload of its own or part of the rest.
#[component]
pub(super) fn Models(held: StoredValue<Arc<Digest>>, split: Split) -> impl IntoView {
    let told = held.with_value(|digest| told(digest));
    let are_known = held.with_value(|digest| !called_providers(digest).is_empty());
    let rows = move || {
        let by = split.by.get();
        held.with_value(|digest| {
            let workloads = digest.workloads_by(by).iter().enumerate();
            workloads.map(|(at, of)| row(at, of, split)).collect_view()
        })
    };
    let choose = move |word: String| {
        let Some(by) = By::of_key(&word) else { return };
        let count = held.with_value(|digest| digest.workloads_by(by).len());
        split.alone.set(vec![false; count]);
        split.by.set(by);
    };
    let is_there = !told.is_empty();
    let options = told.into_iter().map(|by| {
        view! {
            <option value=by.key() selected=move || split.by.get() == by>
                {say::by(by)}
            </option>
        }
    });
    let options = options.collect_view();
    view! {
        {is_there
            .then(|| {
                view! {
                    <fieldset class="measured__models">
                        <legend>
                            <label class="measured__peak">
                                {say::WORKLOADS}
                                <select on:change:target=move |ev| {
                                    choose(ev.target().value());
                                }>{options}</select>
                            </label>
                        </legend>
                        <ul>{rows}</ul>
                    </fieldset>
                }
            })}
        {are_known
            .then(|| {
                view! {
                    <label class="measured__check">
                        <input
                            type="checkbox"
                            prop:checked=move || split.providers.get()
                            on:change:target=move |ev| split.providers.set(ev.target().checked())
                        />
                        {say::PROVIDERS}
                    </label>
                }
            })}
    }
}

fn row(at: usize, of: &traffic::Workload, split: Split) -> impl IntoView + use<> {
    let is_alone = move || split.alone.with(|all| all.get(at) == Some(&true));
    let set = move |is_alone| {
        split.alone.update(|all| {
            if let Some(held) = all.get_mut(at) {
                *held = is_alone;
            }
        });
    };
    view! {
        <li>
            <label class="measured__check">
                <input
                    type="checkbox"
                    prop:checked=is_alone
                    on:change:target=move |ev| set(ev.target().checked())
                />
                {say::workload(of)}
            </label>
        </li>
    }
}

/// Values that each workload has of its own.
const BY_MODEL: [&str; 6] = [
    "requests-per-day",
    "avg-input-tokens",
    "avg-output-tokens",
    "cached",
    "cache-hit",
    "batch",
];

/// The workloads as the reader likes them: those that stay alone, and one for the rest.
pub(super) fn one_or_many(
    mut scenario: Scenario,
    digest: &Digest,
    split: Split,
    taken: &mut Vec<Taken>,
) -> Scenario {
    let alone = split.alone.get_untracked();
    let (Some(whole), true) = (scenario.workloads.first().cloned(), alone.contains(&true)) else {
        return scenario;
    };
    let workloads = digest.workloads_by(split.by.get_untracked());
    let workloads = workloads.iter().zip(alone);
    let (alone, rest): (Vec<_>, Vec<_>) = workloads.partition(|(_, is_alone)| *is_alone);
    let mut groups: Vec<traffic::Workload> = alone.into_iter().map(|(it, _)| it.clone()).collect();
    let rest: Vec<&traffic::Workload> = rest.into_iter().map(|(it, _)| it).collect();
    groups.extend(traffic::joined(&rest));
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
    scenario.workloads = (1..)
        .zip(&groups)
        .map(|(id, of)| called_workload(id, of, &whole))
        .collect();
    scenario
}

/// The providers that were called, with their weights, if the reader wants them.
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
