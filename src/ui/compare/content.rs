//! Contents of the comparison view.

use leptos::prelude::*;

use super::super::share::Link;
use super::super::store::ScenarioStore;
use super::add::Add;
use super::charts::Charts;
use super::days::Days;
use super::figures_table::FiguresTable;
use super::head::Heads;
use super::inputs_table::InputsTable;
use super::kept::KeptSection;
use super::shelf::Shelf;
use super::sides::provide_sides;
use super::unread::Unread;
use crate::say::page::compare as say;
use crate::say::words;

/// Contents, as provided by the program part.
pub(in crate::ui) fn view() -> AnyView {
    view! { <Content /> }.into_any()
}

/// Scenarios side by side, others to add, and saved ones.
#[component]
fn Content() -> impl IntoView {
    let sides = provide_sides();
    let shelf = Shelf::open();
    provide_context(shelf);
    let is_several = Memo::new(move |_| sides.with(|sides| 1 < sides.len()));
    view! {
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
    }
}

/// Date and link, for print.
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
