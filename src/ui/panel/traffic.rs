//! Distribution of requests over time.

use leptos::prelude::*;

use super::super::field::Segments;
use super::super::mark::{mark, shape_sum};
use super::super::store::{Field, ScenarioStore};
use super::group::Group;
use super::hours::Hours;
use super::setting::Setting;
use super::spark::Spark;
use crate::say::page::panel as say;
use crate::say::words;
use crate::scenario::DayShape;
use crate::scenario::property::{self, SHAPE};

/// Peak, headroom, growth and shape of the day.
#[component]
pub(super) fn TrafficPanel() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let summary = store.answer(|plan| say::peak(&plan.demand));
    let shape = store.slice(|s| s.traffic.shape.key());
    let set = move |word: String| {
        store.edit(SHAPE.key, |scenario| {
            if SHAPE.read(scenario, &word).is_err() {
                // Custom values start with those shown.
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
