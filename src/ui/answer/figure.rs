//! Key figures, each with its formula as a disclosure.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::icon::Icon;
use super::super::later::Later;
use super::super::store::ScenarioStore;
use super::super::sure::Sure;
use crate::first::answer::mark_class;
use crate::plan::{Figure, FigureId, Fullness};
use crate::say::figure as say;
use crate::say::page::result;
use crate::say::words;
use crate::scenario::number::grouped;

/// Figures at the top; one open at a time.
#[component]
pub(in crate::ui) fn Figures() -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let ids = store.answer(|plan| {
        let ids = plan.figures.iter().map(|figure| &figure.id);
        ids.filter(|id| id.is_headline())
            .cloned()
            .collect::<Vec<_>>()
    });
    view! {
        <section class="figures" aria-labelledby="figures" on:keydown=close_on_escape>
            <h2 class="hidden" id="figures">
                {result::KEY_FIGURES}
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

/// Figure as a disclosure.
#[component]
pub(in crate::ui) fn FigureBox(
    /// Id of the figure.
    id: FigureId,
    /// Group in which only one figure is open at a time.
    group: &'static str,
    /// Whether the reason is open at first.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    let store = expect_context::<ScenarioStore>();
    let key = id.key();
    let later = use_context::<Later>();
    let of = id.clone();
    // Rendered only when visible, except in the prerendered page.
    let opened = RwSignal::new(open || cfg!(feature = "ssr"));
    let reason = move || {
        let views = later?.0.get().filter(|_| opened.get())?;
        Some((views.reason)(&of))
    };
    // Updated immediately after a key, see `first::answer`.
    let says = |part: &str| [&key, ".", part].concat();
    let [label_says, value_says, unit_says, sub_says] = ["label", "value", "unit", "sub"].map(says);
    let [mark_says, fullness_says] = ["mark", "fullness"].map(says);
    let shown = store.answer(move |plan| {
        let figure = plan.figures.iter().find(|figure| figure.id == id)?;
        Some((figure.clone(), plan.fullness(figure)))
    });
    let figure = Memo::new(move |_| shown.get().map(|(figure, _)| figure));
    let fullness = Memo::new(move |_| shown.get().map_or(Fullness::Calm, |(_, fullness)| fullness));
    let text = move |read: fn(&Figure) -> String| {
        move || figure.with(|figure| figure.as_ref().map(read).unwrap_or_default())
    };
    let value = text(|figure| say::shown(figure).0);
    let stale = move || !store.invalid.with(std::collections::BTreeSet::is_empty);
    let sub = move || {
        if stale() {
            words::LAST_VALID.to_owned()
        } else {
            text(say::sub)()
        }
    };
    let exact = text(|figure| {
        let (_, unit) = say::shown(figure);
        let unit = unit.trim_start_matches(['K', 'M', 'G', 'T', 'k']);
        [&grouped(figure.result), " ", unit].concat()
    });
    let known = use_context::<Sure>();
    let own = key.clone().into_owned();
    let words = Signal::derive(move || {
        let known = known?.0.get()?;
        let (_, words) = known.figures.iter().find(|(key, _)| *key == own)?;
        Some(words.clone())
    });
    let spread = move || {
        let words = words.get()?;
        Some(view! { <span class="figure__sub figure__spread">{words}</span> })
    };
    let title = move || match words.get() {
        Some(words) => [&exact(), "; ", &words].concat(),
        None => exact(),
    };
    view! {
        <details
            class="figure"
            name=group
            data-figure=key
            open=open
            on:toggle:target=move |ev| opened.set(ev.target().open())
        >
            <summary>
                <span class="figure__label">
                    <span data-says=label_says>{text(|f| say::label(f).into_owned())}</span>
                    " "
                    <Icon name="chevron" />
                </span>
                <span class="figure__value" title=title>
                    <span data-says=value_says>{value}</span>
                    " "
                    <small data-says=unit_says>{text(|f| say::shown(f).1.into_owned())}</small>
                </span>
                <span
                    class=move || {
                        if stale() { "figure__sub figure__sub--warn" } else { "figure__sub" }
                    }
                    data-says=sub_says
                >
                    {sub}
                </span>
                <span class=move || mark_class(fullness.get()) data-says=mark_says>
                    <Icon name="alert" />
                    <span data-says=fullness_says>{move || say::fullness(fullness.get())}</span>
                </span>
                {spread}
            </summary>
            <div class="why">{reason}</div>
        </details>
    }
}
