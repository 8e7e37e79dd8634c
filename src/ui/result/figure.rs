//! Key figures; each opens to its formula.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::icon::Icon;
use super::super::later::Later;
use super::super::store::ScenarioStore;
use crate::plan::{Figure, words};

/// The figures at the top; one open at a time.
#[component]
pub(in crate::ui) fn Figures() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ids = store.answer(|plan| {
        let headline = plan.figures.iter().filter(|figure| figure.is_headline);
        headline
            .map(|figure| figure.id.to_string())
            .collect::<Vec<_>>()
    });
    view! {
        <section class="figures" aria-labelledby="figures" on:keydown=close_on_escape>
            <h2 class="hidden" id="figures">
                "Key figures"
            </h2>
            <For each=move || ids.get() key=Clone::clone let(id)>
                <FigureBox id group="why" />
            </For>
        </section>
    }
}

pub(in crate::ui) fn close_on_escape(ev: KeyboardEvent) {
    if ev.key() != "Escape" {
        return;
    }
    let inside = ev
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(open) = inside.and_then(|e| e.closest("details[open]").ok().flatten()) {
        drop(open.remove_attribute("open"));
        if let Ok(Some(head)) = open.query_selector("summary") {
            drop(head.unchecked_into::<web_sys::HtmlElement>().focus());
        }
    }
}

/// A figure as a disclosure.
#[component]
pub(in crate::ui) fn FigureBox(
    /// Its id.
    id: String,
    /// Only one of a group is open at a time.
    group: &'static str,
    /// Whether its reason is shown from the start.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let later = use_context::<Later>();
    let of = id.clone();
    let reason = move || later?.0.get().map(|views| (views.reason)(of.clone()));
    let wanted = id.clone();
    let figure = store.answer(move |plan| plan.figures.iter().find(|f| f.id == wanted).cloned());
    let text = move |read: fn(&Figure) -> String| {
        move || figure.with(|figure| figure.as_ref().map(read).unwrap_or_default())
    };
    let value = text(|figure| figure.value.clone());
    // Written at once after a key, see `first::answer`.
    let says = |part: &str| [&id, ".", part].concat();
    let stale = move || !store.invalid.with(std::collections::BTreeSet::is_empty);
    let sub = move || {
        if stale() {
            words::LAST_VALID.to_owned()
        } else {
            text(|f| f.sub.clone())()
        }
    };
    let exact = text(|figure| {
        format!(
            "{} {}",
            crate::scenario::number::grouped(figure.result),
            figure.unit.trim_start_matches(['K', 'M', 'G', 'T', 'k'])
        )
    });
    view! {
        <details class="figure" name=group data-figure=id open=open>
            <summary>
                <span class="figure__label">
                    <span data-says=says("label")>{text(|f| f.label.to_string())}</span>
                    " "
                    <Icon name="chevron" />
                </span>
                <span class="figure__value" title=exact>
                    <span data-says=says("value")>{value}</span>
                    " "
                    <small data-says=says("unit")>{text(|f| f.unit.to_string())}</small>
                </span>
                <span
                    class=move || {
                        if stale() { "figure__sub figure__sub--warn" } else { "figure__sub" }
                    }
                    data-says=says("sub")
                >
                    {sub}
                </span>
            </summary>
            <div class="why">{reason}</div>
        </details>
    }
}
