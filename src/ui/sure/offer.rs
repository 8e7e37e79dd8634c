//! The offer of ranges where no number has one.

use leptos::prelude::*;

use super::super::answer::{Folded, Row};
use super::super::store::ScenarioStore;
use crate::catalog::guess::{GUESSES, source};
use crate::say::page::sure as page;
use crate::scenario::guess::guessed;

/// Puts ranges around the usual guesses.
#[component]
pub(super) fn Offer() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let guess = move |_| store.replace(guessed(&untrack(|| store.with(Clone::clone))));
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
            <button class="button button--small" type="button" id="guess" on:click=guess>
                {page::GUESSING}
            </button>
            " "
            {page::HOW_TO}
        </p>
        <p class="row__meta">{page::NO_SPREADS}</p>
        <Folded title=page::SPREADS head=&page::SPREADS_HEAD rows=sources />
    }
}
