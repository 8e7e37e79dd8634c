//! How the requests are spread over time.

use leptos::prelude::*;

use super::super::field::Segments;
use super::super::mark::{mark, shape_sum};
use super::super::store::{Field, ScenarioStore};
use super::group::Group;
use super::setting::Setting;
use super::spark::Spark;
use crate::say::page::panel as say;
use crate::say::{input, words};
use crate::scenario::DayShape;
use crate::scenario::property::{self, SHAPE};

/// Peak, headroom, growth and the shape of the day.
#[component]
pub(super) fn TrafficPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let summary = store.answer(|plan| say::peak(&plan.demand));
    let shape = store.slice(|s| s.traffic.shape.key());
    let set = move |word: String| {
        store.edit(SHAPE.key, |scenario| {
            if SHAPE.read(scenario, &word).is_err() {
                // Own values begin with those that were shown.
                scenario.traffic.shape = DayShape::Custom(scenario.traffic.shape.hourly());
            }
        });
    };
    let field = Field {
        get: Signal::derive(move || shape.get().to_owned()),
        set: Callback::new(set),
    };
    let own = DayShape::Custom([0.0; 24]);
    let words = (SHAPE.words)().into_iter();
    let choices = words
        .map(|word| (word.key, word.name))
        .chain([(own.key(), say::OWN_SHAPE)])
        .collect();
    let held = store.answer(|plan| words::significant(plan.gateway.time_in_flight_s));
    let sum = store.slice(shape_sum);
    let measured = mark(SHAPE.key.to_owned(), move || Some(sum.get()));
    view! {
        <Group title=say::TRAFFIC summary open=true>
            <div class="fields">
                <Setting number=&property::PEAK_MULTIPLIER />
                <Setting number=&property::HEADROOM />
                <Setting number=&property::GROWTH />
                <Setting number=&property::BURSTINESS />
                <Setting number=&property::BURSTINESS_WINDOW placeholder=held />
                <Setting number=&property::LEAD />
            </div>
            <Segments name="shape" label=SHAPE.label choices field />
            {measured}
            <Show when=move || shape.get() == "custom">
                <Hours />
            </Show>
            <Spark />
        </Group>
    }
}

/// Id of the field with the 24 values.
const HOURS: &str = "s-hours";

/// The 24 values of a custom day.
#[component]
fn Hours() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let bad = RwSignal::new(None::<(String, String, u32)>);
    let current = move || {
        bad.get()
            .filter(|(_, _, epoch)| *epoch == store.epoch.get())
    };
    let text = move || {
        let hours = store.with(|s| s.traffic.shape.hourly());
        let written = hours
            .iter()
            .map(f64::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        current().map_or(written, |(text, _, _)| text)
    };
    let read = move |typed: String| {
        let shape = match DayShape::parse(&typed) {
            Ok(shape @ DayShape::Custom(_)) => Ok(shape),
            Ok(_) => Err(say::ENTER_HOURS.to_owned()),
            Err(problem) => Err(input::shape_problem(problem)),
        };
        let is_bad = shape.is_err();
        store.invalid.update(|invalid| {
            if is_bad {
                invalid.insert(HOURS.to_owned())
            } else {
                invalid.remove(HOURS)
            };
        });
        match shape {
            Ok(shape) => {
                bad.set(None);
                store.edit("hours", |scenario| scenario.traffic.shape = shape);
            }
            Err(problem) => bad.set(Some((typed, problem, store.epoch.get_untracked()))),
        }
    };
    on_cleanup(move || {
        store.invalid.try_update(|invalid| invalid.remove(HOURS));
    });
    let error = move || current().map(|(_, problem, _)| problem);
    view! {
        <div class="field">
            <label class="field__label" for="s-hours">
                {say::HOURS}
            </label>
            <textarea
                class="field__area"
                id="s-hours"
                rows="3"
                spellcheck="false"
                aria-invalid=move || current().map(|_| "true")
                aria-describedby="s-hours-error"
                prop:value=text
                on:change:target=move |ev| read(ev.target().value())
            ></textarea>
            <p class="field__error" id="s-hours-error" role="status">
                {error}
            </p>
        </div>
    }
}
