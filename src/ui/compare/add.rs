//! Adds a scenario to the comparison: the guide's example, twice the load, a saved one, or a pasted
//! one.

use leptos::prelude::*;

use super::examples::Examples;
use super::paste::Paste;
use super::sides::{MOST, Sides};
use crate::say::page::compare as say;

/// Scenarios to add, while there is room.
#[component]
pub(super) fn Add() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let count = Memo::new(move |_| sides.with(<[_]>::len));
    let title = move || say::add(count.get());
    view! {
        <Show
            when=move || count.get() < MOST
            fallback=|| {
                view! {
                    <p class="muted compare__full">
                        {say::FULL}
                    </p>
                }
            }
        >
            <section class="add" aria-labelledby="add">
                <div class="section__head">
                    <h2 id="add">{title}</h2>
                </div>
                <Show when=move || count.get() == 1>
                    <p class="add__hint">
                        {say::HINT}
                    </p>
                </Show>
                <Examples />
                <Paste />
            </section>
        </Show>
    }
}
