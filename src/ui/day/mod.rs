//! Simulated day: a section that loads when near or once the rest has loaded, with a separate
//! simulation program in a worker.

mod add;
mod arrivals;
mod asked;
mod body;
mod brief;
mod cursor;
mod engine;
mod events;
mod heard;
mod hour;
mod in_turn;
mod life;
mod mends;
mod moment;
#[cfg(any(feature = "split", not(target_family = "wasm")))]
mod part;
mod path;
mod player;
mod search;
mod state;
mod strips;
mod table;
mod views;

use std::time::Duration;

use leptos::html::Div;
use leptos::prelude::*;

pub(super) use heard::Heard;
pub(super) use in_turn::InTurn;

use self::views::Views;
use super::chart::use_sight;
use super::embed::is_embedded;
use super::wanted::Wanted;
use crate::say::page::day as say;

/// Delay after which an off-screen section, one of the last, simulates its day, in milliseconds.
const WANTED_MS: u64 = 3_000;

/// Section of the day; its contents are in a separate program part.
#[component]
pub(super) fn DaySection() -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let is_near = use_sight(place);
    let views = Wanted::new(load);
    // The prerendered page has none.
    let heard = use_context::<Heard>();
    // The verdict and print need the day even with the section off screen, so it is loaded once the
    // rest is there.
    if let Some(heard) = heard.filter(|_| !is_embedded()) {
        let want = move || {
            let _gone = heard.is_wanted.try_set(true);
        };
        set_timeout(want, Duration::from_millis(WANTED_MS));
    }
    // Loading is outside the reactive graph.
    Effect::new(move |_| {
        let is_wanted = heard.is_some_and(|heard| heard.is_wanted.get());
        if is_near.get() || is_wanted {
            views.ask();
        }
    });
    let content = move || Some((views.get()?.section)());
    view! {
        <section class="day" aria-labelledby="day">
            <div class="section__head">
                <h2 id="day" tabindex="-1">{say::TITLE}</h2>
                <p>{say::NOTE}</p>
            </div>
            <div node_ref=place class="day__place">
                {views.failure(say::NOT_LOADED)}
                {content}
            </div>
        </section>
    }
}

/// Simulated day in the brief, from the same program part.
#[component]
pub(super) fn BriefDay() -> impl IntoView {
    coming(|views| views.brief)
}

/// Days of several scenarios without display; see [`InTurn`].
#[component]
pub(super) fn DaysInTurn() -> impl IntoView {
    coming(|views| views.in_turn)
}

/// View shown once its part is loaded.
fn coming(view: fn(&Views) -> fn() -> AnyView) -> impl Fn() -> Option<AnyView> + Copy {
    let views = Wanted::new(load);
    views.ask();
    move || Some(view(&views.get()?)())
}

#[cfg(any(feature = "split", not(target_family = "wasm")))]
use part::load;

/// Browser tests run without program parts.
#[cfg(not(any(feature = "split", not(target_family = "wasm"))))]
fn load() -> super::wanted::Loading<Views> {
    Box::pin(async { Some(views::views()) })
}
