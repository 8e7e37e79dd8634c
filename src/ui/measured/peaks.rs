//! Choice of the definition of the peak.

use std::sync::Arc;

use leptos::prelude::*;

use super::Traffic;
use crate::say::page::traffic as say;
use crate::say::{measured, traffic as words};
use crate::traffic::{Digest, PeakChoice};

/// Definition of the peak, with its meaning.
#[component]
pub(super) fn Peaks(held: StoredValue<Arc<Digest>>, traffic: Traffic) -> impl IntoView {
    let choices = held.with_value(|digest| {
        let told = |choice: &&PeakChoice| digest.peak(**choice).is_some_and(|it| it.text.is_some());
        PeakChoice::ALL
            .iter()
            .filter(told)
            .copied()
            .collect::<Vec<_>>()
    });
    let is_there = !choices.is_empty();
    let options = choices.into_iter().map(|choice| {
        view! {
            <option value=choice.key() selected=move || traffic.peak.get() == choice>
                {words::peak(choice)}
            </option>
        }
    });
    let options = options.collect_view();
    let set = move |word: String| {
        if let Some(choice) = PeakChoice::of_key(&word) {
            traffic.peak.set(choice);
        }
    };
    is_there.then(|| {
        view! {
            <label class="measured__peak">
                <span>{say::PEAK}</span>
                <select on:change:target=move |ev| set(ev.target().value())>{options}</select>
                <span class="muted">{move || measured::peak_means(traffic.peak.get())}</span>
            </label>
        }
    })
}
