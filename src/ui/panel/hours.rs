//! 24 values of a custom day.

use leptos::prelude::*;

use super::super::store::ScenarioStore;
use crate::say::input;
use crate::say::page::panel as say;
use crate::scenario::DayShape;

/// Element id of the field with the 24 values.
const HOURS: &str = "s-hours";

/// 24 values of a custom day.
#[component]
pub(super) fn Hours() -> impl IntoView {
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
