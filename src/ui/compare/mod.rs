//! Scenarios side by side: the one that is edited, and one or two beside it. What stands
//! beside is in the link; what is kept for later is in the browser's storage.

mod add;
mod beside;
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

use leptos::prelude::*;

use super::chart::{Overlaid, Palette, Picture, PictureFrame, gateways_overlay, tokens_overlay};
use super::share::Link;
use super::store::ScenarioStore;
use crate::say::page::compare as say;
use crate::say::words;
use add::Add;
use figures_table::FiguresTable;
use head::Heads;
use inputs_table::InputsTable;
use kept::KeptSection;
use shelf::Shelf;
use sides::{HEADING, Sides, provide_sides};

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

/// The parts of the link that could not be compared.
#[component]
fn Unread() -> impl IntoView {
    let Sides { unread, .. } = expect_context::<Sides>();
    let lines = move || {
        let lines = unread.get().into_iter();
        lines.map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! {
        <Show when=move || unread.with(|unread| !unread.is_empty())>
            <div class="notice compare__notice" role="alert">
                <div>
                    <p>{say::UNREAD}</p>
                    <ul>{lines}</ul>
                </div>
            </div>
        </Show>
    }
}

/// A chart of all sides.
type Overlay = fn(&[Overlaid], &Palette, f64) -> Picture;

#[component]
fn Charts() -> impl IntoView {
    let sides = expect_context::<Sides>();
    let paint = move |overlay: Overlay| {
        Box::new(move |palette: &Palette, width| {
            sides.with(|sides| {
                let overlaid: Vec<Overlaid> = sides.iter().map(sides::Side::overlaid).collect();
                overlay(&overlaid, palette, width)
            })
        })
    };
    view! {
        <section aria-labelledby="compare-charts">
            <div class="section__head">
                <h2 id="compare-charts">{say::OVER_THE_DAY}</h2>
            </div>
            <div class="compare__charts">
                <PictureFrame
                    id="compare-tokens"
                    title=say::TOKENS
                    note=say::TOKENS_NOTE
                    paint=paint(tokens_overlay)
                />
                <PictureFrame
                    id="compare-gateways"
                    title=say::GATEWAYS
                    note=say::GATEWAYS_NOTE
                    paint=paint(gateways_overlay)
                />
            </div>
        </section>
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
