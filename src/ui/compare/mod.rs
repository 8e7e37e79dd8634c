//! Scenarios side by side: the edited one, and one or two others. The others are in the link; saved
//! ones are in the browser's storage.

mod add;
mod beside;
mod charts;
pub(super) mod content;
mod days;
mod examples;
mod figures_table;
mod head;
mod inputs_table;
mod keep;
mod kept;
mod kept_acts;
mod paste;
mod rename;
mod row;
mod shelf;
mod sides;
mod unread;

use leptos::prelude::*;

use super::other;
use crate::say::page::compare as say;
use sides::HEADING;

#[cfg(feature = "ssr")]
pub(super) mod parts {
    //! Components shown individually on the design language page.
    pub(in crate::ui) use super::figures_table::FiguresTable;
    pub(in crate::ui) use super::head::Heads;
    pub(in crate::ui) use super::inputs_table::InputsTable;
    pub(in crate::ui) use super::kept::{KeptSection, Said};
    pub(in crate::ui) use super::shelf::{Kept, Shelf, Told};
    pub(in crate::ui) use super::sides::provide_sides;
}

/// Comparison view; its contents are in a separate program part.
#[component]
pub(super) fn ComparePage() -> impl IntoView {
    let views = other::views();
    views.ask();
    view! {
        <div class="compare">
            <header class="section__head">
                <h2 class="compare__title" id=HEADING tabindex="-1">
                    {say::TITLE}
                </h2>
                <p>{say::NOTE}</p>
            </header>
            {views.failure(say::NOT_LOADED)}
            {move || views.get().map(|views| (views.compared)())}
        </div>
    }
}
