//! Scenarios side by side, and kept ones.

use leptos::context::Provider;
use leptos::prelude::*;

use super::super::compare::parts::{
    FiguresTable, Heads, InputsTable, Kept, KeptSection, Said, Shelf, Told, provide_sides,
};
use super::super::store::ScenarioStore;
use super::stage::{Scene, Shown};
use crate::catalog::date::Date;
use crate::scenario::link::Fragment;

/// The edited scenario of every case.
const FIRST: &str = "v=1&name=Today&requests-per-day=20000&zones=1";
const GROWN: &str = "v=1&name=Next+year&requests-per-day=300000&zones=1&growth=5";
const UNREAD: &str = "v=1&name=Of+a+newer+release&requests-per-day=0&sparkle=1";
const SAME: &str = "v=1&name=The+same+again&requests-per-day=20000&zones=1";

/// Heads, tables and shelf of the comparison.
#[component]
pub(super) fn Compared(
    /// The day the answers are given on.
    today: Date,
) -> impl IntoView {
    view! {
        <h2>"Side by side"</h2>
        <Shown
            name="Heads"
            about="Name, verdict and first finding of each; the first is edited, the others open \
                   or go."
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
            name="Differences"
            about="Figures with their difference against the first in words; of the inputs those \
                   that differ."
        >
            <Scene fragment=FIRST today>
                <Beside others=&[GROWN, UNREAD]>
                    <FiguresTable />
                    <InputsTable />
                </Beside>
            </Scene>
        </Shown>
        <Shown
            name="Kept scenarios"
            about="One that is whole, one of which a part cannot be read, one that is none; what \
                   was removed comes back."
        >
            <Scene fragment=FIRST today>
                <Beside others=&[GROWN]>
                    <Keeping />
                </Beside>
            </Scene>
        </Shown>
    }
}

/// Puts others beside the scenario.
#[component]
fn Beside(others: &'static [&'static str], children: Children) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let others = others.iter().map(|text| Fragment::found(*text));
    store.beside.set(others.collect());
    provide_sides();
    children()
}

/// The shelf, and its message after an act.
#[component]
fn Keeping() -> impl IntoView {
    let kept = [
        ("Next year", GROWN),
        ("Of a newer release", UNREAD),
        ("Not ours", "utm_source=mail"),
    ];
    let kept = kept.map(|(name, fragment)| Kept::of(name.to_owned(), fragment.to_owned()));
    let removed = Kept::of("Last year".to_owned(), SAME.to_owned());
    let said = [
        Told::Done("Kept as “Next year”".to_owned()),
        Told::Failed("The browser’s storage took nothing".to_owned()),
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
