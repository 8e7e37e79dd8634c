//! The reasons of the figures. The first program keeps a place for each, the later one
//! fills it.

use leptos::portal::Portal;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::store::ScenarioStore;
use super::formula::{FormulaLine, Rules, Terms};

/// The formula of a figure in words and with the reader's values, and their sources.
#[component]
pub(super) fn Reason(
    /// Its id.
    id: String,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let figure = store.answer(move |plan| plan.figures.iter().find(|f| f.id == id).cloned());
    move || {
        figure.get().map(|figure| {
            view! {
                <p class="why__words">{figure.words}</p>
                <FormulaLine figure=figure.clone() />
                <Terms figure />
            }
        })
    }
}

/// The figure whose reason has the rules beside it.
const RULED: &str = "gateways";

/// The reasons of the figures that the first program shows, in the places it keeps for them.
#[component]
pub(in crate::ui) fn Reasons() -> impl IntoView {
    let Ok(places) = document().query_selector_all("[data-why]") else {
        return ().into_any();
    };
    let fill = |place: Element| {
        let id = place.get_attribute("data-why")?;
        place.set_inner_html(""); // what was drawn ahead
        // What is made first stands first.
        let (mount, is_ruled) = (place.clone(), id == RULED);
        let reason = view! {
            <Portal mount>
                <Reason id=id.clone() />
            </Portal>
        };
        let rules = is_ruled.then(|| {
            view! {
                <Portal mount=place>
                    <Rules />
                </Portal>
            }
        });
        Some((reason, rules))
    };
    (0..places.length())
        .filter_map(|index| places.item(index)?.dyn_into().ok())
        .filter_map(fill)
        .collect_view()
        .into_any()
}

/// The reason in the page that is drawn when it is built.
#[cfg(feature = "ssr")]
pub(super) fn drawn_ahead(id: &str) -> AnyView {
    inside(id.to_owned())
}

#[cfg(not(feature = "ssr"))]
pub(super) fn drawn_ahead(_: &str) -> AnyView {
    ().into_any()
}

/// All that stands in the place of a reason.
pub(super) fn inside(id: String) -> AnyView {
    let rules = (id == RULED).then(|| view! { <div><Rules /></div> });
    view! {
        <div>
            <Reason id />
        </div>
        {rules}
    }
    .into_any()
}
