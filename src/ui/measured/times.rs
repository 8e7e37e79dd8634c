//! Measured times to answer, applied to the providers that they are of.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::mark::Marks;
use super::super::store::ScenarioStore;
use super::Traffic;
use super::take::{Taken, take};
use crate::import::{MeasuredTimes, measured_times, with_times};
use crate::say::page::traffic as say;
use crate::say::{answer_time as words, measured};
use crate::scenario::property::{OUTPUT_TPS, TTFT};
use crate::scenario::{Provider, Scenario};
use crate::traffic::{Digest, Status};

/// A scenario with the times of its providers, and the values applied.
pub(super) fn timed(mut scenario: Scenario, digest: &Digest, taken: &mut Vec<Taken>) -> Scenario {
    for of in with_times(digest, &mut scenario) {
        let keys = [
            of.is_ttft_measured.then_some(TTFT.key),
            Some(OUTPUT_TPS.key),
        ];
        let keys = keys.into_iter().flatten();
        taken.extend(keys.map(|key| applied(digest, key, of.row)));
    }
    scenario
}

fn applied(digest: &Digest, key: &str, at: usize) -> Taken {
    Taken {
        key: key.to_owned(),
        at,
        about: measured::mark(digest, Status::Measured),
    }
}

/// Rows of the providers' times, each with a button that applies it.
#[component]
pub(super) fn TimeRows(held: StoredValue<Arc<Digest>>) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let traffic = expect_context::<Traffic>();
    let marks = use_context::<Marks>();
    let use_one = move |key: &'static str, of: MeasuredTimes| {
        held.with_value(|digest| {
            let mut scenario = store.with(Clone::clone);
            let Some(provider) = scenario.providers.get_mut(of.row) else {
                return;
            };
            put(key, of, provider);
            let taken = [applied(digest, key, of.row)];
            let taken = take(store, marks, &scenario, &taken);
            traffic.show(Arc::clone(digest), taken);
        });
    };
    move || {
        let times = held.with_value(|digest| {
            store.with(|scenario| {
                let times = measured_times(digest, scenario).into_iter();
                let name = |of: &MeasuredTimes| scenario.providers[of.row].name.clone();
                times.map(|of| (name(&of), of)).collect::<Vec<_>>()
            })
        });
        let rows = times.into_iter().flat_map(|(name, of)| {
            let is_measured = of.is_ttft_measured;
            let first = is_measured.then(|| Row {
                label: words::first_token(&name),
                value: of.ttft_s,
                about: words::first_token_is(is_measured),
                key: TTFT.key,
            });
            let speed = Row {
                label: words::speed(&name),
                value: of.output_tps,
                about: words::speed_is(of.answer_s, is_measured),
                key: OUTPUT_TPS.key,
            };
            let rows = first.into_iter().chain([speed]);
            rows.map(|row| view_of(row, move |key| use_one(key, of)))
                .collect::<Vec<_>>()
        });
        rows.collect_view()
    }
}

fn put(key: &str, of: MeasuredTimes, provider: &mut Provider) {
    if key == TTFT.key {
        of.put_ttft(provider);
    } else {
        of.put_tps(provider);
    }
}

/// A value of a provider.
struct Row {
    label: String,
    value: f64,
    about: String,
    key: &'static str,
}

fn view_of(row: Row, on_use: impl Fn(&'static str) + 'static) -> impl IntoView {
    let Row {
        label,
        value,
        about,
        key,
    } = row;
    view! {
        <tr>
            <th scope="row">{label.clone()}</th>
            <td>{words::value(value)}</td>
            <td>{about}</td>
            <td>
                <button
                    class="button button--small"
                    type="button"
                    aria-label=say::use_one(&label)
                    on:click=move |_| on_use(key)
                >
                    {say::USE_ONE}
                </button>
            </td>
        </tr>
    }
}
