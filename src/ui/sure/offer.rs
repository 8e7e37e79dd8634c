//! Offer to add ranges to a scenario without any.

use leptos::prelude::*;

use super::super::answer::{Folded, Row};
use super::super::store::ScenarioStore;
use crate::catalog::guess::{GUESSES, source};
use crate::say::page::sure as page;
use crate::scenario::guess::guessed;

/// Adds ranges to the usual guesses without one.
#[component]
pub(super) fn Guess() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let guess = move |_| store.replace(guessed(&untrack(|| store.with(Clone::clone))));
    view! {
        <button class="button button--small" type="button" id="guess" on:click=guess>
            {page::GUESSING}
        </button>
    }
}

/// Button for such ranges beside entered ones, if any are missing.
#[component]
pub(super) fn GuessMore() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let is_more = Memo::new(move |_| store.with(|scenario| guessed(scenario) != *scenario));
    view! {
        <Show when=move || is_more.get()>
            <p class="sure__offer">
                <Guess />
                " "
                {page::GUESS_MORE}
            </p>
        </Show>
    }
}

/// Offer with the notation and its sources.
#[component]
pub(super) fn Offer() -> impl IntoView {
    let sources = Signal::stored(
        GUESSES
            .map(|guess| {
                let spread = page::spread(guess.low, guess.high);
                let source = source(guess.key).unwrap_or_default();
                Row::new([page::label(guess.key), spread, source.to_owned()])
            })
            .to_vec(),
    );
    view! {
        <p class="sure__offer">
            <Guess />
            " "
            {page::HOW_TO}
        </p>
        <p class="row__meta sure__note">{page::NO_SPREADS}</p>
        <Folded title=page::SPREADS head=&page::SPREADS_HEAD rows=sources />
    }
}
