//! Player: a slider over the minutes, and buttons.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::super::field::SelectField;
use super::super::store::{Field, ScenarioStore};
use super::cursor::{Cursor, DAY_MIN};
use super::life::Life;
use super::state::State;
use crate::lived::findings;
use crate::model::digits;
use crate::say::page::day as say;

/// Time between two frames.
const FRAME: Duration = Duration::from_millis(100);
/// Minutes per page key.
const PAGE: usize = 60;

/// Play, step and jump buttons, and the slider.
#[component]
pub(super) fn Player() -> impl IntoView {
    let life = expect_context::<Life>();
    let store = expect_context::<ScenarioStore>();
    let Cursor(minute) = expect_context::<Cursor>();
    let speed = RwSignal::new(say::SPEEDS[1].0.to_owned());
    let is_playing = play(minute, speed);
    let toggle = move |_| {
        if !is_playing.get_untracked() && DAY_MIN <= minute.get_untracked() + 1 {
            minute.set(0);
        }
        is_playing.update(|is_playing| *is_playing = !*is_playing);
    };
    let step = move |by: isize| minute.update(|at| *at = moved(*at, by));
    let has_none = move || times(&life, store).is_empty();
    let jump = move |_| jump(&life, store, minute);
    let choices: Vec<(String, String)> = say::SPEEDS
        .map(|(value, name)| (value.to_owned(), name.to_owned()))
        .to_vec();
    let field = Field {
        get: speed.into(),
        set: Callback::new(move |word| speed.set(word)),
    };
    view! {
        <div class="day__player" role="group" aria-label=say::PLAYER>
            <Slider />
            <div class="day__buttons">
                <button class="button button--primary" type="button" on:click=toggle>
                    {move || if is_playing.get() { say::PAUSE } else { say::PLAY }}
                </button>
                <button
                    class="button"
                    type="button"
                    aria-label=say::BACK
                    on:click=move |_| step(-1)
                >
                    "−1"
                </button>
                <button
                    class="button"
                    type="button"
                    aria-label=say::FORWARD
                    on:click=move |_| step(1)
                >
                    "+1"
                </button>
                <button class="button" type="button" disabled=has_none on:click=jump>
                    {say::NEXT}
                </button>
                <SelectField
                    id="day-speed".to_owned()
                    label=say::SPEED
                    choices=Signal::stored(choices)
                    field
                />
            </div>
        </div>
    }
}

/// The times at which something begins or ends: events, and what goes wrong on the whole day.
fn times(life: &Life, store: ScenarioStore) -> Vec<usize> {
    let happenings = store.with(|scenario| scenario.day.happenings());
    let ends = happenings
        .iter()
        .flat_map(|each| [Some(each.from_min), each.to_min]);
    let mut times: Vec<usize> = ends.flatten().map(|minute| minute as usize).collect();
    let is_whole = life.state.get() == State::Whole;
    if let Some(lived) = life.lived.get().filter(|_| is_whole) {
        let found = findings(&lived);
        times.extend(found.iter().flat_map(|finding| [finding.from, finding.to]));
    }
    times.retain(|time| *time < DAY_MIN);
    times
}

/// To the next of those times; after the last comes the first.
fn jump(life: &Life, store: ScenarioStore, minute: RwSignal<usize>) {
    let times = untrack(|| times(life, store));
    let now = minute.get_untracked();
    let next = times.iter().copied().filter(|time| now < *time).min();
    if let Some(next) = next.or_else(|| times.iter().copied().min()) {
        minute.set(next);
    }
}

fn moved(at: usize, by: isize) -> usize {
    at.saturating_add_signed(by).min(DAY_MIN - 1)
}

/// Advances the minute during playback.
fn play(minute: RwSignal<usize>, speed: RwSignal<String>) -> RwSignal<bool> {
    let is_playing = RwSignal::new(false);
    let timer = StoredValue::new(None::<IntervalHandle>);
    let left = StoredValue::new(0.0);
    let frame = move || {
        let a_second = speed.with_untracked(|speed| digits::read(speed).unwrap_or(60.0));
        let minutes = left.get_value() + a_second * FRAME.as_secs_f64();
        left.set_value(minutes.fract());
        #[expect(clippy::cast_possible_truncation, reason = "some minutes")]
        minute.update(|at| *at = moved(*at, minutes as isize));
        if DAY_MIN <= minute.get_untracked() + 1 {
            is_playing.set(false);
        }
    };
    // The clock is outside the reactive graph.
    Effect::new(move |_| {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        if is_playing.get() {
            timer.set_value(set_interval_with_handle(frame, FRAME).ok());
        }
    });
    on_cleanup(move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    });
    is_playing
}

#[component]
fn Slider() -> impl IntoView {
    let life = expect_context::<Life>();
    let Cursor(minute) = expect_context::<Cursor>();
    let spoken = move || {
        let lived = life.lived.get();
        say::spoken(lived.as_deref(), minute.get())
    };
    // A page is an hour; the browser handles arrow, home and end keys.
    let page = move |ev: KeyboardEvent| {
        let by = match ev.key().as_str() {
            "PageUp" => PAGE.cast_signed(),
            "PageDown" => -PAGE.cast_signed(),
            _ => return,
        };
        ev.prevent_default();
        minute.update(|at| *at = moved(*at, by));
    };
    view! {
        <input
            class="day__slider"
            type="range"
            role="slider"
            min="0"
            max=(DAY_MIN - 1).to_string()
            step="1"
            aria-label=say::TIME
            aria-valuetext=spoken
            prop:value=move || minute.get().to_string()
            on:input:target=move |ev| {
                if let Ok(at) = ev.target().value().parse() {
                    minute.set(at);
                }
            }
            on:keydown=page
        />
    }
}
