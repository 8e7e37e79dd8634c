//! Scenarios side by side, and saved ones.

use leptos::context::Provider;
use leptos::prelude::*;

use super::super::compare::parts::{
    FiguresTable, Heads, InputsTable, Kept, KeptSection, Said, Shelf, Told, provide_sides,
};
use super::super::store::ScenarioStore;
use super::stage::{Scene, Shown};
use crate::catalog::date::Date;
use crate::say::page::style as say;
use crate::scenario::link::Fragment;

/// Edited scenario of every case.
const FIRST: &str = "v=2&name=Today&requests-per-day=20000&zones=1";
const GROWN: &str = "v=2&name=Next+year&requests-per-day=300000&zones=1&growth=5";
const UNREAD: &str = "v=2&name=Of+a+newer+release&requests-per-day=0&sparkle=1";
const SAME: &str = "v=2&name=The+same+again&requests-per-day=20000&zones=1";

/// Headings, tables and shelf of the comparison.
#[component]
pub(super) fn Compared(
    /// Day of the answers.
    today: Date,
) -> impl IntoView {
    view! {
        <h2>{say::COMPARED}</h2>
        <Shown
            name=say::HEADS
            about=say::HEADS_ABOUT
        >
            <Scene fragment=FIRST today>
                <Beside others=&[GROWN, UNREAD]>
                    <Heads />
                </Beside>
            </Scene>
            <Scene fragment=FIRST today>
                <Beside others=&[SAME]>
                    <Heads />
                </Beside>
            </Scene>
        </Shown>
        <Shown
            name=say::DIFFERENCES
            about=say::DIFFERENCES_ABOUT
        >
            <Scene fragment=FIRST today>
                <Beside others=&[GROWN, UNREAD]>
                    <FiguresTable />
                    <InputsTable />
                </Beside>
            </Scene>
        </Shown>
        <Shown
            name=say::KEPT
            about=say::KEPT_ABOUT
        >
            <Scene fragment=FIRST today>
                <Beside others=&[GROWN]>
                    <Keeping />
                </Beside>
            </Scene>
        </Shown>
    }
}

/// Adds scenarios to the comparison.
#[component]
fn Beside(others: &'static [&'static str], children: Children) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let others = others.iter().map(|text| Fragment::found(*text));
    store.beside.set(others.collect());
    provide_sides();
    children()
}

/// Shelf, with its message after an action.
#[component]
fn Keeping() -> impl IntoView {
    let kept = [
        (say::KEPT_WHOLE, GROWN),
        (say::KEPT_NEWER, UNREAD),
        (say::KEPT_NONE, "utm_source=mail"),
    ];
    let kept = kept.map(|(name, fragment)| Kept::of(name.to_owned(), fragment.to_owned()));
    let removed = Kept::of(say::KEPT_REMOVED.to_owned(), SAME.to_owned());
    let said = [
        Told::Done(say::KEPT_DONE.to_owned()),
        Told::Failed(say::KEPT_FAILED.to_owned()),
    ];
    let said = said.map(|told| {
        let shelf = Shelf::holding(Vec::new(), told);
        view! {
            <Provider value=shelf>
                <Said />
            </Provider>
        }
    });
    let shelf = Shelf::holding(kept.to_vec(), Told::Removed(Box::new(removed)));
    view! {
        <Provider value=shelf>
            <KeptSection />
        </Provider>
        {said.into_iter().collect_view()}
    }
}
