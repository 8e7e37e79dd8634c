//! Values of a file, with buttons to apply each or all.

use std::sync::Arc;

use leptos::prelude::*;

use super::super::mark::Marks;
use super::super::store::ScenarioStore;
use super::Traffic;
use super::merge::{called, one_or_many};
use super::models::{Models, Split};
use super::peaks::Peaks;
use super::ranges::Ranges;
use super::take::{Taken, take};
use super::times::{TimeRows, timed};
use crate::say::page::traffic as say;
use crate::say::{measured, traffic as words};
use crate::scenario::{Scenario, link};
use crate::traffic::{Digest, Value};

/// Values, definition of the peak, and models.
#[component]
pub(super) fn Values(
    /// Digest of the file.
    digest: Arc<Digest>,
    /// Called once all values were applied.
    on_take: Callback<()>,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let traffic = expect_context::<Traffic>();
    let marks = use_context::<Marks>();
    let is_untouched = |scenario: &Scenario| scenario.providers == Scenario::default().providers;
    let split = Split::of(&digest, untrack(|| store.with(is_untouched)));
    let has_ranges = digest.has_ranges() || digest.growth.is_some_and(|growth| growth.is_told());
    let ranges = RwSignal::new(has_ranges);
    let chosen = move |values: Vec<Value>| {
        if ranges.get_untracked() {
            values.into_iter().map(Value::ranged).collect()
        } else {
            values
        }
    };
    let held = StoredValue::new(digest);
    let use_values = Callback::new(move |values: Vec<Value>| {
        held.with_value(|digest| {
            let before = store.with(Clone::clone);
            let (scenario, taken) = laid_over(&before, digest, &chosen(values));
            let taken = take(store, marks, &scenario, &taken);
            traffic.show(Arc::clone(digest), taken);
        });
    });
    let use_all = move |_| {
        held.with_value(|digest| {
            let before = store.with(Clone::clone);
            let values = digest.values_at(traffic.peak.get_untracked(), size(&before));
            let (scenario, taken) = everything(before, digest, &chosen(values), split);
            let taken = take(store, marks, &scenario, &taken);
            traffic.show(Arc::clone(digest), taken);
        });
        on_take.run(());
    };
    let rows = move || {
        held.with_value(|digest| {
            let values = digest.values_at(traffic.peak.get(), store.with(size));
            let rows = values
                .into_iter()
                .map(|value| row(digest, value, use_values));
            rows.collect_view()
        })
    };
    view! {
        <div class="read__found">
            <Peaks held traffic />
            <button class="button button--primary" type="button" on:click=use_all>
                {say::USE_ALL}
            </button>
        </div>
        <table class="table measured__values">
            <thead>
                <tr>
                    {say::VALUE_HEADS.map(|head| view! { <th scope="col">{head}</th> })}
                </tr>
            </thead>
            <tbody>
                {rows}
                <TimeRows held />
            </tbody>
        </table>
        <Ranges ranges has_ranges />
        <Models held split />
    }
}

fn row(digest: &Digest, value: Value, use_values: Callback<Vec<Value>>) -> impl IntoView + use<> {
    let label = words::value(&value.key);
    let shown = measured::value(&value);
    let about = match (&value.text, value.is_by_tokens) {
        (None, _) => measured::why_not(digest, &value.key).to_owned(),
        (Some(_), true) => format!("{}, {}", words::status(value.status), words::BY_TOKENS),
        (Some(_), false) => words::status(value.status).to_owned(),
    };
    let growth = digest.growth.filter(|_| value.key == "growth");
    let level = digest.level.filter(|_| value.key == "requests-per-day");
    let range = growth.and_then(|it| words::growth(&it));
    let range = range.or_else(|| words::range(&value.key, value.range?));
    let level = level.map(|it| words::level(&it));
    let range = level
        .into_iter()
        .chain(range)
        .reduce(|level, range| [level, range].join("; "));
    let range = range.map(|it| [" (", &it, ")"].concat());
    let press = value.text.is_some().then(|| {
        view! {
            <button
                class="button button--small"
                type="button"
                aria-label=say::use_one(label)
                on:click=move |_| use_values.run(vec![value.clone()])
            >
                {say::USE_ONE}
            </button>
        }
    });
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td>{shown}</td>
            <td>{about} {range}</td>
            <td>{press}</td>
        </tr>
    }
}

/// Input and output tokens per request of the first workload, for a file that only counts tokens.
fn size(scenario: &Scenario) -> f64 {
    let first = scenario.workloads.first();
    first.map_or(0.0, |row| row.input_tokens + row.output_tokens)
}

/// Scenario with all traffic as one workload, for a file that counts everything.
fn whole(mut scenario: Scenario) -> Scenario {
    scenario.workloads.truncate(1);
    if let Some(first) = scenario.workloads.first_mut() {
        first.profile = None;
        (first.calls, first.users) = (1.0, 1.0);
    }
    scenario
}

/// Scenario with all that a file tells, and the values applied.
fn everything(
    before: Scenario,
    digest: &Digest,
    values: &[Value],
    split: Split,
) -> (Scenario, Vec<Taken>) {
    let (scenario, mut taken) = laid_over(&whole(before), digest, values);
    // Workloads go to the providers that served them.
    let scenario = called(scenario, digest, split, &mut taken);
    let scenario = one_or_many(scenario, digest, split, &mut taken);
    let scenario = timed(scenario, digest, &mut taken);
    (scenario, taken)
}

/// Scenario with values of a file, and the values applied.
fn laid_over(before: &Scenario, digest: &Digest, values: &[Value]) -> (Scenario, Vec<Taken>) {
    let told = values.iter().filter(|value| value.text.is_some());
    let pairs: Vec<(&str, &str)> = told
        .clone()
        .filter_map(|value| Some((value.key.as_str(), value.text.as_deref()?)))
        .collect();
    let (scenario, _) = link::laid_over(before, &pairs);
    let taken = told.map(|value| Taken {
        key: value.key.clone(),
        at: 0,
        about: measured::mark(digest, value.status),
    });
    (scenario, taken.collect())
}
