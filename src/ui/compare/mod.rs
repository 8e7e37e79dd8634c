//! Scenarios side by side: the one that is edited, and one or two beside it. What stands
//! beside is in the link; what is kept for later is in the browser's storage.

mod add;
mod beside;
mod charts;
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

use super::share::Link;
use super::store::ScenarioStore;
use crate::say::page::compare as say;
use crate::say::words;
use add::Add;
use charts::Charts;
use days::Days;
use figures_table::FiguresTable;
use head::Heads;
use inputs_table::InputsTable;
use kept::KeptSection;
use shelf::Shelf;
use sides::{HEADING, provide_sides};
use unread::Unread;

#[cfg(feature = "ssr")]
pub(super) mod parts {
    //! Components that the page of the design language shows one by one.
    pub(in crate::ui) use super::figures_table::FiguresTable;
    pub(in crate::ui) use super::head::Heads;
    pub(in crate::ui) use super::inputs_table::InputsTable;
    pub(in crate::ui) use super::kept::{KeptSection, Said};
    pub(in crate::ui) use super::shelf::{Kept, Shelf, Told};
    pub(in crate::ui) use super::sides::provide_sides;
}

/// The reading that compares.
#[component]
pub(super) fn ComparePage() -> impl IntoView {
    let sides = provide_sides();
    let shelf = Shelf::open();
    provide_context(shelf);
    let is_several = Memo::new(move |_| sides.with(|sides| 1 < sides.len()));
    view! {
        <div class="compare">
            <header class="section__head">
                <h2 class="compare__title" id=HEADING tabindex="-1">
                    {say::TITLE}
                </h2>
                <p>{say::NOTE}</p>
            </header>
            <Days />
            <Unread />
            <Heads />
            <Show when=move || is_several.get()>
                <FiguresTable />
                <Charts />
                <InputsTable />
            </Show>
            <Add />
            <KeptSection />
            <Foot />
        </div>
    }
}

/// Day and link, for print.
#[component]
fn Foot() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let link = expect_context::<Link>().0;
    let today = store.answer(|plan| words::day_of(plan.today));
    view! {
        <p class="foot compare__foot">
            <span>{say::SAME_COMPARISON}</span>
            <span class="foot__link">{today} ": " {link}</span>
        </p>
    }
}
