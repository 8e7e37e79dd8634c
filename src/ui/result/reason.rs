//! The reasons of the figures. The first program keeps a place for each, the later one
//! fills it.

use leptos::portal::Portal;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::store::ScenarioStore;
use super::formula::{FormulaLine, Rules, Terms};
use crate::plan::{FigureId, formula};
use crate::say::figure as say;

/// The formula of a figure in words and with the reader's values, and their sources.
#[component]
pub(super) fn Reason(
    /// Its key.
    id: String,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let reason = store.reason(move |scenario, plan| {
        let figure = plan.figures.iter().find(|figure| figure.id.key() == id)?;
        Some((figure.clone(), formula(scenario, plan, &figure.id)?))
    });
    move || {
        reason.get().map(|(figure, formula)| {
            view! {
                <p class="why__words">{say::in_words(&figure)}</p>
                <FormulaLine figure formula=formula.clone() />
                <Terms formula />
            }
        })
    }
}

/// The figure whose reason has the rules beside it.
const RULED: FigureId = FigureId::Gateways;

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
        let (mount, is_ruled) = (place.clone(), RULED.key() == id);
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
pub(super) fn drawn_ahead(id: &FigureId) -> AnyView {
    inside(id)
}

#[cfg(not(feature = "ssr"))]
pub(super) fn drawn_ahead(_: &FigureId) -> AnyView {
    ().into_any()
}

/// All that stands in the place of a reason.
pub(super) fn inside(id: &FigureId) -> AnyView {
    let rules = (*id == RULED).then(|| view! { <div><Rules /></div> });
    view! {
        <div>
            <Reason id=id.key().into_owned() />
        </div>
        {rules}
    }
    .into_any()
}
