//! Models, keys or tags of a file, and the workloads made from them.

use std::sync::Arc;

use leptos::prelude::*;

use crate::import::called_providers;
use crate::say::page::traffic as say;
use crate::traffic::{self, By, Digest};

/// Maximum number of workloads made from a file, besides the rest.
pub(super) const MOST: usize = 12;

/// Merging of a file's workloads, and whether the providers follow the calls.
#[derive(Clone, Copy)]
pub(super) struct Split {
    /// Property by which requests are grouped into workloads.
    pub(super) by: RwSignal<By>,
    /// Target workload of each workload in the file, from 1; 0 for the rest. If all are 0, there is
    /// one workload.
    pub(super) places: RwSignal<Vec<usize>>,
    /// Whether to use the providers called.
    pub(super) providers: RwSignal<bool>,
}

impl Split {
    /// No separate workloads; providers follow the calls unless already chosen.
    pub(super) fn of(digest: &Digest, providers: bool) -> Self {
        let by = told(digest).first().copied().unwrap_or(By::Model);
        Self {
            by: RwSignal::new(by),
            places: RwSignal::new(vec![0; digest.workloads_by(by).len()]),
            providers: RwSignal::new(providers),
        }
    }
}

/// Properties by which the file distinguishes workloads.
fn told(digest: &Digest) -> Vec<By> {
    let is_told = |by: &By| !digest.workloads_by(*by).is_empty();
    By::ALL.iter().copied().filter(is_told).collect()
}

/// Models, keys or tags, each a workload, part of one, or part of the rest.
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
        split.places.set(vec![0; count]);
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
    let count = split.places.with_untracked(Vec::len).min(MOST);
    let is_at = move |place: usize| split.places.with(|all| all.get(at) == Some(&place));
    let set = move |word: String| {
        let place = word.parse().unwrap_or(0);
        split.places.update(|all| {
            if let Some(held) = all.get_mut(at) {
                *held = place;
            }
        });
    };
    let options = (0..=count).map(|place| {
        view! {
            <option value=place.to_string() selected=move || is_at(place)>
                {say::place(place)}
            </option>
        }
    });
    let options = options.collect_view();
    view! {
        <li>
            <label class="measured__check">
                <select on:change:target=move |ev| set(ev.target().value())>{options}</select>
                {say::workload(of)}
            </label>
        </li>
    }
}
